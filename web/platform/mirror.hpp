// What of the drawn frame do assistive technology and tests read?
// Panels register what they drew, in reading order, each frame; after the frame the hidden DOM is brought into line.
// Real clicks go to the canvas: mirror elements have no pointer events, but answer click() and a screen reader's press.
#pragma once

#include "imgui.h"

#include <optional>
#include <string>
#include <string_view>

namespace blindspot::platform {

enum class Role {
  button, link, tab, checkbox, radio, textbox, combobox, option,
  heading, text, code, list, listitem, table, row, columnheader, cell, status, image, group,
};

struct MirrorItem {
  Role role = Role::text;
  std::string_view id;     // stable, the same in every language, unique in a frame; may be empty for plain text
  std::string_view name;   // what is read out: label, or the text itself
  ImVec2 min, max;         // CSS pixels, clipped to what is visible; min == max: scrolled away
  std::string_view value;  // of a textbox or combobox
  int level = 0;           // of a heading, 1..6
  bool disabled = false;
  bool checked = false;    // checkbox, radio
  bool selected = false;   // tab, option
  bool focused = false;    // has ImGui's keyboard focus
  bool multiline = false;
  bool password = false;   // value is then never copied to the DOM
};

// Registers one item of the frame being drawn. The strings are copied.
void mirror(const MirrorItem& item);

// As mirror, with rectangle, clipping, focus and disabled taken from ImGui's last item.
void mirror_last_item(Role role, std::string_view id, std::string_view name, MirrorItem rest = {});

// Everything registered between the two belongs to the group: list, listitem, table, row, cell or group; and the set of
// a kind is told by that kind: Role::tab (tab list), Role::radio (radio group), Role::option (list box).
void mirror_begin_group(std::string_view id, Role role, std::string_view name);
void mirror_end_group();

// True once after the mirror's element was pressed (click, Enter, a screen reader, a test).
bool mirror_activated(std::string_view id);

// The new text, once, after the mirror's own textbox was edited.
std::optional<std::string> mirror_edited(std::string_view id);

// True once when the mirror's element has asked to be brought into view or focused.
bool mirror_focus_requested(std::string_view id);

}  // namespace blindspot::platform
