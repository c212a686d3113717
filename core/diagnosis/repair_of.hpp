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

// For a call across origins in mode cors that CORS refused: as its exchange tells or, without one, as the page alone can.
// Nothing for every other call, and where no answer of the server would help.
std::optional<CallRepair> repair_of(const Call& call, const std::vector<std::string>& exposed = {});
// As far as the page alone can know, whatever the exchange tells: the call failed without a status, and the server is taken
// to allow nothing yet.
std::optional<CallRepair> repair_by_page(const Call& call, const std::vector<std::string>& exposed = {});

}  // namespace blindspot
