// What is the smallest change of the server's answers that lets a failing call through, or why is there none?
// Asks predict, mends the step that failed, and asks again: so that what is mended is what the browser looks at.
#include "core/cors/repair.hpp"

#include <algorithm>
#include <charconv>

#include "core/cors/safelist.hpp"
#include "core/cors/steps.hpp"
#include "core/cors/token_list.hpp"

namespace blindspot {
namespace {

constexpr std::string_view allow_origin = "Access-Control-Allow-Origin";
constexpr std::string_view allow_credentials = "Access-Control-Allow-Credentials";
constexpr std::string_view allow_methods = "Access-Control-Allow-Methods";
constexpr std::string_view allow_headers = "Access-Control-Allow-Headers";
constexpr std::string_view expose_headers = "Access-Control-Expose-Headers";
constexpr std::string_view max_age = "Access-Control-Max-Age";
constexpr std::string_view resource_policy_name = "Cross-Origin-Resource-Policy";

// Every hop can need an answer and a status each way, and each header once.
constexpr int most_predictions = 21 * 16;

Round* find_round(Exchange& exchange, std::size_t hop, Leg leg) {
  if (hop >= exchange.hops.size()) return nullptr;
  std::optional<Round>& round = leg == Leg::preflight ? exchange.hops[hop].preflight : exchange.hops[hop].actual;
  return round ? &*round : nullptr;
}

const Round* find_round(const Exchange& exchange, std::size_t hop, Leg leg) {
  return find_round(const_cast<Exchange&>(exchange), hop, leg);
}

Headers headers_of(const Exchange& exchange, std::size_t hop, Leg leg) {
  const Round* round = find_round(exchange, hop, leg);
  return round && round->head ? round->head->headers : Headers{};
}

void remove_all(Headers& headers, std::string_view name) {
  std::erase_if(headers, [&](const Header& header) { return equals_ignoring_case(header.name, name); });
}

void set_in_place(Headers& headers, const std::string& name, const std::string& value) {
  const auto first = std::find_if(headers.begin(), headers.end(),
                                  [&](const Header& header) { return equals_ignoring_case(header.name, name); });
  if (first == headers.end()) {
    headers.push_back({name, value});
    return;
  }
  first->value = value;
  headers.erase(std::remove_if(first + 1, headers.end(),
                               [&](const Header& header) { return equals_ignoring_case(header.name, name); }),
                headers.end());
}

void answer(Exchange& exchange, const Edit& edit) {
  if (exchange.hops.size() <= edit.hop) exchange.hops.resize(edit.hop + 1);
  Hop& hop = exchange.hops[edit.hop];
  Round& round = edit.leg == Leg::preflight ? hop.preflight.emplace() : hop.actual.emplace();
  if (edit.leg == Leg::preflight) round.method = "OPTIONS";
  round.head = ResponseHead{edit.status, "", {}};
}

void apply_edit(Exchange& exchange, const Edit& edit) {
  if (edit.kind == EditKind::answer) {
    answer(exchange, edit);
    return;
  }
  Round* round = find_round(exchange, edit.hop, edit.leg);
  if (!round || !round->head) return;
  Headers& headers = round->head->headers;
  switch (edit.kind) {
    case EditKind::set_status:
      round->head->status = edit.status;
      round->head->reason.clear();
      break;
    case EditKind::append_header:
      headers.push_back({edit.name, edit.value});
      break;
    case EditKind::set_header:
      set_in_place(headers, edit.name, edit.value);
      break;
    case EditKind::remove_header:
      remove_all(headers, edit.name);
      break;
    case EditKind::answer:
      break;
  }
}

// The elements of a list that are tokens, whatever stands between them, each once.
std::vector<std::string> readable_tokens(const Headers& headers, std::string_view name) {
  std::vector<std::string> tokens;
  for (const std::string& value : header_values(headers, name)) {
    std::string_view rest = value;
    for (;;) {
      const std::size_t comma = rest.find(',');
      const std::string_view element = trim_http_whitespace(rest.substr(0, comma));
      if (is_token(element) && std::find(tokens.begin(), tokens.end(), element) == tokens.end()) {
        tokens.emplace_back(element);
      }
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return tokens;
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

bool contains_ignoring_case(const std::vector<std::string>& list, std::string_view item) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, item); });
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// Of what cannot be mended at the step where predict stopped; nothing where it can.
std::optional<Obstacle> obstacle_at(StepId step) {
  struct Row {
    StepId step;
    Obstacle obstacle;
  };
  static constexpr Row rows[] = {
      {step::request_url, Obstacle::url_invalid},
      {step::request_method, Obstacle::method_forbidden},
      {step::request_header, Obstacle::header_invalid},
      {step::request_scheme, Obstacle::scheme_forbidden},
      {step::request_port, Obstacle::port_blocked},
      {step::request_mixed_content, Obstacle::mixed_content},
      {step::request_cancelled, Obstacle::caller_cancelled},
      {step::mode_same_origin, Obstacle::mode_same_origin},
      {step::mode_no_cors, Obstacle::mode_no_cors},
      {step::local_network_secure_context, Obstacle::local_network},
      {step::local_network_permission, Obstacle::local_network},
      {step::local_network_address_space, Obstacle::local_network},
      {step::network_offline, Obstacle::offline},
      {step::network_name, Obstacle::name_unknown},
      {step::network_connect, Obstacle::not_reachable},
      {step::network_tls, Obstacle::tls_refused},
      {step::network_body, Obstacle::body_incomplete},
      {step::redirect_error, Obstacle::redirect_refused},
      {step::redirect_location, Obstacle::redirect_location},
      {step::redirect_scheme, Obstacle::redirect_scheme},
      {step::redirect_count, Obstacle::redirect_loop},
      {step::redirect_port, Obstacle::redirect_port},
      {step::redirect_mixed_content, Obstacle::redirect_mixed_content},
  };
  for (const Row& row : rows) {
    if (row.step == step) return row.obstacle;
  }
  return std::nullopt;
}

class Mender {
 public:
  Mender(const Request& request, const Exchange& exchange, const RepairOptions& options)
      : request_(request), options_(options), exchange_(exchange) {}

