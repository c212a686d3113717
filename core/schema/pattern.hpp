// Does a text match this pattern? Regular expressions as ECMAScript writes them (with its flag u), run as a set of states
// that walks over the text once, so that no pattern can make it run long. What needs memory of what was matched
// (backreferences) or a look around is not supported, and said so: it is never taken for a match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/schema/tree.hpp"

namespace blindspot {

enum class PatternTrouble {
  none,
  malformed,    // no regular expression
  unsupported,  // lookaround, backreference, a Unicode property other than letters and digits
  too_large,    // counted repetitions make it larger than 5,000 steps
};

// unknown: the work it may cost is used up, or it hangs on a rare character of which \p{L} cannot be told here.
enum class Match { no, yes, unknown };

class Pattern {
 public:
  explicit Pattern(std::string_view text) : Pattern(text, Doubt::counts) {}

  PatternTrouble trouble() const { return trouble_; }
  // Anywhere in the text (UTF-8), as `pattern` wants it. Work is counted in steps and taken from the budget.
  Match search(std::string_view text, std::size_t& budget) const;

 private:
  friend class PatternReader;
  // Whether a character that may belong to a Unicode property counts as one. Both are run where the answers may differ.
  enum class Doubt : std::uint8_t { counts, does_not };
  enum class Op : std::uint8_t { set, split, jump, begin, end, word_edge, no_word_edge, match };
  using Range = Key;  // of code points, both ends within
  struct Step {
    Op op;
    std::int32_t a = 0, b = 0;  // set: the ranges [a, b); split and jump: where to, counted from here
  };

  Pattern(std::string_view text, Doubt doubt);
  Match run(std::string_view text, std::size_t& budget) const;

  PatternTrouble trouble_ = PatternTrouble::none;
  std::vector<Step> steps_;
  std::vector<Range> ranges_;
  std::vector<Pattern> strict_;  // the same without doubtful characters; empty where there are none
};

// True where ECMAScript would accept this pattern, whether or not it can be run here.
bool is_well_formed_pattern(std::string_view text);

}  // namespace blindspot
