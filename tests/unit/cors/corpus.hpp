// The rows of cors.jsonl as calls: request, exchange, what the cache held.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/cors/predict.hpp"
#include "tests/unit/http/cases.hpp"

namespace blindspot::corpus {

using nlohmann::json;

inline constexpr int expected_cases = 550;

inline Url must_parse_url(const std::string& text) {
  const auto url = parse_url(text);
  EXPECT_TRUE(url) << text;
  return url ? url.value() : Url{};
}

inline std::optional<Round> round_from(const json& answer, const std::string& method, const Url& url) {
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

inline Request request_from(const json& entry) {
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

inline Exchange exchange_from(const json& entry, const Request& request) {
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

inline PredictOptions options_from(const json& entry) {
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

// Calls `expect` with each row; how many there were. Nothing where the corpus is not at hand.
inline std::optional<int> for_each_case(const std::function<void(const json&)>& expect) {
  const auto text = read_case_file("cors.jsonl");
  if (!text) return std::nullopt;
  std::istringstream lines(*text);
  int run = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const json entry = json::parse(line);
    SCOPED_TRACE(entry.at("id").get<std::string>() + ": " + entry.at("reason").get<std::string>());
    expect(entry);
    ++run;
  }
  return run;
}

}  // namespace blindspot::corpus
