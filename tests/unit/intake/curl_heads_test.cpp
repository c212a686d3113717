// What curl -i prints, read back.
#include "core/intake/curl_heads.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

TEST(curl_heads, one_answer) {
  const auto heads = parse_curl_heads("HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a:  2 \r\n\r\nHTTP/1.1 is not a head here: no\r\n");
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0], (ResponseHead{200, "OK", {{"X-A", "1"}, {"x-a", "2"}}}));
}

TEST(curl_heads, hops_and_interim_answers) {
  const auto heads = parse_curl_heads(
      "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/2 302 \r\nlocation: /b\r\n\r\n"
      "HTTP/2 204 \r\nx: y\r\n\r\n");
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[0].status, 302);
  EXPECT_EQ(header_value(heads[0].headers, "Location"), "/b");
  EXPECT_EQ(heads[1].status, 204);
}

TEST(curl_heads, bare_line_feeds_and_no_end) {
  const auto heads = parse_curl_heads("HTTP/1.0 404 Not Found\nA: b");
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].headers, (Headers{{"A", "b"}}));
}

TEST(curl_heads, nothing_of_what_is_none) {
  for (const char* text : {"", "hello", "HTTP/1.1", "HTTP/1.1 x", "HTTP/1.1 99 x", "\r\n\r\n"}) {
    EXPECT_TRUE(parse_curl_heads(text).empty()) << text;
  }
}

}  // namespace
}  // namespace blindspot
