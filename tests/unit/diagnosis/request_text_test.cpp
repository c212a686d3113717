// What a person typed, checked as the browser would: what is refused, where, and what is let through.
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

struct Row {
  std::string name, method, url;
  Headers headers;
  std::optional<Code> code;
};
class request_text : public testing::TestWithParam<Row> {};
TEST_P(request_text, is_judged) {
  const auto problem = check_request_text(GetParam().method, GetParam().url, GetParam().headers);
  ASSERT_EQ(problem.has_value(), GetParam().code.has_value());
  if (problem) EXPECT_EQ(problem->code, *GetParam().code);
}

constexpr const char* good = "https://api.example.com/orders?q=a b";

INSTANTIATE_TEST_SUITE_P(
    diagnosis, request_text,
    testing::Values(
        Row{"healthy", "GET", good, {{"Accept", "*/*"}}, std::nullopt}, Row{"lower_case_method", "patch", good, {}, std::nullopt},
        Row{"invented_method", "PURGE", good, {}, std::nullopt}, Row{"url_in_chinese", "GET", "https://api.example.com/\u8336", {}, std::nullopt},
        Row{"value_with_spaces_around", "GET", good, {{"A", "  b\t"}}, std::nullopt}, Row{"empty_value", "GET", good, {{"A", ""}}, std::nullopt},
        Row{"connect", "CONNECT", good, {}, Code::method_forbidden}, Row{"track_in_any_case", "tRaCk", good, {}, Code::method_forbidden},
        Row{"method_with_slash", "GE/T", good, {}, Code::method_forbidden}, Row{"empty_url", "GET", "", {}, Code::url_malformed},
        Row{"relative_url", "GET", "/orders", {}, Code::url_malformed}, Row{"host_with_space", "GET", "https://api example.com/", {}, Code::url_malformed},
        Row{"port_too_high", "GET", "http://a.example:65536/", {}, Code::url_malformed}, Row{"data_url", "GET", "data:text/plain,a", {}, Code::scheme_unsupported},
        Row{"websocket", "GET", "wss://a.example/", {}, Code::scheme_unsupported}, Row{"mailto", "GET", "mailto:a@b.example", {}, Code::scheme_unsupported},
        Row{"header_name_in_chinese", "GET", good, {{"\u540d", "1"}}, Code::header_malformed}, Row{"header_line_break", "GET", good, {{"A", "b\r\nC: d"}}, Code::header_malformed},
        Row{"header_nul", "GET", good, {{"A", std::string("b\0c", 3)}}, Code::header_malformed},
        Row{"header_beyond_latin_1", "GET", good, {{"X-Name", "\u8336"}}, Code::header_malformed}),
    RowName());

TEST(request_text, a_bad_port_is_placed) {
  const auto problem = check_request_text("GET", "http://a.example:99999/x", {});
  ASSERT_TRUE(problem);
  const auto* place = std::get_if<BytePlace>(&problem->place);
  ASSERT_NE(place, nullptr);
  EXPECT_EQ(place->offset, 17u);
  EXPECT_EQ(place->length, 5u);
  EXPECT_EQ(problem->because.subject, "port");
  EXPECT_EQ(problem->because.detail, "99999");
}

TEST(request_text, the_first_header_at_fault_is_named) {
  const auto problem = check_request_text("GET", good, {{"Accept", "*/*"}, {"X Bad", "1"}, {"Y Bad", "2"}});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->place, Place(HeaderPlace{"X Bad"}));
  EXPECT_EQ(problem->slots.at("header"), "X Bad");
}

}  // namespace
}  // namespace blindspot
