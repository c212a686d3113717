// One function a change, which edits the text in place or says why it cannot; and who is asked first when nobody is named.
#include "native/lab/shape_faults.hpp"

#include <algorithm>

#include "core/json/text.hpp"
#include "core/schema/format.hpp"
#include "core/schema/tree.hpp"

namespace blindspot::lab {
namespace {

constexpr std::string_view names[] = {"drop", "rename", "retype", "null", "array", "enum"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c); }
bool is_separator(char c) { return c == '_' || c == '-'; }

std::string with_case(std::string text, bool upper) {
  for (char& c : text) {
    if (upper && is_lower(c)) c = static_cast<char>(c - 32);
    else if (!upper && is_upper(c)) c = static_cast<char>(c + 32);
  }
  return text;
}

std::string camel_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool joint = is_separator(name[i]) && !out.empty() && i + 1 < name.size() && is_letter(name[i + 1]);
    out += joint ? with_case(std::string(1, name[++i]), true) : std::string(1, name[i]);
  }
  return out;
}

std::string snake_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && is_upper(name[i]) && is_lower(name[i - 1])) out += '_';
    out += name[i];
  }
  return out == name ? out : with_case(out, false);
}

// A field's names as other habits write it; two words first as the other of the two great habits.
std::vector<std::string> spellings(const std::string& name) {
  std::string capital = name;
  if (!capital.empty()) capital[0] = is_lower(capital[0]) ? with_case(capital.substr(0, 1), true)[0] : with_case(capital.substr(0, 1), false)[0];
  return {camel_case(name), snake_case(name), capital, with_case(name, true), with_case(name, false)};
}

// One sample with its tree, and the questions that all changes ask.
class Sample {
 public:
  Sample(std::string_view text, const Tree& tree) : text_(text), tree_(tree) {}

  Result<std::string, ShapeRefusal> changed(ShapeChange change, std::optional<std::string_view> pointer) const {
    if (pointer && !pointer->empty() && pointer->front() != '/') return ShapeRefusal{"a JSON Pointer begins with /, for example /items/0/price"};
    const Node node = pointer ? tree_.at_pointer(*pointer) : choose(change);
    if (node == no_node) return ShapeRefusal{"the pointer leads nowhere in the sample; it goes as far as " + as_far_as(*pointer)};
    std::string out = change_at(change, node);
    if (!out.empty()) return out;
    const std::string what(names[static_cast<std::size_t>(change)]);
    return ShapeRefusal{(pointer ? what + " does not fit what is there: " : "the sample has nothing for " + what + ": ") + wants(change)};
  }

 private:

  static std::string wants(ShapeChange change) {
    switch (change) {
      case ShapeChange::drop: return "it takes a field of an object";
      case ShapeChange::rename: return "it takes a field of an object whose name has letters from a to z and another spelling that is free";
      case ShapeChange::retype: return "it takes any value";
      case ShapeChange::null: return "it takes any value but null";
      case ShapeChange::array: return "it takes an object or an array";
      case ShapeChange::enum_value: return "it takes a text";
    }
    return "";
  }

  bool is_container(Node node) const { return tree_.is(node, Kind::object) || tree_.is(node, Kind::array); }
  bool is_member(Node node) const { return tree_.name_length(node) > 0; }

  std::string spliced(std::size_t from, std::size_t length, std::string_view with) const {
    return std::string(text_.substr(0, from)) + std::string(with) + std::string(text_.substr(from + length));
  }
  std::string with_value(Node node, std::string_view value) const { return spliced(tree_.offset(node), tree_.length(node), value); }

  // The longest part of the pointer that leads somewhere.
  std::string as_far_as(std::string_view pointer) const {
    while (!pointer.empty() && tree_.at_pointer(pointer) == no_node) pointer = pointer.substr(0, pointer.rfind('/'));
    return pointer.empty() ? "the whole text" : std::string(pointer);
  }

  // Empty where the change does not fit.
  std::string change_at(ShapeChange change, Node node) const {
    switch (change) {
      case ShapeChange::drop: return is_member(node) ? without(node) : "";
      case ShapeChange::rename: return is_member(node) ? renamed(node) : "";
      case ShapeChange::retype: return with_value(node, other_type(node));
      case ShapeChange::null: return tree_.is(node, Kind::null) ? "" : with_value(node, "null");
      case ShapeChange::array: return other_container(node);
      case ShapeChange::enum_value: return tree_.is(node, Kind::string) ? with_value(node, json_text::to_json_string(other_value(tree_.text(node)))) : "";
    }
    return "";
  }

  // The member and one comma: the one behind it, else the one before.
  std::string without(Node member) const {
    std::size_t from = tree_.name_offset(member), end = tree_.offset(member) + tree_.length(member);
    const std::size_t next = text_.find_first_not_of(" \t\r\n", end);
    if (text_[next] == ',') {
      end = std::min(text_.find_first_not_of(" \t\r\n", next + 1), text_.size());
    } else if (const std::size_t before = text_.find_last_not_of(" \t\r\n", from - 1); text_[before] == ',') {
      from = before;
    }
    return spliced(from, end - from, "");
  }

