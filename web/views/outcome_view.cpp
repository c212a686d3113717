// The facts of an observation as finished strings.
#include "web/views/outcome_view.hpp"

#include <algorithm>

#include "core/http/percent.hpp"
#include "web/views/labels.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

std::size_t marked_line(const Record& record) {
  if (record.by_wire.findings.empty()) return 0;
  const auto* place = std::get_if<BytePlace>(&record.by_wire.findings[0].place);
  return place && record.call.observation.response ? place->line : 0;
}

std::string shown_bytes(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(line[i]);
    std::size_t length = byte < 0x80 ? 1 : byte >= 0xF0 && byte < 0xF5 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
    bool whole = length > 0 && byte < 0xF5 && i + length <= line.size();
    whole = whole && is_valid_utf8(line.substr(i, length));
    if (!whole) {
      out += "\xEF\xBF\xBD";
    } else if (byte == '\t') {
      out += "  ";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\xC2\xB7";
    } else {
      out.append(line.substr(i, length));
      i += length - 1;
    }
  }
  return out;
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
  if (has_body && state.record->body_lines) view.body_lines = state.record->body_lines->line_count();
  view.marked_line = marked_line(*state.record);
  if (view.tab == OutcomeTab::body && !has_body)
    view.remark = say(seen.response && seen.response->capped ? Label::body_capped : Label::no_body, language);
  if (view.tab == OutcomeTab::headers && view.headers.empty()) view.remark = say(Label::no_headers, language);
  if (view.tab == OutcomeTab::events && view.events.empty()) view.remark = say(Label::nothing, language);
  return view;
}

std::string body_line(const Record& record, std::size_t number, std::size_t most, Language language) {
  if (!record.body_lines || number < 1 || number > record.body_lines->line_count()) return {};
  const std::string_view line = record.body_lines->line_text(number);
  std::size_t end = std::min(line.size(), most);
  // A cut falls between characters.
  for (int back = 0; back < 3 && end > 0 && end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80; ++back) --end;
  std::string text = shown_bytes(line.substr(0, end));
  if (line.size() > most) text += " " + std::string(say(Label::line_cut, language));
  return text;
}

}  // namespace blindspot
