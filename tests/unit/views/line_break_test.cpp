// Lines set by the rules of both scripts. Every code point is one wide here, Han two, so that widths can be counted.
#include "web/views/line_break.hpp"

#include <gtest/gtest.h>

#include "tests/support/must.hpp"
#include "tests/support/pages.hpp"

namespace blindspot {
namespace {

float measure(std::string_view text, bool) { return static_cast<float>(columns_of(text)); }

// The lines as texts; gaps between pieces of a line as one space.
std::vector<std::string> lines(std::string_view text, float width) {
  std::vector<std::string> out;
  for (const Line& line : set_lines(text, width, measure)) {
    std::string words;
    float end = 0;
    for (const Piece& piece : line) {
      if (!words.empty() && piece.x > end + 0.5f) words += " ";
      words += piece.text;
      end = piece.x + piece.width;
    }
    out.push_back(words);
  }
  return out;
}

struct Row {
  std::string name, text;
  float width;
  std::vector<std::string> expected;
};
class line_break : public testing::TestWithParam<Row> {};
TEST_P(line_break, sets) { EXPECT_EQ(lines(GetParam().text, GetParam().width), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    line_break, line_break,
    testing::Values(Row{"fits", "a short line", 20, {"a short line"}}, Row{"breaks_at_spaces", "the server is down", 10, {"the server", "is down"}},
                    Row{"han_breaks_anywhere", "\u8bf7\u6c42\u5931\u8d25\u4e86", 6, {"\u8bf7\u6c42\u5931", "\u8d25\u4e86"}},
                    Row{"no_line_begins_with_a_full_stop", "\u8bf7\u6c42\u5931\u3002\u597d", 6, {"\u8bf7\u6c42", "\u5931\u3002\u597d"}},
                    Row{"no_line_ends_with_an_opening_mark", "\u8bf7\u6c42\uff08\u597d\uff09", 6, {"\u8bf7\u6c42", "\uff08\u597d\uff09"}},
                    Row{"a_comma_stays_with_its_code", "see `GET`, then", 7, {"see", "GET,", "then"}},
                    Row{"ends_of_lines_are_blanks", "one,\n  two\r\n", 20, {"one, two"}}, Row{"a_long_word_is_cut", "abcdefghij", 4, {"abcd", "efgh", "ij"}}, Row{"latin_beside_han", "\u7528curl\u8bd5", 6, {"\u7528curl", "\u8bd5"}}),
    RowName());

TEST(line_break, no_piece_reaches_beyond_the_width_and_no_text_is_lost) {
  const std::string text = "The browser asks with `OPTIONS /orders?page=2` first. \u6d4f\u89c8\u5668\u4f1a\u5148\u53d1\u9001\u9884\u68c0\u8bf7\u6c42\uff08`OPTIONS`\uff09\uff0c\u518d\u53d1\u9001 POST\u3002";
  for (int width = 8; width < 60; ++width) {
    std::string together;
    for (const Line& line : set_lines(text, static_cast<float>(width), measure))
      for (const Piece& piece : line) {
        EXPECT_LE(piece.x + piece.width, static_cast<float>(width) + 0.01f) << width << ": " << piece.text;
        together += piece.text;
      }
    std::string wanted = without_backticks(text);
    std::erase(wanted, ' ');
    std::erase(together, ' ');
    EXPECT_EQ(together, wanted) << width;
  }
}

TEST(line_break, code_is_marked_and_its_backticks_are_not_shown) {
  const std::vector<Line> set = set_lines("send `GET` now", 40, measure);
  ASSERT_EQ(set.size(), 1u);
  std::string code;
  for (const Piece& piece : set[0])
    if (piece.code) code += piece.text;
  EXPECT_EQ(code, "GET");
  EXPECT_EQ(without_backticks("send `GET` now"), "send GET now");
}

TEST(line_break, an_empty_text_is_one_empty_line_and_a_tiny_width_ends) {
  EXPECT_EQ(set_lines("", 10, measure).size(), 1u);
  EXPECT_GE(set_lines("word", 0, measure).size(), 1u);
  EXPECT_GE(set_lines("\u8bf7\u6c42", 1, measure).size(), 2u);
}

}  // namespace
}  // namespace blindspot
