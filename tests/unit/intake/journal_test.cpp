// The lab's journal read into an exchange: hops, retries, bytes, and whatever else may come instead.
#include "core/intake/journal.hpp"

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

const Request& asked() {
  static const Request request = must_request("POST", "http://127.0.0.1:8081/case/ok/orders");
  return request;
}

Journal must_read(std::string_view text) {
  const std::optional<Journal> journal = parse_journal(text, asked());
  EXPECT_TRUE(journal) << text;
  return journal.value_or(Journal{});
}

constexpr std::string_view whole = R"({"run":"r1","age_ms":40,"rounds":[
  {"preflight":true,"method":"OPTIONS","url":"http://127.0.0.1:8081/case/ok/orders?run=r1",
   "request_headers":[["Origin","http://localhost:8080"],["Access-Control-Request-Headers","x-token"]],"request_bytes":0,
   "head":{"status":204,"reason":"No Content","headers":[["Access-Control-Allow-Headers","x-token"]]},
   "body":"","body_bytes":0,"ending":"complete","received_ms":0,"head_ms":1.5,"end_ms":2},
  {"preflight":false,"method":"POST","url":"http://127.0.0.1:8081/case/ok/orders?run=r1","request_headers":[],"request_bytes":17,
   "head":{"status":200,"reason":"OK","headers":[["Content-Type","application/json"]]},
   "body":"{\"id\":1}","body_bytes":8,"ending":"reset","received_ms":3,"head_ms":4,"end_ms":5}],
  "connections_without_request":[]})";

TEST(journal, preflight_and_request_make_one_hop) {
  const Journal journal = must_read(whole);
  ASSERT_EQ(journal.exchange.hops.size(), 1u);
  const Hop& hop = journal.exchange.hops[0];
  ASSERT_TRUE(hop.preflight && hop.actual);
  EXPECT_EQ(hop.preflight->method, "OPTIONS");
  EXPECT_EQ(header_value(hop.preflight->request_headers, "origin"), "http://localhost:8080");
  EXPECT_EQ(hop.preflight->head, (ResponseHead{204, "No Content", {{"Access-Control-Allow-Headers", "x-token"}}}));
  EXPECT_EQ(hop.preflight->head_ms, 1.5);
  EXPECT_EQ(hop.actual->request_bytes, 17u);
  EXPECT_EQ(hop.actual->body, "{\"id\":1}");
  EXPECT_EQ(hop.actual->body_bytes, 8u);
  EXPECT_EQ(hop.actual->ending, Ending::reset);
  EXPECT_EQ(hop.actual->reach, Reach::connected);
  EXPECT_EQ(hop.actual->received_ms, 3);
  EXPECT_EQ(serialize_url(hop.actual->url), "http://127.0.0.1:8081/case/ok/orders?run=r1");
  EXPECT_EQ(journal.repeats, 0);
  EXPECT_FALSE(journal.open);
}

std::string round_text(const std::string& method, const std::string& more, bool preflight = false) {
  return "{\"preflight\":" + std::string(preflight ? "true" : "false") + ",\"method\":\"" + method + "\",\"url\":\"http://127.0.0.1:8081/a\",\"ending\":\"complete\"" + more + "}";
}

Journal must_read_rounds(const std::vector<std::string>& rounds) {
  std::string text = "{\"rounds\":[";
  for (std::size_t i = 0; i < rounds.size(); ++i) text += (i ? "," : "") + rounds[i];
  return must_read(text + "]}");
}

const std::string redirect = R"(,"head":{"status":302,"headers":[["Location","/b"]]})";
const std::string answer = R"(,"head":{"status":200,"headers":[]})";

TEST(journal, a_redirect_begins_a_hop) {
  const Journal journal = must_read_rounds({round_text("GET", redirect), round_text("GET", redirect), round_text("GET", answer)});
  ASSERT_EQ(journal.exchange.hops.size(), 3u);
  EXPECT_EQ(journal.exchange.hops[2].actual->head->status, 200);
  EXPECT_EQ(journal.repeats, 0);
}

TEST(journal, a_hop_after_a_redirect_may_have_a_preflight_of_its_own) {
  const Journal journal = must_read_rounds({round_text("OPTIONS", answer, true), round_text("PUT", redirect), round_text("OPTIONS", answer, true), round_text("PUT", answer)});
  ASSERT_EQ(journal.exchange.hops.size(), 2u);
  EXPECT_TRUE(journal.exchange.hops[1].preflight && journal.exchange.hops[1].actual);
}

TEST(journal, a_304_or_a_redirect_without_location_begins_none) {
  const Journal journal = must_read_rounds({round_text("GET", R"(,"head":{"status":304,"headers":[]})"), round_text("GET", answer)});
  EXPECT_EQ(journal.exchange.hops.size(), 1u);
  EXPECT_EQ(journal.repeats, 1);
}

