// Origins: reading, writing, equality, trust, blocked ports.
#include <gtest/gtest.h>

#include "core/http/url.hpp"

namespace blindspot {
namespace {

Origin must_origin_of(const char* text) {
  const auto url = parse_url(text);
  EXPECT_TRUE(url) << text;
  return url ? origin_of(url.value()) : Origin{};
}

struct Row {
  std::string name, url, expected;
};
class origin : public testing::TestWithParam<Row> {};
TEST_P(origin, of_a_url) {
  EXPECT_EQ(serialize_origin(must_origin_of(GetParam().url.c_str())), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    url, origin,
    testing::Values(Row{"default_port_is_left_out", "https://Example.com:443/a", "https://example.com"},
                    Row{"other_port_stays", "http://x.com:443", "http://x.com:443"},
                    Row{"ipv6", "http://[::1]:80/", "http://[::1]"}, Row{"file", "file:///etc/hosts", "null"},
                    Row{"data", "data:text/plain,x", "null"},
                    Row{"blob", "blob:https://a.com:8443/uuid", "https://a.com:8443"},
                    Row{"blob_of_null", "blob:null/uuid", "null"}),
    [](const auto& row) { return row.param.name; });

TEST(origin_text, only_a_bare_origin_is_read) {
  EXPECT_EQ(serialize_origin(parse_origin("https://api.example.com:8443")), "https://api.example.com:8443");
  EXPECT_EQ(serialize_origin(parse_origin("https://api.example.com/")), "https://api.example.com");
  for (const char* text :
       {"null", "", "*", "example.com", "https://a.com/path", "ftp://a.com", "https://u@a.com", "file://"}) {
    EXPECT_TRUE(parse_origin(text).opaque) << text;
  }
}

TEST(origin_text, same_origin_needs_scheme_host_and_port) {
  const Origin a = parse_origin("https://a.com");
  EXPECT_TRUE(is_same_origin(a, parse_origin("https://A.com:443")));
  EXPECT_FALSE(is_same_origin(a, parse_origin("http://a.com")));
  EXPECT_FALSE(is_same_origin(a, parse_origin("https://a.com:8443")));
  EXPECT_FALSE(is_same_origin(a, parse_origin("https://b.a.com")));
  EXPECT_FALSE(is_same_origin(parse_origin("null"), parse_origin("null")));
}

TEST(origin_trust, https_and_loopback) {
  for (const char* text : {"https://a.com", "http://localhost:3000", "http://app.localhost", "http://127.0.0.1",
                           "http://127.9.8.7", "http://[::1]:8080", "http://0x7f000001"}) {
    EXPECT_TRUE(is_potentially_trustworthy(parse_origin(text))) << text;
  }
  for (const char* text :
       {"http://a.com", "http://192.168.0.1", "http://127.0.0.1.nip.io", "http://notlocalhost", "null"}) {
    EXPECT_FALSE(is_potentially_trustworthy(parse_origin(text))) << text;
  }
}

TEST(port, blocked_ones) {
  for (int port : {0, 1, 22, 25, 587, 6000, 6679, 10080})
    EXPECT_TRUE(is_blocked_port(static_cast<std::uint16_t>(port))) << port;
  for (int port : {80, 443, 3000, 8080, 6670, 65535})
    EXPECT_FALSE(is_blocked_port(static_cast<std::uint16_t>(port))) << port;
  int count = 0;
  for (int port = 0; port <= 65535; ++port) count += is_blocked_port(static_cast<std::uint16_t>(port)) ? 1 : 0;
  EXPECT_EQ(count, 83);
}

}  // namespace
}  // namespace blindspot
