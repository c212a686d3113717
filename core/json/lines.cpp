// Line starts are kept; columns come from a count of code points at every 4096th byte and a short walk from there.
#include "core/json/lines.hpp"

#include <algorithm>
#include <cstring>

#include "core/json/text.hpp"

namespace blindspot {
namespace {

constexpr std::size_t stride = 4096;

std::size_t count_code_points(std::string_view text) {
  const auto* p = reinterpret_cast<const json_text::Byte*>(text.data());
  const auto* end = p + text.size();
  std::size_t tails = 0;
  for (; end - p >= 8; p += 8) {
    // One bit for each byte 10xxxxxx, then their sum in the topmost byte.
    const std::uint64_t word = json_text::load64(p);
    tails += (((word >> 7) & ~(word >> 6) & 0x0101010101010101ULL) * 0x0101010101010101ULL) >> 56;
  }
  for (; p != end; ++p) tails += (*p & 0xC0) == 0x80;
  return text.size() - tails;
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
  LineStarts starts(text);
  for (std::size_t next; (next = starts.next()) != std::string_view::npos;) starts_.push_back(static_cast<std::uint32_t>(next));
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

LineStarts::LineStarts(std::string_view text) : text_(text), feed_(find_byte(text, '\n', 0)), carriage_(find_byte(text, '\r', 0)) {}

std::size_t LineStarts::next() {
  if (carriage_ < feed_ && carriage_ + 1 != feed_) {
    const std::size_t start = carriage_ + 1;
    carriage_ = find_byte(text_, '\r', start);
    return start;
  }
  if (feed_ == std::string_view::npos) return feed_;
  const std::size_t start = feed_ + 1;
  if (carriage_ < feed_) carriage_ = find_byte(text_, '\r', start);
  feed_ = find_byte(text_, '\n', start);
  return start;
}

LineColumn LineWalk::locate(std::size_t offset) {
  offset = std::min(offset, text_.size());
  while (next_line_ <= offset) {
    at_ = next_line_;
    here_ = {here_.line + 1, 1};
    next_line_ = starts_.next();
  }
  here_.column += count_code_points(text_.substr(at_, offset - at_));
  at_ = offset;
  return here_;
}

}  // namespace blindspot
