// The page alone: what may be claimed, what is ruled out, and what three plain requests take away.
#include <set>

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

Call failed(Request request) {
  Call call;
  call.request = std::move(request);
  call.observation.outcome = Outcome::failed;
  return call;
}

Call failed_cross(const char* method = "GET") { return failed(must_request(method, "https://api.example.com/orders", "https://app.example")); }

std::set<std::string> codes_of(const Diagnosis& diagnosis) {
  std::set<std::string> out;
  for (const Finding& finding : diagnosis.findings) out.emplace(slug_of(finding.code));
  return out;
}

std::set<std::string> families_of(const Diagnosis& diagnosis) {
  std::set<std::string> out;
  for (const Finding& finding : diagnosis.findings) out.emplace(family_name(family_of(finding.code)));
  return out;
}

std::set<std::string> ruled_out_of(const Diagnosis& diagnosis) {
  std::set<std::string> out;
  for (const RuledOut& item : diagnosis.ruled_out) EXPECT_TRUE(out.emplace(family_name(item.family)).second) << "ruled out twice";
  return out;
}

using Names = std::set<std::string>;

struct FamilyRow {
  std::string name, url, page;
  Names families, ruled_out;
};
class blind_failure : public testing::TestWithParam<FamilyRow> {};
TEST_P(blind_failure, leaves_the_families_that_fit) {
  const Diagnosis diagnosis = diagnose(failed(must_request("GET", GetParam().url, GetParam().page)));
  EXPECT_EQ(families_of(diagnosis), GetParam().families) << in_one_line(diagnosis);
  EXPECT_EQ(ruled_out_of(diagnosis), GetParam().ruled_out);
  for (const Finding& finding : diagnosis.findings) EXPECT_NE(finding.certainty, Certainty::certain) << slug_of(finding.code);
  EXPECT_EQ(diagnosis.next, Question::send_probes);
}
INSTANTIATE_TEST_SUITE_P(
    diagnosis, blind_failure,
    testing::Values(FamilyRow{"cross_origin_https", "https://api.example.com/", "https://app.example", {"cors", "network", "tls"}, {}},
                    FamilyRow{"cross_origin_http", "http://api.example.com/", "http://app.example", {"cors", "network"}, {"tls"}},
                    FamilyRow{"same_origin_https", "https://app.example/api", "https://app.example", {"network", "tls"}, {"cors"}},
                    FamilyRow{"same_origin_http", "http://app.example/api", "http://app.example", {"network"}, {"cors", "tls"}},
                    FamilyRow{"other_port_is_another_origin", "http://app.example:8081/", "http://app.example", {"cors", "network"}, {"tls"}}),
    RowName());

TEST(blind_failure, without_a_preflight_no_preflight_is_blamed) {
  const Names codes = codes_of(diagnose(failed_cross("GET")));
  for (const char* slug : {"cors-preflight-status", "cors-header-not-allowed", "cors-method-not-allowed"}) EXPECT_FALSE(codes.count(slug)) << slug;
}

TEST(blind_failure, a_custom_method_may_be_what_is_not_allowed) {
  const Names codes = codes_of(diagnose(failed_cross("DELETE")));
  EXPECT_TRUE(codes.count("cors-preflight-status"));
  EXPECT_TRUE(codes.count("cors-method-not-allowed"));
  EXPECT_FALSE(codes.count("cors-header-not-allowed"));
}

TEST(blind_failure, a_custom_header_may_be_what_is_not_allowed) {
  Call call = failed_cross("POST");
  call.request.headers = {{"Content-Type", "application/json"}};
  const Diagnosis diagnosis = diagnose(call);
  const Finding* finding = find_code(diagnosis, Code::cors_header_not_allowed);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->slots.at("header"), "Content-Type");
  EXPECT_EQ(find_code(diagnosis, Code::cors_method_not_allowed), nullptr);
}

TEST(blind_failure, the_header_is_named_also_beside_a_custom_method) {
  Call call = failed_cross("PUT");
  call.request.headers = {{"X-Token", "demo"}};
  const Diagnosis diagnosis = diagnose(call);
  const Finding* finding = find_code(diagnosis, Code::cors_header_not_allowed);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->slots.at("header"), "X-Token");
}

