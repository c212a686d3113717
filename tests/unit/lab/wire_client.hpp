// A client that sees what a socket sees: bytes, FIN, RST, silence. Every wait is bounded. Also a running lab to call.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/http/headers.hpp"
#include "native/lab/server.hpp"
#include <nlohmann/json.hpp>

namespace blindspot::lab {

enum class Seen { fin, rst, silence };  // how reading came to its end; silence: the wait ran out

struct Received {
  std::string bytes;
  Seen end = Seen::silence;
  std::vector<std::pair<double, std::size_t>> pieces;  // ms since reading began, bytes
};

class WireClient {
 public:
  explicit WireClient(std::uint16_t port, const char* address = "127.0.0.1");
  WireClient(WireClient&& other) noexcept : fd_(other.fd_), error_(other.error_) { other.fd_ = -1; }
  ~WireClient();

  int connect_error() const { return error_; }  // errno of connect, 0 when established
  void send(std::string_view bytes);
  // Reads until the peer ends, `enough` bytes came, or the time ran out.
  Received read(int ms, std::size_t enough = SIZE_MAX);
  void finish_sending();
  void close();
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
  int error_ = 0;
};

// Whether a connection is established or refused within so long.
bool connects_within(std::uint16_t port, int ms);

struct WireAnswer {
  int status = 0;
  std::string reason;
  Headers headers;
  std::string body;
  Seen end = Seen::silence;
};

// "GET /x HTTP/1.1", Host, the given headers, body.
std::string make_request(std::string_view method, std::string_view target, const Headers& headers = {},
                         std::string_view body = {});
// Cuts a received answer in head and body; status 0 where there is no head.
WireAnswer parse_answer(const Received& received);
WireAnswer call(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers = {},
                std::string_view body = {}, int ms = 5000);

// A server on a thread of its own and a free block of ports.
class RunningLab {
 public:
  explicit RunningLab(ServerOptions options = {});
  ~RunningLab();
  void stop();  // and waits for the thread
  std::uint16_t page() const { return server_->port(); }
  std::uint16_t port(int offset) const { return static_cast<std::uint16_t>(server_->port() + offset); }
  std::uint16_t lab() const { return port(1); }
  Server& server() { return *server_; }

  nlohmann::json journal(std::string_view run) const;
  // The journal once its last round is no longer open and `rounds` are there; what there is when 5 s are over.
  nlohmann::json settled_journal(std::string_view run, std::size_t rounds) const;

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// One lab that all tests share.
RunningLab& shared_lab();
// A name no other test uses for its run.
std::string fresh_run();

}  // namespace blindspot::lab
