// The courtroom: what is asked and what the server answers on one side, what a browser makes of it on the other.
#include <array>

#include "web/panels/form.hpp"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

void draw_request(const Ui& ui, const PageView& page, const CourtDraft& draft, float width) {
  const CourtView& view = page.court;
  const Card card(ui, "court.request", width);
  const float inner = card.inner(), method_width = 96;
  draw_notes(ui, page.request.notices, "request.notice", inner);
  CourtDraft next = draft;
  heading(ui, "court.request.title", say(Label::court_request, ui.language), card_title_style(ui), inner, 2);
  gap(6);
  paragraph(ui, "court.page.label", say(Label::court_page, ui.language), note_style(ui), inner);
  text_field(ui, "court.page", say(Label::court_page, ui.language), next.page_origin, inner, {.hint = "https://app.example", .wrong = is_wrong(view.page_origin_notes)});
  gap(4);
  draw_notes(ui, view.page_origin_notes, "court.page", inner);
  gap(4);
  text_field(ui, "court.method", say(Label::method, ui.language), next.method, method_width, {.wrong = is_wrong(view.method_notes)});
  ImGui::SameLine(0, 8);
  text_field(ui, "court.url", say(Label::url, ui.language), next.url, inner - method_width - 8, {.hint = say(Label::url_hint, ui.language), .wrong = is_wrong(view.url_notes)});
  gap(4);
  draw_notes(ui, view.method_notes, "court.method", inner);
  draw_notes(ui, view.url_notes, "court.url", inner);
  gap(4);
  paragraph(ui, "court.headers.label", say(Label::tab_headers, ui.language), note_style(ui), inner);
  std::optional<std::size_t> removed;
  if (auto edit = draw_rows(ui, view.headers, "court.header", say(Label::tab_headers, ui.language), inner, removed)) {
    if (edit->index >= next.headers.size()) next.headers.emplace_back();
    next.headers[edit->index] = {edit->name, edit->value};
  }
  if (removed) next.headers.erase(next.headers.begin() + static_cast<std::ptrdiff_t>(*removed));
  gap(6);
  if (auto chosen = draw_choices(ui, "court.credentials", say(Label::court_credentials, ui.language), view.credentials, inner)) next.credentials = static_cast<Credentials>(*chosen);
  gap(6);
  if (auto chosen = draw_choices(ui, "court.mode", say(Label::court_mode, ui.language), view.modes, inner)) next.mode = static_cast<Mode>(*chosen);
  if (!(next == draft)) ui.commands.push_back(command::SetCourt{next});
}

void draw_answers(const Ui& ui, const PageView& page, const CourtDraft& draft, float width) {
  const CourtView& view = page.court;
  const Card card(ui, "court.answers", width);
  const float inner = card.inner();
  CourtDraft next = draft;
  heading(ui, "court.answers.title", say(Label::court_answers, ui.language), card_title_style(ui), inner, 2);
  gap(6);
  const auto field = [&](const char* id, Label label, std::string& text, const std::vector<FieldNote>& notes, float lines) {
    paragraph(ui, std::string(id) + ".label", say(label, ui.language), note_style(ui), inner);
    text_field(ui, id, say(label, ui.language), text, inner, {.hint = say(Label::court_paste_hint, ui.language), .wrong = is_wrong(notes), .lines = lines});
    gap(4);
    draw_notes(ui, notes, id, inner);
    gap(4);
  };
  field("court.preflight", Label::court_preflight, next.preflight, view.preflight_notes, 5);
  field("court.answer", Label::court_answer, next.answer, view.answer_notes, 7);
  if (!(next == draft)) ui.commands.push_back(command::SetCourt{next});
  if (button(ui, "court.example", say(Label::court_example, ui.language), ButtonKind::plain)) ui.commands.push_back(command::ShowExample{});
  if (view.can_take_last_call) {
    ImGui::SameLine(0, 8);
    if (button(ui, "court.last-call", say(Label::court_last_call, ui.language), ButtonKind::plain)) ui.commands.push_back(command::TakeLastCall{});
  }
  gap(8);
  draw_link_button(ui, page.request, inner);
}

void draw_verdict(const Ui& ui, const CourtView& view, float width) {
  const Card card(ui, "court.verdict", width, back_of(ui.palette, view.meaning));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float inner = card.inner(), left = 42;
  draw_sign(ui, {at.x + 14, at.y + 13}, view.meaning);
  ImGui::SetCursorScreenPos({at.x + left, at.y});
  ImGui::BeginGroup();
  heading(ui, "court.verdict.title", view.title, verdict_style(ui), inner - left, 2);
  if (!view.steps.empty() && view.steps.back().decided) {
    gap(2);
    paragraph(ui, "court.verdict.sentence", view.steps.back().sentence, text_style(ui), inner - left);
    gap(4);
    paragraph(ui, "court.verdict.step", view.steps.back().id, in_color({type::data, 20, Weight::mono, 0}, ui.palette.muted), inner - left);
  }
  ImGui::EndGroup();
}

