// What went wrong, as values without a sentence in them: codes, certainty, place, evidence. explain puts them into words.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace blindspot {

// One enumerator a folder under core/catalogue; the list is codes.def.
enum class Code {
#define BLINDSPOT_CODE(name, slug, family) name,
#include "core/diagnosis/codes.def"
#undef BLINDSPOT_CODE
};

enum class Family { ok, request, network, tls, cors, status, body, shape, unknown };

std::string_view slug_of(Code code);
Family family_of(Code code);
std::string_view family_name(Family family);
std::optional<Code> parse_code(std::string_view slug);
const std::vector<Code>& all_codes();

enum class Certainty { certain, likely, possible };
std::string_view certainty_name(Certainty certainty);

struct HeaderPlace { std::string name; bool operator==(const HeaderPlace&) const = default; };
struct BytePlace {
  std::size_t offset = 0, length = 0;
  std::size_t line = 1, column = 1;  // from 1; the column counts code points
  bool operator==(const BytePlace&) const = default;
};
struct PointerPlace { std::string pointer; bool operator==(const PointerPlace&) const = default; };
struct StepPlace { std::string step; bool operator==(const StepPlace&) const = default; };
using Place = std::variant<std::monostate, HeaderPlace, BytePlace, PointerPlace, StepPlace>;

// Slot name (from the closed list of the catalogue's README) to value.
using Slots = std::map<std::string, std::string>;

// Why we say so: a kind that explain has a sentence for, and what the sentence speaks of.
enum class EvidenceKind {
#define BLINDSPOT_EVIDENCE(name) name,
#include "core/diagnosis/evidence.def"
#undef BLINDSPOT_EVIDENCE
};

struct Evidence {
  EvidenceKind kind;
  std::string subject;  // a header, a status, a time; may be empty
  std::string detail;
  bool operator==(const Evidence&) const = default;
};

struct Finding {
  Code code;
  Certainty certainty = Certainty::possible;
  Place place;
  Slots slots;
  std::vector<Evidence> because;
  bool operator==(const Finding&) const = default;
};

// The page's code has its data all the same: something in it is lost, or hangs by a thread.
bool leaves_answer_usable(const Finding& finding);

struct RuledOut {
  Family family;
  Evidence because;
  bool operator==(const RuledOut&) const = default;
};

// The one next look that would tell most apart.
enum class Question {
  open_console, ask_with_curl, send_probes, check_certificate,
};

struct Diagnosis {
  std::vector<Finding> findings;  // best first
  std::vector<RuledOut> ruled_out;
  std::optional<Question> next;
  bool operator==(const Diagnosis&) const = default;
};

}  // namespace blindspot
