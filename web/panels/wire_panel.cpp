// Both ends of the wire, drawn: three lanes, one row an arrow.
#include <algorithm>
#include <cmath>

#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

struct Lanes {
  float x[3];
  float of(Lane lane) const { return x[static_cast<std::size_t>(lane)]; }
};

Lanes lanes_for(ImVec2 at, float width) {
  const float edge = width < 480 ? 26 : std::min(70.0f, width * 0.09f);
  return {{at.x + edge, at.x + width / 2, at.x + width - edge}};
}

void draw_dashes(ImDrawList* draw, ImVec2 from, float to_x, ImU32 color, float thickness) {
  const float step = to_x > from.x ? 1.0f : -1.0f;
  for (float x = from.x; (to_x - x) * step > 0; x += 9 * step)
    draw->AddLine({x, from.y}, {step > 0 ? std::min(x + 5, to_x) : std::max(x - 5, to_x), from.y}, color, thickness);
}

void draw_head(ImDrawList* draw, ImVec2 tip, float direction, ImU32 color) {
  draw->AddTriangleFilled({tip.x, tip.y}, {tip.x - 10 * direction, tip.y - 5.5f}, {tip.x - 10 * direction, tip.y + 5.5f}, color);
}

void draw_cross(ImDrawList* draw, ImVec2 center, ImU32 color) {
  draw->AddLine({center.x - 5, center.y - 5}, {center.x + 5, center.y + 5}, color, 2);
  draw->AddLine({center.x + 5, center.y - 5}, {center.x - 5, center.y + 5}, color, 2);
}

void draw_stroke(const Arrow& arrow, float from, float to, float y, ImU32 color) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float direction = to > from ? 1.0f : -1.0f;
  const float end = to - 5 * direction;
  if (arrow.stroke == Stroke::solid) {
    draw->AddLine({from, y}, {end - 6 * direction, y}, color, 1.6f);
    draw_head(draw, {end, y}, direction, color);
  } else if (arrow.stroke == Stroke::dashed) {
    draw_dashes(draw, {from, y}, end - 6 * direction, color, 1.6f);
    draw_head(draw, {end, y}, direction, color);
  } else {
    const float stop = from + (to - from) * 0.62f;
    draw_dashes(draw, {from, y}, stop - 10 * direction, color, 1.6f);
    draw_cross(draw, {stop, y}, color);
  }
}

// One arrow with its words above and its note below; returns the height it took.
float draw_arrow(const Ui& ui, const Arrow& arrow, const Lanes& lanes, float y, int number) {
  const float from = lanes.of(arrow.from), to = lanes.of(arrow.to);
  const float left = std::min(from, to) + 11, room = std::abs(to - from) - 18;
  const ImU32 color = ink_of(ui.palette, arrow.meaning);
  const Style label{type::data, 19, Weight::regular, arrow.meaning == Meaning::plain ? ui.palette.text : color};
  const Style note = note_style(ui);
  float top = y;
  const std::vector<Line> lines = set_lines(arrow.label, room, [&](std::string_view text, bool) { return text_width(text, label); });
  for (const Line& line : lines) {
    for (const Piece& piece : line) draw_text({left + piece.x, top}, piece.text, label);
    top += label.line;
  }
  top += 4;
  draw_stroke(arrow, from, to, top, color);
  float bottom = top + 6, beside = 0;  // how far the note's first line reaches
  if (!arrow.note.empty()) {
    const std::vector<Line> note_lines = set_lines(arrow.note, room, [&](std::string_view text, bool) { return text_width(text, note); });
    if (!note_lines.empty() && !note_lines[0].empty()) beside = note_lines[0].back().x + text_width(note_lines[0].back().text, note);
    for (const Line& line : note_lines) {
      for (const Piece& piece : line) draw_text({left + piece.x, bottom}, piece.text, note);
      bottom += note.line;
    }
  }
  if (!arrow.time.empty()) {
    const float wide = text_width(arrow.time, note);
    const bool fits = beside + 8 + wide <= room;
    const ImVec2 place{std::max(from, to) - 12 - wide, fits ? top + 6 : bottom};
    draw_text(place, arrow.time, note);
    bottom = std::max(bottom, place.y + note.line);
  }
  bottom += 8;
  ImVec2 min{std::min(from, to), y}, max{std::max(from, to), bottom};
  const std::string text = arrow_text(arrow, ui.language), id = "wire." + std::to_string(number);
  platform::mirror({.role = platform::Role::listitem, .id = id, .name = text, .min = min, .max = max});
  return bottom - y;
}

}  // namespace

void draw_wire_panel(const Ui& ui, const WireView& view, float width) {
  if (view.arrows.empty()) return;
  const Card card(ui, "wire", width);
  const float inner = card.inner();
  heading(ui, "wire.title", say(Label::both_ends, ui.language), card_title_style(ui), inner, 3);
  gap(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Lanes lanes = lanes_for(at, inner);
  const Style lane_style{type::data, 20, Weight::semibold, ui.palette.muted};
  const Label names[] = {Label::lane_code, Label::lane_browser, Label::lane_server};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view name = say(names[i], ui.language);
    const float wide = text_width(name, lane_style);
    const float x = std::clamp(lanes.x[i] - wide / 2, at.x, at.x + inner - wide);
    draw_text({x, at.y}, name, lane_style);
  }
  // The lanes stand behind the arrows: their length is known only after these are drawn.
  ImDrawListSplitter layers;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  layers.Split(draw, 2);
  layers.SetCurrentChannel(draw, 1);
  float y = at.y + 28;
  int number = 0;
  platform::mirror_begin_group("wire.arrows", platform::Role::list, say(Label::both_ends, ui.language));
  for (const Arrow& arrow : view.arrows) y += draw_arrow(ui, arrow, lanes, y, number++);
  platform::mirror_end_group();
  layers.SetCurrentChannel(draw, 0);
  for (const float x : lanes.x) draw->AddLine({x, at.y + 24}, {x, y}, ui.palette.line, 1.5f);
  layers.Merge(draw);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({inner, y - at.y});
  if (!view.foot.empty()) paragraph(ui, "wire.foot", view.foot, note_style(ui), inner);
}

}  // namespace blindspot
