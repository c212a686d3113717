// What does a header that lists tokens say? https://fetch.spec.whatwg.org/#extract-header-list-values for #token.
#include "core/cors/token_list.hpp"

#include <algorithm>

namespace blindspot {
namespace {

// OWS of RFC 9110: only blank and tab, so that a form feed makes its element malformed.
std::string_view trim_optional_whitespace(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

void read_elements(std::string_view value, TokenList& list) {
  for (;;) {
    const std::size_t comma = value.find(',');
    const std::string_view element = trim_optional_whitespace(value.substr(0, comma));
    if (is_token(element)) {
      list.tokens.emplace_back(element);
    } else if (!element.empty()) {
      list.malformed = true;
    }
    if (comma == std::string_view::npos) return;
    value.remove_prefix(comma + 1);
  }
}

}  // namespace

bool TokenList::contains(std::string_view token) const {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

bool TokenList::contains_ignoring_case(std::string_view token) const {
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, token); });
}

std::optional<TokenList> extract_token_list(const Headers& headers, std::string_view name) {
  const std::vector<std::string> values = header_values(headers, name);
  if (values.empty()) return std::nullopt;
  TokenList list;
  for (std::string_view value : values) read_elements(value, list);
  if (list.malformed) list.tokens.clear();
  return list;
}

}  // namespace blindspot
