// Contracts and bodies made to cost: each is bounded in time and findings, and what was not checked is said.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "core/schema/contract.hpp"
#include "core/schema/learn.hpp"
#include "core/schema/typescript.hpp"

namespace blindspot {
namespace {

bool left_out(const ContractReport& report, NotChecked reason) {
  return std::any_of(report.unchecked.begin(), report.unchecked.end(), [&](const Unchecked& item) { return item.reason == reason; });
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

class Hostile : public testing::Test {
 protected:
  // Far above what any of these takes, also under the sanitizers; without bounds they would not end.
  void TearDown() override { EXPECT_LT(std::chrono::steady_clock::now() - began_, std::chrono::seconds(60)); }
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

TEST_F(Hostile, references_that_double_at_each_step) {
  std::string schema = R"({"$ref":"#/$defs/a0","$defs":{)";
  for (int i = 0; i < 60; ++i) {
    const std::string next = "#/$defs/a" + std::to_string(i + 1);
    schema += "\"a" + std::to_string(i) + R"(":{"allOf":[{"$ref":")" + next + R"("},{"$ref":")" + next + "\"}]},";
  }
  schema += R"("a60":{"type":"string"}}})";
  const ContractReport report = check_contract_text(schema, "1");
  EXPECT_TRUE(left_out(report, NotChecked::too_much_work));
  EXPECT_FALSE(report.kept());
  EXPECT_LE(report.findings.size(), 1000u);
}

TEST_F(Hostile, circles) {
  const ContractReport itself = check_contract_text(R"({"$ref":"#"})", "1");
  EXPECT_TRUE(itself.kept() && left_out(itself, NotChecked::circular_reference));
  const ContractReport pair = check_contract_text(R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"anyOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/b"}]}}})", "1");
  EXPECT_TRUE(pair.kept() && left_out(pair, NotChecked::circular_reference));
  // A circle may not be blamed for fitting.
  EXPECT_TRUE(check_contract_text(R"({"not":{"$ref":"#"}})", "1").kept());
  const ContractReport dynamic = check_contract_text(R"({"$dynamicRef":"#x","$dynamicAnchor":"x"})", "1");
  EXPECT_TRUE(left_out(dynamic, NotChecked::circular_reference));
}

TEST_F(Hostile, recursive_schemas_on_deep_values) {
  const std::string deep = repeated("[", 100'000) + repeated("]", 100'000);
  const ContractReport report = check_contract_text(R"({"items":{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}})", deep);
  EXPECT_TRUE(report.kept());
  EXPECT_TRUE(left_out(report, NotChecked::too_deep) || left_out(report, NotChecked::too_much_work));
  const std::string nested = repeated(R"({"a":)", 100'000) + "1" + repeated("}", 100'000);
  EXPECT_TRUE(left_out(check_contract_text(R"({"additionalProperties":{"$ref":"#"}})", nested), NotChecked::too_deep));
  EXPECT_FALSE(check_contract_text(R"({"const":1})", nested).kept());
  EXPECT_FALSE(check_contract_text(R"({"enum":[[],{}]})", deep).kept());
  EXPECT_TRUE(learn_schema({nested}));
}

TEST_F(Hostile, deep_schemas) {
  const std::string schema = repeated(R"({"not":)", 50'000) + "true" + repeated("}", 50'000);
  const ContractReport report = check_contract_text(schema, "1");
  EXPECT_TRUE(left_out(report, NotChecked::too_deep));
  schema_problems_of_text(schema);
  EXPECT_TRUE(write_typescript(schema));
}

TEST_F(Hostile, patterns) {
  const std::string text = "\"" + repeated("a", 100'000) + "!\"";
  for (const char* pattern : {"^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"}) {
    const ContractReport report = check_contract_text("{\"pattern\":\"" + std::string(pattern) + "\"}", text);
    EXPECT_TRUE(!report.kept() || left_out(report, NotChecked::too_much_work)) << pattern;
  }
  const ContractReport unknown = check_contract_text(R"({"pattern":"^(?=.*[A-Z]).+$"})", R"("abc")");
  EXPECT_TRUE(unknown.kept());
  ASSERT_EQ(unknown.unchecked.size(), 1u);
  EXPECT_EQ(unknown.unchecked[0], (Unchecked{NotChecked::pattern, "/pattern", "^(?=.*[A-Z]).+$"}));
  EXPECT_TRUE(check_contract_text(R"x({"not":{"pattern":"(?=a)"}})x", R"("abc")").kept());
  EXPECT_TRUE(left_out(check_contract_text(R"({"pattern":"(a{1000}){1000}"})", R"("a")"), NotChecked::pattern));
  // Whether additionalProperties is asked hangs on a pattern that cannot be run: nobody is blamed.
  EXPECT_TRUE(check_contract_text(R"x({"patternProperties":{"(?=a)":{}},"additionalProperties":false})x", R"({"a":1})").kept());
}

TEST_F(Hostile, many_choices_within_choices) {
  std::string schema = R"({"type":"string"})";
  for (int i = 0; i < 12; ++i) schema = R"({"oneOf":[)" + schema + "," + schema + R"(,{"not":true}]})";
  const ContractReport report = check_contract_text(schema, "1");
  EXPECT_LE(report.findings.size(), 1000u);
}

TEST_F(Hostile, many_breaches) {
  const std::string body = "[" + repeated("1,", 300'000) + "1]";
  const ContractReport report = check_contract_text(R"({"items":{"type":"string"}})", body);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].count, 300'001u);
  std::string names = "{";
  for (int i = 0; i < 20'000; ++i) names += (i ? ",\"n" : "\"n") + std::to_string(i) + "\":1";
  const ContractReport extra = check_contract_text(R"({"additionalProperties":false})", names + "}");
  EXPECT_EQ(extra.findings.size(), 1000u);
  EXPECT_EQ(extra.breaches, 20'000u);
}

TEST_F(Hostile, long_lists_of_required_names_and_equal_values) {
  std::string required = "[", body = "{";
  for (int i = 0; i < 5'000; ++i) {
    required += (i ? ",\"wanted_name_" : "\"wanted_name_") + std::to_string(i) + "\"";
    body += (i ? ",\"wantedname" : "\"wantedname") + std::to_string(90'000 + i) + "\":1";
  }
  check_contract_text("{\"required\":" + required + "]}", body + "}");
  std::string unique = "[";
  for (int i = 0; i < 100'000; ++i) unique += (i ? "," : "") + std::to_string(i);
  EXPECT_TRUE(check_contract_text(R"({"uniqueItems":true})", unique + "]").kept());
  const ContractReport twice = check_contract_text(R"({"uniqueItems":true})", unique + ",7.0]");
  ASSERT_EQ(twice.findings.size(), 1u);
  EXPECT_EQ(twice.findings[0].pointer, "/100000");
}

TEST_F(Hostile, broken_texts) {
  for (const char* text : {"", "{", "\xFF", "nul", "[1,]", "{\"a\"}"}) {
    EXPECT_EQ(check_contract_text(text, "1").unchecked.size(), 1u) << text;
    EXPECT_EQ(check_contract_text("{}", text).unchecked.size(), 1u) << text;
  }
}

TEST(Nearest, is_blamed) {
  constexpr std::string_view shapes = R"({"oneOf":[{"type":"object","required":["kind","r"],"properties":{"kind":{"const":"circle"},"r":{"type":"number"}}},
    {"type":"object","required":["kind","w","h"],"properties":{"kind":{"const":"box"},"w":{"type":"number"},"h":{"type":"number"}}},{"type":"null"}]})";
  const ContractReport report = check_contract_text(shapes, R"({"kind":"box","w":1,"h":"2"})");
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].schema_pointer, "/oneOf/1/properties/h/type");
  const ContractReport none = check_contract_text(shapes, "7");
  ASSERT_EQ(none.findings.size(), 1u);
  EXPECT_EQ(none.findings[0].fault, ShapeFault::wrong_type);
  EXPECT_EQ(none.findings[0].expected, "object | null");
  const ContractReport tie = check_contract_text(R"({"anyOf":[{"required":["a"]},{"required":["b"]}]})", "{}");
  ASSERT_EQ(tie.findings.size(), 1u);
  EXPECT_EQ(tie.findings[0].fault, ShapeFault::mismatch);
}

TEST(Grouped, is_what_has_one_cause) {
  // The keys of a map are like the indexes of an array.
  const ContractReport map = check_contract_text(R"({"additionalProperties":{"required":["id"]}})", R"({"x":{},"y":{},"z":{"id":1}})");
  ASSERT_EQ(map.findings.size(), 1u);
  EXPECT_EQ(map.findings[0].count, 2u);
  const ContractReport two = check_contract_text(R"({"properties":{"x":{"$ref":"#/$defs/t"},"y":{"$ref":"#/$defs/t"}},"$defs":{"t":{"required":["id"]}}})", R"({"x":{},"y":{}})");
  EXPECT_EQ(two.findings.size(), 2u);
}

TEST(References, are_never_fetched) {
  const std::string schema = R"({"properties":{"a":{"$ref":"https://example.com/a.json#/x"}}})";
  const ContractReport blind = check_contract_text(schema, R"({"a":1})");
  EXPECT_TRUE(blind.kept());
  ASSERT_EQ(blind.unchecked.size(), 1u);
  EXPECT_EQ(blind.unchecked[0], (Unchecked{NotChecked::remote_reference, "/properties/a/$ref", "https://example.com/a.json#/x"}));
  ContractOptions options;
  options.documents["https://example.com/a.json"] = R"({"x":{"type":"string"}})";
  const ContractReport known = check_contract_text(schema, R"({"a":1})", {}, options);
  ASSERT_EQ(known.findings.size(), 1u);
  EXPECT_EQ(known.findings[0].schema_pointer, "https://example.com/a.json#/x/type");
}

}  // namespace
}  // namespace blindspot
