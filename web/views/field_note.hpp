// A remark that stands below a field.
#pragma once

#include <string>

#include "web/views/meaning.hpp"

namespace blindspot {

struct FieldNote {
  std::string text;
  Meaning meaning = Meaning::bad;
  bool operator==(const FieldNote&) const = default;
};

}  // namespace blindspot
