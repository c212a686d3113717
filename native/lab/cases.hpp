// What does the lab play for a case of the catalogue, and for its good twin?
// The format is the catalogue's, the scripts are core's: this module only reads all of them once and applies repairs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/wire_script.hpp"

namespace blindspot::lab {

// A case that cannot be played keeps the reason instead of a script.
struct PlayableCase {
  std::string target = "lab";  // as in case.json, of the case and of its good twin
  std::string good_target = "lab";
  std::optional<WireScript> script, good;
  std::string problem;
};

class Cases {
 public:
  // Adds one case.json; trouble in it becomes its `problem`.
  void add(std::string_view slug, std::string_view case_json);
  const PlayableCase* find(std::string_view slug) const;
  std::vector<std::string> slugs() const;

 private:
  std::map<std::string, PlayableCase, std::less<>> cases_;
};

// An answer nothing is wrong with: what a case plays whose fault lies elsewhere.
WireScript healthy_script();

}  // namespace blindspot::lab
