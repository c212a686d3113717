// With the wire known: the step that decided names the code, its place and what stood there.
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

constexpr const char* page = "http://localhost:8080";
constexpr const char* orders = "http://127.0.0.1:8081/orders";

Call call_with(Request request, Exchange exchange, Outcome outcome = Outcome::failed) {
  Call call;
  call.request = std::move(request);
  call.exchange = std::move(exchange);
  call.observation.outcome = outcome;
  return call;
}

Round answered(const std::string& method, int status, Headers headers) {
  Round round{.method = method, .url = must_url(orders)};
  round.head = ResponseHead{status, "", std::move(headers)};
  return round;
}

Round ended(const std::string& method, Ending ending) {
  Round round{.method = method, .url = must_url(orders)};
  round.ending = ending;
  return round;
}

Exchange only(Round round) { return {{Hop{std::nullopt, std::move(round)}}}; }
Exchange only_preflight(Round round) { return {{Hop{std::move(round), std::nullopt}}}; }

Request post_with_token() {
  Request request = must_request("POST", orders);
  request.headers = {{"X-Token", "top-secret"}};
  return request;
}

const Header allow_page{"Access-Control-Allow-Origin", page};

struct CorsRow {
  std::string name;
  Request request;
  Exchange exchange;
  Code code;
  Place place;
  std::vector<EvidenceKind> evidence;
};

