// What is said at the top and why: for a case that waits, a call under way, one cause, many causes.
#include "web/views/diagnosis_view.hpp"

#include <set>

#include "tests/unit/views/fake_host.hpp"
#include "web/views/labels.hpp"

namespace blindspot {
namespace {

std::string en(Label label) { return std::string(say(label, Language::en)); }

std::string paragraph_text(const Prose& prose, std::size_t index = 0) {
  return index < prose.size() && std::holds_alternative<Paragraph>(prose[index]) ? std::get<Paragraph>(prose[index]).text : "";
}

struct WaitingRow {
  std::string name, slug;
  Twin twin;
  bool lab;
  Label sentence;
  Meaning meaning;
};
class waiting_case : public testing::TestWithParam<WaitingRow> {};
TEST_P(waiting_case, says_what_stands_in_its_way) {
  PageUnderTest page;
  if (GetParam().lab) page.lab_answers();
  page.apply(command::ChooseCase{GetParam().slug, GetParam().twin});
  const VerdictView verdict = make_diagnosis_view(page.state).verdict;
  EXPECT_TRUE(verdict.shown);
  EXPECT_EQ(verdict.slug, GetParam().slug);
  EXPECT_EQ(verdict.meaning, GetParam().meaning);
  EXPECT_EQ(verdict.certainty, "");
  ASSERT_FALSE(verdict.sentence.empty());
  EXPECT_EQ(paragraph_text(verdict.sentence, verdict.sentence.size() - 1), en(GetParam().sentence));
  EXPECT_EQ(verdict.title.find(en(Label::good_twin)) != std::string::npos, GetParam().twin == Twin::good);
}
INSTANTIATE_TEST_SUITE_P(diagnosis_view, waiting_case,
                         testing::Values(WaitingRow{"ready", "http-500", Twin::faulty, true, Label::ready_sentence, Meaning::accent},
                                         WaitingRow{"no_lab", "http-500", Twin::faulty, false, Label::ready_needs_lab, Meaning::doubt},
                                         WaitingRow{"unknown_host_needs_no_lab", "dns-failure", Twin::faulty, false, Label::ready_sentence, Meaning::accent},
                                         WaitingRow{"refused_url_needs_no_lab", "url-malformed", Twin::faulty, false, Label::ready_sentence, Meaning::accent},
                                         WaitingRow{"mixed_content", "mixed-content", Twin::faulty, true, Label::ready_needs_https, Meaning::accent},
                                         WaitingRow{"offline", "offline", Twin::faulty, true, Label::ready_needs_offline, Meaning::accent},
                                         WaitingRow{"good_certificate", "tls-expired", Twin::good, true, Label::ready_needs_trust, Meaning::accent},
                                         WaitingRow{"good_twin", "http-500", Twin::good, true, Label::ready_sentence, Meaning::accent}),
                         RowName());

TEST(diagnosis_view, the_empty_page_shows_no_verdict) {
  PageUnderTest page;
  EXPECT_FALSE(make_diagnosis_view(page.state).verdict.shown);
}

TEST(diagnosis_view, mixed_content_links_to_the_page_over_tls) {
  PageUnderTest page;
  page.lab_answers();
  page.apply(command::ChooseCase{"mixed-content", Twin::faulty});
  EXPECT_EQ(make_diagnosis_view(page.state).verdict.link, "https://localhost:8082/#case=mixed-content");
}

TEST(diagnosis_view, many_causes_are_counted_before_one_is_named) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", failed_blind());
  const DiagnosisView view = make_diagnosis_view(page.state);
  const std::size_t count = page.state.record->by_page.findings.size();
  ASSERT_GT(count, 5u);
  EXPECT_EQ(view.verdict.title, say(Label::hidden_reason_title, Language::en, count));
  EXPECT_TRUE(paragraph_text(view.verdict.sentence).starts_with(en(Label::most_often)));
  EXPECT_EQ(view.verdict.meaning, Meaning::doubt);
  EXPECT_EQ(view.candidates.size(), count);
  EXPECT_TRUE(view.candidates[0].chosen);
  EXPECT_EQ(view.probes.size(), 3u);
  EXPECT_EQ(view.next_look, say_question(Question::send_probes, Language::en));
  EXPECT_FALSE(view.can_switch_witness);
}

TEST(diagnosis_view, another_cause_can_be_looked_at) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", failed_blind());
  page.apply(command::ChooseFinding{2});
  const DiagnosisView view = make_diagnosis_view(page.state);
  EXPECT_TRUE(view.candidates[2].chosen);
  EXPECT_FALSE(view.candidates[0].chosen);
  EXPECT_EQ(view.verdict.slug, view.candidates[2].slug);
  page.apply(command::ChooseFinding{999});
  EXPECT_TRUE(make_diagnosis_view(page.state).verdict.shown) << "an index out of range";
}

