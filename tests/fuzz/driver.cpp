// Who makes the inputs up where libFuzzer is not at hand? Mutations of what reached something new, from a seed alone.
//   fuzz_cors [--corpus FILE] [--seed N] [--runs N] [--seconds N] [FILE ...]   FILEs are run as they are
// A corpus is a text, one input a line, in hexadecimal digits: what earlier hours found, run first and then mutated too.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tests/fuzz/target.hpp"

namespace {

using Input = std::vector<std::uint8_t>;

Input current;

// What brought it down, so that it can be run again.
void tell_input(int) {
  std::FILE* file = std::fopen("fuzz-failure.bin", "wb");
  if (file) {
    std::fwrite(current.data(), 1, current.size(), file);
    std::fclose(file);
  }
  std::fputs("the input is in fuzz-failure.bin\n", stderr);
  std::_Exit(1);
}

class Driver {
 public:
  explicit Driver(std::uint64_t seed) : random_(seed), pool_{Input(64)} {}

  void run(Input input) {
    current = std::move(input);
    if (reached_.insert(blindspot::fuzz::run_input(current.data(), current.size())).second) pool_.push_back(current);
  }

  void step() {
    current = pool_[below(pool_.size())];
    const std::size_t changes = 1 + below(8);
    for (std::size_t i = 0; i < changes; ++i) change(current);
    run(current);
  }

  std::size_t reached() const { return reached_.size(); }

 private:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
  std::uint8_t byte() { return static_cast<std::uint8_t>(random_()); }

  void change(Input& input) {
    constexpr std::size_t longest = 1024;
    const std::size_t at = below(input.size() + 1);
    switch (below(6)) {
      case 0:
      case 1:
        if (at < input.size()) input[at] = byte();
        break;
      case 2:
        if (input.size() < longest) input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), byte());
        break;
      case 3:
        if (at < input.size()) input.erase(input.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 4:
        for (std::size_t i = at; i < input.size() && i < at + 16; ++i) input[i] = byte();
        break;
      case 5: {
        const Input& other = pool_[below(pool_.size())];
        input.resize(at);
        if (at < other.size()) input.insert(input.end(), other.begin() + static_cast<std::ptrdiff_t>(at), other.end());
        break;
      }
    }
  }

  std::mt19937_64 random_;
  std::vector<Input> pool_;
  std::unordered_set<std::uint64_t> reached_;
};

int nibble(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

// False where a line is no row of pairs of digits.
bool read_corpus(const std::string& name, std::vector<Input>& out) {
  std::ifstream file(name);
  for (std::string line; std::getline(file, line);) {
    Input input;
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
      const int high = nibble(line[i]), low = nibble(line[i + 1]);
      if (high < 0 || low < 0) return false;
      input.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    if (line.size() % 2 != 0) return false;
    out.push_back(std::move(input));
  }
  return !out.empty();
}

}  // namespace

int main(int count, char** values) {
  std::uint64_t seed = 1, runs = 200'000, seconds = 0;
  std::vector<std::string> files;
  std::vector<Input> corpus;
  for (int i = 1; i < count; ++i) {
    const std::string name = values[i];
    std::uint64_t* number = name == "--seed" ? &seed : name == "--runs" ? &runs : name == "--seconds" ? &seconds : nullptr;
    if (name == "--corpus" && i + 1 < count) {
      if (!read_corpus(values[++i], corpus)) {
        std::fprintf(stderr, "%s is no corpus\n", values[i]);
        return 2;
      }
    } else if (!number) {
      files.push_back(name);
    } else if (i + 1 < count) {
      *number = std::strtoull(values[++i], nullptr, 10);
    }
  }
  std::signal(SIGABRT, tell_input);
  for (const std::string& name : files) {
    std::ifstream file(name, std::ios::binary);
    current.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    blindspot::fuzz::run_input(current.data(), current.size());
  }
  if (!files.empty()) return 0;
  Driver driver(seed);
  for (Input& input : corpus) driver.run(std::move(input));
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::uint64_t done = 0;
  for (; seconds == 0 ? done < runs : std::chrono::steady_clock::now() < end; ++done) driver.step();
  std::printf("%llu inputs, %zu different ways through\n", static_cast<unsigned long long>(done), driver.reached());
  return driver.reached() > 100 ? 0 : 1;
}
