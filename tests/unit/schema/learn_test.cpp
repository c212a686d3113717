// Schemas from samples, types from schemas.
#include "core/schema/learn.hpp"

#include <gtest/gtest.h>

#include "core/schema/contract.hpp"
#include "core/schema/format.hpp"
#include "core/schema/typescript.hpp"

namespace blindspot {
namespace {

// Without white space and without the head, to be read in a line.
std::string learnt(const std::vector<std::string_view>& samples) {
  const std::optional<std::string> schema = learn_schema(samples);
  if (!schema) return "nothing";
  EXPECT_TRUE(schema_problems_of_text(*schema).empty()) << *schema;
  ContractOptions options;
  options.check_format = fits_format;
  options.formats_decide = true;
  for (const std::string_view sample : samples) EXPECT_TRUE(check_contract_text(*schema, sample, {}, options).kept()) << *schema << sample;
  std::string out;
  for (const char c : *schema)
    if (c != ' ' && c != '\n') out += c;
  const std::string head = R"({"$schema":"https://json-schema.org/draft/2020-12/schema")";
  EXPECT_EQ(out.substr(0, head.size()), head);
  return out.substr(head.size());
}

TEST(Learn, merges_what_samples_share) {
  EXPECT_EQ(learnt({R"({"id":1,"name":"x"})", R"({"id":2,"tag":null})"}),
            R"(,"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"},"tag":{"type":"null"}},"required":["id"]})");
  EXPECT_EQ(learnt({R"([{"a":1},{"a":1.5,"b":true}])"}),
            R"(,"type":"array","items":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"boolean"}},"required":["a"]}})");
  EXPECT_EQ(learnt({R"(["a",null,1])"}), R"(,"type":"array","items":{"type":["null","integer","string"]}})");
  EXPECT_EQ(learnt({"{}"}), R"(,"type":"object"})");
  EXPECT_EQ(learnt({"[]"}), R"(,"type":"array"})");
}

TEST(Learn, names_a_format_that_all_have) {
  EXPECT_EQ(learnt({R"(["2024-01-02","2024-03-04"])"}), R"(,"type":"array","items":{"type":"string","format":"date"}})");
  EXPECT_EQ(learnt({R"(["2024-01-02","soon"])"}), R"(,"type":"array","items":{"type":"string"}})");
}

TEST(Learn, lists_values_only_of_three_samples_that_repeat_them) {
  const std::string_view on = R"({"s":"on"})", off = R"({"s":"off"})";
  EXPECT_EQ(learnt({on, off}), R"(,"type":"object","properties":{"s":{"type":"string"}},"required":["s"]})");
  EXPECT_EQ(learnt({on, off, on, off}), R"(,"type":"object","properties":{"s":{"type":"string","enum":["on","off"]}},"required":["s"]})");
  EXPECT_EQ(learnt({R"(["a b","a b","a b"])", "[]", "[]"}), R"(,"type":"array","items":{"type":"string"}})");
}

TEST(Learn, sees_maps) {
  EXPECT_EQ(learnt({R"({"1001":{"n":1},"1002":{"n":2}})"}),
            R"(,"type":"object","additionalProperties":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}})");
}

TEST(Learn, needs_json_and_survives_depth) {
  EXPECT_EQ(learn_schema({"{}", "{"}), std::nullopt);
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  const std::optional<std::string> schema = learn_schema({deep});
  ASSERT_TRUE(schema);
  EXPECT_TRUE(check_contract_text(*schema, deep).kept());
}

TEST(TypeScript, writes_types) {
  EXPECT_EQ(*write_typescript(R"({"type":"object","required":["id"],"properties":{"id":{"type":"integer","description":"its */ number"},
    "user-name":{"type":["string","null"]},"list":{"type":"array","items":{"enum":["a",1,null]}},"next":{"$ref":"#"},"at":{"$ref":"#/$defs/geo-point"},
    "map":{"additionalProperties":{"type":"number"}},"pair":{"prefixItems":[{"type":"string"},{"type":"number"}],"items":false},"any":true,"none":false,
    "one":{"oneOf":[{"type":"string"},{"const":5}]},"both":{"allOf":[{"$ref":"#/$defs/geo-point"},{"type":"object","properties":{"z":{"type":"number"}}}]},
    "old":{"type":"string","nullable":true},"gone":{"$ref":"other.json"}},
    "$defs":{"geo-point":{"type":"object","required":["x"],"properties":{"x":{"type":"number"}}}}})"),
            R"(export interface Answer {
  /** its *  number */
  id: number;
  "user-name"?: string | null;
  list?: ("a" | 1 | null)[];
  next?: Answer;
  at?: GeoPoint;
  map?: Record<string, number>;
  pair?: [string, number];
  any?: unknown;
  none?: never;
  one?: string | 5;
  both?: GeoPoint & {
    z?: number;
  };
  old?: string | null;
  gone?: unknown;
}

export interface GeoPoint {
  x: number;
}
)");
  EXPECT_EQ(*write_typescript(R"({"type":"array","items":{"type":"string"}})", "tag list"), "export type TagList = string[];\n");
  EXPECT_EQ(*write_typescript("true"), "export type Answer = unknown;\n");
  EXPECT_FALSE(write_typescript("{"));
}

TEST(TypeScript, ends_on_circles_and_bombs) {
  EXPECT_TRUE(write_typescript(R"({"$ref":"#"})"));
  EXPECT_TRUE(write_typescript(R"({"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/a"}]},"b":{"$ref":"#/$defs/a"}}})"));
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += R"({"items":)";
  EXPECT_TRUE(write_typescript(deep + "true" + std::string(300, '}')));
}

}  // namespace
}  // namespace blindspot
