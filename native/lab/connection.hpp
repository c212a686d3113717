// One client: reads a request, then sends the answer or plays the script, act by act, true to the wire.
// What to answer is left to router, what to remember to journal. Runs on the one thread of its event loop.
#pragma once

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ssl/context.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <variant>

#include "native/lab/http_request.hpp"
#include "native/lab/journal.hpp"
#include "native/lab/limits.hpp"
#include "native/lab/router.hpp"

namespace blindspot::lab {

class Connection;

// What all connections of a server share. Outlives them.
struct Stage {
  asio::io_context& io;
  const Limits& limits;
  Router& router;
  Journal& journal;
  bool verbose = false;
  std::unordered_set<Connection*> open;
  // Where bytes go that nobody reads; shared, since their content never matters.
  std::array<char, 16u << 10> waste;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // `tls` is null for plain HTTP.
  Connection(Stage& stage, asio::ip::tcp::socket socket, Role role, asio::ssl::context* tls);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  // Refuses politely: 503 where HTTP is spoken, then closed.
  void refuse();
  // Everything is dropped at once.
  void close();

 private:
  enum class Waiting { no, yes };  // whether the script is at an act that sends nothing

  template <class Buffers, class Handler>
  void async_read(const Buffers& buffers, Handler handler);
  template <class Buffers, class Handler>
  void async_write(const Buffers& buffers, Handler handler);

  void handshake();
  void reset_after_hello();
  void handshake_failed(const std::error_code& error);

  void read_head();
  void on_head_bytes(std::size_t old_size, const std::error_code& error, std::size_t count);
  void parse_head();
  void on_request(HttpRequest request);
  void open_round(const Play& play);
  void continue_if_expected();
  void read_body();
  void read_sized_body();
  void read_chunked_body();
  void take_chunked(std::size_t size);
  void request_complete();

  void send_answer(const Answer& answer);
  void after_answer(bool keep);
  void refuse_request(const HttpFault& fault);

  void watch();
  void on_watch(const std::error_code& error);
  void client_left();

  void step();
  void wait_ms(int ms);
  bool fill_chunk();
  void add_repeated(const act::Send& send);
  void flush_chunk();
  void on_chunk_sent(const std::error_code& error, std::size_t count);
  void record_sent(std::size_t count);
  void drip(const act::Drip& drip);
  void fall_silent();
  void cut();
  void cut_when_delivered(int polls_left);
  void on_script_cap();
  bool came_to_its_end() const;
  void finish_round(Ending ending);

  void end_in_order();
  void shut_down_sending();
  void reset();
  template <class Handler>
  void arm(asio::steady_timer& timer, std::chrono::milliseconds time, Handler handler);

  Stage& stage_;
  asio::ip::tcp::socket socket_;
  std::unique_ptr<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
  asio::steady_timer deadline_, pace_;
  const Role role_;

  std::string in_;  // received and not yet understood
  std::size_t scanned_ = 0;
  std::size_t served_ = 0;  // requests, on a connection kept alive
  Clock::time_point first_byte_;
  std::unique_ptr<HttpRequest> request_;
  std::unique_ptr<ChunkedReader> chunks_;
  std::uint64_t body_left_ = 0, body_got_ = 0;
  Reply reply_;

  std::shared_ptr<JournalRound> round_;
  std::size_t act_ = 0;
  std::uint64_t act_sent_ = 0;  // bytes of the current send or drip
  std::uint64_t total_sent_ = 0, body_sent_ = 0;
  std::optional<act::Head> head_;  // the one that was sent last
  std::string chunk_;              // about to be written: a head, then body; or raw bytes
  std::size_t chunk_head_ = 0;     // how much of it is head
  std::string body_tail_;          // the last five bytes, to see a chunked body's end
  bool watching_ = false, peer_eof_ = false, closed_ = false, ending_ = false, capped_ = false;
  Waiting waiting_ = Waiting::no;
};

}  // namespace blindspot::lab
