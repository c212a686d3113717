// Walks through JSON that is broken in any number of places, and writes down each fault with the edit that mends it.
// The rule that makes every repair valid: after each step, what was read so far with its edits is the beginning of a
// valid text. Which part of the bytes is meant to be JSON at all is decided before, in strangers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/autopsy.hpp"
#include "core/json/scan.hpp"
#include "core/json/text.hpp"

namespace blindspot {

// What a text shows of the language that it was written in.
struct DialectMarks {
  bool python_words = false, bare_names = false, apostrophes = false, equals = false, arrows = false, undefined = false;
  bool operator==(const DialectMarks&) const = default;
};

// What is found is appended here, without lines and columns, which the caller fills in when all is known.
struct SurgeryNotes {
  std::vector<JsonFinding> faults;
  std::vector<JsonFinding> warnings;
  std::vector<JsonEdit> edits;
  std::size_t fault_count = 0;
  std::size_t depth = 0;
  std::size_t values = 0;  // of several one after the other; 0 when there is one
  DialectMarks marks;
  bool repairable = true;
  bool valid = false;  // the text has no fault: with all the warnings that are kept, the work is done
  bool operator==(const SurgeryNotes&) const = default;
};

// Bytes of a space that JSON does not know and that stands here: no-break, wide, zero-width, vertical tab; 0 when there
// is none.
std::size_t odd_space_length(std::string_view text, std::size_t at);
// The ASCII character that full-width or Chinese punctuation of three bytes stands for, { } [ ] : and comma; 0 when
// none stands here.
char wide_punctuation(std::string_view text, std::size_t at);

class Surgeon {
 public:
  // JSON is expected in [start, stop) of the text.
  Surgeon(std::string_view text, std::size_t start, std::size_t stop, const AutopsyOptions& options,
          SurgeryNotes& notes);

  // The scanner has walked through [start, stop), which is the whole text, until it met something wrong: what it read is not read
  // again. Leaves the same findings and edits as without. False when there was nothing that it could build on.
  bool take_over(const ScanPoint& point);

  void operate();

 private:
  using Byte = json_text::Byte;
  enum class Due { value, first_element, first_name, name, colon, separator };
  enum class Role { name, value };

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  // surgeon.cpp: structure
  void value_due();
  void name_due();
  void colon_due();
  void separator_due();
  void root_done();
  void next_in_sequence(std::size_t next, bool comma);
  void scalar_was_before(std::size_t next);
  void open(bool object);
  void close_here();
  void close_top(std::size_t end);
  void close_other_kind(Byte c);
  std::string settle_top(JsonFault why);
  void end_of_text();
  void commas();
  void drop_pending_comma(JsonFault why);
  void value_read() {
    last_end_ = pos_;
    pending_comma_ = string_element_ = none;
    due_ = Due::separator;
  }
  void element_is_name();
  bool drop_outer_brace();
  bool brace_opens_set();
  void open_odd(char closer);
  void close_odd();
  bool at_odd_closer() const {
    return !odd_.empty() && odd_.back().depth == depth_ && spoken() == static_cast<Byte>(odd_.back().closer);
  }
  bool skip_ellipsis();
  bool read_dump();
  void skip_blank();
  bool skip_comment();
  bool skip_odd_space();
  void skip_junk();
  void drop_rest();

  // surgeon_clean.cpp
  void walk_clean_part();

  // surgeon_strings.cpp
  bool at_quote() const;
  void read_any_string(Role role);
  void read_double_quoted(Role role);
  void read_other_quoted(Role role, std::size_t open_size);
  bool read_triple_quoted();
  bool goes_on_in_another_string(std::size_t& next) const;
  void read_quoted(Role role);
  bool end_string_before_closers(std::size_t start);
  bool end_string_before_comma(std::size_t start);
  void read_escaped_quoted(Role role);
  bool halve_backslashes(Role role);
  void read_escape();
  void read_unicode_escape();
  void read_bad_bytes();
  bool newline_ends_string(std::size_t at, Role role) const;
  bool quote_is_inside(std::size_t behind, Role role, bool was_inside) const;
  bool may_follow(std::size_t at, Role role) const;
  std::size_t end_string_at_line(std::size_t start, std::size_t newline);
  void mend_control(std::size_t at);

  // surgeon_words.cpp
  void read_number();
  void read_word();
  void read_bare_name();
  bool read_grouped_number(std::size_t start, std::size_t end);
  void mend_number(std::size_t start, std::size_t end);
  bool word_ends(std::size_t at) const;
  bool known_word(std::string_view word, std::size_t start);
  bool read_wide_number();
  bool read_call(std::string_view word, std::size_t start, std::size_t end);
  void note_bad_utf8(std::size_t start, std::size_t end);

