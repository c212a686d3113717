// How much may a client ask of the lab? Every cap in one place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace blindspot::lab {

struct Limits {
  std::size_t head_bytes = 64u << 10;
  std::uint64_t request_body_bytes = 16ull << 20;
  std::uint64_t answer_bytes = 256ull << 20;
  std::uint64_t endless_bytes = 2ull << 30;
  std::size_t connections = 12'000;
  std::chrono::milliseconds script_time{120'000};
  std::chrono::milliseconds endless_time{60'000};
  std::chrono::milliseconds head_time{30'000};  // from the connection to the whole head; also for a handshake
  std::chrono::milliseconds body_time{60'000};
  std::chrono::milliseconds keep_alive_time{15'000};
  std::chrono::milliseconds linger_time{3'000};  // after the last byte, for the client to close
};

}  // namespace blindspot::lab
