// The verdict in one sentence, or, before there is one, the first step.
#include <algorithm>

#include "web/panels/form.hpp"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

void draw_candidates(const Ui& ui, const std::vector<CandidateView>& candidates, float width) {
  gap(10);
  heading(ui, "diagnosis.candidates.title", say(Label::candidates, ui.language), card_title_style(ui), width, 3);
  gap(2);
  platform::mirror_begin_group("diagnosis.candidates", platform::Role::list, say(Label::candidates, ui.language));
  // Where all are equally sure the chip above says it for them.
  const bool differ = std::any_of(candidates.begin(), candidates.end(), [&](const CandidateView& each) { return each.certainty != candidates[0].certainty; });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const CandidateView& candidate = candidates[i];
    std::string label = std::to_string(i + 1) + ". " + candidate.title;
    if (differ) label += "  \u00b7  " + candidate.certainty;
    if (list_row(ui, "finding." + candidate.slug, label, candidate.slug, candidate.chosen, width)) ui.commands.push_back(command::ChooseFinding{i});
  }
  platform::mirror_end_group();
}

void draw_empty(const Ui& ui, float width) {
  const Card card(ui, "verdict", width);
  gap(6);
  heading(ui, "verdict.title", say(Label::empty_title, ui.language), verdict_style(ui), card.inner(), 2);
  gap(6);
  paragraph(ui, "verdict.sentence", say(Label::empty_sentence, ui.language), text_style(ui), card.inner());
  gap(10);
  paragraph(ui, "verdict.step", say(Label::empty_step, ui.language), in_color(text_style(ui), ui.palette.muted), card.inner());
  gap(6);
}

}  // namespace

void draw_verdict_panel(const Ui& ui, const DiagnosisView& view, float width) {
  const VerdictView& verdict = view.verdict;
  if (!verdict.shown) return draw_empty(ui, width);
  const Card card(ui, "verdict", width, back_of(ui.palette, verdict.meaning));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float inner = card.inner();
  draw_sign(ui, {at.x + 14, at.y + 13}, verdict.meaning);
  const float left = 42;
  const Style chip_style{type::note, 18, Weight::semibold, 0};
  const float chip_width = verdict.certainty.empty() ? 0 : text_width(verdict.certainty, chip_style) + 36;
  ImGui::SetCursorScreenPos({at.x + left, at.y});
  ImGui::BeginGroup();
  heading(ui, "verdict.title", verdict.title, verdict_style(ui), inner - left - chip_width, 2);
  if (!verdict.certainty.empty()) chip(ui, "verdict.certainty", {at.x + inner, at.y}, verdict.certainty, verdict.certainty_meaning);
  gap(2);
  prose(ui, "verdict.sentence", verdict.sentence, text_style(ui), inner - left);
  if (!verdict.link.empty()) {
    gap(6);
    if (button(ui, "verdict.link", verdict.link, ButtonKind::plain)) platform::open_link(verdict.link);
  }
  if (!view.words_missing.empty()) {
    gap(4);
    paragraph(ui, "verdict.words_missing", view.words_missing, in_color(note_style(ui), ui.palette.doubt), inner - left);
  }
  if (!verdict.slug.empty()) {
    gap(4);
    paragraph(ui, "verdict.code", verdict.slug, in_color({type::data, 20, Weight::mono, 0}, ui.palette.muted), inner - left);
  }
  ImGui::EndGroup();
  if (view.can_switch_witness) {
    gap(8);
    const bool alone = view.witness == Witness::page;
    const float both = tab_width(ui, say(Label::witness_page, ui.language), alone) + 16 + tab_width(ui, say(Label::witness_wire, ui.language), !alone);
    ImGui::SetCursorScreenPos({at.x + std::clamp(inner - both, 0.0f, left), ImGui::GetCursorScreenPos().y});
    platform::mirror_begin_group("witness", platform::Role::radio, say(Label::why_we_say_so, ui.language));
    if (tab(ui, "witness.page", say(Label::witness_page, ui.language), view.witness == Witness::page, platform::Role::radio)) ui.commands.push_back(command::SetWitness{Witness::page});
    ImGui::SameLine(0, 16);
    if (tab(ui, "witness.wire", say(Label::witness_wire, ui.language), view.witness == Witness::wire, platform::Role::radio)) ui.commands.push_back(command::SetWitness{Witness::wire});
    platform::mirror_end_group();
  }
  if (!view.candidates.empty()) draw_candidates(ui, view.candidates, inner);
}

}  // namespace blindspot
