// Predict once for what is written, then say it.
#include "web/views/court_view.hpp"

#include <algorithm>

#include "core/cors/exposed_headers.hpp"
#include "core/cors/predict.hpp"
#include "core/cors/repair.hpp"
#include "core/cors/steps.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

FieldNote note(Label label, Language language) { return {std::string(say(label, language)), Meaning::bad}; }

std::vector<FieldNote> answer_notes(const std::optional<AnswersError>& error, Language language) {
  if (!error) return {};
  constexpr Label labels[] = {Label::problem_answer_nothing, Label::problem_answer_status, Label::problem_answer_colon,
                              Label::problem_answer_name,    Label::problem_answer_value,  Label::problem_answer_many};
  std::string text = say(labels[static_cast<std::size_t>(error->problem)], language, error->line);
  if (!error->text.empty()) text += (language == Language::en ? ": " : "\uff1a") + error->text;
  return {{text, Meaning::bad}};
}

void fill_fields(const State& state, const CourtCase& court, CourtView& view) {
  const Language language = state.language;
  const CourtDraft& draft = state.court;
  view.page_origin = draft.page_origin;
  view.method = draft.method;
  view.url = draft.url;
  view.preflight = draft.preflight;
  view.answer = draft.answer;
  if (court.problems.page_origin) {
    view.page_origin_notes = {note(Label::problem_origin, language)};
  } else if (court.problems.origin_cut) {
    const Slots origin{{"text", serialize_origin(court.request.page.origin)}};
    view.page_origin_notes = {{filled(say(Label::warn_origin_cut, language), origin), Meaning::doubt}};
  }
  const std::optional<RequestProblem>& problem = court.problems.request;
  if (problem && problem->code == Code::method_forbidden) view.method_notes = {note(Label::problem_method, language)};
  if (problem && problem->code == Code::url_malformed) view.url_notes = {note(Label::problem_url, language)};
  if (problem && problem->code == Code::scheme_unsupported) view.url_notes = {note(Label::problem_scheme, language)};
  for (const Header& header : draft.headers) {
    RowView row{header.name, header.value, is_secret_name(header.name), {}};
    if (problem && problem->code == Code::header_malformed && problem->because.subject == header.name) row.notes = {note(Label::problem_header, language)};
    else if (is_forbidden_request_header(header.name, header.value)) row.notes = {{std::string(say(Label::warn_forbidden_header, language)), Meaning::doubt}};
    view.headers.push_back(std::move(row));
  }
  view.preflight_notes = answer_notes(court.problems.preflight, language);
  view.answer_notes = answer_notes(court.problems.answer, language);
  const auto choices = [](std::initializer_list<const char*> names, std::size_t chosen, const std::string& id) {
    std::vector<ChoiceView> out;
    for (const char* name : names) out.push_back({id + name, name, out.size() == chosen});
    return out;
  };
  view.credentials = choices({"omit", "same-origin", "include"}, static_cast<std::size_t>(draft.credentials), "court.credentials.");
  view.modes = choices({"cors", "no-cors", "same-origin"}, static_cast<std::size_t>(draft.mode), "court.mode.");
  view.can_take_last_call = state.record && state.phase == Phase::done;
}

// A header's value is not repeated where it may be a secret.
std::string say_without_secrets(StepTaken taken, Language language) {
  const std::size_t colon = taken.subject.find(": ");
  const bool of_header = taken.id == step::request_header || taken.id == step::preflight_needed_header;
  if (of_header && colon != std::string::npos && is_secret_name(taken.subject.substr(0, colon))) taken.subject.replace(colon + 2, std::string::npos, "...");
  return say_step(taken, language);
}

void fill_preflight(const CourtCase& court, const PreflightDecision& decision, Language language, CourtView& view) {
  const bool home = is_same_origin(court.request.page.origin, origin_of(court.request.url));
  view.preflight_title = say(home ? Label::court_same_origin : decision.needed ? Label::court_preflight_yes : Label::court_preflight_no, language);
  for (const StepTaken& reason : decision.reasons) view.preflight_reasons.push_back(say_without_secrets(reason, language));
  if (!decision.needed) return;
  view.preflight_request = "OPTIONS " + serialize_url(court.request.url);
  for (const Header& header : decision.preflight_headers) view.preflight_request += "\n" + header.name + ": " + header.value;
  if (!court.preflight_given && !court.problems.preflight) view.preflight_command = curl_for_preflight(court.request);
}

// Where the walk stopped only because the draft does not tell of the next answer, that is no step.
bool stops_for_lack(const Verdict& verdict) { return verdict.decided_at == step::request_not_sent; }

void fill_steps(const Verdict& verdict, Language language, CourtView& view) {
  const std::size_t count = verdict.trace.size() - (stops_for_lack(verdict) ? 1 : 0);
  for (std::size_t i = 0; i < count; ++i) {
    const StepTaken& taken = verdict.trace[i];
    view.steps.push_back({std::string(taken.id), say_without_secrets(taken, language), taken.passed, i + 1 == verdict.trace.size()});
  }
}

// Which names of the last answer script can read.
void fill_headers(const CourtCase& court, const Prediction& prediction, CourtView& view) {
  const ResponseHead& head = *court.exchange.hops.back().actual->head;
  for (const Header& header : head.headers) {
    const Headers& seen = prediction.observation.response->headers;
    const bool readable = std::any_of(seen.begin(), seen.end(), [&](const Header& each) { return equals_ignoring_case(each.name, header.name); });
    std::vector<std::string>& names = readable ? view.readable : view.hidden;
    if (std::find(names.begin(), names.end(), header.name) == names.end()) names.push_back(header.name);
  }
}

