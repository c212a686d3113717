// The body on the screen: only the rows in sight are made and drawn; what is left to read of it is done in slices, one a
// frame, and asks for frames only as long.
#include <algorithm>
#include <cmath>
#include <utility>

#include "imgui_internal.h"
#include "web/panels/panels.hpp"
#include "web/views/labels.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

// A slice of reading: long while nobody works with the page, short in a frame that answers a hand.
constexpr double calm_ms = 150, calm_slice_ms = 5, slice_ms = 1.5, between_slices_ms = 6;
constexpr std::size_t slice_bytes = 8 * 1024;
constexpr float padding = 8;      // above and below the text
constexpr float tallest_scroll = 4e6f;  // pixels a float counts well; beyond, the scroll bar stands for a share

ImU32 ink_of(const Palette& p, BodyInk ink) {
  switch (ink) {
    case BodyInk::plain:
    case BodyInk::literal: return p.text;
    case BodyInk::key: return p.accent;
    case BodyInk::string: return p.good;
    case BodyInk::number: return p.doubt;
    case BodyInk::wrong: return p.bad;
    case BodyInk::punctuation:
    case BodyInk::summary: break;
  }
  return p.muted;
}

// What is drawn in a frame, and where.
struct Sheet {
  const Ui& ui;
  BodyReader& reader;
  BodyView& view;
  const BodyRows& rows;
  Style style;
  ImVec2 min, max;   // of what can be seen
  float gutter;      // of it, at the left
  std::size_t first = 0;
  float first_y = 0;
  std::vector<BodyRow> shown;
  // The mark whose words are shown, where it stands, and why: 0 none, 1 visited, 2 its row is pointed at, 3 itself.
  int told = 0;
  std::size_t told_mark = 0;
  ImVec2 told_at;

  float text_x() const { return min.x + gutter; }
  float row_y(std::size_t i) const { return first_y + static_cast<float>(i) * style.line; }
};

void work(BodyReader& reader) {
  const double now = platform::now_ms();
  if (GImGui->InputEventsTrail.Size > 0) reader.touched_ms = now;
  const double slice = now - reader.touched_ms < calm_ms ? slice_ms : calm_slice_ms;
  // An event may cause several frames at once: they share a slice.
  if (now - reader.worked_ms < between_slices_ms) return platform::request_frames(1);
  for (int i = 0; i < 200; ++i) {
    if (!reader.view.work(slice_bytes)) return;
    if (platform::now_ms() - now > slice) break;
  }
  reader.worked_ms = platform::now_ms();
  platform::request_frames(1);
}

// --- scrolling ----------------------------------------------------------------------------------------------------

// ImGui's scroll place and ours are brought together: one to one while pixels can be counted, by share beyond.
void follow_scroll(BodyReader& reader, double rows, double rows_in_sight, float line) {
  const float now = ImGui::GetScrollY(), most = ImGui::GetScrollMaxY();
  const double last = std::max(rows - rows_in_sight, 0.0);
  const float moved = now - reader.scroll;
  if (reader.scroll_set) {
    // What we asked for has been rounded.
  } else if (rows * line <= tallest_scroll) {
    reader.top = now / line;
  } else if (moved != 0) {
    if (now <= 0) reader.top = 0;
    else if (now >= most - 0.5f) reader.top = last;
    else if (std::fabs(moved) < 2000) reader.top += moved / line;
    else reader.top = last * now / most;
  }
  reader.scroll_set = false;
  reader.scroll = now;
  reader.top = std::clamp(reader.top, 0.0, last);
}

void scroll_to(BodyReader& reader, double top, double rows, double rows_in_sight, float line) {
  const double last = std::max(rows - rows_in_sight, 0.0);
  reader.top = std::clamp(top, 0.0, last);
  const double share = last > 0 ? reader.top / last : 0;
  ImGui::SetScrollY(static_cast<float>(rows * line <= tallest_scroll ? reader.top * line : share * ImGui::GetScrollMaxY()));
  reader.scroll_set = true;
  platform::request_frames(2);
}

void answer_reveal(BodyReader& reader, double rows, double rows_in_sight, float line) {
  BodyView& view = reader.view;
  if (!view.reveal) return;
  const auto row = view.rows().row_of(std::min(*view.reveal, view.text().size()));
  if (!row) return;  // not laid out yet: frames go on until it is
  view.reveal.reset();
  const double at = static_cast<double>(*row);
  const bool near = at > reader.top - 3 && at < reader.top + rows_in_sight + 3;
  if (at >= reader.top && at + 1 <= reader.top + rows_in_sight) return;
  // A step goes on by rows; a leap shows what stands around.
  const double top = near ? (at < reader.top ? at : at + 1 - rows_in_sight) : at - std::floor(rows_in_sight / 3);
  scroll_to(reader, top, rows, rows_in_sight, line);
}

