// One function, next(), walks a row; everything else asks it. With `out` it also writes down what the row shows.
#include "web/views/body_rows.hpp"

#include <algorithm>

#include "core/json/text.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

using json_text::Byte;

bool is_wide(std::uint32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_mark(std::uint32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F);
}

// Steers other characters or the reader's eye, and cannot be seen: in a body it has to be.
bool is_hidden(std::uint32_t c) {
  return (c >= 0x80 && c <= 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF || c >= 0xE0000;
}

std::uint32_t decode(const Byte* p, std::size_t length) {
  const std::uint32_t lead = p[0];
  if (length == 2) return (lead & 0x1F) << 6 | (p[1] & 0x3Fu);
  if (length == 3) return (lead & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  return (lead & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

}  // namespace

BodyGlyph body_glyph(std::string_view text, std::size_t at) {
  const Byte* p = reinterpret_cast<const Byte*>(text.data()) + at;
  if (*p >= 0x20 && *p < 0x7F) return {};
  if (*p == '\t') return {BodyGlyph::sign, 1, "\xE2\x86\x92", 2};
  if (*p < 0x80) return {BodyGlyph::sign, 1, "\xC2\xB7", 1};
  const std::size_t length = json_text::utf8_length(p, p + (text.size() - at));
  if (length == 0) return {BodyGlyph::sign, 1, "\xEF\xBF\xBD", 1};
  const std::uint32_t c = decode(p, length);
  if (is_hidden(c)) return {BodyGlyph::sign, length, "\xC2\xB7", 1};
  return {is_wide(c) ? BodyGlyph::wide : is_mark(c) ? BodyGlyph::mark : BodyGlyph::narrow, length, {}, 1};
}

float BodyRows::width_of(const BodyGlyph& glyph) const {
  switch (glyph.kind) {
    case BodyGlyph::narrow: return metrics_.narrow;
    case BodyGlyph::wide: return metrics_.wide;
    case BodyGlyph::mark: return 0;
    case BodyGlyph::sign: break;
  }
  return metrics_.narrow * static_cast<float>(glyph.cells);
}

void BodyRows::lay_out(BodyLayout layout, const BodyMetrics& metrics) {
  if (!json_) layout = BodyLayout::raw;
  if (layout == layout_ && metrics == metrics_) return;
  if (layout != layout_) last_total_ = 0;
  layout_ = layout;
  metrics_ = metrics;
  checkpoints_.clear();
  restart(0);
}

void BodyRows::restart(std::size_t from_row) {
  last_total_ = std::max(last_total_, count_);
  const std::size_t kept = from_row / stride;
  front_ = kept < checkpoints_.size() ? checkpoints_[kept] : settled(Place{});
  checkpoints_.resize(std::min(kept, checkpoints_.size()));
  count_ = checkpoints_.size() * stride;
  done_ = is_end(front_);
  has_cached_ = false;
}

BodyRows::Place BodyRows::settled(Place place) const {
  if (layout_ == BodyLayout::raw || place.continued) return place;
  const Byte* base = reinterpret_cast<const Byte*>(text_.data());
  place.offset = static_cast<std::uint32_t>(json_text::skip_blank(base + place.offset, base + text_.size()) - base);
  return place;
}

bool BodyRows::is_end(const Place& place) const {
  return layout_ == BodyLayout::raw ? place.line > lines_.line_count() : place.offset >= text_.size();
}

bool BodyRows::step(std::size_t bytes) {
  const std::size_t goal = front_.offset + bytes;
  for (std::size_t rows = 0; !done_ && front_.offset < goal && rows < bytes; ++rows) {
    if (count_ % stride == 0) checkpoints_.push_back(front_);
    front_ = next(front_, nullptr);
    ++count_;
    done_ = is_end(front_);
  }
  return done_;
}

std::size_t BodyRows::likely_count() const {
  if (done_) return count_;
  const double share = front_.offset > 4096 ? static_cast<double>(text_.size()) / front_.offset : 1;
  const auto guess = static_cast<std::size_t>(static_cast<double>(count_) * share);
  return std::max({count_, last_total_, guess});
}

float BodyRows::left_of(const Place& place) const {
  if (layout_ == BodyLayout::raw) return 0;
  const float cells = 2 * static_cast<float>(place.depth) + (place.continued ? 4 : 0);
  return std::min(cells * metrics_.narrow, metrics_.width * 0.4f);
}

const JsonContainer* BodyRows::find_fold(std::size_t open) const {
  const auto found = std::lower_bound(folds_.begin(), folds_.end(), open, [](const JsonContainer& each, std::size_t at) { return each.open < at; });
  return found != folds_.end() && found->open == open ? &*found : nullptr;
}

BodyInk BodyRows::ink_of(const JsonRun& run, bool inside_string) const {
  switch (run.kind) {
    case JsonRunKind::string: {
      JsonRun whole = run;
      const std::size_t limit = std::min(text_.size(), run.end + 4096);
      // A name is followed by a colon; what goes on for pages is none.
      if (run.unfinished && run.end < limit) whole = next_json_run(text_, run.end, limit, true);
      std::size_t at = whole.end;
      while (at < limit && json_text::is_blank(static_cast<Byte>(text_[at]))) ++at;
      if (!whole.unfinished && at < limit && text_[at] == ':') return BodyInk::key;
      const bool closed = whole.unfinished || (whole.end > (inside_string ? run.begin : run.begin + 1) && text_[whole.end - 1] == '"');
      return closed ? BodyInk::string : BodyInk::wrong;
    }
    case JsonRunKind::number: return BodyInk::number;
    case JsonRunKind::literal: return BodyInk::literal;
    case JsonRunKind::wrong: return BodyInk::wrong;
    case JsonRunKind::open:
    case JsonRunKind::close: {
      const auto& stray = outline_.stray();
      return std::binary_search(stray.begin(), stray.end(), static_cast<std::uint32_t>(run.begin)) ? BodyInk::wrong : BodyInk::punctuation;
    }
    default: return BodyInk::punctuation;
  }
}

// The row under way.
struct BodyRows::Scan {
  const BodyRows& rows;
  BodyRow* out;
  float x;
  bool any = false;                       // something was put
  std::vector<std::size_t> unclosed = {}; // opening brackets of the row
  std::optional<std::size_t> folded = {};

  // Puts the run's characters while they fit; the offset behind the last that did.
  std::size_t put(std::size_t from, std::size_t to, BodyInk ink) {
    const std::string_view text = rows.text_;
    const float start = x, most = rows.metrics_.width;
    std::size_t at = from;
    while (at < to) {
      const BodyGlyph glyph = body_glyph(text, at);
      const float width = rows.width_of(glyph);
      if (x + width > most && any) break;
      x += width;
      at = std::min(at + glyph.length, to);
      any = true;
    }
    if (out && at > from) out->segments.push_back({from, at, start, x - start, ink, {}});
    return at;
  }
  void put_summary(const JsonContainer& fold) {
    std::string text = " " + grouped(fold.items) + " ";
    const float width = static_cast<float>(text.size()) * rows.metrics_.narrow;
    if (out) out->segments.push_back({fold.open + 1u, fold.close, x, width, BodyInk::summary, std::move(text)});
    x += width;
    any = true;
  }
};

BodyRows::Place BodyRows::next(const Place& start, BodyRow* out) const {
  const bool raw = layout_ == BodyLayout::raw;
  Place place = start;
  std::size_t at = place.offset, line_end = text_.size(), stop = text_.size();
  auto find_line_end = [&] {
    if (!raw) return;
    line_end = stop = lines_.line_start(place.line + 1);
    while (stop > at && (text_[stop - 1] == '\n' || text_[stop - 1] == '\r')) --stop;
  };
  find_line_end();
  const auto next_line = [&] { return Place{static_cast<std::uint32_t>(line_end), place.line + 1, 0, false, false, false}; };
  // Most rows of most bodies: a short line without a tab, looked at once.
  if (!out && raw && !place.continued && folds_.empty() && static_cast<float>(stop - at) * metrics_.narrow <= metrics_.width &&
      text_.substr(at, stop - at).find('\t') == std::string_view::npos)
    return next_line();
  // By the bracket that closes first, a row stands as deep as the one that opened it.
  if (!raw && !place.continued && place.depth > 0 && at < stop && (text_[at] == '}' || text_[at] == ']')) --place.depth;

  Scan scan{*this, out, left_of(place)};
  if (out) {
    out->from = start.offset;
    out->line = place.continued ? 0 : place.line;
    out->left = scan.x;
  }
  const std::size_t most = at + 4 * static_cast<std::size_t>(metrics_.width / metrics_.narrow) + 256;  // bytes of a row
  bool inside = place.inside_string;
  const auto finish = [&](Place to) {
    to = settled(to);
    if (out) {
      out->to = to.offset;
      // In one long line nearly every row would fold: only where a line begins.
      if (!scan.unclosed.empty() && (!raw || !start.continued)) out->fold = scan.unclosed.front();
      if (scan.folded && (!out->fold || *scan.folded < *out->fold)) {
        out->fold = scan.folded;
        out->folded = true;
      }
    }
    return to;
  };
  const auto begin_at = [&](std::size_t offset) { return Place{static_cast<std::uint32_t>(offset), 1, place.depth, false, false, false}; };
  const auto go_on_at = [&](std::size_t offset, bool within) {
    return Place{static_cast<std::uint32_t>(offset), place.line, place.depth, within, true, place.after_value};
  };
  for (;;) {
    if (at >= stop) return finish(raw ? next_line() : begin_at(text_.size()));
    if (at >= most && !inside && raw) return finish(go_on_at(at, false));
    const std::size_t limit = std::min(stop, std::max(most, at + 256));
    JsonRun run = json_ ? next_json_run(text_, at, limit, inside) : JsonRun{JsonRunKind::blank, at, limit, false};
    // What ends with its line is whole, though the text goes on.
    if (run.unfinished && run.end == stop) run.unfinished = false;
    const bool is_value = run.kind == JsonRunKind::string || run.kind == JsonRunKind::number || run.kind == JsonRunKind::literal ||
                          run.kind == JsonRunKind::wrong || run.kind == JsonRunKind::open;
    if (!raw) {
      if (run.kind == JsonRunKind::blank) {
        at = run.end;
        continue;
      }
      if (run.kind == JsonRunKind::close && scan.any) return finish(begin_at(at));
      // Two values without a comma between them.
      if (is_value && !inside && place.after_value) {
        place.after_value = false;
        if (scan.any) return finish(begin_at(at));
      }
    }
    // A word that began on the row above is still that word.
    if (out && start.continued && at == start.offset && !inside && is_value && run.kind != JsonRunKind::open) {
      const std::size_t earliest = at - std::min<std::size_t>(at, 64);
      std::size_t begin = at;
      while (begin > earliest && text_[begin - 1] != '"' && next_json_run(text_, begin - 1, at + 1).end > at) --begin;
      run.kind = next_json_run(text_, begin, limit).kind;
    }
    const BodyInk ink = !out ? BodyInk::plain : json_ ? ink_of(run, inside) : BodyInk::plain;
    const std::size_t put = scan.put(run.begin, run.end, ink);
    if (put < run.end || run.unfinished) return finish(go_on_at(put, run.kind == JsonRunKind::string && (inside || put > run.begin)));
    at = run.end;
    inside = false;
    if (run.kind == JsonRunKind::open) {
      if (const JsonContainer* fold = find_fold(run.begin)) {
        scan.folded = scan.folded.value_or(run.begin);
        scan.put_summary(*fold);
        at = fold->close;
        if (raw) {
          place.line = static_cast<std::uint32_t>(lines_.locate(at).line);
          find_line_end();
        }
        scan.any = false;  // the bracket stays on this row, whether it fits or not
        at = scan.put(at, at + 1, BodyInk::punctuation);
        place.after_value = true;
        continue;
      }
      if (raw) {
        scan.unclosed.push_back(run.begin);
        continue;
      }
      const Byte* base = reinterpret_cast<const Byte*>(text_.data());
      const std::size_t then = static_cast<std::size_t>(json_text::skip_blank(base + at, base + text_.size()) - base);
      if (then < text_.size() && text_[then] == (text_[run.begin] == '{' ? '}' : ']')) {
        at = scan.put(then, then + 1, BodyInk::punctuation);
        if (at == then) return finish(go_on_at(then, false));
        place.after_value = true;
        continue;
      }
      scan.unclosed.push_back(run.begin);
      ++place.depth;
      return finish(begin_at(at));
    }
    if (raw) {
      if (run.kind == JsonRunKind::close && !scan.unclosed.empty()) scan.unclosed.pop_back();
      continue;
    }
    if (run.kind == JsonRunKind::comma) return finish(begin_at(at));
    if (run.kind == JsonRunKind::colon) {
      scan.x += metrics_.narrow;
      place.after_value = false;
    } else {
      place.after_value = true;
    }
  }
}

BodyRows::Place BodyRows::place_of(std::size_t index) const {
  std::size_t row = index / stride * stride;
  Place place = row / stride < checkpoints_.size() ? checkpoints_[row / stride] : front_;
  if (has_cached_ && cached_row_ <= index && cached_row_ >= row) {
    row = cached_row_;
    place = cached_;
  }
  for (; row < index; ++row) place = next(place, nullptr);
  cached_row_ = index;
  cached_ = place;
  has_cached_ = true;
  return place;
}

BodyRow BodyRows::row(std::size_t index) const {
  BodyRow out;
  if (index >= count_) return out;
  next(place_of(index), &out);
  // Only brackets with a partner fold; those the outline has not reached yet will later.
  if (out.fold && !out.folded && !can_fold(*out.fold)) out.fold.reset();
  return out;
}

std::optional<std::size_t> BodyRows::row_of(std::size_t offset) const {
  if (checkpoints_.empty() || (!done_ && offset >= front_.offset)) return std::nullopt;
  auto behind = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), offset, [](std::size_t at, const Place& place) { return at < place.offset; });
  if (behind != checkpoints_.begin()) --behind;
  std::size_t row = static_cast<std::size_t>(behind - checkpoints_.begin()) * stride;
  Place place = *behind;
  while (row + 1 < count_) {
    const Place then = next(place, nullptr);
    if (then.offset > offset) break;
    place = then;
    ++row;
  }
  return row;
}

float BodyRows::x_of(const BodyRow& row, std::size_t offset) const {
  float x = row.left;
  for (const BodySegment& segment : row.segments) {
    if (offset < segment.from) break;
    x = segment.x;
    if (offset >= segment.to) {
      x += segment.width;
      continue;
    }
    if (!segment.summary.empty()) return x;
    for (std::size_t at = segment.from; at < offset;) {
      const BodyGlyph glyph = body_glyph(text_, at);
      at += glyph.length;
      if (at <= offset) x += width_of(glyph);
    }
    return x;
  }
  return x;
}

std::size_t BodyRows::offset_at(const BodyRow& row, float x) const {
  std::size_t best = row.segments.empty() ? row.from : row.segments.front().from;
  for (const BodySegment& segment : row.segments) {
    if (x < segment.x) break;
    if (!segment.summary.empty()) {
      best = x < segment.x + segment.width / 2 ? segment.from : segment.to;
      continue;
    }
    float left = segment.x;
    std::size_t at = segment.from;
    while (at < segment.to) {
      const BodyGlyph glyph = body_glyph(text_, at);
      const float width = width_of(glyph);
      if (x < left + width / 2) break;
      left += width;
      at += glyph.length;
    }
    best = std::min(at, segment.to);
    if (at < segment.to) break;
  }
  return best;
}

std::string BodyRows::shown(const BodyRow& row) const {
  std::string out;
  for (const BodySegment& segment : row.segments) {
    if (!out.empty() && segment.ink != BodyInk::summary && row.segments.data() != &segment) {
      const BodySegment& before = *(&segment - 1);
      if (segment.x > before.x + before.width) out += ' ';
    }
    if (!segment.summary.empty()) {
      out += segment.summary;
      continue;
    }
    for (std::size_t at = segment.from; at < segment.to;) {
      const BodyGlyph glyph = body_glyph(text_, at);
      if (glyph.kind != BodyGlyph::sign) out += text_.substr(at, glyph.length);
      else if (text_[at] == '\t') out += "  ";
      else out += glyph.sign_text;
      at += glyph.length;
    }
  }
  return out;
}

void BodyRows::toggle_fold(std::size_t open) {
  const auto at = std::lower_bound(folds_.begin(), folds_.end(), open, [](const JsonContainer& each, std::size_t offset) { return each.open < offset; });
  const auto row = row_of(open);
  if (at != folds_.end() && at->open == open) folds_.erase(at);
  else if (const auto container = outline_.find(open)) folds_.insert(at, *container);
  else return;
  restart(row.value_or(0));
}

bool BodyRows::unfold_around(std::size_t offset) {
  const auto hides = [&](const JsonContainer& fold) { return fold.open < offset && offset < fold.close; };
  const auto first = std::find_if(folds_.begin(), folds_.end(), hides);
  if (first == folds_.end()) return false;
  const auto row = row_of(first->open);
  std::erase_if(folds_, hides);
  restart(row.value_or(0));
  return true;
}

}  // namespace blindspot
