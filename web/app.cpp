// apply: one function a command, each a few lines; what they share stands above them.
#include "web/app.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/http/percent.hpp"

namespace blindspot {

namespace {

using Json = nlohmann::json;

void diagnose_record(Record& record) {
  Call alone = record.call;
  alone.exchange.reset();
  record.by_page = diagnose(alone);
  // An answer that was read says nearly everything by itself; the wire can add to a healthy one only.
  const bool healthy = !record.by_page.findings.empty() && record.by_page.findings[0].code == Code::ok;
  const bool wire_adds = record.call.exchange && (record.call.observation.outcome != Outcome::answered || healthy);
  record.by_wire = wire_adds ? diagnose(record.call) : record.by_page;
}

const Diagnosis& spoken(const State& state) {
  return state.witness == Witness::wire ? state.record->by_wire : state.record->by_page;
}

void announce_outcome(const State& state, Host& host) {
  const Diagnosis& diagnosis = spoken(state);
  if (diagnosis.findings.empty()) return;
  const Finding& lead = diagnosis.findings[0];
  const Explanation words = explain(lead, state.record->call.request, state.language);
  host.announce(words.title + " (" + say_certainty(lead.certainty, state.language) + ")", lead.code != Code::ok);
}

void forget_problem(State& state) {
  state.problem.reset();
  state.limit_problem.clear();
  state.contract_problem.clear();
}

// Somebody changed the form: what was found wrong with it no longer holds.
void edited(State& state) { forget_problem(state); }

Headers sent_headers(const Draft& draft) {
  Headers out;
  for (const HeaderDraft& row : draft.headers)
    if (!row.name.empty() || !row.value.empty()) out.push_back({row.name, row.value});
  return out;
}

std::string with_run(const std::string& url, const std::string& run) {
  std::vector<HeaderDraft> query = query_of(url);
  query.push_back({"run", run});
  return with_query(url, query);
}

void finish(State& state, Host& host) {
  state.phase = Phase::done;
  state.finding = 0;
  state.fix_tab = 0;
  state.witness = Witness::wire;
  state.outcome_tab = OutcomeTab::body;
  diagnose_record(*state.record);
  if (!state.record->journal_pending) announce_outcome(state, host);
}

void refuse_to_send(State& state, const RequestProblem& problem, Host& host) {
  state.problem = problem;
  Record record;
  record.url_text = state.draft.url;
  record.chosen = state.chosen;
  record.call.request.method = state.draft.method;
  record.call.request.page.origin = parse_origin(state.page_origin);
  if (auto url = parse_url(state.draft.url)) record.call.request.url = url.value();
  record.call.observation.outcome = Outcome::never_sent;
  record.call.never_built = problem;
  state.record = std::move(record);
  finish(state, host);
}

bool read_contract(State& state, Json& out) {
  if (state.draft.contract.find_first_not_of(" \t\r\n") == std::string::npos) return true;
  out = Json::parse(state.draft.contract, nullptr, false);
  if (!out.is_discarded() && out.is_object()) return true;
  state.contract_problem = "json";
  state.request_tab = RequestTab::contract;
  return false;
}

void send(State& state, Host& host) {
  if (state.phase == Phase::sending) return;
  forget_problem(state);
  const std::optional<int> limit = parse_time_limit(state.draft.time_limit);
  if (!limit) {
    state.limit_problem = state.draft.time_limit;
    return;
  }
  Json contract;
  if (!read_contract(state, contract)) return;
  const Headers headers = sent_headers(state.draft);
  if (auto problem = check_request_text(state.draft.method, state.draft.url, headers)) {
    refuse_to_send(state, *problem, host);
    return;
  }
  Record record;
  record.url_text = state.draft.url;
  record.chosen = state.chosen;
  Request& request = record.call.request;
  request.method = state.draft.method;
  request.url = parse_url(state.draft.url).value();
  request.headers = headers;
  request.body = state.draft.body;
  request.credentials = state.draft.include_credentials ? Credentials::include : Credentials::same_origin;
  request.page.origin = parse_origin(state.page_origin);
  request.time_limit_ms = *limit;
  record.call.contract = contract;

  CallPlan plan{request, state.draft.url, 0};
  const std::optional<Target> target = state.lab_answers ? target_of(state.places, request.url) : std::nullopt;
  if (target == Target::lab || target == Target::tls_good) {
    record.run = host.new_run();
    plan.url = with_run(state.draft.url, record.run);
  }
  if (state.chosen)
    if (auto chosen = load_case(state.chosen->slug, state.chosen->twin))
      plan.cancel_after_ms = chosen.value().cancel_after_ms.value_or(0);
  state.record = std::move(record);
  state.phase = Phase::sending;
  state.probes = ProbePhase::none;
  state.progress = {host.now_ms(), host.now_ms(), 0, 0, std::nullopt};
  state.screen = Screen::send;
  host.start_call(plan);
}

void choose_case(State& state, const std::string& slug, Twin twin) {
  Result<Case, CaseError> loaded = load_case(slug, twin);
  if (!loaded) return;
  const Case& a_case = loaded.value();
  Draft draft;
  draft.method = a_case.method;
  draft.url = case_url(a_case, twin, state.places, "");
  for (const Header& header : a_case.headers) draft.headers.push_back({header.name, header.value});
  draft.body = a_case.body;
  if (!a_case.contract.is_null()) draft.contract = a_case.contract.dump(2);
  draft.include_credentials = a_case.credentials == Credentials::include;
  const int tenths = a_case.time_limit_ms / 100;
  draft.time_limit = std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "");
  state.draft = std::move(draft);
  state.chosen = ChosenCase{slug, twin};
  state.request_tab = !state.draft.headers.empty() ? RequestTab::headers
                      : !state.draft.contract.empty() ? RequestTab::contract
                      : !state.draft.body.empty() ? RequestTab::body : RequestTab::query;
  if (state.phase != Phase::sending) {
    state.record.reset();
    state.phase = Phase::idle;
  }
  state.screen = Screen::send;
  edited(state);
}

void call_ended(State& state, const Observation& observation, Host& host) {
  if (state.phase != Phase::sending || !state.record) return;
  Record& record = *state.record;
  record.call.observation = observation;
  if (observation.response) record.body_lines.emplace(record.call.observation.response->body);
  const bool failed = observation.outcome != Outcome::answered;
  if (!record.run.empty()) {
    record.journal_pending = true;
    host.read_journal(place_of(state.places, target_of(state.places, record.call.request.url).value_or(Target::lab)), record.run, record.call.request);
  } else if (state.lab_answers && failed) {
    if (auto target = target_of(state.places, record.call.request.url))
      record.call.exchange = exchange_of_place(*target, record.call.request, observation.online);
  }
  finish(state, host);
}

struct Applier {
  State& state;
  Host& host;

