// Numbers and bare words: what JSON knows, what other languages write, and what only needs its quotes.
#include <algorithm>
#include <utility>

#include "core/json/surgeon.hpp"

namespace blindspot {

using namespace json_text;

namespace {

// Behind a strict number, or `at` when there is none.
std::size_t strict_number_end(std::string_view text, std::size_t at) {
  const Byte* begin = reinterpret_cast<const Byte*>(text.data());
  const Byte* behind = number_end(begin + at, begin + text.size());
  return behind == nullptr ? at : static_cast<std::size_t>(behind - begin);
}

bool is_strict_number(std::string_view text) {
  return !text.empty() && strict_number_end(text, 0) == text.size();
}

std::string lowercase(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// 0x1F, 0o17, 0b101 as a decimal number; empty when it is none or does not fit.
std::string from_other_base(std::string_view word) {
  const bool negative = !word.empty() && word.front() == '-';
  if (negative) word.remove_prefix(1);
  if (word.size() < 3 || word.size() > 18 || word[0] != '0') return "";
  const char mark = static_cast<char>(word[1] | 0x20);
  const int base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
  if (base == 0) return "";
  std::uint64_t value = 0;
  for (const char c : word.substr(2)) {
    const int digit = hex_value(static_cast<Byte>(c));
    if (digit < 0 || digit >= base) return "";
    value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
  }
  std::string out(negative ? 1 : 0, '-');
  out += std::to_string(value);
  return out;
}

// The number that was meant by +1, 007, .5, 5., 1e, 1_000, 10n; empty when it is not clear.
std::string plain_number(std::string_view word) {
  std::string text;
  for (const char c : word) {
    if (c != '_') text += c;
  }
  if (text.size() > 1 && text.front() == '+') text.erase(0, 1);
  const char last = text.empty() ? '0' : text.back();
  if ((last == 'n' || last == 'L' || last == 'l' || last == 'f' || last == 'F' || last == 'd' || last == 'D') &&
      is_strict_number(std::string_view(text).substr(0, text.size() - 1))) {
    text.pop_back();
  }
  std::string other = from_other_base(text);
  if (!other.empty()) return other;
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < text.size() && is_digit(static_cast<Byte>(text[at]))) ++at;
    return text.substr(first, at - first);
  };
  std::string out;
  if (at < text.size() && text[at] == '-') out += text[at++];
  std::string whole = digits();
  const bool any_whole = !whole.empty();
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  out += whole.empty() ? "0" : whole;
  bool any_digit = any_whole;
  if (at < text.size() && text[at] == '.') {
    ++at;
    const std::string fraction = digits();
    any_digit = any_digit || !fraction.empty();
    out += '.';
    out += fraction.empty() ? "0" : fraction;
  }
  if (any_digit && at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::string exponent(1, text[at++]);
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) exponent += text[at++];
    const std::string power = digits();
    if (!power.empty()) out += exponent + power;
  }
  return any_digit && at == text.size() ? out : "";
}

// 1,299.00 and 19,90 and 1.299,00, as people write them; empty when it is not clear which number is meant.
std::string without_grouping(std::string_view word) {
  const std::size_t comma = word.find(','), dot = word.find('.');
  const std::string_view whole = word.substr(0, comma), rest = word.substr(comma + 1);
  if (dot < comma) {
    if (comma - dot != 4 || rest.find_first_of(",.") != std::string_view::npos) return "";
    return std::string(word.substr(0, dot)) + std::string(word.substr(dot + 1, 3)) + "." + std::string(rest);
  }
  // Groups of three are thousands, unless nothing stands before them.
  const std::string_view groups = rest.substr(0, rest.find('.'));
  bool thousands = whole != "0" && whole != "-0" && whole.size() <= 3 + std::size_t{whole[0] == '-'};
  for (std::size_t at = 0; thousands && at <= groups.size(); at += 4)
    thousands = std::min(groups.find(',', at), groups.size()) == at + 3;
  if (!thousands && rest.find_first_of(",.") != std::string_view::npos) return "";
  if (!thousands) return std::string(whole) + "." + std::string(rest);
  std::string out(word);
  out.erase(std::remove(out.begin(), out.end(), ','), out.end());
  return out;
}

