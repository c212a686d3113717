// The desk: a text that should be JSON and what it should hold on one side, what is wrong and what mends it on the other.
#include "web/panels/form.hpp"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

void draw_text_card(const Ui& ui, const DeskView& view, const RequestView& request, float width) {
  const Card card(ui, "desk.input", width);
  const float inner = card.inner();
  DeskDraft next = view.draft;
  heading(ui, "desk.text.title", say(Label::desk_text, ui.language), card_title_style(ui), inner, 2);
  gap(6);
  text_field(ui, "desk.text", say(Label::desk_text, ui.language), next.text, inner, {.hint = say(Label::desk_text_hint, ui.language), .lines = 12});
  gap(4);
  if (!view.cut_note.empty()) paragraph(ui, "desk.cut", view.cut_note, in_color(note_style(ui), ui.palette.doubt), inner);
  gap(4);
  if (!(next == view.draft)) ui.commands.push_back(command::SetDesk{next});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button(ui, "desk.example", say(Label::court_example, ui.language), ButtonKind::plain)) ui.commands.push_back(command::SetDesk{example_desk()});
  const auto beside = [&](std::string_view label) {
    if (ImGui::GetItemRectMax().x + 8 + button_width(label) <= at.x + inner) ImGui::SameLine(0, 8);
    else gap(8);
  };
  if (view.can_take_answer) {
    const std::string_view take = say(Label::desk_take, ui.language);
    beside(take);
    if (button(ui, "desk.take", take, ButtonKind::plain)) ui.commands.push_back(command::TakeLastAnswer{});
  }
  beside(request.copy_link);
  draw_link_button(ui, request, inner);
}

void draw_beside_card(const Ui& ui, const DeskView& view, float width) {
  const Card card(ui, "desk.beside", width);
  const float inner = card.inner();
  DeskDraft next = view.draft;
  heading(ui, "desk.beside.title", say(Label::desk_beside, ui.language), card_title_style(ui), inner, 2);
  gap(4);
  platform::mirror_begin_group("desk.tabs", platform::Role::tab, say(Label::desk_beside, ui.language));
  for (std::size_t i = 0; i < view.tabs.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, 16);
    if (tab(ui, view.tabs[i].id, view.tabs[i].text, view.tabs[i].chosen)) ui.commands.push_back(command::ChooseDeskTab{static_cast<DeskTab>(i)});
  }
  platform::mirror_end_group();
  platform::mirror_begin_group("desk.panel", platform::Role::tabpanel, say(Label::desk_beside, ui.language));
  gap(8);
  const bool contract = view.tab == DeskTab::contract;
  std::string& text = contract ? next.contract : next.good;
  const std::vector<FieldNote>& notes = contract ? view.found.contract_notes : view.found.good_notes;
  const Label name = contract ? Label::tab_contract : Label::desk_good, hint = contract ? Label::desk_contract_hint : Label::desk_good_hint;
  text_field(ui, contract ? "desk.contract" : "desk.good", say(name, ui.language), text, inner, {.hint = say(hint, ui.language), .wrong = is_wrong(notes), .lines = 9});
  gap(4);
  draw_notes(ui, notes, contract ? "desk.contract" : "desk.good", inner);
  if (!contract && view.found.valid) {
    gap(4);
    if (button(ui, "desk.learn", say(Label::desk_learn, ui.language), ButtonKind::plain)) next.good = next.text;
  }
  if (contract && !view.found.schema.empty()) {
    paragraph(ui, "desk.learnt", view.found.contract_note, in_color(note_style(ui), ui.palette.muted), inner);
    gap(4);
    if (button(ui, "desk.use_schema", say(Label::desk_use_schema, ui.language), ButtonKind::plain)) next.contract = view.found.schema;
  }
  platform::mirror_end_group();
  if (!(next == view.draft)) ui.commands.push_back(command::SetDesk{next});
}

