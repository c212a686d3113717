// Which words usually stand beside a status code?
#pragma once

#include <string_view>

namespace blindspot {

// The registered phrase ("Not Found"), or an empty one for a code that has none.
std::string_view reason_phrase(int status);

}  // namespace blindspot
