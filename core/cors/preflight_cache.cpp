// Has a server already agreed? https://fetch.spec.whatwg.org/#concept-cache
#include "core/cors/preflight_cache.hpp"

#include <algorithm>
#include <charconv>

#include "core/cors/safelist.hpp"
#include "core/cors/token_list.hpp"

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

double preflight_max_age_s(const Headers& headers, double most) {
  constexpr double unsaid = 5;
  const std::vector<std::string> values = header_values(headers, "Access-Control-Max-Age");
  if (values.size() != 1) return std::min(unsaid, most);
  const std::string_view text = trim_http_whitespace(values.front());
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::min(unsaid, most);
  std::uint64_t seconds = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return parsed.ec == std::errc() ? std::min(static_cast<double>(seconds), most) : most;
}

void remember_preflight(PreflightCache& cache, const Request& request, std::string_view origin,
                        const ResponseHead& head, double most_s) {
  TokenList methods = extract_token_list(head.headers, "Access-Control-Allow-Methods").value_or(TokenList{});
  const TokenList names = extract_token_list(head.headers, "Access-Control-Allow-Headers").value_or(TokenList{});
  if (!has_header(head.headers, "Access-Control-Allow-Methods") && request.upload_listeners) {
    methods.tokens.push_back(normalize_method(request.method));
  }
  Url url = request.url;
  url.fragment.reset();
  PreflightCacheEntry entry;
  entry.origin = std::string(origin);
  entry.url = serialize_url(url);
  entry.credentials = request.credentials == Credentials::include;
  entry.max_age_s = preflight_max_age_s(head.headers, most_s);
  const auto keep = [&](std::optional<std::string> method, std::optional<std::string> header) {
    entry.method = std::move(method);
    entry.header = std::move(header);
    std::erase_if(cache, [&](const PreflightCacheEntry& old) {
      const bool same_header = old.header && entry.header && equals_ignoring_case(*old.header, *entry.header);
      return old.origin == entry.origin && old.url == entry.url && old.credentials == entry.credentials &&
             (same_header || (old.method && old.method == entry.method));
    });
    cache.push_back(entry);
  };
  for (const std::string& method : methods.tokens) keep(method, std::nullopt);
  for (const std::string& name : names.tokens) keep(std::nullopt, name);
}

}  // namespace blindspot
