// Line starts are kept; columns come from a count of code points at every 4096th byte and a short walk from there.
#include "core/json/lines.hpp"

#include <algorithm>
#include <cstring>

namespace blindspot {
namespace {

constexpr std::size_t stride = 4096;

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::size_t find_byte(std::string_view text, char byte, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* hit = std::memchr(text.data() + from, byte, text.size() - from);
  return hit == nullptr ? std::string_view::npos
                        : static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(0);
  std::size_t feed = find_byte(text, '\n', 0), carriage = find_byte(text, '\r', 0);
  while (feed != std::string_view::npos || carriage != std::string_view::npos) {
    std::size_t next;
    if (carriage < feed && carriage + 1 != feed) {
      next = carriage + 1;
      carriage = find_byte(text, '\r', next);
    } else {
      next = feed + 1;
      if (carriage < feed) carriage = find_byte(text, '\r', next);
      feed = find_byte(text, '\n', next);
    }
    starts_.push_back(static_cast<std::uint32_t>(next));
  }
  checkpoints_.reserve(text.size() / stride + 1);
  std::size_t count = 0;
  for (std::size_t at = 0; at <= text.size(); at += stride) {
    checkpoints_.push_back(static_cast<std::uint32_t>(count));
    count += count_code_points(text.substr(at, stride));
  }
}

std::size_t LineIndex::line_start(std::size_t line) const {
  return line >= 1 && line <= starts_.size() ? starts_[line - 1] : text_.size();
}

std::string_view LineIndex::line_text(std::size_t line) const {
  const std::size_t start = line_start(line);
  std::string_view found = text_.substr(start, line_start(line + 1) - start);
  while (!found.empty() && (found.back() == '\n' || found.back() == '\r')) found.remove_suffix(1);
  return found;
}

LineColumn LineIndex::locate(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto behind = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const std::size_t line = static_cast<std::size_t>(behind - starts_.begin());
  const std::size_t start = starts_[line - 1];
  if (offset - start <= stride) return {line, count_code_points(text_.substr(start, offset - start)) + 1};
  return {line, code_points_before(offset) - code_points_before(start) + 1};
}

std::size_t LineIndex::code_points_before(std::size_t offset) const {
  const std::size_t block = offset / stride;
  return checkpoints_[block] + count_code_points(text_.substr(block * stride, offset - block * stride));
}

}  // namespace blindspot
