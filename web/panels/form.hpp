// What several panels' forms are made of: the notes below a field, rows of name and value, a choice of a few words, a verdict's sign.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/panels/kit.hpp"
#include "web/views/court_view.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {

void draw_notes(const Ui& ui, const std::vector<FieldNote>& notes, const std::string& id, float width);
bool is_wrong(const std::vector<FieldNote>& notes);

// Copies a link to what is shown; below it, what the link leaves out.
void draw_link_button(const Ui& ui, const RequestView& view, float width);

struct RowEdit {
  std::size_t index;
  std::string name, value;
};

// Rows of name and value with an empty one at the end to type into. Returns what was edited; `removed` is the row to drop.
std::optional<RowEdit> draw_rows(const Ui& ui, const std::vector<RowView>& rows, const std::string& id, std::string_view label, float width, std::optional<std::size_t>& removed);

// A mark that says the same as the colour: cross, question, tick, arrow.
void draw_sign(const Ui& ui, ImVec2 center, Meaning meaning);

// One of several words, in as many lines as they need; the index of the one that was pressed. `name` is read out before them.
std::optional<std::size_t> draw_tabs(const Ui& ui, std::string_view id, std::string_view name, const std::vector<ChoiceView>& choices, float width,
                                     platform::Role role = platform::Role::tab);

// The same with the name written above.
std::optional<std::size_t> draw_choices(const Ui& ui, std::string_view id, std::string_view label, const std::vector<ChoiceView>& choices, float width);

}  // namespace blindspot
