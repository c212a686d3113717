// What a command changes and what it asks of the world: nothing is sent without Send, nothing typed is lost.
#include "tests/unit/views/fake_host.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {
namespace {

constexpr const char* lab_url = "http://127.0.0.1:8081/case/ok/products";
constexpr const char* world_url = "https://api.example.com/orders?page=2";

// Choosing a case.

class choosing_a_case : public testing::TestWithParam<std::string> {};
TEST_P(choosing_a_case, fills_the_form_and_sends_nothing) {
  for (Twin twin : {Twin::faulty, Twin::good}) {
    PageUnderTest page;
    page.apply(command::ChooseCase{GetParam(), twin});
    const Case expected = must_case(GetParam(), twin);
    const Draft& draft = page.state.draft;
    EXPECT_EQ(draft.method, expected.method);
    EXPECT_EQ(draft.url, case_url(expected, twin, page.state.places, ""));
    EXPECT_EQ(draft.body, expected.body);
    ASSERT_EQ(draft.headers.size(), expected.headers.size());
    for (std::size_t i = 0; i < draft.headers.size(); ++i) EXPECT_EQ((Header{draft.headers[i].name, draft.headers[i].value}), expected.headers[i]);
    EXPECT_EQ(draft.include_credentials, expected.credentials == Credentials::include);
    EXPECT_EQ(parse_time_limit(draft.time_limit), expected.time_limit_ms);
    EXPECT_EQ(draft.contract, expected.contract);
    EXPECT_EQ(page.state.chosen, (ChosenCase{GetParam(), twin}));
    EXPECT_EQ(page.state.phase, Phase::idle);
    EXPECT_FALSE(page.state.record);
    EXPECT_TRUE(page.host.calls.empty());
    EXPECT_TRUE(page.host.probes.empty());
    EXPECT_TRUE(page.host.journals.empty());
  }
}
INSTANTIATE_TEST_SUITE_P(apply, choosing_a_case, testing::ValuesIn(all_slugs()), SlugName());

TEST(apply, an_unknown_case_changes_nothing) {
  PageUnderTest page;
  page.apply(command::SetUrl{world_url});
  page.apply(command::ChooseCase{"no-such-case", Twin::faulty});
  EXPECT_EQ(page.state.draft.url, world_url);
  EXPECT_FALSE(page.state.chosen);
}

TEST(apply, choosing_a_case_while_a_call_is_under_way_keeps_the_call) {
  PageUnderTest page;
  page.send("GET", world_url);
  page.apply(command::ChooseCase{"http-500", Twin::faulty});
  EXPECT_EQ(page.state.phase, Phase::sending);
  ASSERT_TRUE(page.state.record);
  EXPECT_EQ(page.state.record->url_text, world_url);
}

TEST(apply, a_case_whose_caller_cancels_says_so_to_the_transport) {
  PageUnderTest page;
  page.lab_answers();
  page.apply(command::ChooseCase{"aborted-by-caller", Twin::faulty});
  page.apply(command::Send{});
  page.apply(command::CallEnded{Observation{.outcome = Outcome::aborted}});
  page.apply(command::ChooseCase{"aborted-by-caller", Twin::good});
  page.apply(command::Send{});
  ASSERT_EQ(page.host.calls.size(), 2u);
  EXPECT_EQ(page.host.calls[0].cancel_after_ms, 300);
  EXPECT_EQ(page.host.calls[1].cancel_after_ms, 0);
}

TEST(apply, clearing_empties_form_choice_and_result) {
  PageUnderTest page;
  page.apply(command::ChooseCase{"http-400", Twin::faulty});
  page.call("GET", world_url, failed_blind());
  page.apply(command::ClearCase{});
  EXPECT_EQ(page.state.draft, Draft{});
  EXPECT_FALSE(page.state.chosen);
  EXPECT_FALSE(page.state.record);
  EXPECT_EQ(page.state.phase, Phase::idle);
}

// What Send refuses, and where it says so.

enum class Field { method, url, header, limit, contract };

struct Refusal {
  std::string name;
  Draft draft;
  Field field;
  std::optional<Code> code;  // nothing: a fault of the form, no diagnosis
};

Draft draft_with(void (*change)(Draft&)) {
  Draft draft;
  draft.method = "POST";
  draft.url = world_url;
  draft.headers = {{"Content-Type", "application/json"}};
  draft.body = "{\"typed\": \"with care\"}";
  change(draft);
  return draft;
}

std::vector<Refusal> refusals() {
  return {
      {"empty_url", draft_with([](Draft& d) { d.url = ""; }), Field::url, Code::url_malformed},
      {"url_without_scheme", draft_with([](Draft& d) { d.url = "api.example.com/orders"; }), Field::url, Code::url_malformed},
      {"url_with_bad_port", draft_with([](Draft& d) { d.url = "http://api.example.com:99999/"; }), Field::url, Code::url_malformed},
      {"url_without_host", draft_with([](Draft& d) { d.url = "https://"; }), Field::url, Code::url_malformed},
      {"scheme_ftp", draft_with([](Draft& d) { d.url = "ftp://files.example.com/a"; }), Field::url, Code::scheme_unsupported},
      {"scheme_file", draft_with([](Draft& d) { d.url = "file:///etc/hosts"; }), Field::url, Code::scheme_unsupported},
      {"method_trace", draft_with([](Draft& d) { d.method = "Trace"; }), Field::method, Code::method_forbidden},
      {"method_empty", draft_with([](Draft& d) { d.method = ""; }), Field::method, Code::method_forbidden},
      {"method_with_space", draft_with([](Draft& d) { d.method = "G ET"; }), Field::method, Code::method_forbidden},
      {"header_name_with_space", draft_with([](Draft& d) { d.headers[0].name = "Content Type"; }), Field::header, Code::header_malformed},
      {"header_value_with_line_break", draft_with([](Draft& d) { d.headers[0].value = "a\nb"; }), Field::header, Code::header_malformed},
      {"header_value_without_name", draft_with([](Draft& d) { d.headers[0].name = ""; }), Field::header, Code::header_malformed},
      {"limit_words", draft_with([](Draft& d) { d.time_limit = "ten"; }), Field::limit, std::nullopt},
      {"limit_zero", draft_with([](Draft& d) { d.time_limit = "0"; }), Field::limit, std::nullopt},
      {"limit_negative", draft_with([](Draft& d) { d.time_limit = "-1"; }), Field::limit, std::nullopt},
      {"limit_too_long", draft_with([](Draft& d) { d.time_limit = "601"; }), Field::limit, std::nullopt},
      {"limit_not_a_number", draft_with([](Draft& d) { d.time_limit = "nan"; }), Field::limit, std::nullopt},
      {"limit_endless", draft_with([](Draft& d) { d.time_limit = "1e999"; }), Field::limit, std::nullopt},
      {"contract_broken", draft_with([](Draft& d) { d.contract = "{\"type\":"; }), Field::contract, std::nullopt},
      {"contract_no_object", draft_with([](Draft& d) { d.contract = "[1]"; }), Field::contract, std::nullopt},
  };
}

std::size_t notes_at(const RequestView& view, Field field) {
  switch (field) {
    case Field::method: return view.method_notes.size();
    case Field::url: return view.url_notes.size();
    case Field::header: return view.headers.empty() ? 0 : view.headers[0].notes.size();
    case Field::limit: return view.limit_notes.size();
    case Field::contract: return view.contract_notes.size();
  }
  return 0;
}

class send_refuses : public testing::TestWithParam<Refusal> {};
TEST_P(send_refuses, at_the_field_and_loses_nothing) {
  PageUnderTest page;
  page.state.draft = GetParam().draft;
  page.apply(command::Send{});
  EXPECT_TRUE(page.host.calls.empty());
  EXPECT_NE(page.state.phase, Phase::sending);
  EXPECT_EQ(page.state.draft, GetParam().draft);
  const RequestView view = make_request_view(page.state);
  for (Field field : {Field::method, Field::url, Field::header, Field::limit, Field::contract})
    EXPECT_EQ(notes_at(view, field), field == GetParam().field ? 1u : 0u) << static_cast<int>(field);
  ASSERT_EQ(page.state.record.has_value(), GetParam().code.has_value());
  if (GetParam().code) {
    EXPECT_EQ(page.state.record->call.observation.outcome, Outcome::never_sent);
    EXPECT_EQ(in_one_line(page.state.record->by_page), std::string(slug_of(*GetParam().code)) + " certain");
  }
  // Somebody types: what was found wrong is no longer claimed.
  page.apply(command::SetBody{"x"});
  EXPECT_EQ(notes_at(make_request_view(page.state), GetParam().field), 0u);
}
INSTANTIATE_TEST_SUITE_P(apply, send_refuses, testing::ValuesIn(refusals()), RowName());

// Send.

TEST(apply, send_makes_one_call_as_typed) {
  PageUnderTest page;
  page.state.draft = draft_with([](Draft& d) {
    d.include_credentials = true;
    d.time_limit = " 2.5 ";
    d.headers.push_back({"", ""});  // an empty row of the form is no header
  });
  page.apply(command::Send{});
  ASSERT_EQ(page.host.calls.size(), 1u);
  const CallPlan& plan = page.host.calls[0];
  EXPECT_EQ(plan.url, world_url);
  EXPECT_EQ(plan.request.method, "POST");
  EXPECT_EQ(plan.request.headers, (Headers{{"Content-Type", "application/json"}}));
  EXPECT_EQ(plan.request.body, "{\"typed\": \"with care\"}");
  EXPECT_EQ(plan.request.credentials, Credentials::include);
  EXPECT_EQ(plan.request.time_limit_ms, 2500);
  EXPECT_EQ(serialize_origin(plan.request.page.origin), "http://localhost:8080");
  EXPECT_EQ(page.state.phase, Phase::sending);
  page.apply(command::Send{});
  EXPECT_EQ(page.host.calls.size(), 1u) << "a second press while sending";
}

TEST(apply, an_empty_time_limit_means_none) {
  PageUnderTest page;
  page.apply(command::SetTimeLimit{""});
  page.send("GET", world_url);
  ASSERT_EQ(page.host.calls.size(), 1u);
  EXPECT_EQ(page.host.calls[0].request.time_limit_ms, 0);
}

struct RunRow {
  std::string name;
  bool lab;
  std::string url, sent, journal;  // journal: whom it is asked of; empty: nobody
};
class run_name : public testing::TestWithParam<RunRow> {};
TEST_P(run_name, is_added_for_the_lab_only) {
  const RunRow& row = GetParam();
  PageUnderTest page;
  if (row.lab) page.lab_answers();
  page.send("GET", row.url);
  ASSERT_EQ(page.host.calls.size(), 1u);
  EXPECT_EQ(page.host.calls[0].url, row.sent);
  EXPECT_EQ(page.state.draft.url, row.url);
  EXPECT_EQ(page.state.record->run, row.journal.empty() ? "" : "run1");
  EXPECT_TRUE(page.host.journals.empty()) << "asked before the call ended";
  page.apply(command::CallEnded{failed_blind()});
  if (row.journal.empty()) EXPECT_TRUE(page.host.journals.empty());
  else EXPECT_EQ(page.host.journals, (std::vector<std::pair<std::string, std::string>>{{row.journal, "run1"}}));
}
INSTANTIATE_TEST_SUITE_P(
    apply, run_name,
    testing::Values(RunRow{"lab", true, lab_url, std::string(lab_url) + "?run=run1", "http://127.0.0.1:8081"},
                    RunRow{"lab_with_query", true, "http://127.0.0.1:8081/a?page=2", "http://127.0.0.1:8081/a?page=2&run=run1", "http://127.0.0.1:8081"},
                    RunRow{"lab_with_fragment", true, "http://127.0.0.1:8081/a#end", "http://127.0.0.1:8081/a?run=run1#end", "http://127.0.0.1:8081"},
                    RunRow{"lab_over_tls", true, "https://localhost:8082/case/ok/a", "https://localhost:8082/case/ok/a?run=run1", "https://localhost:8082"},
                    RunRow{"lab_away", false, lab_url, lab_url, ""},
                    RunRow{"world", true, world_url, world_url, ""},
                    RunRow{"closed_port", true, "http://127.0.0.1:8088/a?x=1", "http://127.0.0.1:8088/a?x=1", ""}),
    RowName());

TEST(apply, a_place_the_lab_keeps_names_the_cause) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", "http://127.0.0.1:8088/orders", failed_blind());
  EXPECT_EQ(in_one_line(page.state.record->by_wire), "connection-refused certain");
  EXPECT_GT(page.state.record->by_page.findings.size(), 1u);
}