TEST(blind_failure, of_two_custom_headers_none_is_blamed_by_name) {
  Call call = failed_cross("POST");
  call.request.headers = {{"Content-Type", "application/json"}, {"X-Token", "demo"}};
  const Diagnosis diagnosis = diagnose(call);
  const Finding* finding = find_code(diagnosis, Code::cors_header_not_allowed);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->slots.at("header"), "");
}

TEST(blind_failure, secrets_stay_out_of_the_evidence) {
  Call call = failed_cross("POST");
  call.request.headers = {{"Authorization", "Bearer top-secret"}};
  for (const Finding& finding : diagnose(call).findings) {
    for (const Evidence& evidence : finding.because) EXPECT_EQ((evidence.subject + evidence.detail).find("top-secret"), std::string::npos) << slug_of(finding.code);
    for (const auto& [name, value] : finding.slots) EXPECT_EQ(value.find("top-secret"), std::string::npos) << name;
  }
}

TEST(blind_failure, only_with_credentials_can_credentials_be_at_fault) {
  Call call = failed_cross();
  EXPECT_EQ(find_code(diagnose(call), Code::cors_wildcard_with_credentials), nullptr);
  EXPECT_EQ(find_code(diagnose(call), Code::cors_allow_credentials_missing), nullptr);
  call.request.credentials = Credentials::include;
  EXPECT_NE(find_code(diagnose(call), Code::cors_wildcard_with_credentials), nullptr);
  EXPECT_NE(find_code(diagnose(call), Code::cors_allow_credentials_missing), nullptr);
}

TEST(blind_failure, a_reserved_name_leads_and_is_still_not_certain) {
  for (const char* url : {"http://no-such-host.invalid/", "http://api.test/", "http://api.example/"}) {
    const Diagnosis diagnosis = diagnose(failed(must_request("GET", url)));
    ASSERT_FALSE(diagnosis.findings.empty());
    EXPECT_EQ(diagnosis.findings[0].code, Code::dns_failure) << url;
    EXPECT_EQ(diagnosis.findings[0].certainty, Certainty::likely);
    EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::reserved_name));
  }
  EXPECT_NE(diagnose(failed(must_request("GET", "http://invalid.example.com/"))).findings[0].code, Code::dns_failure);
}

TEST(blind_failure, a_local_server_is_more_often_just_not_running) {
  const Diagnosis local = diagnose(failed(must_request("GET", "http://localhost:8080/api", "http://localhost:8080")));
  EXPECT_EQ(local.findings[0].code, Code::connection_refused);
}

TEST(blind_failure, counts_how_many_look_the_same) {
  const Diagnosis diagnosis = diagnose(failed_cross());
  const std::vector<Evidence>& because = diagnosis.findings[0].because;
  EXPECT_TRUE(std::any_of(because.begin(), because.end(), [&](const Evidence& evidence) {
    return evidence.kind == EvidenceKind::others_look_alike && evidence.subject == std::to_string(diagnosis.findings.size() - 1);
  }));
}

struct OnlyRow {
  std::string name, url, page;
  bool online;
  Code code;
};
class known_to_the_page : public testing::TestWithParam<OnlyRow> {};
TEST_P(known_to_the_page, is_certain) {
  Call call = failed(must_request("GET", GetParam().url, GetParam().page));
  call.observation.online = GetParam().online;
  const Diagnosis diagnosis = diagnose(call);
  EXPECT_EQ(in_one_line(diagnosis), std::string(slug_of(GetParam().code)) + " certain");
  EXPECT_EQ(diagnosis.next, std::nullopt);
}
INSTANTIATE_TEST_SUITE_P(
    diagnosis, known_to_the_page,
    testing::Values(OnlyRow{"blocked_port", "http://api.example.com:6000/", "http://app.example", true, Code::port_blocked},
                    OnlyRow{"blocked_port_on_loopback", "http://127.0.0.1:6667/", "http://app.example", true, Code::port_blocked},
                    OnlyRow{"mixed_content", "http://api.example.com/", "https://app.example", true, Code::mixed_content},
                    OnlyRow{"offline", "https://api.example.com/", "https://app.example", false, Code::offline}),
    RowName());

