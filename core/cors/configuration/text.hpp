// The parts the texts of configurations are made of: lines that stay or go, and strings quoted for each language.
// Private to this folder.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cors/repair.hpp"

namespace blindspot::configuration {

using Names = std::vector<std::string>;

struct Slot {
  std::string_view name;
  std::string value;
};

// Puts values in for <<name>>. A line with an empty slot is left out; "?name|" and "!name|" in front of a line keep it
// only where that slot is filled, or empty. `text` begins with a line break that is not part of it.
std::string fill(std::string_view text, const std::vector<Slot>& slots);

// "..." with \ before " and \: C#, Go, Java, JavaScript, JSON, Python.
std::string double_quoted(std::string_view text);
// '...' with \ before ' and \: PHP, Ruby.
std::string single_quoted(std::string_view text);

std::string joined(const Names& items, std::string_view separator);
std::string each(const Names& items, const std::function<std::string(std::string_view)>& write,
                 std::string_view separator = ", ");
bool has(const Names& items, std::string_view item);
// With GET, HEAD and POST, which browsers send without asking.
Names with_simple_methods(Names methods);
// Of a regular expression that matches this text and nothing else; without anchors.
std::string escaped_pattern(std::string_view text);

std::string nginx(const CorsPolicy& policy);
std::string apache(const CorsPolicy& policy);
std::string caddy(const CorsPolicy& policy);
std::string express(const CorsPolicy& policy);
std::string fastify(const CorsPolicy& policy);
std::string cloud_function(const CorsPolicy& policy);
std::string django(const CorsPolicy& policy);
std::string fastapi(const CorsPolicy& policy);
std::string flask(const CorsPolicy& policy);
std::string go(const CorsPolicy& policy);
std::string gin(const CorsPolicy& policy);
std::string spring(const CorsPolicy& policy);
std::string aspnet_core(const CorsPolicy& policy);
std::string laravel(const CorsPolicy& policy);
std::string rails(const CorsPolicy& policy);
std::string s3(const CorsPolicy& policy);
std::string api_gateway(const CorsPolicy& policy);
std::string plain_headers(const CorsPolicy& policy);

}  // namespace blindspot::configuration