void decide(const CourtCase& court, const Prediction& prediction, Language language, CourtView& view) {
  const auto verdict = [&](Meaning meaning, Label label) {
    view.meaning = meaning;
    view.title = say(label, language);
  };
  const Verdict& found = prediction.verdict;
  if (prediction.observation.outcome == Outcome::never_sent) return verdict(Meaning::bad, Label::court_never_sent);
  if (stops_for_lack(found)) {
    const std::size_t hop = prediction.sent.size();
    if (hop > 1) return verdict(Meaning::doubt, Label::court_needs_redirect);
    return verdict(Meaning::doubt, prediction.sent[0].preflight.needed && !court.preflight_given ? Label::court_needs_preflight : Label::court_needs_answer);
  }
  if (prediction.response_type == ResponseType::opaque) return verdict(Meaning::doubt, Label::court_opaque);
  verdict(found.allowed ? Meaning::good : Meaning::bad, found.allowed ? Label::court_allowed : Label::court_refused);
}

// Whether one may speak of a repair: the answers that there are decide, or one is missing altogether.
void fill_repair(const State& state, const CourtCase& court, const Prediction& prediction, RepairView& view) {
  if (prediction.verdict.allowed || stops_for_lack(prediction.verdict)) return;
  const Repair found = repair(court.request, court.exchange);
  const auto policy = found.obstacle ? std::nullopt : policy_of(court.request, apply_repair(court.exchange, found));
  view = make_repair_view(state, found, policy, "court.repair");
  if (found.obstacle) view.note = say(Label::repair_none, state.language);
}

std::string yes_or_no(bool yes, Language language) { return std::string(say(yes ? Label::yes : Label::no, language)); }

std::string said_names(const CourtCase& court, const ProofSeen& seen, Language language) {
  std::string out;
  for (const Header& header : court.exchange.hops.back().actual->head->headers) {
    const std::string name = ascii_lowercase(header.name);
    const bool there = std::find(seen.names.begin(), seen.names.end(), name) != seen.names.end();
    if (there && is_mix_header(name) && out.find(name) == std::string::npos) out += (out.empty() ? "" : ", ") + name;
  }
  return out.empty() ? std::string(say(Label::nothing, language)) : out;
}

void fill_proof_rows(const CourtCase& court, const ProofSeen& foretold, const ProofSeen& seen, Language language, ProofView& view) {
  const auto row = [&](const char* id, Label name, std::string left, std::string right) {
    view.rows.push_back({std::string("court.proof.") + id, std::string(say(name, language)), left, right, left == right});
  };
  const auto outcome = [&](const ProofSeen& each) { return std::string(say(each.resolved ? Label::proof_resolves : Label::proof_rejects, language)); };
  row("outcome", Label::proof_fetch, outcome(foretold), outcome(seen));
  if (seen.preflight) row("preflight", Label::proof_preflight, yes_or_no(*foretold.preflight, language), yes_or_no(*seen.preflight, language));
  if (!foretold.resolved && !seen.resolved) return;
  row("type", Label::proof_type, foretold.type, seen.type);
  row("status", Label::status, std::to_string(foretold.status), std::to_string(seen.status));
  const bool has_answer = !court.exchange.hops.empty() && court.exchange.hops.back().actual;
  if (has_answer) row("headers", Label::court_readable, said_names(court, foretold, language), said_names(court, seen, language));
}

void fill_proof(const State& state, const CourtCase& court, const Prediction& prediction, CourtView& view) {
  ProofView& proof = view.proof;
  const auto plan = plan_proof(court, prediction, state.lab_answers ? state.places.lab : "", state.page_origin, "x");
  proof.running = state.proof.phase == ProofPhase::running;
  if (!plan) {
    constexpr Label notes[] = {Label::proof_no_lab, Label::proof_incomplete, Label::proof_not_sent, Label::proof_same_origin, Label::proof_null_origin, Label::proof_unplayable};
    proof.note = say(notes[static_cast<std::size_t>(plan.error())], state.language);
    return;
  }
  proof.offered = true;
  proof.note = say(Label::proof_offer, state.language);
  if (state.proof.phase != ProofPhase::done) return;
  const ProofSeen foretold = foretell(court, prediction);
  const bool same = agrees(court, foretold, state.proof.seen);
  proof.meaning = state.proof.seen.timed_out ? Meaning::doubt : same ? Meaning::good : Meaning::bad;
  proof.note = say(state.proof.seen.timed_out ? Label::proof_late : same ? Label::proof_agrees : Label::proof_differs, state.language);
  fill_proof_rows(court, foretold, state.proof.seen, state.language, proof);
}

}  // namespace

CourtView make_court_view(const State& state) {
  CourtView view;
  const CourtCase court = read_court(state.court);
  fill_fields(state, court, view);
  if (!court.problems.none()) {
    view.meaning = Meaning::doubt;
    view.title = say(Label::court_open, state.language);
    return view;
  }
  const PreflightDecision decision = decide_preflight(court.request);
  fill_preflight(court, decision, state.language, view);
  const Prediction prediction = predict_court(court);
  decide(court, prediction, state.language, view);
  fill_steps(prediction.verdict, state.language, view);
  fill_repair(state, court, prediction, view.repair);
  fill_proof(state, court, prediction, view);
  if (!court.answer_given) view.answer_command = curl_for_answer(court.request);
  if (prediction.verdict.allowed && prediction.observation.response && court.answer_given) fill_headers(court, prediction, view);
  return view;
}

}  // namespace blindspot