  // A proof holds for the draft it was made with.
  void set_court(CourtDraft draft) {
    state.court = std::move(draft);
    state.proof = {};
  }

  void operator()(const command::SetMethod& c) {
    state.draft.method = c.method;
    edited(state);
  }
  void operator()(const command::SetUrl& c) {
    state.draft.url = c.url;
    edited(state);
  }
  void operator()(const command::SetQuery& c) {
    std::vector<HeaderDraft> query = query_of(state.draft.url);
    if (c.index >= query.size()) query.push_back({c.name, c.value});
    else query[c.index] = {c.name, c.value};
    state.draft.url = with_query(state.draft.url, query);
    edited(state);
  }
  void operator()(const command::RemoveQuery& c) {
    std::vector<HeaderDraft> query = query_of(state.draft.url);
    if (c.index < query.size()) query.erase(query.begin() + static_cast<std::ptrdiff_t>(c.index));
    state.draft.url = with_query(state.draft.url, query);
    edited(state);
  }
  void operator()(const command::SetHeader& c) {
    if (c.index >= state.draft.headers.size()) state.draft.headers.push_back({c.name, c.value});
    else state.draft.headers[c.index] = {c.name, c.value};
    edited(state);
  }
  void operator()(const command::RemoveHeader& c) {
    auto& rows = state.draft.headers;
    if (c.index < rows.size()) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(c.index));
    edited(state);
  }
  void operator()(const command::SetBody& c) {
    state.draft.body = c.body;
    edited(state);
  }
  void operator()(const command::SetContract& c) {
    state.draft.contract = c.contract;
    edited(state);
  }
  void operator()(const command::SetCredentials& c) {
    state.draft.include_credentials = c.include;
    edited(state);
  }
  void operator()(const command::SetTimeLimit& c) {
    state.draft.time_limit = c.seconds;
    edited(state);
  }
  void operator()(const command::ChooseRequestTab& c) { state.request_tab = c.tab; }
  void operator()(const command::Send&) { send(state, host); }
  void operator()(const command::Cancel&) {
    if (state.phase == Phase::sending) host.cancel_call();
  }
  void operator()(const command::ChooseCase& c) { choose_case(state, c.slug, c.twin); }
  void operator()(const command::ClearCase&) {
    state.draft = {};
    state.chosen.reset();
    if (state.phase != Phase::sending) {
      state.record.reset();
      state.phase = Phase::idle;
    }
    edited(state);
  }
  void operator()(const command::SendProbes&) {
    const std::vector<ProbePlan> plan = plan_probes(state);
    if (plan.empty() || state.probes == ProbePhase::running) return;
    state.probes = ProbePhase::running;
    host.send_probes(plan, 4000);
  }
  void operator()(const command::SetWitness& c) {
    state.witness = c.witness;
    state.finding = 0;
    state.fix_tab = 0;
  }
  void operator()(const command::ChooseFinding& c) {
    state.finding = c.index;
    state.fix_tab = 0;
  }
  void operator()(const command::ChooseFixTab& c) { state.fix_tab = c.index; }
  void operator()(const command::ChooseOutcomeTab& c) { state.outcome_tab = c.tab; }
  void operator()(const command::ChooseScreen& c) { state.screen = c.screen; }
  void operator()(const command::SetLanguage& c) {
    state.language = c.language;
    host.settings_changed(state);
  }
  void operator()(const command::SetTheme& c) {
    state.theme = c.theme;
    host.settings_changed(state);
  }
  void operator()(const command::SetCourt& c) { set_court(c.draft); }
  void operator()(const command::TakeLastCall&) {
    if (state.record) set_court(court_of(state.record->call));
  }
  void operator()(const command::ApplyRepair&) { set_court(with_repair(state.court)); }
  void operator()(const command::ChooseServer& c) { state.court_server = c.index; }
  void operator()(const command::Prove&) {
    if (state.proof.phase == ProofPhase::running) return;
    const std::string run = host.new_run();
    const auto plan = plan_proof(state.court, state.lab_answers ? state.places.lab : "", state.page_origin, run);
    if (!plan) return;
    state.proof = {ProofPhase::running, run, {}};
    host.prove(plan.value(), run);
  }
  void operator()(const command::ProofEnded& c) {
    if (state.proof.phase != ProofPhase::running || state.proof.run != c.run) return;
    state.proof.phase = ProofPhase::done;
    state.proof.seen = c.seen;
    host.read_journal(state.places.lab, c.run, read_court(state.court).request);
  }
  void operator()(const command::Copy& c) {
    state.copied = c.id;
    state.copy_failed = !host.copy_text(c.text);
  }
  void operator()(const command::PagesArrived&) {}  // the revision has grown: views are made anew
  void operator()(const command::LabFound& c) {
    state.places = c.places;
    state.lab_answers = true;
  }
  void operator()(const command::HeadSeen& c) { state.progress.status = c.status; }
  void operator()(const command::BytesSeen& c) {
    state.progress.bytes = c.bytes;
    state.progress.total = c.total;
  }
  void operator()(const command::CallEnded& c) { call_ended(state, c.observation, host); }
  void operator()(const command::JournalRead& c) {
    if (state.proof.phase == ProofPhase::done && state.proof.run == c.run)
      state.proof.seen.preflight = !c.journal.exchange.hops.empty() && c.journal.exchange.hops[0].preflight.has_value();
    if (!state.record || state.record->run != c.run) return;
    state.record->call.exchange = c.journal.exchange;
    state.record->journal_repeats = c.journal.repeats;
    state.record->journal_pending = false;
    diagnose_record(*state.record);
    announce_outcome(state, host);
  }
  void operator()(const command::JournalMissing& c) {
    if (!state.record || state.record->run != c.run) return;
    state.record->journal_pending = false;
    announce_outcome(state, host);
  }
  void operator()(const command::ProbesEnded& c) {
    if (!state.record || state.probes != ProbePhase::running || state.record->url_text != c.run_or_url) return;
    state.probes = ProbePhase::done;
    state.record->call.observation.probes = c.probes;
    state.finding = 0;
    diagnose_record(*state.record);
    announce_outcome(state, host);
  }
};

}  // namespace

