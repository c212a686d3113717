// Strings: in double quotes, in any other quotes, and in quotes that were escaped once too often.
#include <algorithm>

#include "core/json/surgeon.hpp"

namespace blindspot {

using namespace json_text;

namespace {

// How far a guess may look ahead: a bound, so that hostile text costs no more than a constant for each byte.
constexpr std::size_t look_ahead = 256;

constexpr std::string_view typographic[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E",
                                            "\xE2\x80\x98", "\xE2\x80\x99", "\xEF\xBC\x82"};

std::size_t typographic_length(std::string_view text, std::size_t at) {
  for (const std::string_view quote : typographic) {
    if (starts_with(text, at, quote)) return quote.size();
  }
  return 0;
}

std::string escape_of(Byte c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    default: {
      constexpr char hex[] = "0123456789abcdef";
      return std::string("\\u00") + hex[c >> 4] + hex[c & 15];
    }
  }
}

bool is_word_byte(Byte c) {
  return is_letter(c) || is_digit(c) || c >= 0x80;
}

}  // namespace

bool Surgeon::at_quote() const {
  const Byte c = here();
  if (c == '"' || c == '\'' || c == '`') return true;
  if (c == '\\') return pos_ + 1 < stop_ && byte(pos_ + 1) == '"';
  return c >= 0xE2 && typographic_length(text_.substr(0, stop_), pos_) != 0;
}

void Surgeon::read_any_string(Role role) {
  const std::size_t start = pos_, end_before = last_end_, comma_before = pending_comma_;
  const Byte c = here();
  if (c == '"') {
    read_double_quoted(role);
  } else if (c == '\\') {
    read_escaped_quoted(role);
  } else {
    read_other_quoted(role, c < 0x80 ? 1 : typographic_length(text_, pos_));
  }
  if (role == Role::name) {
    remember_name(start, pos_);
    last_end_ = pos_;
    pending_comma_ = none;
    due_ = Due::colon;
    return;
  }
  value_read();
  string_element_ = start;
  last_string_end_ = pos_;
  end_before_string_ = end_before;
  comma_before_string_ = comma_before;
}

void Surgeon::read_double_quoted(Role role) {
  const std::size_t start = pos_++;
  bool quotes_inside = false, line_ends_looked_at = false;
  for (;;) {
    pos_ = static_cast<std::size_t>(skip_plain(pointer(pos_), pointer(stop_)) - pointer(0));
    if (at_end()) {
      ending_ = "\"";
      return;
    }
    const Byte c = here();
    if (c == '"') {
      if (!quote_is_inside(pos_ + 1, role, quotes_inside)) {
        ++pos_;
        return;
      }
      fault(JsonFault::syntax, pos_, 1);
      edit(pos_, 0, "\\", JsonFault::syntax);
      quotes_inside = true;
      ++pos_;
    } else if (c == '\\') {
      read_escape();
    } else if (c >= 0x80) {
      const std::size_t length = utf8_length(pointer(pos_), pointer(stop_));
      if (length == 0) {
        read_bad_bytes();
      } else {
        pos_ += length;
      }
    } else {
      if ((c == '\n' || c == '\r') && !line_ends_looked_at) {
        line_ends_looked_at = true;
        if (newline_ends_string(pos_, role)) {
          pos_ = end_string_at_line(start, pos_);
          return;
        }
      }
      mend_control(pos_);
      ++pos_;
    }
  }
}

// Apostrophes, backticks, typographic quotes. The same string in double quotes is what we write.
void Surgeon::read_other_quoted(Role role, std::size_t open_size) {
  const std::size_t start = pos_;
  const Byte quote = here();
  const JsonFault why = JsonFault::single_quotes;
  notes_.marks.apostrophes |= quote == '\'';
  edit(start, open_size, "\"", why);
  pos_ += open_size;
  for (;;) {
    if (at_end()) {
      ending_ = "\"";
      break;
    }
    const Byte c = here();
    std::size_t close = 0;
    if (quote < 0x80) {
      const bool in_a_word =
          c == quote && is_word_byte(byte(pos_ - 1)) && pos_ + 1 < stop_ && is_word_byte(byte(pos_ + 1));
      close = c == quote && !in_a_word ? 1 : 0;
    } else if (c >= 0xE2) {
      close = typographic_length(text_.substr(0, stop_), pos_);
    } else if (c == '"' || c == '\'') {
      close = may_follow(pos_ + 1, role) ? 1 : 0;
    }
    if (close != 0) {
      edit(pos_, close, "\"", why);
      pos_ += close;
      break;
    }
    if (c == '\\') {
      const Byte next = pos_ + 1 < stop_ ? byte(pos_ + 1) : 0;
      if (next == '\'' || next == '`') {
        edit(pos_, 1, "", why);
        pos_ += 2;
      } else {
        read_escape();
      }
    } else if (c == '"') {
      edit(pos_, 0, "\\", why);
      ++pos_;
    } else if (c < 0x20) {
      if ((c == '\n' || c == '\r') && quote == '`') {
        edit(pos_, 1, escape_of(c), why);
      } else {
        mend_control(pos_);
      }
      ++pos_;
    } else if (const std::size_t length = utf8_length(pointer(pos_), pointer(stop_)); length != 0) {
      pos_ += length;
    } else {
      read_bad_bytes();
    }
  }
  fault(why, start, pos_ - start);
}

