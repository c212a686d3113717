// The answer of a call against its contract.
#include "core/diagnosis/hypotheses.hpp"
#include "core/http/mime.hpp"

namespace blindspot {

void hold_contract(Call& call) {
  call.breaches.clear();
  if (!can_hold_contract(call)) return;
  const VisibleResponse& answer = *call.observation.response;
  const std::optional<MimeType> type = content_type_of(answer.headers);
  const ContractCall asked{call.request.method, serialize_url(call.request.url), type ? type->essence() : "", answer.status};
  call.breaches = check_contract(call.contract, answer.body, asked);
}

}  // namespace blindspot
