// Broken texts as people and programs write them, one a line in broken/texts.jsonl: which codes, in the order of the
// text, and which value the repair must mean. tests/bench/repairs.mjs holds the same texts against another repairer.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/json/autopsy.hpp"
#include "core/json/scan.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

TEST(Broken, texts_are_named_and_mended) {
  std::ifstream file(BLINDSPOT_BROKEN_TEXTS, std::ios::binary);
  ASSERT_TRUE(file) << BLINDSPOT_BROKEN_TEXTS;
  std::size_t texts = 0;
  for (std::string line; std::getline(file, line);) {
    const json row = json::parse(line, nullptr, false);
    ASSERT_TRUE(row.is_object()) << line;
    ++texts;
    const std::string text = row["text"];
    const Autopsy result = autopsy(text);
    EXPECT_FALSE(result.valid) << text;
    json codes = json::array();
    for (const JsonFinding& finding : result.findings) {
      if (!finding.warning) codes.push_back(json_fault_code(finding.fault));
      EXPECT_LE(finding.place.offset + finding.place.length, text.size()) << text;
    }
    EXPECT_EQ(codes, row["codes"]) << text;
    const auto mended = repaired(text, result);
    ASSERT_TRUE(mended) << text;
    EXPECT_EQ(repair(text, result.edits), *mended) << text;
    EXPECT_EQ(json::parse(*mended, nullptr, false), row["value"]) << text << "\n-> " << *mended;
  }
  EXPECT_GE(texts, 300u);
}

}  // namespace
}  // namespace blindspot
