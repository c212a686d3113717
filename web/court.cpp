// Text to values and back.
#include "web/court.hpp"

#include <algorithm>

#include "core/cors/repair.hpp"
#include "core/cors/steps.hpp"
#include "web/views/request_view.hpp"

namespace blindspot {

namespace {

bool is_blank(std::string_view text) { return trim_http_whitespace(text).empty(); }

std::optional<Origin> read_origin(std::string_view text, bool& cut) {
  if (text == "null") return parse_origin(text);
  const Result<Url, UrlError> url = parse_url(text);
  if (!url || (url.value().scheme != "http" && url.value().scheme != "https")) return std::nullopt;
  const Origin origin = origin_of(url.value());
  cut = serialize_origin(origin) != text;
  return origin;
}

// The heads of a field; nothing where it is empty or cannot be read.
std::vector<ResponseHead> read_heads(const std::string& text, std::optional<AnswersError>& problem) {
  if (is_blank(text)) return {};
  Result<std::vector<ResponseHead>, AnswersError> heads = parse_http_answers(text);
  if (heads) return std::move(heads.value());
  problem = heads.error();
  return {};
}

Round answered(const ResponseHead& head, std::string method, const Url& url) {
  Round round;
  round.method = std::move(method);
  round.url = url;
  round.head = head;
  return round;
}

// Where a redirect leads; the same place where it cannot be read.
Url next_url(const Url& url, const ResponseHead& head) {
  const std::optional<std::string> location = header_value(head.headers, "Location");
  const Result<Url, UrlError> target = parse_url(location.value_or(""), &url);
  return target ? target.value() : url;
}

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string heads_text(const std::vector<const Round*>& rounds) {
  std::string out;
  for (const Round* round : rounds)
    if (round->head) out += (out.empty() ? "" : "\n") + http_answer_text(*round->head);
  return out;
}

}  // namespace

CourtDraft example_court() {
  CourtDraft draft;
  draft.page_origin = "https://shop.example";
  draft.method = "POST";
  draft.url = "https://api.example/orders";
  draft.headers = {{"Content-Type", "application/json"}, {"X-Token", "demo"}};
  draft.preflight = "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: https://shop.example\nAccess-Control-Allow-Headers: content-type\n";
  draft.answer = "HTTP/1.1 201 Created\nContent-Type: application/json\nAccess-Control-Allow-Origin: https://shop.example\nX-Request-Id: 7f3a\n";
  return draft;
}

bool CourtProblems::none() const { return !page_origin && !request && !preflight && !answer; }

CourtCase read_court(const CourtDraft& draft) {
  CourtCase read;
  if (const auto origin = read_origin(trim_http_whitespace(draft.page_origin), read.problems.origin_cut)) read.request.page.origin = *origin;
  else read.problems.page_origin = true;
  read.request.method = draft.method;
  read.request.credentials = draft.credentials;
  read.request.mode = draft.mode;
  for (const Header& header : draft.headers)
    if (!header.name.empty() || !header.value.empty()) read.request.headers.push_back(header);
  const std::string url(trim_http_whitespace(draft.url));
  read.problems.request = check_request_text(draft.method, url, read.request.headers);
  if (const auto parsed = parse_url(url)) read.request.url = parsed.value();
  const std::vector<ResponseHead> preflight = read_heads(draft.preflight, read.problems.preflight), answers = read_heads(draft.answer, read.problems.answer);
  read.preflight_given = !preflight.empty();
  read.answer_given = !answers.empty();
  Url at = read.request.url;
  for (const ResponseHead& head : answers) {
    read.exchange.hops.push_back({std::nullopt, answered(head, normalize_method(draft.method), at)});
    at = next_url(at, head);
  }
  if (read.preflight_given) {
    if (read.exchange.hops.empty()) read.exchange.hops.emplace_back();
    read.exchange.hops[0].preflight = answered(preflight[0], "OPTIONS", read.request.url);
  }
  return read;
}

Prediction predict_court(const CourtCase& court) {
  const bool unanswered = decide_preflight(court.request).needed && !court.preflight_given;
  return predict(court.request, unanswered ? Exchange{} : court.exchange);
}

Result<ProofPlan, ProofObstacle> plan_proof(const CourtCase& court, const Prediction& prediction, const std::string& lab, const std::string& page_here,
                                            const std::string& run) {
  if (lab.empty()) return ProofObstacle::no_lab;
  if (!court.problems.none()) return ProofObstacle::incomplete;
  const Request& request = court.request;
  if (request.page.origin.opaque) return ProofObstacle::null_origin;
  if (is_same_origin(request.page.origin, origin_of(request.url))) return ProofObstacle::same_origin;
  if (prediction.sent.empty()) return ProofObstacle::not_sent;
  if (prediction.verdict.decided_at == step::request_not_sent) return ProofObstacle::incomplete;
  // Another name of the same machine is another origin.
  std::string other = lab;
  if (const std::size_t at = other.find("127.0.0.1"); at != std::string::npos) other.replace(at, 9, "localhost");
  else if (const std::size_t name = other.find("localhost"); name != std::string::npos) other.replace(name, 9, "127.0.0.1");
  MixPlaces places{{lab}, run, serialize_origin(request.page.origin), page_here};
  if (other != lab) places.origins.push_back(other);
  const Result<std::string, MixUrlError> url = mix_url_of(court.exchange, places);
  if (!url) return ProofObstacle::unplayable;
  ProofPlan plan{url.value(), request};
  if (const auto parsed = parse_url(plan.url)) plan.request.url = parsed.value();
  plan.request.page.origin = parse_origin(page_here);
  return plan;
}

ProofSeen foretell(const CourtCase& court, const Prediction& prediction) {
  ProofSeen seen;
  seen.preflight = prediction.sent.empty() ? false : prediction.sent[0].preflight.needed;
  seen.resolved = prediction.verdict.allowed || prediction.observation.outcome == Outcome::opaque;
  if (!seen.resolved) return seen;
  seen.type = response_type_name(prediction.response_type);
  if (!prediction.observation.response || court.exchange.hops.empty()) return seen;
  seen.status = prediction.observation.response->status;
  for (const Header& header : prediction.observation.response->headers) seen.names.push_back(ascii_lowercase(header.name));
  return seen;
}

bool agrees(const CourtCase& court, const ProofSeen& foretold, const ProofSeen& seen) {
  if (foretold.resolved != seen.resolved || foretold.type != seen.type || foretold.status != seen.status) return false;
  if (seen.preflight && foretold.preflight != seen.preflight) return false;
  if (court.exchange.hops.empty() || !court.exchange.hops.back().actual) return true;
  const auto has = [](const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  const Headers& sent = court.exchange.hops.back().actual->head->headers;
  return std::all_of(sent.begin(), sent.end(), [&](const Header& header) {
    const std::string name = ascii_lowercase(header.name);
    // The lab sets framing by itself, and a proxy's own lines are not played.
    return !is_mix_header(name) || has(foretold.names, name) == has(seen.names, name);
  });
}

CourtDraft court_of(const Call& call) {
  CourtDraft draft;
  draft.page_origin = serialize_origin(call.request.page.origin);
  draft.method = call.request.method;
  draft.url = serialize_url(call.request.url);
  draft.headers = call.request.headers;
  draft.credentials = call.request.credentials;
  draft.mode = call.request.mode;
  if (!call.exchange) return draft;
  std::vector<const Round*> answers;
  for (const Hop& hop : call.exchange->hops)
    if (hop.actual) answers.push_back(&*hop.actual);
  draft.answer = heads_text(answers);
  if (!call.exchange->hops.empty() && call.exchange->hops[0].preflight) draft.preflight = heads_text({&*call.exchange->hops[0].preflight});
  return draft;
}

CourtDraft with_repair(CourtDraft draft) {
  const CourtCase court = read_court(draft);
  const Exchange mended = apply_repair(court.exchange, repair(court.request, court.exchange));
  if (!mended.hops.empty() && mended.hops[0].preflight) draft.preflight = heads_text({&*mended.hops[0].preflight});
  std::vector<const Round*> answers;
  for (const Hop& hop : mended.hops)
    if (hop.actual) answers.push_back(&*hop.actual);
  draft.answer = heads_text(answers);
  return draft;
}

std::string curl_for_preflight(const Request& request) {
  std::string out = "curl -i -X OPTIONS " + in_quotes(serialize_url(request.url));
  for (const Header& header : decide_preflight(request).preflight_headers)
    if (header.name != "Accept") out += " \\\n  -H " + in_quotes(header.name + ": " + header.value);
  return out;
}

std::string curl_for_answer(const Request& request) {
  const std::string method = normalize_method(request.method);
  std::string out = method == "HEAD" ? "curl -I " : method == "GET" ? "curl -i " : "curl -i -X " + method + " ";
  out += in_quotes(serialize_url(request.url)) + " \\\n  -H " + in_quotes("Origin: " + serialize_origin(request.page.origin));
  for (const Header& header : request.headers)
    out += " \\\n  -H " + in_quotes(header.name + ": " + (is_secret_name(header.name) ? "..." : header.value));
  return out;
}

}  // namespace blindspot
