// A bracket closes the nearest open one of its kind; those it passes over have no partner.
#include "core/json/outline.hpp"

#include <algorithm>

#include "core/json/text.hpp"
#include "core/stable_order.hpp"

namespace blindspot {

namespace {

using json_text::Byte;

constexpr std::uint32_t unkept = 0xffffffff;
constexpr std::size_t most_stray = 1000;
constexpr std::size_t deepest = 1'000'000;

bool ends_word(Byte c) {
  return c <= ' ' || c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || c == '"';
}

}  // namespace

JsonRun next_json_run(std::string_view text, std::size_t at, std::size_t limit, bool inside_string) {
  const Byte* const base = reinterpret_cast<const Byte*>(text.data());
  const Byte* const end = base + limit;
  const Byte* p = base + at;
  JsonRun run{JsonRunKind::wrong, at, at, false};
  auto ended = [&](JsonRunKind kind, const Byte* to) {
    run.kind = kind;
    run.end = static_cast<std::size_t>(to - base);
    return run;
  };
  if (inside_string || *p == '"') {
    if (!inside_string) ++p;
    for (;;) {
      p = json_text::skip_plain(p, end);
      if (p == end) break;
      if (*p == '"') return ended(JsonRunKind::string, p + 1);
      if (*p == '\n' || *p == '\r') return ended(JsonRunKind::string, p);
      if (*p == '\\' && p + 1 != end && p[1] != '\n' && p[1] != '\r') ++p;
      // An escape that the limit divides is left for the next call, so that its second byte is not taken for itself.
      else if (*p == '\\' && p + 1 == end && limit < text.size() && *end != '\n' && *end != '\r' && p > base + at) break;
      ++p;
    }
    run.unfinished = limit < text.size();
    return ended(JsonRunKind::string, p);
  }
  switch (*p) {
    case '{': case '[': return ended(JsonRunKind::open, p + 1);
    case '}': case ']': return ended(JsonRunKind::close, p + 1);
    case ',': return ended(JsonRunKind::comma, p + 1);
    case ':': return ended(JsonRunKind::colon, p + 1);
    default: break;
  }
  if (json_text::is_blank(*p)) return ended(JsonRunKind::blank, json_text::skip_blank(p, end));
  const Byte first = *p;
  while (p != end && !ends_word(*p)) ++p;
  if (p == base + at) return ended(JsonRunKind::wrong, p + 1);
  const std::string_view word = text.substr(at, static_cast<std::size_t>(p - base) - at);
  if (first == '-' || json_text::is_digit(first)) return ended(JsonRunKind::number, p);
  return ended(word == "true" || word == "false" || word == "null" ? JsonRunKind::literal : JsonRunKind::wrong, p);
}

bool JsonOutline::step(std::size_t bytes) {
  const std::size_t limit = bytes < text_.size() - at_ ? at_ + bytes : text_.size();
  while (at_ < limit) {
    // A string is read in pieces of a slice; every other run is short or plain to skip.
    const bool string = within_string_ || text_[at_] == '"';
    const std::size_t reach = std::max(limit, std::min(at_ + 2, text_.size()));  // an escape is not divided
    const JsonRun run = next_json_run(text_, at_, string ? reach : text_.size(), within_string_);
    if (!within_string_) take(run);
    within_string_ = run.unfinished;
    at_ = run.end;
  }
  if (!done()) return false;
  for (const Open& open : open_) note_stray(open.offset);
  open_.clear();
  sort_stably(stray_, [](std::uint32_t a, std::uint32_t b) { return a < b; });
  return true;
}

void JsonOutline::take(const JsonRun& run) {
  switch (run.kind) {
    case JsonRunKind::blank:
    case JsonRunKind::colon: return;
    case JsonRunKind::comma:
      if (!open_.empty()) open_.back().value = false;
      return;
    case JsonRunKind::close: {
      const char wanted = text_[run.begin] == '}' ? '{' : '[';
      std::size_t depth = open_.size();
      // Not far up: a stray bracket must not make the reading quadratic.
      const std::size_t highest = depth > 64 ? depth - 64 : 0;
      while (depth > highest && text_[open_[depth - 1].offset] != wanted) --depth;
      if (depth == highest) return note_stray(run.begin);
      for (std::size_t i = open_.size(); i > depth; --i) note_stray(open_[i - 1].offset);
      const Open& open = open_[depth - 1];
      if (open.index != unkept) {
        containers_[open.index].close = static_cast<std::uint32_t>(run.begin);
        containers_[open.index].items = open.items;
      }
      open_.resize(depth - 1);
      return;
    }
    default: break;
  }
  if (!open_.empty() && !open_.back().value) {
    open_.back().value = true;
    ++open_.back().items;
  }
  if (run.kind != JsonRunKind::open) return;
  const auto offset = static_cast<std::uint32_t>(run.begin);
  if (open_.size() >= deepest) return note_stray(run.begin);
  const bool keep = containers_.size() < most;
  open_.push_back({keep ? static_cast<std::uint32_t>(containers_.size()) : unkept, offset, 0, false});
  if (keep) containers_.push_back({offset, offset, 0});
}

void JsonOutline::note_stray(std::size_t offset) {
  if (stray_.size() < most_stray) stray_.push_back(static_cast<std::uint32_t>(offset));
}

std::optional<JsonContainer> JsonOutline::find(std::size_t open) const {
  const auto found = std::lower_bound(containers_.begin(), containers_.end(), open,
                                      [](const JsonContainer& each, std::size_t offset) { return each.open < offset; });
  if (found == containers_.end() || found->open != open || found->close == found->open) return std::nullopt;
  return *found;
}

}  // namespace blindspot
