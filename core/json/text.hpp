// Small questions about bytes that every reader of JSON here asks: white space, plain string bytes, UTF-8, escapes.
// Header-only where speed matters; knows nothing of structure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace blindspot::json_text {

using Byte = unsigned char;

inline bool is_blank(Byte c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
inline bool is_digit(Byte c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(Byte c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// The value of a hexadecimal digit, or -1.
inline int hex_value(Byte c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
// The value of four hexadecimal digits, or -1; the caller knows that four bytes are there.
inline int hex4(const Byte* p) {
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_value(p[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Room that most texts need for what is open at once: made at the start, for to grow from nothing takes longer than to read 1 KB.
constexpr std::size_t a_few = 16;

inline std::uint64_t load64(const Byte* p) {
  std::uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

inline std::uint64_t load32(const Byte* p) {
  std::uint32_t word;
  std::memcpy(&word, p, 4);
  return word;
}

// The first byte that is not JSON white space. Indentation is skipped eight spaces at a time.
inline const Byte* skip_blank(const Byte* p, const Byte* end) {
  for (;;) {
    if (p == end || *p > ' ') return p;
    if (!is_blank(*p)) return p;
    ++p;
    while (end - p >= 8 && *p == ' ') {
      const std::uint64_t others = load64(p) ^ 0x2020202020202020ULL;
      p += others == 0 ? 8 : __builtin_ctzll(others) / 8;
    }
  }
}

// The first byte that needs a look inside a double-quoted string: quote, backslash, control character, non-ASCII.
inline const Byte* skip_plain(const Byte* p, const Byte* end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), space = _mm_set1_epi8(0x20);
  while (end - p >= 16) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    // Signed: below 0x20 means control characters and every byte from 0x80 on.
    const __m128i hit = _mm_or_si128(_mm_cmplt_epi8(chunk, space),
                                     _mm_or_si128(_mm_cmpeq_epi8(chunk, quote), _mm_cmpeq_epi8(chunk, backslash)));
    const int mask = _mm_movemask_epi8(hit);
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
    p += 16;
  }
#else
  constexpr std::uint64_t ones = 0x0101010101010101ULL, highs = 0x8080808080808080ULL;
  while (end - p >= 8) {
    const std::uint64_t word = load64(p);
    const std::uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
    const std::uint64_t hit = ((word - ones * 0x20) | (quote - ones) | (backslash - ones) | word) & highs;
    // A borrow can only make a false alarm behind a true one, so the first is true. Little-endian, as all of this is.
    if (hit != 0) return p + __builtin_ctzll(hit) / 8;
    p += 8;
  }
#endif
  while (p != end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\') ++p;
  return p;
}

// The first byte that is not ASCII.
inline const Byte* skip_ascii(const Byte* p, const Byte* end) {
#if defined(__SSE2__)
  for (; end - p >= 16; p += 16) {
    const int mask = _mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#else
  for (; end - p >= 8; p += 8) {
    const std::uint64_t hit = load64(p) & 0x8080808080808080ULL;
    if (hit != 0) return p + __builtin_ctzll(hit) / 8;
  }
#endif
  while (p != end && *p < 0x80) ++p;
  return p;
}

// The first byte below 0x0E: a line's end, a tab, or what no text should hold.
inline const Byte* skip_to_break(const Byte* p, const Byte* end) {
#if defined(__SSE2__)
  const __m128i most = _mm_set1_epi8(0x0D);
  for (; end - p >= 16; p += 16) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(chunk, most), chunk));
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#else
  for (; end - p >= 8; p += 8) {
    const std::uint64_t word = load64(p), hit = (word - 0x0101010101010101ULL * 0x0E) & ~word & 0x8080808080808080ULL;
    if (hit != 0) return p + __builtin_ctzll(hit) / 8;
  }
#endif
  while (p != end && *p >= 0x0E) ++p;
  return p;
}

// How many bytes the well-formed UTF-8 sequence at p has (RFC 3629: no overlong forms, no surrogates), or 0.
inline std::size_t utf8_length(const Byte* p, const Byte* end) {
  const Byte lead = *p;
  const std::ptrdiff_t left = end - p;
  const auto is_tail = [](Byte c) { return (c & 0xC0) == 0x80; };
  if (lead < 0x80) return 1;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (left < 3 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0;
    if (lead == 0xED && p[1] > 0x9F) return 0;
    return 3;
  }
  if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && is_tail(p[1]) ? 2 : 0;
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (left < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return 0;
    if (lead == 0xF0 && p[1] < 0x90) return 0;
    if (lead == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
  }
  return 0;
}

// How many bytes at p could begin a sequence that the end of the text cuts off; 0 if the bytes are bad in themselves.
std::size_t utf8_cut_length(const Byte* p, const Byte* end);

// Appends the code point as UTF-8; a lone surrogate becomes its three-byte form, so that keys stay distinct.
void append_utf8(std::string& out, std::uint32_t code_point);

// How many bytes in front are well-formed UTF-8.
std::size_t utf8_prefix(std::string_view text);

// The text with every ill-formed sequence replaced by U+FFFD.
std::string to_well_formed(std::string_view text);

// A JSON string literal for these bytes; ill-formed UTF-8 becomes U+FFFD.
std::string to_json_string(std::string_view text);

// What the inside of a string literal stands for; escapes that JSON does not know are kept as they are written.
std::string unescape(std::string_view inside);

// Behind the number, as JSON has it, that begins at p; null when none does.
const Byte* number_end(const Byte* p, const Byte* end);

// A hash for telling names apart; equal hashes must be compared.
inline std::uint64_t hash_name(const Byte* p, std::size_t size) {
  constexpr std::uint64_t k = 0x9E3779B97F4A7C15ULL;
  std::uint64_t hash = (size + 1) * k;
  const auto stir = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
    hash ^= hash >> 32;
  };
  // The last eight bytes may overlap those before; of four to eight both halves may, of one to three the middle one.
  for (; size > 8; p += 8, size -= 8) stir(load64(p));
  if (size >= 4) {
    stir(load32(p) | load32(p + size - 4) << 32);
  } else if (size != 0) {
    stir(std::uint64_t{p[0]} | std::uint64_t{p[size / 2]} << 8 | std::uint64_t{p[size - 1]} << 16);
  }
  return hash;
}
inline std::uint64_t hash_name(std::string_view name) {
  return hash_name(reinterpret_cast<const Byte*>(name.data()), name.size());
}

// True for the digits of an integer whose magnitude lies beyond 2^53 - 1; a minus may stand before them.
bool is_beyond_safe_integer(std::string_view digits);

inline bool starts_with(std::string_view text, std::size_t at, std::string_view what) {
  return at <= text.size() && text.size() - at >= what.size() &&
         std::memcmp(text.data() + at, what.data(), what.size()) == 0;
}
// ASCII letters compared without regard to case; `what` is given in lower case.
bool starts_with_ignoring_case(std::string_view text, std::size_t at, std::string_view what);

}  // namespace blindspot::json_text
