// The layout: one designed page, two columns from 1000 px, one below it, everything in one place to scroll.
#include <algorithm>
#include <cmath>

#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

constexpr float margin = 16, between = 16, header_height = 48, left_width = 392, widest = 1440;

// Places a card at x, at the current height of its column.
struct Column {
  float x, y, width;
  void begin() const { ImGui::SetCursorScreenPos({x, y}); }
  void end(float space = between) { y = ImGui::GetItemRectMax().y + space; }
};

void draw_two(const Ui& ui, const PageView& page, Column column) {
  // Evidence and fix stand side by side where there is room.
  if (column.width < 700) {
    column.begin();
    draw_evidence_panel(ui, page.diagnosis, column.width);
    column.end();
    column.begin();
    draw_fix_panel(ui, page, column.width);
    column.end();
    return;
  }
  const float half = (column.width - between) / 2;
  Column left{column.x, column.y, half}, right{column.x + half + between, column.y, half};
  left.begin();
  draw_evidence_panel(ui, page.diagnosis, half);
  left.end();
  left.begin();
  draw_more_panel(ui, page.diagnosis, half);
  left.end();
  right.begin();
  draw_fix_panel(ui, page, half);
  right.end();
  ImGui::SetCursorScreenPos({column.x, std::max(left.y, right.y)});
  ImGui::Dummy({1, 1});
}

void draw_reasons(const Ui& ui, const PageView& page, Column& column) {
  draw_two(ui, page, column);
  column.end();
  if (column.width >= 700) return;
  column.begin();
  draw_more_panel(ui, page.diagnosis, column.width);
  column.end();
}

void draw_outcome(const Ui& ui, const PageView& page, Column& column) {
  column.begin();
  draw_outcome_panel(ui, page, column.width);
  column.end();
}

void draw_answer(const Ui& ui, const PageView& page, const State& state, Column& column) {
  column.begin();
  draw_verdict_panel(ui, page.diagnosis, column.width);
  column.end();
  if (!page.wire.arrows.empty()) {
    column.begin();
    draw_wire_panel(ui, page.wire, column.width);
    column.end();
  }
  // A body is evidence and stands before the reasons; where nothing came, that it did not can wait.
  const bool has_answer = page.outcome.shown && state.record->call.observation.response;
  if (has_answer) draw_outcome(ui, page, column);
  if (!page.diagnosis.why.empty()) draw_reasons(ui, page, column);
  if (page.outcome.shown && !has_answer) draw_outcome(ui, page, column);
}

void draw_send_screen(const Ui& ui, const PageView& page, const State& state, ImVec2 at, float room) {
  const std::string_view starters = say(Label::start_with_a_fault, ui.language);
  const float edge = ui.width < 560 ? 8 : margin;
  if (ui.width >= 1000) {
    const float all = std::min(room - 2 * edge, widest), x = at.x + (room - all) / 2;
    Column left{x, at.y + margin, left_width}, right{x + left_width + between, at.y + margin, all - left_width - between};
    left.begin();
    draw_request_panel(ui, page.request, left.width);
    left.end();
    left.begin();
    draw_cases_panel(ui, page.starters, starters, left.width, true);
    left.end();
    draw_answer(ui, page, state, right);
    ImGui::SetCursorScreenPos({x, std::max(left.y, right.y)});
    ImGui::Dummy({1, 1});
    return;
  }
  Column only{at.x + edge, at.y + edge, room - 2 * edge};
  only.begin();
  draw_request_panel(ui, page.request, only.width);
  only.end(12);
  draw_answer(ui, page, state, only);
  only.begin();
  draw_cases_panel(ui, page.starters, starters, only.width, true);
  only.end();
}

// A side to write on, and a side that answers; below one another where there is no room.
template <class Left, class Right>
void draw_two_sides(const Ui& ui, ImVec2 at, float room, Left draw_left, Right draw_right) {
  const float edge = ui.width < 560 ? 8 : margin;
  const bool two = ui.width >= 1000;
  const float all = std::min(room - 2 * edge, widest), x = at.x + (room - all) / 2;
  Column left{x, at.y + edge, two ? left_width : all};
  left.begin();
  ImGui::BeginGroup();
  draw_left(left.width);
  ImGui::EndGroup();
  left.end();
  Column right = two ? Column{x + left_width + between, at.y + edge, all - left_width - between} : left;
  right.begin();
  ImGui::BeginGroup();
  draw_right(right.width);
  ImGui::EndGroup();
  right.end();
  ImGui::SetCursorScreenPos({x, std::max(left.y, right.y)});
  ImGui::Dummy({1, 1});
}

