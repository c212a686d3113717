// Which diagnoses are there, with which words, example and repair? The folders of this directory, embedded by the build,
// and a case file read into a request, a script and an expectation. Words are left to explain.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnosis/finding.hpp"
#include "core/http/exchange.hpp"
#include "core/http/observation.hpp"
#include "core/http/request.hpp"
#include "core/http/wire_script.hpp"
#include "core/result.hpp"

namespace blindspot {

// One folder as it stands; static storage. The pages `en` and `zh` are empty until somebody provides them where the
// build keeps them apart; the labels are always there.
struct CatalogueFile {
  std::string_view slug, en, zh, case_json;
  std::string_view label_en, label_zh;
};

// Every folder, sorted by slug.
const std::vector<CatalogueFile>& catalogue_files();
// Null where no folder has that name.
const CatalogueFile* find_catalogue_file(std::string_view slug);
// Keeps the pages of one language ("en" or "zh"), framed as cmake/embed_catalogue.cmake writes them, for good. False, and
// nothing changes, when the text does not hold one page for each folder.
bool provide_pages(std::string_view language, std::string text);
// Whether the pages of this language are there.
bool has_pages(std::string_view language);

// Where a case's call goes. All but `lab` are places no script can play.
enum class Target {
  lab, closed_port, unknown_host, never_accepts, tls_good, tls_expired, tls_wrong_host, tls_self_signed, tls_handshake,
  cleartext, offline,
};
std::string_view target_name(Target target);  // "lab", "closed-port", ...
std::optional<Target> parse_target(std::string_view name);

// The origins behind the targets, as the lab announces them in /lab.json; empty where there is none.
struct Places {
  std::string lab = "http://127.0.0.1:8081";
  std::string closed_port = "http://127.0.0.1:8088";
  std::string unknown_host = "http://no-such-host.invalid";
  std::string never_accepts = "http://127.0.0.1:8089";
  std::string tls_good = "https://localhost:8082";
  std::string tls_expired = "https://localhost:8083";
  std::string tls_self_signed = "https://localhost:8084";
  std::string tls_wrong_host = "https://localhost:8085";
  std::string tls_handshake = "https://localhost:8086";
  std::string cleartext = "http://cleartext.invalid";
  std::string offline = "http://offline.invalid";
};
const std::string& place_of(const Places& places, Target target);
// The target whose origin this URL has; nothing for a URL of the world.
std::optional<Target> target_of(const Places& places, const Url& url);
// Reads /lab.json; places it does not name keep their defaults. Nothing when it is no such document.
std::optional<Places> parse_places(std::string_view lab_json);

struct Expectation {
  bool pass = false;
  Outcome outcome = Outcome::failed;
  std::string step;
  std::string known_as;  // slug that the wire gives where the code means that the rule is not known; empty: its own
  bool hidden = false;  // the call looks healthy to the page: only the wire tells
  bool operator==(const Expectation&) const = default;
};

// What a person asked for, as text: it may not even parse as a URL.
struct Case {
  Code code;
  std::string method, path, url;  // url: typed as it is, in place of target + path
  Headers headers;
  Bytes body;
  Credentials credentials = Credentials::same_origin;
  Mode mode = Mode::cors;
  int time_limit_ms = 10000;
  std::optional<int> cancel_after_ms;
  Target target = Target::lab;
  WireScript script;
  std::string contract;  // JSON Schema, as text; empty: none
  std::string program_error;  // what the caller's program throws, as a person would paste it
  Expectation expect;
};

// For the writer of a case: where it is wrong.
struct CaseError {
  std::string pointer, problem;
};

Result<Case, CaseError> parse_case(std::string_view slug, const nlohmann::json& document);
// The document with its repair applied; an error when the patch does not fit.
Result<nlohmann::json, CaseError> repair_case(const nlohmann::json& document);

enum class Twin { faulty, good };
// The embedded case, or its good twin. Slug must be one of catalogue_files().
Result<Case, CaseError> load_case(std::string_view slug, Twin twin);

// The address a case is called at: /case/<slug>[/good]<path> at its target, with `run` as the query parameter "run"
// unless empty. Targets outside the lab's reach get the path alone.
std::string case_url(const Case& a_case, Twin twin, const Places& places, std::string_view run);

// The request a page of that origin makes for the case. An unparsable URL is left empty: the caller checks first.
Request request_of(const Case& a_case, Twin twin, const Places& places, const Origin& page_origin);

// What will cross the wire when the case is called so: target and script played on paper.
Exchange exchange_of(const Case& a_case, const Request& request, const Places& places);

}  // namespace blindspot
