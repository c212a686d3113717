// What is a header list? Names compared without regard to case, order and duplicates kept, values as bytes.
// Grammar of single headers is left to the modules that read them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

using Bytes = std::string;

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

using Headers = std::vector<Header>;

// ASCII lower case; other bytes are kept.
std::string ascii_lowercase(std::string_view text);
bool equal_letters_ignoring_case(std::string_view a, std::string_view b);  // of the same length
inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && equal_letters_ignoring_case(a, b);
}
// Without leading and trailing SP, HTAB, CR, LF ("HTTP whitespace").
std::string_view trim_http_whitespace(std::string_view text);
// RFC 9110 token: what a header name or a method is made of.
bool is_token(std::string_view text);
// Fetch standard: no NUL, CR, LF inside and no white space at either end. Bytes above 0x7F are allowed.
bool is_header_value(std::string_view text);

bool has_header(const Headers& headers, std::string_view name);
// The values of every header of that name joined by ", " (Fetch: "get"), or nothing when there is none.
std::optional<std::string> header_value(const Headers& headers, std::string_view name);
std::vector<std::string> header_values(const Headers& headers, std::string_view name);

// Reads the header block XMLHttpRequest::getAllResponseHeaders() or a wire gives: lines "name: value", CRLF or LF.
// Lines without a colon are passed over.
Headers parse_header_lines(std::string_view text);

}  // namespace blindspot
