// Everything is drawn by hand on ImGui's draw list over invisible items, so that one palette and one type scale rule.
#include "web/panels/kit.hpp"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

ImFont* font_of(Weight weight) {
  switch (weight) {
    case Weight::semibold: return platform::sans_semibold();
    case Weight::mono: return platform::mono();
    case Weight::regular: break;
  }
  return platform::sans();
}

ImU32 mixed(ImU32 a, ImU32 b, float t) {
  const ImVec4 x = ImGui::ColorConvertU32ToFloat4(a), y = ImGui::ColorConvertU32ToFloat4(b);
  return ImGui::ColorConvertFloat4ToU32({x.x + (y.x - x.x) * t, x.y + (y.y - x.y) * t, x.z + (y.z - x.z) * t, x.w + (y.w - x.w) * t});
}

void focus_ring(const Ui& ui) {
  if (!ImGui::IsItemFocused() || !ImGui::GetCurrentContext()->NavCursorVisible) return;
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImGui::GetForegroundDrawList()->PushClipRect(ImGui::GetWindowDrawList()->GetClipRectMin(), ImGui::GetWindowDrawList()->GetClipRectMax());
  ImGui::GetForegroundDrawList()->AddRect({min.x - 2, min.y - 2}, {max.x + 2, max.y + 2}, ui.palette.accent, 7, 0, 2);
  ImGui::GetForegroundDrawList()->PopClipRect();
}

std::string item_label(std::string_view id) { return "##" + std::string(id); }

// The item drawn last, pressed by mouse, key, or through the mirror.
bool pressed(const Ui& ui, std::string_view id, platform::Role role, std::string_view name, bool by_imgui, platform::MirrorItem rest = {}) {
  platform::mirror_last_item(role, id, name, rest);
  focus_ring(ui);
  return (by_imgui || platform::mirror_activated(id)) && !rest.disabled;
}

int on_resize(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    auto* text = static_cast<std::string*>(data->UserData);
    text->resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = text->data();
  }
  return 0;
}

void mirror_block(platform::Role role, std::string_view id, std::string_view text, ImVec2 min, ImVec2 max, int level = 0) {
  platform::MirrorItem item{.role = role, .id = id, .name = text, .min = min, .max = max};
  item.level = level;
  platform::mirror(item);
}

}  // namespace

float draw_lines(const Ui& ui, const std::vector<Line>& lines, ImVec2 at, const Style& style, ImDrawList* draw) {
  if (!draw) draw = ImGui::GetWindowDrawList();
  const ImU32 color = style.color ? style.color : ui.palette.text;
  float y = at.y;
  for (const Line& line : lines) {
    for (const Piece& piece : line) {
      const float size = piece.code ? style.size - 1 : style.size;
      const float top = y + std::floor((style.line - size) / 2);
      if (piece.code)
        draw->AddRectFilled({at.x + piece.x - 2, top - 2}, {at.x + piece.x + piece.width + 2, top + size + 3}, ui.palette.inset, 3);
      draw->AddText(font_of(piece.code ? Weight::mono : style.weight), size, {at.x + piece.x, top}, color, piece.text.data(),
                    piece.text.data() + piece.text.size());
    }
    y += style.line;
  }
  return y - at.y;
}

std::vector<Line> lines_of(std::string_view text, const Style& style, float width) {
  return set_lines(text, width, [&](std::string_view run, bool code) {
    Style piece = style;
    if (code) piece = {style.size - 1, style.line, Weight::mono, 0};
    return text_width(run, piece);
  });
}

namespace {

float block(const Ui& ui, std::string_view id, std::string_view text, const Style& style, float width, float indent = 0) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::vector<Line> lines = lines_of(text, style, width - indent);
  const ImVec2 max{at.x + width, at.y + static_cast<float>(lines.size()) * style.line};
  const ImGuiID block_id = ImGui::GetID(id.data(), id.data() + id.size());
  if (concerns_selection(ui, block_id, at, max)) {
    const Style code{style.size - 1, style.line, Weight::mono, 0};
    std::vector<TextRun> runs;
    for (std::size_t i = 0; i < lines.size(); ++i)
      for (const Piece& piece : lines[i])
        runs.push_back({{at.x + indent + piece.x, at.y + static_cast<float>(i) * style.line}, piece.text, piece.code ? &code : &style});
    select_text(ui, block_id, text, runs, at, max, true);
  }
  const float height = draw_lines(ui, lines, {at.x + indent, at.y}, style);
  ImGui::Dummy({width, height});
  return height;
}

