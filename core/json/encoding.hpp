// In which encoding are these bytes, when they are not UTF-8? Decided from the bytes alone. UTF-16 and Latin-1 are
// decoded here; GBK needs a table of 20 KB, so that its decoding is the host's (TextDecoder in a page, iconv in a
// terminal).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace blindspot {

// Turns bytes of the named encoding (a label of the Encoding standard) into UTF-8, or nothing when it cannot.
using HostDecoder = std::optional<std::string> (*)(std::string_view encoding, std::string_view bytes);

struct ForeignEncoding {
  std::string_view name;              // "utf-16le", "utf-16be", "gbk", "windows-1252"; empty: UTF-8, or not to be told
  std::size_t mark = 0;               // bytes of the byte order mark in front
  std::size_t first = 0, length = 0;  // the first run of bytes that is no UTF-8
  bool operator==(const ForeignEncoding&) const = default;
};

// Linear. GBK and Latin-1 are told only where the text speaks for them: two frequent Chinese characters or more, or
// lone letters among ASCII. EUC-KR looks like GBK here. Who knows that the first `good` bytes are UTF-8 saves a look at them.
ForeignEncoding decide_encoding(std::string_view bytes, std::size_t good = 0);

// "utf-16le", "utf-16be" or nothing: the part of the decision that needs the first four bytes only.
std::string_view decide_utf16(std::string_view bytes);

// The bytes behind the mark as UTF-8; nothing when the host is needed and absent, or failed.
std::optional<std::string> decode_foreign(const ForeignEncoding& encoding, std::string_view bytes, HostDecoder host);

// For growing offsets into the decoded text: which byte of the original begins the same character?
class ForeignOffsets {
 public:
  ForeignOffsets(const ForeignEncoding& encoding, std::string_view bytes, std::string_view decoded)
      : encoding_(encoding), bytes_(bytes), decoded_(decoded), raw_(encoding.mark) {}
  std::size_t original(std::size_t decoded_offset);

 private:
  ForeignEncoding encoding_;
  std::string_view bytes_, decoded_;
  std::size_t raw_, at_ = 0;
};

}  // namespace blindspot
