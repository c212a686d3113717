// What the surgeon writes down, and what it keeps of the containers that are open: their kinds, names and paths.
#include <algorithm>

#include "core/json/surgeon.hpp"
#include "core/stable_order.hpp"

namespace blindspot {

using namespace json_text;

namespace {

// Of a name such as "user_id" or user_id, which a path tells as it is: the part that it tells; empty for any other.
std::string_view plain_name(std::string_view token) {
  const std::size_t start = starts_with(token, 0, "\"") ? 1 : 0;
  std::size_t end = start;
  while (end < token.size() && (is_letter(static_cast<Byte>(token[end])) || token[end] == '_' || token[end] == '$' ||
                                (end > start && is_digit(static_cast<Byte>(token[end])))))
    ++end;
  if (end == start || end == token.size()) return {};
  const char behind = token[end];
  const bool ends = start == 1 ? behind == '"' : is_blank(static_cast<Byte>(behind)) || behind == ':' || behind == '=' || behind == ',';
  return ends ? token.substr(start, end - start) : std::string_view();
}

}  // namespace

// ---- notes ----

void Surgeon::note(std::vector<JsonFinding>& findings, JsonFault what, std::size_t offset, std::size_t length) {
  if (findings.empty()) findings.reserve(a_few / 4), steps_.reserve(a_few / 2);
  JsonFinding& finding = findings.emplace_back();
  finding.fault = what;
  finding.warning = &findings == &notes_.warnings;
  finding.place.offset = offset;
  finding.place.length = length;
  finding.place.path = path();
}

void Surgeon::fault(JsonFault what, std::size_t offset, std::size_t length) {
  ++notes_.fault_count;
  if (notes_.faults.size() < options_.max_findings) note(notes_.faults, what, offset, length);
}

void Surgeon::warn(JsonFault what, std::size_t offset, std::size_t length) {
  if (notes_.warnings.size() >= options_.max_findings) return;
  note(notes_.warnings, what, offset, length);
  finished_ = finished_ || (notes_.valid && notes_.warnings.size() == options_.max_findings);
}

void Surgeon::edit(std::size_t offset, std::size_t remove, std::string_view insert, JsonFault why) {
  if (remove == 0 && insert.empty()) return;
  if (notes_.edits.size() >= options_.max_edits) {
    notes_.repairable = false;
    return;
  }
  if (notes_.edits.empty()) notes_.edits.reserve(a_few);
  // What the first thousand took tells how many there will be; to double the room again and again would take twice as much.
  if (notes_.edits.size() == 1024) {
    const std::size_t expected = text_.size() / (offset / 1024 + 1);
    notes_.edits.reserve(std::max<std::size_t>(2048, std::min(expected + expected / 16, text_.size() / 2 / sizeof(JsonEdit))));
  }
  notes_.edits.push_back({offset, static_cast<std::uint32_t>(remove), insert, why});
}

void Surgeon::mend(JsonFault why, std::size_t offset, std::size_t remove, std::string_view insert) {
  fault(why, offset, remove);
  edit(offset, remove, insert, why);
}

// What is found out late but must stand before everything else that is inserted at this place.
void Surgeon::insert_at_root(std::string_view insert, JsonFault why) {
  notes_.edits.insert(notes_.edits.begin() + static_cast<std::ptrdiff_t>(first_edit_),
                      {root_start_, 0, insert, why});
}

// Takes back what was noted from this offset on by the token that is being read.
void Surgeon::forget_from(std::size_t offset) {
  while (notes_.faults.size() > first_fault_ && notes_.faults.size() == notes_.fault_count &&
         notes_.faults.back().place.offset >= offset) {
    notes_.faults.pop_back();
    --notes_.fault_count;
  }
  while (!notes_.warnings.empty() && notes_.warnings.back().place.offset >= offset) notes_.warnings.pop_back();
  while (notes_.edits.size() > first_edit_ && notes_.edits.back().offset >= offset) notes_.edits.pop_back();
}

const std::string& Surgeon::path() {
  constexpr std::size_t head = 32, tail = 16;
  const auto add_index = [this](std::uint64_t index) {
    path_ += '[';
    path_ += std::to_string(index);
    path_ += ']';
  };
  const bool deep = depth_ > head + tail;
  if (deep || in_sequence_) steps_.clear();
  std::size_t level = 0;
  for (const std::size_t most = std::min({steps_.size(), depth_, marks_.size()}); level < most; ++level) {
    if (steps_[level].mark != marks_[level] || steps_[level].object != kind_at(level)) break;
  }
  steps_.resize(level);
  if (level != 0) {
    path_.resize(steps_.back().end);
  } else {
    path_ = "$";
    if (in_sequence_) add_index(sequence_index_);
  }
  for (; level < depth_; ++level) {
    if (deep && level == head) {
      level = depth_ - tail;
      path_ += "...";
    }
    if (level >= marks_.size()) break;
    const bool object = kind_at(level);
    if (!object) {
      add_index(marks_[level]);
    } else if (marks_[level] != none) {
      add_name(static_cast<std::size_t>(marks_[level]));
    }
    if (!deep) steps_.push_back({marks_[level], static_cast<std::uint32_t>(path_.size()), object});
  }
  return path_;
}

// The name that begins at this offset as a step of a path: .name or ["any name"], cut when long.
void Surgeon::add_name(std::size_t offset) {
  constexpr std::size_t longest = 80;
  std::string_view rest = text_.substr(offset, std::min(stop_ - offset, longest));
  if (const std::string_view plain = plain_name(rest); !plain.empty()) {
    path_ += '.';
    path_ += plain;
    return;
  }
  std::string name;
  if (rest.substr(0, 2) == "\\\"") rest.remove_prefix(1);
  const char quote = rest.empty() ? '"' : rest.front();
  if (quote == '"' || quote == '\'' || quote == '`') {
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != quote && !starts_with(rest, end, "\\\"")) end += rest[end] == '\\' ? 2 : 1;
    name = unescape(rest.substr(1, std::min(end, rest.size()) - 1));
  } else if (starts_with(rest, 0, "\xE2\x80")) {
    name = std::string(rest.substr(std::min<std::size_t>(3, rest.size()), rest.find("\xE2\x80", 3) - 3));
  } else {
    name = std::string(rest.substr(0, rest.find_first_of(" \t\r\n:=,{}[]\"'")));
  }
  name = to_well_formed(name);
  bool plain = !name.empty() && !is_digit(static_cast<Byte>(name[0]));
  for (const char c : name)
    plain = plain && (is_letter(static_cast<Byte>(c)) || is_digit(static_cast<Byte>(c)) || c == '_' || c == '$' ||
                      static_cast<Byte>(c) >= 0x80);
  path_ += plain ? '.' : '[';
  path_ += plain ? name : to_json_string(name);
  if (!plain) path_ += ']';
}

