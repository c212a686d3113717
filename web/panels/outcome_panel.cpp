// What the page's code saw: one line of facts, then body, headers or events.
#include <algorithm>
#include <array>

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

void draw_table(const Ui& ui, std::string_view id, std::string_view title, const std::vector<std::array<std::string, 2>>& rows, float left, float width) {
  platform::mirror_begin_group(id, platform::Role::list, title);
  int number = 0;
  for (const auto& row : rows) {
    table_row(ui, std::string(id) + "." + std::to_string(number++), row[0], row[1], left, width);
    gap(5);
  }
  platform::mirror_end_group();
}

}  // namespace

void draw_outcome_panel(const Ui& ui, const PageView& page, float width) {
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
  const bool reads = view.tab == OutcomeTab::body && page.body && view.remark.empty();
  if (reads) draw_body_tools(ui, *page.body, page, inner);
  gap(8);
  platform::mirror_begin_group("outcome.panel", platform::Role::tabpanel, "");
  if (!view.remark.empty()) {
    paragraph(ui, "outcome.remark", view.remark, in_color(list_style(ui), ui.palette.muted), inner);
  } else if (view.tab == OutcomeTab::body) {
    if (reads) draw_body_panel(ui, *page.body, page, inner);
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
