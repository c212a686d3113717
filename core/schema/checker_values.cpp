// Keywords about one value by itself: its type, the values allowed, numbers and texts.
#include <algorithm>

#include "core/json/text.hpp"
#include "core/schema/checker.hpp"
#include "core/schema/decimal.hpp"

namespace blindspot {

std::string_view type_of(const Tree& tree, Node value) {
  switch (tree.kind(value)) {
    case Kind::null: return "null";
    case Kind::boolean: return "boolean";
    case Kind::string: return "string";
    case Kind::array: return "array";
    case Kind::object: return "object";
    case Kind::number: break;
  }
  const std::string_view digits = tree.raw(value);
  const bool plain = digits.find_first_of(".eE") == std::string_view::npos;
  return plain || parse_decimal(digits).is_integral() ? "integer" : "number";
}

bool has_type(const Tree& tree, Node value, std::string_view type) {
  const std::string_view found = type_of(tree, value);
  return found == type || (type == "number" && found == "integer");
}

std::vector<std::string> names_in(const Tree& tree, Node list) {
  std::vector<std::string> names;
  if (tree.is(list, Kind::string)) names.push_back(tree.text(list));
  if (!tree.is(list, Kind::array)) return names;
  for (Node entry : tree.children(list)) {
    if (tree.is(entry, Kind::string)) names.push_back(tree.text(entry));
  }
  return names;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

bool Checker::is_nullable(const Frame& frame) const {
  const Node nullable = frame.words[Keyword::nullable];
  return frame.kind == Kind::null && nullable != no_node && tree(frame).is_true(nullable);
}

bool Checker::keep_type(const Frame& frame) {
  const Node type = frame.words[Keyword::type];
  if (type == no_node) return true;
  const std::vector<std::string> types = names_in(tree(frame), type);
  if (types.empty() || is_nullable(frame)) return true;
  for (const std::string& name : types) {
    if (has_type(*values_, frame.value, name)) return true;
  }
  const bool swapped = types.size() == 1 && ((types[0] == "array" && frame.kind == Kind::object) ||
                                             (types[0] == "object" && frame.kind == Kind::array));
  return fail(frame.kind == Kind::null ? ShapeFault::null_value : swapped ? ShapeFault::array_object : ShapeFault::wrong_type,
              frame.at(type), frame.value);
}

bool Checker::keep_values(const Frame& frame) {
  const Tree& own = tree(frame);
  bool kept = true;
  if (const Node allowed = frame.words[Keyword::enumeration]; own.is(allowed, Kind::array) && !is_nullable(frame)) {
    const auto [known, fresh] = enum_of_.emplace((std::uint64_t{frame.schema.document} << 32) | allowed, enums_.size());
    if (fresh) {
      Keys& keys = enums_.emplace_back();
      for (Node entry : own.children(allowed)) keys.emplace_back(json_text::hash_name(own.canonical(entry)), entry);
      sort_keys(keys);
    }
    spend((values_->behind(frame.value) - frame.value) / 4);
    const std::string wanted = values_->canonical(frame.value);
    const std::uint64_t hash = json_text::hash_name(wanted);
    const Keys& keys = enums_[known->second];
    bool found = false;
    for (std::size_t i = find_key(keys, hash); i < keys.size() && keys[i].first == hash && !found; ++i) found = own.canonical(keys[i].second) == wanted;
    if (!found) kept = fail(ShapeFault::not_in_enum, frame.at(allowed), frame.value);
  }
  if (const Node only = frame.words[Keyword::constant]; only != no_node) {
    spend((values_->behind(frame.value) - frame.value) / 4);
    const bool same = own.kind(only) == frame.kind && own.canonical(only) == values_->canonical(frame.value);
    if (!same) kept = fail(ShapeFault::not_in_enum, frame.at(only), frame.value);
  }
  return kept;
}

bool Checker::keep_number(const Frame& frame) {
  const Tree& own = tree(frame);
  bool kept = true;
  std::optional<Decimal> number;
  const auto value = [&]() -> const Decimal& {
    if (!number) number = parse_decimal(values_->raw(frame.value));
    return *number;
  };
  for (const bool upper : {false, true}) {
    const Node plain = frame.words[upper ? Keyword::maximum : Keyword::minimum];
    const Node exclusive = frame.words[upper ? Keyword::exclusive_maximum : Keyword::exclusive_minimum];
    for (const Node bound : {plain, exclusive}) {
      if (!own.is(bound, Kind::number)) continue;
      const int order = compare(value(), parse_decimal(own.raw(bound)));
      // SchemaDraft 4: the exclusive form is a flag beside the limit.
      const bool strict = bound == exclusive || (exclusive != no_node && own.is_true(exclusive));
      if ((upper ? order > 0 : order < 0) || (strict && order == 0))
        kept = fail(ShapeFault::out_of_range, frame.at(bound), frame.value, Spot::value, strict);
    }
  }
  if (const Node divisor = frame.words[Keyword::multiple_of]; own.is(divisor, Kind::number)) {
    const std::optional<bool> multiple = is_multiple(value(), parse_decimal(own.raw(divisor)));
    if (!multiple) leave_unchecked(NotChecked::number, frame.at(divisor), own.shown(divisor));
    else if (!*multiple) kept = fail(ShapeFault::out_of_range, frame.at(divisor), frame.value);
  }
  return kept;
}

bool Checker::keep_counts(const Frame& frame, std::size_t count, Keyword least, Keyword most) {
  const Tree& own = tree(frame);
  bool kept = true;
  for (const Keyword keyword : {least, most}) {
    const Node bound = frame.words[keyword];
    if (!own.is(bound, Kind::number)) continue;
    const int order = compare(parse_decimal(std::to_string(count)), parse_decimal(own.raw(bound)));
    if (keyword == least ? order < 0 : order > 0) kept = fail(ShapeFault::out_of_range, frame.at(bound), frame.value, Spot::value, count);
  }
  return kept;
}

bool Checker::keep_string(const Frame& frame) {
  const Tree& own = tree(frame);
  bool kept = true;
  if (frame.words[Keyword::min_length] != no_node || frame.words[Keyword::max_length] != no_node)
    kept = keep_counts(frame, count_code_points(values_->text(frame.value)), Keyword::min_length, Keyword::max_length);
  if (const Node pattern = frame.words[Keyword::pattern]; own.is(pattern, Kind::string)) {
    if (matches(frame.at(pattern), own.text(pattern), values_->text(frame.value)) == Match::no)
      kept = fail(ShapeFault::format, frame.at(pattern), frame.value);
  }
  return kept;
}

bool Checker::keep_format(const Frame& frame) {
  const Tree& own = tree(frame);
  const Node format = frame.words[Keyword::format];
  if (!own.is(format, Kind::string)) return true;
  if (options_.check_format == nullptr)
    return !schemas_.resource(frame.schema).asserts_formats || leave_unchecked(NotChecked::pattern, frame.at(format), own.text(format));
  if (!options_.formats_decide && !schemas_.resource(frame.schema).asserts_formats) return true;
  return options_.check_format(own.text(format), values_->text(frame.value)) || fail(ShapeFault::format, frame.at(format), frame.value);
}

Match Checker::matches(SchemaPlace at, std::string_view pattern, std::string_view text) {
  const auto [known, fresh] = pattern_of_.emplace((std::uint64_t{at.document} << 32) | at.node, patterns_.size());
  if (fresh) patterns_.push_back(std::make_unique<Pattern>(pattern));
  const Pattern& compiled = *patterns_[known->second];
  // A step of a pattern is smaller than the application of a schema.
  constexpr std::size_t share = 8;
  spend(1);
  std::size_t budget = steps_left_ * share;
  const Match match = compiled.search(text, budget);
  steps_left_ = budget / share;
  if (match == Match::unknown) {
    const bool worn = compiled.trouble() == PatternTrouble::none;
    leave_unchecked(worn ? NotChecked::too_much_work : NotChecked::pattern, at, shortened(std::string(pattern)));
  }
  return match;
}

}  // namespace blindspot
