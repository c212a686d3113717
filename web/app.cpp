// apply: one function a command, each a few lines; what they share stands above them.
#include "web/app.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/diagnosis/program_error.hpp"
#include "core/http/percent.hpp"
#include "web/views/court_view.hpp"
#include "web/views/labels.hpp"
#include "web/views/link.hpp"
#include "web/views/request_view.hpp"
#include "web/views/secrets.hpp"

namespace blindspot {

namespace {

using Json = nlohmann::json;

void add_wire(Record& record) { record.by_wire = diagnose_wire(record.call, record.by_page); }

// Every fault of a body, where the diagnosis names one: a text without is not walked through again.
std::vector<JsonFinding> faults_in(const Record& record) {
  constexpr std::size_t most = 200;
  const std::vector<Finding>& findings = record.by_page.findings;
  const bool about_body = std::any_of(findings.begin(), findings.end(), [](const Finding& each) { return family_of(each.code) == Family::body; });
  if (!about_body || !record.call.observation.response) return {};
  AutopsyOptions options;
  options.max_findings = most;
  std::vector<JsonFinding> faults = autopsy(record.call.observation.response->body, options).findings;
  if (faults.size() > most) faults.resize(most);
  return faults;
}

void diagnose_record(Record& record, Host& host) {
  record.contract_waits = can_hold_contract(record.call) && !host.hold_contract(record.call);
  std::optional<Exchange> exchange = std::exchange(record.call.exchange, std::nullopt);
  record.by_page = diagnose(record.call);
  record.call.exchange = std::move(exchange);
  record.faults = faults_in(record);
  add_wire(record);
}

const Diagnosis& spoken(const State& state) {
  return state.witness == Witness::wire ? state.record->by_wire : state.record->by_page;
}

void announce_outcome(const State& state, Host& host) {
  const Diagnosis& diagnosis = spoken(state);
  if (diagnosis.findings.empty()) return;
  const Finding& lead = diagnosis.findings[0];
  const Explanation words = explain(lead, state.record->call.request, state.language);
  host.announce(words.title + " (" + say_certainty(lead.certainty, state.language) + ")", state.problem.has_value());
}

bool is_proved(const State& state, const std::string& run) { return state.proof.phase == ProofPhase::done && state.proof.run == run; }

void announce_proof(const State& state, Host& host) { host.announce(make_court_view(state).proof.note, false); }

void forget_problem(State& state) {
  state.problem.reset();
  state.limit_problem.clear();
  state.contract_problem.clear();
}

// What is shown is no longer what a link brought, or what one was copied to.
void forget_link(State& state) {
  std::erase_if(state.notices, [](Notice notice) { return notice != Notice::storage_denied; });
  if (state.copied == "request.copy_link") state.copied.clear();
}

// Somebody changed the form: what was found wrong with it no longer holds.
void edited(State& state) {
  forget_problem(state);
  forget_link(state);
}

// A proof holds for the draft it was made with.
void set_court(State& state, CourtDraft draft) {
  state.court = std::move(draft);
  state.proof = {};
  forget_link(state);
}

void set_desk(State& state, DeskDraft draft) {
  // What the field does not show goes with the text that it was part of.
  if (draft.text != state.desk.draft.text) {
    state.desk.taken.reset();
    state.desk.cut = 0;
  }
  state.desk.draft = std::move(draft);
  forget_link(state);
}

void forget_record(State& state) {
  if (state.phase == Phase::sending) return;
  state.record.reset();
  state.phase = Phase::idle;
}

// Makes a change that Back shall undo.
template <class Change>
void step(State& state, Host& host, Change change) {
  const Snapshot left = snapshot_of(state);
  change();
  if (!(snapshot_of(state) == left)) host.stepped(left);
}

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
  diagnose_record(*state.record, host);
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

bool read_contract(State& state, Host& host, std::string& out) {
  if (state.draft.contract.find_first_not_of(" \t\r\n") == std::string::npos) return true;
  const Json read = Json::parse(state.draft.contract, nullptr, false);
  if (!read.is_discarded() && read.is_object()) {
    out = state.draft.contract;
    return true;
  }
  state.contract_problem = "json";
  host.announce(std::string(say(Label::problem_contract, state.language)), true);
  state.request_tab = RequestTab::contract;
  return false;
}

void send(State& state, Host& host) {
  if (state.phase == Phase::sending) return;
  state.words_wanted = true;
  forget_problem(state);
  const std::optional<int> limit = parse_time_limit(state.draft.time_limit);
  if (!limit) {
    state.limit_problem = state.draft.time_limit;
    host.announce(std::string(say(Label::problem_limit, state.language)), true);
    return;
  }
  std::string contract;
  if (!read_contract(state, host, contract)) return;
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
  request.mode = state.draft.mode;
  request.credentials = state.draft.include_credentials ? Credentials::include : Credentials::same_origin;
  request.page.origin = parse_origin(state.page_origin);
  request.time_limit_ms = *limit;
  record.call.contract = contract;
  record.call.program_error = state.draft.program_error;

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
  step(state, host, [&] { state.screen = Screen::send; });
  host.start_call(plan);
}

RequestTab first_tab(const Draft& draft) {
  return !draft.program_error.empty() ? RequestTab::contract
       : !draft.headers.empty() ? RequestTab::headers : !draft.contract.empty() ? RequestTab::contract
       : !draft.body.empty() ? RequestTab::body : RequestTab::query;
}

// What is shown becomes this; a result of another request goes.
void show(State& state, const Snapshot& shown) {
  if (!(shown.draft == state.draft && shown.chosen == state.chosen)) forget_record(state);
  state.draft = shown.draft;
  state.chosen = shown.chosen;
  state.screen = shown.screen;
  state.request_tab = shown.tab;
  state.words_wanted |= state.chosen.has_value() || state.screen == Screen::catalogue;
  if (!(shown.court == state.court)) set_court(state, shown.court);
  if (!(shown.desk == state.desk.draft)) set_desk(state, shown.desk);
  edited(state);
}

void choose_case(State& state, const ChosenCase& chosen) {
  if (!find_catalogue_file(chosen.slug)) return;
  forget_record(state);
  const Draft draft = draft_of_case(chosen, state.places);
  show(state, {draft, chosen, Screen::send, first_tab(draft), state.court, state.desk.draft});
}

void open_link(State& state, const std::string& fragment, Host& host) {
  const Link link = read_link(fragment, state.places);
  if (link.language) {
    state.language = *link.language;
    host.settings_changed(state);
  }
  Snapshot shown = snapshot_of(state);
  const bool replaces = (link.fills && !(shown.draft == untouched_draft(shown.chosen, state.places))) || (link.court && !(shown.court == example_court())) ||
                        (link.desk && !(shown.desk == example_desk()));
  if (link.fills) {
    const Draft clean = without_secrets(link.draft, untouched_draft(link.chosen, state.places));
    shown = {clean, link.chosen, Screen::send, first_tab(clean), shown.court, shown.desk};
  }
  if (link.court) {
    shown.court = without_secrets(*link.court);
    shown.screen = Screen::court;
  }
  if (link.desk) {
    shown.desk = without_secrets(*link.desk);
    shown.screen = Screen::desk;
  }
  if (link.screen) shown.screen = *link.screen;
  if (link.tab) shown.tab = *link.tab;
  show(state, shown);
  std::vector<Notice> notices = link.problems;
  const bool had_secrets = (link.fills && !(shown.draft == link.draft)) || (link.court && !(shown.court == *link.court)) || (link.desk && !(shown.desk == *link.desk));
  if (had_secrets) notices.push_back(Notice::link_secrets);
  if (replaces) notices.push_back(Notice::link_replaced);
  std::string spoken;
  for (Notice notice : notices) spoken += (spoken.empty() ? "" : " ") + notice_text(notice, state.language).text;
  if (!spoken.empty()) host.announce(spoken, false);
  state.notices.insert(state.notices.end(), notices.begin(), notices.end());
}

// What the case's good twin answers, where that is JSON.
std::string good_body(const std::string& slug) {
  const Result<Case, CaseError> good = load_case(slug, Twin::good);
  if (!good) return {};
  const Bytes body = play_on_paper(resolve_script(good.value().script.response, {}), {}).body;
  return autopsy(body).valid ? body : Bytes();
}

void find_lab(State& state, const Places& places) {
  // A case filled in before the lab's addresses were known gets the right one; an address that was typed stays.
  const bool untouched = state.chosen && state.draft.url == draft_of_case(*state.chosen, state.places).url;
  state.places = places;
  state.lab_answers = true;
  if (untouched) state.draft.url = draft_of_case(*state.chosen, places).url;
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
  void operator()(const command::SetProgramError& c) {
    state.draft.program_error = c.text;
    edited(state);
    // The answer that is there is looked at again, without a call.
    Record* record = state.record ? &*state.record : nullptr;
    if (!record || state.phase != Phase::done || record->call.observation.outcome != Outcome::answered) return;
    const bool news = read_program_error(c.text) != read_program_error(record->call.program_error);
    record->call.program_error = c.text;
    if (!news) return;
    state.finding = 0;
    diagnose_record(*record, host);
    announce_outcome(state, host);
  }
  void operator()(const command::SetCredentials& c) {
    state.draft.include_credentials = c.include;
    edited(state);
  }
  void operator()(const command::SetMode& c) {
    state.draft.mode = c.mode;
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
  void operator()(const command::ChooseCase& c) {
    step(state, host, [&] { choose_case(state, {c.slug, c.twin}); });
  }
  void operator()(const command::ClearCase&) {
    step(state, host, [&] {
      forget_record(state);
      show(state, {{}, {}, state.screen, state.request_tab, state.court, state.desk.draft});
    });
  }
  void operator()(const command::OpenLink& c) { open_link(state, c.fragment, host); }
  void operator()(const command::Restore& c) { show(state, c.shown); }
  void operator()(const command::RememberSecrets& c) {
    state.remember_secrets = c.remember;
    host.remember_secrets(c.remember);
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
  void operator()(const command::ShowServers& c) { state.servers_open = c.open; }
  void operator()(const command::ChooseServer& c) {
    state.server = c.server;
    state.servers_open = false;
    host.settings_changed(state);
  }
  void operator()(const command::ChooseOutcomeTab& c) { state.outcome_tab = c.tab; }
  void operator()(const command::ChooseScreen& c) {
    state.words_wanted |= c.screen == Screen::catalogue;
    step(state, host, [&] { state.screen = c.screen; });
  }
  void operator()(const command::SetLanguage& c) {
    state.language = c.language;
    host.settings_changed(state);
  }
  void operator()(const command::SetTheme& c) {
    state.theme = c.theme;
    host.settings_changed(state);
  }
  void operator()(const command::SetCourt& c) { set_court(state, c.draft); }
  void replace_court(CourtDraft draft) {
    step(state, host, [&] { set_court(state, std::move(draft)); });
  }
  void operator()(const command::SetDesk& c) { set_desk(state, c.draft); }
  void operator()(const command::ChooseDeskTab& c) { state.desk.tab = c.tab; }
  void operator()(const command::MakeEdits& c) { make_edits(state.desk, c.first, c.count); }
  void operator()(const command::MakeAllEdits&) { make_all_edits(state.desk); }
  void operator()(const command::TakeLastAnswer&) {
    if (!state.record || !state.record->call.observation.response) return;
    const Record& record = *state.record;
    lay_on(state.desk, record.call.observation.response->body);
    state.desk.draft.contract = record.call.contract;
    state.desk.draft.good = record.chosen ? good_body(record.chosen->slug) : "";
    step(state, host, [&] { state.screen = Screen::desk; });
  }
  void operator()(const command::TakeLastCall&) {
    if (state.record) replace_court(court_of(state.record->call));
  }
  void operator()(const command::ShowExample&) { replace_court(example_court()); }
  void operator()(const command::ApplyRepair&) {
    replace_court(with_repair(state.court));
    host.announce(make_court_view(state).title, false);
  }
  void operator()(const command::Prove&) {
    if (state.proof.phase == ProofPhase::running) return;
    const std::string run = host.new_run();
    const CourtCase court = read_court(state.court);
    const auto plan = plan_proof(court, predict_court(court), state.lab_answers ? state.places.lab : "", state.page_origin, run);
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
  void operator()(const command::SetTypeSize& c) {
    state.type_size = c.size;
    host.settings_changed(state);
  }
  void operator()(const command::Copy& c) {
    state.copied = c.id;
    state.copy_failed = !host.copy_text(c.text);
    host.announce(std::string(say(state.copy_failed ? Label::copy_failed : Label::copied, state.language)), false);
  }
  void operator()(const command::PagesArrived&) { state.words_missing = false; }
  void operator()(const command::PagesMissing&) { state.words_missing = true; }
  void operator()(const command::LabFound& c) { find_lab(state, c.places); }
  void operator()(const command::HeadSeen& c) { state.progress.status = c.status; }
  void operator()(const command::BytesSeen& c) {
    state.progress.bytes = c.bytes;
    state.progress.total = c.total;
  }
  void operator()(const command::CallEnded& c) { call_ended(state, c.observation, host); }
  void operator()(const command::JournalRead& c) {
    if (is_proved(state, c.run)) {
      state.proof.seen.preflight = !c.journal.exchange.hops.empty() && c.journal.exchange.hops[0].preflight.has_value();
      announce_proof(state, host);
    }
    if (!state.record || state.record->run != c.run) return;
    state.record->call.exchange = c.journal.exchange;
    state.record->journal_repeats = c.journal.repeats;
    state.record->journal_pending = false;
    add_wire(*state.record);
    announce_outcome(state, host);
  }
  void operator()(const command::JournalMissing& c) {
    if (is_proved(state, c.run)) announce_proof(state, host);
    if (!state.record || state.record->run != c.run) return;
    state.record->journal_pending = false;
    announce_outcome(state, host);
  }
  void operator()(const command::ProbesEnded& c) {
    if (!state.record || state.probes != ProbePhase::running || state.record->url_text != c.run_or_url) return;
    state.probes = ProbePhase::done;
    state.record->call.observation.probes = c.probes;
    state.finding = 0;
    diagnose_record(*state.record, host);
    announce_outcome(state, host);
  }
  void operator()(const command::LaterArrived&) {
    state.later_missing = false;
    if (!state.record || !state.record->contract_waits) return;
    diagnose_record(*state.record, host);
    announce_outcome(state, host);
  }
  void operator()(const command::LaterMissing&) { state.later_missing = true; }
  void operator()(const command::StorageAnswered& c) {
    std::erase(state.notices, Notice::storage_denied);
    if (!c.denied) return;
    state.notices.push_back(Notice::storage_denied);
    host.announce(std::string(say(Label::storage_denied, state.language)), false);
  }
};

}  // namespace

void apply(State& state, const Command& command, Host& host) {
  ++state.revision;
  std::visit(Applier{state, host}, command);
  // Whatever is done next tries again what could not be loaded; that it could not is no action.
  if (state.words_wanted && !std::holds_alternative<command::PagesMissing>(command)) host.want_pages(state.language);
  const bool later = state.screen == Screen::desk || (state.record && (state.phase == Phase::sending ? !state.record->call.contract.empty() : state.record->contract_waits));
  if (later && !std::holds_alternative<command::LaterMissing>(command)) host.want_later();
}

Snapshot snapshot_of(const State& state) { return {state.draft, state.chosen, state.screen, state.request_tab, state.court, state.desk.draft}; }

Draft draft_of_case(const ChosenCase& chosen, const Places& places) {
  Draft draft;
  const Result<Case, CaseError> loaded = load_case(chosen.slug, chosen.twin);
  if (!loaded) return draft;
  const Case& a_case = loaded.value();
  draft.method = a_case.method;
  draft.url = case_url(a_case, chosen.twin, places, "");
  for (const Header& header : a_case.headers) draft.headers.push_back({header.name, header.value});
  draft.body = a_case.body;
  draft.contract = a_case.contract;
  draft.program_error = a_case.program_error;
  draft.include_credentials = a_case.credentials == Credentials::include;
  draft.mode = a_case.mode;
  const int tenths = a_case.time_limit_ms / 100;
  draft.time_limit = std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "");
  return draft;
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
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  return mark == std::string_view::npos ? std::vector<HeaderDraft>{} : pairs_of(url.substr(mark + 1));
}

std::vector<HeaderDraft> pairs_of(std::string_view text) {
  std::vector<HeaderDraft> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto decoded = [](std::string_view part) {
      std::string spaced(part);
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
