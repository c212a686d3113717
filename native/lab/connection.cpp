// The state machine of a connection: hello, head, body, answer or script, end.
#include "native/lab/connection.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/write.hpp>
#include <iostream>

#include <nlohmann/json.hpp>

#include "core/http/chunked.hpp"
#include "core/http/reason_phrase.hpp"

namespace blindspot::lab {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t read_size = 4096;
constexpr std::size_t chunk_size = 64u << 10;
constexpr int delivery_poll_ms = 5, delivery_polls = 400;
// Between the last byte's delivery and an RST: long enough for the client to have read what came before.
constexpr int reset_grace_ms = 20;

bool has_no_body(std::string_view method, int status) {
  return method == "HEAD" || status < 200 || status == 204 || status == 304;
}

// Bytes the peer has not acknowledged yet; 0 where the system does not tell.
int undelivered_bytes(int fd) {
  int count = 0;
#ifdef SIOCOUTQ
  if (::ioctl(fd, SIOCOUTQ, &count) != 0) return 0;
#else
  (void)fd;
#endif
  return count;
}

// The words of the TLS alert a client sent, or empty.
std::string alert_text(const std::error_code& error) {
  if (error.category() != asio::error::get_ssl_category()) return "";
  const int reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
  if (reason <= SSL_AD_REASON_OFFSET) return "";
  return SSL_alert_desc_string_long(reason - SSL_AD_REASON_OFFSET);
}

std::string answer_head(const Answer& answer, bool keep_alive) {
  act::Head head{answer.status, std::string(reason_phrase(answer.status)), answer.headers};
  if (answer.body) head.headers.push_back({"Content-Length", std::to_string(answer.body->size())});
  head.headers.push_back({"Connection", keep_alive ? "keep-alive" : "close"});
  return serialize_head(head);
}

}  // namespace

Connection::Connection(Stage& stage, asio::ip::tcp::socket socket, Role role, asio::ssl::context* tls)
    : stage_(stage), socket_(std::move(socket)), deadline_(stage.io), pace_(stage.io), role_(role) {
  if (tls) tls_ = std::make_unique<asio::ssl::stream<asio::ip::tcp::socket&>>(socket_, *tls);
  stage_.open.insert(this);
}

Connection::~Connection() { stage_.open.erase(this); }

template <class Buffers, class Handler>
void Connection::async_read(const Buffers& buffers, Handler handler) {
  if (tls_) tls_->async_read_some(buffers, std::move(handler));
  else socket_.async_read_some(buffers, std::move(handler));
}

template <class Buffers, class Handler>
void Connection::async_write(const Buffers& buffers, Handler handler) {
  if (tls_) asio::async_write(*tls_, buffers, std::move(handler));
  else asio::async_write(socket_, buffers, std::move(handler));
}

template <class Handler>
void Connection::arm(asio::steady_timer& timer, milliseconds time, Handler handler) {
  timer.expires_after(time);
  timer.async_wait([self = shared_from_this(), handler = std::move(handler)](const std::error_code& error) {
    if (!error && !self->closed_) handler();
  });
}

void Connection::start() {
  std::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  first_byte_ = Clock::now();
  arm(deadline_, stage_.limits.head_time, [this] { close(); });
  if (role_ == Role::tls_handshake) reset_after_hello();
  else if (tls_) handshake();
  else read_head();
}

void Connection::refuse() {
  arm(deadline_, stage_.limits.linger_time, [this] { close(); });
  if (tls_ || role_ == Role::tls_handshake) return close();
  request_ = std::make_unique<HttpRequest>();
  request_->method = "GET";
  send_answer(error_answer(503, {{"problem", "too many connections at once"}, {"limit", stage_.limits.connections}}));
}

void Connection::close() {
  if (closed_) return;
  closed_ = true;
  std::error_code ignored;
  deadline_.cancel();
  pace_.cancel();
  socket_.close(ignored);
}

void Connection::reset() {
  std::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

// --- before a request -------------------------------------------------------------------------------------------------

void Connection::handshake() {
  tls_->async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](const std::error_code& error) {
    if (self->closed_) return;
    if (!error) return self->read_head();
    self->handshake_failed(error);
  });
}

