// What does a command change, and what must be done in the world because of it? The page's logic without a browser: what
// has to happen outside goes through Host, which tests replace.
#pragma once

#include <string>
#include <string_view>

#include "web/command.hpp"
#include "web/state.hpp"

namespace blindspot {

// One call as the transport is to make it. The request has passed check_request_text.
struct CallPlan {
  Request request;
  std::string url;  // as typed, with the run's name added
  int cancel_after_ms = 0;  // a case whose caller cancels by itself; 0: never
};

// The three plain GETs that tell most causes apart, in order.
struct ProbePlan {
  ProbeKind kind;
  std::string url;
};

class Host {
 public:
  virtual ~Host() = default;
  virtual void start_call(const CallPlan& plan) = 0;
  virtual void cancel_call() = 0;
  virtual void read_journal(const std::string& lab, const std::string& run, const Request& request) = 0;
  virtual void prove(const ProofPlan& plan, const std::string& run) = 0;  // by window.fetch; ProofEnded comes back
  virtual void send_probes(const std::vector<ProbePlan>& plan, int time_limit_ms) = 0;
  virtual bool copy_text(const std::string& text) = 0;
  virtual void announce(const std::string& text, bool urgent) = 0;
  virtual void settings_changed(const State& state) = 0;  // language, theme, size, server: keep them
  virtual void remember_secrets(bool remember) = 0;
  virtual void stepped(const Snapshot& left) = 0;         // Back shall lead to what was left
  virtual void want_pages(Language language) = 0;         // load them unless they are there or on their way
  virtual void want_later() = 0;                          // the same for what holds contracts and examines the desk
  virtual bool hold_contract(Call& call) = 0;             // false while that is not there
  virtual double now_ms() = 0;
  virtual std::string new_run() = 0;  // a fresh name for a run, word characters
};

void apply(State& state, const Command& command, Host& host);

Snapshot snapshot_of(const State& state);

// The request of a case as the form shows it. The case must be one of the catalogue.
Draft draft_of_case(const ChosenCase& chosen, const Places& places);

// The time limit a person typed, in milliseconds; nothing when it is no number from 0.1 to 600. Empty means no limit: 0.
std::optional<int> parse_time_limit(std::string_view seconds);

// The probes for a request, listed before they run. Empty when its method may have effects or it cannot help.
std::vector<ProbePlan> plan_probes(const State& state);

// Name and value pairs of "a=b&c=d", decoded.
std::vector<HeaderDraft> pairs_of(std::string_view text);
// Name and value pairs of a URL's query, decoded; and the URL with one of them set.
std::vector<HeaderDraft> query_of(std::string_view url);
std::string with_query(std::string_view url, const std::vector<HeaderDraft>& query);

}  // namespace blindspot
