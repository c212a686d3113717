// The names of codes, families and certainties.
#include "core/diagnosis/finding.hpp"

#include <array>

namespace blindspot {

namespace {

struct CodeRow {
  Code code;
  std::string_view slug;
  Family family;
};

constexpr std::array code_rows = {
#define BLINDSPOT_CODE(name, slug, family) CodeRow{Code::name, slug, Family::family},
#include "core/diagnosis/codes.def"
#undef BLINDSPOT_CODE
};

constexpr std::array<std::string_view, 9> family_names = {"ok",     "request", "network", "tls",    "cors",
                                                          "status", "body",    "shape",   "unknown"};

}  // namespace

std::string_view slug_of(Code code) { return code_rows[static_cast<std::size_t>(code)].slug; }
Family family_of(Code code) { return code_rows[static_cast<std::size_t>(code)].family; }
std::string_view family_name(Family family) { return family_names[static_cast<std::size_t>(family)]; }

bool leaves_answer_usable(const Finding& finding) {
  switch (finding.code) {
    case Code::json_bom: {
      // fetch and XMLHttpRequest take one mark away, and only one.
      const BytePlace* place = std::get_if<BytePlace>(&finding.place);
      return !place || place->length <= 3;
    }
    case Code::ok:
    case Code::cors_cached_without_vary:
    case Code::content_type_mismatch:
    case Code::json_lone_surrogate:
    case Code::json_duplicate_key:
    case Code::json_big_integer:
    case Code::json_too_deep: return true;
    default: return false;
  }
}

std::optional<Code> parse_code(std::string_view slug) {
  for (const CodeRow& row : code_rows)
    if (row.slug == slug) return row.code;
  return std::nullopt;
}

const std::vector<Code>& all_codes() {
  static const std::vector<Code> codes = [] {
    std::vector<Code> list;
    for (const CodeRow& row : code_rows) list.push_back(row.code);
    return list;
  }();
  return codes;
}

std::string_view certainty_name(Certainty certainty) {
  switch (certainty) {
    case Certainty::certain: return "certain";
    case Certainty::likely: return "likely";
    case Certainty::possible: return "possible";
  }
  return {};
}

}  // namespace blindspot
