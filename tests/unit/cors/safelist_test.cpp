// The safelists, at their borders.
#include "core/cors/safelist.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

struct Row {
  std::string name, header, value;
  bool safe;
};
class safelisted : public testing::TestWithParam<Row> {};
TEST_P(safelisted, is_judged) {
  EXPECT_EQ(is_cors_safelisted_request_header(GetParam().header, GetParam().value), GetParam().safe);
}
INSTANTIATE_TEST_SUITE_P(
    request_header, safelisted,
    testing::Values(
        Row{"accept", "ACCEPT", "text/html, */*;q=0.8", true}, Row{"accept_tab", "Accept", "a\tb", true},
        Row{"accept_quote", "Accept", "a\"b", false}, Row{"accept_colon", "Accept", "a:b", false},
        Row{"accept_high_bytes", "Accept", "\xE9", true}, Row{"accept_128", "Accept", std::string(128, 'a'), true},
        Row{"accept_129", "Accept", std::string(129, 'a'), false},
        Row{"language", "Accept-Language", "de-CH, de;q=0.9, *;q=0.5", true},
        Row{"language_underscore", "Content-Language", "de_CH", false},
        Row{"language_tab", "Accept-Language", "de\tch", false},
        Row{"text_plain", "Content-Type", "text/plain;charset=UTF-8", true},
        Row{"form", "content-type", "application/x-www-form-urlencoded", true},
        Row{"multipart", "Content-Type", "Multipart/Form-Data; boundary=x", true},
        Row{"json", "Content-Type", "application/json", false}, Row{"no_mime", "Content-Type", "text", false},
        Row{"mime_with_quotes", "Content-Type", "text/plain; a=\"b\"", false},
        Row{"range", "Range", "bytes=0-499", true}, Row{"range_open", "Range", "bytes=500-", true},
        Row{"range_suffix", "Range", "bytes=-500", false}, Row{"range_backwards", "Range", "bytes=9-10", true},
        Row{"range_reversed", "Range", "bytes=10-9", false}, Row{"range_zeros", "Range", "bytes=010-9", false},
        Row{"range_huge", "Range", "bytes=99999999999999999999-100000000000000000000", true},
        Row{"range_two", "Range", "bytes=0-1,3-4", false}, Row{"range_blank", "Range", "bytes= 0-1", false},
        Row{"range_unit", "Range", "Bytes=0-1", false}, Row{"authorization", "Authorization", "x", false},
        Row{"requested_with", "X-Requested-With", "XMLHttpRequest", false}, Row{"dpr", "DPR", "2", false}),
    [](const auto& row) { return row.param.name; });

TEST(safelisted_method, three_only) {
  for (const char* method : {"GET", "HEAD", "POST"}) EXPECT_TRUE(is_cors_safelisted_method(method));
  for (const char* method : {"PUT", "OPTIONS", "get", ""}) EXPECT_FALSE(is_cors_safelisted_method(method));
}

TEST(unsafe_headers, are_lower_case_sorted_and_single) {
  const UnsafeHeaders unsafe = cors_unsafe_request_headers(
      {{"X-b", ""}, {"Accept", "a"}, {"x-A", ""}, {"X-B", ""}, {"Content-Type", "application/json"}});
  EXPECT_EQ(unsafe.names, (std::vector<std::string>{"content-type", "x-a", "x-b"}));
  EXPECT_FALSE(unsafe.too_long_together);
}

TEST(unsafe_headers, safelisted_values_count_together) {
  Headers headers(8, Header{"Accept", std::string(128, 'a')});
  EXPECT_TRUE(cors_unsafe_request_headers(headers).names.empty());
  headers.push_back({"Accept-Language", "d"});
  const UnsafeHeaders unsafe = cors_unsafe_request_headers(headers);
  EXPECT_TRUE(unsafe.too_long_together);
  EXPECT_EQ(unsafe.names, (std::vector<std::string>{"accept", "accept-language"}));
}

}  // namespace
}  // namespace blindspot
