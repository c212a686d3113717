// One strict reader stops at the first fault and says what was due there; three functions put that into words.
// BROWSERS: checked against Chromium 156, Firefox ESR 153 and WebKitGTK 2.50.
#include "core/json/engine_message.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/json/text.hpp"

namespace blindspot {

using namespace json_text;

namespace {

enum class Due {
  nothing,  // the text is taken
  value,
  value_after_comma,  // the second in an array
  first_name,
  next_name,
  colon,
  object_separator,
  array_separator,
  end,
  string_end,
  no_control,
  escape,
  unicode,
  digit_after_minus,
  digit_after_dot,
  digit_after_exponent,
  digit_after_exponent_sign,
  no_digit_after_zero,
  literal,
};

struct Stop {
  Due due = Due::nothing;
  std::size_t at = 0;     // the byte that is wrong, or the end
  std::size_t token = 0;  // where the string, number or word began
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // Each reads from `at` and leaves it behind what was read when nothing is due.
  Stop read_string(std::size_t& at) const {
    const std::size_t token = at++;
    for (;; ++at) {
      if (at >= text_.size()) return {Due::string_end, at, token};
      const Byte c = byte(at);
      if (c == '"') {
        ++at;
        return {};
      }
      if (c < 0x20) return {Due::no_control, at, token};
      if (c != '\\') continue;
      ++at;
      if (at >= text_.size()) return {Due::escape, at, token};
      if (byte(at) == 'u') {
        for (int i = 0; i < 4; ++i) {
          if (at + 1 >= text_.size() || hex_value(byte(at + 1)) < 0) return {Due::unicode, at + 1, token};
          ++at;
        }
      } else if (std::string_view("\"\\/bfnrt").find(text_[at]) == std::string_view::npos) {
        return {Due::escape, at, token};
      }
    }
  }

  Stop read_number(std::size_t& at) const {
    const std::size_t token = at;
    const auto digits = [&] {
      const std::size_t first = at;
      while (at < text_.size() && is_digit(byte(at))) ++at;
      return at != first;
    };
    if (byte(at) == '-') ++at;
    if (at < text_.size() && byte(at) == '0') {
      ++at;
      if (at < text_.size() && is_digit(byte(at))) return {Due::no_digit_after_zero, at, token};
    } else if (!digits()) {
      return {Due::digit_after_minus, at, token};
    }
    if (at < text_.size() && byte(at) == '.') {
      ++at;
      if (!digits()) return {Due::digit_after_dot, at, token};
    }
    if (at < text_.size() && (byte(at) == 'e' || byte(at) == 'E')) {
      ++at;
      const bool sign = at < text_.size() && (byte(at) == '+' || byte(at) == '-');
      if (sign) ++at;
      if (!digits()) return {sign ? Due::digit_after_exponent_sign : Due::digit_after_exponent, at, token};
    }
    return {};
  }

  Stop read_text() {
    std::size_t at = 0;
    Due due = Due::value;
    for (;;) {
      skip(at);
      if (at >= text_.size()) return due == Due::end ? Stop{} : Stop{due, at, at};
      const Byte c = byte(at);
      switch (due) {
        case Due::value:
        case Due::value_after_comma: {
          const bool first = due == Due::value && !open_.empty() && !open_.back() && text_[last_] == '[';
          if (first && c == ']') {
            ++at;
            due = close();
            break;
          }
          if (c == '{' || c == '[') {
            open_.push_back(c == '{');
            last_ = at++;
            due = c == '{' ? Due::first_name : Due::value;
            break;
          }
          const Stop stop = read_scalar(at);
          if (stop.due == Due::value) return {due, stop.at, stop.token};
          if (stop.due != Due::nothing) return stop;
          last_ = at - 1;
          due = separator();
          break;
        }
        case Due::first_name:
        case Due::next_name: {
          if (due == Due::first_name && c == '}') {
            ++at;
            due = close();
            break;
          }
          if (c != '"') return {due, at, at};
          const Stop stop = read_string(at);
          if (stop.due != Due::nothing) return stop;
          due = Due::colon;
          break;
        }
        case Due::colon:
          if (c != ':') return {due, at, at};
          last_ = at++;
          due = Due::value;
          break;
        case Due::object_separator:
        case Due::array_separator: {
          const bool object = due == Due::object_separator;
          if (c == ',') {
            last_ = at++;
            due = object ? Due::next_name : Due::value_after_comma;
          } else if (c == (object ? '}' : ']')) {
            last_ = at++;
            due = close();
          } else {
            return {due, at, at};
          }
          break;
        }
        default:
          return {Due::end, at, at};
      }
    }
  }

