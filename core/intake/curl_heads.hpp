// What did `curl -i` print? One head a request: with -L one for each hop, with a proxy its own in front.
#pragma once

#include <string_view>
#include <vector>

#include "core/http/exchange.hpp"

namespace blindspot {

// In order; interim answers (1xx) and a proxy's "200 Connection established" are passed over. Bodies are not kept.
std::vector<ResponseHead> parse_curl_heads(std::string_view text);

}  // namespace blindspot
