// The tables behind /mix: every key, every value, and the acts they stand for.
#include "native/lab/mix.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/http/mix_url.hpp"
#include "core/http/reason_phrase.hpp"
#include "core/http/url.hpp"
#include "core/schema/tree.hpp"
#include "native/lab/broken_bodies.hpp"
#include "native/lab/http_request.hpp"
#include "native/lab/ports.hpp"
#include "native/lab/shape_faults.hpp"

namespace blindspot::lab {
namespace {

constexpr std::uint64_t largest_body = 256ull << 20;
constexpr std::uint64_t largest_drip = 1ull << 20;
constexpr int longest_ms = 120'000;
constexpr std::size_t most_headers = 32;

template <class E>
struct Named {
  std::string_view name;
  E value;
};

constexpr std::array<Named<MixCors>, 9> cors_values{{{"none", MixCors::none},
                                                     {"star", MixCors::star},
                                                     {"origin", MixCors::origin},
                                                     {"credentials", MixCors::credentials},
                                                     {"mismatch", MixCors::mismatch},
                                                     {"null", MixCors::null},
                                                     {"empty", MixCors::empty},
                                                     {"two", MixCors::two},
                                                     {"star-credentials", MixCors::star_credentials}}};

constexpr std::array<Named<MixPreflight>, 5> preflight_values{{{"ok", MixPreflight::ok},
                                                               {"none", MixPreflight::none},
                                                               {"silence", MixPreflight::silence},
                                                               {"cut", MixPreflight::cut},
                                                               {"end", MixPreflight::end}}};

constexpr std::array<Named<MixBody>, 6> body_values{{{"json", MixBody::json},
                                                      {"empty", MixBody::empty},
                                                      {"html", MixBody::html},
                                                      {"text", MixBody::text},
                                                      {"json-nan", MixBody::json_nan},
                                                      {"endless", MixBody::endless}}};

constexpr std::array<Named<MixEnd>, 7> end_values{{{"end", MixEnd::end},
                                                   {"short", MixEnd::short_body},
                                                   {"cut", MixEnd::cut},
                                                   {"stall", MixEnd::stall},
                                                   {"silence", MixEnd::silence},
                                                   {"empty", MixEnd::empty},
                                                   {"abort", MixEnd::abort}}};

template <class E, std::size_t n>
std::optional<E> named(const std::array<Named<E>, n>& values, std::string_view name) {
  for (const auto& each : values)
    if (each.name == name) return each.value;
  return std::nullopt;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "512", "100b", "64kb", "10mb".
std::optional<std::uint64_t> byte_size(std::string_view text) {
  std::uint64_t unit = 1;
  if (text.ends_with("mb")) unit = 1ull << 20;
  else if (text.ends_with("kb")) unit = 1ull << 10;
  if (unit > 1) text.remove_suffix(2);
  else if (text.ends_with("b")) text.remove_suffix(1);
  const auto count = number(text);
  if (!count || *count > largest_body / unit) return std::nullopt;
  return *count * unit;
}

// Sets `field` when the text is a number from low to high.
bool set_number(std::string_view text, int low, int high, int& field) {
  const auto value = number(text);
  if (!value || *value < static_cast<std::uint64_t>(low) || *value > static_cast<std::uint64_t>(high)) return false;
  field = static_cast<int>(*value);
  return true;
}

// A Location on this server or on another of the lab's ports.
bool stays_in_the_lab(std::string_view location, const MixHome& home) {
  if (trim_http_whitespace(location) == "{self}") return true;
  const auto base = parse_url("http://lab.invalid/");
  const auto target = parse_url(location, &base.value());
  if (!target) return false;
  const Url& url = target.value();
  if (!url.username.empty() || !url.password.empty()) return false;
  if (is_same_origin(origin_of(url), origin_of(base.value()))) return true;
  const bool http = url.scheme == "http" || url.scheme == "https";
  const bool here = is_loopback_host(url.host) || (!home.host.empty() && url.host == home.host);
  const int offset = effective_port(url) - home.first_port;
  return http && here && home.first_port != 0 && offset >= 0 && offset < block_size;
}

// "Name: value": one blank after the colon is the wire's, everything else stands as it is.
std::string add_header(std::string_view text, const MixHome& home, Headers& headers) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return "write it as Name: value, percent-encoded";
  const auto name = text.substr(0, colon);
  auto value = text.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (!is_token(name)) return "the name is not a token";
  if (value.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos) return "the value cannot stand in a header";
  if (!is_mix_header(name)) return "no header that the lab lets a URL set";
  if (equals_ignoring_case(name, "Location") && !stays_in_the_lab(value, home)) return "this header would reach beyond the lab";
  if (headers.size() == most_headers) return "too many headers";
  headers.push_back({std::string(name), std::string(value)});
  return "";
}

std::string set_type(std::string_view text, Mix& mix) {
  if (!is_header_value(text)) return "the value cannot stand in a header";
  mix.type = text;
  return "";
}

std::string set_preflight(std::string_view text, Mix& mix) {
  if (const auto kind = named(preflight_values, text)) {
    mix.preflight = *kind;
    return "";
  }
  if (!set_number(text, 200, 599, mix.preflight_status)) return "ok, none, silence, cut, end or a status from 200 to 599";
  mix.preflight = MixPreflight::status;
  return "";
}

std::string set_body(std::string_view text, Mix& mix) {
  if (const auto kind = named(body_values, text)) {
    mix.body = *kind;
    return "";
  }
  if (broken_body(text, "{}")) {
    mix.body = MixBody::broken;
    mix.body_code = text;
    return "";
  }
  constexpr std::string_view in_lines = "-lines";
  mix.body_in_lines = text.ends_with(in_lines);
  if (mix.body_in_lines) text.remove_suffix(in_lines.size());
  const auto size = byte_size(text);
  if (!size) return "no such body; a size is written 512, 64kb or 10mb, is at most 256mb, and 10mb-lines stands in many lines";
  mix.body = MixBody::sized;
  mix.body_size = *size;
  return "";
}

constexpr std::string_view unknown_key = "no such key";

// Empty when all is well, else what is wrong.
std::string set_key(std::string_view key, std::string_view value, const MixHome& home, Mix& mix) {
  const auto ranged = [&](int low, int high, int& field) -> std::string {
    if (set_number(value, low, high, field)) return "";
    return "a number from " + std::to_string(low) + " to " + std::to_string(high);
  };
  if (key == "status") return ranged(200, 599, mix.status);
  if (key == "delay") return ranged(0, longest_ms, mix.delay_ms);
  if (key == "drip") return ranged(1, 60'000, mix.drip_ms);
  if (key == "piece") return ranged(1, 65'536, mix.piece);
  if (key == "first") return ranged(1, 1'000'000, mix.first);
  if (key == "every") return ranged(1, 1'000'000, mix.every);
  if (key == "header") return add_header(value, home, mix.headers);
  if (key == "preflight-header") return add_header(value, home, mix.preflight_headers);
  if (key == "preflight-status") return ranged(200, 599, mix.preflight_status);
  if (key == "type") return set_type(value, mix);
  if (key == "preflight") return set_preflight(value, mix);
  if (key == "body") return set_body(value, mix);
  if (key == "shape") {
    mix.shape = parse_shape_change(value);
    return mix.shape ? "" : "no such value";
  }
  if (key == "cors") {
    const auto cors = named(cors_values, value);
    if (cors) mix.cors = *cors;
    return cors ? "" : "no such value";
  }
  if (key == "end") {
    const auto end = named(end_values, value);
    if (end) mix.end = *end;
    return end ? "" : "no such value";
  }
  return std::string(unknown_key);
}

// One JSON document of exactly `size` bytes, as acts: rows, so that large bodies look like real ones.
struct Text {
  Bytes head, row, tail;
  std::uint64_t rows = 0;

  std::uint64_t size() const { return head.size() + row.size() * rows + tail.size(); }
};

Text sized_json(std::uint64_t size, bool in_lines) {
  Text text;
  text.head = in_lines ? "{\n  \"items\": [\n" : R"({"items":[)";
  text.row = in_lines ? "    {\n      \"id\": 7,\n      \"name\": \"tea\",\n      \"price\": 12.50,\n      \"tags\": [\"green\", \"loose\"]\n    },\n"
                      : R"({"id":7,"name":"tea","price":12.50,"tags":["green","loose"]},)";
  const std::string close_start = R"(null],"padding":")", close_end = "\"}";
  const std::uint64_t frame = text.head.size() + close_start.size() + close_end.size();
  if (size < frame) return {Bytes(static_cast<std::size_t>(size), '1'), "", "", 0};
  text.rows = (size - frame) / text.row.size();
  text.tail = close_start + std::string(static_cast<std::size_t>((size - frame) % text.row.size()), 'x') + close_end;
  return text;
}

std::string html_page(int status) {
  const auto title = std::to_string(status) + " " + std::string(reason_phrase(status));
  return "<!doctype html>\n<html><head><title>" + title + "</title></head>\n<body><h1>" + title +
         "</h1><p>A page where JSON was expected.</p></body></html>\n";
}

Text plain(std::string text) { return {std::move(text), "", "", 0}; }

constexpr std::string_view healthy_body = R"({"ok":true,"items":[{"id":1,"name":"tea","price":12.5},{"id":2,"name":"cup","price":8}],"total":2})";

std::string_view sample_of(const Mix& mix) { return mix.sample.empty() ? healthy_body : std::string_view(mix.sample); }

Text body_text(const Mix& mix) {
  switch (mix.body) {
    case MixBody::json:
      if (!mix.sample.empty()) return plain(mix.sample);
      if (mix.status >= 400)
        return plain("{\"error\":{\"status\":" + std::to_string(mix.status) + ",\"message\":\"" +
                     std::string(reason_phrase(mix.status)) + "\"}}");
      return plain(std::string(healthy_body));
    case MixBody::empty: return plain("");
    case MixBody::html: return plain(html_page(mix.status));
    case MixBody::text: return plain("plain words, no JSON\n");
    case MixBody::json_nan: return plain(R"({"ok":true,"mean":NaN})");
    case MixBody::sized: return sized_json(mix.body_size, mix.body_in_lines);
    case MixBody::endless: return plain("");
    case MixBody::broken: return plain(broken_body(mix.body_code, sample_of(mix))->bytes);
  }
  return {};
}

std::string suiting_type(const Mix& mix) {
  switch (mix.body) {
    case MixBody::empty: return "";
    case MixBody::html: return "text/html; charset=utf-8";
    case MixBody::text: return "text/plain; charset=utf-8";
    case MixBody::endless: return "application/octet-stream";
    case MixBody::broken: return broken_body(mix.body_code, sample_of(mix))->content_type;
    default: return "application/json";
  }
}

void add_cors(MixCors cors, Headers& headers) {
  const std::string allow_origin = "Access-Control-Allow-Origin";
  const auto allow = [&](const char* value) { headers.push_back({allow_origin, value}); };
  switch (cors) {
    case MixCors::none: return;
    case MixCors::star: return allow("*");
    case MixCors::origin: allow("{page_origin}"); break;
    case MixCors::credentials:
      allow("{page_origin}");
      headers.push_back({"Access-Control-Allow-Credentials", "true"});
      break;
    case MixCors::mismatch: return allow("https://other.invalid");
    case MixCors::null: return allow("null");
    case MixCors::empty: return allow("");
    case MixCors::two:
      allow("{page_origin}");
      allow("{page_origin}");
      break;
    case MixCors::star_credentials:
      allow("*");
      headers.push_back({"Access-Control-Allow-Credentials", "true"});
      return;
  }
  headers.push_back({"Vary", "Origin"});
}

bool has_null_body(int status) { return status == 204 || status == 205 || status == 304; }

act::Head make_head(const Mix& mix, std::optional<std::uint64_t> length) {
  act::Head head{mix.status, std::string(reason_phrase(mix.status)), {}};
  add_cors(mix.cors, head.headers);
  const std::string type = mix.type.empty() ? suiting_type(mix) : mix.type;
  const bool typed = has_header(mix.headers, "Content-Type");
  if (!type.empty() && type != "none" && !typed) head.headers.push_back({"Content-Type", type});
  if (!has_header(mix.headers, "Cache-Control")) head.headers.push_back({"Cache-Control", "no-store"});
  if (length && !has_null_body(mix.status) && !has_header(mix.headers, "Content-Length"))
    head.headers.push_back({"Content-Length", std::to_string(*length)});
  head.headers.insert(head.headers.end(), mix.headers.begin(), mix.headers.end());
  return head;
}

// The first `size` bytes of a body as acts.
void add_body(const Text& text, std::uint64_t size, const Mix& mix, Script& script) {
  if (size == 0) return;
  if (mix.drip_ms > 0) {
    Bytes bytes = text.head;
    for (std::uint64_t i = 0; i < text.rows; ++i) bytes += text.row;
    bytes += text.tail;
    bytes.resize(static_cast<std::size_t>(size));
    const int piece = mix.piece > 0 ? mix.piece : static_cast<int>(std::max<std::uint64_t>(1, text.size() / 10));
    script.push_back(act::Drip{std::move(bytes), piece, mix.drip_ms});
    return;
  }
  const auto send = [&](const Bytes& bytes) {
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes.size()));
    if (take > 0) script.push_back(act::Send{bytes.substr(0, take), 1});
    size -= take;
  };
  send(text.head);
  const auto rows = text.row.empty() ? 0 : std::min(text.rows, size / text.row.size());
  if (rows > 0) script.push_back(act::Send{text.row, static_cast<int>(rows)});
  size -= rows * text.row.size();
  if (rows < text.rows) send(text.row);
  send(text.tail);
}

Script make_response(const Mix& mix) {
  Script script;
  if (mix.delay_ms > 0) script.push_back(act::Wait{mix.delay_ms});
  if (mix.end == MixEnd::silence) script.push_back(act::Silence{});
  else if (mix.end == MixEnd::empty) script.push_back(act::End{});
  else if (mix.end == MixEnd::abort) script.push_back(act::Cut{});
  if (mix.end == MixEnd::silence || mix.end == MixEnd::empty || mix.end == MixEnd::abort) return script;

  if (mix.body == MixBody::endless) {
    // The stall keeps the exact length from being added; the lab's own caps end it.
    script.push_back(make_head(mix, std::nullopt));
    // The first 100 MB come at 40 MB/s. BROWSERS: a flood at line rate keeps WebKitGTK 2.50 busy with what it has
    // buffered long after the page has aborted.
    const Bytes piece(16u << 10, '.');
    for (int i = 0; i < 25; ++i) {
      script.push_back(act::Send{piece, 256});
      script.push_back(act::Wait{100});
    }
    script.push_back(act::Send{piece, 1'000'000});
    script.push_back(act::Stall{});
    return script;
  }
  const bool whole = mix.end == MixEnd::end;
  const Text text = has_null_body(mix.status) ? Text{} : body_text(mix);
  // An empty body cannot break off: it is announced as 100 bytes then.
  const std::uint64_t announced = !whole && text.size() == 0 ? 100 : text.size();
  script.push_back(make_head(mix, announced));
  add_body(text, whole ? text.size() : text.size() / 2, mix, script);
  if (mix.end == MixEnd::cut) script.push_back(act::Cut{});
  else if (mix.end == MixEnd::stall) script.push_back(act::Stall{});
  else script.push_back(act::End{});
  return script;
}

std::optional<Script> make_preflight(const Mix& mix) {
  switch (mix.preflight) {
    case MixPreflight::ok: return std::nullopt;
    case MixPreflight::none: return Script{act::Head{204, "No Content", {}}, act::End{}};
    case MixPreflight::silence: return Script{act::Silence{}};
    case MixPreflight::cut: return Script{act::Cut{}};
    case MixPreflight::end: return Script{act::End{}};
    case MixPreflight::status: return std::nullopt;  // the permissive answer, with another status
    case MixPreflight::exact: {
      const std::string reason(reason_phrase(mix.preflight_status));
      return Script{act::Head{mix.preflight_status, reason, mix.preflight_headers}, act::End{}};
    }
  }
  return std::nullopt;
}

std::optional<MixError> contradiction(const Mix& mix) {
  const bool endless = mix.body == MixBody::endless;
  if (endless && (mix.end == MixEnd::short_body || mix.end == MixEnd::cut || mix.end == MixEnd::stall))
    return MixError{"end", "", "an endless body never comes to its end"};
  if (endless && mix.drip_ms > 0) return MixError{"drip", "", "an endless body is not dripped"};
  if (mix.drip_ms > 0 && mix.body == MixBody::sized && mix.body_size > largest_drip)
    return MixError{"drip", "", "a dripped body has at most 1mb"};
  return std::nullopt;
}

// A parameter of the query, a + as a blank; false when its escapes are broken.
bool read_parameter(std::string query, std::string_view name, std::optional<std::string>& value) {
  std::replace(query.begin(), query.end(), '+', ' ');
  value = query_parameter(query, name);
  return value || ("&" + query).find("&" + std::string(name) + "=") == std::string::npos;
}

// Every change and every broken body is made of the sample, so it has to be one that all of them can read.
bool is_sample(const std::string& text) {
  const std::optional<Tree> tree = Tree::parse(text);
  return tree && tree->depth() <= deepest_sample && nlohmann::json::accept(text);
}

// What is sent in place of the lab's own JSON: the sample, and the shape that it is given.
std::optional<MixError> add_sample(std::string_view query, Mix& mix) {
  std::optional<std::string> sample, at;
  if (!read_parameter(std::string(query), "sample", sample)) return MixError{"sample", "", "broken percent-encoding"};
  if (!read_parameter(std::string(query), "at", at)) return MixError{"at", "", "broken percent-encoding"};
  if (at && !mix.shape) return MixError{"at", *at, "names the value that shape= changes, and there is no shape="};
  if (!sample && !mix.shape) return std::nullopt;
  if (mix.body != MixBody::json && mix.body != MixBody::broken)
    return MixError{sample ? "sample" : "shape", "", "goes with body=json or the body of a code"};
  if (sample) {
    if (sample->starts_with("\xEF\xBB\xBF")) sample->erase(0, 3);
    if (!is_sample(*sample)) return MixError{"sample", "", "no JSON, or nested too deep"};
    mix.sample = mix.healthy_sample = *sample;
  }
  if (!mix.shape) return std::nullopt;
  const auto changed = change_shape(*mix.shape, sample_of(mix), at);
  if (!changed) return MixError{at ? "at" : "shape", at.value_or(""), changed.error().words};
  mix.sample = changed.value();
  return std::nullopt;
}

}  // namespace

