// Every step: steps.json holds calls and the step each is decided at; no step may be left that no row returns.
// A row: request (GET https://api.example.com/v1 unless told), page, hops with preflight and actual, options, expect.
#include "core/cors/steps.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/cors/predict.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

constexpr const char* home = "https://app.example.com";
constexpr const char* api = "https://api.example.com/v1";

const json& all_rows() {
  static const json rows = [] {
    std::ifstream file(BLINDSPOT_STEP_ROWS);
    return json::parse(file);
  }();
  return rows;
}

std::vector<std::string> row_names() {
  std::vector<std::string> names;
  for (const json& row : all_rows()) names.push_back(row.at("name").get<std::string>());
  return names;
}

const json& must_find_row(const std::string& name) {
  const json& rows = all_rows();
  return *std::find_if(rows.begin(), rows.end(), [&](const json& row) { return row.at("name") == name; });
}

Headers headers_from(const json& pairs) {
  Headers headers;
  for (const json& pair : pairs) headers.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
  return headers;
}

Request request_from(const json& row) {
  const json given = row.value("request", json::object());
  Request request;
  const auto url = parse_url(given.value("url", api));
  if (url) request.url = url.value();
  request.method = given.value("method", "GET");
  request.headers = headers_from(given.value("headers", json::array()));
  request.credentials = parse_credentials(given.value("credentials", "same-origin")).value();
  const std::string mode = given.value("mode", "cors");
  request.mode = mode == "no-cors" ? Mode::no_cors : mode == "same-origin" ? Mode::same_origin : Mode::cors;
  const std::string redirect = given.value("redirect", "follow");
  request.redirect = redirect == "manual" ? Redirect::manual : redirect == "error" ? Redirect::error : Redirect::follow;
  request.upload_listeners = given.value("upload_listeners", false);
  request.time_limit_ms = given.value("time_limit_ms", 0);
  request.page.origin = parse_origin(row.value("page", home));
  return request;
}

Round round_from(const json& given) {
  Round round;
  round.reach = parse_reach(given.value("reach", "connected")).value();
  round.ending = parse_ending(given.value("ending", "complete")).value();
  if (given.contains("status"))
    round.head = ResponseHead{given.at("status").get<int>(), "", headers_from(given.at("headers"))};
  round.raw = given.value("raw", "");
  round.body = given.value("body", "");
  round.body_bytes = round.body.size();
  round.head_ms = given.value("head_ms", -1.0);
  round.end_ms = given.value("end_ms", -1.0);
  return round;
}

Exchange exchange_from(const json& row) {
  Exchange exchange;
  for (const json& given : row.value("hops", json::array())) {
    Hop hop;
    if (given.contains("preflight")) hop.preflight = round_from(given.at("preflight"));
    if (given.contains("actual")) hop.actual = round_from(given.at("actual"));
    exchange.hops.push_back(std::move(hop));
  }
  return exchange;
}

AddressSpace space_from(const std::string& name) {
  for (AddressSpace each : {AddressSpace::local, AddressSpace::loopback})
    if (address_space_name(each) == name) return each;
  return AddressSpace::everyone;
}

LocalNetwork network_from(const json& given) {
  LocalNetwork network;
  network.page = space_from(given.value("page", "public"));
  if (given.contains("server")) network.server = space_from(given.at("server").get<std::string>());
  if (given.contains("declared")) network.declared = space_from(given.at("declared").get<std::string>());
  for (Permission each : {Permission::granted, Permission::denied})
    if (permission_name(each) == given.value("permission", "")) network.permission = each;
  return network;
}

PredictOptions options_from(const json& row) {
  const json given = row.value("options", json::object());
  PredictOptions options;
  options.engine = given.value("browsers", false) ? Engine::browsers : Engine::standard;
  options.cancelled = given.value("cancelled", false);
  options.cancel_after_ms = given.value("cancel_after_ms", -1.0);
  if (given.value("embedder", "") == "require-corp") options.embedder_policy = EmbedderPolicy::require_corp;
  if (given.contains("network")) options.local_network = network_from(given.at("network"));
  for (const json& each : given.value("cache", json::array())) {
    PreflightCacheEntry entry{home, api, false, each.at("method").get<std::string>(), std::nullopt};
    entry.age_s = each.value("age_s", 0.0);
    options.preflight_cache.push_back(entry);
  }
  return options;
}

