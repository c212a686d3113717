// One line of a corpus: what is read of it, which mistakes are named where, and what is said of the call.
#include "core/intake/cors_line.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

using nlohmann::json;

json must_line() {
  return json::parse(R"({"id":"a","page_origin":"https://app.example.com",
    "request":{"url":"https://api.example.com/","method":"PUT","headers":{"X-A":"1"},"credentials":"include"},
    "preflight_response":{"status":204,"headers":[]},"response":null})");
}

struct MistakeRow {
  std::string name, patch, pointer;
};
class mistake : public testing::TestWithParam<MistakeRow> {};
TEST_P(mistake, is_named_with_its_place) {
  json line = must_line();
  line.merge_patch(json::parse(GetParam().patch));
  const auto read = parse_cors_line(line.dump());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().pointer, GetParam().pointer);
  EXPECT_FALSE(read.error().problem.empty());
}
INSTANTIATE_TEST_SUITE_P(
    cors_line, mistake,
    testing::Values(MistakeRow{"id", R"({"id":{}})", "/id"}, MistakeRow{"origin", R"({"page_origin":"x"})", "/page_origin"},
                    MistakeRow{"no_origin", R"({"page_origin":null})", "/page_origin"},
                    MistakeRow{"no_request", R"({"request":null})", "/request"},
                    MistakeRow{"no_url", R"({"request":{"url":null}})", "/request/url"},
                    MistakeRow{"method", R"({"request":{"method":1}})", "/request/method"},
                    MistakeRow{"headers", R"({"request":{"headers":"x"}})", "/request/headers"},
                    MistakeRow{"header_value", R"({"request":{"headers":{"X-A":1}}})", "/request/headers"},
                    MistakeRow{"credentials", R"({"request":{"credentials":"all"}})", "/request/credentials"},
                    MistakeRow{"mode", R"({"request":{"mode":"x"}})", "/request/mode"},
                    MistakeRow{"redirect", R"({"request":{"redirect":"x"}})", "/request/redirect"},
                    MistakeRow{"status", R"({"preflight_response":{"status":1.5}})", "/preflight_response/status"},
                    MistakeRow{"answer", R"({"response":[]})", "/response"},
                    MistakeRow{"pairs", R"({"response":{"status":200,"headers":[["a"]]}})", "/response/headers"},
                    MistakeRow{"redirects", R"({"redirects":1})", "/redirects"},
                    MistakeRow{"hop", R"({"redirects":[1]})", "/redirects/0"},
                    MistakeRow{"cache", R"({"preflight_cache":[{"age":"x"}]})", "/preflight_cache/0/age"},
                    MistakeRow{"space", R"({"local_network":{"page":"x"}})", "/local_network/page"},
                    MistakeRow{"expose", R"({"expose":[1]})", "/expose"}),
    [](const auto& row) { return row.param.name; });

TEST(cors_line, mistakes_in_json_have_an_offset) {
  const auto read = parse_cors_line("{\"id\":1,}");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().offset, 8u);
  EXPECT_FALSE(parse_cors_line(""));
}

TEST(cors_line, everything_is_read) {
  json line = must_line();
  line.merge_patch(json::parse(R"({"request":{"mode":"no-cors","redirect":"manual","upload_listeners":true,"headers":null},
    "browsers":true,"embedder_policy":"require-corp","expose":["ETag"],
    "local_network":{"page":"local","server":"loopback","declared":"local","permission":"granted"},
    "preflight_cache":[{"origin":"o","url":"u","credentials":true,"method":"PUT","header":null,"max_age":9,"age":1}],
    "redirects":[{"url":"https://b.example.com/","response":{"status":200,"headers":[["A","b"]]}}]})"));
  line["request"]["headers"] = json::array({{"X", "1"}, {"X", "2"}});
  const auto read = parse_cors_line(line.dump());
  ASSERT_TRUE(read) << read.error().pointer;
  const CorsLine& got = read.value();
  EXPECT_EQ(got.request.headers, (Headers{{"X", "1"}, {"X", "2"}}));
  EXPECT_EQ(got.request.mode, Mode::no_cors);
  EXPECT_EQ(got.request.redirect, Redirect::manual);
  EXPECT_TRUE(got.request.upload_listeners);
  ASSERT_EQ(got.exchange.hops.size(), 2u);
  EXPECT_EQ(got.exchange.hops[1].actual->head->headers, (Headers{{"A", "b"}}));
  EXPECT_EQ(got.options.exposed, std::vector<std::string>{"ETag"});
  EXPECT_TRUE(got.options.predict.engine.contains(Departure::wildcard_covers_authorization));
  EXPECT_EQ(got.options.predict.embedder_policy, EmbedderPolicy::require_corp);
  ASSERT_TRUE(got.options.predict.local_network);
  EXPECT_EQ(got.options.predict.local_network->page, AddressSpace::local);
  EXPECT_EQ(got.options.predict.local_network->server, AddressSpace::loopback);
  EXPECT_EQ(got.options.predict.local_network->declared, AddressSpace::local);
  EXPECT_EQ(got.options.predict.local_network->permission, Permission::granted);
  ASSERT_EQ(got.options.predict.preflight_cache.size(), 1u);
  EXPECT_EQ(got.options.predict.preflight_cache[0].max_age_s, 9);
}

TEST(cors_line, a_url_that_is_none_is_a_call_that_fails) {
  json line = must_line();
  line["request"]["url"] = "nonsense";
  const auto read = parse_cors_line(line.dump());
  ASSERT_TRUE(read);
  const json said = json::parse(describe_cors_line(read.value()));
  EXPECT_EQ(said.at("step"), "request.url");
  EXPECT_EQ(said.at("obstacle"), "url-invalid");
}

TEST(cors_line, a_failed_call_is_described_with_its_repair) {
  const json said = json::parse(describe_cors_line(parse_cors_line(must_line().dump()).value()));
  EXPECT_EQ(said.at("verdict"), "network-error");
  EXPECT_EQ(said.at("preflight"), true);
  EXPECT_EQ(said.at("step"), "preflight.cors-check.2");
  EXPECT_EQ(said.at("preflight_headers").at("Access-Control-Request-Headers"), "x-a");
  EXPECT_EQ(said.at("repair").size(), 7u) << said;
  EXPECT_EQ(said.at("repair")[0], json::parse(R"({"hop":0,"leg":"preflight","kind":"append-header",
    "name":"Access-Control-Allow-Origin","value":"https://app.example.com","why":"preflight.cors-check.2"})"));
}

}  // namespace
}  // namespace blindspot
