// The contract and the body are read, the schema is chosen, the walk is left to Checker.
#include "core/schema/contract.hpp"

#include <iterator>
#include <nlohmann/json.hpp>

#include "core/schema/checker.hpp"
#include "core/schema/format.hpp"
#include "core/schema/near_miss.hpp"
#include "core/schema/openapi.hpp"

namespace blindspot {

namespace {

constexpr std::string_view fault_names[] = {"missing_field", "renamed_field", "wrong_type", "null_value",  "array_object",
                                            "not_in_enum",   "out_of_range",  "format",     "extra_field", "mismatch"};
constexpr std::string_view codes[] = {"shape-missing-field", "shape-renamed-field", "shape-wrong-type", "shape-null",        "shape-array-object",
                                      "shape-not-in-enum",   "shape-out-of-range",  "shape-format",     "shape-extra-field", "shape-mismatch"};
constexpr std::string_view reasons[] = {"remote_reference", "unresolved_reference", "circular_reference", "pattern",     "number",   "too_deep",
                                        "too_much_work",    "no_json",              "no_operation",       "no_response", "no_schema"};
static_assert(std::size(fault_names) == static_cast<std::size_t>(ShapeFault::mismatch) + 1);
static_assert(std::size(codes) == std::size(fault_names));
static_assert(std::size(reasons) == static_cast<std::size_t>(NotChecked::no_schema) + 1);

}  // namespace

std::string_view shape_fault_name(ShapeFault fault) { return fault_names[static_cast<std::size_t>(fault)]; }
std::string_view shape_code(ShapeFault fault) { return codes[static_cast<std::size_t>(fault)]; }
std::string_view not_checked_name(NotChecked reason) { return reasons[static_cast<std::size_t>(reason)]; }

ContractReport check_contract_text(std::string_view contract, std::string_view raw_body, const ContractCall& call, const ContractOptions& options) {
  ContractReport out;
  const std::optional<Tree> body = Tree::parse(raw_body);
  SchemaSet schemas{std::string(contract), options.documents, options.draft};
  if (!body || !schemas.is_json()) {
    out.unchecked.push_back({NotChecked::no_json, "", schemas.is_json() ? "body" : "contract"});
    return out;
  }
  SchemaPlace root;
  if (const Tree& document = schemas.tree(root); is_openapi(document)) {
    schemas.treat_as(openapi_draft(document));
    const OpenApiChoice choice = choose_schema(document, call);
    if (choice.schema == no_node) {
      const std::string response = choice.response.empty() ? std::to_string(call.status) : choice.response + " " + call.media_type;
      out.unchecked.push_back({choice.missing, "", choice.operation + (choice.missing == NotChecked::no_operation ? "" : " " + response)});
      return out;
    }
    root.node = choice.schema;
  }
  Checker checker(schemas, *body, options);
  checker.check(root, 0);
  return checker.report(raw_body);
}

std::vector<ShapeFinding> check_contract(const nlohmann::json& schema, std::string_view raw_body, const ContractCall& call) {
  const std::string text = schema.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return check_contract_text(text, raw_body, call, {.documents = {}, .check_format = fits_format, .formats_decide = true}).findings;
}

std::vector<SchemaProblem> schema_problems(const nlohmann::json& schema) {
  return schema_problems_of_text(schema.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

bool schema_is_usable(const nlohmann::json& schema) {
  for (const SchemaProblem& problem : schema_problems(schema)) {
    if (problem.trouble != SchemaTrouble::remote_reference && problem.trouble != SchemaTrouble::unsupported_pattern) return false;
  }
  return true;
}

bool is_near_miss(std::string_view wanted, std::string_view there) { return near_miss_distance(wanted, there).has_value(); }

}  // namespace blindspot
