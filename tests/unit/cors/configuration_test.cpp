// The policy as text for each server: everything in it, nothing beyond it, quoted as each language wants it.
#include "core/cors/configuration/server_configuration.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <nlohmann/json.hpp>
#include <set>

namespace blindspot {
namespace {

const CorsPolicy full = {{"https://app.example.com", "http://localhost:3000"},
                         {"GET", "PUT"},
                         {"authorization", "x-a"},
                         {"ETag"},
                         true,
                         600};
const CorsPolicy open_policy = {{"*"}, {"GET", "PUT"}, {"x-a"}, {}, false, std::nullopt};

std::string slug_name(std::string text) {
  for (char& c : text)
    if (c == '-') c = '_';
  return text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class configuration_of : public testing::TestWithParam<Server> {};

TEST_P(configuration_of, is_named) {
  EXPECT_EQ(parse_server(server_slug(GetParam())), GetParam());
}

TEST_P(configuration_of, holds_the_whole_policy) {
  const std::string text = server_configuration(GetParam(), full);
  const bool pattern = GetParam() == Server::apache;
  EXPECT_TRUE(holds(text, pattern ? "https://app\\.example\\.com" : "https://app.example.com")) << text;
  // Plain answers speak to one origin.
  if (GetParam() != Server::headers) {
    EXPECT_TRUE(holds(text, "http://localhost:3000")) << text;
  }
  EXPECT_TRUE(holds(text, GetParam() == Server::rails ? ":put" : "PUT")) << text;
  EXPECT_TRUE(holds(text, "authorization")) << text;
  EXPECT_TRUE(holds(text, "x-a")) << text;
  EXPECT_TRUE(holds(text, "ETag")) << text;
  EXPECT_TRUE(holds(text, "600")) << text;
  // S3 sends it by itself.
  if (GetParam() != Server::s3) {
    EXPECT_TRUE(holds(ascii_lowercase(text), "credentials")) << text;
  }
}

TEST_P(configuration_of, opens_to_everyone_without_credentials) {
  const std::string text = server_configuration(GetParam(), open_policy);
  const std::set<Server> by_word = {Server::django, Server::aspnet_core, Server::gin};
  EXPECT_TRUE(holds(text, "*") || by_word.count(GetParam())) << text;
  EXPECT_TRUE(GetParam() == Server::laravel || !holds(ascii_lowercase(text), "credentials true")) << text;
  for (const char* word : {"Credentials: true", "credentials: true", "credentials=True", "CREDENTIALS = True",
                           "AllowCredentials()", "AllowCredentials(true)", "AllowCredentials\": true", "=> true"}) {
    EXPECT_FALSE(holds(text, word)) << text;
  }
}

TEST_P(configuration_of, never_opens_to_everyone_with_credentials) {
  CorsPolicy policy = full;
  policy.origins = {"*", "https://app.example.com"};
  policy.methods.push_back("*");
  policy.headers.push_back("*");
  policy.exposed.push_back("*");
  CorsPolicy without = full;
  without.origins = {"https://app.example.com"};
  EXPECT_EQ(server_configuration(GetParam(), policy), server_configuration(GetParam(), without));
}

TEST_P(configuration_of, leaves_no_slot_and_closes_every_bracket) {
  for (const CorsPolicy& policy : {full, open_policy, CorsPolicy{}}) {
    const std::string text = server_configuration(GetParam(), policy);
    EXPECT_FALSE(holds(text, "<<")) << text;
    EXPECT_FALSE(holds(text, ">>")) << text;
    EXPECT_FALSE(holds(text, "?any") || holds(text, "!any")) << text;
    EXPECT_TRUE(text.empty() || text.back() == '\n') << text;
    for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'[', ']'}, std::pair{'{', '}'}}) {
      EXPECT_EQ(std::count(text.begin(), text.end(), open), std::count(text.begin(), text.end(), close)) << text;
    }
    for (unsigned char c : text) ASSERT_LT(c, 0x80u);
  }
}

INSTANTIATE_TEST_SUITE_P(cors, configuration_of, testing::ValuesIn(all_servers),
                         [](const auto& row) { return slug_name(std::string(server_slug(row.param))); });

// The very words that switch credentials on: there with them, gone without.
TEST(configuration, credentials_are_allowed_in_each_servers_words) {
  const std::vector<std::pair<Server, std::string>> words = {
      {Server::headers, "Access-Control-Allow-Credentials: true"},
      {Server::nginx, "add_header Access-Control-Allow-Credentials $cors_credentials always;"},
      {Server::apache, "Header always set Access-Control-Allow-Credentials \"true\""},
      {Server::caddy, "Access-Control-Allow-Credentials true"},
      {Server::express, "credentials: true,"},
      {Server::fastify, "credentials: true,"},
      {Server::cloud_function, "response.set(\"Access-Control-Allow-Credentials\", \"true\");"},
      {Server::django, "CORS_ALLOW_CREDENTIALS = True"},
      {Server::fastapi, "allow_credentials=True,"},
      {Server::flask, "supports_credentials=True,"},
      {Server::go, "header.Set(\"Access-Control-Allow-Credentials\", \"true\")"},
      {Server::gin, "AllowCredentials: true,"},
      {Server::spring, "cors.setAllowCredentials(true);"},
      {Server::aspnet_core, "policy.AllowCredentials();"},
      {Server::laravel, "'supports_credentials' => true,"},
      {Server::rails, "credentials: true"},
      {Server::api_gateway, "\"AllowCredentials\": true"}};
  EXPECT_EQ(words.size() + 1, all_servers.size()) << "all but S3, which sends it by itself";
  CorsPolicy without = full;
  without.credentials = false;
  for (const auto& [server, word] : words) {
    EXPECT_TRUE(holds(server_configuration(server, full), word)) << server_configuration(server, full);
    EXPECT_FALSE(holds(server_configuration(server, without), word)) << server_slug(server);
  }
}

