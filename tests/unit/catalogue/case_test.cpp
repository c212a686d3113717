// Case files: where a wrong one is wrong, what a repair can change, and the address a case is called at.
#include <nlohmann/json.hpp>

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

json good_case() {
  return json::parse(R"({
    "family": "status",
    "request": {"method": "POST", "path": "/orders?page=2", "headers": [["Content-Type", "application/json"], ["X-Token", "demo"]],
                "body": "{}", "credentials": "include", "time_limit_ms": 1500, "cancel_after_ms": 300},
    "target": "lab",
    "script": {"response": [{"act": "head", "status": 500}, {"act": "end"}]},
    "contract": {"type": "object"},
    "expect": {"verdict": "pass", "outcome": "answered", "step": "done"},
    "repair": [{"op": "replace", "path": "/script/response/0/status", "value": 200}]
  })");
}

json changed(void (*change)(json&)) {
  json document = good_case();
  change(document);
  return document;
}

TEST(parse_case, reads_every_field) {
  const Result<Case, CaseError> read = parse_case("http-500", good_case());
  ASSERT_TRUE(read) << read.error().pointer << " " << read.error().problem;
  const Case& a_case = read.value();
  EXPECT_EQ(a_case.code, Code::http_500);
  EXPECT_EQ(a_case.method, "POST");
  EXPECT_EQ(a_case.path, "/orders?page=2");
  EXPECT_EQ(a_case.headers, (Headers{{"Content-Type", "application/json"}, {"X-Token", "demo"}}));
  EXPECT_EQ(a_case.body, "{}");
  EXPECT_EQ(a_case.credentials, Credentials::include);
  EXPECT_EQ(a_case.time_limit_ms, 1500);
  EXPECT_EQ(a_case.cancel_after_ms, 300);
  EXPECT_EQ(a_case.target, Target::lab);
  EXPECT_EQ(a_case.script.response.size(), 2u);
  EXPECT_EQ(a_case.contract, "{\n  \"type\": \"object\"\n}");
  EXPECT_EQ(a_case.expect, (Expectation{true, Outcome::answered, "done"}));
}

TEST(parse_case, knows_its_defaults) {
  const Result<Case, CaseError> read = parse_case("http-500", changed([](json& d) { d["request"] = {{"method", "GET"}, {"path", "/"}}; }));
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().credentials, Credentials::same_origin);
  EXPECT_EQ(read.value().time_limit_ms, 10000);
  EXPECT_EQ(read.value().cancel_after_ms, std::nullopt);
}

struct ErrorRow {
  std::string name;
  json document;
  std::string pointer;
};
class case_error : public testing::TestWithParam<ErrorRow> {};
TEST_P(case_error, points_at_the_place) {
  const Result<Case, CaseError> read = parse_case("http-500", GetParam().document);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().pointer, GetParam().pointer) << read.error().problem;
  EXPECT_FALSE(read.error().problem.empty());
}
INSTANTIATE_TEST_SUITE_P(
    catalogue, case_error,
    testing::Values(ErrorRow{"family", changed([](json& d) { d["family"] = "cors"; }), "/family"}, ErrorRow{"no_family", changed([](json& d) { d.erase("family"); }), "/family"},
                    ErrorRow{"no_request", changed([](json& d) { d.erase("request"); }), "/request"},
                    ErrorRow{"no_method", changed([](json& d) { d["request"].erase("method"); }), "/request/method"},
                    ErrorRow{"method_is_a_number", changed([](json& d) { d["request"]["method"] = 1; }), "/request/method"},
                    ErrorRow{"path_without_slash", changed([](json& d) { d["request"]["path"] = "orders"; }), "/request/path"},
                    ErrorRow{"headers_no_pairs", changed([](json& d) { d["request"]["headers"] = {{"A", "b", "c"}}; }), "/request/headers"},
                    ErrorRow{"headers_an_object", changed([](json& d) { d["request"]["headers"] = json::object({{"A", "b"}}); }), "/request/headers"},
                    ErrorRow{"credentials", changed([](json& d) { d["request"]["credentials"] = "always"; }), "/request/credentials"},
                    ErrorRow{"target", changed([](json& d) { d["target"] = "moon"; }), "/target"}, ErrorRow{"no_target", changed([](json& d) { d.erase("target"); }), "/target"},
                    ErrorRow{"no_script", changed([](json& d) { d.erase("script"); }), "/script"},
                    ErrorRow{"unknown_act", changed([](json& d) { d["script"]["response"][1]["act"] = "explode"; }), "/script/response/1/act"},
                    ErrorRow{"no_expect", changed([](json& d) { d.erase("expect"); }), "/expect"},
                    ErrorRow{"verdict", changed([](json& d) { d["expect"]["verdict"] = "maybe"; }), "/expect/verdict"},
                    ErrorRow{"outcome", changed([](json& d) { d["expect"]["outcome"] = "timed_out"; }), "/expect/outcome"},
                    ErrorRow{"repair_no_list", changed([](json& d) { d["repair"] = "try again"; }), "/repair"}, ErrorRow{"no_object", json::array(), "/family"}),
    RowName());

