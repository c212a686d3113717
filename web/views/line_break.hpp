// Where may a line end? Paragraphs of Latin words, Han characters and inline code set into lines of a given width, by the
// rules of Chinese typography: no line begins with a closing mark or ends with an opening one.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

// A run of one style on one line. Points into the text that was set.
struct Piece {
  std::string_view text;
  bool code = false;
  float x = 0, width = 0;
};

using Line = std::vector<Piece>;

// Width of a run in the font of its style.
using Measure = std::function<float(std::string_view text, bool code)>;

// `text` may hold `inline code` in backticks, which are not shown. A word wider than the line is cut where it must be.
std::vector<Line> set_lines(std::string_view text, float width, const Measure& measure);

// The text as a screen reader should say it: without backticks.
std::string without_backticks(std::string_view text);

}  // namespace blindspot