bool Mix::fails(std::uint64_t call) const {
  if (first == 0 && every == 0) return true;
  return (first > 0 && call <= static_cast<std::uint64_t>(first)) ||
         (every > 0 && call % static_cast<std::uint64_t>(every) == 0);
}

Mix Mix::healthy() const {
  Mix mix;
  mix.sample = mix.healthy_sample = healthy_sample;
  return mix;
}

Result<Mix, MixError> parse_mix(std::string_view segments, const MixHome& home, std::string_view query) {
  Mix mix;
  std::set<std::string> seen;
  while (!segments.empty()) {
    const auto segment = segments.substr(0, segments.find('/'));
    segments.remove_prefix(std::min(segments.size(), segment.size() + 1));
    if (segment.empty()) continue;
    const auto text = strict_percent_decode(segment);
    if (!text) return MixError{std::string(segment), "", "broken percent-encoding"};
    const auto equals = text->find('=');
    const auto key = text->substr(0, equals);
    const auto value = equals == std::string::npos ? std::string() : text->substr(equals + 1);
    const auto problem = set_key(key, value, home, mix);
    if (!problem.empty()) return MixError{key, value, problem};
    const bool repeatable = key == "header" || key == "preflight-header";
    if (!seen.insert(key).second && !repeatable) return MixError{key, value, "given twice"};
  }
  const bool lines = seen.contains("preflight-header"), status = seen.contains("preflight-status");
  if (lines || status) {
    if (seen.contains("preflight")) return MixError{"preflight", "", "either preflight or its status and headers"};
    mix.preflight = MixPreflight::exact;
    if (!status) mix.preflight_status = 204;
  }
  if (const auto error = contradiction(mix)) return *error;
  if (const auto error = add_sample(query, mix)) return *error;
  return mix;
}

