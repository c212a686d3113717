// A pointer to a range of bytes in the raw text.
#include "core/json/locate.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

struct Row {
  const char* name;
  std::string text, pointer, value, member;  // member "-": there is none to find
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

const Row rows[] = {
    {"root", " {\"a\": 1} ", "", R"({"a": 1})", ""},
    {"member", R"({"a": 1, "b": [true, "x"]})", "/b", R"([true, "x"])", R"("b")"},
    {"element", R"({"a": 1, "b": [true, "x"]})", "/b/1", R"("x")", ""},
    {"nested", R"([{"a":{"b":-1.5e3}}])", "/0/a/b", "-1.5e3", R"("b")"},
    {"behind_nested", R"({"x":{"a":1},"a":2})", "/a", "2", R"("a")"},
    {"name_with_escape", R"({"\u0061":1})", "/a", "1", R"("\u0061")"},
    {"name_with_quote", R"({"a\"b":1})", "/a\"b", "1", R"("a\"b")"},
    {"name_with_slash", R"({"a/b":1,"m~n":2})", "/a~1b", "1", R"("a/b")"},
    {"name_with_tilde", R"({"a/b":1,"m~n":2})", "/m~0n", "2", R"("m~n")"},
    {"empty_name", R"({"":1})", "/", "1", R"("")"},
    {"name_that_is_a_number", R"({"0":1})", "/0", "1", R"("0")"},
    {"last_of_twins", R"({"a":{"b":1},"a":{"c":2}})", "/a/c", "2", R"("c")"},
    {"lost_with_its_twin", R"({"a":{"b":1},"a":{"c":2}})", "/a/b", "", "-"},
    {"index_too_big", "[1,2]", "/2", "", "-"},
    {"index_with_zero", "[1,2]", "/01", "", "-"},
    {"through_a_scalar", R"({"a":1})", "/a/b", "", "-"},
    {"no_pointer", R"({"a":1})", "a", "", "-"},
    {"bracket_in_string", R"({"a":"}]","b":1})", "/b", "1", R"("b")"},
};

class Pointer : public testing::TestWithParam<Row> {};

TEST_P(Pointer, finds_the_bytes) {
  const Row& row = GetParam();
  const Located place = locate(row.text, row.pointer);
  EXPECT_EQ(place.found, row.member != "-");
  if (!place.found) return;
  EXPECT_EQ(row.text.substr(place.value_offset, place.value_length), row.value);
  EXPECT_EQ(row.text.substr(place.name_offset, place.name_length), row.member);
}

INSTANTIATE_TEST_SUITE_P(, Pointer, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(LocateAll, answers_in_the_order_of_the_pointers) {
  const std::string text = R"({"a":[1,2],"b":3})";
  const std::vector<Located> places = locate_all(text, {"/b", "/a/1", "/x", "/b"});
  ASSERT_EQ(places.size(), 4u);
  EXPECT_EQ(text.substr(places[0].value_offset, places[0].value_length), "3");
  EXPECT_EQ(text.substr(places[1].value_offset, places[1].value_length), "2");
  EXPECT_FALSE(places[2].found);
  EXPECT_EQ(places[3], places[0]);
}

TEST(Locate, survives_broken_text) {
  for (const char* text : {"", "{", "[", "{\"a", "{\"a\"", "{\"a\":", "]", "[1,", "\"", "{\"a\":\"\\"}) {
    locate(text, "/a");
    locate(text, "/0/b");
  }
}

}  // namespace
}  // namespace blindspot
