// An answer that was read: its status, what its own words add, its JSON, its contract.
#include <nlohmann/json.hpp>

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

Call answered(int status, Headers headers, Bytes body, nlohmann::json contract = nullptr) {
  Call call;
  call.request = must_request("GET", "https://api.example.com/orders");
  call.observation.outcome = Outcome::answered;
  VisibleResponse response;
  response.status = status;
  response.headers = std::move(headers);
  response.body_bytes = body.size();
  response.body = std::move(body);
  response.complete = true;
  call.observation.response = std::move(response);
  if (!contract.is_null()) call.contract = contract.dump();
  hold_contract(call);
  return call;
}

const Header json_type{"content-type", "application/json; charset=utf-8"};

std::string slugs_of(const Call& call) {
  std::string out;
  for (const Finding& finding : diagnose(call).findings) {
    EXPECT_EQ(finding.certainty, Certainty::certain);
    out += (out.empty() ? "" : " ") + std::string(slug_of(finding.code));
  }
  return out;
}

struct StatusRow {
  int status;
  std::string expected;
};
class status_code : public testing::TestWithParam<StatusRow> {};
TEST_P(status_code, has_its_code) { EXPECT_EQ(slugs_of(answered(GetParam().status, {}, "")), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    diagnosis, status_code,
    testing::Values(StatusRow{200, "ok"}, StatusRow{201, "ok"}, StatusRow{204, "ok"}, StatusRow{304, "ok"}, StatusRow{400, "http-400"}, StatusRow{401, "http-401"},
                    StatusRow{402, "http-4xx"}, StatusRow{403, "http-403"}, StatusRow{404, "http-404"}, StatusRow{418, "http-4xx"}, StatusRow{429, "http-429"},
                    StatusRow{499, "http-4xx"}, StatusRow{500, "http-500"}, StatusRow{501, "http-5xx"}, StatusRow{502, "http-502"}, StatusRow{503, "http-503"},
                    StatusRow{504, "http-504"}, StatusRow{507, "http-5xx"}, StatusRow{599, "http-5xx"}),
    [](const auto& row) { return "status_" + std::to_string(row.param.status); });

TEST(error_answer, its_own_words_are_lifted) {
  const Diagnosis diagnosis = diagnose(answered(400, {json_type}, R"({"code":40012,"message":"page_size is required"})"));
  ASSERT_EQ(in_one_line(diagnosis), "http-400 certain");
  EXPECT_EQ(diagnosis.findings[0].slots.at("business_code"), "40012");
  EXPECT_EQ(diagnosis.findings[0].slots.at("business_message"), "page_size is required");
  EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::envelope_says));
}

TEST(error_answer, the_field_at_fault_is_lifted) {
  const Diagnosis diagnosis = diagnose(answered(422, {json_type}, R"({"detail":[{"loc":["query","page_size"],"msg":"Field required","type":"missing"}]})"));
  ASSERT_FALSE(diagnosis.findings.empty());
  EXPECT_NE(diagnosis.findings[0].slots.at("field").find("page_size"), std::string::npos);
}

TEST(error_answer, headers_that_explain_are_lifted) {
  const Diagnosis busy = diagnose(answered(429, {{"retry-after", "30"}}, ""));
  EXPECT_TRUE(has_evidence(busy.findings[0], EvidenceKind::retry_after));
  EXPECT_EQ(busy.findings[0].slots.at("value"), "30");
  const Diagnosis denied = diagnose(answered(401, {{"www-authenticate", "Bearer realm=\"shop\""}}, ""));
  EXPECT_TRUE(has_evidence(denied.findings[0], EvidenceKind::challenge));
}

TEST(error_answer, an_enormous_error_body_is_not_searched) {
  const std::string body = "{\"message\":\"" + std::string(100000, 'x') + "\"}";
  EXPECT_FALSE(has_evidence(diagnose(answered(500, {}, body)).findings[0], EvidenceKind::envelope_says));
}

