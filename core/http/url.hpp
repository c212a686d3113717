// Where does a request go? The URL standard's parser for the schemes a page can fetch, and origins.
// Host names outside ASCII are lower-cased and kept as they are: IDNA mapping is left to the browser.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace blindspot {

struct Url {
  std::string scheme;  // lower case, without ":"
  std::string username, password;
  std::string host;  // serialized: lower case, IPv4 dotted, IPv6 in brackets
  std::optional<std::uint16_t> port;  // nothing where it is the scheme's default
  std::string path;  // begins with "/" for special schemes
  std::optional<std::string> query, fragment;  // without "?" and "#"
  bool operator==(const Url&) const = default;
};

// What is wrong with a text that should be a URL.
enum class UrlFault { empty, no_scheme, host_missing, host_invalid, port_invalid, path_missing };

struct UrlError {
  UrlFault fault;
  std::size_t offset = 0;  // byte in the text where the offending part begins
  std::size_t length = 0;
  bool operator==(const UrlError&) const = default;
};

// https://url.spec.whatwg.org/#concept-url-parser, for absolute URLs and, with a base, relative ones.
Result<Url, UrlError> parse_url(std::string_view text, const Url* base = nullptr);
std::string serialize_url(const Url& url);
// The port that is used: the one named or the scheme's default; 0 when the scheme has none.
std::uint16_t effective_port(const Url& url);

// http, https (and ws, wss, ftp, file, which a page cannot fetch but the URL standard treats specially).
bool is_special_scheme(std::string_view scheme);

// A tuple origin, or opaque ("null").
struct Origin {
  std::string scheme, host;
  std::optional<std::uint16_t> port;
  bool opaque = false;
  bool operator==(const Origin&) const = default;  // two opaque origins compare equal here: callers ask is_same_origin
};

Origin origin_of(const Url& url);
// "https://api.example.com:8443" or "null". Text that is no http(s) origin becomes opaque.
Origin parse_origin(std::string_view text);
std::string serialize_origin(const Origin& origin);
// False when either is opaque.
bool is_same_origin(const Origin& a, const Origin& b);
bool is_same_origin(const Origin& a, const Url& b);  // b's own origin

// https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy: https, or a loopback address or name.
bool is_potentially_trustworthy(const Origin& origin);
// 127.0.0.0/8, [::1], localhost, *.localhost.
bool is_loopback_host(std::string_view host);
// https://fetch.spec.whatwg.org/#block-bad-port
bool is_blocked_port(std::uint16_t port);

}  // namespace blindspot
