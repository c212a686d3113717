// Reads case files. A case that does not parse is an error with the place in the file: tests refuse such a folder.
#include "core/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/cors/preflight.hpp"

namespace blindspot {

std::vector<CatalogueFile> embedded_catalogue();  // made by the build from the folders

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<Target, std::string_view>, 11> target_names = {{
    {Target::lab, "lab"},
    {Target::closed_port, "closed-port"},
    {Target::unknown_host, "unknown-host"},
    {Target::never_accepts, "never-accepts"},
    {Target::tls_good, "tls-good"},
    {Target::tls_expired, "tls-expired"},
    {Target::tls_wrong_host, "tls-wrong-host"},
    {Target::tls_self_signed, "tls-self-signed"},
    {Target::tls_handshake, "tls-handshake"},
    {Target::cleartext, "cleartext"},
    {Target::offline, "offline"},
}};

// The server behind these origins speaks the lab's routes once a connection stands.
bool plays_scripts(Target target) { return target == Target::lab || target == Target::tls_good; }

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string text_or(const Json& object, const char* name, std::string fallback) {
  const Json* value = member(object, name);
  const std::string* text = value ? value->get_ptr<const std::string*>() : nullptr;
  return text ? *text : fallback;
}

std::optional<int> number(const Json& object, const char* name) {
  const Json* value = member(object, name);
  if (!value || !value->is_number_integer()) return std::nullopt;
  return static_cast<int>(*value->get_ptr<const Json::number_integer_t*>());
}

bool read_headers(const Json& list, Headers& out) {
  if (!list.is_array()) return false;
  for (const Json& pair : list) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) return false;
    out.push_back({*pair[0].get_ptr<const std::string*>(), *pair[1].get_ptr<const std::string*>()});
  }
  return true;
}

std::vector<CatalogueFile>& catalogue() {
  static std::vector<CatalogueFile> files = embedded_catalogue();
  return files;
}

std::string_view CatalogueFile::* page_in(std::string_view language) {
  return language == "en" ? &CatalogueFile::en : language == "zh" ? &CatalogueFile::zh : nullptr;
}

// The pages in the order of the catalogue; empty where the text has none.
std::vector<std::string_view> split_pages(std::string_view text) {
  constexpr char mark = '\x1e';
  std::vector<std::string_view> pages(catalogue().size());
  while (text.starts_with(mark)) {
    text.remove_prefix(1);
    const std::string_view record = text.substr(0, text.find(mark));
    text.remove_prefix(record.size());
    const std::size_t line_end = record.find('\n');
    if (line_end == std::string_view::npos) continue;
    if (const CatalogueFile* file = find_catalogue_file(record.substr(0, line_end)))
      pages[static_cast<std::size_t>(file - catalogue().data())] = record.substr(line_end + 1);
  }
  return pages;
}

// A reference token of a JSON Pointer (RFC 6901): ~1 is a slash, ~0 a tilde.
std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char next = token[i] == '~' && i + 1 < token.size() ? token[i + 1] : ' ';
    if (next == '0' || next == '1') ++i;
    out += next == '0' ? '~' : next == '1' ? '/' : token[i];
  }
  return out;
}

// A patch by hand where nlohmann's would throw: the operations the catalogue uses, on paths it can name.
const Json* resolve(const Json& root, const std::string& pointer) {
  const Json* at = &root;
  std::size_t from = 1;
  while (from <= pointer.size() && !pointer.empty()) {
    std::size_t to = std::min(pointer.find('/', from), pointer.size());
    const std::string key = unescaped(std::string_view(pointer).substr(from, to - from));
    if (at->is_object()) {
      auto found = at->find(key);
      if (found == at->end()) return nullptr;
      at = &*found;
    } else if (at->is_array()) {
      if (key.empty() || key.find_first_not_of("0123456789") != std::string::npos || key.size() > 6) return nullptr;
      std::size_t index = 0;
      for (char digit : key) index = index * 10 + static_cast<std::size_t>(digit - '0');
      if (index >= at->size()) return nullptr;
      at = &(*at)[index];
    } else {
      return nullptr;
    }
    from = to + 1;
  }
  return at;
}

