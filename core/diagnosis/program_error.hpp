// What does an error mean that a program threw while it worked with an answer? Reads the console's text as V8, SpiderMonkey,
// JavaScriptCore and the engines of mini programs word it, Python and PHP too; of the answer it knows nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace blindspot {

struct ProgramError {
  enum class Kind {
    read,        // a property of undefined or null was read or written
    call,        // what was called is no function, or what was walked through is no list
    body_twice,  // a response body was read a second time
  };
  Kind kind = Kind::read;
  std::string property;  // the name that was read or called; empty where the engine does not say it
  std::string owner;     // the expression that was not there, "order.customer.address"; empty likewise
  std::string found;     // "undefined" or "null"; empty where neither is said
  bool operator==(const ProgramError&) const = default;
};

// The first line that is such an error; nothing for any other text.
std::optional<ProgramError> read_program_error(std::string_view text);

// The last name of an expression, "address" of "order.customer.address" and of "order['address']"; empty when it ends otherwise.
std::string last_name(std::string_view expression);

}  // namespace blindspot
