// The parts diagnose is made of: candidates with a weight, and one list of rules a family. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnosis/diagnose.hpp"

namespace blindspot {

// A cause that nothing contradicts so far. Weights are relative: how often, among calls that look like this one, this was
// the cause; they order the list and never make a finding certain.
struct Candidate {
  Code code;
  int weight = 1;
  Place place = {};
  Slots slots = {};
  std::vector<Evidence> because = {};
};

struct Candidates {
  std::vector<Candidate> list;
  bool others_beyond_catalogue = false;  // a code without a folder yet would look the same
};

// The page alone: no head was ever visible.
Candidates hypotheses_for_failure(const Call& call);
Candidates hypotheses_for_time_limit(const Call& call);
// The head was visible, then the body broke off or fell silent.
Candidates hypotheses_for_broken_body(const Call& call);

// What the exchange says, however little the page saw. Empty when the wire shows nothing wrong.
std::vector<Candidate> findings_from_exchange(const Call& call);

// What the exchange shows although the page read the answer: it works, and something was lost or hangs by a thread.
std::vector<Candidate> hidden_findings(const Call& call);

// What a readable answer says: status first, then the content. Empty when all is well.
std::vector<Candidate> findings_from_answer(const Call& call, int status, const Headers& headers, std::string_view body);
std::vector<Candidate> status_findings(const Call& call, int status, const Headers& headers, std::string_view body);
// The text first; of a text that is JSON the envelope, the contract, then what can be remarked on it.
std::vector<Candidate> content_findings(const Call& call, int status, const Headers& headers, std::string_view body);
// What the caller's program threw, where it is an error of working with an answer.
std::optional<Candidate> program_finding(const Call& call, std::string_view body);

// What a preflight is needed for, without its value, which may be a secret: "Authorization" of "Authorization: Bearer x".
std::string name_of_reason(std::string_view subject);
// Bodies larger than this are not parsed into values: neither envelope nor contract is read from them.
inline constexpr std::size_t parse_limit = 8 * 1024 * 1024;

std::string text_of_ms(double ms);  // "1.5 s", "300 ms"
// At most `most` bytes of printable text, cut at a code point, line breaks shown as spaces.
std::string excerpt(std::string_view bytes, std::size_t most);

}  // namespace blindspot
