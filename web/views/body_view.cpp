// Movements by character, word, line and row; hits and marks in turn.
#include "web/views/body_view.hpp"

#include <algorithm>

#include "core/json/text.hpp"
#include "core/stable_order.hpp"

namespace blindspot {

namespace {

constexpr std::size_t longest_word = 4096;

bool looks_like_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && json_text::is_blank(static_cast<unsigned char>(text[0]))) text.remove_prefix(1);
  return !text.empty() && (text[0] == '{' || text[0] == '[');
}

// Letters and digits of any script, blanks, and the rest: a word is of one kind.
enum class Kind { word, blank, other };
Kind kind_at(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (json_text::is_letter(c) || json_text::is_digit(c) || c == '_') return Kind::word;
  if (c == ' ' || c == '\t') return Kind::blank;
  if (c < 0x80) return Kind::other;
  // Punctuation of Chinese and of typography ends a word as a comma does.
  const std::string_view three = text.substr(at, 3);
  const bool mark = three.size() == 3 && (three.starts_with("\xE3\x80") || three.starts_with("\xE2\x80") ||
                                          (three.starts_with("\xEF\xBC") && (static_cast<unsigned char>(three[2]) < 0x90 || static_cast<unsigned char>(three[2]) > 0x99)));
  return mark ? Kind::other : Kind::word;
}

std::size_t before(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  if (offset >= 2 && text[offset - 1] == '\n' && text[offset - 2] == '\r') return offset - 2;
  if (static_cast<unsigned char>(text[offset - 1]) < 0x80) return offset - 1;
  for (std::size_t back = 2; back <= 4 && back <= offset; ++back)
    if (body_glyph(text, offset - back).length == back) return offset - back;
  return offset - 1;
}

std::size_t after(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return text.size();
  if (text[offset] == '\r' && offset + 1 < text.size() && text[offset + 1] == '\n') return offset + 2;
  return std::min(offset + body_glyph(text, offset).length, text.size());
}

}  // namespace

ByteRange word_in(std::string_view text, std::size_t offset, ByteRange line) {
  std::size_t at = std::min(offset, text.size());
  for (int back = 0; back < 3 && at > line.from && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++back) --at;
  if (at >= line.to) return {line.to, line.to};
  const Kind kind = kind_at(text, at);
  ByteRange word{at, after(text, at)};
  while (word.from > line.from && at - word.from < longest_word && kind_at(text, before(text, word.from)) == kind) word.from = before(text, word.from);
  while (word.to < line.to && word.to - at < longest_word && kind_at(text, word.to) == kind) word.to = after(text, word.to);
  return word;
}

BodyView::BodyView(std::string_view text, const LineIndex& lines, std::vector<BodyMark> marks)
    : text_(text), lines_(lines), json_(looks_like_json(text)), outline_(text), rows_(text, lines, outline_, json_) {
  set_marks(std::move(marks));
  const bool long_lines = text.size() > 80 && text.size() / lines.line_count() > 200;
  const bool minified = long_lines || (text.size() > 80 && lines.line_count() <= 2);
  if (json_ && minified && marks_.empty()) layout_ = BodyLayout::formatted;
  if (!marks_.empty()) reveal = marks_[0].offset;
}

void BodyView::lay_out(BodyLayout layout, const BodyMetrics& metrics) {
  if (layout != layout_) reveal = caret;
  layout_ = json_ ? layout : BodyLayout::raw;
  rows_.lay_out(layout_, metrics);
}

bool BodyView::work(std::size_t bytes) {
  if (json_ && !outline_.done()) outline_.step(bytes);
  rows_.step(bytes);
  if (!found_.done()) {
    found_.step(bytes * 4);
    if (!hit_ && !found_.hits().empty() && (found_.done() || found_.hits().back() >= found_from_)) {
      hit_ = found_.first_from(found_from_);
      show_hit();
    }
  }
  return !done();
}

void BodyView::move_to(std::size_t offset, bool keep) {
  caret = std::min(offset, text_.size());
  if (!keep) anchor = caret;
  goal_x_.reset();
  reveal = caret;
}

