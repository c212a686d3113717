// Which bytes of a URL are written as %XX, and what do they mean?
#include "core/http/percent.hpp"

#include <cstdint>

namespace blindspot {
namespace {

bool is_one_of(char c, std::string_view list) {
  return list.find(c) != std::string_view::npos;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// How many bytes the sequence that begins with this byte has, and the least code point it may stand for; 0: none.
struct Utf8Lead {
  int length;
  std::uint32_t least;
  std::uint32_t bits;
};

Utf8Lead read_lead(unsigned char byte) {
  if (byte < 0x80) return {1, 0, byte};
  if (byte >= 0xC2 && byte < 0xE0) return {2, 0x80, byte & 0x1Fu};
  if (byte >= 0xE0 && byte < 0xF0) return {3, 0x800, byte & 0x0Fu};
  if (byte >= 0xF0 && byte < 0xF5) return {4, 0x10000, byte & 0x07u};
  return {0, 0, 0};
}

}  // namespace

bool is_in_percent_set(char c, PercentSet set) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte <= 0x1F || byte >= 0x7F) return true;
  switch (set) {
    case PercentSet::c0_control:
      return false;
    case PercentSet::fragment:
      return is_one_of(c, " \"<>`");
    case PercentSet::query:
      return is_one_of(c, " \"#<>");
    case PercentSet::special_query:
      return is_one_of(c, " \"#<>'");
    case PercentSet::path:
      return is_one_of(c, " \"#<>?^`{}");
    case PercentSet::userinfo:
      return is_one_of(c, " \"#<>?^`{}/:;=@[\\]|");
  }
  return false;
}

void append_percent_encoded(std::string& target, char c, PercentSet set) {
  if (!is_in_percent_set(c, set)) {
    target.push_back(c);
    return;
  }
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  target.push_back('%');
  target.push_back(digits[byte >> 4]);
  target.push_back(digits[byte & 15]);
}

std::string percent_encode(std::string_view text, PercentSet set) {
  std::string encoded;
  for (char c : text) append_percent_encoded(encoded, c, set);
  return encoded;
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sequence =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (!sequence) {
      decoded.push_back(text[i]);
      continue;
    }
    decoded.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
    i += 2;
  }
  return decoded;
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Utf8Lead lead = read_lead(static_cast<unsigned char>(text[i]));
    if (lead.length == 0 || i + static_cast<std::size_t>(lead.length) > text.size()) return false;
    std::uint32_t code_point = lead.bits;
    for (int k = 1; k < lead.length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]);
      if ((byte & 0xC0) != 0x80) return false;
      code_point = code_point << 6 | (byte & 0x3Fu);
    }
    if (code_point < lead.least || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
      return false;
    i += static_cast<std::size_t>(lead.length);
  }
  return true;
}

}  // namespace blindspot
