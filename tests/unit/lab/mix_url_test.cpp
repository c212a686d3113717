// Does the lab play the very exchange that a URL was made of? Round for round against its journal; and what no URL can say.
#include <gtest/gtest.h>

#include "core/http/mix_url.hpp"
#include "core/http/reason_phrase.hpp"
#include "core/intake/journal.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

const std::string page = "http://app.invalid:8080";

Url must_parse_url(const std::string& text) {
  const auto url = parse_url(text);
  EXPECT_TRUE(url.ok()) << text;
  return url ? url.value() : Url();
}

Round make_round(const std::string& url, int status, Headers headers, std::uint64_t body_bytes = 0) {
  Round round;
  round.method = "PUT";
  round.url = must_parse_url(url);
  round.head = ResponseHead{status, std::string(reason_phrase(status)), std::move(headers)};
  round.body_bytes = body_bytes;
  return round;
}

MixPlaces places_of(const std::string& run) {
  const std::string port = std::to_string(shared_lab().lab());
  return {{"http://127.0.0.1:" + port, "http://localhost:" + port}, run, "", ""};
}

// Asks as a browser would: a preflight and the request itself to each hop, wherever its Location leads.
void ask_all_hops(std::string url) {
  for (std::size_t hop = 0; hop <= most_mix_hops; ++hop) {
    const Url here = must_parse_url(url);
    const std::string target = here.path + (here.query ? "?" + *here.query : "");
    const std::string host = here.host + ":" + std::to_string(effective_port(here));
    call(shared_lab().lab(), "OPTIONS", target, {{"Host", host}, {"Origin", page}, {"Access-Control-Request-Method", "PUT"}});
    const auto answer = call(shared_lab().lab(), "PUT", target, {{"Host", host}, {"Origin", page}});
    const auto location = header_value(answer.headers, "Location");
    if (!location) return;
    const auto next = parse_url(*location, &here);
    ASSERT_TRUE(next.ok()) << *location;
    url = serialize_url(next.value());
  }
}

Exchange played(const Exchange& exchange) {
  const std::string run = fresh_run();
  const auto url = mix_url_of(exchange, places_of(run));
  EXPECT_TRUE(url.ok()) << url.error().subject;
  if (!url) return {};
  ask_all_hops(url.value());
  const auto text = shared_lab().settled_journal(run, exchange.hops.size() * 2).dump();
  Request request;
  request.url = must_parse_url(url.value());
  const auto journal = parse_journal(text, request);
  EXPECT_TRUE(journal.has_value()) << text;
  return journal ? journal->exchange : Exchange();
}

// The lines without those that the lab adds, and without where a Location leads: its address is the lab's own.
Headers lines_of(const std::optional<Round>& round) {
  Headers lines;
  if (!round || !round->head) return lines;
  for (Header header : round->head->headers) {
    const bool added = header.name == "Connection" || header == Header{"Cache-Control", "no-store"} ||
                       header == Header{"Content-Length", std::to_string(round->body_bytes)};
    if (equals_ignoring_case(header.name, "Location")) header.value = "(next)";
    if (!added) lines.push_back(std::move(header));
  }
  return lines;
}

void expect_same_round(const std::optional<Round>& asked, const std::optional<Round>& seen) {
  ASSERT_TRUE(asked && seen);
  ASSERT_EQ(asked->head.has_value(), seen->head.has_value());
  EXPECT_EQ(asked->ending, seen->ending);
  if (!asked->head) return;
  EXPECT_EQ(asked->head->status, seen->head->status);
  EXPECT_EQ(asked->head->reason, seen->head->reason);
  EXPECT_EQ(lines_of(asked), lines_of(seen));
  EXPECT_EQ(asked->body_bytes, seen->body_bytes);
}

struct PlayedRow {
  const char* name;
  Exchange exchange;
};

std::ostream& operator<<(std::ostream& out, const PlayedRow& row) { return out << row.name; }

Round broken_round(Ending ending) {
  Round round = make_round("http://api.invalid/", 200, {{"Content-Length", "500"}}, 120);
  round.ending = ending;
  return round;
}

