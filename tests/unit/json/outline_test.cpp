// Brackets and their partners, whole and broken, in slices of every size.
#include "core/json/outline.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace blindspot {
namespace {

JsonOutline outline_of(std::string_view text, std::size_t slice = 1'000'000) {
  JsonOutline outline(text);
  for (std::size_t i = 0; i <= text.size() + 1 && !outline.step(slice); ++i) {}
  return outline;
}

TEST(json_outline, finds_partners_and_counts_items) {
  const std::string text = R"({"a":[1,2,{"b":"}]"}],"c":{}, "d":"\"["})";
  const JsonOutline outline = outline_of(text);
  ASSERT_TRUE(outline.done());
  ASSERT_EQ(outline.containers().size(), 4u);
  const auto all = outline.find(0), array = outline.find(5), inner = outline.find(10), empty = outline.find(text.find("{}"));
  ASSERT_TRUE(all && array && inner && empty);
  EXPECT_EQ(*all, (JsonContainer{0, static_cast<std::uint32_t>(text.size() - 1), 3}));
  EXPECT_EQ(array->items, 3u);
  EXPECT_EQ(text[array->close], ']');
  EXPECT_EQ(inner->items, 1u);
  EXPECT_EQ(empty->items, 0u);
  EXPECT_TRUE(outline.stray().empty());
  EXPECT_FALSE(outline.find(1));
}

struct BrokenRow {
  std::string name, text;
  std::vector<std::uint32_t> stray;
  std::size_t closed;  // containers with both brackets
};
class broken : public testing::TestWithParam<BrokenRow> {};
TEST_P(broken, is_read_on) {
  const BrokenRow& row = GetParam();
  const JsonOutline outline = outline_of(row.text);
  EXPECT_TRUE(outline.done());
  EXPECT_EQ(outline.stray(), row.stray);
  std::size_t closed = 0;
  for (const JsonContainer& each : outline.containers()) closed += each.close != each.open;
  EXPECT_EQ(closed, row.closed);
}
INSTANTIATE_TEST_SUITE_P(json_outline, broken,
                         testing::Values(BrokenRow{"truncated", R"({"a":[1,2)", {0, 5}, 0}, BrokenRow{"closed_too_often", "[1]]", {3}, 1},
                                         BrokenRow{"wrong_kind", R"({"a":[1,2})", {5}, 1}, BrokenRow{"unclosed_string", "{\"a\":\"x\n,\"b\":[1]}", {}, 2},
                                         BrokenRow{"single_quotes", "{'a':['x']}", {}, 2}, BrokenRow{"no_json", "plain words", {}, 0}, BrokenRow{"empty", "", {}, 0}),
                         [](const auto& row) { return row.param.name; });

TEST(json_outline, slices_change_nothing) {
  std::mt19937 random(11);
  const std::string alphabet[] = {"{", "}", "[", "]", ",", ":", "\"", "\\", "\\\"", "a", "1", " ", "\n", "\xE8\x8C\xB6"};
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 120; ++i) text += alphabet[random() % std::size(alphabet)];
    const JsonOutline whole = outline_of(text);
    for (const std::size_t slice : {1u, 2u, 3u, 7u, 50u}) {
      const JsonOutline sliced = outline_of(text, slice);
      ASSERT_EQ(sliced.containers(), whole.containers()) << text << " by " << slice;
      ASSERT_EQ(sliced.stray(), whole.stray()) << text << " by " << slice;
    }
  }
}

TEST(json_outline, depth_and_strays_are_bounded) {
  const std::string deep(3'000'000, '[');
  const JsonOutline outline = outline_of(deep);
  EXPECT_TRUE(outline.done());
  EXPECT_LE(outline.containers().size(), JsonOutline::most);
  EXPECT_LE(outline.stray().size(), 1000u);
}

TEST(json_runs, cover_every_byte) {
  const std::string text = "{\"k\\\"\": -1.5e3,\r\n true\x01 'x' nul \"open";
  std::string kinds;
  std::size_t at = 0;
  while (at < text.size()) {
    const JsonRun run = next_json_run(text, at, text.size());
    ASSERT_EQ(run.begin, at);
    ASSERT_GT(run.end, at);
    kinds += "_{},:\"1lw"[static_cast<int>(run.kind)];
    at = run.end;
  }
  EXPECT_EQ(kinds, "{\":_1,_lw_w_w_\"");
}

}  // namespace
}  // namespace blindspot
