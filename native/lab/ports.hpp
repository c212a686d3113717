// Which ports does the lab live on? A block of sixteen, taken at once: seven that listen, one that refuses, one that never
// accepts. Accepting on the listening ones is left to server.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace blindspot::lab {

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return fd_; }
  int release();

 private:
  int fd_;
};

inline constexpr int block_size = 16;
// Offsets from the page's port.
inline constexpr int page_offset = 0, lab_offset = 1, tls_good_offset = 2, tls_expired_offset = 3,
                     tls_self_signed_offset = 4, tls_wrong_host_offset = 5, tls_handshake_offset = 6,
                     closed_offset = 8, never_accepts_offset = 9;
inline constexpr int listening_ports = 7;  // the first so many

enum class Reachable { loopback, lan };

struct PortBlock {
  std::uint16_t first = 0;
  std::array<std::vector<Descriptor>, listening_ports> listeners;  // IPv4 and, where there is one, IPv6
  std::vector<Descriptor> held;  // bound and silent: the closed port, the one that never accepts, the rest of the block
  bool never_accepts = false;    // whether connecting there really hangs on this kernel

  std::uint16_t port(int offset) const { return static_cast<std::uint16_t>(first + offset); }
};

// Takes [first, first + 15]; the error is one line for a person and names the port. `first` 0 looks for a free block.
Result<PortBlock, std::string> take_ports(std::uint16_t first, Reachable reachable);

// This machine's IPv4 addresses beside loopback.
std::vector<std::string> lan_addresses();

}  // namespace blindspot::lab
