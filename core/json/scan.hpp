// Is this JSON? One tight pass that answers by RFC 8259 to the letter (UTF-8 included) and notes whether anything
// in a valid text deserves a warning. What is wrong and how to mend it is left to autopsy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace blindspot {

enum class ScanExtent { whole_text, first_value };

struct ScanReport {
  bool valid = false;
  std::size_t stopped_at = 0;  // offset behind what was read, or of the byte at which no JSON text can go on
  bool noteworthy = false;     // a name twice, an integer beyond 2^53 - 1, half a surrogate pair, depth beyond `deep`,
                               // or a text that is one single string. May be a false alarm, never silent
  std::size_t depth = 0;       // the deepest level met
};

// What was open where the scanner stopped, for who reads on from there. Of a text beyond 4 GB, and of one with something
// noteworthy before, nothing is told: stopped_at is 0.
struct ScanPoint {
  std::size_t stopped_at = 0;  // at the first byte of what cannot stand there: a name, a value, anything else
  std::size_t last_token = 0;  // where the last name or value that is no container began
  std::size_t deepest = 0;     // level met
  // From the outermost: of an array twice the index of the element that is read, of an object twice the number of names of the
  // objects around it, and one.
  std::vector<std::uint32_t> levels;
  std::vector<std::uint64_t> names;  // of the open objects, from the outermost: a hash, and where the opening quote stands

  static bool is_object(std::uint32_t level) { return (level & 1) != 0; }
  static std::size_t number(std::uint32_t level) { return level >> 1; }
  static std::size_t offset(std::uint64_t name) { return static_cast<std::uint32_t>(name); }
};

// With first_value, bytes behind the first complete value are not looked at. Linear; uses no recursion.
ScanReport scan_json(std::string_view text, ScanExtent extent = ScanExtent::whole_text, std::size_t deep = 512,
                     ScanPoint* where = nullptr);

// True exactly for the texts of RFC 8259 in UTF-8 without a byte order mark.
bool is_valid_json(std::string_view text);

}  // namespace blindspot
