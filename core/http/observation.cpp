// What the browser let the page see: the names of its parts.
#include "core/http/observation.hpp"

namespace blindspot {

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered:
      return "answered";
    case Outcome::opaque:
      return "opaque";
    case Outcome::failed:
      return "failed";
    case Outcome::aborted:
      return "aborted";
    case Outcome::timed_out:
      return "timed-out";
    case Outcome::never_sent:
      return "never-sent";
  }
  return "";
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  for (Outcome each : {Outcome::answered, Outcome::opaque, Outcome::failed, Outcome::aborted, Outcome::timed_out,
                       Outcome::never_sent}) {
    if (outcome_name(each) == name) return each;
  }
  return std::nullopt;
}

std::string_view probe_result_name(ProbeResult result) {
  switch (result) {
    case ProbeResult::not_asked:
      return "not-asked";
    case ProbeResult::readable:
      return "readable";
    case ProbeResult::opaque:
      return "opaque";
    case ProbeResult::opaque_redirect:
      return "opaque-redirect";
    case ProbeResult::body_error:
      return "body-error";
    case ProbeResult::rejected:
      return "rejected";
    case ProbeResult::timed_out:
      return "timed-out";
  }
  return "";
}

}  // namespace blindspot
