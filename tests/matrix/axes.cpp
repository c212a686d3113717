// The alphabets.
#include "tests/matrix/axes.hpp"

#include <cassert>

namespace blindspot::matrix {
namespace {

using Applied = void (*)(Draft&, const Value&);

constexpr const char* allow_origin = "Access-Control-Allow-Origin";
constexpr const char* allow_credentials = "Access-Control-Allow-Credentials";
constexpr const char* allow_methods = "Access-Control-Allow-Methods";
constexpr const char* allow_headers = "Access-Control-Allow-Headers";
constexpr const char* expose_headers = "Access-Control-Expose-Headers";

// A value that consists of lines of one header: {} is none at all.
Value lines_of(Applied apply, const char* header, const char* name, std::vector<std::string> values) {
  Value value{name, apply};
  for (std::string& each : values) value.lines.push_back({header, std::move(each)});
  return value;
}

std::string in_case(std::string name, bool upper) {
  return upper ? "ACCESS-CONTROL-" + name.substr(15) : ascii_lowercase(name);
}

std::vector<Value> allow_origin_values(Applied apply) {
  const auto row = [&](const char* name, std::vector<std::string> values) {
    return lines_of(apply, allow_origin, name, std::move(values));
  };
  std::vector<Value> all{row("origin", {"{page}"}),
                         row("star", {"*"}),
                         row("none", {}),
                         row("null", {"null"}),
                         row("null-upper", {"NULL"}),
                         row("empty", {""}),
                         row("slash", {"{page}/"}),
                         row("path", {"{page}/api"}),
                         row("upper", {"{PAGE}"}),
                         row("other", {"https://other.invalid"}),
                         row("other-port", {"http://127.0.0.1:1"}),
                         row("no-scheme", {"127.0.0.1"}),
                         row("list", {"{page}, https://other.invalid"}),
                         row("list-of-one", {"{page},"}),
                         row("space-list", {"{page} https://other.invalid"}),
                         row("twice", {"{page}", "{page}"}),
                         row("star-twice", {"*", "*"}),
                         row("star-and-origin", {"*", "{page}"}),
                         row("origin-and-empty", {"{page}", ""}),
                         row("empty-and-origin", {"", "{page}"}),
                         row("star-and-empty", {"*", ""}),
                         row("empty-twice", {"", ""}),
                         row("star-list", {"*, {page}"}),
                         row("spaces", {"  {page} \t"}),
                         row("star-spaces", {" \t* "}),
                         row("quoted", {"\"{page}\""}),
                         row("star-quoted", {"\"*\""}),
                         row("non-ascii", {"{page}\xE9"}),
                         row("star-non-ascii", {"*\xC3\xA9"}),
                         row("vertical-tab", {"\x0B{page}"}),
                         row("star-form-feed", {"*\x0C"})};
  for (bool upper : {false, true}) {
    all.push_back(lines_of(apply, allow_origin, upper ? "upper-name" : "lower-name", {"{page}"}));
    all.back().lines[0].name = in_case(allow_origin, upper);
  }
  return all;
}

std::vector<Value> allow_credentials_values(Applied apply) {
  const auto row = [&](const char* name, std::vector<std::string> values) {
    return lines_of(apply, allow_credentials, name, std::move(values));
  };
  std::vector<Value> all{row("true", {"true"}),
                         row("none", {}),
                         row("capital", {"True"}),
                         row("upper", {"TRUE"}),
                         row("spaces", {" \ttrue  "}),
                         row("twice", {"true", "true"}),
                         row("list", {"true, true"}),
                         row("list-of-one", {"true,"}),
                         row("false", {"false"}),
                         row("true-and-false", {"true", "false"}),
                         row("empty", {""}),
                         row("true-and-empty", {"true", ""}),
                         row("empty-and-true", {"", "true"}),
                         row("one", {"1"}),
                         row("quoted", {"\"true\""}),
                         row("parameter", {"true;a=b"}),
                         row("non-ascii", {"true\xE9"}),
                         row("form-feed", {"true\x0C"})};
  all.push_back(lines_of(apply, allow_credentials, "lower-name", {"true"}));
  all.back().lines[0].name = in_case(allow_credentials, false);
  return all;
}

// Of a header that lists tokens; `one` is the token that matters.
std::vector<Value> list_values(Applied apply, const char* header, const std::string& one, const std::string& wrong_case,
                               const std::string& stranger) {
  const auto row = [&](const char* name, std::vector<std::string> values) {
    return lines_of(apply, header, name, std::move(values));
  };
  std::vector<Value> all{row("named", {one}),
                         row("star", {"*"}),
                         row("none", {}),
                         row("wrong-case", {wrong_case}),
                         row("stranger", {stranger}),
                         row("list", {stranger + ", " + one}),
                         row("tight-list", {stranger + "," + one}),
                         row("loose-list", {stranger + " \t,  " + one + "\t"}),
                         row("two-lines", {stranger, one}),
                         row("twice", {one, one}),
                         row("empty", {""}),
                         row("empty-and-named", {"", one}),
                         row("star-and-empty", {"*", ""}),
                         row("trailing-comma", {one + ","}),
                         row("leading-comma", {", " + one}),
                         row("comma-comma", {one + ",," + stranger}),
                         row("only-commas", {", ,"}),
                         row("semicolon", {stranger + ";" + one}),
                         row("blank-between", {stranger + " " + one}),
                         row("quoted", {"\"" + one + "\""}),
                         row("bad-after", {one + ", (x)"}),
                         row("bad-before", {"a/b, " + one}),
                         row("bad-line", {one, "a b"}),
                         row("star-list", {"*, " + stranger}),
                         row("star-spaces", {" * "}),
                         row("star-quoted", {"\"*\""}),
                         row("non-ascii", {one + ", \xE9"}),
                         row("form-feed", {one + "\x0C"})};
  all.push_back(lines_of(apply, header, "lower-name", {one}));
  all.back().lines[0].name = in_case(header, false);
  return all;
}

void add_preflight(Draft& draft, const Value& value) {
  draft.preflight.insert(draft.preflight.end(), value.lines.begin(), value.lines.end());
}

void add_actual(Draft& draft, const Value& value) {
  draft.actual.insert(draft.actual.end(), value.lines.begin(), value.lines.end());
}

void add_first(Draft& draft, const Value& value) {
  draft.first_lines.insert(draft.first_lines.end(), value.lines.begin(), value.lines.end());
}

void add_location(Draft& draft, const Value& value) { draft.redirect_lines = value.lines; }

void set_request_headers(Draft& draft, const Value& value) { draft.request.headers = value.lines; }

std::vector<Value> request_header_values() {
  const auto row = [](const char* name, Headers headers) { return Value{name, set_request_headers, std::move(headers)}; };
  const std::string long_value(129, 'a'), half(60, 'b');
  return {row("custom", {{"X-Custom", "1"}}),
          row("none", {}),
          row("two", {{"X-Custom", "1"}, {"X-Another", "2"}}),
          row("upper", {{"X-CUSTOM", "1"}}),
          row("empty-value", {{"X-Custom", ""}}),
          row("spaces", {{"X-Custom", " 1 \t"}}),
          row("doubled", {{"X-Custom", "1"}, {"x-custom", "2"}}),
          row("non-ascii", {{"X-Custom", "\xC3\xA9"}}),
          row("authorization", {{"Authorization", "Basic eDp5"}}),
          row("authorization-and-custom", {{"Authorization", "Basic eDp5"}, {"X-Custom", "1"}}),
          row("type-json", {{"Content-Type", "application/json"}}),
          row("type-text", {{"Content-Type", "text/plain"}}),
          row("type-text-charset", {{"Content-Type", "text/plain;charset=utf-8"}}),
          row("type-upper", {{"Content-Type", "TEXT/PLAIN"}}),
          row("type-form", {{"Content-Type", "application/x-www-form-urlencoded"}}),
          row("type-multipart", {{"Content-Type", "multipart/form-data; boundary=x"}}),
          row("type-quoted", {{"Content-Type", "text/plain; charset=\"utf-8\""}}),
          row("type-no-slash", {{"Content-Type", "text"}}),
          row("type-list", {{"Content-Type", "text/plain, application/json"}}),
          row("type-list-reversed", {{"Content-Type", "application/json, text/plain"}}),
          row("type-empty", {{"Content-Type", ""}}),
          row("type-long", {{"Content-Type", "text/plain; a=" + long_value}}),
          row("accept", {{"Accept", "application/json"}}),
          row("accept-unsafe", {{"Accept", "application/(json)"}}),
          row("accept-long", {{"Accept", long_value}}),
          row("accept-thrice", {{"Accept", half}, {"Accept", half}, {"Accept", half}}),
          row("language", {{"Accept-Language", "de, en;q=0.5"}}),
          row("language-unsafe", {{"Accept-Language", "de_DE"}}),
          row("content-language", {{"Content-Language", "de"}}),
          row("content-language-unsafe", {{"Content-Language", "de@x"}}),
          row("range", {{"Range", "bytes=0-9"}}),
          row("range-open", {{"Range", "bytes=2-"}}),
          row("range-suffix", {{"Range", "bytes=-5"}}),
          row("range-many", {{"Range", "bytes=0-1,3-4"}}),
          row("range-backwards", {{"Range", "bytes=9-0"}}),
          row("range-blank", {{"Range", "bytes= 0-9"}}),
          row("range-unit", {{"Range", "lines=0-9"}}),
          row("no-cache", {{"Cache-Control", "no-cache"}}),
          row("if-none-match", {{"If-None-Match", "\"x\""}}),
          row("requested-with", {{"X-Requested-With", "XMLHttpRequest"}}),
          row("user-agent", {{"User-Agent", "x"}}),
          row("save-data", {{"Save-Data", "on"}}),
          row("save-data-off", {{"Save-Data", "off"}}),
          row("dpr", {{"DPR", "1.5"}}),
          row("dpr-word", {{"DPR", "a"}}),
          row("width", {{"Width", "320"}}),
          row("width-fraction", {{"Width", "1.5"}}),
          row("connection", {{"ECT", "4g"}, {"RTT", "50"}, {"Downlink", "1.5"}}),
          row("connection-words", {{"ECT", "x"}, {"RTT", "x"}, {"Downlink", "x"}, {"Device-Memory", "x"}, {"Viewport-Width", "x"}}),
          row("last-event-id", {{"Last-Event-ID", "1"}}),
          row("forbidden-cookie", {{"Cookie", "a=b"}}),
          row("forbidden-sec", {{"Sec-Own", "1"}}),
          row("forbidden-proxy", {{"Proxy-Own", "1"}}),
          row("forbidden-date", {{"Date", "1"}}),
          row("forbidden-request-method", {{"Access-Control-Request-Method", "PUT"}}),
          row("override-plain", {{"X-HTTP-Method-Override", "PUT"}}),
          row("override-forbidden", {{"X-HTTP-Method-Override", "TRACE"}}),
          row("override-list", {{"X-Method-Override", "PUT, track"}}),
          row("bad-name", {{"X Custom", "1"}}),
          row("bad-value", {{"X-Custom", std::string("1\n2")}}),
          row("wide-value", {{"X-Custom", "\xE4\xB8\xAD"}})};
}

std::vector<Value> method_values() {
  std::vector<Value> all;
  for (const char* method : {"PUT", "GET", "HEAD", "POST", "DELETE", "PATCH", "OPTIONS", "put", "get", "post", "Delete",
                             "options", "patch", "Patch", "CUSTOM", "custom", "M-SEARCH", "TRACE", "trace", "CONNECT", "G T", ""})
    all.push_back({method, [](Draft& draft, const Value& value) { draft.request.method = value.name; }});
  return all;
}

std::vector<Value> resource_policy_values() {
  const auto row = [](const char* name, std::vector<std::string> values) {
    return lines_of(add_actual, "Cross-Origin-Resource-Policy", name, std::move(values));
  };
  return {row("none", {}),
          row("cross-origin", {"cross-origin"}),
          row("same-site", {"same-site"}),
          row("same-origin", {"same-origin"}),
          row("upper", {"SAME-ORIGIN"}),
          row("spaces", {" \tsame-origin "}),
          row("unknown", {"same-planet"}),
          row("empty", {""}),
          row("twice", {"same-origin", "same-origin"}),
          row("list", {"same-origin, cross-origin"}),
          row("quoted", {"\"same-origin\""}),
          row("parameter", {"same-origin; a=b"}),
          row("non-ascii", {"same-origin\xE9"}),
          row("form-feed", {"same-origin\x0C"}),
          row("origin-and-empty", {"same-origin", ""})};
}

std::vector<Value> numbers(std::initializer_list<int> list, Applied apply) {
  std::vector<Value> all;
  for (int number : list) all.push_back({std::to_string(number), apply, {}, number});
  return all;
}

std::vector<Axis> make_axes() {
  std::vector<Axis> all;
  const auto add = [&](const char* name, Needs needs, std::vector<Value> values) {
    all.push_back({name, needs, std::move(values)});
  };
  add("api", Needs::nothing,
      {{"fetch", [](Draft&, const Value&) {}},
       {"xhr", [](Draft& draft, const Value&) { draft.api = Draft::Api::xhr; }},
       {"xhr-upload", [](Draft& draft, const Value&) { draft.api = Draft::Api::xhr_upload; }}});
  add("method", Needs::nothing, method_values());
  add("headers", Needs::nothing, request_header_values());
  add("body", Needs::nothing,
      {{"none", [](Draft&, const Value&) {}}, {"bytes", [](Draft& draft, const Value&) { draft.request.body = "12345"; }}});
  add("credentials", Needs::nothing,
      {{"omit", [](Draft& draft, const Value&) { draft.request.credentials = Credentials::omit; }},
       {"same-origin", [](Draft& draft, const Value&) { draft.request.credentials = Credentials::same_origin; }},
       {"include", [](Draft& draft, const Value&) { draft.request.credentials = Credentials::include; }}});
  add("mode", Needs::nothing,
      {{"cors", [](Draft&, const Value&) {}},
       {"no-cors", [](Draft& draft, const Value&) { draft.request.mode = Mode::no_cors; }},
       {"same-origin", [](Draft& draft, const Value&) { draft.request.mode = Mode::same_origin; }}});
  add("redirect", Needs::nothing,
      {{"follow", [](Draft&, const Value&) {}},
       {"error", [](Draft& draft, const Value&) { draft.request.redirect = Redirect::error; }},
       {"manual", [](Draft& draft, const Value&) { draft.request.redirect = Redirect::manual; }}});
  add("origin", Needs::nothing,
      {{"address", [](Draft&, const Value&) {}}, {"name", [](Draft& draft, const Value&) { draft.to_other = true; }}});
  add("preflight-status", Needs::preflight,
      numbers({204, 200, 201, 205, 206, 299, 300, 301, 302, 304, 307, 400, 404, 405, 500, 503, 599},
              [](Draft& draft, const Value& value) { draft.preflight_status = value.number; }));
  add("preflight-allow-origin", Needs::preflight, allow_origin_values(add_preflight));
  add("preflight-allow-credentials", Needs::preflight, allow_credentials_values(add_preflight));
  add("allow-methods", Needs::preflight,
      list_values(add_preflight, allow_methods, "{method}", "{METHOD}", "LINK"));
  add("allow-headers", Needs::preflight,
      list_values(add_preflight, allow_headers, "{headers}", "{HEADERS}", "x-stranger"));
  add("status", Needs::nothing,
      numbers({200, 201, 204, 205, 206, 299, 300, 302, 304, 308, 400, 404, 418, 500, 503, 599},
              [](Draft& draft, const Value& value) { draft.status = value.number; }));
  add("allow-origin", Needs::nothing, allow_origin_values(add_actual));
  add("allow-credentials", Needs::nothing, allow_credentials_values(add_actual));
  add("expose-headers", Needs::nothing,
      list_values(add_actual, expose_headers, "X-One", "x-oNE", "X-Two"));
  add("resource-policy", Needs::opaque, resource_policy_values());
  add("redirect-status", Needs::redirect,
      numbers({0, 301, 302, 303, 307, 308}, [](Draft& draft, const Value& value) { draft.redirect_status = value.number; }));
  add("redirect-to", Needs::redirect,
      {{"same", [](Draft&, const Value&) {}}, {"other", [](Draft& draft, const Value&) { draft.redirect_to_other = true; }}});
  add("location", Needs::redirect,
      {{"plain", add_location, {{"Location", "{next}"}}},
       {"spaces", add_location, {{"Location", " \t{next} "}}},
       {"lower-name", add_location, {{"location", "{next}"}}},
       {"twice", add_location, {{"Location", "{next}"}, {"Location", "{next}"}}}});
  add("first-allow-origin", Needs::redirect, allow_origin_values(add_first));
  add("first-allow-credentials", Needs::redirect, allow_credentials_values(add_first));
  return all;
}

}  // namespace

const std::vector<Axis>& axes() {
  static const std::vector<Axis> all = make_axes();
  return all;
}

std::size_t axis_index(std::string_view name) {
  for (std::size_t i = 0; i < axes().size(); ++i)
    if (axes()[i].name == name) return i;
  assert(false);
  return 0;
}

}  // namespace blindspot::matrix
