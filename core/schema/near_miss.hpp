// How far is the name that is there from the name that was wanted?
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace blindspot {

// 0: another way of writing the same words (userName, user_name, UserName, user-name). 1 or 2: letters typed wrong, and
// few enough for the length of the name. Nothing: another name. The names must differ.
std::optional<std::size_t> near_miss_distance(std::string_view wanted, std::string_view there);

}  // namespace blindspot
