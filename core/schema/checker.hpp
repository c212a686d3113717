// The walk over a schema and a value side by side. Private to this folder; one file for each family of keywords:
// checker.cpp (references, combinations), checker_values.cpp (scalars), checker_children.cpp (objects and arrays).
// Recursion is bounded in depth and in the number of schemas applied.
#pragma once

#include <algorithm>
#include <memory>

#include "core/schema/contract.hpp"
#include "core/schema/pattern.hpp"

namespace blindspot {

// Which children of one value some schema has looked at: for unevaluatedProperties and unevaluatedItems.
using Evaluated = std::vector<char>;

class Checker {
 public:
  Checker(SchemaSet& schemas, const Tree& values, const ContractOptions& options);

  // False when the value breaks the schema; what it breaks is noted.
  bool check(SchemaPlace schema, Node value, Evaluated* evaluated = nullptr);
  ContractReport report(std::string_view text);

 private:
  enum class Spot : std::uint8_t { value, name, opening };
  struct Noted {
    ShapeFault fault;
    Spot spot;
    SchemaPlace at;    // the keyword's value, or the schema that is false
    Node value;        // the value at fault
    Node detail;       // required: the entry in the schema; of renamed_field with `other` the member that is there
    Node other;
    std::size_t number;  // a count, or how many choices fit
    std::uint64_t kind;  // equal for breaches of one cause
    std::size_t count;
  };
  // One schema object applied to one value.
  struct Frame {
    SchemaPlace schema;
    Keywords words;
    Node value;
    Kind kind;
    Evaluated* evaluated;
    SchemaPlace at(Node node) const { return {schema.document, node}; }
  };

  const Tree& tree(const Frame& frame) const;
  bool quiet() const { return quiet_ > 0; }
  bool is_valid(SchemaPlace schema, Node value, Evaluated* evaluated);  // notes nothing

  // Each is true when its keywords are kept.
  bool keep_references(const Frame& frame);
  bool follow(const Frame& frame, SchemaPlace keyword, const std::optional<SchemaPlace>& target);
  bool keep_combinations(const Frame& frame);
  bool keep_choice(const Frame& frame, Keyword keyword);
  bool blame_choice(const Frame& frame, Keyword keyword);
  bool keep_type(const Frame& frame);
  bool keep_values(const Frame& frame);
  bool keep_number(const Frame& frame);
  bool keep_string(const Frame& frame);
  bool keep_format(const Frame& frame);
  bool keep_counts(const Frame& frame, std::size_t count, Keyword least, Keyword most);
  bool keep_object(const Frame& frame);
  bool keep_required(const Frame& frame, Node names, std::vector<Node>& taken);
  bool keep_member(const Frame& frame, Node member, std::size_t index, const std::vector<Node>& taken);
  bool keep_dependencies(const Frame& frame, std::vector<Node>& taken);
  bool keep_name(const Frame& frame, Node member);
  bool keep_array(const Frame& frame);
  bool keep_contains(const Frame& frame);
  bool keep_unique(const Frame& frame);
  bool keep_unevaluated(const Frame& frame, Evaluated& evaluated);

  Match matches(SchemaPlace pattern, std::string_view pattern_text, std::string_view text);
  bool is_nullable(const Frame& frame) const;

  // Notes a breach and returns false.
  bool fail(ShapeFault fault, SchemaPlace at, Node value, Spot spot = Spot::value, std::size_t number = 0,
            Node detail = no_node, Node other = no_node);
  void add(Noted noted);
  std::uint64_t kind_of(const Noted& noted) const;
  void spend(std::size_t steps) { steps_left_ -= std::min(steps_left_, steps); }
  bool leave_unchecked(NotChecked reason, SchemaPlace at, std::string value = "");  // returns true: nothing is broken
  ShapeFinding rendered(const Noted& noted) const;
  std::string expected_of(const Noted& noted, Keyword keyword) const;
  std::string actual_of(const Noted& noted, Keyword keyword) const;
  std::string types_below(SchemaPlace choices) const;

  SchemaSet& schemas_;
  const Tree* values_;
  const ContractOptions& options_;
  std::size_t steps_left_;
  std::size_t unsure_ = 0;  // how often something was left unchecked: what was kept then may not be
  std::size_t depth_ = 0;
  std::size_t quiet_ = 0;   // above 0 only the answer counts
  std::size_t trials_ = 0;  // above 0 breaches are put on trial, see blame_choice
  std::vector<Noted> on_trial_;
  std::vector<Noted> findings_;
  std::size_t breaches_ = 0;
  KeyMap first_of_kind_;
  std::vector<std::size_t> scope_;  // resources entered, outermost first, for $dynamicRef
  std::vector<std::uint64_t> path_;  // a hash for each level: of the name, or the same one for all elements of an array
  std::vector<std::pair<SchemaPlace, Node>> active_;  // schemas on the way here that were applied to the same value
  KeyMap pattern_of_, enum_of_;  // by place in the schema
  std::vector<std::unique_ptr<Pattern>> patterns_;
  std::vector<Keys> enums_;  // hashes of the values allowed
  std::vector<Unchecked> unchecked_;
  KeyMap unchecked_places_;
};

bool has_type(const Tree& tree, Node value, std::string_view type);
std::string_view type_of(const Tree& tree, Node value);
// The names in a `type` keyword: one, or a list of them.
std::vector<std::string> names_in(const Tree& tree, Node list);
std::string joined(const std::vector<std::string>& parts, std::string_view between);

}  // namespace blindspot
