// Which note stands at which field.
#include "web/views/request_view.hpp"

#include <algorithm>

#include "core/diagnosis/program_error.hpp"
#include "web/app.hpp"
#include "web/views/labels.hpp"
#include "web/views/link.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

TabView tab_view(const State& state, RequestTab tab, const char* id, Label label, std::size_t count) {
  std::string text(say(label, state.language));
  if (count > 0) text += " " + std::to_string(count);
  return {tab, id, text, state.request_tab == tab};
}

std::vector<FieldNote> url_notes(const State& state) {
  const Draft& draft = state.draft;
  if (state.problem) {
    const Code code = state.problem->code;
    if (code == Code::url_malformed || code == Code::scheme_unsupported) {
      const Label label = code == Code::url_malformed ? Label::problem_url : Label::problem_scheme;
      return {{std::string(say(label, state.language)) + (state.problem->because.detail.empty() ? "" : ": " + state.problem->because.detail), Meaning::bad}};
    }
  }
  if (auto url = parse_url(draft.url); url && url.value().scheme.starts_with("http") && is_blocked_port(effective_port(url.value())))
    return {{std::string(say(Label::warn_port, state.language)), Meaning::doubt}};
  return {};
}

// "The link leaves out: secret values, Body (too large)".
std::string say_left_out(const std::vector<LeftOut>& parts, Language language) {
  if (parts.empty()) return {};
  const bool english = language == Language::en;
  const auto name = [](LeftOut part) {
    switch (part) {
      case LeftOut::contract: return Label::tab_contract;
      case LeftOut::body: return Label::tab_body;
      case LeftOut::answers: return Label::court_answers;
      case LeftOut::headers: return Label::tab_headers;
      case LeftOut::url: return Label::url;
      case LeftOut::secrets: break;
    }
    return Label::secret_values;
  };
  std::string out(say(Label::link_leaves_out, language));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += english ? ", " : "\u3001";
    out += say(name(parts[i]), language);
    if (parts[i] != LeftOut::secrets) out += say(Label::too_large, language);
  }
  return out;
}

}  // namespace

FieldNote notice_text(Notice notice, Language language) {
  const auto text = [&](Label label, Meaning meaning) { return FieldNote{std::string(say(label, language)), meaning}; };
  switch (notice) {
    case Notice::link_unreadable: return text(Label::link_unreadable, Meaning::bad);
    case Notice::link_unknown_case: return text(Label::link_unknown_case, Meaning::bad);
    case Notice::link_damaged: return text(Label::link_damaged, Meaning::bad);
    case Notice::link_too_long: return text(Label::link_too_long, Meaning::bad);
    case Notice::link_secrets: return text(Label::link_secrets, Meaning::doubt);
    case Notice::link_replaced: return text(Label::link_replaced, Meaning::doubt);
    case Notice::storage_denied: break;
  }
  return text(Label::storage_denied, Meaning::doubt);
}

RequestView make_request_view(const State& state) {
  const Draft& draft = state.draft;
  RequestView view;
  view.method = draft.method;
  view.url = draft.url;
  view.url_notes = url_notes(state);
  if (state.problem && state.problem->code == Code::method_forbidden)
    view.method_notes.push_back({std::string(say(Label::problem_method, state.language)), Meaning::bad});
  for (const HeaderDraft& row : query_of(draft.url)) view.query.push_back({row.name, row.value, is_secret_name(row.name), {}});
  for (const HeaderDraft& row : draft.headers) {
    RowView line{row.name, row.value, is_secret_name(row.name), {}};
    const bool refused = state.problem && state.problem->code == Code::header_malformed && state.problem->because.subject == row.name;
    if (refused) line.notes.push_back({std::string(say(Label::problem_header, state.language)), Meaning::bad});
    else if (is_forbidden_request_header(row.name, row.value))
      line.notes.push_back({std::string(say(Label::warn_forbidden_header, state.language)), Meaning::doubt});
    view.headers.push_back(std::move(line));
  }
  const std::string method = normalize_method(draft.method);
  if (!draft.body.empty() && (method == "GET" || method == "HEAD"))
    view.body_notes.push_back({std::string(say(Label::warn_body_dropped, state.language)), Meaning::doubt});
  if (!state.contract_problem.empty())
    view.contract_notes.push_back({std::string(say(Label::problem_contract, state.language)), Meaning::bad});
  if (!state.limit_problem.empty()) view.limit_notes.push_back({std::string(say(Label::problem_limit, state.language)), Meaning::bad});
  view.tab = state.request_tab;
  view.tabs = {tab_view(state, RequestTab::query, "request.tab.query", Label::tab_query, view.query.size()),
               tab_view(state, RequestTab::headers, "request.tab.headers", Label::tab_headers, view.headers.size()),
               tab_view(state, RequestTab::body, "request.tab.body", Label::tab_body, draft.body.empty() ? 0 : 1),
               tab_view(state, RequestTab::contract, "request.tab.contract", Label::tab_contract, (draft.contract.empty() ? 0u : 1u) + (draft.program_error.empty() ? 0u : 1u)),
               tab_view(state, RequestTab::options, "request.tab.options", Label::tab_options, (draft.include_credentials ? 1u : 0u) + (draft.mode != Mode::cors ? 1u : 0u))};
  view.body = draft.body;
  view.contract = draft.contract;
  view.program_error = draft.program_error;
  if (!draft.program_error.empty() && !read_program_error(draft.program_error))
    view.program_error_notes.push_back({std::string(say(Label::program_error_unknown, state.language)), Meaning::doubt});
  view.time_limit = draft.time_limit;
  view.include_credentials = draft.include_credentials;
  for (Mode mode : {Mode::cors, Mode::no_cors, Mode::same_origin})
    view.modes.push_back({"request.mode." + std::string(mode_name(mode)), std::string(mode_name(mode)), draft.mode == mode});
  constexpr Label mode_notes[] = {Label::mode_cors_note, Label::mode_no_cors_note, Label::mode_same_origin_note};
  view.mode_note = say(mode_notes[static_cast<std::size_t>(draft.mode)], state.language);
  view.sending = state.phase == Phase::sending;
  if (view.sending) {
    const Progress& progress = state.progress;
    view.progress = text_of_duration(progress.now_ms - progress.started_ms);
    if (progress.status) view.progress += "  " + std::to_string(progress.status);
    if (progress.bytes) view.progress += "  " + text_of_bytes(progress.bytes, state.language);
    if (progress.bytes && progress.total) view.progress += " / " + text_of_bytes(*progress.total, state.language);
  }
  for (Notice notice : state.notices) view.notices.push_back(notice_text(notice, state.language));
  const LinkText link = write_link(snapshot_of(state), state.language, state.places);
  view.link = state.page_url + "#" + link.text;
  const bool copied = state.copied == "request.copy_link";
  view.copy_link = say(!copied ? Label::copy_link : state.copy_failed ? Label::copy_failed : Label::copied, state.language);
  view.link_note = say_left_out(link.left_out, state.language);
  view.remember_secrets = state.remember_secrets;
  view.has_secret_header = std::any_of(view.headers.begin(), view.headers.end(), [](const RowView& row) { return row.secret; });
  view.can_clear = state.chosen || !(draft == Draft{});
  return view;
}

}  // namespace blindspot
