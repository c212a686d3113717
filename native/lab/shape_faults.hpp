// A healthy JSON text made to break its contract in a named way: another shape, and still valid JSON.
// Texts that are no JSON any more are left to broken_bodies; who sends it, and when, to mix.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace blindspot::lab {

enum class ShapeChange {
  drop,    // the field is left out: shape-missing-field
  rename,  // its name in another spelling, user_name as userName: shape-renamed-field
  retype,  // a number or boolean as text, a text as number: shape-wrong-type
  null,    // shape-null
  array,   // an object inside an array, an array as an object: shape-array-object
  enum_value,  // a text that no list of values has, written "enum": shape-not-in-enum
};

std::vector<std::string_view> shape_change_names();
std::optional<ShapeChange> parse_shape_change(std::string_view name);

// Why a change was not made, in words for the person who asked for it.
struct ShapeRefusal {
  std::string words;
};

inline constexpr std::size_t deepest_sample = 200;

// The sample, valid JSON, with this one change and every other byte as it was. Without a
// pointer (RFC 6901) the change falls on the value where it does the most harm, the first of those in the text.
Result<std::string, ShapeRefusal> change_shape(ShapeChange change, std::string_view sample, std::optional<std::string_view> pointer);

}  // namespace blindspot::lab
