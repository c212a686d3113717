// Each part of the pattern becomes a stretch of steps with relative jumps, which can be copied for a repetition. Thompson's
// construction; the walk keeps each step at most once for a character.
#include "core/schema/pattern.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/json/text.hpp"

namespace blindspot {
namespace {

constexpr std::uint32_t last_code_point = 0x10FFFF, none = 0xFFFFFFFF;
constexpr std::size_t most_steps = 5000, most_ranges = 20000, deepest_group = 100;

bool is_word(std::uint32_t c) {
  return c < 128 && (json_text::is_letter(static_cast<json_text::Byte>(c)) || (c >= '0' && c <= '9') || c == '_');
}

// What certainly belongs to a property, in common scripts; from `doubtful_from` on other characters may.
struct Property {
  std::string_view names;
  std::uint32_t doubtful_from;
  std::array<std::array<std::uint32_t, 2>, 21> certain;
};
constexpr Property properties[] = {
    {" L Letter Alphabetic Alpha ", 0x2C2,
     {{{'A', 'Z'}, {'a', 'z'}, {0xAA, 0xAA}, {0xB5, 0xB5}, {0xBA, 0xBA}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2C1}, {0x388, 0x38A},
       {0x38E, 0x3A1}, {0x3A3, 0x3F5}, {0x400, 0x481}, {0x48A, 0x52F}, {0x5D0, 0x5EA}, {0x620, 0x64A}, {0x904, 0x939},
       {0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}}}},
    {" Lu Uppercase_Letter Uppercase ", 0x100, {{{'A', 'Z'}, {0xC0, 0xD6}, {0xD8, 0xDE}, {0x391, 0x3A1}, {0x410, 0x42F}}}},
    {" Ll Lowercase_Letter Lowercase ", 0x100, {{{'a', 'z'}, {0xB5, 0xB5}, {0xDF, 0xF6}, {0xF8, 0xFF}, {0x3B1, 0x3C9}, {0x430, 0x44F}}}},
    {" Nd Decimal_Number digit ", 0x600, {{{'0', '9'}, {0x660, 0x669}, {0x6F0, 0x6F9}, {0x966, 0x96F}, {0x9E6, 0x9EF}, {0xFF10, 0xFF19}}}},
    {" Han Hani ", 0x2E80, {{{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}}}},
};

// The next code point; bytes that are no UTF-8 (half surrogate pairs) are read as three bytes make them.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const std::uint32_t lead = byte(at++);
  const int tails = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  std::uint32_t out = tails == 0 ? lead : lead & (0x3Fu >> tails);
  for (int i = 0; i < tails && at < text.size(); ++i) out = (out << 6) | (byte(at++) & 0x3F);
  return out;
}

}  // namespace

class PatternReader {
 public:
  PatternReader(Pattern& pattern, std::string_view text, bool generous) : out_(pattern), text_(text), generous_(generous) {}

  bool has_doubts() const { return has_doubts_; }

  void read() {
    alternatives(0);
    if (!done()) refuse(PatternTrouble::malformed);  // a bracket too many
    emit({Pattern::Op::match});
    if (out_.trouble_ != PatternTrouble::none) out_.steps_.clear();
  }

 private:
  using Op = Pattern::Op;
  using Range = Pattern::Range;
  using Ranges = std::vector<Range>;

  bool done() const { return at_ >= text_.size() || out_.trouble_ == PatternTrouble::malformed; }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(std::string_view what) {
    if (text_.substr(at_, what.size()) != what) return false;
    at_ += what.size();
    return true;
  }
  // Malformed outranks the rest: the whole pattern is read even where some of it cannot be run.
  void refuse(PatternTrouble trouble) {
    if (out_.trouble_ == PatternTrouble::none || trouble == PatternTrouble::malformed) out_.trouble_ = trouble;
  }
  std::size_t here() const { return out_.steps_.size(); }
  void emit(Pattern::Step step) {
    if (here() >= most_steps || out_.ranges_.size() > most_ranges) return refuse(PatternTrouble::too_large);
    out_.steps_.push_back(step);
  }
  void insert(std::size_t at, Pattern::Step step) {
    if (here() >= most_steps) return refuse(PatternTrouble::too_large);
    out_.steps_.insert(out_.steps_.begin() + static_cast<std::ptrdiff_t>(std::min(at, here())), step);
  }
  static std::int32_t offset(std::size_t from, std::size_t to) {
    return static_cast<std::int32_t>(to) - static_cast<std::int32_t>(from);
  }

