// The types of a JSON Schema as TypeScript, for the caller's code.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace blindspot {

// One exported type of this name, and one for each definition that it refers to. What TypeScript cannot say (limits,
// patterns, formats) is left out. Nothing when the text is no JSON.
std::optional<std::string> write_typescript(std::string_view schema, std::string_view name = "Answer");

}  // namespace blindspot
