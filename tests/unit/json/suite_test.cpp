// JSONTestSuite: what must parse parses, what must not does not, and every text that gets a repair gets a valid one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "core/json/autopsy.hpp"
#include "core/json/scan.hpp"

namespace blindspot {
namespace {

std::filesystem::path suite_folder() {
  const char* given = std::getenv("BLINDSPOT_CASES");
  return std::filesystem::path(given != nullptr ? given : BLINDSPOT_CASES) / "JSONTestSuite" / "test_parsing";
}

std::string must_read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// Texts of the "either" kind that the grammar of RFC 8259 in UTF-8 takes.
const std::set<std::string> either_and_valid = {"i_number_double_huge_neg_exp.json",
                                                "i_number_huge_exp.json",
                                                "i_number_neg_int_huge_exp.json",
                                                "i_number_pos_double_huge_exp.json",
                                                "i_number_real_neg_overflow.json",
                                                "i_number_real_pos_overflow.json",
                                                "i_number_real_underflow.json",
                                                "i_number_too_big_neg_int.json",
                                                "i_number_too_big_pos_int.json",
                                                "i_number_very_big_negative_int.json",
                                                "i_object_key_lone_2nd_surrogate.json",
                                                "i_string_1st_surrogate_but_2nd_missing.json",
                                                "i_string_1st_valid_surrogate_2nd_invalid.json",
                                                "i_string_incomplete_surrogate_and_escape_valid.json",
                                                "i_string_incomplete_surrogate_pair.json",
                                                "i_string_incomplete_surrogates_escape_valid.json",
                                                "i_string_invalid_lonely_surrogate.json",
                                                "i_string_invalid_surrogate.json",
                                                "i_string_inverted_surrogates_U+1D11E.json",
                                                "i_string_lone_second_surrogate.json",
                                                "i_structure_500_nested_arrays.json"};

// Texts for which codes.tsv has no code but json-syntax.
const std::set<std::string> plain_syntax = {"n_array_colon_instead_of_comma.json",
                                            "n_array_comma_and_number.json",
                                            "n_array_double_comma.json",
                                            "n_array_items_separated_by_semicolon.json",
                                            "n_array_missing_value.json",
                                            "n_array_star_inside.json",
                                            "n_incomplete_false.json",
                                            "n_incomplete_null.json",
                                            "n_incomplete_true.json",
                                            "n_object_bad_value.json",
                                            "n_object_bracket_key.json",
                                            "n_object_double_colon.json",
                                            "n_object_missing_key.json",
                                            "n_object_two_commas_in_a_row.json",
                                            "n_string_accentuated_char_no_quotes.json",
                                            "n_structure_U+2060_word_joined.json",
                                            "n_structure_angle_bracket_..json",
                                            "n_structure_end_array.json",
                                            "n_structure_null-byte-outside-string.json",
                                            "n_structure_open_object_close_array.json",
                                            "n_structure_single_star.json",
                                            "n_structure_whitespace_U+2060_word_joiner.json",
                                            "n_structure_whitespace_formfeed.json"};

TEST(JsonTestSuite, every_text_is_judged_right) {
  const std::filesystem::path folder = suite_folder();
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no corpus at " << folder;
  std::size_t ran = 0, accepted = 0, rejected = 0, either = 0;
  std::set<std::string> only_syntax;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::string text = must_read(entry.path());
    const Autopsy result = autopsy(text);
    ++ran;
    if (name[0] == 'y') {
      ++accepted;
      EXPECT_TRUE(result.valid) << name;
      EXPECT_EQ(result.fault_count, 0u) << name;
    } else if (name[0] == 'n') {
      ++rejected;
      EXPECT_FALSE(result.valid) << name;
      EXPECT_GT(result.fault_count, 0u) << name;
      bool named = false;
      for (const JsonFinding& finding : result.findings)
        named = named || (!finding.warning && finding.fault != JsonFault::syntax);
      if (!named) only_syntax.insert(name);
    } else {
      ++either;
      EXPECT_EQ(result.valid, either_and_valid.count(name) != 0) << name;
    }
    const std::optional<Bytes> mended = repaired(text, result);
    EXPECT_EQ(mended.has_value(), result.valid || result.repairable) << name;
    if (mended) EXPECT_TRUE(is_valid_json(*mended)) << name;
  }
  EXPECT_EQ(ran, 318u);
  EXPECT_EQ(accepted, 95u);
  EXPECT_EQ(rejected, 188u);
  EXPECT_EQ(either, 35u);
  EXPECT_EQ(only_syntax, plain_syntax);
  std::cout << ran << " texts ran\n";
}

// The list of codes stands beside the cases.
TEST(JsonFaults, are_the_codes_of_the_list) {
  const std::filesystem::path list = suite_folder() / "../../../codes.tsv";
  if (!std::filesystem::exists(list)) GTEST_SKIP() << "no list of codes at " << list;
  std::set<std::string> listed, known;
  std::ifstream file(list);
  for (std::string line; std::getline(file, line);) {
    const std::string slug = line.substr(0, line.find('\t'));
    if (slug.rfind("json-", 0) == 0 || slug == "charset-mismatch") listed.insert(slug);
  }
  for (int fault = 0; fault <= static_cast<int>(JsonFault::double_encoded); ++fault)
    EXPECT_TRUE(known.insert(json_fault_code(static_cast<JsonFault>(fault))).second);
  EXPECT_EQ(known, listed);
}

}  // namespace
}  // namespace blindspot
