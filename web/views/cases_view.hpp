// The list of faults: a few to start with, or all of the catalogue.
#pragma once

#include <string>
#include <vector>

#include "web/state.hpp"

namespace blindspot {

struct CaseRow {
  std::string slug, label;
  bool chosen = false;
};

struct CaseGroup {
  std::string id, title;
  std::vector<CaseRow> rows;
};

// The four families every newcomer meets, a few faults each.
std::vector<CaseGroup> make_starter_view(const State& state);
// Every folder of the catalogue, by family.
std::vector<CaseGroup> make_catalogue_view(const State& state);

}  // namespace blindspot
