// Slots and sentences: what is filled in, what stands for the unknown, and that nothing breaks off.
#include <gtest/gtest.h>

#include "core/explain/explanation.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

struct FillRow {
  std::string name, text;
  Slots slots;
  std::string expected;
};
class filling : public testing::TestWithParam<FillRow> {};
TEST_P(filling, of_slots) { EXPECT_EQ(fill_slots(GetParam().text, GetParam().slots, Language::en), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    explain, filling,
    testing::Values(FillRow{"known", "asks for {header}.", {{"header", "X-Token"}}, "asks for X-Token."},
                    FillRow{"unknown_becomes_a_phrase", "asks for {header}.", {}, "asks for a request header."},
                    FillRow{"empty_counts_as_unknown", "asks for {header}.", {{"header", ""}}, "asks for a request header."},
                    FillRow{"twice", "{method} and {method}", {{"method", "PUT"}}, "PUT and PUT"}, FillRow{"side_by_side", "{line}:{column}", {{"line", "3"}, {"column", "7"}}, "3:7"},
                    FillRow{"a_value_is_not_filled_again", "{url}", {{"url", "http://a/{method}"}}, "http://a/{method}"},
                    FillRow{"what_is_no_slot_stays", "{id} { a: 1 } {Method} {", {}, "{id} { a: 1 } {Method} {"},
                    FillRow{"braces_of_code", "headers: { \"X\": \"{value}\" }", {{"value", "v"}}, "headers: { \"X\": \"v\" }"},
                    FillRow{"nothing", "", {}, ""}),
    RowName());

// Pages set a space between Han and Latin. Where the value is Han, the space would be a hole.
TEST(filling, closes_up_between_han_characters) {
  EXPECT_EQ(fill_slots("\u8bf7\u6c42 {method} \u5931\u8d25", {{"method", "PUT"}}, Language::zh), "\u8bf7\u6c42 PUT \u5931\u8d25");
  EXPECT_EQ(fill_slots("\u8bf7\u6c42 {header} \u5931\u8d25", {}, Language::zh).find(' '), std::string::npos);
}

TEST(slots_of_request, name_what_is_known) {
  Request request = must_request("post", "https://api.example.com:8443/orders?page=2", "https://app.example");
  request.time_limit_ms = 1500;
  const Slots slots = slots_of(request);
  EXPECT_EQ(slots.at("method"), "POST");
  EXPECT_EQ(slots.at("url"), "https://api.example.com:8443/orders?page=2");
  EXPECT_EQ(slots.at("host"), "api.example.com");
  EXPECT_EQ(slots.at("port"), "8443");
  EXPECT_EQ(slots.at("request_origin"), "https://api.example.com:8443");
  EXPECT_EQ(slots.at("page_origin"), "https://app.example");
  EXPECT_EQ(slots.at("limit"), "1500 ms");
}

TEST(slots_of_request, leave_out_what_a_broken_url_does_not_tell) {
  Request request;
  const Slots slots = slots_of(request);
  for (const char* name : {"url", "host", "port", "request_origin", "limit"}) EXPECT_FALSE(slots.count(name)) << name;
}

TEST(slots_of_request, write_whole_seconds_as_seconds) {
  Request request;
  request.time_limit_ms = 10000;
  EXPECT_EQ(slots_of(request).at("limit"), "10 s");
}

TEST(slots_of_request, are_all_in_the_closed_list) {
  Request request = must_request("GET", "https://api.example.com/");
  request.time_limit_ms = 1;
  for (const auto& [name, value] : slots_of(request))
    EXPECT_NE(std::find(all_slots().begin(), all_slots().end(), name), all_slots().end()) << name;
}

struct EvidenceRow {
  std::string name;
  Evidence evidence;
  std::string expected;
};
class sentence : public testing::TestWithParam<EvidenceRow> {};
TEST_P(sentence, for_evidence) { EXPECT_EQ(say_evidence(GetParam().evidence, Language::en), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    explain, sentence,
    testing::Values(EvidenceRow{"status", {EvidenceKind::status_seen, "404", ""}, "The server answered with status 404"},
                    EvidenceRow{"two_parts", {EvidenceKind::server_sent, "Access-Control-Allow-Origin", "*"}, "The server sent Access-Control-Allow-Origin: *"},
                    EvidenceRow{"last_part_empty", {EvidenceKind::server_sent, "Access-Control-Allow-Origin", ""}, "The server sent Access-Control-Allow-Origin"},
                    EvidenceRow{"step_without_subject", {EvidenceKind::step_decided, "request.port", ""}, "Step request.port decided"},
                    EvidenceRow{"cancelled_at_an_unknown_time", {EvidenceKind::own_cancel, "", ""}, "The caller cancelled by itself"},
                    EvidenceRow{"envelope_without_code", {EvidenceKind::envelope_says, "", "out of stock"}, "The body says: out of stock"},
                    EvidenceRow{"envelope_without_message", {EvidenceKind::envelope_says, "50001", ""}, "The body says: 50001"},
                    EvidenceRow{"a_brace_in_a_value_stays", {EvidenceKind::body_begins, "{detail}", ""}, "The body begins: {detail}"}),
    RowName());

TEST(sentence, for_what_is_ruled_out) {
  EXPECT_EQ(say_ruled_out({Family::cors, {EvidenceKind::same_origin, "", ""}}, Language::en), "Cross-origin: Page and API have the same origin, so CORS plays no part");
}

TEST(sentence, a_language_has_its_tag) {
  EXPECT_EQ(language_tag(Language::en), "en");
  EXPECT_EQ(language_tag(Language::zh), "zh-CN");
}

}  // namespace
}  // namespace blindspot
