// How does a server misbehave? Filling a script's slots, writing its head, and playing it without a socket.
// Reading scripts from JSON is left to wire_script_json.cpp, playing them on a socket to the lab.
#include "core/http/wire_script.hpp"

#include <algorithm>
#include <array>

#include "core/http/chunked.hpp"
#include "core/http/reason_phrase.hpp"

namespace blindspot {
namespace {

// What a Round keeps of a body; the rest is only counted.
constexpr std::size_t most_body_kept = 16u << 20;

std::string fill_slots(std::string_view text, const ScriptSlots& slots) {
  struct Slot {
    std::string_view name;
    const std::string& value;
  };
  const std::array<Slot, 5> known = {{{"{page_origin}", slots.page_origin},
                                      {"{self}", slots.self},
                                      {"{lab}", slots.lab},
                                      {"{dead}", slots.dead},
                                      {"{next}", slots.next}}};
  std::string filled;
  while (!text.empty()) {
    const auto slot =
        std::find_if(known.begin(), known.end(), [&](const Slot& each) { return text.starts_with(each.name); });
    if (slot != known.end()) {
      filled += slot->value;
      text.remove_prefix(slot->name.size());
      continue;
    }
    const std::size_t next = text.find('{', 1);
    filled += text.substr(0, next);
    text.remove_prefix(std::min(next, text.size()));
  }
  return filled;
}

void fill_slots(Act& act, const ScriptSlots& slots) {
  if (auto* head = std::get_if<act::Head>(&act)) {
    for (Header& header : head->headers) header.value = fill_slots(header.value, slots);
  } else if (auto* send = std::get_if<act::Send>(&act)) {
    send->bytes = fill_slots(send->bytes, slots);
  } else if (auto* drip = std::get_if<act::Drip>(&act)) {
    drip->bytes = fill_slots(drip->bytes, slots);
  }
}

// The length of what follows a head, when nothing but send and end does.
std::optional<std::uint64_t> exact_length(Script::const_iterator after_head, Script::const_iterator end) {
  std::uint64_t length = 0;
  for (auto act = after_head; act != end; ++act) {
    if (const auto* send = std::get_if<act::Send>(&*act)) {
      length += static_cast<std::uint64_t>(send->bytes.size()) * static_cast<std::uint64_t>(send->repeat);
    } else if (!std::holds_alternative<act::End>(*act)) {
      return std::nullopt;
    }
  }
  return length;
}

// RFC 9110, 8.6: these never announce a length.
bool announces_no_length(int status) {
  return status < 200 || status == 204;
}

void complete_head(act::Head& head, std::optional<std::uint64_t> length) {
  if (head.reason.empty()) head.reason = reason_phrase(head.status);
  const bool framed = has_header(head.headers, "Content-Length") || has_header(head.headers, "Transfer-Encoding");
  if (length && !framed && !announces_no_length(head.status)) {
    head.headers.push_back({"Content-Length", std::to_string(*length)});
  }
  if (!has_header(head.headers, "Connection")) head.headers.push_back({"Connection", "close"});
}

// Plays acts against a clock that begins when the request arrived.
class PaperStage {
 public:
  explicit PaperStage(Round round) : round_(std::move(round)) {
    round_.received_ms = std::max(round_.received_ms, 0.0);
    now_ms_ = round_.received_ms;
    round_.reach = Reach::connected;
    round_.head.reset();
    round_.raw.clear();
    round_.body.clear();
    round_.body_bytes = 0;
    round_.head_ms = round_.end_ms = -1;
  }

  void play(const act::Wait& wait) { now_ms_ += wait.ms; }

  void play(const act::Head& head) {
    const std::string reason = head.reason.empty() ? std::string(reason_phrase(head.status)) : head.reason;
    round_.head = ResponseHead{head.status, reason, head.headers};
    round_.head_ms = now_ms_;
  }

  void play(const act::Send& send) {
    if (send.bytes.empty()) return;
    for (int i = 0; i < send.repeat; ++i) {
      // Past what is kept, the rest can be counted at once.
      if (target().size() >= most_body_kept) {
        sent_ += static_cast<std::uint64_t>(send.bytes.size()) * static_cast<std::uint64_t>(send.repeat - i);
        return;
      }
      put(send.bytes);
    }
  }

  void play(const act::Drip& drip) {
    const std::size_t piece = static_cast<std::size_t>(std::max(drip.piece, 1));
    const std::size_t pieces = (drip.bytes.size() + piece - 1) / piece;
    if (pieces > 1) now_ms_ += static_cast<double>(pieces - 1) * drip.every_ms;
    put(drip.bytes);
  }

