// In what does an engine differ from the standard? Named, so that a prediction can be made with or without each.
// The list stands in departures.def, what each changes in preflight and predict.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/http/headers.hpp"

namespace blindspot {

// Whose rules: the standard's, what the three engines do alike, or one engine's.
enum class Engine { standard, browsers, chromium, firefox, webkit };

enum class Departure {
#define BLINDSPOT_DEPARTURE(identifier, name, chromium, firefox, webkit) identifier,
#include "core/cors/departures.def"
#undef BLINDSPOT_DEPARTURE
};

inline constexpr auto all_departures = std::to_array<Departure>({
#define BLINDSPOT_DEPARTURE(identifier, name, chromium, firefox, webkit) Departure::identifier,
#include "core/cors/departures.def"
#undef BLINDSPOT_DEPARTURE
});

std::string_view departure_name(Departure departure);

// A set of departures; those of an engine to begin with.
class Departures {
 public:
  Departures(Engine engine);
  bool contains(Departure departure) const { return (bits_ & bit(departure)) != 0; }
  void remove(Departure departure) { bits_ &= ~bit(departure); }

 private:
  static std::uint32_t bit(Departure departure) { return 1u << static_cast<unsigned>(departure); }

  std::uint32_t bits_ = 0;
};

// The headers of a request as an engine weighs them: joined, or without those that it lets pass unasked. Gives back
// `headers` itself where the engine does neither, else `changed`.
const Headers& headers_as_weighed(const Headers& headers, const Departures& departures, Headers& changed);
// One that Chromium takes away at a redirect: all but Save-Data.
bool is_dropped_client_hint(std::string_view name);
// A client hint with a value that Chromium takes for one of its own.
bool is_plain_client_hint(std::string_view name, std::string_view value);
// Without the empty lines that another line of the same name stands beside.
Headers without_empty_twins(const Headers& headers);
// Each byte that belongs to no UTF-8 character replaced by U+FFFD.
std::string with_replaced_bytes(std::string_view value);

}  // namespace blindspot
