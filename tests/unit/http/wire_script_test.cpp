// Wire scripts: reading, filling, writing, playing on paper.
#include "core/http/wire_script.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace blindspot {
namespace {

using nlohmann::json;

Script must_parse(const char* text) {
  const auto script = parse_script(json::parse(text));
  EXPECT_TRUE(script) << script.error().pointer << " " << script.error().problem;
  return script ? script.value() : Script{};
}

Round asked_with(const char* method, double received_ms = -1) {
  Round round;
  round.method = method;
  round.received_ms = received_ms;
  return round;
}

Round must_play(const char* text) {
  return play_on_paper(resolve_script(must_parse(text), {}), asked_with("GET"));
}

TEST(wire_script, every_act_is_read) {
  const Script script = must_parse(R"([{"act":"wait","ms":5},
      {"act":"head","status":201,"reason":"Yes","headers":[["A","b"]]}, {"act":"send","text":"x","repeat":3},
      {"act":"send","base64":"AAE="}, {"act":"drip","text":"abc","bytes":2,"every_ms":7}, {"act":"end"}])");
  EXPECT_EQ(script, (Script{act::Wait{5}, act::Head{201, "Yes", {{"A", "b"}}}, act::Send{"x", 3},
                            act::Send{std::string("\0\1", 2), 1}, act::Drip{"abc", 2, 7}, act::End{}}));
  EXPECT_EQ(must_parse(R"([{"act":"silence"}])"), Script{act::Silence{}});
  EXPECT_EQ(must_parse(R"([{"act":"stall"}])"), Script{act::Stall{}});
  EXPECT_EQ(must_parse(R"([{"act":"cut"}])"), Script{act::Cut{}});
}

struct ErrorRow {
  std::string name, text, pointer;
};
class script_error : public testing::TestWithParam<ErrorRow> {};
TEST_P(script_error, is_placed) {
  const auto script = parse_wire_script(json::parse(GetParam().text));
  ASSERT_FALSE(script);
  EXPECT_EQ(script.error().pointer, GetParam().pointer);
  EXPECT_FALSE(script.error().problem.empty());
}
INSTANTIATE_TEST_SUITE_P(
    wire, script_error,
    testing::Values(
        ErrorRow{"no_object", "[]", ""}, ErrorRow{"no_response", "{}", "/response"},
        ErrorRow{"unknown_field", R"({"reply":[]})", "/reply"}, ErrorRow{"empty", R"({"response":[]})", "/response"},
        ErrorRow{"no_list", R"({"response":{}})", "/response"},
        ErrorRow{"act_no_object", R"({"response":[1]})", "/response/0"},
        ErrorRow{"no_act", R"({"response":[{}]})", "/response/0/act"},
        ErrorRow{"unknown_act", R"({"response":[{"act":"explode"}]})", "/response/0/act"},
        ErrorRow{"unknown_act_field", R"({"response":[{"act":"end","ms":1}]})", "/response/0/ms"},
        ErrorRow{"status_range", R"({"response":[{"act":"head","status":99},{"act":"end"}]})", "/response/0/status"},
        ErrorRow{"status_text", R"({"response":[{"act":"head","status":"200"},{"act":"end"}]})", "/response/0/status"},
        ErrorRow{"header_pair", R"({"response":[{"act":"head","headers":[["A"]]},{"act":"end"}]})",
                 "/response/0/headers/0"},
        ErrorRow{"header_break", R"({"response":[{"act":"head","headers":[["A","b\r\nC: d"]]},{"act":"end"}]})",
                 "/response/0/headers/0/1"},
        ErrorRow{"header_name", R"({"response":[{"act":"head","headers":[["A:","b"]]},{"act":"end"}]})",
                 "/response/0/headers/0/0"},
        ErrorRow{"send_nothing", R"({"response":[{"act":"send"},{"act":"end"}]})", "/response/0"},
        ErrorRow{"send_both", R"({"response":[{"act":"send","text":"","base64":""},{"act":"end"}]})",
                 "/response/0/base64"},
        ErrorRow{"bad_base64", R"({"response":[{"act":"send","base64":"?"},{"act":"end"}]})", "/response/0/base64"},
        ErrorRow{
            "too_many_bytes",
            R"({"response":[{"act":"send","text":"0123456789012345678901234567890123456789","repeat":9999999},{"act":"end"}]})",
            "/response/0/repeat"},
        ErrorRow{"wait_too_long", R"({"response":[{"act":"wait","ms":600001},{"act":"end"}]})", "/response/0/ms"},
        ErrorRow{"drip_too_long", R"({"response":[{"act":"drip","text":"abc","every_ms":600000},{"act":"end"}]})",
                 "/response/0"},
        ErrorRow{"no_last_act", R"({"response":[{"act":"head"}]})", "/response/0"},
        ErrorRow{"two_last_acts", R"({"response":[{"act":"end"},{"act":"cut"}]})", "/response/0"},
        ErrorRow{"two_heads", R"({"response":[{"act":"head"},{"act":"head"},{"act":"end"}]})", "/response/1"},
        ErrorRow{"silence_after_head", R"({"response":[{"act":"head"},{"act":"silence"}]})", "/response/1"},
        ErrorRow{"preflight", R"({"response":[{"act":"end"}],"preflight":[{"act":"end"},{"act":"end"}]})",
                 "/preflight/0"}),
    [](const auto& row) { return row.param.name; });

