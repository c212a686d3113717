// Which answers stand in a text that a person pasted: `curl -i`, `curl -v`, or header lines copied from developer tools?
// Heads only, in order; what is asked of them is left to the callers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/http/exchange.hpp"
#include "core/result.hpp"

namespace blindspot {

enum class AnswerProblem {
  nothing,        // no line that could be a header or a status line
  status_line,    // begins like a status line and is none
  no_colon,       // a line within a head without a colon
  header_name,    // what stands before the colon is no token
  header_value,   // NUL inside
  too_many,       // more than a browser would read: 30 heads, 200 headers in one
};

struct AnswersError {
  std::size_t line = 1;  // from 1
  AnswerProblem problem = AnswerProblem::nothing;
  std::string text;  // the line, at most 80 bytes of it
  bool operator==(const AnswersError&) const = default;
};

// Interim answers (1xx) and a proxy's answer to CONNECT are passed over; a body ends a head's reading until the next
// status line. Header lines without a status line before them are an answer with status 200. curl's `<` marks the
// server's lines; its `>` and `*` lines are passed over.
Result<std::vector<ResponseHead>, AnswersError> parse_http_answers(std::string_view text);

// The head as curl -i would print it, LF after each line.
std::string http_answer_text(const ResponseHead& head);

}  // namespace blindspot
