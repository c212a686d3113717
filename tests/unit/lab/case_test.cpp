// Does the lab play every case of the catalogue, and its good twin, as core plays the same script on paper?
#include <gtest/gtest.h>

#include "core/catalogue/catalogue.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

constexpr double longest_wait_ms = 2500;  // of scripts that are played out here

struct Twins {
  std::string slug;
  Twin twin;
};

std::ostream& operator<<(std::ostream& out, const Twins& row) {
  return out << row.slug << (row.twin == Twin::good ? "/good" : "");
}

// Every case and good twin whose answer is the lab's to play. One that cannot be read is among them, and fails.
std::vector<Twins> played_by_the_lab() {
  std::vector<Twins> all;
  for (const auto& file : catalogue_files())
    for (const Twin twin : {Twin::faulty, Twin::good}) {
      const auto loaded = load_case(file.slug, twin);
      const bool elsewhere = loaded && (loaded.value().target != Target::lab || !loaded.value().url.empty() ||
                                        loaded.value().expect.outcome == Outcome::never_sent);
      // What is expected is said of the faulty one: the good twin of a call never sent is sent.
      const bool sent = twin == Twin::good && loaded && loaded.value().target == Target::lab && loaded.value().url.empty();
      if (!elsewhere || sent) all.push_back({std::string(file.slug), twin});
    }
  return all;
}

class EveryCase : public testing::TestWithParam<Twins> {};

Seen end_of(Ending ending) {
  if (ending == Ending::reset) return Seen::rst;
  return ending == Ending::stalled ? Seen::silence : Seen::fin;
}

// What stands on the wire of a body: its chunks' frames taken off.
Round seen_round(const WireAnswer& answer, const std::string& method, const Received& received) {
  Round round;
  round.method = method;
  Script script;
  if (answer.status != 0) {
    script.push_back(act::Head{answer.status, answer.reason, answer.headers});
    script.push_back(act::Send{answer.body, 1});
  } else if (!received.bytes.empty()) {
    script.push_back(act::Send{received.bytes, 1});
  }
  if (received.end == Seen::rst) script.push_back(act::Cut{});
  else if (received.end == Seen::silence) script.push_back(act::Stall{});
  else script.push_back(act::End{});
  return play_on_paper(script, round);
}

TEST_P(EveryCase, IsPlayedAsOnPaper) {
  const auto& [slug, twin] = GetParam();
  const auto loaded = load_case(slug, twin);
  ASSERT_TRUE(loaded.ok()) << loaded.error().pointer << ' ' << loaded.error().problem;
  const Case* a_case = &loaded.value();
  auto& lab = shared_lab();
  const std::string origin = "http://127.0.0.1:" + std::to_string(lab.page());
  const std::string own = "http://127.0.0.1:" + std::to_string(lab.lab());
  const std::string target = "/case/" + slug + (twin == Twin::good ? "/good" : "") + a_case->path;
  const auto slots = ScriptSlots{origin, own + target, own, "http://127.0.0.1:" + std::to_string(lab.port(8)),
                                 next_of_case(parse_url(own + target).value())};
  Round paper;
  paper.method = a_case->method;
  const auto script = resolve_script(a_case->script.response, slots);
  paper = play_on_paper(script, paper);

  Headers headers = a_case->headers;
  headers.push_back({"Host", own.substr(7)});
  headers.push_back({"Origin", origin});
  WireClient client(lab.lab());
  client.send(make_request(a_case->method, target, headers, a_case->body));
  const bool stalls = paper.ending == Ending::stalled;
  double waits = 0;
  for (const auto& each : script)
    if (const auto* wait = std::get_if<act::Wait>(&each)) waits += wait->ms;
  if (waits > longest_wait_ms) {
    EXPECT_EQ(client.read(200).end, Seen::silence);
    return;
  }
  const auto received = client.read(stalls ? static_cast<int>(waits) + 300 : 8000);
  // What the script calls raw is raw here too, even where a client could take it for a head.
  const auto answer = paper.head ? parse_answer(received) : WireAnswer{};
  const auto round = seen_round(answer, a_case->method, received);
  EXPECT_EQ(received.end, end_of(paper.ending));
  EXPECT_EQ(round.ending, paper.ending);
  ASSERT_EQ(round.head.has_value(), paper.head.has_value());
  if (round.head) {
    EXPECT_EQ(round.head->status, paper.head->status);
    EXPECT_EQ(round.head->reason, paper.head->reason);
    EXPECT_EQ(serialize_head({0, "-", round.head->headers}), serialize_head({0, "-", paper.head->headers}));
  }
  EXPECT_EQ(round.raw, paper.raw);
  EXPECT_EQ(round.body_bytes, paper.body_bytes);
  EXPECT_TRUE(round.body == paper.body) << "bodies differ";
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryCase, testing::ValuesIn(played_by_the_lab()), [](const auto& row) {
  std::string name = row.param.slug + (row.param.twin == Twin::good ? "_good" : "");
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

TEST(Cases, AreAllPlayable) {
  const auto problems = shared_lab().server().problems();
  EXPECT_TRUE(problems.empty()) << testing::PrintToString(problems);
  EXPECT_GE(played_by_the_lab().size(), catalogue_files().size());
}

TEST(Cases, AnUnknownOneIsSaidReadablyAndJournalled) {
  const auto run = fresh_run();
  const auto answer = call(shared_lab().lab(), "GET", "/case/no-such-case?run=" + run);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Origin"), "*");
  EXPECT_NE(answer.body.find("no-such-case"), std::string::npos);
  EXPECT_EQ(shared_lab().settled_journal(run, 1)["rounds"][0]["head"]["status"], 404);
}

}  // namespace
}  // namespace blindspot::lab
