// The same bytes, seen by five ways of reading JSON; and V8's messages held against the node that is installed.
#include "core/json/client_sight.hpp"

#include <gtest/gtest.h>

#include <cstdio>
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
  EXPECT_EQ(client_sight(JsonClient::wx_request, JsonEngine::v8, marked).gets, ClientGets::text);
}

TEST(ClientSight, knows_that_axios_leaves_nothing_alone) {
  EXPECT_EQ(client_sight(JsonClient::axios_strict, JsonEngine::v8, "").gets, ClientGets::text);
  EXPECT_EQ(client_sight(JsonClient::response_json, JsonEngine::v8, "").error,
            "SyntaxError: Unexpected end of JSON input");
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