void Connection::handshake_failed(const std::error_code& error) {
  stage_.journal.connection_without_request(target_of_role(role_), reach_of_role(role_), alert_text(error), Clock::now());
  close();
}

void Connection::reset_after_hello() {
  in_.resize(read_size);
  socket_.async_read_some(asio::buffer(in_), [self = shared_from_this()](const std::error_code& error, std::size_t) {
    if (self->closed_) return;
    if (!error)
      self->stage_.journal.connection_without_request(target_of_role(self->role_), reach_of_role(self->role_), "", Clock::now());
    self->reset();
  });
}

// --- the request ------------------------------------------------------------------------------------------------------

void Connection::read_head() {
  if (!in_.empty()) first_byte_ = Clock::now();
  parse_head();
}

// Reads on where the head is incomplete.
void Connection::parse_head() {
  if (!in_.empty()) {
    auto parsed = parse_request_head(in_, scanned_, stage_.limits.head_bytes);
    if (parsed && !*parsed) return refuse_request(parsed->error());
    if (parsed) return on_request(std::move(parsed->value()));
  }
  const auto old_size = in_.size();
  in_.resize(old_size + read_size);
  async_read(asio::buffer(in_.data() + old_size, read_size),
             [self = shared_from_this(), old_size](const std::error_code& error, std::size_t count) {
               if (!self->closed_) self->on_head_bytes(old_size, error, count);
             });
}

void Connection::on_head_bytes(std::size_t old_size, const std::error_code& error, std::size_t count) {
  in_.resize(old_size + count);
  if (error) {
    // A client that looks at the certificate only after the handshake leaves here.
    const bool silent = tls_ && served_ == 0 && in_.empty() && role_ != Role::tls_good;
    if (silent) return handshake_failed(error);
    return close();
  }
  if (old_size == 0) first_byte_ = Clock::now();
  parse_head();
}

void Connection::on_request(HttpRequest request) {
  request_ = std::make_unique<HttpRequest>(std::move(request));
  ++served_;
  scanned_ = 0;
  body_got_ = 0;
  in_.erase(0, request_->head_bytes);
  if (stage_.verbose) std::cerr << target_of_role(role_) << ' ' << request_->method << ' ' << mask_url(request_->target) << '\n';
  if (request_->framing == BodyFraming::length && request_->announced_body > stage_.limits.request_body_bytes)
    return refuse_request({413, "the request body is too large"});
  reply_ = stage_.router.route(*request_, role_);
  if (const auto* play = std::get_if<Play>(&reply_)) open_round(*play);
  arm(deadline_, stage_.limits.body_time, [this] {
    finish_round(Ending::reset);
    reset();
  });
  continue_if_expected();
}

void Connection::open_round(const Play& play) {
  if (play.run.empty()) return;
  round_ = stage_.journal.open_round(play.run, first_byte_, request_->method, stage_.router.url_of(*request_, role_),
                                     request_->headers, play.preflight);
  if (round_) round_->request_bytes = request_->head_bytes;
}

// "Expect: 100-continue" is granted, unless nothing is to be heard from us at all.
void Connection::continue_if_expected() {
  const auto expect = header_value(request_->headers, "Expect");
  const auto* play = std::get_if<Play>(&reply_);
  const bool speaks = !play || std::any_of(play->script.begin(), play->script.end(), [](const Act& each) {
    return std::holds_alternative<act::Head>(each);
  });
  const bool wanted = expect && equals_ignoring_case(*expect, "100-continue") && request_->minor_version == 1 &&
                      request_->framing != BodyFraming::none && in_.empty() && speaks;
  if (!wanted) return read_body();
  static const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  async_write(asio::buffer(go_on), [self = shared_from_this()](const std::error_code& error, std::size_t) {
    if (self->closed_) return;
    if (error) return self->client_left();
    self->read_body();
  });
}