TEST(apply, progress_is_kept_while_sending) {
  PageUnderTest page;
  page.send("GET", world_url);
  page.apply(command::HeadSeen{200});
  page.apply(command::BytesSeen{20480, 102400});
  page.state.progress.now_ms += 1500;
  const std::string progress = make_request_view(page.state).progress;
  EXPECT_EQ(progress, "1.5 s  200  20.5 KB / 102 KB");
}

TEST(apply, an_end_that_nobody_waits_for_is_passed_over) {
  PageUnderTest page;
  page.apply(command::CallEnded{failed_blind()});
  EXPECT_EQ(page.state.phase, Phase::idle);
  EXPECT_FALSE(page.state.record);
}

TEST(apply, cancel_reaches_the_transport_only_while_sending) {
  PageUnderTest page;
  page.apply(command::Cancel{});
  EXPECT_EQ(page.host.cancels, 0);
  page.send("GET", world_url);
  page.apply(command::Cancel{});
  EXPECT_EQ(page.host.cancels, 1);
  EXPECT_EQ(page.state.phase, Phase::sending) << "ended by the transport, not by the press";
  page.apply(command::CallEnded{Observation{.outcome = Outcome::aborted, .timings = {-1, 40}}});
  EXPECT_EQ(in_one_line(page.state.record->by_page), "aborted-by-caller certain");
  page.apply(command::Cancel{});
  EXPECT_EQ(page.host.cancels, 1);
}

