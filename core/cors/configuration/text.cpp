// The parts the texts of configurations are made of: lines that stay or go, and strings quoted for each language.
#include "core/cors/configuration/text.hpp"

#include <algorithm>

namespace blindspot::configuration {
namespace {

const std::string* find(const std::vector<Slot>& slots, std::string_view name) {
  for (const Slot& slot : slots) {
    if (slot.name == name) return &slot.value;
  }
  return nullptr;
}

bool is_filled(const std::vector<Slot>& slots, std::string_view name) {
  const std::string* value = find(slots, name);
  return value && !value->empty();
}

// Takes the conditions off the line; whether all of them hold.
bool take_conditions(std::string_view& line, const std::vector<Slot>& slots) {
  while (line.starts_with('?') || line.starts_with('!')) {
    const std::size_t end = line.find('|');
    const bool wanted = line.front() == '?';
    if (is_filled(slots, line.substr(1, end - 1)) != wanted) return false;
    line.remove_prefix(end + 1);
  }
  return true;
}

void add_line(std::string& out, std::string_view line, const std::vector<Slot>& slots) {
  std::string text;
  for (std::size_t open = line.find("<<"); open != std::string_view::npos; open = line.find("<<")) {
    const std::size_t close = line.find(">>", open);
    const std::string_view name = line.substr(open + 2, close - open - 2);
    if (!is_filled(slots, name)) return;
    text += line.substr(0, open);
    text += *find(slots, name);
    line.remove_prefix(close + 2);
  }
  out += text;
  out += line;
  out += '\n';
}

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

}  // namespace

std::string fill(std::string_view text, const std::vector<Slot>& slots) {
  if (text.starts_with('\n')) text.remove_prefix(1);
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (take_conditions(line, slots)) add_line(out, line, slots);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

std::string double_quoted(std::string_view text) {
  return quoted(text, '"');
}

std::string single_quoted(std::string_view text) {
  return quoted(text, '\'');
}

std::string joined(const Names& items, std::string_view separator) {
  return each(
      items, [](std::string_view item) { return std::string(item); }, separator);
}

std::string each(const Names& items, const std::function<std::string(std::string_view)>& write,
                 std::string_view separator) {
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += separator;
    out += write(item);
  }
  return out;
}

bool has(const Names& items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

Names with_simple_methods(Names methods) {
  if (has(methods, "*")) return methods;
  for (const char* simple : {"GET", "HEAD", "POST"}) {
    if (!has(methods, simple)) methods.emplace_back(simple);
  }
  return methods;
}

std::string escaped_pattern(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace blindspot::configuration
