// What must change on the server for this call to go through CORS?
#include "core/diagnosis/repair_of.hpp"

namespace blindspot {
namespace {

bool is_across(const Request& request) {
  return request.mode == Mode::cors && !is_same_origin(request.page.origin, request.url);
}

}  // namespace

std::optional<CallRepair> repair_by_page(const Call& call, const std::vector<std::string>& exposed) {
  const bool silent = call.observation.outcome == Outcome::failed && !call.observation.response;
  if (!is_across(call.request) || !silent) return std::nullopt;
  CallRepair found{{}, policy_for(call.request, exposed)};
  if (call.request.page.origin.opaque) found.repair.warnings.push_back({Caution::null_origin_allowed});
  return found;
}

std::optional<CallRepair> repair_of(const Call& call, const std::vector<std::string>& exposed) {
  if (!call.exchange) return repair_by_page(call, exposed);
  const Request& request = call.request;
  if (!is_across(request)) return std::nullopt;
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
