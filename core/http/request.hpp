// What was asked, and from which page.
#pragma once

#include <optional>
#include <string>

#include "core/http/headers.hpp"
#include "core/http/url.hpp"

namespace blindspot {

enum class Mode { cors, no_cors, same_origin };
enum class Credentials { omit, same_origin, include };
enum class Redirect { follow, error, manual };

// The page that calls.
struct Page {
  Origin origin;
  bool operator==(const Page&) const = default;
};

struct Request {
  std::string method = "GET";  // as the script wrote it, not yet normalised
  Url url;
  Headers headers;  // those the script set; the browser's own are not here
  Bytes body;
  Mode mode = Mode::cors;
  Credentials credentials = Credentials::same_origin;
  Redirect redirect = Redirect::follow;
  bool upload_listeners = false;  // XMLHttpRequest.upload has listeners: forces a preflight
  Page page;
  int time_limit_ms = 0;  // the caller's own limit; 0: none
  bool operator==(const Request&) const = default;
};

// https://fetch.spec.whatwg.org/#concept-method-normalize
std::string normalize_method(std::string_view method);
// CONNECT, TRACE, TRACK in any case.
bool is_forbidden_method(std::string_view method);
// https://fetch.spec.whatwg.org/#forbidden-request-header (name alone; X-HTTP-Method-Override and its kin by value)
bool is_forbidden_request_header(std::string_view name, std::string_view value);
// What a browser makes of the headers a script set: values trimmed, those it keeps for itself dropped in silence.
Headers headers_as_sent(const Headers& headers);

std::string_view credentials_name(Credentials credentials);  // "omit", "same-origin", "include"
std::optional<Credentials> parse_credentials(std::string_view name);
std::string_view mode_name(Mode mode);  // "cors", "no-cors", "same-origin"
std::optional<Mode> parse_mode(std::string_view name);
std::string_view redirect_name(Redirect redirect);  // "follow", "error", "manual"

}  // namespace blindspot
