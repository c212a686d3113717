// What does `blindspot cors` print and return? Ran as a process of its own, all 550 lines of the corpus included.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace blindspot {
namespace {

using nlohmann::json;

struct Ran {
  std::string out;  // stderr included
  int status = -1;
};

// The arguments as a shell reads them.
Ran run(const std::string& arguments) {
  const std::string command = "'" BLINDSPOT_PROGRAM "' cors " + arguments + " 2>&1";
  Ran result;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (!pipe) return result;
  std::array<char, 65536> buffer;
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    result.out.append(buffer.data(), count);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  return result;
}

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) {
    std::string pattern = testing::TempDir() + "blindspot-cors-XXXXXX";
    const int file = ::mkstemp(pattern.data());
    if (file >= 0) ::close(file);
    name_ = pattern;
    std::ofstream(name_, std::ios::binary) << text;
  }
  ~TemporaryFile() { ::unlink(name_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

std::vector<json> parse_lines(const std::string& text) {
  std::vector<json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line, nullptr, false));
  return lines;
}

TEST(cors_command, answers_every_line_of_the_corpus) {
  const std::string path = BLINDSPOT_CASES "/cors.jsonl";
  std::ifstream file(path, std::ios::binary);
  if (!file) GTEST_SKIP() << "no " << path;
  for (const std::string& how : {"--lines '" + path + "'", "--lines - < '" + path + "'"}) {
    const Ran result = run(how);
    EXPECT_EQ(result.status, 0);
    const std::vector<json> answers = parse_lines(result.out);
    ASSERT_EQ(answers.size(), 550u);
    file.clear();
    file.seekg(0);
    std::size_t number = 0;
    for (std::string line; std::getline(file, line); ++number) {
      const json asked = json::parse(line);
      const json& answer = answers.at(number);
      SCOPED_TRACE(asked.at("id").get<std::string>());
      ASSERT_TRUE(answer.is_object());
      EXPECT_EQ(answer.at("id"), asked.at("id"));
      EXPECT_EQ(answer.at("verdict"), asked.at("expect"));
      EXPECT_EQ(answer.at("preflight"), asked.at("expect_preflight"));
      EXPECT_FALSE(answer.at("step").get<std::string>().empty());
      const bool passes = answer.at("verdict") == "pass";
      EXPECT_EQ(answer.contains("repair") || answer.contains("obstacle"), !passes);
      if (asked.contains("expect_status")) {
        EXPECT_EQ(answer.at("status"), asked.at("expect_status"));
      }
    }
  }
}

TEST(cors_command, names_what_is_wrong_with_a_line_and_goes_on) {
  const std::string good = R"({"id":7,"page_origin":"https://a.example","request":{"url":"https://b.example/"},)"
                           R"("response":{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}})";
  const TemporaryFile file("{\"id\": tru}\n\n[1]\n" + good + "\n{\"page_origin\":\"x\",\"request\":{\"url\":\"a\"}}\n");
  const Ran result = run("--lines '" + file.name() + "'");
  EXPECT_EQ(result.status, 1);
  const std::vector<json> answers = parse_lines(result.out);
  ASSERT_EQ(answers.size(), 4u) << result.out;
  EXPECT_EQ(answers[0], json::parse(R"({"error":"is no JSON","line":1,"offset":10})"));
  EXPECT_EQ(answers[1].at("line"), 3);
  EXPECT_TRUE(answers[1].contains("error"));
  EXPECT_EQ(answers[2].at("id"), 7);
  EXPECT_EQ(answers[2].at("verdict"), "pass");
  EXPECT_EQ(answers[3], json::parse(R"({"error":"is no origin","line":5,"pointer":"/page_origin"})"));
}

