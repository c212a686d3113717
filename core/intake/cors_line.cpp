// What does one line of a corpus of cross-origin calls say, and what comes of the call?
#include "core/intake/cors_line.hpp"

#include "core/cors/steps.hpp"
#include "core/json/scan.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

// Reads typed members; remembers the first that is not as it should be.
class Reader {
 public:
  bool failed() const { return !error_.problem.empty(); }
  const CorsLineError& error() const { return error_; }

  void fail(const std::string& pointer, std::string problem) {
    if (!failed()) error_ = {std::move(problem), pointer, 0};
  }

  const json* member(const json& object, const std::string& pointer, const char* name) {
    if (!object.is_object()) {
      fail(pointer, "must be an object");
      return nullptr;
    }
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
  }

  std::optional<std::string> text(const json& object, const std::string& pointer, const char* name) {
    const json* value = member(object, pointer, name);
    if (!value) return std::nullopt;
    if (!value->is_string()) {
      fail(pointer + "/" + name, "must be a string");
      return std::nullopt;
    }
    return value->get<std::string>();
  }

  bool yes(const json& object, const std::string& pointer, const char* name) {
    const json* value = member(object, pointer, name);
    if (value && !value->is_boolean()) fail(pointer + "/" + name, "must be true or false");
    return value && value->is_boolean() && value->get<bool>();
  }

  double number(const json& object, const std::string& pointer, const char* name, double otherwise) {
    const json* value = member(object, pointer, name);
    if (value && !value->is_number()) fail(pointer + "/" + name, "must be a number");
    return value && value->is_number() ? value->get<double>() : otherwise;
  }

  // The word of one of these values, by its name.
  template <class Value, class NameOf>
  void word(const json& object, const std::string& pointer, const char* name, std::initializer_list<Value> values,
            NameOf name_of, Value& into) {
    const std::optional<std::string> given = text(object, pointer, name);
    if (!given) return;
    for (Value value : values) {
      if (name_of(value) == *given) {
        into = value;
        return;
      }
    }
    fail(pointer + "/" + name, "unknown word");
  }

  Headers headers(const json& object, const std::string& pointer) {
    const std::string own = pointer + "/headers";
    const json* given = member(object, pointer, "headers");
    Headers headers;
    if (!given) return headers;
    if (given->is_object()) {
      for (const auto& [name, value] : given->items()) add_header(headers, name, value, own);
    } else if (given->is_array()) {
      for (const json& pair : *given) {
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string()) {
          add_header(headers, pair[0].get<std::string>(), pair[1], own);
        } else {
          fail(own, "must hold pairs of name and value");
        }
      }
    } else {
      fail(own, "must be an object or a list of pairs");
    }
    return headers;
  }

 private:
  void add_header(Headers& headers, const std::string& name, const json& value, const std::string& pointer) {
    if (value.is_string()) {
      headers.push_back({name, value.get<std::string>()});
    } else {
      fail(pointer, "a header's value must be a string");
    }
  }

  CorsLineError error_;
};

std::string_view embedder_name(EmbedderPolicy policy) {
  return policy == EmbedderPolicy::require_corp      ? "require-corp"
         : policy == EmbedderPolicy::credentialless ? "credentialless"
                                                     : "unsafe-none";
}

Request read_request(Reader& reader, const json& line) {
  Request request;
  const json* given = reader.member(line, "", "request");
  if (!given) {
    reader.fail("/request", "is missing");
    return request;
  }
  const std::string at = "/request";
  const std::optional<std::string> url = reader.text(*given, at, "url");
  if (!url) reader.fail("/request/url", "is missing");
  // A URL that cannot be parsed is a call that fails, not a line that cannot be read.
  if (const auto parsed = parse_url(url.value_or(""))) request.url = parsed.value();
  request.method = reader.text(*given, at, "method").value_or("GET");
  request.headers = reader.headers(*given, at);
  request.upload_listeners = reader.yes(*given, at, "upload_listeners");
  reader.word(*given, at, "credentials", {Credentials::omit, Credentials::same_origin, Credentials::include},
              credentials_name, request.credentials);
  reader.word(*given, at, "mode", {Mode::cors, Mode::no_cors, Mode::same_origin}, mode_name, request.mode);
  reader.word(*given, at, "redirect", {Redirect::follow, Redirect::error, Redirect::manual}, redirect_name,
              request.redirect);

  const std::optional<std::string> origin = reader.text(line, "", "page_origin");
  if (!origin) reader.fail("/page_origin", "is missing");
  request.page.origin = parse_origin(origin.value_or("null"));
  if (request.page.origin.opaque && origin && *origin != "null") reader.fail("/page_origin", "is no origin");
  return request;
}