// --- hands and keys -----------------------------------------------------------------------------------------------

std::size_t offset_at(const Sheet& sheet, ImVec2 point) {
  if (sheet.shown.empty()) return 0;
  const float rows_down = std::floor((point.y - sheet.first_y) / sheet.style.line);
  const auto i = static_cast<std::size_t>(std::clamp(rows_down, 0.0f, static_cast<float>(sheet.shown.size() - 1)));
  return sheet.rows.offset_at(sheet.shown[i], point.x - sheet.text_x());
}

const BodyRow* row_at(const Sheet& sheet, float y) {
  const float rows_down = std::floor((y - sheet.first_y) / sheet.style.line);
  if (rows_down < 0 || rows_down >= static_cast<float>(sheet.shown.size())) return nullptr;
  return &sheet.shown[static_cast<std::size_t>(rows_down)];
}

bool is_on_fold(const Sheet& sheet, ImVec2 point) {
  const BodyRow* row = row_at(sheet, point.y);
  if (!row || !row->fold) return false;
  const float target = sheet.ui.touch ? 32 : 18;
  return point.x < sheet.text_x() && point.x >= sheet.text_x() - target;
}

ByteRange unit_at(const BodyView& view, std::size_t offset, int clicks) {
  return clicks >= 3 ? view.line_at(offset) : clicks == 2 ? view.word_at(offset) : ByteRange{offset, offset};
}

void press(Sheet& sheet) {
  const ImGuiIO& io = ImGui::GetIO();
  BodyReader& reader = sheet.reader;
  reader.clicks = 0;
  reader.pressed_ms = platform::now_ms();  // ImGui counts frames, of which a finger that rests causes none
  if (is_on_fold(sheet, io.MousePos)) return reader.view.toggle_fold(*row_at(sheet, io.MousePos.y)->fold);
  const std::size_t offset = offset_at(sheet, io.MousePos);
  reader.view.leave_mark();
  if (io.KeyShift) {
    reader.clicks = 1;
    reader.pressed = {reader.view.anchor, reader.view.anchor};
    reader.view.caret = offset;
    return;
  }
  const bool finger = io.MouseSource == ImGuiMouseSource_TouchScreen;
  reader.clicks = finger ? 2 : std::min<int>(io.MouseClickedCount[0], 3);
  reader.pressed = unit_at(reader.view, offset, reader.clicks);
  reader.view.select(reader.pressed);
}

void drag(Sheet& sheet, double rows, double rows_in_sight) {
  const ImGuiIO& io = ImGui::GetIO();
  BodyReader& reader = sheet.reader;
  if (reader.clicks == 0) return;
  if (ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) {
    const ByteRange unit = unit_at(reader.view, offset_at(sheet, io.MousePos), reader.clicks);
    const bool backwards = unit.from < reader.pressed.from;
    reader.view.anchor = backwards ? reader.pressed.to : reader.pressed.from;
    reader.view.caret = backwards ? unit.from : std::max(unit.to, reader.pressed.to);
  }
  // Beyond an edge the text comes along, the faster the further.
  const float beyond = std::max(io.MousePos.y - sheet.max.y, 0.0f) - std::max(sheet.min.y - io.MousePos.y, 0.0f);
  if (beyond != 0) scroll_to(reader, reader.top + std::clamp(beyond, -400.0f, 400.0f) * io.DeltaTime * 0.6, rows, rows_in_sight, sheet.style.line);
}

