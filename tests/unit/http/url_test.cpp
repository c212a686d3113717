// URLs: what is parsed and what is wrong with the rest; the standard's own cases run in wpt_test.cpp.
#include "core/http/url.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

struct Row {
  std::string name, text, base, expected;
};
class url : public testing::TestWithParam<Row> {};
TEST_P(url, is_serialized) {
  const Row& row = GetParam();
  std::optional<Url> base;
  if (!row.base.empty()) base = parse_url(row.base).value();
  const auto parsed = parse_url(row.text, base ? &*base : nullptr);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(serialize_url(parsed.value()), row.expected);
  const auto again = parse_url(row.expected);
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value(), parsed.value());
}
INSTANTIATE_TEST_SUITE_P(
    http, url,
    testing::Values(Row{"plain", "https://api.example.com/v1?q=1#f", "", "https://api.example.com/v1?q=1#f"},
                    Row{"no_path", "http://a.com", "", "http://a.com/"},
                    Row{"blanks_around", "  http://a.com/x \n", "", "http://a.com/x"},
                    Row{"line_break_inside", "http://a.com/or\nders", "", "http://a.com/orders"},
                    Row{"backslashes", "http:\\\\a.com\\x\\..\\y", "", "http://a.com/y"},
                    Row{"one_slash", "https:/a.com/x", "", "https://a.com/x"},
                    Row{"chinese_path", "http://a.com/\xE4\xB8\xAD?\xE6\x96\x87", "",
                        "http://a.com/%E4%B8%AD?%E6%96%87"},
                    Row{"credentials", "http://me:p@ss@a.com/", "", "http://me:p%40ss@a.com/"},
                    Row{"dot_segments", "http://a.com/a/./b/%2e%2E/c", "", "http://a.com/a/c"},
                    Row{"ipv4_short", "http://127.1/", "", "http://127.0.0.1/"},
                    Row{"ipv4_hex", "http://0x7F.0.0.01/", "", "http://127.0.0.1/"},
                    Row{"ipv6", "http://[2001:DB8:0:0:1:0:0:1]/", "", "http://[2001:db8::1:0:0:1]/"},
                    Row{"ipv6_with_ipv4", "http://[::ffff:1.2.3.4]/", "", "http://[::ffff:102:304]/"},
                    Row{"relative_path", "../x", "https://a.com/p/q/r?s#t", "https://a.com/p/x"},
                    Row{"relative_query", "?n", "https://a.com/p?s#t", "https://a.com/p?n"},
                    Row{"relative_fragment", "#n", "https://a.com/p?s", "https://a.com/p?s#n"},
                    Row{"relative_empty", "", "https://a.com/p?s#t", "https://a.com/p?s"},
                    Row{"relative_scheme", "//b.com/x", "https://a.com/p", "https://b.com/x"},
                    Row{"relative_root", "/x", "https://a.com:8443/p", "https://a.com:8443/x"},
                    Row{"same_scheme_relative", "https:x", "https://a.com/p/q", "https://a.com/p/x"},
                    Row{"opaque_path", "mailto:me@a.com", "", "mailto:me@a.com"},
                    Row{"localhost_as_scheme", "localhost:8080/x", "", "localhost:8080/x"},
                    Row{"file", "file:///C|/x", "", "file:///C:/x"},
                    Row{"other_scheme", "wx://h/p/../q", "", "wx://h/q"}),
    [](const auto& row) { return row.param.name; });

struct FaultRow {
  std::string name, text;
  UrlFault fault;
  std::string part;  // what the error points at
};
class url_fault : public testing::TestWithParam<FaultRow> {};
TEST_P(url_fault, is_placed) {
  const FaultRow& row = GetParam();
  const auto parsed = parse_url(row.text);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().fault, row.fault);
  EXPECT_EQ(row.text.substr(parsed.error().offset, parsed.error().length), row.part);
}
INSTANTIATE_TEST_SUITE_P(
    http, url_fault,
    testing::Values(FaultRow{"empty", "", UrlFault::empty, ""}, FaultRow{"blank", "  \n", UrlFault::empty, ""},
                    FaultRow{"no_scheme", " api.example.com/x", UrlFault::no_scheme, "api.example.com/x"},
                    FaultRow{"path_only", "/orders", UrlFault::no_scheme, "/orders"},
                    FaultRow{"no_host", "https://", UrlFault::host_missing, ""},
                    FaultRow{"port_without_host", "https://:80/x", UrlFault::host_missing, ":80"},
                    FaultRow{"credentials_without_host", "https://me@/x", UrlFault::host_missing, "me@"},
                    FaultRow{"blank_in_host", "https://api example.com/", UrlFault::host_invalid, "api example.com"},
                    FaultRow{"template_left_in", "https://{host}<x>/", UrlFault::host_invalid, "{host}<x>"},
                    FaultRow{"ipv4_out_of_range", "http://1.2.3.256/", UrlFault::host_invalid, "1.2.3.256"},
                    FaultRow{"ipv6_open", "http://[::1/", UrlFault::host_invalid, "[::1"},
                    FaultRow{"port_too_large", "http://a.com:65536/x", UrlFault::port_invalid, "65536"},
                    FaultRow{"port_text", " http://a.com:80a/x", UrlFault::port_invalid, "80a"},
                    FaultRow{"port_after_tab", "http://a.\tcom:x/", UrlFault::port_invalid, "x"}),
    [](const auto& row) { return row.param.name; });

TEST(url_parts, are_kept_apart) {
  const Url url = parse_url("http://u:p@H.com:8080/a/b?c#d").value();
  EXPECT_EQ(url, (Url{"http", "u", "p", "h.com", 8080, "/a/b", "c", "d"}));
  EXPECT_EQ(effective_port(url), 8080);
  EXPECT_EQ(effective_port(parse_url("https://h/").value()), 443);
  EXPECT_EQ(effective_port(parse_url("wx:x").value()), 0);
}

}  // namespace
}  // namespace blindspot