  // What is due behind a value, where the reading stopped.
  Due separator() const {
    return open_.empty() ? Due::end : open_.back() ? Due::object_separator : Due::array_separator;
  }

 private:
  Byte byte(std::size_t at) const { return static_cast<Byte>(text_[at]); }
  void skip(std::size_t& at) const {
    while (at < text_.size() && is_blank(byte(at))) ++at;
  }
  Due close() {
    open_.pop_back();
    return separator();
  }

  Stop read_scalar(std::size_t& at) const {
    const Byte c = byte(at);
    if (c == '"') return read_string(at);
    if (c == '-' || is_digit(c)) return read_number(at);
    const std::size_t token = at;
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_[at] != word[0]) continue;
      for (const char letter : word) {
        if (at >= text_.size() || text_[at] != letter) return {Due::literal, at, token};
        ++at;
      }
      return {};
    }
    return {Due::value, at, at};
  }

  std::string_view text_;
  std::vector<bool> open_;  // true for an object
  std::size_t last_ = 0;    // the last structural byte
};

// ---- UTF-16 as the engines count it ----

struct Unit {
  std::size_t bytes, units;
  std::uint32_t point;
};

// Bad bytes become U+FFFD the way the Encoding standard's decoder does it: one for each longest beginning of a
// sequence.
Unit decode(std::string_view text, std::size_t at) {
  const Byte* p = reinterpret_cast<const Byte*>(text.data()) + at;
  const Byte* end = reinterpret_cast<const Byte*>(text.data()) + text.size();
  const std::size_t length = utf8_length(p, end);
  if (length == 0) {
    const Byte lead = *p;
    const std::size_t want = lead >= 0xF0 && lead <= 0xF4   ? 4
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xC2 && lead <= 0xDF ? 2
                                                            : 1;
    std::size_t good = 1;
    while (good < want && p + good < end) {
      Byte low = 0x80, high = 0xBF;
      if (good == 1) {
        low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
      }
      if (p[good] < low || p[good] > high) break;
      ++good;
    }
    return {good, 1, 0xFFFD};
  }
  const std::uint32_t mask = length == 1 ? 0x7F : length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07;
  std::uint32_t point = *p & mask;
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (p[i] & 0x3F);
  return {length, length == 4 ? std::size_t{2} : std::size_t{1}, point};
}

struct Position {
  std::size_t units = 0, line = 1, column = 1;
};

Position position_of(std::string_view text, std::size_t at) {
  Position place;
  for (std::size_t i = 0; i < at;) {
    const Unit unit = decode(text, i);
    place.units += unit.units;
    place.column += unit.units;
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) {
      ++place.line;
      place.column = 1;
    }
    i += unit.bytes;
  }
  return place;
}

std::string character_at(std::string_view text, std::size_t at) {
  const Unit unit = decode(text, at);
  std::string out;
  // The engines name the first code unit of a pair, which alone cannot be written in UTF-8.
  append_utf8(out, unit.units == 2 ? 0xFFFD : unit.point);
  return out;
}

// Up to `count` units from `at` on; `more` tells whether anything follows them.
std::string units_from(std::string_view text, std::size_t at, std::size_t count, bool& more) {
  std::string out;
  std::size_t taken = 0;
  while (at < text.size() && taken < count) {
    const Unit unit = decode(text, at);
    const bool cut = taken + unit.units > count;
    append_utf8(out, cut ? 0xFFFD : unit.point);
    taken += unit.units;
    at += unit.bytes;
    if (cut) {
      more = true;
      return out;
    }
  }
  more = at < text.size();
  return out;
}

