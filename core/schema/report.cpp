// What the walk noted, made into findings: pointers, what was expected, what came, and where it stands in the text.
#include <algorithm>

#include "core/json/lines.hpp"
#include "core/schema/checker.hpp"

namespace blindspot {
namespace {

bool is_index(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

// The last step of the pointer that is a name.
std::string last_name(std::string_view pointer) {
  while (!pointer.empty()) {
    const std::size_t slash = pointer.rfind('/');
    const std::string_view raw = pointer.substr(slash + 1);
    if (!is_index(raw)) {
      std::string name;
      for (std::size_t i = 0; i < raw.size(); ++i) {
        const bool escape = raw[i] == '~' && i + 1 < raw.size();
        name += escape ? (raw[++i] == '0' ? '~' : '/') : raw[i];
      }
      return name;
    }
    pointer = pointer.substr(0, slash);
  }
  return "";
}

std::string_view counted(Keyword keyword) {
  switch (keyword) {
    case Keyword::min_length:
    case Keyword::max_length: return "length";
    case Keyword::min_items:
    case Keyword::max_items: return "items";
    case Keyword::min_contains:
    case Keyword::max_contains: return "matching items";
    case Keyword::min_properties:
    case Keyword::max_properties: return "properties";
    default: return "";
  }
}

bool is_upper(Keyword keyword) {
  return keyword == Keyword::maximum || keyword == Keyword::exclusive_maximum || keyword == Keyword::max_length ||
         keyword == Keyword::max_items || keyword == Keyword::max_contains || keyword == Keyword::max_properties;
}

}  // namespace

std::string Checker::types_below(SchemaPlace choices) const {
  const Tree& own = schemas_.tree(choices);
  std::vector<std::string> types;
  for (Node choice : own.children(choices.node)) {
    SchemaPlace at{choices.document, choice};
    for (int hops = 0; hops < 8 && own.is(own.find(at.node, "$ref"), Kind::string); ++hops) {
      const auto target = schemas_.resolve(at, own.text(own.find(at.node, "$ref")));
      if (!target || target->document != at.document) break;
      at = *target;
    }
    for (std::string& type : names_in(own, own.find(at.node, "type"))) {
      if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(std::move(type));
    }
  }
  return shortened(joined(types, " | "));
}

std::string Checker::expected_of(const Noted& noted, Keyword keyword) const {
  const Tree& own = schemas_.tree(noted.at);
  const Node node = noted.at.node;
  switch (keyword) {
    case Keyword::type: return shortened(joined(names_in(own, node), " | "));
    case Keyword::enumeration: {
      std::vector<std::string> values;
      for (Node entry : own.children(node)) {
        values.push_back(values.size() == 12 ? "..." : own.shown(entry));
        if (values.size() > 12) break;
      }
      return joined(values, ", ");
    }
    case Keyword::constant: return own.shown(node);
    case Keyword::multiple_of: return "multiple of " + own.shown(node);
    case Keyword::pattern:
    case Keyword::format: return shortened(own.text(node), 120);
    case Keyword::any_of:
    case Keyword::one_of: return types_below(noted.at);
    default: break;
  }
  if (noted.fault == ShapeFault::out_of_range) {
    const std::string what(counted(keyword));
    const bool strict = what.empty() && noted.number != 0;
    return what + (what.empty() ? "" : " ") + (is_upper(keyword) ? "<" : ">") + (strict ? " " : "= ") + own.shown(node);
  }
  return "";
}

std::string Checker::actual_of(const Noted& noted, Keyword keyword) const {
  switch (noted.fault) {
    case ShapeFault::missing_field: return "";
    case ShapeFault::renamed_field: return std::string(type_of(*values_, noted.other));
    case ShapeFault::not_in_enum:
    case ShapeFault::format: return values_->shown(noted.value);
    case ShapeFault::out_of_range: {
      const std::string what(counted(keyword));
      return what.empty() ? values_->shown(noted.value) : what + " " + std::to_string(noted.number);
    }
    default: break;
  }
  if (keyword == Keyword::negation || keyword == Keyword::unique_items) return values_->shown(noted.value);
  return std::string(type_of(*values_, noted.value));
}

ShapeFinding Checker::rendered(const Noted& noted) const {
  const Tree& own = schemas_.tree(noted.at);
  ShapeFinding out;
  out.fault = noted.fault;
  out.count = noted.count;
  out.schema_pointer = schemas_.pointer_of(noted.at);
  Keyword keyword = schemas_.keyword_at(noted.at);
  if (noted.detail != no_node && noted.fault <= ShapeFault::renamed_field) {
    // The entry in a list of names: the keyword is further up, and the declaration beside it tells the type.
    const std::string name = own.text(noted.detail);
    out.pointer = values_->pointer_of(noted.value) + "/" + escape_pointer_step(name);
    const Node list = own.parent_of(noted.detail), above = own.parent_of(list);
    keyword = schemas_.keyword_at({noted.at.document, list});
    if (keyword == Keyword::required) {
      const Node declared = own.find(own.find(own.find(above, "properties"), name), "type");
      out.expected = shortened(joined(names_in(own, declared), " | "));
    } else {
      keyword = schemas_.keyword_at({noted.at.document, above});
    }
  } else {
    out.pointer = values_->pointer_of(noted.value);
    // A schema that is false stands under a keyword, or under a name or an index that is none.
    const bool forbids = own.is(noted.at.node, Kind::boolean) && noted.fault == ShapeFault::mismatch && keyword != Keyword::unique_items &&
                         keyword != Keyword::negation && keyword != Keyword::contains;
    if (forbids) keyword = Keyword::unknown;
    out.expected = expected_of(noted, keyword);
  }
  if (keyword != Keyword::unknown) out.keyword = row_of(keyword).name;
  out.field = last_name(out.pointer);
  out.actual = actual_of(noted, keyword);
  if (noted.other != no_node) out.near_miss = values_->name(noted.other);
  const Node placed = noted.other != no_node ? noted.other : noted.value;
  const bool by_name = noted.spot == Spot::name && values_->name_length(placed) != 0;
  out.offset = by_name ? values_->name_offset(placed) : values_->offset(placed);
  out.length = by_name ? values_->name_length(placed) : noted.spot == Spot::opening ? 1 : values_->length(placed);
  return out;
}

ContractReport Checker::report(std::string_view text) {
  ContractReport out;
  const LineIndex lines(text);
  std::vector<ShapeFinding> found;
  Keys order;
  for (const Noted& noted : findings_) {
    ShapeFinding& finding = found.emplace_back(rendered(noted));
    const LineColumn where = lines.locate(finding.offset);
    finding.line = where.line;
    finding.column = where.column;
    order.emplace_back(finding.offset, static_cast<Node>(order.size()));
  }
  sort_keys(order);
  for (const Key& key : order) out.findings.push_back(std::move(found[key.second]));
  out.unchecked = std::move(unchecked_);
  out.breaches = breaches_;
  return out;
}

}  // namespace blindspot
