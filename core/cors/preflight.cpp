// Is a preflight needed, what does it ask, and does its answer allow the request?
// https://fetch.spec.whatwg.org/#cors-preflight-fetch
#include "core/cors/preflight.hpp"

#include <algorithm>

#include "core/cors/cors_check.hpp"
#include "core/cors/safelist.hpp"
#include "core/cors/steps.hpp"
#include "core/cors/token_list.hpp"

namespace blindspot {
namespace {

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text;
}

// What would have made this header safelisted; empty where nothing would.
std::string safe_values(std::string_view lower_name) {
  if (lower_name == "content-type") return "text/plain, multipart/form-data, application/x-www-form-urlencoded";
  if (lower_name == "range") return "bytes=0-";
  return "";
}

// Each name as often as a header has it.
std::vector<std::string> with_twins(const std::vector<std::string>& names, const Headers& headers) {
  std::vector<std::string> all;
  for (const std::string& name : names) all.insert(all.end(), header_values(headers, name).size(), name);
  return all;
}

void add_header_reasons(const Headers& headers, std::vector<StepTaken>& reasons) {
  for (const Header& header : headers) {
    if (is_cors_safelisted_request_header(header.name, header.value)) continue;
    reasons.push_back({step::preflight_needed_header, true, header.name + ": " + header.value,
                       safe_values(ascii_lowercase(header.name))});
  }
}

std::vector<StepTaken> reasons_of(const Request& request, const std::string& method, const Headers& weighed,
                                  const UnsafeHeaders& unsafe) {
  std::vector<StepTaken> reasons;
  if (!is_cors_safelisted_method(method)) {
    reasons.push_back({step::preflight_needed_method, true, method, "GET, HEAD, POST"});
  }
  add_header_reasons(weighed, reasons);
  if (unsafe.too_long_together) {
    reasons.push_back({step::preflight_needed_size, true, joined(unsafe.names, ", "), "1024"});
  }
  if (request.upload_listeners) reasons.push_back({step::preflight_needed_upload_listeners, true, "upload", ""});
  return reasons;
}

// HTTP fetch, step 4.1: what the cache does not cover needs a preflight.
bool is_covered(const PreflightCache& cache, const Request& request, std::string_view origin, const std::string& method,
                const UnsafeHeaders& unsafe) {
  const bool method_asks = !is_cors_safelisted_method(method) || request.upload_listeners;
  if (method_asks && !is_method_cached(cache, request, origin)) return false;
  return std::all_of(unsafe.names.begin(), unsafe.names.end(),
                     [&](const std::string& name) { return is_header_cached(cache, request, origin, name); });
}

std::string list_line(const Headers& headers, std::string_view name) {
  const std::optional<std::string> value = header_value(headers, name);
  return value ? std::string(name) + ": " + *value : std::string(name);
}

constexpr std::string_view allow_methods = "Access-Control-Allow-Methods";
constexpr std::string_view allow_headers = "Access-Control-Allow-Headers";

class ResponseCheck {
 public:
  ResponseCheck(const Request& request, const ResponseHead& head, const Departures& departures)
      : request_(request),
        head_(head),
        departures_(departures),
        with_credentials_(request.credentials == Credentials::include) {}

  PreflightCheck run(std::string_view origin) {
    // cors-preflight-fetch.7: the CORS check of the request itself, and an ok status.
    result_.success = departures_.contains(Departure::preflight_home_unchecked) &&
                      is_same_origin(request_.page.origin, origin_of(request_.url));
    if (!result_.success) result_.success = preflight_cors_check(head_.headers, origin, request_.credentials, result_.steps);
    if (result_.success) check_status();
    if (result_.success) check_lists();
    if (result_.success) check_method();
    if (result_.success) check_non_wildcard_names();
    if (result_.success) check_unsafe_names();
    return std::move(result_);
  }

 private:
  void take(StepId id, bool passed, std::string subject, std::string wanted) {
    result_.steps.push_back({id, passed, std::move(subject), std::move(wanted)});
    result_.success = passed;
  }

  void check_status() {
    take(step::preflight_status, head_.status >= 200 && head_.status <= 299, std::to_string(head_.status), "200-299");
  }

