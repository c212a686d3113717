// What does each departure of an engine change, and is it the only one that changes it?
// Each row is a call in which the standard and the engine differ by this departure alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/cors/predict.hpp"

namespace blindspot {
namespace {

const std::string page = "http://127.0.0.1:8080", api = "http://api.test", other = "http://other.test";

Url must_url(const std::string& text) {
  const auto url = parse_url(text);
  EXPECT_TRUE(url.ok()) << text;
  return url ? url.value() : Url();
}

Round answer(const std::string& url, int status, Headers headers) {
  Round round;
  round.url = must_url(url);
  round.head = ResponseHead{status, "", std::move(headers)};
  return round;
}

const Headers open_to_all{{"Access-Control-Allow-Origin", "*"}};
const Headers open_preflight{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "*"}, {"Access-Control-Allow-Headers", "*"}};

Hop hop(const std::string& url, int status = 200, Headers headers = open_to_all, Headers preflight = open_preflight) {
  return {answer(url, 204, std::move(preflight)), answer(url, status, std::move(headers))};
}

Hop redirect(const std::string& url, int status, const std::string& to) {
  return hop(url, status, {{"Access-Control-Allow-Origin", "*"}, {"Location", to}});
}

struct Row {
  Departure departure;
  Engine engine;
  std::string method;
  Headers headers;
  std::vector<Hop> hops;
  std::string standard, departing;  // what is to be seen, in short
  void (*adjust)(Request&) = nullptr;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << departure_name(row.departure); }

// "OPTIONS(x-a)@origin PUT@origin -> 200 x-one=1": the requests, then what the page gets.
std::string in_short(const Prediction& prediction) {
  std::string text;
  for (const SentHop& sent : prediction.sent) {
    if (sent.preflight.needed) {
      const Headers& asked = sent.preflight.preflight_headers;
      text += "OPTIONS(" + header_value(asked, "Access-Control-Request-Headers").value_or("") + ")@" +
              header_value(asked, "Origin").value_or("") + " ";
    }
    text += sent.method + "@" + sent.origin + " ";
  }
  text += "-> ";
  const auto& response = prediction.observation.response;
  if (!prediction.verdict.allowed) return text + std::string(prediction.verdict.decided_at);
  if (!response) return text + "opaque";
  text += std::to_string(response->status);
  if (response->body_bytes > 0) text += " body";
  if (const auto one = header_value(response->headers, "X-One")) text += " x-one=" + *one;
  return text;
}

std::vector<Row> rows() {
  const std::string a = api + "/a", b = api + "/b", c = other + "/c";
  const Headers custom{{"X-A", "1"}}, token{{"Authorization", "x"}}, json{{"Content-Type", "application/json"}};
  const std::string half(70, 'b');
  const Headers twins{{"Accept", half}, {"Accept", half}};
  const Headers exposing{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Expose-Headers", "*"}, {"X-One", "\xE9"}};
  const Headers with_empty{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Expose-Headers", "*"}, {"X-One", ""}, {"X-One", "1"}};
  const Headers null_only{{"Access-Control-Allow-Origin", "null"}, {"Access-Control-Allow-Headers", "*"}};
  const Headers page_only{{"Access-Control-Allow-Origin", "http://127.0.0.1:8080"}, {"Access-Control-Allow-Headers", "*"}};
  const Headers lists_only{{"Access-Control-Allow-Headers", "x-a"}};
  const Headers no_methods{{"Access-Control-Allow-Origin", "*"}};
  Hop bodied = hop(a, 302);
  bodied.actual->body_bytes = 3;
  const auto upload = [](Request& request) {
    request.upload_listeners = true;
    request.body = "x";
  };
  const auto listen = [](Request& request) { request.upload_listeners = true; };
  const auto manual = [](Request& request) { request.redirect = Redirect::manual; };
  const auto error = [](Request& request) { request.redirect = Redirect::error; };
  const auto no_cors = [](Request& request) { request.mode = Mode::no_cors; };
  const auto home = [](Request& request) { request.page.origin = parse_origin(api); };
  const std::string self = "@" + page;
  return {
      {Departure::wildcard_covers_authorization, Engine::browsers, "GET", token, {hop(a)},
       "OPTIONS(authorization)" + self + " GET" + self + " -> preflight.non-wildcard", "OPTIONS(authorization)" + self + " GET" + self + " -> 200"},
      {Departure::twins_joined, Engine::webkit, "GET", twins, {hop(a)}, "GET" + self + " -> 200", "OPTIONS(accept)" + self + " GET" + self + " -> 200"},
      {Departure::twins_named_twice, Engine::firefox, "GET", {{"X-A", "1"}, {"x-a", "2"}}, {hop(a)},
       "OPTIONS(x-a)" + self + " GET" + self + " -> 200", "OPTIONS(x-a,x-a)" + self + " GET" + self + " -> 200"},
      {Departure::user_agent_kept, Engine::chromium, "GET", {{"User-Agent", "x"}}, {hop(a)},
       "OPTIONS(user-agent)" + self + " GET" + self + " -> 200", "GET" + self + " -> 200"},
      {Departure::client_hints_safelisted, Engine::chromium, "GET", {{"DPR", "1.5"}, {"Save-Data", "ON"}, {"ECT", "4g"}}, {hop(a)},
       "OPTIONS(dpr,ect,save-data)" + self + " GET" + self + " -> 200", "GET" + self + " -> 200"},
      {Departure::client_hints_dropped, Engine::chromium, "GET", {{"DPR", "x"}}, {redirect(a, 307, b), hop(b)},
       "OPTIONS(dpr)" + self + " GET" + self + " OPTIONS(dpr)" + self + " GET" + self + " -> 200",
       "OPTIONS(dpr)" + self + " GET" + self + " GET" + self + " -> 200"},
      {Departure::upload_allows_no_method, Engine::browsers, "PUT", {}, {hop(a, 200, open_to_all, no_methods)},
       "OPTIONS()" + self + " PUT" + self + " -> 200", "OPTIONS()" + self + " PUT" + self + " -> preflight.methods", upload},
      {Departure::upload_without_body, Engine::chromium, "POST", {}, {hop(a)},
       "OPTIONS()" + self + " POST" + self + " -> 200", "POST" + self + " -> 200", listen},
      {Departure::empty_lines_dropped, Engine::firefox, "GET", {}, {hop(a, 200, with_empty)},
       "GET" + self + " -> 200 x-one=, 1", "GET" + self + " -> 200 x-one=1",
       [](Request& request) { request.headers.clear(); }},
      {Departure::preflight_keeps_origin, Engine::firefox, "GET", custom, {redirect(a, 307, c), hop(c, 200, open_to_all, page_only)},
       "OPTIONS(x-a)" + self + " GET" + self + " OPTIONS(x-a)@null GET@null -> preflight.cors-check.4",
       "OPTIONS(x-a)" + self + " GET" + self + " OPTIONS(x-a)" + self + " GET@null -> 200"},
      {Departure::preflight_home_unchecked, Engine::firefox, "GET", custom, {redirect(c, 307, a), hop(a, 200, open_to_all, lists_only)},
       "OPTIONS(x-a)@" + api + " GET@" + api + " OPTIONS(x-a)@" + api + " GET@null -> preflight.cors-check.2",
       "OPTIONS(x-a)@" + api + " GET@" + api + " OPTIONS(x-a)@" + api + " GET@null -> 200",
       [](Request& request) {
         request.page.origin = parse_origin(api);
         request.url = must_url(other + "/c");
       }},
      {Departure::preflight_again, Engine::webkit, "PUT", {}, {redirect(a, 303, b), hop(b)},
       "OPTIONS()" + self + " PUT" + self + " GET" + self + " -> 200", "OPTIONS()" + self + " PUT" + self + " OPTIONS()" + self + " GET" + self + " -> 200"},
      {Departure::preflight_foreseen, Engine::firefox, "POST", json, {redirect(a, 302, c), hop(c)},
       "POST@" + api + " GET@" + api + " -> 200", "POST@" + api + " OPTIONS()@" + api + " GET@" + api + " -> 200", home},
      {Departure::preflight_keeps_names, Engine::webkit, "POST", json, {redirect(a, 302, b), hop(b)},
       "OPTIONS(content-type)" + self + " POST" + self + " OPTIONS()" + self + " GET" + self + " -> 200",
       "OPTIONS(content-type)" + self + " POST" + self + " OPTIONS(content-type)" + self + " GET" + self + " -> 200"},
      {Departure::delete_becomes_get, Engine::webkit, "DELETE", {}, {redirect(a, 307, c), hop(c)},
       "OPTIONS()" + self + " DELETE" + self + " OPTIONS()@null DELETE@null -> 200", "OPTIONS()" + self + " DELETE" + self + " OPTIONS()@null GET@null -> 200"},
      {Departure::origin_sent_again, Engine::webkit, "POST", {}, {redirect(a, 302, b), hop(b)},
       "POST" + self + " GET@ -> opaque", "POST" + self + " GET" + self + " -> opaque", no_cors},
      {Departure::redirect_needs_location, Engine::chromium, "GET", {}, {hop(a, 302)}, "GET" + self + " -> redirect.error", "GET" + self + " -> 302", error},
      {Departure::equal_locations, Engine::chromium, "GET", {},
       {hop(a, 302, {{"Access-Control-Allow-Origin", "*"}, {"Location", b}, {"Location", b}}), hop(b)},
       "GET" + self + " -> redirect.location", "GET" + self + " GET" + self + " -> 200"},
      {Departure::locations_joined, Engine::webkit, "GET", {},
       {hop(a, 302, {{"Access-Control-Allow-Origin", "*"}, {"Location", b}, {"Location", b}}), hop(b)},
       "GET" + self + " -> redirect.location", "GET" + self + " GET" + self + " -> request.not-sent"},
      {Departure::bytes_read_as_utf8, Engine::webkit, "GET", {}, {hop(a, 200, exposing)}, "GET" + self + " -> 200 x-one=\xE9", "GET" + self + " -> 200 x-one=\xEF\xBF\xBD"},
      {Departure::manual_shows_body, Engine::webkit, "GET", {}, {bodied}, "GET" + self + " -> opaque", "GET" + self + " -> 0 body", manual},
      {Departure::addresses_share_no_site, Engine::chromium, "GET", {},
       {hop("http://127.0.0.1:8081/", 200, {{"Cross-Origin-Resource-Policy", "same-site"}})},
       "GET@ -> opaque", "GET@ -> resource-policy",
       [](Request& request) {
         request.mode = Mode::no_cors;
         request.url = must_url("http://127.0.0.1:8081/");
       }},
  };
}

class DepartureRow : public testing::TestWithParam<Row> {};

TEST_P(DepartureRow, IsAllThatDiffers) {
  const Row& row = GetParam();
  Request request;
  request.method = row.method;
  request.url = must_url(api + "/a");
  request.page.origin = parse_origin(page);
  request.credentials = Credentials::omit;
  request.headers = row.headers;
  if (row.adjust) row.adjust(request);
  PredictOptions options;
  options.engine = row.engine;
  EXPECT_EQ(in_short(predict(request, {row.hops}, options)), row.departing);
  options.engine.remove(row.departure);
  EXPECT_EQ(in_short(predict(request, {row.hops}, options)), row.standard);
}

INSTANTIATE_TEST_SUITE_P(Rows, DepartureRow, testing::ValuesIn(rows()), [](const auto& row) {
  std::string name(departure_name(row.param.departure));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Departures, EachHasARow) {
  std::set<Departure> rowed;
  for (const Row& row : rows()) rowed.insert(row.departure);
  for (Departure each : all_departures) EXPECT_TRUE(rowed.count(each)) << departure_name(each);
}

TEST(Departures, TheStandardHasNoneAndBrowsersTheCommonOnes) {
  for (Departure each : all_departures) {
    EXPECT_FALSE(Departures(Engine::standard).contains(each));
    const bool common = Departures(Engine::chromium).contains(each) && Departures(Engine::firefox).contains(each) && Departures(Engine::webkit).contains(each);
    EXPECT_EQ(Departures(Engine::browsers).contains(each), common) << departure_name(each);
  }
}

struct HintRow {
  const char *name, *value;
  bool plain;
};

const HintRow hints[] = {{"DPR", "1", true},      {"dpr", "1.5", true},   {"DPR", "1.", false},       {"DPR", ".5", false},   {"DPR", "-1", false},
                         {"DPR", "1e3", false},   {"DPR", "", false},     {"Width", "320", true},     {"Width", "1.5", false}, {"RTT", "50", true},
                         {"Downlink", "0", true}, {"ECT", "4g", true},    {"ECT", "4G", false},       {"Save-Data", "on", true},
                         {"Save-Data", "ON", true}, {"Save-Data", "off", false}, {"Device-Memory", "0.5", true}, {"Viewport-Width", "x", false}, {"X-DPR", "1", false}};

TEST(ClientHints, ArePlainByValue) {
  for (const HintRow& row : hints) EXPECT_EQ(is_plain_client_hint(row.name, row.value), row.plain) << row.name << ": " << row.value;
}

TEST(ReplacedBytes, KeepCharactersAndReplaceTheRest) {
  EXPECT_EQ(with_replaced_bytes("a\xC3\xA9\xE9z"), "a\xC3\xA9\xEF\xBF\xBDz");
  EXPECT_EQ(with_replaced_bytes("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(with_replaced_bytes("\xC3"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace blindspot