bool is_not_a_number(std::string_view word) {
  std::string low = lowercase(word);
  if (!low.empty() && (low.front() == '-' || low.front() == '+')) low.erase(0, 1);
  return low == "nan" || low == "infinity" || low == "inf";
}

// The end of a literal that this word begins, or empty.
std::string_view rest_of_literal(std::string_view word) {
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (!word.empty() && word.size() < literal.size() && literal.substr(0, word.size()) == word)
      return literal.substr(word.size());
  }
  return "";
}

}  // namespace

// Whatever can stand behind a number or a literal.
bool Surgeon::word_ends(std::size_t at) const {
  if (at >= stop_) return true;
  const Byte c = byte(at);
  if (c <= ' ' || c == ',' || c == ']' || c == '}' || c == '[' || c == '{' || c == '"' || c == '\'' || c == ':' ||
      c == '(' || c == ')' || c == ';')
    return true;
  if (c == '/') return at + 1 < stop_ && (byte(at + 1) == '/' || byte(at + 1) == '*');
  if (c < 0x80) return false;
  const std::string_view text = text_.substr(0, stop_);
  return odd_space_length(text, at) != 0 || wide_punctuation(text, at) != 0;
}

void Surgeon::read_number() {
  const std::size_t start = pos_;
  std::size_t end = strict_number_end(text_.substr(0, stop_), start);
  // Behind a name a colon between digits can only be part of the word: an unquoted time.
  const auto in_a_time = [this](std::size_t at) {
    return in_object() && at + 1 < stop_ && byte(at) == ':' && is_digit(byte(at - 1)) && is_digit(byte(at + 1));
  };
  if (end != start && read_grouped_number(start, end)) return;
  if (end != start && word_ends(end) && !in_a_time(end)) {
    pos_ = end;
    const std::string_view number = text_.substr(start, end - start);
    if (number.size() >= 16 && number.find_first_of(".eE") == std::string_view::npos &&
        is_beyond_safe_integer(number)) {
      warn(JsonFault::big_integer, start, number.size());
    }
    return value_read();
  }
  end = start + 1;
  while (!word_ends(end) || in_a_time(end)) ++end;
  // 2024-05-01 10:00:00
  if (end + 3 < stop_ && end - start == 10 && byte(start + 4) == '-' && byte(end) == ' ' && is_digit(byte(end + 1)) &&
      byte(end + 3) == ':') {
    for (end += 4; end < stop_ && (is_digit(byte(end)) || byte(end) == ':' || byte(end) == '.');) ++end;
  }
  mend_number(start, end);
  value_read();
}

// In an object a name is due behind a comma, and digits without a colon are none: the comma is part of the number.
bool Surgeon::read_grouped_number(std::size_t start, std::size_t end) {
  if (!in_object() || byte(std::min(end, stop_ - 1)) != ',') return false;
  const std::size_t limit = std::min(stop_ - 1, start + 32);
  while (end < limit && (is_digit(byte(end)) || ((byte(end) == ',' || byte(end) == '.') && is_digit(byte(end + 1)))))
    ++end;
  const std::size_t next = blank_end(end);
  if (byte(end - 1) == ',' || next >= stop_ || (byte(next) != ',' && byte(next) != '}')) return false;
  const std::string_view word = text_.substr(start, end - start);
  const std::string number = word.find(',') == std::string_view::npos ? "" : without_grouping(word);
  if (!is_strict_number(number)) return false;
  mend(JsonFault::number_format, start, word.size(), number);
  pos_ = end;
  value_read();
  return true;
}

void Surgeon::mend_number(std::size_t start, std::size_t end) {
  const std::string_view word = text_.substr(start, end - start);
  pos_ = end;
  if (end == stop_ && depth_ != 0 && is_strict_number(std::string(word) + "0")) {
    ending_ = "0";
    return;
  }
  if (is_not_a_number(word)) return mend(JsonFault::not_a_number, start, word.size(), "null");
  if (word == "-") {
    const std::size_t digits = blank_end(end);
    const std::size_t behind = strict_number_end(text_.substr(0, stop_), digits);
    if (digits < stop_ && is_digit(byte(digits)) && behind != digits && word_ends(behind)) {
      fault(JsonFault::number_format, start, behind - start);
      edit(end, digits - end, "", JsonFault::number_format);
      pos_ = behind;
      return;
    }
  }
  const std::string number = plain_number(word);
  mend(JsonFault::number_format, start, word.size(), number.empty() ? to_json_string(word) : number);
  note_bad_utf8(start, end);
}

