// What is a header list? Lookup, the character rules of names and values, and reading a block of header lines.
// Grammar of single headers is left to the modules that read them.
#include "core/http/headers.hpp"

#include <algorithm>
#include <array>

namespace blindspot {
namespace {

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_http_whitespace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// RFC 9110, 5.6.2: any visible ASCII character except delimiters.
constexpr std::array<bool, 256> token_chars = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0x21; c < 0x7F; ++c) {
    table[c] = std::string_view("\"(),/:;<=>?@[\\]{}").find(static_cast<char>(c)) == std::string_view::npos;
  }
  return table;
}();

bool is_token_char(char c) {
  return token_chars[static_cast<unsigned char>(c)];
}

}  // namespace

std::string ascii_lowercase(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lowered);
  return result;
}

bool equal_letters_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lowered(x) == lowered(y); });
}

std::string_view trim_http_whitespace(std::string_view text) {
  while (!text.empty() && is_http_whitespace(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_http_whitespace(text.back())) text.remove_suffix(1);
  return text;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_header_value(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return c == '\0' || c == '\r' || c == '\n'; })) return false;
  return trim_http_whitespace(text).size() == text.size();
}

bool has_header(const Headers& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const Header& header) { return equals_ignoring_case(header.name, name); });
}

std::optional<std::string> header_value(const Headers& headers, std::string_view name) {
  std::optional<std::string> joined;
  for (const Header& header : headers) {
    if (!equals_ignoring_case(header.name, name)) continue;
    if (joined) {
      *joined += ", " + header.value;
    } else {
      joined = header.value;
    }
  }
  return joined;
}

std::vector<std::string> header_values(const Headers& headers, std::string_view name) {
  std::vector<std::string> values;
  for (const Header& header : headers) {
    if (equals_ignoring_case(header.name, name)) values.push_back(header.value);
  }
  return values;
}

Headers parse_header_lines(std::string_view text) {
  Headers headers;
  while (!text.empty()) {
    const std::size_t line_end = text.find('\n');
    const std::string_view line = text.substr(0, line_end);
    text.remove_prefix(line_end == std::string_view::npos ? text.size() : line_end + 1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    // A status line may hold a colon as well; its first part is no token.
    const std::string_view name = trim_http_whitespace(line.substr(0, colon));
    if (!is_token(name)) continue;
    headers.push_back({std::string(name), std::string(trim_http_whitespace(line.substr(colon + 1)))});
  }
  return headers;
}

}  // namespace blindspot
