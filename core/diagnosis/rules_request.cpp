// The request family: what a browser refuses to build, checked on the text a person typed.
#include <algorithm>

#include "core/diagnosis/diagnose.hpp"
#include "core/http/percent.hpp"

namespace blindspot {

namespace {

std::string_view part_name(UrlFault fault) {
  switch (fault) {
    case UrlFault::empty: return "url";
    case UrlFault::no_scheme: return "scheme";
    case UrlFault::host_missing:
    case UrlFault::host_invalid: return "host";
    case UrlFault::port_invalid: return "port";
    case UrlFault::path_missing: return "path";
  }
  return "url";
}

// A header's value is a string of bytes: no character beyond U+00FF fits into it.
bool holds_wide_character(std::string_view value) {
  return is_valid_utf8(value) && std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC4; });
}

bool can_be_sent(const Header& header) {
  // NB: a value is normalized (white space cut at both ends) before the browser looks at it.
  return is_token(header.name) && is_header_value(trim_http_whitespace(header.value)) && !holds_wide_character(header.value);
}

RequestProblem url_problem(std::string_view text, const UrlError& error) {
  const std::string part(text.substr(std::min(error.offset, text.size()), error.length));
  return {Code::url_malformed,
          BytePlace{error.offset, error.length, 1, error.offset + 1},
          {{"url", std::string(text)}, {"value", part.empty() ? std::string(text) : part}},
          {EvidenceKind::url_refused, std::string(part_name(error.fault)), part}};
}

}  // namespace

std::optional<RequestProblem> check_request_text(std::string_view method, std::string_view url, const Headers& headers) {
  const std::string method_text(method);
  if (!is_token(method))
    return RequestProblem{Code::method_forbidden, {}, {{"method", method_text}}, {EvidenceKind::method_refused, method_text, ""}};
  if (is_forbidden_method(method))
    return RequestProblem{Code::method_forbidden, {}, {{"method", method_text}}, {EvidenceKind::method_refused, method_text, ""}};
  const Result<Url, UrlError> parsed = parse_url(url);
  if (!parsed) return url_problem(url, parsed.error());
  const Url& target = parsed.value();
  if (target.scheme != "http" && target.scheme != "https")
    return RequestProblem{Code::scheme_unsupported,
                          BytePlace{0, target.scheme.size(), 1, 1},
                          {{"url", std::string(url)}, {"value", target.scheme}},
                          {EvidenceKind::scheme_refused, target.scheme, ""}};
  for (const Header& header : headers) {
    if (can_be_sent(header)) continue;
    return RequestProblem{Code::header_malformed,
                          HeaderPlace{header.name},
                          {{"header", header.name}, {"value", header.value}},
                          {EvidenceKind::header_refused, header.name, header.value}};
  }
  return std::nullopt;
}

}  // namespace blindspot
