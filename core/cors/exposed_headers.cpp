// Which response headers can the page read? https://fetch.spec.whatwg.org/#concept-filtered-response
#include "core/cors/exposed_headers.hpp"

#include <algorithm>
#include <array>

#include "core/cors/token_list.hpp"

namespace blindspot {
namespace {

// https://fetch.spec.whatwg.org/#forbidden-response-header-name
bool is_forbidden_response_header_name(std::string_view name) {
  return equals_ignoring_case(name, "Set-Cookie") || equals_ignoring_case(name, "Set-Cookie2");
}

// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name, without those the server exposes
bool is_always_readable(std::string_view name) {
  constexpr std::array<std::string_view, 7> names = {
      "Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma"};
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

}  // namespace

Headers filter_response_headers(const Headers& headers, Tainting tainting, Credentials credentials) {
  if (tainting == Tainting::opaque) return {};
  // A list that cannot be read exposes nothing.
  const TokenList exposed = extract_token_list(headers, "Access-Control-Expose-Headers").value_or(TokenList{});
  // NOTE: with credentials, * is only the name of a header that is called "*".
  const bool everything = tainting == Tainting::basic || (credentials != Credentials::include && exposed.contains("*"));
  Headers readable;
  readable.reserve(headers.size());
  for (const Header& header : headers) {
    if (is_forbidden_response_header_name(header.name)) continue;
    if (everything || is_always_readable(header.name) || exposed.contains_ignoring_case(header.name)) {
      readable.push_back(header);
    }
  }
  return readable;
}

Headers readable_headers(const Request& request, const Headers& headers) {
  if (is_same_origin(request.page.origin, origin_of(request.url))) {
    return filter_response_headers(headers, Tainting::basic, request.credentials);
  }
  const Tainting tainting = request.mode == Mode::no_cors ? Tainting::opaque : Tainting::cors;
  return filter_response_headers(headers, tainting, request.credentials);
}

}  // namespace blindspot