// The journal.

Journal reset_journal(const Request& request) {
  Journal journal;
  Round round{.method = "GET", .url = request.url};
  round.ending = Ending::reset;
  journal.exchange.hops.push_back({std::nullopt, round});
  return journal;
}

TEST(apply, the_journal_makes_the_cause_certain_and_is_announced_once) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", lab_url, failed_blind());
  EXPECT_TRUE(page.state.record->journal_pending);
  EXPECT_TRUE(page.host.announced.empty()) << "spoken before the journal was read";
  page.apply(command::JournalRead{"run1", reset_journal(page.state.record->call.request)});
  EXPECT_FALSE(page.state.record->journal_pending);
  EXPECT_EQ(in_one_line(page.state.record->by_wire), "connection-reset certain");
  EXPECT_GT(page.state.record->by_page.findings.size(), 1u);
  EXPECT_EQ(page.host.announced.size(), 1u);
}

TEST(apply, what_is_wrong_with_the_form_is_said_at_once_and_an_outcome_in_its_turn) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/", failed_blind());
  ASSERT_EQ(page.host.announced.size(), 1u);
  EXPECT_FALSE(page.host.announced.back().second);
  page.apply(command::SetTimeLimit{"soon"});
  page.apply(command::Send{});
  ASSERT_EQ(page.host.announced.size(), 2u);
  EXPECT_TRUE(page.host.announced.back().second);
  page.apply(command::SetTimeLimit{"10"});
  page.apply(command::SetContract{"no json"});
  page.apply(command::Send{});
  ASSERT_EQ(page.host.announced.size(), 3u);
  EXPECT_TRUE(page.host.announced.back().second);
  page.apply(command::SetContract{""});
  page.apply(command::SetUrl{"http://[broken"});
  page.apply(command::Send{});
  ASSERT_EQ(page.host.announced.size(), 4u);
  EXPECT_TRUE(page.host.announced.back().second);
}

