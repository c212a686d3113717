// Which methods and headers may cross origins unasked? The Fetch standard's safelists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/http/headers.hpp"

namespace blindspot {

// https://fetch.spec.whatwg.org/#cors-safelisted-method; expects a normalised method.
bool is_cors_safelisted_method(std::string_view method);
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
bool is_cors_safelisted_request_header(std::string_view name, std::string_view value);
// https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
bool is_no_cors_safelisted_request_header(std::string_view name, std::string_view value);
// https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
bool is_cors_non_wildcard_request_header_name(std::string_view name);

// Why a request's headers need the server's consent.
struct UnsafeHeaders {
  std::vector<std::string> names;  // lower case, sorted, each once: what the preflight asks for
  // The safelisted values together are longer than 1024 bytes, so that none of them is safe.
  bool too_long_together = false;
};

// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
UnsafeHeaders cors_unsafe_request_headers(const Headers& headers);

}  // namespace blindspot
