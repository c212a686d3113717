// The verdict, why we say so, and the fix: everything on the right that is said in words.
#pragma once

#include <string>
#include <vector>

#include "core/explain/explanation.hpp"
#include "web/app.hpp"
#include "web/state.hpp"
#include "web/views/meaning.hpp"
#include "web/views/repair_view.hpp"

namespace blindspot {

struct CandidateView {
  std::string title, slug, certainty;
  Meaning meaning = Meaning::doubt;
  bool chosen = false;
};

struct FixTab {
  std::string id, title;  // "nginx", "Express", ...
  std::string code;
};

// What the card at the top says. `shown` is false on the empty screen.
struct VerdictView {
  bool shown = false;
  Meaning meaning = Meaning::plain;
  std::string title;
  Prose sentence;
  std::string slug;       // empty where no code leads
  std::string certainty;  // chip; empty: none
  Meaning certainty_meaning = Meaning::plain;
  std::string link;       // an address to open, with the sentence before it; empty: none
};

struct DiagnosisView {
  VerdictView verdict;
  std::string words_missing;  // why there is no explanation; empty: there is one, or it is on its way
  bool can_switch_witness = false;
  Witness witness = Witness::wire;
  std::vector<CandidateView> candidates;      // empty when there is only one
  std::vector<std::string> evidence, ruled_out;
  std::string next_look;
  std::vector<std::string> probes;            // "GET https://... (no-cors)"; empty: none to offer
  ProbePhase probe_phase = ProbePhase::none;
  Prose why, effect, confirm, mini_program;
  RepairView repair;                          // computed for this very call; where not, the catalogue's
  std::vector<FixTab> fix_tabs;
  std::size_t fix_tab = 0;
  Prose fix_words;                            // what stands around the code
  Prose fix_caller;
  bool can_run_good_twin = false, is_good_twin = false;
  std::string case_slug;                      // the case that was run; empty: none
  std::string link;                           // to this case, with the language; empty: none
};

DiagnosisView make_diagnosis_view(const State& state);

}  // namespace blindspot