void take_keys(Sheet& sheet, ImGuiID id, double rows_in_sight) {
  BodyReader& reader = sheet.reader;
  BodyView& view = sheet.view;
  const ImGuiIO& io = ImGui::GetIO();
  constexpr ImGuiKey ours[] = {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow, ImGuiKey_PageUp,
                               ImGuiKey_PageDown, ImGuiKey_Home, ImGuiKey_End, ImGuiKey_Space, ImGuiKey_Enter};
  for (const ImGuiKey key : ours) ImGui::SetKeyOwner(key, id);
  const bool command = io.KeyCtrl || io.KeySuper, keep = io.KeyShift;
  using Step = BodyView::Step;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key); };
  const long page = std::max(static_cast<long>(rows_in_sight) - 1, 1L);
  if (pressed(ImGuiKey_LeftArrow)) view.move(Step::left, keep);
  if (pressed(ImGuiKey_RightArrow)) view.move(Step::right, keep);
  if (pressed(ImGuiKey_UpArrow)) view.move_rows(-1, keep);
  if (pressed(ImGuiKey_DownArrow)) view.move_rows(1, keep);
  if (pressed(ImGuiKey_PageUp)) view.move_rows(-page, keep);
  if (pressed(ImGuiKey_PageDown)) view.move_rows(page, keep);
  if (pressed(ImGuiKey_Home)) view.move(command ? Step::text_start : Step::line_start, keep);
  if (pressed(ImGuiKey_End)) view.move(command ? Step::text_end : Step::line_end, keep);
  if (command && pressed(ImGuiKey_A)) view.select({0, view.text().size()});
  if (!command && (pressed(ImGuiKey_Space) || pressed(ImGuiKey_Enter)))
    if (const auto open = view.fold_at_caret()) view.toggle_fold(*open);
  if (pressed(ImGuiKey_Escape) && reader.find_open) reader.find_open = false;
  if (command) return;  // the browser's find and the like
  if (ImGui::IsKeyPressed(ImGuiKey_Slash, false)) reader.find_open = reader.focus_find = true;
  if (pressed(ImGuiKey_N)) view.next_hit(keep);
  if (pressed(ImGuiKey_M)) view.next_mark(keep);
}

// --- drawing ------------------------------------------------------------------------------------------------------

// The part of a row that a range covers, as places on the screen; false where it covers none.
bool cover(const Sheet& sheet, std::size_t i, std::size_t from, std::size_t to, float& left, float& right) {
  const BodyRow& row = sheet.shown[i];
  if (to <= row.from || from >= row.to || row.segments.empty()) {
    if (row.segments.empty() && from <= row.from && to > row.from) {
      left = sheet.text_x();
      right = left + sheet.rows.metrics().narrow;
      return true;
    }
    return false;
  }
  left = sheet.text_x() + sheet.rows.x_of(row, std::max(from, row.from));
  right = sheet.text_x() + sheet.rows.x_of(row, std::min(to, row.to));
  // The end of a line is selected too, and must show.
  const std::size_t last = row.segments.back().to;
  if (last < row.to && to > last && from <= last) right += sheet.rows.metrics().narrow / 2;
  return right > left;
}

void draw_marks(Sheet& sheet, std::size_t i, ImDrawList* draw) {
  const auto& marks = sheet.view.marks();
  const BodyRow& row = sheet.shown[i];
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float y = sheet.row_y(i), line = sheet.style.line;
  const bool pointed = ImGui::IsItemHovered() && mouse.y >= y && mouse.y < y + line;
  bool backed = false;
  for (std::size_t m = 0; m < marks.size(); ++m) {
    const BodyMark& mark = marks[m];
    if (mark.offset >= row.to && !(mark.offset == row.to && row.to == sheet.view.text().size())) break;
    const std::size_t end = std::max(mark.offset + mark.length, mark.offset + 1);
    if (end <= row.from) continue;
    const ImU32 ink = blindspot::ink_of(sheet.ui.palette, mark.meaning);
    if (!std::exchange(backed, true)) {
      draw->AddRectFilled({sheet.min.x, y}, {sheet.max.x, y + line}, back_of(sheet.ui.palette, mark.meaning));
      draw->AddRectFilled({sheet.min.x, y}, {sheet.min.x + 3, y + line}, ink);
    }
    float left = 0, right = 0;
    if (!cover(sheet, i, mark.offset, end, left, right)) {
      left = sheet.text_x() + sheet.rows.x_of(row, mark.offset);
      right = left + sheet.rows.metrics().narrow;
    }
    draw->AddRectFilled({left, y + line - 3}, {right, y + line - 1}, ink);
    const int told = pointed ? (mouse.x >= left && mouse.x < right ? 3 : 2) : sheet.view.current_mark() == m ? 1 : 0;
    if (told > sheet.told) sheet.told = told, sheet.told_mark = m, sheet.told_at = {left, y};
  }
}

