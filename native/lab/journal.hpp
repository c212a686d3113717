// What did the lab receive and send for a run, and how did each connection end? Kept in memory, bounded, secrets masked.
// When to write what is left to connection; reading it, to the page's journal client.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/http/exchange.hpp"
#include "core/http/headers.hpp"
#include <nlohmann/json_fwd.hpp>

namespace blindspot::lab {

using Clock = std::chrono::steady_clock;

struct JournalLimits {
  std::size_t runs = 500;
  std::size_t rounds_per_run = 50;
  std::size_t body_kept = 64u << 10;
  std::size_t total_bytes = 64u << 20;
  std::size_t failures_per_target = 100;
  std::chrono::seconds failures_told{60};
};

struct JournalRun;

// One request and what became of it. Times are moments; nothing: has not happened.
struct JournalRound {
  bool preflight = false;
  std::string method, url;
  Headers request_headers;  // masked
  std::uint64_t request_bytes = 0;
  std::optional<ResponseHead> head;
  Bytes raw, body;  // their first part
  std::uint64_t raw_bytes = 0, body_bytes = 0;
  Ending ending = Ending::open;
  std::optional<Clock::time_point> received, head_sent, fell_silent, ended;
  std::weak_ptr<JournalRun> run;
};

struct JournalRun {
  std::string id;
  Clock::time_point first_byte;
  std::vector<std::shared_ptr<JournalRound>> rounds;
  std::size_t cost = 0;
};

class Journal {
 public:
  explicit Journal(JournalLimits limits = {}) : limits_(limits) {}

  // Opens a round of a run; null when the run has its fill. Headers and URL are masked here.
  std::shared_ptr<JournalRound> open_round(const std::string& run, Clock::time_point first_byte, std::string_view method,
                                           std::string_view url, const Headers& headers, bool preflight);
  void add_raw(JournalRound& round, std::string_view bytes);
  void add_body(JournalRound& round, std::string_view bytes);

  // A TLS connection to `target` that never came to a request; `alert` is what the client said, or empty.
  void connection_without_request(std::string_view target, Reach reach, std::string_view alert, Clock::time_point at);

  nlohmann::ordered_json answer(const std::string& run, Clock::time_point now) const;
  std::size_t runs() const { return by_id_.size(); }
  std::size_t cost() const { return cost_; }

 private:
  struct Failure {
    std::string target;
    Reach reach;
    std::string alert;
    Clock::time_point at;
  };

  std::shared_ptr<JournalRun> run_for(const std::string& id, Clock::time_point first_byte);
  void charge(JournalRound& round, std::size_t bytes);
  void evict(const JournalRun* spared);

  JournalLimits limits_;
  std::list<std::shared_ptr<JournalRun>> order_;  // least recently begun first
  std::unordered_map<std::string, std::list<std::shared_ptr<JournalRun>>::iterator> by_id_;
  std::unordered_map<std::string, std::deque<Failure>> failures_;
  std::size_t cost_ = 0;
};

// What stands in place of a credential: of fixed length, so that not even its length is told.
extern const char* const masked_secret;
bool is_secret_header(std::string_view name);
// A URL with the values of query parameters named like a secret masked.
std::string mask_url(std::string_view url);
// 1 to 64 of A-Z a-z 0-9 _ -.
bool is_run_id(std::string_view id);

}  // namespace blindspot::lab
