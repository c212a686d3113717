// Forward: given what was asked and what crossed the wire, what does the browser decide, and what does the page see?
// The Fetch standard's main fetch, HTTP fetch and HTTP-redirect fetch, without service workers, caches of answers, CSP.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cors/exposed_headers.hpp"
#include "core/cors/local_network.hpp"
#include "core/cors/preflight.hpp"
#include "core/cors/preflight_cache.hpp"
#include "core/cors/resource_policy.hpp"
#include "core/cors/verdict.hpp"
#include "core/http/exchange.hpp"
#include "core/http/observation.hpp"
#include "core/http/request.hpp"

namespace blindspot {

struct PredictOptions {
  Departures engine = Engine::standard;  // whose rules
  // The caller cancelled before the answer was complete. With a time (milliseconds on the exchange's clock), only what
  // had not happened by then is lost.
  bool cancelled = false;
  double cancel_after_ms = -1;
  PreflightCache preflight_cache;
  EmbedderPolicy embedder_policy = EmbedderPolicy::unsafe_none;  // of the page
  std::optional<LocalNetwork> local_network;                     // nothing: not looked at
};

// https://fetch.spec.whatwg.org/#concept-response-type, for an answer that was let through.
enum class ResponseType { error, basic, cors, opaque, opaque_redirect };
std::string_view response_type_name(ResponseType type);  // Response.type: "basic", "opaqueredirect", ...

// One request the browser sends (or would send) on the way: to the first URL, then to each redirect's target.
struct SentHop {
  Url url;
  std::string method;  // normalised
  Headers headers;     // of those the script set, the ones that are sent
  std::string origin;  // the Origin header's value; empty when none is sent
  PreflightDecision preflight;
  std::optional<std::size_t> recorded_as;  // the hop of the exchange that answers it; an earlier one in a loop
};

struct Prediction {
  Verdict verdict;
  Observation observation;
  ResponseType response_type = ResponseType::error;
  std::vector<SentHop> sent;
};

// Total: every request and exchange gives a verdict with a step. A hop the exchange does not tell of is taken for one
// the browser held back, unless the same URL was answered before: then that answer is taken again.
Prediction predict(const Request& request, const Exchange& exchange, const PredictOptions& options = {});

}  // namespace blindspot
