// `blindspot cors`: what does a browser make of these answers, and what would mend them?
#pragma once

#include <string_view>
#include <vector>

namespace blindspot {

// Returns the exit code: 0, 1 where a line or an answer could not be read, 2 for options that make no sense.
int cors_command(const std::vector<std::string_view>& arguments);

}  // namespace blindspot
