// What a contract's findings say, in one sentence each and in both languages: breaches, what was not checked, and what is
// wrong with the contract itself.
#pragma once

#include <string>

#include "core/explain/explanation.hpp"
#include "core/schema/contract.hpp"

namespace blindspot {

// "items[0].price is missing (number), 200 times"
std::string say_shape(const ShapeFinding& finding, Language language);
std::string say_unchecked(const Unchecked& item, Language language);
std::string say_schema_problem(const SchemaProblem& problem, Language language);

// "$.items[0].price" of "/items/0/price"; names that are no words in brackets and quotes.
std::string pointer_path(std::string_view pointer);

}  // namespace blindspot