TEST(parse_case, refuses_a_slug_that_is_no_code) {
  EXPECT_FALSE(parse_case("no-such-code", good_case()));
  EXPECT_FALSE(load_case("no-such-code", Twin::faulty));
}

// Repairs.

struct PatchRow {
  std::string name, before, operations, after;  // after empty: does not fit
};
class patch : public testing::TestWithParam<PatchRow> {};
TEST_P(patch, does_what_it_says) {
  json document = json::parse(GetParam().before);
  document["repair"] = json::parse(GetParam().operations);
  const Result<json, CaseError> good = repair_case(document);
  ASSERT_EQ(good.ok(), !GetParam().after.empty());
  if (!good) {
    EXPECT_TRUE(good.error().pointer.starts_with("/repair")) << good.error().pointer;
    return;
  }
  json result = good.value();
  result.erase("repair");
  EXPECT_EQ(result, json::parse(GetParam().after));
}
INSTANTIATE_TEST_SUITE_P(
    catalogue, patch,
    testing::Values(
        PatchRow{"replace_member", R"({"a":1})", R"([{"op":"replace","path":"/a","value":2}])", R"({"a":2})"},
        PatchRow{"replace_needs_a_member", R"({"a":1})", R"([{"op":"replace","path":"/b","value":2}])", ""},
        PatchRow{"add_member", R"({"a":1})", R"([{"op":"add","path":"/b","value":2}])", R"({"a":1,"b":2})"},
        PatchRow{"remove_member", R"({"a":1,"b":2})", R"([{"op":"remove","path":"/b"}])", R"({"a":1})"},
        PatchRow{"remove_needs_a_member", R"({"a":1})", R"([{"op":"remove","path":"/b"}])", ""},
        PatchRow{"replace_element", R"({"a":[1,2]})", R"([{"op":"replace","path":"/a/1","value":3}])", R"({"a":[1,3]})"},
        PatchRow{"insert_element", R"({"a":[1,2]})", R"([{"op":"add","path":"/a/1","value":9}])", R"({"a":[1,9,2]})"},
        PatchRow{"append_by_index", R"({"a":[1]})", R"([{"op":"add","path":"/a/1","value":2}])", R"({"a":[1,2]})"},
        PatchRow{"append_by_dash", R"({"a":[1]})", R"([{"op":"add","path":"/a/-","value":2}])", R"({"a":[1,2]})"},
        PatchRow{"remove_element", R"({"a":[1,2,3]})", R"([{"op":"remove","path":"/a/0"}])", R"({"a":[2,3]})"},
        PatchRow{"index_out_of_range", R"({"a":[1]})", R"([{"op":"replace","path":"/a/1","value":2}])", ""},
        PatchRow{"index_far_out_of_range", R"({"a":[1]})", R"([{"op":"add","path":"/a/99999999999999999999","value":2}])", ""},
        PatchRow{"no_index", R"({"a":[1]})", R"([{"op":"replace","path":"/a/x","value":2}])", ""},
        PatchRow{"deep", R"({"a":[{"b":[[1,2]]}]})", R"([{"op":"replace","path":"/a/0/b/0/1","value":3}])", R"({"a":[{"b":[[1,3]]}]})"},
        PatchRow{"escaped_names", R"({"a/b":{"c~d":1}})", R"([{"op":"replace","path":"/a~1b/c~0d","value":2}])", R"({"a/b":{"c~d":2}})"},
        PatchRow{"escaped_tilde_before_a_digit", R"({"a~1":1})", R"([{"op":"replace","path":"/a~01","value":2}])", R"({"a~1":2})"},
        PatchRow{"no_parent", R"({"a":1})", R"([{"op":"add","path":"/b/c","value":2}])", ""}, PatchRow{"parent_is_a_number", R"({"a":1})", R"([{"op":"add","path":"/a/c","value":2}])", ""},
        PatchRow{"unknown_operation", R"({"a":1})", R"([{"op":"move","path":"/a","from":"/b"}])", ""}, PatchRow{"no_value", R"({"a":1})", R"([{"op":"replace","path":"/a"}])", ""},
        PatchRow{"in_order", R"({"a":[1]})", R"([{"op":"add","path":"/a/0","value":0},{"op":"remove","path":"/a/1"}])", R"({"a":[0]})"},
        PatchRow{"nothing", R"({"a":1})", "[]", R"({"a":1})"}, PatchRow{"no_list", R"({"a":1})", R"({"op":"remove"})", ""}),
    RowName());

