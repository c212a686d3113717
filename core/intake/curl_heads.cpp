// What did `curl -i` print? One head a request: with -L one for each hop, with a proxy its own in front.
#include "core/intake/curl_heads.hpp"

#include <charconv>

namespace blindspot {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "HTTP/1.1 200 OK", "HTTP/2 200"
std::optional<ResponseHead> parse_status_line(std::string_view line) {
  if (!line.starts_with("HTTP/")) return std::nullopt;
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  line.remove_prefix(blank + 1);
  ResponseHead head;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), head.status);
  if (error != std::errc() || head.status < 100 || head.status > 999) return std::nullopt;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  head.reason = std::string(trim_http_whitespace(line));
  return head;
}

}  // namespace

std::vector<ResponseHead> parse_curl_heads(std::string_view text) {
  std::vector<ResponseHead> heads;
  while (!text.empty()) {
    std::optional<ResponseHead> head = parse_status_line(take_line(text));
    if (!head) return heads;
    const char* begin = text.data();
    std::size_t length = 0;
    while (!text.empty()) {
      const std::string_view line = take_line(text);
      if (line.empty()) break;
      length = static_cast<std::size_t>(line.data() + line.size() - begin);
    }
    head->headers = parse_header_lines(std::string_view(begin, length));
    const bool tunnel = head->status == 200 && ascii_lowercase(head->reason) == "connection established";
    if (head->status >= 200 && !tunnel) heads.push_back(std::move(*head));
  }
  return heads;
}

}  // namespace blindspot
