// The query of a URL as rows of the form, and the time limit: read, written, unharmed.
#include "tests/unit/views/fake_host.hpp"

namespace blindspot {

void PrintTo(const HeaderDraft& row, std::ostream* out) { *out << row.name << "=" << row.value; }

namespace {

using Query = std::vector<HeaderDraft>;

struct ReadRow {
  std::string name, url;
  Query expected;
};
class query_of_url : public testing::TestWithParam<ReadRow> {};
TEST_P(query_of_url, is_decoded) { EXPECT_EQ(query_of(GetParam().url), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    query, query_of_url,
    testing::Values(ReadRow{"none", "http://a.example/x", {}}, ReadRow{"empty", "http://a.example/x?", {}},
                    ReadRow{"two", "http://a.example/x?a=1&b=2", {{"a", "1"}, {"b", "2"}}},
                    ReadRow{"plus_is_a_space", "http://a.example/?q=tea+cup", {{"q", "tea cup"}}},
                    ReadRow{"escaped_plus", "http://a.example/?q=1%2B1", {{"q", "1+1"}}},
                    ReadRow{"percent", "http://a.example/?q=100%25", {{"q", "100%"}}},
                    ReadRow{"broken_percent_stays", "http://a.example/?q=100%&r=%zz", {{"q", "100%"}, {"r", "%zz"}}},
                    ReadRow{"no_value", "http://a.example/?flag", {{"flag", ""}}},
                    ReadRow{"equals_in_value", "http://a.example/?a=b=c", {{"a", "b=c"}}},
                    ReadRow{"fragment_is_none_of_it", "http://a.example/?a=1#?b=2", {{"a", "1"}}},
                    ReadRow{"question_in_fragment", "http://a.example/#?b=2", {}},
                    ReadRow{"chinese", "http://a.example/?q=%E8%8C%B6", {{"q", "\u8336"}}},
                    ReadRow{"chinese_as_typed", "http://a.example/?q=\u8336", {{"q", "\u8336"}}}),
    RowName());

struct TripRow {
  std::string name;
  Query query;
};
class query_round_trip : public testing::TestWithParam<TripRow> {};
TEST_P(query_round_trip, gives_back_what_was_set) {
  const std::string base = "https://api.example.com:8443/orders?old=1#part?x=y";
  const std::string url = with_query(base, GetParam().query);
  EXPECT_EQ(query_of(url), GetParam().query) << url;
  EXPECT_TRUE(url.starts_with("https://api.example.com:8443/orders?")) << url;
  EXPECT_TRUE(url.ends_with("#part?x=y")) << url;
  // And after the browser's own parser has been over it.
  EXPECT_EQ(query_of(serialize_url(must_url(url))), GetParam().query) << url;
}
INSTANTIATE_TEST_SUITE_P(
    query, query_round_trip,
    testing::Values(TripRow{"plain", {{"page", "2"}}}, TripRow{"space_and_plus", {{"q", "a b+c"}}}, TripRow{"percent", {{"q", "100% %25 %zz"}}},
                    TripRow{"separators", {{"a&b", "c=d&e"}, {"?", "#"}}}, TripRow{"empty_value", {{"flag", ""}, {"x", "1"}}},
                    TripRow{"repeated", {{"id", "1"}, {"id", "2"}}}, TripRow{"chinese", {{"\u5546\u54c1", "\u8336\u676f"}}},
                    TripRow{"quotes_and_brackets", {{"f[a]", "\"<b>\"'`{}|\\^"}}}, TripRow{"bytes_of_no_text", {{"b", std::string("\x01\x7f\xff\xfe", 4)}}},
                    TripRow{"slash_and_colon", {{"to", "http://b.example/c"}}}, TripRow{"astral", {{"e", "\U0001F375"}}}),
    RowName());

TEST(query, no_rows_leave_no_question_mark) {
  EXPECT_EQ(with_query("http://a.example/x?a=1", {}), "http://a.example/x");
  EXPECT_EQ(with_query("http://a.example/x?a=1#f", {}), "http://a.example/x#f");
}

struct LimitRow {
  std::string name, text;
  std::optional<int> expected;
};
class time_limit : public testing::TestWithParam<LimitRow> {};
TEST_P(time_limit, is_read_in_milliseconds) { EXPECT_EQ(parse_time_limit(GetParam().text), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    query, time_limit,
    testing::Values(LimitRow{"empty", "", 0}, LimitRow{"blank", "  ", 0}, LimitRow{"whole", "10", 10000}, LimitRow{"tenths", "1.5", 1500},
                    LimitRow{"least", "0.1", 100}, LimitRow{"most", "600", 600000}, LimitRow{"spaces", " 2 ", 2000},
                    LimitRow{"too_small", "0.05", std::nullopt}, LimitRow{"too_large", "600.1", std::nullopt}, LimitRow{"unit", "10s", std::nullopt},
                    LimitRow{"words", "ten", std::nullopt}, LimitRow{"negative", "-3", std::nullopt}, LimitRow{"nan", "nan", std::nullopt},
                    LimitRow{"infinite", "inf", std::nullopt}, LimitRow{"two", "1 2", std::nullopt}),
    RowName());

}  // namespace
}  // namespace blindspot
