// How long is a body that was sent in chunks? RFC 9112, section 7.1.
#pragma once

#include <string_view>

#include "core/http/headers.hpp"

namespace blindspot {

struct Unchunked {
  Bytes body;              // the chunks' data, as far as it came
  bool complete = false;   // the last chunk and the empty line after the trailer came
  bool malformed = false;  // the framing is broken; `body` holds what came before
  bool operator==(const Unchunked&) const = default;
};

// The last transfer coding is "chunked".
bool is_chunked(const Headers& headers);
// Trailers and chunk extensions are passed over; bytes after the end are ignored.
Unchunked decode_chunked(std::string_view framed);

}  // namespace blindspot
