// Why we say so: evidence, what is ruled out, the next look, the probes, and how a mini program shows the same.
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

// A line with a mark before it: a tick for what was seen, a dash for what is ruled out.
void marked(const Ui& ui, std::string_view id, std::string_view mark, ImU32 mark_color, std::string_view text, const Style& style, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text({at.x, at.y}, mark, in_color(style, mark_color));
  ImGui::SetCursorScreenPos({at.x + 24, at.y});
  ImGui::BeginGroup();
  paragraph(ui, id, text, style, width - 24);
  ImGui::EndGroup();
  gap(3);
}

void draw_probes(const Ui& ui, const DiagnosisView& view, float width) {
  gap(10);
  heading(ui, "probes.title", say(Label::probes, ui.language), card_title_style(ui), width, 4);
  gap(4);
  int number = 0;
  platform::mirror_begin_group("probes", platform::Role::list, say(Label::probes, ui.language));
  for (const std::string& probe : view.probes) {
    paragraph(ui, "probe." + std::to_string(number++), probe, in_color({type::note, 18, Weight::mono, 0}, ui.palette.text), width);
    gap(2);
  }
  platform::mirror_end_group();
  gap(4);
  if (view.probe_phase == ProbePhase::done) {
    paragraph(ui, "probes.done", say(Label::probes_done, ui.language), note_style(ui), width);
    return;
  }
  const bool running = view.probe_phase == ProbePhase::running;
  if (button(ui, "probes.send", say(running ? Label::probes_running : Label::send_probes, ui.language), ButtonKind::plain, 0, 0, running))
    ui.commands.push_back(command::SendProbes{});
}

}  // namespace

void draw_evidence_panel(const Ui& ui, const DiagnosisView& view, float width) {
  const Card card(ui, "evidence", width);
  const float inner = card.inner();
  heading(ui, "evidence.title", say(Label::why_we_say_so, ui.language), card_title_style(ui), inner, 3);
  gap(6);
  int number = 0;
  platform::mirror_begin_group("evidence", platform::Role::list, say(Label::why_we_say_so, ui.language));
  for (const std::string& line : view.evidence)
    marked(ui, "evidence." + std::to_string(number++), "\u2713", ui.palette.good, line, list_style(ui), inner);
  for (const std::string& line : view.ruled_out)
    marked(ui, "ruled-out." + std::to_string(number++), "\u2013", ui.palette.muted,
           std::string(say(Label::ruled_out, ui.language)) + (ui.language == Language::en ? ": " : "\uff1a") + line, in_color(list_style(ui), ui.palette.muted), inner);
  platform::mirror_end_group();
  if (!view.next_look.empty()) {
    gap(8);
    heading(ui, "next.title", say(Label::next_look, ui.language), card_title_style(ui), inner, 4);
    gap(4);
    paragraph(ui, "next.look", view.next_look, list_style(ui), inner);
  }
  if (!view.probes.empty()) draw_probes(ui, view, inner);
  if (view.mini_program.empty()) return;
  gap(10);
  heading(ui, "mini-program.title", say(Label::mini_program, ui.language), card_title_style(ui), inner, 4);
  gap(4);
  prose(ui, "mini-program", view.mini_program, list_style(ui), inner);
}

// The rest of the page of this code: mechanism, effect, how to confirm.
void draw_more_panel(const Ui& ui, const DiagnosisView& view, float width) {
  if (view.why.empty()) return;
  const Card card(ui, "more", width);
  const float inner = card.inner();
  auto section = [&](std::string_view id, Label title, const Prose& words, bool first) {
    if (words.empty()) return;
    if (!first) gap(12);
    heading(ui, std::string(id) + ".title", say(title, ui.language), card_title_style(ui), inner, 3);
    gap(4);
    prose(ui, id, words, list_style(ui), inner);
  };
  section("why", Label::why, view.why, true);
  section("effect", Label::effect, view.effect, false);
  section("confirm", Label::confirm, view.confirm, false);
}

}  // namespace blindspot
