// The structure: containers, commas, colons, comments, the end of the text, and what stands around the root.
#include "core/json/surgeon.hpp"

#include <algorithm>

#include "core/json/scan.hpp"

namespace blindspot {

using namespace json_text;

namespace {

// White space written as its escape, as in JSON that was escaped once too often: \n \t \r \u0020.
std::size_t escaped_space_length(std::string_view text, std::size_t at) {
  if (text[at] != '\\' || text.size() - at < 2) return 0;
  const char c = text[at + 1];
  if (c == 'n' || c == 'r' || c == 't') return 2;
  if (c != 'u' || text.size() - at < 6) return 0;
  const int unit = hex4(reinterpret_cast<const Byte*>(text.data()) + at + 2);
  return unit == 0x20 || unit == 0x0A || unit == 0x0D || unit == 0x09 ? 6 : 0;
}

bool is_closer(Byte c) {
  return c == '}' || c == ']';
}

}  // namespace

std::size_t odd_space_length(std::string_view text, std::size_t at) {
  const Byte c = static_cast<Byte>(text[at]);
  if (c == 0x0B || c == 0x0C) return 1;
  for (const std::string_view two : {"\xC2\xA0", "\xC2\x85"}) {
    if (starts_with(text, at, two)) return 2;
  }
  for (const std::string_view three : {"\xEF\xBB\xBF", "\xE3\x80\x80", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF",
                                       "\xE2\x81\x9F", "\xE2\x81\xA0", "\xE1\x9A\x80"}) {
    if (starts_with(text, at, three)) return 3;
  }
  if (starts_with(text, at, "\xE2\x80") && text.size() - at >= 3) {
    const Byte third = static_cast<Byte>(text[at + 2]);
    if (third >= 0x80 && third <= 0x8F) return 3;
  }
  return 0;
}

char wide_punctuation(std::string_view text, std::size_t at) {
  if (text.size() - at < 3) return 0;
  const std::string_view three = text.substr(at, 3);
  struct Wide {
    std::string_view bytes;
    char ascii;
  };
  for (const Wide& wide :
       {Wide{"\xEF\xBC\x8C", ','}, Wide{"\xEF\xBC\x9A", ':'}, Wide{"\xE3\x80\x81", ','}, Wide{"\xEF\xBC\x9B", ','},
        Wide{"\xEF\xBD\x9B", '{'}, Wide{"\xEF\xBD\x9D", '}'}, Wide{"\xEF\xBC\xBB", '['}, Wide{"\xEF\xBC\xBD", ']'},
        Wide{"\xE3\x80\x90", '['}, Wide{"\xE3\x80\x91", ']'}}) {
    if (wide.bytes == three) return wide.ascii;
  }
  return 0;
}

Surgeon::Surgeon(std::string_view text, std::size_t start, std::size_t stop, const AutopsyOptions& options,
                 SurgeryNotes& notes)
    : text_(text),
      pos_(start),
      stop_(stop),
      options_(options),
      notes_(notes),
      first_fault_(notes.faults.size()),
      first_edit_(notes.edits.size()),
      last_end_(start) {
  marks_.reserve(a_few);
  first_names_.reserve(a_few);
}

void Surgeon::operate() {
  while (!finished_) {
    walk_clean_part();
    skip_blank();
    if (at_end()) {
      end_of_text();
      return;
    }
    switch (due_) {
      case Due::value:
      case Due::first_element:
        value_due();
        break;
      case Due::first_name:
      case Due::name:
        name_due();
        break;
      case Due::colon:
        colon_due();
        break;
      case Due::separator:
        depth_ == 0 ? root_done() : separator_due();
        break;
    }
  }
}

// ---- what is due ----

void Surgeon::value_due() {
  const Byte c = spoken();
  const bool at_root = depth_ == 0;
  if (at_root && !in_sequence_) {
    root_start_ = pos_;
    root_is_container_ = c == '{' || c == '[';
    root_is_string_ = at_quote();
  }
  if (c == '{') return open(true);
  if (c == '[') {
    if (!read_dump()) open(false);
    return;
  }
  if (at_odd_closer()) return close_odd();
  if (c == '(') return open_odd(')');
  if (c == '<' && read_dump()) return;
  if (at_quote()) return read_any_string(Role::value);
  if (is_digit(c) || c == '-' || c == '+' || c == '.') return read_number();
  if (is_closer(c)) return at_root ? skip_junk() : close_here();
  if (c == ')' && open_calls_ != 0) {
    --open_calls_;
    edit(pos_, 1, "null", JsonFault::syntax);
    ++pos_;
    return value_read();
  }
  if (c == ',' && here() == ',' && !at_root) {
    if (!in_object()) return commas();
    mend(JsonFault::syntax, pos_, 0, "null");
    return value_read();
  }
  if (c == ':' || c == ',') {
    const std::size_t size = spoken_size();
    mend(JsonFault::syntax, pos_, size, "");
    pos_ += size;
    return;
  }
  if (c < 0x20 || c == ',' || c == ')') return skip_junk();
  read_word();
}

void Surgeon::name_due() {
  const Byte c = spoken();
  if (due_ == Due::first_name && ((c == '{' && drop_outer_brace()) || (is_digit(c) && brace_opens_set()))) return;
  if (at_quote()) {
    if (std::uint64_t* top = mark()) *top = pos_;
    return read_any_string(Role::name);
  }
  if (is_closer(c)) return close_here();
  if (c == ',' && here() == ',') return commas();
  if (c == ':' && pos_ + 1 < stop_ && is_letter(byte(pos_ + 1))) {
    // A symbol of Ruby, {:a => 1}.
    mend(JsonFault::syntax, pos_, 1, "");
    ++pos_;
    return;
  }
  if (c == ':') {
    mend(JsonFault::syntax, pos_, 0, "\"\"");
    last_end_ = pos_;
    pending_comma_ = none;
    due_ = Due::colon;
    return;
  }
  if (c == '{' && pending_comma_ != none && depth_ >= 2 && !kind_at(depth_ - 2)) {
    // [{"a":1, {"a":2}]: the first object lacks its bracket, and the comma stands between two elements.
    const std::size_t comma = pending_comma_, behind = last_end_;
    mend(JsonFault::syntax, behind, 0, "}");
    close_top(behind);
    if (std::uint64_t* top = mark()) ++*top;
    pending_comma_ = comma;
    due_ = Due::value;
    return;
  }
  if (c == '{' || c == '[') {
    mend(JsonFault::syntax, pos_, 0, "\"\": ");
    pending_comma_ = none;
    due_ = Due::value;
    return;
  }
  if (c < 0x20 || c == ')' || c == ';') return skip_junk();
  read_bare_name();
}

void Surgeon::colon_due() {
  const Byte c = spoken();
  if (c == ':') {
    if (here() != ':') mend(JsonFault::syntax, pos_, 3, ":");
    pos_ += spoken_size();
  } else if (c == '=') {
    const std::size_t size = at("=>") || at("==") ? 2 : 1;
    (at("=>") ? notes_.marks.arrows : notes_.marks.equals) = true;
    mend(JsonFault::missing_colon, pos_, size, ":");
    pos_ += size;
  } else if (here() == ',' && !may_follow(pos_, Role::value)) {
    mend(JsonFault::missing_colon, pos_, 1, ":");
    ++pos_;
  } else if (c == ',' || is_closer(c)) {
    mend(JsonFault::missing_colon, last_end_, 0, ": null");
    pending_comma_ = none;
    due_ = Due::separator;
    return;
  } else if (at_quote() || c == '{' || c == '[' || is_digit(c) || is_letter(c) || c == '-' || c == '_' || c >= 0x80) {
    mend(JsonFault::missing_colon, last_end_, 0, ":");
  } else {
    return skip_junk();
  }
  last_end_ = std::max(pos_, last_end_);
  due_ = Due::value;
}

void Surgeon::separator_due() {
  const Byte c = spoken();
  if (at_odd_closer()) return close_odd();
  if (c == ',' || c == ';') {
    const std::size_t size = spoken_size();
    if (here() != ',') mend(JsonFault::syntax, pos_, size, ",");
    pending_comma_ = pos_;
    pos_ += size;
    std::uint64_t* top = mark();
    if (top != nullptr) *top = in_object() ? none : *top + 1;
    due_ = in_object() ? Due::name : Due::value;
    return;
  }
  if (is_closer(c)) return close_here();
  if (c == ':') {
    const std::size_t size = spoken_size();
    if (in_object()) {
      mend(JsonFault::syntax, pos_, size, "");
      pos_ += size;
    } else if (string_element_ != none && comma_before_string_ != none && depth_ >= 2 && kind_at(depth_ - 2)) {
      element_is_name();
    } else {
      mend(JsonFault::syntax, pos_, size, ",");
      pending_comma_ = pos_;
      pos_ += size;
      if (std::uint64_t* top = mark()) ++*top;
      due_ = Due::value;
    }
    return;
  }
  if (c == ')' && open_calls_ != 0) {
    --open_calls_;
    edit(pos_, 1, "", JsonFault::syntax);
    ++pos_;
    return;
  }
  const Byte next = pos_ + 1 < stop_ ? byte(pos_ + 1) : 0;
  const bool number =
      is_digit(c) || ((c == '-' || c == '+' || c == '.') && (is_digit(next) || (c == '-' && next == 'I')));
  if (at_quote() || c == '{' || c == '[' || number || is_letter(c) || c == '_' || c == '$' || c >= 0x80) {
    mend(JsonFault::missing_comma, last_end_, 0, ",");
    std::uint64_t* top = mark();
    if (top != nullptr) *top = in_object() ? none : *top + 1;
    pending_comma_ = none;
    due_ = in_object() ? Due::name : Due::value;
    return;
  }
  skip_junk();
}

// {"a":[1, 2, "b":3}: a name among elements, in an array that an object holds: the array lacks its bracket.
void Surgeon::element_is_name() {
  const std::size_t start = string_element_;
  mend(JsonFault::syntax, end_before_string_, 0, "]");
  close_top(end_before_string_);
  if (std::uint64_t* top = mark()) *top = start;
  remember_name(start, last_string_end_);
  last_end_ = last_string_end_;
  due_ = Due::colon;
}

// ---- the root and what stands around it ----

void Surgeon::root_done() {
  const Byte c = here();
  if (c == ':' && root_is_string_ && !in_sequence_) {
    fault(JsonFault::syntax, root_start_, 0);
    insert_at_root("{", JsonFault::syntax);
    const std::size_t behind = last_end_;
    push(true);
    if (std::uint64_t* top = mark()) *top = root_start_;
    remember_name(root_start_, behind);
    root_is_container_ = true;
    root_is_string_ = false;
    due_ = Due::colon;
    return;
  }
  const bool comma = c == ',';
  const std::size_t next = comma ? blank_end(pos_ + 1) : pos_;
  if (next >= stop_) return drop_rest();
  const Byte n = byte(next);
  if (n == '{' || n == '[') {
    if (root_is_container_ || root_is_string_ || in_sequence_) return next_in_sequence(next, comma);
    if (!comma) return scalar_was_before(next);
  } else if (!root_is_container_) {
    const ScanReport rest = scan_json(text_.substr(next, stop_ - next), ScanExtent::first_value, options_.deep);
    const std::size_t end = next + rest.stopped_at;
    if (rest.valid && (end == stop_ || is_blank(byte(end)) || byte(end) == ',')) return next_in_sequence(next, comma);
  }
  drop_rest();
}

void Surgeon::next_in_sequence(std::size_t next, bool comma) {
  ++sequence_index_;
  if (!in_sequence_) {
    in_sequence_ = true;
    fault(JsonFault::concatenated, next, 1);
    insert_at_root("[", JsonFault::concatenated);
  }
  if (!comma) edit(last_end_, 0, ",", JsonFault::concatenated);
  pos_ = next;
  due_ = Due::value;
}

// 1f4 {"a":1}: a number or a word in front of the text that was meant.
void Surgeon::scalar_was_before(std::size_t next) {
  forget_from(root_start_);
  ending_ = {};
  mend(JsonFault::text_before, root_start_, next - root_start_, "");
  pos_ = next;
  due_ = Due::value;
}

void Surgeon::drop_rest() {
  std::size_t end = stop_;
  while (end > pos_ && is_blank(byte(end - 1))) --end;
  mend(JsonFault::text_after, pos_, end - pos_, "");
  pos_ = stop_;
}

void Surgeon::end_of_text() {
  finished_ = true;
  if (depth_ == 0) {
    if (due_ != Due::separator) {
      if (notes_.fault_count == 0 || root_start_ == none) fault(JsonFault::empty, stop_, 0);
      notes_.repairable = false;
      return;
    }
    const bool cut = !ending_.empty();
    if (cut) fault(JsonFault::truncated, stop_, 0);
    if (cut) edit(stop_, 0, ending_, JsonFault::truncated);
    if (in_sequence_) edit(cut ? stop_ : last_end_, 0, "]", JsonFault::concatenated);
    if (in_sequence_) notes_.values = sequence_index_ + 1;
    return;
  }
  fault(JsonFault::truncated, stop_, 0);
  std::string ending = std::string(ending_) + settle_top(JsonFault::truncated);
  while (depth_ != 0) {
    ending += in_object() ? '}' : ']';
    pop();
  }
  if (in_sequence_) ending += ']';
  if (in_sequence_) notes_.values = sequence_index_ + 1;
  edit(stop_, 0, ending, JsonFault::truncated);
}

// ---- containers ----

void Surgeon::open(bool object) {
  if (here() >= 0x80) mend(JsonFault::syntax, pos_, 3, object ? "{" : "[");
  pos_ += spoken_size();
  push(object);
  if (depth_ == options_.deep + 1 && notes_.depth == depth_) warn(JsonFault::too_deep, pos_ - 1, 1);
  last_end_ = pos_;
  pending_comma_ = none;
  due_ = object ? Due::first_name : Due::first_element;
}

void Surgeon::close_here() {
  const Byte c = spoken();
  if (in_object() != (c == '}')) return close_other_kind(c);
  const std::string missing = settle_top(JsonFault::syntax);
  if (!missing.empty()) mend(JsonFault::syntax, last_end_, 0, missing);
  if (here() >= 0x80) mend(JsonFault::syntax, pos_, 3, c == '}' ? "}" : "]");
  pos_ += spoken_size();
  close_top(pos_);
}

// {{"a":1}}: one pair of braces too many, as a template leaves them. The outer one goes.
bool Surgeon::drop_outer_brace() {
  if (depth_ != 1 || in_sequence_ || here() != '{' || byte(last_end_ - 1) != '{') return false;
  mend(JsonFault::syntax, last_end_ - 1, 1, "");
  pop();
  due_ = Due::value;
  return true;
}

// {1, 2}: a set of Python becomes an array.
bool Surgeon::brace_opens_set() {
  std::size_t end = pos_;
  while (end < stop_ && (is_digit(byte(end)) || byte(end) == '.')) ++end;
  end = blank_end(end);
  if (end >= stop_ || (byte(end) != ',' && byte(end) != '}') || byte(last_end_ - 1) != '{') return false;
  mend(JsonFault::syntax, last_end_ - 1, 1, "[");
  pop();
  push(false);
  odd_.push_back({depth_, '}'});
  due_ = Due::first_element;
  return true;
}

void Surgeon::open_odd(char closer) {
  mend(JsonFault::syntax, pos_, 1, "[");
  ++pos_;
  push(false);
  odd_.push_back({depth_, closer});
  last_end_ = pos_;
  pending_comma_ = none;
  due_ = Due::first_element;
}

void Surgeon::close_odd() {
  const std::string missing = settle_top(JsonFault::syntax);
  edit(pos_, 1, missing + "]", JsonFault::syntax);
  ++pos_;
  close_top(pos_);
}

void Surgeon::close_top(std::size_t end) {
  pop();
  last_end_ = end;
  pending_comma_ = none;
  string_element_ = none;
  due_ = Due::separator;
}

// A bracket of the other kind. Either brackets are missing before it, or it is itself the wrong one: wrong when taking
// it at its word would end the text although more follows.
void Surgeon::close_other_kind(Byte c) {
  const bool object = c == '}';
  const std::size_t open_of_kind = object ? objects_ : depth_ - objects_;
  const bool only_root = open_of_kind == 1 && kind_at(0) == object;
  const bool take_at_word = open_of_kind != 0 && !(only_root && blank_end(pos_ + 1) < stop_);
  fault(JsonFault::syntax, pos_, spoken_size());
  std::string missing = settle_top(JsonFault::syntax);
  if (take_at_word) {
    while (in_object() != object) {
      missing += in_object() ? '}' : ']';
      pop();
    }
  } else {
    edit(pos_, spoken_size(), object ? "]" : "}", JsonFault::syntax);
  }
  if (take_at_word && here() >= 0x80) edit(pos_, 3, object ? "}" : "]", JsonFault::syntax);
  if (!missing.empty()) edit(last_end_, 0, missing, JsonFault::syntax);
  pos_ += spoken_size();
  close_top(pos_);
}

// Takes back a comma that announced nothing, and tells what must be written so that the container can be closed.
std::string Surgeon::settle_top(JsonFault why) {
  const Due due = due_;
  due_ = Due::separator;
  if (due == Due::colon) return ": null";
  if (pending_comma_ != none) {
    const bool is_told = byte(pending_comma_) != ',';  // what stood in its place (`;`) was mended and told there
    if (why != JsonFault::truncated && !is_told) fault(JsonFault::trailing_comma, pending_comma_, 1);
    drop_pending_comma(why == JsonFault::truncated ? why : JsonFault::trailing_comma);
    return "";
  }
  return due == Due::value ? "null" : "";
}

// ---- commas, comments, spaces, junk ----

// A comma where a name or an element is due: all commas up to the next token are one fault.
void Surgeon::commas() {
  const std::size_t first = pos_;
  std::size_t last = pos_, next = blank_end(pos_ + 1);
  while (next < stop_ && byte(next) == ',') {
    last = next;
    next = blank_end(next + 1);
  }
  const bool closes = next < stop_ && is_closer(byte(next));
  const std::size_t start = closes && pending_comma_ != none ? pending_comma_ : first;
  const JsonFault why = closes ? JsonFault::trailing_comma : JsonFault::syntax;
  fault(why, start, last + 1 - start);
  if (closes && pending_comma_ != none) {
    drop_pending_comma(why);
    due_ = Due::separator;
  }
  edit(first, last + 1 - first, "", why);
  pos_ = last + 1;
}

void Surgeon::drop_pending_comma(JsonFault why) {
  const std::size_t comma = pending_comma_;
  pending_comma_ = none;
  // A comma that was itself mended (`;`) has its edit already: only white space and comments can lie behind it.
  for (std::size_t i = notes_.edits.size(); i-- > 0 && notes_.edits[i].offset >= comma;) {
    JsonEdit& earlier = notes_.edits[i];
    if (earlier.offset == comma && earlier.remove != 0) {
      earlier.insert = {};
      return;
    }
  }
  edit(comma, 1, "", why);
}

void Surgeon::skip_blank() {
  do {
    pos_ = blank_end(pos_);
    if (at_end()) return;
    const Byte c = here();
    const bool plain = c > 0x0C && c < 0x80 && c != '/' && c != '#' && c != '\\' && c != '.';
    if (plain) return;
  } while (skip_comment() || skip_odd_space() || skip_ellipsis());
}

bool Surgeon::skip_comment() {
  const std::size_t start = pos_;
  const bool hash = here() == '#' && !(depth_ == 0 && due_ == Due::separator);
  if (hash || at("//")) {
    pos_ = std::min(stop_, text_.find_first_of("\r\n", start));
    mend(JsonFault::comment, start, pos_ - start, "");
    return true;
  }
  if (!at("/*")) return false;
  const std::size_t close = text_.find("*/", start + 2);
  pos_ = close == std::string_view::npos ? stop_ : std::min(stop_, close + 2);
  const bool stands_free = start == 0 || is_blank(byte(start - 1)) || at_end() || is_blank(here());
  mend(JsonFault::comment, start, pos_ - start, stands_free ? "" : " ");
  return true;
}

// [1, 2, ...] and {...rest}: what was left out stays out.
bool Surgeon::skip_ellipsis() {
  const Byte c = here();
  if ((c != '.' && c != 0xE2) || depth_ == 0) return false;
  const std::size_t start = pos_;
  std::size_t end = start;
  if (at("...")) {
    while (end < stop_ && byte(end) == '.') ++end;
    while (end < stop_ && (is_letter(byte(end)) || is_digit(byte(end)) || byte(end) == '_' || byte(end) == '$')) ++end;
  } else if (at("\xE2\x80\xA6")) {
    end += 3;
  }
  if (end == start || !word_ends(end)) return false;
  pos_ = end;
  mend(JsonFault::syntax, start, end - start, "");
  return true;
}

bool Surgeon::skip_odd_space() {
  const Byte c = here();
  if (c != '\\' && c < 0x80 && c != 0x0B && c != 0x0C) return false;
  const std::string_view text = text_.substr(0, stop_);
  const std::size_t start = pos_;
  if (c == '\\') {
    while (!at_end()) {
      const std::size_t length = escaped_space_length(text, pos_);
      if (length == 0) break;
      pos_ += length;
    }
    if (pos_ == start) return false;
    mend(JsonFault::bad_escape, start, pos_ - start, " ");
    return true;
  }
  const bool bom = at("\xEF\xBB\xBF");
  while (!at_end()) {
    const std::size_t length = odd_space_length(text, pos_);
    if (length == 0) break;
    pos_ += length;
  }
  if (pos_ == start) return false;
  mend(bom ? JsonFault::bom : JsonFault::syntax, start, pos_ - start, " ");
  return true;
}

// What a program prints of a value that has no JSON: [object Object], [Circular *1], <Foo object at 0x7f>. <ref *1>
// only marks one.
bool Surgeon::read_dump() {
  const std::string_view near = text_.substr(pos_, std::min<std::size_t>(stop_ - pos_, 128));
  const std::size_t size = near.find(here() == '<' ? '>' : ']');
  if (size == std::string_view::npos || near.substr(0, size).find_first_of("\n\"{},") != std::string_view::npos)
    return false;
  if (at("<ref *")) {
    mend(JsonFault::not_serializable, pos_, size + 1, "");
    pos_ += size + 1;
    return true;
  }
  bool known = here() == '<' && (is_letter(byte(pos_ + 1)) || byte(pos_ + 1) == '_') && word_ends(pos_ + size + 1);
  for (const std::string_view dump : {"[object ", "[Object]", "[Array]", "[Object:", "[Circular", "[Function",
                                      "[AsyncFunction", "[Getter", "[class ", "[Symbol"})
    known = known || at(dump);
  if (!known) return false;
  mend(at("[object ") ? JsonFault::undefined_literal : JsonFault::not_serializable, pos_, size + 1, "null");
  pos_ += size + 1;
  value_read();
  return true;
}

void Surgeon::skip_junk() {
  const std::size_t start = pos_++;
  while (!at_end()) {
    const Byte c = here();
    if (is_blank(c) || is_digit(c) || is_letter(c) || c >= 0x80 ||
        std::string_view("{}[],:\"'`\\/#_$-").find(static_cast<char>(c)) != std::string_view::npos)
      break;
    ++pos_;
  }
  mend(JsonFault::syntax, start, pos_ - start, " ");
}

}  // namespace blindspot
