// Does this body keep the contract? A JSON Schema (draft 7 or 2020-12, older ones as the nearest) or an OpenAPI document is
// held against the raw text, and each breach is placed in that text. Nothing is ever fetched, and whatever could not be
// checked is said. Which code follows from a breach is left to diagnosis, the words to explain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/schema_set.hpp"

namespace blindspot {

// Enumerators name the shape-* codes; diagnosis maps them.
enum class ShapeFault : std::uint8_t {
  missing_field,
  renamed_field,
  wrong_type,
  null_value,
  array_object,
  not_in_enum,
  out_of_range,
  format,
  extra_field,
  mismatch
};

std::string_view shape_fault_name(ShapeFault fault);  // "missing_field"
std::string_view shape_code(ShapeFault fault);        // "shape-missing-field", as in the list of codes

struct ShapeFinding {
  ShapeFault fault = ShapeFault::mismatch;
  std::string pointer;         // JSON Pointer of the value; of a missing field: where it would be
  std::string schema_pointer;  // the keyword that is broken; with the document's URI when it is not the contract itself
  std::string keyword;         // its name; "" where a schema is false
  std::string field;           // last name of the pointer, without array indexes; "" for the root
  std::string expected;        // a type ("string | null"), values, a format, or a limit such as ">= 1" or "length <= 20"
  std::string actual;          // the type found, or the value where the value is at fault; "" when absent
  std::string near_miss;       // renamed_field: the name that is there instead
  std::size_t count = 1;  // how many elements of arrays break the same keyword in the same way; the first is placed
  // The value in the raw text; renamed_field and extra_field: the name; missing_field: the bracket that opens the
  // object.
  std::size_t offset = 0, length = 0;
  std::size_t line = 1, column = 1;
  bool operator==(const ShapeFinding&) const = default;
};

// What was passed over, and why: a part of the contract that is listed here was not held against the body.
enum class NotChecked : std::uint8_t {
  remote_reference,      // leads out of the documents that are known
  unresolved_reference,  // leads nowhere
  circular_reference,    // comes back to itself for the same value
  pattern,               // no regular expression, or one that needs more than this engine has
  number,                // multipleOf by a number of more than 18 digits
  too_deep,              // beyond 400 levels of schemas
  too_much_work,         // beyond the number of steps that a body of this size is worth
  no_json,               // the body, or the contract
  no_operation,          // OpenAPI: no path and method fit the call
  no_response,           // OpenAPI: nothing is said about this status
  no_schema              // OpenAPI: nothing is said about this media type
};

std::string_view not_checked_name(NotChecked reason);

struct Unchecked {
  NotChecked reason = NotChecked::pattern;
  std::string schema_pointer;
  std::string value;  // the reference, the pattern, the method and path
  bool operator==(const Unchecked&) const = default;
};

struct ContractReport {
  std::vector<ShapeFinding> findings;  // in the order of the text, at most 1,000
  std::vector<Unchecked> unchecked;    // at most 100
  std::size_t breaches = 0;            // all, also those that are counted in a finding of another place
  bool kept() const { return breaches == 0; }
};

// The call that a body answered; OpenAPI documents are asked for its operation.
struct ContractCall {
  std::string method, url, media_type;
  int status = 0;  // 0: not known, the first response of success is taken
};

struct ContractOptions {
  Documents documents;                // what references may lead to, by URI
  SchemaDraft draft = SchemaDraft::draft2020;     // where no $schema says it
  // Decides about `format`, for one fits_format; without it `format` is a remark, as the standard has it.
  bool (*check_format)(std::string_view format, std::string_view text) = nullptr;
  bool formats_decide = false;        // everywhere, not only where a metaschema says so
  std::size_t steps = 0;              // schemas applied at most; 0: by the size of the body
};

// The contract is JSON text: a JSON Schema, or an OpenAPI document (3.0, 3.1) of which the call picks a schema.
ContractReport check_contract_text(std::string_view contract, std::string_view raw_body, const ContractCall& call = {},
                                   const ContractOptions& options = {});
// A body that is no JSON breaks no contract here: it is autopsy's. `format` decides: who writes that a text is a date means it.
std::vector<ShapeFinding> check_contract(const nlohmann::json& schema, std::string_view raw_body,
                                         const ContractCall& call = {});

enum class SchemaTrouble : std::uint8_t {
  not_a_schema,          // neither an object nor true or false
  unknown_type,          // `type` names none of the seven
  bad_keyword,           // the keyword's own value has the wrong type
  bad_pattern,           // no regular expression
  unsupported_pattern,   // one that cannot be checked here
  remote_reference,      // $ref leads to a document that is not known; it is taken as "anything goes"
  unresolved_reference,  // $ref leads nowhere in the document
};

struct SchemaProblem {
  SchemaTrouble trouble = SchemaTrouble::not_a_schema;
  std::string pointer;  // in the schema
  std::string value;    // what stands there, shortened
  std::size_t offset = 0, length = 0;  // the same in the schema's text
  bool operator==(const SchemaProblem&) const = default;
};

// At most 100, in the order of the document.
std::vector<SchemaProblem> schema_problems_of_text(std::string_view schema, const Documents& documents = {});
std::vector<SchemaProblem> schema_problems(const nlohmann::json& schema);
// True when there is no problem but references that lead out of the document and patterns that cannot be checked.
bool schema_is_usable(const nlohmann::json& schema);

// True when `there` looks like another spelling of `wanted`: userName and user_name, or a typing slip.
bool is_near_miss(std::string_view wanted, std::string_view there);

}  // namespace blindspot
