// Times and sizes as people read them.
#pragma once

#include <cstdint>
#include <string>

#include "core/explain/explanation.hpp"

namespace blindspot {

std::string text_of_duration(double ms);                              // "6 ms", "1.5 s"; empty when negative
std::string text_of_bytes(std::uint64_t bytes, Language language);    // "812 bytes", "1.4 MB"
std::string grouped(std::uint64_t count);                             // "1,024"

}  // namespace blindspot
