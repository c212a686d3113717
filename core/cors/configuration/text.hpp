// What a server's configuration is made of: a text whose lines stay or go, and how its language writes strings and lists.
// Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cors/repair.hpp"

namespace blindspot::configuration {

using Names = std::vector<std::string>;
using Write = std::string (*)(std::string_view);

// Slots are <<name>>. A line with an empty slot is left out; "?name|" and "!name|" in front of a line keep it only where that
// slot is filled, or empty.
//   origins methods headers exposed      lists, each item as the language writes it; empty: none
//   methods_line headers_line exposed_line   the list as one text, written as one item
//   origin                               the first one as it is; with any, *
//   origin_tests                         "origin == " before each, || between
//   max_age                              seconds
// For conditions alone: any (origin), any_method, any_header, null (is among the origins), credentials, dollar (is in a list).
struct Dialect {
  std::string_view text;  // begins with a line break that is not part of it
  Write item;
  Write origin = nullptr, method = nullptr, header = nullptr;  // where these differ from an item
  std::string_view between_origins = ", ";
  void (*adapt)(CorsPolicy&) = nullptr;  // what this server wants otherwise
};

std::string fill(const Dialect& dialect, CorsPolicy policy);

// "..." with \ before " and \: C#, Go, Java, JavaScript, JSON, Python.
std::string double_quoted(std::string_view text);
// '...' with \ before ' and \: PHP, Ruby.
std::string single_quoted(std::string_view text);
std::string with_backslash(std::string_view text, std::string_view special);
// Of a regular expression that matches this text and nothing else; without anchors.
std::string escaped_pattern(std::string_view text);

bool has(const Names& items, std::string_view item);
// With GET, HEAD and POST, which browsers send without asking.
void add_simple_methods(CorsPolicy& policy);

extern const Dialect plain_headers, nginx, apache, caddy, express, fastify, cloud_function, django, fastapi, flask, go, gin, spring,
    aspnet_core, laravel, rails, s3, api_gateway;

}  // namespace blindspot::configuration