void draw_verdict(const Ui& ui, const DeskFindings& view, float width) {
  const Card card(ui, "desk.verdict", width, back_of(ui.palette, view.meaning));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float inner = card.inner(), left = 42;
  draw_sign(ui, {at.x + 14, at.y + 13}, view.meaning);
  ImGui::SetCursorScreenPos({at.x + left, at.y});
  ImGui::BeginGroup();
  heading(ui, "desk.verdict.title", view.title, verdict_style(ui), inner - left, 2);
  int number = 0;
  for (const std::string& fact : view.facts) {
    gap(2);
    paragraph(ui, "desk.fact." + std::to_string(number++), fact, list_style(ui), inner - left);
  }
  ImGui::EndGroup();
}

// Place and path in one line, the sentence below it, what mends it.
void draw_fault(const Ui& ui, const DeskFaultView& fault, float width) {
  paragraph(ui, fault.id + ".place", fault.place + "  " + fault.path, in_color({type::note, 18, Weight::mono, 0}, ui.palette.muted), width);
  paragraph(ui, fault.id, fault.sentence, in_color(list_style(ui), ink_of(ui.palette, fault.meaning)), width);
  if (!fault.excerpt.empty()) paragraph(ui, fault.id + ".excerpt", fault.excerpt, data_style(ui), width);
  if (fault.edits > 0) {
    gap(2);
    paragraph(ui, fault.id + ".before", "- " + fault.before, in_color(data_style(ui), ui.palette.bad), width);
    paragraph(ui, fault.id + ".after", "+ " + fault.after, in_color(data_style(ui), ui.palette.good), width);
    gap(6);
    const std::string spoken = std::string(say(Label::desk_edit_one, ui.language)) + ": " + fault.place + " " + fault.sentence;
    if (button(ui, fault.id + ".mend", say(Label::desk_edit_one, ui.language), ButtonKind::plain, 0, 0, false, spoken))
      ui.commands.push_back(command::MakeEdits{fault.first_edit, fault.edits});
    ImGui::SameLine(0, 12);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x, at.y + (control_height(ui) - 18) / 2});
  }
  paragraph(ui, fault.id + ".code", fault.code, in_color(note_style(ui), ui.palette.muted), width);
  gap(14);
}

void draw_faults(const Ui& ui, std::string_view id, Label title, const std::vector<DeskFaultView>& faults, const std::string& more, float width) {
  heading(ui, std::string(id) + ".title", say(title, ui.language), card_title_style(ui), width, 3);
  gap(6);
  for (const DeskFaultView& fault : faults) draw_fault(ui, fault, width);
  if (!more.empty()) paragraph(ui, std::string(id) + ".more", more, in_color(note_style(ui), ui.palette.muted), width);
}

void draw_autopsy(const Ui& ui, const DeskFindings& view, const PageView& page, float width) {
  const Card card(ui, "desk.faults", width);
  const float inner = card.inner();
  draw_faults(ui, "desk.faults", Label::desk_faults, view.faults, view.more_faults, inner);
  if (!view.not_repairable.empty()) paragraph(ui, "desk.not_repairable", view.not_repairable, list_style(ui), inner);
  if (view.edits == 0) return;
  gap(2);
  if (button(ui, "desk.make_all", say(Label::desk_edit_all, ui.language), ButtonKind::primary)) ui.commands.push_back(command::MakeAllEdits{});
  if (view.repaired.empty()) return;
  ImGui::SameLine(0, 8);
  copy_button(ui, "desk.copy_repaired", view.repaired, page.copied, page.copy_failed, 0, say(Label::desk_copy_repaired, ui.language));
}

void draw_breaches(const Ui& ui, const DeskFindings& view, float width) {
  const Card card(ui, "desk.breaches", width);
  draw_faults(ui, "desk.breaches", Label::desk_breaches, view.breaches, view.more_breaches, card.inner());
}