  Repair run() {
    for (int i = 0; i < most_predictions; ++i) {
      const Prediction prediction = predict(request_, exchange_, options_.predict);
      const bool done = prediction.verdict.allowed;
      const int before = changes_;
      if (done) {
        expose(prediction);
        if (changes_ == before) return std::move(result_);
        continue;
      }
      mend(prediction);
      if (result_.obstacle) return give_up(prediction.verdict.decided_at, *result_.obstacle);
      // A step that nothing here mends is an obstacle of its own.
      if (changes_ == before) return give_up(prediction.verdict.decided_at, Obstacle::not_recorded);
    }
    return give_up(step::redirect_count, Obstacle::redirect_loop);
  }

 private:
  Repair give_up(StepId step, Obstacle obstacle) {
    Repair nothing;
    nothing.obstacle = obstacle;
    nothing.stuck_at = step;
    return nothing;
  }

  void mend(const Prediction& prediction) {
    const StepId step = prediction.verdict.decided_at;
    result_.obstacle = obstacle_at(step);
    if (result_.obstacle || prediction.sent.empty()) return;
    sent_ = &prediction.sent.back();
    number_ = prediction.sent.size() - 1;
    hop_ = sent_->recorded_as.value_or(number_);
    why_ = step;
    // The walk has come back to where it was: what leads it on will do so again.
    if (number_ > hop_) {
      result_.obstacle = Obstacle::redirect_loop;
      return;
    }
    wanted_ = prediction.verdict.trace.back().wanted;
    // The way led to an address that the server never wrote.
    if (!sent_->recorded_as && hop_ < exchange_.hops.size()) {
      result_.obstacle = Obstacle::redirect_location;
      return;
    }
    leg_ = step.starts_with("preflight.") ? Leg::preflight : Leg::actual;
    if (step == step::request_not_sent) return mend_silence();
    if (step == step::preflight_network || step == step::network_head) return mend_network();
    if (step.ends_with("cors-check.2") || step.ends_with("cors-check.4")) return mend_origin();
    if (step.ends_with("cors-check.8")) return mend_header(allow_credentials, "true");
    if (step == step::preflight_status) return mend_status();
    if (step == step::preflight_lists) return mend_lists();
    if (step == step::preflight_methods) return mend_methods();
    if (step == step::preflight_headers || step == step::preflight_non_wildcard) return mend_headers();
    if (step == step::resource_policy) return mend_resource_policy();
    if (step == step::redirect_credentials) return mend_location();
  }

