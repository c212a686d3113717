// The bar at the top: name, screens, lab, language, theme.
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

// Below this many pixels the bar has room for short names only.
constexpr float tight = 520;

// The mark: an eye's outline with its blind quarter.
void draw_mark(const Ui& ui, ImVec2 center) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircle(center, 9.5f, ui.palette.accent, 32, 2);
  draw->PathLineTo({center.x, center.y});
  draw->PathArcTo(center, 9.5f, -0.55f, 0.55f, 12);
  draw->PathFillConvex(ui.palette.accent);
}

// Half light, half dark; all of one where that is chosen.
void draw_theme_sign(const Ui& ui, ImVec2 center, Theme theme) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircle(center, 7, ui.palette.text, 24, 1.5f);
  if (theme == Theme::light) return;
  draw->PathArcTo(center, 7, theme == Theme::dark ? 0.0f : 1.57f, theme == Theme::dark ? 6.28f : 4.71f, 24);
  draw->PathFillConvex(ui.palette.text);
}

bool screen_button(const Ui& ui, std::string_view id, Label label, bool chosen) {
  const std::string_view text = say(label, ui.language);
  Style style{type::text, 22, chosen ? Weight::semibold : Weight::regular, chosen ? ui.palette.accent : ui.palette.muted};
  const float side = ui.width < tight ? 6 : 12;
  const float width = text_width(text, style) + 2 * side, height = ui.touch ? 40 : 34;
  const bool clicked = ImGui::InvisibleButton(("##" + std::string(id)).c_str(), {width, height}, ImGuiButtonFlags_EnableNav);
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  if (chosen || ImGui::IsItemHovered() || ImGui::IsItemFocused())
    ImGui::GetWindowDrawList()->AddRectFilled(min, max, chosen ? ui.palette.accent_back : ui.palette.inset, 6);
  draw_text({min.x + side, min.y + (height - style.line) / 2}, text, style);
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
  const Style name{17, 24, Weight::semibold, ui.palette.text};
  const bool short_names = ui.width < tight;
  float x = short_names ? 10 : 46;
  if (!short_names) {
    draw_mark(ui, {27, height / 2});
    draw_text({x, 12}, "Blindspot", name);
    x += text_width("Blindspot", name) + 20;
  }
  platform::mirror({.role = platform::Role::heading, .id = "page.name", .name = "Blindspot", .min = {0, 8}, .max = {x, 40}, .level = 1});
  ImGui::SetCursorScreenPos({x, (height - (ui.touch ? 40 : 34)) / 2});
  platform::mirror_begin_group("screens", platform::Role::navigation, "Blindspot");
  const auto screen = [&](const char* id, Label label, Label short_label, Screen leads_to) {
    if (screen_button(ui, id, short_names ? short_label : label, page.screen == leads_to)) ui.commands.push_back(command::ChooseScreen{leads_to});
  };
  screen("screen.send", Label::screen_send, Label::screen_send, Screen::send);
  ImGui::SameLine(0, 4);
  screen("screen.court", Label::screen_court, Label::screen_court_short, Screen::court);
  ImGui::SameLine(0, 4);
  screen("screen.desk", Label::screen_desk, Label::screen_desk_short, Screen::desk);
  ImGui::SameLine(0, 4);
  screen("screen.catalogue", Label::screen_catalogue, Label::screen_catalogue_short, Screen::catalogue);
  platform::mirror_end_group();
  const float screens_end = ImGui::GetItemRectMax().x;

  const std::string_view language = ui.language == Language::en ? "\u4e2d\u6587" : short_names ? "EN" : "English";
  const Label themes[] = {Label::theme_system, Label::theme_light, Label::theme_dark};
  const std::string theme(say(themes[static_cast<std::size_t>(page.theme)], ui.language));
  float right = ui.width - (short_names ? 8 : 12);
  right -= short_names ? control : button_width(theme);
  const float theme_x = right;
  right -= button_width(language) + 6;
  ImGui::SetCursorScreenPos({right, (height - control) / 2});
  if (button(ui, "language", language, ButtonKind::plain, 0, control, false, language == "EN" ? "English" : language))
    ui.commands.push_back(command::SetLanguage{ui.language == Language::en ? Language::zh : Language::en});
  ImGui::SetCursorScreenPos({theme_x, (height - control) / 2});
  const std::string spoken = std::string(say(Label::theme_button, ui.language)) + ": " + theme;
  if (button(ui, "theme", short_names ? std::string_view() : theme, ButtonKind::plain, short_names ? control : 0, control, false, spoken))
    ui.commands.push_back(command::SetTheme{static_cast<Theme>((static_cast<int>(page.theme) + 1) % 3)});
  if (short_names) draw_theme_sign(ui, {theme_x + control / 2, height / 2}, page.theme);
  if (narrow) return;
  if (!platform::environment().plain) {  // there the browser's own zoom does it
    const Label sizes[] = {Label::size_standard, Label::size_projector};
    const std::string_view size = say(sizes[static_cast<std::size_t>(page.type_size)], ui.language);
    right -= button_width(size) + 6;
    ImGui::SetCursorScreenPos({right, (height - control) / 2});
    if (button(ui, "size", size, ButtonKind::plain, 0, control, false, std::string(say(Label::size_button, ui.language)) + ": " + std::string(size)))
      ui.commands.push_back(command::SetTypeSize{page.type_size == TypeSize::standard ? TypeSize::projector : TypeSize::standard});
  }
  const bool there = !page.lab.empty();
  const std::string lab = std::string(say(there ? Label::lab_there : Label::lab_missing, ui.language)) + (there ? " " + page.lab : "");
  const Style note = in_color(note_style(ui), ui.palette.muted);
  const float lab_x = right - text_width(lab, note) - 16;
  if (lab_x < screens_end + 30) return;
  draw->AddCircleFilled({lab_x - 10, height / 2}, 4, there ? ui.palette.good : ui.palette.doubt);
  draw_text({lab_x, (height - note.line) / 2}, lab, note);
  platform::mirror({.role = platform::Role::text, .id = "lab.state", .name = lab, .min = {lab_x, 15}, .max = {right - 16, 33}});
}

}  // namespace blindspot
