// Is this JSON? One tight pass that answers by RFC 8259 to the letter (UTF-8 included) and notes whether anything
// in a valid text deserves a warning. What is wrong and how to mend it is left to autopsy.
#pragma once

#include <cstddef>
#include <string_view>

namespace blindspot {

enum class ScanExtent { whole_text, first_value };

struct ScanReport {
  bool valid = false;
  std::size_t stopped_at = 0;  // offset behind what was read, or of the byte at which no JSON text can go on
  bool noteworthy = false;     // a name twice, an integer beyond 2^53 - 1, half a surrogate pair, depth beyond `deep`,
                               // or a text that is one single string. May be a false alarm, never silent
  std::size_t depth = 0;       // the deepest level met
};

// With first_value, bytes behind the first complete value are not looked at. Linear; uses no recursion.
ScanReport scan_json(std::string_view text, ScanExtent extent = ScanExtent::whole_text, std::size_t deep = 512);

// True exactly for the texts of RFC 8259 in UTF-8 without a byte order mark.
bool is_valid_json(std::string_view text);

}  // namespace blindspot
