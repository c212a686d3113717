// Strings: in double quotes, in any other quotes, and in quotes that were escaped once too often.
#include <algorithm>

#include "core/json/surgeon.hpp"

namespace blindspot {

using namespace json_text;

namespace {

// How far a guess may look ahead: a bound, so that hostile text costs no more than a constant for each byte.
constexpr std::size_t look_ahead = 256;

// Quotes of other scripts and of word processors. Those of one row close each other.
constexpr std::string_view typographic[][4] = {{"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xEF\xBC\x82"},
                                               {"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9A", "\xEF\xBC\x87"},
                                               {"\xC2\xAB", "\xC2\xBB", "", ""},
                                               {"\xE3\x80\x8C", "\xE3\x80\x8D", "\xE3\x80\x8E", "\xE3\x80\x8F"}};

struct Typographic {
  std::size_t row = 0, length = 0;
};

Typographic typographic_quote(std::string_view text, std::size_t at) {
  for (std::size_t row = 0; row < std::size(typographic); ++row) {
    for (const std::string_view quote : typographic[row]) {
      if (!quote.empty() && starts_with(text, at, quote)) return {row, quote.size()};
    }
  }
  return {};
}

std::size_t typographic_length(std::string_view text, std::size_t at) {
  return typographic_quote(text, at).length;
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
  return c >= 0xC2 && typographic_length(text_.substr(0, stop_), pos_) != 0;
}

void Surgeon::read_any_string(Role role) {
  const std::size_t start = pos_, end_before = last_end_, comma_before = pending_comma_;
  escape_seen_ = false;
  read_quoted(role);
  for (std::size_t next = 0; role == Role::value && goes_on_in_another_string(next);) {
    // "a" + "b": what stands between the two goes, and both quotes with it.
    fault(JsonFault::syntax, pos_, next - pos_);
    if (!notes_.edits.empty() && notes_.edits.back().offset == pos_ - 1 && notes_.edits.back().remove == 1)
      notes_.edits.pop_back();
    edit(pos_ - 1, next - pos_ + 1, "", JsonFault::syntax);
    pos_ = next;
    continued_ = true;
    read_quoted(role);
    continued_ = false;
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

void Surgeon::read_quoted(Role role) {
  const Byte c = here();
  if (read_triple_quoted()) return;
  if (c == '"') {
    read_double_quoted(role);
  } else if (c == '\\') {
    read_escaped_quoted(role);
  } else {
    read_other_quoted(role, c < 0x80 ? 1 : typographic_length(text_, pos_));
  }
}

bool Surgeon::goes_on_in_another_string(std::size_t& next) const {
  if (at_end() || !ending_.empty() || (byte(pos_ - 1) != '"' && byte(pos_ - 1) != '\'' && byte(pos_ - 1) != '`'))
    return false;
  next = blank_end(pos_);
  if (next >= stop_ || byte(next) != '+') return false;
  next = blank_end(next + 1);
  if (next >= stop_ || (byte(next) != '"' && byte(next) != '\'' && byte(next) != '`')) return false;
  // Strings in triple quotes are written anew as a whole.
  const bool triple = text_.substr(0, stop_).substr(next, 3) == std::string(3, text_[next]);
  if (triple || notes_.edits.empty()) return !triple;
  const JsonEdit& last = notes_.edits.back();
  return last.offset + last.remove < pos_ || (last.offset == pos_ - 1 && last.remove == 1);
}

// '''text''' and """text""" of Python.
bool Surgeon::read_triple_quoted() {
  const Byte quote = here();
  if (stop_ - pos_ < 6 || byte(pos_ + 1) != quote || byte(pos_ + 2) != quote) return false;
  const std::string_view mark = quote == '"' ? "\"\"\"" : "'''";
  if (!at(mark)) return false;
  const std::size_t close = text_.substr(0, stop_).find(mark, pos_ + 3);
  if (close == std::string_view::npos) return false;
  fault(JsonFault::single_quotes, pos_, close + 3 - pos_);
  const std::string inside = unescape(text_.substr(pos_ + 3, close - pos_ - 3));
  edit(pos_, close + 3 - pos_, to_json_string(inside), JsonFault::single_quotes);
  note_bad_utf8(pos_, close);
  pos_ = close + 3;
  return true;
}

void Surgeon::read_double_quoted(Role role) {
  const std::size_t start = pos_++;
  if (continued_) edit(start, 1, "", JsonFault::syntax);
  bool quotes_inside = false, line_ends_looked_at = false;
  for (;;) {
    pos_ = static_cast<std::size_t>(skip_plain(pointer(pos_), pointer(stop_)) - pointer(0));
    if (at_end()) {
      if (!end_string_before_closers(start)) ending_ = "\"";
      return;
    }
    const Byte c = here();
    if (c == '"') {
      // What usually stands behind a quote settles it.
      const Byte next = pos_ + 1 < stop_ ? byte(pos_ + 1) : 0;
      if (!quotes_inside && next != ' ' && !is_word_byte(next) && next != '_' && next != '-' && next != '$') {
        ++pos_;
        return;
      }
      if (role == Role::value && end_string_before_comma(start)) return;
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
      do {
        const std::size_t length = utf8_length(pointer(pos_), pointer(stop_));
        if (length == 0) {
          read_bad_bytes();
        } else {
          pos_ += length;
        }
      } while (!at_end() && here() >= 0x80);
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
  const std::size_t row = typographic_quote(text_, start).row;
  edit(start, open_size, continued_ ? "" : "\"", why);
  pos_ += open_size;
  bool strays_looked_at = false, stray_closes = false;
  for (;;) {
    if (at_end()) {
      if (!end_string_before_closers(start)) ending_ = "\"";
      break;
    }
    const Byte c = here();
    std::size_t close = 0;
    if (quote < 0x80) {
      const bool in_a_word =
          c == quote && is_word_byte(byte(pos_ - 1)) && pos_ + 1 < stop_ && is_word_byte(byte(pos_ + 1));
      close = c == quote && !in_a_word ? 1 : 0;
      if (c == '"' && quote == '\'' && may_follow(pos_ + 1, role)) {
        // 'b": the wrong quote closes, when no right one follows on this line.
        if (!strays_looked_at) {
          const std::size_t far = std::min(stop_, pos_ + look_ahead);
          stray_closes = text_.substr(0, far).find_first_of("'\n", pos_) == std::string_view::npos ||
                         byte(text_.find_first_of("'\n", pos_)) == '\n';
          strays_looked_at = true;
        }
        if (stray_closes) close = 1;
      }
    } else if (const Typographic other = c >= 0xC2 ? typographic_quote(text_.substr(0, stop_), pos_) : Typographic{};
               other.length != 0) {
      close = other.row == row ? other.length : 0;
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
  escape_seen_ = true;
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
  if (may_follow(behind, role)) return false;
  if (!was_inside) {
    // Touching a word, or a word behind spaces and nothing that parts values before the next quote.
    const std::size_t word = byte(behind) == ' ' ? blank_end(behind) : behind;
    if (word >= stop_ || !is_word_byte(byte(word)) || wide_punctuation(text_.substr(0, stop_), word) != 0) return false;
    if (word != behind) {
      const std::size_t stop = text_.substr(0, std::min(stop_, behind + look_ahead)).find_first_of("\",:{}[]\n", word);
      if (stop == std::string_view::npos || byte(stop) != '"' || !may_follow(stop + 1, role)) return false;
    }
  }
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

// The text ends inside a string, but with just the brackets that would close everything: the quote is missing before
// them.
bool Surgeon::end_string_before_closers(std::size_t start) {
  std::size_t at = stop_, level = 0;
  for (; at > start + 1; --at) {
    const Byte c = byte(at - 1);
    if (is_blank(c)) continue;
    if ((c != '}' && c != ']') || level == depth_) break;
    ++level;
  }
  if (level == 0 || level != depth_) return false;
  // From the left the brackets must close from the innermost on.
  std::size_t inner = depth_;
  for (std::size_t i = at; i < stop_; ++i) {
    if (!is_blank(byte(i)) && kind_at(--inner) != (byte(i) == '}')) return false;
  }
  const std::size_t end = at;
  std::size_t backslashes = 0;
  const bool escaped_quote = byte(end - 1) == '"';
  const std::size_t before = escaped_quote ? end - 1 : end;
  while (before - backslashes > start + 1 && byte(before - backslashes - 1) == '\\') ++backslashes;
  if (backslashes % 2 == 1 && !escaped_quote) return false;
  // The last of \u{1F600} closes nothing else.
  for (std::size_t i = notes_.edits.size(); i > first_edit_; --i) {
    const JsonEdit& last = notes_.edits[i - 1];
    if (last.offset < end && last.offset + last.remove > end) return false;
    if (last.offset < end) break;
  }
  forget_from(end);
  if (escaped_quote && backslashes % 2 == 1) {
    // "C:\": the backslash was meant, not the escape.
    mend(JsonFault::bad_escape, end - 2, 0, "\\");
  } else {
    mend(JsonFault::truncated, end, 0, "\"");
  }
  pos_ = end;
  return true;
}

// {"a": "b, "c": 1}: this quote opens the next name, so the one before the comma is missing.
bool Surgeon::end_string_before_comma(std::size_t start) {
  if (!in_object()) return false;
  std::size_t name = pos_ + 1;
  const std::size_t limit = std::min(stop_, pos_ + 64);
  while (name < limit && (is_word_byte(byte(name)) || byte(name) == '_' || byte(name) == '-' || byte(name) == '$'))
    ++name;
  if (name == pos_ + 1 || name >= limit || byte(name) != '"') return false;
  const std::size_t colon = blank_end(name + 1);
  if (colon >= stop_ || byte(colon) != ':') return false;
  std::size_t end = pos_;
  while (end > start + 1 && is_blank(byte(end - 1))) --end;
  if (end <= start + 2 || byte(end - 1) != ',' || byte(end - 2) == '\\') return false;
  --end;
  forget_from(end);
  const std::size_t curly = end >= start + 4 ? typographic_length(text_.substr(0, end), end - 3) : 0;
  const std::size_t old = curly == 3 ? 3 : 0;
  mend(JsonFault::syntax, end - old, old, "\"");
  pos_ = end;
  return true;
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
  const char wide = byte(at) < 0x80 ? '\0' : wide_punctuation(text_.substr(0, stop_), at);
  const Byte c = wide != 0 ? static_cast<Byte>(wide) : byte(at);
  if (role == Role::name) return c == ':';
  if (depth_ == 0) return false;
  if (!in_object() && wide == ',') {
    const std::size_t next = past_blank(at + 3);
    return next >= end || byte(next) < 0x80 || typographic_length(text_, next) != 0;
  }
  if (!in_object()) return c == ',' || c == ']' || (c == ')' && !odd_.empty());
  if (c == '}') return true;
  if (c != ',') return false;
  at = past_blank(at + (wide != 0 ? 3 : 1));
  if (at >= end || byte(at) == '"' || byte(at) == '\'' || byte(at) == '}' || byte(at) == '/' || byte(at) == '\\' ||
      typographic_length(text_, at) != 0)
    return true;
  while (at < end && (is_word_byte(byte(at)) || byte(at) == '_' || byte(at) == '$')) ++at;
  at = past_blank(at);
  return at >= end || byte(at) == ':' || byte(at) == '=' || wide_punctuation(text_.substr(0, stop_), at) == ':';
}

}  // namespace blindspot