TEST(known_to_the_page, loopback_needs_no_network) {
  Call call = failed(must_request("GET", "http://127.0.0.1:8081/"));
  call.observation.online = false;
  EXPECT_GT(diagnose(call).findings.size(), 5u);
}

// BROWSERS: WebKit blocks cleartext to loopback from a page on https, the others do not: so it is listed, not claimed.
TEST(known_to_the_page, cleartext_to_loopback_from_https_stays_a_guess) {
  const Diagnosis diagnosis = diagnose(failed(must_request("GET", "http://127.0.0.1:8081/", "https://app.example")));
  const Finding* mixed = find_code(diagnosis, Code::mixed_content);
  ASSERT_NE(mixed, nullptr);
  EXPECT_NE(mixed->certainty, Certainty::certain);
}

// Probes.

struct ProbeRow {
  std::string name;
  ProbeResult manual, no_cors, root;
  Names families;
  Names absent;  // codes taken away
  Names present;
};
class probes : public testing::TestWithParam<ProbeRow> {};
TEST_P(probes, take_away_what_they_contradict) {
  Call call = failed_cross("PUT");
  call.request.headers = {{"X-Token", "demo"}};
  call.request.credentials = Credentials::include;
  call.observation.probes.manual = GetParam().manual;
  call.observation.probes.no_cors = GetParam().no_cors;
  call.observation.probes.root_no_cors = GetParam().root;
  const Diagnosis diagnosis = diagnose(call);
  const Names codes = codes_of(diagnosis);
  EXPECT_EQ(families_of(diagnosis), GetParam().families) << in_one_line(diagnosis);
  for (const std::string& slug : GetParam().absent) EXPECT_FALSE(codes.count(slug)) << slug;
  for (const std::string& slug : GetParam().present) EXPECT_TRUE(codes.count(slug)) << slug << " of " << in_one_line(diagnosis);
  for (const Finding& finding : diagnosis.findings) EXPECT_NE(finding.certainty, Certainty::certain) << slug_of(finding.code);
  EXPECT_NE(diagnosis.next, Question::send_probes) << "they were sent";
  EXPECT_TRUE(diagnosis.next.has_value());
}
constexpr ProbeResult rejected = ProbeResult::rejected, opaque = ProbeResult::opaque;
INSTANTIATE_TEST_SUITE_P(
    diagnosis, probes,
    testing::Values(
        ProbeRow{"readable_without_extras", ProbeResult::readable, opaque, opaque, {"cors"}, {"cors-allow-origin-missing", "cors-allow-origin-mismatch"},
                 {"cors-preflight-status", "cors-header-not-allowed", "cors-method-not-allowed", "cors-wildcard-with-credentials"}},
        ProbeRow{"redirected", ProbeResult::opaque_redirect, rejected, opaque, {"cors", "network"}, {"cors-allow-origin-missing", "connection-refused"}, {"redirect-loop"}},
        ProbeRow{"there_but_hidden", rejected, opaque, opaque, {"cors", "network"}, {"connection-refused", "dns-failure", "tls-expired", "cors-preflight-status", "redirect-loop"},
                 {"cors-allow-origin-missing", "not-http"}},
        ProbeRow{"nothing_answers", rejected, rejected, rejected, {"network", "tls"}, {"cors-allow-origin-missing", "cors-blocked", "redirect-loop"},
                 {"connection-refused", "dns-failure", "tls-expired"}},
        ProbeRow{"only_this_path_fails", rejected, rejected, opaque, {"network"}, {"connection-refused", "dns-failure", "cors-blocked"}, {"connection-reset", "empty-response"}}),
    RowName());

TEST(probes, that_change_nothing_leave_the_evidence_of_having_looked) {
  Call call = failed_cross();
  call.observation.probes = {rejected, rejected, rejected, 0};
  for (const Finding& finding : diagnose(call).findings) {
    EXPECT_TRUE(has_evidence(finding, EvidenceKind::probe_rejected)) << slug_of(finding.code);
    EXPECT_TRUE(has_evidence(finding, EvidenceKind::root_silent)) << slug_of(finding.code);
  }
}