TEST(configuration, every_server_is_listed_once) {
  std::set<std::string_view> slugs;
  for (Server server : all_servers) EXPECT_TRUE(slugs.insert(server_slug(server)).second);
  EXPECT_EQ(slugs.size(), 18u);
  EXPECT_FALSE(parse_server("iis"));
}

TEST(configuration, what_is_data_can_be_parsed) {
  const auto s3 = nlohmann::json::parse(server_configuration(Server::s3, full)).at("CORSRules").at(0);
  EXPECT_EQ(s3.at("AllowedOrigins"), nlohmann::json(full.origins));
  EXPECT_EQ(s3.at("AllowedMethods"), nlohmann::json({"GET", "PUT", "HEAD", "POST"}));
  EXPECT_EQ(s3.at("AllowedHeaders"), nlohmann::json(full.headers));
  EXPECT_EQ(s3.at("ExposeHeaders"), nlohmann::json(full.exposed));
  EXPECT_EQ(s3.at("MaxAgeSeconds"), 600);
  const auto gateway = nlohmann::json::parse(server_configuration(Server::api_gateway, full));
  EXPECT_EQ(gateway.at("AllowOrigins"), nlohmann::json(full.origins));
  EXPECT_EQ(gateway.at("AllowCredentials"), true);
  EXPECT_EQ(gateway.at("MaxAge"), 600);
  EXPECT_FALSE(nlohmann::json::parse(server_configuration(Server::api_gateway, open_policy)).contains("AllowCredentials"));
}

TEST(configuration, plain_headers_let_the_call_through) {
  Request request;
  request.method = "PUT";
  request.url = parse_url("https://api.example.com/").value();
  request.headers = {{"X-A", "1"}, {"Authorization", "x"}};
  request.credentials = Credentials::include;
  request.page.origin = parse_origin("https://app.example.com");
  const std::string text = server_configuration(Server::headers, full);
  const std::size_t middle = text.find("\n\n");
  ASSERT_NE(middle, std::string::npos);
  Round preflight, actual;
  preflight.head = ResponseHead{204, "", parse_header_lines(text.substr(0, middle))};
  actual.head = ResponseHead{200, "", parse_header_lines(text.substr(middle))};
  EXPECT_TRUE(predict(request, {{{preflight, actual}}}).verdict.allowed) << text;
}

// A name may hold what a language gives a meaning to.
struct QuoteRow {
  Server server;
  std::string expected;
};
class quoting : public testing::TestWithParam<QuoteRow> {};
TEST_P(quoting, keeps_special_characters) {
  const CorsPolicy policy = {{"https://a'b.example.com"}, {"GET"}, {"x-$a%b'"}, {}, false, std::nullopt};
  EXPECT_TRUE(holds(server_configuration(GetParam().server, policy), GetParam().expected))
      << server_configuration(GetParam().server, policy);
}
INSTANTIATE_TEST_SUITE_P(cors, quoting,
                         testing::Values(QuoteRow{Server::nginx, "\"x-${dollar}a%b'\""},
                                         QuoteRow{Server::nginx, "geo $dollar {"},
                                         QuoteRow{Server::apache, "\"x-$a%%b'\""},
                                         QuoteRow{Server::caddy, "\"x-$a%b'\""},
                                         QuoteRow{Server::express, "[\"x-$a%b'\"]"},
                                         QuoteRow{Server::flask, "\"x-\\\\$a%b'$\""},
                                         QuoteRow{Server::laravel, "'x-$a%b\\''"},
                                         QuoteRow{Server::rails, "'https://a\\'b.example.com'"}),
                         [](const auto& row) {
                           return slug_name(std::string(server_slug(row.param.server))) + std::to_string(row.index);
                         });

TEST(configuration, an_origin_in_brackets_is_no_pattern) {
  const CorsPolicy policy = {{"http://[::1]:3000"}, {"GET"}, {}, {}, false, std::nullopt};
  EXPECT_TRUE(holds(server_configuration(Server::flask, policy), "\"http://\\\\[::1\\\\]:3000$\""));
  EXPECT_TRUE(holds(server_configuration(Server::apache, policy), "\"^http://\\[::1\\]:3000$\""));
}

TEST(configuration, the_origin_null_is_named_where_the_package_would_refuse_it) {
  const CorsPolicy policy = {{"null"}, {"GET"}, {}, {}, false, std::nullopt};
  EXPECT_TRUE(holds(server_configuration(Server::gin, policy), "return origin == \"null\""));
  EXPECT_TRUE(holds(server_configuration(Server::rails, policy), "origins /\\Anull\\z/"));
}

}  // namespace
}  // namespace blindspot
