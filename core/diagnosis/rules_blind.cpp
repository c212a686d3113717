// The page alone: what can have happened when no head was ever visible? Each code of the network, tls and cors families
// is a hypothesis; what the page knows for sure takes hypotheses away. Facts: docs of each rule name the measurement.
#include <algorithm>

#include "core/cors/preflight.hpp"
#include "core/diagnosis/hypotheses.hpp"

namespace blindspot {

namespace {

// What the page knows about its own call without asking anybody.
struct Known {
  bool cross_origin, tls, preflight, credentials, reserved_name;
  bool custom_header, custom_method;
  std::string reason;  // of the preflight
  std::string header;  // that needs it; empty when several do
};

Known known_facts(const Request& request) {
  Known known{};
  const Origin target = origin_of(request.url);
  known.cross_origin = !is_same_origin(request.page.origin, target);
  known.tls = request.url.scheme == "https";
  known.credentials = request.credentials == Credentials::include;
  const std::string& host = request.url.host;
  known.reserved_name = host.ends_with(".invalid") || host.ends_with(".test") || host.ends_with(".example");
  const PreflightDecision decision = decide_preflight(request);
  known.preflight = known.cross_origin && decision.needed;
  int headers = 0;
  for (const StepTaken& reason : decision.reasons) {
    if (reason.id == "preflight-needed.header") known.header = ++headers == 1 ? name_of_reason(reason.subject) : "";
    if (known.reason.empty()) known.reason = name_of_reason(reason.subject);
  }
  known.custom_header = has_header(decision.preflight_headers, "access-control-request-headers");
  const std::string method = normalize_method(request.method);
  known.custom_method = known.preflight && method != "GET" && method != "HEAD" && method != "POST";
  return known;
}

// Refused at the preflight: a plain GET would not have met it.
bool is_of_preflight(Code code) {
  return code == Code::cors_preflight_status || code == Code::cors_method_not_allowed || code == Code::cors_header_not_allowed ||
         code == Code::cors_preflight_unauthorized || code == Code::cors_preflight_redirect || code == Code::cors_preflight_no_answer ||
         code == Code::cors_allow_list_malformed;
}

bool is_of_redirect(Code code) {
  return code == Code::redirect_loop || code == Code::cors_redirect || code == Code::cors_redirect_to_login || code == Code::cors_origin_null;
}

bool asked(ProbeResult result) { return result != ProbeResult::not_asked; }

// Takes away what the probes contradict. Evidence: the decision tree of the measurements.
bool contradicted(Code code, const Probes& probes) {
  const Family family = family_of(code);
  const bool on_preflight = is_of_preflight(code);
  const bool on_credentials =
      code == Code::cors_wildcard_with_credentials || code == Code::cors_allow_credentials_missing;
  if (probes.manual == ProbeResult::readable) return !on_preflight && !on_credentials && code != Code::cors_blocked;
  if (probes.manual == ProbeResult::opaque_redirect) return !is_of_redirect(code) && code != Code::cors_blocked;
  if (asked(probes.manual) && (on_preflight || on_credentials || code == Code::redirect_loop)) return true;
  // BROWSERS: Firefox 153 takes a peer that is not HTTP for HTTP/0.9 and calls its bytes opaque.
  if (probes.no_cors == ProbeResult::opaque) return family != Family::cors && code != Code::not_http;
  if (asked(probes.no_cors) && family == Family::cors) return true;
  if (probes.root_no_cors == ProbeResult::opaque)
    return family == Family::tls || code == Code::dns_failure || code == Code::connection_refused;
  return false;
}

void add_probe_evidence(const Probes& probes, std::vector<Evidence>& because) {
  if (probes.manual == ProbeResult::readable)
    because.push_back({EvidenceKind::probe_readable, std::to_string(probes.manual_status), ""});
  if (probes.manual == ProbeResult::opaque_redirect) because.push_back({EvidenceKind::probe_redirect, "", ""});
  if (probes.manual == ProbeResult::rejected && probes.no_cors == ProbeResult::opaque)
    because.push_back({EvidenceKind::probe_opaque, "", ""});
  if (probes.no_cors == ProbeResult::rejected) because.push_back({EvidenceKind::probe_rejected, "", ""});
  if (probes.root_no_cors == ProbeResult::opaque) because.push_back({EvidenceKind::root_answers, "", ""});
  if (probes.root_no_cors == ProbeResult::rejected) because.push_back({EvidenceKind::root_silent, "", ""});
}

void drop_contradicted(const Probes& probes, Candidates& candidates) {
  std::erase_if(candidates.list, [&](const Candidate& candidate) { return contradicted(candidate.code, probes); });
  for (Candidate& candidate : candidates.list) add_probe_evidence(probes, candidate.because);
}

void add_cors(const Call& call, const Known& known, Candidates& out) {
  const Evidence crosses{EvidenceKind::cross_origin, serialize_origin(call.request.page.origin),
                         serialize_origin(origin_of(call.request.url))};
  const Evidence preflight{EvidenceKind::preflight_needed, known.reason, ""};
  out.list.push_back({Code::cors_allow_origin_missing, 30, {}, {}, {crosses}});
  out.list.push_back({Code::cors_headers_on_success_only, 14, {}, {}, {crosses}});
  out.list.push_back({Code::cors_allow_origin_mismatch, 10, {}, {}, {crosses}});
  out.list.push_back({Code::cors_redirect_to_login, 8, {}, {}, {crosses}});
  out.list.push_back({Code::cors_redirect, 7, {}, {}, {crosses}});
  out.list.push_back({Code::cors_allow_origin_multiple, 6, {}, {}, {crosses}});
  out.list.push_back({Code::cors_allow_origin_malformed, 5, {}, {}, {crosses}});
  out.list.push_back({Code::cors_cached_without_vary, 4, {}, {}, {crosses}});
  out.list.push_back({Code::cors_header_misspelt, 3, {}, {}, {crosses}});
  out.list.push_back({Code::cors_origin_null, 2, {}, {}, {crosses}});
  out.list.push_back({Code::cors_blocked, 1, {}, {}, {crosses}});
  if (known.preflight) {
    out.list.push_back({Code::cors_preflight_status, 22, {}, {}, {crosses, preflight}});
    out.list.push_back({Code::cors_preflight_unauthorized, 15, {}, {}, {crosses, preflight}});
    out.list.push_back({Code::cors_preflight_redirect, 6, {}, {}, {crosses, preflight}});
    out.list.push_back({Code::cors_preflight_no_answer, 5, {}, {}, {crosses, preflight}});
    out.list.push_back({Code::cors_allow_list_malformed, 2, {}, {}, {crosses, preflight}});
    if (known.custom_header) out.list.push_back({Code::cors_header_not_allowed, 20, {}, {{"header", known.header}}, {crosses, preflight}});
    if (known.custom_method) out.list.push_back({Code::cors_method_not_allowed, 18, {}, {}, {crosses, preflight}});
  }
  if (known.credentials) {
    const Evidence credentials{EvidenceKind::credentials_included, "", ""};
    out.list.push_back({Code::cors_wildcard_with_credentials, 26, {}, {}, {crosses, credentials}});
    out.list.push_back({Code::cors_allow_credentials_missing, 16, {}, {}, {crosses, credentials}});
  }
}

void add_network(const Known& known, const Call& call, Candidates& out) {
  const Evidence nothing{EvidenceKind::nothing_readable, "", ""};
  Candidate dns{Code::dns_failure, 6, {}, {}, {nothing}};
  if (known.reserved_name) {
    dns.weight = 120;
    dns.because = {{EvidenceKind::reserved_name, call.request.url.host, ""}, nothing};
  }
  out.list.push_back(dns);
  out.list.push_back({Code::connection_refused, is_loopback_host(call.request.url.host) ? 25 : 8, {}, {}, {nothing}});
  out.list.push_back({Code::connection_reset, 5, {}, {}, {nothing}});
  out.list.push_back({Code::empty_response, 3, {}, {}, {nothing}});
  out.list.push_back({Code::not_http, 2, {}, {}, {nothing}});
  out.list.push_back({Code::redirect_loop, 2, {}, {}, {nothing}});
  out.list.push_back({Code::network_failure, 1, {}, {}, {nothing}});
}

void add_tls(Candidates& out) {
  const Evidence tls{EvidenceKind::uses_tls, "", ""};
  out.list.push_back({Code::tls_self_signed, 9, {}, {}, {tls}});
  out.list.push_back({Code::tls_expired, 8, {}, {}, {tls}});
  out.list.push_back({Code::tls_name_mismatch, 7, {}, {}, {tls}});
  out.list.push_back({Code::tls_failure, 4, {}, {}, {tls}});
}

Candidates only(Candidate candidate) { return {{std::move(candidate)}, false}; }

}  // namespace

Candidates hypotheses_for_failure(const Call& call) {
  const Request& request = call.request;
  const Known known = known_facts(request);
  const Origin target = origin_of(request.url);
  if (is_blocked_port(effective_port(request.url)))
    return only({Code::port_blocked, 1, {}, {{"port", std::to_string(effective_port(request.url))}},
                 {{EvidenceKind::port_on_block_list, std::to_string(effective_port(request.url)), ""}}});
  const bool page_is_secure = request.page.origin.scheme == "https";
  const Evidence plain{EvidenceKind::secure_page_plain_url, serialize_origin(request.page.origin), serialize_origin(target)};
  if (page_is_secure && !known.tls && !is_potentially_trustworthy(target))
    return only({Code::mixed_content, 1, {}, {}, {plain}});
  if (!call.observation.online && !is_loopback_host(request.url.host))
    return only({Code::offline, 1, {}, {}, {{EvidenceKind::device_offline, "", ""}}});

  const Evidence mode{EvidenceKind::mode_asked, std::string(mode_name(request.mode)), ""};
  if (request.mode == Mode::same_origin && known.cross_origin)
    return only({Code::cors_mode_same_origin, 1, {}, {}, {mode, {EvidenceKind::cross_origin, serialize_origin(request.page.origin), serialize_origin(target)}}});

  Candidates out;
  out.others_beyond_catalogue = true;
  // BROWSERS: WebKitGTK 2.50 blocks http://127.0.0.1 and localhost from a page on https; Chromium and Firefox do not.
  if (page_is_secure && !known.tls) out.list.push_back({Code::mixed_content, 20, {}, {}, {plain}});
  if (known.cross_origin && request.mode == Mode::no_cors) out.list.push_back({Code::cors_resource_policy, 10, {}, {}, {mode}});
  else if (known.cross_origin) add_cors(call, known, out);
  add_network(known, call, out);
  if (known.tls) add_tls(out);
  drop_contradicted(call.observation.probes, out);
  return out;
}

Candidates hypotheses_for_time_limit(const Call& call) {
  const Known known = known_facts(call.request);
  const Evidence limit{EvidenceKind::own_limit, text_of_ms(call.request.time_limit_ms), ""};
  Candidates out;
  out.others_beyond_catalogue = true;
  out.list.push_back({Code::timeout, 9, {}, {}, {limit}});
  out.list.push_back({Code::response_timeout, 8, {}, {}, {limit}});
  out.list.push_back({Code::connect_timeout, known.reserved_name ? 2 : 4, {}, {}, {limit}});
  // BROWSERS: XMLHttpRequest shows no readyState 2 for a head without a body byte, in any of the three engines.
  out.list.push_back({Code::body_stalled, 2, {}, {}, {limit}});
  if (call.observation.probes.root_no_cors == ProbeResult::opaque)
    std::erase_if(out.list, [](const Candidate& candidate) { return candidate.code == Code::connect_timeout; });
  for (Candidate& candidate : out.list) add_probe_evidence(call.observation.probes, candidate.because);
  return out;
}

Candidates hypotheses_for_broken_body(const Call& call) {
  const VisibleResponse& seen = *call.observation.response;
  const std::string status = std::to_string(seen.status), got = std::to_string(seen.body_bytes);
  if (call.observation.outcome == Outcome::timed_out)
    return only({Code::body_stalled, 1, {}, {{"status", status}, {"bytes_got", got}},
                 {{EvidenceKind::head_seen_then_silent, status, got}}});
  // A wrong Content-Encoding or a broken chunk ends the same way for the page; those codes have no folder yet.
  Candidates out;
  out.others_beyond_catalogue = true;
  Candidate cut{Code::body_truncated, 1, {}, {{"status", status}, {"bytes_got", got}},
                {{EvidenceKind::head_seen_then_broke, status, got}}};
  if (auto announced = announced_length(seen.headers)) {
    cut.slots["bytes_announced"] = std::to_string(*announced);
    // Content-Length counts bytes on the wire; what script is given is decoded. Without an encoding they are the same.
    if (!has_header(seen.headers, "content-encoding") && seen.body_bytes < *announced) {
      cut.because.push_back({EvidenceKind::bytes_short, got, std::to_string(*announced)});
      out.others_beyond_catalogue = false;
    }
  }
  out.list.push_back(cut);
  return out;
}

}  // namespace blindspot