void Connection::read_body() {
  switch (request_->framing) {
    case BodyFraming::none: return request_complete();
    case BodyFraming::length: {
      const auto at_hand = std::min<std::uint64_t>(in_.size(), request_->announced_body);
      in_.erase(0, static_cast<std::size_t>(at_hand));
      body_got_ = at_hand;
      body_left_ = request_->announced_body - at_hand;
      return read_sized_body();
    }
    case BodyFraming::chunked:
      chunks_ = std::make_unique<ChunkedReader>();
      return take_chunked(in_.size());
  }
}

void Connection::read_sized_body() {
  if (body_left_ == 0) return request_complete();
  const auto most = std::min<std::uint64_t>(body_left_, stage_.waste.size());
  async_read(asio::buffer(stage_.waste.data(), static_cast<std::size_t>(most)),
             [self = shared_from_this()](const std::error_code& error, std::size_t count) {
               if (self->closed_) return;
               if (error) return self->client_left();
               self->body_got_ += count;
               self->body_left_ -= count;
               self->read_sized_body();
             });
}

void Connection::read_chunked_body() {
  in_.resize(read_size);
  async_read(asio::buffer(in_), [self = shared_from_this()](const std::error_code& error, std::size_t count) {
    if (self->closed_) return;
    if (error) return self->client_left();
    self->take_chunked(count);
  });
}

void Connection::take_chunked(std::size_t size) {
  std::size_t used = 0;
  const auto state = chunks_->feed(std::string_view(in_).substr(0, size), used);
  body_got_ += used;
  in_.resize(size);
  in_.erase(0, used);
  if (state == ChunkedReader::State::malformed) return refuse_request({400, "the chunked body is malformed"});
  if (chunks_->body_bytes() > stage_.limits.request_body_bytes)
    return refuse_request({413, "the request body is too large"});
  if (state == ChunkedReader::State::done) return request_complete();
  read_chunked_body();
}

void Connection::request_complete() {
  chunks_.reset();
  if (const auto* answer = std::get_if<Answer>(&reply_)) return send_answer(*answer);
  if (round_) {
    round_->request_bytes = request_->head_bytes + body_got_;
    round_->received = Clock::now();
  }
  std::string().swap(in_);  // nothing more is understood on this connection
  const auto& play = std::get<Play>(reply_);
  arm(deadline_, play.time_cap, [this] { on_script_cap(); });
  watch();
  step();
}

// --- finished answers -------------------------------------------------------------------------------------------------

void Connection::refuse_request(const HttpFault& fault) {
  if (round_) {
    round_->received = round_->head_sent = Clock::now();
    round_->head = ResponseHead{fault.status, std::string(reason_phrase(fault.status)), {}};
    finish_round(Ending::complete);
  }
  if (!request_) request_ = std::make_unique<HttpRequest>();
  request_->minor_version = 0;  // never kept alive
  send_answer(error_answer(fault.status, {{"problem", fault.problem}}));
}

// Kept alive only by the page server: on the lab's ports a connection used twice would let browsers retry behind our back.
void Connection::send_answer(const Answer& answer) {
  const bool keep = role_ == Role::page && request_->wants_keep_alive();
  chunk_ = answer_head(answer, keep);
  std::vector<asio::const_buffer> buffers{asio::buffer(chunk_)};
  if (answer.body && request_->method != "HEAD") buffers.push_back(asio::buffer(*answer.body));
  arm(deadline_, stage_.limits.script_time, [this] { close(); });
  async_write(buffers, [self = shared_from_this(), body = answer.body, keep](const std::error_code& error, std::size_t) {
    if (self->closed_) return;
    if (error) return self->close();
    self->after_answer(keep);
  });
}

void Connection::after_answer(bool keep) {
  if (!keep) {
    watch();
    return end_in_order();
  }
  request_.reset();
  reply_ = Answer();
  arm(deadline_, stage_.limits.keep_alive_time, [this] { close(); });
  read_head();
}

// --- while a script plays ---------------------------------------------------------------------------------------------

// One read is always pending, so that a client's leaving is noticed while nothing is sent.
void Connection::watch() {
  if (watching_) return;
  watching_ = true;
  async_read(asio::buffer(stage_.waste), [self = shared_from_this()](const std::error_code& error, std::size_t) {
    self->watching_ = false;
    if (!self->closed_) self->on_watch(error);
  });
}

