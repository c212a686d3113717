// Notes at fields, and rows of name and value.
#include "web/panels/form.hpp"

#include <algorithm>

#include "web/views/labels.hpp"

namespace blindspot {

void draw_notes(const Ui& ui, const std::vector<FieldNote>& notes, const std::string& id, float width) {
  int number = 0;
  for (const FieldNote& note : notes) {
    const std::string mark = note.meaning == Meaning::bad ? "\u2715 " : "! ";
    paragraph(ui, id + ".note." + std::to_string(number++), mark + note.text, in_color(note_style(ui), ink_of(ui.palette, note.meaning)), width);
    gap(4);
  }
}

bool is_wrong(const std::vector<FieldNote>& notes) {
  return std::any_of(notes.begin(), notes.end(), [](const FieldNote& note) { return note.meaning == Meaning::bad; });
}

void draw_link_button(const Ui& ui, const RequestView& view, float width) {
  if (button(ui, "request.copy_link", view.copy_link, ButtonKind::plain)) ui.commands.push_back(command::Copy{"request.copy_link", view.link});
  if (view.link_note.empty()) return;
  gap(4);
  paragraph(ui, "request.copy_link.note", view.link_note, note_style(ui), width);
}

std::optional<RowEdit> draw_rows(const Ui& ui, const std::vector<RowView>& rows, const std::string& id, std::string_view label, float width, std::optional<std::size_t>& removed) {
  std::optional<RowEdit> edit;
  const float remove = ui.touch ? 40 : 28, name_width = (width - remove) * 0.42f, value_width = width - remove - name_width - 6;
  platform::mirror_begin_group(id, platform::Role::group, label);
  for (std::size_t i = 0; i <= rows.size(); ++i) {
    const std::string row_id = id + "." + std::to_string(i);
    const bool last = i == rows.size();
    const RowView row = last ? RowView{} : rows[i];
    std::string name = row.name, value = row.value;
    const bool wrong = is_wrong(row.notes);
    ImGui::PushID(static_cast<int>(i));
    bool changed = text_field(ui, row_id + ".name", std::string(say(Label::name, ui.language)) + " " + std::to_string(i + 1), name, name_width,
                              {.hint = say(Label::name, ui.language), .wrong = wrong});
    ImGui::SameLine(0, 6);
    changed |= text_field(ui, row_id + ".value", std::string(say(Label::value, ui.language)) + " " + std::to_string(i + 1), value, value_width,
                          {.hint = say(Label::value, ui.language), .secret = row.secret, .wrong = wrong});
    if (!last) {
      ImGui::SameLine(0, 0);
      const std::string spoken = std::string(say(Label::remove, ui.language)) + " " + std::to_string(i + 1);
      if (button(ui, row_id + ".remove", "\u2715", ButtonKind::quiet, remove, 0, false, spoken)) removed = i;
    }
    ImGui::PopID();
    if (changed) edit = RowEdit{i, name, value};
    gap(4);
    draw_notes(ui, row.notes, row_id, width);
  }
  platform::mirror_end_group();
  return edit;
}

void draw_sign(const Ui& ui, ImVec2 center, Meaning meaning) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddCircleFilled(center, 12, ink_of(ui.palette, meaning));
  const ImU32 ink = ui.palette.panel;
  switch (meaning) {
    case Meaning::bad:
      draw->AddLine({center.x - 4.5f, center.y - 4.5f}, {center.x + 4.5f, center.y + 4.5f}, ink, 2.4f);
      draw->AddLine({center.x + 4.5f, center.y - 4.5f}, {center.x - 4.5f, center.y + 4.5f}, ink, 2.4f);
      break;
    case Meaning::good: {
      const ImVec2 tick[3] = {{center.x - 5, center.y + 0.5f}, {center.x - 1.5f, center.y + 4}, {center.x + 5.5f, center.y - 4}};
      draw->AddPolyline(tick, 3, ink, 0, 2.4f);
      break;
    }
    case Meaning::doubt: {
      const Style style{16, 20, Weight::semibold, ink};
      draw_text({center.x - text_width("?", style) / 2, center.y - 10}, "?", style);
      break;
    }
    case Meaning::accent:
    case Meaning::plain:
    case Meaning::muted:
      draw->AddTriangleFilled({center.x - 3.5f, center.y - 5}, {center.x - 3.5f, center.y + 5}, {center.x + 5.5f, center.y}, ink);
      break;
  }
}

std::optional<std::size_t> draw_tabs(const Ui& ui, std::string_view id, std::string_view name, const std::vector<ChoiceView>& choices, float width,
                                     platform::Role role) {
  std::optional<std::size_t> pressed;
  platform::mirror_begin_group(id, role, name);
  float x = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const float wide = tab_width(ui, choices[i].text, true);
    if (i > 0 && x + 16 + wide <= width) ImGui::SameLine(0, 16), x += 16;
    else x = 0;
    x += wide;
    if (tab(ui, choices[i].id, choices[i].text, choices[i].chosen, role)) pressed = i;
  }
  platform::mirror_end_group();
  return pressed;
}

std::optional<std::size_t> draw_choices(const Ui& ui, std::string_view id, std::string_view label, const std::vector<ChoiceView>& choices, float width) {
  paragraph(ui, std::string(id) + ".label", label, note_style(ui), width);
  return draw_tabs(ui, id, label, choices, width, platform::Role::radio);
}

}  // namespace blindspot
