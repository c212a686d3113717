// What the page's code saw, as strings that can be drawn whatever bytes came.
#include "web/views/outcome_view.hpp"

#include "tests/unit/views/fake_host.hpp"
#include "web/views/labels.hpp"

namespace blindspot {
namespace {

constexpr const char* url = "https://api.example.com/orders";

void answer(PageUnderTest& page, Bytes body, int status = 200) { page.call("GET", url, answered_with(status, {{"content-type", "text/plain"}}, std::move(body))); }

TEST(outcome_view, nothing_is_shown_before_the_end) {
  PageUnderTest page;
  EXPECT_FALSE(make_outcome_view(page.state).shown);
  page.send("GET", url);
  EXPECT_FALSE(make_outcome_view(page.state).shown);
}

TEST(outcome_view, an_answer_is_told_in_full) {
  PageUnderTest page;
  Observation seen = answered_with(200, {{"content-type", "application/json"}}, "{\n\"id\":1\n}");
  seen.response->status_text = "OK";
  seen.events = {{0, "send", 0}, {5, "readystatechange 2", 0}, {9, "load", 10}};
  page.call("GET", url, seen);
  const OutcomeView view = make_outcome_view(page.state);
  EXPECT_EQ(view.status, "200 OK");
  EXPECT_EQ(view.size, "10 bytes");
  EXPECT_EQ(view.time, "9 ms");
  EXPECT_EQ(view.meaning, Meaning::good);
  EXPECT_TRUE(view.has_body);
  EXPECT_EQ(view.headers, (Headers{{"content-type", "application/json"}}));
  ASSERT_EQ(view.tabs.size(), 3u);
  EXPECT_EQ(view.tabs[1].text, "Headers 1");
  EXPECT_EQ(view.tabs[2].text, "Events 3");
  ASSERT_EQ(view.events.size(), 3u);
  EXPECT_EQ(view.events[2].size, "10 bytes");
  EXPECT_EQ(view.remark, "");
}

TEST(outcome_view, a_failure_told_nothing_says_so) {
  PageUnderTest page;
  page.call("GET", url, failed_blind());
  OutcomeView view = make_outcome_view(page.state);
  EXPECT_EQ(view.status, "0");
  EXPECT_EQ(view.meaning, Meaning::bad);
  EXPECT_FALSE(view.has_body);
  EXPECT_EQ(view.remark, say(Label::no_body, Language::en));
  page.apply(command::ChooseOutcomeTab{OutcomeTab::headers});
  EXPECT_EQ(make_outcome_view(page.state).remark, say(Label::no_headers, Language::en));
}

TEST(outcome_view, an_error_status_is_bad) {
  PageUnderTest page;
  answer(page, "no", 404);
  EXPECT_EQ(make_outcome_view(page.state).meaning, Meaning::bad);
}

TEST(outcome_view, marks_the_bytes_that_the_diagnosis_points_at) {
  PageUnderTest page;
  page.call("GET", url, answered_with(200, {{"content-type", "application/json"}}, "{\n  \"a\": 1,\n}"));
  ASSERT_EQ(in_one_line(page.state.record->by_wire), "json-trailing-comma certain");
  const auto place = std::get<BytePlace>(page.state.record->by_wire.findings[0].place);
  const OutcomeView view = make_outcome_view(page.state);
  ASSERT_EQ(view.marks.size(), 1u);
  EXPECT_EQ(view.marks[0].offset, place.offset);
  EXPECT_EQ(view.marks[0].length, place.length);
  EXPECT_NE(view.marks[0].text, "");
}

TEST(outcome_view, marks_every_fault_and_every_breach) {
  PageUnderTest page;
  const auto json = [](Bytes body) { return answered_with(200, {{"content-type", "application/json"}}, std::move(body)); };
  page.call("GET", url, json("{'a': True, \"b\": NaN}"));
  OutcomeView view = make_outcome_view(page.state);
  ASSERT_EQ(view.marks.size(), 3u);
  EXPECT_EQ(view.marks[1].offset, 6u);
  EXPECT_EQ(view.marks[1].text, label_of(Code::json_literal_case, Language::en) + ": $.a");
  page.call("GET", url, json("{\"a\": 1, \"a\": 2}"));
  view = make_outcome_view(page.state);
  ASSERT_EQ(view.marks.size(), 1u);
  EXPECT_EQ(view.marks[0].meaning, Meaning::doubt) << "it works, but";
  page.apply(command::SetContract{"{\"required\": [\"id\"], \"properties\": {\"n\": {\"type\": \"string\"}, \"m\": {\"type\": \"string\"}}}"});
  page.call("GET", url, json("{\"n\": 1, \"m\": 2}"));
  EXPECT_EQ(make_outcome_view(page.state).marks.size(), 3u);
}

TEST(outcome_view, a_capped_body_says_why_it_is_not_there) {
  PageUnderTest page;
  Observation seen = answered_with(200, {}, "");
  seen.response->capped = true;
  seen.response->complete = false;
  seen.response->body_bytes = 70000000;
  page.call("GET", url, seen);
  const OutcomeView view = make_outcome_view(page.state);
  EXPECT_EQ(view.remark, say(Label::body_capped, Language::en));
  EXPECT_EQ(view.size, "70 MB");
}

}  // namespace
}  // namespace blindspot
