// Header lists: lookup, character rules, reading a block of lines.
#include "core/http/headers.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

using namespace std::string_literals;

TEST(headers, lookup_ignores_case_and_joins_duplicates_in_order) {
  const Headers headers = {{"Vary", "Origin"}, {"X-A", "1"}, {"vary", "Accept"}};
  EXPECT_TRUE(has_header(headers, "VARY"));
  EXPECT_FALSE(has_header(headers, "Var"));
  EXPECT_EQ(header_value(headers, "vARY"), "Origin, Accept");
  EXPECT_EQ(header_value(headers, "X-B"), std::nullopt);
  EXPECT_EQ(header_values(headers, "Vary"), (std::vector<std::string>{"Origin", "Accept"}));
}

TEST(headers, an_empty_value_is_a_value) {
  const Headers headers = {{"X-A", ""}, {"X-A", ""}};
  EXPECT_EQ(header_value(headers, "X-A"), ", ");
}

struct Row {
  std::string name, text;
  bool expected;
};
std::string row_name(const testing::TestParamInfo<Row>& info) {
  return info.param.name;
}

class token : public testing::TestWithParam<Row> {};
TEST_P(token, is_judged) {
  EXPECT_EQ(is_token(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(headers, token,
                         testing::Values(Row{"letters", "X-Token", true}, Row{"all_marks", "!#$%&'*+-.^_`|~09az", true},
                                         Row{"empty", "", false}, Row{"blank", "X Token", false},
                                         Row{"colon", "X:Y", false}, Row{"braces", "{x}", false},
                                         Row{"del", "x\x7f", false}, Row{"above_ascii", "\xC3\xA9", false},
                                         Row{"nul", "a\0b"s, false}),
                         row_name);

class header_value_text : public testing::TestWithParam<Row> {};
TEST_P(header_value_text, is_judged) {
  EXPECT_EQ(is_header_value(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(headers, header_value_text,
                         testing::Values(Row{"plain", "a b", true}, Row{"empty", "", true},
                                         Row{"high_bytes", "\xE9", true},
                                         Row{"control",
                                             "a\x01"
                                             "b",
                                             true},
                                         Row{"inner_tab", "a\tb", true}, Row{"leading_blank", " a", false},
                                         Row{"trailing_tab", "a\t", false}, Row{"nul", "a\0b"s, false},
                                         Row{"cr", "a\rb", false}, Row{"lf", "a\nb", false}),
                         row_name);

TEST(headers, reads_lines_of_both_kinds) {
  const Headers headers =
      parse_header_lines("HTTP/1.1 200 OK: fine\r\ncontent-type:  text/plain \r\nX-A:1\nbare\n: none\nX-B:\n");
  EXPECT_EQ(headers, (Headers{{"content-type", "text/plain"}, {"X-A", "1"}, {"X-B", ""}}));
  EXPECT_TRUE(parse_header_lines("").empty());
  EXPECT_EQ(parse_header_lines("a:b"), (Headers{{"a", "b"}}));
}

TEST(headers, whitespace_is_only_four_characters) {
  EXPECT_EQ(trim_http_whitespace(" \t\r\nx\v\n"), "x\v");
  EXPECT_EQ(trim_http_whitespace("\f"), "\f");
  EXPECT_EQ(ascii_lowercase("ABC\xC4"), "abc\xC4");
}

}  // namespace
}  // namespace blindspot
