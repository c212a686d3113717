// Digits stay text; only the divisor of multipleOf becomes an integer.
#include "core/schema/decimal.hpp"

#include <algorithm>

namespace blindspot {

Decimal parse_decimal(std::string_view literal) {
  constexpr std::int64_t farthest = 1'000'000'000;
  Decimal out;
  std::size_t i = 0;
  if (!literal.empty() && literal[0] == '-') {
    out.negative = true;
    ++i;
  }
  bool fraction = false;
  for (; i < literal.size() && literal[i] != 'e' && literal[i] != 'E'; ++i) {
    if (literal[i] == '.') {
      fraction = true;
      continue;
    }
    if (fraction) --out.exponent;
    if (literal[i] != '0' || !out.digits.empty()) out.digits += literal[i];
  }
  if (i < literal.size()) {
    ++i;
    const bool down = i < literal.size() && literal[i] == '-';
    if (i < literal.size() && (literal[i] == '-' || literal[i] == '+')) ++i;
    std::int64_t power = 0;
    for (; i < literal.size(); ++i) power = std::min(farthest, power * 10 + (literal[i] - '0'));
    out.exponent += down ? -power : power;
  }
  while (!out.digits.empty() && out.digits.back() == '0') {
    out.digits.pop_back();
    ++out.exponent;
  }
  if (out.digits.empty()) return {};
  return out;
}

std::string Decimal::text() const {
  return (negative ? "-" : "") + digits + "e" + std::to_string(exponent);
}

int compare(const Decimal& a, const Decimal& b) {
  const auto sign = [](const Decimal& number) { return number.is_zero() ? 0 : number.negative ? -1 : 1; };
  if (sign(a) != sign(b)) return sign(a) < sign(b) ? -1 : 1;
  if (a.is_zero()) return 0;
  const std::int64_t a_top = a.exponent + static_cast<std::int64_t>(a.digits.size());
  const std::int64_t b_top = b.exponent + static_cast<std::int64_t>(b.digits.size());
  const int larger = a_top != b_top ? (a_top < b_top ? -1 : 1) : a.digits.compare(b.digits);
  return a.negative ? -larger : larger;
}

std::optional<bool> is_multiple(const Decimal& number, const Decimal& divisor) {
  if (number.is_zero()) return true;
  if (divisor.is_zero()) return false;
  if (divisor.digits.size() > 18) return std::nullopt;
  // Without zeros at its end the number cannot be divided by ten.
  if (number.exponent < divisor.exponent) return false;
  std::uint64_t by = 0, rest = 0;
  for (const char c : divisor.digits) by = by * 10 + static_cast<std::uint64_t>(c - '0');
  const auto shift = [&](std::uint64_t digit) { rest = (rest * 10 + digit) % by; };
  for (const char c : number.digits) shift(static_cast<std::uint64_t>(c - '0'));
  // Each step takes a 2 and a 5 out of the divisor: what is left after 64 is left for ever.
  for (std::int64_t i = std::min<std::int64_t>(64, number.exponent - divisor.exponent); i > 0 && rest != 0; --i) shift(0);
  return rest == 0;
}

}  // namespace blindspot
