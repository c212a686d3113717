// The text is known to be valid before it is read, so that reading asks nothing twice. No recursion over depth.
#include "core/schema/tree.hpp"

#include <algorithm>

#include "core/json/scan.hpp"
#include "core/json/text.hpp"
#include "core/schema/decimal.hpp"

namespace blindspot {

using json_text::Byte;

namespace {

constexpr std::size_t deepest_compared = 500;

}  // namespace

std::optional<Tree> Tree::parse(std::string_view text) {
  if (text.size() > most_bytes) return std::nullopt;
  const std::size_t from = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  if (!is_valid_json(text.substr(from))) return std::nullopt;
  Tree tree;
  tree.text_ = text;
  tree.read(from);
  return tree;
}

void Tree::read(std::size_t from) {
  const auto* begin = reinterpret_cast<const Byte*>(text_.data());
  const Byte* end = begin + text_.size();
  const Byte* p = begin + from;
  const auto here = [&] { return static_cast<std::uint32_t>(p - begin); };
  bool escapes = false;
  const auto pass_string = [&] {
    escapes = false;
    for (++p;;) {
      p = json_text::skip_plain(p, end);
      const Byte c = *p++;
      if (c == '"') return;
      if (c != '\\') continue;
      escapes = true;
      ++p;
    }
  };
  std::vector<Node> open;
  for (;;) {
    p = json_text::skip_blank(p, end);
    if (p == end) return;
    if (*p == ',') {
      ++p;
      continue;
    }
    if (*p == '}' || *p == ']') {
      ++p;
      const Node node = open.back();
      open.pop_back();
      items_[node].length = here() - items_[node].offset;
      items_[node].behind = static_cast<Node>(items_.size());
      if (*(p - 1) == '}') close_object(node);
      continue;
    }
    Item item{};
    if (!open.empty()) {
      ++items_[open.back()].count;
      if (begin[items_[open.back()].offset] == '{') {
        item.name_offset = here();
        pass_string();
        item.name_length = (here() - item.name_offset) | (escapes ? escaped : 0);
        p = json_text::skip_blank(p, end);
        p = json_text::skip_blank(p + 1, end);
      }
    }
    item.offset = here();
    const Node node = static_cast<Node>(items_.size());
    if (*p == '{' || *p == '[') {
      ++p;
      open.push_back(node);
      depth_ = std::max(depth_, open.size());
    } else if (*p == '"') {
      pass_string();
    } else {
      while (p != end && !json_text::is_blank(*p) && *p != ',' && *p != '}' && *p != ']') ++p;
    }
    item.length = here() - item.offset;
    item.behind = node + 1;
    items_.push_back(item);
  }
}

// Of names that occur twice the earlier ones are put in the shade.
void Tree::close_object(Node object) {
  const std::size_t members = items_[object].count;
  const auto shade = [&](Node member) {
    items_[member].name_length |= shadowed;
    --items_[object].count;
  };
  if (members <= large) {
    std::vector<Node> before;
    for (Node child = object + 1; child < items_[object].behind; child = items_[child].behind) {
      const std::string own = name(child);
      for (Node& other : before) {
        if (other == no_node || !name_is(other, own)) continue;
        shade(other);
        other = no_node;
      }
      before.push_back(child);
    }
    return;
  }
  index_of_.emplace(object, indexes_.size());
  Keys& index = indexes_.emplace_back();
  for (Node child = object + 1; child < items_[object].behind; child = items_[child].behind)
    index.emplace_back(json_text::hash_name(name(child)), child);
  sort_keys(index);
  // Equal hashes stand together, later ones last.
  for (std::size_t i = 0; i + 1 < index.size(); ++i) {
    for (std::size_t j = i + 1; j < index.size() && index[j].first == index[i].first; ++j) {
      if (!name_is(index[i].second, name(index[j].second))) continue;
      shade(index[i].second);
      break;
    }
  }
}

Kind Tree::kind(Node node) const {
  switch (text_[items_[node].offset]) {
    case '{': return Kind::object;
    case '[': return Kind::array;
    case '"': return Kind::string;
    case 't':
    case 'f': return Kind::boolean;
    case 'n': return Kind::null;
    default: return Kind::number;
  }
}

bool Tree::is(Node node, Kind wanted) const { return node != no_node && kind(node) == wanted; }
bool Tree::truth(Node node) const { return text_[items_[node].offset] == 't'; }
bool Tree::is_true(Node node) const { return is(node, Kind::boolean) && truth(node); }
std::string_view Tree::raw(Node node) const { return text_.substr(items_[node].offset, items_[node].length); }

Node Tree::seen(Node at, Node end) const {
  while (at < end && (items_[at].name_length & shadowed) != 0) at = items_[at].behind;
  return at < end ? at : no_node;
}
Node Tree::first(Node node) const { return seen(node + 1, items_[node].behind); }
Node Tree::next(Node child, Node parent) const { return seen(items_[child].behind, items_[parent].behind); }

std::string Tree::text(Node node) const {
  if (node == no_node) return "";
  const std::string_view literal = raw(node);
  if (literal.empty() || literal.front() != '"') return std::string(literal);
  const std::string_view inside = literal.substr(1, literal.size() - 2);
  return inside.find('\\') == std::string_view::npos ? std::string(inside) : json_text::unescape(inside);
}

std::string Tree::name(Node member) const {
  const Item& item = items_[member];
  const std::size_t size = item.name_length & size_mask;
  if (size < 2) return "";
  const std::string_view inside = text_.substr(item.name_offset + 1, size - 2);
  return (item.name_length & escaped) == 0 ? std::string(inside) : json_text::unescape(inside);
}

bool Tree::name_is(Node member, std::string_view wanted) const {
  const Item& item = items_[member];
  if ((item.name_length & escaped) != 0) return name(member) == wanted;
  const std::size_t size = item.name_length & size_mask;
  return size == wanted.size() + 2 && text_.compare(item.name_offset + 1, wanted.size(), wanted) == 0;
}

Node Tree::find(Node object, std::string_view wanted) const {
  if (!is(object, Kind::object)) return no_node;
  if (items_[object].count > large || !index_of_.empty()) {
    if (const auto index = index_of_.find(object); index != index_of_.end()) {
      const std::uint64_t hash = json_text::hash_name(wanted);
      const Keys& keys = indexes_[index->second];
      for (std::size_t i = find_key(keys, hash); i < keys.size() && keys[i].first == hash; ++i) {
        if ((items_[keys[i].second].name_length & shadowed) == 0 && name_is(keys[i].second, wanted)) return keys[i].second;
      }
      return no_node;
    }
  }
  for (Node child : children(object)) {
    if (name_is(child, wanted)) return child;
  }
  return no_node;
}

Node Tree::at_pointer(std::string_view pointer, Node from) const {
  Node at = from;
  while (!pointer.empty() && at != no_node) {
    if (pointer.front() != '/') return no_node;
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    std::string step;
    for (std::size_t i = 1; i < end; ++i) {
      const bool escape = pointer[i] == '~' && i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1');
      step += escape ? (pointer[++i] == '0' ? '~' : '/') : pointer[i];
    }
    pointer.remove_prefix(end);
    if (!is(at, Kind::array)) {
      at = find(at, step);
      continue;
    }
    const bool index = !step.empty() && step.size() < 10 && step.find_first_not_of("0123456789") == std::string::npos;
    if (!index || (step.size() > 1 && step[0] == '0')) return no_node;
    std::size_t left = std::stoul(step);
    const Node array = at;
    for (at = first(array); at != no_node && left > 0; --left) at = next(at, array);
  }
  return at;
}

std::string Tree::pointer_of(Node node) const {
  std::string out;
  Node at = 0;
  while (at != node && at < items_.size()) {
    std::size_t index = 0;
    Node child = at + 1;
    for (; child < items_[at].behind && items_[child].behind <= node; child = items_[child].behind) ++index;
    if (child >= items_[at].behind) break;
    out += '/';
    out += kind(at) == Kind::object ? escape_pointer_step(name(child)) : std::to_string(index);
    at = child;
  }
  return out;
}

Node Tree::parent_of(Node node) const {
  Node parent = 0;
  for (Node child = 1; child < node && child < items_[parent].behind;) {
    const bool inside = node < items_[child].behind;
    if (inside) parent = child;
    child = inside ? child + 1 : items_[child].behind;
  }
  return parent;
}

void Tree::append_canonical(Node node, std::string& out, std::size_t depth) const {
  const Kind what = kind(node);
  if (what == Kind::number) {
    out += '#';
    out += parse_decimal(raw(node)).text();
  } else if (what == Kind::string) {
    out += json_text::to_json_string(text(node));
  } else if (what == Kind::null || what == Kind::boolean) {
    out += raw(node).front();
  } else if (depth >= deepest_compared) {
    out += '?';
  } else if (what == Kind::array) {
    out += '[';
    for (Node child : children(node)) append_canonical(child, out, depth + 1);
    out += ']';
  } else {
    Keys members;  // any order will do that does not depend on the text
    for (Node child : children(node)) members.emplace_back(json_text::hash_name(name(child)), child);
    sort_keys(members);
    out += '{';
    for (const Key& member : members) {
      out += json_text::to_json_string(name(member.second));
      append_canonical(member.second, out, depth + 1);
    }
    out += '}';
  }
}

std::string Tree::canonical(Node node) const {
  std::string out;
  append_canonical(node, out, 0);
  return out;
}

std::string Tree::shown(Node node) const {
  constexpr std::size_t looked_at = 400;  // blanks between tokens fall away
  const std::string_view literal = raw(node).substr(0, looked_at);
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const char c = literal[i];
    if (quoted && c == '\\' && i + 1 < literal.size()) out += literal[i++];
    else if (c == '"') quoted = !quoted;
    else if (!quoted && json_text::is_blank(static_cast<Byte>(c))) continue;
    out += literal[i];
  }
  if (literal.size() < length(node)) out += "...............................................................";
  return shortened(std::move(out));
}

void sort_keys(Keys& keys) { std::sort(keys.begin(), keys.end()); }

std::size_t find_key(const Keys& keys, std::uint64_t hash) {
  std::size_t from = 0, to = keys.size();
  while (from < to) {
    const std::size_t middle = (from + to) / 2;
    if (keys[middle].first < hash) from = middle + 1;
    else to = middle;
  }
  return from;
}

std::string escape_pointer_step(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

std::string shortened(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<Byte>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<Byte>(c) & 0xC0) != 0x80; }));
}

}  // namespace blindspot