TEST(apply, a_pasted_error_is_held_against_the_answer_that_is_there) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/", answered_with(200, {{"content-type", "application/json"}}, "{\"id\": 1}"));
  const std::size_t calls = page.host.calls.size();
  page.apply(command::SetProgramError{"TypeError: Cannot read properties of undefined (reading 'city')"});
  EXPECT_EQ(page.state.record->by_page.findings[0].code, Code::shape_read_of_undefined);
  EXPECT_EQ(page.state.record->by_wire.findings[0].code, Code::shape_read_of_undefined);
  page.apply(command::SetProgramError{""});
  EXPECT_EQ(page.state.record->by_page.findings[0].code, Code::ok);
  EXPECT_EQ(page.host.calls.size(), calls) << "nothing is sent";
}

TEST(apply, a_pasted_error_goes_with_the_next_call) {
  PageUnderTest page;
  page.apply(command::SetProgramError{"TypeError: Body is disturbed or locked"});
  page.call("GET", "https://api.example.com/", answered_with(200, {{"content-type", "application/json"}}, "{\"id\": 1}"));
  EXPECT_EQ(page.state.record->by_page.findings[0].code, Code::body_already_read);
}

TEST(apply, an_error_that_tells_nothing_is_noted_at_its_field) {
  PageUnderTest page;
  EXPECT_TRUE(make_request_view(page.state).program_error_notes.empty());
  page.apply(command::SetProgramError{"ReferenceError: x is not defined"});
  EXPECT_EQ(make_request_view(page.state).program_error_notes.size(), 1u);
}