struct BodyRow {
  std::string name;
  Headers headers;
  Bytes body;
  std::string expected;
};
class body : public testing::TestWithParam<BodyRow> {};
TEST_P(body, has_its_code) { EXPECT_EQ(slugs_of(answered(200, GetParam().headers, GetParam().body)), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    diagnosis, body,
    testing::Values(BodyRow{"json", {json_type}, "{\"id\":1}", "ok"}, BodyRow{"json_scalar", {json_type}, "3", "ok"}, BodyRow{"empty", {json_type}, "", "json-empty"},
                    BodyRow{"blank", {json_type}, " \n", "json-empty"}, BodyRow{"html", {json_type}, "<!doctype html><html><title>Sign in</title></html>", "json-html"},
                    BodyRow{"html_as_html", {{"content-type", "text/html"}}, "<!doctype html><html></html>", "json-html"},
                    BodyRow{"truncated", {json_type}, "{\"items\":[1,2", "json-truncated"}, BodyRow{"trailing_comma", {json_type}, "[1,2,]", "json-trailing-comma"},
                    BodyRow{"single_quotes", {json_type}, "{'id':1}", "json-single-quotes"}, BodyRow{"not_a_number", {json_type}, "{\"total\":NaN}", "json-not-a-number"},
                    BodyRow{"two_causes", {json_type}, "{\"a\":True,\"b\":NaN,\"c\":None}", "json-literal-case json-not-a-number"},
                    BodyRow{"xml", {{"content-type", "application/json"}}, "<?xml version=\"1.0\"?><Error/>", "json-xml"},
                    BodyRow{"latin1", {json_type}, "{\"name\":\"caf\xE9\"}", "charset-mismatch"},
                    BodyRow{"problem_json", {{"content-type", "application/problem+json"}}, "[1,]", "json-trailing-comma"},
                    BodyRow{"text_is_no_json_and_need_not_be", {{"content-type", "text/plain"}}, "hello", "ok"}, BodyRow{"no_type", {}, "hello", "ok"},
                    BodyRow{"remarks", {json_type}, "{\"a\":1,\"a\":9007199254740993}", "json-duplicate-key json-big-integer"},
                    BodyRow{"remarks_not_on_text_that_is_no_json", {{"content-type", "text/plain"}}, "3 3", "ok"},
                    BodyRow{"json_called_html", {{"content-type", "text/html; charset=utf-8"}}, "{\"a\":1}", "content-type-mismatch"},
                    BodyRow{"utf8_called_gbk", {{"content-type", "application/json; charset=GBK"}}, "{\"a\":\"\xE8\x8C\xB6\"}", "charset-mismatch"},
                    BodyRow{"ascii_called_gbk", {{"content-type", "application/json; charset=GBK"}}, "{\"a\":\"tea\"}", "ok"},
                    BodyRow{"envelope_first", {json_type}, "{\"code\":40301,\"message\":\"no\",\"code\":40301}", "business-error json-duplicate-key"}),
    RowName());

TEST(json_body, is_expected_where_the_caller_said_so) {
  Call call = answered(200, {{"content-type", "text/plain"}}, "[1,]");
  EXPECT_EQ(slugs_of(call), "ok");
  call.request.headers = {{"Accept", "application/json"}};
  EXPECT_EQ(slugs_of(call), "json-trailing-comma");
  Call contracted = answered(200, {{"content-type", "text/plain"}}, "[1,]", {{"type", "array"}});
  EXPECT_EQ(slugs_of(contracted), "json-trailing-comma");
}

TEST(json_body, is_not_expected_where_there_can_be_none) {
  EXPECT_EQ(slugs_of(answered(204, {json_type}, "")), "ok");
  Call head = answered(200, {json_type}, "");
  head.request.method = "HEAD";
  EXPECT_EQ(slugs_of(head), "ok");
}

TEST(json_body, that_our_own_cap_cut_is_not_called_truncated) {
  Call call = answered(200, {json_type}, "{\"items\":[1,2");
  call.observation.response->capped = true;
  EXPECT_EQ(slugs_of(call), "ok");
}

TEST(json_body, a_fault_is_placed) {
  const Diagnosis diagnosis = diagnose(answered(200, {json_type}, "{\n  \"a\": 1,\n}"));
  ASSERT_EQ(in_one_line(diagnosis), "json-trailing-comma certain");
  const Finding& finding = diagnosis.findings[0];
  EXPECT_EQ(std::get<BytePlace>(finding.place).line, 2u);
  EXPECT_EQ(finding.slots.at("line"), "2");
  EXPECT_TRUE(has_evidence(finding, EvidenceKind::json_broken_at));
}

TEST(json_body, the_text_around_a_fault_is_said_in_one_line) {
  const Finding finding = diagnose(answered(200, {json_type}, ")]}'\n{\"id\":1}")).findings[0];
  EXPECT_EQ(finding.slots.at("value"), ")]}' {\"id\":1}");
  for (const Evidence& evidence : finding.because) EXPECT_EQ(evidence.detail.find('\n'), std::string::npos) << evidence.detail;
}

TEST(json_body, a_byte_order_mark_comes_after_what_breaks_the_call) {
  const Bytes mark = "\xEF\xBB\xBF";
  EXPECT_EQ(slugs_of(answered(200, {json_type}, mark + "{\"id\":1}")), "json-bom");
  EXPECT_EQ(slugs_of(answered(200, {json_type}, mark + "[1,]")), "json-trailing-comma json-bom");
  EXPECT_EQ(slugs_of(answered(200, {json_type}, mark + "{\"code\":50001,\"message\":\"out of stock\"}")), "business-error json-bom");
  EXPECT_TRUE(leaves_answer_usable(diagnose(answered(200, {json_type}, mark + "[1]")).findings[0]));
  EXPECT_FALSE(leaves_answer_usable(diagnose(answered(200, {json_type}, mark + mark + "[1]")).findings[0]));
}

TEST(json_body, a_web_page_is_told_by_its_title) {
  const Diagnosis diagnosis = diagnose(answered(200, {json_type}, "<html><head><title>Sign in</title></head></html>"));
  EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::html_title));
}

