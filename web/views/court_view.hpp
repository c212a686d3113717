// The courtroom as finished strings: the fields with their notes, whether a preflight comes first and why, every step with its
// reason, the verdict, what script may read, and what would repair it.
#pragma once

#include <string>
#include <vector>

#include "web/state.hpp"
#include "web/views/meaning.hpp"
#include "web/views/repair_view.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {

struct StepView {
  std::string id, sentence;
  bool passed = true, decided = false;
};

struct ProofRow {
  std::string id, name, foretold, seen;
  bool same = true;
};

struct ProofView {
  bool offered = false, running = false;
  std::string note;  // why it is not offered; or what comes of it
  Meaning meaning = Meaning::plain;
  std::vector<ProofRow> rows;  // once it is done
};

struct CourtView {
  std::string page_origin, method, url, preflight, answer;
  std::vector<FieldNote> page_origin_notes, method_notes, url_notes, preflight_notes, answer_notes;
  std::vector<RowView> headers;
  std::vector<ChoiceView> credentials, modes;  // in the order of their enumerators
  bool can_take_last_call = false;

  Meaning meaning = Meaning::plain;
  std::string title;              // the verdict in one sentence
  std::string preflight_title;    // whether a preflight comes first
  std::vector<std::string> preflight_reasons;
  std::string preflight_request;  // what the browser asks, as lines; empty: nothing
  std::vector<StepView> steps;
  std::vector<std::string> readable, hidden;  // names of response headers, where the page may read the answer
  RepairView repair;
  ProofView proof;
  std::string preflight_command, answer_command;  // curl; empty where the field is filled or not needed
};

CourtView make_court_view(const State& state);

}  // namespace blindspot