void draw_preflight(const Ui& ui, const CourtView& view, float width) {
  if (view.preflight_title.empty()) return;
  const Card card(ui, "court.why-preflight", width);
  const float inner = card.inner();
  heading(ui, "court.preflight.title", view.preflight_title, card_title_style(ui), inner, 3);
  int number = 0;
  platform::mirror_begin_group("court.reasons", platform::Role::list, view.preflight_title);
  for (const std::string& reason : view.preflight_reasons) {
    gap(4);
    paragraph(ui, "court.reason." + std::to_string(number++), reason, list_style(ui), inner);
  }
  platform::mirror_end_group();
  if (view.preflight_request.empty()) return;
  gap(8);
  code_block(ui, "court.preflight.request", view.preflight_request, inner);
}

void draw_steps(const Ui& ui, const CourtView& view, float width) {
  if (view.steps.empty()) return;
  const Card card(ui, "court.steps", width);
  const float inner = card.inner();
  heading(ui, "court.steps.title", say(Label::court_steps, ui.language), card_title_style(ui), inner, 3);
  gap(4);
  const Style name = in_color({type::note, 18, Weight::mono, 0}, ui.palette.muted);
  platform::mirror_begin_group("court.steps.list", platform::Role::list, say(Label::court_steps, ui.language));
  int number = 0;  // a step may be taken more than once
  for (const StepView& each : view.steps) {
    const Meaning meaning = each.passed ? Meaning::good : Meaning::bad;
    const std::string_view mark = each.passed ? "\u2713" : "\u2715";
    const std::string id = "court.step." + std::to_string(number++) + "." + each.id;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool wide = inner > 520;
    const float name_width = wide ? 230 : 0;
    Style sentence = list_style(ui);
    platform::mirror_begin_group("", platform::Role::listitem, "");
    draw_text(at, mark, in_color(sentence, ink_of(ui.palette, meaning)));
    platform::mirror({.role = platform::Role::text, .id = id + ".mark", .name = mark, .min = at, .max = {at.x + 24, at.y + sentence.line}});
    ImGui::SetCursorScreenPos({at.x + 24, at.y});
    ImGui::BeginGroup();
    if (each.decided) sentence.weight = Weight::semibold;
    paragraph(ui, id, each.sentence, sentence, inner - 24 - name_width);
    ImVec2 place = ImGui::GetCursorScreenPos();
    if (wide) place = {at.x + inner - name_width + 16, at.y + 1};
    else ImGui::Dummy({inner - 24, name.line});
    draw_text(place, each.id, name, wide ? name_width - 16 : inner - 24);
    platform::mirror({.role = platform::Role::text, .id = id + ".name", .name = each.id, .min = place, .max = {at.x + inner, place.y + name.line}});
    ImGui::EndGroup();
    platform::mirror_end_group();
    gap(5);
  }
  platform::mirror_end_group();
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& each : names) out += (out.empty() ? "" : ", ") + each;
  return out;
}

void draw_headers(const Ui& ui, const CourtView& view, float width) {
  if (view.readable.empty() && view.hidden.empty()) return;
  const Card card(ui, "court.headers", width);
  const float inner = card.inner();
  const auto part = [&](const char* id, Label label, const std::vector<std::string>& names, Meaning meaning) {
    heading(ui, std::string(id) + ".title", say(label, ui.language), card_title_style(ui), inner, 3);
    gap(2);
    const std::string text = names.empty() ? std::string(say(Label::nothing, ui.language)) : joined(names);
    paragraph(ui, id, text, in_color({type::data, 20, Weight::mono, 0}, ink_of(ui.palette, meaning)), inner);
  };
  part("court.readable", Label::court_readable, view.readable, Meaning::plain);
  gap(8);
  part("court.hidden", Label::court_hidden, view.hidden, Meaning::muted);
}

void draw_court_repair(const Ui& ui, const PageView& page, float width) {
  const RepairView& repair = page.court.repair;
  if (!repair.shown) return;
  const Card card(ui, "court.repair", width);
  const float inner = card.inner();
  heading(ui, "court.repair.title", say(Label::court_repair, ui.language), card_title_style(ui), inner, 3);
  gap(4);
  draw_repair(ui, repair, page, "court.repair", inner);
  if (repair.edits.empty()) return;
  ImGui::SameLine(0, 8);
  if (button(ui, "court.repair.apply", say(Label::repair_apply, ui.language), ButtonKind::plain)) ui.commands.push_back(command::ApplyRepair{});
}

