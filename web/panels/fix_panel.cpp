// The smallest fix: code by product, words around it, the caller's side, the good twin.
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

void draw_fix_panel(const Ui& ui, const PageView& page, float width) {
  const DiagnosisView& view = page.diagnosis;
  const Card card(ui, "fix", width);
  const float inner = card.inner();
  heading(ui, "fix.title", say(Label::fix_server, ui.language), card_title_style(ui), inner, 3);
  if (!view.fix_tabs.empty()) {
    const FixTab& chosen = view.fix_tabs[view.fix_tab];
    gap(2);
    platform::mirror_begin_group("fix.tabs", platform::Role::tab, say(Label::fix_server, ui.language));
    float x = 0;
    for (std::size_t i = 0; i < view.fix_tabs.size(); ++i) {
      const float wide = text_width(view.fix_tabs[i].title, {type::list, 20, Weight::semibold, 0});
      if (i > 0 && x + 14 + wide < inner) ImGui::SameLine(0, 14), x += 14;
      else x = 0;
      x += wide;
      if (tab(ui, view.fix_tabs[i].id, view.fix_tabs[i].title, i == view.fix_tab)) ui.commands.push_back(command::ChooseFixTab{i});
    }
    platform::mirror_end_group();
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
