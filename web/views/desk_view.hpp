// The desk: the fields as they stand, and what was found out about them.
#pragma once

#include "web/state.hpp"
#include "web/views/desk_findings.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {

struct DeskView {
  DeskDraft draft;
  DeskTab tab = DeskTab::contract;
  std::vector<ChoiceView> tabs;
  std::string cut_note;  // the field shows only a part
  bool can_take_answer = false;
  bool examined = false;
  DeskFindings found;  // only a title while nobody has examined it yet
};

// `found`: empty while the part of the program that examines is on its way, or cannot be loaded.
DeskView make_desk_view(const State& state, std::optional<DeskFindings> found);
DeskQuestion desk_question(const State& state);

}  // namespace blindspot
