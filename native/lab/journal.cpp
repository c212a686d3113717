// Keeps rounds per run and renders them as JSON. Costs are counted so that the whole never grows past its limit.
#include "native/lab/journal.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/http/base64.hpp"
#include "core/http/chunked.hpp"
#include "core/http/percent.hpp"

namespace blindspot::lab {
namespace {

using nlohmann::ordered_json;

double ms_between(Clock::time_point from, Clock::time_point to) {
  const double ms = std::chrono::duration<double, std::milli>(to - from).count();
  return std::round(ms * 1000) / 1000;
}

// -1, as in Round, for what has not happened.
double ms_of(const JournalRun& run, const std::optional<Clock::time_point>& at) {
  return at ? ms_between(run.first_byte, *at) : -1;
}

ordered_json header_pairs(const Headers& headers) {
  auto pairs = ordered_json::array();
  for (const auto& header : headers) pairs.push_back(ordered_json::array({header.name, header.value}));
  return pairs;
}

// Without a last character that the cap may have cut in two.
std::string_view whole_characters(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const std::size_t needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? text.substr(0, text.size() - back) : text;
  }
  return text;
}

void put_body(const JournalRound& round, ordered_json& out) {
  Bytes decoded;
  std::string_view body = round.body;
  std::uint64_t size = round.body_bytes;
  if (round.head && is_chunked(round.head->headers)) {
    decoded = decode_chunked(round.body).body;
    body = decoded;
    if (round.body.size() == round.body_bytes) size = decoded.size();
  }
  const std::string_view text = body.size() < size ? whole_characters(body) : body;
  if (is_valid_utf8(text)) out["body"] = text;
  else out["body_base64"] = encode_base64(body);
  out["body_bytes"] = size;
}

ordered_json render(const JournalRun& run, const JournalRound& round) {
  ordered_json out;
  out["preflight"] = round.preflight;
  out["method"] = round.method;
  out["url"] = round.url;
  out["request_headers"] = header_pairs(round.request_headers);
  out["request_bytes"] = round.request_bytes;
  out["head"] = nullptr;
  if (round.head)
    out["head"] = {{"status", round.head->status},
                   {"reason", round.head->reason},
                   {"headers", header_pairs(round.head->headers)}};
  if (!round.raw.empty()) out["raw"] = encode_base64(round.raw);
  put_body(round, out);
  out["ending"] = ending_name(round.ending);
  out["received_ms"] = ms_of(run, round.received);
  out["head_ms"] = ms_of(run, round.head_sent);
  out["stalled_ms"] = ms_of(run, round.fell_silent);
  out["end_ms"] = ms_of(run, round.ended);
  return out;
}

bool contains_any(const std::string& lower, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return lower.find(word) != std::string::npos; });
}

bool is_secret_parameter(std::string_view name) {
  const auto lower = ascii_lowercase(name);
  for (std::string_view word : {"token", "key", "secret", "password", "passwd", "pwd", "signature"})
    if (lower.ends_with(word)) return true;
  return false;
}

std::size_t cost_of(const JournalRound& round) {
  std::size_t cost = 512 + round.url.size();
  for (const auto& header : round.request_headers) cost += 64 + header.name.size() + header.value.size();
  return cost;
}

}  // namespace

const char* const masked_secret = "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2";

bool is_secret_header(std::string_view name) {
  const auto lower = ascii_lowercase(name);
  // The names a preflight speaks of are no secrets, whatever they are called.
  if (lower.starts_with("access-control-")) return false;
  return lower == "authorization" || lower == "proxy-authorization" || lower == "cookie" ||
         contains_any(lower, {"token", "key", "secret"});
}

std::string mask_url(std::string_view url) {
  const auto mark = url.find('?');
  if (mark == std::string_view::npos) return std::string(url);
  std::string out(url.substr(0, mark + 1));
  auto rest = url.substr(mark + 1);
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    const bool more = pair.size() < rest.size();
    rest.remove_prefix(pair.size() + (more ? 1 : 0));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && is_secret_parameter(pair.substr(0, equals)))
      out.append(pair.substr(0, equals + 1)).append(masked_secret);
    else
      out.append(pair);
    if (more) out.push_back('&');
  }
  return out;
}

bool is_run_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
  });
}

