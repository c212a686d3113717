// Names of codes, families and certainties, and the texts that findings are made of.
#include "core/diagnosis/finding.hpp"

#include <set>

#include "core/diagnosis/hypotheses.hpp"
#include "core/http/percent.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

TEST(finding, slugs_are_distinct_and_read_back) {
  std::set<std::string_view> slugs;
  for (Code code : all_codes()) {
    EXPECT_TRUE(slugs.insert(slug_of(code)).second) << slug_of(code);
    EXPECT_EQ(parse_code(slug_of(code)), code);
    EXPECT_FALSE(family_name(family_of(code)).empty());
  }
  EXPECT_EQ(parse_code("no-such-code"), std::nullopt);
  EXPECT_EQ(parse_code(""), std::nullopt);
  EXPECT_EQ(parse_code("http_500"), std::nullopt);
}

TEST(finding, certainties_have_names) {
  EXPECT_EQ(certainty_name(Certainty::certain), "certain");
  EXPECT_EQ(certainty_name(Certainty::likely), "likely");
  EXPECT_EQ(certainty_name(Certainty::possible), "possible");
}

TEST(finding, a_duration_is_short) {
  EXPECT_EQ(text_of_ms(-1), "");
  EXPECT_EQ(text_of_ms(0), "0 ms");
  EXPECT_EQ(text_of_ms(999.4), "999 ms");
  EXPECT_EQ(text_of_ms(1500), "1.5 s");
  EXPECT_EQ(text_of_ms(10000), "10 s");
}

struct ExcerptRow {
  std::string name;
  Bytes bytes;
  std::size_t most;
  std::string expected;
};
class excerpt_of : public testing::TestWithParam<ExcerptRow> {};
TEST_P(excerpt_of, can_be_shown) {
  const std::string text = excerpt(GetParam().bytes, GetParam().most);
  EXPECT_EQ(text, GetParam().expected);
  EXPECT_TRUE(is_valid_utf8(text));
}
INSTANTIATE_TEST_SUITE_P(
    finding, excerpt_of,
    testing::Values(ExcerptRow{"plain", "SSH-2.0-OpenSSH\r\n", 60, "SSH-2.0-OpenSSH "}, ExcerptRow{"cut", "abcdef", 3, "abc"},
                    ExcerptRow{"line_breaks_become_one_space", "a\r\n\t b", 60, "a  b"}, ExcerptRow{"control", std::string("a\0b", 3), 60, "a\u00b7b"},
                    ExcerptRow{"cut_inside_a_character", "\u8336\u8336", 4, "\u8336"}, ExcerptRow{"empty", "", 60, ""}),
    RowName());

// Bytes that are no text at all must not end up as broken UTF-8 in a sentence or in the DOM.
TEST(finding, an_excerpt_of_binary_is_text) {
  Bytes every;
  for (int round = 0; round < 3; ++round)
    for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte * 7 + round);
  EXPECT_TRUE(is_valid_utf8(excerpt(every, 500)));
  EXPECT_TRUE(is_valid_utf8(excerpt("\xff\xfe\x80", 60)));
}

TEST(finding, a_reason_is_named_without_its_value) {
  EXPECT_EQ(name_of_reason("Authorization: Bearer secret"), "Authorization");
  EXPECT_EQ(name_of_reason("PUT"), "PUT");
}

}  // namespace
}  // namespace blindspot