// The time limit.

Call timed_out() {
  Call call;
  call.request = must_request("GET", "https://api.example.com/report");
  call.request.time_limit_ms = 1500;
  call.observation.outcome = Outcome::timed_out;
  return call;
}

TEST(time_limit, without_a_head_leaves_every_phase_open) {
  const Diagnosis diagnosis = diagnose(timed_out());
  EXPECT_EQ(codes_of(diagnosis), (Names{"timeout", "response-timeout", "connect-timeout", "body-stalled"}));
  EXPECT_EQ(diagnosis.findings[0].because[0], (Evidence{EvidenceKind::own_limit, "1.5 s", ""}));
  EXPECT_EQ(diagnosis.next, Question::ask_with_curl);
}

TEST(time_limit, a_root_that_answers_rules_out_the_connection) {
  Call call = timed_out();
  call.observation.probes = {ProbeResult::timed_out, ProbeResult::timed_out, opaque, 0};
  EXPECT_EQ(find_code(diagnose(call), Code::connect_timeout), nullptr);
}

TEST(time_limit, after_a_head_the_body_stalled) {
  Call call = timed_out();
  call.observation.response = VisibleResponse{.status = 200, .body_bytes = 95};
  const Diagnosis diagnosis = diagnose(call);
  EXPECT_EQ(in_one_line(diagnosis), "body-stalled certain");
  EXPECT_EQ(diagnosis.findings[0].slots.at("bytes_got"), "95");
  EXPECT_EQ(ruled_out_of(diagnosis), (Names{"tls", "cors"}));
}

// A body that breaks off.

Call broken_body(Headers headers, std::uint64_t got) {
  Call call = timed_out();
  call.observation.outcome = Outcome::failed;
  call.observation.response = VisibleResponse{.status = 200, .headers = std::move(headers), .body_bytes = got};
  return call;
}

TEST(broken_body, short_of_its_announced_length_is_certain) {
  const Diagnosis diagnosis = diagnose(broken_body({{"content-length", "137"}}, 84));
  EXPECT_EQ(in_one_line(diagnosis), "body-truncated certain");
  EXPECT_EQ(diagnosis.findings[0].slots.at("bytes_announced"), "137");
  EXPECT_TRUE(has_evidence(diagnosis.findings[0], EvidenceKind::bytes_short));
}

TEST(broken_body, of_unknown_length_is_only_likely) {
  const Diagnosis diagnosis = diagnose(broken_body({}, 84));
  EXPECT_EQ(in_one_line(diagnosis), "body-truncated likely");
  EXPECT_FALSE(has_evidence(diagnosis.findings[0], EvidenceKind::bytes_short));
}

TEST(broken_body, an_encoding_makes_the_length_incomparable) {
  EXPECT_EQ(in_one_line(diagnose(broken_body({{"content-length", "137"}, {"content-encoding", "gzip"}}, 84))), "body-truncated likely");
}

TEST(broken_body, all_bytes_there_and_yet_broken_is_only_likely) {
  EXPECT_EQ(in_one_line(diagnose(broken_body({{"content-length", "84"}}, 84))), "body-truncated likely");
}

// The rest.

TEST(blind, what_the_caller_did_is_certain) {
  Call call = timed_out();
  call.observation.outcome = Outcome::aborted;
  call.observation.timings.end_ms = 300;
  const Diagnosis diagnosis = diagnose(call);
  EXPECT_EQ(in_one_line(diagnosis), "aborted-by-caller certain");
  EXPECT_EQ(diagnosis.findings[0].because[0].subject, "300 ms");
  EXPECT_TRUE(diagnosis.ruled_out.empty());
}

TEST(blind, a_refusal_nobody_can_name_gives_no_finding) {
  Call call = timed_out();
  call.observation.outcome = Outcome::never_sent;
  EXPECT_TRUE(diagnose(call).findings.empty());
  EXPECT_EQ(diagnose(call).next, std::nullopt);
}

TEST(blind, the_same_call_gives_the_same_diagnosis) { EXPECT_EQ(diagnose(failed_cross()), diagnose(failed_cross())); }

}  // namespace
}  // namespace blindspot
