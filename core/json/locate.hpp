// Where in the raw text does the value stand that a JSON Pointer names? Needed to place what a contract finds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

struct Located {
  bool found = false;
  std::size_t value_offset = 0, value_length = 0;
  std::size_t name_offset = 0,
              name_length = 0;  // of the member's name with its quotes; length 0 for elements and the root
  bool operator==(const Located&) const = default;
};

// The text must be valid JSON; a pointer that leads nowhere (or is no RFC 6901 pointer) is not found. Of a name that
// occurs twice in one object the last counts, as in JavaScript.
Located locate(std::string_view text, std::string_view pointer);

// The same for many pointers in one pass over the text; answers in the order of the pointers.
std::vector<Located> locate_all(std::string_view text, const std::vector<std::string>& pointers);

}  // namespace blindspot
