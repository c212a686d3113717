// Offsets to lines and columns, with every kind of line end and with characters of several bytes.
#include "core/json/lines.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace blindspot {

void PrintTo(const LineColumn& place, std::ostream* out) {
  *out << place.line << ':' << place.column;
}

namespace {

TEST(LineIndex, knows_the_ends_of_lines) {
  const std::string text = "a\nbc\r\nd\re\n";
  const LineIndex lines(text);
  EXPECT_EQ(lines.line_count(), 5u);
  EXPECT_EQ(lines.line_text(1), "a");
  EXPECT_EQ(lines.line_text(2), "bc");
  EXPECT_EQ(lines.line_text(3), "d");
  EXPECT_EQ(lines.line_text(4), "e");
  EXPECT_EQ(lines.line_text(5), "");
  EXPECT_EQ(lines.line_start(3), 6u);
  EXPECT_EQ(lines.line_start(99), text.size());
  EXPECT_EQ(lines.locate(0), (LineColumn{1, 1}));
  EXPECT_EQ(lines.locate(3), (LineColumn{2, 2}));
  EXPECT_EQ(lines.locate(6), (LineColumn{3, 1}));
  EXPECT_EQ(lines.locate(8), (LineColumn{4, 1}));
  EXPECT_EQ(lines.locate(1000), (LineColumn{5, 1}));
}

TEST(LineIndex, counts_code_points) {
  const LineIndex lines("\xE5\xBC\xA0\xF0\x9F\x98\x80x");
  EXPECT_EQ(lines.locate(3), (LineColumn{1, 2}));
  EXPECT_EQ(lines.locate(7), (LineColumn{1, 3}));
  EXPECT_EQ(lines.locate(8), (LineColumn{1, 4}));
}

TEST(LineIndex, agrees_with_counting_by_hand) {
  std::mt19937 random(7);
  const std::string alphabet[] = {"a", "\n", "\r", "\r\n", "\xE5\xBC\xA0", " "};
  std::string text;
  for (int i = 0; i < 30000; ++i) text += alphabet[random() % 6];
  text += std::string(20000, 'x');
  const LineIndex lines(text);
  LineWalk each(text), some(text);
  LineColumn place;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    ASSERT_EQ(each.locate(at), place) << at;
    if (at % 37 == 0 || at == text.size()) {
      ASSERT_EQ(lines.locate(at), place) << at;
      ASSERT_EQ(some.locate(at), place) << at;
    }
    if (at == text.size()) break;
    const bool ends = text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n');
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    place = ends ? LineColumn{place.line + 1, 1} : LineColumn{place.line, place.column + (begins ? 1 : 0)};
  }
}

TEST(LineIndex, takes_an_empty_text) {
  const LineIndex lines("");
  EXPECT_EQ(lines.line_count(), 1u);
  EXPECT_EQ(lines.locate(0), (LineColumn{1, 1}));
}

}  // namespace
}  // namespace blindspot
