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

// Behind the closing quote of a string without escapes whose end nothing puts in doubt; null for any other.
const Byte* clean_string_end(const Byte* p, const Byte* end) {
  const Byte* inside = ++p;
  for (;;) {
    p = skip_plain(p, end);
    if (p == end || *p == '\\' || *p < 0x20) return nullptr;
    if (*p == '"') break;
    do {
      const std::size_t length = utf8_length(p, end);
      if (length == 0) return nullptr;
      p += length;
    } while (p != end && *p >= 0x80);
  }
  const bool empty = p == inside;
  ++p;
  const bool settled = p != end && (*p == ':' || *p == ',' || *p == '}' || *p == ']' || *p == '\n' || *p == '\r');
  return settled && !(empty && *p == '"') ? p : nullptr;
}

// Behind a strict number of a size that every reader keeps; null for any other.
const Byte* clean_number_end(const Byte* p, const Byte* end, bool in_object) {
  const Byte* start = p;
  const auto digits = [&] {
    const Byte* first = p;
    while (p != end && is_digit(*p)) ++p;
    return p != first;
  };
  if (*p == '-') ++p;
  if (p != end && *p == '0') ++p;
  else if (!digits()) return nullptr;
  if (p != end && *p == '.') {
    ++p;
    if (!digits()) return nullptr;
  }
  if (p - start >= 16 || !settles_a_word(p, end)) return nullptr;
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

void Surgeon::walk_clean_part() {
  if (!odd_.empty() || open_calls_ != 0) return;
  const Byte* const end = pointer(stop_);
  while (depth_ != 0) {
    const Byte* p = json_text::skip_blank(pointer(pos_), end);
    if (p == end) return;
    const std::size_t at = static_cast<std::size_t>(p - pointer(0));
    switch (due_) {
      case Due::first_name:
      case Due::name: {
        if (*p != '"') {
          if (*p != '}' || due_ != Due::first_name) return;
          pos_ = at + 1;
          close_top(pos_);
          break;
        }
        const Byte* behind = clean_string_end(p, end);
        if (behind == nullptr || *behind != ':') return;
        if (std::uint64_t* top = mark()) *top = at;
        escape_seen_ = false;
        last_end_ = at + static_cast<std::size_t>(behind - p);
        remember_name(at, last_end_);
        pos_ = last_end_ + 1;
        last_end_ = pos_;  // the colon is read with it
        pending_comma_ = none;
        due_ = Due::value;
        break;
      }
      case Due::value:
      case Due::first_element: {
        const Byte c = *p;
        if (c == '{' || c == '[') {
          const bool dump = c == '[' && p + 1 != end && is_letter(p[1]);
          if (dump || depth_ >= options_.deep) return;
          pos_ = at;
          open(c == '{');
          break;
        }
        if (c == ']' && due_ == Due::first_element) {
          pos_ = at + 1;
          close_top(pos_);
          break;
        }
        const bool string = c == '"';
        const Byte* behind = string ? clean_string_end(p, end) : is_digit(c) || c == '-' ? clean_number_end(p, end, in_object()) : clean_word_end(p, end);
        if (behind == nullptr || (string && *behind == ':')) return;
        const std::size_t end_before = last_end_, comma_before = pending_comma_;
        if (string) {
          const Byte* next = json_text::skip_blank(behind, end);
          if (next == end || *next == '+') return;  // "a" + "b"
          escape_seen_ = false;
        }
        pos_ = at + static_cast<std::size_t>(behind - p);
        value_read();
        if (!string) break;
        string_element_ = at;
        last_string_end_ = pos_;
        end_before_string_ = end_before;
        comma_before_string_ = comma_before;
        break;
      }
      case Due::colon: return;
      case Due::separator:
        if (*p == ',') {
          pending_comma_ = at;
          pos_ = at + 1;
          if (std::uint64_t* top = mark()) *top = in_object() ? none : *top + 1;
          due_ = in_object() ? Due::name : Due::value;
        } else if (*p == (in_object() ? '}' : ']')) {
          pos_ = at + 1;
          close_top(pos_);
        } else {
          return;
        }
        break;
    }
  }
}

}  // namespace blindspot
