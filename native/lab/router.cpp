// The routes of the page server and of the lab, and who may read what comes back.
#include "native/lab/router.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/http/reason_phrase.hpp"
#include "core/http/url.hpp"
#include "native/lab/mix.hpp"
#include "native/lab/ports.hpp"

namespace blindspot::lab {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_counted_calls = 4096;
constexpr std::size_t most_journals = 128;

std::string to_text(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Answer make_answer(int status, std::string type, std::string body, Headers more = {}) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Content-Type", std::move(type)}, {"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  answer.headers.insert(answer.headers.end(), more.begin(), more.end());
  answer.body = std::make_shared<const std::string>(std::move(body));
  return answer;
}

enum class Readers { same_origin, everyone };

Answer json_answer(int status, const ordered_json& value, Readers readers) {
  Headers more;
  if (readers == Readers::everyone) more.push_back({"Access-Control-Allow-Origin", "*"});
  return make_answer(status, "application/json", to_text(value), std::move(more));
}

bool is_read_only(const HttpRequest& request) { return request.method == "GET" || request.method == "HEAD"; }

// An Origin is repeated in answers, so only what looks like one is.
std::string origin_slot(const HttpRequest& request) {
  const auto origin = header_value(request.headers, "Origin");
  if (!origin) return "*";
  const bool plain = std::all_of(origin->begin(), origin->end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("-._~:/[]%+").find(c) != std::string_view::npos;
  });
  return plain ? *origin : "null";
}

bool is_tls(Role role) { return role != Role::page && role != Role::lab; }

int port_offset(Role role) { return static_cast<int>(role); }

// "/case/slug/..." with "/case/" taken off; nothing when the path does not begin so.
std::optional<std::string_view> below(std::string_view path, std::string_view folder) {
  if (!path.starts_with(folder)) return std::nullopt;
  return path.substr(folder.size());
}

// An answer as a script, so that it is journalled like any other; its preflight is allowed.
WireScript script_of(const Answer& answer) {
  return {std::nullopt, {act::Head{answer.status, "", answer.headers}, act::Send{*answer.body, 1}, act::End{}}};
}

// Gives an answer another status and leaves everything else, so that the status alone decides.
void set_status(Script& script, int status) {
  for (auto& each : script)
    if (auto* head = std::get_if<act::Head>(&each)) *head = {status, std::string(reason_phrase(status)), std::move(head->headers)};
  script = resolve_script(script, {});
}

bool is_lab_route(std::string_view path) {
  return path.starts_with("/case/") || path.starts_with("/mix/") || path == "/mix" || path.starts_with("/journal/");
}

}  // namespace

std::string_view target_of_role(Role role) {
  switch (role) {
    case Role::page: return "";
    case Role::lab: return "lab";
    case Role::tls_good: return "tls-good";
    case Role::tls_expired: return "tls-expired";
    case Role::tls_self_signed: return "tls-self-signed";
    case Role::tls_wrong_host: return "tls-wrong-host";
    case Role::tls_handshake: return "tls-handshake";
  }
  return "";
}

Reach reach_of_role(Role role) {
  switch (role) {
    case Role::tls_expired: return Reach::tls_expired;
    case Role::tls_self_signed: return Reach::tls_self_signed;
    case Role::tls_wrong_host: return Reach::tls_name_mismatch;
    default: return Reach::tls_failed;
  }
}

bool is_preflight(const HttpRequest& request) {
  return request.method == "OPTIONS" && has_header(request.headers, "Origin") &&
         has_header(request.headers, "Access-Control-Request-Method");
}

Answer error_answer(int status, const ordered_json& fields) {
  ordered_json body{{"error", fields}};
  return json_answer(status, body, Readers::everyone);
}

Router::Router(RouterSettings settings, Limits limits, StaticFiles files, Cases cases, Journal& journal)
    : settings_(std::move(settings)), limits_(limits), files_(std::move(files)), cases_(std::move(cases)), journal_(journal) {}

Reply Router::route(const HttpRequest& request, Role role) {
  const auto path = request.path();
  switch (role) {
    case Role::page: return route_page(request, role);
    case Role::tls_good: return is_lab_route(path) ? route_lab(request, role) : route_page(request, role);
    default: return route_lab(request, role);
  }
}

// --- the page ---------------------------------------------------------------------------------------------------------