  void alternatives(std::size_t depth) {
    const std::size_t start = here();
    sequence(depth);
    std::vector<std::size_t> exits;
    std::size_t last = start;
    while (!done() && take("|")) {
      // split -> this alternative | the next; a jump behind all of them at its end
      insert(last, {Op::split, 1, offset(last, here() + 2)});
      exits.push_back(here());
      emit({Op::jump});
      last = here();
      sequence(depth);
    }
    for (const std::size_t exit : exits) {
      if (exit < here()) out_.steps_[exit].a = offset(exit, here());
    }
  }

  void sequence(std::size_t depth) {
    while (!done() && peek() != '|' && peek() != ')') {
      const std::size_t start = here();
      bool repeatable = true;
      term(depth, repeatable);
      quantifier(start, repeatable);
    }
  }

  void term(std::size_t depth, bool& repeatable) {
    repeatable = false;
    if (take("^")) return emit({Op::begin});
    if (take("$")) return emit({Op::end});
    if (take("\\b")) return emit({Op::word_edge});
    if (take("\\B")) return emit({Op::no_word_edge});
    if (take("(?=") || take("(?!") || take("(?<=") || take("(?<!")) {
      refuse(PatternTrouble::unsupported);
      return group(depth);
    }
    repeatable = true;
    if (take("(?:")) return group(depth);
    if (take("(?<")) {
      const std::size_t name = at_;
      while (!done() && (is_word(static_cast<unsigned char>(peek())) || peek() == '$' || static_cast<unsigned char>(peek()) >= 0x80)) ++at_;
      if (at_ == name || !take(">")) return refuse(PatternTrouble::malformed);
      return group(depth);
    }
    if (take("(?")) return refuse(PatternTrouble::malformed);
    if (take("(")) return group(depth);
    if (take(".")) return set({{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}, true);
    if (take("[")) return brackets();
    const char c = peek();
    if (c == '*' || c == '+' || c == '?') return refuse(PatternTrouble::malformed);
    std::uint32_t single = none;
    Ranges ranges;
    if (take("\\")) {
      if (escape(single, ranges, false)) set(ranges, false);
    } else {
      single = next_code_point(text_, at_);
    }
    if (single != none) set({{single, single}}, false);
  }

  void group(std::size_t depth) {
    if (depth >= deepest_group) {
      at_ = text_.size();
      return refuse(PatternTrouble::too_large);
    }
    alternatives(depth + 1);
    if (!take(")")) refuse(PatternTrouble::malformed);
  }

  void quantifier(std::size_t start, bool repeatable) {
    std::size_t least = 0, most = none;
    if (take("*")) {
    } else if (take("+")) {
      least = 1;
    } else if (take("?")) {
      most = 1;
    } else if (!counts(least, most)) {
      return;
    }
    take("?");  // lazy or greedy: whether there is a match is the same
    if (!repeatable || least > most) return refuse(PatternTrouble::malformed);
    repeat(start, least, most);
  }

  // {2} {2,} {2,5}; anything else is a brace that stands for itself.
  bool counts(std::size_t& least, std::size_t& most) {
    if (peek() != '{') return false;
    std::size_t i = at_ + 1;
    const auto number = [&](std::size_t& out) {
      const std::size_t first = i;
      for (out = 0; i < text_.size() && text_[i] >= '0' && text_[i] <= '9'; ++i)
        out = std::min<std::size_t>(1'000'000, out * 10 + static_cast<std::size_t>(text_[i] - '0'));
      return i > first;
    };
    if (!number(least)) return false;
    most = least;
    if (i < text_.size() && text_[i] == ',') {
      ++i;
      if (!number(most)) most = none;
    }
    if (i >= text_.size() || text_[i] != '}') return false;
    at_ = i + 1;
    return true;
  }

  void repeat(std::size_t start, std::size_t least, std::size_t most) {
    if (out_.trouble_ != PatternTrouble::none) return;
    const std::vector<Pattern::Step> part(out_.steps_.begin() + static_cast<std::ptrdiff_t>(start), out_.steps_.end());
    const std::size_t copies = most == none ? std::max<std::size_t>(least, 1) : most;
    if (part.size() * std::max<std::size_t>(copies, 1) > most_steps || copies > most_steps) return refuse(PatternTrouble::too_large);
    out_.steps_.resize(start);
    const auto append = [&] {
      for (const Pattern::Step& step : part) emit(step);
    };
    const std::int32_t size = static_cast<std::int32_t>(part.size());
    for (std::size_t i = 0; i < least; ++i) append();
    if (most == none) {
      if (least > 0) return emit({Op::split, -size, 1});
      emit({Op::split, 1, size + 2});
      append();
      emit({Op::jump, -size - 1});
    } else {
      for (std::size_t i = least; i < most; ++i) {
        emit({Op::split, 1, size + 1});
        append();
      }
    }
  }

  void set(Ranges ranges, bool negated) {
    if (negated) ranges = inverted(std::move(ranges));
    const auto from = static_cast<std::int32_t>(out_.ranges_.size());
    out_.ranges_.insert(out_.ranges_.end(), ranges.begin(), ranges.end());
    emit({Op::set, from, static_cast<std::int32_t>(out_.ranges_.size())});
  }

  static Ranges inverted(Ranges ranges) {
    sort_keys(ranges);
    Ranges out;
    std::uint32_t from = 0;
    for (const Range& range : ranges) {
      if (range.first > from) out.emplace_back(from, static_cast<std::uint32_t>(range.first - 1));
      from = std::max(from, range.second + 1);
    }
    if (from <= last_code_point) out.emplace_back(from, last_code_point);
    return out;
  }

  // Behind a backslash. True: a class, in `ranges`; else one character, in `single`.
  bool escape(std::uint32_t& single, Ranges& ranges, bool in_brackets) {
    if (at_ >= text_.size()) return refuse(PatternTrouble::malformed), false;
    const char c = text_[at_];
    const auto one = [&](std::uint32_t code_point) {
      ++at_;
      single = code_point;
      return false;
    };
    switch (c) {
      case 't': return one('\t');
      case 'n': return one('\n');
      case 'v': return one('\v');
      case 'f': return one('\f');
      case 'r': return one('\r');
      case 'd':
      case 'D': ranges = {{'0', '9'}}; break;
      case 'w':
      case 'W': ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}; break;
      case 's':
      case 'S':
        ranges = {{9, 13},         {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
                  {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
        break;
      case 'c':
        if (at_ + 1 >= text_.size() || !json_text::is_letter(static_cast<json_text::Byte>(text_[at_ + 1]))) break;
        ++at_;
        return one(static_cast<unsigned char>(text_[at_]) % 32);
      case 'x':
      case 'u': single = hex(c); return false;
      case 'p':
      case 'P': return property(ranges, c == 'P');
      case 'k': return refuse(PatternTrouble::unsupported), ++at_, false;
      case 'b':
        if (in_brackets) return one('\b');
        break;
      default: break;
    }
    if (!ranges.empty()) {
      ++at_;
      if (c < 'a') ranges = inverted(std::move(ranges));
      return true;
    }
    if (c == '0' && !(at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9')) return one(0);
    if (c >= '1' && c <= '9' && !in_brackets) {
      refuse(PatternTrouble::unsupported);
      while (peek() >= '0' && peek() <= '9') ++at_;
      return false;
    }
    if (is_word(static_cast<unsigned char>(c)) && c != '_') return refuse(PatternTrouble::malformed), false;
    single = next_code_point(text_, at_);
    return false;
  }

  std::uint32_t hex(char kind) {
    ++at_;
    const auto digits = [&](std::size_t count) {
      std::uint32_t value = 0;
      for (std::size_t i = 0; i < count; ++i, ++at_) {
        const int digit = json_text::hex_value(static_cast<json_text::Byte>(peek()));
        if (digit < 0) return refuse(PatternTrouble::malformed), none;
        value = value * 16 + static_cast<std::uint32_t>(digit);
      }
      return value;
    };
    if (kind == 'x') return digits(2);
    if (take("{")) {
      const std::size_t end = std::min(text_.find('}', at_), text_.size());
      if (end == at_ || end - at_ > 6) return refuse(PatternTrouble::malformed), none;
      const std::uint32_t value = digits(end - at_);
      if (!take("}") || value > last_code_point) return refuse(PatternTrouble::malformed), none;
      return value;
    }
    const std::uint32_t high = digits(4);
    if (high < 0xD800 || high > 0xDBFF || !take("\\u")) return high;
    const std::uint32_t low = digits(4);
    return low == none ? none : 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }

  // True when it is one of those known here. Which characters belong to it is certain for common scripts only.
  bool property(Ranges& ranges, bool negated) {
    ++at_;
    const std::size_t end = text_.find('}', at_);
    if (!take("{") || end == std::string_view::npos || end == at_) return refuse(PatternTrouble::malformed), false;
    std::string_view name = text_.substr(at_, end - at_);
    name.remove_prefix(name.rfind('=') + 1);
    at_ = end + 1;
    for (const Property& known : properties) {
      if (known.names.find(std::string(" ") + std::string(name) + " ") == std::string_view::npos) continue;
      has_doubts_ = true;
      for (const auto& [first, last] : known.certain) {
        if (last != 0) ranges.emplace_back(first, last);
      }
      if (generous_ != negated) ranges.emplace_back(known.doubtful_from, last_code_point);
      if (negated) ranges = inverted(std::move(ranges));
      return true;
    }
    refuse(PatternTrouble::unsupported);
    return false;
  }

  void brackets() {
    const bool negated = take("^");
    generous_ = generous_ != negated;  // what is certain within is certainly not without
    Ranges all;
    while (!done() && peek() != ']') {
      std::uint32_t from = none;
      if (!member(from, all) || peek() != '-' || at_ + 1 >= text_.size() || text_[at_ + 1] == ']') {
        if (from != none) all.emplace_back(from, from);
        continue;
      }
      ++at_;
      std::uint32_t to = none;
      member(to, all);
      if (from == none || to == none) {  // one end is a class: the hyphen stands for itself
        all.emplace_back('-', '-');
        if (from != none) all.emplace_back(from, from);
        if (to != none) all.emplace_back(to, to);
      } else if (from > to) {
        refuse(PatternTrouble::malformed);
      } else {
        all.emplace_back(from, to);
      }
    }
    generous_ = generous_ != negated;
    if (!take("]")) return refuse(PatternTrouble::malformed);
    set(std::move(all), negated);
  }

  // One member of the brackets: a character, or a class, which is added to `all`.
  bool member(std::uint32_t& single, Ranges& all) {
    if (!take("\\")) {
      single = next_code_point(text_, at_);
      return true;
    }
    Ranges ranges;
    if (escape(single, ranges, true)) all.insert(all.end(), ranges.begin(), ranges.end());
    return true;
  }

  Pattern& out_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool generous_, has_doubts_ = false;
};

Pattern::Pattern(std::string_view text, Doubt doubt) {
  if (text.size() > 50'000) {
    trouble_ = PatternTrouble::too_large;
    return;
  }
  PatternReader reader(*this, text, doubt == Doubt::counts);
  reader.read();
  if (reader.has_doubts() && doubt == Doubt::counts) strict_.push_back(Pattern(text, Doubt::does_not));
}

Match Pattern::search(std::string_view text, std::size_t& budget) const {
  if (trouble_ != PatternTrouble::none) return Match::unknown;
  const Match match = run(text, budget);
  if (match != Match::yes || strict_.empty()) return match;
  return strict_.front().run(text, budget) == Match::yes ? Match::yes : Match::unknown;
}

Match Pattern::run(std::string_view text, std::size_t& budget) const {
  std::vector<std::uint32_t> now, then, waiting;
  std::vector<std::size_t> visited(steps_.size(), 0);
  std::uint32_t before = none;
  for (std::size_t at = 0, round = 1;; ++round) {
    const bool last = at >= text.size();
    std::size_t behind = at;
    const std::uint32_t c = last ? none : next_code_point(text, behind);
    const bool edge = (before != none && is_word(before)) != (c != none && is_word(c));
    // The states reached without a character; a match may begin anywhere, so the first step is always among them.
    waiting.assign(then.rbegin(), then.rend());
    waiting.push_back(0);
    now.clear();
    while (!waiting.empty()) {
      const std::uint32_t pc = waiting.back();
      waiting.pop_back();
      if (visited[pc] == round) continue;
      visited[pc] = round;
      if (budget == 0) return Match::unknown;
      --budget;
      const Step& step = steps_[pc];
      const auto go = [&](std::int32_t by) { waiting.push_back(static_cast<std::uint32_t>(static_cast<std::int32_t>(pc) + by)); };
      switch (step.op) {
        case Op::match: return Match::yes;
        case Op::set: now.push_back(pc); break;
        case Op::jump: go(step.a); break;
        case Op::split:
          go(step.b);
          go(step.a);
          break;
        case Op::begin:
          if (before == none) go(1);
          break;
        case Op::end:
          if (last) go(1);
          break;
        case Op::word_edge:
          if (edge) go(1);
          break;
        case Op::no_word_edge:
          if (!edge) go(1);
          break;
      }
    }
    if (last) return Match::no;
    then.clear();
    for (const std::uint32_t pc : now) {
      const Step& step = steps_[pc];
      budget -= std::min(budget, static_cast<std::size_t>(step.b - step.a) / 16);
      for (std::int32_t i = step.a; i < step.b; ++i) {
        const Range& range = ranges_[static_cast<std::size_t>(i)];
        if (c < range.first || c > range.second) continue;
        then.push_back(pc + 1);
        break;
      }
    }
    before = c;
    at = behind;
  }
}

bool is_well_formed_pattern(std::string_view text) {
  return Pattern(text).trouble() != PatternTrouble::malformed;
}

}  // namespace blindspot