// Digits of full width, as a Chinese keyboard writes them.
bool Surgeon::read_wide_number() {
  const std::size_t start = pos_;
  std::size_t end = start;
  std::string plain;
  while (end < stop_) {
    if (starts_with(text_.substr(0, stop_), end, "\xEF\xBC") && end + 2 < stop_ && byte(end + 2) >= 0x8B &&
        byte(end + 2) <= 0x99) {
      plain += static_cast<char>(byte(end + 2) - 0x60);
      end += 3;
    } else if (is_digit(byte(end)) || byte(end) == '.' || byte(end) == '-') {
      plain += text_[end++];
    } else {
      break;
    }
    if (plain.back() == ',' || plain.back() == '/') {
      plain.pop_back();
      end -= 3;
      break;
    }
  }
  const std::string number = plain_number(plain);
  if (number.empty() || !word_ends(end)) return false;
  mend(JsonFault::number_format, start, end - start, number);
  pos_ = end;
  value_read();
  return true;
}

// ObjectId("..."), new Date(0), Decimal('1'): the wrapper goes, what it wraps stays. With several arguments,
// datetime(2024, 5, 1), nobody knows what is meant: it stays as it is written, as a string.
bool Surgeon::read_call(std::string_view word, std::size_t start, std::size_t end) {
  std::size_t bracket = end;
  if (word == "new") {
    bracket = blank_end(bracket);
    while (bracket < stop_ && (is_letter(byte(bracket)) || byte(bracket) == '.')) ++bracket;
  }
  if (bracket >= stop_ || byte(bracket) != '(') return false;
  const std::size_t limit = std::min(stop_, bracket + 128);
  const std::size_t close = text_.substr(0, limit).find_first_of("()\"'{}[]\n", bracket + 1);
  if (close < limit && byte(close) == ')' &&
      text_.substr(bracket, close - bracket).find(',') != std::string_view::npos) {
    mend(JsonFault::not_serializable, start, close + 1 - start, to_json_string(text_.substr(start, close + 1 - start)));
    note_bad_utf8(start, close);
    pos_ = close + 1;
    value_read();
    return true;
  }
  mend(JsonFault::syntax, start, bracket + 1 - start, "");
  ++open_calls_;
  pos_ = bracket + 1;
  due_ = Due::value;
  return true;
}

void Surgeon::read_word() {
  if (here() == 0xEF && read_wide_number()) return;
  const std::size_t start = pos_;
  std::size_t end = start;
  while (end < stop_ &&
         (is_letter(byte(end)) || is_digit(byte(end)) || byte(end) == '_' || byte(end) == '$' || byte(end) == '.'))
    ++end;
  const std::string_view word = text_.substr(start, end - start);
  if (!word.empty() && word_ends(end)) {
    if ((word == "true" || word == "false" || word == "null") && (end >= stop_ || byte(end) != '(')) {
      pos_ = end;
      return value_read();
    }
    const bool wraps = end < stop_ && byte(end) == '(';
    if (!wraps && known_word(word, start)) return value_read();
    if (read_call(word, start, end)) return;
    // u'text' and b'bytes' of Python.
    if (word.size() <= 2 && end < stop_ && (byte(end) == '\'' || byte(end) == '"') &&
        !may_follow(end + 1, Role::value) && std::string_view("ubrfUBRF").find(word[0]) != std::string_view::npos &&
        std::string_view("ubrfUBRF").find(word.back()) != std::string_view::npos) {
      mend(JsonFault::syntax, start, word.size(), "");
      pos_ = end;
      return;
    }
  }
  for (const auto& [written, meant] :
       {std::pair{"!0", "true"}, std::pair{"!1", "false"}, std::pair{"void 0", "null"}}) {
    const std::size_t size = std::string_view(written).size();
    if (!at(written) || !word_ends(start + size)) continue;
    mend(meant[0] == 'n' ? JsonFault::undefined_literal : JsonFault::literal_case, start, size, meant);
    pos_ = start + size;
    return value_read();
  }
  // Anything else up to the end of the value is a string without quotes.
  end = start + 1;
  while (end < stop_) {
    const Byte c = byte(end);
    if (c == '\n' || c == '\r' || std::string_view(",}]\"{[").find(static_cast<char>(c)) != std::string_view::npos)
      break;
    if ((c == '#' || starts_with(text_, end, "//") || starts_with(text_, end, "/*")) && is_blank(byte(end - 1))) break;
    if (c == ':' && (end + 1 >= stop_ || (byte(end + 1) != '/' && !is_digit(byte(end + 1))))) break;
    if (c >= 0x80 && word_ends(end) && !starts_with(text_, end, "\xC2\xA0")) break;
    ++end;
  }
  while (end > start + 1 && is_blank(byte(end - 1))) --end;
  // A quote that closes what none opened.
  const bool stray_quote = end < stop_ && (byte(end) == '"' || byte(end) == '\'') && may_follow(end + 1, Role::value);
  mend(JsonFault::syntax, start, end - start + stray_quote, to_json_string(text_.substr(start, end - start)));
  note_bad_utf8(start, end);
  pos_ = end + stray_quote;
  value_read();
}