Round silent_round(Ending ending) {
  Round round = make_round("http://api.invalid/", 200, {});
  round.head.reset();
  round.ending = ending;
  return round;
}

std::vector<PlayedRow> played_rows() {
  const std::string api = "http://api.invalid/a";
  const Round open = make_round(api, 204, {{"Access-Control-Allow-Origin", page}, {"Access-Control-Allow-Methods", "PUT"}});
  const Round answer = make_round(api, 200, {{"Access-Control-Allow-Origin", page}, {"Content-Type", "application/json"}}, 321);
  return {
      {"plain", {{{open, answer}}}},
      {"own_statuses", {{{make_round(api, 503, {}), make_round(api, 418, {{"X-A", "1"}}, 7)}}}},
      {"malformed",
       {{{make_round(api, 200, {{"access-control-allow-ORIGIN", " \t* "}, {"Access-Control-Allow-Headers", "a b;,(\"/\\"},
                                {"Access-Control-Allow-Methods", ""}, {"Access-Control-Allow-Methods", ",,"}}),
          make_round(api, 200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Origin", "*"}, {"X-Odd", "%41/?#&=+\x0B\x7F"},
                                {"Vary", "Origin"}, {"Cross-Origin-Resource-Policy", "same-site"}}, 1)}}}},
      {"without_body", {{{open, make_round(api, 204, {{"Access-Control-Allow-Origin", "*"}})}}}},
      {"not_modified", {{{open, make_round(api, 304, {{"ETag", "\"x\""}})}}}},
      {"cached", {{{open, make_round(api, 200, {{"Cache-Control", "max-age=60"}}, 3)}}}},
      {"redirected",
       {{{open, make_round(api, 307, {{"Location", "/b"}, {"Access-Control-Allow-Origin", page}}, 5)},
         {open, make_round("http://api.invalid/b", 308, {{"location", "http://other.invalid/c"}, {"Access-Control-Allow-Origin", "null"}})},
         {make_round("http://other.invalid/c", 201, {{"X-B", "2"}}), make_round("http://other.invalid/c", 404, {{"X-C", "3"}}, 9)}}}},
      {"cut", {{{open, broken_round(Ending::reset)}}}},
      {"closed_early", {{{open, broken_round(Ending::closed_early)}}}},
      {"aborted", {{{silent_round(Ending::reset), silent_round(Ending::reset)}}}},
      {"closed_without_a_byte", {{{silent_round(Ending::closed_early), silent_round(Ending::closed_early)}}}},
  };
}

class MixUrl : public testing::TestWithParam<PlayedRow> {};

TEST_P(MixUrl, IsPlayedAsTheExchangeItWasMadeOf) {
  const Exchange& asked = GetParam().exchange;
  const Exchange seen = played(asked);
  ASSERT_EQ(seen.hops.size(), asked.hops.size());
  for (std::size_t hop = 0; hop < asked.hops.size(); ++hop) {
    SCOPED_TRACE(hop);
    expect_same_round(asked.hops[hop].preflight, seen.hops[hop].preflight);
    expect_same_round(asked.hops[hop].actual, seen.hops[hop].actual);
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, MixUrl, testing::ValuesIn(played_rows()), [](const auto& row) { return std::string(row.param.name); });

TEST(MixUrlOrigins, WhatWasForeignStaysForeign) {
  const Exchange exchange = played_rows()[6].exchange;
  const auto url = mix_url_of(exchange, {{"http://one.invalid", "http://two.invalid"}, "r", "", ""});
  ASSERT_TRUE(url.ok());
  EXPECT_TRUE(url.value().starts_with("http://one.invalid/mix/"));
  EXPECT_NE(url.value().find("http:%252F%252Ftwo.invalid%252Fmix"), std::string::npos) << url.value();
  EXPECT_NE(url.value().find("Location:%20%2Fmix"), std::string::npos) << url.value();
}

TEST(MixUrlPage, AllowOriginSpeaksOfThePageThatCalls) {
  const auto url = mix_url_of(played_rows()[0].exchange, {{"http://lab.invalid"}, "", page, "http://here.invalid"});
  ASSERT_TRUE(url.ok());
  EXPECT_NE(url.value().find("Access-Control-Allow-Origin:%20http:%2F%2Fhere.invalid/"), std::string::npos) << url.value();
  EXPECT_EQ(url.value().find("app.invalid"), std::string::npos);
}

TEST(MixUrlSecrets, AreMasked) {
  const Exchange exchange{{{std::nullopt, make_round("http://a.invalid/", 200, {{"X-Auth-Token", "hunter2"}, {"Set-Cookie", "s=hunter2"}})}}};
  const auto url = mix_url_of(exchange, {{"http://lab.invalid"}, "", "", ""});
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url.value().find("hunter2"), std::string::npos) << url.value();
}

