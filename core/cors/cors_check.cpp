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

// "Name: value" with all values of that name joined, as header_value does; the bare name where there is none.
std::string header_line(const Headers& headers, std::string_view name) {
  std::string line;
  for (const Header& header : headers) {
    if (!equals_ignoring_case(header.name, name)) continue;
    if (line.empty()) {
      line.reserve(name.size() + 2 + header.value.size());
      line += name;
      line += ": ";
    } else {
      line += ", ";
    }
    line += header.value;
  }
  return line.empty() ? std::string(name) : line;
}

// What stands behind the name; nothing for the bare name.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  return line.size() == name.size() ? std::nullopt : std::optional(line.substr(name.size() + 2));
}

bool run(const CheckNames& names, const Headers& headers, std::string_view origin, Credentials credentials,
         std::vector<StepTaken>& trace) {
  const auto take = [&](StepId id, bool passed, std::string subject, std::string_view wanted) {
    trace.push_back({id, passed, std::move(subject), std::string(wanted)});
    return passed;
  };
  const bool with_credentials = credentials == Credentials::include;

  // cors-check.1: all values of the header, joined; two headers therefore never match.
  std::string allowed_line = header_line(headers, allow_origin);
  const std::optional<std::string_view> allowed = value_of(allowed_line, allow_origin);

  // cors-check.2: without it nobody may read. NOTE: the text "null" is a value.
  if (!take(names.check_2, allowed.has_value(), allowed_line, allowed ? "" : origin)) return false;

  // cors-check.3: the wildcard lets everyone read what was asked for without credentials.
  if (!with_credentials && *allowed == "*") return take(names.check_3, true, std::move(allowed_line), "");

  // cors-check.4: otherwise byte for byte the request's origin.
  if (!take(names.check_4, *allowed == origin, allowed_line, origin)) return false;

  // cors-check.5: without credentials that is enough.
  if (!with_credentials) return take(names.check_5, true, std::move(allowed_line), "");

  // cors-check.6, .7: with credentials the server says so in addition, in exactly this spelling. .8: or it fails.
  std::string credentials_line = header_line(headers, allow_credentials);
  const bool agreed = value_of(credentials_line, allow_credentials) == "true";
  return take(agreed ? names.check_7 : names.check_8, agreed, std::move(credentials_line), "true");
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