// What the mark that is pointed at, or else visited, says: below its row, or above where there is no room.
void draw_note(const Sheet& sheet) {
  if (sheet.told == 0) return;
  const BodyMark& mark = sheet.view.marks()[sheet.told_mark];
  const Style style{type::note, 18, Weight::semibold, blindspot::ink_of(sheet.ui.palette, mark.meaning)};
  const std::vector<Line> lines = lines_of(mark.text, style, std::min(420.0f, sheet.max.x - sheet.min.x - 24));
  float width = 16;
  for (const Line& line : lines)
    if (!line.empty()) width = std::max(width, line.back().x + line.back().width + 16);
  const float height = static_cast<float>(lines.size()) * style.line + 8;
  const float below = sheet.told_at.y + sheet.style.line + 2;
  const float x = std::max(std::min(sheet.told_at.x, sheet.max.x - width - 4), sheet.min.x + 4);
  const float y = below + height <= sheet.max.y ? below : sheet.told_at.y - height - 2;
  ImDrawList* front = ImGui::GetForegroundDrawList();
  front->AddRectFilled({x, y}, {x + width, y + height}, sheet.ui.palette.panel, 5);
  front->AddRect({x, y}, {x + width, y + height}, style.color, 5);
  draw_lines(sheet.ui, lines, {x + 8, y + 4}, style, front);
}

void draw_segment(const Sheet& sheet, const BodySegment& segment, float y) {
  const float x = sheet.text_x() + segment.x;
  Style style = in_color(sheet.style, ink_of(sheet.ui.palette, segment.ink));
  if (!segment.summary.empty()) {
    ImGui::GetWindowDrawList()->AddRectFilled({x + 2, y + 2}, {x + segment.width - 2, y + style.line - 2}, sheet.ui.palette.accent_back, 4);
    return draw_text({x, y}, segment.summary, style);
  }
  const std::string_view text = sheet.view.text();
  float at_x = x;
  for (std::size_t at = segment.from; at < segment.to;) {
    // Letters of one width go together; everything else is put where the row says it stands.
    std::size_t end = at;
    while (end < segment.to && static_cast<unsigned char>(text[end]) >= 0x20 && static_cast<unsigned char>(text[end]) < 0x7F) ++end;
    if (end > at) {
      draw_text({at_x, y}, text.substr(at, end - at), style);
      at_x += static_cast<float>(end - at) * sheet.rows.metrics().narrow;
      at = end;
      continue;
    }
    const BodyGlyph glyph = body_glyph(text, at);
    const bool sign = glyph.kind == BodyGlyph::sign;
    const bool blank = sign && text[at] == '\t';
    draw_text({at_x, y}, sign ? glyph.sign_text : text.substr(at, glyph.length),
              blank ? in_color(style, sheet.ui.palette.muted) : sign ? in_color(style, sheet.ui.palette.bad) : style);
    at_x += sheet.rows.width_of(glyph);
    at += glyph.length;
  }
}

void draw_fold_sign(const Sheet& sheet, const BodyRow& row, float y) {
  const float x = sheet.text_x() - 13, middle = y + sheet.style.line / 2;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (row.folded) draw->AddTriangleFilled({x + 2, middle - 4}, {x + 7, middle}, {x + 2, middle + 4}, sheet.ui.palette.text);
  else draw->AddTriangleFilled({x, middle - 2}, {x + 8, middle - 2}, {x + 4, middle + 3}, sheet.ui.palette.muted);
}

void draw_rows(Sheet& sheet, bool focused) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Palette& p = sheet.ui.palette;
  const ByteRange selected = sheet.view.selected();
  const BodyFind& found = sheet.view.found();
  const auto& hits = found.hits();
  for (std::size_t i = 0; i < sheet.shown.size(); ++i) {
    const BodyRow& row = sheet.shown[i];
    const float y = sheet.row_y(i), line = sheet.style.line;
    float left = 0, right = 0;
    draw_marks(sheet, i, draw);
    // A hit may have begun on the row above.
    auto hit = std::lower_bound(hits.begin(), hits.end(), row.from > found.length() ? row.from - found.length() : 0);
    for (int n = 0; sheet.reader.find_open && n < 500 && hit != hits.end() && *hit < row.to; ++hit, ++n) {
      if (!cover(sheet, i, *hit, *hit + found.length(), left, right)) continue;
      draw->AddRectFilled({left, y + 1}, {right, y + line - 1}, p.doubt_back, 2);
      const auto current = sheet.view.current_hit();
      const bool is_current = current && static_cast<std::size_t>(hit - hits.begin()) == *current;
      draw->AddRect({left, y + 1}, {right, y + line - 1}, is_current ? p.accent : p.doubt, 2, 0, is_current ? 2.0f : 1.0f);
    }
    if (selected.from != selected.to && cover(sheet, i, selected.from, selected.to, left, right))
      draw->AddRectFilled({left, y}, {right, y + line}, selection_color(sheet.ui));
    if (row.line > 0 && sheet.view.layout() == BodyLayout::raw) {
      const std::string label = std::to_string(row.line);
      draw_text({sheet.text_x() - 18 - text_width(label, sheet.style), y}, label, in_color(sheet.style, p.muted));
    }
    if (row.fold) draw_fold_sign(sheet, row, y);
    for (const BodySegment& segment : row.segments) draw_segment(sheet, segment, y);
    const std::size_t caret = sheet.view.caret;
    const bool at_end = caret == sheet.view.text().size() && row.to == caret && sheet.first + i + 1 == sheet.rows.count();
    if (focused && ((caret >= row.from && caret < row.to) || at_end)) {
      const float x = sheet.text_x() + sheet.rows.x_of(row, caret);
      draw->AddRectFilled({x - 1, y + 1}, {x + 1, y + line - 1}, p.accent);
    }
  }
  draw_note(sheet);
}

