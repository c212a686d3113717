// Regular expressions: what matches, what is refused, and that no pattern runs long.
#include "core/schema/pattern.hpp"

#include <gtest/gtest.h>

#include "core/schema/decimal.hpp"
#include "core/schema/format.hpp"

namespace blindspot {
namespace {

Match search(std::string_view pattern, std::string_view text) {
  std::size_t budget = 1'000'000;
  return Pattern(pattern).search(text, budget);
}

TEST(Pattern, matches_anywhere) {
  const std::pair<const char*, const char*> matching[] = {
      {"", ""},           {"", "x"},          {"b", "abc"},       {"^a", "abc"},         {"c$", "abc"},          {"^abc$", "abc"},
      {"^a|b$", "xb"},    {"^(a|b)+$", "abba"}, {"^a{2}$", "aa"},  {"^a{2,}$", "aaaa"},   {"^a{0,2}$", ""},       {"^(ab){1,3}$", "ababab"},
      {"^[a-c]+$", "cab"}, {"^[^a-c]+$", "xyz"},   {"^[\\]x]$", "]"},     {"^[a\\-z]$", "-"},     {"^[-a]$", "-"},
      {"^[\\d-]+$", "1-2"}, {"^\\u0041\\x42$", "AB"}, {"^\\u{1F432}$", "\xF0\x9F\x90\xB2"}, {"^\\ud83d\\udc32$", "\xF0\x9F\x90\xB2"},
      {"^.$", "\xF0\x9F\x90\xB2"}, {"\\bfoo\\b", "a foo b"}, {"\\Boo", "foo"}, {"^(?:a|b)$", "b"}, {"^(?<year>\\d{4})$", "2024"},
      {"^a+?b*?$", "aab"}, {"^(a?){3}$", "aa"}, {"^(|a)+$", "aaa"}, {"^()*$", ""}, {"a{", "a{"}, {"a{,2}", "a{,2}"}, {"^\\/x\\.$", "/x."},
      {"^\\p{L}+$", "\xE5\xBC\xA0"}, {"^\\P{L}$", "1"}, {"^[^\\p{L}]+$", "12"}, {"^\\p{Lu}\\p{Ll}$", "Ab"}, {"^\\p{Script=Han}$", "\xE5\xBC\xA0"}};
  for (const auto& [pattern, text] : matching) EXPECT_EQ(search(pattern, text), Match::yes) << pattern << " on " << text;
  const std::pair<const char*, const char*> others[] = {
      {"^a$", "a\n"}, {"^.$", "\n"},   {"^a{2}$", "aaa"}, {"^a{2,3}$", "aaaa"}, {"^[^\\n]$", "\n"}, {"\\bfoo", "afoo"},
      {"[]", "x"},    {"^\\s$", "x"},  {"^\\D$", "1"},    {"^(ab)+$", "aba"},  {"^\\cC$", "C"},    {"^\\p{L}$", "1"},
      {"^\\P{L}$", "a"}, {"^[^\\p{L}]$", "a"}};
  for (const auto& [pattern, text] : others) EXPECT_EQ(search(pattern, text), Match::no) << pattern << " on " << text;
}

TEST(Pattern, is_never_taken_for_a_match_where_it_cannot_tell) {
  for (const char* pattern : {"(?=a)", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?<n>a)\\k<n>", "\\p{Emoji}"}) {
    EXPECT_EQ(Pattern(pattern).trouble(), PatternTrouble::unsupported) << pattern;
    EXPECT_EQ(search(pattern, "ab"), Match::unknown) << pattern;
  }
  // U+0D05 is a letter that the table does not know.
  EXPECT_EQ(search("^\\p{L}$", "\xE0\xB4\x85"), Match::unknown);
  EXPECT_EQ(search("^\\P{L}$", "\xE0\xB4\x85"), Match::unknown);
}

TEST(Pattern, is_refused_when_it_is_none) {
  for (const char* pattern : {"(", ")", "a)", "[a", "*", "a**", "+a", "(?", "(?<>a)", "\\", "\\Z", "\\a", "[b-a]", "a{3,2}", "^*", "\\u12", "\\x1", "\\p{", "\\p"})
    EXPECT_EQ(Pattern(pattern).trouble(), PatternTrouble::malformed) << pattern;
}

TEST(Pattern, is_bounded_in_size) {
  for (const std::string& pattern : {std::string("a{100000}"), std::string("((a{99}){99}){99}"), std::string(60'000, 'a'), std::string("(((((a{10}){10}){10}){10}){10})")})
    EXPECT_EQ(Pattern(pattern).trouble(), PatternTrouble::too_large) << pattern.substr(0, 40);
  std::string nested(200, '(');
  EXPECT_NE(Pattern(nested + std::string(200, ')')).trouble(), PatternTrouble::none);
  EXPECT_EQ(Pattern("((((((((((a*)*)*)*)*)*)*)*)*)*)*").trouble(), PatternTrouble::none);
}

// Steps grow with the length of the text times the size of the pattern, and no faster.
TEST(Pattern, does_not_blow_up) {
  for (const char* pattern : {"^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(a*)*b$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(a?){50}a{50}$"}) {
    const std::string text = std::string(10'000, pattern[1] == 'x' ? 'x' : 'a') + "!";
    std::size_t budget = 4'000'000;
    EXPECT_EQ(Pattern(pattern).search(text, budget), Match::no) << pattern;
    EXPECT_GT(budget, 0u) << pattern;
  }
  std::size_t budget = 1000;
  EXPECT_EQ(Pattern("^a*$").search(std::string(10'000, 'a'), budget), Match::unknown);
  EXPECT_EQ(budget, 0u);
}

TEST(Decimal, compares_by_digits) {
  const auto order = [](const char* a, const char* b) { return compare(parse_decimal(a), parse_decimal(b)); };
  EXPECT_EQ(order("1", "1.0"), 0);
  EXPECT_EQ(order("100", "1e2"), 0);
  EXPECT_EQ(order("-0", "0"), 0);
  EXPECT_EQ(order("0.1", "1e-1"), 0);
  EXPECT_LT(order("9007199254740992", "9007199254740993"), 0);
  EXPECT_GT(order("-1", "-2"), 0);
  EXPECT_LT(order("-1", "1"), 0);
  EXPECT_LT(order("99", "100"), 0);
  EXPECT_LT(order("1e-400", "1e-399"), 0);
  EXPECT_LT(order("1e999999999999", "2e999999999999"), 0);
}

TEST(Decimal, divides_exactly) {
  const auto multiple = [](const char* a, const char* b) { return is_multiple(parse_decimal(a), parse_decimal(b)); };
  EXPECT_EQ(multiple("19.99", "0.01"), true);
  EXPECT_EQ(multiple("0.3", "0.1"), true);
  EXPECT_EQ(multiple("19.999", "0.01"), false);
  EXPECT_EQ(multiple("1e308", "0.5"), true);
  EXPECT_EQ(multiple("1e308", "0.123456789"), false);
  EXPECT_EQ(multiple("-9", "3"), true);
  EXPECT_EQ(multiple("7", "0"), false);
  EXPECT_EQ(multiple("1e999999999", "7"), false);
  EXPECT_EQ(multiple("1e999999999", "64"), true);
  EXPECT_EQ(multiple("1", "0.1234567890123456789"), std::nullopt);
}

TEST(Format, is_guessed_only_where_it_shows) {
  const std::pair<const char*, const char*> rows[] = {{"2024-02-29T12:00:00Z", "date-time"}, {"2023-02-29", ""}, {"2024-02-29", "date"},
                                                      {"12:00:00Z", "time"}, {"a@example.com", "email"}, {"127.0.0.1", "ipv4"},
                                                      {"fe80::1%25", ""}, {"2001:db8::1", "ipv6"}, {"https://example.com/x", "uri"}, {"a:b", ""},
                                                      {"123e4567-e89b-12d3-a456-426614174000", "uuid"}, {"hello", ""}, {"", ""}};
  for (const auto& [text, format] : rows) EXPECT_EQ(guess_format(text), format) << text;
}

}  // namespace
}  // namespace blindspot