  void add(Edit edit) {
    edit.hop = hop_;
    edit.leg = leg_;
    edit.why = why_;
    apply_edit(exchange_, edit);
    ++changes_;
    // What is set a second time was not set right the first time.
    const bool sets = edit.kind == EditKind::set_header || edit.kind == EditKind::append_header;
    const auto earlier = std::find_if(result_.edits.begin(), result_.edits.end(), [&](const Edit& each) {
      return sets && each.hop == edit.hop && each.leg == edit.leg && each.name == edit.name;
    });
    if (earlier == result_.edits.end()) {
      result_.edits.push_back(std::move(edit));
    } else {
      if (earlier->kind == EditKind::remove_header) earlier->kind = EditKind::set_header;
      earlier->value = std::move(edit.value);
    }
  }

  void warn(Caution caution) {
    const Warning warning{caution, hop_, leg_};
    if (std::find(result_.warnings.begin(), result_.warnings.end(), warning) == result_.warnings.end()) {
      result_.warnings.push_back(warning);
    }
  }

  Headers headers() const { return headers_of(exchange_, hop_, leg_); }

  void mend_header(std::string_view name, std::string value) {
    const bool there = has_header(headers(), name);
    add({0, {}, there ? EditKind::set_header : EditKind::append_header, std::string(name), std::move(value), 0, {}});
  }

  // Nobody recorded what comes next, because what came before went wrong.
  void mend_silence() {
    const Round* recorded = find_round(exchange_, hop_, Leg::actual);
    const Round* asked = find_round(exchange_, hop_, Leg::preflight);
    const bool held_back = (recorded && recorded->reach == Reach::not_sent) || (asked && asked->reach == Reach::not_sent);
    if (held_back || result_.edits.empty()) {
      result_.obstacle = held_back ? Obstacle::held_back : Obstacle::not_recorded;
      return;
    }
    leg_ = sent_->preflight.needed && !asked ? Leg::preflight : Leg::actual;
    add({0, {}, EditKind::answer, "", "", leg_ == Leg::preflight ? 204 : 200, {}});
    warn(Caution::answer_assumed);
  }

  void mend_network() {
    const Round* round = find_round(exchange_, hop_, leg_);
    if (round && round->head) {
      if (lengths_conflict(round->head->headers)) {
        add({0, {}, EditKind::remove_header, "Content-Length", "", 0, {}});
      } else {
        result_.obstacle = Obstacle::too_late;
      }
      return;
    }
    // An answer to OPTIONS can be made up by any server; an answer to the request itself cannot.
    if (leg_ == Leg::preflight) {
      add({0, {}, EditKind::answer, "", "", 204, {}});
    } else {
      result_.obstacle = Obstacle::no_answer;
    }
  }

