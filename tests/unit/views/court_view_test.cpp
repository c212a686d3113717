// The courtroom: what is written, what is decided, what is said where something is missing or cannot be read.
#include "web/views/court_view.hpp"

#include <functional>

#include "core/cors/steps.hpp"
#include "core/http/percent.hpp"
#include "tests/support/must.hpp"
#include "tests/unit/views/fake_host.hpp"
#include "web/views/labels.hpp"

namespace blindspot {
namespace {

State with(const std::function<void(CourtDraft&)>& change) {
  State state;
  change(state.court);
  return state;
}

std::string english(Label label) { return std::string(say(label, Language::en)); }

struct VerdictRow {
  std::string name;
  std::function<void(CourtDraft&)> change;
  Label title;
  Meaning meaning;
};
class court_verdict : public testing::TestWithParam<VerdictRow> {};

TEST_P(court_verdict, is_said) {
  const CourtView view = make_court_view(with(GetParam().change));
  EXPECT_EQ(view.title, english(GetParam().title));
  EXPECT_EQ(view.meaning, GetParam().meaning);
}

INSTANTIATE_TEST_SUITE_P(
    views, court_verdict,
    testing::Values(
        VerdictRow{"example_is_refused", [](CourtDraft&) {}, Label::court_refused, Meaning::bad},
        VerdictRow{"allowed", [](CourtDraft& d) { d.headers.pop_back(); }, Label::court_allowed, Meaning::good},
        VerdictRow{"no_preflight_answer", [](CourtDraft& d) { d.preflight = " \n"; }, Label::court_needs_preflight, Meaning::doubt},
        VerdictRow{"no_answer", [](CourtDraft& d) { d.headers.pop_back(); d.answer.clear(); }, Label::court_needs_answer, Meaning::doubt},
        VerdictRow{"refused_without_the_answer", [](CourtDraft& d) { d.answer.clear(); }, Label::court_refused, Meaning::bad},
        VerdictRow{"redirect_without_its_target", [](CourtDraft& d) { d.method = "GET"; d.headers.clear(); d.answer = "HTTP/1.1 302 Found\nAccess-Control-Allow-Origin: *\nLocation: https://other.example/\n"; },
                   Label::court_needs_redirect, Meaning::doubt},
        VerdictRow{"opaque", [](CourtDraft& d) { d.mode = Mode::no_cors; d.headers.clear(); }, Label::court_opaque, Meaning::doubt},
        VerdictRow{"no_cors_never_sends_put", [](CourtDraft& d) { d.mode = Mode::no_cors; d.method = "PUT"; }, Label::court_never_sent, Meaning::bad},
        VerdictRow{"mode_same_origin", [](CourtDraft& d) { d.mode = Mode::same_origin; }, Label::court_refused, Meaning::bad},
        VerdictRow{"same_origin", [](CourtDraft& d) { d.page_origin = "https://api.example"; d.preflight.clear(); d.answer = "HTTP/1.1 200 OK\n"; }, Label::court_allowed, Meaning::good},
        VerdictRow{"mixed_content", [](CourtDraft& d) { d.url = "http://api.example/"; d.answer.clear(); d.preflight.clear(); }, Label::court_refused, Meaning::bad},
        VerdictRow{"unreadable_url", [](CourtDraft& d) { d.url = "api.example"; }, Label::court_open, Meaning::doubt}),
    RowName());

TEST(court_view, names_the_step_that_decided) {
  const CourtView view = make_court_view(State{});
  ASSERT_FALSE(view.steps.empty());
  EXPECT_EQ(view.steps.back().id, step::preflight_headers);
  EXPECT_TRUE(view.steps.back().decided);
  EXPECT_FALSE(view.steps.back().passed);
  EXPECT_EQ(std::count_if(view.steps.begin(), view.steps.end(), [](const StepView& each) { return each.decided; }), 1);
}

TEST(court_view, says_why_there_is_a_preflight_and_what_it_asks) {
  const CourtView view = make_court_view(State{});
  EXPECT_EQ(view.preflight_title, english(Label::court_preflight_yes));
  EXPECT_EQ(view.preflight_reasons.size(), 2u);
  EXPECT_NE(view.preflight_request.find("Access-Control-Request-Headers: content-type,x-token"), std::string::npos);
}

TEST(court_view, a_missing_answer_is_no_step) {
  const CourtView view = make_court_view(with([](CourtDraft& d) { d.preflight.clear(); }));
  for (const StepView& each : view.steps) EXPECT_NE(each.id, step::request_not_sent);
  EXPECT_NE(view.preflight_command.find("-X OPTIONS 'https://api.example/orders'"), std::string::npos);
}

TEST(court_view, tells_readable_from_hidden_headers) {
  const CourtView view = make_court_view(with([](CourtDraft& d) { d.headers.pop_back(); }));
  EXPECT_EQ(view.readable, std::vector<std::string>{"Content-Type"});
  EXPECT_EQ(view.hidden, (std::vector<std::string>{"Access-Control-Allow-Origin", "X-Request-Id"}));
}

TEST(court_view, leaves_secrets_out_of_commands) {
  const CourtView view = make_court_view(with([](CourtDraft& d) { d.answer.clear(); d.headers = {{"X-Token", "s3cret"}}; }));
  EXPECT_NE(view.answer_command.find("X-Token: ..."), std::string::npos);
  EXPECT_EQ(view.answer_command.find("s3cret"), std::string::npos);
}

TEST(court_view, leaves_secrets_out_of_steps) {
  const CourtView view = make_court_view(with([](CourtDraft& d) { d.headers = {{"X-Token", "s3cret"}}; }));
  for (const StepView& each : view.steps) EXPECT_EQ(each.sentence.find("s3cret"), std::string::npos) << each.sentence;
  for (const std::string& reason : view.preflight_reasons) EXPECT_EQ(reason.find("s3cret"), std::string::npos) << reason;
}

TEST(court_view, quotes_what_a_shell_would_read) {
  const CourtView view = make_court_view(with([](CourtDraft& d) { d.answer.clear(); d.headers = {{"X-A", "it's $HOME"}}; }));
  EXPECT_NE(view.answer_command.find("'X-A: it'\\''s $HOME'"), std::string::npos) << view.answer_command;
}

TEST(court_view, places_problems_at_their_fields) {
  const CourtView view = make_court_view(with([](CourtDraft& d) {
    d.page_origin = "app.example";
    d.preflight = "HTTP/1.1 200 OK\nnot a header\n";
  }));
  ASSERT_EQ(view.page_origin_notes.size(), 1u);
  ASSERT_EQ(view.preflight_notes.size(), 1u);
  EXPECT_EQ(view.preflight_notes[0].text, "Line 2 has no colon: not a header");
}

TEST(court_view, takes_the_origin_of_a_whole_url) {
  const CourtView view = make_court_view(with([](CourtDraft& d) { d.page_origin = "https://shop.example/cart"; }));
  ASSERT_EQ(view.page_origin_notes.size(), 1u);
  EXPECT_EQ(view.page_origin_notes[0].meaning, Meaning::doubt);
  EXPECT_NE(view.page_origin_notes[0].text.find("https://shop.example"), std::string::npos);
}

TEST(court_repair, is_said_and_applied) {
  PageUnderTest page;
  const RepairView repair = make_court_view(page.state).repair;
  ASSERT_TRUE(repair.shown);
  ASSERT_EQ(repair.edits.size(), 1u);
  EXPECT_EQ(repair.edits[0].text, "replace by Access-Control-Allow-Headers: content-type, x-token");
  page.apply(command::ApplyRepair{});
  const CourtView mended = make_court_view(page.state);
  EXPECT_EQ(mended.title, english(Label::court_allowed));
  ASSERT_EQ(page.host.announced.size(), 1u);
  EXPECT_EQ(page.host.announced[0].first, mended.title);
  EXPECT_FALSE(mended.repair.shown);
}

TEST(court_repair, is_a_configuration_for_the_server_that_was_chosen) {
  PageUnderTest page;
  RepairView repair = make_court_view(page.state).repair;
  EXPECT_EQ(repair.server, "nginx");
  EXPECT_NE(configuration_of(page, repair).find("add_header Access-Control-Allow-Headers \"content-type, x-token\" always;"), std::string::npos) << configuration_of(page, repair);
  EXPECT_TRUE(repair.servers.empty());
  page.apply(command::ShowServers{true});
  repair = make_court_view(page.state).repair;
  ASSERT_EQ(repair.servers.size(), all_servers.size());
  for (const ChoiceView& each : repair.servers) EXPECT_EQ(each.chosen, each.text == "nginx");
  page.apply(command::ChooseServer{Server::rails});
  EXPECT_EQ(page.host.settings, 1) << "it is remembered";
  repair = make_court_view(page.state).repair;
  EXPECT_EQ(repair.server, "Rails");
  EXPECT_TRUE(repair.servers.empty());
  EXPECT_NE(configuration_of(page, repair).find("Rack::Cors"), std::string::npos);
}

TEST(court_repair, every_server_has_a_name_in_both_languages) {
  PageUnderTest page;
  for (Server server : all_servers)
    for (Language language : all_languages) {
      page.state.server = server;
      page.state.language = language;
      const RepairView repair = make_court_view(page.state).repair;
      EXPECT_FALSE(repair.server.empty()) << server_slug(server);
      EXPECT_FALSE(configuration_of(page, repair).empty()) << server_slug(server);
    }
}

TEST(court_repair, says_where_none_helps) {
  const RepairView repair = make_court_view(with([](CourtDraft& d) { d.mode = Mode::same_origin; })).repair;
  EXPECT_TRUE(repair.shown);
  EXPECT_TRUE(repair.edits.empty());
  EXPECT_EQ(repair.note, english(Label::repair_none));
  EXPECT_TRUE(repair.server.empty());
}

TEST(court_repair, warns_of_what_would_be_unsafe) {
  const RepairView repair = make_court_view(with([](CourtDraft& d) { d.page_origin = "null"; d.preflight = "HTTP/1.1 204\n"; })).repair;
  EXPECT_FALSE(repair.cautions.empty());
}

TEST(court_repair, every_caution_has_words) {
  for (int i = 0; i <= static_cast<int>(Caution::cannot_be_exposed); ++i)
    for (Language language : all_languages) EXPECT_GT(say_caution(static_cast<Caution>(i), language).size(), 12u) << i;
}

Result<ProofPlan, ProofObstacle> plan_for(const CourtDraft& draft, const std::string& lab, const std::string& page_here, const std::string& run) {
  const CourtCase court = read_court(draft);
  return plan_proof(court, predict_court(court), lab, page_here, run);
}

struct ObstacleRow {
  std::string name;
  std::function<void(CourtDraft&)> change;
  ProofObstacle obstacle;
};
class proof_obstacle : public testing::TestWithParam<ObstacleRow> {};

TEST_P(proof_obstacle, is_named) {
  CourtDraft draft = example_court();
  GetParam().change(draft);
  const auto plan = plan_for(draft, "http://127.0.0.1:8081", "http://127.0.0.1:8080", "r1");
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error(), GetParam().obstacle);
}

INSTANTIATE_TEST_SUITE_P(
    court, proof_obstacle,
    testing::Values(ObstacleRow{"missing_preflight", [](CourtDraft& d) { d.preflight.clear(); }, ProofObstacle::incomplete},
                    ObstacleRow{"missing_answer", [](CourtDraft& d) { d.headers.pop_back(); d.answer.clear(); }, ProofObstacle::incomplete},
                    ObstacleRow{"unreadable", [](CourtDraft& d) { d.answer = "x"; }, ProofObstacle::incomplete},
                    ObstacleRow{"mixed_content", [](CourtDraft& d) { d.url = "http://api.example/"; }, ProofObstacle::not_sent},
                    ObstacleRow{"same_origin", [](CourtDraft& d) { d.page_origin = "https://api.example"; }, ProofObstacle::same_origin},
                    ObstacleRow{"null_origin", [](CourtDraft& d) { d.page_origin = "null"; }, ProofObstacle::null_origin},
                    ObstacleRow{"status_beyond_http", [](CourtDraft& d) { d.headers.pop_back(); d.answer = "HTTP/1.1 700 X\nAccess-Control-Allow-Origin: *\n"; }, ProofObstacle::unplayable}),
    RowName());

TEST(proof, needs_a_lab) {
  const auto plan = plan_for(example_court(), "", "http://127.0.0.1:8080", "r1");
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error(), ProofObstacle::no_lab);
}

