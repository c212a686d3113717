// Which bytes of a URL are written as %XX? https://url.spec.whatwg.org/#percent-encoded-bytes
#pragma once

#include <string>
#include <string_view>

namespace blindspot {

enum class PercentSet { c0_control, fragment, query, special_query, path, userinfo };

bool is_in_percent_set(char c, PercentSet set);
void append_percent_encoded(std::string& target, char c, PercentSet set);
std::string percent_encode(std::string_view text, PercentSet set);
// Sequences that are no %XX stay as they are.
std::string percent_decode(std::string_view text);
bool is_valid_utf8(std::string_view text);

}  // namespace blindspot