  // NB: an engine may send its preflight with another Origin than the request: the step says which is wanted.
  void mend_origin() {
    const std::optional<std::string> old = header_value(headers(), allow_origin);
    mend_header(allow_origin, wanted_);
    const bool with_credentials = request_.credentials == Credentials::include;
    if (old && trim_http_whitespace(*old) == "*") {
      warn(Caution::wildcard_narrowed);
    } else if (const Origin other = parse_origin(trim_http_whitespace(old.value_or("")));
               !other.opaque && serialize_origin(other) != wanted_) {
      warn(Caution::other_origin_replaced);
    }
    if (wanted_ == "null") {
      warn(Caution::null_origin_allowed);
      if (number_ > 0 && !request_.page.origin.opaque) warn(Caution::redirect_taints_origin);
    }
    if (!extract_token_list(headers(), "Vary").value_or(TokenList{}).contains_ignoring_case("Origin")) {
      warn(Caution::vary_origin_needed);
    }
    if (with_credentials) warn(Caution::never_reflect_any_origin);
  }

  void mend_status() {
    const int status = find_round(exchange_, hop_, leg_)->head->status;
    if (status == 401 || status == 403 || status == 407) warn(Caution::preflight_before_login);
    add({0, {}, EditKind::set_status, "", "", 204, {}});
  }

  bool with_credentials() const { return request_.credentials == Credentials::include; }

  std::vector<std::string> missing_methods(const std::vector<std::string>& listed) const {
    const bool allowed = is_cors_safelisted_method(sent_->method) || contains(listed, sent_->method) ||
                         (!with_credentials() && contains(listed, "*"));
    return allowed ? std::vector<std::string>{} : std::vector<std::string>{sent_->method};
  }

  std::vector<std::string> missing_headers(const std::vector<std::string>& listed) const {
    const bool everything = !with_credentials() && contains(listed, "*");
    std::vector<std::string> missing;
    for (const std::string& name : cors_unsafe_request_headers(sent_->headers).names) {
      const bool covered = everything && !is_cors_non_wildcard_request_header_name(name);
      if (!covered && !contains_ignoring_case(listed, name)) missing.push_back(name);
    }
    // An engine may ask for a header that a redirect took away.
    const bool asked = why_ == step::preflight_headers || why_ == step::preflight_non_wildcard;
    if (asked && !contains_ignoring_case(listed, wanted_) && !contains_ignoring_case(missing, wanted_)) {
      missing.push_back(wanted_);
    }
    return missing;
  }

  void mend_list(std::string_view name, std::vector<std::string> kept, const std::vector<std::string>& missing) {
    if (with_credentials() && contains(kept, "*")) warn(Caution::wildcard_is_literal);
    kept.insert(kept.end(), missing.begin(), missing.end());
    if (kept.empty()) {
      add({0, {}, EditKind::remove_header, std::string(name), "", 0, {}});
    } else {
      mend_header(name, joined(kept));
    }
  }

  void mend_methods() {
    std::vector<std::string> kept = readable_tokens(headers(), allow_methods);
    const std::vector<std::string> missing = missing_methods(kept);
    mend_list(allow_methods, std::move(kept), missing);
  }

  void mend_headers() {
    std::vector<std::string> kept = readable_tokens(headers(), allow_headers);
    const std::vector<std::string> missing = missing_headers(kept);
    mend_list(allow_headers, std::move(kept), missing);
  }

  void mend_lists() {
    const auto methods = extract_token_list(headers(), allow_methods);
    const auto names = extract_token_list(headers(), allow_headers);
    if (methods && methods->malformed) mend_methods();
    if (names && names->malformed) mend_headers();
  }

  void mend_resource_policy() {
    mend_header(resource_policy_name, wanted_);
    if (wanted_ == "cross-origin") warn(Caution::resource_open_to_all);
  }

  void mend_location() {
    const auto parsed = parse_url(header_value(headers(), "Location").value_or(""), &sent_->url);
    if (!parsed) return;
    Url target = parsed.value();
    target.username.clear();
    target.password.clear();
    mend_header("Location", serialize_url(target));
  }