std::vector<CorsRow> cors_rows() {
  const Request get = must_request("GET", orders);
  Request with_credentials = get;
  with_credentials.credentials = Credentials::include;
  const HeaderPlace origin{"Access-Control-Allow-Origin"}, credentials{"Access-Control-Allow-Credentials"}, methods{"Access-Control-Allow-Methods"},
      headers{"Access-Control-Allow-Headers"};
  const Request del = must_request("DELETE", orders);
  return {
      {"no_header", get, only(answered("GET", 200, {})), Code::cors_allow_origin_missing, origin, {EvidenceKind::server_left_out}},
      {"no_header_on_error", get, only(answered("GET", 500, {})), Code::cors_headers_on_success_only, origin, {EvidenceKind::server_left_out, EvidenceKind::status_seen}},
      {"other_origin", get, only(answered("GET", 200, {{"Access-Control-Allow-Origin", "https://other.example"}})), Code::cors_allow_origin_mismatch, origin, {EvidenceKind::server_sent}},
      {"wildcard_with_credentials", with_credentials, only(answered("GET", 200, {{"Access-Control-Allow-Origin", "*"}})), Code::cors_wildcard_with_credentials, origin,
       {EvidenceKind::server_sent, EvidenceKind::credentials_included}},
      {"credentials_not_allowed", with_credentials, only(answered("GET", 200, {allow_page})), Code::cors_allow_credentials_missing, credentials, {EvidenceKind::server_left_out}},
      {"credentials_allowed_wrongly", with_credentials, only(answered("GET", 200, {allow_page, {"Access-Control-Allow-Credentials", "True"}})),
       Code::cors_allow_credentials_missing, credentials, {EvidenceKind::server_sent}},
      {"preflight_404_without_header", del, only_preflight(answered("OPTIONS", 404, {})), Code::cors_preflight_status, origin, {EvidenceKind::status_seen, EvidenceKind::journal_preflight_only}},
      {"preflight_405_with_header", del, only_preflight(answered("OPTIONS", 405, {allow_page})), Code::cors_preflight_status, StepPlace{"preflight.status"}, {EvidenceKind::status_seen}},
      {"preflight_redirected", del, only_preflight(answered("OPTIONS", 302, {allow_page, {"Location", "/login"}})), Code::cors_preflight_redirect, StepPlace{"preflight.status"}, {EvidenceKind::status_seen}},
      {"preflight_redirected_without_header", del, only_preflight(answered("OPTIONS", 307, {{"Location", "/login"}})), Code::cors_preflight_redirect, origin, {EvidenceKind::status_seen}},
      {"preflight_200_without_header", del, only_preflight(answered("OPTIONS", 200, {})), Code::cors_allow_origin_missing, origin, {EvidenceKind::server_left_out}},
      {"method_not_listed", del, only_preflight(answered("OPTIONS", 204, {allow_page, {"Access-Control-Allow-Methods", "GET, POST"}})), Code::cors_method_not_allowed, methods,
       {EvidenceKind::server_sent, EvidenceKind::journal_preflight_only, EvidenceKind::preflight_needed}},
      {"no_list_of_methods", del, only_preflight(answered("OPTIONS", 204, {allow_page})), Code::cors_method_not_allowed, methods, {EvidenceKind::server_left_out}},
      {"header_not_listed", post_with_token(), only_preflight(answered("OPTIONS", 204, {allow_page, {"Access-Control-Allow-Headers", "content-type"}})), Code::cors_header_not_allowed, headers,
       {EvidenceKind::server_sent, EvidenceKind::journal_preflight_only, EvidenceKind::preflight_needed}},
      {"preflight_401", del, only_preflight(answered("OPTIONS", 401, {allow_page})), Code::cors_preflight_unauthorized, StepPlace{"preflight.status"}, {EvidenceKind::status_seen}},
      {"preflight_403_without_header", del, only_preflight(answered("OPTIONS", 403, {})), Code::cors_preflight_unauthorized, origin, {EvidenceKind::status_seen}},
      {"preflight_reset", del, only_preflight(ended("OPTIONS", Ending::reset)), Code::cors_preflight_no_answer, StepPlace{"preflight.network"}, {EvidenceKind::wire_reset}},
      {"preflight_list_broken", post_with_token(), only_preflight(answered("OPTIONS", 204, {allow_page, {"Access-Control-Allow-Headers", "content-type; x-token"}})), Code::cors_allow_list_malformed, headers,
       {EvidenceKind::server_sent}},
      {"preflight_list_misspelt", post_with_token(), only_preflight(answered("OPTIONS", 204, {allow_page, {"Access-Control-Allow-Header", "x-token"}})), Code::cors_header_misspelt, headers,
       {EvidenceKind::near_name}},
      {"origin_with_a_slash", get, only(answered("GET", 200, {{"Access-Control-Allow-Origin", std::string(page) + "/"}})), Code::cors_allow_origin_malformed, origin, {EvidenceKind::server_sent}},
      {"origin_empty", get, only(answered("GET", 200, {{"Access-Control-Allow-Origin", ""}})), Code::cors_allow_origin_malformed, origin, {EvidenceKind::server_sent}},
      {"two_origins", get, only(answered("GET", 200, {allow_page, {"Access-Control-Allow-Origin", "*"}})), Code::cors_allow_origin_multiple, origin, {EvidenceKind::server_sent}},
      {"another_origin_from_a_cache", get, only(answered("GET", 200, {{"Access-Control-Allow-Origin", "https://other.example"}, {"Age", "9"}})), Code::cors_cached_without_vary, origin,
       {EvidenceKind::server_sent, EvidenceKind::server_left_out}},
      {"another_origin_from_a_cache_that_varies", get, only(answered("GET", 200, {{"Access-Control-Allow-Origin", "https://other.example"}, {"Age", "9"}, {"Vary", "Accept, Origin"}})),
       Code::cors_allow_origin_mismatch, origin, {EvidenceKind::server_sent}},
      {"misspelt", get, only(answered("GET", 200, {{"Access-Control-Allow-Origins", "*"}})), Code::cors_header_misspelt, origin, {EvidenceKind::near_name}},
      {"redirect_without_headers", get, only(answered("GET", 301, {{"Location", "/orders/"}})), Code::cors_redirect, origin, {EvidenceKind::server_left_out, EvidenceKind::status_seen}},
      {"redirect_to_login", get, only(answered("GET", 302, {{"Location", "https://id.example/oauth2/authorize?x=1"}})), Code::cors_redirect_to_login, origin, {EvidenceKind::server_sent}},
      {"redirect_to_login_by_its_path", get, only(answered("GET", 302, {{"Location", "/Login?next=%2Forders"}})), Code::cors_redirect_to_login, origin, {EvidenceKind::server_sent}},
      {"redirect_of_a_path_like_one", get, only(answered("GET", 302, {{"Location", "/authors/7"}})), Code::cors_redirect, origin, {EvidenceKind::server_sent}},
      {"no_list_of_headers", post_with_token(), only_preflight(answered("OPTIONS", 204, {allow_page})), Code::cors_header_not_allowed, headers, {EvidenceKind::server_left_out}},
  };
}

