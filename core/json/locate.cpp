// The pointers become a tree of wanted steps; one walk over the text follows it and passes over all else.
#include "core/json/locate.hpp"

#include <map>
#include <optional>

#include "core/json/text.hpp"

namespace blindspot {

using namespace json_text;

namespace {

struct Wanted {
  std::map<std::string, std::size_t> children;  // step to index in the list of nodes
  Located place;
};

std::optional<std::vector<std::string>> steps_of(std::string_view pointer) {
  std::vector<std::string> steps;
  if (pointer.empty()) return steps;
  if (pointer.front() != '/') return std::nullopt;
  for (const char c : pointer) {
    if (c == '/') {
      steps.emplace_back();
    } else if (!steps.back().empty() && steps.back().back() == '\x01' && (c == '0' || c == '1')) {
      steps.back().back() = c == '0' ? '~' : '/';
    } else {
      steps.back() += c == '~' ? '\x01' : c;
    }
  }
  return steps;
}

class Walker {
 public:
  Walker(std::string_view text, std::vector<Wanted>& nodes)
      : begin_(reinterpret_cast<const Byte*>(text.data())), p_(begin_), end_(begin_ + text.size()), nodes_(nodes) {}

  void walk() {
    std::size_t node = 0;
    while (p_ != end_) {
      skip();
      if (p_ == end_) return;
      const Byte c = *p_;
      if (c == '}' || c == ']') {
        if (open_.empty()) return;
        ++p_;
        close();
      } else if (c == ',') {
        ++p_;
      } else {
        node = next_node();
        if (p_ == end_) return;
        value(node);
      }
    }
  }

 private:
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
  struct Open {
    std::size_t node, index, start;
    bool object;
  };

  std::size_t offset() const { return static_cast<std::size_t>(p_ - begin_); }
  void skip() { p_ = skip_blank(p_, end_); }

  // Reads the member's name, or counts the element; the node that is wanted here or nobody.
  std::size_t next_node() {
    name_offset_ = name_length_ = 0;
    if (open_.empty()) return 0;
    Open& top = open_.back();
    if (!top.object) {
      const std::size_t index = top.index++;
      return top.node == nobody ? nobody : child(top.node, std::to_string(index));
    }
    name_offset_ = offset();
    pass_string();
    name_length_ = offset() - name_offset_;
    const std::string_view inside(reinterpret_cast<const char*>(begin_) + name_offset_ + 1,
                                  name_length_ >= 2 ? name_length_ - 2 : 0);
    skip();
    if (p_ != end_) ++p_;  // the colon
    skip();
    if (top.node == nobody) return nobody;
    const std::size_t node = child(top.node, unescape(inside));
    if (node != nobody) forget(node);
    return node;
  }

  std::size_t child(std::size_t node, const std::string& step) const {
    const auto& children = nodes_[node].children;
    const auto it = children.find(step);
    return it == children.end() ? nobody : it->second;
  }

  // A name met again: what was found below the first one does not count.
  void forget(std::size_t node) {
    if (!nodes_[node].place.found) return;
    std::vector<std::size_t> waiting{node};
    while (!waiting.empty()) {
      Wanted& wanted = nodes_[waiting.back()];
      waiting.pop_back();
      wanted.place = {};
      for (const auto& [step, index] : wanted.children) waiting.push_back(index);
    }
  }

  void value(std::size_t node) {
    const std::size_t start = offset();
    if (node != nobody) nodes_[node].place = {true, start, 0, name_offset_, name_length_};
    const Byte c = *p_;
    if (c == '{' || c == '[') {
      ++p_;
      open_.push_back({node, 0, start, c == '{'});
      return;
    }
    if (c == '"') {
      pass_string();
    } else {
      while (p_ != end_ && !is_blank(*p_) && *p_ != ',' && *p_ != '}' && *p_ != ']') ++p_;
    }
    if (node != nobody) nodes_[node].place.value_length = offset() - start;
  }

  void close() {
    const Open top = open_.back();
    open_.pop_back();
    if (top.node != nobody) nodes_[top.node].place.value_length = offset() - top.start;
  }

  void pass_string() {
    if (p_ != end_) ++p_;
    while (p_ != end_) {
      p_ = skip_plain(p_, end_);
      if (p_ == end_) return;
      const Byte c = *p_++;
      if (c == '"') return;
      if (c == '\\' && p_ != end_) ++p_;
    }
  }

  const Byte* begin_;
  const Byte* p_;
  const Byte* end_;
  std::vector<Wanted>& nodes_;
  std::vector<Open> open_;
  std::size_t name_offset_ = 0, name_length_ = 0;
};

}  // namespace

std::vector<Located> locate_all(std::string_view text, const std::vector<std::string>& pointers) {
  std::vector<Wanted> nodes(1);
  std::vector<std::optional<std::size_t>> targets;
  for (const std::string& pointer : pointers) {
    const auto steps = steps_of(pointer);
    if (!steps) {
      targets.push_back(std::nullopt);
      continue;
    }
    std::size_t node = 0;
    for (const std::string& step : *steps) {
      const auto known = nodes[node].children.find(step);
      if (known != nodes[node].children.end()) {
        node = known->second;
        continue;
      }
      const std::size_t fresh = nodes.size();
      nodes[node].children.emplace(step, fresh);
      nodes.emplace_back();
      node = fresh;
    }
    targets.push_back(node);
  }
  Walker(text, nodes).walk();
  std::vector<Located> places;
  for (const auto& target : targets) places.push_back(target ? nodes[*target].place : Located{});
  return places;
}

Located locate(std::string_view text, std::string_view pointer) {
  return locate_all(text, {std::string(pointer)}).front();
}

}  // namespace blindspot
