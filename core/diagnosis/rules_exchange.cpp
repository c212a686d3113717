// The wire is known: which code is it? predict names the step that decided; the step and what stood there name the code.
#include <algorithm>

#include "core/cors/predict.hpp"
#include "core/cors/preflight.hpp"
#include "core/diagnosis/hypotheses.hpp"

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

Candidate head_finding(const Call& call, const Round& round, bool on_preflight) {
  Candidate out{Code::network_failure, 1, StepPlace{on_preflight ? "preflight.network" : "network.head"}, {}, {}};
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
    out.code = on_preflight ? Code::timeout : Code::response_timeout;
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

// The CORS check failed on this answer: which header, which way?
Candidate cors_check_finding(const Call& call, const Round& round, bool on_preflight, std::string_view step) {
  Candidate out{Code::cors_blocked, 1, HeaderPlace{"Access-Control-Allow-Origin"}, cors_slots(round), {}};
  const std::string origin = value_or_empty(round, "access-control-allow-origin");
  const int status = round.head ? round.head->status : 0;
  if (step.ends_with("cors-check.2")) {
    const bool is_error = status >= 400;
    // Whatever headers it had carried: a preflight that is redirected is refused.
    const bool is_redirect = on_preflight && status >= 300 && status < 400;
    out.code = is_redirect ? Code::cors_blocked
               : !is_error ? Code::cors_allow_origin_missing
               : on_preflight ? Code::cors_preflight_status : Code::cors_headers_on_success_only;
    out.because = {{EvidenceKind::server_left_out, "Access-Control-Allow-Origin", ""}};
    if (is_error || is_redirect) out.because.push_back({EvidenceKind::status_seen, std::to_string(status), ""});
  } else if (step.ends_with("cors-check.4")) {
    const bool wildcard = origin == "*" && call.request.credentials == Credentials::include;
    out.code = wildcard ? Code::cors_wildcard_with_credentials : Code::cors_allow_origin_mismatch;
    out.because = {{EvidenceKind::server_sent, "Access-Control-Allow-Origin", origin}};
    if (wildcard) out.because.push_back({EvidenceKind::credentials_included, "", ""});
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

Candidate preflight_finding(const Call& call, const Round& round, const StepTaken& step) {
  Candidate out{Code::cors_blocked, 1, StepPlace{std::string(step.id)}, cors_slots(round), {}};
  const int status = round.head ? round.head->status : 0;
  if (step.id == "preflight.status") {
    out.code = status >= 300 && status < 400 ? Code::cors_blocked : Code::cors_preflight_status;
    out.because = {{EvidenceKind::status_seen, std::to_string(status), ""}};
  } else if (step.id == "preflight.methods") {
    out.code = Code::cors_method_not_allowed;
    out.place = HeaderPlace{"Access-Control-Allow-Methods"};
    const std::string sent = value_or_empty(round, "access-control-allow-methods");
    out.because = {sent.empty() ? Evidence{EvidenceKind::server_left_out, "Access-Control-Allow-Methods", ""}
                                : Evidence{EvidenceKind::server_sent, "Access-Control-Allow-Methods", sent}};
  } else if (step.id == "preflight.headers") {
    out.code = Code::cors_header_not_allowed;
    out.place = HeaderPlace{"Access-Control-Allow-Headers"};
    std::string name = step.wanted;
    for (const Header& header : call.request.headers)
      if (equals_ignoring_case(header.name, name)) name = header.name;
    out.slots["header"] = name;
    const std::string sent = value_or_empty(round, "access-control-allow-headers");
    out.because = {sent.empty() ? Evidence{EvidenceKind::server_left_out, "Access-Control-Allow-Headers", ""}
                                : Evidence{EvidenceKind::server_sent, "Access-Control-Allow-Headers", sent}};
  }
  return out;
}

Candidate finding_at_step(const Call& call, const Verdict& verdict) {
  const StepId step = verdict.decided_at;
  const StepTaken taken = verdict.trace.empty() ? StepTaken{step, false, "", ""} : verdict.trace.back();
  const Exchange& exchange = *call.exchange;
  const Hop* hop = exchange.hops.empty() ? nullptr : &exchange.hops.back();
  if (step == "request.mixed-content")
    return {Code::mixed_content, 1, {}, {}, {{EvidenceKind::secure_page_plain_url, serialize_origin(call.request.page.origin),
                                             serialize_origin(origin_of(call.request.url))}}};
  if (step == "request.port") {
    const std::string port = std::to_string(effective_port(call.request.url));
    return {Code::port_blocked, 1, {}, {{"port", port}}, {{EvidenceKind::port_on_block_list, port, ""}}};
  }
  if (step.starts_with("redirect.count"))
    return {Code::redirect_loop, 1, {}, {}, {{EvidenceKind::wire_redirects, std::to_string(exchange.hops.size() - 1), ""}}};
  if (!hop) return {Code::network_failure, 1, {}, {}, {{EvidenceKind::nothing_readable, "", ""}}};
  const bool on_preflight = step.starts_with("preflight.") || !hop->actual;
  const Round& round = on_preflight && hop->preflight ? *hop->preflight : *hop->actual;
  if (round.reach != Reach::connected) return place_finding(round.reach);
  if (step.ends_with("cors-check.2") || step.ends_with("cors-check.4") || step.ends_with("cors-check.8"))
    return cors_check_finding(call, round, on_preflight, step);
  if (step == "network.head" || step == "preflight.network") return head_finding(call, round, on_preflight);
  if (step == "network.body") return body_finding(round);
  if (step.starts_with("preflight.")) return preflight_finding(call, round, taken);
  return {step.starts_with("network.") ? Code::network_failure : Code::cors_blocked, 1, StepPlace{std::string(step)}, cors_slots(round), {}};
}

}  // namespace

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
    Candidate found = finding_at_step(call, prediction.verdict);
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