// Code keeps its indentation; what is wider than the block goes on below it, indented further.
void cut_code_line(std::string_view line, const Style& style, float width, std::vector<std::pair<float, std::string_view>>& rows) {
  const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
  float indent = text_width(line.substr(0, spaces), style);
  line.remove_prefix(spaces);
  const float hang = std::min(width / 2, indent + text_width("    ", style));
  while (text_width(line, style) + indent > width) {
    std::size_t keep = 0, last_space = 0;
    for (std::size_t i = 1; i <= line.size(); ++i) {
      if (i < line.size() && (static_cast<unsigned char>(line[i]) & 0xC0) == 0x80) continue;
      if (text_width(line.substr(0, i), style) + indent > width) break;
      keep = i;
      if (i < line.size() && line[i] == ' ') last_space = i;
    }
    if (keep == 0) break;
    const std::size_t end = last_space ? last_space : keep;
    rows.push_back({indent, line.substr(0, end)});
    line.remove_prefix(last_space ? end + 1 : end);
    if (rows.size() > 4000) return;
    indent = hang;
  }
  rows.push_back({indent, line});
}

}  // namespace

Style verdict_style(const Ui& ui) { return {type::verdict, 26, Weight::semibold, ui.palette.text}; }
Style text_style(const Ui& ui) { return {type::text, 22, Weight::regular, ui.palette.text}; }
Style list_style(const Ui& ui) { return {type::list, 21, Weight::regular, ui.palette.text}; }
Style data_style(const Ui& ui) { return {type::data, 20, Weight::mono, ui.palette.text}; }
Style note_style(const Ui& ui) { return {type::note, 18, Weight::regular, ui.palette.muted}; }
Style card_title_style(const Ui& ui) { return {type::data, 18, Weight::semibold, ui.palette.muted}; }

Style in_color(Style style, ImU32 color) {
  style.color = color;
  return style;
}

float text_width(std::string_view text, const Style& style) {
  return font_of(style.weight)->CalcTextSizeA(style.size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

void draw_text(ImVec2 at, std::string_view text, const Style& style, float most) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  at.y += std::floor((style.line - style.size) / 2);
  std::string cut;
  if (text_width(text, style) > most) {
    const float dots = text_width("\xE2\x80\xA6", style);
    std::size_t keep = 0;
    for (std::size_t i = 1; i <= text.size(); ++i) {
      if (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
      if (text_width(text.substr(0, i), style) + dots > most) break;
      keep = i;
    }
    cut = std::string(text.substr(0, keep)) + "\xE2\x80\xA6";
    text = cut;
  }
  draw->AddText(font_of(style.weight), style.size, at, style.color, text.data(), text.data() + text.size());
}

void paragraph(const Ui& ui, std::string_view id, std::string_view text, const Style& style, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = block(ui, id, text, style, width);
  mirror_block(platform::Role::text, id, without_backticks(text), at, {at.x + width, at.y + height});
}

void heading(const Ui& ui, std::string_view id, std::string_view text, const Style& style, float width, int level) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = block(ui, id, text, style, width);
  mirror_block(platform::Role::heading, id, text, at, {at.x + width, at.y + height}, level);
}

void prose(const Ui& ui, std::string_view id, const Prose& blocks, const Style& style, float width) {
  int number = 0;
  for (const Block& part : blocks) {
    const std::string part_id = std::string(id) + "." + std::to_string(number++);
    if (number > 1) gap(6);
    if (const auto* text = std::get_if<Paragraph>(&part)) {
      paragraph(ui, part_id, text->text, style, width);
    } else if (const auto* code = std::get_if<CodeBlock>(&part)) {
      code_block(ui, part_id, code->code, width);
    } else if (const auto* list = std::get_if<BulletList>(&part)) {
      platform::mirror_begin_group(part_id, platform::Role::list, "");
      int item_number = 0;
      for (const std::string& item : list->items) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::GetWindowDrawList()->AddCircleFilled({at.x + 5, at.y + style.line / 2}, 2, ui.palette.muted);
        const float height = block(ui, part_id + "." + std::to_string(item_number++), item, style, width, 16);
        mirror_block(platform::Role::listitem, "", without_backticks(item), at, {at.x + width, at.y + height});
      }
      platform::mirror_end_group();
    }
  }
}

