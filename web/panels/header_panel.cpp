// The bar at the top: name, screens, lab, language, theme.
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

// The mark: an eye's outline with its blind quarter.
void draw_mark(const Ui& ui, ImVec2 center) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircle(center, 9.5f, ui.palette.accent, 32, 2);
  draw->PathLineTo({center.x, center.y});
  draw->PathArcTo(center, 9.5f, -0.55f, 0.55f, 12);
  draw->PathFillConvex(ui.palette.accent);
}

bool screen_button(const Ui& ui, std::string_view id, Label label, bool chosen) {
  const std::string_view text = say(label, ui.language);
  Style style{type::text, 22, chosen ? Weight::semibold : Weight::regular, chosen ? ui.palette.accent : ui.palette.muted};
  const float width = text_width(text, style) + 24, height = ui.touch ? 40 : 34;
  const bool clicked = ImGui::InvisibleButton(("##" + std::string(id)).c_str(), {width, height}, ImGuiButtonFlags_EnableNav);
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  if (chosen || ImGui::IsItemHovered() || ImGui::IsItemFocused())
    ImGui::GetWindowDrawList()->AddRectFilled(min, max, chosen ? ui.palette.accent_back : ui.palette.inset, 6);
  draw_text({min.x + 12, min.y + (height - style.line) / 2}, text, style);
  platform::MirrorItem rest;
  rest.selected = chosen;
  platform::mirror_last_item(platform::Role::button, id, text, rest);
  return clicked || platform::mirror_activated(id);
}

}  // namespace

void draw_header_panel(const Ui& ui, const PageView& page) {
  const bool narrow = ui.width < 640;
  const float height = 48, control = ui.touch ? 40 : 30;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({0, 0}, {ui.width, height}, ui.palette.panel);
  draw->AddLine({0, height - 0.5f}, {ui.width, height - 0.5f}, ui.palette.line);
  draw_mark(ui, {27, height / 2});
  const Style name{17, 24, Weight::semibold, ui.palette.text};
  float x = 46;
  if (ui.width > 430) {
    draw_text({x, 12}, "Blindspot", name);
    x += text_width("Blindspot", name) + 20;
  }
  platform::mirror({.role = platform::Role::heading, .id = "page.name", .name = "Blindspot", .min = {12, 8}, .max = {x, 40}, .level = 1});
  ImGui::SetCursorScreenPos({x, (height - (ui.touch ? 40 : 34)) / 2});
  platform::mirror_begin_group("screens", platform::Role::navigation, "Blindspot");
  if (screen_button(ui, "screen.send", Label::screen_send, page.screen == Screen::send))
    ui.commands.push_back(command::ChooseScreen{Screen::send});
  ImGui::SameLine(0, 4);
  if (screen_button(ui, "screen.court", Label::screen_court, page.screen == Screen::court))
    ui.commands.push_back(command::ChooseScreen{Screen::court});
  ImGui::SameLine(0, 4);
  if (screen_button(ui, "screen.catalogue", Label::screen_catalogue, page.screen == Screen::catalogue))
    ui.commands.push_back(command::ChooseScreen{Screen::catalogue});
  platform::mirror_end_group();

  const std::string_view language = ui.language == Language::en ? "\u4e2d\u6587" : "English";
  const Label themes[] = {Label::theme_system, Label::theme_light, Label::theme_dark};
  const std::string theme(say(themes[static_cast<std::size_t>(page.theme)], ui.language));
  float right = ui.width - 12;
  right -= button_width(theme);
  const float theme_x = right;
  right -= button_width(language) + 6;
  ImGui::SetCursorScreenPos({right, (height - control) / 2});
  if (button(ui, "language", language, ButtonKind::plain, 0, control))
    ui.commands.push_back(command::SetLanguage{ui.language == Language::en ? Language::zh : Language::en});
  ImGui::SetCursorScreenPos({theme_x, (height - control) / 2});
  const std::string spoken = std::string(say(Label::theme_button, ui.language)) + ": " + theme;
  if (button(ui, "theme", theme, ButtonKind::plain, 0, control, false, spoken))
    ui.commands.push_back(command::SetTheme{static_cast<Theme>((static_cast<int>(page.theme) + 1) % 3)});
  if (narrow) return;
  const bool there = !page.lab.empty();
  const std::string lab = std::string(say(there ? Label::lab_there : Label::lab_missing, ui.language)) + (there ? " " + page.lab : "");
  const Style note = in_color(note_style(ui), ui.palette.muted);
  const float lab_x = right - text_width(lab, note) - 16;
  draw->AddCircleFilled({lab_x - 10, height / 2}, 4, there ? ui.palette.good : ui.palette.doubt);
  draw_text({lab_x, (height - note.line) / 2}, lab, note);
  platform::mirror({.role = platform::Role::text, .id = "lab.state", .name = lab, .min = {lab_x, 15}, .max = {right - 16, 33}});
}

}  // namespace blindspot
