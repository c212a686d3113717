// Steps of the history, links, and what was kept: what is a step, what Back brings, what a link changes and what it never does.
#include <gtest/gtest.h>

#include "tests/unit/views/fake_host.hpp"
#include "web/views/labels.hpp"
#include "web/views/link.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {
namespace {

const std::string world_url = "https://api.example.com/orders";

bool has_notice(const PageUnderTest& page, Notice notice) {
  return std::find(page.state.notices.begin(), page.state.notices.end(), notice) != page.state.notices.end();
}

// History.

TEST(steps, are_choosing_clearing_and_changing_the_screen) {
  PageUnderTest page;
  page.apply(command::SetUrl{world_url});
  page.apply(command::SetHeader{0, "Authorization", "Bearer x"});
  EXPECT_TRUE(page.host.steps.empty()) << "typing is none";
  const Snapshot typed = snapshot_of(page.state);
  page.apply(command::ChooseCase{"http-404", Twin::faulty});
  ASSERT_EQ(page.host.steps.size(), 1u);
  EXPECT_EQ(page.host.steps[0], typed);
  page.apply(command::ChooseCase{"http-404", Twin::faulty});
  EXPECT_EQ(page.host.steps.size(), 1u) << "the same again is none";
  page.apply(command::ChooseCase{"http-404", Twin::good});
  page.apply(command::ChooseScreen{Screen::catalogue});
  page.apply(command::ChooseScreen{Screen::catalogue});
  EXPECT_EQ(page.host.steps.size(), 3u);
  const Snapshot before = snapshot_of(page.state);
  page.apply(command::ClearCase{});
  ASSERT_EQ(page.host.steps.size(), 4u);
  EXPECT_EQ(page.host.steps[3], before);
}

TEST(steps, sending_from_the_catalogue_leads_to_the_other_screen) {
  PageUnderTest page;
  page.apply(command::SetUrl{world_url});
  page.apply(command::ChooseScreen{Screen::catalogue});
  page.apply(command::Send{});
  EXPECT_EQ(page.state.screen, Screen::send);
  ASSERT_EQ(page.host.steps.size(), 2u);
  EXPECT_EQ(page.host.steps[1].screen, Screen::catalogue);
}

TEST(restore, brings_back_what_was_cleared) {
  PageUnderTest page;
  page.apply(command::SetUrl{world_url});
  page.apply(command::SetBody{"{}"});
  page.apply(command::ChooseRequestTab{RequestTab::body});
  page.apply(command::ClearCase{});
  EXPECT_EQ(page.state.draft, Draft{});
  page.apply(command::Restore{page.host.steps.back()});
  EXPECT_EQ(page.state.draft.url, world_url);
  EXPECT_EQ(page.state.draft.body, "{}");
  EXPECT_EQ(page.state.request_tab, RequestTab::body);
  EXPECT_EQ(page.host.steps.size(), 1u) << "going back is no step";
}

TEST(restore, keeps_a_result_of_the_same_request_only) {
  PageUnderTest page;
  page.call("GET", world_url, failed_blind());
  Snapshot shown = snapshot_of(page.state);
  shown.screen = Screen::catalogue;
  page.apply(command::Restore{shown});
  EXPECT_TRUE(page.state.record);
  EXPECT_EQ(page.state.screen, Screen::catalogue);
  shown.draft.url += "/2";
  page.apply(command::Restore{shown});
  EXPECT_FALSE(page.state.record);
  EXPECT_EQ(page.state.phase, Phase::idle);
}

TEST(restore, leaves_a_call_under_way_alone) {
  PageUnderTest page;
  page.send("GET", world_url);
  page.apply(command::Restore{Snapshot{}});
  EXPECT_EQ(page.state.phase, Phase::sending);
  EXPECT_TRUE(page.state.record);
  EXPECT_EQ(page.host.cancels, 0);
}

TEST(courtroom, that_is_replaced_comes_back) {
  PageUnderTest page;
  page.call("GET", world_url, failed_blind());
  CourtDraft typed = example_court();
  typed.answer = "HTTP/1.1 200 OK\nX-Mine: 1\n";
  for (const Command& command : {Command{command::TakeLastCall{}}, Command{command::ShowExample{}}, Command{command::ApplyRepair{}}}) {
    page.apply(command::SetCourt{typed});
    const std::size_t steps = page.host.steps.size();
    page.apply(command);
    EXPECT_FALSE(page.state.court == typed);
    ASSERT_EQ(page.host.steps.size(), steps + 1);
    page.state.proof.phase = ProofPhase::done;
    page.apply(command::Restore{page.host.steps.back()});
    EXPECT_EQ(page.state.court, typed);
    EXPECT_EQ(page.state.proof.phase, ProofPhase::none) << "a proof holds for the draft it was made with";
  }
  page.apply(command::ClearCase{});
  page.apply(command::ChooseCase{"http-404", Twin::faulty});
  EXPECT_EQ(page.state.court, typed) << "the form's own";
}

// Links.

TEST(open_link, fills_the_courtroom_and_leaves_the_form) {
  PageUnderTest page;
  page.apply(command::SetUrl{world_url});
  page.apply(command::OpenLink{"court-method=GET&court-url=https://me:pw@b.example/&court-page=https://a.example"});
  EXPECT_EQ(page.state.screen, Screen::court);
  EXPECT_EQ(page.state.court.url, "https://b.example/");
  EXPECT_EQ(page.state.draft.url, world_url);
  EXPECT_TRUE(has_notice(page, Notice::link_secrets));
  EXPECT_FALSE(has_notice(page, Notice::link_replaced)) << "only the example stood there";
  page.apply(command::OpenLink{"court-method=PUT"});
  EXPECT_TRUE(has_notice(page, Notice::link_replaced));
  page.apply(command::SetCourt{example_court()});
  EXPECT_TRUE(page.state.notices.empty());
}

TEST(open_link, fills_and_waits) {
  PageUnderTest page;
  page.lab_answers();
  page.apply(command::OpenLink{"lang=zh&method=POST&url=" + world_url + "&header=Accept:a&body=b&limit=2"});
  EXPECT_EQ(page.state.language, Language::zh);
  EXPECT_EQ(page.state.draft, (Draft{.method = "POST", .url = world_url, .headers = {{"Accept", "a"}}, .body = "b", .time_limit = "2"}));
  EXPECT_EQ(page.state.phase, Phase::idle);
  EXPECT_TRUE(page.host.calls.empty() && page.host.probes.empty() && page.host.journals.empty());
  EXPECT_TRUE(page.state.notices.empty());
}

TEST(open_link, says_where_the_form_went) {
  PageUnderTest page;
  page.apply(command::SetUrl{"https://typed.example"});
  page.apply(command::OpenLink{"case=http-404"});
  EXPECT_TRUE(has_notice(page, Notice::link_replaced));
  ASSERT_EQ(page.host.announced.size(), 1u);
  EXPECT_EQ(page.host.announced[0].first, say(Label::link_replaced, Language::en));
  page.apply(command::SetBody{"x"});
  EXPECT_TRUE(page.state.notices.empty()) << "gone with the next change";
}

TEST(open_link, that_is_garbage_changes_nothing_and_says_so) {
  for (const auto& [fragment, notice] : {std::pair{std::string("moon"), Notice::link_unreadable}, {"case=moon", Notice::link_unknown_case},
                                         {"url=" + std::string(1000000, 'x'), Notice::link_too_long}, {"body=%ff", Notice::link_damaged}}) {
    PageUnderTest page;
    page.apply(command::SetUrl{world_url});
    const Snapshot before = snapshot_of(page.state);
    page.apply(command::OpenLink{fragment});
    EXPECT_EQ(snapshot_of(page.state), before);
    EXPECT_TRUE(has_notice(page, notice));
    ASSERT_EQ(make_request_view(page.state).notices.size(), 1u);
  }
}

TEST(open_link, takes_no_secret_over) {
  PageUnderTest page;
  page.apply(command::OpenLink{"url=https://me:pw@a.example/?token=x&header=Authorization:Bearer%20x&header=Accept:a"});
  EXPECT_EQ(page.state.draft.url, "https://a.example/?token=");
  EXPECT_EQ(page.state.draft.headers, (std::vector<HeaderDraft>{{"Authorization", ""}, {"Accept", "a"}}));
  EXPECT_TRUE(has_notice(page, Notice::link_secrets));
}

TEST(open_link, before_the_lab_is_known_gets_its_address_later) {
  PageUnderTest page;
  page.apply(command::OpenLink{"case=http-404&limit=3"});
  Places places;
  places.lab = "http://127.0.0.1:9001";
  page.apply(command::LabFound{places});
  EXPECT_TRUE(page.state.draft.url.starts_with("http://127.0.0.1:9001/case/http-404")) << page.state.draft.url;
  EXPECT_EQ(page.state.draft.time_limit, "3");
}

TEST(open_link, an_address_that_was_typed_stays_when_the_lab_is_found) {
  PageUnderTest page;
  page.apply(command::OpenLink{"case=http-404"});
  page.apply(command::SetUrl{world_url});
  page.apply(command::LabFound{Places{}});
  EXPECT_EQ(page.state.draft.url, world_url);
}

// The button.

TEST(copy_link, says_what_it_leaves_out) {
  PageUnderTest page;
  page.state.page_url = "https://page.example/";
  page.apply(command::SetUrl{world_url});
  RequestView view = make_request_view(page.state);
  EXPECT_EQ(view.link, "https://page.example/#lang=en&url=" + world_url);
  EXPECT_EQ(view.link_note, "");
  page.apply(command::SetHeader{0, "Cookie", "a=b"});
  page.apply(command::SetContract{std::string(9000, ' ')});
  view = make_request_view(page.state);
  EXPECT_EQ(view.link_note, "The link leaves out: secret values, Contract (too large)");
  page.apply(command::Copy{"request.copy_link", view.link});
  EXPECT_EQ(make_request_view(page.state).copy_link, say(Label::copied, Language::en));
  page.apply(command::SetBody{"x"});
  EXPECT_EQ(make_request_view(page.state).copy_link, say(Label::copy_link, Language::en)) << "that was another link";
}

// Storage.

TEST(storage, that_is_denied_is_said_once_and_stays_said) {
  PageUnderTest page;
  page.apply(command::StorageAnswered{true});
  EXPECT_EQ(page.host.announced.size(), 1u);
  page.apply(command::SetBody{"x"});
  EXPECT_TRUE(has_notice(page, Notice::storage_denied));
  page.apply(command::StorageAnswered{false});
  EXPECT_TRUE(page.state.notices.empty());
}

TEST(storage, secrets_are_remembered_only_when_asked) {
  PageUnderTest page;
  EXPECT_FALSE(page.state.remember_secrets);
  page.apply(command::RememberSecrets{true});
  EXPECT_TRUE(page.state.remember_secrets);
  EXPECT_TRUE(page.host.remembered);
  page.apply(command::RememberSecrets{false});
  EXPECT_FALSE(page.host.remembered);
}

// The catalogue's pages.

TEST(words, are_wanted_when_first_needed) {
  const std::vector<Command> needing = {command::ChooseCase{"http-404", Twin::faulty}, command::Send{}, command::ChooseScreen{Screen::catalogue},
                                        command::OpenLink{"case=http-404"}};
  for (const Command& command : needing) {
    PageUnderTest page;
    page.apply(command::LabFound{Places{}});
    page.apply(command::SetUrl{world_url});
    page.apply(command::SetLanguage{Language::zh});
    page.apply(command::Restore{snapshot_of(page.state)});
    EXPECT_EQ(page.host.pages_wanted, 0);
    page.apply(command);
    EXPECT_EQ(page.host.pages_wanted, 1) << command.index();
    page.apply(command::SetLanguage{Language::en});
    EXPECT_EQ(page.host.pages_wanted, 2) << "and then in every language";
  }
}

TEST(words, that_are_missing_are_tried_again_by_the_next_action_alone) {
  PageUnderTest page;
  page.call("GET", world_url, failed_blind());
  const int before = page.host.pages_wanted;
  page.apply(command::PagesMissing{Language::en});
  EXPECT_EQ(page.host.pages_wanted, before);
  EXPECT_TRUE(page.state.words_missing);
  page.apply(command::ChooseOutcomeTab{OutcomeTab::events});
  EXPECT_EQ(page.host.pages_wanted, before + 1);
  page.apply(command::PagesArrived{Language::en});
  EXPECT_FALSE(page.state.words_missing);
}

}  // namespace
}  // namespace blindspot
