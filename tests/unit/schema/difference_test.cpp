// Two answers side by side: what is missing, what is new, what changed, and where.
#include "core/schema/difference.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

std::string in_one_line(const Differences& found) {
  std::string out;
  for (const Difference& each : found.list) {
    constexpr const char* signs[] = {"-", "+", "~"};
    out += (out.empty() ? "" : " ") + std::string(signs[static_cast<int>(each.kind)]) + each.pointer;
  }
  return out;
}

std::string compared(std::string_view good, std::string_view other) { return in_one_line(differences(good, other)); }

TEST(difference, none_between_equal_data) {
  EXPECT_EQ(compared("{\"a\":1,\"b\":[1.0,\"\\u00e9\"]}", "{ \"b\": [1, \"\xC3\xA9\"], \"a\": 1e0 }"), "");
  EXPECT_TRUE(differences("1", "1").comparable);
}

TEST(difference, members_by_name) {
  EXPECT_EQ(compared("{\"id\":1,\"user_name\":\"Lin\"}", "{\"id\":\"1\",\"userName\":\"Lin\"}"), "-/user_name +/userName ~/id");
}

TEST(difference, elements_by_place) { EXPECT_EQ(compared("{\"items\":[{\"n\":1},{\"n\":2},{\"n\":3}]}", "{\"items\":[{\"n\":1},{\"n\":5}]}"), "-/items/2 ~/items/1/n"); }

TEST(difference, kinds) {
  EXPECT_EQ(compared("{\"a\":{}}", "{\"a\":[]}"), "~/a");
  EXPECT_EQ(compared("{\"a\":null}", "{\"a\":0}"), "~/a");
  EXPECT_EQ(compared("{\"a/b\":1}", "{}"), "-/a~1b");
}

TEST(difference, values_are_shown) {
  const Differences found = differences("{\"total\":46.30}", "{\"total\":\"46.30\"}");
  ASSERT_EQ(found.list.size(), 1u);
  EXPECT_EQ(found.list[0].good, "46.30");
  EXPECT_EQ(found.list[0].other, "\"46.30\"");
}

TEST(difference, is_not_told_of_what_is_no_json) { EXPECT_FALSE(differences("{}", "{").comparable); }

TEST(difference, is_bounded) {
  std::string long_list = "[";
  for (int i = 0; i < 5000; ++i) long_list += "1,";
  const Differences found = differences("[]", long_list + "1]", 10);
  EXPECT_EQ(found.list.size(), 10u);
  EXPECT_EQ(found.count, 5001u);
  const std::string deep(100000, '['), end(100000, ']');
  EXPECT_EQ(differences(deep + "1" + end, deep + "2" + end, 10).count, 1u);
}

}  // namespace
}  // namespace blindspot
