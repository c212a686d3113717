// When a preflight is needed, what it carries, and when an earlier one still counts.
#include "core/cors/preflight.hpp"

#include <gtest/gtest.h>

#include "core/cors/steps.hpp"

namespace blindspot {
namespace {

Request must_make_request(const char* method, Headers headers) {
  Request request;
  request.method = method;
  request.url = parse_url("https://api.example.com/v1#part").value();
  request.headers = std::move(headers);
  request.page.origin = parse_origin("https://app.example.com");
  return request;
}

TEST(preflight, a_simple_request_needs_none) {
  const PreflightDecision decision = decide_preflight(must_make_request("post", {{"Content-Type", "text/plain"}}));
  EXPECT_FALSE(decision.needed);
  EXPECT_TRUE(decision.reasons.empty());
  EXPECT_TRUE(decision.preflight_headers.empty());
}

TEST(preflight, every_reason_is_named) {
  Request request =
      must_make_request("delete", {{"Content-Type", "application/json"}, {"X-Token", "a"}, {"Host", "x"}});
  request.upload_listeners = true;
  const PreflightDecision decision = decide_preflight(request);
  EXPECT_TRUE(decision.needed);
  ASSERT_EQ(decision.reasons.size(), 4u);
  EXPECT_EQ(decision.reasons[0], (StepTaken{step::preflight_needed_method, true, "DELETE", "GET, HEAD, POST"}));
  EXPECT_EQ(decision.reasons[1].id, step::preflight_needed_header);
  EXPECT_EQ(decision.reasons[1].subject, "Content-Type: application/json");
  EXPECT_FALSE(decision.reasons[1].wanted.empty());
  EXPECT_EQ(decision.reasons[2], (StepTaken{step::preflight_needed_header, true, "X-Token: a", ""}));
  EXPECT_EQ(decision.reasons[3].id, step::preflight_needed_upload_listeners);
  EXPECT_EQ(decision.preflight_headers, (Headers{{"Accept", "*/*"},
                                                 {"Origin", "https://app.example.com"},
                                                 {"Access-Control-Request-Method", "DELETE"},
                                                 {"Access-Control-Request-Headers", "content-type,x-token"}}));
}

TEST(preflight, without_unsafe_headers_none_are_asked_for) {
  const PreflightDecision decision = decide_preflight(must_make_request("PUT", {}));
  EXPECT_FALSE(has_header(decision.preflight_headers, "Access-Control-Request-Headers"));
}

TEST(preflight, not_at_home_and_not_in_other_modes) {
  Request request = must_make_request("PUT", {});
  request.page.origin = origin_of(request.url);
  EXPECT_FALSE(decide_preflight(request).needed);
  request = must_make_request("PUT", {});
  request.mode = Mode::no_cors;
  EXPECT_FALSE(decide_preflight(request).needed);
}

struct CacheRow {
  std::string name;
  PreflightCache cache;
  Credentials credentials;
  bool needed;
};
class cache : public testing::TestWithParam<CacheRow> {};
TEST_P(cache, spares_the_preflight_or_not) {
  Request request = must_make_request("PUT", {{"X-A", "1"}});
  request.credentials = GetParam().credentials;
  const PreflightDecision decision = decide_cors_preflight(request, "https://app.example.com", GetParam().cache);
  EXPECT_EQ(decision.needed, GetParam().needed);
  EXPECT_FALSE(decision.reasons.empty());
}

PreflightCacheEntry method_entry(const char* method, double age_s = 0) {
  return {"https://app.example.com", "https://api.example.com/v1", false, method, std::nullopt, 5, age_s};
}
PreflightCacheEntry header_entry(const char* name, bool credentials = false) {
  return {"https://app.example.com", "https://api.example.com/v1", credentials, std::nullopt, name, 5, 0};
}
PreflightCacheEntry other_url(PreflightCacheEntry entry) {
  entry.url = "https://api.example.com/v2";
  return entry;
}
PreflightCacheEntry other_origin(PreflightCacheEntry entry) {
  entry.origin = "null";
  return entry;
}

INSTANTIATE_TEST_SUITE_P(
    preflight, cache,
    testing::Values(
        CacheRow{"both", {method_entry("PUT"), header_entry("x-a")}, Credentials::omit, false},
        CacheRow{"wildcards", {method_entry("*"), header_entry("*")}, Credentials::omit, false},
        CacheRow{"method_only", {method_entry("PUT")}, Credentials::omit, true},
        CacheRow{"header_only", {header_entry("X-A")}, Credentials::omit, true},
        CacheRow{"too_old", {method_entry("PUT", 5), header_entry("x-a")}, Credentials::omit, true},
        CacheRow{"other_url", {other_url(method_entry("PUT")), header_entry("x-a")}, Credentials::omit, true},
        CacheRow{"other_origin", {other_origin(method_entry("PUT")), header_entry("x-a")}, Credentials::omit, true},
        CacheRow{"made_without_credentials", {method_entry("PUT"), header_entry("x-a")}, Credentials::include, true},
        CacheRow{"made_with_credentials", {method_entry("PUT"), header_entry("x-a", true)}, Credentials::omit, false}),
    [](const auto& row) { return row.param.name; });

TEST(preflight, a_cached_wildcard_does_not_cover_authorization) {
  const Request request = must_make_request("GET", {{"Authorization", "x"}});
  EXPECT_TRUE(decide_cors_preflight(request, "https://app.example.com", {header_entry("*")}).needed);
  EXPECT_FALSE(decide_cors_preflight(request, "https://app.example.com", {header_entry("authorization")}).needed);
}

}  // namespace
}  // namespace blindspot