void BodyView::move(Step step, bool keep) {
  const ByteRange range = selected();
  const auto row = rows_.row_of(caret);
  switch (step) {
    case Step::left: return move_to(!keep && range.from != range.to ? range.from : before(text_, caret), keep);
    case Step::right: return move_to(!keep && range.from != range.to ? range.to : after(text_, caret), keep);
    case Step::line_start: return move_to(row ? rows_.offset_at(rows_.row(*row), 0) : line_at(caret).from, keep);
    case Step::line_end: {
      if (!row) return move_to(line_at(caret).to, keep);
      const BodyRow at = rows_.row(*row);
      // The end of a row that goes on below is the start of the next: one character less stays on this one.
      const std::size_t end = at.segments.empty() ? at.from : at.segments.back().to;
      return move_to(end == at.to && end < text_.size() && end > at.from ? before(text_, end) : end, keep);
    }
    case Step::text_start: return move_to(0, keep);
    case Step::text_end: return move_to(text_.size(), keep);
  }
}

void BodyView::move_rows(long count, bool keep) {
  const auto row = rows_.row_of(caret);
  if (!row || rows_.count() == 0) return;
  const float x = goal_x_.value_or(rows_.x_of(rows_.row(*row), caret));
  const long last = static_cast<long>(rows_.count()) - 1, wanted = static_cast<long>(*row) + count;
  const auto target = static_cast<std::size_t>(std::clamp(wanted, 0L, last));
  if (target == *row) return move_to(wanted < 0 ? 0 : wanted > last ? text_.size() : caret, keep);
  const BodyRow at = rows_.row(target);
  std::size_t offset = rows_.offset_at(at, x);
  if (offset >= at.to && at.to > at.from && target < static_cast<std::size_t>(last)) offset = before(text_, at.to);
  move_to(offset, keep);
  goal_x_ = x;
}

ByteRange BodyView::word_at(std::size_t offset) const { return word_in(text_, offset, line_at(std::min(offset, text_.size()))); }

ByteRange BodyView::line_at(std::size_t offset) const {
  const std::size_t line = lines_.locate(offset).line, from = lines_.line_start(line);
  return {from, from + lines_.line_text(line).size()};
}

void BodyView::toggle_fold(std::size_t open) {
  const auto container = outline_.find(open);
  // What a fold hides cannot hold the caret.
  if (container && !rows_.is_folded(open) && caret > open && caret <= container->close) select({open, open});
  rows_.toggle_fold(open);
}

std::optional<std::size_t> BodyView::fold_at_caret() const {
  const auto row = rows_.row_of(caret);
  return row ? rows_.row(*row).fold : std::nullopt;
}

void BodyView::find(std::string_view wanted) {
  found_from_ = hit_ && *hit_ < found_.hits().size() ? found_.hits()[*hit_] : selected().from;
  hit_.reset();
  found_.start(text_, wanted);
}

void BodyView::next_hit(bool backwards) {
  const std::size_t count = found_.hits().size();
  if (count == 0) return;
  hit_ = !hit_ ? found_.first_from(caret) : (*hit_ + (backwards ? count - 1 : 1)) % count;
  show_hit();
}

void BodyView::show_hit() {
  const std::size_t at = found_.hits()[*hit_];
  rows_.unfold_around(at);
  select({at, at + found_.length()});
  goal_x_.reset();
  reveal = at;
}

void BodyView::set_marks(std::vector<BodyMark> marks) {
  marks_ = std::move(marks);
  mark_.reset();
  for (BodyMark& mark : marks_) {
    mark.offset = std::min(mark.offset, text_.size());
    mark.length = std::min(mark.length, text_.size() - mark.offset);
  }
  sort_stably(marks_, [](const BodyMark& a, const BodyMark& b) { return a.offset < b.offset; });
}

void BodyView::next_mark(bool backwards) {
  if (marks_.empty()) return;
  const std::size_t count = marks_.size();
  if (mark_) {
    mark_ = (*mark_ + (backwards ? count - 1 : 1)) % count;
  } else {
    std::size_t next = 0;
    while (next < count && marks_[next].offset < caret) ++next;
    mark_ = backwards ? (next + count - 1) % count : next % count;
  }
  const std::size_t at = marks_[*mark_].offset;
  rows_.unfold_around(at);
  move_to(at, false);
}

}  // namespace blindspot