TEST(apply, the_journal_of_another_run_is_passed_over) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", lab_url, failed_blind());
  page.apply(command::JournalRead{"run0", reset_journal(page.state.record->call.request)});
  EXPECT_TRUE(page.state.record->journal_pending);
  EXPECT_FALSE(page.state.record->call.exchange);
  page.apply(command::JournalMissing{"run0"});
  EXPECT_TRUE(page.state.record->journal_pending);
}

TEST(apply, a_journal_that_comes_late_does_not_speak_of_the_next_call) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", lab_url, failed_blind());
  const Journal late = reset_journal(page.state.record->call.request);
  page.send("GET", lab_url);
  page.apply(command::JournalRead{"run1", late});
  EXPECT_FALSE(page.state.record->call.exchange);
  page.apply(command::CallEnded{answered_with(200, {}, "{}")});
  EXPECT_EQ(page.state.record->run, "run2");
  EXPECT_EQ(in_one_line(page.state.record->by_wire), "ok certain");
}

TEST(apply, without_a_journal_the_page_speaks_alone) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", lab_url, failed_blind());
  page.apply(command::JournalMissing{"run1"});
  EXPECT_FALSE(page.state.record->journal_pending);
  EXPECT_EQ(page.state.record->by_wire, page.state.record->by_page);
  EXPECT_EQ(page.host.announced.size(), 1u);
}

// Probes.

TEST(apply, probes_are_listed_for_a_blind_failure_and_sent_only_when_asked) {
  PageUnderTest page;
  page.call("GET", world_url, failed_blind());
  const std::vector<ProbePlan> plan = plan_probes(page.state);
  ASSERT_EQ(plan.size(), 3u);
  EXPECT_EQ(plan[0].kind, ProbeKind::manual);
  EXPECT_EQ(plan[0].url, world_url);
  EXPECT_EQ(plan[1].kind, ProbeKind::no_cors);
  EXPECT_EQ(plan[1].url, world_url);
  EXPECT_EQ(plan[2].kind, ProbeKind::root_no_cors);
  EXPECT_EQ(plan[2].url, "https://api.example.com/");
  EXPECT_TRUE(page.host.probes.empty());
  page.apply(command::SendProbes{});
  page.apply(command::SendProbes{});
  EXPECT_EQ(page.host.probes.size(), 1u);
  EXPECT_EQ(page.state.probes, ProbePhase::running);
}

