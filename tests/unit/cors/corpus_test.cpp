// The 550 cross-origin exchanges of cors.jsonl, restated from web-platform-tests: verdict, preflights, headers,
// redirects.
#include <gtest/gtest.h>

#include "core/cors/safelist.hpp"
#include "core/cors/token_list.hpp"
#include "tests/unit/cors/corpus.hpp"

namespace blindspot {
namespace {

using namespace corpus;

json optional_json(const std::optional<std::string>& value) {
  return value ? json(*value) : json(nullptr);
}

void expect_preflight_headers(const json& entry, const Prediction& prediction) {
  const Headers& headers = prediction.sent.at(0).preflight.preflight_headers;
  if (entry.contains("expect_acrm")) {
    EXPECT_EQ(optional_json(header_value(headers, "Access-Control-Request-Method")), entry.at("expect_acrm"));
  }
  if (entry.contains("expect_acrh")) {
    EXPECT_EQ(optional_json(header_value(headers, "Access-Control-Request-Headers")), entry.at("expect_acrh"));
  }
}

void expect_response(const json& entry, const Prediction& prediction) {
  const auto& response = prediction.observation.response;
  if (entry.contains("expect_status")) {
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, entry.at("expect_status").get<int>());
  }
  if (entry.contains("expect_response_type")) {
    EXPECT_EQ(response_type_name(prediction.response_type), entry.at("expect_response_type"));
  }
  for (const json& name : entry.value("expect_exposed_headers", json::array())) {
    ASSERT_TRUE(response);
    EXPECT_TRUE(has_header(response->headers, name.get<std::string>())) << name;
  }
  for (const json& name : entry.value("expect_hidden_headers", json::array())) {
    ASSERT_TRUE(response);
    EXPECT_FALSE(has_header(response->headers, name.get<std::string>())) << name;
  }
}

void expect_hop(const json& hop, const Prediction& prediction, std::size_t number) {
  const std::vector<SentHop>& sent = prediction.sent;
  if (hop.value("never_requested", false)) {
    EXPECT_LE(sent.size(), number) << "hop " << number << " is requested";
    return;
  }
  // A failed way may have ended before this hop.
  if (!prediction.verdict.allowed && sent.size() <= number) return;
  ASSERT_GT(sent.size(), number) << "hop " << number << " is not requested";
  const SentHop& actual = sent[number];
  EXPECT_EQ(actual.preflight.needed, hop.at("expect_preflight").get<bool>()) << "hop " << number;
  if (hop.contains("expect_origin_header")) {
    EXPECT_EQ(actual.origin, hop.at("expect_origin_header")) << "hop " << number;
  }
  if (hop.contains("expect_method")) {
    EXPECT_EQ(actual.method, hop.at("expect_method")) << "hop " << number;
  }
  for (const json& name : hop.value("expect_request_headers_absent", json::array())) {
    EXPECT_FALSE(has_header(actual.headers, name.get<std::string>())) << name;
  }
}

void expect_case(const json& entry) {
  const Request request = request_from(entry);
  const Exchange exchange = exchange_from(entry, request);
  const Prediction prediction = predict(request, exchange, options_from(entry));
  EXPECT_EQ(prediction.verdict.allowed, entry.at("expect") == "pass") << prediction.verdict.decided_at;
  EXPECT_EQ(prediction.verdict.preflighted, entry.at("expect_preflight").get<bool>());
  EXPECT_FALSE(prediction.verdict.decided_at.empty());
  ASSERT_FALSE(prediction.verdict.trace.empty());
  EXPECT_EQ(prediction.verdict.trace.back().id, prediction.verdict.decided_at);
  EXPECT_EQ(prediction.verdict.trace.back().passed, prediction.verdict.allowed);
  ASSERT_FALSE(prediction.sent.empty());
  expect_preflight_headers(entry, prediction);
  expect_response(entry, prediction);
  std::size_t number = 0;
  for (const json& hop : entry.value("redirects", json::array())) expect_hop(hop, prediction, ++number);
}

TEST(cors_corpus, every_case_comes_out_as_the_standard_demands) {
  const std::optional<int> run = for_each_case(expect_case);
  if (!run) GTEST_SKIP() << "no cors.jsonl under " << cases_folder();
  EXPECT_EQ(run, expected_cases);
}

TEST(cors_corpus, headers_that_are_not_safelisted) {
  const auto text = read_case_file("wpt/not-cors-safelisted.json");
  if (!text) GTEST_SKIP() << "no wpt/not-cors-safelisted.json under " << cases_folder();
  int run = 0;
  for (const json& pair : json::parse(*text)) {
    EXPECT_FALSE(is_cors_safelisted_request_header(pair[0].get<std::string>(), pair[1].get<std::string>())) << pair;
    ++run;
  }
  EXPECT_EQ(run, 11);
}

TEST(cors_corpus, exposed_header_lists) {
  const auto text = read_case_file("wpt/access-control-expose-headers.json");
  if (!text) GTEST_SKIP() << "no wpt/access-control-expose-headers.json under " << cases_folder();
  int run = 0;
  for (const json& entry : json::parse(*text)) {
    const Headers headers = parse_header_lines(entry.at("input").get<std::string>());
    const TokenList list = extract_token_list(headers, "Access-Control-Expose-Headers").value_or(TokenList{});
    EXPECT_EQ(list.contains_ignoring_case("bb-8"), entry.at("exposed").get<bool>()) << entry;
    ++run;
  }
  EXPECT_EQ(run, 15);
}

}  // namespace
}  // namespace blindspot
