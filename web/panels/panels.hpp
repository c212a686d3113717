// One function a panel: draws a view, appends commands. Each is in the file of its name.
#pragma once

#include <memory>

#include "web/panels/body_panel.hpp"
#include "web/panels/kit.hpp"
#include "web/views/cases_view.hpp"
#include "web/views/court_view.hpp"
#include "web/views/desk_view.hpp"
#include "web/views/diagnosis_view.hpp"
#include "web/views/outcome_view.hpp"
#include "web/views/request_view.hpp"
#include "web/views/wire_view.hpp"

namespace blindspot {

// Everything the panels of a frame draw; rebuilt when the state's revision changes.
struct PageView {
  RequestView request;
  std::vector<CaseGroup> starters, catalogue;
  DiagnosisView diagnosis;
  WireView wire;
  OutcomeView outcome;
  CourtView court;
  DeskView desk;
  std::string lab;  // "127.0.0.1:8081"; empty: none
  Screen screen = Screen::send;
  Theme theme = Theme::system;
  TypeSize type_size = TypeSize::standard;
  std::string copied;
  bool copy_failed = false;
  std::uint64_t record_number = 0;  // changes with the call that is shown, so that scrolled places begin anew
  std::unique_ptr<BodyReader> body; // of that call; none: it has no body
};

void draw_header_panel(const Ui& ui, const PageView& page);
void draw_request_panel(const Ui& ui, const RequestView& view, float width);
void draw_cases_panel(const Ui& ui, const std::vector<CaseGroup>& groups, std::string_view title, float width, bool with_all);
void draw_verdict_panel(const Ui& ui, const DiagnosisView& view, float width);
void draw_wire_panel(const Ui& ui, const WireView& view, float width);
void draw_outcome_panel(const Ui& ui, const PageView& page, float width);
// Layout, marks, find and copy, beside what was drawn last.
void draw_body_tools(const Ui& ui, BodyReader& reader, const PageView& page, float width);
void draw_body_panel(const Ui& ui, BodyReader& reader, const PageView& page, float width);
void draw_evidence_panel(const Ui& ui, const DiagnosisView& view, float width);
// What both the fix and the courtroom show of a repair, within a card.
void draw_repair(const Ui& ui, const RepairView& view, const PageView& page, const std::string& id, float width);
void draw_fix_panel(const Ui& ui, const PageView& page, float width);
// Both sides of the courtroom; the cards of a side stand below one another.
void draw_court_left(const Ui& ui, const PageView& page, const State& state, float width);
void draw_court_right(const Ui& ui, const PageView& page, float width);
// Both sides of the desk.
void draw_desk_left(const Ui& ui, const PageView& page, float width);
void draw_desk_right(const Ui& ui, const PageView& page, float width);
void draw_more_panel(const Ui& ui, const DiagnosisView& view, float width);

// All of it, laid out for the width there is.
void draw_page(const Ui& ui, const PageView& page, const State& state);

}  // namespace blindspot
