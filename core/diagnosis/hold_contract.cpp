// The answer of a call against its contract.
#include <nlohmann/json.hpp>

#include "core/diagnosis/hypotheses.hpp"
#include "core/http/mime.hpp"

namespace blindspot {

void hold_contract(Call& call) {
  call.breaches.clear();
  if (!can_hold_contract(call)) return;
  const nlohmann::json contract = nlohmann::json::parse(call.contract, nullptr, false);
  if (contract.is_discarded()) return;
  const VisibleResponse& answer = *call.observation.response;
  const std::optional<MimeType> type = content_type_of(answer.headers);
  const ContractCall asked{call.request.method, serialize_url(call.request.url), type ? type->essence() : "", answer.status};
  call.breaches = check_contract(contract, answer.body, asked);
}

}  // namespace blindspot
