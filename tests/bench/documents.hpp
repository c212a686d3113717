// The documents that JSON is measured with: pretty-printed answers of an API, with Chinese text, of any size; the same
// with remarks to make about every row; the same broken in every row, or by one slip near the end. Made by rule: the same on every
// machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace blindspot::bench {

enum class Kind { clean, remarkable, broken, slip };

// At least `size` bytes, whole rows.
inline std::string make_document(std::size_t size, Kind kind) {
  static constexpr const char* const cities[] = {
      "\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82\xE6\x9C\x9D\xE9\x98\xB3\xE5\x8C\xBA",
      "\xE4\xB8\x8A\xE6\xB5\xB7\xE5\xB8\x82", "Hamburg",
      "\xE5\xB9\xBF\xE5\xB7\x9E\xE5\xB8\x82\xE5\xA4\xA9\xE6\xB2\xB3\xE5\x8C\xBA"};
  static constexpr const char* const notes[] = {
      "\xE8\xAF\xB7\xE5\x9C\xA8\xE5\xB7\xA5\xE4\xBD\x9C\xE6\x97\xA5\xE9\x80\x81\xE8\xB4\xA7\xEF\xBC\x8C\xE8\xB0\xA2\xE8"
      "\xB0\xA2",
      "leave it at the \\\"front\\\" desk", "", "second floor, ring twice"};
  std::string out =
      "{\n  \"code\": 0,\n  \"message\": \"\xE6\x93\x8D\xE4\xBD\x9C\xE6\x88\x90\xE5\x8A\x9F\",\n  \"data\": {\n    "
      "\"list\": [\n";
  out.reserve(size + 2000);
  std::uint64_t random = 88172645463325252ull;
  for (std::size_t row = 0;; ++row) {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    const std::string id = std::to_string(100000 + row);
    out += "      {\n        \"id\": " +
           (kind == Kind::remarkable ? "90071992547409" + std::to_string(931 + row % 69) : id) + ",\n";
    out += "        \"order_no\": \"SO-" + id + "\",\n        \"city\": \"" + cities[random % 4] + "\",\n";
    out +=
        "        \"price\": " + std::to_string(random % 9000 + 10) + '.' + std::to_string(random / 7 % 90 + 10) + ",\n";
    out += "        \"paid\": " +
           std::string(kind == Kind::broken ? (random % 2 ? "True" : "None")
                       : random % 2         ? "true"
                                            : "false") +
           ",\n";
    out += "        \"created_at\": \"2024-05-" + std::to_string(random % 18 + 10) + "T10:00:00+08:00\",\n";
    out += "        \"tags\": [\"" + std::to_string(random % 97) + "\", \"vip\", null" +
           (kind == Kind::broken ? ",]" : "]") + ",\n";
    out += std::string("        ") +
           (kind == Kind::broken                       ? "note"
            : kind == Kind::remarkable && row % 8 == 0 ? "\"city\""
                                                       : "\"note\"") +
           ": \"" + notes[random / 5 % 4] + "\",\n";
    out += "        \"position\": {\n          \"lat\": 39." + std::to_string(random % 100000) +
           ",\n          \"lng\": 116." + std::to_string(random / 3 % 100000) + "\n        }\n      }";
    if (out.size() + 60 >= size) break;
    out += ",\n";
  }
  if (kind == Kind::slip) out.erase(out.rfind(','), 1);  // between lat and lng of the last row
  out += "\n    ],\n    \"total\": 12345,\n    \"has_more\": false\n  }\n}\n";
  return out;
}

}  // namespace blindspot::bench
