// What must hold for every call and every answer, however odd: predict has an answer, repair leads to allowed or says why
// not, nothing in it can be left out, a second one is empty, lists of tokens read back as they were written.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>

#include "core/cors/configuration/server_configuration.hpp"
#include "core/cors/safelist.hpp"
#include "core/cors/steps.hpp"
#include "core/cors/token_list.hpp"
#include "core/intake/cors_line.hpp"
#include "core/intake/http_answers.hpp"
#include "tests/fuzz/target.hpp"

namespace blindspot::fuzz {
namespace {

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// Bytes as decisions; past the end every decision is the first.
class Source {
 public:
  Source(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : std::uint8_t{0}; }
  bool one_in(unsigned count) { return byte() % count == 1; }
  template <class T, std::size_t N>
  T pick(const T (&list)[N]) {
    return list[byte() % N];
  }
  std::string raw() {
    std::string text;
    for (unsigned length = byte() % 16; length > 0; --length) text += static_cast<char>(byte());
    return text;
  }
  template <std::size_t N>
  std::string text(const std::string_view (&list)[N]) {
    std::string chosen(pick(list));
    if (one_in(8)) chosen.insert(chosen.size() * (byte() % 4) / 4, raw());
    return chosen;
  }
  std::string rest() {
    std::string text(reinterpret_cast<const char*>(data_) + at_, size_ - at_);
    at_ = size_;
    return text;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

constexpr std::string_view urls[] = {"https://api.example.com/v1",
                                     "https://app.example.com/home",
                                     "https://b.example.org/x?y#z",
                                     "http://api.example.com/",
                                     "http://localhost:3000/",
                                     "http://192.168.1.1/",
                                     "https://[::1]:8443/a",
                                     "https://u:p@api.example.com/",
                                     "https://api.example.com:25/",
                                     "ftp://api.example.com/",
                                     "data:text/plain,a",
                                     "https://api.example.co.uk/"};
constexpr std::string_view locations[] = {"/v1",
                                          "/v2",
                                          "https://api.example.com/v1",
                                          "https://app.example.com/",
                                          "https://b.example.org/",
                                          "https://u:p@b.example.org/",
                                          "//u@api.example.com/",
                                          "http://b.example.org/",
                                          "mailto:a",
                                          "http://[",
                                          "#f",
                                          ""};
constexpr std::string_view pages[] = {"https://app.example.com", "http://app.example.com", "http://localhost", "null"};
constexpr std::string_view methods[] = {"GET", "POST", "put", "PATCH", "patch", "HEAD", "DELETE", "TRACE", "CHICKEN", "*"};
constexpr std::string_view request_names[] = {"Accept",   "Content-Type", "X-A", "Authorization", "Range",
                                              "Accept-Language", "Cookie", "*",   "x-b"};
constexpr std::string_view request_values[] = {"1", "text/plain", "application/json", "bytes=0-", "en", "", "a\"b"};
constexpr std::string_view answer_names[] = {"Access-Control-Allow-Origin",
                                             "Access-Control-Allow-Credentials",
                                             "Access-Control-Allow-Methods",
                                             "Access-Control-Allow-Headers",
                                             "Access-Control-Expose-Headers",
                                             "access-control-allow-origin",
                                             "Access-Control-Max-Age",
                                             "Location",
                                             "Vary",
                                             "Content-Length",
                                             "Cross-Origin-Resource-Policy",
                                             "Set-Cookie",
                                             "X-C"};
constexpr std::string_view answer_values[] = {"*",
                                              "null",
                                              "https://app.example.com",
                                              "https://app.example.com/",
                                              "http://app.example.com",
                                              " https://app.example.com ",
                                              "true",
                                              "True",
                                              "GET, PUT",
                                              "*, authorization",
                                              "x-a,x-b , X-C",
                                              "x a, x-b",
                                              ",",
                                              "",
                                              "Origin",
                                              "same-origin",
                                              "same-site",
                                              "5",
                                              "7, 7"};
constexpr std::string_view exposable[] = {"X-C", "ETag", "Set-Cookie", "*", "Content-Type", "x c"};

Headers answer_headers(Source& source) {
  Headers headers;
  for (unsigned count = source.byte() % 6; count > 0; --count) {
    const std::string name(source.pick(answer_names));
    headers.push_back({name, name == "Location" ? source.text(locations) : source.text(answer_values)});
  }
  return headers;
}

Round round_of(Source& source) {
  constexpr int statuses[] = {200, 204, 302, 307, 303, 301, 404, 401, 500, 304};
  constexpr Reach reaches[] = {Reach::not_sent, Reach::refused, Reach::unknown_host, Reach::tls_expired,
                               Reach::offline,  Reach::never_accepted};
  constexpr Ending endings[] = {Ending::complete, Ending::reset, Ending::stalled, Ending::closed_early,
                                Ending::client_left};
  Round round;
  if (source.one_in(32)) round.reach = source.pick(reaches);
  if (source.one_in(16)) round.ending = source.pick(endings);
  if (!source.one_in(32)) round.head = ResponseHead{source.pick(statuses), "", answer_headers(source)};
  if (source.one_in(32)) round.raw = source.raw();
  if (source.one_in(16)) round.head_ms = source.byte() * 4.0;
  return round;
}

Request request_of(Source& source) {
  constexpr Mode modes[] = {Mode::cors, Mode::cors, Mode::cors, Mode::no_cors, Mode::same_origin};
  constexpr Credentials credentials[] = {Credentials::same_origin, Credentials::include, Credentials::omit};
  constexpr Redirect redirects[] = {Redirect::follow, Redirect::follow, Redirect::error, Redirect::manual};
  Request request;
  if (const auto url = parse_url(source.text(urls))) request.url = url.value();
  request.method = source.text(methods);
  for (unsigned count = source.byte() % 4; count > 0; --count)
    request.headers.push_back({source.text(request_names), source.text(request_values)});
  request.mode = source.pick(modes);
  request.credentials = source.pick(credentials);
  request.redirect = source.pick(redirects);
  request.upload_listeners = source.one_in(8);
  request.page.origin = parse_origin(source.pick(pages));
  if (source.one_in(16)) request.time_limit_ms = 100 + source.byte();
  return request;
}

RepairOptions options_of(Source& source) {
  constexpr AddressSpace spaces[] = {AddressSpace::everyone, AddressSpace::local, AddressSpace::loopback};
  constexpr Permission permissions[] = {Permission::granted, Permission::denied, Permission::unanswered};
  constexpr Engine engines[] = {Engine::standard, Engine::browsers, Engine::chromium, Engine::firefox, Engine::webkit};
  RepairOptions options;
  options.predict.engine = source.pick(engines);
  if (source.one_in(4)) options.predict.embedder_policy = EmbedderPolicy::require_corp;
  if (source.one_in(16)) options.predict.cancelled = true;
  if (source.one_in(8)) {
    options.predict.local_network = LocalNetwork{source.pick(spaces), {}, {}, source.pick(permissions)};
    if (source.one_in(4)) options.predict.local_network->declared = source.pick(spaces);
  }
  if (source.one_in(8)) {
    options.predict.preflight_cache.push_back({"https://app.example.com", "https://api.example.com/v1",
                                               source.one_in(2), "PUT", std::nullopt, 5, 0});
  }
  for (unsigned count = source.byte() % 3; count > 0; --count) options.exposed.push_back(source.text(exposable));
  return options;
}

void check_prediction(const Prediction& prediction) {
  const Verdict& verdict = prediction.verdict;
  must(!verdict.trace.empty() && verdict.trace.back().id == verdict.decided_at, "the last step decides");
  must(verdict.trace.back().passed == verdict.allowed, "a failed step refuses");
  must(std::find(all_steps.begin(), all_steps.end(), verdict.decided_at) != all_steps.end(), "the step is listed");
  must(prediction.sent.size() <= 21, "redirects end");
}

void check_lists(const Headers& headers) {
  for (const char* name : {"Access-Control-Allow-Methods", "Access-Control-Allow-Headers"}) {
    const auto list = extract_token_list(headers, name);
    must(list.has_value() == has_header(headers, name), "a list is there where its header is");
    if (!list) continue;
    std::string text;
    for (const std::string& token : list->tokens) text += (text.empty() ? "" : ", ") + token;
    const auto again = extract_token_list({{name, text}}, name);
    must(again && !again->malformed && again->tokens == list->tokens, "a list reads back as written");
  }
}

void check_exposed(const Request& request, const Exchange& mended, const RepairOptions& options) {
  const Prediction prediction = predict(request, mended, options.predict);
  if (prediction.response_type != ResponseType::cors) return;
  const Round& last = *mended.hops[*prediction.sent.back().recorded_as].actual;
  for (const std::string& name : options.exposed) {
    if (!is_token(name) || equals_ignoring_case(name, "Set-Cookie") || !has_header(last.head->headers, name)) continue;
    must(has_header(prediction.observation.response->headers, name), "what the page wants to read it can read");
  }
}

void check_texts(const Request& request, const Exchange& mended, const RepairOptions& options) {
  const auto policy = policy_of(request, mended, options);
  if (!policy) return;
  for (Server server : all_servers) {
    must(server_configuration(server, *policy).find("<<") == std::string::npos, "no slot is left in a text");
  }
}

std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
  for (char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3u;
  return hash;
}

void tell(const Repair& found, std::size_t left_out) {
  for (std::size_t i = 0; i < found.edits.size(); ++i) {
    const Edit& edit = found.edits[i];
    std::fprintf(stderr, "%s %zu %s %s %d %s: %s (%s)\n", i == left_out ? "->" : "  ", edit.hop,
                 std::string(leg_name(edit.leg)).c_str(), std::string(edit_kind_name(edit.kind)).c_str(), edit.status,
                 edit.name.c_str(), edit.value.c_str(), std::string(edit.why).c_str());
  }
}

std::uint64_t run_call(Source& source) {
  const Request request = request_of(source);
  const RepairOptions options = options_of(source);
  Exchange exchange;
  for (unsigned count = source.byte() % 4; count > 0; --count) {
    Hop& hop = exchange.hops.emplace_back();
    if (!source.one_in(4)) hop.preflight = round_of(source);
    if (!source.one_in(4)) hop.actual = round_of(source);
    if (hop.preflight && hop.preflight->head) check_lists(hop.preflight->head->headers);
  }
  const Prediction prediction = predict(request, exchange, options.predict);
  check_prediction(prediction);
  std::uint64_t reached = mixed(0xcbf29ce484222325u, prediction.verdict.decided_at);

  const Repair found = repair(request, exchange, options);
  if (found.obstacle) {
    must(found.edits.empty() && !found.stuck_at.empty(), "an obstacle stands alone");
    must(!prediction.verdict.allowed, "what goes through has no obstacle");
    return mixed(reached, obstacle_name(*found.obstacle));
  }
  const Exchange mended = apply_repair(exchange, found);
  must(predict(request, mended, options.predict).verdict.allowed, "after the repair the call goes through");
  must(repair(request, mended, options).edits.empty(), "a second repair is empty");
  for (std::size_t i = 0; i < found.edits.size(); ++i) {
    const Edit& edit = found.edits[i];
    reached = mixed(mixed(reached, edit.name), edit_kind_name(edit.kind));
    if (edit.why == step::done || edit.kind == EditKind::answer) continue;
    Repair less = found;
    less.edits.erase(less.edits.begin() + static_cast<std::ptrdiff_t>(i));
    const bool needed = !predict(request, apply_repair(exchange, less), options.predict).verdict.allowed;
    if (!needed) tell(found, i);
    must(needed, "no edit can be left out");
  }
  check_exposed(request, mended, options);
  if (source.one_in(32)) check_texts(request, mended, options);
  return reached;
}

constexpr std::string_view sample =
    R"({"id":1,"page_origin":"https://a.example","request":{"url":"https://b.example/","method":"PUT","headers":{"X":"1"}},)"
    R"("preflight_response":{"status":204,"headers":[["A","b"]]},"redirects":[{"url":"https://c.example","response":null}]})";

// A line with a hole torn in it, and the rest of the input in the hole.
std::uint64_t run_line(Source& source) {
  std::string line(sample);
  const std::size_t from = source.byte() % line.size(), length = source.byte() % 8;
  line.replace(from, length, source.rest());
  const auto read = parse_cors_line(line);
  if (!read) return mixed(1, read.error().pointer.empty() ? "json" : read.error().pointer);
  must(describe_cors_line(read.value()).find('\n') == std::string::npos, "one line in, one line out");
  return 2;
}

std::uint64_t run_heads(Source& source) {
  const std::string text = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n" + source.rest();
  const auto heads = parse_http_answers(text);
  if (!heads) return 3 + heads.error().line;
  must(heads.value().front().headers == Headers{{"A", "b"}}, "what stands in front is read");
  return 3 + heads.value().size();
}

std::uint64_t run_safelist(Source& source) {
  const std::string name = source.text(request_names), value = source.rest();
  const UnsafeHeaders unsafe = cors_unsafe_request_headers({{name, value}});
  must(unsafe.names.empty() == is_cors_safelisted_request_header(name, value), "one header is safe or not");
  must(!is_no_cors_safelisted_request_header(name, value) || unsafe.names.empty(), "what no-cors lets pass is safe");
  return 16 + unsafe.names.size();
}

}  // namespace

std::uint64_t run_input(const std::uint8_t* data, std::size_t size) {
  Source source(data, size);
  switch (source.byte() % 16) {
    case 13:
      return run_line(source);
    case 14:
      return run_heads(source);
    case 15:
      return run_safelist(source);
    default:
      return run_call(source);
  }
}

}  // namespace blindspot::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  blindspot::fuzz::run_input(data, size);
  return 0;
}
