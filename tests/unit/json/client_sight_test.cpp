// The same bytes, seen by five ways of reading JSON; and V8's messages held against the node that is installed.
#include "core/json/client_sight.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace blindspot {
namespace {

using nlohmann::json;

TEST(ClientSight, tells_error_text_or_value) {
  const std::string page = "<html></html>";
  EXPECT_EQ(client_sight(JsonClient::json_parse, JsonEngine::javascriptcore, page).error,
            "SyntaxError: JSON Parse error: Unrecognized token '<'");
  EXPECT_EQ(client_sight(JsonClient::response_json, JsonEngine::javascriptcore, page).error,
            "SyntaxError: The string did not match the expected pattern.");
  EXPECT_EQ(client_sight(JsonClient::response_json, JsonEngine::v8, page).error,
            "SyntaxError: Unexpected token '<', \"<html></html>\" is not valid JSON");
  EXPECT_EQ(client_sight(JsonClient::axios, JsonEngine::v8, page), (ClientSight{ClientGets::text, ""}));
  EXPECT_EQ(client_sight(JsonClient::wx_request, JsonEngine::v8, page), (ClientSight{ClientGets::text, ""}));
  EXPECT_EQ(client_sight(JsonClient::axios_strict, JsonEngine::spidermonkey, page).gets, ClientGets::error);
  for (const JsonClient client : all_json_clients)
    EXPECT_EQ(client_sight(client, JsonEngine::v8, "[1]"), ClientSight{});
}

TEST(ClientSight, knows_who_drops_a_byte_order_mark) {
  const std::string marked = "\xEF\xBB\xBF[1]";
  EXPECT_EQ(client_sight(JsonClient::json_parse, JsonEngine::v8, marked).gets, ClientGets::error);
  EXPECT_EQ(client_sight(JsonClient::response_json, JsonEngine::v8, marked).gets, ClientGets::value);
  EXPECT_EQ(client_sight(JsonClient::axios, JsonEngine::v8, marked).gets, ClientGets::value);
  EXPECT_EQ(client_sight(JsonClient::wx_request, JsonEngine::v8, marked).gets, ClientGets::value);
  // Nobody takes away a second one.
  EXPECT_EQ(client_sight(JsonClient::response_json, JsonEngine::v8, "\xEF\xBB\xBF" + marked).gets, ClientGets::error);
  EXPECT_EQ(client_sight(JsonClient::wx_request, JsonEngine::v8, "\xEF\xBB\xBF" + marked).gets, ClientGets::text);
}

TEST(ClientSight, knows_that_axios_leaves_nothing_alone) {
  EXPECT_EQ(client_sight(JsonClient::axios_strict, JsonEngine::v8, "").gets, ClientGets::text);
  EXPECT_EQ(client_sight(JsonClient::response_json, JsonEngine::v8, "").error,
            "SyntaxError: Unexpected end of JSON input");
}

// Whether the text is the pattern with something in each of its {places}.
bool matches(std::string_view pattern, std::string_view text) {
  const std::size_t open = pattern.find('{');
  const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
  // "{'" and "'}'" are braces of the message itself.
  if (close == std::string_view::npos || close - open < 2 || close - open > 12) return pattern == text;
  if (text.substr(0, open) != pattern.substr(0, open)) return false;
  for (std::size_t end = open; end <= text.size(); ++end)
    if (matches(pattern.substr(close + 1), text.substr(end))) return true;
  return false;
}

// What Firefox and Safari say about the broken texts is among what they were seen to say.
TEST(EngineMessage, is_among_the_known_ones) {
  const std::string list = BLINDSPOT_CASES "/../facts/json_errors.tsv";
  std::ifstream facts(list);
  if (!facts) GTEST_SKIP() << "no list of messages at " << list;
  // What the browsers of engine_messages.json said besides.
  std::vector<std::string> firefox = {"JSON.parse: unterminated string literal at line {l} column {c} of the JSON data",
                                      "JSON.parse: unterminated fractional number at line {l} column {c} of the JSON data",
                                      "JSON.parse: exponent part is missing a number at line {l} column {c} of the JSON data"},
                           safari = {"JSON Parse error: \\u must be followed by 4 hex digits"};
  for (std::string line; std::getline(facts, line);) {
    const std::size_t tab = line.find('\t'), next = line.find('\t', tab + 1);
    const std::string source = line.substr(0, tab), pattern = line.substr(tab + 1, next - tab - 1);
    if (source == "spidermonkey") firefox.push_back(pattern);
    if (source == "jsc") safari.push_back(pattern);
  }
  ASSERT_GT(firefox.size(), 20u);
  ASSERT_GT(safari.size(), 20u);
  std::ifstream broken(BLINDSPOT_BROKEN_TEXTS, std::ios::binary);
  for (std::string line; std::getline(broken, line);) {
    const std::string text = json::parse(line, nullptr, false)["text"];
    for (const auto& [engine, patterns] : {std::pair{JsonEngine::spidermonkey, &firefox}, std::pair{JsonEngine::javascriptcore, &safari}}) {
      const std::string message = engine_message(engine, text);
      EXPECT_TRUE(std::any_of(patterns->begin(), patterns->end(), [&](const std::string& pattern) { return matches(pattern, message); }))
          << message;
    }
  }
}

// Texts go in and messages come out as JSON by way of files: a shell's quoting plays no part.
TEST(EngineMessage, is_what_the_installed_node_says) {
  const std::string folder = testing::TempDir(), in = folder + "/blindspot_texts.json",
                    out = folder + "/blindspot_messages.json", script = folder + "/blindspot_messages.js";
  std::ifstream broken(BLINDSPOT_BROKEN_TEXTS, std::ios::binary), engines(BLINDSPOT_ENGINE_ROWS, std::ios::binary);
  json texts = json::array();
  for (std::string line; std::getline(broken, line);) texts.push_back(json::parse(line, nullptr, false)["text"]);
  for (const json& row : json::parse(engines, nullptr, false)) texts.push_back(row[0]);
  ASSERT_GT(texts.size(), 600u);
  std::ofstream(in) << texts.dump();
  std::ofstream(script) << "const fs = require('fs');\n"
                           "const say = (t) => { try { JSON.parse(t); return ''; } catch (e) { return "
                           "e.message.toWellFormed ? e.message.toWellFormed() : e.message; } };\n"
                           "const texts = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));\n"
                           "const major = Number(process.versions.node.split('.')[0]);\n"
                           "fs.writeFileSync(process.argv[3], JSON.stringify(major < 20 ? { major } : { major, said: "
                           "texts.map(say) }));\n";
  const std::string command = "node '" + script + "' '" + in + "' '" + out + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0) GTEST_SKIP() << "node is not installed";
  std::ifstream file(out);
  const json answer = json::parse(file, nullptr, false);
  ASSERT_TRUE(answer.is_object());
  if (!answer.contains("said")) GTEST_SKIP() << "node " << answer["major"] << " words its messages in the old way";
  ASSERT_EQ(answer["said"].size(), texts.size());
  // Node 20 leaves line and column away, and has general words for a colon missing in a later member.
  const bool places = answer["major"] >= 22;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::string expected = engine_message(JsonEngine::v8, texts[i].get<std::string>());
    if (!places && expected.ends_with(')'))
      if (const std::size_t place = expected.rfind(" (line "); place != std::string::npos) expected.resize(place);
    if (!places && expected.starts_with("Expected ':'") &&
        !answer["said"][i].get<std::string>().starts_with("Expected"))
      continue;
    EXPECT_EQ(answer["said"][i].get<std::string>(), expected) << texts[i];
  }
}

}  // namespace
}  // namespace blindspot