TEST(wire_script, too_many_acts_are_refused) {
  json acts = json::array();
  for (int i = 0; i < 65; ++i) acts.push_back({{"act", "wait"}, {"ms", 1}});
  EXPECT_FALSE(parse_script(acts));
}

TEST(wire_script, slots_are_filled_in_values_and_bodies) {
  const Script script = {act::Head{302, "", {{"Location", "{lab}/x"}, {"A", "{page_origin}{unknown}"}}},
                         act::Send{"{\"a\":\"{self}\"} {dead}", 1}, act::End{}};
  const Script resolved = resolve_script(script, {"https://p", "http://s/1", "http://l", "http://d:9"});
  const auto& head = std::get<act::Head>(resolved[0]);
  EXPECT_EQ(head.reason, "Found");
  EXPECT_EQ(header_value(head.headers, "Location"), "http://l/x");
  EXPECT_EQ(header_value(head.headers, "A"), "https://p{unknown}");
  const std::string body = "{\"a\":\"http://s/1\"} http://d:9";
  EXPECT_EQ(std::get<act::Send>(resolved[1]).bytes, body);
  EXPECT_EQ(header_value(head.headers, "Content-Length"), std::to_string(body.size()));
}

TEST(wire_script, a_slot_value_is_not_filled_again) {
  const Script resolved = resolve_script({act::Send{"{page_origin}", 1}, act::End{}}, {"{self}", "oops", "", ""});
  EXPECT_EQ(std::get<act::Send>(resolved[0]).bytes, "{self}");
}