void code_block(const Ui& ui, std::string_view id, std::string_view code, float width) {
  while (!code.empty() && code.back() == '\n') code.remove_suffix(1);
  const Style style = data_style(ui);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  std::vector<std::pair<float, std::string_view>> rows;  // indent and text of each drawn line
  for (std::size_t from = 0; from <= code.size();) {
    const std::size_t to = std::min(code.find('\n', from), code.size());
    cut_code_line(code.substr(from, to - from), style, width - 20, rows);
    from = to + 1;
  }
  const float height = static_cast<float>(rows.size()) * style.line + 16;
  ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + height}, ui.palette.inset, 6);
  float y = at.y + 8;
  const ImGuiID block_id = ImGui::GetID(id.data(), id.data() + id.size());
  const ImVec2 max{at.x + width, at.y + height};
  if (concerns_selection(ui, block_id, at, max)) {
    std::vector<TextRun> runs;
    for (std::size_t i = 0; i < rows.size(); ++i) runs.push_back({{at.x + 10 + rows[i].first, y + static_cast<float>(i) * style.line}, rows[i].second, &style});
    select_text(ui, block_id, code, runs, at, max, false);
  }
  for (const auto& [indent, text] : rows) {
    draw_text({at.x + 10 + indent, y}, text, style);
    y += style.line;
  }
  ImGui::Dummy({width, height});
  mirror_block(platform::Role::code, id, code, at, {at.x + width, at.y + height});
}

void table_row(const Ui& ui, std::string_view id, std::string_view name, std::string_view value, float left, float width) {
  const Style name_style = in_color(data_style(ui), ui.palette.muted), value_style = data_style(ui);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string text = std::string(name) + ": " + std::string(value);
  const std::string_view whole = text;
  std::vector<TextRun> runs{{at, whole.substr(0, name.size()), &name_style}};
  const std::vector<Line> lines = set_lines(whole.substr(name.size() + 2), width - left, [&](std::string_view run, bool) { return text_width(run, value_style); });
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const Piece& piece : lines[i]) runs.push_back({{at.x + left + piece.x, at.y + static_cast<float>(i) * value_style.line}, piece.text, &value_style});
  const float height = static_cast<float>(std::max<std::size_t>(lines.size(), 1)) * value_style.line;
  const ImVec2 max{at.x + width, at.y + height};
  const ImGuiID block_id = ImGui::GetID(id.data(), id.data() + id.size());
  if (concerns_selection(ui, block_id, at, max)) select_text(ui, block_id, whole, runs, at, max, false);
  draw_text(at, name, name_style, left - 8);
  for (std::size_t i = 1; i < runs.size(); ++i) draw_text(runs[i].at, runs[i].text, value_style);
  ImGui::Dummy({width, height});
  ImGui::GetWindowDrawList()->AddLine({at.x, max.y + 2}, {max.x, max.y + 2}, ui.palette.line);
  mirror_block(platform::Role::listitem, "", text, at, max);
}

void gap(float height) { ImGui::Dummy({0, height}); }

float control_height(const Ui& ui) { return ui.touch ? 42 : 34; }

float button_width(std::string_view label) { return text_width(label, {type::list, 20, Weight::regular, 0}) + 28; }

bool button(const Ui& ui, std::string_view id, std::string_view label, ButtonKind kind, float width, float height, bool disabled,
            std::string_view spoken, Opens opens) {
  const Palette& p = ui.palette;
  const bool strong = kind == ButtonKind::primary || kind == ButtonKind::danger;
  if (width <= 0) width = strong ? text_width(label, {type::list, 20, Weight::semibold, 0}) + 28 : button_width(label);
  if (height <= 0) height = control_height(ui);
  ImGui::BeginDisabled(disabled);
  const bool clicked = ImGui::InvisibleButton(item_label(id).c_str(), {width, height}, ImGuiButtonFlags_EnableNav);
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  ImU32 back = p.panel, ink = p.text, line = p.line;
  if (kind == ButtonKind::primary) back = p.accent, ink = p.on_accent, line = p.accent;
  if (kind == ButtonKind::danger) back = p.bad_back, ink = p.bad, line = p.bad;
  if (kind == ButtonKind::quiet) back = 0, ink = p.muted, line = 0;
  if (hovered && !disabled) {
    back = kind == ButtonKind::quiet ? p.accent_back : mixed(back, p.text, held ? 0.16f : 0.07f);
    if (kind == ButtonKind::quiet) ink = p.text;
  }
  if (disabled) back = mixed(back, p.page, 0.5f), ink = p.muted;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (back) draw->AddRectFilled(min, max, back, 6);
  if (line) draw->AddRect(min, max, line, 6);
  const Style style{type::list, 20, strong ? Weight::semibold : Weight::regular, ink};
  const float wide = std::min(text_width(label, style), width - 8);
  draw_text({std::floor(min.x + (width - wide) / 2), min.y + std::floor((height - style.line) / 2)}, label, style, width - 8);
  platform::MirrorItem rest;
  rest.disabled = disabled;
  rest.opens = opens != Opens::nothing;
  rest.expanded = opens == Opens::open;
  const bool result = pressed(ui, id, platform::Role::button, spoken.empty() ? label : spoken, clicked, rest);
  ImGui::EndDisabled();
  return result;
}