bool apply(Json& root, const Json& operation) {
  const std::string op = text_or(operation, "op", "");
  const std::string path = text_or(operation, "path", "");
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return false;
  Json* parent = const_cast<Json*>(resolve(root, path.substr(0, slash)));
  if (!parent) return false;
  const std::string key = unescaped(std::string_view(path).substr(slash + 1));
  const Json* value = member(operation, "value");
  if (op != "remove" && !value) return false;
  if (parent->is_object()) {
    if (op == "remove") return parent->erase(key) == 1;
    if (op == "replace" && !parent->contains(key)) return false;
    (*parent)[key] = *value;
    return op == "add" || op == "replace";
  }
  if (!parent->is_array()) return false;
  if (op == "add" && key == "-") {
    parent->push_back(*value);
    return true;
  }
  if (key.empty() || key.find_first_not_of("0123456789") != std::string::npos || key.size() > 6) return false;
  std::size_t index = 0;
  for (char digit : key) index = index * 10 + static_cast<std::size_t>(digit - '0');
  if (op == "add" && index <= parent->size()) {
    parent->insert(parent->begin() + static_cast<std::ptrdiff_t>(index), *value);
    return true;
  }
  if (index >= parent->size()) return false;
  if (op == "remove") {
    parent->erase(index);
    return true;
  }
  if (op != "replace") return false;
  (*parent)[index] = *value;
  return true;
}

}  // namespace

const std::vector<CatalogueFile>& catalogue_files() { return catalogue(); }

const CatalogueFile* find_catalogue_file(std::string_view slug) {
  const auto& files = catalogue_files();
  auto found = std::find_if(files.begin(), files.end(), [&](const CatalogueFile& file) { return file.slug == slug; });
  return found == files.end() ? nullptr : &*found;
}

bool provide_pages(std::string_view language, std::string text) {
  const auto page = page_in(language);
  if (!page) return false;
  // Views of an earlier text may still be held by somebody, so none is ever let go. A deque leaves its strings in place.
  static std::deque<std::string> texts;
  const std::vector<std::string_view> pages = split_pages(texts.emplace_back(std::move(text)));
  if (std::any_of(pages.begin(), pages.end(), [](std::string_view each) { return each.empty(); })) {
    texts.pop_back();
    return false;
  }
  for (std::size_t i = 0; i < pages.size(); ++i) catalogue()[i].*page = pages[i];
  return true;
}

bool has_pages(std::string_view language) {
  const auto page = page_in(language);
  return page && std::none_of(catalogue().begin(), catalogue().end(), [&](const CatalogueFile& file) { return (file.*page).empty(); });
}

std::string_view target_name(Target target) {
  for (const auto& [value, name] : target_names)
    if (value == target) return name;
  return {};
}

std::optional<Target> parse_target(std::string_view name) {
  for (const auto& [value, known] : target_names)
    if (known == name) return value;
  return std::nullopt;
}

const std::string& place_of(const Places& places, Target target) {
  switch (target) {
    case Target::lab: return places.lab;
    case Target::closed_port: return places.closed_port;
    case Target::unknown_host: return places.unknown_host;
    case Target::never_accepts: return places.never_accepts;
    case Target::tls_good: return places.tls_good;
    case Target::tls_expired: return places.tls_expired;
    case Target::tls_wrong_host: return places.tls_wrong_host;
    case Target::tls_self_signed: return places.tls_self_signed;
    case Target::tls_handshake: return places.tls_handshake;
    case Target::cleartext: return places.cleartext;
    case Target::offline: return places.offline;
  }
  return places.lab;
}

std::optional<Target> target_of(const Places& places, const Url& url) {
  const std::string origin = serialize_origin(origin_of(url));
  for (const auto& [target, name] : target_names)
    if (place_of(places, target) == origin) return target;
  return std::nullopt;
}