std::optional<Round> read_answer(Reader& reader, const json& hop, const std::string& pointer, const char* name,
                                 const Url& url, const std::string& method) {
  const json* given = reader.member(hop, pointer, name);
  if (!given) return std::nullopt;
  const std::string at = pointer + "/" + name;
  Round round;
  round.url = url;
  round.method = method;
  const double status = reader.number(*given, at, "status", -1);
  if (status < 100 || status > 999 || status != static_cast<int>(status)) {
    reader.fail(at + "/status", "must be a status");
    return round;
  }
  round.head = ResponseHead{static_cast<int>(status), "", reader.headers(*given, at)};
  return round;
}

Exchange read_exchange(Reader& reader, const json& line, const Request& request) {
  Exchange exchange;
  const auto add = [&](const json& hop, const std::string& at, const Url& url) {
    exchange.hops.push_back({read_answer(reader, hop, at, "preflight_response", url, "OPTIONS"),
                             read_answer(reader, hop, at, "response", url, request.method)});
  };
  add(line, "", request.url);
  const json* further = reader.member(line, "", "redirects");
  if (!further) return exchange;
  if (!further->is_array()) {
    reader.fail("/redirects", "must be a list");
    return exchange;
  }
  std::size_t number = 0;
  for (const json& hop : *further) {
    const std::string at = "/redirects/" + std::to_string(number++);
    const auto url = parse_url(reader.text(hop, at, "url").value_or(""));
    if (reader.failed()) return exchange;
    add(hop, at, url ? url.value() : Url{});
  }
  return exchange;
}

PreflightCache read_cache(Reader& reader, const json& line) {
  PreflightCache cache;
  const json* entries = reader.member(line, "", "preflight_cache");
  if (!entries) return cache;
  if (!entries->is_array()) {
    reader.fail("/preflight_cache", "must be a list");
    return cache;
  }
  std::size_t number = 0;
  for (const json& each : *entries) {
    const std::string at = "/preflight_cache/" + std::to_string(number++);
    PreflightCacheEntry entry;
    entry.origin = reader.text(each, at, "origin").value_or("");
    entry.url = reader.text(each, at, "url").value_or("");
    entry.credentials = reader.yes(each, at, "credentials");
    entry.method = reader.text(each, at, "method");
    entry.header = reader.text(each, at, "header");
    entry.max_age_s = reader.number(each, at, "max_age", 5);
    entry.age_s = reader.number(each, at, "age", 0);
    if (reader.failed()) return cache;
    cache.push_back(std::move(entry));
  }
  return cache;
}

std::optional<LocalNetwork> read_network(Reader& reader, const json& line) {
  const json* given = reader.member(line, "", "local_network");
  if (!given) return std::nullopt;
  const std::string at = "/local_network";
  const auto spaces = {AddressSpace::everyone, AddressSpace::local, AddressSpace::loopback};
  LocalNetwork network;
  reader.word(*given, at, "page", spaces, address_space_name, network.page);
  for (auto [name, into] : {std::pair{"server", &network.server}, std::pair{"declared", &network.declared}}) {
    AddressSpace space{};
    reader.word(*given, at, name, spaces, address_space_name, space);
    if (reader.member(*given, at, name)) *into = space;
  }
  reader.word(*given, at, "permission", {Permission::granted, Permission::denied, Permission::unanswered},
              permission_name, network.permission);
  return network;
}

