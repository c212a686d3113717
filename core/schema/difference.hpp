// In what does an answer differ from a good one, as data? Members by name, elements by their place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

struct Difference {
  enum class Kind { missing, added, changed };
  Kind kind = Kind::changed;
  std::string pointer;     // JSON Pointer, of the good answer where it is missing
  std::string good, other;  // the values on one line, shortened; empty on the side that has none
  bool operator==(const Difference&) const = default;
};

struct Differences {
  std::vector<Difference> list;  // in the order of the good answer, then what was added; at most `most`
  std::size_t count = 0;         // all
  bool comparable = false;       // both texts are JSON
};

Differences differences(std::string_view good, std::string_view other, std::size_t most = 200);

}  // namespace blindspot