float tab_width(const Ui& ui, std::string_view label, bool chosen) {
  const float wide = text_width(label, {type::list, 20, chosen ? Weight::semibold : Weight::regular, 0});
  return ui.touch ? std::max(wide, 40.0f) : wide;
}

bool tab(const Ui& ui, std::string_view id, std::string_view label, bool chosen, platform::Role role) {
  Style style{type::list, 20, chosen ? Weight::semibold : Weight::regular, chosen ? ui.palette.text : ui.palette.muted};
  const float wide = text_width(label, style), width = tab_width(ui, label, chosen), height = ui.touch ? 40 : 30;
  const bool clicked = ImGui::InvisibleButton(item_label(id).c_str(), {width, height}, ImGuiButtonFlags_EnableNav);
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  if (ImGui::IsItemHovered() && !chosen) style.color = ui.palette.text;
  draw_text({min.x + std::floor((width - wide) / 2), min.y + (height - 20) / 2 - 1}, label, style);
  if (chosen) ImGui::GetWindowDrawList()->AddRectFilled({min.x, max.y - 2}, {max.x, max.y}, ui.palette.accent);
  platform::MirrorItem rest;
  rest.selected = rest.checked = chosen;
  return pressed(ui, id, role, label, clicked, rest);
}

bool list_row(const Ui& ui, std::string_view id, std::string_view label, std::string_view data, bool chosen, float width) {
  const float height = ui.touch ? 42 : 32;
  const bool clicked = ImGui::InvisibleButton(item_label(id).c_str(), {width, height}, ImGuiButtonFlags_EnableNav);
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  const bool hovered = ImGui::IsItemHovered();
  if (chosen || hovered)
    ImGui::GetWindowDrawList()->AddRectFilled(min, max, chosen ? ui.palette.accent_back : ui.palette.inset, 6);
  const Style style = list_style(ui);
  const Style note = in_color(note_style(ui), ui.palette.muted);
  const float label_width = text_width(label, style);
  const float left = width - 16 - 12 - label_width;
  draw_text({min.x + 8, min.y + (height - style.line) / 2}, label, style, width - 16);
  // The slug gives way: half of one tells nothing, and it stands in the mirror in full.
  if (const float wide = text_width(data, note); wide <= left) draw_text({max.x - 8 - wide, min.y + (height - note.line) / 2}, data, note);
  platform::MirrorItem rest;
  rest.selected = chosen;
  return pressed(ui, id, platform::Role::button, std::string(label) + (data.empty() ? "" : " (" + std::string(data) + ")"), clicked, rest);
}

void chip(const Ui& ui, std::string_view id, ImVec2 right_top, std::string_view text, Meaning meaning) {
  const Style style{type::note, 18, Weight::semibold, ui.palette.panel};
  const float width = text_width(text, style) + 24;
  const ImVec2 min{right_top.x - width, right_top.y}, max{right_top.x, right_top.y + 26};
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, ink_of(ui.palette, meaning), 13);
  draw_text({min.x + 12, min.y + 4}, text, style);
  mirror_block(platform::Role::text, id, text, min, max);
}

bool checkbox(const Ui& ui, std::string_view id, std::string_view label, bool checked, float width) {
  const float height = ui.touch ? 42 : 32;
  const bool clicked = ImGui::InvisibleButton(item_label(id).c_str(), {width, height}, ImGuiButtonFlags_EnableNav);
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 box{min.x + 1, min.y + (height - 18) / 2};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(box, {box.x + 18, box.y + 18}, checked ? ui.palette.accent : ui.palette.panel, 4);
  draw->AddRect(box, {box.x + 18, box.y + 18}, checked ? ui.palette.accent : ui.palette.muted, 4);
  if (checked) {
    const ImVec2 mark[3] = {{box.x + 4, box.y + 9.5f}, {box.x + 7.5f, box.y + 13}, {box.x + 14, box.y + 5.5f}};
    draw->AddPolyline(mark, 3, ui.palette.on_accent, 0, 2);
  }
  const Style style = list_style(ui);
  draw_text({min.x + 28, min.y + (height - style.line) / 2}, label, style, width - 28);
  platform::MirrorItem rest;
  rest.checked = checked;
  return pressed(ui, id, platform::Role::checkbox, label, clicked, rest);
}

