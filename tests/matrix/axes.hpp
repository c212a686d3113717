// What is varied? One axis for each thing a page or a server can do differently, each with a small alphabet: well-formed,
// malformed, doubled, with white space, in the wrong case. Which combinations are played is left to cases.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/http/exchange.hpp"
#include "core/http/request.hpp"

namespace blindspot::matrix {

// Where page and lab are: origins, and a second name of the lab, which makes it another origin.
struct Places {
  std::string page, lab, other;
};

// A call as it takes shape. Values of headers may hold {page}, {PAGE}, {method}, {headers}.
struct Draft {
  enum class Api { fetch, xhr, xhr_upload } api = Api::fetch;
  Request request;
  bool to_other = false;
  Headers preflight;  // the templates of the last hop's preflight
  Headers actual;     // and of its answer
  int preflight_status = 204, status = 200;
  int redirect_status = 0;  // 0: one hop
  bool redirect_to_other = false;
  Headers redirect_lines;  // of the first hop's answer, with {next}
  Headers first_lines;     // Access-Control-* of the first hop's answer
};

struct Value {
  std::string name;
  void (*apply)(Draft&, const Value&) = nullptr;
  Headers lines = {};
  int number = 0;
};

enum class Needs { nothing, preflight, redirect, opaque };

struct Axis {
  std::string name;
  Needs needs;
  std::vector<Value> values;  // the first one is what a plain call does
};

const std::vector<Axis>& axes();
std::size_t axis_index(std::string_view name);

}  // namespace blindspot::matrix