RepairOptions read_options(Reader& reader, const json& line) {
  RepairOptions options;
  options.predict.preflight_cache = read_cache(reader, line);
  options.predict.local_network = read_network(reader, line);
  options.predict.engine = reader.yes(line, "", "browsers") ? Engine::browsers : Engine::standard;
  reader.word(line, "", "embedder_policy",
              {EmbedderPolicy::unsafe_none, EmbedderPolicy::credentialless, EmbedderPolicy::require_corp},
              embedder_name, options.predict.embedder_policy);
  if (const json* names = reader.member(line, "", "expose")) {
    if (!names->is_array()) reader.fail("/expose", "must be a list");
    for (const json& name : *names) {
      if (name.is_string()) {
        options.exposed.push_back(name.get<std::string>());
      } else {
        reader.fail("/expose", "must hold names");
      }
    }
  }
  return options;
}

json describe(const Edit& edit) {
  json out = {{"hop", edit.hop}, {"leg", leg_name(edit.leg)}, {"kind", edit_kind_name(edit.kind)}, {"why", edit.why}};
  if (edit.status != 0) out["status"] = edit.status;
  if (!edit.name.empty()) out["name"] = edit.name;
  if (edit.kind == EditKind::set_header || edit.kind == EditKind::append_header) out["value"] = edit.value;
  return out;
}

void describe_repair(const Repair& found, json& out) {
  if (found.obstacle) {
    out["obstacle"] = obstacle_name(*found.obstacle);
    if (found.stuck_at != out["step"]) out["stuck_at"] = found.stuck_at;
  }
  for (const Edit& edit : found.edits) out["repair"].push_back(describe(edit));
  for (const Warning& warning : found.warnings) {
    out["warnings"].push_back(
        {{"caution", caution_name(warning.caution)}, {"hop", warning.hop}, {"leg", leg_name(warning.leg)}});
  }
}

}  // namespace

std::string printable_subject(const StepTaken& step) {
  if (step.id == step::request_header || step.id == step::preflight_needed_header)
    return step.subject.substr(0, step.subject.find(':'));
  auto url = parse_url(step.subject);
  if (!url || (url.value().username.empty() && url.value().password.empty())) return step.subject;
  url.value().username.clear();
  url.value().password.clear();
  return serialize_url(url.value());
}

Result<CorsLine, CorsLineError> parse_cors_line(std::string_view line) {
  const ScanReport scan = scan_json(line);
  const json given = scan.valid ? json::parse(line, nullptr, false) : json(json::value_t::discarded);
  if (given.is_discarded()) return CorsLineError{"is no JSON", "", scan.stopped_at};
  Reader reader;
  CorsLine out;
  if (const json* id = reader.member(given, "", "id")) {
    if (id->is_string() || id->is_number()) {
      out.id = *id;
    } else {
      reader.fail("/id", "must be a string or a number");
    }
  }
  if (!reader.failed()) out.request = read_request(reader, given);
  if (!reader.failed()) out.exchange = read_exchange(reader, given, out.request);
  if (!reader.failed()) out.options = read_options(reader, given);
  if (reader.failed()) return reader.error();
  return out;
}

std::string describe_cors_line(const CorsLine& line) {
  const Prediction prediction = predict(line.request, line.exchange, line.options.predict);
  const Verdict& verdict = prediction.verdict;
  json out = {{"id", line.id},
              {"verdict", verdict.allowed ? "pass" : "network-error"},
              {"preflight", verdict.preflighted},
              {"step", verdict.decided_at},
              {"outcome", outcome_name(prediction.observation.outcome)}};
  if (!verdict.trace.empty()) {
    out["subject"] = printable_subject(verdict.trace.back());
    if (!verdict.trace.back().wanted.empty()) out["wanted"] = verdict.trace.back().wanted;
  }
  if (prediction.sent.size() > 1) out["hops"] = prediction.sent.size();
  if (!prediction.sent.empty()) {
    const Headers& asked = prediction.sent.front().preflight.preflight_headers;
    for (const char* name : {"Access-Control-Request-Method", "Access-Control-Request-Headers"}) {
      if (const auto value = header_value(asked, name)) out["preflight_headers"][name] = *value;
    }
  }
  if (verdict.allowed) {
    out["response_type"] = response_type_name(prediction.response_type);
    if (prediction.observation.response) {
      out["status"] = prediction.observation.response->status;
      out["exposed_headers"] = json::array();
      for (const Header& header : prediction.observation.response->headers) out["exposed_headers"].push_back(header.name);
    }
  }
  describe_repair(repair(line.request, line.exchange, line.options), out);
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace blindspot
