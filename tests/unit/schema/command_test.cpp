// `blindspot schema` as a person calls it: what it prints and how it ends.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace blindspot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class SchemaCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "blindspot-schema-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    write("schema.json", R"({"type":"object","required":["user_name","age"],"properties":{"user_name":{"type":"string"},"age":{"type":"integer","minimum":0},"mail":{"format":"email"}}})");
    write("good.json", R"({"user_name":"x","age":3,"mail":"none"})");
    write("bad.json", "{\n  \"userName\": \"\xE5\xBC\xA0\",\n  \"age\": \"3\"\n}\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name, std::ios::binary) << text; }

  // Output and complaints together; the words are our own, without anything to quote.
  int run(const std::string& words, const std::string& input = "") {
    if (!input.empty()) write("input", input);
    const std::string command = "cd " + folder_.string() + " && " BLINDSPOT_PROGRAM " schema " + words + " 2>&1 <" + (input.empty() ? "/dev/null" : "input");
    FILE* pipe = popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    if (pipe == nullptr) return -1;
    output.clear();
    char buffer[4096];
    for (std::size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, got);
    return WEXITSTATUS(pclose(pipe));
  }

  std::string output;
  fs::path folder_;
};

TEST_F(SchemaCommand, ends_with_0_when_the_contract_is_kept) {
  EXPECT_EQ(run("schema.json good.json"), 0);
  EXPECT_EQ(output, "good.json: keeps the contract\n");
  EXPECT_EQ(run("schema.json good.json --format json"), 0);
  EXPECT_EQ(json::parse(output), json::parse(R"({"valid":true,"findings":[],"unchecked":[]})"));
}

TEST_F(SchemaCommand, places_what_is_broken) {
  EXPECT_EQ(run("schema.json bad.json"), 1);
  EXPECT_EQ(output,
            "bad.json:2:3: $.user_name is missing; userName is there instead  [shape-renamed-field, /required/0]\n"
            "      \"userName\": \"\xE5\xBC\xA0\",\n"
            "      ^~~~~~~~~~\n"
            "bad.json:3:10: $.age is string, integer expected  [shape-wrong-type, /properties/age/type]\n"
            "      \"age\": \"3\"\n"
            "             ^~~\n");
  EXPECT_EQ(run("--lang zh schema.json bad.json"), 1);
  EXPECT_NE(output.find("\xE7\xBC\xBA\xE5\xB0\x91 $.user_name"), std::string::npos) << output;
}

TEST_F(SchemaCommand, writes_findings_for_programs) {
  EXPECT_EQ(run("schema.json bad.json --format json"), 1);
  const json out = json::parse(output);
  EXPECT_EQ(out["valid"], false);
  ASSERT_EQ(out["findings"].size(), 2u);
  const json& first = out["findings"][0];
  EXPECT_EQ(first["code"], "shape-renamed-field");
  EXPECT_EQ(first["line"], 2);
  EXPECT_EQ(first["column"], 3);
  EXPECT_EQ(first["offset"], 4);
  EXPECT_EQ(first["length"], 10);
  EXPECT_EQ(first["path"], "$.user_name");
  EXPECT_EQ(first["pointer"], "/user_name");
  EXPECT_EQ(first["schema_pointer"], "/required/0");
  EXPECT_EQ(first["name_there"], "userName");
}

TEST_F(SchemaCommand, reads_the_body_from_its_input) {
  EXPECT_EQ(run("schema.json - --format json", R"({"user_name":"x","age":-1})"), 1);
  EXPECT_EQ(json::parse(output)["findings"][0]["code"], "shape-out-of-range");
}

TEST_F(SchemaCommand, asserts_formats_when_asked) {
  EXPECT_EQ(run("schema.json good.json --assert-formats --format json"), 1);
  EXPECT_EQ(json::parse(output)["findings"][0]["code"], "shape-format");
}

TEST_F(SchemaCommand, tells_a_body_that_is_no_json) {
  EXPECT_EQ(run("schema.json - --format json", "{\"a\":\n1,}"), 1);
  const json finding = json::parse(output)["findings"][0];
  EXPECT_EQ(finding["code"], "json-syntax");
  EXPECT_EQ(finding["line"], 2);
  EXPECT_EQ(finding["column"], 3);
}

TEST_F(SchemaCommand, learns_a_schema_and_writes_types) {
  EXPECT_EQ(run("--learn good.json"), 0);
  write("learnt.json", output);
  EXPECT_EQ(run("learnt.json good.json"), 0);
  EXPECT_EQ(run("learnt.json"), 0);
  EXPECT_EQ(run("--typescript learnt.json --name user"), 0);
  EXPECT_EQ(output, "export interface User {\n  user_name: string;\n  age: number;\n  mail: string;\n}\n");
}

TEST_F(SchemaCommand, picks_the_operation_of_an_openapi_document) {
  write("api.json", R"({"openapi":"3.1.0","paths":{"/u/{id}":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"array"}}}}}}}}})");
  EXPECT_EQ(run("api.json good.json --url https://x.test/u/1 --status 200 --format json"), 1);
  EXPECT_EQ(json::parse(output)["findings"][0]["code"], "shape-array-object");
  EXPECT_EQ(run("api.json good.json --url https://x.test/none --status 200"), 2);
  EXPECT_NE(output.find("no operation"), std::string::npos) << output;
}

TEST_F(SchemaCommand, follows_references_into_files_that_are_named) {
  write("outer.json", R"({"properties":{"age":{"$ref":"https://x.test/age.json"}}})");
  write("age.json", R"({"type":"string"})");
  EXPECT_EQ(run("outer.json good.json"), 0);
  EXPECT_NE(output.find("Not checked: the reference https://x.test/age.json"), std::string::npos) << output;
  EXPECT_EQ(run("outer.json good.json --document https://x.test/age.json=age.json"), 1);
}

TEST_F(SchemaCommand, says_what_is_wrong_with_a_schema) {
  write("odd.json", R"({"type":"int","items":{"$ref":"#/nowhere"}})");
  EXPECT_EQ(run("odd.json"), 1);
  EXPECT_NE(output.find("odd.json:1:9: \"int\" is no type of JSON Schema"), std::string::npos) << output;
  EXPECT_EQ(run("odd.json --format json"), 1);
  EXPECT_EQ(json::parse(output)["problems"].size(), 2u);
}

TEST_F(SchemaCommand, ends_with_2_when_it_cannot_be_asked) {
  for (const char* words : {"", "schema.json missing.json", "missing.json good.json", "schema.json good.json more.json", "schema.json good.json --format xml",
                            "schema.json good.json --lang fr", "schema.json good.json --status abc", "schema.json good.json --nonsense 1", "schema.json good.json --format",
                            "schema.json good.json --document x", "--learn", "--learn missing.json", "--learn --typescript schema.json"}) {
    EXPECT_EQ(run(words), 2) << words << output;
    EXPECT_FALSE(output.empty()) << words;
  }
  write("no.json", "{");
  EXPECT_EQ(run("no.json good.json"), 2);
  EXPECT_EQ(run("--learn no.json"), 2);
  EXPECT_EQ(run("--help"), 0);
}

}  // namespace
}  // namespace blindspot