// A plain page shows the lines as they came: a browser breaks them where it likes.
void mirror_lines(const Sheet& sheet, std::size_t most_lines, std::size_t most_bytes) {
  const LineIndex& lines = sheet.view.lines();
  std::size_t line = 1, bytes = 0;
  for (; line <= lines.line_count() && line <= most_lines && bytes < most_bytes; ++line) {
    const std::string text = readable_text(lines.line_text(line).substr(0, 4000));
    bytes += text.size();
    platform::mirror({.role = platform::Role::listitem, .name = text, .min = sheet.min, .max = sheet.max});
  }
}

void mirror_shown(const Sheet& sheet, std::size_t i) {
  const BodyRow& row = sheet.shown[i];
  const float end = row.segments.empty() ? 8 : row.segments.back().x + row.segments.back().width, y = sheet.row_y(i);
  platform::mirror({.role = platform::Role::listitem, .name = sheet.rows.shown(row), .min = {sheet.text_x() + row.left, y}, .max = {sheet.text_x() + end, y + sheet.style.line}});
}

// What is read of a body, wherever it is scrolled to: its first rows, and those in sight.
std::size_t mirror_all_rows(const Sheet& sheet, std::size_t most_rows, std::size_t most_bytes) {
  BodyReader& reader = sheet.reader;
  const std::size_t count = sheet.rows.count();
  // More rows behind a full head change nothing in it.
  const bool only_grows = count > reader.head_of && reader.head_of > reader.head.size() && !sheet.rows.done();
  if ((reader.head_of != count && !only_grows) || reader.head.empty()) {
    std::size_t bytes = 0;
    reader.head.clear();
    reader.head_of = count;
    for (std::size_t i = 0; i < count && i < most_rows && bytes < most_bytes; ++i) {
      reader.head.push_back(sheet.rows.shown(sheet.rows.row(i)));
      bytes += reader.head.back().size();
    }
  }
  for (std::size_t i = 0; i < reader.head.size(); ++i) {
    if (i >= sheet.first && i < sheet.first + sheet.shown.size()) {
      mirror_shown(sheet, i - sheet.first);
      continue;
    }
    const float y = sheet.first_y + (static_cast<float>(i) - static_cast<float>(sheet.first)) * sheet.style.line;
    platform::mirror({.role = platform::Role::listitem, .name = reader.head[i], .min = {sheet.text_x(), y}, .max = {sheet.max.x, y + sheet.style.line}});
  }
  for (std::size_t i = std::max(reader.head.size(), sheet.first); i < sheet.first + sheet.shown.size(); ++i) mirror_shown(sheet, i - sheet.first);
  return reader.head.size();
}

