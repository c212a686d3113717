// Is each act true on the wire? What a raw socket sees of it, and what the journal says of it afterwards.
#include <gtest/gtest.h>

#include "native/lab/ports.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

Received fetch(const std::string& target, int ms, std::size_t enough = SIZE_MAX) {
  WireClient client(shared_lab().lab());
  EXPECT_EQ(client.connect_error(), 0);
  client.send(make_request("GET", target));
  return client.read(ms, enough);
}

nlohmann::json last_round(const std::string& run) { return shared_lab().settled_journal(run, 1)["rounds"].back(); }

TEST(Acts, CutIsAnRstAfterWhatWasSent) {
  const auto run = fresh_run();
  const auto answer = parse_answer(fetch("/mix/end=cut/body=1000?run=" + run, 5000));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_value(answer.headers, "Content-Length"), "1000");
  EXPECT_EQ(answer.body.size(), 500u);
  EXPECT_EQ(answer.end, Seen::rst);
  const auto round = last_round(run);
  EXPECT_EQ(round["ending"], "reset");
  EXPECT_EQ(round["body_bytes"], 500);
  EXPECT_EQ(round["head"]["status"], 200);
}

TEST(Acts, CutOfALargeBodyDeliversAllThatWasSentFirst) {
  const auto answer = parse_answer(fetch("/mix/end=cut/body=8mb", 10'000));
  EXPECT_EQ(answer.body.size(), 4u << 20);
  EXPECT_EQ(answer.end, Seen::rst);
}

TEST(Acts, AbortIsAnRstBeforeAnyByte) {
  const auto run = fresh_run();
  const auto received = fetch("/mix/end=abort?run=" + run, 5000);
  EXPECT_EQ(received.end, Seen::rst);
  EXPECT_EQ(received.bytes, "");
  EXPECT_EQ(last_round(run)["ending"], "reset");
  EXPECT_TRUE(last_round(run)["head"].is_null());
}

TEST(Acts, EmptyIsAFinBeforeAnyByte) {
  const auto run = fresh_run();
  const auto received = fetch("/mix/end=empty?run=" + run, 5000);
  EXPECT_EQ(received.end, Seen::fin);
  EXPECT_EQ(received.bytes, "");
  EXPECT_EQ(last_round(run)["ending"], "closed-early");
}

TEST(Acts, ShortEndsInOrderBeforeTheAnnouncedLength) {
  const auto run = fresh_run();
  const auto answer = parse_answer(fetch("/mix/end=short/body=2000?run=" + run, 5000));
  EXPECT_EQ(header_value(answer.headers, "Content-Length"), "2000");
  EXPECT_EQ(answer.body.size(), 1000u);
  EXPECT_EQ(answer.end, Seen::fin);
  EXPECT_EQ(last_round(run)["ending"], "closed-early");
}

TEST(Acts, CompleteEndsInOrder) {
  const auto run = fresh_run();
  const auto answer = parse_answer(fetch("/mix?run=" + run, 5000));
  EXPECT_EQ(answer.end, Seen::fin);
  const auto round = last_round(run);
  EXPECT_EQ(round["ending"], "complete");
  EXPECT_EQ(round["body"], answer.body);
  EXPECT_EQ(round["body_bytes"], answer.body.size());
}

TEST(Acts, SilenceSendsNothingAndSeesTheClientLeave) {
  const auto run = fresh_run();
  WireClient client(shared_lab().lab());
  client.send(make_request("GET", "/mix/end=silence?run=" + run));
  const auto received = client.read(250);
  EXPECT_EQ(received.end, Seen::silence);
  EXPECT_EQ(received.bytes, "");
  const auto during = shared_lab().journal(run)["rounds"].back();
  EXPECT_EQ(during["ending"], "stalled");
  EXPECT_EQ(during["end_ms"], -1);
  client.close();
  nlohmann::json after;
  for (int i = 0; i < 500 && after["ending"] != "client-left"; ++i) after = shared_lab().journal(run)["rounds"].back();
  EXPECT_EQ(after["ending"], "client-left");
  EXPECT_GE(after["end_ms"].get<double>(), 240);
  EXPECT_LT(after["stalled_ms"].get<double>(), 200);
}

TEST(Acts, StallStopsWithinTheBody) {
  const auto run = fresh_run();
  WireClient client(shared_lab().lab());
  client.send(make_request("GET", "/mix/end=stall/body=1000?run=" + run));
  const auto answer = parse_answer(client.read(250));
  EXPECT_EQ(answer.end, Seen::silence);
  EXPECT_EQ(answer.body.size(), 500u);
  EXPECT_EQ(shared_lab().journal(run)["rounds"].back()["ending"], "stalled");
}

TEST(Acts, DelayComesBeforeTheHead) {
  const auto run = fresh_run();
  const auto received = fetch("/mix/delay=300?run=" + run, 5000);
  ASSERT_FALSE(received.pieces.empty());
  EXPECT_GE(received.pieces.front().first, 290);
  EXPECT_LT(received.pieces.front().first, 2000);
  const auto round = last_round(run);
  EXPECT_GE(round["head_ms"].get<double>() - round["received_ms"].get<double>(), 299);
}

TEST(Acts, ClientLeavingDuringADelayIsNoticed) {
  const auto run = fresh_run();
  {
    WireClient client(shared_lab().lab());
    client.send(make_request("GET", "/mix/delay=60000?run=" + run));
    nlohmann::json rounds = nlohmann::json::array();
    for (int i = 0; i < 500 && rounds.empty(); ++i) rounds = shared_lab().journal(run)["rounds"];
    ASSERT_FALSE(rounds.empty());
    EXPECT_EQ(rounds[0]["ending"], "open");
  }
  const auto round = last_round(run);
  EXPECT_EQ(round["ending"], "client-left");
  EXPECT_TRUE(round["head"].is_null());
  EXPECT_LT(round["end_ms"].get<double>(), 10'000);
}

TEST(Acts, DripSendsPiecesOnTime) {
  const auto received = fetch("/mix/body=50/drip=60/piece=10", 5000);
  const auto answer = parse_answer(received);
  EXPECT_EQ(answer.body.size(), 50u);
  EXPECT_EQ(answer.end, Seen::fin);
  // The head and the first piece come at once; four more pieces, 60 ms apart.
  EXPECT_GE(received.pieces.size(), 5u);
  EXPECT_GE(received.pieces.back().first, 4 * 60 - 10);
  EXPECT_EQ(received.pieces.back().second, 10u);
}

TEST(Acts, EndlessGoesOnUntilTheClientLeaves) {
  const auto run = fresh_run();
  {
    WireClient client(shared_lab().lab());
    client.send(make_request("GET", "/mix/body=endless?run=" + run));
    const auto answer = parse_answer(client.read(10'000, 20u << 20));
    EXPECT_GE(answer.body.size(), 19u << 20);
    EXPECT_FALSE(has_header(answer.headers, "Content-Length"));
  }
  EXPECT_EQ(last_round(run)["ending"], "client-left");
  EXPECT_LE(last_round(run)["body"].get<std::string>().size(), 64u * 1024);
}

TEST(Acts, HeadHasNoBody) {
  const auto answer = call(shared_lab().lab(), "HEAD", "/mix/body=1000");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_value(answer.headers, "Content-Length"), "1000");
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.end, Seen::fin);
}

TEST(Acts, StatusWithoutBodyHasNone) {
  for (const char* status : {"204", "304"}) {
    const auto answer = call(shared_lab().lab(), "GET", "/mix/body=1000/status=" + std::string(status));
    EXPECT_EQ(answer.body, "") << status;
    EXPECT_EQ(answer.end, Seen::fin);
  }
}

TEST(Acts, AHalfClosedClientStillGetsItsAnswer) {
  WireClient client(shared_lab().lab());
  client.send(make_request("GET", "/mix/body=1mb"));
  client.finish_sending();
  EXPECT_EQ(parse_answer(client.read(5000)).body.size(), 1u << 20);
}

TEST(Requests, BodiesAreDrainedAndCounted) {
  const auto run = fresh_run();
  const std::string body(300'000, 'b');
  EXPECT_EQ(call(shared_lab().lab(), "POST", "/mix?run=" + run, {}, body).status, 200);
  EXPECT_GT(last_round(run)["request_bytes"].get<std::size_t>(), body.size());
}

TEST(Requests, ChunkedBodiesAreDrainedAndCounted) {
  const auto run = fresh_run();
  WireClient client(shared_lab().lab());
  client.send("POST /mix?run=" + run + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWi");
  client.send("ki\r\n0\r\n\r\n");
  EXPECT_EQ(parse_answer(client.read(5000)).status, 200);
  EXPECT_EQ(last_round(run)["method"], "POST");
}

TEST(Requests, ContinueIsGrantedWhereExpected) {
  WireClient client(shared_lab().lab());
  client.send("POST /mix HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read(5000, 25).bytes, "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abcd");
  EXPECT_EQ(parse_answer(client.read(5000)).status, 200);
}

TEST(Requests, TooLargeABodyIsRefused) {
  WireClient client(shared_lab().lab());
  client.send("POST /mix HTTP/1.1\r\nHost: a\r\nContent-Length: 16777217\r\n\r\n");
  EXPECT_EQ(parse_answer(client.read(5000)).status, 413);
}

TEST(Targets, ClosedPortRefuses) { EXPECT_EQ(WireClient(shared_lab().port(closed_offset)).connect_error(), ECONNREFUSED); }

TEST(Targets, NeverAcceptsHangs) {
  ASSERT_TRUE(shared_lab().server().never_accepts());
  EXPECT_FALSE(connects_within(shared_lab().port(never_accepts_offset), 700));
  EXPECT_FALSE(connects_within(shared_lab().port(never_accepts_offset), 100));
  // The same measure on a port that accepts, or the two lines above would prove nothing.
  EXPECT_TRUE(connects_within(shared_lab().lab(), 700));
}

TEST(Targets, LoopbackOfBothFamiliesIsServed) {
  WireClient six(shared_lab().lab(), "::1");
  if (six.connect_error() == EADDRNOTAVAIL || six.connect_error() == EAFNOSUPPORT) GTEST_SKIP() << "no IPv6 here";
  six.send(make_request("GET", "/mix", {{"Connection", "close"}}));
  EXPECT_EQ(parse_answer(six.read(5000)).status, 200);
}

}  // namespace
}  // namespace blindspot::lab
