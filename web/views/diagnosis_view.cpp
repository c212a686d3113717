// Chooses the words for each phase: nothing yet, a case that waits, a call under way, a diagnosis.
#include "web/views/diagnosis_view.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/diagnosis/repair_of.hpp"
#include "web/views/labels.hpp"
#include "web/views/link.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

Paragraph paragraph(Label label, Language language) { return Paragraph{std::string(say(label, language))}; }

Meaning meaning_of(Certainty certainty) { return certainty == Certainty::certain ? Meaning::good : Meaning::doubt; }

std::string product_name(std::string_view fence) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> names = {{
      {"nginx", "nginx"}, {"express", "Express"}, {"spring", "Spring"}, {"fastapi", "FastAPI"},
      {"js", "JavaScript"}, {"sh", "Shell"}, {"http", "HTTP"}, {"json", "JSON"}}};
  for (const auto& [key, name] : names)
    if (key == fence) return std::string(name);
  return std::string(fence);
}

void fill_fix(const Prose& prose, DiagnosisView& view) {
  for (const Block& block : prose) {
    if (const auto* code = std::get_if<CodeBlock>(&block)) {
      view.fix_tabs.push_back({"fix.tab." + std::to_string(view.fix_tabs.size()), product_name(code->language), code->code});
    } else {
      view.fix_words.push_back(block);
    }
  }
}

// A chosen case before it is sent: what it is, and what stands in its way here.
void fill_waiting_case(const State& state, VerdictView& verdict) {
  const Language language = state.language;
  const std::optional<Code> code = parse_code(state.chosen->slug);
  const Result<Case, CaseError> loaded = load_case(state.chosen->slug, state.chosen->twin);
  if (!code || !loaded) return;
  verdict.shown = true;
  verdict.meaning = Meaning::accent;
  verdict.title = label_of(*code, language);
  if (state.chosen->twin == Twin::good)
    verdict.title += language == Language::en ? " (" + std::string(say(Label::good_twin, language)) + ")"
                                              : "\uff08" + std::string(say(Label::good_twin, language)) + "\uff09";
  verdict.slug = state.chosen->slug;
  const Target target = loaded.value().target;
  const bool page_is_secure = state.page_origin.starts_with("https:");
  if (!state.lab_answers && loaded.value().url.empty() && target != Target::unknown_host) {
    verdict.meaning = Meaning::doubt;
    verdict.sentence = {paragraph(Label::ready_needs_lab, language)};
  } else if (target == Target::cleartext && !page_is_secure) {
    verdict.sentence = {paragraph(Label::ready_needs_https, language)};
    verdict.link = state.places.tls_good + "/#case=" + state.chosen->slug;
  } else if (target == Target::offline) {
    verdict.sentence = {paragraph(Label::ready_needs_offline, language)};
  } else if (target == Target::tls_good) {
    verdict.sentence = {paragraph(Label::ready_sentence, language), paragraph(Label::ready_needs_trust, language)};
  } else {
    verdict.sentence = {paragraph(Label::ready_sentence, language)};
  }
}

void fill_verdict(const State& state, const Diagnosis& diagnosis, const Finding& shown, const Explanation& words, VerdictView& verdict) {
  const Language language = state.language;
  const Finding& lead = diagnosis.findings[0];
  verdict.shown = true;
  verdict.slug = slug_of(shown.code);
  verdict.certainty = say_certainty(shown.certainty, language);
  verdict.certainty_meaning = meaning_of(shown.certainty);
  verdict.meaning = lead.code == Code::ok ? Meaning::good : lead.certainty == Certainty::possible || leaves_answer_usable(lead) ? Meaning::doubt : Meaning::bad;
  verdict.title = words.title;
  if (!words.seen.empty()) verdict.sentence = {words.seen[0]};
  // With many causes that fit, the first is only the commonest: say that before its name.
  if (lead.certainty == Certainty::possible && state.finding == 0 && diagnosis.findings.size() > 1) {
    verdict.title = say(Label::hidden_reason_title, language, diagnosis.findings.size());
    verdict.sentence = {Paragraph{std::string(say(Label::most_often, language)) + (language == Language::en ? " " : "") + words.title}};
  }
}

std::string joined(const std::vector<std::string>& names, Language language) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : language == Language::en ? ", " : "\u3001") + name;
  return out.empty() ? std::string(say(Label::nothing, language)) : out;
}

// What is taken for granted where nobody recorded the server's answers.
std::string say_assumed(const Request& request, const CorsPolicy& policy, Language language) {
  return filled(say(Label::repair_assumed, language),
                {{"origin", joined(policy.origins, language)}, {"method", normalize_method(request.method)}, {"headers", joined(policy.headers, language)},
                 {"credentials", std::string(say(policy.credentials ? Label::yes : Label::no, language))}});
}