void Connection::on_watch(const std::error_code& error) {
  if (!error) return watch();
  if (ending_) return close();
  // After an orderly FIN the client may still be listening: only where nothing is being sent does it mean that it left.
  const bool orderly = error == asio::error::eof;
  if (orderly && waiting_ == Waiting::no) {
    peer_eof_ = true;
    return;
  }
  client_left();
}

void Connection::client_left() {
  finish_round(Ending::client_left);
  close();
}

void Connection::finish_round(Ending ending) {
  if (!round_) return;
  round_->ending = ending;
  round_->ended = Clock::now();
  round_.reset();
}

void Connection::step() {
  const auto& script = std::get<Play>(reply_).script;
  while (!closed_) {
    if (fill_chunk()) return flush_chunk();
    if (capped_) return cut();
    if (act_ >= script.size()) return end_in_order();
    const Act& current = script[act_];
    if (const auto* wait = std::get_if<act::Wait>(&current)) {
      ++act_;
      if (wait->ms > 0) return wait_ms(wait->ms);
    } else if (const auto* dripped = std::get_if<act::Drip>(&current)) {
      return drip(*dripped);
    } else if (std::holds_alternative<act::End>(current)) {
      return end_in_order();
    } else if (std::holds_alternative<act::Cut>(current)) {
      return cut();
    } else {
      return fall_silent();
    }
  }
}

void Connection::wait_ms(int ms) {
  if (peer_eof_) return client_left();
  waiting_ = Waiting::yes;
  arm(pace_, milliseconds(ms), [this] {
    waiting_ = Waiting::no;
    step();
  });
}

// Gathers heads and sends from the current act on into one write. False when there is nothing to write before the next act
// of another kind.
bool Connection::fill_chunk() {
  const auto& play = std::get<Play>(reply_);
  chunk_.clear();
  chunk_head_ = 0;
  while (act_ < play.script.size() && chunk_.size() < chunk_size && !capped_) {
    if (const auto* head = std::get_if<act::Head>(&play.script[act_])) {
      if (!chunk_.empty()) break;
      chunk_ = serialize_head(*head);
      chunk_head_ = chunk_.size();
      head_ = *head;
      ++act_;
    } else if (const auto* send = std::get_if<act::Send>(&play.script[act_])) {
      add_repeated(*send);
    } else {
      break;
    }
  }
  return !chunk_.empty();
}

// Adds what is left of a send, as far as the chunk and the byte cap have room.
void Connection::add_repeated(const act::Send& send) {
  const auto whole = static_cast<std::uint64_t>(send.bytes.size()) * static_cast<std::uint64_t>(std::max(send.repeat, 0));
  const bool unwanted = head_ && has_no_body(request_->method, head_->status);
  const auto cap = std::get<Play>(reply_).byte_cap;
  while (!unwanted && act_sent_ < whole && chunk_.size() < chunk_size) {
    const auto sent = total_sent_ + chunk_.size();
    if (sent >= cap) {
      capped_ = true;
      return;
    }
    const auto from = static_cast<std::size_t>(act_sent_ % send.bytes.size());
    const auto take = std::min<std::uint64_t>({send.bytes.size() - from, chunk_size - chunk_.size(), cap - sent});
    chunk_.append(send.bytes, from, static_cast<std::size_t>(take));
    act_sent_ += take;
  }
  if (unwanted || act_sent_ >= whole) {
    ++act_;
    act_sent_ = 0;
  }
}

void Connection::flush_chunk() {
  async_write(asio::buffer(chunk_), [self = shared_from_this()](const std::error_code& error, std::size_t count) {
    if (!self->closed_) self->on_chunk_sent(error, count);
  });
}

void Connection::on_chunk_sent(const std::error_code& error, std::size_t count) {
  record_sent(count);
  if (error) return client_left();
  step();
}