void draw_proof_row(const Ui& ui, const std::array<std::string_view, 3>& cells, const Style& style, ImU32 last, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float first = width * 0.26f, second = width * 0.37f;
  draw_text(at, cells[0], in_color(style, ui.palette.muted), first - 8);
  draw_text({at.x + first, at.y}, cells[1], style, second - 8);
  draw_text({at.x + first + second, at.y}, cells[2], in_color(style, last), second);
  ImGui::Dummy({width, style.line + 3});
}

void draw_proof(const Ui& ui, const CourtView& view, float width) {
  const ProofView& proof = view.proof;
  if (proof.note.empty()) return;
  const Card card(ui, "court.proof", width);
  const float inner = card.inner();
  heading(ui, "court.proof.title", say(Label::court_proof, ui.language), card_title_style(ui), inner, 3);
  gap(4);
  paragraph(ui, "court.proof.note", proof.note, in_color(list_style(ui), ink_of(ui.palette, proof.rows.empty() ? Meaning::muted : proof.meaning)), inner);
  if (!proof.rows.empty()) {
    gap(6);
    const Style data = data_style(ui);
    const std::string_view foretold = say(Label::proof_foretold, ui.language), seen = say(Label::proof_seen, ui.language);
    draw_proof_row(ui, {"", foretold, seen}, in_color(note_style(ui), ui.palette.muted), ui.palette.muted, inner);
    platform::mirror_last_item(platform::Role::text, "court.proof.head", std::string(foretold) + " / " + std::string(seen));
    platform::mirror_begin_group("court.proof.rows", platform::Role::list, say(Label::court_proof, ui.language));
    for (const ProofRow& row : proof.rows) {
      draw_proof_row(ui, {row.name, row.foretold, row.seen}, data, ink_of(ui.palette, row.same ? Meaning::good : Meaning::bad), inner);
      platform::mirror_last_item(platform::Role::listitem, row.id, row.name + ": " + row.foretold + " / " + row.seen);
    }
    platform::mirror_end_group();
  }
  if (!proof.offered) return;
  gap(8);
  const Label label = proof.running ? Label::court_proving : Label::court_prove;
  if (button(ui, "court.prove", say(label, ui.language), ButtonKind::plain, 0, 0, proof.running)) ui.commands.push_back(command::Prove{});
}

void draw_commands(const Ui& ui, const CourtView& view, const PageView& page, float width) {
  if (view.preflight_command.empty() && view.answer_command.empty()) return;
  const Card card(ui, "court.ask", width);
  const float inner = card.inner();
  heading(ui, "court.ask.title", say(Label::court_ask, ui.language), card_title_style(ui), inner, 3);
  for (const auto& [id, command] : {std::pair("court.ask.preflight", &view.preflight_command), {"court.ask.answer", &view.answer_command}}) {
    if (command->empty()) continue;
    gap(6);
    code_block(ui, id, *command, inner);
    gap(6);
    copy_button(ui, std::string(id) + ".copy", *command, page.copied, page.copy_failed);
  }
}

}  // namespace

void draw_court_left(const Ui& ui, const PageView& page, const State& state, float width) {
  const float x = ImGui::GetCursorScreenPos().x;
  draw_request(ui, page, state.court, width);
  ImGui::SetCursorScreenPos({x, ImGui::GetItemRectMax().y + 16});
  draw_answers(ui, page, state.court, width);
}

void draw_court_right(const Ui& ui, const PageView& page, float width) {
  const float x = ImGui::GetCursorScreenPos().x;
  const auto next = [&] { ImGui::SetCursorScreenPos({x, ImGui::GetItemRectMax().y + 16}); };
  draw_verdict(ui, page.court, width);
  next();
  draw_court_repair(ui, page, width);
  if (page.court.repair.shown) next();
  draw_proof(ui, page.court, width);
  if (!page.court.proof.note.empty()) next();
  draw_preflight(ui, page.court, width);
  if (!page.court.preflight_title.empty()) next();
  draw_steps(ui, page.court, width);
  if (!page.court.steps.empty()) next();
  draw_headers(ui, page.court, width);
  if (!page.court.readable.empty() || !page.court.hidden.empty()) next();
  draw_commands(ui, page.court, page, width);
}

}  // namespace blindspot
