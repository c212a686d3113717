// The 550 cross-origin exchanges of cors.jsonl, restated from web-platform-tests: verdict, preflights, headers,
// redirects.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "core/cors/predict.hpp"
#include "core/cors/safelist.hpp"
#include "core/cors/token_list.hpp"
#include "tests/unit/http/cases.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

constexpr int expected_cases = 550;

Url must_parse_url(const std::string& text) {
  const auto url = parse_url(text);
  EXPECT_TRUE(url) << text;
  return url ? url.value() : Url{};
}

std::optional<Round> round_from(const json& answer, const std::string& method, const Url& url) {
  if (answer.is_null()) return std::nullopt;
  Round round;
  round.method = method;
  round.url = url;
  round.head.emplace();
  round.head->status = answer.at("status").get<int>();
  for (const json& pair : answer.at("headers")) {
    round.head->headers.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
  }
  return round;
}

Request request_from(const json& entry) {
  const json& given = entry.at("request");
  Request request;
  request.method = given.at("method").get<std::string>();
  request.url = must_parse_url(given.at("url").get<std::string>());
  for (const auto& [name, value] : given.at("headers").items())
    request.headers.push_back({name, value.get<std::string>()});
  request.credentials = parse_credentials(given.at("credentials").get<std::string>()).value();
  EXPECT_EQ(given.at("mode"), "cors");
  const std::string redirect = given.value("redirect", "follow");
  request.redirect = redirect == "error" ? Redirect::error : redirect == "manual" ? Redirect::manual : Redirect::follow;
  request.upload_listeners = given.value("upload_listeners", false);
  request.page.origin = parse_origin(entry.at("page_origin").get<std::string>());
  return request;
}

Exchange exchange_from(const json& entry, const Request& request) {
  Exchange exchange;
  const auto add = [&](const json& hop, const Url& url) {
    exchange.hops.push_back({round_from(hop.at("preflight_response"), "OPTIONS", url),
                             round_from(hop.at("response"), request.method, url)});
  };
  add(entry, request.url);
  for (const json& hop : entry.value("redirects", json::array()))
    add(hop, must_parse_url(hop.at("url").get<std::string>()));
  return exchange;
}

PredictOptions options_from(const json& entry) {
  PredictOptions options;
  for (const json& each : entry.value("preflight_cache", json::array())) {
    PreflightCacheEntry cached;
    cached.origin = each.at("origin").get<std::string>();
    cached.url = each.at("url").get<std::string>();
    cached.credentials = each.at("credentials").get<bool>();
    if (each.at("method").is_string()) cached.method = each.at("method").get<std::string>();
    if (each.at("header").is_string()) cached.header = each.at("header").get<std::string>();
    cached.max_age_s = each.at("max_age").get<double>();
    cached.age_s = each.at("age").get<double>();
    options.preflight_cache.push_back(cached);
  }
  return options;
}

json optional_json(const std::optional<std::string>& value) {
  return value ? json(*value) : json(nullptr);
}

std::string type_name(ResponseType type) {
  switch (type) {
    case ResponseType::error:
      return "error";
    case ResponseType::basic:
      return "basic";
    case ResponseType::cors:
      return "cors";
    case ResponseType::opaque:
      return "opaque";
    case ResponseType::opaque_redirect:
      return "opaqueredirect";
  }
  return "";
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
    EXPECT_EQ(type_name(prediction.response_type), entry.at("expect_response_type"));
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
  const auto text = read_case_file("cors.jsonl");
  if (!text) GTEST_SKIP() << "no cors.jsonl under " << cases_folder();
  std::istringstream lines(*text);
  int run = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const json entry = json::parse(line);
    SCOPED_TRACE(entry.at("id").get<std::string>() + ": " + entry.at("reason").get<std::string>());
    expect_case(entry);
    ++run;
  }
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