void Connection::record_sent(std::size_t count) {
  total_sent_ += count;
  const std::string_view sent = std::string_view(chunk_).substr(0, count);
  const std::string_view body = sent.substr(std::min(chunk_head_, sent.size()));
  if (head_) {
    body_sent_ += body.size();
    body_tail_.append(body.substr(body.size() - std::min<std::size_t>(body.size(), 5)));
    if (body_tail_.size() > 5) body_tail_.erase(0, body_tail_.size() - 5);
  }
  if (!round_) return;
  if (chunk_head_ > 0 && count >= chunk_head_) {
    round_->head = ResponseHead{head_->status, head_->reason, head_->headers};
    round_->head_sent = Clock::now();
  }
  if (head_) stage_.journal.add_body(*round_, body);
  else stage_.journal.add_raw(*round_, body);
}

// One piece, then the next after its pause.
void Connection::drip(const act::Drip& drip) {
  const bool unwanted = head_ && has_no_body(request_->method, head_->status);
  const bool capped = total_sent_ >= std::get<Play>(reply_).byte_cap;
  if (unwanted || capped || act_sent_ >= drip.bytes.size()) {
    capped_ = capped_ || capped;
    ++act_;
    act_sent_ = 0;
    return step();
  }
  const auto piece = static_cast<std::size_t>(std::max(drip.piece, 1));
  chunk_ = drip.bytes.substr(static_cast<std::size_t>(act_sent_), piece);
  chunk_head_ = 0;
  act_sent_ += chunk_.size();
  const bool last = act_sent_ >= drip.bytes.size();
  const int pause = last ? 0 : drip.every_ms;
  async_write(asio::buffer(chunk_), [self = shared_from_this(), pause](const std::error_code& error, std::size_t count) {
    if (self->closed_) return;
    if (error || pause <= 0) return self->on_chunk_sent(error, count);
    self->record_sent(count);
    self->wait_ms(pause);
  });
}

void Connection::fall_silent() {
  if (peer_eof_) return client_left();
  waiting_ = Waiting::yes;
  std::string().swap(chunk_);
  if (!round_) return;
  round_->ending = Ending::stalled;
  round_->fell_silent = Clock::now();
}

// The cap on a script's time: what fell silent stays so in the journal, everything else counts as torn down.
void Connection::on_script_cap() {
  const bool silent = round_ && round_->ending == Ending::stalled;
  finish_round(silent ? Ending::stalled : Ending::reset);
  reset();
}

// --- endings ----------------------------------------------------------------------------------------------------------

// An RST throws away what is still on its way, so it waits until the client's system has everything that was sent.
void Connection::cut() {
  waiting_ = Waiting::no;
  if (total_sent_ == 0) {
    finish_round(Ending::reset);
    return reset();
  }
  cut_when_delivered(delivery_polls);
}

void Connection::cut_when_delivered(int polls_left) {
  const bool delivered = undelivered_bytes(socket_.native_handle()) == 0;
  if (!delivered && polls_left > 0)
    return arm(pace_, milliseconds(delivery_poll_ms), [this, polls_left] { cut_when_delivered(polls_left - 1); });
  arm(pace_, milliseconds(reset_grace_ms), [this] {
    finish_round(Ending::reset);
    reset();
  });
}

bool Connection::came_to_its_end() const {
  if (!head_) return total_sent_ > 0;
  if (has_no_body(request_->method, head_->status)) return true;
  if (is_chunked(head_->headers)) return body_tail_ == "0\r\n\r\n";
  const auto announced = announced_length(head_->headers);
  return !announced || body_sent_ >= *announced;
}

void Connection::end_in_order() {
  if (std::holds_alternative<Play>(reply_)) finish_round(came_to_its_end() ? Ending::complete : Ending::closed_early);
  ending_ = true;
  waiting_ = Waiting::no;
  arm(deadline_, stage_.limits.linger_time, [this] { close(); });
  if (!tls_) return shut_down_sending();
  // close_notify first; a client that does not answer it gets its FIN soon all the same.
  constexpr milliseconds answer_time{200};
  arm(pace_, answer_time, [this] { shut_down_sending(); });
  tls_->async_shutdown([self = shared_from_this()](const std::error_code&) {
    if (self->closed_ || self->pace_.cancel() == 0) return;
    self->shut_down_sending();
  });
}

void Connection::shut_down_sending() {
  std::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error || peer_eof_) return close();
  watch();
}

}  // namespace blindspot::lab
