// The environment follows from the target: a page on https for `cleartext`, no network for `offline`.
#include "tests/laws/stage.hpp"

#include "tests/support/must.hpp"

namespace blindspot {

namespace {

// The page is the same for both twins: a repair changes the call or the server, not where the page was loaded from.
Origin page_of(std::string_view slug) {
  const bool needs_secure_page = must_case(slug).target == Target::cleartext;
  return parse_origin(needs_secure_page ? "https://app.example" : "http://localhost:8080");
}

}  // namespace

Staged stage(std::string_view slug, Twin twin) {
  const Places places;
  Staged out{.a_case = must_case(slug, twin), .request = {}, .exchange = {}, .prediction = {}, .observation = {}, .problem = {}};
  const Case& a_case = out.a_case;
  out.request = request_of(a_case, twin, places, page_of(slug));
  out.problem = check_request_text(a_case.method, case_url(a_case, twin, places, ""), a_case.headers);
  out.exchange = exchange_of(a_case, out.request, places);
  PredictOptions options;
  options.engine = Engine::browsers;
  options.cancelled = a_case.cancel_after_ms.has_value();
  options.cancel_after_ms = a_case.cancel_after_ms.value_or(-1);
  out.prediction = predict(out.request, out.exchange, options);
  out.observation = out.prediction.observation;
  if (out.problem) out.observation = Observation{.outcome = Outcome::never_sent};
  out.observation.online = a_case.target != Target::offline;
  return out;
}

Call blind_call(const Staged& staged) {
  Call call{staged.request, staged.observation, std::nullopt, staged.problem, staged.a_case.contract, {}, staged.a_case.program_error};
  hold_contract(call);
  return call;
}

Call known_call(const Staged& staged) {
  Call call = blind_call(staged);
  call.exchange = staged.exchange;
  return call;
}

}  // namespace blindspot