// {\"a\": \"b\"}: the text was made a string once too often. Every second backslash goes, and a quote loses its own.
void Surgeon::read_escaped_quoted(Role role) {
  const JsonFault why = JsonFault::bad_escape;
  if (!escaped_quotes_told_) fault(why, pos_, 2);
  escaped_quotes_told_ = true;
  edit(pos_, 1, "", why);
  pos_ += 2;
  while (!at_end()) {
    const Byte c = here();
    if (c == '\\') {
      if (!halve_backslashes(role)) return;
    } else if (c == '"') {
      if (may_follow(pos_ + 1, role)) {
        ++pos_;
        return;
      }
      edit(pos_, 0, "\\", why);
      ++pos_;
    } else if (c < 0x20) {
      mend_control(pos_);
      ++pos_;
    } else if (const std::size_t length = utf8_length(pointer(pos_), pointer(stop_)); length != 0) {
      pos_ += length;
    } else {
      read_bad_bytes();
    }
  }
  ending_ = "\"";
}

// Reads a run of backslashes and what it escapes. False when that was the end of the string.
bool Surgeon::halve_backslashes(Role role) {
  std::size_t run = 1;
  while (pos_ + run < stop_ && byte(pos_ + run) == '\\') ++run;
  const Byte next = pos_ + run < stop_ ? byte(pos_ + run) : 0;
  const std::size_t half = run / 2, even = half / 2 * 2;
  const auto keep = [this](std::size_t size, std::size_t kept) {
    if (kept != size) edit(pos_, size, std::string(kept, '\\'), JsonFault::bad_escape);
    pos_ += size;
  };
  if (next == '"') {
    const bool ends = run % 2 == 1 ? half % 2 == 0 : may_follow(pos_ + run + 1, role);
    keep(run, ends ? even : half | 1);
    ++pos_;
    return !ends;
  }
  if (next != 0 && (run % 2 == 1 || half % 2 == 1)) {
    keep(run - 1, even);
    read_escape();
  } else {
    keep(run, even);
  }
  return true;
}

void Surgeon::read_escape() {
  const JsonFault why = JsonFault::bad_escape;
  const std::size_t start = pos_, left = stop_ - pos_;
  if (left < 2) {
    edit(start, left, "", JsonFault::truncated);
    pos_ = stop_;
    return;
  }
  const Byte c = byte(start + 1);
  if (c == 'u') return read_unicode_escape();
  if (std::string_view("\"\\/bfnrt").find(static_cast<char>(c)) != std::string_view::npos) {
    pos_ += 2;
  } else if (c == 'x' && left >= 4 && hex_value(byte(start + 2)) >= 0 && hex_value(byte(start + 3)) >= 0) {
    mend(why, start, 4, "\\u00" + std::string(text_.substr(start + 2, 2)));
    pos_ += 4;
  } else if (c == '\'') {
    mend(why, start, 2, "'");
    pos_ += 2;
  } else if (c == '\n' || c == '\r') {
    // A line continued as in JavaScript.
    const std::size_t size = c == '\r' && left >= 3 && byte(start + 2) == '\n' ? 3 : 2;
    mend(why, start, size, "");
    pos_ += size;
  } else if (c < 0x20) {
    mend(why, start, 2, escape_of(c));
    pos_ += 2;
  } else {
    // \d, \w, C:\dir: the backslash itself was meant.
    fault(why, start, c < 0x80 ? 2 : 1);
    edit(start, 0, "\\", why);
    pos_ += c < 0x80 && c != '`' ? 2 : 1;
  }
}

void Surgeon::read_unicode_escape() {
  const JsonFault why = JsonFault::bad_escape;
  const std::size_t start = pos_;
  if (stop_ - start >= 6) {
    const int unit = hex4(pointer(start + 2));
    if (unit >= 0) {
      pos_ += 6;
      if (unit < 0xD800 || unit > 0xDFFF) return;
      const bool pair = unit < 0xDC00 && stop_ - pos_ >= 6 && byte(pos_) == '\\' && byte(pos_ + 1) == 'u' &&
                        hex4(pointer(pos_ + 2)) >= 0xDC00 && hex4(pointer(pos_ + 2)) <= 0xDFFF;
      if (pair) {
        pos_ += 6;
      } else {
        warn(JsonFault::lone_surrogate, start, 6);
      }
      return;
    }
  }
  std::size_t end = start + 2;
  if (end < stop_ && byte(end) == '{') {
    // \u{1F600}, as in JavaScript.
    std::uint32_t point = 0;
    for (++end; end < stop_ && end - start < 9 && hex_value(byte(end)) >= 0; ++end) {
      point = point * 16 + static_cast<std::uint32_t>(hex_value(byte(end)));
    }
    if (end < stop_ && byte(end) == '}' && end > start + 3 && point <= 0x10FFFF && point >= 0x20 && point != '"' &&
        point != '\\' && (point < 0xD800 || point > 0xDFFF)) {
      std::string character;
      append_utf8(character, point);
      mend(why, start, end + 1 - start, character);
      pos_ = end + 1;
      return;
    }
    end = start + 2;
  }
  while (end < stop_ && end - start < 6 && hex_value(byte(end)) >= 0) ++end;
  if (end == stop_) {
    edit(start, end - start, "", JsonFault::truncated);
  } else {
    fault(why, start, end - start);
    edit(start, 0, "\\", why);
  }
  pos_ = end;
}