TEST(journal, what_comes_again_is_the_browser_trying_again) {
  const Journal journal = must_read_rounds({round_text("GET", R"(,"request_bytes":1)"), round_text("GET", R"(,"request_bytes":2)"), round_text("GET", R"(,"request_bytes":3)")});
  ASSERT_EQ(journal.exchange.hops.size(), 1u);
  EXPECT_EQ(journal.repeats, 2);
  EXPECT_EQ(journal.exchange.hops[0].actual->request_bytes, 3u) << "the last one counts";
}

TEST(journal, a_preflight_alone_leaves_the_request_out) {
  const Journal journal = must_read_rounds({round_text("OPTIONS", answer, true)});
  ASSERT_EQ(journal.exchange.hops.size(), 1u);
  EXPECT_TRUE(journal.exchange.hops[0].preflight);
  EXPECT_FALSE(journal.exchange.hops[0].actual);
}

TEST(journal, something_still_going_on_is_told) {
  EXPECT_TRUE(must_read(R"({"rounds":[{"method":"GET","ending":"open"}]})").open);
  EXPECT_TRUE(must_read(R"({"rounds":[{"method":"GET","ending":"open"},{"method":"GET","ending":"complete"}]})").open);
  EXPECT_FALSE(must_read_rounds({round_text("GET", answer)}).open);
}

TEST(journal, bytes_come_as_base64) {
  const Journal journal = must_read_rounds({round_text("GET", R"(,"raw":"U1NILTIuMA0K","body_base64":"AP8=")")});
  EXPECT_EQ(journal.exchange.hops[0].actual->raw, "SSH-2.0\r\n");
  EXPECT_EQ(journal.exchange.hops[0].actual->body, std::string("\0\xff", 2));
  EXPECT_EQ(must_read_rounds({round_text("GET", R"(,"raw":"not base64!")")}).exchange.hops[0].actual->raw, "");
}

TEST(journal, no_rounds_are_an_empty_exchange) {
  const Journal journal = must_read(R"({"run":"r1","rounds":[]})");
  EXPECT_TRUE(journal.exchange.hops.empty());
  EXPECT_FALSE(journal.open);
}

struct LenientRow {
  std::string name, round;
};
class lenient : public testing::TestWithParam<LenientRow> {};
TEST_P(lenient, what_is_missing_or_of_another_type_counts_as_unknown) {
  const Journal journal = must_read("{\"rounds\":[" + GetParam().round + "]}");
  ASSERT_EQ(journal.exchange.hops.size(), 1u);
  ASSERT_TRUE(journal.exchange.hops[0].actual);
  const Round& round = *journal.exchange.hops[0].actual;
  EXPECT_FALSE(round.head);
  EXPECT_EQ(round.body_bytes, 0u);
  EXPECT_EQ(round.end_ms, -1);
  EXPECT_EQ(round.url, asked().url);
  EXPECT_TRUE(journal.open) << "an ending nobody knows";
}
INSTANTIATE_TEST_SUITE_P(
    intake, lenient,
    testing::Values(LenientRow{"empty_object", "{}"}, LenientRow{"number", "7"}, LenientRow{"null", "null"}, LenientRow{"text", "\"GET\""},
                    LenientRow{"wrong_types", R"({"preflight":"yes","method":1,"url":[],"request_headers":{"a":"b"},"head":"200","body":5,"body_bytes":"8","ending":3,"end_ms":"x"})"},
                    LenientRow{"null_head", R"({"head":null,"ending":null})"}, LenientRow{"negative_sizes", R"({"body_bytes":-5,"request_bytes":-1})"},
                    LenientRow{"unknown_ending", R"({"ending":"vanished"})"}, LenientRow{"bad_url", R"({"url":"http://:99999"})"}),
    RowName());

TEST(lenient, pairs_that_are_none_are_left_out) {
  const Journal journal = must_read(R"({"rounds":[{"request_headers":[["A","1"],["B"],"C",["D",2],["E","5"]]}]})");
  EXPECT_EQ(journal.exchange.hops[0].actual->request_headers, (Headers{{"A", "1"}, {"E", "5"}}));
}

struct GarbageRow {
  std::string name, text;
};
class no_journal : public testing::TestWithParam<GarbageRow> {};
TEST_P(no_journal, is_taken_for_one) { EXPECT_FALSE(parse_journal(GetParam().text, asked())); }
INSTANTIATE_TEST_SUITE_P(intake, no_journal,
                         testing::Values(GarbageRow{"empty", ""}, GarbageRow{"html", "<html>404</html>"}, GarbageRow{"truncated", "{\"rounds\":["}, GarbageRow{"array", "[]"},
                                         GarbageRow{"no_rounds", "{}"}, GarbageRow{"rounds_an_object", "{\"rounds\":{}}"}, GarbageRow{"binary", std::string("\x1f\x8b\0", 3)}),
                         RowName());

}  // namespace
}  // namespace blindspot
