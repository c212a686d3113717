// Law 1: predict gives the folder's verdict, at its step, and the page meets its outcome.
#include "core/cors/steps.hpp"
#include "tests/laws/stage.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

class law_1 : public testing::TestWithParam<std::string> {};
TEST_P(law_1, predict_gives_the_expected_verdict) {
  const Staged staged = stage(GetParam(), Twin::faulty);
  const Expectation& expected = staged.a_case.expect;
  EXPECT_EQ(staged.prediction.verdict.allowed, expected.pass);
  EXPECT_EQ(staged.prediction.verdict.decided_at, expected.step);
  EXPECT_EQ(staged.observation.outcome, expected.outcome);
  EXPECT_NE(std::find(all_steps.begin(), all_steps.end(), expected.step), all_steps.end()) << expected.step << " is no step";
}
INSTANTIATE_TEST_SUITE_P(laws, law_1, testing::ValuesIn(all_slugs()), SlugName());

}  // namespace
}  // namespace blindspot
