// How does a server misbehave? The acts of a script, in order: what the lab plays on a real socket, what the rehearsal
// plays in the browser, and what predict reads as the exchange.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/http/exchange.hpp"
#include "core/http/headers.hpp"
#include "core/result.hpp"
#include <nlohmann/json_fwd.hpp>

namespace blindspot {

namespace act {
struct Wait { int ms = 0; bool operator==(const Wait&) const = default; };
struct Head { int status = 200; std::string reason; Headers headers; bool operator==(const Head&) const = default; };
struct Send { Bytes bytes; int repeat = 1; bool operator==(const Send&) const = default; };
struct Drip { Bytes bytes; int piece = 1; int every_ms = 100; bool operator==(const Drip&) const = default; };
struct Stall { bool operator==(const Stall&) const = default; };
struct End { bool operator==(const End&) const = default; };
struct Cut { bool operator==(const Cut&) const = default; };
struct Silence { bool operator==(const Silence&) const = default; };
}  // namespace act

using Act = std::variant<act::Wait, act::Head, act::Send, act::Drip, act::Stall, act::End, act::Cut, act::Silence>;
using Script = std::vector<Act>;

// Played for a case: to a preflight (nothing: allow what is asked), to every other request, and at the place that {next} leads to.
struct WireScript {
  std::optional<Script> preflight;
  Script response;
  std::optional<Script> next = std::nullopt;
  bool operator==(const WireScript&) const = default;
};

struct ScriptError {
  std::string pointer;  // JSON Pointer of the offending place
  std::string problem;  // for whoever writes a case
};

Result<Script, ScriptError> parse_script(const nlohmann::json& acts);
Result<WireScript, ScriptError> parse_wire_script(const nlohmann::json& script);

// The values that only the moment of the request can tell.
struct ScriptSlots {
  std::string page_origin;  // the request's Origin, "*" without one
  std::string self;         // URL of the request
  std::string lab;          // the lab's own origin
  std::string dead;         // an origin where nothing listens
  std::string next;         // where a redirect finds the script's next part, under the lab's other name: another origin
};

// The URL of {next} for a call to a case: "/case/slug/orders?run=x" becomes "/case/slug/next?run=x", 127.0.0.1 becomes
// localhost and the reverse; a good twin's stays among the good. The same URL where it is no case's.
std::string next_of_case(const Url& call);

// Fills {page_origin}, {self}, {lab}, {dead}, {next} in header values and bodies; adds Content-Length and Connection as the
// catalogue's README says. What comes out can be written to a socket as it stands.
Script resolve_script(const Script& script, const ScriptSlots& slots);

// The answer to a preflight that allows whatever it asks for, credentials included.
Script permissive_preflight(const Headers& preflight_headers);

// The bytes of a status line and header block, with the empty line.
Bytes serialize_head(const act::Head& head);

// What the server side of such a script amounts to, timing taken from waits and drips: head, body, ending. `actual` is
// filled in where it already names method and url.
Round play_on_paper(const Script& resolved, Round round);

}  // namespace blindspot
