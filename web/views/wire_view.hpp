// Both ends of the wire as a sequence picture: three lanes, arrows from top to bottom, broken where it broke.
#pragma once

#include <string>
#include <vector>

#include "web/state.hpp"
#include "web/views/meaning.hpp"

namespace blindspot {

enum class Lane { code, browser, server };
enum class Stroke {
  solid,    // happened
  dashed,   // not seen by anybody who told us
  stopped,  // dashed and crossed: did not get through
};

struct Arrow {
  Lane from, to;
  std::string label;
  std::string note;  // small, below the line
  std::string time;  // at the arrow's end
  Stroke stroke = Stroke::solid;
  Meaning meaning = Meaning::plain;
  bool operator==(const Arrow&) const = default;
};

struct WireView {
  std::vector<Arrow> arrows;
  std::string foot;  // one remark below the picture; may be empty
};

// Before anything was sent: the blind spot itself; empty while a chosen case waits. `witness` decides whether the exchange is shown.
WireView make_wire_view(const State& state);

// An arrow in words, for the mirror: "Browser -> Server: OPTIONS /orders (6 ms)".
std::string arrow_text(const Arrow& arrow, Language language);

}  // namespace blindspot
