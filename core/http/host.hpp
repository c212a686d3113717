// Is this text a host? The URL standard's host parser: names, IPv4 in all its spellings, IPv6.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace blindspot {

// https://url.spec.whatwg.org/#concept-host-parser. Returns the host as it is serialized, or nothing when it is
// invalid. AD-HOC: names outside ASCII are kept (ASCII letters lower-cased): the IDNA tables are the browser's.
std::optional<std::string> parse_host(std::string_view text, bool special);

}  // namespace blindspot