// In place of the catalogue's code. Not for a redirect to a login: what has to change there is that it redirects.
void fill_repair(const State& state, const Finding& shown, DiagnosisView& view) {
  if (family_of(shown.code) != Family::cors || shown.code == Code::cors_redirect_to_login) return;
  const Call& call = state.record->call;
  const bool wire_known = state.witness == Witness::wire && call.exchange;
  std::vector<std::string> exposed;
  if (const auto* header = std::get_if<HeaderPlace>(&shown.place); header && shown.code == Code::cors_header_not_exposed) exposed.push_back(header->name);
  const auto found = wire_known ? repair_of(call, exposed) : repair_by_page(call, exposed);
  if (!found) return;
  view.repair = make_repair_view(state, found->repair, found->policy, "fix");
  if (!wire_known) view.repair.note = say_assumed(call.request, found->policy, state.language);
  view.fix_tabs.clear();
}

void fill_probes(const State& state, DiagnosisView& view) {
  view.probe_phase = state.probes;
  for (const ProbePlan& probe : plan_probes(state))
    view.probes.push_back("GET " + probe.url + (probe.kind == ProbeKind::manual ? "  (cors, omit, redirect: manual)" : "  (no-cors, omit)"));
}

}  // namespace

DiagnosisView make_diagnosis_view(const State& state) {
  const Language language = state.language;
  DiagnosisView view;
  if (state.phase == Phase::sending) {
    view.verdict = {true, Meaning::accent, std::string(say(Label::sending_title, language)), {}, "", "", Meaning::plain, ""};
    view.verdict.sentence = {Paragraph{state.record ? state.record->url_text : ""}};
    return view;
  }
  if (!state.record) {
    if (state.chosen) fill_waiting_case(state, view.verdict);
    return view;
  }
  if (state.words_missing && !has_pages(language == Language::en ? "en" : "zh")) view.words_missing = say(Label::words_missing, language);
  const Record& record = *state.record;
  if (record.contract_waits) view.words_missing = say(state.later_missing ? Label::later_missing : Label::later_coming, language);
  const Diagnosis& diagnosis = state.witness == Witness::wire ? record.by_wire : record.by_page;
  // Where the page read the answer itself, the journal adds nothing to the diagnosis.
  const Outcome outcome = record.call.observation.outcome;
  view.can_switch_witness = record.call.exchange && outcome != Outcome::never_sent && (outcome != Outcome::answered || !(record.by_wire == record.by_page));
  view.witness = state.witness;
  if (record.call.observation.outcome == Outcome::never_sent && diagnosis.findings.empty()) {
    view.verdict = {true, Meaning::bad, std::string(say(Label::problem_browser, language)), {Paragraph{record.call.observation.error_text}}, "", "", Meaning::plain, ""};
    return view;
  }
  if (diagnosis.findings.empty()) return view;
  const std::size_t index = std::min(state.finding, diagnosis.findings.size() - 1);
  const Finding& shown = diagnosis.findings[index];
  const Explanation words = explain(shown, record.call.request, language);
  fill_verdict(state, diagnosis, shown, words, view.verdict);
  if (diagnosis.findings.size() > 1) {
    for (std::size_t i = 0; i < diagnosis.findings.size(); ++i) {
      const Finding& finding = diagnosis.findings[i];
      view.candidates.push_back({label_of(finding.code, language), std::string(slug_of(finding.code)),
                                 say_certainty(finding.certainty, language), meaning_of(finding.certainty), i == index});
    }
  }
  for (const Evidence& evidence : shown.because) view.evidence.push_back(say_evidence(evidence, language));
  for (const RuledOut& item : diagnosis.ruled_out) view.ruled_out.push_back(say_ruled_out(item, language));
  if (diagnosis.next) view.next_look = say_question(*diagnosis.next, language);
  // Probes tell a page that is alone what the journal would: they are offered while the page alone speaks.
  if (!diagnosis.findings.empty() && diagnosis.findings[0].certainty != Certainty::certain) fill_probes(state, view);
  view.why = words.why;
  view.effect = words.effect;
  view.confirm = words.confirm;
  view.mini_program = words.mini_program;
  fill_fix(words.fix_server, view);
  fill_repair(state, shown, view);
  view.fix_tab = view.fix_tabs.empty() ? 0 : std::min(state.fix_tab, view.fix_tabs.size() - 1);
  view.fix_caller = words.fix_caller;
  view.can_run_good_twin = record.chosen && record.chosen->slug != "ok";
  if (record.chosen) {
    view.case_slug = record.chosen->slug;
    view.link = state.page_url + "#" + write_link({draft_of_case(*record.chosen, state.places), record.chosen}, language, state.places).text;
  }
  view.is_good_twin = record.chosen && record.chosen->twin == Twin::good;
  return view;
}

}  // namespace blindspot
