// What the page's code saw, nothing added: outcome, status, headers, events, and the body by lines.
#pragma once

#include <string>
#include <vector>

#include "web/state.hpp"
#include "web/views/meaning.hpp"

namespace blindspot {

struct OutcomeTabView {
  OutcomeTab tab;
  std::string id, text;
  bool chosen = false;
};

struct EventView {
  std::string time, name, size;
};

struct OutcomeView {
  bool shown = false;
  std::string outcome;  // "failed", "answered"
  Meaning meaning = Meaning::plain;
  std::string status;   // "200 OK"; "0" when nothing was told
  std::string size, time;
  std::vector<OutcomeTabView> tabs;
  OutcomeTab tab = OutcomeTab::body;
  Headers headers;
  std::vector<EventView> events;
  std::string remark;        // stands in place of an empty tab
  std::size_t body_lines = 0;
  std::size_t marked_line = 0;  // from 1; 0: none: where the leading finding points
};

OutcomeView make_outcome_view(const State& state);

// Line `number` (from 1) of the record's body as it can be drawn: valid UTF-8, at most `most` bytes.
std::string body_line(const Record& record, std::size_t number, std::size_t most, Language language);

}  // namespace blindspot
