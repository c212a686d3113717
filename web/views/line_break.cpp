// Cuts the text into units that stay whole, then fills lines greedily.
#include "web/views/line_break.hpp"

#include <algorithm>

namespace blindspot {

namespace {

struct Unit {
  std::string_view text;  // without trailing spaces
  bool code = false;
  bool space_after = false;
  bool glued = false;  // no break before it
};

std::size_t code_point_length(std::string_view text, std::size_t at) {
  const unsigned char lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return std::min(length, text.size() - at);
}

char32_t code_point(std::string_view text, std::size_t at) {
  const std::size_t length = code_point_length(text, at);
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
  switch (length) {
    case 2: return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3: return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4: return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    default: return byte(0);
  }
}

bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019;
}

// What came from a body may hold the ends of its lines.
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool may_not_begin(char32_t c) {
  constexpr std::u32string_view marks = U"\u3001\u3002\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F\uFF01\uFF09\u300D\u300F\u3011\u3015\u300B\u3009\u201D\u2019\u2026\u00B7\uFF05,.;:!?)]}%";
  return marks.find(c) != std::u32string_view::npos;
}

bool may_not_end(char32_t c) {
  constexpr std::u32string_view marks = U"\uFF08\u300C\u300E\u3010\u3014\u300A\u3008\u201C\u2018([{";
  return marks.find(c) != std::u32string_view::npos;
}

void cut_run(std::string_view run, bool code, std::vector<Unit>& units) {
  bool glue_next = !units.empty() && !units.back().space_after;
  std::size_t at = 0;
  while (at < run.size()) {
    if (is_blank(run[at])) {
      if (!units.empty()) units.back().space_after = true;
      glue_next = false;
      ++at;
      continue;
    }
    const char32_t first = code_point(run, at);
    std::size_t end = at + code_point_length(run, at);
    const bool wide = is_wide(first);
    // A Latin word runs to the next space or wide character; a wide character stands alone.
    while (!wide && end < run.size() && !is_blank(run[end]) && !is_wide(code_point(run, end))) end += code_point_length(run, end);
    Unit unit{run.substr(at, end - at), code, false, false};
    if (!units.empty() && !units.back().space_after) {
      const std::string_view before = units.back().text;
      std::size_t last = before.size() - 1;
      while (last > 0 && (static_cast<unsigned char>(before[last]) & 0xC0) == 0x80) --last;
      const char32_t previous = code_point(before, last);
      const bool both_latin = !wide && !is_wide(previous);
      unit.glued = may_not_begin(first) || may_not_end(previous) || (glue_next && both_latin);
    }
    glue_next = false;
    units.push_back(unit);
    at = end;
  }
}

std::vector<Unit> cut(std::string_view text) {
  std::vector<Unit> units;
  bool code = false;
  while (!text.empty()) {
    const std::size_t tick = std::min(text.find('`'), text.size());
    cut_run(text.substr(0, tick), code, units);
    text.remove_prefix(std::min(tick + 1, text.size()));
    code = !code;
  }
  return units;
}

struct Setter {
  float width;
  const Measure& measure;
  float space;
  std::vector<Line> lines = {Line{}};
  float x = 0;

  void new_line() {
    lines.push_back({});
    x = 0;
  }

  void put(std::string_view text, bool code, float text_width) {
    Line& line = lines.back();
    // Runs that look alike and touch, or stand one space apart, become one piece: the renderer draws few, and puts only
    // the first letter of each onto a whole pixel.
    const char* end = line.empty() ? nullptr : line.back().text.data() + line.back().text.size();
    const bool follows = end != nullptr && (end == text.data() || (!code && end + 1 == text.data() && *end == ' '));
    if (follows && line.back().code == code && follows) {
      line.back().text = std::string_view(line.back().text.data(), static_cast<std::size_t>(text.data() + text.size() - line.back().text.data()));
      line.back().width = x + text_width - line.back().x;
    } else {
      line.push_back({text, code, x, text_width});
    }
    x += text_width;
  }

  // A unit wider than a whole line: as many code points a line as fit.
  void put_cut(const Unit& unit) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < unit.text.size();) {
      const std::size_t next = at + code_point_length(unit.text, at);
      const float so_far = measure(unit.text.substr(from, next - from), unit.code);
      if (x + so_far > width && at == from && x > 0) new_line();
      if (x + so_far > width && at > from) {
        put(unit.text.substr(from, at - from), unit.code, measure(unit.text.substr(from, at - from), unit.code));
        new_line();
        from = at;
      }
      at = next;
    }
    put(unit.text.substr(from), unit.code, measure(unit.text.substr(from), unit.code));
  }
};

}  // namespace

std::vector<Line> set_lines(std::string_view text, float width, const Measure& measure) {
  const std::vector<Unit> units = cut(text);
  Setter setter{width, measure, measure(" ", false)};
  for (std::size_t i = 0; i < units.size();) {
    // What is glued together moves together.
    std::size_t end = i + 1;
    while (end < units.size() && units[end].glued) ++end;
    float group = 0;
    for (std::size_t k = i; k < end; ++k) group += measure(units[k].text, units[k].code) + (k + 1 < end && units[k].space_after ? setter.space : 0);
    if (setter.x > 0 && setter.x + group > width) setter.new_line();
    for (std::size_t k = i; k < end; ++k) {
      const Unit& unit = units[k];
      const float unit_width = measure(unit.text, unit.code);
      if (unit_width > width || setter.x + unit_width > width) setter.put_cut(unit);
      else setter.put(unit.text, unit.code, unit_width);
      if (unit.space_after) setter.x += setter.space;
    }
    i = end;
  }
  return setter.lines;
}

std::string without_backticks(std::string_view text) {
  std::string out(text);
  std::erase(out, '`');
  return out;
}

}  // namespace blindspot