TEST(proof, asks_the_lab_for_the_same_answers) {
  const auto plan = plan_for(example_court(), "http://127.0.0.1:8081", "http://127.0.0.1:8080", "r1");
  ASSERT_TRUE(plan);
  const std::string url = percent_decode(plan.value().url);
  EXPECT_TRUE(url.starts_with("http://127.0.0.1:8081/mix/")) << url;
  EXPECT_NE(url.find("Access-Control-Allow-Origin: http://127.0.0.1:8080"), std::string::npos) << url;
  EXPECT_EQ(url.find("shop.example"), std::string::npos) << url;
  EXPECT_EQ(plan.value().request.method, "POST");
}

// Foretold: the preflight refuses. Seen: that, or anything else.
TEST(proof, is_compared_with_what_was_foretold) {
  PageUnderTest page;
  page.state.lab_answers = true;
  page.apply(command::Prove{});
  ASSERT_EQ(page.host.proofs.size(), 1u);
  const std::string run = page.host.proofs[0].second;
  page.apply(command::ProofEnded{"another", {}});
  EXPECT_EQ(page.state.proof.phase, ProofPhase::running);
  page.apply(command::ProofEnded{run, {}});
  EXPECT_EQ(make_court_view(page.state).proof.meaning, Meaning::good);
  EXPECT_TRUE(page.host.announced.empty()) << "spoken before the journal was read";
  Journal journal;
  journal.exchange.hops.push_back({std::nullopt, Round{}});
  page.apply(command::JournalRead{run, journal});
  EXPECT_EQ(make_court_view(page.state).proof.meaning, Meaning::bad) << "a preflight was foretold and none came";
  ASSERT_EQ(page.host.announced.size(), 1u);
  EXPECT_EQ(page.host.announced[0].first, english(Label::proof_differs));
  journal.exchange.hops[0].preflight = Round{};
  page.apply(command::JournalRead{run, journal});
  EXPECT_EQ(make_court_view(page.state).proof.meaning, Meaning::good);
  page.apply(command::SetCourt{example_court()});
  EXPECT_EQ(page.state.proof.phase, ProofPhase::none) << "another draft, another proof";
}

