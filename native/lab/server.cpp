// Wires ports, certificates, router, journal and connections to one event loop on one thread.
#include "native/lab/server.hpp"

#include <openssl/ssl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <asio/ssl/context.hpp>
#include <asio/steady_timer.hpp>
#include <csignal>
#include <list>
#include <optional>
#include <stdexcept>

#include "core/catalogue/catalogue.hpp"
#include "native/lab/certificates.hpp"
#include "native/lab/connection.hpp"
#include "native/lab/ports.hpp"

namespace blindspot::lab {
namespace {

using asio::ip::tcp;

constexpr std::size_t descriptors_in_reserve = 64;
constexpr std::chrono::milliseconds accept_pause{100};  // after running out of descriptors

// Raises the limit of open files as far as it goes; returns how many connections fit beneath it.
std::size_t connections_that_fit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 512;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  return static_cast<std::size_t>(limit.rlim_cur) - std::min<std::size_t>(limit.rlim_cur / 2, descriptors_in_reserve);
}

asio::ssl::context make_tls(const Identity& identity) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  SSL_CTX* native = context.native_handle();
  const bool good = SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1 &&
                    SSL_CTX_use_certificate(native, identity.certificate.get()) == 1 &&
                    SSL_CTX_use_PrivateKey(native, identity.key.get()) == 1;
  if (!good) throw std::runtime_error("OpenSSL could not take a certificate");
  // Without tickets and caches each call makes a handshake of its own, as a lesson about handshakes needs it. Released
  // buffers keep thousands of idle connections small.
  SSL_CTX_set_num_tickets(native, 0);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  return context;
}

struct Listener {
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  Role role;
  asio::ssl::context* tls;
};

}  // namespace

struct Server::Parts {
  explicit Parts(ServerOptions wanted) : options(std::move(wanted)) {}

  asio::io_context io{1};
  ServerOptions options;
  PortBlock ports;
  std::string ca_pem;
  std::vector<asio::ssl::context> tls;  // good, expired, self-signed, wrong host
  Journal journal;
  std::unique_ptr<Router> router;
  std::unique_ptr<Stage> stage;
  std::list<Listener> listeners;
  std::optional<asio::signal_set> signals;
  bool stopping = false;

  void make_identities_and_router();
  void listen();
  void accept(Listener& listener);
  void on_accept(Listener& listener, const std::error_code& error, tcp::socket socket);
  void stop();
};

void Server::Parts::make_identities_and_router() {
  const auto identities = make_identities(options.lan ? lan_addresses() : std::vector<std::string>());
  ca_pem = certificate_pem(identities.authority.certificate);
  tls.push_back(make_tls(identities.good));
  tls.push_back(make_tls(identities.expired));
  tls.push_back(make_tls(identities.self_signed));
  tls.push_back(make_tls(identities.wrong_host));

  Cases cases;
  for (const auto& file : catalogue_files()) cases.add(file.slug, file.case_json);
  RouterSettings settings{ports.first, options.lan, ports.never_accepts, options.version, ca_pem};
  router = std::make_unique<Router>(std::move(settings), options.limits, StaticFiles(options.dist), std::move(cases), journal);
  stage.reset(new Stage{io, options.limits, *router, journal, options.verbose, {}, {}});
}

void Server::Parts::listen() {
  for (std::size_t offset = 0; offset < ports.listeners.size(); ++offset) {
    const Role role = static_cast<Role>(offset);
    const bool encrypted = role != Role::page && role != Role::lab && role != Role::tls_handshake;
    asio::ssl::context* context = encrypted ? &tls[offset - tls_good_offset] : nullptr;
    for (auto& descriptor : ports.listeners[offset]) {
      sockaddr_storage address{};
      socklen_t length = sizeof address;
      ::getsockname(descriptor.number(), reinterpret_cast<sockaddr*>(&address), &length);
      const auto protocol = address.ss_family == AF_INET6 ? tcp::v6() : tcp::v4();
      auto& listener = listeners.emplace_back(
          Listener{tcp::acceptor(io, protocol, descriptor.release()), asio::steady_timer(io), role, context});
      accept(listener);
    }
  }
}

void Server::Parts::accept(Listener& listener) {
  listener.acceptor.async_accept([this, &listener](const std::error_code& error, tcp::socket socket) {
    on_accept(listener, error, std::move(socket));
  });
}

void Server::Parts::on_accept(Listener& listener, const std::error_code& error, tcp::socket socket) {
  if (stopping || error == asio::error::operation_aborted) return;
  if (error == asio::error::no_descriptors || error == std::errc::too_many_files_open_in_system) {
    listener.pause.expires_after(accept_pause);
    listener.pause.async_wait([this, &listener](const std::error_code& cancelled) {
      if (!cancelled && !stopping) accept(listener);
    });
    return;
  }
  if (!error) {
    const bool full = stage->open.size() >= options.limits.connections;
    auto connection = std::make_shared<Connection>(*stage, std::move(socket), listener.role, listener.tls);
    if (full) connection->refuse();
    else connection->start();
  }
  accept(listener);
}

void Server::Parts::stop() {
  if (stopping) return;
  stopping = true;
  std::error_code ignored;
  for (auto& listener : listeners) {
    listener.acceptor.close(ignored);
    listener.pause.cancel();
  }
  for (Connection* connection : stage->open) connection->close();
  if (signals) signals->cancel(ignored);
}

Result<std::unique_ptr<Server>, std::string> Server::open(ServerOptions options) {
  auto parts = std::make_unique<Parts>(std::move(options));
  auto& limits = parts->options.limits;
  limits.connections = std::min(limits.connections, connections_that_fit());
  auto ports = take_ports(parts->options.port, parts->options.lan ? Reachable::lan : Reachable::loopback);
  if (!ports) return ports.error();
  parts->ports = std::move(ports.value());
  try {
    parts->make_identities_and_router();
    parts->listen();
  } catch (const std::exception& error) {
    return std::string(error.what());
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

// What run() has not finished is closed and its handlers run, so that nothing outlives the event loop.
Server::~Server() {
  try {
    parts_->stop();
    parts_->io.restart();
    parts_->io.run();
  } catch (const std::exception&) {
    // Nothing to save: what is left is torn down with the event loop.
  }
}

void Server::run() { parts_->io.run(); }

void Server::stop() {
  asio::post(parts_->io, [parts = parts_.get()] { parts->stop(); });
}

void Server::stop_on_signals() {
  parts_->signals.emplace(parts_->io, SIGINT, SIGTERM);
  parts_->signals->async_wait([parts = parts_.get()](const std::error_code& error, int) {
    if (!error) parts->stop();
  });
}

std::uint16_t Server::port() const { return parts_->ports.first; }
bool Server::page_built() const { return parts_->router->files().built(); }
bool Server::never_accepts() const { return parts_->ports.never_accepts; }
const std::string& Server::ca_pem() const { return parts_->ca_pem; }

std::vector<std::string> Server::problems() const {
  std::vector<std::string> all;
  const auto& cases = parts_->router->cases();
  for (const auto& slug : cases.slugs())
    if (const auto* each = cases.find(slug); !each->problem.empty()) all.push_back(slug + ": " + each->problem);
  return all;
}

}  // namespace blindspot::lab
