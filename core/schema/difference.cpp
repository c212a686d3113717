// Walks two trees side by side; without recursion, for a text may nest as deep as it likes.
#include "core/schema/difference.hpp"

#include "core/schema/tree.hpp"

namespace blindspot {

namespace {

struct Pair {
  Node good, other;
};

class Comparison {
 public:
  Comparison(const Tree& good, const Tree& other, std::size_t most) : good_(good), other_(other), most_(most) {}

  Differences run() {
    found_.comparable = true;
    std::vector<Pair> open = {{0, 0}};
    while (!open.empty()) {
      const Pair pair = open.back();
      open.pop_back();
      std::vector<Pair> below = compare(pair);
      open.insert(open.end(), below.rbegin(), below.rend());
    }
    return std::move(found_);
  }

 private:
  std::vector<Pair> compare(Pair pair) {
    const bool both_objects = good_.is(pair.good, Kind::object) && other_.is(pair.other, Kind::object);
    const bool both_arrays = good_.is(pair.good, Kind::array) && other_.is(pair.other, Kind::array);
    if (both_objects) return members(pair);
    if (both_arrays) return elements(pair);
    const bool same = good_.kind(pair.good) == other_.kind(pair.other) && good_.canonical(pair.good) == other_.canonical(pair.other);
    if (!same) tell(Difference::Kind::changed, pair.good, pair.other);
    return {};
  }

  std::vector<Pair> members(Pair pair) {
    std::vector<Pair> below;
    for (Node member : good_.children(pair.good)) {
      const Node there = other_.find(pair.other, good_.name(member));
      if (there == no_node) tell(Difference::Kind::missing, member, no_node);
      else below.push_back({member, there});
    }
    for (Node member : other_.children(pair.other))
      if (good_.find(pair.good, other_.name(member)) == no_node) tell(Difference::Kind::added, no_node, member);
    return below;
  }

  std::vector<Pair> elements(Pair pair) {
    std::vector<Pair> below;
    Node left = good_.first(pair.good), right = other_.first(pair.other);
    while (left != no_node && right != no_node) {
      below.push_back({left, right});
      left = good_.next(left, pair.good);
      right = other_.next(right, pair.other);
    }
    for (; left != no_node; left = good_.next(left, pair.good)) tell(Difference::Kind::missing, left, no_node);
    for (; right != no_node; right = other_.next(right, pair.other)) tell(Difference::Kind::added, no_node, right);
    return below;
  }

  void tell(Difference::Kind kind, Node good, Node other) {
    if (++found_.count > most_) return;
    found_.list.push_back({kind, good == no_node ? other_.pointer_of(other) : good_.pointer_of(good), good == no_node ? "" : good_.shown(good),
                           other == no_node ? "" : other_.shown(other)});
  }

  const Tree &good_, &other_;
  std::size_t most_;
  Differences found_;
};

}  // namespace

Differences differences(std::string_view good, std::string_view other, std::size_t most) {
  const std::optional<Tree> left = Tree::parse(good), right = Tree::parse(other);
  if (!left || !right) return {};
  return Comparison(*left, *right, most).run();
}

}  // namespace blindspot