TEST(proof, of_readable_headers) {
  CourtDraft draft = example_court();
  draft.headers.pop_back();
  const CourtCase court = read_court(draft);
  const ProofSeen foretold = foretell(court, predict(court.request, court.exchange));
  EXPECT_EQ(foretold.type, "cors");
  EXPECT_EQ(foretold.status, 201);
  ProofSeen seen = foretold;
  seen.names.push_back("content-length");  // the lab's own
  EXPECT_TRUE(agrees(court, foretold, seen));
  seen.names.push_back("x-request-id");
  EXPECT_FALSE(agrees(court, foretold, seen));
}

TEST(court_of, a_call_reads_back_as_it_was) {
  Call call;
  call.request = must_request("PUT", "https://api.example/x", "https://app.example");
  call.request.headers = {{"X-A", "1"}};
  Round preflight, actual;
  preflight.head = ResponseHead{204, "No Content", {{"Access-Control-Allow-Origin", "*"}}};
  actual.head = ResponseHead{200, "OK", {{"A", "b"}}};
  call.exchange.emplace();
  call.exchange->hops.push_back({preflight, actual});
  const CourtCase read = read_court(court_of(call));
  EXPECT_TRUE(read.problems.none());
  EXPECT_EQ(read.request, call.request);
  ASSERT_EQ(read.exchange.hops.size(), 1u);
  EXPECT_EQ(read.exchange.hops[0].preflight->head, preflight.head);
  EXPECT_EQ(read.exchange.hops[0].actual->head, actual.head);
}

}  // namespace
}  // namespace blindspot
