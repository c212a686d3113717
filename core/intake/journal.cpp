// Reads the journal leniently: a field that is missing or of another type counts as unknown.
#include "core/intake/journal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/cors/preflight.hpp"
#include "core/http/base64.hpp"

namespace blindspot {

namespace {

using Json = nlohmann::json;

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string text(const Json& object, const char* name) {
  const Json* value = member(object, name);
  const std::string* found = value ? value->get_ptr<const std::string*>() : nullptr;
  return found ? *found : std::string();
}

double number(const Json& object, const char* name, double fallback) {
  const Json* value = member(object, name);
  if (!value || !value->is_number()) return fallback;
  if (const auto* real = value->get_ptr<const Json::number_float_t*>()) return *real;
  if (const auto* whole = value->get_ptr<const Json::number_unsigned_t*>()) return static_cast<double>(*whole);
  if (const auto* whole = value->get_ptr<const Json::number_integer_t*>()) return static_cast<double>(*whole);
  return fallback;
}

Headers headers_of(const Json& object, const char* name) {
  Headers out;
  const Json* list = member(object, name);
  if (!list || !list->is_array()) return out;
  for (const Json& pair : *list)
    if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
      out.push_back({*pair[0].get_ptr<const std::string*>(), *pair[1].get_ptr<const std::string*>()});
  return out;
}

Bytes decoded(const Json& object, const char* name) { return decode_base64(text(object, name)).value_or(""); }

Round read_round(const Json& entry, const Request& request) {
  Round round;
  round.method = text(entry, "method");
  round.url = request.url;
  if (auto url = parse_url(text(entry, "url"), &request.url)) round.url = url.value();
  round.request_headers = headers_of(entry, "request_headers");
  round.request_bytes = static_cast<std::uint64_t>(std::max(0.0, number(entry, "request_bytes", 0)));
  if (const Json* head = member(entry, "head"); head && head->is_object())
    round.head = ResponseHead{static_cast<int>(number(*head, "status", 0)), text(*head, "reason"), headers_of(*head, "headers")};
  round.raw = decoded(entry, "raw");
  round.body = text(entry, "body");
  if (round.body.empty()) round.body = decoded(entry, "body_base64");
  round.body_bytes = static_cast<std::uint64_t>(std::max(0.0, number(entry, "body_bytes", 0)));
  round.ending = parse_ending(text(entry, "ending")).value_or(Ending::open);
  round.received_ms = number(entry, "received_ms", -1);
  round.head_ms = number(entry, "head_ms", -1);
  round.end_ms = number(entry, "end_ms", -1);
  return round;
}

bool redirects(const Round& round) {
  return round.head && round.head->status >= 300 && round.head->status < 400 && has_header(round.head->headers, "location");
}

}  // namespace

std::optional<Journal> parse_journal(std::string_view json, const Request& request) {
  const Json document = Json::parse(json, nullptr, false);
  const Json* rounds = member(document, "rounds");
  if (!rounds || !rounds->is_array()) return std::nullopt;
  Journal out;
  for (const Json& entry : *rounds) {
    Round round = read_round(entry, request);
    const Json* flag = member(entry, "preflight");
    const bool preflight = flag && flag->is_boolean() && *flag->get_ptr<const bool*>();
    std::vector<Hop>& hops = out.exchange.hops;
    out.open = out.open || round.ending == Ending::open;
    // A new hop begins where the one before was redirected; anything else that comes again is the browser trying again.
    if (hops.empty() || (hops.back().actual && redirects(*hops.back().actual))) hops.push_back({});
    std::optional<Round>& place = preflight ? hops.back().preflight : hops.back().actual;
    if (place) ++out.repeats;
    place = std::move(round);
  }
  return out;
}

std::optional<Exchange> exchange_of_place(Target target, const Request& request, bool online) {
  if (target == Target::lab || target == Target::tls_good) return std::nullopt;
  // The certificates are what these addresses are kept for; whoever accepted them reaches a healthy lab.
  Case a_case{};  // of code ok
  a_case.target = target;
  const bool plain_page = request.page.origin.scheme != "https";
  if ((target == Target::offline && online) || (target == Target::cleartext && plain_page)) a_case.target = Target::unknown_host;
  return exchange_of(a_case, request, Places{});
}

}  // namespace blindspot
