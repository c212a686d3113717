// `blindspot serve`: reads its options, starts page server and lab, says where they are.
#pragma once

#include <string_view>
#include <vector>

namespace blindspot {

// `program` is how the binary was called, to find dist/ beside it. Returns the exit code.
int serve(std::string_view program, const std::vector<std::string_view>& arguments);

}  // namespace blindspot
