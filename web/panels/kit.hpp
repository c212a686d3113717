// The few things every panel is drawn with: palette, type scale, cards, text set in lines, buttons, fields. Each draws,
// and registers what it drew with the mirror. No logic of the application.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/explain/explanation.hpp"
#include "imgui.h"
#include "web/command.hpp"
#include "web/panels/selection.hpp"
#include "web/platform/mirror.hpp"
#include "web/platform/platform.hpp"
#include "web/views/line_break.hpp"
#include "web/views/meaning.hpp"
#include "web/views/palette.hpp"

namespace blindspot {

// What the panels of one frame share.
struct Ui {
  const Palette& palette;
  Language language;
  Commands& commands;
  bool touch;    // targets at least 40 px high
  float width;   // of the whole page, CSS pixels
  Selection& selection;
};

namespace type {
inline constexpr float verdict = 20, text = 15, list = 14, data = 13, note = 12;
}

enum class Weight { regular, semibold, mono };
struct Style {
  float size = type::text;
  float line = 22;
  Weight weight = Weight::regular;
  ImU32 color = 0;  // 0: the palette's text
};

Style verdict_style(const Ui& ui);
Style text_style(const Ui& ui);
Style list_style(const Ui& ui);
Style data_style(const Ui& ui);
Style note_style(const Ui& ui);
Style card_title_style(const Ui& ui);
Style in_color(Style style, ImU32 color);

float text_width(std::string_view text, const Style& style);
// On one line at a place, cut with an ellipsis when wider than `most`. Not mirrored.
void draw_text(ImVec2 at, std::string_view text, const Style& style, float most = 1e9f);

// Text as lines of a width, by the rules of both scripts, and its drawing, into the window where no list is given: answers
// the height used. Not mirrored.
std::vector<Line> lines_of(std::string_view text, const Style& style, float width);
float draw_lines(const Ui& ui, const std::vector<Line>& lines, ImVec2 at, const Style& style, ImDrawList* draw = nullptr);

// From here on everything is placed at the cursor, advances it, and is mirrored.
void paragraph(const Ui& ui, std::string_view id, std::string_view text, const Style& style, float width);
void heading(const Ui& ui, std::string_view id, std::string_view text, const Style& style, float width, int level);
void prose(const Ui& ui, std::string_view id, const Prose& prose, const Style& style, float width);
void code_block(const Ui& ui, std::string_view id, std::string_view code, float width);
// A name and a value beside it, at `left`; one item of a list.
void table_row(const Ui& ui, std::string_view id, std::string_view name, std::string_view value, float left, float width);
void gap(float height);

enum class ButtonKind { primary, plain, quiet, danger };
enum class Opens { nothing, closed, open };  // a list below the button
// Width 0: as wide as the label needs. `spoken` is what the mirror says where the label is a sign.
bool button(const Ui& ui, std::string_view id, std::string_view label, ButtonKind kind, float width = 0, float height = 0, bool disabled = false,
            std::string_view spoken = {}, Opens opens = Opens::nothing);
float button_width(std::string_view label);
float control_height(const Ui& ui);
float tab_width(const Ui& ui, std::string_view label, bool chosen);
// One of several words. Role::radio where what follows is not a panel of its own.
bool tab(const Ui& ui, std::string_view id, std::string_view label, bool chosen, platform::Role role = platform::Role::tab);
// A whole row that can be pressed: label left, data right.
bool list_row(const Ui& ui, std::string_view id, std::string_view label, std::string_view data, bool chosen, float width);
void chip(const Ui& ui, std::string_view id, ImVec2 right_top, std::string_view text, Meaning meaning);
bool checkbox(const Ui& ui, std::string_view id, std::string_view label, bool checked, float width);

struct FieldOptions {
  std::string_view hint;
  bool secret = false, wrong = false;
  float lines = 1;  // more than one: a multi-line field
  platform::Keyboard keyboard = platform::Keyboard::text;
};
// True in the frame in which the text changed.
bool text_field(const Ui& ui, std::string_view id, std::string_view label, std::string& text, float width, const FieldOptions& options = {});

// Copy with its answer: the label turns into "Copied" after the press.
void copy_button(const Ui& ui, std::string_view id, std::string_view text, std::string_view copied_id, bool failed, float height = 0, std::string_view label = {});

// A card of a width; everything between is inside its padding. Cards do not nest.
class Card {
 public:
  Card(const Ui& ui, std::string_view id, float width, ImU32 back = 0);
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;
  float inner() const { return width_ - 2 * padding; }
  static constexpr float padding = 15;

 private:
  const Ui& ui_;
  float width_;
  ImVec2 min_;
  ImU32 back_;
  ImDrawListSplitter layers_;
};

}  // namespace blindspot
