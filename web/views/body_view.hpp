// What does a reader of a body see, and what is selected, found, folded, marked in it? All that the body's panel draws, kept
// beside the State because it is a place in a text rather than something known: a new call begins anew. Knows no screen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/views/body_find.hpp"
#include "web/views/body_rows.hpp"
#include "web/views/meaning.hpp"

namespace blindspot {

// Something that is to be said about a piece of the body.
struct BodyMark {
  std::size_t offset = 0, length = 0;
  Meaning meaning = Meaning::bad;
  std::string text;  // short
  bool operator==(const BodyMark&) const = default;
};

struct ByteRange {
  std::size_t from = 0, to = 0;
  bool operator==(const ByteRange&) const = default;
};

// The word at a byte: letters and digits, or blanks, or other signs, within `line`; a few thousand bytes at most.
ByteRange word_in(std::string_view text, std::size_t offset, ByteRange line);

class BodyView {
 public:
  // Text and lines must outlive the view, and it is not moved. The layout chosen at first: formatted for JSON in few long
  // lines that nothing is marked in, else raw.
  BodyView(std::string_view text, const LineIndex& lines, std::vector<BodyMark> marks);
  BodyView(const BodyView&) = delete;
  BodyView& operator=(const BodyView&) = delete;

  bool is_of(std::string_view text) const { return text_.data() == text.data() && text_.size() == text.size(); }
  std::string_view text() const { return text_; }
  const LineIndex& lines() const { return lines_; }
  bool is_json() const { return json_; }
  BodyLayout layout() const { return layout_; }
  // Rows as wide as that from now on; laid out anew where something changes. The caret's byte, or the top's, stays in sight.
  void lay_out(BodyLayout layout, const BodyMetrics& metrics);

  // Reads, lays out and searches some `bytes` further, whatever is due; true while something is left to do.
  bool work(std::size_t bytes);
  bool done() const { return (!json_ || outline_.done()) && rows_.done() && found_.done(); }
  const BodyRows& rows() const { return rows_; }
  const JsonOutline& outline() const { return outline_; }

  // The place that is read from; moved by keys, presses and findings.
  std::size_t caret = 0, anchor = 0;
  ByteRange selected() const { return {std::min(caret, anchor), std::max(caret, anchor)}; }
  std::string_view selected_text() const { return text_.substr(selected().from, selected().to - selected().from); }
  void select(ByteRange range) { anchor = range.from, caret = range.to; }
  // Moves the caret; `keep` leaves the anchor where it is, so that the selection grows.
  void move_to(std::size_t offset, bool keep);
  enum class Step { left, right, line_start, line_end, text_start, text_end };
  void move(Step step, bool keep);
  // Up or down by rows, holding to the place in the row where the movement began.
  void move_rows(long rows, bool keep);
  ByteRange word_at(std::size_t offset) const;
  ByteRange line_at(std::size_t offset) const;
  void toggle_fold(std::size_t open);
  // The bracket that folds on the caret's row.
  std::optional<std::size_t> fold_at_caret() const;

  void find(std::string_view wanted);
  const BodyFind& found() const { return found_; }
  // The hit that is shown, from 0; none while nothing is found.
  std::optional<std::size_t> current_hit() const { return hit_; }
  void next_hit(bool backwards);

  const std::vector<BodyMark>& marks() const { return marks_; }
  void set_marks(std::vector<BodyMark> marks);
  std::optional<std::size_t> current_mark() const { return mark_; }
  void next_mark(bool backwards);
  void leave_mark() { mark_.reset(); }

  // The byte that has to come into sight, until it is answered.
  std::optional<std::size_t> reveal;

 private:
  void show_hit();

  std::string_view text_;
  const LineIndex& lines_;
  bool json_;
  BodyLayout layout_ = BodyLayout::raw;
  JsonOutline outline_;
  BodyRows rows_;
  BodyFind found_;
  std::size_t found_from_ = 0;  // where the reader was when the search began
  std::optional<std::size_t> hit_, mark_;
  std::vector<BodyMark> marks_;
  std::optional<float> goal_x_;
};

}  // namespace blindspot