std::optional<Places> parse_places(std::string_view lab_json) {
  Json document = Json::parse(lab_json, nullptr, false);
  const Json* targets = member(document, "targets");
  if (!targets) return std::nullopt;
  Places places;
  for (const auto& [target, name] : target_names) {
    std::string& place = const_cast<std::string&>(place_of(places, target));
    place = text_or(*targets, std::string(name).c_str(), place);
  }
  return places;
}

Result<Case, CaseError> parse_case(std::string_view slug, const Json& document) {
  const std::optional<Code> code = parse_code(slug);
  if (!code) return CaseError{"", "no such code in codes.def"};
  Case out{};
  out.code = *code;
  if (text_or(document, "family", "") != family_name(family_of(*code))) return CaseError{"/family", "not the code's family"};
  const Json* request = member(document, "request");
  if (!request) return CaseError{"/request", "missing"};
  out.method = text_or(*request, "method", "");
  out.path = text_or(*request, "path", "");
  out.url = text_or(*request, "url", "");
  out.body = text_or(*request, "body", "");
  if (out.method.empty()) return CaseError{"/request/method", "missing"};
  if (out.path.empty() || out.path[0] != '/') return CaseError{"/request/path", "must begin with /"};
  if (const Json* headers = member(*request, "headers"); headers && !read_headers(*headers, out.headers))
    return CaseError{"/request/headers", "not a list of pairs"};
  const std::optional<Credentials> credentials = parse_credentials(text_or(*request, "credentials", "same-origin"));
  if (!credentials) return CaseError{"/request/credentials", "not a credentials mode"};
  out.credentials = *credentials;
  const std::optional<Mode> mode = parse_mode(text_or(*request, "mode", "cors"));
  if (!mode) return CaseError{"/request/mode", "not a mode"};
  out.mode = *mode;
  out.time_limit_ms = number(*request, "time_limit_ms").value_or(10000);
  out.cancel_after_ms = number(*request, "cancel_after_ms");
  const std::optional<Target> target = parse_target(text_or(document, "target", ""));
  if (!target) return CaseError{"/target", "not a target"};
  out.target = *target;
  if (const Json* script = member(document, "script")) {
    Result<WireScript, ScriptError> parsed = parse_wire_script(*script);
    if (!parsed) return CaseError{"/script" + parsed.error().pointer, parsed.error().problem};
    out.script = parsed.value();
  } else if (plays_scripts(out.target) && out.url.empty()) {
    return CaseError{"/script", "missing"};
  }
  if (const Json* contract = member(document, "contract"); contract && !contract->is_null()) out.contract = contract->dump(2);
  out.program_error = text_or(document, "program_error", "");
  const Json* expect = member(document, "expect");
  if (!expect) return CaseError{"/expect", "missing"};
  const std::string verdict = text_or(*expect, "verdict", "");
  if (verdict != "pass" && verdict != "network-error") return CaseError{"/expect/verdict", "pass or network-error"};
  out.expect.pass = verdict == "pass";
  const std::optional<Outcome> outcome = parse_outcome(text_or(*expect, "outcome", ""));
  if (!outcome) return CaseError{"/expect/outcome", "not an outcome"};
  out.expect.outcome = *outcome;
  out.expect.step = text_or(*expect, "step", "");
  out.expect.known_as = text_or(*expect, "known_as", "");
  if (const Json* hidden = member(*expect, "hidden")) out.expect.hidden = hidden->is_boolean() && hidden->get<bool>();
  if (const Json* repair = member(document, "repair"); !repair || !repair->is_array()) return CaseError{"/repair", "not a JSON Patch"};
  return out;
}

Result<Json, CaseError> repair_case(const Json& document) {
  Json good = document;
  const Json* repair = member(document, "repair");
  if (!repair || !repair->is_array()) return CaseError{"/repair", "not a JSON Patch"};
  for (std::size_t i = 0; i < repair->size(); ++i)
    if (!apply(good, (*repair)[i])) return CaseError{"/repair/" + std::to_string(i), "does not fit"};
  return good;
}

