// blindspot json: why is this file, or what comes in on the standard input, not JSON, and what would mend it?
#pragma once

#include <string_view>
#include <vector>

namespace blindspot {

// `arguments` is what follows the word json. 0: valid (warnings may have been told), 1: not JSON, 2: wrong usage, or no such file.
int json_command(const std::vector<std::string_view>& arguments);

}  // namespace blindspot
