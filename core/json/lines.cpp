// Line starts are kept; columns come from a count of code points at every 4096th byte and a short walk from there.
#include "core/json/lines.hpp"

#include <algorithm>

#include "core/json/text.hpp"

namespace blindspot {
namespace {

constexpr std::size_t stride = 4096;
constexpr std::size_t none = std::string_view::npos;

std::size_t count_code_points(std::string_view text) {
  const auto* p = reinterpret_cast<const json_text::Byte*>(text.data());
  const auto* end = p + text.size();
  std::size_t tails = 0;
  for (; end - p >= 8; p += 8) {
    const std::uint64_t word = json_text::load64(p);
    // One bit for each byte 10xxxxxx, then their sum in the topmost byte.
    tails += (((word >> 7) & ~(word >> 6) & 0x0101010101010101ULL) * 0x0101010101010101ULL) >> 56;
  }
  for (; p != end; ++p) tails += (*p & 0xC0) == 0x80;
  return text.size() - tails;
}

// Where the first line behind `from` begins, if not behind `to`; else none. A line may begin at the text's end.
inline std::size_t next_line(std::string_view text, std::size_t from, std::size_t to) {
  const auto* begin = reinterpret_cast<const json_text::Byte*>(text.data());
  const auto *p = begin + from, *end = begin + to;
  while ((p = json_text::skip_to_break(p, end)) != end) {
    const json_text::Byte c = *p++;
    if (c == '\n' || (c == '\r' && (p == begin + text.size() || *p != '\n'))) return static_cast<std::size_t>(p - begin);
  }
  return none;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(0);
  for (std::size_t next = 0; (next = next_line(text, next, text.size())) != none;) starts_.push_back(static_cast<std::uint32_t>(next));
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

LineColumn LineWalk::locate(std::size_t offset) {
  offset = std::min(offset, text_.size());
  std::size_t start = at_;
  for (std::size_t next = at_; (next = next_line(text_, next, offset)) != none; start = next) ++here_.line;
  if (start != at_) here_.column = 1;
  here_.column += count_code_points(text_.substr(start, offset - start));
  at_ = offset;
  return here_;
}

}  // namespace blindspot