Reply Router::route_page(const HttpRequest& request, Role role) {
  if (!is_read_only(request))
    return make_answer(405, "text/plain; charset=utf-8", "only GET and HEAD\n", {{"Allow", "GET, HEAD"}});
  const auto path = request.path();
  if (path == "/lab.json") return lab_json(request, role);
  if (path == "/ca.pem") return make_answer(200, "application/x-pem-file", settings_.ca_pem);

  const auto accepted = header_value(request.headers, "Accept-Encoding");
  const auto file = files_.find(path, accepted && accepts_brotli(*accepted));
  if (!file && !files_.built()) return make_answer(503, "text/plain; charset=utf-8", "page not built: run ./run\n");
  if (!file) return make_answer(404, "text/plain; charset=utf-8", "not found\n");
  Answer answer;
  answer.headers = {{"Content-Type", std::string(file->type)}, {"Cache-Control", "no-cache"},
                    {"X-Content-Type-Options", "nosniff"}, {"ETag", file->etag}, {"Vary", "Accept-Encoding"}};
  if (file->brotli) answer.headers.push_back({"Content-Encoding", "br"});
  const auto known = header_value(request.headers, "If-None-Match");
  if (known && known->find(file->etag) != std::string::npos) {
    answer.status = 304;
    return answer;
  }
  answer.body = file->bytes;
  return answer;
}

Answer Router::lab_json(const HttpRequest& request, Role role) const {
  const std::string host = own_host(request, role);
  const std::string tls_host = host == "127.0.0.1" ? "localhost" : host;
  const auto http = [&](int offset) { return "http://" + host + ":" + std::to_string(settings_.first_port + offset); };
  const auto https = [&](int offset) { return "https://" + tls_host + ":" + std::to_string(settings_.first_port + offset); };
  ordered_json targets{{"lab", http(lab_offset)},
                       {"closed-port", http(closed_offset)},
                       {"never-accepts", http(never_accepts_offset)},
                       {"unknown-host", "http://no-such-host.invalid"},
                       {"tls-good", https(tls_good_offset)},
                       {"tls-expired", https(tls_expired_offset)},
                       {"tls-self-signed", https(tls_self_signed_offset)},
                       {"tls-wrong-host", https(tls_wrong_host_offset)},
                       {"tls-handshake", https(tls_handshake_offset)},
                       {"cleartext", "http://cleartext.invalid"},
                       {"offline", "http://offline.invalid"}};
  if (!settings_.never_accepts) targets.erase("never-accepts");
  const ordered_json body{{"version", settings_.version},
                          {"page", http(page_offset)},
                          {"lab", http(lab_offset)},
                          {"targets", targets}};
  return json_answer(200, body, role == Role::lab ? Readers::everyone : Readers::same_origin);
}

// --- the lab ----------------------------------------------------------------------------------------------------------

Reply Router::route_lab(const HttpRequest& request, Role role) {
  const auto path = request.path();
  auto run = query_parameter(request.query(), "run").value_or("");
  if (!run.empty() && !is_run_id(run)) {
    return play(request, role, script_of(error_answer(400, {{"problem", "run is 1 to 64 letters, digits, _ or -"}, {"key", "run"}})), "");
  }
  if (const auto rest = below(path, "/case/")) return play_case(request, role, *rest, std::move(run));
  if (path == "/mix") return play_mix(request, role, "", std::move(run));
  if (const auto rest = below(path, "/mix/")) return play_mix(request, role, *rest, std::move(run));

  if (is_preflight(request)) return play(request, role, healthy_script(), "");
  if (!is_read_only(request)) return error_answer(405, {{"problem", "only GET and HEAD here"}});
  if (const auto id = below(path, "/journal/")) {
    return journal_answer(*id);
  }
  if (path == "/lab.json") return lab_json(request, role);
  if (path == "/") return lab_index();
  return error_answer(404, {{"problem", "no such route"}, {"see", "/"}});
}

// One run's journal, or of several ids, comma between, a list.
Answer Router::journal_answer(std::string_view ids) const {
  auto list = ordered_json::array();
  const bool several = ids.find(',') != std::string_view::npos;
  while (list.empty() || !ids.empty()) {
    const auto id = ids.substr(0, ids.find(','));
    if (!is_run_id(id)) return error_answer(400, {{"problem", "a run is 1 to 64 letters, digits, _ or -"}, {"key", "run"}});
    if (list.size() == most_journals) return error_answer(400, {{"problem", "too many runs at once"}, {"limit", most_journals}});
    list.push_back(journal_.answer(std::string(id), Clock::now()));
    ids.remove_prefix(std::min(ids.size(), id.size() + 1));
  }
  return json_answer(200, several ? list : list[0], Readers::everyone);
}

Reply Router::play_case(const HttpRequest& request, Role role, std::string_view rest, std::string run) {
  const auto slug = rest.substr(0, rest.find('/'));
  rest.remove_prefix(slug.size());
  const bool good = rest == "/good" || rest.starts_with("/good/");
  const PlayableCase* found = cases_.find(slug);
  const auto refuse = [&](int status, const ordered_json& fields) {
    return play(request, role, script_of(error_answer(status, fields)), std::move(run));
  };
  if (!found) return refuse(404, {{"problem", "no such case"}, {"key", "case"}, {"value", slug}, {"see", "/"}});
  const auto& script = good ? found->good : found->script;
  if (!script) return refuse(500, {{"problem", "this case cannot be played: " + found->problem}, {"value", slug}});
  if (good) rest.remove_prefix(5);
  const bool at_next = script->next && (rest == "/next" || rest.starts_with("/next/"));
  return play(request, role, at_next ? WireScript{std::nullopt, *script->next} : *script, std::move(run));
}