WireScript make_wire_script(const Mix& mix) { return {make_preflight(mix), make_response(mix)}; }

nlohmann::ordered_json mix_reference() {
  const auto names = [](const auto& values) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& each : values) list.push_back(each.name);
    return list;
  };
  auto preflight = names(preflight_values), body = names(body_values);
  preflight.push_back("200..599");
  for (const std::string_view code : broken_body_codes())
    if (!named(body_values, code)) body.push_back(code);
  body.push_back("a size: 512, 64kb, 10mb; in many lines: 10mb-lines");
  return {{"status", "200..599"},
          {"delay", "milliseconds before the head"},
          {"cors", names(cors_values)},
          {"preflight", preflight},
          {"body", body},
          {"shape", shape_change_names()},
          {"?sample", "JSON, percent-encoded: sent, broken or changed in place of the lab's own"},
          {"?at", "JSON Pointer of the value that shape changes, for example /items/0/price"},
          {"type", "Content-Type, percent-encoded, or none"},
          {"end", names(end_values)},
          {"drip", "milliseconds between pieces of the body"},
          {"piece", "bytes in a piece"},
          {"header", "Name: value, percent-encoded, sent byte for byte; may be repeated"},
          {"preflight-status", "200..599; with preflight-header the preflight's whole answer"},
          {"preflight-header", "as header, of the preflight's answer; may be repeated"},
          {"first", "only the first n calls fail"},
          {"every", "only every n-th call fails"}};
}

}  // namespace blindspot::lab
