// Does an answer let this origin read it? https://fetch.spec.whatwg.org/#concept-cors-check
#include "core/cors/cors_check.hpp"

#include "core/cors/steps.hpp"

namespace blindspot {
namespace {

struct CheckNames {
  StepId check_2, check_3, check_4, check_5, check_7, check_8;
};

constexpr CheckNames actual_names = {step::cors_check_2, step::cors_check_3, step::cors_check_4,
                                     step::cors_check_5, step::cors_check_7, step::cors_check_8};
constexpr CheckNames preflight_names = {step::preflight_cors_check_2, step::preflight_cors_check_3,
                                        step::preflight_cors_check_4, step::preflight_cors_check_5,
                                        step::preflight_cors_check_7, step::preflight_cors_check_8};

constexpr std::string_view allow_origin = "Access-Control-Allow-Origin";
constexpr std::string_view allow_credentials = "Access-Control-Allow-Credentials";

std::string header_line(std::string_view name, const std::optional<std::string>& value) {
  std::string line;
  line.reserve(name.size() + (value ? value->size() + 2 : 0));
  line += name;
  if (value) {
    line += ": ";
    line += *value;
  }
  return line;
}

bool run(const CheckNames& names, const Headers& headers, std::string_view origin, Credentials credentials,
         std::vector<StepTaken>& trace) {
  const auto take = [&](StepId id, bool passed, std::string subject, std::string_view wanted) {
    trace.push_back({id, passed, std::move(subject), std::string(wanted)});
    return passed;
  };
  const bool with_credentials = credentials == Credentials::include;

  // cors-check.1: all values of the header, joined; two headers therefore never match.
  const std::optional<std::string> allowed = header_value(headers, allow_origin);
  std::string allowed_line = header_line(allow_origin, allowed);

  // cors-check.2: without it nobody may read. NOTE: the text "null" is a value.
  if (!take(names.check_2, allowed.has_value(), allowed_line, allowed ? "" : origin)) return false;

  // cors-check.3: the wildcard lets everyone read what was asked for without credentials.
  if (!with_credentials && *allowed == "*") return take(names.check_3, true, std::move(allowed_line), "");

  // cors-check.4: otherwise byte for byte the request's origin.
  if (!take(names.check_4, *allowed == origin, allowed_line, origin)) return false;

  // cors-check.5: without credentials that is enough.
  if (!with_credentials) return take(names.check_5, true, std::move(allowed_line), "");

  // cors-check.6, .7: with credentials the server says so in addition, in exactly this spelling. .8: or it fails.
  const std::optional<std::string> value = header_value(headers, allow_credentials);
  const bool agreed = value == "true";
  return take(agreed ? names.check_7 : names.check_8, agreed, header_line(allow_credentials, value), "true");
}

}  // namespace

bool cors_check(const Headers& response_headers, std::string_view origin, Credentials credentials,
                std::vector<StepTaken>& trace) {
  return run(actual_names, response_headers, origin, credentials, trace);
}

bool preflight_cors_check(const Headers& response_headers, std::string_view origin, Credentials credentials,
                          std::vector<StepTaken>& trace) {
  return run(preflight_names, response_headers, origin, credentials, trace);
}

}  // namespace blindspot
