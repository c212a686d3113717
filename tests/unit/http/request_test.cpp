// Methods and headers that the browser normalises or keeps for itself.
#include "core/http/request.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

TEST(request, six_methods_are_normalised_and_no_other) {
  for (const char* method : {"delete", "get", "head", "options", "post", "put"}) {
    EXPECT_NE(normalize_method(method), method);
    EXPECT_TRUE(equals_ignoring_case(normalize_method(method), method));
  }
  for (const char* method : {"patch", "Patch", "propfind", "GETX"}) EXPECT_EQ(normalize_method(method), method);
}

TEST(request, forbidden_methods_in_any_case) {
  for (const char* method : {"CONNECT", "trace", "TrAcK"}) EXPECT_TRUE(is_forbidden_method(method)) << method;
  for (const char* method : {"GET", "TRACED", "", "OPTIONS"}) EXPECT_FALSE(is_forbidden_method(method)) << method;
}

struct Row {
  std::string name, header, value;
  bool expected;
};
class forbidden_request_header : public testing::TestWithParam<Row> {};
TEST_P(forbidden_request_header, is_judged) {
  EXPECT_EQ(is_forbidden_request_header(GetParam().header, GetParam().value), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(request, forbidden_request_header,
                         testing::Values(Row{"host", "hOST", "", true}, Row{"cookie", "Cookie", "a=b", true},
                                         Row{"origin", "Origin", "x", true}, Row{"proxy", "Proxy-Foo", "", true},
                                         Row{"sec", "sec-", "", true}, Row{"set_cookie", "Set-Cookie", "", true},
                                         Row{"user_agent", "User-Agent", "x", false},
                                         Row{"authorization", "Authorization", "x", false},
                                         Row{"second", "second", "", false},
                                         Row{"override_get", "X-HTTP-Method-Override", "GET", false},
                                         Row{"override_trace", "x-http-method-override", "GET, trace", true},
                                         Row{"override_track", "X-Method-Override", "TRACK", true},
                                         Row{"override_inside_word", "X-HTTP-Method", "TRACEX", false}),
                         [](const auto& row) { return row.param.name; });

TEST(request, credentials_names_go_both_ways) {
  for (Credentials each : {Credentials::omit, Credentials::same_origin, Credentials::include}) {
    EXPECT_EQ(parse_credentials(credentials_name(each)), each);
  }
  EXPECT_EQ(parse_credentials("same_origin"), std::nullopt);
}

}  // namespace
}  // namespace blindspot