TEST(apply, probe_results_narrow_the_causes) {
  PageUnderTest page;
  page.call("GET", world_url, failed_blind());
  const std::size_t before = page.state.record->by_page.findings.size();
  page.apply(command::SendProbes{});
  Probes probes;
  probes.manual = ProbeResult::rejected;
  probes.no_cors = ProbeResult::opaque;
  probes.root_no_cors = ProbeResult::opaque;
  page.apply(command::ProbesEnded{"https://other.example.com/", probes});
  EXPECT_EQ(page.state.probes, ProbePhase::running) << "of another call";
  page.apply(command::ProbesEnded{world_url, probes});
  EXPECT_EQ(page.state.probes, ProbePhase::done);
  EXPECT_LT(page.state.record->by_page.findings.size(), before);
  EXPECT_EQ(find_code(page.state.record->by_page, Code::connection_refused), nullptr);
  EXPECT_NE(find_code(page.state.record->by_page, Code::cors_allow_origin_missing), nullptr);
}

TEST(apply, probe_results_nobody_asked_for_are_passed_over) {
  PageUnderTest page;
  page.call("GET", world_url, failed_blind());
  Probes probes;
  probes.no_cors = ProbeResult::opaque;
  page.apply(command::ProbesEnded{world_url, probes});
  EXPECT_EQ(page.state.record->call.observation.probes, Probes{});
}

TEST(apply, probes_are_not_offered_where_they_cannot_help) {
  PageUnderTest page;
  EXPECT_TRUE(plan_probes(page.state).empty()) << "nothing was sent";
  page.send("GET", world_url);
  EXPECT_TRUE(plan_probes(page.state).empty()) << "the call is under way";
  page.apply(command::CallEnded{answered_with(500, {}, "")});
  EXPECT_TRUE(plan_probes(page.state).empty()) << "an answer was read";
  page.apply(command::SendProbes{});
  EXPECT_TRUE(page.host.probes.empty());
  page.call("GET", world_url, Observation{.outcome = Outcome::aborted});
  EXPECT_TRUE(plan_probes(page.state).empty()) << "the caller cancelled";
}

// The rest.

TEST(apply, settings_are_handed_over_to_be_kept) {
  PageUnderTest page;
  page.apply(command::SetLanguage{Language::zh});
  page.apply(command::SetTheme{Theme::dark});
  EXPECT_EQ(page.state.language, Language::zh);
  EXPECT_EQ(page.state.theme, Theme::dark);
  EXPECT_EQ(page.host.settings, 2);
}

TEST(apply, copying_tells_whether_it_worked) {
  PageUnderTest page;
  page.apply(command::Copy{"fix.copy", "add_header"});
  EXPECT_EQ(page.host.copied, std::vector<std::string>{"add_header"});
  EXPECT_EQ(page.state.copied, "fix.copy");
  EXPECT_FALSE(page.state.copy_failed);
  page.host.copy_works = false;
  page.apply(command::Copy{"fix.copy", "add_header"});
  EXPECT_TRUE(page.state.copy_failed);
}

TEST(apply, every_command_makes_a_new_revision) {
  PageUnderTest page;
  const std::uint64_t before = page.state.revision;
  page.apply(command::SetUrl{world_url});
  page.apply(command::ChooseRequestTab{RequestTab::body});
  EXPECT_EQ(page.state.revision, before + 2);
}

TEST(apply, rows_of_headers_and_query_are_added_changed_and_removed) {
  PageUnderTest page;
  page.apply(command::SetHeader{0, "A", "1"});
  page.apply(command::SetHeader{1, "B", "2"});
  page.apply(command::SetHeader{0, "A", "3"});
  page.apply(command::RemoveHeader{1});
  page.apply(command::RemoveHeader{7});
  EXPECT_EQ(page.state.draft.headers, (std::vector<HeaderDraft>{{"A", "3"}}));
  page.apply(command::SetUrl{"http://a.example/x#f"});
  page.apply(command::SetQuery{0, "q", "tea & cake"});
  page.apply(command::SetQuery{1, "page", "2"});
  EXPECT_EQ(page.state.draft.url, "http://a.example/x?q=tea%20%26%20cake&page=2#f");
  page.apply(command::RemoveQuery{0});
  EXPECT_EQ(page.state.draft.url, "http://a.example/x?page=2#f");
  page.apply(command::RemoveQuery{0});
  EXPECT_EQ(page.state.draft.url, "http://a.example/x#f");
}

}  // namespace
}  // namespace blindspot
