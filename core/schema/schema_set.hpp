// Which schema does a reference name? Holds a schema with the documents it may refer to, and knows their identifiers,
// anchors and drafts. Nothing is ever fetched: what is not among the documents is not found.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/keywords.hpp"
#include "core/schema/tree.hpp"

namespace blindspot {

using Documents = std::map<std::string, std::string>;  // URI -> JSON text

struct SchemaPlace {
  std::uint32_t document = 0;
  Node node = 0;
  bool operator==(const SchemaPlace&) const = default;
};

// A schema with an identifier of its own (each document is one at least): what references within it are relative to.
struct SchemaResource {
  SchemaPlace root;
  std::string uri;
  SchemaDraft draft = SchemaDraft::draft2020;
  bool validates = true;       // false: its metaschema leaves the vocabulary of validation out
  bool asserts_formats = false;  // its metaschema says that `format` decides
};

class SchemaSet {
 public:
  // The documents must outlive the set; they are read when first referred to. Without $schema `fallback` holds.
  SchemaSet(std::string text, const Documents& documents, SchemaDraft fallback);

  // The draft of the whole first document, which has no $schema: OpenAPI says its version elsewhere.
  void treat_as(SchemaDraft draft) { resources_.front().draft = draft; }

  bool is_json() const { return !documents_.empty(); }
  const Tree& tree(SchemaPlace place) const;
  const SchemaResource& resource(SchemaPlace place) const;
  std::size_t resource_index(SchemaPlace place) const;
  Keywords keywords(SchemaPlace place) const;
  Keyword keyword_at(SchemaPlace member) const;

  std::optional<SchemaPlace> resolve(SchemaPlace from, std::string_view reference);
  // The $dynamicAnchor (or $recursiveAnchor, with an empty name) of this resource.
  std::optional<SchemaPlace> dynamic_anchor(std::size_t resource, std::string_view name) const;
  // "/properties/a" in the root document, "https://example.com/b.json#/properties/a" in others.
  std::string pointer_of(SchemaPlace place) const;

 private:
  struct Document {
    std::string text, uri;
    Tree tree;
    std::vector<Keyword> keywords;         // of each member, by its name
    std::vector<std::uint16_t> resources;  // of each node
  };

  std::optional<std::uint32_t> add_document(std::string text, const std::string& uri, SchemaDraft fallback);
  std::optional<SchemaPlace> find(const std::string& uri);
  void scan(SchemaPlace at, std::size_t depth);
  void scan_list(SchemaPlace list, std::size_t depth);
  void open_resource(SchemaPlace at, std::string uri);
  void read_metaschema(SchemaResource& resource);

  const Documents& known_;
  std::vector<std::unique_ptr<Document>> documents_;
  std::vector<SchemaResource> resources_;
  std::map<std::string, SchemaPlace> targets_;           // URI, with #anchor or without
  std::map<std::string, SchemaPlace> dynamic_anchors_;  // resource#name
};

// RFC 3986, section 5.2: the reference seen from the base. Also for URNs and bases without a scheme.
std::string resolve_uri(std::string_view base, std::string_view reference);
std::string percent_decoded(std::string_view text);
std::optional<SchemaDraft> draft_of_metaschema(std::string_view uri);

}  // namespace blindspot
