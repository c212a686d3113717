// Faults to choose from, by family.
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

void draw_cases_panel(const Ui& ui, const std::vector<CaseGroup>& groups, std::string_view title, float width, bool with_all) {
  const std::string id = with_all ? "starters" : groups.front().id;
  const Card card(ui, "cases." + id, width);
  const float inner = card.inner();
  heading(ui, "cases." + id + ".title", title, card_title_style(ui), inner, with_all ? 2 : 3);
  for (const CaseGroup& group : groups) {
    if (group.rows.empty()) continue;
    gap(group.title.empty() ? 4 : 8);
    if (!group.title.empty()) {
      heading(ui, "cases.group." + group.id, group.title, {type::note, 20, Weight::semibold, ui.palette.muted}, inner, 3);
      gap(2);
    }
    platform::mirror_begin_group("cases." + group.id, platform::Role::list, group.title.empty() ? title : group.title);
    for (const CaseRow& row : group.rows)
      if (list_row(ui, "case." + row.slug, row.label, row.slug, row.chosen, inner)) ui.commands.push_back(command::ChooseCase{row.slug, Twin::faulty});
    platform::mirror_end_group();
  }
  if (!with_all) return;
  gap(10);
  if (button(ui, "cases.all", say(Label::all_faults, ui.language), ButtonKind::plain)) ui.commands.push_back(command::ChooseScreen{Screen::catalogue});
}

}  // namespace blindspot
