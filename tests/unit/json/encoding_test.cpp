// In which encoding bytes are is told from the bytes; places in foreign text are places in its bytes.
#include "core/json/encoding.hpp"

#include <gtest/gtest.h>

#include "core/json/autopsy.hpp"

namespace blindspot {
namespace {

struct Row {
  const char* name;
  std::string bytes, encoding;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

const Row rows[] = {
    {"ascii", "{\"a\":1,}", ""},
    {"utf8", "{\"\xE5\x90\x8D\":\"\xE5\xBC\xA0\",}", ""},
    {"utf8_damaged", "{\"\xE5\x90\x8D\":\"\xE5\xBC\",\"\xE5\xBC\xA0\":1}", ""},
    {"utf8_cut", "{\"a\":\"\xE5\xBC", ""},
    {"utf8_cut_after_one_byte", "{\"a\":\"b\xE5", ""},
    {"overlong", "[\"\xC0\xAF\"]", ""},
    {"utf16le_marked", std::string("\xFF\xFE{\0}\0", 6), "utf-16le"},
    {"utf16be_marked", std::string("\xFE\xFF\0{\0}", 6), "utf-16be"},
    {"utf16le", std::string("{\0\"\0a\0", 6), "utf-16le"},
    {"utf16be", std::string("\0{\0\"\0a", 6), "utf-16be"},
    {"utf16le_chinese_second", std::string("[\0-N]\0", 6), "utf-16le"},
    {"gbk_success", "{\"msg\":\"\xB2\xD9\xD7\xF7\xB3\xC9\xB9\xA6\"}", "gbk"},
    {"gbk_two_characters", "{\"msg\":\"\xB3\xC9\xB9\xA6\"}", "gbk"},
    {"gbk_broken_besides", "{msg:'\xB2\xD9\xD7\xF7\xB3\xC9\xB9\xA6',}", "gbk"},
    {"gbk_cut_in_a_character", "{\"msg\":\"\xB2\xD9\xD7\xF7\xB3\xC9\xB9", "gbk"},
    {"latin1_word", "{\"a\":\"caf\xE9\"}", "windows-1252"},
    {"latin1_words", "{\"a\":\"M\xFCller, \xA3 5, cr\xE9\xE9\"}", "windows-1252"},
    {"a_byte_of_no_encoding", "{\"a\":\"b\x81 c\"}", ""},
};

class Encoding : public testing::TestWithParam<Row> {};
TEST_P(Encoding, is_decided_from_the_bytes) {
  EXPECT_EQ(decide_encoding(GetParam().bytes).name, GetParam().encoding);
}
INSTANTIATE_TEST_SUITE_P(, Encoding, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

// Stands for a host that knows these four characters.
std::optional<std::string> small_gbk(std::string_view encoding, std::string_view bytes) {
  if (encoding != "gbk") return std::nullopt;
  constexpr std::pair<std::string_view, std::string_view> table[] = {{"\xB2\xD9", "\xE6\x93\x8D"},
                                                                     {"\xD7\xF7", "\xE4\xBD\x9C"},
                                                                     {"\xB3\xC9", "\xE6\x88\x90"},
                                                                     {"\xB9\xA6", "\xE5\x8A\x9F"}};
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      out += bytes[at++];
      continue;
    }
    bool known = false;
    for (const auto& [gbk, utf8] : table) {
      if (bytes.substr(at, 2) != gbk) continue;
      out += utf8;
      known = true;
    }
    if (!known) return std::nullopt;
    at += 2;
  }
  return out;
}

TEST(ForeignText, is_mended_and_placed_in_its_own_bytes) {
  const std::string text = "{\"\xB3\xC9\xB9\xA6\": 1,\n \"m\": \"\xB2\xD9\xD7\xF7\", }";
  AutopsyOptions options;
  options.decode = small_gbk;
  const Autopsy result = autopsy(text, options);
  EXPECT_EQ(result.encoding, "gbk");
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(result.findings[0].fault, JsonFault::invalid_utf8);
  EXPECT_EQ(result.findings[0].place.offset, 2u);
  EXPECT_EQ(result.findings[1].fault, JsonFault::trailing_comma);
  EXPECT_EQ(result.findings[1].place.offset, text.rfind(','));
  EXPECT_EQ(result.findings[1].place.length, 1u);
  EXPECT_EQ(result.findings[1].place.line, 2u);
  EXPECT_EQ(result.findings[1].place.column, 11u);
  EXPECT_EQ(repaired(text, result), "{\"\xE6\x88\x90\xE5\x8A\x9F\": 1,\n \"m\": \"\xE6\x93\x8D\xE4\xBD\x9C\" }");
}

TEST(ForeignText, is_named_where_the_host_cannot_decode) {
  const std::string text = "{\"\xB3\xC9\xB9\xA6\": 1,}";
  const Autopsy result = autopsy(text);
  EXPECT_EQ(result.encoding, "gbk");
  EXPECT_FALSE(result.valid);
  EXPECT_TRUE(result.repairable);
}

TEST(ForeignText, counts_wide_units) {
  // [\u4E2D, U+1F600 as a pair, a comma too many, ]
  const std::string text("\xFF\xFE[\0\"\0-N=\xD8\0\xDE\"\0,\0]\0", 18);
  const Autopsy result = autopsy(text);
  EXPECT_EQ(result.encoding, "utf-16le");
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(result.findings[1].fault, JsonFault::trailing_comma);
  EXPECT_EQ(result.findings[1].place.offset, 14u);
  EXPECT_EQ(result.findings[1].place.length, 2u);
  EXPECT_EQ(result.findings[1].place.column, 6u);
  EXPECT_EQ(repaired(text, result), "[\"\xE4\xB8\xAD\xF0\x9F\x98\x80\"]");
}

}  // namespace
}  // namespace blindspot
