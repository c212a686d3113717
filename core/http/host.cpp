// Is this text a host? The URL standard's host parser: names, IPv4 in all its spellings, IPv6.
#include "core/http/host.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/http/headers.hpp"
#include "core/http/percent.hpp"

namespace blindspot {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// https://url.spec.whatwg.org/#forbidden-host-code-point
bool is_forbidden_host_char(char c) {
  return c == '\0' || std::string_view("\t\n\r #/:<>?@[\\]^|").find(c) != std::string_view::npos;
}

// https://url.spec.whatwg.org/#forbidden-domain-code-point
bool is_forbidden_domain_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return is_forbidden_host_char(c) || byte <= 0x1F || c == '%' || byte == 0x7F;
}

std::vector<std::string_view> split_on_dots(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

// https://url.spec.whatwg.org/#ipv4-number-parser. Values that fit no address are clamped.
std::optional<std::uint64_t> parse_ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  unsigned radix = 10;
  if (text.size() >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    text.remove_prefix(2);
    radix = 16;
  } else if (text.size() >= 2 && text[0] == '0') {
    text.remove_prefix(1);
    radix = 8;
  }
  std::uint64_t number = 0;
  for (char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= radix) return std::nullopt;
    number = std::min<std::uint64_t>(number * radix + static_cast<unsigned>(digit), std::uint64_t{1} << 40);
  }
  return number;
}

// https://url.spec.whatwg.org/#ends-in-a-number-checker
bool ends_in_a_number(std::string_view text) {
  std::vector<std::string_view> parts = split_on_dots(text);
  if (parts.back().empty()) {
    if (parts.size() == 1) return false;
    parts.pop_back();
  }
  const std::string_view last = parts.back();
  if (!last.empty() && std::all_of(last.begin(), last.end(), is_digit)) return true;
  return parse_ipv4_number(last).has_value();
}

// https://url.spec.whatwg.org/#concept-ipv4-parser and its serializer
std::optional<std::string> parse_ipv4(std::string_view text) {
  std::vector<std::string_view> parts = split_on_dots(text);
  if (parts.back().empty() && parts.size() > 1) parts.pop_back();
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<std::uint64_t> number = parse_ipv4_number(parts[i]);
    if (!number) return std::nullopt;
    if (i + 1 < parts.size()) {
      if (*number > 255) return std::nullopt;
      address |= *number << (8 * (3 - i));
    } else {
      // The last part fills what is left of the four bytes.
      if (*number >= std::uint64_t{1} << (8 * (5 - parts.size()))) return std::nullopt;
      address |= *number;
    }
  }
  std::string host;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (!host.empty()) host += '.';
    host += std::to_string(address >> shift & 255);
  }
  return host;
}

using Ipv6 = std::array<std::uint16_t, 8>;

// The dotted tail of an IPv6 address, which takes the place of two pieces.
bool parse_ipv6_tail(std::string_view text, Ipv6& address, std::size_t piece) {
  if (piece > 6) return false;
  const std::vector<std::string_view> parts = split_on_dots(text);
  if (parts.size() != 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string_view part = parts[i];
    if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), is_digit)) return false;
    if (part.size() > 1 && part[0] == '0') return false;
    unsigned number = 0;
    for (char c : part) number = number * 10 + static_cast<unsigned>(c - '0');
    if (number > 255) return false;
    std::uint16_t& target = address[piece + i / 2];
    target = static_cast<std::uint16_t>(target << 8 | number);
  }
  return true;
}

// https://url.spec.whatwg.org/#concept-ipv6-parser
std::optional<Ipv6> parse_ipv6(std::string_view text) {
  Ipv6 address{};
  std::size_t piece = 0;
  std::optional<std::size_t> compress;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) return std::nullopt;
    text.remove_prefix(2);
    compress = piece = 1;
  }
  while (!text.empty()) {
    if (piece == 8) return std::nullopt;
    if (text.front() == ':') {
      if (compress) return std::nullopt;
      text.remove_prefix(1);
      compress = ++piece;
      continue;
    }
    std::size_t length = 0;
    unsigned value = 0;
    while (length < 4 && length < text.size() && hex_value(text[length]) >= 0) {
      value = value * 16 + static_cast<unsigned>(hex_value(text[length++]));
    }
    if (length < text.size() && text[length] == '.') {
      if (length == 0 || !parse_ipv6_tail(text, address, piece)) return std::nullopt;
      piece += 2;
      break;
    }
    text.remove_prefix(length);
    if (!text.empty()) {
      if (text.front() != ':' || text.size() == 1) return std::nullopt;
      text.remove_prefix(1);
    }
    address[piece++] = static_cast<std::uint16_t>(value);
  }
  if (!compress) return piece == 8 ? std::optional(address) : std::nullopt;
  // The pieces after "::" belong at the end.
  for (std::size_t moved = piece - *compress, end = 7; end != 0 && moved > 0; --moved, --end) {
    std::swap(address[end], address[*compress + moved - 1]);
  }
  return address;
}

// https://url.spec.whatwg.org/#concept-ipv6-serializer: the first longest run of two or more zeros becomes "::".
std::string serialize_ipv6(const Ipv6& address) {
  std::size_t run_begin = 8, run_length = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && address[end] == 0) ++end;
    if (end - i > run_length) {
      run_begin = i;
      run_length = end - i;
    }
    i = end == i ? i + 1 : end;
  }
  std::string text = "[";
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == run_begin) {
      text += i == 0 ? "::" : ":";
      i += run_length - 1;
      continue;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    bool leading = true;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = address[i] >> shift & 15u;
      leading = leading && digit == 0 && shift != 0;
      if (!leading) text += digits[digit];
    }
    if (i != 7) text += ':';
  }
  return text + "]";
}

// https://url.spec.whatwg.org/#concept-opaque-host-parser
std::optional<std::string> parse_opaque_host(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), is_forbidden_host_char)) return std::nullopt;
  return percent_encode(text, PercentSet::c0_control);
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text, bool special) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    const std::optional<Ipv6> address = parse_ipv6(text.substr(1, text.size() - 2));
    return address ? std::optional(serialize_ipv6(*address)) : std::nullopt;
  }
  if (!special) return parse_opaque_host(text);
  const std::string domain = ascii_lowercase(percent_decode(text));
  if (domain.empty() || !is_valid_utf8(domain)) return std::nullopt;
  if (std::any_of(domain.begin(), domain.end(), is_forbidden_domain_char)) return std::nullopt;
  if (ends_in_a_number(domain)) return parse_ipv4(domain);
  return domain;
}

}  // namespace blindspot
