// What the page's code saw, as strings that can be drawn whatever bytes came.
#include "web/views/outcome_view.hpp"

#include "core/http/percent.hpp"
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
  EXPECT_EQ(view.body_lines, 3u);
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
  EXPECT_EQ(view.body_lines, 0u);
  EXPECT_EQ(view.remark, say(Label::no_body, Language::en));
  page.apply(command::ChooseOutcomeTab{OutcomeTab::headers});
  EXPECT_EQ(make_outcome_view(page.state).remark, say(Label::no_headers, Language::en));
}

TEST(outcome_view, an_error_status_is_bad) {
  PageUnderTest page;
  answer(page, "no", 404);
  EXPECT_EQ(make_outcome_view(page.state).meaning, Meaning::bad);
}

TEST(outcome_view, marks_the_line_that_the_diagnosis_points_at) {
  PageUnderTest page;
  page.call("GET", url, answered_with(200, {{"content-type", "application/json"}}, "{\n  \"a\": 1,\n}"));
  ASSERT_EQ(in_one_line(page.state.record->by_wire), "json-trailing-comma certain");
  EXPECT_EQ(make_outcome_view(page.state).marked_line, std::get<BytePlace>(page.state.record->by_wire.findings[0].place).line);
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

// Lines of the body.

std::string line(const PageUnderTest& page, std::size_t number, std::size_t most = 200) { return body_line(*page.state.record, number, most, Language::en); }

TEST(body_line, gives_each_line_without_its_end) {
  PageUnderTest page;
  answer(page, "one\ntwo\r\nthree");
  EXPECT_EQ(line(page, 1), "one");
  EXPECT_EQ(line(page, 2), "two");
  EXPECT_EQ(line(page, 3), "three");
  EXPECT_EQ(line(page, 0), "");
  EXPECT_EQ(line(page, 4), "");
}

TEST(body_line, shows_control_characters_as_marks) {
  PageUnderTest page;
  answer(page, std::string("a\tb\0c\x7f", 6));
  EXPECT_EQ(line(page, 1), "a  b\u00b7c\u00b7");
}

struct BytesRow {
  std::string name;
  Bytes bytes;
};
class undrawable : public testing::TestWithParam<BytesRow> {};
TEST_P(undrawable, becomes_valid_text) {
  PageUnderTest page;
  answer(page, "<" + GetParam().bytes + ">");
  const std::string shown = line(page, 1);
  EXPECT_TRUE(is_valid_utf8(shown)) << testing::PrintToString(shown);
  EXPECT_TRUE(shown.starts_with("<"));
  EXPECT_TRUE(shown.ends_with(">"));
  EXPECT_NE(shown.find("\uFFFD"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(outcome_view, undrawable,
                         testing::Values(BytesRow{"lone_continuation", "\x80"}, BytesRow{"lone_lead", "\xe4"}, BytesRow{"cut_sequence", "\xe4\xb8"},
                                         BytesRow{"overlong_two", "\xc0\xaf"}, BytesRow{"overlong_three", "\xe0\x80\xaf"}, BytesRow{"overlong_four", "\xf0\x80\x80\xaf"},
                                         BytesRow{"surrogate", "\xed\xa0\x80"}, BytesRow{"beyond_unicode", "\xf4\x90\x80\x80"}, BytesRow{"never_a_byte", "\xff\xfe"},
                                         BytesRow{"gbk_text", "\xb2\xe8\xb1\xad"}),
                         RowName());

TEST(body_line, keeps_text_of_every_script) {
  PageUnderTest page;
  answer(page, "\u8336 \u00e9 \U0001F375");
  EXPECT_EQ(line(page, 1), "\u8336 \u00e9 \U0001F375");
}

TEST(body_line, a_line_of_five_megabytes_is_cut) {
  PageUnderTest page;
  answer(page, std::string(5000000, 'x') + "\nend");
  const std::string shown = line(page, 1, 1000);
  EXPECT_TRUE(shown.starts_with(std::string(1000, 'x')));
  EXPECT_EQ(shown.substr(1000), " " + std::string(say(Label::line_cut, Language::en)));
  EXPECT_EQ(line(page, 2), "end");
}

TEST(body_line, a_cut_leaves_no_broken_character) {
  PageUnderTest page;
  std::string body;
  for (int i = 0; i < 2000; ++i) body += "\u8336";
  answer(page, body);
  for (std::size_t most : {10u, 11u, 12u}) {
    const std::string shown = line(page, 1, most);
    EXPECT_TRUE(is_valid_utf8(shown));
    EXPECT_EQ(shown.find("\uFFFD"), std::string::npos) << most << ": a whole character was damaged by the cut: " << shown;
  }
}

}  // namespace
}  // namespace blindspot
