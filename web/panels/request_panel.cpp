// The form: method, URL, tabs, Send. A problem stands at its field.
#include <algorithm>
#include <array>

#include "web/panels/form.hpp"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

void draw_method(const Ui& ui, const RequestView& view, float width) {
  constexpr std::array methods = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
  const float height = control_height(ui), arrow = ui.touch ? 40 : 26;
  std::string method = view.method;
  if (text_field(ui, "request.method", say(Label::method, ui.language), method, width - arrow, {.wrong = is_wrong(view.method_notes)}))
    ui.commands.push_back(command::SetMethod{method});
  ImGui::SameLine(0, 0);
  const bool was_open = ImGui::IsPopupOpen("methods");
  const bool pressed = button(ui, "request.method.choose", "\u25be", ButtonKind::quiet, arrow, height, false, say(Label::choose_method, ui.language),
                              was_open ? Opens::open : Opens::closed);
  if (pressed && !was_open) ImGui::OpenPopup("methods");
  ImGui::SetNextWindowPos({ImGui::GetItemRectMax().x - width, ImGui::GetItemRectMax().y + 4});
  ImGui::PushStyleColor(ImGuiCol_PopupBg, ui.palette.panel);
  ImGui::PushStyleColor(ImGuiCol_Border, ui.palette.line);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {6, 6});
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, 8);
  if (ImGui::BeginPopup("methods")) {
    platform::mirror_begin_group("request.methods", platform::Role::list, say(Label::choose_method, ui.language));
    if (pressed && was_open) ImGui::CloseCurrentPopup();
    for (const char* name : methods) {
      if (!list_row(ui, std::string("request.method.") + name, name, "", view.method == name, width + 20)) continue;
      ui.commands.push_back(command::SetMethod{name});
      ImGui::CloseCurrentPopup();
    }
    platform::mirror_end_group();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
}

void draw_remember(const Ui& ui, const RequestView& view, float width) {
  gap(4);
  if (checkbox(ui, "request.remember", say(Label::remember_secrets, ui.language), view.remember_secrets, width))
    ui.commands.push_back(command::RememberSecrets{!view.remember_secrets});
  gap(2);
  paragraph(ui, "request.remember.note", say(view.remember_secrets ? Label::remember_on_note : Label::remember_off_note, ui.language), note_style(ui), width);
}

void draw_tab_content(const Ui& ui, const RequestView& view, float width) {
  std::optional<std::size_t> removed;
  switch (view.tab) {
    case RequestTab::query:
      if (auto edit = draw_rows(ui, view.query, "request.query", say(Label::tab_query, ui.language), width, removed))
        ui.commands.push_back(command::SetQuery{edit->index, edit->name, edit->value});
      if (removed) ui.commands.push_back(command::RemoveQuery{*removed});
      break;
    case RequestTab::headers:
      if (auto edit = draw_rows(ui, view.headers, "request.header", say(Label::tab_headers, ui.language), width, removed))
        ui.commands.push_back(command::SetHeader{edit->index, edit->name, edit->value});
      if (removed) ui.commands.push_back(command::RemoveHeader{*removed});
      if (view.has_secret_header) draw_remember(ui, view, width);
      break;
    case RequestTab::body: {
      std::string body = view.body;
      if (text_field(ui, "request.body", say(Label::tab_body, ui.language), body, width, {.hint = say(Label::body_hint, ui.language), .lines = 7}))
        ui.commands.push_back(command::SetBody{body});
      gap(4);
      draw_notes(ui, view.body_notes, "request.body", width);
      break;
    }
    case RequestTab::contract: {
      std::string contract = view.contract;
      if (text_field(ui, "request.contract", say(Label::tab_contract, ui.language), contract, width,
                     {.hint = say(Label::contract_hint, ui.language), .wrong = is_wrong(view.contract_notes), .lines = 8}))
        ui.commands.push_back(command::SetContract{contract});
      gap(4);
      draw_notes(ui, view.contract_notes, "request.contract", width);
      gap(6);
      paragraph(ui, "request.program_error.name", say(Label::program_error, ui.language), in_color(note_style(ui), ui.palette.muted), width);
      gap(2);
      std::string error = view.program_error;
      if (text_field(ui, "request.program_error", say(Label::program_error, ui.language), error, width, {.hint = say(Label::program_error_hint, ui.language), .lines = 2}))
        ui.commands.push_back(command::SetProgramError{error});
      gap(4);
      draw_notes(ui, view.program_error_notes, "request.program_error", width);
      break;
    }
    case RequestTab::options:
      if (checkbox(ui, "request.credentials", say(Label::include_credentials, ui.language), view.include_credentials, width))
        ui.commands.push_back(command::SetCredentials{!view.include_credentials});
      gap(2);
      paragraph(ui, "request.credentials.note", say(Label::credentials_note, ui.language), note_style(ui), width);
      gap(6);
      if (auto chosen = draw_choices(ui, "request.mode", say(Label::court_mode, ui.language), view.modes, width)) ui.commands.push_back(command::SetMode{static_cast<Mode>(*chosen)});
      gap(2);
      paragraph(ui, "request.mode.note", view.mode_note, note_style(ui), width);
      draw_remember(ui, view, width);
      break;
  }
}

