// POSIX sockets and poll, nothing between the tests and the wire.
#include "tests/unit/lab/wire_client.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace blindspot::lab {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

WireClient::WireClient(std::uint16_t port, const char* address) {
  const bool six = std::string_view(address).find(':') != std::string_view::npos;
  fd_ = ::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (six) {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(port);
    ::inet_pton(AF_INET6, address, &in.sin6_addr);
    error_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&in), sizeof in) == 0 ? 0 : errno;
  } else {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &in.sin_addr);
    error_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&in), sizeof in) == 0 ? 0 : errno;
  }
}

WireClient::~WireClient() { close(); }

void WireClient::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void WireClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

Received WireClient::read(int ms, std::size_t enough) {
  Received received;
  const auto start = Clock::now();
  char buffer[65536];
  while (received.bytes.size() < enough) {
    const int left = ms - static_cast<int>(ms_since(start));
    pollfd waiting{fd_, POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, left) == 0) return received;
    const auto count = ::recv(fd_, buffer, sizeof buffer, 0);
    if (count > 0) {
      received.pieces.emplace_back(ms_since(start), static_cast<std::size_t>(count));
      received.bytes.append(buffer, static_cast<std::size_t>(count));
      continue;
    }
    received.end = count == 0 ? Seen::fin : errno == ECONNRESET ? Seen::rst : Seen::silence;
    return received;
  }
  return received;
}

void WireClient::finish_sending() { ::shutdown(fd_, SHUT_WR); }

bool connects_within(std::uint16_t port, int ms) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in in{};
  in.sin_family = AF_INET;
  in.sin_port = htons(port);
  ::inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
  bool settled = ::connect(fd, reinterpret_cast<const sockaddr*>(&in), sizeof in) == 0 || errno != EINPROGRESS;
  pollfd waiting{fd, POLLOUT, 0};
  if (!settled) settled = ::poll(&waiting, 1, ms) == 1;
  ::close(fd);
  return settled;
}

std::string make_request(std::string_view method, std::string_view target, const Headers& headers, std::string_view body) {
  std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  if (!has_header(headers, "Host")) text += "Host: 127.0.0.1\r\n";
  for (const auto& header : headers) text += header.name + ": " + header.value + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

WireAnswer parse_answer(const Received& received) {
  WireAnswer answer;
  answer.end = received.end;
  const auto head_end = received.bytes.find("\r\n\r\n");
  if (head_end == std::string::npos || !received.bytes.starts_with("HTTP/1.1 ")) return answer;
  answer.status = std::stoi(received.bytes.substr(9, 3));
  const auto line_end = received.bytes.find("\r\n");
  answer.reason = received.bytes.substr(13, line_end - 13);
  answer.headers = parse_header_lines(std::string_view(received.bytes).substr(line_end + 2, head_end - line_end - 2));
  answer.body = received.bytes.substr(head_end + 4);
  return answer;
}

WireAnswer call(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers,
                std::string_view body, int ms) {
  WireClient client(port);
  EXPECT_EQ(client.connect_error(), 0) << "port " << port;
  Headers all = headers;
  if (!has_header(all, "Connection")) all.push_back({"Connection", "close"});
  client.send(make_request(method, target, all, body));
  return parse_answer(client.read(ms));
}

RunningLab::RunningLab(ServerOptions options) {
  options.port = 0;
  options.version = "test";
  auto opened = Server::open(std::move(options));
  if (!opened) {
    ADD_FAILURE() << opened.error();
    std::abort();
  }
  server_ = std::move(opened.value());
  thread_ = std::thread([this] { server_->run(); });
}

RunningLab::~RunningLab() { stop(); }

void RunningLab::stop() {
  server_->stop();
  if (thread_.joinable()) thread_.join();
}

nlohmann::json RunningLab::journal(std::string_view run) const {
  const auto answer = call(lab(), "GET", "/journal/" + std::string(run));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Origin"), "*");
  return nlohmann::json::parse(answer.body, nullptr, false);
}

nlohmann::json RunningLab::settled_journal(std::string_view run, std::size_t rounds) const {
  const auto start = Clock::now();
  for (;;) {
    auto found = journal(run);
    const auto& list = found["rounds"];
    if (list.size() >= rounds && list.back()["ending"] != "open") return found;
    if (ms_since(start) > 5000) return found;
    ::poll(nullptr, 0, 5);
  }
}

RunningLab& shared_lab() {
  static RunningLab lab;
  return lab;
}

std::string fresh_run() {
  static std::atomic<int> count{0};
  return "test-" + std::to_string(++count);
}

}  // namespace blindspot::lab
