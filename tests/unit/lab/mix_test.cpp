// Which script does a /mix URL stand for, which URLs are refused, and which calls fail with first= and every=?
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "native/lab/mix.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

Mix must_parse(std::string_view segments) {
  const auto mix = parse_mix(segments);
  if (!mix) {
    ADD_FAILURE() << segments << ": " << mix.error().key << ' ' << mix.error().problem;
    return {};
  }
  return mix.value();
}

struct BadMix {
  const char* name;
  const char* segments;
  const char* key;
};

std::ostream& operator<<(std::ostream& out, const BadMix& row) { return out << row.name; }

const BadMix bad_mixes[] = {
    {"unknown_key", "colour=red", "colour"},
    {"status_too_low", "status=199", "status"},
    {"status_too_high", "status=600", "status"},
    {"status_no_number", "status=2x", "status"},
    {"delay_too_long", "delay=120001", "delay"},
    {"unknown_cors", "cors=maybe", "cors"},
    {"unknown_body", "body=yaml", "body"},
    {"body_too_large", "body=257mb", "body"},
    {"unknown_end", "end=soon", "end"},
    {"unknown_preflight", "preflight=99", "preflight"},
    {"given_twice", "status=200/status=500", "status"},
    {"broken_escape", "type=%4", "type=%4"},
    {"header_without_colon", "header=X-Name", "header"},
    {"header_with_line_break", "header=X:a%0d%0aY:b", "header"},
    {"type_with_line_break", "type=a%0d%0aSet-Cookie:b", "type"},
    {"cookie", "header=Set-Cookie:a=b", "header"},
    {"redirect_elsewhere", "header=Location:https:%2F%2Felsewhere.invalid", "header"},
    {"redirect_scheme_relative", "header=Location:%2F%2Felsewhere.invalid", "header"},
    {"redirect_backslash", "header=Location:%2F%5Celsewhere.invalid", "header"},
    {"redirect_to_another_port", "header=Location:http:%2F%2F127.0.0.1:1%2Fmix", "header"},
    {"redirect_with_password", "header=Location:http:%2F%2Fa:b@127.0.0.1%2F", "header"},
    {"redirect_unreadable", "header=Location:http:%2F%2F", "header"},
    {"unlisted_name", "header=Link:%3C%2F%3E", "header"},
    {"line_break_alone", "header=X-A:a%0ab", "header"},
    {"nul", "header=X-A:a%00b", "header"},
    {"preflight_cookie", "preflight-header=Set-Cookie:a=b", "preflight-header"},
    {"preflight_line_break", "preflight-header=X-A:a%0d%0aX-B:b", "preflight-header"},
    {"preflight_status_too_low", "preflight-status=100", "preflight-status"},
    {"preflight_twice_over", "preflight=none/preflight-header=X-A:b", "preflight"},
    {"lasting_hsts", "header=Strict-Transport-Security:max-age=1", "header"},
    {"endless_cut", "body=endless/end=cut", "end"},
    {"drip_too_large", "body=2mb/drip=1", "drip"},
    {"first_zero", "first=0", "first"},
};

class BadMixUrl : public testing::TestWithParam<BadMix> {};

