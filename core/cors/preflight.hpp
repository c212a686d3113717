// Is a preflight needed, what does it ask, and does its answer allow the request?
// https://fetch.spec.whatwg.org/#cors-preflight-fetch
#pragma once

#include <string_view>
#include <vector>

#include "core/cors/departures.hpp"
#include "core/cors/preflight_cache.hpp"
#include "core/cors/verdict.hpp"
#include "core/http/exchange.hpp"
#include "core/http/request.hpp"

namespace blindspot {

struct PreflightDecision {
  bool needed = false;
  // Why, one preflight-needed.* step each; `wanted` is what would have spared it. Empty when nothing asks for one.
  std::vector<StepTaken> reasons;
  Headers preflight_headers;  // what the OPTIONS request carries: Accept, Origin, Access-Control-Request-*
};

// For a request from its page to its URL. Never needed within one origin or in another mode than cors.
PreflightDecision decide_preflight(const Request& request);
// For a request that CORS applies to, its headers as they are sent, with this Origin; entries of the cache can make it
// unnecessary: then `reasons` stands and `needed` is false.
PreflightDecision decide_cors_preflight(const Request& request, std::string_view origin, const PreflightCache& cache,
                                        const Departures& departures = Engine::standard);

// What every preflight carries, without the names of headers.
Headers plain_preflight_headers(const std::string& method, std::string_view origin);

struct PreflightCheck {
  bool success = false;
  std::vector<StepTaken> steps;  // the last one decided
};

// Steps 7 and 8 of the CORS-preflight fetch.
PreflightCheck check_preflight_response(const Request& request, std::string_view origin, const ResponseHead& head,
                                        const Departures& departures);

}  // namespace blindspot
