// What shape do good answers have? Reads one or more samples and writes the JSON Schema (2020-12) that accepts them all,
// as text to be edited.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

// Required is what every sample has; types and the elements of arrays are merged; a format is named when every text has
// it; values are listed only when three samples or more repeat a few of them; names that are numbers or identifiers make
// a map. Nothing when a sample is no JSON.
std::optional<std::string> learn_schema(const std::vector<std::string_view>& samples);

}  // namespace blindspot
