// A contract held against a body: what is found, by which keyword, and where in the raw text.
#include "core/schema/contract.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace blindspot {

inline void PrintTo(ShapeFault fault, std::ostream* out) {
  *out << shape_fault_name(fault);
}

namespace {

using nlohmann::json;
using enum ShapeFault;

json must_parse(std::string_view text) {
  json value = json::parse(text.begin(), text.end(), nullptr, false);
  EXPECT_FALSE(value.is_discarded()) << text;
  return value;
}

struct Row {
  const char* name;
  std::string schema, body;
  ShapeFault fault;
  std::string pointer, schema_pointer, field, expected, actual;
  std::string marked;  // the bytes the finding points at
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

const Row rows[] = {
    {"missing", R"({"required":["id"],"properties":{"id":{"type":"integer"}}})", R"({"a":1})", missing_field, "/id",
     "/required/0", "id", "integer", "", "{"},
    {"missing_inside", R"({"properties":{"user":{"required":["email"]}}})", R"({"user":{"name":1}})", missing_field,
     "/user/email", "/properties/user/required/0", "email", "", "", "{"},
    {"wrong_type", R"({"properties":{"id":{"type":"integer"}}})", R"({"id":"7"})", wrong_type, "/id",
     "/properties/id/type", "id", "integer", "string", R"("7")"},
    {"fraction_for_integer", R"({"properties":{"id":{"type":"integer"}}})", R"({"id":7.5})", wrong_type, "/id",
     "/properties/id/type", "id", "integer", "number", "7.5"},
    {"one_of_two_types", R"({"properties":{"id":{"type":["integer","string"]}}})", R"({"id":true})", wrong_type, "/id",
     "/properties/id/type", "id", "integer | string", "boolean", "true"},
    {"null", R"({"properties":{"id":{"type":"integer"}}})", R"({"id":null})", null_value, "/id", "/properties/id/type",
     "id", "integer", "null", "null"},
    {"object_for_array", R"({"properties":{"list":{"type":"array"}}})", R"({"list":{"0":1}})", array_object, "/list",
     "/properties/list/type", "list", "array", "object", R"({"0":1})"},
    {"array_for_object", R"({"type":"object"})", "[1]", array_object, "", "/type", "", "object", "array", "[1]"},
    {"enum", R"({"properties":{"s":{"enum":["on","off"]}}})", R"({"s":"paused"})", not_in_enum, "/s",
     "/properties/s/enum", "s", R"("on", "off")", R"("paused")", R"("paused")"},
    {"const", R"({"properties":{"v":{"const":2}}})", R"({"v":3})", not_in_enum, "/v", "/properties/v/const", "v", "2",
     "3", "3"},
    {"minimum", R"({"properties":{"n":{"minimum":1}}})", R"({"n":0})", out_of_range, "/n", "/properties/n/minimum", "n",
     ">= 1", "0", "0"},
    {"maximum", R"({"properties":{"n":{"maximum":1}}})", R"({"n":1.5})", out_of_range, "/n", "/properties/n/maximum",
     "n", "<= 1", "1.5", "1.5"},
    {"exclusive_minimum", R"({"properties":{"n":{"exclusiveMinimum":0}}})", R"({"n":0})", out_of_range, "/n",
     "/properties/n/exclusiveMinimum", "n", "> 0", "0", "0"},
    {"exclusive_of_draft_4", R"({"properties":{"n":{"maximum":5,"exclusiveMaximum":true}}})", R"({"n":5})",
     out_of_range, "/n", "/properties/n/maximum", "n", "< 5", "5", "5"},
    {"min_length_in_code_points", R"({"minLength":3})", "\"\xE5\xBC\xA0\xE4\xB8\x89\"", out_of_range, "", "/minLength",
     "", "length >= 3", "length 2", "\"\xE5\xBC\xA0\xE4\xB8\x89\""},
    {"max_length", R"({"maxLength":1})", R"("ab")", out_of_range, "", "/maxLength", "", "length <= 1", "length 2",
     R"("ab")"},
    {"min_items", R"({"minItems":1})", "[]", out_of_range, "", "/minItems", "", "items >= 1", "items 0", "[]"},
    {"max_items", R"({"properties":{"a":{"maxItems":1}}})", R"({"a":[1,2]})", out_of_range, "/a",
     "/properties/a/maxItems", "a", "items <= 1", "items 2", "[1,2]"},
    {"extra", R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1,"b":2})", extra_field, "/b",
     "/additionalProperties", "b", "", "integer", R"("b")"},
    {"additional_by_schema", R"({"additionalProperties":{"type":"string"}})", R"({"b":2})", wrong_type, "/b",
     "/additionalProperties/type", "b", "string", "integer", "2"},
    {"format", R"({"properties":{"at":{"format":"date-time"}}})", R"({"at":"2024-05-01 10:00"})", ShapeFault::format, "/at",
     "/properties/at/format", "at", "date-time", "\"2024-05-01 10:00\"", "\"2024-05-01 10:00\""},
    {"item", R"({"items":{"type":"string"}})", R"(["a",2])", wrong_type, "/1", "/items/type", "", "string", "integer",
     "2"},
    {"item_of_tuple", R"({"items":[{},{"type":"string"}]})", "[1,2]", wrong_type, "/1", "/items/1/type", "", "string",
     "integer", "2"},
    {"prefix_item", R"({"prefixItems":[{"type":"string"}],"items":{"type":"null"}})", R"([1])", wrong_type, "/0",
     "/prefixItems/0/type", "", "string", "integer", "1"},
    {"by_reference", R"({"properties":{"u":{"$ref":"#/$defs/user"}},"$defs":{"user":{"type":"object"}}})", R"({"u":1})",
     wrong_type, "/u", "/$defs/user/type", "u", "object", "integer", "1"},
    {"by_encoded_reference", R"({"$ref":"#/$defs/a~1b%25","$defs":{"a/b%":{"type":"string"}}})", "1", wrong_type, "",
     "/$defs/a~1b%/type", "", "string", "integer", "1"},
    {"name_with_slash", R"({"properties":{"a/b":{"type":"string"}}})", R"({"a/b":1})", wrong_type, "/a~1b",
     "/properties/a~1b/type", "a/b", "string", "integer", "1"},
    {"all_of", R"({"allOf":[{},{"type":"string"}]})", "1", wrong_type, "", "/allOf/1/type", "", "string", "integer",
     "1"},
    {"any_of", R"({"anyOf":[{"type":"string","minLength":1},{"type":"null"}]})", "1", wrong_type, "", "/anyOf", "",
     "string | null", "integer", "1"},
    {"one_of_both", R"({"oneOf":[{"type":"integer"},{"type":"number"}]})", "1", mismatch, "", "/oneOf", "",
     "integer | number", "integer", "1"},
    {"not", R"({"not":{"type":"integer"}})", "1", mismatch, "", "/not", "", "", "1", "1"},
    {"false_schema", R"({"properties":{"a":false}})", R"({"a":1})", mismatch, "/a", "/properties/a", "a", "", "integer",
     "1"},
    {"last_of_twins", R"({"properties":{"a":{"type":"string"}}})", R"({"a":"x","a":22})", wrong_type, "/a",
     "/properties/a/type", "a", "string", "integer", "22"},
};

