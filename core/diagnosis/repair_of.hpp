// What must change on the server for this call to go through CORS? The computed repair for a diagnosed call; which words and
// which server's configuration are shown is left to the page.
#pragma once

#include "core/cors/repair.hpp"
#include "core/diagnosis/diagnose.hpp"

namespace blindspot {

struct CallRepair {
  Repair repair;      // empty where nobody recorded the answers
  CorsPolicy policy;  // for server_configuration: what this call needs, and what the recorded answers allowed already
};

// For a call across origins in mode cors that CORS refused: as its exchange tells or, without one, as far as the page can
// know (the call failed without a status). Nothing for every other call, and where no answer of the server would help.
std::optional<CallRepair> repair_of(const Call& call, const std::vector<std::string>& exposed = {});

}  // namespace blindspot
