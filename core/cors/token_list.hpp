// What does a header that lists tokens say? https://fetch.spec.whatwg.org/#extract-header-list-values for #token.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/headers.hpp"

namespace blindspot {

struct TokenList {
  bool malformed = false;  // some element is no token: the whole header counts for nothing
  std::vector<std::string> tokens;

  bool contains(std::string_view token) const;
  bool contains_ignoring_case(std::string_view token) const;
};

// All headers of that name together, or nothing when there is none. Empty elements are passed over.
std::optional<TokenList> extract_token_list(const Headers& headers, std::string_view name);

}  // namespace blindspot
