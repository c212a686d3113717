// A repair as finished strings: what to change, what to mind, and the policy as configuration for the server that was chosen.
// Whose repair it is, and what is said before it, is left to the views that hold one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/state.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {

struct RepairEditView {
  std::string id, leg, text;
};

struct RepairView {
  bool shown = false;
  std::string note;  // what was assumed, or why no answer of the server would help; empty: nothing to say
  std::vector<RepairEditView> edits;
  std::vector<std::string> cautions;
  std::string server;               // whose configuration this is; empty: there is none
  std::optional<CorsPolicy> policy;  // what the configuration has to say
  std::string configuration;        // written by whoever has the servers' texts, which the page loads later
  std::vector<ChoiceView> servers;  // to choose from, in the order of all_servers; empty: not asked for
};

// `id` begins the ids of all that is drawn of it.
RepairView make_repair_view(const State& state, const Repair& repair, const std::optional<CorsPolicy>& policy, const std::string& id);

}  // namespace blindspot