TEST(json_body, an_answer_that_says_no_is_not_remarked_on) { EXPECT_EQ(slugs_of(answered(404, {json_type}, "{\"a\":1,\"a\":2}")), "http-404"); }

TEST(json_body, what_the_bytes_tell_is_evidence) {
  const Finding dump = diagnose(answered(200, {json_type}, "{'ok': True, 'next': None}")).findings[0];
  EXPECT_TRUE(has_evidence(dump, EvidenceKind::dialect_seen));
  const Finding lines = diagnose(answered(200, {json_type}, "{\"a\":1}\n{\"a\":2}\n")).findings[0];
  EXPECT_EQ(lines.code, Code::json_concatenated);
  EXPECT_TRUE(has_evidence(lines, EvidenceKind::values_counted));
  const Finding wide = diagnose(answered(200, {json_type}, Bytes("{\0\"\0a\0\"\0:\0001\0}\0", 14))).findings[0];
  EXPECT_EQ(wide.code, Code::charset_mismatch);
  EXPECT_EQ(wide.slots.at("actual"), "utf-16le");
}

TEST(json_body, an_error_is_an_error_first) {
  EXPECT_EQ(diagnose(answered(502, {json_type}, "<html><title>502</title></html>")).findings[0].code, Code::http_502);
  EXPECT_EQ(slugs_of(answered(500, {json_type}, "")), "http-500");
}

const nlohmann::json order_contract = nlohmann::json::parse(R"({"type":"object","required":["id","total"],
    "properties":{"id":{"type":"integer"},"total":{"type":"number","minimum":0},"state":{"enum":["new","paid"]}}})");

