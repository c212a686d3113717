// One table, and a search by name in it.
#include "core/schema/keywords.hpp"

#include <algorithm>
#include <vector>

namespace blindspot {
namespace {

constexpr KeywordRow rows[] = {
#define BLINDSPOT_KEYWORD(name, text, wants, from, to) {text, Wants::wants, SchemaDraft::from, SchemaDraft::to},
    BLINDSPOT_KEYWORDS(BLINDSPOT_KEYWORD)
#undef BLINDSPOT_KEYWORD
};

}  // namespace

const KeywordRow& row_of(Keyword keyword) { return rows[static_cast<std::size_t>(keyword)]; }

Keyword keyword_of(std::string_view name) {
  for (std::size_t i = 0; i < keyword_count; ++i) {
    if (rows[i].name == name) return static_cast<Keyword>(i);
  }
  return Keyword::unknown;
}

}  // namespace blindspot
