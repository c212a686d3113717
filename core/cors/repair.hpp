// What is the smallest change of the server's answers that lets a failing call through, or why is there none?
// Edits and reasons are data; words are left to explain, texts for servers to core/cors/configuration.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cors/predict.hpp"

namespace blindspot {

enum class Leg { preflight, actual };

enum class EditKind {
  answer,         // the server answers where it did not, or where nobody recorded it: a head with this status
  set_status,     // another status, the headers stay
  append_header,  // a header of this name is not there yet
  set_header,     // instead of every header of this name
  remove_header,  // every header of this name
};

struct Edit {
  std::size_t hop = 0;  // in Exchange::hops, which may be one too short for it
  Leg leg = Leg::actual;
  EditKind kind = EditKind::set_header;
  std::string name, value;  // of the header
  int status = 0;           // for answer and set_status
  StepId why;               // the step that failed; "done" for a header the page wants to read
  bool operator==(const Edit&) const = default;
};

enum class Caution {
  vary_origin_needed,        // the origin is echoed: Vary: Origin, or caches hand it to others
  never_reflect_any_origin,  // with credentials only origins from a fixed list may be echoed
  null_origin_allowed,       // any sandboxed frame of any page has the origin null
  redirect_taints_origin,    // the origin is null because of a redirect: calling its target directly is better
  wildcard_narrowed,         // * became one origin: others that relied on it must be listed
  other_origin_replaced,     // another origin stood there: the value must follow the request's Origin
  wildcard_is_literal,       // with credentials * is a name like any other
  preflight_before_login,    // OPTIONS carries no credentials: it must be answered before they are asked for
  answer_assumed,            // the record does not hold this answer: it must carry these headers as well
  resource_open_to_all,      // Cross-Origin-Resource-Policy: cross-origin
  cannot_be_exposed,         // no server can let a page read this header (Set-Cookie)
};

struct Warning {
  Caution caution;
  std::size_t hop = 0;
  Leg leg = Leg::actual;
  bool operator==(const Warning&) const = default;
};

// Why no answer of the server would help.
enum class Obstacle {
  url_invalid, method_forbidden, header_invalid, mode_no_cors, mode_same_origin,  // the caller's own request
  scheme_forbidden, port_blocked, mixed_content, caller_cancelled,                // never leaves the page
  local_network,                                                                  // the person or the page decides
  held_back, not_recorded,                                                        // nobody knows what was answered
  offline, name_unknown, not_reachable, tls_refused, no_answer, body_incomplete, too_late,
  redirect_refused, redirect_location, redirect_scheme, redirect_loop, redirect_port, redirect_mixed_content,
};
std::string_view obstacle_name(Obstacle obstacle);  // "mode-same-origin", ...
std::string_view caution_name(Caution caution);
std::string_view edit_kind_name(EditKind kind);
std::string_view leg_name(Leg leg);

struct Repair {
  std::vector<Edit> edits;  // none where the call goes through already, or where an obstacle stands
  std::vector<Warning> warnings;
  std::optional<Obstacle> obstacle;
  StepId stuck_at;  // the obstacle's step; empty without one
  bool operator==(const Repair&) const = default;
};

struct RepairOptions {
  PredictOptions predict;
  std::vector<std::string> exposed;  // response headers the page wants to read
};

// After apply_repair, predict with the same options allows the call, unless there is an obstacle. A second repair is
// empty. What stands there and can be read is kept; what is added is no more than this call needs.
Repair repair(const Request& request, const Exchange& exchange, const RepairOptions& options = {});
Exchange apply_repair(Exchange exchange, const Repair& repair);

// What a server must be told so that this call goes through, and what else it allowed already.
struct CorsPolicy {
  std::vector<std::string> origins;  // or only "*"
  std::vector<std::string> methods, headers, exposed;
  bool credentials = false;
  std::optional<int> max_age_s;
  bool operator==(const CorsPolicy&) const = default;
};

// From the answers of one hop of a repaired exchange: the last one that CORS applied to, unless told.
std::optional<CorsPolicy> policy_of(const Request& request, const Exchange& repaired, const RepairOptions& options = {},
                                    std::optional<std::size_t> hop = std::nullopt);
// The least that would do for a call whose answers nobody recorded.
CorsPolicy policy_for(const Request& request, const std::vector<std::string>& exposed = {});

}  // namespace blindspot