struct HeadRow {
  std::string name, text;
  std::optional<std::string> length, connection;
};
class script_head : public testing::TestWithParam<HeadRow> {};
TEST_P(script_head, is_completed) {
  const Script resolved = resolve_script(must_parse(GetParam().text.c_str()), {});
  const auto& head = std::get<act::Head>(resolved[0]);
  EXPECT_EQ(header_value(head.headers, "Content-Length"), GetParam().length);
  EXPECT_EQ(header_value(head.headers, "Connection"), GetParam().connection);
}
INSTANTIATE_TEST_SUITE_P(
    wire, script_head,
    testing::Values(
        HeadRow{"sends",
                R"([{"act":"head"},{"act":"send","text":"ab","repeat":4},{"act":"send","text":"c"},{"act":"end"}])",
                "9", "close"},
        HeadRow{"no_body", R"([{"act":"head","status":404},{"act":"end"}])", "0", "close"},
        HeadRow{"no_content", R"([{"act":"head","status":204},{"act":"end"}])", std::nullopt, "close"},
        HeadRow{"length_given",
                R"([{"act":"head","headers":[["content-length","99"]]},{"act":"send","text":"a"},{"act":"end"}])", "99",
                "close"},
        HeadRow{
            "chunked",
            R"([{"act":"head","headers":[["Transfer-Encoding","chunked"]]},{"act":"send","text":"a"},{"act":"end"}])",
            std::nullopt, "close"},
        HeadRow{"drip", R"([{"act":"head"},{"act":"drip","text":"a"},{"act":"end"}])", std::nullopt, "close"},
        HeadRow{"cut", R"([{"act":"head"},{"act":"send","text":"a"},{"act":"cut"}])", std::nullopt, "close"},
        HeadRow{"connection_given", R"([{"act":"head","headers":[["connection","keep-alive"]]},{"act":"end"}])", "0",
                "keep-alive"}),
    [](const auto& row) { return row.param.name; });

TEST(wire_script, the_head_is_written) {
  EXPECT_EQ(serialize_head({200, "", {{"A", "b"}, {"C", ""}}}), "HTTP/1.1 200 OK\r\nA: b\r\nC: \r\n\r\n");
  EXPECT_EQ(serialize_head({599, "", {}}), "HTTP/1.1 599 \r\n\r\n");
}

