// Presses, drags and keys of text blocks. Nothing is measured but where a finger or pointer is.
#include "web/panels/selection.hpp"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"
#include "web/panels/kit.hpp"
#include "web/views/body_view.hpp"

namespace blindspot {

namespace {

bool is_inside(ImVec2 point, ImVec2 min, ImVec2 max) { return point.x >= min.x && point.x < max.x && point.y >= min.y && point.y < max.y; }

bool is_pointed_at(ImVec2 min, ImVec2 max) {
  const ImGuiContext& g = *GImGui;
  const ImGuiWindow* window = g.CurrentWindow;
  return g.HoveredWindow == window && g.HoveredId == 0 && is_inside(g.IO.MousePos, min, max) &&
         is_inside(g.IO.MousePos, window->ClipRect.Min, window->ClipRect.Max);
}

std::size_t offset_in(const TextRun& run, float x) {
  std::size_t best = 0;
  float left = 0;
  for (std::size_t at = 1; at <= run.text.size(); ++at) {
    if (at < run.text.size() && (static_cast<unsigned char>(run.text[at]) & 0xC0) == 0x80) continue;
    const float right = text_width(run.text.substr(0, at), *run.style);
    if (x < (left + right) / 2) break;
    best = at;
    left = right;
  }
  return best;
}

// The offset nearest to a point: on the line at its height, in the run at its side.
std::size_t offset_near(std::string_view text, const std::vector<TextRun>& runs, ImVec2 point) {
  const TextRun* best = nullptr;
  float best_distance = 1e30f;
  for (const TextRun& run : runs) {
    const float width = text_width(run.text, *run.style);
    const float down = std::max({run.at.y - point.y, point.y - run.at.y - run.style->line, 0.0f});
    const float aside = std::max({run.at.x - point.x, point.x - run.at.x - width, 0.0f});
    const float distance = down * 10000 + aside;
    if (distance >= best_distance) continue;
    best = &run;
    best_distance = distance;
  }
  if (!best) return 0;
  return static_cast<std::size_t>(best->text.data() - text.data()) + offset_in(*best, point.x - best->at.x);
}

ByteRange line_around(std::string_view text, std::size_t offset) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return {before == std::string_view::npos ? 0 : before + 1, std::min(text.find('\n', offset), text.size())};
}

ByteRange unit_at(std::string_view text, std::size_t offset, int clicks) {
  if (clicks <= 1) return {offset, offset};
  const ByteRange line = line_around(text, offset);
  return clicks == 2 ? word_in(text, offset, line) : line;
}

void take_press(Selection& selection, ImGuiID block, std::string_view text, std::size_t offset) {
  const ImGuiIO& io = ImGui::GetIO();
  selection.pressed = true;
  if (io.KeyShift && selection.block == block) {
    selection.caret = offset;
    selection.clicks = 1;
    selection.from = selection.to = selection.anchor;
    return;
  }
  // A finger that is held selects a word; one that taps does so for a moment.
  const bool finger = io.MouseSource == ImGuiMouseSource_TouchScreen;
  selection.clicks = finger ? 2 : std::min<int>(io.MouseClickedCount[0], 3);
  const ByteRange unit = unit_at(text, offset, selection.clicks);
  selection.block = block;
  selection.anchor = selection.from = unit.from;
  selection.caret = selection.to = unit.to;
}

void follow_drag(Selection& selection, std::string_view text, std::size_t offset) {
  const ByteRange unit = unit_at(text, offset, selection.clicks);
  const bool backwards = unit.from < selection.from;
  selection.anchor = backwards ? selection.to : selection.from;
  selection.caret = backwards ? unit.from : std::max(unit.to, selection.to);
}

}  // namespace

void Selection::end_frame() {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseReleased(ImGuiMouseButton_Left)) clicks = 0;
  const bool copies = !io.WantTextInput && (io.KeyCtrl || io.KeySuper) && ImGui::IsKeyPressed(ImGuiKey_C, false);
  if (copies && !chosen.empty()) platform::give_selection(chosen);
  if (shown == chosen.empty()) platform::request_frames(1);
  shown = !chosen.empty();
  if (!pressed && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) *this = {};
}

ImU32 selection_color(const Ui& ui) { return (ui.palette.accent & 0x00ffffff) | 0x40000000; }

bool concerns_selection(const Ui& ui, ImGuiID block, ImVec2 min, ImVec2 max) { return ui.selection.block == block || is_pointed_at(min, max); }

void select_text(const Ui& ui, ImGuiID block, std::string_view text, const std::vector<TextRun>& runs, ImVec2 min, ImVec2 max, bool ticks) {
  Selection& selection = ui.selection;
  const ImGuiIO& io = ImGui::GetIO();
  if (is_pointed_at(min, max)) {
    const bool free = GImGui->ActiveId == 0 || selection.clicks > 0;
    if (free) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) take_press(selection, block, text, offset_near(text, runs, io.MousePos));
  }
  if (selection.block != block) return;
  selection.anchor = std::min(selection.anchor, text.size());
  selection.caret = std::min(selection.caret, text.size());
  if (selection.clicks > 0 && !selection.pressed && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2))
    follow_drag(selection, text, offset_near(text, runs, io.MousePos));
  // A tap was no selection.
  if (ImGui::IsMouseReleased(ImGuiMouseButton_Left) && io.MouseSource == ImGuiMouseSource_TouchScreen && io.MouseDownDurationPrev[0] < 0.2f && !ImGui::IsMouseDragPastThreshold(0))
    selection.anchor = selection.caret;
  const std::size_t from = std::min(selection.anchor, selection.caret), to = std::max(selection.anchor, selection.caret);
  if (from == to) return;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (const TextRun& run : runs) {
    const auto start = static_cast<std::size_t>(run.text.data() - text.data());
    if (to <= start || from >= start + run.text.size()) continue;
    const std::size_t first = std::max(from, start) - start, last = std::min(to - start, run.text.size());
    draw->AddRectFilled({run.at.x + text_width(run.text.substr(0, first), *run.style), run.at.y},
                        {run.at.x + text_width(run.text.substr(0, last), *run.style), run.at.y + run.style->line}, selection_color(ui));
  }
  const std::string_view chosen = text.substr(from, to - from);
  selection.kept = ticks ? without_backticks(chosen) : std::string(chosen);
  selection.give(selection.kept);
}

}  // namespace blindspot
