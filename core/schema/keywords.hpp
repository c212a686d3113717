// The keywords of JSON Schema that are understood here: where each has schemas below it, and what its value must be.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/schema/tree.hpp"

namespace blindspot {

enum class SchemaDraft : std::uint8_t { draft4, draft6, draft7, draft2019, draft2020, openapi30 };

// What a keyword's value is. The first ones hold schemas, by which a document is searched for them.
enum class Wants : std::uint8_t {
  schema,
  schema_list,
  schema_map,
  schema_or_list,   // items
  schema_or_names,  // dependencies: a map to schemas or lists of names
  type,
  names,
  number,
  count,
  list,
  text,
  boolean,
  limit_or_flag,  // exclusiveMinimum: a number, in draft 4 a flag
  anything
};

// name, what its value is, first and last draft that knows it (OpenAPI 3.0 is asked as draft 4)
#define BLINDSPOT_KEYWORDS(X)                                   \
  X(id, "$id", text, draft4, draft2020)                         \
  X(old_id, "id", anything, draft4, draft4)                     \
  X(schema, "$schema", text, draft4, draft2020)                 \
  X(anchor, "$anchor", text, draft2019, draft2020)              \
  X(dynamic_anchor, "$dynamicAnchor", text, draft2020, draft2020) \
  X(recursive_anchor, "$recursiveAnchor", boolean, draft2019, draft2019) \
  X(ref, "$ref", text, draft4, draft2020)                       \
  X(dynamic_ref, "$dynamicRef", text, draft2020, draft2020)     \
  X(recursive_ref, "$recursiveRef", text, draft2019, draft2019) \
  X(defs, "$defs", schema_map, draft4, draft2020)               \
  X(definitions, "definitions", schema_map, draft4, draft2020)  \
  X(type, "type", type, draft4, draft2020)                      \
  X(nullable, "nullable", boolean, draft4, draft2020)           \
  X(enumeration, "enum", list, draft4, draft2020)               \
  X(constant, "const", anything, draft4, draft2020)             \
  X(multiple_of, "multipleOf", number, draft4, draft2020)       \
  X(minimum, "minimum", number, draft4, draft2020)              \
  X(maximum, "maximum", number, draft4, draft2020)              \
  X(exclusive_minimum, "exclusiveMinimum", limit_or_flag, draft4, draft2020) \
  X(exclusive_maximum, "exclusiveMaximum", limit_or_flag, draft4, draft2020) \
  X(min_length, "minLength", count, draft4, draft2020)          \
  X(max_length, "maxLength", count, draft4, draft2020)          \
  X(pattern, "pattern", text, draft4, draft2020)                \
  X(format, "format", text, draft4, draft2020)                  \
  X(min_items, "minItems", count, draft4, draft2020)            \
  X(max_items, "maxItems", count, draft4, draft2020)            \
  X(unique_items, "uniqueItems", boolean, draft4, draft2020)    \
  X(prefix_items, "prefixItems", schema_list, draft2020, draft2020) \
  X(items, "items", schema_or_list, draft4, draft2020)          \
  X(additional_items, "additionalItems", schema, draft4, draft2020) \
  X(contains, "contains", schema, draft6, draft2020)            \
  X(min_contains, "minContains", count, draft2019, draft2020)   \
  X(max_contains, "maxContains", count, draft2019, draft2020)   \
  X(min_properties, "minProperties", count, draft4, draft2020)  \
  X(max_properties, "maxProperties", count, draft4, draft2020)  \
  X(required, "required", names, draft4, draft2020)             \
  X(properties, "properties", schema_map, draft4, draft2020)    \
  X(pattern_properties, "patternProperties", schema_map, draft4, draft2020) \
  X(additional_properties, "additionalProperties", schema, draft4, draft2020) \
  X(property_names, "propertyNames", schema, draft6, draft2020) \
  X(dependencies, "dependencies", schema_or_names, draft4, draft2020) \
  X(dependent_required, "dependentRequired", anything, draft2019, draft2020) \
  X(dependent_schemas, "dependentSchemas", schema_map, draft2019, draft2020) \
  X(all_of, "allOf", schema_list, draft4, draft2020)            \
  X(any_of, "anyOf", schema_list, draft4, draft2020)            \
  X(one_of, "oneOf", schema_list, draft4, draft2020)            \
  X(negation, "not", schema, draft4, draft2020)                 \
  X(condition, "if", schema, draft7, draft2020)                 \
  X(then_branch, "then", schema, draft7, draft2020)             \
  X(else_branch, "else", schema, draft7, draft2020)             \
  X(unevaluated_items, "unevaluatedItems", schema, draft2019, draft2020) \
  X(unevaluated_properties, "unevaluatedProperties", schema, draft2019, draft2020) \
  X(content_schema, "contentSchema", schema, draft2019, draft2020) \
  X(discriminator, "discriminator", anything, draft4, draft2020)

enum class Keyword : std::uint8_t {
#define BLINDSPOT_KEYWORD(name, text, wants, from, to) name,
  BLINDSPOT_KEYWORDS(BLINDSPOT_KEYWORD)
#undef BLINDSPOT_KEYWORD
      unknown
};
inline constexpr std::size_t keyword_count = static_cast<std::size_t>(Keyword::unknown);

struct KeywordRow {
  std::string_view name;
  Wants wants;
  SchemaDraft from, to;
};
const KeywordRow& row_of(Keyword keyword);
Keyword keyword_of(std::string_view name);

// The members of a schema object by keyword: no_node where one is not there. Only what its draft knows.
struct Keywords {
  std::array<Node, keyword_count> nodes;
  Node operator[](Keyword keyword) const { return nodes[static_cast<std::size_t>(keyword)]; }
};

}  // namespace blindspot
