// What a program threw: the wordings of the engines, and what is made of them beside the answer.
#include "core/diagnosis/program_error.hpp"

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

using Kind = ProgramError::Kind;

struct Row {
  std::string text;
  ProgramError expected;
};

std::vector<Row> rows() {
  return {
      {"Uncaught TypeError: Cannot read properties of undefined (reading 'city')", {Kind::read, "city", "", "undefined"}},
      {"TypeError: Cannot read property 'city' of null", {Kind::read, "city", "", "null"}},
      {"TypeError: Cannot set properties of undefined (setting 'total')", {Kind::read, "total", "", "undefined"}},
      {"TypeError: Cannot destructure property 'name' of 'data.user' as it is undefined.", {Kind::read, "name", "data.user", "undefined"}},
      {"TypeError: can't access property \"city\", order.address is undefined", {Kind::read, "city", "order.address", "undefined"}},
      {"TypeError: can't access property 0, data.items is null", {Kind::read, "0", "data.items", "null"}},
      {"TypeError: undefined is not an object (evaluating 'order.address.city')", {Kind::read, "city", "order.address", "undefined"}},
      {"TypeError: null is not an object (evaluating 'data[\"user\"].name')", {Kind::read, "name", "data[\"user\"]", "null"}},
      {"TypeError: data.map is not a function", {Kind::call, "map", "data", ""}},
      {"TypeError: a.b.map is not a function. (In 'a.b.map(f)', 'a.b.map' is undefined)", {Kind::call, "map", "a.b", ""}},
      {"TypeError: undefined is not a function, js engine: hermes", {Kind::call, "", "", "undefined"}},
      {"TypeError: items is not iterable", {Kind::call, "", "items", ""}},
      {"TypeError: Cannot convert undefined or null to object", {Kind::read, "", "", ""}},
      {"TypeError: user is undefined", {Kind::read, "", "user", "undefined"}},
      {"AttributeError: 'NoneType' object has no attribute 'name'", {Kind::read, "name", "", ""}},
      {"Warning: Attempt to read property \"name\" on null in x.php", {Kind::read, "name", "", "null"}},
      {"thrown in the page\n  TypeError: Cannot read properties of null (reading 'list')\n    at load (app.js:3)", {Kind::read, "list", "", "null"}},
      {"TypeError: Failed to execute 'json' on 'Response': body stream already read", {Kind::body_twice, "", "", ""}},
      {"TypeError: Response.json: Body has already been consumed.", {Kind::body_twice, "", "", ""}},
      {"TypeError: Body is disturbed or locked", {Kind::body_twice, "", "", ""}},
      {"TypeError: Already read", {Kind::body_twice, "", "", ""}},
      {"TypeError: Failed to execute 'clone' on 'Response': Response body is already used", {Kind::body_twice, "", "", ""}},
      {"TypeError: Body is unusable: Body has already been read", {Kind::body_twice, "", "", ""}},
  };
}

TEST(program_error, is_read_as_engines_word_it) {
  for (const Row& row : rows()) {
    const std::optional<ProgramError> found = read_program_error(row.text);
    ASSERT_TRUE(found) << row.text;
    EXPECT_EQ(found->kind, row.expected.kind) << row.text;
    EXPECT_EQ(found->property, row.expected.property) << row.text;
    EXPECT_EQ(found->owner, row.expected.owner) << row.text;
    EXPECT_EQ(found->found, row.expected.found) << row.text;
  }
}

TEST(program_error, other_texts_are_none) {
  for (const std::string_view text : {"", "TypeError: Failed to fetch", "ReferenceError: data is not defined", "SyntaxError: Unexpected token '<'", " is undefined",
                                      "hello", "is not a function", "Cannot read properties of undefine", "can't access property \"x\", "})
    EXPECT_FALSE(read_program_error(text)) << text;
  EXPECT_FALSE(read_program_error(std::string(1'000'000, '(')));
}

TEST(program_error, the_last_name_is_taken_from_an_expression) {
  EXPECT_EQ(last_name("order.customer.address"), "address");
  EXPECT_EQ(last_name("order['address']"), "address");
  EXPECT_EQ(last_name("data"), "data");
  EXPECT_EQ(last_name("load()"), "");
  EXPECT_EQ(last_name(""), "");
}

Call answered(Bytes body, std::string thrown, int status = 200) {
  Call call;
  call.request = must_request("GET", "https://api.example.com/orders");
  call.observation.outcome = Outcome::answered;
  VisibleResponse response;
  response.status = status;
  response.headers = {{"content-type", "application/json"}};
  response.body_bytes = body.size();
  response.body = std::move(body);
  response.complete = true;
  call.observation.response = std::move(response);
  call.program_error = std::move(thrown);
  return call;
}

const Evidence* evidence(const Finding& finding, EvidenceKind kind) {
  for (const Evidence& each : finding.because)
    if (each.kind == kind) return &each;
  return nullptr;
}

TEST(program_error, is_held_against_the_answer) {
  const std::string thrown = "TypeError: can't access property \"city\", order.address is undefined";
  const Diagnosis diagnosis = diagnose(answered(R"({"id":1,"adress":{"city":"Suzhou"}})", thrown));
  ASSERT_EQ(in_one_line(diagnosis), "shape-read-of-undefined certain");
  const Finding& finding = diagnosis.findings[0];
  EXPECT_EQ(finding.slots.at("field"), "city");
  EXPECT_EQ(finding.slots.at("actual"), "undefined");
  ASSERT_TRUE(evidence(finding, EvidenceKind::answer_lacks));
  EXPECT_EQ(evidence(finding, EvidenceKind::answer_lacks)->subject, "address");
  ASSERT_TRUE(evidence(finding, EvidenceKind::near_name));
  EXPECT_EQ(evidence(finding, EvidenceKind::near_name)->subject, "adress");
  ASSERT_TRUE(evidence(finding, EvidenceKind::answer_has));
  EXPECT_EQ(evidence(finding, EvidenceKind::answer_has)->subject, "$.adress.city");
}

TEST(program_error, a_call_tells_what_the_answer_is) {
  const Diagnosis diagnosis = diagnose(answered(R"({"items":[1,2]})", "TypeError: data.map is not a function"));
  ASSERT_EQ(in_one_line(diagnosis), "shape-read-of-undefined certain");
  ASSERT_TRUE(evidence(diagnosis.findings[0], EvidenceKind::answer_is));
  EXPECT_EQ(evidence(diagnosis.findings[0], EvidenceKind::answer_is)->subject, "object");
}

TEST(program_error, what_is_wrong_with_the_answer_leads) {
  const std::string thrown = "TypeError: Cannot read properties of null (reading 'list')";
  EXPECT_EQ(in_one_line(diagnose(answered(R"({"code":40101,"message":"please log in","data":null})", thrown))), "business-error certain, shape-read-of-undefined certain");
  EXPECT_EQ(in_one_line(diagnose(answered(R"({"error":"gone"})", thrown, 404))), "http-404 certain, shape-read-of-undefined certain");
}

TEST(program_error, leads_before_remarks) {
  EXPECT_EQ(in_one_line(diagnose(answered(R"({"a":1,"a":2})", "TypeError: Body is disturbed or locked"))), "body-already-read certain, json-duplicate-key certain");
}

TEST(program_error, nothing_is_made_of_other_texts) { EXPECT_EQ(in_one_line(diagnose(answered(R"({"a":1})", "what?"))), "ok certain"); }

}  // namespace
}  // namespace blindspot
