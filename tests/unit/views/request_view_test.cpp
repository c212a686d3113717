// The form: notes at their fields, warnings that do not stop, secrets marked as such.
#include "web/views/request_view.hpp"

#include "tests/unit/views/fake_host.hpp"
#include "web/views/labels.hpp"

namespace blindspot {
namespace {

struct SecretRow {
  std::string name, header;
  bool secret;
};
class secret_name : public testing::TestWithParam<SecretRow> {};
TEST_P(secret_name, is_told_by_its_sound) { EXPECT_EQ(is_secret_name(GetParam().header), GetParam().secret); }
INSTANTIATE_TEST_SUITE_P(request_view, secret_name,
                         testing::Values(SecretRow{"authorization", "Authorization", true}, SecretRow{"proxy_authorization", "proxy-authorization", true},
                                         SecretRow{"cookie", "COOKIE", true}, SecretRow{"csrf_token", "X-CSRF-Token", true},
                                         SecretRow{"api_key", "X-Api-Key", true}, SecretRow{"api_key_in_one", "apikey", true},
                                         SecretRow{"client_secret", "client_secret", true}, SecretRow{"password", "userPassword", true},
                                         SecretRow{"session", "sessionId", true}, SecretRow{"content_type", "Content-Type", false},
                                         SecretRow{"accept", "Accept", false}, SecretRow{"page", "page", false}, SecretRow{"none", "", false}),
                         RowName());

TEST(request_view, marks_secrets_in_headers_and_query) {
  PageUnderTest page;
  page.apply(command::SetUrl{"https://api.example.com/a?access_token=abc&page=2"});
  page.apply(command::SetHeader{0, "Authorization", "Bearer demo"});
  page.apply(command::SetHeader{1, "Accept", "*/*"});
  const RequestView view = make_request_view(page.state);
  ASSERT_EQ(view.query.size(), 2u);
  EXPECT_TRUE(view.query[0].secret);
  EXPECT_FALSE(view.query[1].secret);
  ASSERT_EQ(view.headers.size(), 2u);
  EXPECT_TRUE(view.headers[0].secret);
  EXPECT_FALSE(view.headers[1].secret);
}

TEST(request_view, warns_before_anything_is_sent) {
  PageUnderTest page;
  page.apply(command::SetUrl{"http://api.example.com:6000/"});
  page.apply(command::SetHeader{0, "Host", "other.example"});
  page.apply(command::SetBody{"{}"});
  const RequestView view = make_request_view(page.state);
  for (const auto& [notes, label] : {std::pair{view.url_notes, Label::warn_port}, std::pair{view.headers[0].notes, Label::warn_forbidden_header},
                                     std::pair{view.body_notes, Label::warn_body_dropped}}) {
    ASSERT_EQ(notes.size(), 1u);
    EXPECT_EQ(notes[0], (FieldNote{std::string(say(label, Language::en)), Meaning::doubt}));
  }
  EXPECT_TRUE(page.host.calls.empty());
}

TEST(request_view, a_post_may_carry_a_body) {
  PageUnderTest page;
  page.apply(command::SetMethod{"post"});
  page.apply(command::SetBody{"{}"});
  EXPECT_TRUE(make_request_view(page.state).body_notes.empty());
}

TEST(request_view, a_refused_header_is_noted_at_its_row_only) {
  PageUnderTest page;
  page.apply(command::SetUrl{"https://api.example.com/"});
  page.apply(command::SetHeader{0, "Accept", "*/*"});
  page.apply(command::SetHeader{1, "X Bad", "1"});
  page.apply(command::Send{});
  const RequestView view = make_request_view(page.state);
  EXPECT_TRUE(view.headers[0].notes.empty());
  ASSERT_EQ(view.headers[1].notes.size(), 1u);
  EXPECT_EQ(view.headers[1].notes[0].meaning, Meaning::bad);
}

TEST(request_view, tabs_count_what_they_hold) {
  PageUnderTest page;
  page.apply(command::SetUrl{"https://api.example.com/?a=1&b=2"});
  page.apply(command::SetHeader{0, "Accept", "*/*"});
  page.apply(command::ChooseRequestTab{RequestTab::query});
  const RequestView view = make_request_view(page.state);
  ASSERT_EQ(view.tabs.size(), 5u);
  EXPECT_EQ(view.tabs[0].text, "Query 2");
  EXPECT_TRUE(view.tabs[0].chosen);
  EXPECT_EQ(view.tabs[1].text, "Headers 1");
  EXPECT_FALSE(view.tabs[1].chosen);
  EXPECT_EQ(view.tabs[2].text, "Body");
}

TEST(request_view, can_be_cleared_once_something_stands_there) {
  PageUnderTest page;
  EXPECT_FALSE(make_request_view(page.state).can_clear);
  page.apply(command::SetBody{"x"});
  EXPECT_TRUE(make_request_view(page.state).can_clear);
}

}  // namespace
}  // namespace blindspot
