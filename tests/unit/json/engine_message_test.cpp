// The messages of JSON.parse, row by row as the three engines gave them: Chromium 156, Firefox ESR 153, WebKitGTK 2.50.
// Half a surrogate pair in a message, which UTF-8 cannot hold, stands as U+FFFD in the table.
#include "core/json/engine_message.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/json/scan.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

std::string text_of(const json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  EXPECT_NE(text, nullptr);
  return text == nullptr ? "" : *text;
}

TEST(EngineMessage, is_what_the_engines_say) {
  std::ifstream file(BLINDSPOT_ENGINE_ROWS, std::ios::binary);
  ASSERT_TRUE(file) << BLINDSPOT_ENGINE_ROWS;
  const json rows = json::parse(file, nullptr, false);
  ASSERT_TRUE(rows.is_array());
  EXPECT_EQ(rows.size(), 324u);
  for (const json& row : rows) {
    ASSERT_EQ(row.size(), 4u);
    const std::string text = text_of(row[0]);
    EXPECT_EQ(engine_message(JsonEngine::v8, text), text_of(row[1])) << text;
    EXPECT_EQ(engine_message(JsonEngine::spidermonkey, text), text_of(row[2])) << text;
    EXPECT_EQ(engine_message(JsonEngine::javascriptcore, text), text_of(row[3])) << text;
  }
}

TEST(EngineMessage, is_empty_where_the_text_is_taken) {
  for (const char* text : {"{}", "[1,{\"a\":[]}]", " null ", "\"\\ud800\"", "\"\xFF\"", "1e999"}) {
    for (const JsonEngine engine : {JsonEngine::v8, JsonEngine::spidermonkey, JsonEngine::javascriptcore})
      EXPECT_EQ(engine_message(engine, text), "") << text;
  }
}

TEST(EngineMessage, decodes_bad_bytes_as_a_page_does) {
  // E5 BC is the beginning of one character, FF FF are two bad bytes.
  EXPECT_EQ(engine_message(JsonEngine::v8, "[\"\xE5\xBC\",x"),
            "Unexpected token 'x', \"[\"\xEF\xBF\xBD\",x\" is not valid JSON");
  EXPECT_EQ(engine_message(JsonEngine::spidermonkey, "[\"\xFF\xFF\" x"),
            "JSON.parse: expected ',' or ']' after array element at line 1 column 7 of the JSON data");
}

TEST(EngineMessage, needs_no_stack_for_depth) {
  EXPECT_EQ(engine_message(JsonEngine::v8, std::string(1000000, '[')), "Unexpected end of JSON input");
}

}  // namespace
}  // namespace blindspot
