// Most of a broken text is as it should be. Here the surgeon walks through that part quickly: tokens that JSON knows, where JSON
// wants them, each followed by what settles that it ended. At anything else it stops in front of the token, which the rest of
// the surgeon then reads; so whatever is read here leaves the same behind as it would there.
#include <algorithm>

#include "core/json/surgeon.hpp"

namespace blindspot {

using namespace json_text;

namespace {

bool settles_a_word(const Byte* p, const Byte* end) {
  return p != end && (is_blank(*p) || *p == ',' || *p == ']' || *p == '}');
}

// Behind an escape with nothing to remark; null for any other.
const Byte* clean_escape_end(const Byte* p, const Byte* end) {
  if (end - p < 2) return nullptr;
  const Byte c = p[1];
  if (c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' || c == 'n' || c == 'r' || c == 't') return p + 2;
  const auto unit = [&](std::ptrdiff_t at) { return end - p >= at + 6 && p[at] == '\\' && p[at + 1] == 'u' ? hex4(p + at + 2) : -1; };
  const int first = unit(0);
  if (first < 0 || (first >= 0xDC00 && first <= 0xDFFF)) return nullptr;
  if (first < 0xD800 || first > 0xDFFF) return p + 6;
  const int second = unit(6);
  return second >= 0xDC00 && second <= 0xDFFF ? p + 12 : nullptr;
}

// Behind the closing quote of a string that needs no mending; null for any other.
[[gnu::always_inline]] inline const Byte* sound_string_end(const Byte* p, const Byte* end, bool& escaped) {
  ++p;
  for (;;) {
    p = skip_plain(p, end);
    if (p == end || *p < 0x20) return nullptr;
    if (*p == '"') return p + 1;
    if (*p == '\\') {
      escaped = true;
      p = clean_escape_end(p, end);
      if (p == nullptr) return nullptr;
      continue;
    }
    do {
      const std::size_t length = utf8_length(p, end);
      if (length == 0) return nullptr;
      p += length;
    } while (p != end && *p >= 0x80);
  }
}

// Behind a number that every reader keeps; null for any other.
const Byte* clean_number_end(const Byte* start, const Byte* end, bool in_object) {
  const Byte* p = number_end(start, end);
  if (p == nullptr || !settles_a_word(p, end)) return nullptr;
  const std::string_view number(reinterpret_cast<const char*>(start), static_cast<std::size_t>(p - start));
  if (number.size() >= 16 && number.find_first_of(".eE") == std::string_view::npos && is_beyond_safe_integer(number)) return nullptr;
  // 1,299 within an object is one number.
  return in_object && *p == ',' && p + 1 != end && is_digit(p[1]) ? nullptr : p;
}

const Byte* clean_word_end(const Byte* p, const Byte* end) {
  for (const std::string_view word : {"true", "false", "null"}) {
    if (end - p < static_cast<std::ptrdiff_t>(word.size()) || std::memcmp(p, word.data(), word.size()) != 0) continue;
    return settles_a_word(p + word.size(), end) ? p + word.size() : nullptr;
  }
  return nullptr;
}

}  // namespace

bool Surgeon::take_over(const ScanPoint& point) {
  const std::size_t root = blank_end(pos_);
  const auto before = [&](std::size_t at) {
    while (at > root && is_blank(byte(at - 1))) --at;
    return at;
  };
  std::size_t at = point.stopped_at, behind = before(at);
  if (behind <= root) return false;
  const Byte wrong = at < stop_ ? byte(at) : 0;
  // A scalar ends for certain where a comma or a bracket stands behind it. 1,299 within an object is one number.
  const bool grouped = byte(behind - 1) == ',' && behind == at && is_digit(wrong) && is_digit(byte(behind - 2));
  if (grouped || std::string_view("{}[]:,").find(text_[behind - 1]) == std::string_view::npos) behind = before(at = point.last_token);
  // [object Object]: the bracket is part of the word, and was none for the depth either.
  if (behind <= root || (byte(behind - 1) == '[' && is_letter(wrong))) return false;

  root_start_ = root;
  root_is_container_ = true;
  names_.reserve(point.names.size() + a_few);
  std::size_t next = 0;  // among the names
  for (std::size_t level = 0; level < point.levels.size(); ++level) {
    const bool object = ScanPoint::is_object(point.levels[level]);
    push(object);
    std::uint64_t* top = mark();
    if (!object) {
      if (top != nullptr) *top = ScanPoint::number(point.levels[level]);
      continue;
    }
    std::size_t inner = level + 1;
    while (inner < point.levels.size() && !ScanPoint::is_object(point.levels[inner])) ++inner;
    const std::size_t last = inner < point.levels.size() ? ScanPoint::number(point.levels[inner]) : point.names.size();
    for (; next < last; ++next) {
      const std::size_t start = ScanPoint::offset(point.names[next]);
      escape_seen_ = false;
      const Byte* end = sound_string_end(pointer(start), pointer(stop_), escape_seen_);
      remember_name(start, offset(end));
      if (top != nullptr) *top = start;
    }
  }
  notes_.depth = std::max(notes_.depth, point.deepest);
  pos_ = at;
  last_end_ = behind;
  switch (text_[behind - 1]) {
    case '{': due_ = Due::first_name; break;
    case '[': due_ = Due::first_element; break;
    case ':': due_ = Due::value; break;
    case ',':
      pending_comma_ = behind - 1;
      last_end_ = before(pending_comma_);
      due_ = in_object() ? Due::name : Due::value;
      if (std::uint64_t* top = mark(); top != nullptr && in_object()) *top = none;
      break;
    default: due_ = Due::separator; break;
  }
  return true;
}

void Surgeon::walk_clean_part() {
  if (!odd_.empty() || open_calls_ != 0) return;
  const Byte* const end = pointer(stop_);
  const Byte* p = pointer(pos_);  // ahead of pos_ by blanks only
  bool object = false;
  std::uint64_t* top = nullptr;
  for (std::size_t depth = 0; depth_ != 0;) {
    p = json_text::skip_blank(p, end);
    if (p == end) return;
    if (depth != depth_) depth = depth_, object = in_object(), top = mark();
    if (due_ == Due::name || due_ == Due::first_name) {
      if (*p == '}' && due_ == Due::first_name) {
        pos_ = offset(++p);
        close_top(pos_);
        continue;
      }
      if (*p != '"') return;
      bool escaped = false;
      const Byte* behind = sound_string_end(p, end, escaped);
      if (behind == nullptr) return;
      const Byte* colon = json_text::skip_blank(behind, end);
      if (colon == end || *colon != ':') return;
      if (top != nullptr) *top = offset(p);
      escape_seen_ = escaped;
      remember_name(offset(p), offset(behind));
      last_end_ = pos_ = offset(colon) + 1;  // the colon is read with it
      pending_comma_ = none;
      due_ = Due::value;
      p = json_text::skip_blank(colon + 1, end);
      if (p == end) return;
    }
    if (due_ == Due::value || due_ == Due::first_element) {
      const Byte c = *p;
      if (c == '{' || c == '[') {
        const bool dump = c == '[' && p + 1 != end && is_letter(p[1]);
        if (dump || depth_ >= options_.deep) return;
        pos_ = offset(p++);
        open(c == '{');
        continue;
      }
      if (c == ']' && due_ == Due::first_element) {
        pos_ = offset(++p);
        close_top(pos_);
        continue;
      }
      const bool string = c == '"';
      bool escaped = false;
      const Byte* behind = string                       ? sound_string_end(p, end, escaped)
                           : is_digit(c) || c == '-' ? clean_number_end(p, end, object)
                                                     : clean_word_end(p, end);
      if (behind == nullptr) return;
      const Byte* next = json_text::skip_blank(behind, end);
      if (next == end || (string && *next != ',' && *next != '}' && *next != ']' && *next != ':')) return;
      pos_ = offset(behind);
      if (string) {
        escape_seen_ = escaped;
        end_before_string_ = last_end_;
        comma_before_string_ = pending_comma_;
        last_string_end_ = pos_;
      }
      value_read();
      if (string) string_element_ = offset(p);
      p = next;
    }
    if (due_ != Due::separator) return;
    if (*p == ',') {
      pending_comma_ = offset(p);
      pos_ = offset(++p);
      if (top != nullptr) *top = object ? none : *top + 1;
      due_ = object ? Due::name : Due::value;
    } else if (*p == (object ? '}' : ']')) {
      pos_ = offset(++p);
      close_top(pos_);
    } else {
      return;
    }
  }
}

}  // namespace blindspot
