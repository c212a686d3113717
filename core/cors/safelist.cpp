// Which methods and headers may cross origins unasked? The Fetch standard's safelists.
#include "core/cors/safelist.hpp"

#include <algorithm>
#include <array>

#include "core/http/mime.hpp"

namespace blindspot {
namespace {

constexpr std::size_t longest_safe_value = 128;
constexpr std::size_t longest_safe_values_together = 1024;

// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
constexpr std::array<bool, 256> unsafe_bytes = [] {
  std::array<bool, 256> table{};
  for (unsigned byte = 0; byte < 0x20; ++byte) table[byte] = byte != '\t';
  for (char c : std::string_view("\"():<>?@[\\]{}\x7F")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_unsafe_byte(char c) {
  return unsafe_bytes[static_cast<unsigned char>(c)];
}

bool has_unsafe_byte(std::string_view value) {
  return std::any_of(value.begin(), value.end(), is_unsafe_byte);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_language_byte(char c) {
  const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return letter || is_digit(c) || std::string_view(" *,-.;=").find(c) != std::string_view::npos;
}

bool is_language_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), is_language_byte);
}

bool is_safe_content_type(std::string_view value) {
  if (has_unsafe_byte(value)) return false;
  const std::optional<MimeType> mime = parse_mime_type(value);
  if (!mime) return false;
  const std::string essence = mime->essence();
  return essence == "application/x-www-form-urlencoded" || essence == "multipart/form-data" || essence == "text/plain";
}

std::string_view take_digits(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const std::string_view digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(digits.size());
  return digits;
}

// Of two numbers in decimal digits, however long.
bool is_greater(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

// https://fetch.spec.whatwg.org/#simple-range-header-value without white space, and with a first byte given:
// NB "bytes=-500" is a range, but not a safelisted one.
bool is_safe_range(std::string_view value) {
  constexpr std::string_view unit = "bytes=";
  if (!value.starts_with(unit)) return false;
  std::string_view rest = value.substr(unit.size());
  const std::string_view first = take_digits(rest);
  if (first.empty() || !rest.starts_with('-')) return false;
  rest.remove_prefix(1);
  const std::string_view last = take_digits(rest);
  return rest.empty() && (last.empty() || !is_greater(first, last));
}

}  // namespace

bool is_cors_safelisted_method(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "POST";
}

bool is_cors_safelisted_request_header(std::string_view name, std::string_view value) {
  if (value.size() > longest_safe_value) return false;
  const auto is = [&](std::string_view other) { return equals_ignoring_case(name, other); };
  if (is("accept")) return !has_unsafe_byte(value);
  if (is("accept-language") || is("content-language")) return is_language_value(value);
  if (is("content-type")) return is_safe_content_type(value);
  return is("range") && is_safe_range(value);
}

// NB: a safelisted Range is not among them: only the browser's own media loads may send it.
bool is_no_cors_safelisted_request_header(std::string_view name, std::string_view value) {
  return !equals_ignoring_case(name, "Range") && is_cors_safelisted_request_header(name, value);
}

bool is_cors_non_wildcard_request_header_name(std::string_view name) {
  return equals_ignoring_case(name, "Authorization");
}

UnsafeHeaders cors_unsafe_request_headers(const Headers& headers) {
  UnsafeHeaders unsafe;
  std::size_t safelisted_size = 0;
  for (const Header& header : headers) {
    if (is_cors_safelisted_request_header(header.name, header.value)) {
      safelisted_size += header.value.size();
    } else {
      unsafe.names.push_back(ascii_lowercase(header.name));
    }
  }
  unsafe.too_long_together = safelisted_size > longest_safe_values_together;
  if (unsafe.too_long_together) {
    unsafe.names.clear();
    for (const Header& header : headers) unsafe.names.push_back(ascii_lowercase(header.name));
  }
  std::sort(unsafe.names.begin(), unsafe.names.end());
  unsafe.names.erase(std::unique(unsafe.names.begin(), unsafe.names.end()), unsafe.names.end());
  return unsafe;
}

}  // namespace blindspot
