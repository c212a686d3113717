// Both ends of the wire as arrows: what was seen, what was stopped, what nobody saw.
#include "web/views/wire_view.hpp"

#include "tests/unit/views/fake_host.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

void PrintTo(const Arrow& arrow, std::ostream* out) {
  const char* strokes[] = {"solid", "dashed", "stopped"};
  *out << arrow_text(arrow, Language::en) << " [" << strokes[static_cast<int>(arrow.stroke)] << " " << static_cast<int>(arrow.meaning) << "]";
}

namespace {

std::string en(Label label) { return std::string(say(label, Language::en)); }

std::vector<Arrow> arrows_of(const PageUnderTest& page) { return make_wire_view(page.state).arrows; }

Observation failed_after(double ms) {
  Observation seen;
  seen.outcome = Outcome::failed;
  seen.timings.end_ms = ms;
  return seen;
}

// A call to the lab that ended as given, with the journal's rounds.
void call_with_journal(PageUnderTest& page, const std::string& method, const std::string& url, const Observation& seen, const std::vector<Hop>& hops, int repeats = 0) {
  page.lab_answers();
  page.call(method, url, seen);
  Journal journal;
  journal.exchange.hops = hops;
  journal.repeats = repeats;
  page.apply(command::JournalRead{page.state.record->run, journal});
  ASSERT_TRUE(page.state.record->call.exchange);
}

Round round_to(const std::string& method, const std::string& url) { return Round{.method = method, .url = must_url(url)}; }

constexpr const char* orders = "http://127.0.0.1:8081/case/cors-header-not-allowed/orders";

Hop refused_preflight() {
  Round preflight = round_to("OPTIONS", orders);
  preflight.request_headers = {{"Access-Control-Request-Method", "POST"}, {"Access-Control-Request-Headers", "content-type,x-token"}};
  preflight.head = ResponseHead{204, "No Content", {{"Access-Control-Allow-Origin", "http://localhost:8080"}, {"Access-Control-Allow-Headers", "content-type"}}};
  preflight.end_ms = 6;
  return {preflight, std::nullopt};
}

TEST(wire_view, a_refused_preflight_stops_the_request) {
  PageUnderTest page;
  page.apply(command::SetHeader{0, "Content-Type", "application/json"});
  page.apply(command::SetHeader{1, "X-Token", "demo"});
  call_with_journal(page, "POST", orders, failed_after(8), {refused_preflight()});
  EXPECT_EQ(arrows_of(page),
            (std::vector<Arrow>{
                {Lane::code, Lane::browser, "POST /orders", "", "", Stroke::solid, Meaning::plain},
                {Lane::browser, Lane::server, "OPTIONS /orders asks for content-type, x-token", "", "", Stroke::solid, Meaning::plain},
                {Lane::server, Lane::browser, "204 \xC2\xB7 Allow-Headers: content-type", "", "6 ms", Stroke::solid, Meaning::plain},
                {Lane::browser, Lane::server, "POST is never sent", "", "", Stroke::stopped, Meaning::bad},
                {Lane::browser, Lane::code, en(Label::told_nothing), en(Label::told_nothing_note), "8 ms", Stroke::solid, Meaning::bad},
            }));
}

TEST(wire_view, the_page_alone_sees_none_of_it) {
  PageUnderTest page;
  page.apply(command::SetHeader{0, "X-Token", "demo"});
  call_with_journal(page, "POST", orders, failed_after(8), {refused_preflight()});
  page.apply(command::SetWitness{Witness::page});
  EXPECT_EQ(arrows_of(page),
            (std::vector<Arrow>{
                {Lane::code, Lane::browser, "POST /orders", "", "", Stroke::solid, Meaning::plain},
                {Lane::browser, Lane::server, "?", en(Label::hidden_from_page), "", Stroke::dashed, Meaning::doubt},
                {Lane::browser, Lane::code, en(Label::told_nothing), en(Label::told_nothing_note), "8 ms", Stroke::solid, Meaning::bad},
            }));
}

TEST(wire_view, a_blind_failure_hides_the_middle) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders?page=2", failed_after(12));
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 3u);
  EXPECT_EQ(arrows[1].stroke, Stroke::dashed);
  EXPECT_EQ(arrows[1].meaning, Meaning::doubt);
  EXPECT_EQ(arrows[1].label, "?");
  EXPECT_EQ(arrows[2].to, Lane::code);
}

