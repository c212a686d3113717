// Which schema of an OpenAPI document (3.0 or 3.1) is the contract of this call? By server, path template, method, status
// and media type. Holding the body against it is left to contract.
#pragma once

#include "core/schema/contract.hpp"

namespace blindspot {

bool is_openapi(const Tree& document);
SchemaDraft openapi_draft(const Tree& document);

struct OpenApiChoice {
  Node schema = no_node;  // no_node: see `missing`
  NotChecked missing = NotChecked::no_operation;
  std::string operation;  // "GET /users/{id}"
  std::string response;   // "200", "2XX" or "default"
  std::string media_type;
  std::string parameters;  // names that the path template took from the URL, "id"
};

OpenApiChoice choose_schema(const Tree& document, const ContractCall& call);

}  // namespace blindspot
