// JSON numbers compared exactly, by their digits: neither 0.1 nor 2^64 + 1 is rounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace blindspot {

// digits x 10^exponent; no zeros at either end of the digits, none at all for 0.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  bool is_zero() const { return digits.empty(); }
  bool is_integral() const { return exponent >= 0; }
  std::string text() const;  // equal numbers have equal texts
  bool operator==(const Decimal&) const = default;
};

// A literal of JSON's grammar. Exponents beyond a thousand million count as a thousand million.
Decimal parse_decimal(std::string_view literal);
// Below 0, 0 or above 0.
int compare(const Decimal& a, const Decimal& b);
// Nothing where the divisor has more digits than this can calculate with (18).
std::optional<bool> is_multiple(const Decimal& number, const Decimal& divisor);

}  // namespace blindspot
