// Which causes fit what was seen, and how sure may one be? Walks the arrow backward: from the observation (and, where
// somebody recorded it, the exchange) to codes. Words are left to explain.
//
// A cause is a hypothesis. It stays while nothing seen contradicts it; it is certain only when it is the only one left,
// no code that the catalogue still lacks would look the same, and the law tests find no folder that does.
#pragma once

#include <optional>

#include "core/diagnosis/finding.hpp"
#include "core/http/exchange.hpp"
#include "core/http/observation.hpp"
#include "core/http/request.hpp"
#include "core/schema/contract.hpp"

namespace blindspot {

// Why the request cannot be built; found before anything is sent.
struct RequestProblem {
  Code code;
  Place place;
  Slots slots;
  Evidence because;
};

// One call, as far as it is known.
struct Call {
  Request request;
  Observation observation;
  std::optional<Exchange> exchange;           // nothing: the page is alone
  std::optional<RequestProblem> never_built;  // set when outcome is never_sent
  std::string contract;                       // JSON Schema the body is held against, as text; empty: none
  std::vector<ShapeFinding> breaches;         // of the contract, as hold_contract finds them
  std::string program_error;                  // what the caller's program threw when it worked with the answer, as pasted
};

// Holds the answer against the contract, where there is one and the answer can be held against it. Apart from diagnose, for
// whoever has the contract's rules elsewhere: the page loads them only when there is a contract.
void hold_contract(Call& call);
bool can_hold_contract(const Call& call);

Diagnosis diagnose(const Call& call);
// The same for a call whose diagnosis by the page alone is at hand: a body of many megabytes is not read again.
Diagnosis diagnose_wire(const Call& call, const Diagnosis& by_page);

// What a person typed, checked as the browser would check it. Nothing when the request can be built.
std::optional<RequestProblem> check_request_text(std::string_view method, std::string_view url, const Headers& headers);

}  // namespace blindspot
