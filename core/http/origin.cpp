// Who is asking, and may it be trusted with secrets? Origins, their equality, and secure contexts.
#include <algorithm>

#include "core/http/headers.hpp"
#include "core/http/url.hpp"

namespace blindspot {
namespace {

Origin opaque_origin() {
  Origin origin;
  origin.opaque = true;
  return origin;
}

bool is_http_scheme(std::string_view scheme) {
  return scheme == "http" || scheme == "https";
}

// The URL parser has already written every IPv4 address with four decimal parts.
bool is_loopback_ipv4(std::string_view host) {
  if (!host.starts_with("127.") || std::count(host.begin(), host.end(), '.') != 3) return false;
  return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

// https://url.spec.whatwg.org/#concept-url-origin
Origin origin_of(const Url& url) {
  if (url.scheme == "blob") {
    const auto inner = parse_url(url.path);
    return inner && is_http_scheme(inner.value().scheme) ? origin_of(inner.value()) : opaque_origin();
  }
  // NB: file: has an opaque origin here, as in every browser; the standard leaves it open.
  if (!is_special_scheme(url.scheme) || url.scheme == "file") return opaque_origin();
  return {url.scheme, url.host, url.port, false};
}

Origin parse_origin(std::string_view text) {
  const auto parsed = parse_url(text);
  if (!parsed) return opaque_origin();
  const Url& url = parsed.value();
  const bool nothing_but_origin =
      url.path == "/" && !url.query && !url.fragment && url.username.empty() && url.password.empty();
  return is_http_scheme(url.scheme) && nothing_but_origin ? origin_of(url) : opaque_origin();
}

// https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin
std::string serialize_origin(const Origin& origin) {
  if (origin.opaque) return "null";
  std::string text;
  text.reserve(origin.scheme.size() + origin.host.size() + 9);
  text += origin.scheme;
  text += "://";
  text += origin.host;
  if (origin.port) text += ":" + std::to_string(*origin.port);
  return text;
}

// https://html.spec.whatwg.org/#same-origin
bool is_same_origin(const Origin& a, const Origin& b) {
  return !a.opaque && !b.opaque && a == b;
}

bool is_same_origin(const Origin& a, const Url& b) {
  if (!is_http_scheme(b.scheme)) return is_same_origin(a, origin_of(b));
  return !a.opaque && a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

bool is_potentially_trustworthy(const Origin& origin) {
  if (origin.opaque) return false;
  return origin.scheme == "https" || origin.scheme == "wss" || is_loopback_host(origin.host);
}

bool is_loopback_host(std::string_view host) {
  const std::string name = ascii_lowercase(host);
  if (name == "[::1]" || name == "localhost" || name == "localhost." || name.ends_with(".localhost") ||
      name.ends_with(".localhost.")) {
    return true;
  }
  return is_loopback_ipv4(name);
}

}  // namespace blindspot
