// One table of wordings. In them {p} is the property, {e} the expression, {n} undefined or null.
#include "core/diagnosis/program_error.hpp"

#include <algorithm>
#include <utility>

namespace blindspot {

namespace {

using Kind = ProgramError::Kind;

struct Wording {
  Kind kind;
  std::string_view text;
};

constexpr Wording wordings[] = {
    {Kind::read, "annot read properties of {n} (reading '{p}')"},
    {Kind::read, "annot set properties of {n} (setting '{p}')"},
    {Kind::read, "annot read property '{p}' of {n}"},  // V8 before 2021, Hermes, QuickJS
    {Kind::read, "annot set property '{p}' of {n}"},
    {Kind::read, "annot read properties of {n}"},
    {Kind::read, "annot destructure property '{p}' of '{e}' as it is {n}"},
    {Kind::read, "annot destructure property '{p}' from null or undefined"},
    {Kind::read, "can't access property \"{p}\", {e} is {n}"},
    {Kind::read, "can't access property {p}, {e} is {n}"},
    {Kind::read, "{n} is not an object (evaluating '{e}')"},
    {Kind::read, "onvert undefined or null to object"},
    {Kind::read, "can't convert {n} to object"},
    {Kind::read, "requires that input parameter not be null or undefined"},
    {Kind::read, "iterable not be null or undefined"},
    {Kind::read, "'NoneType' object is not subscriptable"},
    {Kind::read, "'NoneType' object has no attribute '{p}'"},
    {Kind::read, "to read property \"{p}\" on {n}"},
    {Kind::read, "array offset on value of type {n}"},
    {Kind::read, "member function {p}() on {n}"},
    {Kind::call, "{e} is not a function"},
    {Kind::call, "{e} is not iterable"},
    {Kind::read, "{e} is undefined"},
    {Kind::read, "{e} is null"},
    {Kind::body_twice, "body stream already read"},
    {Kind::body_twice, "ody has already been "},  // consumed, read
    {Kind::body_twice, "ody is disturbed or locked"},
    {Kind::body_twice, "ody used already"},        // node-fetch
    {Kind::body_twice, "ody is already used"},     // by clone()
    {Kind::body_twice, "TypeError: Already read"}, // whatwg-fetch, React Native
};

bool is_of_expression(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("_$.[]'\"()?").find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
}

// What stands for the slot at the head of `text`: up to the wording's next literal, or as far as an expression goes.
std::size_t slot_size(char slot, std::string_view text, std::string_view next) {
  if (slot == 'n') return text.starts_with("undefined") ? 9 : text.starts_with("null") ? 4 : std::string_view::npos;
  std::size_t size = next.empty() ? 0 : std::min(text.find(next), text.size());
  if (next.empty())
    while (size < text.size() && is_of_expression(text[size])) ++size;
  return size == 0 || size > 200 || text.substr(0, size).find('\n') != std::string_view::npos ? std::string_view::npos : size;
}

// Fills the slots of a wording that fits `text` from its head on.
bool fits(std::string_view text, std::string_view wording, ProgramError& out) {
  while (!wording.empty()) {
    const std::size_t open = std::min(wording.find('{'), wording.size());
    if (!text.starts_with(wording.substr(0, open))) return false;
    text.remove_prefix(open);
    wording.remove_prefix(open);
    if (wording.empty()) return true;
    const char slot = wording[1];
    wording.remove_prefix(3);
    const std::size_t size = slot_size(slot, text, wording.substr(0, wording.find('{')));
    if (size == std::string_view::npos) return false;
    (slot == 'p' ? out.property : slot == 'e' ? out.owner : out.found) = text.substr(0, size);
    text.remove_prefix(size);
  }
  return true;
}

std::optional<ProgramError> read_line(std::string_view line, const Wording& wording) {
  ProgramError out{wording.kind, {}, {}, {}};
  const std::size_t slot = wording.text.find('{');
  if (slot != 0 || wording.text.starts_with("{n}")) {
    // From the first place on at which the wording's own words stand.
    const std::string_view head = wording.text.substr(0, slot);
    for (std::size_t at = line.find(head); at < line.size(); at = line.find(head, at + 1)) {
      out = {wording.kind, {}, {}, {}};
      if (fits(line.substr(at), wording.text, out)) return out;
    }
    return std::nullopt;
  }
  // An expression leads: what stands before the words, back to a space.
  const std::string_view words = wording.text.substr(3);
  const std::size_t at = line.find(words);
  if (at == 0 || at == std::string_view::npos) return std::nullopt;
  std::size_t start = at;
  while (start > 0 && is_of_expression(line[start - 1])) --start;
  if (start == at) return std::nullopt;
  out.owner = line.substr(start, at - start);
  if (wording.kind == Kind::read) out.found = words.substr(4);
  return out;
}

}  // namespace

std::string last_name(std::string_view expression) {
  while (!expression.empty() && std::string_view("'\"]?").find(expression.back()) != std::string_view::npos) expression.remove_suffix(1);
  std::size_t start = expression.size();
  while (start > 0 && std::string_view(".['\"?()").find(expression[start - 1]) == std::string_view::npos) --start;
  return std::string(expression.substr(start));
}

std::optional<ProgramError> read_program_error(std::string_view text) {
  constexpr std::size_t longest = 10'000;
  text = text.substr(0, longest);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    for (const Wording& wording : wordings) {
      std::optional<ProgramError> found = read_line(text.substr(0, end), wording);
      if (!found) continue;
      if (found->owner == "undefined" || found->owner == "null") found->found = std::exchange(found->owner, {});
      const bool chain = found->owner.find('.') != std::string::npos || found->owner.find('[') != std::string::npos;
      if (found->property.empty() && chain && (found->kind == Kind::call || wording.text.starts_with("{n}"))) {
        // The engine names the whole: what was called or read stands last, what was not there before it.
        found->property = last_name(found->owner);
        found->owner.resize(found->owner.find_last_of(".["));
      }
      return found;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

}  // namespace blindspot
