// What the browser let the page see: events, status, headers, bytes, times, probe results. Nothing inferred.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/headers.hpp"

namespace blindspot {

enum class Outcome {
  answered,   // a response with a status, its body to the end
  opaque,     // mode no-cors: it arrived and cannot be read
  failed,     // the one network error: "Failed to fetch", status 0
  aborted,    // the caller cancelled
  timed_out,  // the caller's own limit ran out
  never_sent, // the browser refused to build the request
};

struct VisibleResponse {
  int status = 0;
  std::string status_text;
  Headers headers;  // what CORS lets script read
  Bytes body;       // what was kept of it
  std::uint64_t body_bytes = 0;  // what arrived
  bool complete = false;         // false: the body broke off or was cut by our own cap
  bool capped = false;           // our own cap cut it
  std::string url;               // after redirects; empty when not known
  bool operator==(const VisibleResponse&) const = default;
};

// One thing that happened at the request object, for people to read.
struct Event {
  double at_ms = 0;  // since send
  std::string name;  // "readystatechange 2", "progress", "load", "error", "abort", "time limit"
  std::uint64_t bytes = 0;
  bool operator==(const Event&) const = default;
};

// Milliseconds since send; negative: did not happen or is not known.
struct Timings {
  double head_ms = -1, end_ms = -1;
  bool operator==(const Timings&) const = default;
};

enum class ProbeKind {
  manual,        // GET, mode cors, credentials omit, no custom headers, redirect manual
  no_cors,       // GET, mode no-cors, same URL
  root_no_cors,  // GET, mode no-cors, the origin's root
};
enum class ProbeResult { not_asked, readable, opaque, opaque_redirect, body_error, rejected, timed_out };

struct Probes {
  ProbeResult manual = ProbeResult::not_asked;
  ProbeResult no_cors = ProbeResult::not_asked;
  ProbeResult root_no_cors = ProbeResult::not_asked;
  int manual_status = 0;  // where readable
  bool operator==(const Probes&) const = default;
};

struct Observation {
  Outcome outcome = Outcome::failed;
  // Set when answered; also when the head was seen before the call failed or ran out of time.
  std::optional<VisibleResponse> response;
  Timings timings;
  Probes probes;
  std::string error_text;  // what the engine said, when it said anything
  bool online = true;      // navigator.onLine
  bool csp_violation = false;
  std::vector<Event> events;
  bool operator==(const Observation&) const = default;
};

std::string_view outcome_name(Outcome outcome);  // "answered", "timed-out", ...
std::optional<Outcome> parse_outcome(std::string_view name);
std::string_view probe_result_name(ProbeResult result);

}  // namespace blindspot
