// The same work in WebAssembly, run by Node: seconds for one autopsy of each document, one line each.
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstdio>

#include "core/json/autopsy.hpp"
#include "tests/bench/documents.hpp"

namespace blindspot::bench {
namespace {

// Of the whole process: what else the machine does is not our work.
double processor_ms() {
  return EM_ASM_DOUBLE({
    const used = process.cpuUsage();
    return (used.user + used.system) / 1000;
  });
}

void measure(const char* name, std::size_t size, Kind kind, bool mends) {
  const std::string text = make_document(size, kind);
  std::size_t found = 0;
  double best = 1e9;
  const double end = processor_ms() + 400;
  for (int round = 0; round < 1 || processor_ms() < end; ++round) {
    const int times = size < 10000 ? 5000 : size < 10000000 ? 10 : 1;
    const double start = processor_ms();
    for (int i = 0; i < times; ++i) {
      const Autopsy result = autopsy(text);
      found += result.findings.size() + result.valid;
      if (mends) found += repaired(text, result)->size();
    }
    best = std::min(best, (processor_ms() - start) / times);
  }
  std::printf("%s %zu %.9f\n", name, text.size(), found == 0 ? 0 : best / 1000);
}

}  // namespace
}  // namespace blindspot::bench

int main() {
  using namespace blindspot::bench;
  measure("autopsy/clean_1KB", 1000, Kind::clean, false);
  measure("autopsy/clean_1MB", 1000000, Kind::clean, false);
  measure("autopsy/clean_100MB", 100000000, Kind::clean, false);
  measure("autopsy/remarkable_1MB", 1000000, Kind::remarkable, false);
  measure("repair/slip_1KB", 1000, Kind::slip, true);
  measure("repair/slip_1MB", 1000000, Kind::slip, true);
  measure("repair/broken_1KB", 1000, Kind::broken, true);
  measure("repair/broken_1MB", 1000000, Kind::broken, true);
}
