// Plain POSIX sockets: what is bound here and never given to the event loop needs no more.
#include "native/lab/ports.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>

#include "core/http/url.hpp"

namespace blindspot::lab {
namespace {

constexpr int accept_backlog = 4096;
constexpr int most_fillers = 16;
constexpr int hang_proof_ms = 120;  // a loopback connection that takes longer is not coming

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
  int family() const { return storage.ss_family; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Address ipv4(std::uint32_t host, int port) {
  Address address;
  auto& in = reinterpret_cast<sockaddr_in&>(address.storage);
  in.sin_family = AF_INET;
  in.sin_port = htons(static_cast<std::uint16_t>(port));
  in.sin_addr.s_addr = htonl(host);
  address.length = sizeof in;
  return address;
}

Address ipv6_loopback(int port) {
  Address address;
  auto& in = reinterpret_cast<sockaddr_in6&>(address.storage);
  in.sin6_family = AF_INET6;
  in.sin6_port = htons(static_cast<std::uint16_t>(port));
  in.sin6_addr = in6addr_loopback;
  address.length = sizeof in;
  return address;
}

Descriptor open_socket(int family) {
  Descriptor fd(::socket(family, SOCK_STREAM, 0));
  if (fd.number() >= 0) {
    ::fcntl(fd.number(), F_SETFD, FD_CLOEXEC);
    ::fcntl(fd.number(), F_SETFL, O_NONBLOCK);
  }
  return fd;
}

enum class Reuse { no, yes };

// A bound socket; -1 inside and errno set when the address cannot be had.
Descriptor bind_to(const Address& address, Reuse reuse) {
  Descriptor fd = open_socket(address.family());
  if (fd.number() < 0) return fd;
  const int on = 1;
  if (reuse == Reuse::yes) ::setsockopt(fd.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.family() == AF_INET6) ::setsockopt(fd.number(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(fd.number(), address.get(), address.length) == 0) return fd;
  const int error = errno;
  fd = Descriptor();
  errno = error;
  return fd;
}

bool no_such_address(int error) {
  return error == EADDRNOTAVAIL || error == EAFNOSUPPORT || error == EPROTONOSUPPORT || error == EINVAL;
}

std::string cannot_take(int port, int error) {
  if (error == EADDRINUSE) return "port " + std::to_string(port) + " is in use; choose another with --port";
  return "port " + std::to_string(port) + " cannot be opened: " + std::strerror(error);
}

// Waits until the connection is established; false when it is not within `ms`.
bool connects_within(int fd, int ms) {
  pollfd waiting{fd, POLLOUT, 0};
  if (::poll(&waiting, 1, ms) != 1) return false;
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
  return error == 0;
}

// Fills the accept queue of a listener with connections of our own until one hangs: from then on the kernel drops further
// SYNs. Linux holds backlog + 1 established connections, so one is enough there.
bool fill_accept_queue(int listener, int port, std::vector<Descriptor>& held) {
  if (::listen(listener, 0) != 0) return false;
  const Address address = ipv4(INADDR_LOOPBACK, port);
  for (int i = 0; i < most_fillers; ++i) {
    Descriptor filler = open_socket(AF_INET);
    if (filler.number() < 0) return false;
    if (::connect(filler.number(), address.get(), address.length) != 0 && errno != EINPROGRESS) return false;
    const bool established = connects_within(filler.number(), hang_proof_ms);
    if (!established) return true;
    held.push_back(std::move(filler));
  }
  return false;
}

// The addresses every port of the block is taken on.
std::vector<Address> addresses_for(Reachable reachable, int port) {
  if (reachable == Reachable::lan) return {ipv4(INADDR_ANY, port)};
  return {ipv4(INADDR_LOOPBACK, port), ipv6_loopback(port)};
}

// Nothing when all went well.
std::optional<std::string> take_port(PortBlock& block, int offset, Reachable reachable) {
  const int port = block.first + offset;
  const bool listens = offset < listening_ports;
  for (const auto& address : addresses_for(reachable, port)) {
    // A port that must stay closed is not shared: with SO_REUSEADDR somebody else could listen on it.
    Descriptor fd = bind_to(address, listens ? Reuse::yes : Reuse::no);
    if (fd.number() < 0 && address.family() == AF_INET6 && no_such_address(errno)) continue;
    if (fd.number() < 0) return cannot_take(port, errno);
    if (listens && ::listen(fd.number(), accept_backlog) != 0) return cannot_take(port, errno);
    const bool fill = offset == never_accepts_offset && address.family() == AF_INET;
    if (fill) block.never_accepts = fill_accept_queue(fd.number(), port, block.held);
    auto& keeper = listens ? block.listeners[static_cast<std::size_t>(offset)] : block.held;
    keeper.push_back(std::move(fd));
  }
  return std::nullopt;
}

Result<PortBlock, std::string> take_block(std::uint16_t first, Reachable reachable) {
  PortBlock block;
  block.first = first;
  for (int offset = 0; offset < block_size; ++offset)
    if (auto trouble = take_port(block, offset, reachable)) return *trouble;
  return block;
}

// A port that browsers refuse to call would make every lesson fail for the wrong reason.
std::optional<std::string> unfit_for_browsers(int first) {
  for (int offset = 0; offset <= never_accepts_offset; ++offset)
    if (is_blocked_port(static_cast<std::uint16_t>(first + offset)))
      return "port " + std::to_string(first + offset) + " is one that browsers refuse to call; choose another with --port";
  return std::nullopt;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

int Descriptor::release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

Result<PortBlock, std::string> take_ports(std::uint16_t first, Reachable reachable) {
  if (first != 0) {
    if (first > 65535 - block_size + 1) return std::string("the highest port to choose is 65520: sixteen are needed");
    if (auto trouble = unfit_for_browsers(first)) return *trouble;
    return take_block(first, reachable);
  }
  // Below the range the kernel hands out by itself, on multiples of sixteen so that roles never shift.
  std::random_device random;
  std::uniform_int_distribution<int> any(20'000 / block_size, 32'000 / block_size - 1);
  std::string trouble;
  for (int attempt = 0; attempt < 64; ++attempt) {
    const auto candidate = static_cast<std::uint16_t>(any(random) * block_size);
    if (unfit_for_browsers(candidate)) continue;
    auto block = take_block(candidate, reachable);
    if (block) return block;
    trouble = block.error();
  }
  return "no free block of sixteen ports was found; the last try: " + trouble;
}

std::vector<std::string> lan_addresses() {
  std::vector<std::string> found;
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return found;
  for (const ifaddrs* each = list; each; each = each->ifa_next) {
    if (!each->ifa_addr || each->ifa_addr->sa_family != AF_INET) continue;
    if ((each->ifa_flags & IFF_UP) == 0 || (each->ifa_flags & IFF_LOOPBACK) != 0) continue;
    char text[INET_ADDRSTRLEN] = {};
    const auto& address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr)->sin_addr;
    if (::inet_ntop(AF_INET, &address, text, sizeof text)) found.emplace_back(text);
  }
  ::freeifaddrs(list);
  return found;
}

}  // namespace blindspot::lab
