// What crossed the wire: the names of its parts, and how long a body said it would be.
#include "core/http/exchange.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace blindspot {
namespace {

struct ReachName {
  Reach reach;
  std::string_view name;
};
constexpr std::array<ReachName, 10> reach_names = {{
    {Reach::not_sent, "not-sent"},
    {Reach::offline, "offline"},
    {Reach::unknown_host, "unknown-host"},
    {Reach::refused, "refused"},
    {Reach::never_accepted, "never-accepted"},
    {Reach::tls_expired, "tls-expired"},
    {Reach::tls_name_mismatch, "tls-name-mismatch"},
    {Reach::tls_self_signed, "tls-self-signed"},
    {Reach::tls_failed, "tls-failed"},
    {Reach::connected, "connected"},
}};

struct EndingName {
  Ending ending;
  std::string_view name;
};
constexpr std::array<EndingName, 6> ending_names = {{
    {Ending::complete, "complete"},
    {Ending::closed_early, "closed-early"},
    {Ending::reset, "reset"},
    {Ending::stalled, "stalled"},
    {Ending::client_left, "client-left"},
    {Ending::open, "open"},
}};

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> length_values(const Headers& headers) {
  std::vector<std::string> values;
  const std::optional<std::string> joined = header_value(headers, "Content-Length");
  if (!joined) return values;
  std::string_view rest = *joined;
  for (;;) {
    const std::size_t comma = rest.find(',');
    values.emplace_back(trim_http_whitespace(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return values;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace

// https://fetch.spec.whatwg.org/#concept-header-extract-a-length
std::optional<std::uint64_t> announced_length(const Headers& headers) {
  const std::vector<std::string> values = length_values(headers);
  if (values.empty() || lengths_conflict(headers)) return std::nullopt;
  return parse_decimal(values.front());
}

bool lengths_conflict(const Headers& headers) {
  const std::vector<std::string> values = length_values(headers);
  return std::any_of(values.begin(), values.end(), [&](const std::string& each) { return each != values.front(); });
}

std::string_view reach_name(Reach reach) {
  for (const ReachName& each : reach_names) {
    if (each.reach == reach) return each.name;
  }
  return "";
}

std::string_view ending_name(Ending ending) {
  for (const EndingName& each : ending_names) {
    if (each.ending == ending) return each.name;
  }
  return "";
}

std::optional<Reach> parse_reach(std::string_view name) {
  for (const ReachName& each : reach_names) {
    if (each.name == name) return each.reach;
  }
  return std::nullopt;
}

std::optional<Ending> parse_ending(std::string_view name) {
  for (const EndingName& each : ending_names) {
    if (each.name == name) return each.ending;
  }
  return std::nullopt;
}

}  // namespace blindspot
