// The smallest fix: code by product, words around it, the caller's side, the good twin.
#include "web/panels/form.hpp"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

void draw_fix_panel(const Ui& ui, const PageView& page, float width) {
  const DiagnosisView& view = page.diagnosis;
  const Card card(ui, "fix", width);
  const float inner = card.inner();
  heading(ui, "fix.title", say(Label::fix_server, ui.language), card_title_style(ui), inner, 3);
  if (view.repair.shown) {
    gap(4);
    draw_repair(ui, view.repair, page, "fix", inner);
    gap(4);
  } else if (!view.fix_tabs.empty()) {
    const FixTab& chosen = view.fix_tabs[view.fix_tab];
    gap(2);
    std::vector<ChoiceView> tabs;
    for (const FixTab& each : view.fix_tabs) tabs.push_back({each.id, each.title, &each == &chosen});
    if (auto pressed = draw_tabs(ui, "fix.tabs", say(Label::fix_server, ui.language), tabs, inner)) ui.commands.push_back(command::ChooseFixTab{*pressed});
    gap(6);
    platform::mirror_begin_group("fix.panel", platform::Role::tabpanel, chosen.title);
    code_block(ui, "fix.code", chosen.code, inner);
    gap(8);
    copy_button(ui, "fix.copy", chosen.code, page.copied, page.copy_failed);
    platform::mirror_end_group();
    gap(4);
  }
  gap(4);
  prose(ui, "fix.words", view.fix_words, list_style(ui), inner);
  if (!view.fix_caller.empty()) {
    gap(12);
    heading(ui, "fix.caller.title", say(Label::fix_caller, ui.language), card_title_style(ui), inner, 3);
    gap(4);
    prose(ui, "fix.caller", view.fix_caller, list_style(ui), inner);
  }
  if (view.can_run_good_twin) {
    gap(12);
    const Label label = view.is_good_twin ? Label::back_to_fault : Label::run_good_twin;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (button(ui, view.is_good_twin ? "case.fault_twin" : "case.good_twin", say(label, ui.language), ButtonKind::plain))
      ui.commands.push_back(command::ChooseCase{view.case_slug, view.is_good_twin ? Twin::faulty : Twin::good});
    const float next = ImGui::GetItemRectMax().x - at.x + 8;
    const Label link = page.copied != "case.copy_link" ? Label::copy_link : page.copy_failed ? Label::copy_failed : Label::copied;
    if (next + button_width(say(link, ui.language)) <= inner) ImGui::SameLine(0, 8);
    else gap(8);
    if (button(ui, "case.copy_link", say(link, ui.language), ButtonKind::plain)) ui.commands.push_back(command::Copy{"case.copy_link", view.link});
  }
}

}  // namespace blindspot