TEST(wire_view, a_redirect_loop_is_shortened) {
  PageUnderTest page;
  const std::string url = "http://127.0.0.1:8081/case/redirect-loop/orders/";
  Round round = round_to("GET", url);
  round.head = ResponseHead{302, "Found", {{"Access-Control-Allow-Origin", "http://localhost:8080"}, {"Location", url}}};
  round.end_ms = 2;
  call_with_journal(page, "GET", url, failed_after(40), std::vector<Hop>(21, Hop{std::nullopt, round}));
  const std::vector<Arrow> arrows = arrows_of(page);
  // The start, two hops of two arrows, the rest in one, the last hop, the end.
  ASSERT_EQ(arrows.size(), 9u);
  EXPECT_EQ(arrows[5].label, "18 more redirects");
  EXPECT_EQ(arrows[5].stroke, Stroke::dashed);
  EXPECT_EQ(arrows[6].label, "GET /orders/");
  EXPECT_EQ(arrows[7].label, "302 \xC2\xB7 Location: /orders/");
}

TEST(wire_view, four_hops_are_all_shown) {
  PageUnderTest page;
  const std::string url = "http://127.0.0.1:8081/case/redirect-loop/orders/";
  Round round = round_to("GET", url);
  round.head = ResponseHead{302, "Found", {{"Location", url}}};
  call_with_journal(page, "GET", url, failed_after(40), std::vector<Hop>(4, Hop{std::nullopt, round}));
  EXPECT_EQ(arrows_of(page).size(), 10u);
}

TEST(wire_view, a_time_limit_is_told_by_the_callers_own_side) {
  PageUnderTest page;
  const std::string url = "http://127.0.0.1:8081/case/response-timeout/orders";
  Round round = round_to("GET", url);
  round.ending = Ending::stalled;
  Observation seen;
  seen.outcome = Outcome::timed_out;
  seen.timings.end_ms = 1500;
  call_with_journal(page, "GET", url, seen, {{std::nullopt, round}});
  EXPECT_EQ(arrows_of(page),
            (std::vector<Arrow>{
                {Lane::code, Lane::browser, "GET /orders", "", "", Stroke::solid, Meaning::plain},
                {Lane::browser, Lane::server, "GET /orders", "", "", Stroke::solid, Meaning::plain},
                {Lane::server, Lane::browser, en(Label::wire_stall), "", "", Stroke::stopped, Meaning::bad},
                {Lane::code, Lane::browser, en(Label::told_timeout), "", "1.5 s", Stroke::solid, Meaning::bad},
            }));
}

TEST(wire_view, a_browser_that_hangs_up_is_shown_after_the_silence) {
  PageUnderTest page;
  const std::string url = "http://127.0.0.1:8081/case/response-timeout/orders";
  Round round = round_to("GET", url);
  round.ending = Ending::client_left;
  round.end_ms = 1498;
  Observation seen;
  seen.outcome = Outcome::timed_out;
  call_with_journal(page, "GET", url, seen, {{std::nullopt, round}});
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 5u);
  EXPECT_EQ(arrows[2].stroke, Stroke::stopped);
  EXPECT_EQ(arrows[3].label, en(Label::wire_left));
  EXPECT_EQ(arrows[3].from, Lane::browser);
  EXPECT_EQ(arrows[3].time, "1.5 s");
}

struct EndingRow {
  std::string name;
  Ending ending;
  bool head;
  Bytes raw;
  std::vector<std::string> from_server;
};
class ending : public testing::TestWithParam<EndingRow> {};
TEST_P(ending, is_drawn_as_it_was) {
  PageUnderTest page;
  const std::string url = "http://127.0.0.1:8081/a";
  Round round = round_to("GET", url);
  round.ending = GetParam().ending;
  round.raw = GetParam().raw;
  if (GetParam().head) round.head = ResponseHead{200, "OK", {}};
  call_with_journal(page, "GET", url, failed_after(5), {{std::nullopt, round}});
  std::vector<std::string> labels;
  for (const Arrow& arrow : arrows_of(page))
    if (arrow.from == Lane::server) labels.push_back(arrow.label);
  EXPECT_EQ(labels, GetParam().from_server);
}
INSTANTIATE_TEST_SUITE_P(wire_view, ending,
                         testing::Values(EndingRow{"reset", Ending::reset, false, "", {en(Label::wire_rst)}},
                                         EndingRow{"closed_empty", Ending::closed_early, false, "", {en(Label::wire_fin)}},
                                         EndingRow{"closed_in_body", Ending::closed_early, true, "", {"200", en(Label::wire_fin_early)}},
                                         EndingRow{"reset_in_body", Ending::reset, true, "", {"200", en(Label::wire_rst)}},
                                         EndingRow{"stalled_in_body", Ending::stalled, true, "", {"200", en(Label::wire_stall)}},
                                         EndingRow{"not_http", Ending::complete, false, "SSH-2.0-OpenSSH_9.2\r\n", {en(Label::wire_not_http)}},
                                         EndingRow{"complete", Ending::complete, true, "", {"200"}}),
                         RowName());