class cors_refusal : public testing::TestWithParam<CorsRow> {};
TEST_P(cors_refusal, is_named_and_placed) {
  const Diagnosis diagnosis = diagnose(call_with(GetParam().request, GetParam().exchange));
  ASSERT_EQ(in_one_line(diagnosis), std::string(slug_of(GetParam().code)) + " certain");
  const Finding& finding = diagnosis.findings[0];
  EXPECT_EQ(finding.place, GetParam().place);
  EXPECT_TRUE(has_evidence(finding, EvidenceKind::step_decided));
  for (EvidenceKind kind : GetParam().evidence) EXPECT_TRUE(has_evidence(finding, kind)) << static_cast<int>(kind);
  for (const Evidence& evidence : finding.because) EXPECT_EQ((evidence.subject + evidence.detail).find("top-secret"), std::string::npos) << "a secret is told";
}
INSTANTIATE_TEST_SUITE_P(diagnosis, cors_refusal, testing::ValuesIn(cors_rows()), RowName());

TEST(cors_refusal, names_the_header_as_the_caller_wrote_it) {
  const Exchange exchange = only_preflight(answered("OPTIONS", 204, {allow_page, {"Access-Control-Allow-Headers", "content-type"}}));
  const Diagnosis diagnosis = diagnose(call_with(post_with_token(), exchange));
  ASSERT_EQ(diagnosis.findings.size(), 1u);
  EXPECT_EQ(diagnosis.findings[0].slots.at("header"), "X-Token");
  EXPECT_EQ(diagnosis.findings[0].slots.at("allow_headers"), "content-type");
}

TEST(cors_refusal, rules_out_the_network_by_the_answer_that_came) {
  const Diagnosis diagnosis = diagnose(call_with(must_request("GET", orders), only(answered("GET", 200, {}))));
  bool network = false;
  for (const RuledOut& item : diagnosis.ruled_out)
    if (item.family == Family::network) {
      network = true;
      EXPECT_EQ(item.because, (Evidence{EvidenceKind::journal_request, "GET", "200"}));
    }
  EXPECT_TRUE(network);
}

struct WireRow {
  std::string name;
  Round round;
  Outcome outcome;
  Code code;
};

std::vector<WireRow> wire_rows() {
  Round stalled_body = answered("GET", 200, {allow_page, {"Content-Length", "100"}});
  stalled_body.body = "half";
  stalled_body.body_bytes = 4;
  stalled_body.ending = Ending::stalled;
  Round cut_body = stalled_body;
  cut_body.ending = Ending::closed_early;
  Round reset_body = stalled_body;
  reset_body.ending = Ending::reset;
  Round ssh = ended("GET", Ending::complete);
  ssh.raw = "SSH-2.0-OpenSSH_9.2\r\n";
  Round broken_head = ended("GET", Ending::complete);
  broken_head.raw = std::string("HTTP/1.1 200 OK\r\nX-Trace: a\0b\r\n\r\n", 34);
  return {{"reset", ended("GET", Ending::reset), Outcome::failed, Code::connection_reset},
          {"closed", ended("GET", Ending::closed_early), Outcome::failed, Code::empty_response},
          {"silent", ended("GET", Ending::stalled), Outcome::timed_out, Code::response_timeout},
          {"browser_left_the_silence", ended("GET", Ending::client_left), Outcome::timed_out, Code::response_timeout},
          {"still_open", ended("GET", Ending::open), Outcome::timed_out, Code::response_timeout},
          {"ssh", ssh, Outcome::failed, Code::not_http},
          {"nul_in_the_head", broken_head, Outcome::failed, Code::network_failure},
          {"body_stalled", stalled_body, Outcome::timed_out, Code::body_stalled},
          {"body_cut", cut_body, Outcome::failed, Code::body_truncated},
          {"body_reset", reset_body, Outcome::failed, Code::body_truncated},
          {"two_lengths", answered("GET", 200, {allow_page, {"Content-Length", "1"}, {"Content-Length", "2"}}), Outcome::failed, Code::network_failure}};
}

class wire_fault : public testing::TestWithParam<WireRow> {};
TEST_P(wire_fault, is_named) {
  Request request = must_request("GET", orders);
  request.time_limit_ms = 1500;
  const Diagnosis diagnosis = diagnose(call_with(request, only(GetParam().round), GetParam().outcome));
  EXPECT_EQ(in_one_line(diagnosis), std::string(slug_of(GetParam().code)) + " certain");
}
INSTANTIATE_TEST_SUITE_P(diagnosis, wire_fault, testing::ValuesIn(wire_rows()), RowName());

TEST(wire_fault, a_limit_that_runs_out_in_the_preflight_is_a_timeout_of_its_own) {
  Request request = post_with_token();
  request.time_limit_ms = 1200;
  EXPECT_EQ(in_one_line(diagnose(call_with(request, only_preflight(ended("OPTIONS", Ending::stalled)), Outcome::timed_out))), "timeout certain");
}

