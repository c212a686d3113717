// Is this a schema at all? Each keyword's value is held against the table of keywords, each reference is tried.
#include <algorithm>
#include <array>

#include "core/schema/checker.hpp"
#include "core/schema/openapi.hpp"

namespace blindspot {
namespace {

constexpr std::size_t deepest = 400, most_problems = 100;

class SchemaReader {
 public:
  explicit SchemaReader(SchemaSet& schemas) : schemas_(schemas) {}

  void read(SchemaPlace at, std::size_t depth) {
    const Tree& own = schemas_.tree(at);
    if (depth > deepest || problems.size() >= most_problems || own.is(at.node, Kind::boolean)) return;
    if (!own.is(at.node, Kind::object)) return note(SchemaTrouble::not_a_schema, at.node);
    for (Node member : own.children(at.node)) {
      const Keyword keyword = schemas_.keyword_at({at.document, member});
      if (keyword != Keyword::unknown) read_keyword(at, keyword, member, depth);
    }
  }

  std::vector<SchemaProblem> problems;

 private:
  void read_keyword(SchemaPlace schema, Keyword keyword, Node value, std::size_t depth) {
    const Tree& own = schemas_.tree(schema);
    const Kind kind = own.kind(value);
    const auto all_strings = [&] { return names_in(own, value).size() == own.count(value); };
    bool good = true;
    switch (row_of(keyword).wants) {
      case Wants::schema: return read({schema.document, value}, depth + 1);
      case Wants::schema_or_list:
        if (kind != Kind::array) return read({schema.document, value}, depth + 1);
        [[fallthrough]];
      case Wants::schema_list:
      case Wants::schema_map:
      case Wants::schema_or_names: {
        const bool list = row_of(keyword).wants == Wants::schema_list || kind == Kind::array;
        good = kind == (list && row_of(keyword).wants != Wants::schema_map ? Kind::array : Kind::object);
        if (row_of(keyword).wants == Wants::schema_or_names) good = kind == Kind::object;
        for (Node child : good ? own.children(value) : Tree::Children{own, no_node}) {
          if (row_of(keyword).wants != Wants::schema_or_names || !own.is(child, Kind::array)) read({schema.document, child}, depth + 1);
        }
        break;
      }
      case Wants::type: return read_type(own, value);
      case Wants::names:  // draft 3 and OpenAPI's parameters have a flag of this name
        good = kind == Kind::boolean || (kind == Kind::array && all_strings());
        break;
      case Wants::number: good = kind == Kind::number; break;
      case Wants::count: good = has_type(own, value, "integer") && own.raw(value).front() != '-'; break;
      case Wants::limit_or_flag: good = kind == Kind::number || kind == Kind::boolean; break;
      case Wants::list: good = kind == Kind::array; break;
      case Wants::text: good = kind == Kind::string; break;
      case Wants::boolean: good = kind == Kind::boolean; break;
      case Wants::anything: break;
    }
    if (!good) return note(SchemaTrouble::bad_keyword, value);
    if (keyword == Keyword::ref || keyword == Keyword::dynamic_ref) read_reference(schema, value);
    if (keyword == Keyword::pattern) read_pattern(own.text(value), value);
    if (keyword == Keyword::pattern_properties) {
      for (Node child : own.children(value)) read_pattern(own.name(child), child);
    }
  }

  void read_type(const Tree& own, Node value) {
    const std::vector<std::string> names = names_in(own, value);
    if (names.empty() || (own.is(value, Kind::array) && names.size() != own.count(value))) return note(SchemaTrouble::bad_keyword, value);
    for (const std::string& name : names) {
      constexpr std::string_view types[] = {"string", "number", "integer", "boolean", "object", "array", "null"};
      if (std::find(std::begin(types), std::end(types), name) == std::end(types)) return note(SchemaTrouble::unknown_type, value);
    }
  }

  void read_reference(SchemaPlace schema, Node value) {
    const std::string target = schemas_.tree(schema).text(value);
    if (schemas_.resolve(schema, target)) return;
    const bool inside = target.empty() || target.front() == '#';
    note(inside ? SchemaTrouble::unresolved_reference : SchemaTrouble::remote_reference, value);
  }

  void read_pattern(const std::string& text, Node value) {
    const PatternTrouble trouble = Pattern(text).trouble();
    if (trouble == PatternTrouble::none) return;
    note(trouble == PatternTrouble::malformed ? SchemaTrouble::bad_pattern : SchemaTrouble::unsupported_pattern, value);
  }

  void note(SchemaTrouble trouble, Node node) {
    const Tree& own = schemas_.tree({});
    if (problems.size() < most_problems) problems.push_back({trouble, own.pointer_of(node), own.shown(node), own.offset(node), own.length(node)});
  }

  SchemaSet& schemas_;
};

}  // namespace

std::vector<SchemaProblem> schema_problems_of_text(std::string_view schema, const Documents& documents) {
  SchemaSet schemas{std::string(schema), documents, SchemaDraft::draft2020};
  SchemaReader reader(schemas);
  if (!schemas.is_json()) return {{SchemaTrouble::not_a_schema, "", shortened(std::string(schema)), 0, schema.size()}};
  const Tree& document = schemas.tree({});
  if (!is_openapi(document)) {
    reader.read({}, 0);
  } else if (const Node named = document.find(document.find(0, "components"), "schemas"); document.is(named, Kind::object)) {
    for (Node child : document.children(named)) reader.read({0, child}, 0);
  }
  return std::move(reader.problems);
}

}  // namespace blindspot