bool text_field(const Ui& ui, std::string_view id, std::string_view label, std::string& text, float width, const FieldOptions& options) {
  const Palette& p = ui.palette;
  const bool multiline = options.lines > 1;
  const float size = multiline ? type::data * platform::line_ratio : type::data;
  ImGui::PushFont(multiline ? platform::mono_lines() : platform::mono(), size);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {10, multiline ? 8 : (control_height(ui) - type::data) / 2});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 6);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, p.inset);
  ImGui::PushStyleColor(ImGuiCol_Border, options.wrong ? p.bad : p.line);
  ImGui::PushStyleColor(ImGuiCol_Text, p.text);
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, p.muted);
  ImGui::PushStyleColor(ImGuiCol_InputTextCursor, p.accent);
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, (p.accent & 0x00ffffff) | 0x50000000);
  const std::string name = item_label(id);
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize;
  const ImGuiID field_id = ImGui::GetID(name.c_str());
  const bool editing = ImGui::GetActiveID() == field_id;
  if (options.secret && !editing) flags |= ImGuiInputTextFlags_Password;
  bool changed = false;
  if (multiline) {
    changed = ImGui::InputTextMultiline(name.c_str(), text.data(), text.capacity() + 1, {width, options.lines * size + 18},
                                        flags, on_resize, &text);
  } else {
    ImGui::SetNextItemWidth(width);
    changed = ImGui::InputTextWithHint(name.c_str(), std::string(options.hint).c_str(), text.data(), text.capacity() + 1, flags, on_resize, &text);
  }
  if (multiline && text.empty() && !editing && !options.hint.empty()) {
    const ImVec2 min = ImGui::GetItemRectMin();
    draw_text({min.x + 11, min.y + 8}, options.hint, in_color(note_style(ui), p.muted), width - 20);
  }
  platform::MirrorItem rest;
  rest.value = text;
  rest.hint = options.hint;
  rest.invalid = options.wrong;
  rest.multiline = multiline;
  rest.password = options.secret;
  platform::mirror_last_item(platform::Role::textbox, id, label, rest);
  if (ImGui::IsItemActive()) {
    platform::set_keyboard(options.keyboard);
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    ImGui::GetWindowDrawList()->AddRect(min, max, p.accent, 6, 0, 1.5f);
  } else {
    focus_ring(ui);
  }
  ImGui::PopStyleColor(6);
  ImGui::PopStyleVar(3);
  ImGui::PopFont();
  if (auto edited = platform::mirror_edited(id)) {
    text = *edited;
    changed = true;
    // A field that is being edited would write back what it holds itself.
    if (ImGuiInputTextState* state = ImGui::GetInputTextState(field_id)) state->ReloadUserBufAndMoveToEnd();
  }
  return changed;
}

void copy_button(const Ui& ui, std::string_view id, std::string_view text, std::string_view copied_id, bool failed, float height, std::string_view label) {
  const bool mine = copied_id == id;
  const std::string_view shown = !mine && !label.empty() ? label : say(!mine ? Label::copy : failed ? Label::copy_failed : Label::copied, ui.language);
  if (button(ui, id, shown, ButtonKind::plain, 0, height)) ui.commands.push_back(command::Copy{std::string(id), std::string(text)});
}

Card::Card(const Ui& ui, std::string_view id, float width, ImU32 back)
    : ui_(ui), width_(width), min_(ImGui::GetCursorScreenPos()), back_(back) {
  ImGui::PushID(id.data(), id.data() + id.size());
  platform::mirror_begin_group("card." + std::string(id), platform::Role::section, "");
  layers_.Split(ImGui::GetWindowDrawList(), 2);
  layers_.SetCurrentChannel(ImGui::GetWindowDrawList(), 1);
  ImGui::SetCursorScreenPos({min_.x + padding, min_.y + padding});
  ImGui::BeginGroup();
}

Card::~Card() {
  ImGui::EndGroup();
  const ImVec2 max{min_.x + width_, ImGui::GetItemRectMax().y + padding};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  layers_.SetCurrentChannel(draw, 0);
  draw->AddRectFilled(min_, max, back_ ? back_ : ui_.palette.panel, 10);
  if (!back_) draw->AddRect(min_, max, ui_.palette.line, 10);
  layers_.Merge(draw);
  platform::mirror_end_group();
  ImGui::PopID();
  ImGui::SetCursorScreenPos(min_);
  ImGui::Dummy({width_, max.y - min_.y});
}

}  // namespace blindspot
