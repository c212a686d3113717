// What does the browser decide, and at which step? The result of the Fetch standard's algorithms as values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

// A stable name such as "cors-check.4", "preflight.headers" or "network.connect". Points to a string with static storage.
using StepId = std::string_view;

struct StepTaken {
  StepId id;
  bool passed = true;
  std::string subject;  // what was looked at: a header's name and value, a method, an origin
  std::string wanted;   // what would have passed; empty where that is plain
  bool operator==(const StepTaken&) const = default;
};

struct Verdict {
  bool allowed = false;  // the page gets to read the answer
  StepId decided_at;
  bool preflighted = false;  // a preflight was needed for the first hop
  std::vector<StepTaken> trace;
  bool operator==(const Verdict&) const = default;
};

}  // namespace blindspot