TEST(wire_fault, a_slow_head_is_late_even_when_it_came) {
  Request request = must_request("GET", orders);
  request.time_limit_ms = 1000;
  Round late = answered("GET", 200, {allow_page});
  late.head_ms = 2000;
  EXPECT_EQ(in_one_line(diagnose(call_with(request, only(late), Outcome::timed_out))), "response-timeout certain");
}

struct ReachRow {
  std::string name;
  Reach reach;
  Outcome outcome;
  Code code;
};
class place : public testing::TestWithParam<ReachRow> {};
TEST_P(place, names_the_code) {
  Round round{.method = "GET", .url = must_url(orders)};
  round.reach = GetParam().reach;
  Request request = must_request("GET", orders);
  request.time_limit_ms = 1500;
  const Diagnosis diagnosis = diagnose(call_with(request, only(round), GetParam().outcome));
  ASSERT_EQ(in_one_line(diagnosis), std::string(slug_of(GetParam().code)) + " certain");
  EXPECT_EQ(diagnosis.findings[0].because[0], (Evidence{EvidenceKind::place_known, std::string(reach_name(GetParam().reach)), ""}));
}
INSTANTIATE_TEST_SUITE_P(
    diagnosis, place,
    testing::Values(ReachRow{"offline", Reach::offline, Outcome::failed, Code::offline}, ReachRow{"unknown_host", Reach::unknown_host, Outcome::failed, Code::dns_failure},
                    ReachRow{"refused", Reach::refused, Outcome::failed, Code::connection_refused},
                    ReachRow{"never_accepted", Reach::never_accepted, Outcome::timed_out, Code::connect_timeout},
                    ReachRow{"expired", Reach::tls_expired, Outcome::failed, Code::tls_expired},
                    ReachRow{"wrong_name", Reach::tls_name_mismatch, Outcome::failed, Code::tls_name_mismatch},
                    ReachRow{"self_signed", Reach::tls_self_signed, Outcome::failed, Code::tls_self_signed},
                    ReachRow{"handshake", Reach::tls_failed, Outcome::failed, Code::tls_failure}),
    RowName());

TEST(wire_fault, a_redirect_loop_is_counted) {
  const std::string self = orders;
  const Round hop = answered("GET", 302, {allow_page, {"Location", self}});
  const Diagnosis diagnosis = diagnose(call_with(must_request("GET", orders), Exchange{std::vector<Hop>(21, Hop{std::nullopt, hop})}));
  ASSERT_EQ(in_one_line(diagnosis), "redirect-loop certain");
  EXPECT_EQ(diagnosis.findings[0].because[0], (Evidence{EvidenceKind::wire_redirects, "20", ""}));
}

// The wire is healthy, the page was refused all the same: say so, and do not invent a fault of the server.
TEST(wire_fault, a_page_that_disagrees_with_a_healthy_wire_is_believed) {
  Round healthy = answered("GET", 200, {allow_page});
  const Diagnosis diagnosis = diagnose(call_with(must_request("GET", orders), only(healthy)));
  ASSERT_FALSE(diagnosis.findings.empty());
  EXPECT_EQ(diagnosis.findings[0].code, Code::network_failure);
  EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::page_disagrees));
}

// Nobody recorded a request: that may be a certificate, a browser's own refusal, a lost journal. The page speaks alone.
TEST(wire_fault, an_empty_journal_names_no_cause) {
  Call call = call_with(must_request("GET", orders), Exchange{});
  Call alone = call;
  alone.exchange.reset();
  EXPECT_EQ(diagnose(call).findings, diagnose(alone).findings);
  EXPECT_GT(diagnose(call).findings.size(), 5u);
}

TEST(wire_fault, a_record_that_ends_after_a_good_preflight_names_no_cause) {
  const Exchange exchange = only_preflight(answered("OPTIONS", 204, {allow_page, {"Access-Control-Allow-Headers", "x-token"}}));
  Call alone = call_with(post_with_token(), exchange);
  alone.exchange.reset();
  EXPECT_EQ(diagnose(call_with(post_with_token(), exchange)).findings, diagnose(alone).findings);
}

TEST(wire_fault, an_answer_that_was_read_is_judged_by_its_content) {
  Call call = call_with(must_request("GET", orders), only(answered("GET", 500, {allow_page})), Outcome::answered);
  call.observation.response = VisibleResponse{.status = 500, .complete = true};
  EXPECT_EQ(in_one_line(diagnose(call)), "http-500 certain");
}

}  // namespace
}  // namespace blindspot