class Breach : public testing::TestWithParam<Row> {};

TEST_P(Breach, is_named_and_placed) {
  const Row& row = GetParam();
  const std::vector<ShapeFinding> findings = check_contract(must_parse(row.schema), row.body);
  ASSERT_EQ(findings.size(), 1u);
  const ShapeFinding& found = findings[0];
  EXPECT_EQ(found.fault, row.fault);
  EXPECT_EQ(found.pointer, row.pointer);
  EXPECT_EQ(found.schema_pointer, row.schema_pointer);
  EXPECT_EQ(found.field, row.field);
  EXPECT_EQ(found.expected, row.expected);
  EXPECT_EQ(found.actual, row.actual);
  EXPECT_EQ(row.body.substr(found.offset, found.length), row.marked);
  EXPECT_EQ(found.near_miss, "");
}

INSTANTIATE_TEST_SUITE_P(, Breach, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(Contract, is_kept) {
  const std::pair<const char*, const char*> kept[] = {
      {R"({"type":"integer"})", "1.0"},
      {R"({"type":"number"})", "1"},
      {R"({"type":["string","null"]})", "null"},
      {R"({"type":"string","nullable":true})", "null"},
      {R"({"enum":["a"],"nullable":true})", "null"},
      {R"({"enum":[1]})", "1.0"},
      {R"({"const":{"a":1,"b":2}})", R"({"b":2,"a":1})"},
      {R"({"required":["a"]})", "[]"},
      {R"({"required":["a"]})", R"({"a":null})"},
      {R"({"minimum":1})", R"("x")"},
      {R"({"anyOf":[{"type":"string"},{"type":"null"}]})", "null"},
      {R"({"oneOf":[{"type":"string"},{"type":"null"}]})", "null"},
      {R"({"additionalProperties":false,"patternProperties":{"^x":{}}})", R"({"xa":1})"},
      {R"({"$ref":"https://example.com/schema.json"})", "1"},
      {R"({"unknown":7,"format":"no-such-form"})", R"("x")"},
      {"true", "1"},
      {"{}", "1"},
  };
  for (const auto& [schema, body] : kept)
    EXPECT_TRUE(check_contract(must_parse(schema), body).empty()) << schema << " " << body;
}

TEST(Contract, finds_the_field_that_was_meant) {
  const json schema = must_parse(
      R"({"required":["userName","age"],"properties":{"userName":{"type":"string"},"age":{"type":"integer"}},"additionalProperties":false})");
  const std::string body = "{\n  \"user_name\": \"\xE5\xBC\xA0\",\n  \"age\": 3\n}";
  const std::vector<ShapeFinding> findings = check_contract(schema, body);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].fault, renamed_field);
  EXPECT_EQ(findings[0].pointer, "/userName");
  EXPECT_EQ(findings[0].near_miss, "user_name");
  EXPECT_EQ(findings[0].field, "userName");
  EXPECT_EQ(findings[0].expected, "string");
  EXPECT_EQ(findings[0].actual, "string");
  EXPECT_EQ(findings[0].line, 2u);
  EXPECT_EQ(findings[0].column, 3u);
  EXPECT_EQ(body.substr(findings[0].offset, findings[0].length), "\"user_name\"");
}