void draw_foot(const Ui& ui, const RequestView& view, float width) {
  const float height = control_height(ui);
  float foot_height = height, clear_end = 0;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Style label = in_color(list_style(ui), ui.palette.muted);
  const std::string_view limit = say(Label::time_limit, ui.language);
  draw_text({at.x, at.y + (height - label.line) / 2}, limit, label);
  const float label_width = text_width(limit, label) + 8;
  ImGui::SetCursorScreenPos({at.x + label_width, at.y});
  std::string seconds = view.time_limit;
  if (text_field(ui, "request.limit", std::string(limit) + " (" + std::string(say(Label::seconds, ui.language)) + ")", seconds, 58,
                 {.wrong = is_wrong(view.limit_notes), .keyboard = platform::Keyboard::decimal}))
    ui.commands.push_back(command::SetTimeLimit{seconds});
  draw_text({at.x + label_width + 64, at.y + (height - label.line) / 2}, say(Label::seconds, ui.language), label);
  const std::string_view send = say(view.sending ? Label::cancel : Label::send, ui.language);
  const float send_width = std::max(button_width(send) + 8, 78.0f);
  if (view.can_clear && !view.sending) {
    const std::string_view clear = say(Label::new_request, ui.language);
    const float clear_width = button_width(clear);
    const bool fits = label_width + 80 + clear_width + 6 + send_width <= width + 4;
    if (fits) ImGui::SetCursorScreenPos({at.x + width - send_width - 8 - clear_width, at.y});
    else ImGui::SetCursorScreenPos({at.x, at.y + height + 8});
    if (!fits) foot_height += height + 8, clear_end = clear_width + 8;
    if (button(ui, "request.clear", clear, ButtonKind::plain)) ui.commands.push_back(command::ClearCase{});
  }
  if (view.sending) {
    const Style note = note_style(ui);
    const float wide = text_width(view.progress, note);
    const ImVec2 place{at.x + width - send_width - 10 - wide, at.y + (height - note.line) / 2};
    draw_text(place, view.progress, note);
    platform::mirror({.role = platform::Role::text, .id = "request.progress", .name = view.progress, .min = place, .max = {place.x + wide, place.y + note.line}});
  }
  ImGui::SetCursorScreenPos({at.x + width - send_width, at.y});
  const char* id = view.sending ? "request.cancel" : "request.send";
  if (button(ui, id, send, view.sending ? ButtonKind::danger : ButtonKind::primary, send_width)) {
    if (view.sending) ui.commands.push_back(command::Cancel{});
    else ui.commands.push_back(command::Send{});
  }
  ImGui::SetCursorScreenPos({at.x, at.y + foot_height});
  ImGui::Dummy({width, 0});
  if (!view.limit_notes.empty()) gap(6);
  draw_notes(ui, view.limit_notes, "request.limit", width);
  if (!view.can_clear) return;
  // Beside the button that stands in a line of its own, where there is one.
  if (clear_end > 0 && view.limit_notes.empty() && clear_end + button_width(view.copy_link) <= width)
    ImGui::SetCursorScreenPos({at.x + clear_end, at.y + height + 8});
  else gap(8);
  draw_link_button(ui, view, width);
}

}  // namespace

void draw_request_panel(const Ui& ui, const RequestView& view, float width) {
  const Card card(ui, "request", width);
  const float inner = card.inner();
  const ImVec2 top = ImGui::GetCursorScreenPos();
  platform::mirror({.role = platform::Role::heading, .id = "request.title", .name = say(Label::request, ui.language), .min = top, .max = top, .level = 2});
  draw_notes(ui, view.notices, "request.notice", inner);
  const float method_width = ui.touch ? 110 : 96;
  draw_method(ui, view, method_width);
  ImGui::SameLine(0, 8);
  std::string url = view.url;
  if (text_field(ui, "request.url", say(Label::url, ui.language), url, inner - method_width - 8,
                 {.hint = say(Label::url_hint, ui.language), .wrong = is_wrong(view.url_notes), .keyboard = platform::Keyboard::url}))
    ui.commands.push_back(command::SetUrl{url});
  if (!view.url_notes.empty() || !view.method_notes.empty()) gap(6);
  draw_notes(ui, view.method_notes, "request.method", inner);
  draw_notes(ui, view.url_notes, "request.url", inner);
  gap(8);
  platform::mirror_begin_group("request.tabs", platform::Role::tab, say(Label::request, ui.language));
  float wide = 0;
  for (const auto& entry : view.tabs) wide += tab_width(ui, entry.text, entry.chosen);
  const float space = std::clamp((inner - wide) / static_cast<float>(view.tabs.size() - 1), 2.0f, 14.0f);
  for (std::size_t i = 0; i < view.tabs.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, space);
    if (tab(ui, view.tabs[i].id, view.tabs[i].text, view.tabs[i].chosen)) ui.commands.push_back(command::ChooseRequestTab{view.tabs[i].tab});
  }
  platform::mirror_end_group();
  gap(8);
  platform::mirror_begin_group("request.panel", platform::Role::tabpanel, "");
  draw_tab_content(ui, view, inner);
  platform::mirror_end_group();
  gap(8);
  draw_foot(ui, view, inner);
}

}  // namespace blindspot
