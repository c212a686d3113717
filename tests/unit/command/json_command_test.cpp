// What does `blindspot json` print and return? Ran as a process of its own, the text coming in by a file or a pipe.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

namespace blindspot {
namespace {

using nlohmann::json;

struct JsonRun {
  std::string out;  // stderr included
  int status = -1;
};

// `text` is what the program reads; {} in the arguments is the file that holds it.
JsonRun run_json(const std::string& text, std::string arguments, const std::string& environment = "LC_ALL=C") {
  std::string name = testing::TempDir() + "blindspot-json-XXXXXX";
  const int file = ::mkstemp(name.data());
  if (file >= 0) ::close(file);
  std::ofstream(name, std::ios::binary) << text;
  if (const std::size_t at = arguments.find("{}"); at != std::string::npos) arguments.replace(at, 2, name);
  const std::string command = environment + " '" BLINDSPOT_PROGRAM "' json " + arguments + " <'" + name + "' 2>&1";
  JsonRun result;
  if (FILE* pipe = ::popen(command.c_str(), "r")) {
    std::array<char, 65536> buffer;
    for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) result.out.append(buffer.data(), count);
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  }
  ::unlink(name.c_str());
  return result;
}

bool has(const JsonRun& run, std::string_view text) { return run.out.find(text) != std::string::npos; }

TEST(json_command, answers_in_json) {
  const JsonRun run = run_json("{\n  \"a\": [1, 2,],\n  b: True\n}", "{} --format json");
  EXPECT_EQ(run.status, 1);
  const json answer = json::parse(run.out, nullptr, false);
  ASSERT_TRUE(answer.is_object()) << run.out;
  EXPECT_EQ(answer["valid"], false);
  ASSERT_EQ(answer["findings"].size(), 3u);
  EXPECT_EQ(answer["findings"][0], (json{{"code", "json-trailing-comma"}, {"line", 2}, {"column", 13}, {"offset", 14}, {"length", 1}, {"path", "$.a[2]"}}));
  EXPECT_EQ(answer["findings"][2]["code"], "json-literal-case");
  EXPECT_EQ(answer["findings"][2]["path"], "$.b");
  ASSERT_EQ(answer["edits"].size(), 3u);
  EXPECT_EQ(answer["edits"][0], (json{{"offset", 14}, {"remove", 1}, {"insert", ""}, {"why", "json-trailing-comma"}}));
  EXPECT_EQ(answer["repaired"], "{\n  \"a\": [1, 2],\n  \"b\": true\n}");
  EXPECT_EQ(answer["fault_count"], 3);
  EXPECT_EQ(answer["seen_by"]["v8"]["axios"], "a string");
}

TEST(json_command, reads_the_standard_input) {
  const JsonRun run = run_json("[1,2]", "-");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "-: valid JSON\n");
  EXPECT_EQ(run_json("[1,]", "- --format=repaired").out, "[1]");
}

TEST(json_command, tells_warnings_of_a_valid_text_and_ends_with_0) {
  const JsonRun run = run_json(R"({"a":1,"a":12345678901234567890})", "- --format json");
  EXPECT_EQ(run.status, 0);
  const json answer = json::parse(run.out, nullptr, false);
  ASSERT_TRUE(answer.is_object()) << run.out;
  EXPECT_EQ(answer["valid"], true);
  ASSERT_EQ(answer["findings"].size(), 2u);
  EXPECT_EQ(answer["findings"][0]["code"], "json-duplicate-key");
  EXPECT_EQ(answer["findings"][1]["code"], "json-big-integer");
  EXPECT_TRUE(answer["edits"].empty());
  EXPECT_EQ(answer["repaired"], R"({"a":1,"a":12345678901234567890})");
}

TEST(json_command, shows_line_caret_cause_and_edit) {
  const JsonRun run = run_json("{\n  \"a\": [1, 2,]\n}", "{}");
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(has(run, "line 2, column 13, $.a[2]: a comma stands before a closing bracket  [json-trailing-comma]\n"
                       "      \"a\": [1, 2,]\n"
                       "                ^\n"
                       "    remove \",\"\n"))
      << run.out;
  EXPECT_TRUE(has(run, "Firefox: SyntaxError: JSON.parse: unexpected character at line 2 column 14 of the JSON data")) << run.out;
}