Result<Case, CaseError> load_case(std::string_view slug, Twin twin) {
  const CatalogueFile* file = find_catalogue_file(slug);
  if (!file) return CaseError{"", "no such folder"};
  Json document = Json::parse(file->case_json, nullptr, false);
  if (document.is_discarded()) return CaseError{"", "not JSON"};
  if (twin == Twin::faulty) return parse_case(slug, document);
  Result<Json, CaseError> good = repair_case(document);
  if (!good) return good.error();
  return parse_case(slug, good.value());
}

std::string case_url(const Case& a_case, Twin twin, const Places& places, std::string_view run) {
  if (!a_case.url.empty()) return a_case.url;
  std::string url = place_of(places, a_case.target);
  url += "/case/" + std::string(slug_of(a_case.code));
  if (twin == Twin::good) url += "/good";
  url += a_case.path;
  if (!run.empty()) url += (a_case.path.find('?') == std::string::npos ? "?run=" : "&run=") + std::string(run);
  return url;
}

Request request_of(const Case& a_case, Twin twin, const Places& places, const Origin& page_origin) {
  Request request;
  request.method = a_case.method;
  if (Result<Url, UrlError> url = parse_url(case_url(a_case, twin, places, "")); url.ok()) request.url = url.value();
  request.headers = a_case.headers;
  request.body = a_case.body;
  request.credentials = a_case.credentials;
  request.mode = a_case.mode;
  request.time_limit_ms = a_case.time_limit_ms;
  request.page.origin = page_origin;
  return request;
}

Exchange exchange_of(const Case& a_case, const Request& request, const Places& places) {
  Hop hop;
  Round round{.method = normalize_method(request.method), .url = request.url};
  switch (a_case.target) {
    case Target::closed_port: round.reach = Reach::refused; break;
    case Target::unknown_host: round.reach = Reach::unknown_host; break;
    case Target::never_accepts: round.reach = Reach::never_accepted; break;
    case Target::tls_expired: round.reach = Reach::tls_expired; break;
    case Target::tls_wrong_host: round.reach = Reach::tls_name_mismatch; break;
    case Target::tls_self_signed: round.reach = Reach::tls_self_signed; break;
    case Target::tls_handshake: round.reach = Reach::tls_failed; break;
    case Target::cleartext: round.reach = Reach::not_sent; break;
    case Target::offline: round.reach = Reach::offline; break;
    case Target::lab:
    case Target::tls_good: break;
  }
  if (!a_case.url.empty()) round.reach = Reach::not_sent;
  const PreflightDecision decision = decide_preflight(request);
  const std::string page_origin = serialize_origin(request.page.origin);
  const std::string next = next_of_case(request.url);
  ScriptSlots slots{page_origin, serialize_url(request.url), places.lab, places.closed_port, next};
  if (round.reach != Reach::connected) {
    if (decision.needed) {
      hop.preflight = round;
      hop.preflight->method = "OPTIONS";
    } else {
      hop.actual = round;
    }
    return {{hop}};
  }
  if (decision.needed) {
    Round preflight = round;
    preflight.method = "OPTIONS";
    preflight.request_headers = decision.preflight_headers;
    const Script script = a_case.script.preflight ? *a_case.script.preflight : permissive_preflight(decision.preflight_headers);
    hop.preflight = play_on_paper(resolve_script(script, slots), preflight);
  }
  hop.actual = play_on_paper(resolve_script(a_case.script.response, slots), round);
  Exchange exchange{{hop}};
  const std::optional<std::string> leads_to = hop.actual->head ? header_value(hop.actual->head->headers, "location") : std::nullopt;
  if (leads_to == next && a_case.script.next) {
    // From one foreign origin to another: the second is told no origin.
    slots.page_origin = "null";
    Round second{.method = round.method, .url = parse_url(next).value()};
    exchange.hops.push_back({std::nullopt, play_on_paper(resolve_script(*a_case.script.next, slots), second)});
  }
  // A script that redirects to its own URL does so for ever: as many hops as a browser follows, and one more.
  if (leads_to == serialize_url(request.url))
    while (exchange.hops.size() < 21) exchange.hops.push_back(hop);
  return exchange;
}

}  // namespace blindspot
