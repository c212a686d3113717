// The page server and the lab as one object: takes the ports, makes the certificates, accepts, and stops at once.
// The command line is left to native/serve.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "native/lab/limits.hpp"

namespace blindspot::lab {

struct ServerOptions {
  std::uint16_t port = 8080;  // of the page; 0: a free block is looked for
  bool lan = false;
  std::filesystem::path dist;  // empty: no page
  bool verbose = false;
  std::string version;
  Limits limits;
};

class Server {
 public:
  // Binds everything; the error is one line for a person.
  static Result<std::unique_ptr<Server>, std::string> open(ServerOptions options);
  ~Server();

  // Serves until stop(), or until SIGINT or SIGTERM where stop_on_signals() was called.
  void run();
  // Closes everything; run() returns soon after. May be called from another thread.
  void stop();
  void stop_on_signals();

  std::uint16_t port() const;  // of the page
  bool page_built() const;
  bool never_accepts() const;  // whether that target works on this system
  const std::string& ca_pem() const;
  // Cases that cannot be played, each with the reason.
  std::vector<std::string> problems() const;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace blindspot::lab
