// Does this body keep the contract? A JSON Schema is held against the raw text, and each breach is placed in that text.
// Read so far: type, nullable, required, properties, additionalProperties, items, prefixItems, enum, const, minimum,
// maximum and their exclusive forms, minLength, maxLength, minItems, maxItems, minProperties, maxProperties, allOf,
// anyOf, oneOf, not, and references within the document. Other keywords are passed over; nothing is ever fetched.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

// Enumerators name the shape-* codes; diagnosis maps them.
enum class ShapeFault {
  missing_field,
  renamed_field,
  wrong_type,
  null_value,
  array_object,
  not_in_enum,
  out_of_range,
  format,
  extra_field,
  mismatch
};

std::string_view shape_fault_name(ShapeFault fault);

struct ShapeFinding {
  ShapeFault fault = ShapeFault::mismatch;
  std::string pointer;         // JSON Pointer of the value; of a missing field: where it would be
  std::string schema_pointer;  // the keyword that is broken
  std::string field;           // last name of the pointer, without array indexes; "" for the root
  std::string expected;        // a type ("string | null"), values, or a limit such as ">= 1" or "length <= 20"
  std::string actual;          // the type found, or the value where the value is at fault; "" when absent
  std::string near_miss;       // renamed_field: the name that is there instead
  std::size_t count = 1;  // how many elements of arrays break the same keyword in the same way; the first is placed
  // The value in the raw text; renamed_field and extra_field: the name; missing_field: the bracket that opens the
  // object.
  std::size_t offset = 0, length = 0;
  std::size_t line = 1, column = 1;
  bool operator==(const ShapeFinding&) const = default;
};

// Breaches in the order of the text, at most 1,000. A body that is no JSON breaks no contract here: it is autopsy's.
std::vector<ShapeFinding> check_contract(const nlohmann::json& schema, std::string_view raw_body);

enum class SchemaTrouble {
  not_a_schema,          // neither an object nor true or false
  unknown_type,          // `type` names none of the seven
  bad_keyword,           // the keyword's own value has the wrong type
  remote_reference,      // $ref leads out of the document; it is taken as "anything goes"
  unresolved_reference,  // $ref leads nowhere in the document
};

struct SchemaProblem {
  SchemaTrouble trouble = SchemaTrouble::not_a_schema;
  std::string pointer;  // in the schema
  std::string value;    // what stands there, shortened
  bool operator==(const SchemaProblem&) const = default;
};

// At most 100, in the order of the document.
std::vector<SchemaProblem> schema_problems(const nlohmann::json& schema);
// True when there is no problem but references that lead out of the document.
bool schema_is_usable(const nlohmann::json& schema);

// True when `there` looks like another spelling of `wanted`: userName and user_name, or a typing slip.
bool is_near_miss(std::string_view wanted, std::string_view there);

}  // namespace blindspot
