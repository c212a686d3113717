// The smallest repair: it works, nothing in it can be left out, a second one is empty, and obstacles are named.
#include "core/cors/repair.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/cors/corpus.hpp"

namespace blindspot {
namespace {

constexpr const char* home = "https://app.example.com";
constexpr const char* api = "https://api.example.com/v1";

Request must_ask(const std::string& method = "GET", Headers headers = {},
                 Credentials credentials = Credentials::same_origin, const std::string& url = api) {
  Request request;
  request.method = method;
  request.url = corpus::must_parse_url(url);
  request.headers = std::move(headers);
  request.credentials = credentials;
  request.page.origin = parse_origin(home);
  return request;
}

Round answered(int status, Headers headers) {
  Round round;
  round.head = ResponseHead{status, "", std::move(headers)};
  return round;
}

Exchange one_hop(std::optional<Round> preflight, std::optional<Round> actual) {
  return {{{std::move(preflight), std::move(actual)}}};
}

// One line an edit: "preflight append-header Access-Control-Allow-Origin: x", the hop in front where it is not the first.
std::vector<std::string> lines_of(const Repair& repair) {
  std::vector<std::string> lines;
  for (const Edit& edit : repair.edits) {
    std::string line = edit.hop == 0 ? "" : std::to_string(edit.hop) + " ";
    line += std::string(leg_name(edit.leg)) + " " + std::string(edit_kind_name(edit.kind)) + " ";
    if (edit.status != 0) line += std::to_string(edit.status);
    if (!edit.name.empty()) line += edit.name + (edit.value.empty() ? "" : ": " + edit.value);
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> warnings_of(const Repair& repair) {
  std::set<std::string> names;
  for (const Warning& warning : repair.warnings) names.insert(std::string(caution_name(warning.caution)));
  return {names.begin(), names.end()};
}

void expect_sound(const Request& request, const Exchange& exchange, const RepairOptions& options) {
  const Repair found = repair(request, exchange, options);
  if (found.obstacle) {
    EXPECT_TRUE(found.edits.empty());
    EXPECT_FALSE(found.stuck_at.empty());
    EXPECT_FALSE(obstacle_name(*found.obstacle).empty());
    return;
  }
  const Exchange mended = apply_repair(exchange, found);
  EXPECT_TRUE(predict(request, mended, options.predict).verdict.allowed);
  const Repair again = repair(request, mended, options);
  EXPECT_TRUE(again.edits.empty()) << lines_of(again).front();
  EXPECT_FALSE(again.obstacle);
  for (std::size_t left_out = 0; left_out < found.edits.size(); ++left_out) {
    const Edit& edit = found.edits[left_out];
    // A header to be read does not decide, and predict takes a preflight that nobody recorded for answered.
    if (edit.why == "done" || (edit.kind == EditKind::answer && edit.leg == Leg::preflight)) continue;
    Repair less = found;
    less.edits.erase(less.edits.begin() + static_cast<std::ptrdiff_t>(left_out));
    EXPECT_FALSE(predict(request, apply_repair(exchange, less), options.predict).verdict.allowed)
        << lines_of(found)[left_out] << " is not needed";
  }
}

TEST(cors_corpus, every_failure_is_mended_or_says_why_not) {
  int mended = 0, named = 0, fine = 0;
  const auto run = corpus::for_each_case([&](const corpus::json& entry) {
    const Request request = corpus::request_from(entry);
    const Exchange exchange = corpus::exchange_from(entry, request);
    RepairOptions options;
    options.predict = corpus::options_from(entry);
    expect_sound(request, exchange, options);
    const Repair found = repair(request, exchange, options);
    const bool passes = entry.at("expect") == "pass";
    if (passes) {
      EXPECT_EQ(found, Repair{});
    }
    ++(passes ? fine : found.obstacle ? named : mended);
  });
  if (!run) GTEST_SKIP() << "no cors.jsonl under " << cases_folder();
  EXPECT_EQ(*run, corpus::expected_cases);
  EXPECT_GT(mended, 200);
  EXPECT_GT(named, 0);
  RecordProperty("mended", mended);
  RecordProperty("obstacles", named);
}

using Lines = std::vector<std::string>;

struct Row {
  std::string name;
  Request request;
  Exchange exchange;
  Lines edits, warnings;
  std::vector<std::string> exposed = {};
};

const std::string origin_line = std::string("Access-Control-Allow-Origin: ") + home;

const std::vector<Row>& rows() {
  const Header any{"Access-Control-Allow-Origin", "*"}, own{"Access-Control-Allow-Origin", home};
  const Header yes{"Access-Control-Allow-Credentials", "true"};
  static const std::vector<Row> all = {
      {"already_allowed", must_ask(), one_hop({}, answered(200, {any})), {}, {}},
      {"origin_missing",
       must_ask(),
       one_hop({}, answered(200, {})),
       {"actual append-header " + origin_line},
       {"vary-origin-needed"}},
      {"vary_is_there",
       must_ask(),
       one_hop({}, answered(200, {{"Vary", "Accept, Origin"}})),
       {"actual append-header " + origin_line},
       {}},
      {"other_origin",
       must_ask(),
       one_hop({}, answered(200, {{"Access-Control-Allow-Origin", "https://other.example.com"}})),
       {"actual set-header " + origin_line},
       {"other-origin-replaced", "vary-origin-needed"}},
      {"trailing_slash",
       must_ask(),
       one_hop({}, answered(200, {{"Access-Control-Allow-Origin", std::string(home) + "/"}})),
       {"actual set-header " + origin_line},
       {"vary-origin-needed"}},
      {"twice_the_same",
       must_ask(),
       one_hop({}, answered(200, {own, own})),
       {"actual set-header " + origin_line},
       {"vary-origin-needed"}},
      {"wildcard_with_credentials",
       must_ask("GET", {}, Credentials::include),
       one_hop({}, answered(200, {any})),
       {"actual set-header " + origin_line, "actual append-header Access-Control-Allow-Credentials: true"},
       {"never-reflect-any-origin", "vary-origin-needed", "wildcard-narrowed"}},
      {"credentials_in_capitals",
       must_ask("GET", {}, Credentials::include),
       one_hop({}, answered(200, {own, {"Access-Control-Allow-Credentials", "True"}})),
       {"actual set-header Access-Control-Allow-Credentials: true"},
       {}},
      {"header_joins_those_listed",
       must_ask("POST", {{"X-B", "1"}, {"X-A", "1"}, {"Content-Type", "application/json"}}),
       one_hop(answered(204, {any, {"Access-Control-Allow-Headers", "Content-Type, X-Old"}}), answered(200, {any})),
       {"preflight set-header Access-Control-Allow-Headers: Content-Type, X-Old, x-a, x-b"},
       {}},
      {"authorization_under_wildcard",
       must_ask("GET", {{"Authorization", "Bearer x"}}),
       one_hop(answered(204, {any, {"Access-Control-Allow-Headers", "*"}}), answered(200, {any})),
       {"preflight set-header Access-Control-Allow-Headers: *, authorization"},
       {}},
      {"wildcard_lists_with_credentials",
       must_ask("PUT", {{"X-A", "1"}}, Credentials::include),
       one_hop(answered(204, {own, yes, {"Access-Control-Allow-Headers", "*"}, {"Access-Control-Allow-Methods", "*"}}),
               answered(200, {own, yes})),
       {"preflight set-header Access-Control-Allow-Methods: *, PUT",
        "preflight set-header Access-Control-Allow-Headers: *, x-a"},
       {"wildcard-is-literal"}},
      {"lists_that_cannot_be_read",
       must_ask("PUT", {{"X-A", "1"}}),
       one_hop(answered(204, {any,
                              {"Access-Control-Allow-Methods", "GET, [PUT]"},
                              {"Access-Control-Allow-Headers", "x a, x-c"}}),
               answered(200, {any})),
       {"preflight set-header Access-Control-Allow-Methods: GET, PUT",
        "preflight set-header Access-Control-Allow-Headers: x-c, x-a"},
       {}},
      {"nonsense_that_nothing_needs",
       must_ask("POST", {{"X-A", "1"}}),
       one_hop(answered(204, {any, {"Access-Control-Allow-Methods", "[POST]"}, {"Access-Control-Allow-Headers", "x-a"}}),
               answered(200, {any})),
       {"preflight remove-header Access-Control-Allow-Methods"},
       {}},
      {"preflight_wants_login",
       must_ask("DELETE"),
       one_hop(answered(401, {}), std::nullopt),
       {"preflight append-header " + origin_line, "preflight set-status 204",
        "preflight append-header Access-Control-Allow-Methods: DELETE", "actual answer 200",
        "actual append-header " + origin_line},
       {"answer-assumed", "preflight-before-login", "vary-origin-needed"}},
      {"preflight_redirected",
       must_ask("DELETE"),
       one_hop(answered(301, {any, {"Location", "/v1/"}, {"Access-Control-Allow-Methods", "DELETE"}}),
               answered(200, {any})),
       {"preflight set-status 204"},
       {}},
      {"preflight_without_answer",
       must_ask("DELETE"),
       [] {
         Round round;
         round.ending = Ending::reset;
         return one_hop(round, answered(200, {{"Access-Control-Allow-Origin", "*"}}));
       }(),
       {"preflight answer 204", "preflight append-header " + origin_line,
        "preflight append-header Access-Control-Allow-Methods: DELETE"},
       {"vary-origin-needed"}},
      {"two_lengths",
       must_ask(),
       one_hop({}, answered(200, {any, {"Content-Length", "1"}, {"Content-Length", "2"}})),
       {"actual remove-header Content-Length"},
       {}},
      {"credentials_in_location",
       must_ask(),
       {{{{}, answered(302, {any, {"Location", "https://u:p@files.example.com/x"}})}}},
       {"actual set-header Location: https://files.example.com/x", "1 actual answer 200",
        "1 actual append-header Access-Control-Allow-Origin: null"},
       {"answer-assumed", "null-origin-allowed", "redirect-taints-origin", "vary-origin-needed"}},
      {"second_hop",
       must_ask(),
       {{{{}, answered(302, {any, {"Location", "/v2"}})}, {{}, answered(200, {})}}},
       {"1 actual append-header " + origin_line},
       {"vary-origin-needed"}},
      {"exposed_headers",
       must_ask(),
       one_hop({}, answered(200, {any, {"Access-Control-Expose-Headers", "X-Old"}})),
       {"actual set-header Access-Control-Expose-Headers: X-Old, X-Total, ETag"},
       {"cannot-be-exposed"},
       {"X-Total", "content-type", "x-old", "ETag", "x-total", "Set-Cookie"}},
      {"exposed_wildcard_with_credentials",
       must_ask("GET", {}, Credentials::include),
       one_hop({}, answered(200, {own, yes, {"Access-Control-Expose-Headers", "*"}})),
       {"actual set-header Access-Control-Expose-Headers: *, X-Total"},
       {"wildcard-is-literal"},
       {"X-Total"}},
      {"resource_policy",
       [] {
         Request request = must_ask("GET", {}, Credentials::same_origin, "https://api.example.org/");
         request.mode = Mode::no_cors;
         return request;
       }(),
       one_hop({}, answered(200, {{"Cross-Origin-Resource-Policy", "same-origin"}})),
       {"actual set-header Cross-Origin-Resource-Policy: cross-origin"},
       {"resource-open-to-all"}},
  };
  return all;
}

class repair_row : public testing::TestWithParam<std::size_t> {};
TEST_P(repair_row, is_the_smallest) {
  const Row& row = rows()[GetParam()];
  RepairOptions options;
  options.exposed = row.exposed;
  const Repair found = repair(row.request, row.exchange, options);
  EXPECT_FALSE(found.obstacle);
  EXPECT_EQ(lines_of(found), row.edits);
  EXPECT_EQ(warnings_of(found), row.warnings);
  expect_sound(row.request, row.exchange, options);
}
INSTANTIATE_TEST_SUITE_P(repairs, repair_row, testing::Range(std::size_t{0}, rows().size()),
                         [](const auto& row) { return rows()[row.param].name; });

struct ObstacleRow {
  std::string name;
  Obstacle expected;
  Request request;
  Exchange exchange;
  PredictOptions options = {};
};

Round reached(Reach reach) {
  Round round;
  round.reach = reach;
  return round;
}

Request in_mode(Request request, Mode mode, Redirect redirect = Redirect::follow) {
  request.mode = mode;
  request.redirect = redirect;
  return request;
}

const std::vector<ObstacleRow>& obstacles() {
  const Header any{"Access-Control-Allow-Origin", "*"};
  const auto ok = one_hop({}, answered(200, {any}));
  const auto led_to = [&](const std::string& where) {
    return one_hop({}, answered(302, {any, {"Location", where}}));
  };
  const auto ask_at = [](const std::string& url) { return must_ask("GET", {}, Credentials::same_origin, url); };
  Request hasty = must_ask();
  hasty.time_limit_ms = 100;
  Round slow = answered(200, {any});
  slow.head_ms = 500;
  Round cut = answered(200, {any, {"Content-Length", "10"}});
  cut.ending = Ending::reset;
  Round silent;
  silent.ending = Ending::reset;
  PredictOptions asked, cancelled;
  asked.local_network = LocalNetwork{};
  asked.local_network->permission = Permission::denied;
  cancelled.cancelled = true;
  static const std::vector<ObstacleRow> all = {
      {"url_invalid", Obstacle::url_invalid, ask_at("https://u:p@api.example.com/"), ok},
      {"method_forbidden", Obstacle::method_forbidden, must_ask("TRACE"), ok},
      {"header_invalid", Obstacle::header_invalid, must_ask("GET", {{"X A", "1"}}), ok},
      {"mode_no_cors", Obstacle::mode_no_cors, in_mode(must_ask("PUT"), Mode::no_cors), ok},
      {"mode_same_origin", Obstacle::mode_same_origin, in_mode(must_ask(), Mode::same_origin), ok},
      {"scheme_forbidden", Obstacle::scheme_forbidden, ask_at("ftp://api.example.com/"), ok},
      {"port_blocked", Obstacle::port_blocked, ask_at("https://api.example.com:25/"), ok},
      {"mixed_content", Obstacle::mixed_content, ask_at("http://api.example.com/"), ok},
      {"caller_cancelled", Obstacle::caller_cancelled, must_ask(), ok, cancelled},
      {"local_network", Obstacle::local_network, ask_at("http://192.168.1.1/"), ok, asked},
      {"held_back", Obstacle::held_back, must_ask(), one_hop({}, reached(Reach::not_sent))},
      {"not_recorded", Obstacle::not_recorded, must_ask(), {}},
      {"offline", Obstacle::offline, must_ask(), one_hop({}, reached(Reach::offline))},
      {"name_unknown", Obstacle::name_unknown, must_ask(), one_hop({}, reached(Reach::unknown_host))},
      {"not_reachable", Obstacle::not_reachable, must_ask(), one_hop({}, reached(Reach::refused))},
      {"tls_refused", Obstacle::tls_refused, must_ask("PUT"), one_hop(reached(Reach::tls_expired), {})},
      {"no_answer", Obstacle::no_answer, must_ask(), one_hop({}, silent)},
      {"body_incomplete", Obstacle::body_incomplete, must_ask(), one_hop({}, cut)},
      {"too_late", Obstacle::too_late, hasty, one_hop({}, slow)},
      {"redirect_refused", Obstacle::redirect_refused, in_mode(must_ask(), Mode::cors, Redirect::error), led_to("/x")},
      {"redirect_location", Obstacle::redirect_location, must_ask(), led_to("http://[")},
      {"redirect_scheme", Obstacle::redirect_scheme, must_ask(), led_to("mailto:a")},
      {"redirect_loop", Obstacle::redirect_loop, must_ask(), led_to("/v1")},
      {"redirect_loop_with_another_origin",
       Obstacle::redirect_loop,
       must_ask(),
       {{{{}, answered(302, {{"Access-Control-Allow-Origin", home}, {"Location", "https://b.example.com/"}})},
         {{}, answered(302, {{"Access-Control-Allow-Origin", home}, {"Location", api}})}}}},
      {"redirect_port", Obstacle::redirect_port, must_ask(), led_to("https://api.example.com:25/")},
      {"redirect_mixed_content", Obstacle::redirect_mixed_content, must_ask(), led_to("http://api.example.com/")},
  };
  return all;
}

class obstacle_row : public testing::TestWithParam<std::size_t> {};
TEST_P(obstacle_row, is_named) {
  const ObstacleRow& row = obstacles()[GetParam()];
  RepairOptions options;
  options.predict = row.options;
  const Repair found = repair(row.request, row.exchange, options);
  ASSERT_TRUE(found.obstacle) << (found.edits.empty() ? "no edits" : lines_of(found).front());
  EXPECT_EQ(obstacle_name(*found.obstacle), obstacle_name(row.expected));
  expect_sound(row.request, row.exchange, options);
}
INSTANTIATE_TEST_SUITE_P(repairs, obstacle_row, testing::Range(std::size_t{0}, obstacles().size()),
                         [](const auto& row) { return obstacles()[row.param].name; });

TEST(policy, holds_what_is_asked_and_what_was_allowed) {
  const Request request = must_ask("PATCH", {{"X-A", "1"}}, Credentials::include);
  const Exchange exchange = one_hop(answered(404, {{"Access-Control-Allow-Origin", "*"},
                                                   {"Access-Control-Allow-Methods", "GET, *"},
                                                   {"Access-Control-Allow-Headers", "X-Old"},
                                                   {"Access-Control-Max-Age", "600"}}),
                                    std::nullopt);
  RepairOptions options;
  options.exposed = {"ETag"};
  const Exchange mended = apply_repair(exchange, repair(request, exchange, options));
  const std::optional<CorsPolicy> policy = policy_of(request, mended, options);
  ASSERT_TRUE(policy);
  EXPECT_EQ(*policy, (CorsPolicy{{home}, {"GET", "PATCH"}, {"X-Old", "x-a"}, {"ETag"}, true, 600}));
}

TEST(policy, is_open_where_the_answer_is) {
  const Exchange exchange = one_hop({}, answered(200, {{"Access-Control-Allow-Origin", "*"}}));
  EXPECT_EQ(policy_of(must_ask(), exchange), (CorsPolicy{{"*"}, {"GET"}, {}, {}, false, std::nullopt}));
}

TEST(policy, does_not_exist_within_one_origin) {
  const Exchange exchange = one_hop({}, answered(200, {}));
  const std::string own = std::string(home) + "/";
  EXPECT_FALSE(policy_of(must_ask("GET", {}, Credentials::include, own), exchange));
}

// What a preflight leaves in the cache, and for how long.

struct MaxAgeRow {
  std::string name;
  std::vector<std::string> values;
  double expected;
};
class max_age_row : public testing::TestWithParam<MaxAgeRow> {};
TEST_P(max_age_row, is_read) {
  Headers headers;
  for (const std::string& value : GetParam().values) headers.push_back({"Access-Control-Max-Age", value});
  EXPECT_EQ(preflight_max_age_s(headers, 7200), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(preflight_cache, max_age_row,
                         testing::Values(MaxAgeRow{"unsaid", {}, 5}, MaxAgeRow{"said", {" 60 "}, 60},
                                         MaxAgeRow{"nought", {"0"}, 0}, MaxAgeRow{"capped", {"86400"}, 7200},
                                         MaxAgeRow{"endless", {"99999999999999999999999"}, 7200},
                                         MaxAgeRow{"negative", {"-1"}, 5}, MaxAgeRow{"fraction", {"1.5"}, 5},
                                         MaxAgeRow{"empty", {""}, 5}, MaxAgeRow{"twice", {"60", "60"}, 5}),
                         [](const auto& row) { return row.param.name; });

TEST(preflight_cache, spares_the_next_preflight) {
  const Request request = must_ask("PUT", {{"X-A", "1"}});
  const ResponseHead head{204,
                          "",
                          {{"Access-Control-Allow-Origin", "*"},
                           {"Access-Control-Allow-Methods", "PUT"},
                           {"Access-Control-Allow-Headers", "x-a"},
                           {"Access-Control-Max-Age", "60"}}};
  PreflightCache cache;
  remember_preflight(cache, request, home, head, 7200);
  EXPECT_EQ(cache.size(), 2u);
  EXPECT_FALSE(decide_cors_preflight(request, home, cache).needed);
  remember_preflight(cache, request, home, head, 7200);
  EXPECT_EQ(cache.size(), 2u);
  for (PreflightCacheEntry& entry : cache) entry.age_s = 60;
  EXPECT_TRUE(decide_cors_preflight(request, home, cache).needed);
}

TEST(preflight_cache, keeps_the_method_of_an_upload_that_is_listened_to) {
  Request request = must_ask("POST");
  request.upload_listeners = true;
  PreflightCache cache;
  remember_preflight(cache, request, home, {204, "", {}}, 7200);
  EXPECT_FALSE(decide_cors_preflight(request, home, cache).needed);
}

struct SpaceRow {
  std::string name, host;
  AddressSpace expected;
};
class address_space_row : public testing::TestWithParam<SpaceRow> {};
TEST_P(address_space_row, is_told_from_the_host) {
  const auto url = parse_url("http://" + GetParam().host + "/");
  ASSERT_TRUE(url);
  EXPECT_EQ(address_space_of(url.value().host), GetParam().expected) << url.value().host;
}
INSTANTIATE_TEST_SUITE_P(
    local_network, address_space_row,
    testing::Values(SpaceRow{"loopback", "127.1", AddressSpace::loopback},
                    SpaceRow{"nought", "0.0.0.0", AddressSpace::loopback},
                    SpaceRow{"localhost", "a.localhost", AddressSpace::loopback},
                    SpaceRow{"loopback6", "[::1]", AddressSpace::loopback},
                    SpaceRow{"mapped_loopback", "[::ffff:127.0.0.1]", AddressSpace::loopback},
                    SpaceRow{"ten", "10.0.0.1", AddressSpace::local}, SpaceRow{"home", "192.168.0.1", AddressSpace::local},
                    SpaceRow{"seventeen", "172.31.0.1", AddressSpace::local},
                    SpaceRow{"beside_seventeen", "172.32.0.1", AddressSpace::everyone},
                    SpaceRow{"carrier", "100.64.0.1", AddressSpace::local},
                    SpaceRow{"link", "169.254.1.1", AddressSpace::local},
                    SpaceRow{"unique6", "[fd00::1]", AddressSpace::local},
                    SpaceRow{"link6", "[fe80::1]", AddressSpace::local},
                    SpaceRow{"mapped_home", "[::ffff:192.168.0.1]", AddressSpace::local},
                    SpaceRow{"name_local", "printer.local", AddressSpace::local},
                    SpaceRow{"public4", "192.0.2.1", AddressSpace::everyone},
                    SpaceRow{"public6", "[2001:db8::1]", AddressSpace::everyone},
                    SpaceRow{"name", "example.com", AddressSpace::everyone},
                    SpaceRow{"name_like_an_address", "10.example.com", AddressSpace::everyone}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace blindspot
