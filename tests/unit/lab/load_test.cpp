// Does one that hangs keep others waiting? Many stalled connections, the caps, and stopping in the middle of it all.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>

#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::vector<WireClient> stalled_clients(std::uint16_t port, int count) {
  std::vector<WireClient> clients;
  for (int i = 0; i < count; ++i) {
    clients.emplace_back(port);
    if (clients.back().connect_error() != 0) break;
    clients.back().send(make_request("GET", "/mix/end=stall/body=100"));
  }
  return clients;
}

TEST(Load, AThousandStalledConnectionsHinderNobody) {
  raise_descriptor_limit();
  RunningLab lab;
  auto clients = stalled_clients(lab.lab(), 1000);
  ASSERT_EQ(clients.size(), 1000u);
  for (auto& client : clients) ASSERT_EQ(parse_answer(client.read(5000, 200)).status, 200);
  const auto start = Clock::now();
  EXPECT_EQ(call(lab.lab(), "GET", "/mix").status, 200);
  EXPECT_LT(ms_since(start), 500);
  const auto stopping = Clock::now();
  lab.stop();
  EXPECT_LT(ms_since(stopping), 1000);
  EXPECT_NE(clients.front().read(1000).end, Seen::silence);
  EXPECT_NE(clients.back().read(1000).end, Seen::silence);
}

TEST(Load, TooManyConnectionsAreRefusedClearly) {
  ServerOptions options;
  options.limits.connections = 3;
  RunningLab lab(std::move(options));
  auto clients = stalled_clients(lab.lab(), 3);
  for (auto& client : clients) ASSERT_EQ(parse_answer(client.read(5000, 200)).status, 200);
  WireClient fourth(lab.lab());
  const auto refused = parse_answer(fourth.read(5000));
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.body.find("too many connections"), std::string::npos);
  fourth.close();
  clients.clear();
  // Once they have left there is room again.
  WireAnswer answer;
  for (int i = 0; i < 200 && answer.status != 200; ++i) answer = call(lab.lab(), "GET", "/mix");
  EXPECT_EQ(answer.status, 200);
}

TEST(Load, AScriptsTimeIsCapped) {
  ServerOptions options;
  options.limits.script_time = std::chrono::milliseconds(200);
  RunningLab lab(std::move(options));
  WireClient client(lab.lab());
  client.send(make_request("GET", "/mix/end=silence?run=capped"));
  const auto start = Clock::now();
  EXPECT_EQ(client.read(5000).end, Seen::rst);
  EXPECT_GE(ms_since(start), 190);
  EXPECT_EQ(lab.journal("capped")["rounds"][0]["ending"], "stalled");
  EXPECT_EQ(call(lab.lab(), "GET", "/mix/delay=5000").end, Seen::rst);
}

TEST(Load, EndlessIsCappedInBytes) {
  ServerOptions options;
  options.limits.endless_bytes = 1 << 20;
  RunningLab lab(std::move(options));
  const auto answer = call(lab.lab(), "GET", "/mix/body=endless");
  EXPECT_GT(answer.body.size(), (1u << 20) - 1024);
  EXPECT_LE(answer.body.size(), 1u << 20);
  EXPECT_EQ(answer.end, Seen::rst);
}

TEST(Load, ASlowHeadIsCutOff) {
  ServerOptions options;
  options.limits.head_time = std::chrono::milliseconds(150);
  RunningLab lab(std::move(options));
  WireClient idle(lab.lab()), slow(lab.lab());
  slow.send("GET / HTTP/1.1\r\nHost: ");
  EXPECT_NE(idle.read(3000).end, Seen::silence);
  EXPECT_NE(slow.read(3000).end, Seen::silence);
}

TEST(Load, StoppingInTheMiddleLeavesNothingBehind) {
  RunningLab lab;
  WireClient idle(lab.lab()), half(lab.lab()), waiting(lab.lab()), dripping(lab.lab()), endless(lab.lab()), tls(lab.port(2));
  half.send("POST /mix HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  waiting.send(make_request("GET", "/mix/delay=60000"));
  dripping.send(make_request("GET", "/mix/body=100kb/drip=10"));
  endless.send(make_request("GET", "/mix/body=endless"));
  ASSERT_FALSE(dripping.read(5000, 100).bytes.empty());
  ASSERT_FALSE(endless.read(5000, 100'000).bytes.empty());
  const auto start = Clock::now();
  lab.stop();
  EXPECT_LT(ms_since(start), 1000);
  EXPECT_NE(waiting.read(1000).end, Seen::silence);
}

}  // namespace
}  // namespace blindspot::lab