TEST(json_command, speaks_chinese_when_asked_or_by_the_environment) {
  for (const JsonRun& run : {run_json("{a:1}", "- --lang zh"), run_json("{a:1}", "-", "LC_ALL= LC_MESSAGES= LANG=zh_CN.UTF-8")})
    EXPECT_TRUE(has(run, "\xE5\xAD\x97\xE6\xAE\xB5\xE5\x90\x8D\xE6\xB2\xA1\xE6\x9C\x89\xE5\x8A\xA0\xE5\xBC\x95\xE5\x8F\xB7")) << run.out;
  EXPECT_TRUE(has(run_json("{a:1}", "- --lang en", "LC_ALL=zh_CN.UTF-8"), "has no quotes"));
}

TEST(json_command, sets_the_caret_under_wide_characters) {
  const JsonRun run = run_json("{\"\xE5\x90\x8D\": \xE5\xBC\xA0}", "-");
  EXPECT_TRUE(has(run, "    {\"\xE5\x90\x8D\": \xE5\xBC\xA0}\n           ^\n")) << run.out;
}

TEST(json_command, decodes_what_is_not_utf8) {
  const JsonRun run = run_json("{\"msg\":\"\xB2\xD9\xD7\xF7\xB3\xC9\xB9\xA6\",}", "- --format json");
  EXPECT_EQ(run.status, 1);
  const json answer = json::parse(run.out, nullptr, false);
  ASSERT_TRUE(answer.is_object()) << run.out;
  EXPECT_EQ(answer["encoding"], "gbk");
  EXPECT_EQ(answer["findings"][0]["code"], "charset-mismatch");
  EXPECT_EQ(answer["repaired"], "{\"msg\":\"\xE6\x93\x8D\xE4\xBD\x9C\xE6\x88\x90\xE5\x8A\x9F\"}");
}

TEST(json_command, says_what_came_instead) {
  const JsonRun run = run_json("<html><title>502 Bad Gateway</title><hr><center>nginx/1.18</center></html>", "-");
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(has(run, "title: 502 Bad Gateway\n  made by: nginx\n")) << run.out;
  EXPECT_TRUE(has(run_json("<html><form><input type='password'></form></html>", "-"), "a login page"));
  EXPECT_TRUE(has(run_json("<Error><Code>x</Code><Message>No such key</Message></Error>", "-"), "it says: No such key"));
  EXPECT_TRUE(has(run_json("<br /><b>Warning</b>: no file in a.php<br />\n{}", "-"), "it says: Warning: no file in a.php"));
  EXPECT_TRUE(has(run_json("{'a': True}", "-"), "written as in: python"));
}

TEST(json_command, keeps_terminals_safe) {
  const JsonRun run = run_json("[\"\x1b[31mred\" 1]", "-");
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.out.find('\x1b'), std::string::npos) << run.out;
}

TEST(json_command, bounds_the_findings_and_says_so) {
  std::string text = "[";
  for (int i = 0; i < 5000; ++i) text += "None,";
  const JsonRun run = run_json(text + "1]", "- --format json");
  const json answer = json::parse(run.out, nullptr, false);
  ASSERT_TRUE(answer.is_object());
  EXPECT_EQ(answer["findings"].size(), 1000u);
  EXPECT_EQ(answer["fault_count"], 5000);
  EXPECT_EQ(answer["edits"].size(), 5000u);
  EXPECT_TRUE(has(run_json(text + "1]", "-"), "further faults are counted only: 4000"));
}

TEST(json_command, refuses_wrong_usage_with_2) {
  for (const char* arguments : {"", "/nowhere/at/all", "- --format yaml", "- --lang de", "- --colour", "- -x y", "{} {}"}) {
    const JsonRun run = run_json("{}", arguments);
    EXPECT_EQ(run.status, 2) << arguments << ": " << run.out;
    EXPECT_TRUE(run.out.starts_with("blindspot json: ")) << run.out;
  }
  EXPECT_EQ(run_json("", "--help").status, 0);
}

}  // namespace
}  // namespace blindspot
