// What the page's code saw, nothing added: outcome, status, headers, events, and the marks in the body.
#pragma once

#include <string>
#include <vector>

#include "web/state.hpp"
#include "web/views/body_view.hpp"
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
  bool has_body = false;
  std::vector<BodyMark> marks;  // where findings point into the body; the leading one first
};

OutcomeView make_outcome_view(const State& state);

}  // namespace blindspot
