// A healthy JSON text made to fail in a named way: one body for every json-* code, whatever the text was.
// Another shape of valid JSON is left to shape_faults; who sends it, and when, to mix.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot::lab {

struct BrokenBody {
  std::string bytes, content_type;
};

// The codes, "json-trailing-comma" and so on, and charset-mismatch; sorted.
std::vector<std::string_view> broken_body_codes();

// The sample, valid JSON, with the fault of this code; nothing for a code that is not listed.
std::optional<BrokenBody> broken_body(std::string_view code, std::string_view sample);

}  // namespace blindspot::lab
