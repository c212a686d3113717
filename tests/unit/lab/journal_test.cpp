// What does the journal keep, what does it hide, and where does it stop growing?
#include <gtest/gtest.h>

#include <algorithm>

#include "native/lab/journal.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

const std::string mask = "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2";

TEST(JournalRounds, PreflightAndRequestStandInOrder) {
  const auto run = fresh_run();
  const auto target = "/mix/status=201?run=" + run;
  call(shared_lab().lab(), "OPTIONS", target, {{"Origin", "http://p.invalid"}, {"Access-Control-Request-Method", "PUT"}});
  call(shared_lab().lab(), "PUT", target, {{"Origin", "http://p.invalid"}, {"X-Order", "7"}}, "{}");
  const auto journal = shared_lab().settled_journal(run, 2);
  EXPECT_EQ(journal["run"], run);
  EXPECT_GE(journal["age_ms"].get<double>(), 0);
  const auto& rounds = journal["rounds"];
  ASSERT_EQ(rounds.size(), 2u);
  EXPECT_EQ(rounds[0]["preflight"], true);
  EXPECT_EQ(rounds[0]["method"], "OPTIONS");
  EXPECT_EQ(rounds[0]["head"]["status"], 204);
  EXPECT_EQ(rounds[1]["preflight"], false);
  EXPECT_EQ(rounds[1]["head"]["status"], 201);
  EXPECT_EQ(rounds[1]["head"]["reason"], "Created");
  EXPECT_TRUE(rounds[1]["url"].get<std::string>().ends_with(target));
  const nlohmann::json order{"X-Order", "7"};
  EXPECT_NE(std::find(rounds[1]["request_headers"].begin(), rounds[1]["request_headers"].end(), order),
            rounds[1]["request_headers"].end());
  EXPECT_GE(rounds[0]["received_ms"].get<double>(), 0);
  EXPECT_LE(rounds[0]["received_ms"].get<double>(), rounds[0]["head_ms"].get<double>());
  EXPECT_LE(rounds[0]["end_ms"].get<double>(), rounds[1]["received_ms"].get<double>());
}

TEST(JournalRounds, SecretsNeverStandInIt) {
  const auto run = fresh_run();
  const std::string secret = "hunter2hunter2";
  call(shared_lab().lab(), "GET", "/mix?run=" + run + "&access_token=" + secret + "&keyword=tea&api_key=" + secret,
       {{"Authorization", "Bearer " + secret},
        {"Cookie", "sid=" + secret},
        {"Proxy-Authorization", "Basic " + secret},
        {"X-Api-Key", secret},
        {"x-csrf-TOKEN", secret},
        {"Client-Secret", secret},
        {"Referer", "http://p.invalid/?password=" + secret}});
  const auto journal = shared_lab().settled_journal(run, 1);
  EXPECT_EQ(journal.dump().find(secret), std::string::npos);
  const auto& headers = journal["rounds"][0]["request_headers"];
  const nlohmann::json masked{"Authorization", mask};
  EXPECT_NE(std::find(headers.begin(), headers.end(), masked), headers.end());
  EXPECT_NE(journal["rounds"][0]["url"].get<std::string>().find("keyword=tea"), std::string::npos);
}

TEST(JournalRounds, NamesOfAPreflightAreNoSecrets) {
  EXPECT_FALSE(is_secret_header("Access-Control-Request-Headers"));
  EXPECT_TRUE(is_secret_header("X-TOKEN"));
}

TEST(JournalRounds, AnUnknownRunIsEmptyNotMissing) {
  const auto journal = shared_lab().journal("never-began");
  EXPECT_TRUE(journal["rounds"].empty());
  EXPECT_TRUE(journal["age_ms"].is_null());
}

TEST(JournalRounds, RunsMustBeNamedPlainly) {
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix?run=a%20b").status, 400);
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix?run=" + std::string(65, 'a')).status, 400);
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/journal/a%20b").status, 400);
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix?run=" + std::string(64, 'a')).status, 200);
}

Clock::time_point at(int ms) { return Clock::time_point() + std::chrono::hours(1) + std::chrono::milliseconds(ms); }

TEST(JournalRounds, SeveralRunsComeAsAList) {
  const auto one = fresh_run(), two = fresh_run();
  for (const auto& run : {one, two, two}) call(shared_lab().lab(), "GET", "/mix?run=" + run);
  const auto list = nlohmann::json::parse(call(shared_lab().lab(), "GET", "/journal/" + two + "," + one).body, nullptr, false);
  ASSERT_TRUE(list.is_array());
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0]["run"], two);
  EXPECT_EQ(list[0]["rounds"].size(), 2u);
  EXPECT_EQ(list[1]["run"], one);
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/journal/" + one + ",,").status, 400);
  std::string many = one;
  for (int i = 0; i < 128; ++i) many += ",r" + std::to_string(i);
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/journal/" + many).status, 400);
}