std::shared_ptr<JournalRun> Journal::run_for(const std::string& id, Clock::time_point first_byte) {
  if (const auto found = by_id_.find(id); found != by_id_.end()) return *found->second;
  auto run = std::make_shared<JournalRun>();
  run->id = id;
  run->first_byte = first_byte;
  by_id_[id] = order_.insert(order_.end(), run);
  evict(run.get());
  return run;
}

std::shared_ptr<JournalRound> Journal::open_round(const std::string& run_id, Clock::time_point first_byte,
                                                  std::string_view method, std::string_view url, const Headers& headers,
                                                  bool preflight) {
  auto run = run_for(run_id, first_byte);
  if (run->rounds.size() >= limits_.rounds_per_run) return nullptr;
  auto round = std::make_shared<JournalRound>();
  round->preflight = preflight;
  round->method = method;
  round->url = mask_url(url);
  for (const auto& header : headers) {
    const bool url_valued = equals_ignoring_case(header.name, "Referer");
    round->request_headers.push_back(
        {header.name, is_secret_header(header.name) ? masked_secret : url_valued ? mask_url(header.value) : header.value});
  }
  round->run = run;
  run->rounds.push_back(round);
  charge(*round, cost_of(*round));
  return round;
}

void Journal::charge(JournalRound& round, std::size_t bytes) {
  const auto run = round.run.lock();
  if (!run) return;  // evicted: nothing of it is kept any more
  run->cost += bytes;
  cost_ += bytes;
  evict(run.get());
}

void Journal::evict(const JournalRun* spared) {
  auto oldest = order_.begin();
  while (oldest != order_.end() && (order_.size() > limits_.runs || cost_ > limits_.total_bytes)) {
    if (oldest->get() == spared) {
      ++oldest;
      continue;
    }
    cost_ -= (*oldest)->cost;
    by_id_.erase((*oldest)->id);
    oldest = order_.erase(oldest);
  }
}

void Journal::add_raw(JournalRound& round, std::string_view bytes) {
  const auto keep = std::min(bytes.size(), limits_.body_kept - std::min(limits_.body_kept, round.raw.size()));
  round.raw.append(bytes.substr(0, keep));
  round.raw_bytes += bytes.size();
  if (keep > 0) charge(round, keep);
}

void Journal::add_body(JournalRound& round, std::string_view bytes) {
  const auto keep = std::min(bytes.size(), limits_.body_kept - std::min(limits_.body_kept, round.body.size()));
  round.body.append(bytes.substr(0, keep));
  round.body_bytes += bytes.size();
  if (keep > 0) charge(round, keep);
}

void Journal::connection_without_request(std::string_view target, Reach reach, std::string_view alert,
                                         Clock::time_point at) {
  auto& list = failures_[std::string(target)];
  list.push_back({std::string(target), reach, std::string(alert), at});
  if (list.size() > limits_.failures_per_target) list.pop_front();
}

ordered_json Journal::answer(const std::string& id, Clock::time_point now) const {
  const auto found = by_id_.find(id);
  const JournalRun* run = found == by_id_.end() ? nullptr : found->second->get();
  ordered_json out;
  out["run"] = id;
  out["age_ms"] = nullptr;
  if (run) out["age_ms"] = ms_between(run->first_byte, now);
  out["rounds"] = ordered_json::array();
  if (run)
    for (const auto& round : run->rounds) out["rounds"].push_back(render(*run, *round));

  std::vector<const Failure*> recent;
  for (const auto& [target, list] : failures_)
    for (const auto& failure : list)
      if (now - failure.at <= limits_.failures_told) recent.push_back(&failure);
  std::sort(recent.begin(), recent.end(), [](auto* a, auto* b) { return a->at < b->at; });
  auto& told = out["connections_without_request"] = ordered_json::array();
  for (const auto* failure : recent) {
    ordered_json each;
    each["target"] = failure->target;
    each["reach"] = reach_name(failure->reach);
    each["at_ms"] = nullptr;
    if (run) each["at_ms"] = ms_between(run->first_byte, failure->at);
    each["at_ms_ago"] = ms_between(failure->at, now);
    each["alert"] = failure->alert;
    told.push_back(std::move(each));
  }
  return out;
}

}  // namespace blindspot::lab
