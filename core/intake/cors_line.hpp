// What does one line of a corpus of cross-origin calls say? A JSON object: the call, and everything the servers answered.
//
//   id                  text or number, handed back
//   page_origin         "https://app.example.com", or "null"
//   request             url, method, headers ({name: value} or [[name, value], ...]), credentials, mode, redirect,
//                       upload_listeners
//   preflight_response  status and headers ([[name, value], ...]) of the answer to OPTIONS, or null
//   response            the same of the answer to the request, or null
//   redirects           the further hops in order: url, preflight_response, response
//   preflight_cache     entries from before: origin, url, credentials, method or header, max_age, age
//   browsers            true: what engines do where they differ from the standard
//   embedder_policy     the page's: "unsafe-none", "credentialless", "require-corp"
//   local_network       page, server, declared ("public", "local", "loopback"), permission ("granted", "denied")
//   expose              names of response headers the page wants to read
//
// Only page_origin and request.url must be there; fields of other names are passed over.
#pragma once

#include <string>
#include <string_view>

#include "core/cors/repair.hpp"
#include "core/result.hpp"
#include <nlohmann/json.hpp>

namespace blindspot {

struct CorsLine {
  nlohmann::json id;  // null where none was given
  Request request;
  Exchange exchange;
  RepairOptions options;
};

struct CorsLineError {
  std::string problem;
  std::string pointer;     // JSON Pointer of the offending place; empty where the line is no JSON
  std::size_t offset = 0;  // byte at which no JSON can go on
};

Result<CorsLine, CorsLineError> parse_cors_line(std::string_view line);

// One JSON object without a line break: id, verdict ("pass", "network-error"), preflight, step; of the decision
// subject and wanted; status, response_type and exposed_headers of what is read; repair or obstacle of what is not.
std::string describe_cors_line(const CorsLine& line);

// What a step looked at, without passwords in URLs and without the values of request headers: they may be secrets.
std::string printable_subject(const StepTaken& step);

}  // namespace blindspot
