// Definitions are written when something refers to them, each once, so that circles end. Nesting is bounded.
#include "core/schema/typescript.hpp"

#include <algorithm>
#include <map>

#include "core/json/text.hpp"
#include "core/schema/checker.hpp"

namespace blindspot {
namespace {

constexpr std::size_t deepest = 60, most_types = 500, longest = 2'000'000;

bool is_word(char c) {
  return json_text::is_letter(static_cast<json_text::Byte>(c)) || json_text::is_digit(static_cast<json_text::Byte>(c)) || c == '_' || c == '$';
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && !json_text::is_digit(static_cast<json_text::Byte>(name[0])) && std::all_of(name.begin(), name.end(), is_word);
}

// "user-profile" as UserProfile.
std::string type_name(std::string_view text) {
  std::string out;
  bool begins = true;
  for (const char c : text) {
    if (!is_word(c) || c == '_') {
      begins = true;
      continue;
    }
    if (out.empty() && json_text::is_digit(static_cast<json_text::Byte>(c))) out += '_';
    out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    begins = false;
  }
  return out.empty() ? "Type" : out;
}

class Writer {
 public:
  Writer(SchemaSet& schemas, std::string_view name) : schemas_(schemas) {
    const std::string root = type_name(name);
    taken_.emplace(root, SchemaPlace{});
    names_.emplace(0, root);
    declare(root, {});
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      const auto [declared, at] = waiting_[i];
      declare(declared, at);
    }
  }

  std::string text;

 private:
  void declare(const std::string& name, SchemaPlace at) {
    if (!text.empty()) text += '\n';
    const std::string body = type(at, "", 0);
    const bool plain_object = body.front() == '{' && body.back() == '}' && body.find("\n}") == body.size() - 2;
    text += plain_object ? "export interface " + name + " " + body + "\n" : "export type " + name + " = " + body + ";\n";
  }

  std::string reference(SchemaPlace from, const std::string& target) {
    const std::optional<SchemaPlace> at = schemas_.resolve(from, target);
    if (!at) return "unknown";
    const std::uint64_t key = (std::uint64_t{at->document} << 32) | at->node;
    if (const auto known = names_.find(key); known != names_.end()) return known->second;
    if (names_.size() >= most_types) return "unknown";
    const Tree& tree = schemas_.tree(*at);
    const std::string wanted = type_name(tree.name_length(at->node) != 0 ? tree.name(at->node) : target.substr(target.find_last_of("/#") + 1));
    std::string name = wanted;
    for (int number = 2; !taken_.emplace(name, *at).second; ++number) name = wanted + std::to_string(number);
    names_.emplace(key, name);
    waiting_.emplace_back(name, *at);
    return name;
  }

  static std::string grouped(const std::string& type) {
    const bool compound = type.find(" | ") != std::string::npos || type.find(" & ") != std::string::npos;
    return compound && type.front() != '{' && type.front() != '[' ? "(" + type + ")" : type;
  }