TEST(Contract, takes_a_declared_field_for_no_other) {
  const json schema = must_parse(R"({"required":["items","item"],"properties":{"item":{},"items":{}}})");
  const std::vector<ShapeFinding> findings = check_contract(schema, R"({"item":1})");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].fault, missing_field);
}

TEST(Contract, uses_each_field_once) {
  const json schema = must_parse(R"({"required":["user_name","username"]})");
  const std::vector<ShapeFinding> findings = check_contract(schema, R"({"userName":1})");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(std::count_if(findings.begin(), findings.end(),
                          [](const ShapeFinding& finding) { return finding.fault == renamed_field; }),
            1);
}

TEST(Contract, counts_what_many_elements_share) {
  std::string body = "{\"list\":[";
  for (int i = 0; i < 50; ++i) {
    if (i != 0) body += ',';
    body += i == 7 ? R"({"id":1})" : R"({"id":"x"})";
  }
  body += "]}";
  const json schema = must_parse(R"({"properties":{"list":{"items":{"properties":{"id":{"type":"integer"}}}}}})");
  const std::vector<ShapeFinding> findings = check_contract(schema, body);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].count, 49u);
  EXPECT_EQ(findings[0].pointer, "/list/0/id");
}

TEST(Contract, lists_breaches_in_the_order_of_the_text) {
  const json schema = must_parse(R"({"properties":{"a":{"type":"string"},"b":{"type":"string"}}})");
  const std::vector<ShapeFinding> findings = check_contract(schema, "{\n\"b\":1,\n\"a\":2}");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].pointer, "/b");
  EXPECT_EQ(findings[0].line, 2u);
  EXPECT_EQ(findings[0].column, 5u);
  EXPECT_EQ(findings[1].pointer, "/a");
}

TEST(Contract, ends_on_circles) {
  const json circle = must_parse(R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})");
  EXPECT_TRUE(check_contract(circle, "1").empty());
  const json itself = must_parse(R"({"$ref":"#"})");
  EXPECT_TRUE(check_contract(itself, "1").empty());
  const json tree = must_parse(R"({"type":"object","properties":{"next":{"$ref":"#"}}})");
  EXPECT_EQ(check_contract(tree, R"({"next":{"next":{"next":1}}})").size(), 1u);
  const json explosion = must_parse(R"({"anyOf":[{"$ref":"#"},{"$ref":"#"}]})");
  check_contract(explosion, "1");
}

TEST(Contract, survives_depth) {
  const json tree = must_parse(R"({"items":{"$ref":"#"}})");
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  EXPECT_TRUE(check_contract(tree, deep).empty());
}

TEST(Contract, leaves_broken_bodies_to_the_autopsy) {
  EXPECT_TRUE(check_contract(must_parse(R"({"type":"object"})"), "{").empty());
}

TEST(Schema, tells_what_is_wrong_with_it) {
  EXPECT_TRUE(
      schema_problems(
          must_parse(
              R"({"type":"object","required":["a"],"properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":["string","null"]}}})"))
          .empty());
  const std::pair<const char*, SchemaProblem> bad[] = {
      {"7", {SchemaTrouble::not_a_schema, "", "7"}},
      {R"({"properties":{"a":"string"}})", {SchemaTrouble::not_a_schema, "/properties/a", "\"string\""}},
      {R"({"type":"int"})", {SchemaTrouble::unknown_type, "/type", "\"int\""}},
      {R"({"type":7})", {SchemaTrouble::bad_keyword, "/type", "7"}},
      {R"({"required":"a"})", {SchemaTrouble::bad_keyword, "/required", "\"a\""}},
      {R"({"items":{"enum":1}})", {SchemaTrouble::bad_keyword, "/items/enum", "1"}},
      {R"({"minLength":"3"})", {SchemaTrouble::bad_keyword, "/minLength", "\"3\""}},
      {R"({"$ref":"#/nowhere"})", {SchemaTrouble::unresolved_reference, "/$ref", "\"#/nowhere\""}},
      {R"({"$ref":"other.json"})", {SchemaTrouble::remote_reference, "/$ref", "\"other.json\""}},
  };
  for (const auto& [schema, problem] : bad) {
    const std::vector<SchemaProblem> problems = schema_problems(must_parse(schema));
    ASSERT_EQ(problems.size(), 1u) << schema;
    EXPECT_EQ(problems[0].trouble, problem.trouble) << schema;
    EXPECT_EQ(problems[0].pointer, problem.pointer) << schema;
    EXPECT_EQ(problems[0].value, problem.value) << schema;
    EXPECT_EQ(must_parse(schema).dump().substr(problems[0].offset, problems[0].length), problem.value) << schema;
    EXPECT_EQ(schema_is_usable(must_parse(schema)), problem.trouble == SchemaTrouble::remote_reference) << schema;
  }
}

}  // namespace
}  // namespace blindspot
