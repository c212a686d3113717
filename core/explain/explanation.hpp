// A finding said in one language. The only module of core that knows prose: pages come from the catalogue, evidence and
// names from the tables here. How it looks is left to whoever shows it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/cors/repair.hpp"
#include "core/diagnosis/finding.hpp"
#include "core/http/observation.hpp"
#include "core/http/request.hpp"
#include "core/result.hpp"

namespace blindspot {

enum class Language { en, zh };
inline constexpr std::array<Language, 2> all_languages = {Language::en, Language::zh};
std::string_view language_tag(Language language);  // "en", "zh-CN"

// Inline code keeps its backticks: `text`.
struct Paragraph { std::string text; bool operator==(const Paragraph&) const = default; };
struct BulletList { std::vector<std::string> items; bool operator==(const BulletList&) const = default; };
struct CodeBlock { std::string language, code; bool operator==(const CodeBlock&) const = default; };
using Block = std::variant<Paragraph, BulletList, CodeBlock>;
using Prose = std::vector<Block>;

struct Explanation {
  std::string title;  // the verdict in one sentence
  std::string label;  // short, for lists, without slots
  Prose seen, why, effect, confirm, fix_server, fix_caller, mini_program;
  bool operator==(const Explanation&) const = default;
};

struct PageError {
  std::size_t line;  // from 1
  std::string problem;
};

// Reads a catalogue page as its README says; slots stay as they are.
Result<Explanation, PageError> parse_page(std::string_view markdown, Language language);

// Every slot the catalogue's README lists.
const std::vector<std::string_view>& all_slots();
// The slots of a request; a finding's own come on top.
Slots slots_of(const Request& request);
// Puts values into {slots}; an unknown value becomes the plain phrase of its slot.
std::string fill_slots(std::string_view text, const Slots& slots, Language language);

Explanation explain(const Finding& finding, const Request& request, Language language);
// The short name of a code, for lists.
std::string label_of(Code code, Language language);

std::string say_evidence(const Evidence& evidence, Language language);
std::string say_ruled_out(const RuledOut& ruled_out, Language language);
std::string say_question(Question question, Language language);
// One step of a CORS trace as a sentence.
std::string say_step(const StepTaken& taken, Language language);
// One edit of a repair, without the answer it belongs to; what to beware of.
std::string say_edit(const Edit& edit, Language language);
std::string say_caution(Caution caution, Language language);
std::string say_certainty(Certainty certainty, Language language);
std::string say_family(Family family, Language language);
std::string say_outcome(Outcome outcome, Language language);

// The explanation as plain text (for a terminal or the clipboard), widths left to the reader.
std::string plain_text(const Prose& prose);

}  // namespace blindspot