  // The call goes through; does the page read what it wants to?
  void expose(const Prediction& prediction) {
    if (prediction.response_type != ResponseType::cors || prediction.sent.empty()) return;
    sent_ = &prediction.sent.back();
    number_ = prediction.sent.size() - 1;
    hop_ = sent_->recorded_as.value_or(number_);
    leg_ = Leg::actual;
    why_ = step::done;
    std::vector<std::string> kept = readable_tokens(headers(), expose_headers), missing;
    bool hidden = false;
    for (const std::string& name : options_.exposed) {
      if (!is_token(name) || is_readable(name, header_values(headers(), expose_headers))) continue;
      if (!is_readable(name, {name})) {
        warn(Caution::cannot_be_exposed);
        continue;
      }
      hidden = true;
      if (!contains_ignoring_case(kept, name) && !contains_ignoring_case(missing, name)) missing.push_back(name);
    }
    if (!hidden) return;
    mend_list(expose_headers, std::move(kept), missing);
  }

  bool is_readable(const std::string& name, const std::vector<std::string>& lists) const {
    Headers answered = {{name, ""}};
    for (const std::string& list : lists) answered.push_back({std::string(expose_headers), list});
    return has_header(filter_response_headers(answered, Tainting::cors, request_.credentials), name);
  }