TEST(wire_script, the_permissive_preflight_allows_what_is_asked) {
  const Script script = permissive_preflight({{"Origin", "https://a"},
                                              {"Access-Control-Request-Method", "PUT"},
                                              {"Access-Control-Request-Headers", "x-a,x-b"}});
  ASSERT_EQ(script.size(), 2u);
  const Headers& headers = std::get<act::Head>(script[0]).headers;
  EXPECT_EQ(header_value(headers, "Access-Control-Allow-Origin"), "https://a");
  EXPECT_EQ(header_value(headers, "Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(header_value(headers, "Access-Control-Allow-Methods"), "PUT");
  EXPECT_EQ(header_value(headers, "Access-Control-Allow-Headers"), "x-a,x-b");
  EXPECT_EQ(header_value(std::get<act::Head>(permissive_preflight({})[0]).headers, "Access-Control-Allow-Origin"), "*");
}

struct PaperRow {
  std::string name, text;
  int status;
  std::string body, raw;
  Ending ending;
  double head_ms, end_ms;
};
class paper : public testing::TestWithParam<PaperRow> {};
TEST_P(paper, tells_what_happened) {
  const PaperRow& row = GetParam();
  const Round round = must_play(row.text.c_str());
  EXPECT_EQ(round.head ? round.head->status : 0, row.status);
  EXPECT_EQ(round.body, row.body);
  EXPECT_EQ(round.body_bytes, row.body.size());
  EXPECT_EQ(round.raw, row.raw);
  EXPECT_EQ(round.ending, row.ending) << ending_name(round.ending);
  EXPECT_EQ(round.head_ms, row.head_ms);
  EXPECT_EQ(round.end_ms, row.end_ms);
}
INSTANTIATE_TEST_SUITE_P(
    wire, paper,
    testing::Values(
        PaperRow{"answer",
                 R"([{"act":"wait","ms":30},{"act":"head"},{"act":"send","text":"ab","repeat":2},{"act":"end"}])", 200,
                 "abab", "", Ending::complete, 30, 30},
        PaperRow{
            "slow_body",
            R"([{"act":"head"},{"act":"drip","text":"abcde","bytes":2,"every_ms":10},{"act":"wait","ms":5},{"act":"end"}])",
            200, "abcde", "", Ending::complete, 0, 25},
        PaperRow{"too_short",
                 R"([{"act":"head","headers":[["Content-Length","9"]]},{"act":"send","text":"ab"},{"act":"end"}])", 200,
                 "ab", "", Ending::closed_early, 0, 0},
        PaperRow{
            "chunks",
            R"([{"act":"head","headers":[["Transfer-Encoding","chunked"]]},{"act":"send","text":"2\r\nab\r\n0\r\n\r\n"},{"act":"end"}])",
            200, "ab", "", Ending::complete, 0, 0},
        PaperRow{
            "chunks_broken_off",
            R"([{"act":"head","headers":[["Transfer-Encoding","chunked"]]},{"act":"send","text":"2\r\nab\r\n"},{"act":"end"}])",
            200, "ab", "", Ending::closed_early, 0, 0},
        PaperRow{"torn", R"([{"act":"head"},{"act":"send","text":"ab"},{"act":"wait","ms":4},{"act":"cut"}])", 200,
                 "ab", "", Ending::reset, 0, 4},
        PaperRow{"stalled", R"([{"act":"head"},{"act":"send","text":"a"},{"act":"stall"}])", 200, "a", "",
                 Ending::stalled, 0, -1},
        PaperRow{"silent", R"([{"act":"silence"}])", 0, "", "", Ending::stalled, -1, -1},
        PaperRow{"nothing", R"([{"act":"end"}])", 0, "", "", Ending::closed_early, -1, 0},
        PaperRow{"not_http", R"([{"act":"send","text":"SSH-2.0\r\n"},{"act":"end"}])", 0, "", "SSH-2.0\r\n",
                 Ending::complete, -1, 0}),
    [](const auto& row) { return row.param.name; });

TEST(wire_script, a_round_that_arrived_later_keeps_its_clock) {
  const Round round = play_on_paper({act::Wait{10}, act::Head{}, act::End{}}, asked_with("GET", 100));
  EXPECT_EQ(round.head_ms, 110);
  EXPECT_EQ(round.received_ms, 100);
}

TEST(wire_script, an_answer_to_head_is_whole_without_a_body) {
  const Script script = {act::Head{200, "", {{"Content-Length", "9"}}}, act::End{}};
  EXPECT_EQ(play_on_paper(script, asked_with("HEAD")).ending, Ending::complete);
  EXPECT_EQ(play_on_paper(script, asked_with("GET")).ending, Ending::closed_early);
}

TEST(wire_script, of_a_large_body_the_rest_is_counted) {
  const Round round =
      play_on_paper({act::Head{}, act::Send{std::string(1 << 20, 'x'), 200}, act::End{}}, asked_with("GET"));
  EXPECT_EQ(round.body_bytes, std::uint64_t{200} << 20);
  EXPECT_EQ(round.body.size(), std::size_t{16} << 20);
}

TEST(NextOfCase, StandsUnderTheOtherNameOfTheLab) {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"http://127.0.0.1:8081/case/cors-redirect/orders?run=a", "http://localhost:8081/case/cors-redirect/next?run=a"},
      {"http://localhost:8081/case/cors-redirect", "http://127.0.0.1:8081/case/cors-redirect/next"},
      {"http://127.0.0.1:8081/case/cors-redirect/good/orders", "http://localhost:8081/case/cors-redirect/good/next"},
      {"http://127.0.0.1:8081/case/cors-redirect/good", "http://localhost:8081/case/cors-redirect/good/next"},
      {"http://127.0.0.1:8081/case/cors-redirect/goods/7", "http://localhost:8081/case/cors-redirect/next"},
      {"http://10.0.0.7:8081/case/cors-redirect/orders", "http://10.0.0.7:8081/case/cors-redirect/next"},
      {"http://127.0.0.1:8081/mix/status=200", "http://127.0.0.1:8081/mix/status=200"}};
  for (const auto& [call, next] : rows) {
    const auto url = parse_url(call);
    ASSERT_TRUE(url) << call;
    EXPECT_EQ(next_of_case(url.value()), next);
  }
}

}  // namespace
}  // namespace blindspot