// The last `count` units before `at`.
std::string units_before(std::string_view text, std::size_t at, std::size_t count) {
  const std::size_t units = position_of(text, at).units;
  std::size_t from = 0, skipped = 0;
  std::string out;
  while (units - skipped > count && from < at) {
    const Unit unit = decode(text, from);
    if (units - skipped - unit.units < count) {
      append_utf8(out, 0xFFFD);  // half of a pair
      from += unit.bytes;
      break;
    }
    skipped += unit.units;
    from += unit.bytes;
  }
  while (from < at) {
    const Unit unit = decode(text, from);
    append_utf8(out, unit.point);
    from += unit.bytes;
  }
  return out;
}

// ---- V8 ----

std::string at_position(std::string_view message, std::string_view text, std::size_t at) {
  const Position place = position_of(text, at);
  std::string out(message);
  out += " in JSON at position ";
  out += std::to_string(place.units);
  out += " (line ";
  out += std::to_string(place.line);
  out += " column ";
  out += std::to_string(place.column);
  out += ')';
  return out;
}

std::string v8_token(std::string_view text, std::size_t at) {
  constexpr std::size_t context = 10;
  if (at >= text.size()) return "Unexpected end of JSON input";
  const Byte c = static_cast<Byte>(text[at]);
  if (c == '"') return at_position("Unexpected string", text, at);
  if (is_digit(c) || c == '-') return at_position("Unexpected number", text, at);
  std::string out;
  if (text == "undefined" || text == "NaN" || text == "Infinity" || text == "[object Object]") {
    out += '"';
    out += text;
    out += "\" is not valid JSON";
    return out;
  }
  out += "Unexpected token '";
  out += character_at(text, at);
  out += "', ";
  const std::size_t before = position_of(text, at).units;
  bool more_behind = false, more_in_all = false;
  std::string behind = units_from(text, at, context, more_behind);
  const std::string all = units_from(text, 0, 2 * context, more_in_all);
  if (!more_in_all) {
    out += '"';
    out += all;
    out += '"';
  } else if (before < context) {
    bool more = false;
    out += '"';
    out += units_from(text, 0, before + context, more);
    out += "\"...";
  } else {
    out += "...\"";
    out += units_before(text, at, context);
    out += behind;
    out += more_behind ? "\"..." : "\"";
  }
  out += " is not valid JSON";
  return out;
}

std::string v8_message(const Stop& stop, std::string_view text) {
  switch (stop.due) {
    case Due::nothing:
      return "";
    case Due::value:
    case Due::value_after_comma:
    case Due::literal:
      return v8_token(text, stop.at);
    case Due::first_name:
      return at_position("Expected property name or '}'", text, stop.at);
    case Due::next_name:
      return at_position("Expected double-quoted property name", text, stop.at);
    case Due::colon:
      return at_position("Expected ':' after property name", text, stop.at);
    case Due::object_separator:
      return at_position("Expected ',' or '}' after property value", text, stop.at);
    case Due::array_separator:
      return at_position("Expected ',' or ']' after array element", text, stop.at);
    case Due::end: {
      std::string out = at_position("Unexpected non-whitespace character after JSON", text, stop.at);
      // Here alone "in JSON" is not said again.
      out.erase(out.find(" in JSON"), 8);
      return out;
    }
    case Due::string_end:
      return at_position("Unterminated string", text, stop.at);
    case Due::no_control:
      return at_position("Bad control character in string literal", text, stop.at);
    case Due::escape: {
      const bool named = stop.at < text.size() && static_cast<Byte>(text[stop.at]) < 0x80;
      return named ? at_position("Bad escaped character", text, stop.at) : v8_token(text, stop.at);
    }
    case Due::unicode:
      return at_position("Bad Unicode escape", text, stop.at);
    case Due::digit_after_minus:
      return at_position("No number after minus sign", text, stop.at);
    case Due::digit_after_dot:
      return at_position("Unterminated fractional number", text, stop.at);
    case Due::digit_after_exponent:
    case Due::digit_after_exponent_sign:
      return at_position("Exponent part is missing a number", text, stop.at);
    case Due::no_digit_after_zero:
      return at_position("Unexpected number", text, stop.at);
  }
  return "";
}

