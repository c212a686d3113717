// What is fuzzed: one input, and what it reached. Whoever drives it is left to driver.cpp or to libFuzzer.
#pragma once

#include <cstddef>
#include <cstdint>

namespace blindspot::fuzz {

// Aborts where something that must hold does not. The result is equal for inputs that reached the same.
std::uint64_t run_input(const std::uint8_t* data, std::size_t size);

}  // namespace blindspot::fuzz
