// Law 3: the page alone lists the folder's code, and calls it certain only if no other folder looks the same to it.
#include <map>
#include <sstream>

#include "core/cors/preflight.hpp"
#include "tests/laws/stage.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

// All that a page can tell two calls apart by. Left out on purpose: path, host name and method as such, for any server may
// fail under any of them; times, for any fault may be quick or slow. What stays is what the browser's own rules depend on:
// does the call cross origins, is it encrypted, is it aimed at a port or from a page where nothing is sent, are credentials
// included, does a preflight come first and for what; and what came back: outcome, status, headers, body, online.
std::string blind_signature(const Staged& staged) {
  const Request& request = staged.request;
  const Observation& seen = staged.observation;
  std::ostringstream out;
  out << "outcome " << outcome_name(seen.outcome) << "; online " << seen.online;
  if (staged.problem) {
    // The page refused its own text: it knows which part.
    out << "; refused " << static_cast<int>(staged.problem->because.kind);
    return out.str();
  }
  const Origin target = origin_of(request.url);
  const PreflightDecision preflight = decide_preflight(request);
  const bool secure_page = request.page.origin.scheme == "https";
  out << "; mode " << mode_name(request.mode) << "; cross-origin " << !is_same_origin(request.page.origin, target) << "; tls " << (request.url.scheme == "https")
      << "; plain from secure page " << (secure_page && request.url.scheme == "http" && !is_potentially_trustworthy(target))
      << "; blocked port " << is_blocked_port(effective_port(request.url)) << "; credentials "
      << credentials_name(request.credentials) << "; preflight " << preflight.needed << " method "
      << (preflight.needed && normalize_method(request.method) != "GET" && normalize_method(request.method) != "HEAD" &&
          normalize_method(request.method) != "POST")
      << " headers " << has_header(preflight.preflight_headers, "Access-Control-Request-Headers") << "; contract "
      << staged.a_case.contract;
  if (const auto& response = seen.response) {
    out << "; status " << response->status << " complete " << response->complete << " body " << response->body_bytes << " " << response->body;
    for (const Header& header : response->headers) out << "; " << ascii_lowercase(header.name) << ": " << header.value;
  }
  return out.str();
}

// Signature to the folders that have it.
const std::map<std::string, std::vector<std::string>>& folders_by_signature() {
  static const auto folders = [] {
    std::map<std::string, std::vector<std::string>> out;
    for (const std::string& slug : all_slugs()) if (!must_case(slug).expect.hidden) out[blind_signature(stage(slug, Twin::faulty))].push_back(slug);
    return out;
  }();
  return folders;
}

class law_3 : public testing::TestWithParam<std::string> {};
TEST_P(law_3, the_page_alone_lists_the_code_and_does_not_boast) {
  const Staged staged = stage(GetParam(), Twin::faulty);
  const Diagnosis diagnosis = diagnose(blind_call(staged));
  if (staged.a_case.expect.hidden) {
    EXPECT_EQ(in_one_line(diagnosis), "ok certain") << "hidden: the page alone takes the call for healthy";
    return;
  }
  const Finding* own = find_code(diagnosis, *parse_code(GetParam()));
  ASSERT_NE(own, nullptr) << in_one_line(diagnosis);
  std::string alike;
  for (const std::string& slug : folders_by_signature().at(blind_signature(staged)))
    if (slug != GetParam()) alike += " " + slug;
  for (const Finding& finding : diagnosis.findings) {
    if (finding.certainty != Certainty::certain) continue;
    EXPECT_EQ(alike, "") << slug_of(finding.code) << " is called certain, yet these look the same";
  }
}

// Whoever shares a signature must be listed too: a cause that fits and is left out would be a lie by silence.
TEST_P(law_3, causes_that_look_the_same_are_all_listed) {
  const Staged staged = stage(GetParam(), Twin::faulty);
  if (staged.a_case.expect.hidden) return;
  const Diagnosis diagnosis = diagnose(blind_call(staged));
  for (const std::string& slug : folders_by_signature().at(blind_signature(staged)))
    EXPECT_NE(find_code(diagnosis, *parse_code(slug)), nullptr) << slug << " looks the same; listed: " << in_one_line(diagnosis);
}

// A page that is not certain says what else it could be, and where to look next.
TEST_P(law_3, doubt_comes_with_a_next_look) {
  const Diagnosis diagnosis = diagnose(blind_call(stage(GetParam(), Twin::faulty)));
  ASSERT_FALSE(diagnosis.findings.empty());
  EXPECT_EQ(diagnosis.next.has_value(), diagnosis.findings[0].certainty != Certainty::certain);
}
INSTANTIATE_TEST_SUITE_P(laws, law_3, testing::ValuesIn(all_slugs()), SlugName());

}  // namespace
}  // namespace blindspot