struct ShapeRow {
  std::string name, body, expected;
};
class contract : public testing::TestWithParam<ShapeRow> {};
TEST_P(contract, is_held_against_the_body) { EXPECT_EQ(slugs_of(answered(200, {json_type}, GetParam().body, order_contract)), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    diagnosis, contract,
    testing::Values(ShapeRow{"kept", R"({"id":1,"total":2.5,"state":"paid"})", "ok"}, ShapeRow{"missing", R"({"id":1})", "shape-missing-field"},
                    ShapeRow{"renamed", R"({"id":1,"Total":2})", "shape-renamed-field"}, ShapeRow{"wrong_type", R"({"id":"1","total":2})", "shape-wrong-type"},
                    ShapeRow{"null", R"({"id":1,"total":null})", "shape-null"}, ShapeRow{"array_for_object", "[]", "shape-array-object"},
                    ShapeRow{"not_in_enum", R"({"id":1,"total":2,"state":"PAID"})", "shape-not-in-enum"}, ShapeRow{"out_of_range", R"({"id":1,"total":-2})", "shape-out-of-range"},
                    ShapeRow{"two_faults", R"({"id":"1"})", "shape-missing-field shape-wrong-type"}),
    RowName());

TEST(contract_breach, is_placed_and_described) {
  const Diagnosis diagnosis = diagnose(answered(200, {json_type}, "{\n\"id\": \"1\",\n\"total\": 2\n}", order_contract));
  ASSERT_EQ(in_one_line(diagnosis), "shape-wrong-type certain");
  const Finding& finding = diagnosis.findings[0];
  EXPECT_EQ(finding.slots.at("field"), "id");
  EXPECT_EQ(finding.slots.at("path"), "$.id");
  EXPECT_EQ(finding.slots.at("line"), "2");
  EXPECT_TRUE(has_evidence(finding, EvidenceKind::contract_wants));
  EXPECT_TRUE(has_evidence(finding, EvidenceKind::contract_got));
}

// "The contract wants note" would be the opposite of what it says.
TEST(contract_breach, what_is_forbidden_is_not_called_wanted) {
  const nlohmann::json closed = nlohmann::json::parse(R"({"properties":{"id":true,"tags":{"uniqueItems":true}},"additionalProperties":false})");
  for (const auto& [body, line] : {std::pair{R"({"id":1,"note":"x"})", "shape-extra-field certain"}, std::pair{R"({"tags":[1,1]})", "shape-mismatch certain"}}) {
    const Diagnosis diagnosis = diagnose(answered(200, {json_type}, body, closed));
    ASSERT_EQ(in_one_line(diagnosis), line);
    EXPECT_FALSE(has_evidence(diagnosis.findings[0], EvidenceKind::contract_wants)) << body;
    EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::contract_got)) << body;
  }
}

TEST(contract_breach, does_not_matter_in_an_error) { EXPECT_EQ(slugs_of(answered(404, {json_type}, "{}", order_contract)), "http-404"); }

TEST(contract_breach, without_a_contract_there_is_none) { EXPECT_EQ(slugs_of(answered(200, {json_type}, "{}")), "ok"); }

TEST(business_error, says_no_inside_a_200) {
  const Diagnosis diagnosis = diagnose(answered(200, {json_type}, R"({"code":50001,"message":"out of stock","data":null})"));
  ASSERT_EQ(in_one_line(diagnosis), "business-error certain");
  EXPECT_EQ(diagnosis.findings[0].slots.at("business_code"), "50001");
  EXPECT_EQ(diagnosis.findings[0].slots.at("business_message"), "out of stock");
}

TEST(business_error, success_in_an_envelope_is_none) { EXPECT_EQ(slugs_of(answered(200, {json_type}, R"({"code":0,"message":"ok","data":{}})")), "ok"); }

TEST(answer, tells_what_it_rules_out) {
  std::string families;
  for (const RuledOut& item : diagnose(answered(200, {}, "{}")).ruled_out) families += std::string(family_name(item.family)) + " ";
  EXPECT_EQ(families, "network tls cors status ");
  EXPECT_EQ(diagnose(answered(200, {}, "{}")).next, std::nullopt);
}

TEST(answer, that_is_healthy_tells_status_and_size) {
  const Diagnosis diagnosis = diagnose(answered(200, {}, "{}"));
  ASSERT_EQ(in_one_line(diagnosis), "ok certain");
  EXPECT_EQ(diagnosis.findings[0].slots.at("status"), "200");
  EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::answer_read));
}

TEST(answer, that_is_opaque_is_named_for_what_it_is) {
  Call call;
  call.request = must_request("GET", "https://api.example.com/");
  call.observation.outcome = Outcome::opaque;
  EXPECT_EQ(in_one_line(diagnose(call)), "cors-opaque-response certain");
}

}  // namespace
}  // namespace blindspot
