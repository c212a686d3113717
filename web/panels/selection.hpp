// Which text of the page is selected? One block at a time: a paragraph, a heading, a row of a table, code, or the body, which
// keeps its own offsets and only takes the turn. What is selected is drawn here, and copied by the browser's own keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace blindspot {

struct Ui;
struct Style;

struct Selection {
  ImGuiID block = 0;  // whose turn it is; 0: nothing is selected
  std::size_t anchor = 0, caret = 0;  // bytes of the block's text
  std::size_t from = 0, to = 0;       // the word or line a drag began with
  int clicks = 0;                     // of the press under way: 1 letters, 2 words, 3 lines
  bool pressed = false;               // in this frame a block took the press
  std::string_view chosen;            // what is selected; once it was drawn, until the frame ends
  std::string kept;                   // holds it where its owner does not
  bool shown = false;                 // in the last frame something was selected
  void begin_frame() { pressed = false, chosen = {}; }
  void give(std::string_view text) { chosen = text; }
  // Answers the keys that copy. A press on nothing that can be selected ends the selection.
  void end_frame();
};

// A piece of a block's text on one line of the screen.
struct TextRun {
  ImVec2 at;
  std::string_view text;  // into the block's text
  const Style* style;
};

// Whether the block at min..max is selected or being pressed or pointed at, so that its runs are wanted.
bool concerns_selection(const Ui& ui, ImGuiID block, ImVec2 min, ImVec2 max);
// Lets a block be selected, and draws its selection; the text is drawn by the caller, on top. `ticks`: backticks are not
// part of what is copied.
void select_text(const Ui& ui, ImGuiID block, std::string_view text, const std::vector<TextRun>& runs, ImVec2 min, ImVec2 max, bool ticks);

ImU32 selection_color(const Ui& ui);

}  // namespace blindspot
