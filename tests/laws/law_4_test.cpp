// Law 4: after the repair the call is answered and the diagnosis is `ok`.
#include <nlohmann/json.hpp>

#include "tests/laws/stage.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

class law_4 : public testing::TestWithParam<std::string> {};
TEST_P(law_4, the_repair_heals) {
  const Staged staged = stage(GetParam(), Twin::good);
  EXPECT_FALSE(staged.problem) << "the request itself cannot be built";
  EXPECT_TRUE(staged.prediction.verdict.allowed) << staged.prediction.verdict.decided_at;
  EXPECT_EQ(staged.observation.outcome, Outcome::answered);
  for (const Call& call : {known_call(staged), blind_call(staged)})
    EXPECT_EQ(in_one_line(diagnose(call)), "ok certain") << (call.exchange ? "with the wire" : "the page alone");
}

// As small as the fix a person would make: no operation leaves everything as it was.
TEST_P(law_4, every_operation_of_the_repair_changes_something) {
  nlohmann::json document = nlohmann::json::parse(find_catalogue_file(GetParam())->case_json);
  if (GetParam() == "ok") {
    EXPECT_TRUE(document["repair"].empty());
    return;
  }
  EXPECT_FALSE(document["repair"].empty());
  const Result<nlohmann::json, CaseError> good = repair_case(document);
  ASSERT_TRUE(good) << good.error().pointer << " " << good.error().problem;
  for (std::size_t i = 0; i < document["repair"].size(); ++i) {
    nlohmann::json less = document;
    less["repair"].erase(i);
    const Result<nlohmann::json, CaseError> other = repair_case(less);
    if (!other) continue;
    nlohmann::json same = other.value();
    same["repair"] = good.value()["repair"];
    EXPECT_NE(same, good.value()) << "operation " << i << " changes nothing";
  }
}
INSTANTIATE_TEST_SUITE_P(laws, law_4, testing::ValuesIn(all_slugs()), SlugName());

}  // namespace
}  // namespace blindspot