// ---- the stack ----

void Surgeon::push(bool object) {
  if (depth_ / 64 == kinds_.size()) kinds_.push_back(0);
  const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
  if (object) {
    kinds_[depth_ / 64] |= bit;
    ++objects_;
    first_names_.push_back(names_.size());
  } else {
    kinds_[depth_ / 64] &= ~bit;
  }
  if (depth_ < max_marks) marks_.push_back(object ? static_cast<std::uint64_t>(none) : 0);
  ++depth_;
  notes_.depth = std::max(notes_.depth, depth_);
}

void Surgeon::pop() {
  if (in_object()) {
    look_for_twins();
    names_.resize(first_names_.back());
    first_names_.pop_back();
    --objects_;
  }
  if (marks_.size() == depth_) marks_.pop_back();
  if (!odd_.empty() && odd_.back().depth == depth_) odd_.pop_back();
  --depth_;
}

void Surgeon::remember_name(std::size_t start, std::size_t end) {
  const std::size_t size = end - start;
  const bool plain = size >= 2 && text_[start] == '"' && !escape_seen_;
  names_.push_back({plain ? hash_name(pointer(start) + 1, size - 2) : hash_name(spoken_name(text_.substr(start, size))), start, size});
}

// What a name token stands for, whatever its quotes.
std::string Surgeon::spoken_name(std::string_view token) const {
  if (token.size() >= 2 && (token.front() == '"' || token.front() == '\'' || token.front() == '`') &&
      token.back() == token.front()) {
    return unescape(token.substr(1, token.size() - 2));
  }
  return std::string(token);
}

void Surgeon::look_for_twins() {
  const auto first = names_.begin() + static_cast<std::ptrdiff_t>(first_names_.back());
  if (names_.end() - first < 2) return;
  const auto spoken = [this](const Name& name) { return spoken_name(text_.substr(name.offset, name.size)); };
  const auto report = [this](const Name& name) {
    if (std::uint64_t* top = mark()) *top = name.offset;
    warn(JsonFault::duplicate_key, name.offset, name.size);
  };
  if (names_.end() - first <= 16) {
    for (auto later = first + 1; later != names_.end(); ++later) {
      const bool twin = std::any_of(first, later, [&](const Name& earlier) {
        return earlier.hash == later->hash && spoken(earlier) == spoken(*later);
      });
      if (twin) report(*later);
    }
    return;
  }
  std::vector<Name> names(first, names_.end());
  sort_stably(names, [](const Name& a, const Name& b) { return a.hash < b.hash; });
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i - 1].hash == names[i].hash && spoken(names[i - 1]) == spoken(names[i])) report(names[i]);
  }
}

}  // namespace blindspot
