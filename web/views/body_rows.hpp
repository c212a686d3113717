// Into which rows of the screen is a body laid, and what stands at a place in them? Raw keeps the lines that came; formatted
// lays a JSON text out by its brackets without changing a byte of any value. Rows are made when they are looked at: kept is
// one place in 64 rows (24 bytes), the folds, and nothing else, so that 10 MB or one line of 5 MB cost the same to scroll.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/lines.hpp"
#include "core/json/outline.hpp"

namespace blindspot {

enum class BodyLayout { raw, formatted };
enum class BodyInk { plain, key, string, number, literal, punctuation, wrong, summary };

// Widths in pixels: of a letter, of a Han character, of the room for a row.
struct BodyMetrics {
  float narrow = 8, wide = 13, width = 600;
  bool operator==(const BodyMetrics&) const = default;
};

// What one character of a body looks like. Sign: something stands in its place, because it has no picture of its own.
struct BodyGlyph {
  enum Kind { narrow, wide, mark, sign } kind = narrow;
  std::size_t length = 1;       // bytes
  std::string_view sign_text;   // what stands for it
  int cells = 1;                // of a sign
};
BodyGlyph body_glyph(std::string_view text, std::size_t at);

struct BodySegment {
  std::size_t from = 0, to = 0;
  float x = 0, width = 0;
  BodyInk ink = BodyInk::plain;
  std::string summary;  // of a fold, stands for the bytes from..to
};

struct BodyRow {
  std::size_t from = 0, to = 0;  // the bytes of the row, those of a fold and of its end included
  std::size_t line = 0;          // from 1; 0: goes on from the row above
  float left = 0;
  std::vector<BodySegment> segments;
  std::optional<std::size_t> fold;  // the opening bracket that folds here
  bool folded = false;
};

class BodyRows {
 public:
  // Text, lines and outline must outlive the rows. `json`: coloured, and can be folded and formatted.
  BodyRows(std::string_view text, const LineIndex& lines, const JsonOutline& outline, bool json)
      : text_(text), lines_(lines), outline_(outline), json_(json) { restart(0); }

  void lay_out(BodyLayout layout, const BodyMetrics& metrics);
  BodyLayout layout() const { return layout_; }
  const BodyMetrics& metrics() const { return metrics_; }

  // Lays out some `bytes` more; true when all is laid out.
  bool step(std::size_t bytes);
  bool done() const { return done_; }
  std::size_t count() const { return count_; }  // rows laid out so far
  std::size_t likely_count() const;             // of all rows; exact when done

  // A row below count().
  BodyRow row(std::size_t index) const;
  // The row with this byte; nothing where it is not laid out yet.
  std::optional<std::size_t> row_of(std::size_t offset) const;

  float x_of(const BodyRow& row, std::size_t offset) const;
  std::size_t offset_at(const BodyRow& row, float x) const;
  // The row as text that can be drawn: valid UTF-8, signs for what has no picture.
  std::string shown(const BodyRow& row) const;
  float width_of(const BodyGlyph& glyph) const;
  std::string_view text() const { return text_; }

  bool can_fold(std::size_t open) const { return outline_.find(open).has_value(); }
  bool is_folded(std::size_t open) const { return find_fold(open) != nullptr; }
  void toggle_fold(std::size_t open);
  // Unfolds all that hides this byte; true when something did.
  bool unfold_around(std::size_t offset);

 private:
  struct Place {
    std::uint32_t offset = 0, line = 1, depth = 0;
    bool inside_string = false, continued = false, after_value = false;
  };
  struct Scan;
  static constexpr std::size_t stride = 64;

  void restart(std::size_t from_row);
  Place next(const Place& place, BodyRow* out) const;
  Place settled(Place place) const;
  bool is_end(const Place& place) const;
  Place place_of(std::size_t index) const;
  float left_of(const Place& place) const;
  const JsonContainer* find_fold(std::size_t open) const;
  BodyInk ink_of(const JsonRun& run, bool inside_string) const;

  std::string_view text_;
  const LineIndex& lines_;
  const JsonOutline& outline_;
  bool json_;
  BodyLayout layout_ = BodyLayout::raw;
  BodyMetrics metrics_;
  std::vector<Place> checkpoints_;   // of every 64th row
  std::vector<JsonContainer> folds_; // by their opening bracket
  Place front_;                      // the first row not laid out
  std::size_t count_ = 0, last_total_ = 0;
  bool done_ = false;
  mutable std::size_t cached_row_ = 0;
  mutable Place cached_;
  mutable bool has_cached_ = false;
};

}  // namespace blindspot