  std::string renamed(Node member) const {
    const Node object = tree_.parent_of(member);
    for (const std::string& name : spellings(tree_.name(member)))
      if (tree_.find(object, name) == no_node) return spliced(tree_.name_offset(member), tree_.name_length(member), json_text::to_json_string(name));
    return "";
  }

  std::string other_type(Node node) const {
    switch (tree_.kind(node)) {
      case Kind::boolean: return tree_.truth(node) ? "1" : "0";
      case Kind::null: return "\"\"";
      case Kind::string: {
        const std::string text = tree_.text(node);
        const std::optional<Tree> read = Tree::parse(text);
        return read && read->is(0, Kind::number) && read->length(0) == text.size() ? text : "0";
      }
      default: return json_text::to_json_string(tree_.raw(node));  // a number's digits; what is encoded twice
    }
  }

  std::string other_container(Node node) const {
    if (tree_.is(node, Kind::object)) return with_value(node, "[" + std::string(tree_.raw(node)) + "]");
    if (!tree_.is(node, Kind::array)) return "";
    // As PHP writes a list with a gap in its keys.
    std::string out = "{";
    std::size_t index = 0;
    for (Node element : tree_.children(node)) {
      if (index > 0) out += ',';
      out += '"' + std::to_string(index++) + "\":" + std::string(tree_.raw(element));
    }
    return with_value(node, out + "}");
  }

  static std::string other_value(const std::string& text) {
    const bool shouts = std::any_of(text.begin(), text.end(), is_upper) && std::none_of(text.begin(), text.end(), is_lower);
    return text + (shouts ? "_NEW" : "_new");
  }

  // Does a list of allowed values stand behind it, by its name or at least by its look?
  bool is_verdict(Node node) const {
    if (!is_member(node)) return false;
    const std::string name = with_case(tree_.name(node), false);
    for (const std::string_view word : {"status", "state", "type", "kind", "role", "level", "category", "currency", "channel", "method"})
      if (name.ends_with(word)) return is_word(node);
    return false;
  }
  bool is_word(Node node) const {
    if (!tree_.is(node, Kind::string)) return false;
    const std::string text = tree_.text(node);
    return !text.empty() && text.size() <= 32 && text.find_first_of(" \t\r\n") == std::string::npos && guess_format(text).empty();
  }
  bool has_two_words(Node node) const {
    if (!is_member(node)) return false;
    const std::string name = tree_.name(node);
    return camel_case(name) != name || snake_case(name) != name;
  }

  // The first that the wish fits, the wishes in turn; the root only where nothing else is there.
  Node choose(ShapeChange change) const {
    using Wish = bool (Sample::*)(Node) const;
    std::vector<Wish> wishes;
    switch (change) {
      case ShapeChange::drop: wishes = {&Sample::is_container}; break;
      case ShapeChange::rename: wishes = {&Sample::has_two_words}; break;
      case ShapeChange::retype: wishes = {&Sample::is_number, &Sample::is_scalar}; break;
      case ShapeChange::null: wishes = {&Sample::is_container, &Sample::is_scalar}; break;
      case ShapeChange::array: wishes = {&Sample::is_object}; break;
      case ShapeChange::enum_value: wishes = {&Sample::is_verdict, &Sample::is_word}; break;
    }
    wishes.push_back(&Sample::is_anything);
    std::vector<Node> below;
    collect(0, below);
    for (const Wish wish : wishes)
      for (const Node node : below)
        if ((this->*wish)(node) && !change_at(change, node).empty()) return node;
    return 0;
  }
  // In the order of the text; of a name that occurs twice only the member that counts.
  void collect(Node parent, std::vector<Node>& out) const {
    for (Node child : tree_.children(parent)) {
      out.push_back(child);
      if (is_container(child)) collect(child, out);
    }
  }
  bool is_number(Node node) const { return tree_.is(node, Kind::number); }
  bool is_object(Node node) const { return tree_.is(node, Kind::object); }
  bool is_scalar(Node node) const { return !is_container(node) && !tree_.is(node, Kind::null); }
  bool is_anything(Node) const { return true; }

  std::string_view text_;
  const Tree& tree_;
};

}  // namespace

std::vector<std::string_view> shape_change_names() { return {std::begin(names), std::end(names)}; }

std::optional<ShapeChange> parse_shape_change(std::string_view name) {
  for (std::size_t i = 0; i < std::size(names); ++i)
    if (names[i] == name) return static_cast<ShapeChange>(i);
  return std::nullopt;
}

Result<std::string, ShapeRefusal> change_shape(ShapeChange change, std::string_view sample, std::optional<std::string_view> pointer) {
  const std::optional<Tree> tree = Tree::parse(sample);
  if (!tree || tree->depth() > deepest_sample) return ShapeRefusal{"the sample is no JSON, or nested too deep"};
  return Sample(sample, *tree).changed(change, pointer);
}

}  // namespace blindspot::lab
