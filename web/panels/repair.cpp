// A repair, wherever one is shown: what to change, what to mind, and the text for a server that can be chosen.
#include "imgui_internal.h"
#include "web/panels/form.hpp"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

// One button with the server's name; the others come out below it, so that a narrow page shows one text and not all names.
void draw_server_choice(const Ui& ui, const RepairView& view, const std::string& id, float width) {
  const bool open = !view.servers.empty();
  const std::string label = view.server + (open ? " \u25B4" : " \u25BE");
  const std::string spoken = filled(say(Label::repair_server, ui.language), {{"name", view.server}});
  if (button(ui, id + ".server", label, ButtonKind::plain, 0, 0, false, spoken, open ? Opens::open : Opens::closed)) ui.commands.push_back(command::ShowServers{!open});
  gap(6);
  if (!open) return;
  if (auto chosen = draw_tabs(ui, id + ".servers", spoken, view.servers, width, platform::Role::radio)) {
    ui.commands.push_back(command::ChooseServer{all_servers[*chosen]});
    // The list goes with the choice; the keyboard goes back to what opened it.
    ImGui::SetFocusID(ImGui::GetID(("##" + id + ".server").c_str()), ImGui::GetCurrentWindow());
  }
  gap(6);
}

}  // namespace

void draw_repair(const Ui& ui, const RepairView& view, const PageView& page, const std::string& id, float width) {
  if (!view.note.empty()) {
    paragraph(ui, id + ".note", view.note, list_style(ui), width);
    gap(6);
  }
  for (const RepairEditView& edit : view.edits) {
    paragraph(ui, edit.id + ".leg", edit.leg, note_style(ui), width);
    paragraph(ui, edit.id, edit.text, data_style(ui), width);
    gap(5);
  }
  int number = 0;
  for (const std::string& caution : view.cautions) {
    paragraph(ui, id + ".caution." + std::to_string(number++), "! " + caution, in_color(list_style(ui), ui.palette.doubt), width);
    gap(4);
  }
  if (view.server.empty()) return;
  gap(4);
  draw_server_choice(ui, view, id, width);
  code_block(ui, id + ".code", view.configuration, width);
  gap(8);
  copy_button(ui, id + ".copy", view.configuration, page.copied, page.copy_failed);
}

}  // namespace blindspot
