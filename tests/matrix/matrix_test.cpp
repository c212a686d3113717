// Is the matrix the same list every time, with every value of every axis in the sample that ./check plays?
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/cors/predict.hpp"
#include "core/http/mix_url.hpp"
#include "tests/matrix/cases.hpp"

namespace blindspot::matrix {
namespace {

constexpr std::size_t sample = 600, full = 22'000;
const Places places{"http://127.0.0.1:8080", "http://127.0.0.1:8081", "http://localhost:8081"};
const Places at_home{"https://localhost:8082", "https://localhost:8082", "https://127.0.0.1:8082"};

TEST(Matrix, TheSampleHoldsEveryValueOfEveryAxis) {
  const auto choices = choose_cases(sample);
  ASSERT_EQ(choices.size(), sample);
  for (std::size_t axis = 0; axis < axes().size(); ++axis)
    for (std::size_t value = 0; value < axes()[axis].values.size(); ++value) {
      const bool occurs = std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) { return choice[axis] == value; });
      EXPECT_TRUE(occurs) << axes()[axis].name << '=' << axes()[axis].values[value].name;
    }
}

TEST(Matrix, ItIsTheSameListEveryTimeWithoutTwins) {
  const auto choices = choose_cases(full), again = choose_cases(sample);
  ASSERT_EQ(choices.size(), full);
  EXPECT_TRUE(std::equal(again.begin(), again.end(), choices.begin()));
  EXPECT_EQ(std::set<Choice>(choices.begin(), choices.end()).size(), full);
}

TEST(Matrix, EveryCaseCanBePlayedAndMostStepsDecideSomeCase) {
  std::set<std::string> steps;
  for (const Choice& choice : choose_cases(full)) {
    const PlayedCase played = make_case(choice, places);
    const auto url = mix_url_of(played.exchange, {{places.lab, places.other}, "m0", "", ""});
    ASSERT_TRUE(url.ok()) << url.error().subject;
    steps.insert(std::string(predict(played.request, played.exchange).verdict.decided_at));
  }
  for (const char* step : {"request.method", "request.header", "mode.same-origin", "mode.no-cors", "preflight.cors-check.2",
                           "preflight.cors-check.4", "preflight.cors-check.8", "preflight.status", "preflight.lists", "preflight.methods",
                           "preflight.non-wildcard", "preflight.headers", "cors-check.2", "cors-check.4", "cors-check.8",
                           "redirect.error", "redirect.manual", "redirect.location", "done"})
    EXPECT_TRUE(steps.count(step)) << step << " decides no case";
}

bool looks_the_same(const Prediction& a, const Prediction& b) {
  if (a.observation != b.observation || a.response_type != b.response_type || a.sent.size() != b.sent.size()) return false;
  for (std::size_t i = 0; i < a.sent.size(); ++i) {
    const SentHop &one = a.sent[i], &two = b.sent[i];
    if (one.method != two.method || one.origin != two.origin || one.preflight.preflight_headers != two.preflight.preflight_headers) return false;
  }
  return true;
}

// What no case could show has not been looked at in any browser.
TEST(Matrix, EveryDepartureOfEveryEngineShowsInTheSample) {
  std::vector<PlayedCase> cases;
  for (const Choice& choice : choose_cases(1200)) {
    for (const Places& stage : {places, at_home}) cases.push_back(make_case(choice, stage));
  }
  for (Engine engine : {Engine::chromium, Engine::firefox, Engine::webkit})
    for (Departure departure : all_departures) {
      PredictOptions with, without;
      with.engine = without.engine = engine;
      if (!with.engine.contains(departure)) continue;
      without.engine.remove(departure);
      const bool shows = std::any_of(cases.begin(), cases.end(), [&](const PlayedCase& each) {
        return !looks_the_same(predict(each.request, each.exchange, with), predict(each.request, each.exchange, without));
      });
      EXPECT_TRUE(shows) << departure_name(departure) << " shows in no case";
    }
}

}  // namespace
}  // namespace blindspot::matrix