Reply Router::play_mix(const HttpRequest& request, Role role, std::string_view rest, std::string run) {
  const auto here = parse_url(url_of(request, role));
  const auto mix = parse_mix(rest, {here ? here.value().host : "", settings_.first_port}, request.query());
  if (!mix) {
    const auto& error = mix.error();
    const ordered_json fields{{"problem", error.problem}, {"key", error.key}, {"value", error.value}, {"see", "/"}};
    return play(request, role, script_of(error_answer(400, fields)), std::move(run));
  }
  bool faulty = true;
  if (mix.value().first > 0 || mix.value().every > 0) {
    const auto key = run.empty() ? request.target : run + " " + std::string(request.path());
    faulty = mix.value().fails(count_call(key, is_preflight(request)));
  }
  const Mix played = faulty ? mix.value() : mix.value().healthy();
  auto fault = play(request, role, make_wire_script(played), std::move(run));
  if (fault.preflight && played.preflight == MixPreflight::status) set_status(fault.script, played.preflight_status);
  if (!fault.preflight && played.body == MixBody::endless) {
    fault.time_cap = limits_.endless_time;
    fault.byte_cap = limits_.endless_bytes;
  }
  return fault;
}

Play Router::play(const HttpRequest& request, Role role, const WireScript& script, std::string run) const {
  const std::string scheme = is_tls(role) ? "https://" : "http://";
  const auto here = parse_url(url_of(request, role));
  const ScriptSlots slots{origin_slot(request), url_of(request, role), scheme + authority(request, role),
                          "http://" + own_host(request, role) + ":" + std::to_string(settings_.first_port + closed_offset),
                          here ? next_of_case(here.value()) : ""};
  Play made;
  made.preflight = is_preflight(request);
  made.run = std::move(run);
  made.time_cap = limits_.script_time;
  made.byte_cap = limits_.answer_bytes;
  if (!made.preflight) made.script = resolve_script(script.response, slots);
  else if (script.preflight) made.script = resolve_script(*script.preflight, slots);
  else made.script = permissive_preflight(request.headers);
  return made;
}

Answer Router::lab_index() const {
  const ordered_json routes{{"/case/<slug>", "plays a case of the catalogue"},
                            {"/case/<slug>/good", "plays its good twin"},
                            {"/mix/<key>=<value>/...", "composes a fault"},
                            {"/mix/shape=<change>?at=<pointer>&sample=<json>", "breaks a contract: the JSON with another shape"},
                            {"?run=<id>", "names a run, so that it is journalled"},
                            {"/journal/<id>", "what a run looked like from here; <id>,<id> several at once"},
                            {"/lab.json", "where the targets are"}};
  const ordered_json body{{"name", "blindspot lab"},
                          {"version", settings_.version},
                          {"routes", routes},
                          {"mix", mix_reference()},
                          {"cases", cases_.slugs()}};
  return json_answer(200, body, Readers::everyone);
}

// --- names ------------------------------------------------------------------------------------------------------------

// Where a client finds this machine. From another one the loopback address would mean that machine itself.
std::string Router::own_host(const HttpRequest& request, Role role) const {
  if (!settings_.lan) return "127.0.0.1";
  const auto url = parse_url(url_of(request, role));
  return url && !is_loopback_host(url.value().host) ? url.value().host : "127.0.0.1";
}

// The Host a client named, if it can only mean this machine; else our own name for ourselves.
std::string Router::authority(const HttpRequest& request, Role role) const {
  const std::string scheme = is_tls(role) ? "https://" : "http://";
  const auto host = header_value(request.headers, "Host").value_or("");
  const bool bare = !host.empty() && host.find_first_of("/\\?#@% ") == std::string::npos;
  const auto url = parse_url(scheme + (bare ? host : "") + "/");
  if (bare && url && (settings_.lan || is_loopback_host(url.value().host))) {
    const auto& port = url.value().port;
    return port ? url.value().host + ":" + std::to_string(*port) : url.value().host;
  }
  return (is_tls(role) ? "localhost:" : "127.0.0.1:") + std::to_string(settings_.first_port + port_offset(role));
}

std::string Router::url_of(const HttpRequest& request, Role role) const {
  return (is_tls(role) ? "https://" : "http://") + authority(request, role) + request.target;
}

// A preflight and the request it was for are one call; a preflight that nothing followed was one as well.
std::uint64_t Router::count_call(const std::string& key, bool preflight) {
  if (!calls_.contains(key)) {
    calls_order_.push_back(key);
    if (calls_order_.size() > most_counted_calls) {
      calls_.erase(calls_order_.front());
      calls_order_.pop_front();
    }
  }
  Calls& calls = calls_[key];
  if (preflight || !calls.preflight_pending) ++calls.number;
  calls.preflight_pending = preflight;
  return calls.number;
}

}  // namespace blindspot::lab
