// The parts of text.hpp that are not worth inlining.
#include "core/json/text.hpp"

namespace blindspot::json_text {

std::size_t utf8_cut_length(const Byte* p, const Byte* end) {
  const std::size_t left = static_cast<std::size_t>(end - p);
  const Byte lead = *p;
  const std::size_t want = lead >= 0xF0 && lead <= 0xF4   ? 4
                           : lead >= 0xE0 && lead <= 0xEF ? 3
                           : lead >= 0xC2 && lead <= 0xDF ? 2
                                                          : 0;
  if (want == 0 || left >= want) return 0;
  for (std::size_t i = 1; i < left; ++i) {
    if ((p[i] & 0xC0) != 0x80) return 0;
  }
  return left;
}

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::size_t utf8_prefix(std::string_view text) {
  const Byte* begin = reinterpret_cast<const Byte*>(text.data());
  const Byte* p = begin;
  const Byte* end = begin + text.size();
  while ((p = skip_ascii(p, end)) != end) {
    do {
      const std::size_t length = utf8_length(p, end);
      if (length == 0) return static_cast<std::size_t>(p - begin);
      p += length;
    } while (p != end && *p >= 0x80);
  }
  return static_cast<std::size_t>(p - begin);
}

std::string to_well_formed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const Byte* p = reinterpret_cast<const Byte*>(text.data());
  const Byte* end = p + text.size();
  const Byte* good = p;  // from here on all is well-formed
  const auto take = [&] { out.append(reinterpret_cast<const char*>(good), static_cast<std::size_t>(p - good)); };
  while (p != end) {
    if (const std::size_t length = utf8_length(p, end); length != 0) {
      p += length;
      continue;
    }
    take();
    append_utf8(out, 0xFFFD);
    good = ++p;
  }
  take();
  return out;
}

std::string to_json_string(std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  std::string out = "\"";
  const Byte* begin = reinterpret_cast<const Byte*>(text.data());
  if (skip_plain(begin, begin + text.size()) == begin + text.size()) {
    out += text;
    out += '"';
    return out;
  }
  for (const char c : to_well_formed(text)) {
    const Byte byte = static_cast<Byte>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
  return out;
}

std::string unescape(std::string_view inside) {
  std::string out;
  out.reserve(inside.size());
  const Byte* p = reinterpret_cast<const Byte*>(inside.data());
  const Byte* end = p + inside.size();
  while (p != end) {
    if (*p != '\\' || end - p < 2) {
      out += static_cast<char>(*p++);
      continue;
    }
    const Byte c = p[1];
    if (c == 'u' && end - p >= 6 && hex4(p + 2) >= 0) {
      std::uint32_t unit = static_cast<std::uint32_t>(hex4(p + 2));
      p += 6;
      if (unit >= 0xD800 && unit <= 0xDBFF && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        const int low = hex4(p + 2);
        if (low >= 0xDC00 && low <= 0xDFFF) {
          unit = 0x10000 + ((unit - 0xD800) << 10) + (static_cast<std::uint32_t>(low) - 0xDC00);
          p += 6;
        }
      }
      append_utf8(out, unit);
      continue;
    }
    constexpr std::string_view names = "bfnrt\"\\/", values = "\b\f\n\r\t\"\\/";
    const std::size_t at = names.find(static_cast<char>(c));
    if (at == std::string_view::npos) {
      out += '\\';
      ++p;
    } else {
      out += values[at];
      p += 2;
    }
  }
  return out;
}

const Byte* number_end(const Byte* p, const Byte* end) {
  const auto digits = [&] {
    const Byte* first = p;
    while (p != end && is_digit(*p)) ++p;
    return p != first;
  };
  if (p != end && *p == '-') ++p;
  if (p != end && *p == '0') {
    ++p;
  } else if (!digits()) {
    return nullptr;
  }
  if (p != end && *p == '.') {
    ++p;
    if (!digits()) return nullptr;
  }
  if (p != end && (*p | 0x20) == 'e') {
    ++p;
    if (p != end && (*p == '+' || *p == '-')) ++p;
    if (!digits()) return nullptr;
  }
  return p;
}

bool is_beyond_safe_integer(std::string_view digits) {
  constexpr std::string_view limit = "9007199254740991";
  if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  if (digits.size() != limit.size()) return digits.size() > limit.size();
  return digits > limit;
}

bool starts_with_ignoring_case(std::string_view text, std::size_t at, std::string_view what) {
  if (at > text.size() || text.size() - at < what.size()) return false;
  for (std::size_t i = 0; i < what.size(); ++i) {
    const char c = text[at + i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != what[i]) return false;
  }
  return true;
}

}  // namespace blindspot::json_text
