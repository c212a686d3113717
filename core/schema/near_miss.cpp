// Names are folded (case, separators) and then compared by edit distance with swaps of neighbours as one edit.
#include "core/schema/near_miss.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace blindspot {
namespace {

constexpr std::size_t longest = 64;

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ' || c == '.') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::optional<std::size_t> near_miss_distance(std::string_view wanted, std::string_view there) {
  if (wanted == there || wanted.size() > longest || there.size() > longest) return std::nullopt;
  const std::string a = folded(wanted), b = folded(there);
  if (a.empty() || b.empty()) return std::nullopt;
  if (a == b) return 0;
  // Short names differ by a letter all the time (id, ip): the longer the name, the more slips are believable.
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t allowed = shorter >= 6 ? 2 : shorter >= 4 ? 1 : 0;
  if (std::max(a.size(), b.size()) - shorter > allowed) return std::nullopt;
  const std::size_t distance = edit_distance(a, b);
  if (distance > allowed) return std::nullopt;
  return distance;
}

}  // namespace blindspot
