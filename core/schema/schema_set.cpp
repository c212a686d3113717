// A document is searched for identifiers through the keywords that hold schemas, and through no others: what stands in
// `enum` or below an unknown keyword only looks like one.
#include "core/schema/schema_set.hpp"

#include <algorithm>

#include "core/json/text.hpp"

namespace blindspot {
namespace {

constexpr std::size_t deepest_scan = 500, most_resources = 60'000;

// The parts of a URI that a reference may replace; each keeps the sign it begins with.
struct Uri {
  std::string_view scheme, authority, path, query, fragment;
};

Uri split_uri(std::string_view text) {
  Uri out;
  if (const std::size_t at = text.find('#'); at != std::string_view::npos) {
    out.fragment = text.substr(at);
    text = text.substr(0, at);
  }
  const std::size_t colon = text.find_first_of(":/?");
  if (colon != std::string_view::npos && colon > 0 && text[colon] == ':') {
    out.scheme = text.substr(0, colon + 1);
    text.remove_prefix(colon + 1);
  }
  if (text.substr(0, 2) == "//") {
    const std::size_t end = std::min(text.find_first_of("/?", 2), text.size());
    out.authority = text.substr(0, end);
    text.remove_prefix(end);
  }
  const std::size_t query = std::min(text.find('?'), text.size());
  out.path = text.substr(0, query);
  out.query = text.substr(query);
  return out;
}

std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  const bool rooted = !path.empty() && path.front() == '/';
  bool ends_in_folder = false;
  for (std::size_t at = rooted ? 1 : 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    ends_in_folder = part == "." || part == "..";
    if (part == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (part != ".") {
      kept.push_back(part);
    }
    at = end + 1;
  }
  std::string out = rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  if (ends_in_folder && !out.empty() && out.back() != '/') out += '/';
  return out;
}

// Without a fragment that says nothing.
std::string_view without_empty_fragment(std::string_view uri) {
  return !uri.empty() && uri.back() == '#' ? uri.substr(0, uri.size() - 1) : uri;
}

std::string_view without_fragment(std::string_view uri) { return uri.substr(0, uri.find('#')); }

}  // namespace

std::string resolve_uri(std::string_view base, std::string_view reference) {
  const Uri from = split_uri(base), to = split_uri(reference);
  std::string path, out;
  std::string_view scheme = from.scheme, authority = from.authority, query = to.query;
  if (!to.scheme.empty() || !to.authority.empty()) {
    if (!to.scheme.empty()) scheme = to.scheme;
    authority = to.authority;
    path = to.authority.empty() ? std::string(to.path) : without_dots(to.path);
  } else if (to.path.empty()) {
    path = from.path;
    if (query.empty()) query = from.query;
  } else if (to.path.front() == '/') {
    path = without_dots(to.path);
  } else {
    const std::size_t slash = from.path.rfind('/');
    std::string merged(slash == std::string_view::npos ? std::string_view() : from.path.substr(0, slash + 1));
    if (merged.empty() && !from.authority.empty()) merged = "/";
    merged += to.path;
    path = without_dots(merged);
  }
  for (const std::string_view part : {scheme, authority, std::string_view(path), query, to.fragment}) out += part;
  return out;
}

std::string percent_decoded(std::string_view text) {
  const auto digit = [&](std::size_t i) { return i < text.size() ? json_text::hex_value(static_cast<json_text::Byte>(text[i])) : -1; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
      out += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<SchemaDraft> draft_of_metaschema(std::string_view uri) {
  uri = without_empty_fragment(uri);
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (uri.substr(0, scheme.size()) == scheme) uri.remove_prefix(scheme.size());
  }
  struct Row {
    std::string_view uri;
    SchemaDraft draft;
  };
  constexpr Row known[] = {{"json-schema.org/draft-03/schema", SchemaDraft::draft4},
                           {"json-schema.org/draft-04/schema", SchemaDraft::draft4},
                           {"json-schema.org/draft-06/schema", SchemaDraft::draft6},
                           {"json-schema.org/draft-07/schema", SchemaDraft::draft7},
                           {"json-schema.org/draft/2019-09/schema", SchemaDraft::draft2019},
                           {"json-schema.org/draft/2020-12/schema", SchemaDraft::draft2020}};
  for (const Row& row : known) {
    if (row.uri == uri) return row.draft;
  }
  return std::nullopt;
}

SchemaSet::SchemaSet(std::string text, const Documents& documents, SchemaDraft fallback) : known_(documents) {
  add_document(std::move(text), "", fallback);
}

std::optional<std::uint32_t> SchemaSet::add_document(std::string text, const std::string& uri, SchemaDraft fallback) {
  Document& document = *documents_.emplace_back(std::make_unique<Document>());
  document.text = std::move(text);
  std::optional<Tree> tree = Tree::parse(document.text);
  if (!tree || resources_.size() >= most_resources) {
    documents_.pop_back();
    return std::nullopt;
  }
  document.tree = std::move(*tree);
  document.uri = uri;
  document.keywords.resize(document.tree.size(), Keyword::unknown);
  for (Node node = 1; node < document.tree.size(); ++node) {
    if (document.tree.name_length(node) != 0) document.keywords[node] = keyword_of(document.tree.name(node));
  }
  document.resources.resize(document.tree.size());
  const SchemaPlace root{static_cast<std::uint32_t>(documents_.size() - 1), 0};
  SchemaResource resource{root, uri, fallback};
  resources_.push_back(resource);
  open_resource(root, uri);
  scan(root, 0);
  return root.document;
}

// The resource was added last; what the schema says about itself is read into it.
void SchemaSet::open_resource(SchemaPlace at, std::string uri) {
  const auto index = static_cast<std::uint16_t>(resources_.size() - 1);
  Document& document = *documents_[at.document];
  for (Node node = at.node; node < document.tree.behind(at.node); ++node) document.resources[node] = index;
  read_metaschema(resources_[index]);
  resources_[index].uri = uri;
  targets_.emplace(std::move(uri), at);
}

void SchemaSet::read_metaschema(SchemaResource& resource) {
  const Tree& own = tree(resource.root);
  const Node named = own.find(resource.root.node, "$schema");
  if (!own.is(named, Kind::string)) return;
  const std::string uri(without_empty_fragment(own.text(named)));
  if (const std::optional<SchemaDraft> draft = draft_of_metaschema(uri)) {
    resource.draft = *draft;
    return;
  }
  // A metaschema of one's own: the vocabularies it names.
  const auto text = known_.find(uri);
  if (text == known_.end()) return;
  const std::optional<Tree> meta = Tree::parse(text->second);
  if (!meta) return;
  const Node based_on = meta->find(0, "$schema"), vocabularies = meta->find(0, "$vocabulary");
  if (const auto draft = draft_of_metaschema(meta->text(based_on))) resource.draft = *draft;
  if (!meta->is(vocabularies, Kind::object)) return;
  resource.validates = false;
  for (Node entry : meta->children(vocabularies)) {
    const std::string name = meta->name(entry);
    if (name.ends_with("/vocab/validation")) resource.validates = true;
    if (name.ends_with("/vocab/format-assertion")) resource.asserts_formats = true;
  }
}

const Tree& SchemaSet::tree(SchemaPlace place) const { return documents_[place.document]->tree; }
std::size_t SchemaSet::resource_index(SchemaPlace place) const { return documents_[place.document]->resources[place.node]; }
const SchemaResource& SchemaSet::resource(SchemaPlace place) const { return resources_[resource_index(place)]; }
Keyword SchemaSet::keyword_at(SchemaPlace member) const { return documents_[member.document]->keywords[member.node]; }

Keywords SchemaSet::keywords(SchemaPlace place) const {
  const Document& document = *documents_[place.document];
  Keywords out;
  out.nodes.fill(no_node);
  SchemaDraft draft = resource(place).draft;
  if (draft == SchemaDraft::openapi30) draft = SchemaDraft::draft4;
  for (Node member : document.tree.children(place.node)) {
    const Keyword keyword = document.keywords[member];
    if (keyword == Keyword::unknown) continue;
    const KeywordRow& row = row_of(keyword);
    if (draft >= row.from && draft <= row.to) out.nodes[static_cast<std::size_t>(keyword)] = member;
  }
  // Up to draft 7 nothing beside a reference counts.
  if (draft <= SchemaDraft::draft7 && out[Keyword::ref] != no_node) {
    const Node reference = out[Keyword::ref];
    const std::array<Node, 2> maps = {out[Keyword::definitions], out[Keyword::defs]};
    out.nodes.fill(no_node);
    out.nodes[static_cast<std::size_t>(Keyword::ref)] = reference;
    out.nodes[static_cast<std::size_t>(Keyword::definitions)] = maps[0];
    out.nodes[static_cast<std::size_t>(Keyword::defs)] = maps[1];
  }
  return out;
}

void SchemaSet::scan(SchemaPlace at, std::size_t depth) {
  const Tree& own = tree(at);
  if (depth > deepest_scan || !own.is(at.node, Kind::object)) return;
  // A schema within a schema may be of another draft: its own $schema decides how its keywords are read.
  Keywords words = keywords(at);
  const Node id = words[Keyword::id] != no_node ? words[Keyword::id] : words[Keyword::old_id];
  std::string name = own.is(id, Kind::string) ? std::string(without_empty_fragment(own.text(id))) : "";
  const std::string base = resource(at).uri;
  if (!name.empty() && name.front() != '#') {
    const std::string uri(without_fragment(resolve_uri(base, name)));
    if (at.node == 0) {
      resources_[resource_index(at)].uri = uri;
      targets_.emplace(uri, at);
    } else if (resources_.size() < most_resources) {
      SchemaResource resource{at, uri, resources_[resource_index(at)].draft};
      resource.validates = resources_[resource_index(at)].validates;
      resources_.push_back(resource);
      open_resource(at, uri);
      words = keywords(at);
    }
  }
  const std::size_t index = resource_index(at);
  const std::string& uri = resources_[index].uri;
  if (const std::size_t hash = name.find('#'); hash != std::string::npos) targets_.emplace(uri + name.substr(hash), at);
  if (own.is(words[Keyword::anchor], Kind::string)) targets_.emplace(uri + "#" + own.text(words[Keyword::anchor]), at);
  if (own.is(words[Keyword::dynamic_anchor], Kind::string)) {
    const std::string anchor = own.text(words[Keyword::dynamic_anchor]);
    targets_.emplace(uri + "#" + anchor, at);
    dynamic_anchors_.emplace(std::to_string(index) + "#" + anchor, at);
  }
  const Node recursive = words[Keyword::recursive_anchor];
  if (recursive != no_node && own.is_true(recursive)) dynamic_anchors_.emplace(std::to_string(index) + "#", at);
  for (std::size_t i = 0; i < keyword_count; ++i) {
    const Node value = words.nodes[i];
    if (value == no_node) continue;
    switch (row_of(static_cast<Keyword>(i)).wants) {
      case Wants::schema: scan({at.document, value}, depth + 1); break;
      case Wants::schema_or_list:
        if (own.is(value, Kind::object)) scan({at.document, value}, depth + 1);
        else scan_list({at.document, value}, depth);
        break;
      case Wants::schema_list:
      case Wants::schema_map:
      case Wants::schema_or_names: scan_list({at.document, value}, depth); break;
      default: break;
    }
  }
}

void SchemaSet::scan_list(SchemaPlace list, std::size_t depth) {
  const Tree& own = tree(list);
  if (!own.is(list.node, Kind::array) && !own.is(list.node, Kind::object)) return;
  for (Node child : own.children(list.node)) scan({list.document, child}, depth + 1);
}

std::optional<SchemaPlace> SchemaSet::find(const std::string& uri) {
  if (const auto known = targets_.find(uri); known != targets_.end()) return known->second;
  const std::string document(without_fragment(uri));
  if (targets_.count(document) != 0) return std::nullopt;
  const auto given = known_.find(document);
  if (given == known_.end()) return std::nullopt;
  const auto added = add_document(given->second, document, resources_.front().draft);
  if (!added) return std::nullopt;
  targets_.emplace(document, SchemaPlace{*added, 0});
  const auto now = targets_.find(uri);
  return now == targets_.end() ? std::nullopt : std::optional(now->second);
}

std::optional<SchemaPlace> SchemaSet::resolve(SchemaPlace from, std::string_view reference) {
  const std::string uri = resolve_uri(resource(from).uri, reference);
  const std::string_view fragment = std::string_view(uri).substr(std::min(uri.find('#'), uri.size()));
  if (fragment.size() > 1 && fragment[1] != '/') return find(percent_decoded(uri));
  const std::string document(without_fragment(uri));
  // References within one's own document need no identifier.
  std::optional<SchemaPlace> root = document == resource(from).uri ? resource(from).root : find(document);
  if (!root) return std::nullopt;
  const Node node = tree(*root).at_pointer(percent_decoded(fragment.empty() ? fragment : fragment.substr(1)), root->node);
  if (node == no_node) return std::nullopt;
  return SchemaPlace{root->document, node};
}

std::optional<SchemaPlace> SchemaSet::dynamic_anchor(std::size_t resource, std::string_view name) const {
  const auto found = dynamic_anchors_.find(std::to_string(resource) + "#" + std::string(name));
  return found == dynamic_anchors_.end() ? std::nullopt : std::optional(found->second);
}

std::string SchemaSet::pointer_of(SchemaPlace place) const {
  const std::string pointer = tree(place).pointer_of(place.node);
  return place.document == 0 ? pointer : documents_[place.document]->uri + "#" + pointer;
}

}  // namespace blindspot
