// What of the drawn frame do assistive technology and tests read, and what does a browser show that cannot draw it?
// Panels register what they drew, in reading order, each frame; after the frame the DOM is brought into line: a hidden
// one over the canvas, which answers click() and a screen reader's press, or the plain page itself (Environment::plain).
#pragma once

#include "imgui.h"

#include <optional>
#include <string>
#include <string_view>

namespace blindspot::platform {

enum class Role {
  button, link, tab, checkbox, radio, textbox, combobox, option,
  heading, text, code, list, listitem, table, row, columnheader, cell, status, image, group,
  section, navigation, tabpanel,
};

struct MirrorItem {
  Role role = Role::text;
  std::string_view id;     // stable, the same in every language, unique in a frame; may be empty for plain text
  std::string_view name;   // what is read out: label, or the text itself
  ImVec2 min, max;         // CSS pixels; what of it is visible is found by the window's clipping
  std::string_view value;  // of a textbox or combobox
  std::string_view hint;   // what an empty textbox shows
  int level = 0;           // of a heading, 1..6
  bool disabled = false;
  bool checked = false;    // checkbox, radio
  bool selected = false;   // tab, option; the chosen button of several
  bool expanded = false;   // what the button opens is there
  bool opens = false;      // the button opens a list
  bool invalid = false;    // textbox; texts with the ids `id`.note.N, or those of a part before a dot, say why
  bool focused = false;    // has ImGui's keyboard focus
  bool multiline = false;
  bool password = false;   // value is then never copied to the DOM
};

// Registers one item of the frame being drawn. The strings are copied.
void mirror(const MirrorItem& item);

// As mirror, with rectangle, clipping, focus and disabled taken from ImGui's last item.
void mirror_last_item(Role role, std::string_view id, std::string_view name, MirrorItem rest = {});

// Everything registered between the two belongs to the group: list, listitem, table, row, cell, group, section (a card),
// navigation or tabpanel (of the tab list before it); and the set of a kind is told by that kind: Role::tab (tab list),
// Role::radio (radio group), Role::option (list box).
void mirror_begin_group(std::string_view id, Role role, std::string_view name);
void mirror_end_group();

// True once after the mirror's element was pressed (click, Enter, a screen reader, a test).
bool mirror_activated(std::string_view id);

// The new text, once, after the mirror's own textbox was edited.
std::optional<std::string> mirror_edited(std::string_view id);

// By how many pixels the view has to be scrolled to show what assistive technology has asked to see; 0: nothing asked.
float mirror_scrolled();

}  // namespace blindspot::platform
