// The policy for services that take it as data, and as the plain headers.
#include <algorithm>

#include "core/cors/configuration/text.hpp"

namespace blindspot::configuration {
namespace {

std::string as_it_is(std::string_view text) {
  return std::string(text);
}

// Of a bucket nothing else can be asked; the service refuses other words.
void keep_known_methods(CorsPolicy& policy) {
  const Names known = {"GET", "HEAD", "POST", "PUT", "DELETE"};
  if (has(policy.methods, "*")) policy.methods = known;
  add_simple_methods(policy);
  std::erase_if(policy.methods, [&](const std::string& method) { return !has(known, method); });
}

}  // namespace

const Dialect s3 = {
    R"TEXT(
{
  "CORSRules": [
    {
      "AllowedOrigins": [<<origins>>],
!origins|      "AllowedOrigins": [],
      "AllowedHeaders": [<<headers>>],
      "ExposeHeaders": [<<exposed>>],
      "MaxAgeSeconds": <<max_age>>,
      "AllowedMethods": [<<methods>>]
    }
  ]
}
)TEXT",
    double_quoted, nullptr, nullptr, nullptr, ", ", keep_known_methods};

const Dialect api_gateway = {
    R"TEXT(
{
  "AllowOrigins": [<<origins>>],
!origins|  "AllowOrigins": [],
  "AllowHeaders": [<<headers>>],
  "ExposeHeaders": [<<exposed>>],
?credentials|  "AllowCredentials": true,
  "MaxAge": <<max_age>>,
  "AllowMethods": [<<methods>>]
!methods|  "AllowMethods": []
}
)TEXT",
    double_quoted};

const Dialect plain_headers = {
    R"TEXT(
HTTP/1.1 204 No Content
Access-Control-Allow-Origin: <<origin>>
?credentials|Access-Control-Allow-Credentials: true
Access-Control-Allow-Methods: <<methods_line>>
Access-Control-Allow-Headers: <<headers_line>>
Access-Control-Max-Age: <<max_age>>
!any|Vary: Origin

HTTP/1.1 200 OK
Access-Control-Allow-Origin: <<origin>>
?credentials|Access-Control-Allow-Credentials: true
Access-Control-Expose-Headers: <<exposed_line>>
!any|Vary: Origin
)TEXT",
    as_it_is};

}  // namespace blindspot::configuration