// Bytes that are no UTF-8: a run of them becomes one replacement character. A sequence cut off by the end is dropped.
void Surgeon::read_bad_bytes() {
  const std::size_t start = pos_;
  if (utf8_cut_length(pointer(pos_), pointer(stop_)) != 0) {
    edit(start, stop_ - start, "", JsonFault::truncated);
    pos_ = stop_;
    return;
  }
  do {
    ++pos_;
  } while (!at_end() && here() >= 0x80 && utf8_length(pointer(pos_), pointer(stop_)) == 0);
  mend(JsonFault::invalid_utf8, start, pos_ - start, "\xEF\xBF\xBD");
}

void Surgeon::mend_control(std::size_t at) {
  mend(JsonFault::control_character, at, 1, escape_of(byte(at)));
}

// Did somebody forget the closing quote on this line? Then the next quote opens another string, and what stands
// behind it is no end of a string.
bool Surgeon::newline_ends_string(std::size_t at, Role role) const {
  std::size_t quote = at;
  for (;;) {
    quote = text_.substr(0, stop_).find('"', quote);
    if (quote == std::string_view::npos) break;
    std::size_t backslashes = 0;
    while (quote - backslashes > at && byte(quote - backslashes - 1) == '\\') ++backslashes;
    if (backslashes % 2 == 0) return !may_follow(quote + 1, role);
    ++quote;
  }
  if (depth_ == 0) return false;
  std::size_t last = stop_;
  while (last > at && is_blank(byte(last - 1))) --last;
  return last > at && (byte(last - 1) == '}' || byte(last - 1) == ']');
}

// Puts the missing quote at the end of the line, before a comma that closes it; returns where to go on.
std::size_t Surgeon::end_string_at_line(std::size_t start, std::size_t newline) {
  std::size_t end = newline;
  while (end > start + 1 && is_blank(byte(end - 1))) --end;
  if (end > start + 1 && byte(end - 1) == ',') --end;
  // An escaped comma or blank must keep its backslash's partner inside.
  std::size_t backslashes = 0;
  while (end - backslashes > start + 1 && byte(end - backslashes - 1) == '\\') ++backslashes;
  if (backslashes % 2 == 1) end = newline;
  forget_from(end);
  fault(JsonFault::syntax, end, 0);
  edit(end, 0, "\"", JsonFault::syntax);
  return end;
}

// Is the quote before `behind` part of what is said, as in "he said "hi" to me"? The first such quote must touch a
// word and the next quote must not look like one that opens; later ones only must not be followed by what ends a value.
bool Surgeon::quote_is_inside(std::size_t behind, Role role, bool was_inside) const {
  if (behind >= stop_) return false;
  const Byte c = byte(behind);
  if (!was_inside && !is_word_byte(c)) return false;
  if (was_inside && may_follow(behind, role)) return false;
  const std::size_t end = std::min(stop_, behind + look_ahead);
  bool first = !was_inside;
  for (std::size_t at = behind; at < end && byte(at) != '\n' && byte(at) != '\r'; ++at) {
    if (byte(at) == '\\') {
      ++at;
      continue;
    }
    if (byte(at) != '"') continue;
    if (first && std::string_view(" \t,:{}[]").find(text_[at - 1]) != std::string_view::npos) return false;
    first = false;
    if (may_follow(at + 1, role)) return true;
  }
  return false;
}

// Can what begins here stand behind a complete name or value at this place?
bool Surgeon::may_follow(std::size_t at, Role role) const {
  const std::size_t end = std::min(stop_, at + look_ahead);
  const auto past_blank = [&](std::size_t from) {
    while (from < end && is_blank(byte(from))) ++from;
    return from;
  };
  at = past_blank(at);
  if (at >= end) return role == Role::value || end != stop_;
  const Byte c = byte(at);
  if (role == Role::name) return c == ':';
  if (depth_ == 0) return false;
  if (!in_object()) return c == ',' || c == ']';
  if (c == '}') return true;
  if (c != ',') return false;
  at = past_blank(at + 1);
  if (at >= end || byte(at) == '"' || byte(at) == '\'' || byte(at) == '}' || byte(at) == '/' || byte(at) == '\\')
    return true;
  while (at < end && (is_word_byte(byte(at)) || byte(at) == '_' || byte(at) == '$')) ++at;
  at = past_blank(at);
  return at >= end || byte(at) == ':' || byte(at) == '=';
}

}  // namespace blindspot
