// Does an answer let this origin read it? https://fetch.spec.whatwg.org/#concept-cors-check
#pragma once

#include <string_view>
#include <vector>

#include "core/cors/verdict.hpp"
#include "core/http/headers.hpp"
#include "core/http/request.hpp"

namespace blindspot {

// Whether it does. `origin` is the request's origin as it was sent ("null" after a tainting redirect). The steps are added
// to the trace, the last one decided; they are named cors-check.N.
bool cors_check(const Headers& response_headers, std::string_view origin, Credentials credentials,
                std::vector<StepTaken>& trace);
// The same for the answer to a preflight: preflight.cors-check.N.
bool preflight_cors_check(const Headers& response_headers, std::string_view origin, Credentials credentials,
                          std::vector<StepTaken>& trace);

}  // namespace blindspot