// Words that mean a value in JSON or in another language; true when the word is one of them.
bool Surgeon::known_word(std::string_view word, std::size_t start) {
  const auto becomes = [&](JsonFault why, std::string_view value) {
    pos_ = start + word.size();
    mend(why, start, word.size(), value);
    return true;
  };
  pos_ = start + word.size();
  if (word == "true" || word == "false" || word == "null") return true;
  const std::string low = lowercase(word);
  notes_.marks.python_words |= word == "True" || word == "False" || word == "None";
  notes_.marks.undefined |= word == "undefined";
  if (low == "true" || low == "false" || low == "null") return becomes(JsonFault::literal_case, low);
  if (low == "none" || low == "nil") return becomes(JsonFault::literal_case, "null");
  if (is_not_a_number(word)) return becomes(JsonFault::not_a_number, "null");
  if (word == "undefined") return becomes(JsonFault::undefined_literal, "null");
  const std::string_view rest = rest_of_literal(word);
  if (!rest.empty() && pos_ == stop_ && depth_ != 0) {
    ending_ = rest;
    return true;
  }
  if (!rest.empty() && word.size() >= 3) return becomes(JsonFault::syntax, std::string(word) + std::string(rest));
  pos_ = start;
  return false;
}

void Surgeon::read_bare_name() {
  const std::size_t start = pos_;
  if (std::uint64_t* top = mark()) *top = start;
  const auto ends = [this](std::size_t at) {
    const Byte c = byte(at);
    return is_blank(c) || std::string_view(":=,{}[]\"'").find(static_cast<char>(c)) != std::string_view::npos ||
           starts_with(text_, at, "\xEF\xBC\x9A") || starts_with(text_, at, "\xEF\xBC\x8C");
  };
  std::size_t end = start + 1;
  while (end < stop_ && !ends(end)) ++end;
  // A name of several words, when the colon comes soon.
  std::size_t wider = end;
  const std::size_t limit = std::min(stop_, end + 64);
  while (wider < limit && (byte(wider) == ' ' || !ends(wider))) ++wider;
  if (wider < limit && byte(wider) == ':') {
    end = wider;
    while (byte(end - 1) == ' ') --end;
  }
  const std::string_view name = text_.substr(start, end - start);
  std::size_t size = name.size();
  // A quote that closes what none opened.
  if (end + 1 < stop_ && (byte(end) == '"' || byte(end) == '\'') &&
      byte(blank_end(end + 1) < stop_ ? blank_end(end + 1) : end) == ':')
    ++size;
  mend(JsonFault::unquoted_key, start, size, to_json_string(name));
  notes_.marks.bare_names = true;
  note_bad_utf8(start, end);
  pos_ = start + size;
  remember_name(start, end);
  last_end_ = pos_;
  pending_comma_ = none;
  due_ = Due::colon;
}

// For tokens that are written anew as a whole: the edit has replaced the bytes already.
void Surgeon::note_bad_utf8(std::size_t start, std::size_t end) {
  const std::size_t bad = start + utf8_prefix(text_.substr(start, end - start));
  if (bad < end) fault(JsonFault::invalid_utf8, bad, 1);
}

}  // namespace blindspot
