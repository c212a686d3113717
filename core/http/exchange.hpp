// What crossed the wire: usually hidden from the page. Known when a case file, the lab's journal, a HAR or `curl -i` tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/http/headers.hpp"
#include "core/http/url.hpp"

namespace blindspot {

// How far a request came before anything was answered.
enum class Reach {
  not_sent,       // the browser itself stopped it: nothing left the machine
  offline,        // the device has no network
  unknown_host,   // the name has no address
  refused,        // the port answered with RST
  never_accepted, // the connection was not established within any limit
  tls_expired, tls_name_mismatch, tls_self_signed, tls_failed,  // the handshake failed, and why
  connected,      // the request reached the server
};

// How the answer ended, as the server knows it.
enum class Ending {
  complete,      // the whole answer was sent and the connection closed in order
  closed_early,  // closed in order (FIN) before the announced end, or before a single byte
  reset,         // torn down (RST)
  stalled,       // the server fell silent with the connection open, before or within the answer
  client_left,   // the client closed first
  open,          // still going on
};

struct ResponseHead {
  int status = 0;
  std::string reason;
  Headers headers;
  bool operator==(const ResponseHead&) const = default;
};

// One request and what came back.
struct Round {
  std::string method;
  Url url;
  Headers request_headers;  // as they arrived, the browser's own included; empty when not known
  std::uint64_t request_bytes = 0;
  Reach reach = Reach::connected;
  std::optional<ResponseHead> head;
  Bytes raw;  // bytes that came instead of an HTTP head
  Bytes body;  // as sent, or its first part
  std::uint64_t body_bytes = 0;  // how many in all
  Ending ending = Ending::complete;
  // Milliseconds since the first byte of the run's first request; negative: did not happen or is not known.
  double received_ms = -1, head_ms = -1, end_ms = -1;
  bool operator==(const Round&) const = default;
};

// One hop: its preflight, if one was sent, and the request itself, if it was sent.
struct Hop {
  std::optional<Round> preflight;
  std::optional<Round> actual;
  bool operator==(const Hop&) const = default;
};

struct Exchange {
  std::vector<Hop> hops;
  bool operator==(const Exchange&) const = default;
};

// Content-Length when it is one number (repeated equal values count as one).
std::optional<std::uint64_t> announced_length(const Headers& headers);
// Several Content-Length values that differ: browsers refuse such an answer.
bool lengths_conflict(const Headers& headers);

std::string_view reach_name(Reach reach);    // "connected", "unknown-host", ...
std::string_view ending_name(Ending ending); // "complete", "closed-early", ...
std::optional<Reach> parse_reach(std::string_view name);
std::optional<Ending> parse_ending(std::string_view name);

}  // namespace blindspot
