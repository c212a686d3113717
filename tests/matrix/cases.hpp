// Which configurations are played, and what do they come to as request and exchange?
// Always the same list: first every value of every axis alone upon a plain call, so that a short sample has them all,
// then two, three and four deviations at once. Predicting is left to core/cors.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/matrix/axes.hpp"

namespace blindspot::matrix {

// One value's index for each axis.
using Choice = std::vector<std::size_t>;

struct PlayedCase {
  Draft draft;
  Request request;    // as core/cors is asked
  Exchange exchange;  // as the lab plays it, but for its own paths
};

std::vector<Choice> choose_cases(std::size_t count);
PlayedCase make_case(const Choice& choice, const Places& places);
// "allow-origin=star ..." of those axes where the case is not plain; words for a person.
std::vector<std::pair<std::string, std::string>> describe(const Choice& choice);

}  // namespace blindspot::matrix
