// Every step of the CORS trace is a sentence in both languages.
#include <gtest/gtest.h>

#include "core/cors/predict.hpp"
#include "core/cors/steps.hpp"
#include "core/explain/explanation.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

class step_words : public testing::TestWithParam<StepId> {};

TEST_P(step_words, exist_in_both_languages) {
  for (Language language : all_languages) {
    std::string all;
    for (bool passed : {true, false}) {
      const std::string text = say_step({GetParam(), passed, "S-1", "W-1"}, language);
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      all += text;
    }
    EXPECT_GT(all.size(), 8u) << "a step without words";
  }
}

INSTANTIATE_TEST_SUITE_P(all, step_words, testing::ValuesIn(all_steps), [](const auto& row) {
  std::string name(row.param);
  for (char& c : name)
    if (c == '.' || c == '-') c = '_';
  return name;
});

TEST(step_words, name_what_was_looked_at_and_what_would_pass) {
  EXPECT_EQ(say_step({step::preflight_status, false, "405", "200-299"}, Language::en), "The preflight's status is 405; it has to be within 200-299");
}

TEST(step_words, say_that_a_header_is_absent) {
  const std::string text = say_step({step::preflight_headers, false, "Access-Control-Allow-Headers", "x-token"}, Language::en);
  EXPECT_EQ(text, "The header x-token is not allowed: Access-Control-Allow-Headers is absent");
}

// What fails in earnest, said in both languages: no empty sentence anywhere in a trace.
TEST(step_words, cover_a_real_trace) {
  Request request = must_request("PUT", "https://api.example/x", "https://app.example");
  request.headers = {{"X-Token", "1"}};
  Exchange exchange;
  Round preflight;
  preflight.head = ResponseHead{204, "", {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}}};
  exchange.hops.push_back({preflight, std::nullopt});
  const Verdict verdict = predict(request, exchange).verdict;
  EXPECT_EQ(verdict.decided_at, step::preflight_headers);
  for (Language language : all_languages)
    for (const StepTaken& taken : verdict.trace) EXPECT_FALSE(say_step(taken, language).empty()) << taken.id;
}

}  // namespace
}  // namespace blindspot