struct ReachRow {
  std::string name, url;
  Label label;
};
class unreached : public testing::TestWithParam<ReachRow> {};
TEST_P(unreached, says_where_the_call_broke_off) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", GetParam().url, failed_after(3));
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 3u);
  EXPECT_EQ(arrows[1], (Arrow{Lane::browser, Lane::server, "GET /orders", en(GetParam().label), "", Stroke::stopped, Meaning::bad}));
}
INSTANTIATE_TEST_SUITE_P(wire_view, unreached,
                         testing::Values(ReachRow{"closed_port", "http://127.0.0.1:8088/orders", Label::reach_refused},
                                         ReachRow{"unknown_host", "http://no-such-host.invalid/orders", Label::reach_unknown_host},
                                         ReachRow{"expired", "https://localhost:8083/orders", Label::reach_tls},
                                         ReachRow{"self_signed", "https://localhost:8084/orders", Label::reach_tls},
                                         ReachRow{"wrong_name", "https://localhost:8085/orders", Label::reach_tls},
                                         ReachRow{"handshake", "https://localhost:8086/orders", Label::reach_tls_failed}),
                         RowName());

TEST(wire_view, an_answer_comes_through_all_lanes) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", answered_with(200, {}, "{\"id\":1}"));
  EXPECT_EQ(arrows_of(page),
            (std::vector<Arrow>{
                {Lane::code, Lane::browser, "GET /orders", "", "", Stroke::solid, Meaning::plain},
                {Lane::browser, Lane::server, "GET /orders", "", "", Stroke::solid, Meaning::plain},
                {Lane::server, Lane::browser, "200", "", "5 ms", Stroke::solid, Meaning::plain},
                {Lane::browser, Lane::code, "200 \xC2\xB7 8 bytes", "", "9 ms", Stroke::solid, Meaning::good},
            }));
}

TEST(wire_view, an_error_status_is_bad_at_both_ends) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", answered_with(500, {}, ""));
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 4u);
  EXPECT_EQ(arrows[2].meaning, Meaning::bad);
  EXPECT_EQ(arrows[3].meaning, Meaning::bad);
}

TEST(wire_view, what_is_never_sent_ends_at_the_browser) {
  PageUnderTest page;
  page.send("TRACE", "https://api.example.com/orders");
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 2u);
  EXPECT_EQ(arrows[1].label, en(Label::told_refused));
  EXPECT_EQ(arrows[1].to, Lane::code);
}

TEST(wire_view, the_empty_screen_shows_what_any_failure_looks_like) {
  PageUnderTest page;
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 3u);
  EXPECT_EQ(arrows[1].stroke, Stroke::dashed);
  EXPECT_EQ(arrows[2].label, en(Label::told_nothing));
  EXPECT_NE(make_wire_view(page.state).foot, "");
  page.apply(command::ChooseCase{"http-500", Twin::faulty});
  EXPECT_TRUE(arrows_of(page).empty()) << "nothing was sent for this case";
}

TEST(wire_view, while_sending_the_middle_is_open) {
  PageUnderTest page;
  page.send("GET", "https://api.example.com/orders");
  const std::vector<Arrow> arrows = arrows_of(page);
  ASSERT_EQ(arrows.size(), 2u);
  EXPECT_EQ(arrows[1].stroke, Stroke::dashed);
}

TEST(wire_view, requests_that_the_browser_repeated_are_mentioned) {
  PageUnderTest page;
  const std::string url = "http://127.0.0.1:8081/a";
  Round round = round_to("GET", url);
  round.ending = Ending::reset;
  call_with_journal(page, "GET", url, failed_after(5), {{std::nullopt, round}}, 2);
  EXPECT_EQ(make_wire_view(page.state).foot, say(Label::retries_note, Language::en, 2));
  page.apply(command::SetWitness{Witness::page});
  EXPECT_EQ(make_wire_view(page.state).foot, "");
}

TEST(wire_view, the_labs_own_route_is_left_out_of_the_path) {
  PageUnderTest page;
  page.call("GET", "http://127.0.0.1:8081/case/http-500/good/orders", failed_after(1));
  EXPECT_EQ(arrows_of(page)[0].label, "GET /orders");
  page.call("GET", "https://api.example.com", failed_after(1));
  EXPECT_EQ(arrows_of(page)[0].label, "GET /");
}

TEST(wire_view, an_arrow_can_be_read_aloud) {
  const Arrow arrow{Lane::browser, Lane::server, "OPTIONS /orders", "a note", "6 ms", Stroke::solid, Meaning::plain};
  EXPECT_EQ(arrow_text(arrow, Language::en), "Browser \u2192 Server: OPTIONS /orders (a note), 6 ms");
  EXPECT_EQ(arrow_text({Lane::code, Lane::browser, "GET /", "", ""}, Language::zh), "\u4f60\u7684\u4ee3\u7801 \u2192 \u6d4f\u89c8\u5668: GET /");
}

}  // namespace
}  // namespace blindspot
