// Colours by meaning: a view says what a thing means, the panels' palette says how that looks in each theme.
#pragma once

namespace blindspot {

enum class Meaning { plain, muted, accent, bad, doubt, good };

}  // namespace blindspot
