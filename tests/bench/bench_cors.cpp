// How many calls can be predicted a second, on one core? And how much a repair, a configuration, a line of a corpus cost.
#include <benchmark/benchmark.h>

#include "core/cors/configuration/server_configuration.hpp"
#include "core/cors/repair.hpp"
#include "core/intake/cors_line.hpp"

namespace blindspot {
namespace {

constexpr std::string_view simple_line =
    R"({"id":1,"page_origin":"https://app.example.com","request":{"url":"https://api.example.com/v1/items?page=2",)"
    R"("headers":{"Accept":"application/json"}},"response":{"status":200,"headers":[["Content-Type","application/json"],)"
    R"(["Access-Control-Allow-Origin","https://app.example.com"],["Vary","Origin"]]}})";

constexpr std::string_view preflighted_line =
    R"({"id":1,"page_origin":"https://app.example.com","request":{"url":"https://api.example.com/v1/items","method":"PUT",)"
    R"("headers":{"Content-Type":"application/json","Authorization":"x"},"credentials":"include"},)"
    R"("preflight_response":{"status":204,"headers":[["Access-Control-Allow-Origin","https://app.example.com"],)"
    R"(["Access-Control-Allow-Credentials","true"],["Access-Control-Allow-Methods","GET, PUT"],)"
    R"(["Access-Control-Allow-Headers","content-type, authorization"]]},"response":{"status":200,"headers":)"
    R"([["Access-Control-Allow-Origin","https://app.example.com"],["Access-Control-Allow-Credentials","true"]]}})";

constexpr std::string_view refused_line =
    R"({"id":1,"page_origin":"https://app.example.com","request":{"url":"https://api.example.com/v1/items","method":"PUT",)"
    R"("headers":{"Content-Type":"application/json"}},"preflight_response":{"status":404,"headers":[]},"response":null})";

CorsLine must_read(std::string_view line) {
  auto read = parse_cors_line(line);
  if (!read) std::abort();
  return std::move(read.value());
}

void predict_call(benchmark::State& state, std::string_view line, bool allowed) {
  const CorsLine call = must_read(line);
  if (predict(call.request, call.exchange, call.options.predict).verdict.allowed != allowed) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(predict(call.request, call.exchange, call.options.predict));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(predict_call, simple, simple_line, true);
BENCHMARK_CAPTURE(predict_call, preflighted, preflighted_line, true);
BENCHMARK_CAPTURE(predict_call, refused, refused_line, false);

void repair_call(benchmark::State& state) {
  const CorsLine call = must_read(refused_line);
  for (auto _ : state) benchmark::DoNotOptimize(repair(call.request, call.exchange, call.options));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(repair_call);

void read_and_describe_line(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(describe_cors_line(must_read(preflighted_line)));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_and_describe_line);

void configure_nginx(benchmark::State& state) {
  const CorsLine call = must_read(refused_line);
  const auto policy = policy_of(call.request, apply_repair(call.exchange, repair(call.request, call.exchange)));
  if (!policy) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(server_configuration(Server::nginx, *policy));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(configure_nginx);

}  // namespace
}  // namespace blindspot