  // cors-preflight-fetch.7.1 to 7.3: a list that cannot be read refuses everything.
  void check_lists() {
    const auto methods = extract_token_list(head_.headers, allow_methods);
    const auto names = extract_token_list(head_.headers, allow_headers);
    methods_ = methods.value_or(TokenList{});
    names_ = names.value_or(TokenList{});
    if (methods_.malformed) {
      take(step::preflight_lists, false, list_line(head_.headers, allow_methods), "");
    } else {
      take(step::preflight_lists, !names_.malformed, list_line(head_.headers, allow_headers), "");
    }
    // cors-preflight-fetch.7.4: a preflight for the sake of upload listeners needs no list of methods.
    const bool stands_in = request_.upload_listeners && !departures_.contains(Departure::upload_allows_no_method);
    if (!methods && stands_in) methods_.tokens.push_back(normalize_method(request_.method));
  }

  // cors-preflight-fetch.7.5
  void check_method() {
    const std::string method = normalize_method(request_.method);
    const bool allowed = methods_.contains(method) || is_cors_safelisted_method(method) ||
                         (!with_credentials_ && methods_.contains("*"));
    take(step::preflight_methods, allowed, list_line(head_.headers, allow_methods), method);
  }

  // cors-preflight-fetch.7.6: the wildcard does not stand for Authorization.
  // AD-HOC: without a wildcard the refusal is counted among preflight.headers, where a reader looks for it.
  void check_non_wildcard_names() {
    const bool covers = departures_.contains(Departure::wildcard_covers_authorization);
    if (covers || !names_.contains("*") || with_credentials_) return;
    for (const Header& header : request_.headers) {
      if (!is_cors_non_wildcard_request_header_name(header.name)) continue;
      const bool named = names_.contains_ignoring_case(header.name);
      take(step::preflight_non_wildcard, named, list_line(head_.headers, allow_headers), ascii_lowercase(header.name));
      if (!named) return;
    }
  }

  // cors-preflight-fetch.7.7
  void check_unsafe_names() {
    const bool everything = !with_credentials_ && names_.contains("*");
    Headers changed;
    const Headers& weighed = headers_as_weighed(request_.headers, departures_, changed);
    for (const std::string& name : cors_unsafe_request_headers(weighed).names) {
      const bool allowed = everything || names_.contains_ignoring_case(name);
      take(step::preflight_headers, allowed, list_line(head_.headers, allow_headers), name);
      if (!allowed) return;
    }
  }

  const Request& request_;
  const ResponseHead& head_;
  const Departures& departures_;
  bool with_credentials_;
  TokenList methods_, names_;
  PreflightCheck result_;
};

}  // namespace

PreflightDecision decide_preflight(const Request& request) {
  if (request.mode != Mode::cors || is_same_origin(request.page.origin, origin_of(request.url))) return {};
  Request sent = request;
  sent.headers = headers_as_sent(request.headers);
  return decide_cors_preflight(sent, serialize_origin(request.page.origin), {});
}

PreflightDecision decide_cors_preflight(const Request& request, std::string_view origin, const PreflightCache& cache,
                                        const Departures& departures) {
  PreflightDecision decision;
  const std::string method = normalize_method(request.method);
  Headers changed;
  const Headers& weighed = headers_as_weighed(request.headers, departures, changed);
  const UnsafeHeaders unsafe = cors_unsafe_request_headers(weighed);
  decision.reasons = reasons_of(request, method, weighed, unsafe);
  decision.needed = !decision.reasons.empty() && !is_covered(cache, request, origin, method, unsafe);
  if (!decision.needed) return decision;
  decision.preflight_headers = plain_preflight_headers(method, origin);
  // NOTE: joined by a comma without a blank.
  if (!unsafe.names.empty()) {
    const bool twice = departures.contains(Departure::twins_named_twice);
    const auto names = twice ? with_twins(unsafe.names, weighed) : unsafe.names;
    decision.preflight_headers.push_back({"Access-Control-Request-Headers", joined(names, ",")});
  }
  return decision;
}

Headers plain_preflight_headers(const std::string& method, std::string_view origin) {
  return {{"Accept", "*/*"}, {"Origin", std::string(origin)}, {"Access-Control-Request-Method", method}};
}

PreflightCheck check_preflight_response(const Request& request, std::string_view origin, const ResponseHead& head,
                                        const Departures& departures) {
  return ResponseCheck(request, head, departures).run(origin);
}

}  // namespace blindspot
