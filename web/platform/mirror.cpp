// Which items did the frame register, and what did the mirror's elements answer?
// A frame's items are written as one string of records; when it differs from the last one sent, mirror.js brings the
// DOM into line. The string is also what window.__blindspot.items() reads.
#include "web/platform/mirror.hpp"

#include "web/platform/bridge.hpp"
#include "web/platform/platform.hpp"

#include "imgui_internal.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <vector>

namespace blindspot::platform {
namespace {

constexpr char field_end = '\x1f';
constexpr char record_end = '\x1e';
constexpr double between_updates_ms = 100.0;  // while frames follow each other (scrolling)
constexpr int answer_lives_frames = 4;

// As mirror.js numbers them: the order of Role.
enum Flag {
  flag_disabled = 1, flag_checked = 2, flag_selected = 4, flag_focused = 8, flag_multiline = 16, flag_password = 32,
  flag_expanded = 64, flag_opens = 128, flag_invalid = 256,
};

enum class AnswerKind { activated, edited, focus, scrolled };

struct Answer {
  AnswerKind kind;
  std::string id;
  std::string text;
  int frames_left = answer_lives_frames;
};

struct Mirror {
  std::string records, sent;
  double sent_ms = 0;
  std::vector<Answer> answers;
  std::map<std::string, std::string, std::less<>> secrets;  // as last typed in the mirror's own password fields, by id
  int stops = 0, focused_stop = -1;  // tab stops of the frame
};

Mirror the_mirror;

void append_field(std::string_view text) {
  std::string& out = the_mirror.records;
  for (const char c : text) out.push_back(c == field_end || c == record_end ? ' ' : c);
  out.push_back(field_end);
}

void append_number(float value) {
  the_mirror.records += std::to_string(static_cast<int>(std::lround(value)));
  the_mirror.records.push_back(field_end);
}

void append_rect(ImVec2 min, ImVec2 max) {
  append_number(min.x);
  append_number(min.y);
  append_number(std::max(max.x - min.x, 0.0f));
  append_number(std::max(max.y - min.y, 0.0f));
}

// The whole of it and what of it can be seen. A plain page has places of its own.
void append_place(const MirrorItem& item) {
  if (environment().plain) {
    append_rect({}, {});
    append_rect({}, {});
    return;
  }
  const ImRect clip = GImGui->CurrentWindow->ClipRect;
  const ImVec2 min = ImMax(item.min, clip.Min), max = ImMin(item.max, clip.Max);
  append_rect(item.min, item.max);
  append_rect(min, min.x < max.x && min.y < max.y ? max : min);
}

// Of a secret the document is told only whether it is what was typed there, something else, or nothing.
std::string_view value_of(const MirrorItem& item) {
  if (!item.password) return item.value;
  if (item.value.empty()) return {};
  const auto typed = the_mirror.secrets.find(item.id);
  return typed != the_mirror.secrets.end() && typed->second == item.value ? "=" : "*";
}

void append_item(char kind, const MirrorItem& item) {
  the_mirror.records.push_back(kind);
  the_mirror.records.push_back(field_end);
  append_number(static_cast<float>(item.role));
  append_field(item.id);
  append_field(item.name);
  append_field(value_of(item));
  append_field(item.hint);
  append_place(item);
  append_number(static_cast<float>(item.level));
  append_number(static_cast<float>((item.disabled ? flag_disabled : 0) | (item.checked ? flag_checked : 0) |
                                   (item.selected ? flag_selected : 0) | (item.focused ? flag_focused : 0) |
                                   (item.multiline ? flag_multiline : 0) | (item.password ? flag_password : 0) |
                                   (item.expanded ? flag_expanded : 0) | (item.opens ? flag_opens : 0) |
                                   (item.invalid ? flag_invalid : 0)));
  the_mirror.records.push_back(record_end);
}

bool is_tab_stop(const MirrorItem& item) {
  if (item.disabled) return false;
  switch (item.role) {
    case Role::button:
    case Role::link:
    case Role::tab:
    case Role::checkbox:
    case Role::radio:
    case Role::textbox:
    case Role::combobox:
    case Role::option: return true;
    default: return false;
  }
}

std::optional<std::string> take_answer(AnswerKind kind, std::string_view id) {
  std::vector<Answer>& answers = the_mirror.answers;
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&](const Answer& answer) { return answer.kind == kind && answer.id == id; });
  if (found == answers.end()) return std::nullopt;
  std::string text = std::move(found->text);
  answers.erase(found);
  request_frames();
  return text;
}

}  // namespace

