// The words of the controls and quantities as people read them.
#include "web/views/labels.hpp"

#include <gtest/gtest.h>

#include "tests/support/must.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {
namespace {

TEST(labels, are_said_in_the_language_asked_for) {
  EXPECT_EQ(say(Label::send, Language::en), "Send");
  EXPECT_EQ(say(Label::send, Language::zh), "\u53d1\u9001");
}

TEST(labels, fill_in_a_number) {
  EXPECT_EQ(say(Label::retries_note, Language::en, 2), "The browser tried 2 more times by itself.");
  EXPECT_EQ(say(Label::send, Language::en, 2), "Send");
}

struct DurationRow {
  std::string name;
  double ms;
  std::string text;
};
class duration : public testing::TestWithParam<DurationRow> {};
TEST_P(duration, is_rounded_for_people) { EXPECT_EQ(text_of_duration(GetParam().ms), GetParam().text); }
INSTANTIATE_TEST_SUITE_P(labels, duration,
                         testing::Values(DurationRow{"unknown", -1, ""}, DurationRow{"zero", 0, "0 ms"}, DurationRow{"below_one", 0.4, "0 ms"},
                                         DurationRow{"whole", 6, "6 ms"}, DurationRow{"second", 1000, "1 s"}, DurationRow{"tenths", 1500, "1.5 s"},
                                         DurationRow{"minute", 60000, "60 s"}, DurationRow{"long_wait", 123456, "123 s"}),
                         RowName());

struct BytesRow {
  std::string name;
  std::uint64_t bytes;
  std::string text;
};
class size_of_body : public testing::TestWithParam<BytesRow> {};
TEST_P(size_of_body, is_rounded_for_people) { EXPECT_EQ(text_of_bytes(GetParam().bytes, Language::en), GetParam().text); }
INSTANTIATE_TEST_SUITE_P(labels, size_of_body,
                         testing::Values(BytesRow{"none", 0, "0 bytes"}, BytesRow{"few", 812, "812 bytes"}, BytesRow{"below_ten_thousand", 9999, "9999 bytes"},
                                         BytesRow{"kilobytes", 20480, "20.5 KB"}, BytesRow{"megabytes", 1400000, "1.4 MB"},
                                         BytesRow{"many", 250000000, "250 MB"}),
                         RowName());

}  // namespace
}  // namespace blindspot
