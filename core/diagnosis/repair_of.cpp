// What must change on the server for this call to go through CORS?
#include "core/diagnosis/repair_of.hpp"

namespace blindspot {

std::optional<CallRepair> repair_of(const Call& call, const std::vector<std::string>& exposed) {
  const Request& request = call.request;
  const bool across = request.mode == Mode::cors && !is_same_origin(request.page.origin, request.url);
  if (!across) return std::nullopt;
  if (!call.exchange) {
    if (call.observation.outcome != Outcome::failed || call.observation.response) return std::nullopt;
    return CallRepair{{}, policy_for(request, exposed)};
  }
  RepairOptions options;
  options.predict.engine = Engine::browsers;
  options.exposed = exposed;
  CallRepair found;
  found.repair = repair(request, *call.exchange, options);
  if (found.repair.obstacle || found.repair.edits.empty()) return std::nullopt;
  found.policy = policy_of(request, apply_repair(*call.exchange, found.repair), options)
                     .value_or(policy_for(request, exposed));
  return found;
}

}  // namespace blindspot
