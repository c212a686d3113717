// One line, two languages: leaving one out does not compile. Source text is UTF-8 here, in words.cpp, step_words.cpp and repair_words.cpp only.
#pragma once

#include <string>
#include <string_view>

#include "core/explain/explanation.hpp"

namespace blindspot {

struct Words {
  std::string_view en, zh;
  constexpr std::string_view in(Language language) const { return language == Language::en ? en : zh; }
};

// Puts values in for {name}; what has no value stays as it is.
std::string filled(std::string_view text, const Slots& slots);

}  // namespace blindspot