  std::string type(SchemaPlace at, const std::string& indent, std::size_t depth) {
    const Tree& tree = schemas_.tree(at);
    if (tree.is(at.node, Kind::boolean)) return tree.truth(at.node) ? "unknown" : "never";
    if (!tree.is(at.node, Kind::object) || depth > deepest || text.size() > longest) return "unknown";
    const Keywords words = schemas_.keywords(at);
    std::vector<std::string> parts;  // all of them hold
    const auto also = [&](std::string part) {
      if (part != "unknown" && std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
    };
    if (const Node ref = words[Keyword::ref]; tree.is(ref, Kind::string)) also(reference(at, tree.text(ref)));
    const std::string own = own_type(at, words, indent, depth);
    if (tree.is(words[Keyword::all_of], Kind::array)) {
      if (own != "Record<string, unknown>") also(own);
      for (Node part : tree.children(words[Keyword::all_of])) also(grouped(type({at.document, part}, indent, depth + 1)));
    } else {
      also(own);
    }
    for (const Keyword keyword : {Keyword::any_of, Keyword::one_of}) {
      if (tree.is(words[keyword], Kind::array)) also(choice(at.document, tree, words[keyword], indent, depth));
    }
    if (parts.size() > 1) {
      for (std::string& part : parts) part = grouped(part);
    }
    std::string out = parts.empty() ? "unknown" : joined(parts, " & ");
    const Node nullable = words[Keyword::nullable];
    if (nullable != no_node && tree.is_true(nullable) && out != "unknown") out += " | null";
    return out;
  }

  std::string choice(std::uint32_t document, const Tree& tree, Node list, const std::string& indent, std::size_t depth) {
    std::vector<std::string> choices;
    for (Node entry : tree.children(list)) {
      std::string one = type({document, entry}, indent, depth + 1);
      if (one == "unknown") return one;
      if (std::find(choices.begin(), choices.end(), one) == choices.end()) choices.push_back(std::move(one));
    }
    return choices.empty() ? "unknown" : joined(choices, " | ");
  }

  static std::string literal(const Tree& tree, Node value) {
    const Kind kind = tree.kind(value);
    return kind < Kind::array ? std::string(tree.raw(value)) : kind == Kind::array ? "unknown[]" : "Record<string, unknown>";
  }

  std::string own_type(SchemaPlace at, const Keywords& words, const std::string& indent, std::size_t depth) {
    const Tree& tree = schemas_.tree(at);
    if (words[Keyword::constant] != no_node) return literal(tree, words[Keyword::constant]);
    std::vector<std::string> choices;
    if (const Node values = words[Keyword::enumeration]; tree.is(values, Kind::array) && tree.count(values) <= 200) {
      for (Node value : tree.children(values)) choices.push_back(literal(tree, value));
      return choices.empty() ? "never" : joined(choices, " | ");
    }
    std::vector<std::string> types = names_in(tree, words[Keyword::type]);
    if (types.empty() && (words[Keyword::properties] != no_node || words[Keyword::additional_properties] != no_node)) types.push_back("object");
    if (types.empty() && (words[Keyword::items] != no_node || words[Keyword::prefix_items] != no_node)) types.push_back("array");
    for (const std::string& name : types) {
      std::string one = name == "integer" ? "number" : name;
      if (name == "object") one = object(at, words, indent, depth);
      if (name == "array") one = array(at, words, indent, depth);
      if (std::find(choices.begin(), choices.end(), one) == choices.end()) choices.push_back(std::move(one));
    }
    return choices.empty() ? "unknown" : joined(choices, " | ");
  }

  std::string array(SchemaPlace at, const Keywords& words, const std::string& indent, std::size_t depth) {
    const Tree& tree = schemas_.tree(at);
    Node prefix = words[Keyword::prefix_items], rest = words[Keyword::items];
    if (tree.is(rest, Kind::array)) {
      prefix = rest;
      rest = words[Keyword::additional_items];
    }
    const std::string others = rest == no_node ? "unknown" : grouped(type({at.document, rest}, indent, depth + 1));
    if (!tree.is(prefix, Kind::array)) return others + "[]";
    std::vector<std::string> fixed;
    for (Node entry : tree.children(prefix)) fixed.push_back(type({at.document, entry}, indent, depth + 1));
    if (others != "never") fixed.push_back("..." + others + "[]");
    return "[" + joined(fixed, ", ") + "]";
  }

  std::string object(SchemaPlace at, const Keywords& words, const std::string& indent, std::size_t depth) {
    const Tree& tree = schemas_.tree(at);
    const Node others = words[Keyword::additional_properties];
    const bool open = others != no_node && !tree.is(others, Kind::boolean);
    const Node properties = words[Keyword::properties];
    if (!tree.is(properties, Kind::object) || tree.count(properties) == 0)
      return "Record<string, " + (open ? type({at.document, others}, indent, depth + 1) : "unknown") + ">";
    const std::vector<std::string> required = names_in(tree, words[Keyword::required]);
    const std::string deeper = indent + "  ";
    std::string out = "{";
    for (Node member : tree.children(properties)) {
      const std::string name = tree.name(member);
      if (const Node said = tree.find(member, "description"); tree.is(said, Kind::string)) {
        std::string words_said = shortened(tree.text(said), 200);
        for (std::size_t i = 0; i < words_said.size(); ++i) {
          const bool ends_comment = words_said[i] == '/' && i > 0 && words_said[i - 1] == '*';
          if (static_cast<unsigned char>(words_said[i]) < ' ' || ends_comment) words_said[i] = ' ';
        }
        out += "\n" + deeper + "/** " + words_said + " */";
      }
      out += "\n" + deeper + (is_plain_name(name) ? name : json_text::to_json_string(name));
      if (std::find(required.begin(), required.end(), name) == required.end()) out += '?';
      out += ": " + type({at.document, member}, deeper, depth + 1) + ";";
    }
    // An index signature must fit the named members as well.
    if (open) out += "\n" + deeper + "[key: string]: unknown;";
    return out + "\n" + indent + "}";
  }

  SchemaSet& schemas_;
  std::map<std::uint64_t, std::string> names_;
  std::map<std::string, SchemaPlace> taken_;
  std::vector<std::pair<std::string, SchemaPlace>> waiting_;
};

}  // namespace

std::optional<std::string> write_typescript(std::string_view schema, std::string_view name) {
  const Documents none;
  SchemaSet schemas{std::string(schema), none, SchemaDraft::draft2020};
  if (!schemas.is_json()) return std::nullopt;
  return Writer(schemas, name).text;
}

}  // namespace blindspot