  // surgeon_notes.cpp
  void fault(JsonFault fault, std::size_t offset, std::size_t length);
  void warn(JsonFault fault, std::size_t offset, std::size_t length);
  void edit(std::size_t offset, std::size_t remove, std::string_view insert, JsonFault why);
  void mend(JsonFault why, std::size_t offset, std::size_t remove, std::string_view insert);
  void insert_at_root(std::string_view insert, JsonFault why);
  void forget_from(std::size_t offset);
  void note(std::vector<JsonFinding>& findings, JsonFault fault, std::size_t offset, std::size_t length);
  const std::string& path();
  void add_name(std::size_t offset);

  bool in_object() const { return depth_ != 0 && kind_at(depth_ - 1); }
  bool kind_at(std::size_t level) const { return ((kinds_[level / 64] >> (level % 64)) & 1) != 0; }
  // Of the innermost container; null beyond max_marks.
  std::uint64_t* mark() { return depth_ != 0 && depth_ <= marks_.size() ? &marks_[depth_ - 1] : nullptr; }
  void push(bool object);
  void pop();
  std::string spoken_name(std::string_view token) const;
  void remember_name(std::size_t start, std::size_t end);
  void look_for_twins();

  Byte byte(std::size_t at) const { return static_cast<Byte>(text_[at]); }
  Byte here() const { return byte(pos_); }
  // The ASCII character that was meant here, and how many bytes it takes.
  Byte spoken() const {
    const char wide = here() < 0x80 ? '\0' : wide_punctuation(text_.substr(0, stop_), pos_);
    return wide != 0 ? static_cast<Byte>(wide) : here();
  }
  std::size_t spoken_size() const { return here() >= 0x80 && spoken() != here() ? 3 : 1; }
  bool at_end() const { return pos_ >= stop_; }
  bool at(std::string_view what) const {
    return stop_ - pos_ >= what.size() && text_.compare(pos_, what.size(), what) == 0;
  }
  const Byte* pointer(std::size_t at) const { return reinterpret_cast<const Byte*>(text_.data()) + at; }
  std::size_t offset(const Byte* p) const { return static_cast<std::size_t>(p - pointer(0)); }
  std::size_t blank_end(std::size_t from) const { return offset(json_text::skip_blank(pointer(from), pointer(stop_))); }

  std::string_view text_;
  std::size_t pos_, stop_;
  const AutopsyOptions& options_;
  SurgeryNotes& notes_;
  std::size_t first_fault_, first_edit_;  // what strangers noted before us stays

  Due due_ = Due::value;
  bool finished_ = false;
  std::size_t last_end_;               // behind the last name, value or opening bracket: where something missing goes
  std::size_t pending_comma_ = none;   // a comma that still waits for what it announces
  std::size_t string_element_ = none;  // the last string, while nothing follows it: where it began,
  std::size_t last_string_end_ = 0;    // where it ended,
  std::size_t end_before_string_ = 0;  // where what stood before it ended,
  std::size_t comma_before_string_ = none;
  std::string_view ending_;  // what must be appended at the end of the text to complete a token cut off there

  // The root. With several values one after the other they become the elements of an array that we add.
  std::size_t root_start_ = none;
  bool root_is_container_ = false;
  bool root_is_string_ = false;
  bool in_sequence_ = false;
  std::size_t sequence_index_ = 0;

  // One bit for each level: 1 is an object. Marks tell the paths: offset of the member's name, or index of the element;
  // levels beyond max_marks have none.
  static constexpr std::size_t max_marks = 1 << 20;
  std::vector<std::uint64_t> kinds_;
  std::vector<std::uint64_t> marks_;
  std::size_t depth_ = 0;
  std::size_t objects_ = 0;  // levels that are objects

  // The path as it was told last, and where in it each level ends: a level that still stands the same is not told anew.
  struct Step {
    std::uint64_t mark;
    std::uint32_t end;  // a path is short: at most 80 bytes of a name, or 20 digits, a level
    bool object;
  };
  std::string path_;
  std::vector<Step> steps_;

  struct Name {
    std::uint64_t hash;
    std::size_t offset, size;
  };
  std::vector<Name> names_;
  std::vector<std::size_t> first_names_;  // for each open object

  // Containers written otherwise: (1, 2) and {1, 2} of Python, which become arrays.
  struct Odd {
    std::size_t depth;
    char closer;
  };
  std::vector<Odd> odd_;
  bool continued_ = false;      // the string that is read goes on from another by +
  std::size_t open_calls_ = 0;  // wrappers such as ObjectId( that wait for their bracket
  bool escaped_quotes_told_ = false;
  bool escape_seen_ = false;  // in the last string
};

}  // namespace blindspot