// ---- SpiderMonkey ----

std::string_view spidermonkey_words(Due due, bool ended) {
  switch (due) {
    case Due::nothing:
      return "";
    case Due::value:
    case Due::value_after_comma:
      return ended ? "unexpected end of data" : "unexpected character";
    case Due::literal:
      return "unexpected keyword";
    case Due::first_name:
      return ended ? "end of data while reading object contents" : "expected property name or '}'";
    case Due::next_name:
      return ended ? "end of data when property name was expected" : "expected double-quoted property name";
    case Due::colon:
      return ended ? "end of data after property name when ':' was expected"
                   : "expected ':' after property name in object";
    case Due::object_separator:
      return ended ? "end of data after property value in object"
                   : "expected ',' or '}' after property value in object";
    case Due::array_separator:
      return ended ? "end of data when ',' or ']' was expected" : "expected ',' or ']' after array element";
    case Due::end:
    case Due::no_digit_after_zero:
      return "unexpected non-whitespace character after JSON data";
    case Due::string_end:
      return "unterminated string";
    case Due::no_control:
      return "bad control character in string literal";
    case Due::escape:
      return ended ? "unterminated string" : "bad escaped character";
    case Due::unicode:
      return "bad Unicode escape";
    case Due::digit_after_minus:
      return ended ? "no number after minus sign" : "unexpected non-digit";
    case Due::digit_after_dot:
      return ended ? "missing digits after decimal point" : "unterminated fractional number";
    case Due::digit_after_exponent:
      return ended ? "missing digits after exponent indicator" : "exponent part is missing a number";
    case Due::digit_after_exponent_sign:
      return ended ? "missing digits after exponent sign" : "exponent part is missing a number";
  }
  return "";
}

std::string spidermonkey_message(const Stop& stop, Due behind, std::string_view text) {
  if (stop.due == Due::nothing) return "";
  // A zero ends the number; the digit behind it is met as what may not follow.
  const Due due = stop.due == Due::no_digit_after_zero ? behind : stop.due;
  const Position place = position_of(text, due == Due::literal ? stop.token : stop.at);
  std::string out = "JSON.parse: ";
  out += spidermonkey_words(due, stop.at >= text.size());
  if (due == Due::string_end && stop.at == stop.token + 1) out += " literal";
  out += " at line ";
  out += std::to_string(place.line);
  out += " column ";
  out += std::to_string(place.column);
  out += " of the JSON data";
  return out;
}

// ---- JavaScriptCore ----

bool is_word(Byte c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '$';
}

std::string javascriptcore_string(const Stop& stop, std::string_view text) {
  if (stop.due == Due::escape && stop.at < text.size())
    return "Invalid escape character " + character_at(text, stop.at);
  if (stop.due != Due::unicode) return "Unterminated string";
  std::size_t u = stop.at - 1;
  while (text[u] != 'u') --u;
  bool more = false;
  const std::string digits = units_from(text, u + 1, 4, more);
  if (position_of(text.substr(u + 1, 16), std::min<std::size_t>(16, text.size() - u - 1)).units < 4)
    return "\\u must be followed by 4 hex digits";
  std::string out = "\"\\u";
  out += digits;
  out += "\" is not a valid unicode escape";
  return out;
}

std::string_view javascriptcore_number(Due due) {
  switch (due) {
    case Due::digit_after_minus:
      return "Invalid number";
    case Due::digit_after_dot:
      return "Invalid digits after decimal point";
    case Due::digit_after_exponent:
    case Due::digit_after_exponent_sign:
      return "Exponent symbols should be followed by an optional '+' or '-' and then by at least one number";
    default:
      return "";
  }
}