void draw_clients(const Ui& ui, const DeskFindings& view, float width) {
  const Card card(ui, "desk.clients", width);
  const float inner = card.inner();
  heading(ui, "desk.clients.title", say(Label::desk_clients, ui.language), card_title_style(ui), inner, 3);
  for (const DeskClientView& client : view.clients) {
    gap(6);
    paragraph(ui, client.id + ".name", client.name, in_color(note_style(ui), ui.palette.muted), inner);
    paragraph(ui, client.id, client.gets, in_color(data_style(ui), ink_of(ui.palette, client.meaning)), inner);
  }
}

void draw_differences(const Ui& ui, const DeskFindings& view, float width) {
  const Card card(ui, "desk.differences", width);
  const float inner = card.inner();
  heading(ui, "desk.differences.title", say(Label::desk_differences, ui.language), card_title_style(ui), inner, 3);
  for (const DeskDifferenceView& each : view.differences) {
    gap(6);
    paragraph(ui, each.id, each.path, in_color({type::note, 18, Weight::mono, 0}, ink_of(ui.palette, each.meaning)), inner);
    paragraph(ui, each.id + ".good", std::string(say(Label::desk_good, ui.language)) + ": " + each.good, data_style(ui), inner);
    paragraph(ui, each.id + ".other", std::string(say(Label::desk_here, ui.language)) + ": " + each.other, data_style(ui), inner);
  }
  if (view.differences_note.empty()) return;
  gap(6);
  paragraph(ui, "desk.differences.note", view.differences_note, in_color(list_style(ui), ui.palette.muted), inner);
}

void draw_unchecked(const Ui& ui, const DeskFindings& view, float width) {
  const Card card(ui, "desk.unchecked", width);
  const float inner = card.inner();
  heading(ui, "desk.unchecked.title", say(Label::desk_unchecked, ui.language), card_title_style(ui), inner, 3);
  int number = 0;
  for (const std::string& item : view.unchecked) {
    gap(4);
    paragraph(ui, "desk.unchecked." + std::to_string(number++), item, list_style(ui), inner);
  }
}

void draw_types(const Ui& ui, const DeskFindings& view, const PageView& page, float width) {
  const Card card(ui, "desk.types", width);
  const float inner = card.inner();
  heading(ui, "desk.types.title", say(Label::desk_types, ui.language), card_title_style(ui), inner, 3);
  const auto block = [&](const std::string& id, std::string_view name, const std::string& text) {
    if (text.empty()) return;
    gap(6);
    paragraph(ui, id + ".name", name, in_color(note_style(ui), ui.palette.muted), inner);
    gap(4);
    code_block(ui, id, text, inner);
    gap(6);
    copy_button(ui, id + ".copy", text, page.copied, page.copy_failed);
  };
  block("desk.typescript", "TypeScript", view.types);
  block("desk.schema", "JSON Schema", view.schema);
}

}  // namespace

void draw_desk_left(const Ui& ui, const PageView& page, float width) {
  const float x = ImGui::GetCursorScreenPos().x;
  draw_text_card(ui, page.desk, page.request, width);
  ImGui::SetCursorScreenPos({x, ImGui::GetItemRectMax().y + 16});
  draw_beside_card(ui, page.desk, width);
}

void draw_desk_right(const Ui& ui, const PageView& page, float width) {
  const DeskFindings& view = page.desk.found;
  const float x = ImGui::GetCursorScreenPos().x;
  const auto next = [&] { ImGui::SetCursorScreenPos({x, ImGui::GetItemRectMax().y + 16}); };
  draw_verdict(ui, view, width);
  if (!view.faults.empty()) next(), draw_autopsy(ui, view, page, width);
  if (!view.breaches.empty()) next(), draw_breaches(ui, view, width);
  if (!view.unchecked.empty()) next(), draw_unchecked(ui, view, width);
  if (!view.differences.empty() || !view.differences_note.empty()) next(), draw_differences(ui, view, width);
  if (!view.clients.empty()) next(), draw_clients(ui, view, width);
  if (!view.types.empty() || !view.schema.empty()) next(), draw_types(ui, view, page, width);
}

}  // namespace blindspot