void draw_catalogue_screen(const Ui& ui, const PageView& page, ImVec2 at, float room) {
  const float edge = ui.width < 560 ? 8 : margin;
  const float all = std::min(room - 2 * edge, widest), x = at.x + (room - all) / 2;
  ImGui::SetCursorScreenPos({x, at.y + edge});
  ImGui::BeginGroup();
  heading(ui, "catalogue.title", say(Label::screen_catalogue, ui.language), verdict_style(ui), all, 2);
  gap(2);
  paragraph(ui, "catalogue.hint", say(Label::case_list_hint, ui.language), in_color(text_style(ui), ui.palette.muted), all);
  ImGui::EndGroup();
  const float top = ImGui::GetItemRectMax().y + 12;
  const int columns = all >= 1080 ? 3 : all >= 700 ? 2 : 1;
  const float width = (all - between * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  std::vector<Column> place;
  for (int i = 0; i < columns; ++i) place.push_back({x + static_cast<float>(i) * (width + between), top, width});
  for (const CaseGroup& group : page.catalogue) {
    Column& shortest = *std::min_element(place.begin(), place.end(), [](const Column& a, const Column& b) { return a.y < b.y; });
    shortest.begin();
    draw_cases_panel(ui, {CaseGroup{group.id, "", group.rows}}, group.title, shortest.width, false);
    shortest.end();
  }
  const Column& longest = *std::max_element(place.begin(), place.end(), [](const Column& a, const Column& b) { return a.y < b.y; });
  ImGui::SetCursorScreenPos({x, longest.y});
  ImGui::Dummy({1, 1});
}

void draw_selection_bar(const Ui& ui, const PageView& page, ImVec2 min, ImVec2 max) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, ui.palette.panel);
  draw->AddLine(min, {max.x, min.y}, ui.palette.line);
  if (ImGui::IsMouseHoveringRect(min, max)) ui.selection.pressed = true;
  ImGui::SetCursorScreenPos({min.x + 16, min.y + 8});
  copy_button(ui, "selection.copy", ui.selection.chosen, page.copied, page.copy_failed, 42);
  const Style note = in_color(note_style(ui), ui.palette.muted);
  ImGui::SameLine(0, 12);
  draw_text({ImGui::GetCursorScreenPos().x, min.y + std::floor((max.y - min.y - note.line) / 2)}, text_of_bytes(ui.selection.chosen.size(), ui.language), note);
}

// The way to the page without a canvas, and back.
void draw_switch(const Ui& ui, float x) {
  const platform::Environment& around = platform::environment();
  if (!around.can_paint) return;
  ImGui::SetCursorScreenPos({x, ImGui::GetCursorScreenPos().y});
  if (button(ui, "page.switch", say(around.plain ? Label::canvas_page : Label::plain_page, ui.language), ButtonKind::quiet)) platform::switch_page();
  gap(12);
}

}  // namespace

void draw_page(const Ui& ui, const PageView& page, const State& state) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, ui.palette.page);
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, ui.palette.line);
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabHovered, ui.palette.muted);
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabActive, ui.palette.muted);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, 10);
  ImGui::Begin("page", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
  draw_header_panel(ui, page);
  ImGui::SetCursorScreenPos({0, header_height});
  // A finger has no keys: what it has selected is copied by a bar at the lower edge.
  const float bar_height = ui.touch && ui.selection.shown ? 58 : 0;
  ImGui::BeginChild("scroll", {size.x, size.y - header_height - bar_height}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_NoBackground);
  if (const float by = platform::mirror_scrolled(); by != 0) ImGui::SetScrollY(ImGui::GetScrollY() + by);
  // The bar at the top scrolls nothing of its own: a wheel turned above it is meant for the page.
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseWheel != 0 && io.MousePos.y >= 0 && io.MousePos.y < header_height) ImGui::SetScrollY(ImGui::GetScrollY() - io.MouseWheel * 5 * ImGui::GetFontSize());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;  // the scroll bar takes its share
  if (page.screen == Screen::send) draw_send_screen(ui, page, state, at, room);
  else if (page.screen == Screen::court)
    draw_two_sides(ui, at, room, [&](float width) { draw_court_left(ui, page, state, width); }, [&](float width) { draw_court_right(ui, page, width); });
  else if (page.screen == Screen::desk)
    draw_two_sides(ui, at, room, [&](float width) { draw_desk_left(ui, page, width); }, [&](float width) { draw_desk_right(ui, page, width); });
  else draw_catalogue_screen(ui, page, at, room);
  draw_switch(ui, at.x + 8);
  ImGui::EndChild();
  if (bar_height > 0) draw_selection_bar(ui, page, {0, size.y - bar_height}, {size.x, size.y});
  ImGui::End();
  ImGui::PopStyleVar(5);
  ImGui::PopStyleColor(4);
}

}  // namespace blindspot