void mirror_rows(const Sheet& sheet) {
  constexpr std::size_t most_rows = 200, most_bytes = 64 * 1024;
  const Language language = sheet.ui.language;
  auto mirrored = [&](platform::Role role, std::string_view id, std::string_view name, std::size_t i, float left, float right) {
    const float y = sheet.row_y(i);
    platform::mirror({.role = role, .id = id, .name = name, .min = {left, y}, .max = {right, y + sheet.style.line}});
  };
  const auto& marks = sheet.view.marks();
  for (std::size_t m = 0; m < marks.size(); ++m)
    for (std::size_t i = 0; i < sheet.shown.size(); ++i)
      if (marks[m].offset >= sheet.shown[i].from && marks[m].offset < sheet.shown[i].to)
        mirrored(platform::Role::text, "body.mark." + std::to_string(m), marks[m].text, i, sheet.text_x(), sheet.max.x);
  const bool plain = platform::environment().plain;
  std::size_t told = most_rows;
  platform::mirror_begin_group("outcome.body", platform::Role::list, say(Label::response_body, language));
  if (plain) {
    mirror_lines(sheet, most_rows, most_bytes);
  } else {
    told = mirror_all_rows(sheet, most_rows, most_bytes);
  }
  platform::mirror_end_group();
  const std::size_t all = plain ? sheet.view.lines().line_count() : sheet.rows.count();
  if (all > told)
    platform::mirror({.role = platform::Role::text, .id = "outcome.body.more", .name = say(Label::lines_shown, language, told), .min = sheet.min, .max = sheet.min});
  if (plain) return;
  for (std::size_t i = 0; i < sheet.shown.size(); ++i) {
    const BodyRow& row = sheet.shown[i];
    if (!row.fold) continue;
    const std::string id = "body.fold." + std::to_string(*row.fold);
    mirrored(platform::Role::button, id, std::string(say(row.folded ? Label::unfold : Label::fold, language)) + " " + sheet.rows.shown(row), i,
             sheet.text_x() - 18, sheet.text_x());
    if (platform::mirror_activated(id)) sheet.view.toggle_fold(*row.fold);
  }
}

// --- the panel's parts --------------------------------------------------------------------------------------------

// Puts controls beside each other while they fit.
struct Flow {
  float right, gap = 8;
  bool first = true;
  void next(float width) {
    if (!first && ImGui::GetItemRectMax().x + gap + width <= right) ImGui::SameLine(0, gap);
    else if (!first) blindspot::gap(6);
    first = false;
  }
};

std::string place_text(std::size_t index, std::string_view count, Language language) {
  std::string text(say(Label::find_hit, language));
  text.replace(text.find("{i}"), 3, grouped(index + 1));
  text.replace(text.find("{n}"), 3, count);
  return text;
}

std::string hit_text(const BodyReader& reader, Language language) {
  const BodyFind& found = reader.view.found();
  if (found.length() == 0) return {};
  if (found.hits().empty()) return std::string(found.done() ? say(Label::find_none, language) : "...");
  return place_text(reader.view.current_hit().value_or(0), grouped(found.hits().size()) + (found.capped() || !found.done() ? "+" : ""), language);
}

std::string mark_text(const BodyView& view, Language language) {
  const std::string count = grouped(view.marks().size());
  return view.current_mark() ? place_text(*view.current_mark(), count, language) : count;
}

// A few words beside the controls, as high as they.
void status_text(std::string_view id, std::string_view text, std::string_view spoken, float width, float height, const Style& style) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text({at.x, at.y + std::floor((height - style.line) / 2)}, text, style);
  ImGui::Dummy({width, height});
  platform::mirror({.role = platform::Role::status, .id = id, .name = spoken, .min = at, .max = {at.x + width, at.y + height}});
}

void close_find(BodyReader& reader) {
  reader.find_open = false;
  reader.focus_text = true;
}

void draw_find(const Ui& ui, BodyReader& reader, float width) {
  Flow flow{ImGui::GetCursorScreenPos().x + width};
  const float field = std::min(260.0f, width - 8);
  flow.next(field);
  if (reader.focus_find) {
    // The text must not be what has the keyboard any more, else it would take the window back.
    ImGui::SetFocusID(ImGui::GetID("##body.find"), ImGui::GetCurrentWindow());
    ImGui::FocusWindow(ImGui::GetCurrentWindow());
    ImGui::SetKeyboardFocusHere();
  }
  reader.focus_find = false;
  if (text_field(ui, "body.find", say(Label::find_in_body, ui.language), reader.wanted, field, {.hint = say(Label::find_in_body, ui.language)}))
    reader.view.find(reader.wanted);
  const bool active = ImGui::IsItemActive(), ended = ImGui::IsItemDeactivated();
  const bool enter = ImGui::IsKeyPressed(ImGuiKey_Enter);
  const bool command = ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeySuper;
  if ((active || ended) && enter && !command) {
    reader.view.next_hit(ImGui::GetIO().KeyShift);
    reader.focus_find = ended;
  }
  if (platform::mirror_activated("body.find")) reader.view.next_hit(false);
  if (ended && platform::escape_ended_editing()) close_find(reader);
  const std::string count = hit_text(reader, ui.language);
  const Style note = in_color(note_style(ui), ui.palette.text);
  const float height = control_height(ui), wide = std::max(text_width(count, note), 90.0f);
  flow.next(wide);
  status_text("body.find.count", count, count, wide, height, note);
  const bool none = reader.view.found().hits().empty();
  flow.next(height);
  if (button(ui, "body.find.previous", "\xE2\x86\x91", ButtonKind::plain, height, 0, none, say(Label::find_previous, ui.language))) reader.view.next_hit(true);
  flow.next(height);
  if (button(ui, "body.find.next", "\xE2\x86\x93", ButtonKind::plain, height, 0, none, say(Label::find_next, ui.language))) reader.view.next_hit(false);
  flow.next(height);
  if (button(ui, "body.find.close", "\xC3\x97", ButtonKind::quiet, height, 0, false, say(Label::close, ui.language))) close_find(reader);
  gap(6);
}

}  // namespace

