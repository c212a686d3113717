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
// noteworthy before, nothing is told: depth and stopped_at are 0.
struct ScanPoint {
  struct Name {
    std::uint32_t hash, offset;  // of the bytes inside the quotes; where the opening quote stands
  };
  std::size_t stopped_at = 0;  // at the first byte of what cannot stand there: a name, a value, anything else
  std::size_t last_token = 0;  // where the last name or value that is no container began
  std::size_t depth = 0, deepest = 0;
  std::vector<std::uint64_t> kinds;        // a bit for each level: 1 is an object
  std::vector<std::uint32_t> indices;      // of each open array: the element that is read
  std::vector<Name> names;                 // of the open objects, the outermost first
  std::vector<std::uint32_t> first_names;  // of each open object: where its names begin among them
};

// With first_value, bytes behind the first complete value are not looked at. Linear; uses no recursion.
ScanReport scan_json(std::string_view text, ScanExtent extent = ScanExtent::whole_text, std::size_t deep = 512,
                     ScanPoint* where = nullptr);

// True exactly for the texts of RFC 8259 in UTF-8 without a byte order mark.
bool is_valid_json(std::string_view text);

}  // namespace blindspot
