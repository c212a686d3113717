// What a server's configuration is made of: a text whose lines stay or go, and how its language writes strings and lists.
#include "core/cors/configuration/text.hpp"

#include <algorithm>

namespace blindspot::configuration {
namespace {

std::string joined(const Names& items, std::string_view before, Write write, std::string_view between) {
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += between;
    out += before;
    out += write ? write(item) : item;
  }
  return out;
}

class Filler {
 public:
  Filler(const Dialect& dialect, const CorsPolicy& policy) : dialect_(dialect), policy_(policy) {}

  std::string run() {
    std::string_view text = dialect_.text.substr(1);
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      if (take_conditions(line)) add_line(line);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return std::move(out_);
  }

 private:
  static std::string mark(bool yes) { return yes ? "yes" : ""; }

  Write or_item(Write write) const { return write ? write : dialect_.item; }

  // A list, or with "_line" the whole of it as one text.
  std::string list(const Names& items, std::string_view rest, Write write) const {
    if (rest != "_line") return joined(items, "", or_item(write), ", ");
    return items.empty() ? "" : dialect_.item(joined(items, "", nullptr, ", "));
  }

  std::string slot(std::string_view name) const {
    const auto begins = [&](std::string_view word) { return name.starts_with(word); };
    const CorsPolicy& p = policy_;
    if (name == "any") return mark(has(p.origins, "*"));
    if (name == "any_method") return mark(has(p.methods, "*"));
    if (name == "any_header") return mark(has(p.headers, "*"));
    if (name == "null") return mark(has(p.origins, "null"));
    if (name == "credentials") return mark(p.credentials);
    if (name == "dollar") return mark(has_dollar());
    if (name == "max_age") return p.max_age_s ? std::to_string(*p.max_age_s) : "";
    if (name == "origins") return joined(p.origins, "", or_item(dialect_.origin), dialect_.between_origins);
    if (name == "origin_tests") return joined(p.origins, "origin == ", dialect_.item, " || ");
    if (name == "origin") return has(p.origins, "*") ? "*" : p.origins.empty() ? "" : p.origins.front();
    if (begins("methods")) return list(p.methods, name.substr(7), dialect_.method);
    if (begins("headers")) return list(p.headers, name.substr(7), dialect_.header);
    return list(p.exposed, name.substr(7), nullptr);
  }

  bool has_dollar() const {
    for (const Names* names : {&policy_.methods, &policy_.headers, &policy_.exposed}) {
      if (joined(*names, "", nullptr, "").find('$') != std::string::npos) return true;
    }
    return false;
  }

  // Takes the conditions off the line; whether all of them hold.
  bool take_conditions(std::string_view& line) const {
    while (line.starts_with('?') || line.starts_with('!')) {
      const std::size_t end = line.find('|');
      const bool wanted = line.front() == '?';
      if (slot(line.substr(1, end - 1)).empty() == wanted) return false;
      line.remove_prefix(end + 1);
    }
    return true;
  }

  void add_line(std::string_view line) {
    std::string text;
    for (std::size_t open = line.find("<<"); open != std::string_view::npos; open = line.find("<<")) {
      const std::size_t close = line.find(">>", open);
      const std::string value = slot(line.substr(open + 2, close - open - 2));
      if (value.empty()) return;
      text += line.substr(0, open);
      text += value;
      line.remove_prefix(close + 2);
    }
    out_ += text;
    out_ += line;
    out_ += '\n';
  }

  const Dialect& dialect_;
  const CorsPolicy& policy_;
  std::string out_;
};

std::string quoted(std::string_view text, char quote) {
  const char special[] = {quote, '\\'};
  return quote + with_backslash(text, {special, 2}) + quote;
}

}  // namespace

std::string fill(const Dialect& dialect, CorsPolicy policy) {
  if (dialect.adapt) dialect.adapt(policy);
  return Filler(dialect, policy).run();
}

std::string double_quoted(std::string_view text) {
  return quoted(text, '"');
}

std::string single_quoted(std::string_view text) {
  return quoted(text, '\'');
}

std::string with_backslash(std::string_view text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string escaped_pattern(std::string_view text) {
  return with_backslash(text, "\\^$.|?*+()[]{}");
}

bool has(const Names& items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

void add_simple_methods(CorsPolicy& policy) {
  if (has(policy.methods, "*")) return;
  for (const char* simple : {"GET", "HEAD", "POST"}) {
    if (!has(policy.methods, simple)) policy.methods.emplace_back(simple);
  }
}

}  // namespace blindspot::configuration
