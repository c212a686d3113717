// A world that only writes down what the page wanted of it, and a page to try it with.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/must.hpp"
#include "web/app.hpp"
#include "web/views/repair_view.hpp"

namespace blindspot {

struct FakeHost : Host {
  std::vector<CallPlan> calls;
  int cancels = 0;
  std::vector<std::pair<std::string, std::string>> journals;  // lab, run
  std::vector<std::vector<ProbePlan>> probes;
  std::vector<std::pair<ProofPlan, std::string>> proofs;
  std::vector<std::string> copied;
  std::vector<std::pair<std::string, bool>> announced;
  int settings = 0, pages_wanted = 0, later_wanted = 0;
  bool later_there = true;  // what holds contracts and examines the desk
  bool remembered = false;
  std::vector<Snapshot> steps;  // what Back would lead to, the last one first gone to
  double clock = 1000;
  bool copy_works = true;

  void start_call(const CallPlan& plan) override { calls.push_back(plan); }
  void cancel_call() override { ++cancels; }
  void read_journal(const std::string& lab, const std::string& run, const Request&) override { journals.push_back({lab, run}); }
  void prove(const ProofPlan& plan, const std::string& run) override { proofs.push_back({plan, run}); }
  void send_probes(const std::vector<ProbePlan>& plan, int) override { probes.push_back(plan); }
  bool copy_text(const std::string& text) override {
    copied.push_back(text);
    return copy_works;
  }
  void announce(const std::string& text, bool urgent) override { announced.push_back({text, urgent}); }
  void settings_changed(const State&) override { ++settings; }
  void remember_secrets(bool remember) override { remembered = remember; }
  void stepped(const Snapshot& left) override { steps.push_back(left); }
  void want_pages(Language) override { ++pages_wanted; }
  void want_later() override { ++later_wanted; }
  bool hold_contract(Call& call) override {
    if (later_there) blindspot::hold_contract(call);
    return later_there;
  }
  double now_ms() override { return clock; }
  std::string new_run() override { return "run" + std::to_string(++runs_); }

 private:
  int runs_ = 0;
};

// A page with its host. Not to be copied: a record's line index points into the record.
struct PageUnderTest {
  FakeHost host;
  State state;

  PageUnderTest() { state.page_origin = "http://localhost:8080"; }
  PageUnderTest(const PageUnderTest&) = delete;
  PageUnderTest& operator=(const PageUnderTest&) = delete;

  void apply(const Command& command) { blindspot::apply(state, command, host); }
  void lab_answers() { apply(command::LabFound{Places{}}); }

  // Fills the form by hand and presses Send.
  void send(std::string method, std::string url) {
    apply(command::SetMethod{std::move(method)});
    apply(command::SetUrl{std::move(url)});
    apply(command::Send{});
  }

  // The whole of a call: sent, ended as given.
  void call(const std::string& method, const std::string& url, const Observation& seen) {
    send(method, url);
    ASSERT_EQ(state.phase, Phase::sending) << url;
    apply(command::CallEnded{seen});
  }
};

inline Observation failed_blind() { return Observation{.outcome = Outcome::failed, .timings = {-1, 12}}; }

inline Observation answered_with(int status, Headers headers, Bytes body) {
  Observation seen;
  seen.outcome = Outcome::answered;
  VisibleResponse response;
  response.status = status;
  response.headers = std::move(headers);
  response.body_bytes = body.size();
  response.body = std::move(body);
  response.complete = true;
  seen.response = std::move(response);
  seen.timings = {5, 9};
  return seen;
}

// The text that the page would load and show.
inline std::string configuration_of(const PageUnderTest& page, const RepairView& repair) {
  return repair.policy ? server_configuration(page.state.server, *repair.policy) : std::string();
}

}  // namespace blindspot
