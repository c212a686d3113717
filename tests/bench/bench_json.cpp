// How fast is a text judged, and mended, beside nlohmann's and simdjson's parsers? And how much memory does it take at
// most? tests/bench/json.mjs adds V8's JSON.parse, jsonrepair and WebAssembly and prints ratios of one run.
//   bench_json [--documents DIR]   writes the documents and ends; else Google Benchmark's own options
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <new>
#include <nlohmann/json.hpp>

#include "core/json/autopsy.hpp"
#include "tests/bench/documents.hpp"

namespace {

bool counting = false;
std::size_t live = 0, peak = 0;

}  // namespace

// What is allocated is counted while `counting`; one thread, so plain numbers do.
__attribute__((noinline)) void* operator new(std::size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) std::abort();
  if (counting) {
    live += malloc_usable_size(block);
    peak = std::max(peak, live);
  }
  return block;
}
__attribute__((noinline)) void operator delete(void* block) noexcept {
  if (counting) live -= malloc_usable_size(block);
  std::free(block);
}
__attribute__((noinline)) void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace blindspot::bench {
namespace {

struct Document {
  const char* name;
  std::size_t size;
  Kind kind;
};

constexpr Document documents[] = {
    {"clean_1KB", 1000, Kind::clean},        {"clean_1MB", 1000000, Kind::clean},
    {"clean_100MB", 100000000, Kind::clean}, {"remarkable_1MB", 1000000, Kind::remarkable},
    {"slip_1KB", 1000, Kind::slip},          {"slip_1MB", 1000000, Kind::slip},
    {"broken_1KB", 1000, Kind::broken},      {"broken_1MB", 1000000, Kind::broken}};

bool is_broken(const Document& document) {
  return document.kind == Kind::broken || document.kind == Kind::slip;
}

// Runs the work once to see what it takes at most, the text included, then for the clock.
template <class Work>
void measure(benchmark::State& state, const std::string& text, Work work) {
  counting = true;
  live = peak = 0;
  work();
  counting = false;
  for (auto _ : state) work();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["size"] = static_cast<double>(text.size());
  state.counters["memory"] = static_cast<double>(text.size() + peak) / static_cast<double>(text.size());
}

void run_autopsy(benchmark::State& state, const Document& document) {
  const std::string text = make_document(document.size, document.kind);
  if (autopsy(text).valid == is_broken(document)) std::abort();
  measure(state, text, [&] { benchmark::DoNotOptimize(autopsy(text)); });
}

void run_repair(benchmark::State& state, const Document& document) {
  const std::string text = make_document(document.size, document.kind);
  if (!repaired(text, autopsy(text))) std::abort();
  measure(state, text, [&] { benchmark::DoNotOptimize(repaired(text, autopsy(text))); });
}

// What jsonrepair gives, a text and nothing besides: no finding is placed and written down.
void run_mend(benchmark::State& state, const Document& document) {
  const std::string text = make_document(document.size, document.kind);
  AutopsyOptions options;
  options.max_findings = 0;
  if (!repaired(text, autopsy(text, options))) std::abort();
  measure(state, text, [&] { benchmark::DoNotOptimize(repaired(text, autopsy(text, options))); });
}

void run_nlohmann(benchmark::State& state, const Document& document) {
  const std::string text = make_document(document.size, document.kind);
  measure(state, text, [&] { benchmark::DoNotOptimize(nlohmann::json::parse(text)); });
}

void run_simdjson(benchmark::State& state, const Document& document) {
  const std::string text = make_document(document.size, document.kind);
  const simdjson::padded_string padded(text);
  simdjson::dom::parser parser;
  measure(state, text, [&] {
    auto parsed = parser.parse(padded);
    if (parsed.error() != simdjson::SUCCESS) std::abort();
    benchmark::DoNotOptimize(parsed);
  });
}

void register_all() {
  for (const Document& document : documents) {
    const auto add = [&](const char* what, void (*run)(benchmark::State&, const Document&)) {
      benchmark::RegisterBenchmark((std::string(what) + '/' + document.name).c_str(), run, document)
          ->Unit(benchmark::kMicrosecond);
    };
    add("autopsy", run_autopsy);
    if (is_broken(document)) {
      add("repair", run_repair);
      add("mend", run_mend);
      continue;
    }
    add("nlohmann", run_nlohmann);
    add("simdjson", run_simdjson);
  }
}

int write_documents(const std::string& folder) {
  for (const Document& document : documents) {
    std::ofstream file(folder + '/' + document.name + ".json", std::ios::binary);
    file << make_document(document.size, document.kind);
    if (!file) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace blindspot::bench

int main(int count, char** values) {
  if (count == 3 && std::string_view(values[1]) == "--documents") return blindspot::bench::write_documents(values[2]);
  blindspot::bench::register_all();
  benchmark::Initialize(&count, values);
  benchmark::RunSpecifiedBenchmarks();
}
