// How long is a body that was sent in chunks? RFC 9112, section 7.1.
#include "core/http/chunked.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace blindspot {
namespace {

// Takes the line that ends in CRLF from the front, or nothing when its end has not come yet.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

std::optional<std::uint64_t> parse_chunk_size(std::string_view line) {
  const std::string_view digits = trim_http_whitespace(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return size;
}

// After the last chunk: trailer lines up to an empty one.
bool take_trailer(std::string_view& rest) {
  while (const auto line = take_line(rest)) {
    if (line->empty()) return true;
  }
  return false;
}

}  // namespace

bool is_chunked(const Headers& headers) {
  const std::optional<std::string> codings = header_value(headers, "Transfer-Encoding");
  if (!codings) return false;
  const std::size_t comma = codings->rfind(',');
  const std::string_view last = std::string_view(*codings).substr(comma == std::string::npos ? 0 : comma + 1);
  return equals_ignoring_case(trim_http_whitespace(last), "chunked");
}

Unchunked decode_chunked(std::string_view framed) {
  Unchunked result;
  std::string_view rest = framed;
  while (const auto line = take_line(rest)) {
    const auto size = parse_chunk_size(*line);
    if (!size) {
      result.malformed = true;
      return result;
    }
    if (*size == 0) {
      result.complete = take_trailer(rest);
      return result;
    }
    result.body.append(rest.substr(0, *size));
    if (*size >= rest.size()) return result;
    rest.remove_prefix(*size);
    // The data is followed by CRLF, which may not have come in full.
    if (!std::string_view("\r\n").starts_with(rest.substr(0, 2))) {
      result.malformed = true;
      return result;
    }
    if (rest.size() < 2) return result;
    rest.remove_prefix(2);
  }
  return result;
}

}  // namespace blindspot