void apply(State& state, const Command& command, Host& host) {
  ++state.revision;
  std::visit(Applier{state, host}, command);
}

std::optional<int> parse_time_limit(std::string_view seconds) {
  const std::string text(trim_http_whitespace(seconds));
  if (text.empty()) return 0;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end != '\0' || !(value >= 0.1 && value <= 600)) return std::nullopt;
  return static_cast<int>(std::lround(value * 1000));
}

std::vector<ProbePlan> plan_probes(const State& state) {
  if (!state.record || state.phase != Phase::done) return {};
  const Outcome outcome = state.record->call.observation.outcome;
  if (outcome != Outcome::failed && outcome != Outcome::timed_out) return {};
  if (state.record->call.observation.response) return {};
  Url root = state.record->call.request.url;
  root.path = "/";
  root.query.reset();
  root.fragment.reset();
  const std::string& url = state.record->url_text;
  return {{ProbeKind::manual, url}, {ProbeKind::no_cors, url}, {ProbeKind::root_no_cors, serialize_url(root)}};
}

std::vector<HeaderDraft> query_of(std::string_view url) {
  std::vector<HeaderDraft> out;
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  if (mark == std::string_view::npos) return out;
  std::string_view query = url.substr(mark + 1);
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto decoded = [](std::string_view text) {
      std::string spaced(text);
      std::replace(spaced.begin(), spaced.end(), '+', ' ');
      return percent_decode(spaced);
    };
    out.push_back({decoded(pair.substr(0, equals)), equals < pair.size() ? decoded(pair.substr(equals + 1)) : ""});
  }
  return out;
}

std::string with_query(std::string_view url, const std::vector<HeaderDraft>& query) {
  auto encoded = [](std::string_view text) {
    constexpr std::string_view kept = "-_.~!*'()/:@,$";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
      const unsigned char byte = static_cast<unsigned char>(c);
      const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                         kept.find(c) != std::string_view::npos;
      if (plain) out += c;
      else (out += '%') += {hex[byte >> 4], hex[byte & 15]};
    }
    return out;
  };
  const std::size_t hash = std::min(url.find('#'), url.size());
  const std::string fragment(url.substr(hash));
  const std::string_view base = url.substr(0, std::min(url.find('?'), hash));
  std::string out(base);
  for (std::size_t i = 0; i < query.size(); ++i)
    out += (i == 0 ? "?" : "&") + encoded(query[i].name) + "=" + encoded(query[i].value);
  return out + fragment;
}

}  // namespace blindspot
