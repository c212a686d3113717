// Law 2: with the wire known, the diagnosis leads with the folder's code and is certain.
#include "tests/laws/stage.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

class law_2 : public testing::TestWithParam<std::string> {};
TEST_P(law_2, the_wire_names_the_code_for_certain) {
  const Staged staged = stage(GetParam(), Twin::faulty);
  const Diagnosis diagnosis = diagnose(known_call(staged));
  ASSERT_FALSE(diagnosis.findings.empty()) << "decided at " << staged.prediction.verdict.decided_at;
  // A code that says "not known" gives way to the one that the wire names.
  const std::string& known_as = staged.a_case.expect.known_as;
  EXPECT_EQ(slug_of(diagnosis.findings[0].code), known_as.empty() ? GetParam() : known_as) << in_one_line(diagnosis);
  EXPECT_EQ(diagnosis.findings[0].certainty, Certainty::certain);
  EXPECT_FALSE(diagnosis.findings[0].because.empty()) << "certain, and no evidence given";
}
INSTANTIATE_TEST_SUITE_P(laws, law_2, testing::ValuesIn(all_slugs()), SlugName());

}  // namespace
}  // namespace blindspot
