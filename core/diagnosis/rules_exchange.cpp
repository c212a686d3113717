// The wire is known: which code is it? predict names the step that decided; the step and what stood there name the code.
#include <algorithm>

#include "core/cors/predict.hpp"
#include "core/cors/preflight.hpp"
#include "core/diagnosis/hypotheses.hpp"
#include "core/schema/near_miss.hpp"

namespace blindspot {

namespace {

const Round* last_round(const Exchange& exchange) {
  if (exchange.hops.empty()) return nullptr;
  const Hop& hop = exchange.hops.back();
  if (hop.actual) return &*hop.actual;
  return hop.preflight ? &*hop.preflight : nullptr;
}

std::string value_or_empty(const Round& round, std::string_view name) {
  return round.head ? header_value(round.head->headers, name).value_or("") : "";
}

Slots cors_slots(const Round& round) {
  Slots slots;
  if (round.head) slots["status"] = std::to_string(round.head->status);
  if (std::string v = value_or_empty(round, "access-control-allow-origin"); !v.empty()) slots["allow_origin"] = v;
  if (std::string v = value_or_empty(round, "access-control-allow-methods"); !v.empty()) slots["allow_methods"] = v;
  if (std::string v = value_or_empty(round, "access-control-allow-headers"); !v.empty()) slots["allow_headers"] = v;
  return slots;
}

Evidence wire_evidence(const Round& round) {
  switch (round.ending) {
    case Ending::reset: return {EvidenceKind::wire_reset, "", ""};
    case Ending::closed_early: return {EvidenceKind::wire_closed, std::to_string(round.body_bytes), ""};
    case Ending::client_left: return {EvidenceKind::wire_client_left, text_of_ms(round.end_ms - round.received_ms), ""};
    case Ending::stalled:
    case Ending::open:
      if (!round.head && round.raw.empty()) return {EvidenceKind::wire_silent, "", ""};
      return {EvidenceKind::wire_stalled, std::to_string(round.body_bytes), ""};
    case Ending::complete: break;
  }
  return {EvidenceKind::wire_complete, "", ""};
}

bool silent(const Round& round) {
  return round.ending == Ending::stalled || round.ending == Ending::open || round.ending == Ending::client_left;
}

// The preflight itself came to nothing, however: OPTIONS never reached an answer.
Candidate preflight_without_answer(const Round& round) {
  // A wait that the caller's own limit ended might have been answered later: the limit stays the finding.
  Candidate out{silent(round) ? Code::timeout : Code::cors_preflight_no_answer, 1, StepPlace{"preflight.network"}, {}, {}};
  if (round.head || round.raw.starts_with("HTTP/1.")) out.because = {{EvidenceKind::wire_head_refused, "", ""}};
  else if (!round.raw.empty()) out.because = {{EvidenceKind::wire_not_http, excerpt(round.raw, 60), ""}};
  else out.because = {wire_evidence(round)};
  return out;
}

Candidate head_finding(const Call& call, const Round& round) {
  Candidate out{Code::network_failure, 1, StepPlace{"network.head"}, {}, {}};
  if (round.head && call.observation.outcome == Outcome::timed_out) {
    out.code = Code::response_timeout;
    out.because = {wire_evidence(round)};
  } else if (round.head) {
    out.because = {{EvidenceKind::wire_head_refused, "", ""}};
  } else if (round.raw.starts_with("HTTP/1.")) {
    // It speaks HTTP, and yet no browser takes its head: a NUL, a line without a name.
    out.because = {{EvidenceKind::wire_head_refused, "", ""}};
  } else if (!round.raw.empty()) {
    out.code = Code::not_http;
    out.slots["value"] = excerpt(round.raw, 60);
    out.because = {{EvidenceKind::wire_not_http, excerpt(round.raw, 60), ""}};
  } else if (silent(round)) {
    out.code = Code::response_timeout;
    out.because = {wire_evidence(round)};
  } else {
    out.code = round.ending == Ending::reset ? Code::connection_reset : Code::empty_response;
    out.because = {wire_evidence(round)};
  }
  return out;
}

Candidate body_finding(const Round& round) {
  const std::string got = std::to_string(round.body_bytes);
  Candidate out{silent(round) ? Code::body_stalled : Code::body_truncated, 1, StepPlace{"network.body"}, {{"bytes_got", got}}, {wire_evidence(round)}};
  if (round.head) {
    out.slots["status"] = std::to_string(round.head->status);
    if (auto announced = announced_length(round.head->headers)) {
      out.slots["bytes_announced"] = std::to_string(*announced);
      out.because.push_back({EvidenceKind::bytes_short, got, std::to_string(*announced)});
    }
  }
  return out;
}

Candidate place_finding(Reach reach) {
  Candidate out{Code::network_failure, 1, {}, {}, {{EvidenceKind::place_known, std::string(reach_name(reach)), ""}}};
  switch (reach) {
    case Reach::offline: out.code = Code::offline; break;
    case Reach::unknown_host: out.code = Code::dns_failure; break;
    case Reach::refused: out.code = Code::connection_refused; break;
    case Reach::never_accepted: out.code = Code::connect_timeout; break;
    case Reach::tls_expired: out.code = Code::tls_expired; break;
    case Reach::tls_name_mismatch: out.code = Code::tls_name_mismatch; break;
    case Reach::tls_self_signed: out.code = Code::tls_self_signed; break;
    case Reach::tls_failed: out.code = Code::tls_failure; break;
    case Reach::not_sent:
    case Reach::connected: break;
  }
  return out;
}

// A header that is meant to be this one of CORS's and is none: "Access-Control-Allow-Origins".
std::string misspelt_name(const Round& round, std::string_view wanted) {
  if (!round.head) return "";
  for (const Header& header : round.head->headers) {
    const std::string name = ascii_lowercase(header.name);
    const bool is_other = name == "access-control-allow-methods" || name == "access-control-allow-origin" || name == "access-control-allow-headers";
    if (!is_other && near_miss_distance(ascii_lowercase(wanted), name)) return header.name;
  }
  return "";
}

bool leads_to_login(const Round& round) {
  const std::string where = ascii_lowercase(value_or_empty(round, "location"));
  constexpr std::string_view words[] = {"login", "signin", "sign-in", "sso", "oauth", "/auth/", "/cas/", "openid", "saml"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return where.find(word) != std::string::npos; });
}

bool is_redirect(const Round& round) { return round.head && round.head->status >= 300 && round.head->status < 400; }

bool is_serialized_origin(std::string_view value) {
  return value == "null" || value == "*" || serialize_origin(parse_origin(value)) == value;
}

// A cache answered, and it was not told that the answer depends on Origin.
bool came_from_cache_without_vary(const Round& round) {
  const std::string vary = ascii_lowercase(value_or_empty(round, "vary"));
  if (vary.find("origin") != std::string::npos || vary.find('*') != std::string::npos) return false;
  const std::string age = value_or_empty(round, "age"), cache = ascii_lowercase(value_or_empty(round, "x-cache") + value_or_empty(round, "cf-cache-status"));
  return (!age.empty() && age != "0") || cache.find("hit") != std::string::npos;
}

// Access-Control-Allow-Origin is absent: where was it lost?
void explain_absent_origin(const Round& round, bool on_preflight, bool after_redirect, Candidate& out) {
  const int status = round.head ? round.head->status : 0;
  out.because = {{EvidenceKind::server_left_out, "Access-Control-Allow-Origin", ""}};
  if (const std::string name = misspelt_name(round, "Access-Control-Allow-Origin"); !name.empty()) {
    out.code = Code::cors_header_misspelt;
    out.slots["header"] = name;
    out.slots["value"] = value_or_empty(round, name);
    out.because.push_back({EvidenceKind::near_name, name, ""});
    return;
  }
  if (is_redirect(round)) {
    const std::string where = value_or_empty(round, "location");
    // Whatever headers it had carried: a preflight that is redirected is refused.
    out.code = on_preflight ? Code::cors_preflight_redirect : leads_to_login(round) ? Code::cors_redirect_to_login : Code::cors_redirect;
    out.slots["value"] = where;
    if (!where.empty()) out.because.push_back({EvidenceKind::server_sent, "Location", where});
  } else if (status >= 400) {
    const bool unauthorized = on_preflight && (status == 401 || status == 403);
    out.code = unauthorized ? Code::cors_preflight_unauthorized : on_preflight ? Code::cors_preflight_status : Code::cors_headers_on_success_only;
  } else {
    out.code = after_redirect ? Code::cors_redirect : Code::cors_allow_origin_missing;
  }
  if (status >= 300) out.because.push_back({EvidenceKind::status_seen, std::to_string(status), ""});
}

// There is a value, and it is not this page's origin.
void explain_other_origin(const Call& call, const Round& round, std::string_view sent_origin, Candidate& out) {
  const std::string value = value_or_empty(round, "access-control-allow-origin");
  out.because = {{EvidenceKind::server_sent, "Access-Control-Allow-Origin", value}};
  if (value == "*" && call.request.credentials == Credentials::include) {
    out.code = Code::cors_wildcard_with_credentials;
    out.because.push_back({EvidenceKind::credentials_included, "", ""});
  } else if (value.find(',') != std::string::npos) {
    out.code = Code::cors_allow_origin_multiple;
  } else if (!is_serialized_origin(value)) {
    out.code = Code::cors_allow_origin_malformed;
  } else if (sent_origin == "null") {
    out.code = Code::cors_origin_null;
    out.because.push_back({EvidenceKind::sent_origin_null, "", ""});
  } else if (came_from_cache_without_vary(round)) {
    out.code = Code::cors_cached_without_vary;
    for (const char* name : {"Age", "X-Cache", "CF-Cache-Status"})
      if (const std::string told = value_or_empty(round, name); !told.empty()) out.because.push_back({EvidenceKind::server_sent, name, told});
    out.because.push_back({EvidenceKind::server_left_out, "Vary: Origin", ""});
  } else {
    out.code = Code::cors_allow_origin_mismatch;
  }
}

// The CORS check failed on this answer: which header, which way?
Candidate cors_check_finding(const Call& call, const Round& round, bool on_preflight, std::string_view step, const std::vector<SentHop>& sent) {
  Candidate out{Code::cors_blocked, 1, HeaderPlace{"Access-Control-Allow-Origin"}, cors_slots(round), {}};
  if (step.ends_with("cors-check.2")) {
    explain_absent_origin(round, on_preflight, sent.size() > 1, out);
  } else if (step.ends_with("cors-check.4")) {
    explain_other_origin(call, round, sent.empty() ? "" : sent.back().origin, out);
  } else {
    out.code = Code::cors_allow_credentials_missing;
    out.place = HeaderPlace{"Access-Control-Allow-Credentials"};
    const std::string value = value_or_empty(round, "access-control-allow-credentials");
    out.slots["value"] = value;
    out.because = {value.empty() ? Evidence{EvidenceKind::server_left_out, "Access-Control-Allow-Credentials", ""}
                                 : Evidence{EvidenceKind::server_sent, "Access-Control-Allow-Credentials", value}};
  }
  return out;
}

Evidence list_evidence(const Round& round, const char* name) {
  const std::string sent = value_or_empty(round, name);
  return sent.empty() ? Evidence{EvidenceKind::server_left_out, name, ""} : Evidence{EvidenceKind::server_sent, name, sent};
}

// A list of the preflight's answer does not name what is asked for.
void explain_list(const Call& call, const Round& round, const char* name, Code otherwise, Candidate& out) {
  out.code = otherwise;
  out.place = HeaderPlace{name};
  out.because = {list_evidence(round, name)};
  const std::string sent = value_or_empty(round, name), misspelt = sent.empty() ? misspelt_name(round, name) : "";
  if (!misspelt.empty()) {
    out.code = Code::cors_header_misspelt;
    out.slots["header"] = misspelt;
    out.slots["value"] = value_or_empty(round, misspelt);
    out.because.push_back({EvidenceKind::near_name, misspelt, ""});
  } else if (call.request.credentials == Credentials::include && sent.find('*') != std::string::npos) {
    out.code = Code::cors_wildcard_with_credentials;
    out.because.push_back({EvidenceKind::credentials_included, "", ""});
  }
}

Candidate preflight_finding(const Call& call, const Round& round, const StepTaken& step) {
  Candidate out{Code::cors_blocked, 1, StepPlace{std::string(step.id)}, cors_slots(round), {}};
  const int status = round.head ? round.head->status : 0;
  if (step.id == "preflight.status") {
    out.code = is_redirect(round) ? Code::cors_preflight_redirect
               : status == 401 || status == 403 ? Code::cors_preflight_unauthorized : Code::cors_preflight_status;
    out.because = {{EvidenceKind::status_seen, std::to_string(status), ""}};
    if (const std::string where = value_or_empty(round, "location"); is_redirect(round) && !where.empty()) {
      out.slots["value"] = where;
      out.because.push_back({EvidenceKind::server_sent, "Location", where});
    }
  } else if (step.id == "preflight.lists") {
    out.code = Code::cors_allow_list_malformed;
    const std::string name = name_of_reason(step.subject);
    out.place = HeaderPlace{name};
    out.slots["header"] = name;
    out.slots["value"] = value_or_empty(round, name);
    out.because = {{EvidenceKind::server_sent, name, value_or_empty(round, name)}};
  } else if (step.id == "preflight.methods") {
    explain_list(call, round, "Access-Control-Allow-Methods", Code::cors_method_not_allowed, out);
  } else if (step.id == "preflight.headers") {
    std::string name = step.wanted;
    for (const Header& header : call.request.headers)
      if (equals_ignoring_case(header.name, name)) name = header.name;
    out.slots["header"] = name;
    explain_list(call, round, "Access-Control-Allow-Headers", Code::cors_header_not_allowed, out);
  }
  return out;
}

// The hop at which the walk ended; null where none was recorded.
const Hop* deciding_hop(const Exchange& exchange, const std::vector<SentHop>& sent) {
  if (exchange.hops.empty()) return nullptr;
  const std::size_t last = exchange.hops.size() - 1;
  return &exchange.hops[sent.empty() ? last : std::min(sent.back().recorded_as.value_or(last), last)];
}

Candidate finding_at_step(const Call& call, const Prediction& prediction) {
  const Verdict& verdict = prediction.verdict;
  const StepId step = verdict.decided_at;
  const StepTaken taken = verdict.trace.empty() ? StepTaken{step, false, "", ""} : verdict.trace.back();
  const Exchange& exchange = *call.exchange;
  const Hop* hop = deciding_hop(exchange, prediction.sent);
  if (step == "request.mixed-content")
    return {Code::mixed_content, 1, {}, {}, {{EvidenceKind::secure_page_plain_url, serialize_origin(call.request.page.origin),
                                             serialize_origin(origin_of(call.request.url))}}};
  if (step == "request.port") {
    const std::string port = std::to_string(effective_port(call.request.url));
    return {Code::port_blocked, 1, {}, {{"port", port}}, {{EvidenceKind::port_on_block_list, port, ""}}};
  }
  if (step == "mode.same-origin")
    return {Code::cors_mode_same_origin, 1, {}, {}, {{EvidenceKind::cross_origin, taken.wanted, taken.subject}}};
  if (step == "redirect.count")
    return {Code::redirect_loop, 1, {}, {}, {{EvidenceKind::wire_redirects, std::to_string(exchange.hops.size() - 1), ""}}};
  if (!hop) return {Code::network_failure, 1, {}, {}, {{EvidenceKind::nothing_readable, "", ""}}};
  const bool on_preflight = step.starts_with("preflight.") || !hop->actual;
  const Round& round = on_preflight && hop->preflight ? *hop->preflight : *hop->actual;
  if (round.reach != Reach::connected) return place_finding(round.reach);
  if (step.ends_with("cors-check.2") || step.ends_with("cors-check.4") || step.ends_with("cors-check.8"))
    return cors_check_finding(call, round, on_preflight, step, prediction.sent);
  if (step == "preflight.network") return preflight_without_answer(round);
  if (step == "network.head") return head_finding(call, round);
  if (step == "network.body") return body_finding(round);
  if (step == "resource-policy")
    return {Code::cors_resource_policy, 1, HeaderPlace{"Cross-Origin-Resource-Policy"}, {{"value", value_or_empty(round, "cross-origin-resource-policy")}},
            {list_evidence(round, "Cross-Origin-Resource-Policy")}};
  if (step == "redirect.credentials")
    return {Code::cors_redirect, 1, StepPlace{std::string(step)}, {}, {{EvidenceKind::server_sent, "Location", taken.subject}}};
  if (step.starts_with("preflight.")) return preflight_finding(call, round, taken);
  return {step.starts_with("network.") ? Code::network_failure : Code::cors_blocked, 1, StepPlace{std::string(step)}, cors_slots(round), {}};
}

// Headers whose loss callers notice: the rest of what a server adds is its own affair.
bool is_missed_by_callers(std::string_view name) {
  const std::string lower = ascii_lowercase(name);
  if (lower.starts_with("x-ratelimit") || lower.starts_with("ratelimit")) return true;
  constexpr std::string_view names[] = {"x-total-count", "x-total", "x-total-pages", "x-next-page", "x-page", "x-per-page", "link", "location",
                                        "content-disposition", "content-range", "x-auth-token", "x-csrf-token", "x-xsrf-token", "authorization", "x-new-token"};
  return std::find(std::begin(names), std::end(names), lower) != std::end(names);
}

std::optional<Candidate> hidden_header(const Call& call, const Prediction& prediction) {
  const Round* round = last_round(*call.exchange);
  if (!round || !round->head || !prediction.observation.response) return std::nullopt;
  const Headers& readable = prediction.observation.response->headers;
  for (const Header& header : round->head->headers) {
    if (!is_missed_by_callers(header.name) || has_header(readable, header.name)) continue;
    return Candidate{Code::cors_header_not_exposed, 1, HeaderPlace{header.name}, {{"header", header.name}, {"status", std::to_string(round->head->status)}},
                     {{EvidenceKind::server_sent, header.name, ""}, list_evidence(*round, "Access-Control-Expose-Headers")}};
  }
  return std::nullopt;
}

// Engines let * stand for Authorization, the standard does not.
std::optional<Candidate> authorization_by_grace(const Call& call) {
  const Prediction strict = predict(call.request, *call.exchange, {});
  if (strict.verdict.decided_at != "preflight.non-wildcard") return std::nullopt;
  const Hop& hop = call.exchange->hops[0];
  Slots slots = hop.preflight ? cors_slots(*hop.preflight) : Slots{};
  slots["header"] = "Authorization";
  return Candidate{Code::cors_authorization_under_wildcard, 1, HeaderPlace{"Access-Control-Allow-Headers"}, slots,
                   {{EvidenceKind::server_sent, "Access-Control-Allow-Headers", slots["allow_headers"]}, {EvidenceKind::step_decided, "preflight.non-wildcard", ""}}};
}

}  // namespace