Prediction predict_row(const json& row) {
  return predict(request_from(row), exchange_from(row), options_from(row));
}

bool has_step(const Verdict& verdict, const std::string& id) {
  return std::any_of(verdict.trace.begin(), verdict.trace.end(),
                     [&](const StepTaken& taken) { return taken.id == id; });
}

class step_row : public testing::TestWithParam<std::string> {};

TEST_P(step_row, is_decided_where_expected) {
  const json& row = must_find_row(GetParam());
  const json& expect = row.at("expect");
  const Prediction prediction = predict_row(row);
  const Verdict& verdict = prediction.verdict;
  EXPECT_EQ(verdict.decided_at, expect.at("step").get<std::string>());
  EXPECT_EQ(outcome_name(prediction.observation.outcome), expect.at("outcome").get<std::string>());
  EXPECT_EQ(verdict.allowed, expect.value("allowed", false));
  if (expect.contains("preflighted")) {
    EXPECT_EQ(verdict.preflighted, expect.at("preflighted").get<bool>());
  }
  ASSERT_FALSE(verdict.trace.empty());
  const StepTaken& last = verdict.trace.back();
  EXPECT_EQ(last.id, verdict.decided_at);
  EXPECT_EQ(last.passed, verdict.allowed);
  if (expect.contains("subject")) {
    EXPECT_EQ(last.subject, expect.at("subject").get<std::string>());
  }
  if (expect.contains("wanted")) {
    EXPECT_EQ(last.wanted, expect.at("wanted").get<std::string>());
  }
  for (const json& id : expect.value("trace", json::array()))
    EXPECT_TRUE(has_step(verdict, id.get<std::string>())) << id;
  if (expect.contains("status")) {
    ASSERT_TRUE(prediction.observation.response);
    EXPECT_EQ(prediction.observation.response->status, expect.at("status").get<int>());
  }
  // Nobody but the one who may read gets to see a head.
  if (verdict.decided_at.find("cors-check") != StepId::npos) {
    EXPECT_FALSE(prediction.observation.response);
  }
}

INSTANTIATE_TEST_SUITE_P(steps, step_row, testing::ValuesIn(row_names()), [](const auto& row) { return row.param; });

// Steps that only tell on the way: they never end it with a failure.
const std::set<StepId> never_failing = {step::preflight_needed_method,
                                        step::preflight_needed_header,
                                        step::preflight_needed_size,
                                        step::preflight_needed_upload_listeners,
                                        step::preflight_cached,
                                        step::preflight_assumed,
                                        step::preflight_cors_check_3,
                                        step::preflight_cors_check_5,
                                        step::preflight_cors_check_7,
                                        step::cors_check_3,
                                        step::cors_check_5,
                                        step::cors_check_7,
                                        step::redirect_manual,
                                        step::done};

TEST(steps, every_step_is_returned_by_some_row) {
  std::set<StepId> taken, failed;
  for (const json& row : all_rows()) {
    for (const StepTaken& each : predict_row(row).verdict.trace) (each.passed ? taken : failed).insert(each.id);
  }
  for (StepId id : all_steps) {
    if (never_failing.count(id) > 0) {
      EXPECT_TRUE(taken.count(id)) << id << " is never taken";
      EXPECT_FALSE(failed.count(id)) << id << " fails";
    } else {
      EXPECT_TRUE(failed.count(id)) << id << " never fails";
    }
  }
  for (const auto& set : {taken, failed}) {
    for (StepId id : set) EXPECT_NE(std::find(all_steps.begin(), all_steps.end(), id), all_steps.end()) << id;
  }
}

TEST(steps, names_are_distinct) {
  EXPECT_EQ(std::set<StepId>(all_steps.begin(), all_steps.end()).size(), all_steps.size());
  EXPECT_FALSE(fetch_snapshot.empty());
}

}  // namespace
}  // namespace blindspot