// The engine reads a whole token before it asks whether it may stand there: what is wrong within the token, or "".
std::string javascriptcore_lexer(const Reader& reader, std::string_view text, std::size_t at) {
  if (at >= text.size()) return "";
  const Byte c = static_cast<Byte>(text[at]);
  if (c == '"') {
    const Stop stop = reader.read_string(at);
    return stop.due == Due::nothing ? "" : javascriptcore_string(stop, text);
  }
  if (c == '-' || is_digit(c)) return std::string(javascriptcore_number(reader.read_number(at).due));
  if (c == '\'') return "Single quotes (') are not allowed in JSON";
  if (is_word(c) || std::string_view("[](){},:;.=").find(static_cast<char>(c)) != std::string_view::npos) return "";
  std::string out = "Unrecognized token '";
  out += character_at(text, at);
  out += '\'';
  return out;
}

std::string javascriptcore_value(const Reader& reader, std::string_view text, std::size_t at, bool after_comma) {
  if (at >= text.size()) return "Unexpected EOF";
  std::string wrong = javascriptcore_lexer(reader, text, at);
  if (!wrong.empty()) return wrong;
  const Byte c = static_cast<Byte>(text[at]);
  if (is_word(c)) {
    std::size_t end = at;
    while (end < text.size() && is_word(static_cast<Byte>(text[end]))) ++end;
    std::string out = "Unexpected identifier \"";
    out += text.substr(at, end - at);
    out += '"';
    return out;
  }
  if (after_comma && c == ']') return "Unexpected comma at the end of array expression";
  std::string out = "Unexpected token '";
  out += static_cast<char>(c);
  out += '\'';
  return out;
}

std::string javascriptcore_words(const Reader& reader, const Stop& stop, Due behind, std::string_view text) {
  const auto unless_token_is_bad = [&](std::string_view otherwise) {
    std::string wrong = javascriptcore_lexer(reader, text, stop.at);
    return wrong.empty() ? std::string(otherwise) : wrong;
  };
  const auto separator = [&](Due due) {
    return unless_token_is_bad(due == Due::object_separator  ? "Expected '}'"
                               : due == Due::array_separator ? "Expected ']'"
                                                             : "Unable to parse JSON string");
  };
  switch (stop.due) {
    case Due::nothing:
      return "";
    case Due::value:
      return javascriptcore_value(reader, text, stop.at, false);
    case Due::value_after_comma:
      return javascriptcore_value(reader, text, stop.at, true);
    case Due::literal:
      return javascriptcore_value(reader, text, stop.token, false);
    case Due::first_name:
      return unless_token_is_bad("Expected '}'");
    case Due::next_name:
      return unless_token_is_bad("Property name must be a string literal");
    case Due::colon:
      return unless_token_is_bad("Expected ':' before value in object property definition");
    case Due::object_separator:
    case Due::array_separator:
    case Due::end:
      return separator(stop.due);
    case Due::no_digit_after_zero:
      return separator(behind);
    case Due::string_end:
    case Due::no_control:
    case Due::escape:
    case Due::unicode:
      return javascriptcore_string(stop, text);
    case Due::digit_after_minus:
    case Due::digit_after_dot:
    case Due::digit_after_exponent:
    case Due::digit_after_exponent_sign:
      return std::string(javascriptcore_number(stop.due));
  }
  return "";
}

}  // namespace

std::string engine_message(JsonEngine engine, std::string_view bytes) {
  Reader reader(bytes);
  const Stop stop = reader.read_text();
  if (stop.due == Due::nothing) return "";
  switch (engine) {
    case JsonEngine::v8:
      return v8_message(stop, bytes);
    case JsonEngine::spidermonkey:
      return spidermonkey_message(stop, reader.separator(), bytes);
    case JsonEngine::javascriptcore:
      return "JSON Parse error: " + javascriptcore_words(reader, stop, reader.separator(), bytes);
  }
  return "";
}

}  // namespace blindspot
