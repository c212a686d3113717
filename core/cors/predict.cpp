// Forward: given what was asked and what crossed the wire, what does the browser decide, and what does the page see?
// One function for each stretch of the way; each answers whether the way goes on.
#include "core/cors/predict.hpp"

#include <algorithm>

#include "core/cors/cors_check.hpp"
#include "core/cors/safelist.hpp"
#include "core/cors/steps.hpp"
#include "core/http/percent.hpp"

namespace blindspot {
namespace {

constexpr int most_redirects = 20;
constexpr std::size_t usual_steps = 16;

bool is_http_scheme(std::string_view scheme) {
  return scheme == "http" || scheme == "https";
}

// https://fetch.spec.whatwg.org/#redirect-status
bool is_redirect_status(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// https://fetch.spec.whatwg.org/#null-body-status
bool is_null_body_status(int status) {
  return status == 101 || status == 103 || status == 204 || status == 205 || status == 304;
}

bool includes_credentials(const Url& url) {
  return !url.username.empty() || !url.password.empty();
}

std::string without_fragment(const Url& url) {
  std::string text = serialize_url(url);
  if (url.fragment) text.resize(text.size() - url.fragment->size() - 1);
  return text;
}

// A value is a byte string: a text with a character above U+00FF cannot become one.
bool holds_wide_character(std::string_view value) {
  const bool wide = std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC4; });
  return wide && is_valid_utf8(value);
}

bool is_sendable_header(const Header& header) {
  return is_token(header.name) && is_header_value(trim_http_whitespace(header.value)) &&
         !holds_wide_character(header.value);
}

// https://fetch.spec.whatwg.org/#request-body-header-name
bool is_request_body_header_name(std::string_view name) {
  constexpr std::string_view names[] = {"Content-Encoding", "Content-Language", "Content-Location", "Content-Type"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

bool is_mixed_content(const Origin& page, const Url& url, const std::optional<LocalNetwork>& network) {
  if (network && may_be_cleartext(*network, url)) return false;
  // BROWSERS: the standard speaks of every trustworthy page; engines forbid cleartext only to pages on https.
  return page.scheme == "https" && url.scheme == "http" && !is_potentially_trustworthy(origin_of(url));
}

class Walk {
 public:
  Walk(const Request& request, const Exchange& exchange, const PredictOptions& options)
      : exchange_(exchange), options_(options) {
    // Everything but the body, which plays no part and may be large.
    current_.method = normalize_method(request.method);
    current_.url = request.url;
    current_.headers = headers_as_sent(request.headers);
    current_.mode = request.mode;
    current_.credentials = request.credentials;
    current_.redirect = request.redirect;
    current_.upload_listeners = request.upload_listeners;
    current_.page = request.page;
    current_.time_limit_ms = request.time_limit_ms;
    result_.verdict.trace.reserve(usual_steps);
    // https://fetch.spec.whatwg.org/#concept-headers-append, guard request-no-cors: the others are dropped in silence.
    if (current_.mode == Mode::no_cors) {
      std::erase_if(current_.headers, [](const Header& header) {
        return !is_no_cors_safelisted_request_header(header.name, header.value);
      });
    }
    if (departs(Departure::user_agent_kept)) {
      std::erase_if(current_.headers, [](const Header& each) { return equals_ignoring_case(each.name, "User-Agent"); });
    }
    if (departs(Departure::upload_without_body) && request.body.empty()) current_.upload_listeners = false;
    if (departs(Departure::preflight_keeps_names) || departs(Departure::preflight_foreseen)) first_headers_ = current_.headers;
  }

  Prediction run(const Request& original) {
    if (!check_request(original)) return std::move(result_);
    while (fetch_hop()) {
    }
    if (in_hop_) end_hop();
    return std::move(result_);
  }

 private:
  // A received value never has white space at its ends; files of cases may keep it. Gives back `head` itself where nothing
  // is to be done, else `mended`.
  const ResponseHead& as_received(const ResponseHead& head, ResponseHead& mended) const {
    const bool clean = std::all_of(head.headers.begin(), head.headers.end(), [](const Header& header) {
      return trim_http_whitespace(header.value).size() == header.value.size();
    });
    const bool drops_empty = departs(Departure::empty_lines_dropped);
    if (clean && !drops_empty) return head;
    mended = head;
    for (Header& header : mended.headers) header.value = std::string(trim_http_whitespace(header.value));
    if (!drops_empty) return mended;
    const std::size_t origins = header_values(mended.headers, "Access-Control-Allow-Origin").size();
    mended.headers = without_empty_twins(mended.headers);
    // Counted as they came.
    if (origins != header_values(mended.headers, "Access-Control-Allow-Origin").size()) {
      mended.headers.push_back({"Access-Control-Allow-Origin", ""});
    }
    return mended;
  }

  bool departs(Departure departure) const { return options_.engine.contains(departure); }

  // Takes a step; a failed one ends the walk.
  bool take(StepId id, bool passed, std::string subject, std::string wanted = {}, Outcome outcome = Outcome::failed) {
    StepTaken& taken = result_.verdict.trace.emplace_back();
    taken.id = id;
    taken.passed = passed;
    taken.subject = std::move(subject);
    taken.wanted = std::move(wanted);
    if (!passed) decide(id, false, outcome);
    return passed;
  }

  bool take_all(std::vector<StepTaken>&& steps, bool success) {
    std::vector<StepTaken>& trace = result_.verdict.trace;
    trace.insert(trace.end(), std::make_move_iterator(steps.begin()), std::make_move_iterator(steps.end()));
    if (!success) decide(trace.back().id, false, Outcome::failed);
    return success;
  }

  void decide(StepId id, bool allowed, Outcome outcome) {
    result_.verdict.decided_at = id;
    result_.verdict.allowed = allowed;
    result_.observation.outcome = outcome;
  }

  // Before anything leaves the page.
  bool check_request(const Request& original) {
    // AD-HOC: fetch() refuses credentials in a URL while XMLHttpRequest lets them pass; the stricter one counts.
    const bool url_usable = !current_.url.scheme.empty() && !includes_credentials(current_.url);
    if (!take(step::request_url, url_usable, serialize_url(current_.url), {}, Outcome::never_sent)) return false;
    const bool method_usable = is_token(current_.method) && !is_forbidden_method(current_.method);
    if (!take(step::request_method, method_usable, current_.method, {}, Outcome::never_sent)) return false;
    for (const Header& header : original.headers) {
      std::string line;
      line.reserve(header.name.size() + 2 + header.value.size());
      line += header.name;
      line += ": ";
      line += header.value;
      if (!take(step::request_header, is_sendable_header(header), std::move(line), {}, Outcome::never_sent)) return false;
    }
    return check_mode() && check_scheme() && check_target(step::request_port, step::request_mixed_content) &&
           check_cancelled();
  }

  // Request constructor: mode no-cors allows only safelisted methods. Main fetch: and only redirect mode follow.
  bool check_mode() {
    if (current_.mode != Mode::no_cors) return true;
    const bool simple = current_.method == "GET" || current_.method == "HEAD" || current_.method == "POST";
    if (!simple) return take(step::mode_no_cors, false, current_.method, "GET, HEAD, POST", Outcome::never_sent);
    if (is_same_origin(current_.page.origin, current_.url)) return true;
    return current_.redirect == Redirect::follow || take(step::mode_no_cors, false, "redirect", "follow");
  }

  // AD-HOC: the standard comes to the scheme after ports and mixed content; asked first, it is the better answer.
  // NB: data: and blob: need no exchange and are let through with an empty answer; their content is the caller's own.
  bool check_scheme() {
    const std::string& scheme = current_.url.scheme;
    if (scheme == "data" || scheme == "blob") {
      answer_without_network();
      return false;
    }
    return take(step::request_scheme, is_http_scheme(scheme), scheme, "https");
  }

  void answer_without_network() {
    take(step::request_scheme, true, current_.url.scheme);
    take(step::done, true, serialize_url(current_.url));
    VisibleResponse& visible = result_.observation.response.emplace();
    visible.status = 200;
    visible.status_text = "OK";
    visible.complete = true;
    result_.response_type = ResponseType::basic;
    decide(step::done, true, Outcome::answered);
  }

  // Main fetch, step 7: bad port, mixed content.
  bool check_target(StepId port_step, StepId mixed_step) {
    const std::uint16_t port = effective_port(current_.url);
    if (!take(port_step, !is_blocked_port(port), std::to_string(port))) return false;
    const bool mixed = is_mixed_content(current_.page.origin, current_.url, options_.local_network);
    return take(mixed_step, !mixed, serialize_url(current_.url), "https");
  }

  bool check_cancelled() {
    const bool at_once = options_.cancelled && options_.cancel_after_ms < 0;
    return !at_once || take(step::request_cancelled, false, "", "", Outcome::aborted);
  }

  // One hop: preflight, request, answer. True when a redirect leads on.
  bool fetch_hop() {
    if (!choose_tainting()) return false;
    const std::optional<std::size_t> number = find_hop();
    const Hop* hop = number ? &exchange_.hops[*number] : nullptr;
    begin_hop(number);
    if (!check_local_network()) return false;
    if (tainting_ == Tainting::cors && !pass_preflight(hop)) return false;
    if (!hop || !hop->actual) return take(step::request_not_sent, false, serialize_url(current_.url));
    const Round& round = *hop->actual;
    if (!reach_server(round)) return false;
    if (!receive_head(round)) return false;
    ResponseHead trimmed;
    const ResponseHead& head = as_received(*round.head, trimmed);
    if (tainting_ == Tainting::cors) {
      std::vector<StepTaken>& trace = result_.verdict.trace;
      if (!cors_check(head.headers, origin_, current_.credentials, trace)) {
        decide(trace.back().id, false, Outcome::failed);
        return false;
      }
    }
    if (tainting_ == Tainting::opaque) {
      const StepTaken check =
          resource_policy_check(head.headers, page_of_policy(), current_.url, options_.embedder_policy);
      if (!take(check.id, check.passed, check.subject, check.wanted)) return false;
    }
    const bool leads_nowhere = !has_header(head.headers, "Location") && current_.redirect == Redirect::error &&
                               departs(Departure::redirect_needs_location);
    if (is_redirect_status(head.status) && !leads_nowhere) {
      if (current_.redirect != Redirect::follow) return stop_at_redirect(round, head);
      if (has_header(head.headers, "Location")) return follow(head);
    }
    finish(round, head);
    return false;
  }

  Origin page_of_policy() const {
    const Origin& page = current_.page.origin;
    const bool apart = departs(Departure::addresses_share_no_site) && is_address_host(page.host) &&
                       !is_same_origin(page, origin_of(current_.url));
    return apart ? Origin{"", "", std::nullopt, true} : page;
  }

  // https://wicg.github.io/local-network-access/#local-network-access-check, at the connection and before anything is
  // sent over it, preflights included.
  bool check_local_network() {
    if (!options_.local_network) return true;
    const LocalNetwork& network = *options_.local_network;
    const AddressSpace space = server_space(network, current_.url);
    const std::string name(address_space_name(space));
    if (network.declared && !take(step::local_network_address_space, *network.declared == space, name,
                                  std::string(address_space_name(*network.declared)))) {
      return false;
    }
    if (!reaches_inward(network, current_)) return true;
    const bool secure = is_potentially_trustworthy(current_.page.origin);
    if (!take(step::local_network_secure_context, secure, serialize_origin(current_.page.origin), "https")) return false;
    const Permission permission = network.permission;
    // A question nobody answers holds the call up.
    if (permission == Permission::unanswered) {
      return give_up(step::local_network_permission, name, outcome_of_waiting(Outcome::failed));
    }
    return take(step::local_network_permission, permission == Permission::granted, name,
                std::string(permission_name(Permission::granted)));
  }

  // Main fetch, step 12. Tainting is never taken back: a redirect home stays cross-origin.
  bool choose_tainting() {
    const bool home = is_same_origin(current_.page.origin, current_.url);
    if (home && tainting_ == Tainting::basic) return true;
    if (current_.mode == Mode::same_origin) {
      return take(step::mode_same_origin, false, serialize_origin(origin_of(current_.url)),
                  serialize_origin(current_.page.origin));
    }
    tainting_ = current_.mode == Mode::no_cors ? Tainting::opaque : Tainting::cors;
    return true;
  }

  // The hop of this number; past the last one, an earlier answer from the same URL, so that loops need not be spelt
  // out.
  std::optional<std::size_t> find_hop() const {
    if (unwritten_) return std::nullopt;
    const auto number = static_cast<std::size_t>(redirects_);
    if (number < exchange_.hops.size()) return number;
    const std::string url = without_fragment(current_.url);
    for (std::size_t earlier = 0; earlier < exchange_.hops.size() && earlier < result_.sent.size(); ++earlier) {
      if (without_fragment(result_.sent[earlier].url) == url) return earlier;
    }
    return std::nullopt;
  }

  void begin_hop(std::optional<std::size_t> recorded_as) {
    // https://fetch.spec.whatwg.org/#serializing-a-request-origin: null once the way has left a foreign origin.
    origin_ = redirect_tainted_ ? "null" : serialize_origin(current_.page.origin);
    // https://fetch.spec.whatwg.org/#append-a-request-origin-header
    const bool sends_origin = tainting_ == Tainting::cors || (current_.method != "GET" && current_.method != "HEAD") ||
                              (departs(Departure::origin_sent_again) && is_redirected_within_origin() &&
                               !result_.sent.back().origin.empty());
    SentHop& sent = result_.sent.emplace_back();
    if (sends_origin) sent.origin = origin_;
    sent.recorded_as = recorded_as;
    in_hop_ = true;
  }

  // What the last hop asked: nobody else needs it any more.
  void end_hop() {
    SentHop& sent = result_.sent.back();
    sent.url = std::move(current_.url);
    sent.method = std::move(current_.method);
    sent.headers = std::move(current_.headers);
  }

  bool is_redirected_within_origin() const {
    return !result_.sent.empty() && is_same_origin(origin_of(result_.sent.back().url), origin_of(current_.url));
  }

  // A preflight that nothing asks for any more.
  bool comes_anyway() const {
    if (result_.verdict.preflighted && departs(Departure::preflight_again)) return true;
    const bool foreseen = departs(Departure::preflight_foreseen) && redirects_ > 0;
    return foreseen && !cors_unsafe_request_headers(first_headers_).names.empty();
  }

  bool pass_preflight(const Hop* hop) {
    const bool keeps_origin = departs(Departure::preflight_keeps_origin);
    const std::string kept = keeps_origin ? serialize_origin(current_.page.origin) : "";
    const std::string& origin = keeps_origin ? kept : origin_;
    std::optional<Request> with_all_names;
    if (departs(Departure::preflight_keeps_names)) {
      with_all_names = current_;
      with_all_names->headers = first_headers_;
    }
    const Request& asking = with_all_names ? *with_all_names : current_;
    PreflightDecision& decision = result_.sent.back().preflight;
    decision = decide_cors_preflight(asking, origin, options_.preflight_cache, options_.engine);
    if (decision.reasons.empty() && comes_anyway()) {
      decision.needed = true;
      decision.preflight_headers = plain_preflight_headers(current_.method, origin);
    }
    Verdict& verdict = result_.verdict;
    verdict.trace.insert(verdict.trace.end(), decision.reasons.begin(), decision.reasons.end());
    if (redirects_ == 0) verdict.preflighted = decision.needed;
    if (!decision.needed)
      return decision.reasons.empty() || take(step::preflight_cached, true, serialize_url(current_.url));
    if (!hop || !hop->preflight) {
      // An answer to the request itself means that its preflight was content, whether or not the record holds it.
      const bool went_on = hop && hop->actual;
      return take(went_on ? step::preflight_assumed : step::request_not_sent, went_on, serialize_url(current_.url));
    }
    const Round& round = *hop->preflight;
    if (!reach_server(round) || !receive_preflight(round)) return false;
    ResponseHead trimmed;
    PreflightCheck check = check_preflight_response(asking, origin, as_received(*round.head, trimmed), options_.engine);
    return take_all(std::move(check.steps), check.success);
  }

  bool receive_preflight(const Round& round) {
    if (round.head) {
      if (const auto late = outcome_of_lateness(round.head_ms)) return give_up(step::preflight_network, "late", *late);
      return take(step::preflight_network, !lengths_conflict(round.head->headers), std::to_string(round.head->status));
    }
    return give_up(step::preflight_network, how_it_failed(round), outcome_without_answer(round));
  }

  static StepId step_of(Reach reach) {
    switch (reach) {
      case Reach::not_sent:
        return step::request_not_sent;
      case Reach::offline:
        return step::network_offline;
      case Reach::unknown_host:
        return step::network_name;
      case Reach::refused:
      case Reach::never_accepted:
        return step::network_connect;
      case Reach::tls_expired:
      case Reach::tls_name_mismatch:
      case Reach::tls_self_signed:
      case Reach::tls_failed:
        return step::network_tls;
      case Reach::connected:
        break;
    }
    return step::network_connect;
  }

  bool reach_server(const Round& round) {
    const StepId id = step_of(round.reach);
    if (round.reach == Reach::connected) return take(id, true, current_.url.host);
    result_.observation.online = round.reach != Reach::offline;
    // Without a limit of the caller's, the browser gives up by itself in the end.
    if (round.reach == Reach::never_accepted) {
      return give_up(id, std::string(reach_name(round.reach)), outcome_of_waiting(Outcome::failed));
    }
    return take(id, false, std::string(reach_name(round.reach)));
  }

  bool receive_head(const Round& round) {
    if (!round.head) return give_up(step::network_head, how_it_failed(round), outcome_without_answer(round));
    if (const auto late = outcome_of_lateness(round.head_ms)) return give_up(step::network_head, "late", *late);
    if (lengths_conflict(round.head->headers)) return take(step::network_head, false, "Content-Length");
    result_.observation.timings.head_ms = round.head_ms;
    return take(step::network_head, true, std::to_string(round.head->status));
  }

  static std::string how_it_failed(const Round& round) {
    return round.raw.empty() ? std::string(ending_name(round.ending)) : "not-http";
  }

  // An abort is the caller's own step, wherever it catches the call.
  bool give_up(StepId id, std::string subject, Outcome outcome, std::string wanted = "") {
    const StepId decisive = outcome == Outcome::aborted ? step::request_cancelled : id;
    return take(decisive, false, std::move(subject), std::move(wanted), outcome);
  }

  // What a wait without end comes to: the first of the caller's own limits, else what is given.
  Outcome outcome_of_waiting(Outcome otherwise) const {
    const bool cancels = options_.cancelled && options_.cancel_after_ms >= 0;
    const bool limited = current_.time_limit_ms > 0;
    if (cancels && (!limited || options_.cancel_after_ms < current_.time_limit_ms)) return Outcome::aborted;
    return limited ? Outcome::timed_out : otherwise;
  }

  // Whether something at this time came after one of the caller's limits, and what that makes of the call.
  std::optional<Outcome> outcome_of_lateness(double at_ms) const {
    const bool cancelled_before =
        options_.cancelled && options_.cancel_after_ms >= 0 && at_ms > options_.cancel_after_ms;
    const bool timed_out_before = current_.time_limit_ms > 0 && at_ms > current_.time_limit_ms;
    if (!cancelled_before && !timed_out_before) return std::nullopt;
    return outcome_of_waiting(Outcome::failed);
  }

  // The connection ended, or nothing came any more, before the head or within the body.
  Outcome outcome_without_answer(const Round& round) const {
    switch (round.ending) {
      case Ending::stalled:
      case Ending::open:
        return outcome_of_waiting(Outcome::timed_out);
      case Ending::client_left:
        return outcome_of_waiting(Outcome::aborted);
      default:
        return outcome_of_lateness(round.end_ms).value_or(Outcome::failed);
    }
  }

  bool stop_at_redirect(const Round& round, const ResponseHead& head) {
    const std::string status = std::to_string(head.status);
    if (current_.redirect == Redirect::error) return take(step::redirect_error, false, status);
    result_.response_type = ResponseType::opaque_redirect;
    if (!has_header(head.headers, "Location") && departs(Departure::manual_shows_body)) {
      VisibleResponse visible;
      if (receive_body(round, head, visible)) result_.observation.response = std::move(visible);
    }
    take(step::redirect_manual, true, status);
    decide(step::redirect_manual, true, Outcome::opaque);
    return false;
  }

  // HTTP-redirect fetch
  bool follow(const ResponseHead& head) {
    // http-redirect-fetch.3, .5: one Location that can be parsed against the URL that was asked.
    const std::vector<std::string> locations = header_values(head.headers, "Location");
    const bool joins = departs(Departure::locations_joined);
    const std::string location = joins ? *header_value(head.headers, "Location") : locations.front();
    const auto parsed = parse_url(location, &current_.url);
    const bool equal = std::all_of(locations.begin(), locations.end(), [&](const auto& each) { return each == location; });
    const bool single = locations.size() == 1 || joins || (equal && departs(Departure::equal_locations));
    if (!take(step::redirect_location, single && parsed.ok(), location)) return false;
    Url target = parsed.value();
    if (!target.fragment) target.fragment = current_.url.fragment;
    const std::string text = serialize_url(target);
    // http-redirect-fetch.6
    if (!take(step::redirect_scheme, is_http_scheme(target.scheme), text, "https")) return false;
    // http-redirect-fetch.7, .8
    if (!take(step::redirect_count, redirects_ < most_redirects, std::to_string(redirects_ + 1), "20")) return false;
    ++redirects_;
    unwritten_ = joins && locations.size() > 1;
    if (!check_redirect_credentials(target, text)) return false;
    SentHop& sent = result_.sent.back();
    sent.url = current_.url;
    sent.method = current_.method;
    sent.headers = current_.headers;
    in_hop_ = false;
    adapt_to_redirect(head.status, target);
    current_.url = std::move(target);
    return check_target(step::redirect_port, step::redirect_mixed_content);
  }

  // http-redirect-fetch.9, .10
  bool check_redirect_credentials(const Url& target, const std::string& text) {
    const bool foreign = current_.mode == Mode::cors && !is_same_origin(current_.page.origin, target);
    const bool refused = includes_credentials(target) && (foreign || tainting_ == Tainting::cors);
    return take(step::redirect_credentials, !refused, text);
  }

  void adapt_to_redirect(int status, const Url& target) {
    // http-redirect-fetch.12: some redirects turn the method into GET.
    const bool becomes_get = ((status == 301 || status == 302) && current_.method == "POST") ||
                             (status == 303 && current_.method != "GET" && current_.method != "HEAD") ||
                             (current_.method == "DELETE" && departs(Departure::delete_becomes_get) &&
                              !is_same_origin(origin_of(current_.url), origin_of(target)));
    if (becomes_get) {
      current_.method = "GET";
      std::erase_if(current_.headers, [](const Header& header) { return is_request_body_header_name(header.name); });
    }
    if (departs(Departure::client_hints_dropped) && !is_same_origin(current_.page.origin, origin_of(target))) {
      std::erase_if(current_.headers, [](const Header& header) { return is_dropped_client_hint(header.name); });
    }
    // http-redirect-fetch.13: Authorization stays with the origin it was meant for.
    const Origin here = origin_of(current_.url);
    if (is_same_origin(here, target)) return;
    std::erase_if(current_.headers,
                  [](const Header& header) { return equals_ignoring_case(header.name, "Authorization"); });
    // https://fetch.spec.whatwg.org/#concept-request-tainted-origin
    if (!is_same_origin(here, current_.page.origin)) redirect_tainted_ = true;
  }

  void finish(const Round& round, const ResponseHead& head) {
    if (tainting_ == Tainting::opaque) {
      finish_opaque(round);
      return;
    }
    VisibleResponse visible = visible_head(head);
    if (!receive_body(round, head, visible)) {
      result_.observation.response = std::move(visible);
      return;
    }
    visible.complete = true;
    result_.observation.response = std::move(visible);
    result_.observation.timings.end_ms = round.end_ms;
    result_.response_type = tainting_ == Tainting::cors ? ResponseType::cors : ResponseType::basic;
    take(step::done, true, std::to_string(head.status));
    decide(step::done, true, Outcome::answered);
  }

  // The page learns that something arrived, when its body is through or not.
  void finish_opaque(const Round& round) {
    take(step::mode_no_cors, true, std::to_string(round.head->status));
    result_.response_type = ResponseType::opaque;
    decide(step::mode_no_cors, true, Outcome::opaque);
  }

  VisibleResponse visible_head(const ResponseHead& head) const {
    VisibleResponse visible;
    visible.status = head.status;
    visible.status_text = head.reason;
    const bool drops_empty = departs(Departure::empty_lines_dropped);
    visible.headers =
        drops_empty ? filter_response_headers(without_empty_twins(head.headers), tainting_, current_.credentials)
                    : filter_response_headers(head.headers, tainting_, current_.credentials);
    if (departs(Departure::bytes_read_as_utf8)) {
      for (Header& header : visible.headers) header.value = with_replaced_bytes(header.value);
    }
    visible.url = without_fragment(current_.url);
    return visible;
  }

  bool receive_body(const Round& round, const ResponseHead& head, VisibleResponse& visible) {
    if (current_.method == "HEAD" || is_null_body_status(head.status)) return take(step::network_body, true, "0");
    const std::optional<std::uint64_t> announced = announced_length(head.headers);
    const std::uint64_t arrived = announced ? std::min(round.body_bytes, *announced) : round.body_bytes;
    visible.body = round.body.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(arrived, round.body.size())));
    visible.body_bytes = arrived;
    const std::string wanted = announced ? std::to_string(*announced) : "";
    const bool all_there = round.ending == Ending::complete || (announced && round.body_bytes >= *announced);
    if (!all_there) return give_up(step::network_body, std::to_string(arrived), outcome_without_answer(round), wanted);
    if (const auto late = outcome_of_lateness(round.end_ms)) {
      // How much had come by then is not known.
      visible.body.clear();
      visible.body_bytes = 0;
      return give_up(step::network_body, "late", *late, wanted);
    }
    return take(step::network_body, true, std::to_string(arrived), wanted);
  }

  Request current_;
  const Exchange& exchange_;
  const PredictOptions& options_;
  Prediction result_;
  Tainting tainting_ = Tainting::basic;
  bool redirect_tainted_ = false;
  bool in_hop_ = false;  // what is asked stands in current_ alone
  bool unwritten_ = false;  // the way led to an address that the server never wrote
  int redirects_ = 0;
  Headers first_headers_;  // before any redirect took some away
  std::string origin_;
};

}  // namespace

std::string_view response_type_name(ResponseType type) {
  switch (type) {
    case ResponseType::error:
      return "error";
    case ResponseType::basic:
      return "basic";
    case ResponseType::cors:
      return "cors";
    case ResponseType::opaque:
      return "opaque";
    case ResponseType::opaque_redirect:
      return "opaqueredirect";
  }
  return "";
}

Prediction predict(const Request& request, const Exchange& exchange, const PredictOptions& options) {
  return Walk(request, exchange, options).run(request);
}

}  // namespace blindspot
