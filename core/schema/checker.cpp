// References and combinations, and the order in which the families of keywords are asked.
#include "core/schema/checker.hpp"

#include <algorithm>

#include "core/json/text.hpp"

namespace blindspot {
namespace {

constexpr std::size_t max_depth = 400, max_trial = 64, max_unchecked = 100;

std::uint64_t place_key(SchemaPlace place) { return (std::uint64_t{place.document} << 32) | place.node; }

}  // namespace

Checker::Checker(SchemaSet& schemas, const Tree& values, const ContractOptions& options)
    : schemas_(schemas), values_(&values), options_(options),
      steps_left_(options.steps != 0 ? options.steps : 500'000 + 20 * values.size()) {}

bool Checker::check(SchemaPlace schema, Node value, Evaluated* evaluated) {
  const Tree& own = schemas_.tree(schema);
  if (steps_left_ == 0) return leave_unchecked(NotChecked::too_much_work, schema);
  const bool scalar = values_->kind(value) < Kind::array;
  spend(1 + own.count(schema.node) / 16 + (scalar ? values_->length(value) / 64 : 0));
  if (own.is(schema.node, Kind::boolean))
    return own.truth(schema.node) || fail(ShapeFault::mismatch, schema, value);
  if (!own.is(schema.node, Kind::object)) return true;
  if (depth_ >= max_depth) return leave_unchecked(NotChecked::too_deep, schema);

  ++depth_;
  const std::size_t resource = schemas_.resource_index(schema);
  const bool entered = scope_.empty() || scope_.back() != resource;
  if (entered) scope_.push_back(resource);
  active_.emplace_back(schema, value);

  Frame frame{schema, schemas_.keywords(schema), value, values_->kind(value), evaluated};
  Evaluated mine;
  const bool watches = frame.words[Keyword::unevaluated_properties] != no_node || frame.words[Keyword::unevaluated_items] != no_node;
  if (watches) {
    mine.resize(values_->count(value));
    frame.evaluated = &mine;
  }
  const auto asked = [&] {
    bool kept = keep_references(frame);
    if (schemas_.resource(schema).validates) {
      if (!keep_type(frame)) return false;
      kept = (kept || !quiet()) && keep_values(frame) && kept;
      if (frame.kind == Kind::number) kept = keep_number(frame) && kept;
      if (frame.kind == Kind::string) kept = keep_string(frame) && kept;
    }
    if (frame.kind == Kind::string) kept = keep_format(frame) && kept;
    if (!kept && quiet()) return false;
    if (frame.kind == Kind::object) kept = keep_object(frame) && kept;
    if (frame.kind == Kind::array) kept = keep_array(frame) && kept;
    if (!kept && quiet()) return false;
    kept = keep_combinations(frame) && kept;
    // What a broken part would have looked at is not known: asking on would blame the wrong ones.
    if (kept && watches) kept = keep_unevaluated(frame, mine);
    return kept;
  };
  const bool kept = asked();
  if (kept && watches && evaluated != nullptr) {
    for (std::size_t i = 0; i < mine.size(); ++i) {
      if (mine[i]) (*evaluated)[i] = true;
    }
  }
  active_.pop_back();
  if (entered) scope_.pop_back();
  --depth_;
  return kept;
}

const Tree& Checker::tree(const Frame& frame) const { return schemas_.tree(frame.schema); }

bool Checker::is_valid(SchemaPlace schema, Node value, Evaluated* evaluated) {
  ++quiet_;
  Evaluated own;
  if (evaluated != nullptr) own.resize(evaluated->size());
  const bool kept = check(schema, value, evaluated != nullptr ? &own : nullptr);
  --quiet_;
  for (std::size_t i = 0; kept && i < own.size(); ++i) {
    if (own[i]) (*evaluated)[i] = true;
  }
  return kept;
}

bool Checker::follow(const Frame& frame, SchemaPlace keyword, const std::optional<SchemaPlace>& target) {
  const Tree& own = tree(frame);
  if (!target) {
    const std::string reference = own.text(keyword.node);
    const bool inside = reference.empty() || reference.front() == '#';
    return leave_unchecked(inside ? NotChecked::unresolved_reference : NotChecked::remote_reference, keyword, shortened(reference));
  }
  for (auto at = active_.rbegin(); at != active_.rend() && at->second == frame.value; ++at) {
    if (at->first == *target) return leave_unchecked(NotChecked::circular_reference, keyword, shortened(own.text(keyword.node)));
  }
  return check(*target, frame.value, frame.evaluated);
}

bool Checker::keep_references(const Frame& frame) {
  const Tree& own = tree(frame);
  bool kept = true;
  if (const Node reference = frame.words[Keyword::ref]; own.is(reference, Kind::string))
    kept = follow(frame, frame.at(reference), schemas_.resolve(frame.schema, own.text(reference)));
  for (const Keyword keyword : {Keyword::dynamic_ref, Keyword::recursive_ref}) {
    const Node reference = frame.words[keyword];
    if (!own.is(reference, Kind::string)) continue;
    const std::string text = own.text(reference);
    std::optional<SchemaPlace> target = schemas_.resolve(frame.schema, text);
    const std::string anchor = text.substr(std::min(text.find('#'), text.size() - 1) + 1);
    // Only from an anchor that is dynamic itself the outermost of that name is looked for.
    if (target && schemas_.dynamic_anchor(schemas_.resource_index(*target), anchor) == target) {
      for (const std::size_t resource : scope_) {
        const std::optional<SchemaPlace> outer = schemas_.dynamic_anchor(resource, anchor);
        if (!outer) continue;
        target = outer;
        break;
      }
    }
    kept = follow(frame, frame.at(reference), target) && kept;
  }
  return kept;
}

bool Checker::keep_combinations(const Frame& frame) {
  const Tree& own = tree(frame);
  bool kept = true;
  if (const Node all = frame.words[Keyword::all_of]; own.is(all, Kind::array)) {
    for (Node part : own.children(all)) {
      kept = check(frame.at(part), frame.value, frame.evaluated) && kept;
      if (!kept && quiet()) return false;
    }
  }
  for (const Keyword keyword : {Keyword::any_of, Keyword::one_of}) {
    kept = keep_choice(frame, keyword) && kept;
    if (!kept && quiet()) return false;
  }
  if (const Node unwanted = frame.words[Keyword::negation]; unwanted != no_node) {
    // What fits only because something could not be checked may not be blamed for fitting.
    const std::size_t before = unsure_;
    if (is_valid(frame.at(unwanted), frame.value, nullptr) && unsure_ == before) kept = fail(ShapeFault::mismatch, frame.at(unwanted), frame.value);
  }
  if (const Node condition = frame.words[Keyword::condition]; condition != no_node) {
    const std::size_t before = unsure_;
    const bool holds = is_valid(frame.at(condition), frame.value, frame.evaluated);
    const Node then = frame.words[holds ? Keyword::then_branch : Keyword::else_branch];
    if (then != no_node && !(holds && unsure_ != before)) kept = check(frame.at(then), frame.value, frame.evaluated) && kept;
  }
  return kept;
}

bool Checker::keep_choice(const Frame& frame, Keyword keyword) {
  const Tree& own = tree(frame);
  const Node choices = frame.words[keyword];
  if (!own.is(choices, Kind::array) || own.count(choices) == 0) return true;
  std::size_t fitting = 0;
  const std::size_t before = unsure_;
  for (Node choice : own.children(choices)) {
    fitting += is_valid(frame.at(choice), frame.value, frame.evaluated);
    if (fitting == (keyword == Keyword::any_of ? 1u : 2u) && frame.evaluated == nullptr) break;
  }
  if (keyword == Keyword::any_of ? fitting > 0 : fitting == 1) return true;
  if (fitting > 0 && unsure_ != before) return true;
  if (fitting > 1) return fail(ShapeFault::mismatch, frame.at(choices), frame.value, Spot::value, fitting);
  return quiet() ? false : blame_choice(frame, keyword);
}

// None fits: the one that came nearest is blamed, by what it lacks. Nearer is a choice whose own type and fixed values
// fit, then the one with fewer breaches. When none comes near, or two equally so, the choice as a whole is blamed.
bool Checker::blame_choice(const Frame& frame, Keyword keyword) {
  constexpr std::size_t other_type = 100'000;
  const Tree& own = tree(frame);
  const Node choices = frame.words[keyword];
  // OpenAPI's discriminator names the choice that was meant.
  const Node discriminator = frame.words[Keyword::discriminator];
  const Node named = values_->find(frame.value, own.text(own.find(discriminator, "propertyName")));
  std::string meant = values_->is(named, Kind::string) ? values_->text(named) : "";
  if (const Node mapped = own.find(own.find(discriminator, "mapping"), meant); mapped != no_node && !meant.empty()) meant = own.text(mapped);

  std::vector<Noted> best;
  std::size_t best_score = other_type, ties = 0;
  for (Node choice : own.children(choices)) {
    const std::size_t mark = on_trial_.size();
    ++trials_;
    const bool kept = check(frame.at(choice), frame.value);
    --trials_;
    std::vector<Noted> lacks(on_trial_.begin() + static_cast<std::ptrdiff_t>(mark), on_trial_.end());
    on_trial_.resize(mark);
    if (kept) continue;  // only where the work ran out in between
    std::size_t score = 0;
    for (const Noted& noted : lacks) {
      const bool here = noted.value == frame.value;
      const bool type = noted.fault == ShapeFault::wrong_type || noted.fault == ShapeFault::null_value || noted.fault == ShapeFault::array_object;
      if (here && (type || noted.at.node == choice)) score += other_type;
      else if (noted.fault == ShapeFault::not_in_enum) score += here ? 1000 : 100;
      else score += noted.fault == ShapeFault::renamed_field ? 4 : 10;
    }
    const std::string reference = own.text(own.find(choice, "$ref"));
    if (!meant.empty() && (reference == meant || reference.ends_with("/" + meant))) score = 0;
    if (score > best_score || score >= other_type) continue;
    ties = score == best_score ? ties + 1 : 1;
    if (score < best_score) best = std::move(lacks);
    best_score = score;
  }
  if (ties == 1 || (ties > 1 && best.size() == 1 && own.count(choices) == 1)) {
    for (Noted& noted : best) add(noted);
    return false;
  }
  ShapeFault fault = ShapeFault::mismatch;
  if (ties == 0 && !types_below(frame.at(choices)).empty()) {
    fault = frame.kind == Kind::null ? ShapeFault::null_value : ShapeFault::wrong_type;
  }
  return fail(fault, frame.at(choices), frame.value);
}

bool Checker::leave_unchecked(NotChecked reason, SchemaPlace at, std::string value) {
  ++unsure_;
  // Where work or depth ran out is one place: the first.
  const bool limit = reason == NotChecked::too_much_work || reason == NotChecked::too_deep;
  if (unchecked_.size() < max_unchecked && unchecked_places_.emplace((limit ? 0 : place_key(at)) * 16 + static_cast<std::uint64_t>(reason), 0).second)
    unchecked_.push_back({reason, schemas_.pointer_of(at), std::move(value)});
  return true;
}

bool Checker::fail(ShapeFault fault, SchemaPlace at, Node value, Spot spot, std::size_t number, Node detail, Node other) {
  if (quiet()) return false;
  Noted noted{fault, spot, at, value, detail, other, number, 0, 1};
  noted.kind = kind_of(noted);
  add(noted);
  return false;
}

// The same keyword broken in the same way at the same place but for array indexes.
std::uint64_t Checker::kind_of(const Noted& noted) const {
  std::uint64_t hash = place_key(noted.at);
  const auto mix = [&](std::uint64_t part) { hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL, hash ^= hash >> 29; };
  mix(static_cast<std::uint64_t>(noted.fault));
  mix(noted.detail);
  if (noted.other != no_node) mix(json_text::hash_name(values_->name(noted.other)));
  const bool by_value = noted.fault == ShapeFault::not_in_enum || noted.fault == ShapeFault::out_of_range || noted.fault == ShapeFault::format;
  if (!by_value) mix(json_text::hash_name(type_of(*values_, noted.value)));
  for (const std::uint64_t level : path_) mix(level);
  return hash;
}

void Checker::add(Noted noted) {
  if (trials_ > 0) {
    if (on_trial_.size() < max_trial * trials_) on_trial_.push_back(noted);
    return;
  }
  ++breaches_;
  const auto [known, fresh] = first_of_kind_.emplace(noted.kind, findings_.size());
  if (!fresh) {
    if (known->second < findings_.size()) ++findings_[known->second].count;
  } else if (findings_.size() < 1000) {
    findings_.push_back(noted);
  }
}

}  // namespace blindspot
