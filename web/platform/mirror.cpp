// Which items did the frame register, and what did the mirror's elements answer?
// A frame's items are written as one string of records; when it differs from the last one sent, mirror.js brings the
// DOM into line. The string is also what window.__blindspot.items() reads.
#include "web/platform/mirror.hpp"

#include "web/platform/bridge.hpp"
#include "web/platform/platform.hpp"

#include "imgui_internal.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace blindspot::platform {
namespace {

constexpr char field_end = '\x1f';
constexpr char record_end = '\x1e';
constexpr double between_updates_ms = 100.0;  // while frames follow each other (scrolling)
constexpr int answer_lives_frames = 4;

// As mirror.js numbers them: the order of Role.
enum Flag { flag_disabled = 1, flag_checked = 2, flag_selected = 4, flag_focused = 8, flag_multiline = 16, flag_password = 32 };

enum class AnswerKind { activated, edited, focus };

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

void append_item(char kind, const MirrorItem& item) {
  the_mirror.records.push_back(kind);
  the_mirror.records.push_back(field_end);
  append_number(static_cast<float>(item.role));
  append_field(item.id);
  append_field(item.name);
  append_field(item.password ? std::string_view() : item.value);
  append_number(item.min.x);
  append_number(item.min.y);
  append_number(std::max(item.max.x - item.min.x, 0.0f));
  append_number(std::max(item.max.y - item.min.y, 0.0f));
  append_number(static_cast<float>(item.level));
  append_number(static_cast<float>((item.disabled ? flag_disabled : 0) | (item.checked ? flag_checked : 0) |
                                   (item.selected ? flag_selected : 0) | (item.focused ? flag_focused : 0) |
                                   (item.multiline ? flag_multiline : 0) | (item.password ? flag_password : 0)));
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
  ImRect seen = g.LastItemData.Rect;
  seen.ClipWithFull(g.CurrentWindow->ClipRect);
  rest.min = seen.Min;
  rest.max = seen.Max.x > seen.Min.x && seen.Max.y > seen.Min.y ? seen.Max : seen.Min;
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

bool mirror_focus_requested(std::string_view id) { return take_answer(AnswerKind::focus, id).has_value(); }

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

// The inbox holds the id, and for an edit the new text after a field end.
BLINDSPOT_EXPORT void bs_mirror_answer(int kind, int length) {
  const std::string_view words = inbox(length);
  const std::size_t cut = words.find(field_end);
  Answer answer;
  answer.kind = static_cast<AnswerKind>(kind);
  answer.id = words.substr(0, cut);
  if (cut != std::string_view::npos) answer.text = words.substr(cut + 1);
  the_mirror.answers.push_back(std::move(answer));
  run_frames_now();
}

}  // namespace blindspot::platform