TEST(diagnosis_view, one_certain_cause_is_named_and_explained) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", answered_with(401, {}, "{\"error\":\"invalid_token\"}"));
  const DiagnosisView view = make_diagnosis_view(page.state);
  EXPECT_EQ(view.verdict.slug, "http-401");
  EXPECT_EQ(view.verdict.certainty, "certain");
  EXPECT_EQ(view.verdict.meaning, Meaning::bad);
  EXPECT_TRUE(view.candidates.empty());
  EXPECT_TRUE(view.probes.empty());
  EXPECT_EQ(view.next_look, "");
  EXPECT_FALSE(view.evidence.empty());
  EXPECT_FALSE(view.ruled_out.empty());
  EXPECT_FALSE(view.why.empty());
  EXPECT_FALSE(view.fix_caller.empty());
  EXPECT_FALSE(view.fix_tabs.empty());
}

TEST(diagnosis_view, fixes_are_tabs_by_product_and_words_around_them) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", answered_with(500, {}, ""));
  page.apply(command::ChooseFixTab{99});
  const DiagnosisView view = make_diagnosis_view(page.state);
  ASSERT_FALSE(view.fix_tabs.empty());
  EXPECT_EQ(view.fix_tab, view.fix_tabs.size() - 1) << "an index out of range";
  std::set<std::string> ids;
  for (const FixTab& tab : view.fix_tabs) {
    EXPECT_TRUE(ids.insert(tab.id).second) << tab.id;
    EXPECT_FALSE(tab.title.empty());
    EXPECT_FALSE(tab.code.empty());
  }
  for (const Block& block : view.fix_words) EXPECT_FALSE(std::holds_alternative<CodeBlock>(block));
}

// A call with a preflight that was refused; `wire` tells of the answers.
void refused_put(PageUnderTest& page, Headers preflight) {
  page.lab_answers();
  page.apply(command::SetHeader{0, "X-Token", "1"});
  page.call("PUT", "http://127.0.0.1:8081/mix/orders", failed_blind());
  Journal journal;
  Hop& hop = journal.exchange.hops.emplace_back();
  hop.preflight.emplace().head = ResponseHead{204, "", std::move(preflight)};
  page.apply(command::JournalRead{page.state.record->run, journal});
}

TEST(diagnosis_view, the_fix_of_a_refused_call_is_computed_from_its_answers) {
  PageUnderTest page;
  refused_put(page, {{"Access-Control-Allow-Origin", "http://localhost:8080"}, {"Access-Control-Allow-Methods", "PUT, DELETE"}});
  const DiagnosisView view = make_diagnosis_view(page.state);
  EXPECT_EQ(view.verdict.slug, "cors-header-not-allowed");
  ASSERT_TRUE(view.repair.shown);
  EXPECT_TRUE(view.fix_tabs.empty()) << "the catalogue's text gives way";
  EXPECT_FALSE(view.fix_words.empty());
  EXPECT_EQ(view.repair.note, "");
  ASSERT_FALSE(view.repair.edits.empty());
  EXPECT_EQ(view.repair.edits[0].text, "add Access-Control-Allow-Headers: x-token");
  EXPECT_NE(configuration_of(page, view.repair).find("\"PUT, DELETE\""), std::string::npos) << "what was allowed stays allowed: " << configuration_of(page, view.repair);
}

TEST(diagnosis_view, the_fix_says_what_it_assumes_where_the_page_is_alone) {
  PageUnderTest page;
  refused_put(page, {{"Access-Control-Allow-Origin", "http://localhost:8080"}, {"Access-Control-Allow-Methods", "PUT, DELETE"}});
  page.apply(command::SetWitness{Witness::page});
  const auto& findings = page.state.record->by_page.findings;
  const auto cors = std::find_if(findings.begin(), findings.end(), [](const Finding& each) { return each.code == Code::cors_header_not_allowed; });
  ASSERT_NE(cors, findings.end());
  page.apply(command::ChooseFinding{static_cast<std::size_t>(cors - findings.begin())});
  const DiagnosisView view = make_diagnosis_view(page.state);
  ASSERT_TRUE(view.repair.shown);
  EXPECT_TRUE(view.repair.edits.empty());
  for (const char* part : {"origin http://localhost:8080", "method PUT", "request headers x-token", "credentials no"})
    EXPECT_NE(view.repair.note.find(part), std::string::npos) << view.repair.note;
  EXPECT_EQ(configuration_of(page, view.repair).find("DELETE"), std::string::npos) << "nobody told of it";
}

