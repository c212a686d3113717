// All samples are poured into one tree of shapes, which is then written down.
#include "core/schema/learn.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "core/json/text.hpp"
#include "core/schema/checker.hpp"
#include "core/schema/format.hpp"

namespace blindspot {
namespace {

constexpr std::size_t deepest = 200, most_members = 2000, most_values = 4, longest_value = 32, samples_for_values = 3;

enum Type : std::size_t { null, boolean, integer, number, string, array, object };
constexpr std::array<std::string_view, 7> type_names = {"null", "boolean", "integer", "number", "string", "array", "object"};

bool is_identifier(std::string_view name) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return (!name.empty() && std::all_of(name.begin(), name.end(), digit)) || guess_format(name) == "uuid";
}

class Shape {
 public:
  void add(const Tree& tree, Node node, std::size_t depth) {
    const std::string_view type = type_of(tree, node);
    const std::size_t index = static_cast<std::size_t>(std::find(type_names.begin(), type_names.end(), type) - type_names.begin());
    ++seen_[index];
    if (depth >= deepest) {
      open_ = true;
    } else if (index == string) {
      add_text(tree.text(node));
    } else if (index == array) {
      for (Node element : tree.children(node)) below(items_).add(tree, element, depth + 1);
    } else if (index == object) {
      for (Node member : tree.children(node)) add_member(tree, member, depth);
    }
  }

  // As if what the other one saw had been seen here.
  void merge(const Shape& other) {
    if (other.seen_[string] != 0) {
      if (seen_[string] == 0) format_ = other.format_;
      if (format_ != other.format_) format_ = "";
    }
    for (std::size_t i = 0; i < seen_.size(); ++i) seen_[i] += other.seen_[i];
    for (const std::string& value : other.values_) keep_value(value);
    many_values_ = many_values_ || other.many_values_;
    map_ = map_ && other.map_;
    open_ = open_ || other.open_;
    if (other.items_) below(items_).merge(*other.items_);
    for (const Member& member : other.members_) {
      Member* mine = member_named(member.name);
      if (mine == nullptr) {
        open_ = true;
        break;
      }
      mine->count += member.count;
      below(mine->shape).merge(*member.shape);
    }
  }

  std::string write(std::size_t samples, const std::string& indent) const {
    std::vector<std::string> lines;
    const std::string deeper = indent + "  ";
    std::vector<std::string> types;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      // A number with a fraction somewhere is a number everywhere.
      if (seen_[i] != 0 && !(i == integer && seen_[number] != 0)) types.push_back("\"" + std::string(type_names[i]) + "\"");
    }
    if (types.size() == 1) lines.push_back("\"type\": " + types[0]);
    if (types.size() > 1) lines.push_back("\"type\": [" + joined(types, ", ") + "]");
    if (!format_.empty()) lines.push_back("\"format\": \"" + std::string(format_) + "\"");
    if (lists_values(samples, types.size())) lines.push_back("\"enum\": [" + joined(values_, ", ") + "]");
    if (!open_) write_children(samples, deeper, lines);
    if (lines.empty()) return "{}";
    std::string out = "{";
    for (const std::string& line : lines) out += (out.size() > 1 ? ",\n" : "\n") + deeper + line;
    return out + "\n" + indent + "}";
  }

 private:
  struct Member {
    std::string name;
    std::size_t count = 0;
    std::unique_ptr<Shape> shape;
  };

  static Shape& below(std::unique_ptr<Shape>& shape) {
    if (!shape) shape = std::make_unique<Shape>();
    return *shape;
  }

  void add_text(const std::string& text) {
    const std::string_view format = guess_format(text);
    if (seen_[string] == 1) format_ = format;
    if (format_ != format) format_ = "";
    const bool word = !text.empty() && text.size() <= longest_value && text.find_first_of(" \t\r\n") == std::string::npos;
    if (word) keep_value(json_text::to_json_string(text));
    else many_values_ = true;
  }

  void keep_value(const std::string& literal) {
    if (std::find(values_.begin(), values_.end(), literal) != values_.end()) return;
    if (values_.size() >= most_values) many_values_ = true;
    else values_.push_back(literal);
  }

  // Null when there are too many already.
  Member* member_named(const std::string& name) {
    if (const auto known = index_.find(name); known != index_.end()) return &members_[known->second];
    if (members_.size() >= most_members) return nullptr;
    index_.emplace(name, members_.size());
    return &members_.emplace_back(Member{name, 0, nullptr});
  }

  void add_member(const Tree& tree, Node member, std::size_t depth) {
    const std::string name = tree.name(member);
    if (!is_identifier(name)) map_ = false;
    Member* found = member_named(name);
    if (found == nullptr) {
      open_ = true;
      return;
    }
    ++found->count;
    below(found->shape).add(tree, member, depth + 1);
  }

  bool lists_values(std::size_t samples, std::size_t types) const {
    return samples >= samples_for_values && types == 1 && seen_[string] >= samples_for_values && format_.empty() && !many_values_ &&
           seen_[string] >= 2 * values_.size();
  }

  void write_children(std::size_t samples, const std::string& indent, std::vector<std::string>& lines) const {
    if (items_) lines.push_back("\"items\": " + items_->write(samples, indent));
    if (map_ && members_.size() > 1) {
      Shape any;
      for (const Member& member : members_) any.merge(*member.shape);
      lines.push_back("\"additionalProperties\": " + any.write(samples, indent));
      return;
    }
    if (members_.empty()) return;
    std::string properties = "\"properties\": {", required;
    for (const Member& member : members_) {
      const std::string name = json_text::to_json_string(member.name);
      properties += (&member == &members_.front() ? "\n" : ",\n") + indent + "  " + name + ": " + member.shape->write(samples, indent + "  ");
      if (member.count == seen_[object]) required += (required.empty() ? "" : ", ") + name;
    }
    lines.push_back(properties + "\n" + indent + "}");
    if (!required.empty()) lines.push_back("\"required\": [" + required + "]");
  }

  std::array<std::size_t, 7> seen_{};
  std::string_view format_;
  std::vector<std::string> values_;
  bool many_values_ = false, map_ = true, open_ = false;
  std::unique_ptr<Shape> items_;
  std::vector<Member> members_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace

std::optional<std::string> learn_schema(const std::vector<std::string_view>& samples) {
  Shape shape;
  for (const std::string_view sample : samples) {
    const std::optional<Tree> tree = Tree::parse(sample);
    if (!tree) return std::nullopt;
    shape.add(*tree, 0, 0);
  }
  std::string out = shape.write(samples.size(), "");
  const std::string head = "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"";
  return head + (out == "{}" ? "\n}" : "," + out.substr(1)) + "\n";
}

}  // namespace blindspot
