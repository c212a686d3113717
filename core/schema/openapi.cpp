// References between parts of the document ($ref in paths, responses) are followed within it, with a bound on their number.
#include "core/schema/openapi.hpp"

#include <algorithm>

namespace blindspot {
namespace {

Node followed(const Tree& tree, Node node) {
  for (int hops = 0; hops < 16; ++hops) {
    const Node reference = tree.find(node, "$ref");
    if (!tree.is(reference, Kind::string)) return node;
    const std::string target = tree.text(reference);
    if (target.empty() || target.front() != '#') return no_node;
    node = tree.at_pointer(percent_decoded(std::string_view(target).substr(1)));
    if (node == no_node) return no_node;
  }
  return no_node;
}

std::string lowercase(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

// The path of a URL or of a server's address: without scheme, authority, query, fragment and the slash at its end.
std::string_view path_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    const std::size_t slash = url.find('/', scheme + 3);
    url = slash == std::string_view::npos ? std::string_view() : url.substr(slash);
  }
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  return url;
}

// Segment by segment; {name} takes what stands there, also as a part of a segment. The more fixed text, the better it fits.
std::optional<std::size_t> fit(std::string_view pattern, std::string_view path) {
  std::size_t fixed = 1;
  while (!pattern.empty() || !path.empty()) {
    if (pattern.empty() || path.empty() || pattern.front() != '/' || path.front() != '/') return std::nullopt;
    const std::string_view wanted = pattern.substr(1, std::min(pattern.find('/', 1), pattern.size()) - 1);
    const std::string_view there = path.substr(1, std::min(path.find('/', 1), path.size()) - 1);
    pattern.remove_prefix(wanted.size() + 1);
    path.remove_prefix(there.size() + 1);
    const std::size_t open = wanted.find('{'), close = wanted.rfind('}');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
      if (wanted != there && wanted != percent_decoded(there)) return std::nullopt;
      fixed += 1000;
      continue;
    }
    const std::string_view before = wanted.substr(0, open), behind = wanted.substr(close + 1);
    if (there.size() <= before.size() + behind.size()) return std::nullopt;
    if (there.substr(0, before.size()) != before || there.substr(there.size() - behind.size()) != behind) return std::nullopt;
    fixed += before.size() + behind.size();
  }
  return fixed;
}

// Template and path from the end on, when no server says where the API begins.
std::string_view last_segments(std::string_view path, std::string_view pattern) {
  const auto slashes = std::count(pattern.begin(), pattern.end(), '/');
  std::size_t at = path.size();
  for (auto i = slashes; i > 0 && at != std::string_view::npos && at > 0; --i) at = path.rfind('/', at - 1);
  return at == std::string_view::npos ? path : path.substr(at);
}

// "application/json; charset=utf-8" against "application/json", "application/*", "*/*": 3 to 1, 0 for none.
int media_rank(std::string_view declared, std::string_view there) {
  const std::string wanted = lowercase(std::string(declared.substr(0, declared.find(';'))));
  const std::string type = lowercase(std::string(there.substr(0, there.find_first_of("; "))));
  const bool json = wanted.find("json") != std::string::npos;
  if (type.empty()) return json ? 3 : wanted.find('*') != std::string::npos ? 2 : 1;
  if (wanted == type) return 3;
  const std::size_t slash = wanted.find("/*");
  if (slash != std::string::npos && (wanted == "*/*" || type.compare(0, slash + 1, wanted, 0, slash + 1) == 0)) return 2;
  // JSON under another name for it: a contract for application/json is meant for application/problem+json too.
  return json && type.find("json") != std::string::npos ? 1 : 0;
}

}  // namespace

bool is_openapi(const Tree& document) {
  return document.text(document.find(0, "openapi")).rfind("3.", 0) == 0 && document.is(document.find(0, "paths"), Kind::object);
}

SchemaDraft openapi_draft(const Tree& document) {
  return document.text(document.find(0, "openapi")).rfind("3.0", 0) == 0 ? SchemaDraft::openapi30 : SchemaDraft::draft2020;
}

OpenApiChoice choose_schema(const Tree& document, const ContractCall& call) {
  OpenApiChoice out;
  const std::string method = lowercase(call.method);
  const std::string_view path = path_of(call.url);
  std::vector<std::string> bases;
  if (const Node servers = document.find(0, "servers"); document.is(servers, Kind::array)) {
    for (Node server : document.children(servers)) {
      const std::string base(path_of(document.text(document.find(server, "url"))));
      if (base.find('{') == std::string::npos) bases.push_back(base);
    }
  }
  Node operation = no_node;
  std::size_t best = 0;
  const Node paths = document.find(0, "paths");
  for (Node entry : document.is(paths, Kind::object) ? document.children(paths) : Tree::Children{document, no_node}) {
    const std::string pattern = document.name(entry);
    const std::string_view trimmed = path_of(pattern);
    std::optional<std::size_t> fixed;
    for (const std::string& base : bases) {
      if (path.substr(0, base.size()) != base) continue;
      if (const auto fits = fit(trimmed, path.substr(base.size())); fits && *fits * 4 + 2 > fixed.value_or(0)) fixed = *fits * 4 + 2;
    }
    if (const auto fits = fit(trimmed, path); fits && *fits * 4 + 1 > fixed.value_or(0)) fixed = *fits * 4 + 1;
    if (!fixed) fixed = fit(trimmed, last_segments(path, trimmed));
    const Node there = document.find(followed(document, entry), method);
    if (!fixed || there == no_node || *fixed <= best) continue;
    best = *fixed;
    operation = there;
    out.operation = call.method + " " + pattern;
  }
  if (operation == no_node) {
    out.operation = call.method + " " + std::string(path);
    return out;
  }
  out.missing = NotChecked::no_response;
  const Node responses = document.find(operation, "responses");
  Node response = no_node;
  const std::string status = std::to_string(call.status);
  std::vector<std::string> wanted = {status, status.substr(0, 1) + "XX", status.substr(0, 1) + "xx", "default"};
  if (call.status == 0) wanted = {"200", "201", "2XX", "2xx", "202", "203", "206", "default"};
  for (const std::string& name : wanted) {
    if (response != no_node) break;
    response = document.find(responses, name);
    if (response != no_node) out.response = name;
  }
  if (response == no_node) return out;
  out.missing = NotChecked::no_schema;
  const Node content = document.find(followed(document, response), "content");
  int rank = 0;
  for (Node media : document.is(content, Kind::object) ? document.children(content) : Tree::Children{document, no_node}) {
    const std::string type = document.name(media);
    const int fits = media_rank(type, call.media_type);
    const Node schema = document.find(followed(document, media), "schema");
    if (fits <= rank || schema == no_node) continue;
    rank = fits;
    out.schema = schema;
    out.media_type = type;
  }
  return out;
}

}  // namespace blindspot