void mirror(const MirrorItem& item) {
  append_item('i', item);
  if (!is_tab_stop(item)) return;
  if (item.focused) the_mirror.focused_stop = the_mirror.stops;
  ++the_mirror.stops;
}

void mirror_last_item(Role role, std::string_view id, std::string_view name, MirrorItem rest) {
  const ImGuiContext& g = *GImGui;
  rest.role = role;
  rest.id = id;
  rest.name = name;
  rest.min = g.LastItemData.Rect.Min;
  rest.max = g.LastItemData.Rect.Max;
  if (g.LastItemData.ID != 0 && take_answer(AnswerKind::focus, id)) {
    ImGui::SetFocusID(g.LastItemData.ID, g.CurrentWindow);  // the document has asked to scroll by itself
    ImGui::SetNavCursorVisible(true);
  }
  rest.disabled = rest.disabled || (g.LastItemData.ItemFlags & ImGuiItemFlags_Disabled) != 0;
  const bool editing = g.ActiveId == g.LastItemData.ID && ImGui::GetIO().WantTextInput;
  rest.focused = rest.focused || (g.LastItemData.ID != 0 && (g.NavId == g.LastItemData.ID && g.NavCursorVisible)) || editing;
  mirror(rest);
}

void mirror_begin_group(std::string_view id, Role role, std::string_view name) {
  MirrorItem item;
  item.role = role;
  item.id = id;
  item.name = name;
  append_item('g', item);
}

void mirror_end_group() {
  the_mirror.records.push_back('e');
  the_mirror.records.push_back(record_end);
}

bool mirror_activated(std::string_view id) { return take_answer(AnswerKind::activated, id).has_value(); }

std::optional<std::string> mirror_edited(std::string_view id) { return take_answer(AnswerKind::edited, id); }

float mirror_scrolled() {
  const std::optional<std::string> by = take_answer(AnswerKind::scrolled, "");
  return by ? std::strtof(by->c_str(), nullptr) : 0;
}

void mirror_begin_frame() {
  Mirror& m = the_mirror;
  m.stops = 0;
  m.focused_stop = -1;
  m.records.clear();
  for (Answer& answer : m.answers) --answer.frames_left;
  m.answers.erase(std::remove_if(m.answers.begin(), m.answers.end(), [](const Answer& a) { return a.frames_left < 0; }),
                  m.answers.end());
}

void mirror_end_frame(bool settled) {
  Mirror& m = the_mirror;
  if (m.records == m.sent) return;
  const double now = bs_now();
  if (!settled && now - m.sent_ms < between_updates_ms) return;
  m.sent = m.records;
  m.sent_ms = now;
  bs_mirror(m.sent.data(), static_cast<int>(m.sent.size()));
}

bool focus_is_at_end(bool backwards) {
  const Mirror& m = the_mirror;
  if (m.focused_stop < 0) return m.stops == 0;
  return m.focused_stop == (backwards ? 0 : m.stops - 1);
}

// The inbox holds the id, and for an edit the new text after a field end. `secret`: it comes from a password field.
BLINDSPOT_EXPORT void bs_mirror_answer(int kind, int length, int secret) {
  const std::string_view words = inbox(length);
  const std::size_t cut = words.find(field_end);
  Answer answer;
  answer.kind = static_cast<AnswerKind>(kind);
  answer.id = words.substr(0, cut);
  if (cut != std::string_view::npos) answer.text = words.substr(cut + 1);
  if (secret) the_mirror.secrets[answer.id] = answer.text;
  the_mirror.answers.push_back(std::move(answer));
  run_frames_now();
}

}  // namespace blindspot::platform
