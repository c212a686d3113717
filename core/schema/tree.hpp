// A JSON text as a tree that never leaves it: every value and name keeps its place, every number its digits.
// Flat, in the order of the text: the children of a node follow it. The text must outlive the tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace blindspot {

using Node = std::uint32_t;
inline constexpr Node no_node = 0xFFFFFFFF;

// A hash or an offset with the node it belongs to; one kind of pair, map and sort serves all of this folder, for the
// size of the page.
using Key = std::pair<std::uint64_t, Node>;
using Keys = std::vector<Key>;
using KeyMap = std::map<std::uint64_t, std::size_t>;
void sort_keys(Keys& keys);
// The first place at which this hash stands among sorted keys, or would.
std::size_t find_key(const Keys& keys, std::uint64_t hash);

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

class Tree {
 public:
  static constexpr std::size_t most_bytes = 256 * 1024 * 1024;

  Tree() = default;
  // Nothing when the text is not JSON by RFC 8259. A byte order mark before it is passed over.
  static std::optional<Tree> parse(std::string_view text);

  std::size_t size() const { return items_.size(); }
  Kind kind(Node node) const;
  bool is(Node node, Kind kind) const;
  bool truth(Node node) const;
  bool is_true(Node node) const;
  std::string_view raw(Node node) const;
  std::size_t offset(Node node) const { return items_[node].offset; }
  std::size_t length(Node node) const { return items_[node].length; }
  // Of a member: its name with the quotes. Length 0 for elements and the root.
  std::size_t name_offset(Node node) const { return items_[node].name_offset; }
  std::size_t name_length(Node node) const { return items_[node].name_length & size_mask; }

  // What a string stands for; of another kind the text as written.
  std::string text(Node node) const;
  std::string name(Node member) const;
  bool name_is(Node member, std::string_view name) const;

  // Children: of a name that occurs twice only the last.
  std::size_t count(Node node) const { return items_[node].count; }
  Node first(Node node) const;
  Node next(Node child, Node parent) const;
  // The first node behind this one and all below it.
  Node behind(Node node) const { return items_[node].behind; }
  // The member of this name; no_node when there is none or when this is no object.
  Node find(Node object, std::string_view name) const;

  Node at_pointer(std::string_view pointer, Node from = 0) const;
  std::string pointer_of(Node node) const;
  Node parent_of(Node node) const;  // the root is its own
  std::size_t depth() const { return depth_; }

  // Equal values have equal canonical texts: 1.0 is 1, the order of names does not count.
  std::string canonical(Node node) const;
  // The value on one line, shortened.
  std::string shown(Node node) const;

  struct Children;
  Children children(Node node) const;

 private:
  static constexpr std::uint32_t escaped = 0x80000000, shadowed = 0x40000000, size_mask = 0x3FFFFFFF;
  static constexpr std::size_t large = 16;  // objects with more members have an index
  struct Item {
    std::uint32_t offset, length, name_offset, name_length, behind, count;
  };
  void read(std::size_t from);
  void close_object(Node object);
  Node seen(Node at, Node end) const;
  void append_canonical(Node node, std::string& out, std::size_t depth) const;

  std::string_view text_;
  std::vector<Item> items_;
  std::vector<Keys> indexes_;
  KeyMap index_of_;
  std::size_t depth_ = 0;
};

// for (Node child : tree.children(node))
struct Tree::Children {
  struct At {
    const Tree& tree;
    Node parent, child;
    Node operator*() const { return child; }
    At& operator++() {
      child = tree.next(child, parent);
      return *this;
    }
    bool operator!=(const At& other) const { return child != other.child; }
  };
  const Tree& tree;
  Node parent;
  At begin() const { return {tree, parent, parent == no_node ? no_node : tree.first(parent)}; }
  At end() const { return {tree, parent, no_node}; }
};
inline Tree::Children Tree::children(Node node) const { return {*this, node}; }

std::string escape_pointer_step(std::string_view name);
// A name or value of any size made short for showing, cut at a code point.
std::string shortened(std::string text, std::size_t most = 60);
std::size_t count_code_points(std::string_view text);

}  // namespace blindspot