  void play(const act::Stall&) { finish(Ending::stalled); }
  void play(const act::Silence&) { finish(Ending::stalled); }
  void play(const act::Cut&) { finish(Ending::reset); }
  void play(const act::End&) { finish(Ending::complete); }

  Round result() {
    if (!finished_) finish(Ending::complete);
    return std::move(round_);
  }

 private:
  Bytes& target() { return round_.head ? round_.body : round_.raw; }

  void put(std::string_view bytes) {
    sent_ += bytes.size();
    Bytes& kept = target();
    kept.append(bytes.substr(0, most_body_kept - std::min(kept.size(), most_body_kept)));
  }

  void finish(Ending ending) {
    if (finished_) return;
    finished_ = true;
    round_.ending = ending;
    if (ending != Ending::stalled) round_.end_ms = now_ms_;
    bool whole = round_.head.has_value() || !round_.raw.empty();
    if (round_.head) whole = settle_body();
    if (ending == Ending::complete && !whole) round_.ending = Ending::closed_early;
  }

  // Takes the chunks' frames off the body; tells whether it came to its announced end.
  bool settle_body() {
    round_.body_bytes = sent_;
    if (is_chunked(round_.head->headers)) {
      Unchunked unchunked = decode_chunked(round_.body);
      round_.body = std::move(unchunked.body);
      const bool kept_all = sent_ <= most_body_kept;
      if (kept_all) round_.body_bytes = round_.body.size();
      return unchunked.complete || !kept_all;
    }
    const std::optional<std::uint64_t> announced = announced_length(round_.head->headers);
    const bool has_no_body = round_.method == "HEAD" || round_.head->status == 204 || round_.head->status == 304;
    return has_no_body || !announced || round_.body_bytes >= *announced;
  }

  Round round_;
  double now_ms_ = 0;
  std::uint64_t sent_ = 0;
  bool finished_ = false;
};

}  // namespace

std::string next_of_case(const Url& call) {
  Url next = call;
  if (!next.path.starts_with("/case/")) return serialize_url(call);
  const std::size_t slug_end = std::min(next.path.find('/', 6), next.path.size());
  const std::string_view rest = std::string_view(call.path).substr(slug_end);
  next.path.resize(slug_end);
  next.path += rest == "/good" || rest.starts_with("/good/") ? "/good/next" : "/next";
  if (next.host == "127.0.0.1") next.host = "localhost";
  else if (next.host == "localhost") next.host = "127.0.0.1";
  return serialize_url(next);
}

Script resolve_script(const Script& script, const ScriptSlots& slots) {
  Script resolved = script;
  for (Act& act : resolved) fill_slots(act, slots);
  for (auto act = resolved.begin(); act != resolved.end(); ++act) {
    if (auto* head = std::get_if<act::Head>(&*act)) complete_head(*head, exact_length(act + 1, resolved.cend()));
  }
  return resolved;
}

Script permissive_preflight(const Headers& preflight_headers) {
  act::Head head;
  head.status = 204;
  const std::optional<std::string> origin = header_value(preflight_headers, "Origin");
  head.headers.push_back({"Access-Control-Allow-Origin", origin.value_or("*")});
  if (origin) {
    head.headers.push_back({"Access-Control-Allow-Credentials", "true"});
    head.headers.push_back({"Vary", "Origin"});
  }
  if (const auto method = header_value(preflight_headers, "Access-Control-Request-Method")) {
    head.headers.push_back({"Access-Control-Allow-Methods", *method});
  }
  if (const auto names = header_value(preflight_headers, "Access-Control-Request-Headers")) {
    head.headers.push_back({"Access-Control-Allow-Headers", *names});
  }
  if (has_header(preflight_headers, "Access-Control-Request-Private-Network")) {
    head.headers.push_back({"Access-Control-Allow-Private-Network", "true"});
  }
  return resolve_script({head, act::End{}}, {});
}

Bytes serialize_head(const act::Head& head) {
  const std::string_view reason = head.reason.empty() ? reason_phrase(head.status) : std::string_view(head.reason);
  Bytes bytes = "HTTP/1.1 " + std::to_string(head.status) + " " + std::string(reason) + "\r\n";
  for (const Header& header : head.headers) bytes += header.name + ": " + header.value + "\r\n";
  return bytes + "\r\n";
}

Round play_on_paper(const Script& resolved, Round round) {
  PaperStage stage(std::move(round));
  for (const Act& act : resolved) {
    std::visit([&](const auto& each) { stage.play(each); }, act);
  }
  return stage.result();
}

}  // namespace blindspot
