// Texts made to hurt: deep, long, or nothing but faults. The work must stay linear and the stack flat.
#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "core/json/autopsy.hpp"
#include "core/json/scan.hpp"

namespace blindspot {
namespace {

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  text.reserve(size + unit.size());
  while (text.size() < size) text += unit;
  return text;
}

double seconds_for(const std::string& text) {
  // Processor time: what else the machine does is not our work.
  const std::clock_t start = std::clock();
  const Autopsy result = autopsy(text);
  const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_TRUE(result.valid || !result.repairable || is_valid_json(repair(text, result.edits)));
  return taken;
}

TEST(Hostile, depth_needs_no_stack) {
  const std::string deep = repeated("[", 5000000);
  const Autopsy open = autopsy(deep);
  EXPECT_EQ(open.depth, deep.size());
  EXPECT_TRUE(is_valid_json(repair(deep, open.edits)));
  EXPECT_TRUE(is_valid_json(deep + repeated("]", deep.size())));
  const std::string objects = repeated("{\"a\":", 2000000);
  EXPECT_TRUE(is_valid_json(repair(objects, autopsy(objects).edits)));
}

// Four times the text may take four times as long, with room for noise; work that grows with the square takes sixteen.
TEST(Hostile, work_is_linear) {
  for (const char* unit : {"[object ",  "{\"a\":",      "\"a\n",        "/**/",    "'a",    "{a b",     "\"a\"b ",
                           "1 ",        "{},",          "Date(",        "\\\"",    "}]",    "[1}",      "{\"a\" ",
                           "\"\\u",     "data:\n",      "{\"a\":1,{",   "[\"x\":", ",",     "\x01",     "(",
                           "{\"\":1,",  "\xE5",         "\"a\"b",       "\"\\",    "[1;",   "x,\"y\":", "...",
                           "\"\"\"",    "'''",          "(1,",          "{1,",     "{{",    "\"a\" + ", "<ref *1>",
                           "[Circular", "\xEF\xBC\x8C", "\xEF\xBC\x91", "\"a\" b", "\",\"", "\xB3\xC9", "'a\",",
                           "u'",        "f(1, ",        "\"}",          "\xE9 ",   "```\n"}) {
    for (const char* front : {"", "[", "{"}) {
      const std::string small = front + repeated(unit, 100000), large = front + repeated(unit, 400000);
      double ratio = 100;
      for (int attempt = 0; attempt < 3 && ratio > 10; ++attempt)
        ratio = (seconds_for(large) + 0.002) / (seconds_for(small) + 0.002);
      EXPECT_LT(ratio, 10) << front << unit;
    }
  }
}

}  // namespace
}  // namespace blindspot
