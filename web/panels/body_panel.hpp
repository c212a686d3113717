// One body being read: what is seen in it, and where the screen stands in it. Made anew for every call that is shown.
#pragma once

#include <string>
#include <vector>

#include "web/views/body_view.hpp"

namespace blindspot {

struct BodyReader {
  BodyReader(std::string_view text, const LineIndex& lines, const std::vector<BodyMark>& given) : view(text, lines, given), layout(view.layout()), marks(given) {}
  void set_marks(const std::vector<BodyMark>& given) {
    marks = given;
    view.set_marks(given);
  }

  BodyView view;
  BodyLayout layout;             // as chosen
  std::vector<BodyMark> marks;   // as given
  double top = 0;                // the row at the upper edge; rows are 20 px high, whatever a scroll bar can count
  float scroll = 0;              // ImGui's, as last seen
  bool scroll_set = false;       // by us, in the last frame
  double worked_ms = -1000, touched_ms = -1000;
  bool focus_text = false;       // the text shall have the keyboard
  bool find_open = false, focus_find = false;
  std::string wanted;
  int clicks = 0;                // of the press under way, as in Selection
  ByteRange pressed;             // the word or line it began with
  double pressed_ms = 0;
  std::vector<std::string> head;  // the first rows as text, for the mirror
  std::size_t head_of = 0;        // of how many rows it was made
};

}  // namespace blindspot
