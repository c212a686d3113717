// Many APIs answer 200 and say in the body whether the call worked. Reads such envelopes, and the error bodies that
// common frameworks send with a status of 4xx or 5xx. Which code follows from it is left to diagnosis.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace blindspot {

struct Envelope {
  std::string kind;  // code, errcode, success, status, error, problem, graphql, json-rpc, spring, fastapi
  bool failed = false;
  std::string code;  // the API's own code, as text; "" when there is none
  std::string message;
  std::string parameter;  // the parameter or field that is blamed, where the body tells
  std::string pointer;    // JSON Pointer of the member that decided
  bool operator==(const Envelope&) const = default;
};

// Nothing when the body is no envelope we know. Conservative: `failed` only where the body says so.
// Codes that mean success: 0, 200 to 299, 20000, true, and as text "0" and other runs of zeros, "200" to "299",
// "20000", "OK", "SUCCESS", "SUCCEED" in any case. A message that says nothing but success outweighs an unknown code.
std::optional<Envelope> read_envelope(const nlohmann::json& body);

}  // namespace blindspot
