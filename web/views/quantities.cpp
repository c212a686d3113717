// Three significant figures are enough for a person.
#include "web/views/quantities.hpp"

#include <cmath>

#include "web/views/labels.hpp"

namespace blindspot {

namespace {

std::string one_decimal(double value) {
  const long tenths = std::lround(value * 10);
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0 && tenths < 1000) text += "." + std::to_string(tenths % 10);
  return text;
}

}  // namespace

std::string text_of_duration(double ms) {
  if (ms < 0) return "";
  if (ms < 1000) return std::to_string(std::lround(ms)) + " ms";
  return one_decimal(ms / 1000) + " s";
}

std::string text_of_bytes(std::uint64_t bytes, Language language) {
  if (bytes < 10000) return std::to_string(bytes) + " " + std::string(say(Label::bytes, language));
  if (bytes < 1000000) return one_decimal(static_cast<double>(bytes) / 1000) + " KB";
  return one_decimal(static_cast<double>(bytes) / 1000000) + " MB";
}

std::string grouped(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

}  // namespace blindspot
