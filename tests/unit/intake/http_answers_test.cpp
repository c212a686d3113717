// What people paste, and what is read from it; what cannot be read is refused at its line.
#include "core/intake/http_answers.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

struct Pasted {
  const char* name;
  std::string text;
  std::vector<ResponseHead> heads;
};

void PrintTo(const Pasted& row, std::ostream* out) { *out << row.name; }

const std::vector<Pasted>& pasted() {
  static const std::vector<Pasted> rows = {
      {"curl_i", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\nno: header\n", {{200, "OK", {{"Content-Type", "application/json"}}}}},
      {"http_2", "HTTP/2 204 \naccess-control-allow-origin: *\n\n", {{204, "", {{"access-control-allow-origin", "*"}}}}},
      {"no_end", "HTTP/1.1 404 Not Found\nA: 1", {{404, "Not Found", {{"A", "1"}}}}},
      {"redirects", "HTTP/1.1 302 Found\nLocation: /b\n\nHTTP/1.1 200 OK\nA: 1\n\n", {{302, "Found", {{"Location", "/b"}}}, {200, "OK", {{"A", "1"}}}}},
      {"interim", "HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\n\n", {{200, "OK", {}}}},
      {"proxy", "HTTP/1.0 200 Connection established\n\nHTTP/1.1 403 Forbidden\n\n", {{403, "Forbidden", {}}}},
      {"curl_v", "* Connected to x\n> GET / HTTP/1.1\n> Host: x\n>\n< HTTP/1.1 200 OK\n< A: 1\n<\n{ [2 bytes data]\n", {{200, "OK", {{"A", "1"}}}}},
      {"headers_alone", "access-control-allow-origin: https://a.example\nvary: Origin\n",
       {{200, "OK", {{"access-control-allow-origin", "https://a.example"}, {"vary", "Origin"}}}}},
      {"pseudo_header", ":status: 503\nretry-after: 5\n", {{503, "Service Unavailable", {{"retry-after", "5"}}}}},
      {"folded", "HTTP/1.1 200 OK\nA: 1,\n  2\n", {{200, "OK", {{"A", "1, 2"}}}}},
      {"doubled", "HTTP/1.1 200 OK\nA: 1\na: 2\n", {{200, "OK", {{"A", "1"}, {"a", "2"}}}}},
      {"empty_value", "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin:\n", {{200, "OK", {{"Access-Control-Allow-Origin", ""}}}}},
      {"blank_lines_before", "\n\nHTTP/1.1 200 OK\nA: 1\n", {{200, "OK", {{"A", "1"}}}}},
  };
  return rows;
}

class http_answers : public testing::TestWithParam<Pasted> {};

TEST_P(http_answers, are_read) {
  const auto read = parse_http_answers(GetParam().text);
  ASSERT_TRUE(read) << "line " << read.error().line;
  EXPECT_EQ(read.value(), GetParam().heads);
}

TEST_P(http_answers, printed_and_read_again_are_the_same) {
  std::string text;
  for (const ResponseHead& head : GetParam().heads) text += http_answer_text(head) + "\n";
  const auto read = parse_http_answers(text);
  ASSERT_TRUE(read);
  ASSERT_EQ(read.value().size(), GetParam().heads.size());
  for (std::size_t i = 0; i < read.value().size(); ++i) {
    EXPECT_EQ(read.value()[i].status, GetParam().heads[i].status);
    EXPECT_EQ(read.value()[i].headers, GetParam().heads[i].headers);
  }
}

INSTANTIATE_TEST_SUITE_P(table, http_answers, testing::ValuesIn(pasted()), [](const auto& row) { return std::string(row.param.name); });

struct Refused {
  const char* name;
  std::string text;
  AnswersError error;
};

void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }

const std::vector<Refused>& refused() {
  static const std::vector<Refused> rows = {
      {"empty", "", {1, AnswerProblem::nothing, ""}},
      {"blank", "\n  \n", {1, AnswerProblem::nothing, ""}},
      {"only_curls_own_lines", "* closing\n> GET / HTTP/1.1\n", {1, AnswerProblem::nothing, ""}},
      {"status_without_number", "HTTP/1.1 OK\n", {1, AnswerProblem::status_line, "HTTP/1.1 OK"}},
      {"status_of_four_digits", "HTTP/1.1 2000 OK\n", {1, AnswerProblem::status_line, "HTTP/1.1 2000 OK"}},
      {"no_colon", "HTTP/1.1 200 OK\nA: 1\nAllow everyone\n", {3, AnswerProblem::no_colon, "Allow everyone"}},
      {"space_in_name", "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin : *\n", {2, AnswerProblem::header_name, "Access-Control-Allow-Origin : *"}},
      {"nul", std::string("HTTP/1.1 200 OK\nA: \0", 20), {2, AnswerProblem::header_value, std::string("A: \0", 4)}},
  };
  return rows;
}

class http_answers_refused : public testing::TestWithParam<Refused> {};

TEST_P(http_answers_refused, at_the_line) {
  const auto read = parse_http_answers(GetParam().text);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().line, GetParam().error.line);
  EXPECT_EQ(read.error().problem, GetParam().error.problem);
  EXPECT_EQ(read.error().text, GetParam().error.text);
}

INSTANTIATE_TEST_SUITE_P(table, http_answers_refused, testing::ValuesIn(refused()), [](const auto& row) { return std::string(row.param.name); });

TEST(http_answers, number_of_heads_and_headers_is_bounded) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "HTTP/1.1 302 Found\nLocation: /\n\n";
  ASSERT_FALSE(parse_http_answers(many));
  EXPECT_EQ(parse_http_answers(many).error().problem, AnswerProblem::too_many);
  std::string wide = "HTTP/1.1 200 OK\n";
  for (int i = 0; i < 300; ++i) wide += "A: 1\n";
  ASSERT_FALSE(parse_http_answers(wide));
  EXPECT_EQ(parse_http_answers(wide).error().problem, AnswerProblem::too_many);
}

}  // namespace
}  // namespace blindspot