void draw_body_tools(const Ui& ui, BodyReader& reader, const PageView& page, float width) {
  Flow flow{ImGui::GetCursorScreenPos().x + width, 28, false};
  const float tool_height = ui.touch ? 40 : 30;
  const auto layout_tab = [&](BodyLayout layout, std::string_view id, Label label) {
    const std::string_view text = say(label, ui.language);
    if (tab(ui, id, text, reader.layout == layout, platform::Role::radio)) reader.layout = layout;
  };
  if (reader.view.is_json()) {
    platform::mirror_begin_group("body.layouts", platform::Role::radio, say(Label::response_body, ui.language));
    // Never one of the two alone in a line.
    const bool raw = reader.layout == BodyLayout::raw;
    flow.next(tab_width(ui, say(Label::body_formatted, ui.language), !raw) + 14 + tab_width(ui, say(Label::body_raw, ui.language), raw));
    layout_tab(BodyLayout::formatted, "body.formatted", Label::body_formatted);
    ImGui::SameLine(0, flow.gap = 14);
    layout_tab(BodyLayout::raw, "body.raw", Label::body_raw);
    platform::mirror_end_group();
  }
  const auto tool = [&](std::string_view id, std::string_view label, std::string_view spoken = {}) {
    flow.next(button_width(label));
    flow.gap = 8;
    return button(ui, id, label, ButtonKind::plain, 0, tool_height, false, spoken);
  };
  if (!reader.view.marks().empty()) {
    const std::string_view next = say(Label::mark_next, ui.language), previous = say(Label::mark_previous, ui.language);
    const auto& marks = reader.view.marks();
    const auto current = reader.view.current_mark();
    const std::string count = mark_text(reader.view, ui.language);
    const Style style = in_color(note_style(ui), blindspot::ink_of(ui.palette, marks[current.value_or(0)].meaning));
    const float wide = text_width(count, style) + 4;
    if (marks.size() > 1 && tool("body.mark.previous", "\xE2\x96\xB8\xE2\x86\x91", previous)) reader.view.next_mark(true);
    if (tool("body.mark.next", "\xE2\x96\xB8\xE2\x86\x93", next)) reader.view.next_mark(false);
    flow.next(wide);
    status_text("body.mark.count", count, current ? count + ": " + without_backticks(marks[*current].text) : count, wide, tool_height, style);
  }
  if (tool("outcome.find", say(Label::find, ui.language))) reader.find_open = reader.focus_find = true;
  flow.next(button_width(say(Label::copy, ui.language)));
  copy_button(ui, "outcome.copy", reader.view.text(), page.copied, page.copy_failed, tool_height);
  if (tool("outcome.examine", say(Label::examine_as_json, ui.language))) ui.commands.push_back(command::TakeLastAnswer{});
}

