// Which fault does a /mix URL compose? Reads key=value segments and turns them into a wire script.
// Playing it is left to connection; counting calls for first= and every=, to router.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/wire_script.hpp"
#include "core/result.hpp"
#include "native/lab/shape_faults.hpp"
#include <nlohmann/json_fwd.hpp>

namespace blindspot::lab {

enum class MixCors { none, star, origin, credentials, mismatch, null, empty, two, star_credentials };
enum class MixPreflight { ok, none, silence, cut, end, status, exact };
enum class MixBody {
  json, empty, html, text, json_nan, sized, endless, broken
};
enum class MixEnd { end, short_body, cut, stall, silence, empty, abort };

// A composed answer; as it stands, a healthy one.
struct Mix {
  int status = 200;
  int delay_ms = 0;
  MixCors cors = MixCors::credentials;
  MixPreflight preflight = MixPreflight::ok;
  int preflight_status = 0;
  Headers preflight_headers;  // where preflight is exact
  MixBody body = MixBody::json;
  std::string body_code;        // where body is broken: the code of its fault
  std::optional<ShapeChange> shape;
  std::string sample;           // JSON in place of the lab's own; "": that one
  std::string healthy_sample;   // the same before its shape was changed
  std::uint64_t body_size = 0;  // where body is sized
  bool body_in_lines = false;   // such a body in many lines instead of one
  std::string type;             // empty: what suits the body; "none": no Content-Type
  MixEnd end = MixEnd::end;
  int drip_ms = 0;
  int piece = 0;  // bytes a drip sends at once; 0: a tenth of the body
  Headers headers;
  int first = 0;  // only that many calls fail; 0: no such limit
  int every = 0;  // only every n-th call fails; 0: no such limit

  // Whether call number `call` (from 1) meets the fault.
  bool fails(std::uint64_t call) const;
  // What the other calls get.
  Mix healthy() const;
};

// Where a Location may lead: to this host or a loopback name, on the lab's block of ports.
struct MixHome {
  std::string host;
  std::uint16_t first_port = 0;  // 0: no absolute address is the lab's
};

struct MixError {
  std::string key, value, problem;
};

// `segments` is what follows "/mix/", still percent-encoded: "status=503/delay=2000/end=cut". Of the query `sample` and
// `at` are read: the JSON to be sent, and the JSON Pointer of the value that shape= changes.
Result<Mix, MixError> parse_mix(std::string_view segments, const MixHome& home = {}, std::string_view query = {});
// Where a preflight gets a status, the script leaves it to the caller to set that in the permissive answer.
WireScript make_wire_script(const Mix& mix);
// Keys and the values they take, for the lab's index and for error answers.
nlohmann::ordered_json mix_reference();

}  // namespace blindspot::lab