TEST(MixUrlLoop, LeadsToItself) {
  const Exchange exchange{{{std::nullopt, make_round("http://a.invalid/x", 302, {{"Location", "/x"}})}}};
  const std::string run = fresh_run();
  const auto url = mix_url_of(exchange, places_of(run));
  ASSERT_TRUE(url.ok());
  const Url here = must_parse_url(url.value());
  const auto answer = call(shared_lab().lab(), "GET", here.path + "?" + *here.query, {{"Host", here.host + ":" + std::to_string(*here.port)}});
  EXPECT_EQ(header_value(answer.headers, "Location"), url.value());
}

struct FaultRow {
  const char* name;
  Exchange exchange;
  MixUrlFault fault;
};

std::ostream& operator<<(std::ostream& out, const FaultRow& row) { return out << row.name; }

std::vector<FaultRow> fault_rows() {
  const auto single = [](Round round) { return Exchange{{{std::nullopt, std::move(round)}}}; };
  Round refused = make_round("http://a.invalid/", 200, {});
  refused.reach = Reach::refused;
  Round raw = make_round("http://a.invalid/", 200, {});
  raw.raw = "SSH-2.0";
  const auto redirect = [&](const char* location) { return single(make_round("http://a.invalid/", 302, {{"Location", location}})); };
  Exchange many, origins;
  for (int i = 0; i < 6; ++i) many.hops.push_back({std::nullopt, make_round("http://a.invalid/", 302, {{"Location", "/x"}})});
  for (const char* url : {"http://a.invalid/", "http://b.invalid/", "http://c.invalid/"})
    origins.hops.push_back({std::nullopt, make_round(url, 200, {})});
  return {{"empty", {}, MixUrlFault::empty},
          {"refused", single(refused), MixUrlFault::not_connected},
          {"raw", single(raw), MixUrlFault::not_http},
          {"status", single(make_round("http://a.invalid/", 101, {})), MixUrlFault::status},
          {"line_break", single(make_round("http://a.invalid/", 200, {{"X-A", "1\r\nX-B: 2"}})), MixUrlFault::header},
          {"slot", single(make_round("http://a.invalid/", 200, {{"X-A", "{page_origin}"}})), MixUrlFault::header},
          {"data", redirect("data:,x"), MixUrlFault::redirect},
          {"unreadable", redirect("http://"), MixUrlFault::redirect},
          {"password", redirect("http://u:p@a.invalid/"), MixUrlFault::redirect},
          {"hops", many, MixUrlFault::hops},
          {"origins", origins, MixUrlFault::origins},
          {"length", single(make_round("http://a.invalid/", 200, {{"X-A", std::string(20'000, 'a')}})), MixUrlFault::length}};
}

class MixUrlRefusal : public testing::TestWithParam<FaultRow> {};

TEST_P(MixUrlRefusal, NamesItsFault) {
  const auto url = mix_url_of(GetParam().exchange, places_of("r"));
  ASSERT_FALSE(url.ok()) << url.value();
  EXPECT_EQ(url.error().fault, GetParam().fault);
}

INSTANTIATE_TEST_SUITE_P(Rows, MixUrlRefusal, testing::ValuesIn(fault_rows()), [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace blindspot::lab
