// Which response headers the page can read.
#include "core/cors/exposed_headers.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

Headers must_answer(const char* expose) {
  Headers headers = {{"Content-Type", "a/b"}, {"X-A", "1"},         {"x-b", "2"},
                     {"Set-Cookie", "s"},     {"Set-Cookie2", "s"}, {"Pragma", "p"}};
  if (expose) headers.push_back({"Access-Control-Expose-Headers", expose});
  return headers;
}

std::vector<std::string> names_of(const Headers& headers) {
  std::vector<std::string> names;
  for (const Header& header : headers) names.push_back(header.name);
  return names;
}

using Names = std::vector<std::string>;

struct Row {
  std::string name;
  const char* expose;
  Tainting tainting;
  Credentials credentials;
  Names expected;
};
class exposed : public testing::TestWithParam<Row> {};
TEST_P(exposed, are_filtered) {
  const Row& row = GetParam();
  EXPECT_EQ(names_of(filter_response_headers(must_answer(row.expose), row.tainting, row.credentials)), row.expected);
}
INSTANTIATE_TEST_SUITE_P(
    response_headers, exposed,
    testing::Values(
        Row{"nothing_exposed", nullptr, Tainting::cors, Credentials::omit, {"Content-Type", "Pragma"}},
        Row{"one", "x-a", Tainting::cors, Credentials::include, {"Content-Type", "X-A", "Pragma"}},
        Row{"two_and_empty",
            ",X-B , x-a,",
            Tainting::cors,
            Credentials::omit,
            {"Content-Type", "X-A", "x-b", "Pragma"}},
        Row{"star",
            "*",
            Tainting::cors,
            Credentials::same_origin,
            {"Content-Type", "X-A", "x-b", "Pragma", "Access-Control-Expose-Headers"}},
        Row{"star_with_credentials", "*", Tainting::cors, Credentials::include, {"Content-Type", "Pragma"}},
        Row{"malformed", "x-a, x b", Tainting::cors, Credentials::omit, {"Content-Type", "Pragma"}},
        Row{"cookies_never", "set-cookie, set-cookie2", Tainting::cors, Credentials::omit, {"Content-Type", "Pragma"}},
        Row{"basic", nullptr, Tainting::basic, Credentials::omit, {"Content-Type", "X-A", "x-b", "Pragma"}},
        Row{"opaque", "*", Tainting::opaque, Credentials::omit, {}}),
    [](const auto& row) { return row.param.name; });

TEST(readable_headers, follow_from_the_request) {
  Request request;
  request.url = parse_url("https://api.example.com/").value();
  request.page.origin = parse_origin("https://app.example.com");
  EXPECT_EQ(names_of(readable_headers(request, must_answer(nullptr))), (Names{"Content-Type", "Pragma"}));
  request.mode = Mode::no_cors;
  EXPECT_TRUE(readable_headers(request, must_answer("*")).empty());
  request.page.origin = origin_of(request.url);
  EXPECT_EQ(readable_headers(request, must_answer(nullptr)).size(), 4u);
}

}  // namespace
}  // namespace blindspot
