// On which line and in which column does a byte stand? LineIndex is built once for a text, also one of 100 MB on a single line;
// LineWalk keeps nothing and goes forward only.
// Lines end at LF, CRLF or a lone CR; lines and columns count from 1; a column counts code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace blindspot {

struct LineColumn {
  std::size_t line = 1, column = 1;
  bool operator==(const LineColumn&) const = default;
};

class LineIndex {
 public:
  // The text must outlive the index and be smaller than 4 GiB.
  explicit LineIndex(std::string_view text);

  std::size_t line_count() const { return starts_.size(); }
  // Offset of the first byte of a line, counted from 1; the text's size behind the last line.
  std::size_t line_start(std::size_t line) const;
  // The line without its end.
  std::string_view line_text(std::size_t line) const;
  // An offset behind the end counts as the end. Every byte that continues no UTF-8 sequence begins a code point.
  LineColumn locate(std::size_t offset) const;

 private:
  std::size_t code_points_before(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> checkpoints_;  // code points before every 4096th byte
};

class LineWalk {
 public:
  // The text must outlive the walk.
  explicit LineWalk(std::string_view text) : text_(text) {}

  // As LineIndex::locate, for offsets that never fall.
  LineColumn locate(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t at_ = 0;  // where here_ is
  LineColumn here_;
};

}  // namespace blindspot
