// Many APIs answer 200 and say in the body whether the call worked. Reads such envelopes, and the error bodies that
// common frameworks send with a status of 4xx or 5xx. Which code follows from it is left to diagnosis.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

// What a body says against one parameter or field: "items.0.price", "field required". Either may be empty.
struct Complaint {
  std::string parameter, message;
  bool operator==(const Complaint&) const = default;
};

struct Envelope {
  // code, errcode, success, status, error, problem, graphql, json-rpc, spring, fastapi, json-api, laravel, django, aws,
  // message
  std::string kind;
  bool failed = false;
  std::string code;  // the API's own code, as text; "" when there is none
  std::string message;
  std::string parameter;  // the parameter or field that is blamed first, where the body tells
  std::string pointer;    // JSON Pointer of the member that decided
  std::vector<Complaint> complaints;  // all that is blamed, at most 20; of a failure only
  bool operator==(const Envelope&) const = default;
};

// Nothing when the body is no JSON object or no envelope we know. Conservative: `failed` only where the body says so; with a
// status of 400 or more also shapes count that say nothing by themselves ({"email":["required"]}, {"message":"no"}).
// Codes that mean success: 0, 200 to 299, 20000, true, and as text "", "0" and other runs of zeros, "200" to "299",
// "20000", "OK", "SUCCESS", "SUCCEED" in any case. A message that says nothing but success outweighs an unknown code.
std::optional<Envelope> read_envelope(std::string_view raw_body, int status = 0);

// The names blamed, each once, "email, age"; "" when none is.
std::string blamed_names(const Envelope& envelope);

}  // namespace blindspot
