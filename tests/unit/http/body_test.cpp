// Bodies: base64 in case files, chunks on the wire.
#include <gtest/gtest.h>

#include "core/http/base64.hpp"
#include "core/http/chunked.hpp"
#include "core/http/percent.hpp"

namespace blindspot {
namespace {

using namespace std::string_literals;

TEST(base64, every_length_goes_both_ways) {
  Bytes bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes);
    bytes.push_back(static_cast<char>(i * 37));
  }
  EXPECT_EQ(encode_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(encode_base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encode_base64("foob"), "Zm9vYg==");
}

TEST(base64, what_is_not_canonical_is_refused) {
  for (const char* text : {"A", "AA", "AAA", "A===", "====", "Zm9v\n", "Zm9vYh==", "AB=C", "-_8="}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
}

struct Row {
  std::string name, framed;
  Unchunked expected;
};
class chunked : public testing::TestWithParam<Row> {};
TEST_P(chunked, is_decoded) {
  const Unchunked actual = decode_chunked(GetParam().framed);
  EXPECT_EQ(actual.body, GetParam().expected.body);
  EXPECT_EQ(actual.complete, GetParam().expected.complete);
  EXPECT_EQ(actual.malformed, GetParam().expected.malformed);
}
INSTANTIATE_TEST_SUITE_P(
    body, chunked,
    testing::Values(Row{"one", "5\r\nhello\r\n0\r\n\r\n", {"hello", true, false}},
                    Row{"hexadecimal_and_extension", "A;x=1\r\n0123456789\r\n0\r\n\r\n", {"0123456789", true, false}},
                    Row{"trailer", "1\r\nx\r\n0\r\nA: b\r\n\r\n", {"x", true, false}},
                    Row{"nothing", "", {"", false, false}}, Row{"half_a_chunk", "5\r\nhel", {"hel", false, false}},
                    Row{"half_a_line_end", "1\r\nx\r", {"x", false, false}},
                    Row{"no_last_chunk", "5\r\nhello\r\n", {"hello", false, false}},
                    Row{"no_empty_line", "1\r\nx\r\n0\r\n", {"x", false, false}},
                    Row{"size_is_no_number", "zz\r\nhello", {"", false, true}},
                    Row{"size_overflows", "FFFFFFFFFFFFFFFFF\r\nx", {"", false, true}},
                    Row{"size_is_huge", "FFFFFFFFFFFFFFFF\r\nx", {"x", false, false}},
                    Row{"data_runs_on", "1\r\nxyz\r\n0\r\n\r\n", {"x", false, true}}),
    [](const auto& row) { return row.param.name; });

TEST(chunked_header, the_last_coding_counts) {
  EXPECT_TRUE(is_chunked({{"Transfer-Encoding", "gzip, Chunked"}}));
  EXPECT_FALSE(is_chunked({{"Transfer-Encoding", "chunked, gzip"}}));
  EXPECT_FALSE(is_chunked({}));
}

TEST(percent, decoding_leaves_what_is_no_sequence) {
  EXPECT_EQ(percent_decode("%41%4a%zz%4%"), "AJ%zz%4%");
  EXPECT_EQ(percent_decode("%00"), "\0"s);
  EXPECT_EQ(percent_encode("a b\"\xC3\xA9'", PercentSet::query), "a%20b%22%C3%A9'");
  EXPECT_EQ(percent_encode("'", PercentSet::special_query), "%27");
}

TEST(percent, utf8_is_judged_strictly) {
  for (const char* text : {"", "abc", "\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80"})
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  for (const char* text : {"\x80", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE0\x80\x80", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(text)) << text;
  }
}

}  // namespace
}  // namespace blindspot
