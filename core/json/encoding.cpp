// One look at the first bytes for UTF-16, one pass over all bytes beyond ASCII for the others.
#include "core/json/encoding.hpp"

#include <algorithm>
#include <cstdint>

#include "core/json/text.hpp"

namespace blindspot {

using namespace json_text;

namespace {

Byte byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<Byte>(text[at]) : 0;
}

std::string_view utf16_name(std::string_view text, std::size_t& mark) {
  if (text.size() < 2) return "";
  mark = 2;
  if (starts_with(text, 0, "\xFF\xFE")) return "utf-16le";
  if (starts_with(text, 0, "\xFE\xFF")) return "utf-16be";
  mark = 0;
  // Without a mark: the first characters of a JSON text are ASCII, so every other byte is NUL.
  if (text.size() < 4) return "";
  const bool little = text[0] != 0 && text[1] == 0 && text[2] != 0;
  const bool big = text[0] == 0 && text[1] != 0 && text[3] != 0;
  // The second character may be any, as in ["\u4E2D"] it is a quote, but in a bare word nothing is sure.
  if (little && (text[3] == 0 || std::string_view("{[\"").find(text[0]) != std::string_view::npos)) return "utf-16le";
  if (big && text[2] == 0) return "utf-16be";
  return "";
}

// What the bytes beyond ASCII look like.
struct Census {
  std::size_t bad = 0;        // bytes that belong to no UTF-8 sequence
  std::size_t sequences = 0;  // well-formed UTF-8 sequences
  std::size_t first_bad = 0, first_bad_length = 0;
  std::size_t pairs = 0, frequent = 0;  // pairs of GBK, those of them that GB 2312 had
  bool gbk = true;                      // every byte belongs to a pair
  bool latin = true;  // only letters and signs standing alone or in twos, nothing that looks like damaged UTF-8
};

void look_at_run(std::string_view text, std::size_t start, std::size_t end, Census& census) {
  const Byte* p = reinterpret_cast<const Byte*>(text.data());
  const Byte* stop = p + text.size();
  for (std::size_t at = start; at < end;) {
    const std::size_t length = utf8_length(p + at, stop);
    if (length != 0) {
      ++census.sequences;
      at += length;
      continue;
    }
    if (census.bad == 0) census.first_bad = at;
    if (census.bad == at - census.first_bad) census.first_bad_length = at + 1 - census.first_bad;
    ++census.bad;
    ++at;
  }
  const bool damaged = end - start == 2 && byte_at(text, start) >= 0xC0 && byte_at(text, start) < 0xF8 &&
                       byte_at(text, start + 1) < 0xC0;
  constexpr std::string_view unassigned = "\x81\x8D\x8F\x90\x9D";
  const bool assigned = text.substr(start, end - start).find_first_of(unassigned) == std::string_view::npos;
  census.latin = census.latin && end - start <= 2 && !damaged && assigned;
}

Census take_census(std::string_view text) {
  Census census;
  std::size_t pair_end = 0;
  for (std::size_t at = 0; at < text.size();) {
    // Eight ASCII bytes at a time.
    if (text.size() - at >= 8 &&
        (load64(reinterpret_cast<const Byte*>(text.data()) + at) & 0x8080808080808080ULL) == 0) {
      at += 8;
      continue;
    }
    if (byte_at(text, at) < 0x80) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (byte_at(text, end) >= 0x80) ++end;
    look_at_run(text, at, end, census);
    for (std::size_t lead = std::max(at, pair_end); lead < end && census.gbk; lead += 2) {
      const Byte first = byte_at(text, lead), second = byte_at(text, lead + 1);
      const bool cut = lead + 1 == text.size();
      census.gbk = first >= 0x81 && first <= 0xFE && (cut || (second >= 0x40 && second != 0x7F && second != 0xFF));
      census.pairs += !cut;
      const bool common = (first >= 0xB0 && first <= 0xF7) || (first >= 0xA1 && first <= 0xA3);
      census.frequent += common && second >= 0xA1;
      pair_end = lead + 2;
    }
    at = end;
  }
  return census;
}

std::string from_utf16(std::string_view bytes, bool little) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const std::uint32_t a = byte_at(bytes, at), b = byte_at(bytes, at + 1);
    return little ? a | (b << 8) : (a << 8) | b;
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t point = unit(at);
    if (point >= 0xD800 && point <= 0xDBFF && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 &&
        unit(at + 2) <= 0xDFFF) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(out, point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point);
  }
  return out;
}

// windows-1252, which is what "latin1" and "iso-8859-1" mean on the Web.
std::string from_latin(std::string_view bytes) {
  constexpr std::uint16_t from_80[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                         0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const Byte byte = static_cast<Byte>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? from_80[byte - 0x80] : byte);
  }
  return out;
}

}  // namespace

std::string_view decide_utf16(std::string_view bytes) {
  std::size_t mark = 0;
  return utf16_name(bytes, mark);
}

ForeignEncoding decide_encoding(std::string_view bytes, std::size_t good) {
  ForeignEncoding out;
  out.name = utf16_name(bytes, out.mark);
  if (!out.name.empty()) return {out.name, out.mark, 0, bytes.size()};
  if (utf8_prefix(bytes.substr(good)) == bytes.size() - good) return out;
  const Census census = take_census(bytes);
  out = {"", 0, census.first_bad, census.first_bad_length};
  if (census.gbk && census.frequent >= 2 && census.frequent * 10 >= census.pairs * 8 && census.bad > census.sequences) {
    out.name = "gbk";
  } else if (census.latin && census.sequences == 0) {
    // A character of UTF-8 that the end of the text cuts off is no letter of Latin-1.
    const Byte* end = reinterpret_cast<const Byte*>(bytes.data()) + bytes.size();
    const bool cut = census.first_bad + census.first_bad_length == bytes.size() &&
                     utf8_cut_length(end - census.first_bad_length, end) != 0;
    if (!cut) out.name = "windows-1252";
  }
  return out;
}

std::optional<std::string> decode_foreign(const ForeignEncoding& encoding, std::string_view bytes, HostDecoder host) {
  const std::string_view text = bytes.substr(std::min(bytes.size(), encoding.mark));
  if (encoding.name == "utf-16le" || encoding.name == "utf-16be") return from_utf16(text, encoding.name == "utf-16le");
  if (encoding.name == "windows-1252") return from_latin(text);
  if (encoding.name.empty() || host == nullptr) return std::nullopt;
  return host(encoding.name, text);
}

std::size_t ForeignOffsets::original(std::size_t decoded_offset) {
  const bool wide = encoding_.name.substr(0, 6) == "utf-16";
  while (at_ < decoded_offset && at_ < decoded_.size()) {
    const std::size_t length =
        std::max<std::size_t>(1, utf8_length(reinterpret_cast<const Byte*>(decoded_.data()) + at_,
                                             reinterpret_cast<const Byte*>(decoded_.data()) + decoded_.size()));
    at_ += length;
    if (wide) {
      raw_ += length == 4 ? 4 : 2;
    } else if (encoding_.name == "gbk" && byte_at(bytes_, raw_) >= 0x80) {
      raw_ += 2;
    } else {
      ++raw_;
    }
  }
  return std::min(raw_, bytes_.size());
}

}  // namespace blindspot
