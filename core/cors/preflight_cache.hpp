// Has a server already agreed? https://fetch.spec.whatwg.org/#concept-cache
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/exchange.hpp"
#include "core/http/request.hpp"

namespace blindspot {

struct PreflightCacheEntry {
  std::string origin;  // as it was sent
  std::string url;     // serialized, without fragment
  bool credentials = false;
  std::optional<std::string> method, header;  // one of the two
  double max_age_s = 5, age_s = 0;
};

using PreflightCache = std::vector<PreflightCacheEntry>;

// Whether entries that still live cover the method / the header for a request from this origin.
bool is_method_cached(const PreflightCache& cache, const Request& request, std::string_view origin);
bool is_header_cached(const PreflightCache& cache, const Request& request, std::string_view origin,
                      std::string_view name);

// How long a preflight's answer counts, in seconds: what it says, 5 where it says nothing or nonsense, at most `most`.
// BROWSERS: Chromium caps at 7200, Firefox 153 at 86400, WebKit at 600.
double preflight_max_age_s(const Headers& headers, double most);
// CORS-preflight fetch, steps 7.8 on: what the answer to a preflight that succeeded adds to the cache.
void remember_preflight(PreflightCache& cache, const Request& request, std::string_view origin,
                        const ResponseHead& head, double most_s);

}  // namespace blindspot
