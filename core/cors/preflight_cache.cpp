// Has a server already agreed? https://fetch.spec.whatwg.org/#concept-cache
#include "core/cors/preflight_cache.hpp"

#include <algorithm>

#include "core/cors/safelist.hpp"

namespace blindspot {
namespace {

// https://fetch.spec.whatwg.org/#concept-cache-match, without the network partition: one page is one partition.
bool matches(const PreflightCacheEntry& entry, const Request& request, std::string_view origin) {
  Url url = request.url;
  url.fragment.reset();
  return entry.age_s < entry.max_age_s && entry.origin == origin && entry.url == serialize_url(url) &&
         (entry.credentials || request.credentials != Credentials::include);
}

}  // namespace

// https://fetch.spec.whatwg.org/#concept-cache-match-method
bool is_method_cached(const PreflightCache& cache, const Request& request, std::string_view origin) {
  const std::string method = normalize_method(request.method);
  return std::any_of(cache.begin(), cache.end(), [&](const PreflightCacheEntry& entry) {
    return matches(entry, request, origin) && (entry.method == method || entry.method == "*");
  });
}

// https://fetch.spec.whatwg.org/#concept-cache-match-header
bool is_header_cached(const PreflightCache& cache, const Request& request, std::string_view origin,
                      std::string_view name) {
  return std::any_of(cache.begin(), cache.end(), [&](const PreflightCacheEntry& entry) {
    if (!entry.header || !matches(entry, request, origin)) return false;
    return equals_ignoring_case(*entry.header, name) ||
           (*entry.header == "*" && !is_cors_non_wildcard_request_header_name(name));
  });
}

}  // namespace blindspot
