// Has a server already agreed? https://fetch.spec.whatwg.org/#concept-cache
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace blindspot
