// A call to its contract's question and back.
#include "web/later/pack.hpp"

namespace blindspot {

ContractQuestion contract_question(const Call& call) {
  const VisibleResponse& answer = *call.observation.response;
  return {call.contract, call.request.method, serialize_url(call.request.url), header_value(answer.headers, "content-type").value_or(""), answer.body, answer.status};
}

Call call_of(const ContractQuestion& question) {
  Call call;
  call.contract = question.contract;
  call.request.method = question.method;
  if (const auto url = parse_url(question.url)) call.request.url = url.value();
  call.observation.outcome = Outcome::answered;
  call.observation.response.emplace();
  VisibleResponse& answer = *call.observation.response;
  answer.status = question.status;
  if (!question.content_type.empty()) answer.headers = {{"content-type", question.content_type}};
  answer.body = question.body;
  return call;
}

}  // namespace blindspot
