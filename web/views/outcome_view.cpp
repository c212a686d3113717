// The facts of an observation as finished strings.
#include "web/views/outcome_view.hpp"

#include "web/views/labels.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

std::string name_of(std::string_view slug, Language language) {
  const std::optional<Code> code = parse_code(slug);
  return code ? label_of(*code, language) : std::string(slug);
}

// The leading finding first, with its own sentence; then every other fault of the text and every breach of the contract.
std::vector<BodyMark> marks_of(const Record& record, Language language) {
  std::vector<BodyMark> marks;
  if (record.by_wire.findings.empty() || !record.call.observation.response) return marks;
  const Finding& lead = record.by_wire.findings[0];
  const auto* place = std::get_if<BytePlace>(&lead.place);
  if (place) marks.push_back({place->offset, place->length, leaves_answer_usable(lead) ? Meaning::doubt : Meaning::bad, explain(lead, record.call.request, language).title});
  const auto add = [&](std::size_t offset, std::size_t length, Meaning meaning, std::string_view slug, const std::string& where) {
    if (marks.size() == 200 || (place && offset == place->offset)) return;
    marks.push_back({offset, length, meaning, name_of(slug, language) + ": " + where});
  };
  for (const JsonFinding& fault : record.faults)
    add(fault.place.offset, fault.place.length, fault.warning ? Meaning::doubt : Meaning::bad, json_fault_code(fault.fault), fault.place.path);
  for (const ShapeFinding& breach : record.call.breaches)
    add(breach.offset, breach.length, Meaning::bad, shape_code(breach.fault), breach.pointer.empty() ? "/" : breach.pointer);
  return marks;
}

}  // namespace

OutcomeView make_outcome_view(const State& state) {
  OutcomeView view;
  if (!state.record || state.phase != Phase::done) return view;
  const Language language = state.language;
  const Observation& seen = state.record->call.observation;
  view.shown = true;
  view.outcome = say_outcome(seen.outcome, language);
  view.time = text_of_duration(seen.timings.end_ms);
  view.tab = state.outcome_tab;
  view.meaning = seen.outcome == Outcome::answered && seen.response && seen.response->status < 400 ? Meaning::good
                 : seen.outcome == Outcome::aborted ? Meaning::doubt : Meaning::bad;
  view.status = "0";
  std::size_t header_count = 0;
  if (const auto& response = seen.response) {
    view.status = std::to_string(response->status) + (response->status_text.empty() ? "" : " " + response->status_text);
    view.size = text_of_bytes(response->body_bytes, language);
    view.headers = response->headers;
    header_count = response->headers.size();
  }
  auto tab = [&](OutcomeTab which, const char* id, Label label, std::size_t count) {
    view.tabs.push_back({which, id, std::string(say(label, language)) + (count ? " " + std::to_string(count) : ""), state.outcome_tab == which});
  };
  tab(OutcomeTab::body, "outcome.tab.body", Label::response_body, 0);
  tab(OutcomeTab::headers, "outcome.tab.headers", Label::response_headers, header_count);
  tab(OutcomeTab::events, "outcome.tab.events", Label::events, seen.events.size());
  for (const Event& event : seen.events)
    view.events.push_back({text_of_duration(event.at_ms), event.name, event.bytes ? text_of_bytes(event.bytes, language) : ""});
  const bool has_body = seen.response && !seen.response->body.empty();
  view.has_body = has_body && state.record->body_lines;
  if (view.has_body) view.marks = marks_of(*state.record, language);
  if (view.tab == OutcomeTab::body && !has_body)
    view.remark = say(seen.response && seen.response->capped ? Label::body_capped : Label::no_body, language);
  if (view.tab == OutcomeTab::headers && view.headers.empty()) view.remark = say(Label::no_headers, language);
  if (view.tab == OutcomeTab::events && view.events.empty()) view.remark = say(Label::nothing, language);
  return view;
}

}  // namespace blindspot
