// Line by line, with one question for each: status line, header, end of the head, or body?
#include "core/intake/http_answers.hpp"

#include <optional>

#include "core/http/reason_phrase.hpp"

namespace blindspot {

namespace {

constexpr std::size_t most_heads = 30, most_headers = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "HTTP/1.1 204 No Content", "HTTP/2 204".
std::optional<ResponseHead> parse_status_line(std::string_view line) {
  std::size_t at = 5;
  while (at < line.size() && (is_digit(line[at]) || line[at] == '.')) ++at;
  if (at == 5 || at >= line.size() || line[at] != ' ') return std::nullopt;
  while (at < line.size() && line[at] == ' ') ++at;
  if (at + 3 > line.size() || !is_digit(line[at]) || !is_digit(line[at + 1]) || !is_digit(line[at + 2])) return std::nullopt;
  if (at + 3 < line.size() && line[at + 3] != ' ') return std::nullopt;
  ResponseHead head;
  head.status = (line[at] - '0') * 100 + (line[at + 1] - '0') * 10 + (line[at + 2] - '0');
  head.reason = std::string(trim_http_whitespace(line.substr(at + 3)));
  if (head.status < 100) return std::nullopt;
  return head;
}

// The server's line without curl's mark; nothing for a line that is not the server's.
std::optional<std::string_view> servers_line(std::string_view line) {
  if (line.starts_with("< ")) return line.substr(2);
  if (line == "<") return line.substr(1);
  if (line.starts_with("> ") || line == ">" || line.starts_with("* ") || line.starts_with("{ [") || line.starts_with("} [")) return std::nullopt;
  return line;
}

class Reader {
 public:
  Result<std::vector<ResponseHead>, AnswersError> read(std::string_view text) {
    for (std::size_t at = 0; at <= text.size() && !error_;) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string_view line = text.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++number_;
      if (const auto own = servers_line(line)) take(*own);
      at = end + 1;
    }
    close();
    if (error_) return *error_;
    if (heads_.empty()) return AnswersError{1, AnswerProblem::nothing, ""};
    return std::move(heads_);
  }

 private:
  enum class Place { before, head, body };

  void refuse(AnswerProblem problem, std::string_view line) {
    if (!error_) error_ = AnswersError{number_, problem, std::string(line.substr(0, 80))};
  }

  void take(std::string_view line) {
    const bool status_like = line.size() >= 5 && ascii_lowercase(line.substr(0, 5)) == "http/";
    if (status_like) return open(line);
    if (place_ == Place::body) return;
    if (trim_http_whitespace(line).empty()) {
      if (place_ == Place::head) close();
      return;
    }
    if (place_ == Place::before && heads_.empty()) {
      head_ = ResponseHead{200, "OK", {}};
      place_ = Place::head;
    }
    add_header(line);
  }

  void open(std::string_view line) {
    close();
    std::optional<ResponseHead> head = parse_status_line(line);
    if (!head) return place_ == Place::body ? void() : refuse(AnswerProblem::status_line, line);
    head_ = std::move(*head);
    place_ = Place::head;
  }

  void add_header(std::string_view line) {
    // A line that begins with white space carries on the value before it; engines join the two by a space.
    if ((line[0] == ' ' || line[0] == '\t') && !head_.headers.empty()) {
      head_.headers.back().value += " " + std::string(trim_http_whitespace(line));
      return;
    }
    // Pseudo headers of HTTP/2, as some tools print them, begin with a colon.
    const std::size_t colon = line.find(':', 1);
    if (line[0] == ':') {
      if (colon != std::string_view::npos && line.substr(0, colon) == ":status") take_status(trim_http_whitespace(line.substr(colon + 1)), line);
      return;
    }
    if (colon == std::string_view::npos) return refuse(AnswerProblem::no_colon, line);
    if (!is_token(line.substr(0, colon))) return refuse(AnswerProblem::header_name, line);
    if (line.find('\0') != std::string_view::npos) return refuse(AnswerProblem::header_value, line);
    if (head_.headers.size() == most_headers) return refuse(AnswerProblem::too_many, line);
    head_.headers.push_back({std::string(line.substr(0, colon)), std::string(trim_http_whitespace(line.substr(colon + 1)))});
  }

  void take_status(std::string_view number, std::string_view line) {
    const std::optional<ResponseHead> head = parse_status_line("HTTP/2 " + std::string(number));
    if (!head) return refuse(AnswerProblem::status_line, line);
    head_.status = head->status;
    head_.reason = std::string(reason_phrase(head->status));
  }

  // The end of a head. What follows is its body, until a status line.
  void close() {
    if (place_ != Place::head) return;
    place_ = Place::body;
    const bool interim = head_.status < 200 && head_.status != 101;
    const bool of_proxy = head_.status == 200 && head_.headers.empty() && ascii_lowercase(head_.reason) == "connection established";
    if (!interim && !of_proxy) {
      if (heads_.size() == most_heads) return refuse(AnswerProblem::too_many, "");
      heads_.push_back(std::move(head_));
    }
    head_ = {};
  }

  std::vector<ResponseHead> heads_;
  ResponseHead head_;
  Place place_ = Place::before;
  std::size_t number_ = 0;
  std::optional<AnswersError> error_;
};

}  // namespace

Result<std::vector<ResponseHead>, AnswersError> parse_http_answers(std::string_view text) { return Reader().read(text); }

std::string http_answer_text(const ResponseHead& head) {
  std::string out = "HTTP/1.1 " + std::to_string(head.status);
  const std::string reason = head.reason.empty() ? std::string(reason_phrase(head.status)) : head.reason;
  if (!reason.empty()) out += " " + reason;
  for (const Header& header : head.headers) out += "\n" + header.name + ": " + header.value;
  return out + "\n";
}

}  // namespace blindspot
