// Which /mix URL makes the lab play this exchange again? Also the closed list of response headers such a URL may set.
// Reading the URL is left to native/lab/mix; what a browser makes of the exchange, to core/cors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/exchange.hpp"
#include "core/result.hpp"

namespace blindspot {

// Where an exchange is played again.
struct MixPlaces {
  // Origins of one lab, each different: an origin of the exchange that is none of them gets the next free one, so that
  // what was foreign stays foreign.
  std::vector<std::string> origins;
  std::string run;  // goes to every hop as ?run=; empty: not journalled
  // The page the exchange was meant for, and the one that will call: Access-Control-Allow-Origin is told of the latter.
  std::string page, page_here;
};

enum class MixUrlFault {
  empty,         // no hop, or no answer to play
  not_connected, // what failed lies before HTTP: the lab keeps addresses for that
  not_http,      // bytes that are no HTTP answer
  status,        // outside 200 to 599
  header,        // a value that cannot stand on the wire
  redirect,      // leads where the lab may not lead
  hops,          // more than most_mix_hops
  origins,       // more origins than places
  length,        // the URL would be longer than longest_mix_url
};

struct MixUrlError {
  MixUrlFault fault;
  std::size_t hop = 0;
  std::string subject;
};

inline constexpr std::size_t most_mix_hops = 5, longest_mix_url = 16'000;

// Access-Control-*, X-* and a list of names that neither outlive an answer nor lead away from the lab.
bool is_mix_header(std::string_view name);

// The lab answers this URL, and the preflight before it, with the exchange's status and header lines, byte for byte, and
// a body of the same length; a redirect leads to the next hop in the same manner. Left out are lines that is_mix_header
// does not know, values like a token's, and framing, which is the lab's own (a true Content-Length, transfer codings).
// A preflight the exchange does not tell of is allowed; an answer it does not tell of is healthy. Times are not kept.
Result<std::string, MixUrlError> mix_url_of(const Exchange& exchange, const MixPlaces& places);

}  // namespace blindspot
