// The table behind say().
#include "web/views/labels.hpp"

namespace blindspot {

namespace {
constexpr Words rows[] = {
#define BLINDSPOT_LABEL(name, en, zh) Words{en, zh},
    BLINDSPOT_LABELS(BLINDSPOT_LABEL)
#undef BLINDSPOT_LABEL
};
}  // namespace

std::string_view say(Label label, Language language) { return rows[static_cast<std::size_t>(label)].in(language); }

std::string say(Label label, Language language, std::size_t n) {
  return filled(say(label, language), {{"n", std::to_string(n)}});
}

}  // namespace blindspot
