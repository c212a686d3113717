// What may a page ask for? Methods and headers that the browser normalises or keeps for itself.
#include "core/http/request.hpp"

#include <algorithm>
#include <array>

namespace blindspot {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view each) { return equals_ignoring_case(text, each); });
}

bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

constexpr std::array<std::string_view, 6> normalized_methods = {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"};

constexpr std::array<std::string_view, 3> forbidden_methods = {"CONNECT", "TRACE", "TRACK"};

constexpr std::array<std::string_view, 21> forbidden_names = {"Accept-Charset",
                                                              "Accept-Encoding",
                                                              "Access-Control-Request-Headers",
                                                              "Access-Control-Request-Method",
                                                              "Connection",
                                                              "Content-Length",
                                                              "Cookie",
                                                              "Cookie2",
                                                              "Date",
                                                              "DNT",
                                                              "Expect",
                                                              "Host",
                                                              "Keep-Alive",
                                                              "Origin",
                                                              "Referer",
                                                              "Set-Cookie",
                                                              "TE",
                                                              "Trailer",
                                                              "Transfer-Encoding",
                                                              "Upgrade",
                                                              "Via"};

constexpr std::array<std::string_view, 3> method_override_names = {"X-HTTP-Method", "X-HTTP-Method-Override",
                                                                   "X-Method-Override"};

bool names_forbidden_method(std::string_view value) {
  for (;;) {
    const std::size_t comma = value.find(',');
    if (is_forbidden_method(trim_http_whitespace(value.substr(0, comma)))) return true;
    if (comma == std::string_view::npos) return false;
    value.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string normalize_method(std::string_view method) {
  for (std::string_view each : normalized_methods) {
    if (equals_ignoring_case(method, each)) return std::string(each);
  }
  return std::string(method);
}

bool is_forbidden_method(std::string_view method) {
  return is_one_of(method, forbidden_methods);
}

bool is_forbidden_request_header(std::string_view name, std::string_view value) {
  if (is_one_of(name, forbidden_names)) return true;
  if (starts_ignoring_case(name, "proxy-") || starts_ignoring_case(name, "sec-")) return true;
  return is_one_of(name, method_override_names) && names_forbidden_method(value);
}

Headers headers_as_sent(const Headers& headers) {
  Headers sent;
  sent.reserve(headers.size());
  for (const Header& header : headers) {
    const std::string_view value = trim_http_whitespace(header.value);
    if (!is_forbidden_request_header(header.name, value)) sent.push_back({header.name, std::string(value)});
  }
  return sent;
}

std::string_view credentials_name(Credentials credentials) {
  switch (credentials) {
    case Credentials::omit:
      return "omit";
    case Credentials::same_origin:
      return "same-origin";
    case Credentials::include:
      return "include";
  }
  return "";
}

std::optional<Credentials> parse_credentials(std::string_view name) {
  for (Credentials each : {Credentials::omit, Credentials::same_origin, Credentials::include}) {
    if (credentials_name(each) == name) return each;
  }
  return std::nullopt;
}

std::string_view mode_name(Mode mode) {
  return mode == Mode::cors ? "cors" : mode == Mode::no_cors ? "no-cors" : "same-origin";
}

std::string_view redirect_name(Redirect redirect) {
  return redirect == Redirect::follow ? "follow" : redirect == Redirect::error ? "error" : "manual";
}

std::optional<Mode> parse_mode(std::string_view name) {
  for (Mode each : {Mode::cors, Mode::no_cors, Mode::same_origin}) {
    if (mode_name(each) == name) return each;
  }
  return std::nullopt;
}

}  // namespace blindspot
