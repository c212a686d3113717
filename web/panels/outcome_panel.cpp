// What the page's code saw: one line of facts, then body, headers or events.
#include <algorithm>

#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

void draw_facts(const Ui& ui, const OutcomeView& view, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Style strong{type::list, 22, Weight::semibold, ink_of(ui.palette, view.meaning)};
  const Style plain{type::data, 22, Weight::mono, ui.palette.text};
  float x = at.x;
  auto put = [&](std::string_view text, const Style& style) {
    if (text.empty()) return;
    draw_text({x, at.y}, text, style, at.x + width - x);
    x += text_width(text, style) + 18;
  };
  put(view.outcome, strong);
  const std::string status = std::string(say(Label::status, ui.language)) + " " + view.status;
  put(status, plain);
  put(view.size, plain);
  put(view.time, plain);
  ImGui::Dummy({width, 22});
  const std::string all = view.outcome + ", " + status + (view.size.empty() ? "" : ", " + view.size) + (view.time.empty() ? "" : ", " + view.time);
  ImVec2 min = at, max{at.x + width, at.y + 22};
  platform::mirror({.role = platform::Role::status, .id = "outcome.facts", .name = all, .min = min, .max = max});
}

// What is read of a body, whatever of it is scrolled into sight: its first lines, and the one a finding points at. `at` is the first line's place.
void mirror_body(const Ui& ui, const OutcomeView& view, const Record& record, ImVec2 at, float width, float line_height) {
  constexpr std::size_t most_lines = 200, most_bytes = 64 * 1024;
  std::size_t line = 1, bytes = 0;
  const auto put = [&] {
    const float y = at.y + static_cast<float>(line - 1) * line_height;
    const std::string text = body_line(record, line, 4000, ui.language);
    bytes += text.size();
    platform::mirror({.role = platform::Role::listitem, .name = text, .min = {at.x, y}, .max = {at.x + width, y + line_height}, .selected = line == view.marked_line});
  };
  platform::mirror_begin_group("outcome.body", platform::Role::list, say(Label::response_body, ui.language));
  for (; line <= view.body_lines && line <= most_lines && bytes < most_bytes; ++line) put();
  const std::size_t shown = line - 1;
  if (view.marked_line > shown) line = view.marked_line, put();
  platform::mirror_end_group();
  if (shown < view.body_lines)
    platform::mirror({.role = platform::Role::text, .id = "outcome.body.more", .name = say(Label::lines_shown, ui.language, shown), .min = at, .max = at});
}

void draw_body(const Ui& ui, const OutcomeView& view, const Record& record, float width, std::uint64_t number) {
  const Style style = data_style(ui);
  constexpr std::size_t most = 4000;  // bytes of one line; more is cut, and says so
  const float rows = static_cast<float>(std::min<std::size_t>(view.body_lines, 14));
  const float height = rows * style.line + 16 + ImGui::GetStyle().ScrollbarSize;
  const float digits = text_width(std::to_string(view.body_lines), style) + 22;
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ui.palette.inset);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 6);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 8});
  const std::string id = "body." + std::to_string(number);
  ImGui::BeginChild(id.c_str(), {width, height}, ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_HorizontalScrollbar);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(std::min<std::size_t>(view.body_lines, 2000000)), style.line);
  mirror_body(ui, view, record, ImGui::GetCursorScreenPos(), width, style.line);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const std::size_t line = static_cast<std::size_t>(i) + 1;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const std::string text = body_line(record, line, most, ui.language), label = std::to_string(line);
      const float wide = text_width(text, style);
      if (line == view.marked_line) {
        ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y}, {at.x + std::max(width, digits + wide), at.y + style.line}, ui.palette.bad_back);
        draw_text({at.x + 2, at.y}, "\u25b8", in_color(style, ui.palette.bad));
      }
      draw_text({at.x + digits - 10 - text_width(label, style), at.y}, label, in_color(style, ui.palette.muted));
      draw_text({at.x + digits, at.y}, text, style);
      ImGui::Dummy({digits + wide + 12, style.line});
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
}

void draw_table(const Ui& ui, std::string_view id, std::string_view title, const std::vector<std::array<std::string, 2>>& rows, float left, float width) {
  const Style name = in_color(data_style(ui), ui.palette.muted), value = data_style(ui);
  platform::mirror_begin_group(id, platform::Role::list, title);
  for (const auto& row : rows) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_text({at.x, at.y}, row[0], name, left - 8);
    float y = at.y;
    for (const Line& line : set_lines(row[1], width - left, [&](std::string_view text, bool) { return text_width(text, value); })) {
      for (const Piece& piece : line) draw_text({at.x + left + piece.x, y}, piece.text, value);
      y += value.line;
    }
    const float height = std::max(y, at.y + value.line) - at.y;
    ImGui::Dummy({width, height});
    ImGui::GetWindowDrawList()->AddLine({at.x, at.y + height + 2}, {at.x + width, at.y + height + 2}, ui.palette.line);
    ImVec2 min = at, max{at.x + width, at.y + height};
    platform::mirror({.role = platform::Role::listitem, .id = "", .name = row[0] + ": " + row[1], .min = min, .max = max});
    gap(5);
  }
  platform::mirror_end_group();
}

}  // namespace

void draw_outcome_panel(const Ui& ui, const PageView& page, const Record& record, float width) {
  const OutcomeView& view = page.outcome;
  if (!view.shown) return;
  const Card card(ui, "outcome", width);
  const float inner = card.inner();
  heading(ui, "outcome.title", say(Label::page_saw, ui.language), card_title_style(ui), inner, 3);
  gap(4);
  draw_facts(ui, view, inner);
  gap(4);
  platform::mirror_begin_group("outcome.tabs", platform::Role::tab, say(Label::page_saw, ui.language));
  for (std::size_t i = 0; i < view.tabs.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, 14);
    if (tab(ui, view.tabs[i].id, view.tabs[i].text, view.tabs[i].chosen)) ui.commands.push_back(command::ChooseOutcomeTab{view.tabs[i].tab});
  }
  platform::mirror_end_group();
  if (view.tab == OutcomeTab::body && view.body_lines > 0) {
    ImGui::SameLine(0, 14);
    copy_button(ui, "outcome.copy", record.call.observation.response->body, page.copied, page.copy_failed);
  }
  gap(8);
  platform::mirror_begin_group("outcome.panel", platform::Role::tabpanel, "");
  if (!view.remark.empty()) {
    paragraph(ui, "outcome.remark", view.remark, in_color(list_style(ui), ui.palette.muted), inner);
  } else if (view.tab == OutcomeTab::body) {
    draw_body(ui, view, record, inner, page.record_number);
  } else if (view.tab == OutcomeTab::headers) {
    std::vector<std::array<std::string, 2>> rows;
    for (const Header& header : view.headers) rows.push_back({header.name, header.value});
    draw_table(ui, "outcome.headers", say(Label::response_headers, ui.language), rows, std::min(220.0f, inner * 0.4f), inner);
  } else {
    std::vector<std::array<std::string, 2>> rows;
    for (const EventView& event : view.events) rows.push_back({event.time, event.name + (event.size.empty() ? "" : "  " + event.size)});
    draw_table(ui, "outcome.events", say(Label::events, ui.language), rows, 80, inner);
  }
  platform::mirror_end_group();
}

}  // namespace blindspot