TEST(cors_command, keeps_no_line) {
#if defined(BLINDSPOT_SANITIZED)
  GTEST_SKIP() << "AddressSanitizer needs more memory than this test allows";
#else
  // 100 lines of 1 MB within 64 MB of memory.
  const std::string command =
      R"(x=$(head -c 1000000 /dev/zero | tr '\0' x); i=0; while [ $i -lt 100 ]; do i=$((i+1)); )"
      R"(printf '{"page_origin":"null","request":{"url":"https://b.example/%s"}}\n' "$x"; done | )"
      "(ulimit -v 65536; '" BLINDSPOT_PROGRAM "' cors --lines -) | cut -c1-10 | sort | uniq -c";
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::array<char, 4096> buffer;
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) out += buffer.data();
  ::pclose(pipe);
  EXPECT_NE(out.find("100 {\"id\":null"), std::string::npos) << out;
#endif
}

TEST(cors_command, explains_one_call) {
  const TemporaryFile preflight("HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: https://a.example\r\n\r\n");
  const TemporaryFile answer("HTTP/2 200\r\naccess-control-allow-origin: https://a.example\r\n\r\n{}");
  const Ran result = run("--page https://a.example --url https://b.example/ --method PUT --header 'X-Token: hush' --preflight '" +
                         preflight.name() + "' --server express < '" + answer.name() + "'");
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(result.out.starts_with("network-error, decided at preflight.methods\n")) << result.out;
  EXPECT_NE(result.out.find("OPTIONS: add Access-Control-Allow-Methods: PUT\n"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("OPTIONS: add Access-Control-Allow-Headers: x-token\n"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("origin: [\"https://a.example\"]"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("hush"), std::string::npos) << result.out;
}

TEST(cors_command, prints_only_the_configuration) {
  const TemporaryFile answer("HTTP/1.1 200 OK\r\n\r\n");
  const Ran result = run("--page https://a.example --url https://b.example/ --config s3 < '" + answer.name() + "'");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(json::parse(result.out).at("CORSRules").at(0).at("AllowedOrigins"), json::parse(R"(["https://a.example"])"));
  const TemporaryFile elsewhere("HTTP/1.1 302 Found\r\nLocation: ftp://b.example/\r\n\r\n");
  const Ran none = run("--page https://a.example --url https://b.example/ --config s3 < '" + elsewhere.name() + "'");
  EXPECT_EQ(none.status, 1);
  EXPECT_NE(none.out.find("no policy"), std::string::npos) << none.out;
}

TEST(cors_command, prints_no_password) {
  const TemporaryFile lines(
      R"({"page_origin":"https://a.example","request":{"url":"https://u:hush@b.example/"}})" "\n"
      R"({"page_origin":"https://a.example","request":{"url":"https://b.example/"},"response":{"status":302,"headers":)"
      R"([["Access-Control-Allow-Origin","*"],["Location","https://u:hush@b.example/"]]}})" "\n");
  const Ran result = run("--lines '" + lines.name() + "'");
  EXPECT_EQ(parse_lines(result.out).size(), 2u);
  EXPECT_EQ(result.out.find("hush"), std::string::npos) << result.out;
}

TEST(cors_command, mistakes_are_named) {
  for (const char* arguments : {"", "--lines", "--page https://a.example", "--page a --url https://b.example/",
                                "--lines x --page https://a.example --url https://b.example/", "--nonsense x",
                                "--page https://a.example --url https://b.example/ --server iis",
                                "--page https://a.example --url https://b.example/ --config iis"}) {
    const Ran result = run(std::string(arguments) + " < /dev/null");
    EXPECT_EQ(result.status, 2) << arguments << ": " << result.out;
    EXPECT_NE(result.out.find("--help"), std::string::npos) << arguments;
  }
  EXPECT_EQ(run("--lines /nonexistent").status, 1);
  EXPECT_EQ(run("--page https://a.example --url https://b.example/ < /dev/null").status, 1);
  EXPECT_EQ(run("--help").status, 0);
}

}  // namespace
}  // namespace blindspot