std::vector<Candidate> hidden_findings(const Call& call) {
  std::vector<Candidate> out;
  if (!call.exchange || call.exchange->hops.empty()) return out;
  PredictOptions options;
  options.engine = Engine::browsers;
  const Prediction prediction = predict(call.request, *call.exchange, options);
  if (!prediction.verdict.allowed || prediction.response_type != ResponseType::cors) return out;
  if (auto found = authorization_by_grace(call)) out.push_back(std::move(*found));
  if (auto found = hidden_header(call, prediction)) out.push_back(std::move(*found));
  return out;
}

std::vector<Candidate> findings_from_exchange(const Call& call) {
  const Exchange& exchange = *call.exchange;
  const Outcome outcome = call.observation.outcome;
  // Nobody saw a request: that alone names no cause.
  if (outcome == Outcome::aborted || exchange.hops.empty()) return {};
  PredictOptions options;
  options.engine = Engine::browsers;
  const Prediction prediction = predict(call.request, exchange, options);
  // The record ends where the browser would have gone on: what stopped it stands elsewhere.
  if (prediction.verdict.decided_at == "request.not-sent") return {};
  std::vector<Candidate> out;
  if (!prediction.verdict.allowed) {
    Candidate found = finding_at_step(call, prediction);
    if (prediction.verdict.preflighted) {
      std::string reasons;
      for (const StepTaken& reason : decide_preflight(call.request).reasons)
        reasons += (reasons.empty() ? "" : ", ") + name_of_reason(reason.subject);
      found.because.push_back({EvidenceKind::preflight_needed, reasons, ""});
    }
    const StepTaken* taken = prediction.verdict.trace.empty() ? nullptr : &prediction.verdict.trace.back();
    found.because.push_back({EvidenceKind::step_decided, std::string(prediction.verdict.decided_at), taken ? taken->subject : ""});
    const Hop& hop = exchange.hops.empty() ? Hop{} : exchange.hops.back();
    if (hop.preflight && !hop.actual && hop.preflight->reach == Reach::connected)
      found.because.push_back({EvidenceKind::journal_preflight_only, normalize_method(call.request.method), ""});
    out.push_back(std::move(found));
    return out;
  }
  const Round* round = last_round(exchange);
  if (!round || !round->head) return out;
  if (outcome == Outcome::failed || outcome == Outcome::timed_out) {
    // The wire is healthy as far as we can tell and yet the page was refused: something between, or in, the browser.
    const bool slow = outcome == Outcome::timed_out;
    out.push_back({slow ? Code::response_timeout : Code::network_failure, 1, {}, {}, {{EvidenceKind::page_disagrees, "", ""}}});
  }
  return out;
}

}  // namespace blindspot
