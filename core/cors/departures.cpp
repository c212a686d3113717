// Where engines depart from the standard.
#include "core/cors/departures.hpp"

#include <algorithm>

#include "core/http/percent.hpp"

namespace blindspot {
namespace {

struct Row {
  std::string_view name;
  bool chromium, firefox, webkit;
};

constexpr auto rows = std::to_array<Row>({
#define BLINDSPOT_DEPARTURE(identifier, name, chromium, firefox, webkit) {name, chromium, firefox, webkit},
#include "core/cors/departures.def"
#undef BLINDSPOT_DEPARTURE
});
static_assert(rows.size() == all_departures.size() && rows.size() <= 32);

constexpr std::string_view decimal_hints[] = {"device-memory", "dpr", "downlink"};
constexpr std::string_view whole_hints[] = {"width", "viewport-width", "rtt"};

bool belongs(const Row& row, Engine engine) {
  switch (engine) {
    case Engine::standard: return false;
    case Engine::browsers: return row.chromium && row.firefox && row.webkit;
    case Engine::chromium: return row.chromium;
    case Engine::firefox: return row.firefox;
    case Engine::webkit: return row.webkit;
  }
  return false;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  return is_digits(text.substr(0, point)) && (point == std::string_view::npos || is_digits(text.substr(point + 1)));
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

Headers joined_twins(const Headers& headers) {
  Headers joined;
  for (const Header& header : headers) {
    const auto twin = std::find_if(joined.begin(), joined.end(),
                                   [&](const Header& each) { return equals_ignoring_case(each.name, header.name); });
    if (twin == joined.end()) {
      joined.push_back(header);
    } else {
      twin->value += ", " + header.value;
    }
  }
  return joined;
}

}  // namespace

std::string_view departure_name(Departure departure) { return rows[static_cast<std::size_t>(departure)].name; }

Departures::Departures(Engine engine) {
  for (Departure each : all_departures)
    if (belongs(rows[static_cast<std::size_t>(each)], engine)) bits_ |= bit(each);
}

const Headers& headers_as_weighed(const Headers& headers, const Departures& departures, Headers& changed) {
  const bool joins = departures.contains(Departure::twins_joined);
  const bool lets_hints_pass = departures.contains(Departure::client_hints_safelisted);
  if (!joins && !lets_hints_pass) return headers;
  changed = joins ? joined_twins(headers) : headers;
  if (lets_hints_pass) {
    std::erase_if(changed, [](const Header& header) { return is_plain_client_hint(header.name, header.value); });
  }
  return changed;
}

bool is_dropped_client_hint(std::string_view name) {
  const std::string lower = ascii_lowercase(name);
  return lower == "ect" || is_one_of(lower, decimal_hints) || is_one_of(lower, whole_hints);
}

bool is_plain_client_hint(std::string_view name, std::string_view value) {
  constexpr std::string_view connections[] = {"slow-2g", "2g", "3g", "4g"};
  constexpr std::size_t longest = 128;
  if (value.size() > longest) return false;
  const std::string lower = ascii_lowercase(name);
  if (lower == "save-data") return equals_ignoring_case(value, "on");
  if (lower == "ect") return is_one_of(value, connections);
  return (is_one_of(lower, decimal_hints) && is_decimal(value)) || (is_one_of(lower, whole_hints) && is_digits(value));
}

Headers without_empty_twins(const Headers& headers) {
  Headers kept;
  for (const Header& header : headers) {
    const bool twin = header_values(headers, header.name).size() > 1;
    if (!header.value.empty() || !twin) kept.push_back(header);
  }
  return kept;
}

std::string with_replaced_bytes(std::string_view value) {
  std::string replaced;
  while (!value.empty()) {
    std::size_t length = 1;
    while (length <= 4 && length <= value.size() && !is_valid_utf8(value.substr(0, length))) ++length;
    const bool character = length <= 4 && length <= value.size();
    replaced += character ? value.substr(0, length) : std::string_view("\xEF\xBF\xBD");
    value.remove_prefix(character ? length : 1);
  }
  return replaced;
}

}  // namespace blindspot
