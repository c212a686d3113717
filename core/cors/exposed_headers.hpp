// Which response headers can the page read?
#pragma once

#include "core/http/headers.hpp"
#include "core/http/request.hpp"

namespace blindspot {

// https://fetch.spec.whatwg.org/#concept-request-response-tainting
enum class Tainting { basic, cors, opaque };

// https://fetch.spec.whatwg.org/#concept-filtered-response: the headers that are left, in their order.
Headers filter_response_headers(const Headers& headers, Tainting tainting, Credentials credentials);
// The same for a request that was not redirected.
Headers readable_headers(const Request& request, const Headers& headers);

}  // namespace blindspot
