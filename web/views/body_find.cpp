// Horspool's search: the window's last byte says how far to go on.
#include "web/views/body_find.hpp"

#include <algorithm>

namespace blindspot {

namespace {

unsigned char lower(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

}  // namespace

void BodyFind::start(std::string_view text, std::string_view wanted) {
  text_ = text;
  wanted_.clear();
  for (const char c : wanted) wanted_ += static_cast<char>(lower(c));
  at_ = 0;
  hits_.clear();
  skip_.fill(static_cast<std::uint32_t>(wanted_.size()));
  for (std::size_t i = 0; i + 1 < wanted_.size(); ++i) skip_[static_cast<unsigned char>(wanted_[i])] = static_cast<std::uint32_t>(wanted_.size() - 1 - i);
}

bool BodyFind::step(std::size_t bytes) {
  const std::size_t limit = at_ + bytes, length = wanted_.size();
  while (!done() && at_ < limit) {
    std::size_t i = length;
    while (i > 0 && lower(text_[at_ + i - 1]) == static_cast<unsigned char>(wanted_[i - 1])) --i;
    if (i == 0) {
      hits_.push_back(static_cast<std::uint32_t>(at_));
      at_ += length;
    } else {
      at_ += skip_[lower(text_[at_ + length - 1])];
    }
  }
  return done();
}

std::size_t BodyFind::first_from(std::size_t offset) const {
  const auto at = std::lower_bound(hits_.begin(), hits_.end(), offset);
  return at == hits_.end() ? 0 : static_cast<std::size_t>(at - hits_.begin());
}

}  // namespace blindspot
