// Links and what is kept: every request there and back, no secret ever in a link, any text read without harm.
#include "web/views/link.hpp"

#include "core/http/percent.hpp"
#include "tests/unit/views/fake_host.hpp"
#include "web/views/secrets.hpp"

namespace blindspot {
namespace {

const Places places;

Draft rich_draft() {
  Draft draft;
  draft.method = "POST";
  draft.url = "https://api.example.com/orders?page=2&q=tea%20cup#top";
  draft.headers = {{"Accept", "text/html; q=0.8, */*"}, {"X-A:b%", "1+1=2 & 3"}, {"", "alone"}, {"X-Empty", ""}};
  draft.body = "{\n  \"name\": \"\u8336 + %41 & #1\",\r\n\t\"n\": 1e3\n}";
  draft.contract = "{\"type\": \"object\"}";
  draft.program_error = "TypeError: a is undefined\n  at b (c.js:1)";
  draft.include_credentials = true;
  draft.mode = Mode::no_cors;
  draft.time_limit = "2.5";
  return draft;
}

std::string link_of(const Snapshot& shown, Language language = Language::en) { return write_link(shown, language, places).text; }

// Reading what was written.

TEST(link, says_a_case_as_it_always_did) {
  const ChosenCase chosen{"cors-allow-origin-missing", Twin::faulty};
  EXPECT_EQ(link_of({draft_of_case(chosen, places), chosen}, Language::zh), "case=cors-allow-origin-missing&lang=zh");
}

TEST(link, can_be_read_by_people) {
  Draft draft;
  draft.method = "POST";
  draft.url = "https://api.example.com/orders?page=2";
  draft.headers = {{"Accept", "text/html"}};
  draft.include_credentials = true;
  EXPECT_EQ(link_of({draft}), "lang=en&method=POST&url=https://api.example.com/orders?page=2&header=Accept:text/html&credentials=include");
}

class every_case : public testing::TestWithParam<std::string> {};
TEST_P(every_case, is_a_link_without_its_request) {
  for (Twin twin : {Twin::faulty, Twin::good}) {
    const ChosenCase chosen{GetParam(), twin};
    const LinkText text = write_link({draft_of_case(chosen, places), chosen}, Language::en, places);
    EXPECT_EQ(text.text, "case=" + GetParam() + (twin == Twin::good ? "&twin=good" : "") + "&lang=en");
    EXPECT_TRUE(text.left_out.empty());
    const Link link = read_link(text.text, places);
    EXPECT_TRUE(link.fills);
    EXPECT_TRUE(link.problems.empty());
    EXPECT_EQ(link.chosen, chosen);
    EXPECT_EQ(link.draft, draft_of_case(chosen, places));
  }
}
INSTANTIATE_TEST_SUITE_P(link, every_case, testing::ValuesIn(all_slugs()), SlugName());

TEST(link, gives_a_request_back) {
  for (Language language : all_languages) {
    const Link link = read_link(link_of({rich_draft()}, language), places);
    EXPECT_EQ(link.draft, rich_draft());
    EXPECT_EQ(link.language, language);
    EXPECT_FALSE(link.chosen);
    EXPECT_TRUE(link.problems.empty());
  }
}

TEST(link, carries_only_what_differs_from_the_case) {
  const ChosenCase chosen{"http-404", Twin::faulty};
  Snapshot shown{draft_of_case(chosen, places), chosen};
  shown.draft.time_limit = "3";
  shown.draft.headers.push_back({"X-More", "1"});
  const std::string text = link_of(shown);
  EXPECT_NE(text.find("header=X-More:1&limit=3"), std::string::npos) << text;
  EXPECT_EQ(text.find("url="), std::string::npos) << text;
  EXPECT_EQ(read_link(text, places).draft, shown.draft);
}

TEST(link, can_say_that_a_cases_headers_are_gone) {
  const ChosenCase chosen{"cors-header-not-allowed", Twin::faulty};
  Snapshot shown{draft_of_case(chosen, places), chosen};
  ASSERT_FALSE(shown.draft.headers.empty());
  shown.draft.headers.clear();
  EXPECT_EQ(read_link(link_of(shown), places).draft, shown.draft);
}

TEST(link, finds_the_readers_own_lab) {
  const ChosenCase chosen{"http-404", Twin::faulty};
  Places elsewhere;
  elsewhere.lab = "http://127.0.0.1:9001";
  EXPECT_TRUE(read_link(link_of({draft_of_case(chosen, places), chosen}), elsewhere).draft.url.starts_with("http://127.0.0.1:9001/"));
}

TEST(kept, gives_all_of_it_back) {
  const Snapshot shown{rich_draft(), std::nullopt, Screen::catalogue, RequestTab::contract};
  const Link link = read_link(write_kept(shown, places), places, kept_limit);
  EXPECT_EQ((Snapshot{link.draft, link.chosen, *link.screen, *link.tab}), shown);
}

TEST(address, shows_case_and_screen_and_nothing_typed) {
  EXPECT_EQ(write_address({rich_draft()}), "");
  EXPECT_EQ(write_address({rich_draft(), std::nullopt, Screen::catalogue}), "screen=catalogue");
  EXPECT_EQ(write_address({rich_draft(), ChosenCase{"http-404", Twin::good}, Screen::catalogue}), "case=http-404&twin=good&screen=catalogue");
}

// Size.

struct SizeRow {
  std::string name;
  std::size_t url, headers, body, contract;  // bytes
  std::vector<LeftOut> left_out;
};
class too_large : public testing::TestWithParam<SizeRow> {};
TEST_P(too_large, leaves_out_what_matters_least) {
  Draft draft;
  draft.url = "http://a.example/" + std::string(GetParam().url, 'u');
  draft.headers = {{"X-A", std::string(GetParam().headers, 'h')}};
  draft.body = std::string(GetParam().body, 'b');
  draft.contract = std::string(GetParam().contract, 'c');
  const LinkText text = write_link({draft}, Language::en, places);
  EXPECT_EQ(text.left_out, GetParam().left_out);
  EXPECT_LE(text.text.size(), link_limit);
  const Link link = read_link(text.text, places);
  EXPECT_TRUE(link.problems.empty());
  const auto kept = [&](LeftOut part) { return std::find(text.left_out.begin(), text.left_out.end(), part) == text.left_out.end(); };
  EXPECT_EQ(link.draft.url == draft.url, kept(LeftOut::url));
  EXPECT_EQ(link.draft.headers == draft.headers, kept(LeftOut::headers));
  EXPECT_EQ(link.draft.body == draft.body, kept(LeftOut::body));
  EXPECT_EQ(link.draft.contract == draft.contract, kept(LeftOut::contract));
}
INSTANTIATE_TEST_SUITE_P(link, too_large,
                         testing::Values(SizeRow{"nothing", 1, 1, 1, 1, {}}, SizeRow{"contract", 1, 1, 4000, 5000, {LeftOut::contract}},
                                         SizeRow{"contract_and_body", 1, 1, 9000, 5, {LeftOut::contract, LeftOut::body}},
                                         SizeRow{"body_alone", 1, 1, 9000000, 0, {LeftOut::body}},
                                         SizeRow{"headers", 1, 9000, 0, 0, {LeftOut::headers}},
                                         SizeRow{"url", 9000, 1, 1, 1, {LeftOut::contract, LeftOut::body, LeftOut::headers, LeftOut::url}}),
                         RowName());

TEST(link, fits_exactly_or_not_at_all) {
  Draft draft;
  const std::size_t room = link_limit - std::string("lang=en&body=").size();
  draft.body = std::string(room, 'b');
  EXPECT_EQ(link_of({draft}).size(), link_limit);
  draft.body += 'b';
  EXPECT_EQ(link_of({draft}), "lang=en");
  draft.body.clear();
  draft.method = draft.time_limit = std::string(9000, 'M');
  EXPECT_EQ(link_of({draft}), "lang=en");
}

// Secrets.

struct HeldBack {
  std::string name;
  Draft draft, clean;
};
Draft with_url(const std::string& url) { return Draft{.url = url}; }
Draft with_body(const std::string& body) { return Draft{.body = body}; }

class a_secret : public testing::TestWithParam<HeldBack> {};
TEST_P(a_secret, stands_in_no_link) {
  const LinkText text = write_link({GetParam().draft}, Language::en, places);
  EXPECT_EQ(text.text.find("hunter2"), std::string::npos) << text.text;
  EXPECT_EQ(text.left_out, std::vector<LeftOut>{LeftOut::secrets});
  EXPECT_EQ(read_link(text.text, places).draft, GetParam().clean);
}
INSTANTIATE_TEST_SUITE_P(
    link, a_secret,
    testing::Values(
        HeldBack{"header", {.headers = {{"Authorization", "Bearer hunter2"}, {"Accept", "*/*"}}}, {.headers = {{"Authorization", ""}, {"Accept", "*/*"}}}},
        HeldBack{"user_and_password", with_url("https://me:hunter2@a.example/x"), with_url("https://a.example/x")},
        HeldBack{"password_with_at", with_url("https://me:a@hunter2@a.example/@x"), with_url("https://a.example/@x")},
        HeldBack{"many_slashes", with_url("https:\\\\/me:hunter2@a.example"), with_url("https:\\\\/a.example")},
        HeldBack{"no_scheme", with_url("me:hunter2@a.example/x"), with_url("a.example/x")},
        HeldBack{"query", with_url("https://a.example/?access_token=hunter2&page=2"), with_url("https://a.example/?access_token=&page=2")},
        HeldBack{"query_written_otherwise", with_url("https://a.example/?%74oken=hunter2"), with_url("https://a.example/?%74oken=")},
        HeldBack{"api_key", with_url("https://a.example/?api_key=hunter2"), with_url("https://a.example/?api_key=")},
        HeldBack{"fragment", with_url("https://a.example/#a=1&id_token=hunter2"), with_url("https://a.example/#a=1&id_token=")},
        HeldBack{"address_in_query", with_url("https://a.example/?to=http%3A%2F%2Fb%2F%3Ftoken%3Dhunter2&x=1"), with_url("https://a.example/?to=&x=1")},
        HeldBack{"json", with_body(R"({"user": "me", "password" : "hunter\"hunter2", "n": 1})"), with_body(R"({"user": "me", "password" : "", "n": 1})")},
        HeldBack{"json_number", with_body(R"([{"token":hunter2,"n":1}])"), with_body(R"([{"token":"","n":1}])")},
        HeldBack{"json_list", with_body(R"({"tokens": ["hunter2", {"a": "]hunter2"}], "n": 1})"), with_body(R"({"tokens": [], "n": 1})")},
        HeldBack{"json_object", with_body(R"({"credentials": {"user": "hunter2"}, "n": 1})"), with_body(R"({"credentials": {}, "n": 1})")},
        HeldBack{"json_unfinished", with_body(R"({"password": "hunter2)"), with_body(R"({"password": "")")},
        HeldBack{"json_in_json", with_body(R"({"payload": "{\"token\": \"hunter2\"}"})"), with_body(R"({"payload": ""})")},
        HeldBack{"form", with_body("user=me&password=hunter2&n=1"), with_body("user=me&password=&n=1")},
        HeldBack{"xml", with_body("<password>hunter2</password>"), with_body("")},
        HeldBack{"words", with_body("my token is hunter2"), with_body("")}),
    RowName());

// The courtroom.

CourtDraft rich_court() {
  CourtDraft court;
  court.page_origin = "https://app.example";
  court.method = "PUT";
  court.url = "https://api.example/a?b=c&d=%20";
  court.headers = {{"X-A:b%", "1 & 2"}, {"Accept", "text/html"}};
  court.credentials = Credentials::include;
  court.mode = Mode::no_cors;
  court.preflight = "HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Credentials: true\r\n";
  court.answer = "HTTP/2 200\nvary: Origin\n\n{\"a\": 1}\n";
  return court;
}

Snapshot court_shown(const CourtDraft& court, Screen screen = Screen::court) { return {rich_draft(), std::nullopt, screen, RequestTab::headers, court}; }

TEST(court_link, gives_the_courtroom_back_and_nothing_of_the_form) {
  const LinkText text = write_link(court_shown(rich_court()), Language::en, places);
  const Link link = read_link(text.text, places);
  EXPECT_EQ(link.court, rich_court()) << text.text;
  EXPECT_EQ(link.screen, Screen::court);
  EXPECT_FALSE(link.fills);
  EXPECT_TRUE(link.problems.empty());
  EXPECT_TRUE(text.left_out.empty());
}

TEST(court_link, is_short_for_the_example_and_can_say_that_all_is_empty) {
  EXPECT_EQ(link_of(court_shown(example_court())), "lang=en&screen=court");
  EXPECT_EQ(link_of(court_shown(CourtDraft{})), "lang=en&screen=court&court-method=");
  EXPECT_EQ(read_link("court-method=", places).court, CourtDraft{});
}

TEST(court_link, is_not_the_forms) {
  EXPECT_EQ(link_of(court_shown(rich_court(), Screen::send)).find("court"), std::string::npos);
  EXPECT_FALSE(read_link("court-colour=red", places).court);
}

TEST(court_link, leaves_out_the_answers_where_they_are_too_large) {
  CourtDraft court = rich_court();
  court.answer = "HTTP/1.1 200 OK\nX-A: " + std::string(9000, 'a') + "\n";
  const LinkText text = write_link(court_shown(court), Language::en, places);
  EXPECT_EQ(text.left_out, std::vector<LeftOut>{LeftOut::answers});
  EXPECT_LE(text.text.size(), link_limit);
  court.preflight.clear(), court.answer.clear();
  EXPECT_EQ(read_link(text.text, places).court, court);
}

TEST(kept, holds_the_courtroom_beside_the_form) {
  const Snapshot shown = court_shown(rich_court(), Screen::send);
  const Link link = read_link(write_kept(shown, places), places, kept_limit);
  EXPECT_EQ(link.court, shown.court);
  EXPECT_EQ(link.draft, shown.draft);
  Snapshot large = shown;
  large.court.answer = std::string(kept_limit, 'x');
  const Link rest = read_link(write_kept(large, places), places, kept_limit);
  EXPECT_EQ(rest.draft, shown.draft) << "the form does not give way to it";
  EXPECT_EQ(rest.court->url, shown.court.url);
}

Snapshot desk_shown(const DeskDraft& desk, Screen screen = Screen::desk) {
  return {rich_draft(), std::nullopt, screen, RequestTab::headers, example_court(), desk};
}

TEST(desk_link, gives_the_desk_back_and_nothing_of_the_form) {
  const DeskDraft desk{"{a: 1, // \u8336 & 100%\n\x01}", "{\"type\": \"object\"}", "{\"a\": 1}"};
  const LinkText text = write_link(desk_shown(desk), Language::en, places);
  const Link link = read_link(text.text, places);
  EXPECT_EQ(link.desk, desk) << text.text;
  EXPECT_EQ(link.screen, Screen::desk);
  EXPECT_FALSE(link.fills);
  EXPECT_FALSE(link.court);
  EXPECT_TRUE(link.problems.empty());
  EXPECT_EQ(link_of(desk_shown(example_desk())), "lang=en&screen=desk");
  EXPECT_EQ(read_link("desk-text=", places).desk, DeskDraft{});
  EXPECT_FALSE(read_link("desk-colour=red", places).desk);
}

TEST(desk_link, is_never_a_secret_and_never_too_long) {
  const LinkText text = write_link(desk_shown({"{\"token\": \"abc123\", 1}", "", ""}), Language::en, places);
  EXPECT_EQ(text.text.find("abc123"), std::string::npos);
  EXPECT_EQ(text.left_out, std::vector<LeftOut>{LeftOut::secrets});
  const LinkText large = write_link(desk_shown({std::string(9000, '1'), "{}", ""}), Language::en, places);
  EXPECT_LE(large.text.size(), link_limit);
}

TEST(kept, holds_the_desk_beside_the_form) {
  const Snapshot shown = desk_shown({"[1,]", "", "[1]"}, Screen::send);
  const Link link = read_link(write_kept(shown, places), places, kept_limit);
  EXPECT_EQ(link.desk, shown.desk);
  EXPECT_EQ(link.draft, shown.draft);
  Snapshot large = shown;
  large.desk.text = std::string(kept_limit, 'x');
  EXPECT_EQ(read_link(write_kept(large, places), places, kept_limit).draft, shown.draft) << "the form does not give way to it";
}

struct HeldBackAnswer {
  std::string name, text, clean;
};
class a_secret_answer : public testing::TestWithParam<HeldBackAnswer> {};
TEST_P(a_secret_answer, stands_in_no_link) {
  CourtDraft court = rich_court();
  court.answer = GetParam().text;
  const LinkText text = write_link(court_shown(court), Language::en, places);
  EXPECT_EQ(text.text.find("hunter2"), std::string::npos) << text.text;
  court.answer = GetParam().clean;
  EXPECT_EQ(read_link(text.text, places).court->answer, court.answer);
  EXPECT_EQ(read_link(text.text, places).court, court);
  const bool has_secret = GetParam().text != GetParam().clean;
  EXPECT_EQ(text.left_out, has_secret ? std::vector<LeftOut>{LeftOut::secrets} : std::vector<LeftOut>{});
}
INSTANTIATE_TEST_SUITE_P(
    link, a_secret_answer,
    testing::Values(HeldBackAnswer{"cookie", "HTTP/1.1 200 OK\nSet-Cookie: a=hunter2; Secure\nVary: Origin\n", "HTTP/1.1 200 OK\nSet-Cookie:\nVary: Origin\n"},
                    HeldBackAnswer{"last_line", "X-Auth-Token: hunter2", "X-Auth-Token:"},
                    HeldBackAnswer{"marked_by_curl", "> GET /?token=hunter2\n> Authorization: hunter2\n< HTTP/1.1 200\n< Set-Cookie: hunter2\n< \n{\"token\":\"hunter2\"}",
                                   "< HTTP/1.1 200\n< Set-Cookie:\n< \n{\"token\":\"\"}"},
                    HeldBackAnswer{"location", "HTTP/1.1 302\nlocation: https://a.example/?access_token=hunter2&b=1\n", "HTTP/1.1 302\nlocation: https://a.example/?access_token=&b=1\n"},
                    HeldBackAnswer{"bodies", "HTTP/1.1 302\n\n{\"a\": {\"password\": \"hunter2\"}}\nHTTP/1.1 200\nVary: *\n\nmy token is hunter2",
                                   "HTTP/1.1 302\n\n{\"a\": {\"password\": \"\"}}\nHTTP/1.1 200\nVary: *\n\n"},
                    HeldBackAnswer{"permissions_are_none", "HTTP/1.1 204\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Allow-Headers: x-token\r\n\r\n",
                                   "HTTP/1.1 204\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Allow-Headers: x-token\r\n\r\n"}),
    RowName());

TEST(court_link, holds_back_what_is_secret_in_the_request) {
  CourtDraft court = example_court();
  court.url = "https://me:hunter2@api.example/?api_key=hunter2";
  court.headers.push_back({"Authorization", "hunter2"});
  const std::string text = link_of(court_shown(court));
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  const Link link = read_link(text, places);
  EXPECT_EQ(link.court->headers[1], example_court().headers[1]) << "the example's own is none";
  EXPECT_EQ(link.court->headers[2], (Header{"Authorization", ""}));
}

TEST(link, a_cases_own_example_is_no_secret) {
  const ChosenCase chosen{"http-401", Twin::faulty};
  Snapshot shown{draft_of_case(chosen, places), chosen};
  shown.draft.headers = {{"Authorization", "Bearer hunter2"}};
  const LinkText text = write_link(shown, Language::en, places);
  EXPECT_EQ(text.text.find("hunter2"), std::string::npos);
  EXPECT_EQ(text.left_out, std::vector<LeftOut>{LeftOut::secrets});
}

TEST(secrets, what_names_none_stays_as_it_is) {
  for (const char* url : {"", "https://a.example/x@y?mail=me@a.example#z", "/only/path", "http://[::1]:80/?a=b;c=d", "https://", "@", "?", "#"})
    EXPECT_EQ(url_without_secrets(url), std::string(url).substr(url == std::string("@") ? 1 : 0));
  for (const char* body : {"", "{\"a\": \"b\"}", "a=b&c=d", "<a/>", "\"", "{\"a\":"}) EXPECT_EQ(body_without_secrets(body), body);
}

TEST(secrets, every_prefix_of_a_body_is_cut_without_harm) {
  const std::string body = R"({"a": ["x", {"token": "hunter2\\"}], "b": {"secret": [1, "hunter2"]}, "c": "\"token\": hunter2"})";
  for (std::size_t size = 0; size <= body.size(); ++size)
    EXPECT_EQ(body_without_secrets(body.substr(0, size)).find("hunter2"), std::string::npos) << body.substr(0, size);
}

// Any text.

struct GarbageRow {
  std::string name, text;
  std::vector<Notice> problems;
  bool fills;
};
class garbage : public testing::TestWithParam<GarbageRow> {};
TEST_P(garbage, is_named_or_read) {
  const Link link = read_link(GetParam().text, places);
  EXPECT_EQ(link.problems, GetParam().problems);
  EXPECT_EQ(link.fills, GetParam().fills);
  EXPECT_TRUE(is_valid_utf8(link.draft.url + link.draft.method + link.draft.body + link.draft.contract + link.draft.time_limit));
}
INSTANTIATE_TEST_SUITE_P(
    link, garbage,
    testing::Values(GarbageRow{"empty", "", {}, false}, GarbageRow{"words", "somewhere", {Notice::link_unreadable}, false},
                    GarbageRow{"signs", "&&&===&=&%%%", {Notice::link_unreadable}, false},
                    GarbageRow{"language_alone", "lang=zh", {}, false}, GarbageRow{"screen_alone", "screen=catalogue", {}, false},
                    GarbageRow{"unknown_screen", "screen=moon&tab=sun", {}, false},
                    GarbageRow{"unknown_case", "case=no-such-case", {Notice::link_unknown_case}, false},
                    GarbageRow{"case_from_the_future", "case=http-404&colour=red", {}, true},
                    GarbageRow{"unknown_case_with_request", "case=no-such-case&url=http://a.example", {Notice::link_unknown_case}, true},
                    GarbageRow{"bad_percent", "url=http://a.example/%zz%", {}, true},
                    GarbageRow{"invalid_utf8", "url=http://a.example/%ff&method=PUT", {Notice::link_damaged}, true},
                    GarbageRow{"cut_character", "body=%E8%8C", {Notice::link_damaged}, false},
                    GarbageRow{"raw_invalid_utf8", "url=\xff\xfe", {Notice::link_damaged}, false},
                    GarbageRow{"nul", "method=GET%00", {Notice::link_damaged}, false},
                    GarbageRow{"two_lines_in_a_header", "header=A:b%0D%0AC:d", {Notice::link_damaged}, false},
                    GarbageRow{"a_name_encoded_twice", "header=%25ff:b", {Notice::link_damaged}, false},
                    GarbageRow{"a_megabyte", "url=" + std::string(1000000, 'x'), {Notice::link_too_long}, false},
                    GarbageRow{"no_language", "lang=klingon&method=", {}, true}),
    RowName());

TEST(link, every_prefix_is_read) {
  const std::string whole = link_of({rich_draft()}, Language::zh) + "&" + link_of(court_shown(rich_court())) + "&case=http-404&twin=good&screen=send&tab=body";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const Link link = read_link(whole.substr(0, size), places);
    EXPECT_TRUE(is_valid_utf8(link.draft.body)) << size;
    for (const HeaderDraft& row : link.draft.headers) EXPECT_TRUE(is_valid_utf8(row.name + row.value)) << size;
  }
}

TEST(link, many_parts_take_no_longer_than_few) {
  std::string text;
  while (text.size() < kept_limit - 16) text += "header=A:b&";
  const Link link = read_link(text, places, kept_limit);
  EXPECT_GT(link.draft.headers.size(), 90000u);
  EXPECT_TRUE(read_link(std::string(kept_limit, '&'), places, kept_limit).problems == std::vector<Notice>{Notice::link_unreadable});
}

TEST(link, any_bytes_are_read) {
  std::uint32_t seed = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text = round % 2 ? "method=POST&url=http://a.example/&header=A:b&court-header=C:d&court-answer=e&body=" : "";
    for (int i = 0; i < 60; ++i) {
      seed = seed * 1664525 + 1013904223;
      text.insert(text.begin() + static_cast<std::ptrdiff_t>((seed >> 8) % (text.size() + 1)), static_cast<char>(seed >> 24));
    }
    const Link link = read_link(text, places);
    EXPECT_TRUE(is_valid_utf8(link.draft.url + link.draft.body)) << text;
    if (link.court) {
      EXPECT_TRUE(is_valid_utf8(link.court->answer)) << text;
    }
  }
}

}  // namespace
}  // namespace blindspot