  const Request& request_;
  const RepairOptions& options_;
  Exchange exchange_;
  Repair result_;
  const SentHop* sent_ = nullptr;
  std::size_t number_ = 0, hop_ = 0;
  Leg leg_ = Leg::actual;
  StepId why_;
  std::string wanted_;  // by the step that failed
  int changes_ = 0;
};

template <class Value, std::size_t N>
struct NameTable {
  struct Row {
    Value value;
    std::string_view name;
  } rows[N];
  constexpr std::string_view find(Value value) const {
    for (const Row& row : rows) {
      if (row.value == value) return row.name;
    }
    return "";
  }
};

constexpr NameTable<Obstacle, 25> obstacle_names = {{
    {Obstacle::url_invalid, "url-invalid"},
    {Obstacle::method_forbidden, "method-forbidden"},
    {Obstacle::header_invalid, "header-invalid"},
    {Obstacle::mode_no_cors, "mode-no-cors"},
    {Obstacle::mode_same_origin, "mode-same-origin"},
    {Obstacle::scheme_forbidden, "scheme-forbidden"},
    {Obstacle::port_blocked, "port-blocked"},
    {Obstacle::mixed_content, "mixed-content"},
    {Obstacle::caller_cancelled, "caller-cancelled"},
    {Obstacle::local_network, "local-network"},
    {Obstacle::held_back, "held-back"},
    {Obstacle::not_recorded, "not-recorded"},
    {Obstacle::offline, "offline"},
    {Obstacle::name_unknown, "name-unknown"},
    {Obstacle::not_reachable, "not-reachable"},
    {Obstacle::tls_refused, "tls-refused"},
    {Obstacle::no_answer, "no-answer"},
    {Obstacle::body_incomplete, "body-incomplete"},
    {Obstacle::too_late, "too-late"},
    {Obstacle::redirect_refused, "redirect-refused"},
    {Obstacle::redirect_location, "redirect-location"},
    {Obstacle::redirect_scheme, "redirect-scheme"},
    {Obstacle::redirect_loop, "redirect-loop"},
    {Obstacle::redirect_port, "redirect-port"},
    {Obstacle::redirect_mixed_content, "redirect-mixed-content"},
}};

constexpr NameTable<Caution, 11> caution_names = {{
    {Caution::vary_origin_needed, "vary-origin-needed"},
    {Caution::never_reflect_any_origin, "never-reflect-any-origin"},
    {Caution::null_origin_allowed, "null-origin-allowed"},
    {Caution::redirect_taints_origin, "redirect-taints-origin"},
    {Caution::wildcard_narrowed, "wildcard-narrowed"},
    {Caution::other_origin_replaced, "other-origin-replaced"},
    {Caution::wildcard_is_literal, "wildcard-is-literal"},
    {Caution::preflight_before_login, "preflight-before-login"},
    {Caution::answer_assumed, "answer-assumed"},
    {Caution::resource_open_to_all, "resource-open-to-all"},
    {Caution::cannot_be_exposed, "cannot-be-exposed"},
}};

constexpr NameTable<EditKind, 5> edit_kind_names = {{
    {EditKind::answer, "answer"},
    {EditKind::set_status, "set-status"},
    {EditKind::append_header, "append-header"},
    {EditKind::set_header, "set-header"},
    {EditKind::remove_header, "remove-header"},
}};

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (!contains_ignoring_case(list, item)) list.push_back(item);
}

std::vector<std::string> listed(const Headers& headers, std::string_view name, bool with_credentials) {
  const TokenList list = extract_token_list(headers, name).value_or(TokenList{});
  std::vector<std::string> items;
  for (const std::string& token : list.tokens) {
    if (!(with_credentials && token == "*")) add_once(items, token);
  }
  return items;
}

std::optional<int> whole_number(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::string_view obstacle_name(Obstacle obstacle) { return obstacle_names.find(obstacle); }
std::string_view caution_name(Caution caution) { return caution_names.find(caution); }
std::string_view edit_kind_name(EditKind kind) { return edit_kind_names.find(kind); }
std::string_view leg_name(Leg leg) { return leg == Leg::preflight ? "preflight" : "actual"; }

Repair repair(const Request& request, const Exchange& exchange, const RepairOptions& options) {
  return Mender(request, exchange, options).run();
}

Exchange apply_repair(Exchange exchange, const Repair& repair) {
  for (const Edit& edit : repair.edits) apply_edit(exchange, edit);
  return exchange;
}

std::optional<CorsPolicy> policy_of(const Request& request, const Exchange& repaired, const RepairOptions& options,
                                    std::optional<std::size_t> hop) {
  const Prediction prediction = predict(request, repaired, options.predict);
  if (prediction.response_type != ResponseType::cors) return std::nullopt;
  const std::size_t number = hop.value_or(prediction.sent.size() - 1);
  if (number >= prediction.sent.size() || !prediction.sent[number].recorded_as) return std::nullopt;
  const SentHop& sent = prediction.sent[number];
  const Headers answer = headers_of(repaired, *sent.recorded_as, Leg::actual);
  const Headers preflight = headers_of(repaired, *sent.recorded_as, Leg::preflight);

  CorsPolicy policy;
  policy.credentials = request.credentials == Credentials::include;
  const std::string allowed(trim_http_whitespace(header_value(answer, allow_origin).value_or("")));
  policy.origins = {allowed == "*" ? allowed : sent.origin};
  policy.methods = listed(preflight, allow_methods, policy.credentials);
  if (!contains(policy.methods, "*")) add_once(policy.methods, sent.method);
  policy.headers = listed(preflight, allow_headers, policy.credentials);
  const bool any_header = contains(policy.headers, "*");
  for (const std::string& name : cors_unsafe_request_headers(sent.headers).names) {
    if (!any_header || is_cors_non_wildcard_request_header_name(name)) add_once(policy.headers, name);
  }
  policy.exposed = listed(answer, expose_headers, policy.credentials);
  policy.max_age_s = whole_number(header_value(preflight, max_age));
  return policy;
}

CorsPolicy policy_for(const Request& request, const std::vector<std::string>& exposed) {
  CorsPolicy policy;
  policy.origins = {serialize_origin(request.page.origin)};
  policy.methods = {normalize_method(request.method)};
  policy.headers = cors_unsafe_request_headers(headers_as_sent(request.headers)).names;
  policy.exposed = exposed;
  policy.credentials = request.credentials == Credentials::include;
  return policy;
}

}  // namespace blindspot