TEST(JournalBounds, OldestRunsGoFirst) {
  JournalLimits limits;
  limits.runs = 3;
  Journal journal(limits);
  for (int i = 0; i < 5; ++i) journal.open_round("r" + std::to_string(i), at(i), "GET", "http://a/", {}, false);
  EXPECT_EQ(journal.runs(), 3u);
  EXPECT_TRUE(journal.answer("r1", at(9))["rounds"].empty());
  EXPECT_EQ(journal.answer("r2", at(9))["rounds"].size(), 1u);
}

TEST(JournalBounds, RoundsOfARunAreCounted) {
  JournalLimits limits;
  limits.rounds_per_run = 2;
  Journal journal(limits);
  EXPECT_NE(journal.open_round("r", at(0), "GET", "http://a/", {}, false), nullptr);
  EXPECT_NE(journal.open_round("r", at(0), "GET", "http://a/", {}, false), nullptr);
  EXPECT_EQ(journal.open_round("r", at(0), "GET", "http://a/", {}, false), nullptr);
}

TEST(JournalBounds, BytesInAllAreCapped) {
  JournalLimits limits;
  limits.total_bytes = 100'000;
  limits.body_kept = 30'000;
  Journal journal(limits);
  std::vector<std::shared_ptr<JournalRound>> held;
  for (int i = 0; i < 50; ++i) {
    held.push_back(journal.open_round("r" + std::to_string(i), at(i), "GET", "http://a/", {}, false));
    journal.add_body(*held.back(), std::string(40'000, 'x'));
  }
  // A connection may still write to a round whose run is gone: that costs nothing any more.
  journal.add_body(*held.front(), "late");
  EXPECT_LE(journal.cost(), 100'000u);
  EXPECT_LT(journal.runs(), 5u);
  const auto round = journal.answer("r49", at(99))["rounds"][0];
  EXPECT_EQ(round["body"].get<std::string>().size(), 30'000u);
  EXPECT_EQ(round["body_bytes"], 40'000);
}

TEST(JournalBodies, TextIsTextAndBytesAreBase64) {
  Journal journal;
  const auto round = journal.open_round("r", at(0), "GET", "http://a/", {}, false);
  journal.add_body(*round, "caf\xc3\xa9");
  EXPECT_EQ(journal.answer("r", at(1))["rounds"][0]["body"], "caf\xc3\xa9");
  const auto binary = journal.open_round("b", at(0), "GET", "http://a/", {}, false);
  journal.add_raw(*binary, "HELO");
  journal.add_body(*binary, "\xff\xfe\x01");
  const auto rendered = journal.answer("b", at(1))["rounds"][0];
  EXPECT_FALSE(rendered.contains("body"));
  EXPECT_EQ(rendered["body_base64"], "//4B");
  EXPECT_EQ(rendered["raw"], "SEVMTw==");
}

TEST(JournalBodies, ACharacterCutByTheCapIsLeftOut) {
  JournalLimits limits;
  limits.body_kept = 4;
  Journal journal(limits);
  const auto round = journal.open_round("r", at(0), "GET", "http://a/", {}, false);
  journal.add_body(*round, "ab\xe4\xb8\xad");
  EXPECT_EQ(journal.answer("r", at(1))["rounds"][0]["body"], "ab");
}

TEST(JournalBodies, ChunksAreTakenApart) {
  Journal journal;
  const auto round = journal.open_round("r", at(0), "GET", "http://a/", {}, false);
  round->head = ResponseHead{200, "OK", {{"Transfer-Encoding", "chunked"}}};
  journal.add_body(*round, "4\r\nWiki\r\n0\r\n\r\n");
  const auto rendered = journal.answer("r", at(1))["rounds"][0];
  EXPECT_EQ(rendered["body"], "Wiki");
  EXPECT_EQ(rendered["body_bytes"], 4);
}

TEST(JournalFailures, AreToldForAMinuteAndKeptBounded) {
  JournalLimits limits;
  limits.failures_per_target = 2;
  Journal journal(limits);
  for (int i = 0; i < 3; ++i)
    journal.connection_without_request("tls-expired", Reach::tls_expired, "certificate expired", at(i * 1000));
  const auto told = journal.answer("r", at(3000))["connections_without_request"];
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[1]["target"], "tls-expired");
  EXPECT_EQ(told[1]["reach"], "tls-expired");
  EXPECT_EQ(told[1]["alert"], "certificate expired");
  EXPECT_EQ(told[1]["at_ms_ago"], 1000);
  EXPECT_TRUE(journal.answer("r", at(70'000))["connections_without_request"].empty());
}

}  // namespace
}  // namespace blindspot::lab
