// Does an answer let this origin read it? https://fetch.spec.whatwg.org/#concept-cors-check
#pragma once

#include <string_view>
#include <vector>

#include "core/cors/verdict.hpp"
#include "core/http/headers.hpp"
#include "core/http/request.hpp"

namespace blindspot {

struct CorsCheck {
  bool success = false;
  std::vector<StepTaken> steps;  // the last one decided
};

// `origin` is the request's origin as it was sent ("null" after a tainting redirect). Steps are named cors-check.N.
CorsCheck cors_check(const Headers& response_headers, std::string_view origin, Credentials credentials);
// The same for the answer to a preflight: preflight.cors-check.N.
CorsCheck preflight_cors_check(const Headers& response_headers, std::string_view origin, Credentials credentials);

}  // namespace blindspot
