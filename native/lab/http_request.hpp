// What did a client ask? A strict reader of HTTP/1.1 request heads (RFC 9112) and of chunked bodies, fed as bytes arrive.
// Sockets are left to connection, meaning to router.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/headers.hpp"
#include "core/result.hpp"

namespace blindspot::lab {

enum class BodyFraming { none, length, chunked };

struct HttpRequest {
  std::string method;
  std::string target;  // origin form, as it stood: "/path?query", or "*"
  int minor_version = 1;
  Headers headers;
  std::size_t head_bytes = 0;
  BodyFraming framing = BodyFraming::none;
  std::uint64_t announced_body = 0;  // where framing is length

  std::string_view path() const;   // the target up to "?"
  std::string_view query() const;  // after "?", or empty
  // HTTP/1.1 without Connection: close.
  bool wants_keep_alive() const;
};

// Why a request is answered with an error status and its connection closed.
struct HttpFault {
  int status = 400;
  std::string problem;
};

// Reads the head at the start of `bytes`; nothing while it is incomplete. `scanned` says how many bytes earlier calls
// have looked at and is moved on; begin with 0. A head above `cap` bytes is a fault.
std::optional<Result<HttpRequest, HttpFault>> parse_request_head(std::string_view bytes, std::size_t& scanned,
                                                                 std::size_t cap);

// Follows a chunked body to its end without keeping it.
class ChunkedReader {
 public:
  enum class State { more, done, malformed };

  // Takes the next bytes of the connection; `used` becomes how many of them belonged to this body.
  State feed(std::string_view bytes, std::size_t& used);
  std::uint64_t body_bytes() const { return body_bytes_; }

 private:
  enum class Part { size, data, data_end, trailer };
  bool take_size_line();

  Part part_ = Part::size;
  std::string line_;
  std::uint64_t left_ = 0;
  std::uint64_t body_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
};

// "%41" becomes "A"; nothing when an escape is broken.
std::optional<std::string> strict_percent_decode(std::string_view text);
// The first value of a query parameter, decoded; nothing when it is not there or broken.
std::optional<std::string> query_parameter(std::string_view query, std::string_view name);

}  // namespace blindspot::lab