TEST_P(BadMixUrl, IsAnswered400NamingTheKeyReadableEverywhere) {
  const auto answer = call(shared_lab().lab(), "GET", "/mix/" + std::string(GetParam().segments), {{"Origin", "http://a.invalid"}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Origin"), "*");
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  ASSERT_TRUE(body.is_object()) << answer.body;
  EXPECT_EQ(body["error"]["key"], GetParam().key);
}

INSTANTIATE_TEST_SUITE_P(Rows, BadMixUrl, testing::ValuesIn(bad_mixes), [](const auto& row) { return std::string(row.param.name); });

struct CorsRow {
  const char* value;
  std::vector<std::string> allow_origin;
  bool credentials;
};

std::ostream& operator<<(std::ostream& out, const CorsRow& row) { return out << row.value; }

const CorsRow cors_rows[] = {
    {"none", {}, false},
    {"star", {"*"}, false},
    {"origin", {"http://page.invalid:8080"}, false},
    {"credentials", {"http://page.invalid:8080"}, true},
    {"mismatch", {"https://other.invalid"}, false},
    {"null", {"null"}, false},
    {"empty", {""}, false},
    {"two", {"http://page.invalid:8080", "http://page.invalid:8080"}, false},
    {"star-credentials", {"*"}, true},
};

class MixCorsValue : public testing::TestWithParam<CorsRow> {};

TEST_P(MixCorsValue, SetsTheHeadersItNames) {
  const auto answer = call(shared_lab().lab(), "GET", "/mix/cors=" + std::string(GetParam().value),
                           {{"Origin", "http://page.invalid:8080"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_values(answer.headers, "Access-Control-Allow-Origin"), GetParam().allow_origin);
  EXPECT_EQ(has_header(answer.headers, "Access-Control-Allow-Credentials"), GetParam().credentials);
}

INSTANTIATE_TEST_SUITE_P(Rows, MixCorsValue, testing::ValuesIn(cors_rows), [](const auto& row) {
  std::string name = row.param.value;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

const Headers preflight_headers{{"Origin", "http://page.invalid:8080"}, {"Access-Control-Request-Method", "PUT"},
                                {"Access-Control-Request-Headers", "x-token"}};

TEST(MixPreflight, OkAllowsWhatIsAsked) {
  const auto answer = call(shared_lab().lab(), "OPTIONS", "/mix/cors=none", preflight_headers);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Origin"), "http://page.invalid:8080");
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Methods"), "PUT");
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Headers"), "x-token");
}

TEST(MixPreflight, StatusFailsByItselfAlone) {
  const auto answer = call(shared_lab().lab(), "OPTIONS", "/mix/preflight=404", preflight_headers);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Origin"), "http://page.invalid:8080");
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Headers"), "x-token");
}

TEST(MixPreflight, NoneAllowsNothing) {
  const auto answer = call(shared_lab().lab(), "OPTIONS", "/mix/preflight=none", preflight_headers);
  EXPECT_EQ(answer.status, 204);
  EXPECT_FALSE(has_header(answer.headers, "Access-Control-Allow-Origin"));
}

TEST(MixPreflight, SilenceCutAndEnd) {
  WireClient silent(shared_lab().lab());
  silent.send(make_request("OPTIONS", "/mix/preflight=silence", preflight_headers));
  const auto nothing = silent.read(200);
  EXPECT_EQ(nothing.end, Seen::silence);
  EXPECT_EQ(nothing.bytes, "");
  EXPECT_EQ(call(shared_lab().lab(), "OPTIONS", "/mix/preflight=cut", preflight_headers).end, Seen::rst);
  EXPECT_EQ(call(shared_lab().lab(), "OPTIONS", "/mix/preflight=end", preflight_headers).end, Seen::fin);
}

TEST(MixBody, SizesAreExactAndJson) {
  for (const std::size_t size : {0u, 1u, 30u, 31u, 42u, 43u, 100u, 4096u, 100'000u, 1'048'576u}) {
    const auto answer = call(shared_lab().lab(), "GET", "/mix/body=" + std::to_string(size));
    EXPECT_EQ(answer.body.size(), size);
    EXPECT_EQ(header_value(answer.headers, "Content-Length"), std::to_string(size));
    EXPECT_EQ(nlohmann::json::accept(answer.body), size > 0) << size;
  }
  EXPECT_EQ(must_parse("body=3kb").body_size, 3072u);
  EXPECT_EQ(must_parse("body=10mb").body_size, 10u << 20);
  EXPECT_EQ(must_parse("body=7b").body_size, 7u);
}

TEST(MixBody, BrokenJsonIsBroken) {
  for (const char* body : {"json-truncated", "json-trailing-comma", "json-single-quotes", "json-nan", "html", "text"}) {
    const auto answer = call(shared_lab().lab(), "GET", "/mix/body=" + std::string(body));
    EXPECT_FALSE(answer.body.empty()) << body;
    EXPECT_FALSE(nlohmann::json::accept(answer.body)) << body;
    EXPECT_EQ(answer.end, Seen::fin);
  }
  EXPECT_TRUE(nlohmann::json::accept(call(shared_lab().lab(), "GET", "/mix").body));
}

TEST(MixHeader, TypeAndHeadersAreTakenDecoded) {
  const auto answer = call(shared_lab().lab(), "GET", "/mix/type=text%2Fplain/header=X-A:b%20c/header=x-a:d/status=299");
  EXPECT_EQ(answer.status, 299);
  EXPECT_EQ(header_value(answer.headers, "Content-Type"), "text/plain");
  EXPECT_EQ(header_value(answer.headers, "X-A"), "b c, d");
  EXPECT_FALSE(has_header(call(shared_lab().lab(), "GET", "/mix/type=none").headers, "Content-Type"));
}

TEST(MixHeader, RedirectsStayOnTheLab) {
  const auto answer = call(shared_lab().lab(), "GET", "/mix/status=302/header=Location:%2Fmix%2Fstatus=200");
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(header_value(answer.headers, "Location"), "/mix/status=200");
}

TEST(MixHeader, RedirectsReachTheLabsOtherPortsAndNames) {
  for (const int offset : {0, 1, 2, 8}) {
    const std::string place = "localhost:" + std::to_string(shared_lab().page() + offset);
    const auto answer = call(shared_lab().lab(), "GET", "/mix/status=302/header=Location:%20http:%2F%2F" + place + "%2Fmix");
    EXPECT_EQ(header_value(answer.headers, "Location"), "http://" + place + "/mix");
  }
  const std::string beyond = std::to_string(shared_lab().page() + 16);
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix/status=302/header=Location:http:%2F%2Flocalhost:" + beyond).status, 400);
}

TEST(MixHeader, OneBlankIsTheWiresTheRestIsTheValues) {
  WireClient client(shared_lab().lab());
  client.send(make_request("GET", "/mix/cors=none/header=X-A:%20%20a%09%20/header=X-B:b%0c%E9/header=x-b:"));
  const auto received = client.read(5000).bytes;
  EXPECT_NE(received.find("\r\nX-A:  a\t \r\n"), std::string::npos) << received;
  EXPECT_NE(received.find("\r\nX-B: b\x0c\xe9\r\nx-b: \r\n"), std::string::npos) << received;
}

TEST(MixPreflight, ItsOwnStatusAndLinesAreTheWholeAnswer) {
  const auto answer = call(shared_lab().lab(), "OPTIONS", "/mix/preflight-status=299/preflight-header=X-A:b/cors=star", preflight_headers);
  EXPECT_EQ(answer.status, 299);
  EXPECT_EQ(header_value(answer.headers, "X-A"), "b");
  EXPECT_FALSE(has_header(answer.headers, "Access-Control-Allow-Origin"));
  EXPECT_EQ(call(shared_lab().lab(), "OPTIONS", "/mix/preflight-header=X-A:b", preflight_headers).status, 204);
  EXPECT_FALSE(has_header(call(shared_lab().lab(), "GET", "/mix/preflight-header=X-A:b").headers, "X-A"));
}

TEST(MixCalls, FirstFailsOnlyThatOften) {
  const auto target = "/mix/status=503/first=2?run=" + fresh_run();
  std::vector<int> statuses;
  for (int i = 0; i < 4; ++i) statuses.push_back(call(shared_lab().lab(), "GET", target).status);
  EXPECT_EQ(statuses, (std::vector<int>{503, 503, 200, 200}));
}

TEST(MixCalls, EveryFailsOnEachNth) {
  const auto target = "/mix/status=503/every=3?run=" + fresh_run();
  std::vector<int> statuses;
  for (int i = 0; i < 6; ++i) statuses.push_back(call(shared_lab().lab(), "GET", target).status);
  EXPECT_EQ(statuses, (std::vector<int>{200, 200, 503, 200, 200, 503}));
}

TEST(MixCalls, APreflightAndItsRequestAreOneCall) {
  const auto target = "/mix/status=503/first=1?run=" + fresh_run();
  std::vector<int> statuses;
  for (int i = 0; i < 2; ++i) {
    call(shared_lab().lab(), "OPTIONS", target, preflight_headers);
    statuses.push_back(call(shared_lab().lab(), "PUT", target).status);
  }
  EXPECT_EQ(statuses, (std::vector<int>{503, 200}));
}

TEST(MixCalls, AFailedPreflightIsACallToo) {
  const auto target = "/mix/preflight=404/first=1?run=" + fresh_run();
  EXPECT_EQ(call(shared_lab().lab(), "OPTIONS", target, preflight_headers).status, 404);
  EXPECT_EQ(call(shared_lab().lab(), "OPTIONS", target, preflight_headers).status, 204);
  EXPECT_EQ(call(shared_lab().lab(), "PUT", target).status, 200);
}

}  // namespace
}  // namespace blindspot::lab
