// Which steps are there? One constant for each line of steps.def, and the snapshot of the standard that numbers mean.
#pragma once

#include <array>

#include "core/cors/verdict.hpp"

namespace blindspot {

// The Fetch Standard in July 2026, by its last review draft.
inline constexpr std::string_view fetch_snapshot = "https://fetch.spec.whatwg.org/review-drafts/2026-06/";

namespace step {
#define BLINDSPOT_STEP(identifier, name) inline constexpr StepId identifier = name;
#include "core/cors/steps.def"
#undef BLINDSPOT_STEP
}  // namespace step

inline constexpr auto all_steps = std::to_array<StepId>({
#define BLINDSPOT_STEP(identifier, name) step::identifier,
#include "core/cors/steps.def"
#undef BLINDSPOT_STEP
});

}  // namespace blindspot
