// The policy for services that take it as data, and as the plain headers.
#include <algorithm>

#include "core/cors/configuration/text.hpp"

namespace blindspot::configuration {
namespace {

std::string member(std::string_view name, const Names& items) {
  return double_quoted(name) + ": [" + each(items, double_quoted) + "]";
}

void add_lists(Names& members, const CorsPolicy& policy, std::string_view headers_name) {
  if (!policy.headers.empty()) members.push_back(member(headers_name, policy.headers));
  if (!policy.exposed.empty()) members.push_back(member("ExposeHeaders", policy.exposed));
}

}  // namespace

std::string s3(const CorsPolicy& policy) {
  // Of a bucket nothing else can be asked; the service refuses other words.
  const Names known = {"GET", "HEAD", "POST", "PUT", "DELETE"};
  Names methods = has(policy.methods, "*") ? known : with_simple_methods(policy.methods);
  std::erase_if(methods, [&](const std::string& method) { return !has(known, method); });
  Names members = {member("AllowedOrigins", policy.origins), member("AllowedMethods", methods)};
  add_lists(members, policy, "AllowedHeaders");
  if (policy.max_age_s) members.push_back("\"MaxAgeSeconds\": " + std::to_string(*policy.max_age_s));
  return "{\n  \"CORSRules\": [\n    {\n      " + joined(members, ",\n      ") + "\n    }\n  ]\n}\n";
}

std::string api_gateway(const CorsPolicy& policy) {
  Names members = {member("AllowOrigins", policy.origins), member("AllowMethods", policy.methods)};
  add_lists(members, policy, "AllowHeaders");
  if (policy.credentials) members.emplace_back("\"AllowCredentials\": true");
  if (policy.max_age_s) members.push_back("\"MaxAge\": " + std::to_string(*policy.max_age_s));
  return "{\n  " + joined(members, ",\n  ") + "\n}\n";
}

std::string plain_headers(const CorsPolicy& policy) {
  const bool any = has(policy.origins, "*");
  return fill(R"TEXT(
HTTP/1.1 204 No Content
Access-Control-Allow-Origin: <<origin>>
?credentials|Access-Control-Allow-Credentials: true
Access-Control-Allow-Methods: <<methods>>
Access-Control-Allow-Headers: <<headers>>
Access-Control-Max-Age: <<max_age>>
!any|Vary: Origin

HTTP/1.1 200 OK
Access-Control-Allow-Origin: <<origin>>
?credentials|Access-Control-Allow-Credentials: true
Access-Control-Expose-Headers: <<exposed>>
!any|Vary: Origin
)TEXT",
              {{"any", any ? "yes" : ""},
               {"origin", any ? "*" : policy.origins.empty() ? "" : policy.origins.front()},
               {"credentials", policy.credentials ? "yes" : ""},
               {"methods", joined(policy.methods, ", ")},
               {"headers", joined(policy.headers, ", ")},
               {"exposed", joined(policy.exposed, ", ")},
               {"max_age", policy.max_age_s ? std::to_string(*policy.max_age_s) : ""}});
}

}  // namespace blindspot::configuration
