// `blindspot schema`: a body held against a JSON Schema or an OpenAPI document, a schema learnt from samples, types for
// TypeScript. Files are read here; everything else is the core's.
#pragma once

#include <string_view>
#include <vector>

namespace blindspot {

// Returns the exit code: 0 the contract is kept (or the text was written), 1 it is broken, 2 the question was no good.
int schema_command(const std::vector<std::string_view>& arguments);

}  // namespace blindspot