TEST(repair, names_the_operation_that_does_not_fit) {
  json document = json::parse(R"({"a":1,"repair":[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]})");
  const Result<json, CaseError> good = repair_case(document);
  ASSERT_FALSE(good);
  EXPECT_EQ(good.error().pointer, "/repair/1");
}

TEST(repair, leaves_the_given_document_alone) {
  const json document = good_case();
  const json before = document;
  ASSERT_TRUE(repair_case(document));
  EXPECT_EQ(document, before);
}

// Addresses.

struct UrlRow {
  std::string name, path, url;
  Target target;
  Twin twin;
  std::string run, expected;
};
class address : public testing::TestWithParam<UrlRow> {};
TEST_P(address, of_a_case) {
  Case a_case{};
  a_case.code = Code::http_500;
  a_case.method = "GET";
  a_case.path = GetParam().path;
  a_case.url = GetParam().url;
  a_case.target = GetParam().target;
  EXPECT_EQ(case_url(a_case, GetParam().twin, Places{}, GetParam().run), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    catalogue, address,
    testing::Values(UrlRow{"plain", "/orders", "", Target::lab, Twin::faulty, "", "http://127.0.0.1:8081/case/http-500/orders"},
                    UrlRow{"good_twin", "/orders", "", Target::lab, Twin::good, "", "http://127.0.0.1:8081/case/http-500/good/orders"},
                    UrlRow{"with_run", "/orders", "", Target::lab, Twin::faulty, "r1", "http://127.0.0.1:8081/case/http-500/orders?run=r1"},
                    UrlRow{"with_query_and_run", "/orders?page=2", "", Target::lab, Twin::faulty, "r1", "http://127.0.0.1:8081/case/http-500/orders?page=2&run=r1"},
                    UrlRow{"over_tls", "/orders", "", Target::tls_good, Twin::good, "r1", "https://localhost:8082/case/http-500/good/orders?run=r1"},
                    UrlRow{"typed_as_it_is", "/orders", "ftp://files.example.com/a", Target::lab, Twin::faulty, "r1", "ftp://files.example.com/a"}),
    RowName());

TEST(request_of_case, carries_what_the_case_asks_for) {
  const Case a_case = must_case("cors-wildcard-with-credentials");
  const Request request = request_of(a_case, Twin::faulty, Places{}, parse_origin("http://localhost:8080"));
  EXPECT_EQ(request.credentials, Credentials::include);
  EXPECT_EQ(request.method, a_case.method);
  EXPECT_EQ(request.headers, a_case.headers);
  EXPECT_EQ(request.body, a_case.body);
  EXPECT_EQ(request.time_limit_ms, a_case.time_limit_ms);
  EXPECT_EQ(serialize_origin(origin_of(request.url)), Places{}.lab);
  EXPECT_EQ(serialize_origin(request.page.origin), "http://localhost:8080");
}

TEST(request_of_case, leaves_a_url_that_cannot_be_parsed_empty) {
  EXPECT_EQ(request_of(must_case("url-malformed"), Twin::faulty, Places{}, Origin{}).url, Url{});
}

// The wire on paper.

Exchange exchange_for(const Case& a_case) { return exchange_of(a_case, request_of(a_case, Twin::faulty, Places{}, parse_origin("http://localhost:8080")), Places{}); }

TEST(exchange_of_case, has_a_preflight_where_the_browser_sends_one) {
  const Exchange exchange = exchange_for(must_case("cors-header-not-allowed"));
  ASSERT_EQ(exchange.hops.size(), 1u);
  ASSERT_TRUE(exchange.hops[0].preflight);
  EXPECT_EQ(exchange.hops[0].preflight->method, "OPTIONS");
  EXPECT_EQ(header_value(exchange.hops[0].preflight->request_headers, "Origin"), "http://localhost:8080");
  EXPECT_FALSE(exchange_for(must_case("http-404")).hops[0].preflight);
}

TEST(exchange_of_case, fills_in_the_page) {
  const Exchange exchange = exchange_for(must_case("ok"));
  ASSERT_TRUE(exchange.hops[0].actual && exchange.hops[0].actual->head);
  EXPECT_EQ(header_value(exchange.hops[0].actual->head->headers, "Access-Control-Allow-Origin"), "http://localhost:8080");
}

TEST(exchange_of_case, follows_a_loop_as_far_as_a_browser_does) { EXPECT_EQ(exchange_for(must_case("redirect-loop")).hops.size(), 21u); }

struct PlaceRow {
  std::string slug;
  Reach reach;
};
class exchange_of_target : public testing::TestWithParam<PlaceRow> {};
TEST_P(exchange_of_target, ends_where_the_target_ends_it) {
  const Exchange exchange = exchange_for(must_case(GetParam().slug));
  ASSERT_EQ(exchange.hops.size(), 1u);
  ASSERT_TRUE(exchange.hops[0].actual);
  EXPECT_EQ(exchange.hops[0].actual->reach, GetParam().reach);
  EXPECT_FALSE(exchange.hops[0].actual->head);
}
INSTANTIATE_TEST_SUITE_P(catalogue, exchange_of_target,
                         testing::Values(PlaceRow{"connection-refused", Reach::refused}, PlaceRow{"dns-failure", Reach::unknown_host}, PlaceRow{"connect-timeout", Reach::never_accepted},
                                         PlaceRow{"tls-expired", Reach::tls_expired}, PlaceRow{"tls-name-mismatch", Reach::tls_name_mismatch}, PlaceRow{"tls-self-signed", Reach::tls_self_signed},
                                         PlaceRow{"tls-failure", Reach::tls_failed}, PlaceRow{"offline", Reach::offline}, PlaceRow{"mixed-content", Reach::not_sent},
                                         PlaceRow{"port-blocked", Reach::not_sent}),
                         [](const auto& row) { return test_name(row.param.slug); });

}  // namespace
}  // namespace blindspot
