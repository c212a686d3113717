// A folder of the catalogue called on paper: the world its target stands for, what crosses the wire, what the page sees.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/catalogue/catalogue.hpp"
#include "core/cors/predict.hpp"
#include "core/diagnosis/diagnose.hpp"

namespace blindspot {

struct Staged {
  Case a_case;
  Request request;
  Exchange exchange;
  Prediction prediction;
  // What the page sees: never sent where its own check refuses, else what is predicted.
  Observation observation;
  std::optional<RequestProblem> problem;
};

// Fails the test and gives a healthy case when the folder cannot be read.
Staged stage(std::string_view slug, Twin twin);

// The same call as the page alone knows it, and as whoever recorded the wire does.
Call blind_call(const Staged& staged);
Call known_call(const Staged& staged);

}  // namespace blindspot