TEST(diagnosis_view, the_fix_warns_of_what_would_be_unsafe) {
  PageUnderTest page;
  page.state.page_origin = "null";
  refused_put(page, {{"Access-Control-Allow-Origin", "https://other.example"}});
  const DiagnosisView view = make_diagnosis_view(page.state);
  const std::vector<std::string>& said = view.repair.cautions;
  EXPECT_NE(std::find(said.begin(), said.end(), say_caution(Caution::null_origin_allowed, Language::en)), said.end());
}

TEST(diagnosis_view, other_fixes_are_the_catalogues) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", answered_with(500, {}, ""));
  EXPECT_FALSE(make_diagnosis_view(page.state).repair.shown);
}

TEST(diagnosis_view, success_is_good_news) {
  PageUnderTest page;
  page.call("GET", "https://api.example.com/orders", answered_with(200, {}, "{}"));
  const DiagnosisView view = make_diagnosis_view(page.state);
  EXPECT_EQ(view.verdict.slug, "ok");
  EXPECT_EQ(view.verdict.meaning, Meaning::good);
}

TEST(diagnosis_view, sending_shows_the_url) {
  PageUnderTest page;
  page.send("GET", "https://api.example.com/orders");
  const VerdictView verdict = make_diagnosis_view(page.state).verdict;
  EXPECT_EQ(verdict.title, en(Label::sending_title));
  EXPECT_EQ(paragraph_text(verdict.sentence), "https://api.example.com/orders");
}

TEST(diagnosis_view, the_witness_can_be_switched_once_the_wire_is_known) {
  PageUnderTest page;
  page.lab_answers();
  page.call("GET", "http://127.0.0.1:8088/orders", failed_blind());
  DiagnosisView view = make_diagnosis_view(page.state);
  EXPECT_TRUE(view.can_switch_witness);
  EXPECT_EQ(view.verdict.slug, "connection-refused");
  EXPECT_TRUE(view.probes.empty()) << "the wire is known";
  page.apply(command::SetWitness{Witness::page});
  view = make_diagnosis_view(page.state);
  EXPECT_GT(view.candidates.size(), 5u);
  EXPECT_EQ(view.probes.size(), 3u);
}

TEST(diagnosis_view, a_case_that_ran_offers_its_twin) {
  PageUnderTest page;
  page.lab_answers();
  page.apply(command::ChooseCase{"http-500", Twin::faulty});
  page.apply(command::Send{});
  page.apply(command::CallEnded{answered_with(500, {}, "")});
  DiagnosisView view = make_diagnosis_view(page.state);
  EXPECT_TRUE(view.can_run_good_twin);
  EXPECT_FALSE(view.is_good_twin);
  page.apply(command::ChooseCase{"http-500", Twin::good});
  page.apply(command::Send{});
  page.apply(command::CallEnded{answered_with(200, {}, "{}")});
  view = make_diagnosis_view(page.state);
  EXPECT_TRUE(view.can_run_good_twin);
  EXPECT_TRUE(view.is_good_twin);
}

TEST(diagnosis_view, what_the_browser_refused_is_quoted) {
  PageUnderTest page;
  Observation seen;
  seen.outcome = Outcome::never_sent;
  seen.error_text = "SyntaxError: invalid header";
  page.call("GET", "https://api.example.com/orders", seen);
  const VerdictView verdict = make_diagnosis_view(page.state).verdict;
  EXPECT_EQ(verdict.title, en(Label::problem_browser));
  EXPECT_EQ(paragraph_text(verdict.sentence), "SyntaxError: invalid header");
}

TEST(diagnosis_view, no_secret_is_said) {
  PageUnderTest page;
  page.apply(command::SetHeader{0, "Authorization", "Bearer top-secret-value"});
  page.call("PUT", "https://api.example.com/orders", failed_blind());
  for (Language language : all_languages) {
    page.apply(command::SetLanguage{language});
    for (std::size_t i = 0; i < page.state.record->by_page.findings.size(); ++i) {
      page.apply(command::ChooseFinding{i});
      const DiagnosisView view = make_diagnosis_view(page.state);
      std::string said = view.verdict.title + plain_text(view.verdict.sentence) + plain_text(view.why) + plain_text(view.confirm) + plain_text(view.fix_caller);
      for (const std::string& text : view.evidence) said += text + "\n";
      for (const FixTab& tab : view.fix_tabs) said += tab.code;
      said += view.repair.note + configuration_of(page, view.repair);
      EXPECT_EQ(said.find("top-secret-value"), std::string::npos) << view.verdict.slug;
    }
  }
  for (const auto& [text, urgent] : page.host.announced) EXPECT_EQ(text.find("top-secret-value"), std::string::npos);
}

}  // namespace
}  // namespace blindspot
