// Keywords about what is in objects and arrays: which members there must be, which there may be, and what each has to keep.
#include <algorithm>

#include "core/json/text.hpp"
#include "core/schema/checker.hpp"
#include "core/schema/decimal.hpp"
#include "core/schema/near_miss.hpp"

namespace blindspot {
namespace {

constexpr std::uint64_t any_element = 1;
constexpr std::size_t most_candidates = 500;

bool contains(const std::vector<Node>& list, Node node) { return std::find(list.begin(), list.end(), node) != list.end(); }

}  // namespace

bool Checker::keep_object(const Frame& frame) {
  std::vector<Node> taken;  // members that stand for a missing one under another name
  bool kept = true;
  if (schemas_.resource(frame.schema).validates) {
    kept = keep_counts(frame, values_->count(frame.value), Keyword::min_properties, Keyword::max_properties);
    if (const Node required = frame.words[Keyword::required]; required != no_node) kept = keep_required(frame, required, taken) && kept;
  }
  kept = keep_dependencies(frame, taken) && kept;
  if (!kept && quiet()) return false;
  const Keyword about_members[] = {Keyword::properties, Keyword::pattern_properties, Keyword::additional_properties, Keyword::property_names};
  if (std::all_of(std::begin(about_members), std::end(about_members), [&](Keyword word) { return frame.words[word] == no_node; })) return kept;
  std::size_t index = 0;
  for (Node member : values_->children(frame.value)) {
    kept = keep_member(frame, member, index++, taken) && kept;
    if (!kept && quiet()) return false;
  }
  return kept;
}

// The member that nobody declared and that looks most like the missing name.
static Node closest_member(const Tree& values, Node object, std::string_view wanted, const Tree& schema, Node properties,
                           const std::vector<Node>& taken) {
  Node best = no_node;
  std::size_t best_distance = 0, looked_at = 0;
  for (Node member : values.children(object)) {
    if (++looked_at > most_candidates) break;
    const std::string name = values.name(member);
    if (schema.find(properties, name) != no_node || contains(taken, member)) continue;
    const std::optional<std::size_t> distance = near_miss_distance(wanted, name);
    if (!distance || (best != no_node && *distance >= best_distance)) continue;
    best = member;
    best_distance = *distance;
  }
  return best;
}

bool Checker::keep_required(const Frame& frame, Node names, std::vector<Node>& taken) {
  const Tree& own = tree(frame);
  if (!own.is(names, Kind::array)) return true;
  spend(own.count(names) / 4);
  bool kept = true;
  for (Node entry : own.children(names)) {
    if (!own.is(entry, Kind::string)) continue;
    const std::string name = own.text(entry);
    if (values_->find(frame.value, name) != no_node) continue;
    if (quiet()) return false;
    spend(std::min<std::size_t>(values_->count(frame.value), most_candidates));
    const Node other = closest_member(*values_, frame.value, name, own, frame.words[Keyword::properties], taken);
    if (other != no_node) taken.push_back(other);
    kept = other != no_node ? fail(ShapeFault::renamed_field, frame.at(entry), frame.value, Spot::name, 0, entry, other)
                            : fail(ShapeFault::missing_field, frame.at(entry), frame.value, Spot::opening, 0, entry);
  }
  return kept;
}

bool Checker::keep_dependencies(const Frame& frame, std::vector<Node>& taken) {
  const Tree& own = tree(frame);
  bool kept = true;
  for (const Keyword keyword : {Keyword::dependencies, Keyword::dependent_required, Keyword::dependent_schemas}) {
    const Node map = frame.words[keyword];
    if (!own.is(map, Kind::object)) continue;
    spend(own.count(map));
    for (Node entry : own.children(map)) {
      if (values_->find(frame.value, own.name(entry)) == no_node) continue;
      if (own.is(entry, Kind::array)) kept = keep_required(frame, entry, taken) && kept;
      else if (keyword != Keyword::dependent_required) kept = check(frame.at(entry), frame.value, frame.evaluated) && kept;
    }
  }
  return kept;
}

// The name by itself, as a value.
bool Checker::keep_name(const Frame& frame, Node member) {
  const std::string literal = json_text::to_json_string(values_->name(member));
  const std::optional<Tree> name = Tree::parse(literal);
  if (!name) return true;
  const Tree* const values = std::exchange(values_, &*name);
  // A value of another tree: nothing on the way here was applied to it.
  active_.emplace_back(SchemaPlace{}, no_node);
  const bool kept = is_valid(frame.at(frame.words[Keyword::property_names]), 0, nullptr);
  active_.pop_back();
  values_ = values;
  return kept || fail(ShapeFault::extra_field, frame.at(frame.words[Keyword::property_names]), member, Spot::name);
}

bool Checker::keep_member(const Frame& frame, Node member, std::size_t index, const std::vector<Node>& taken) {
  const Tree& own = tree(frame);
  const std::string name = values_->name(member);
  bool kept = true, known = false;
  const auto look = [&](Node schema) {
    known = true;
    kept = check(frame.at(schema), member) && kept;
  };
  path_.push_back(json_text::hash_name(name));
  if (const Node declared = own.find(frame.words[Keyword::properties], name); declared != no_node) look(declared);
  if (const Node patterns = frame.words[Keyword::pattern_properties]; own.is(patterns, Kind::object)) {
    for (Node pattern : own.children(patterns)) {
      const Match match = matches(frame.at(pattern), own.name(pattern), name);
      if (match == Match::yes) look(pattern);
      known = known || match == Match::unknown;  // whether additionalProperties is asked cannot be told
    }
  }
  path_.back() = any_element;  // a map: its names are like the indexes of an array
  if (const Node others = frame.words[Keyword::additional_properties]; !known && others != no_node) {
    const bool forbidden = own.is(others, Kind::boolean) && !own.truth(others);
    if (!forbidden) {
      look(others);
    } else if (!contains(taken, member)) {
      path_.back() = json_text::hash_name(name);
      kept = fail(ShapeFault::extra_field, frame.at(others), member, Spot::name);
    } else {
      kept = false;
    }
  }
  if (frame.words[Keyword::property_names] != no_node) kept = keep_name(frame, member) && kept;
  path_.pop_back();
  if (known && frame.evaluated != nullptr) (*frame.evaluated)[index] = true;
  return kept;
}

bool Checker::keep_array(const Frame& frame) {
  const Tree& own = tree(frame);
  bool kept = true;
  if (schemas_.resource(frame.schema).validates) {
    kept = keep_counts(frame, values_->count(frame.value), Keyword::min_items, Keyword::max_items);
    kept = keep_unique(frame) && kept;
  }
  Node prefix = frame.words[Keyword::prefix_items], rest = frame.words[Keyword::items];
  if (own.is(rest, Kind::array)) {  // up to 2019-09: a list of schemas, and additionalItems for what follows
    prefix = rest;
    rest = frame.words[Keyword::additional_items];
  }
  Node fixed = own.is(prefix, Kind::array) ? own.first(prefix) : no_node;
  std::size_t index = 0;
  path_.push_back(0);
  for (Node element : values_->children(frame.value)) {
    const Node schema = fixed != no_node ? fixed : rest;
    if (schema == no_node) break;
    path_.back() = fixed != no_node ? index + 2 : any_element;
    kept = check(frame.at(schema), element) && kept;
    if (frame.evaluated != nullptr) (*frame.evaluated)[index] = true;
    if (!kept && quiet()) break;
    if (fixed != no_node) fixed = own.next(fixed, prefix);
    ++index;
  }
  path_.pop_back();
  if (!kept && quiet()) return false;
  return keep_contains(frame) && kept;
}

bool Checker::keep_contains(const Frame& frame) {
  const Tree& own = tree(frame);
  const Node wanted = frame.words[Keyword::contains];
  if (wanted == no_node) return true;
  // From 2020-12 on an element that fits counts as looked at.
  const bool marks = frame.evaluated != nullptr && schemas_.resource(frame.schema).draft >= SchemaDraft::draft2020;
  std::size_t fitting = 0, index = 0;
  const std::size_t before = unsure_;
  for (Node element : values_->children(frame.value)) {
    if (is_valid(frame.at(wanted), element, nullptr)) {
      ++fitting;
      if (marks) (*frame.evaluated)[index] = true;
    }
    ++index;
  }
  if (!schemas_.resource(frame.schema).validates || unsure_ != before) return true;
  const Node least = frame.words[Keyword::min_contains];
  if (!own.is(least, Kind::number) && fitting == 0) return fail(ShapeFault::mismatch, frame.at(wanted), frame.value);
  return keep_counts(frame, fitting, Keyword::min_contains, Keyword::max_contains);
}

bool Checker::keep_unique(const Frame& frame) {
  const Node unique = frame.words[Keyword::unique_items];
  if (unique == no_node || !tree(frame).is_true(unique)) return true;
  spend((values_->behind(frame.value) - frame.value) / 4);
  // Equal values share a hash; what two of them have in common is looked at only then.
  Keys seen;
  for (Node element : values_->children(frame.value)) seen.emplace_back(json_text::hash_name(values_->canonical(element)), element);
  sort_keys(seen);
  Node first = no_node;
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const bool same = seen[i].first == seen[i - 1].first && values_->canonical(seen[i].second) == values_->canonical(seen[i - 1].second);
    if (same) first = std::min(first, seen[i].second);
  }
  return first == no_node || fail(ShapeFault::mismatch, frame.at(unique), first, Spot::value, 0, frame.value);
}

bool Checker::keep_unevaluated(const Frame& frame, Evaluated& evaluated) {
  const Tree& own = tree(frame);
  const bool object = frame.kind == Kind::object;
  const Node rest = frame.words[object ? Keyword::unevaluated_properties : Keyword::unevaluated_items];
  if (rest == no_node || (!object && frame.kind != Kind::array)) return true;
  bool kept = true;
  std::size_t index = 0;
  const bool forbidden = object && own.is(rest, Kind::boolean) && !own.truth(rest);
  for (Node child : values_->children(frame.value)) {
    if (!evaluated[index]) {
      path_.push_back(forbidden ? json_text::hash_name(values_->name(child)) : any_element);
      kept = (forbidden ? fail(ShapeFault::extra_field, frame.at(rest), child, Spot::name) : check(frame.at(rest), child)) && kept;
      path_.pop_back();
      evaluated[index] = true;
    }
    ++index;
  }
  return kept;
}

}  // namespace blindspot