void draw_body_panel(const Ui& ui, BodyReader& reader, const PageView& page, float width) {
  BodyView& view = reader.view;
  if (reader.find_open) draw_find(ui, reader, width);
  const Style style = data_style(ui);
  const float digits = text_width(std::to_string(view.lines().line_count()), style);
  const float gutter = (reader.layout == BodyLayout::raw ? std::max(digits, 8.0f) + 14 : 16) + 20;
  const float room = std::floor(width - gutter - ImGui::GetStyle().ScrollbarSize - 8);
  const BodyMetrics metrics{text_width("0", style), text_width("\xE8\x8C\xB6", style), std::max(room, 80.0f)};
  const std::size_t top_byte = view.rows().count() > 0 ? view.rows().row(std::min(static_cast<std::size_t>(reader.top), view.rows().count() - 1)).from : 0;
  if (metrics.width != view.rows().metrics().width && !view.reveal && reader.top > 0) view.reveal = top_byte;
  view.lay_out(reader.layout, metrics);
  work(reader);

  const double rows = static_cast<double>(std::max<std::size_t>(view.rows().likely_count(), 1));
  const double tallest = std::clamp(std::floor(ImGui::GetIO().DisplaySize.y * 0.55 / style.line), 8.0, 30.0);
  const double rows_in_sight = std::min(rows, tallest);
  const float height = static_cast<float>(rows_in_sight) * style.line + 2 * padding;
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ui.palette.inset);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 6);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  const std::string name = "body." + std::to_string(page.record_number);
  ImGui::BeginChild(name.c_str(), {width, height}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_None);
  follow_scroll(reader, rows, rows_in_sight, style.line);
  answer_reveal(reader, rows, rows_in_sight, style.line);

  const ImVec2 corner = ImGui::GetWindowPos();
  Sheet sheet{ui, reader, view, view.rows(), style, corner, {corner.x + width, corner.y + height}, gutter, 0, 0, {}};
  const auto lay_sheet = [&] {
    sheet.first = static_cast<std::size_t>(reader.top);
    sheet.first_y = std::floor(corner.y + padding - static_cast<float>(reader.top - static_cast<double>(sheet.first)) * style.line);
    sheet.shown.clear();
    if (sheet.first > 0) --sheet.first, sheet.first_y -= style.line;  // shows in the padding
    for (std::size_t row = sheet.first; row < view.rows().count() && sheet.row_y(sheet.shown.size()) < sheet.max.y; ++row)
      sheet.shown.push_back(view.rows().row(row));
  };
  lay_sheet();

  // One item, as large as what is seen of the text, takes presses and keys.
  ImGui::SetCursorScreenPos(corner);
  const float item_width = width - (ImGui::GetScrollMaxY() > 0 ? ImGui::GetStyle().ScrollbarSize : 0);
  const ImGuiID id = ImGui::GetID("##text");
  if (reader.focus_text) {
    ImGui::FocusWindow(ImGui::GetCurrentWindow());
    ImGui::SetFocusID(id, ImGui::GetCurrentWindow());
    reader.focus_text = false;
  }
  ImGui::InvisibleButton("##text", {item_width, height}, ImGuiButtonFlags_EnableNav);
  const bool focused = ImGui::IsItemFocused() && !ImGui::GetIO().WantTextInput;
  const ByteRange before = view.selected();
  if (ImGui::IsItemActivated() && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    ui.selection.pressed = true;
    press(sheet);
  } else if (ImGui::IsItemActive()) {
    drag(sheet, rows, rows_in_sight);
  }
  if (ImGui::IsItemDeactivated() && ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen && platform::now_ms() - reader.pressed_ms < 200)
    view.select({view.caret, view.caret});
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(is_on_fold(sheet, ImGui::GetIO().MousePos) ? ImGuiMouseCursor_Hand : ImGuiMouseCursor_TextInput);
  if (focused) {
    platform::take_reading_keys();
    take_keys(sheet, id, rows_in_sight);
  }
  // One selection in the page: whoever selected last has it.
  if (view.selected() != before && view.selected().from != view.selected().to) {
    ui.selection.block = id;
    ui.selection.pressed = ui.selection.pressed || ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  }
  const bool chosen = view.selected().from != view.selected().to;
  if (chosen && ui.selection.block != id && view.selected() == before && ui.selection.block != 0) view.select({view.caret, view.caret});
  if (chosen && (ui.selection.block == id || focused)) ui.selection.give(view.selected_text());
  lay_sheet();  // a fold or a scroll shows at once
  draw_rows(sheet, focused);
  platform::MirrorItem rest;
  mirror_rows(sheet);
  if (!platform::environment().plain) platform::mirror_last_item(platform::Role::button, "body.text", say(Label::body_text, ui.language), rest);
  if (platform::mirror_activated("body.text")) reader.focus_text = true;
  const float tall = static_cast<float>(std::min(rows * style.line, static_cast<double>(tallest_scroll))) + 2 * padding;
  ImGui::SetCursorScreenPos({corner.x, corner.y - ImGui::GetScrollY()});
  ImGui::Dummy({1, tall});
  ImGui::EndChild();
  if (focused && ImGui::GetCurrentContext()->NavCursorVisible)
    ImGui::GetWindowDrawList()->AddRect({sheet.min.x - 1, sheet.min.y - 1}, {sheet.max.x + 1, sheet.max.y + 1}, ui.palette.accent, 7, 0, 2);
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
}

}  // namespace blindspot
