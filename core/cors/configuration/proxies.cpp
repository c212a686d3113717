// The policy for servers that stand in front: nginx, Apache, Caddy.
#include "core/cors/configuration/text.hpp"

namespace blindspot::configuration {
namespace {

std::string any_origin(const CorsPolicy& policy) {
  return has(policy.origins, "*") ? "*" : "";
}

std::string yes(bool value) {
  return value ? "yes" : "";
}

std::string seconds(const CorsPolicy& policy) {
  return policy.max_age_s ? std::to_string(*policy.max_age_s) : "";
}

std::string doubled(std::string_view text, char special) {
  std::string out;
  for (char c : text) out += std::string(c == special ? 2 : 1, c);
  return out;
}

std::string with_backslash(std::string_view text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// One line an origin by `match`; lists by `value`.
std::vector<Slot> slots_of(const CorsPolicy& policy, const std::function<std::string(std::string_view)>& match,
                           const std::function<std::string(const Names&)>& value) {
  return {{"any", any_origin(policy)},
          {"origins", each(policy.origins, match, "\n")},
          {"credentials", yes(policy.credentials)},
          {"exposed", value(policy.exposed)},
          {"methods", value(policy.methods)},
          {"headers", value(policy.headers)},
          {"max_age", seconds(policy)}};
}

// In nginx a $ begins a variable and cannot be escaped: another variable stands for it.
std::string nginx_value(const Names& items) {
  if (items.empty()) return "";
  std::string out;
  for (char c : joined(items, ", ")) out += c == '$' ? std::string("${dollar}") : std::string(1, c);
  return double_quoted(out);
}

}  // namespace

std::string nginx(const CorsPolicy& policy) {
  const std::string values = nginx_value(policy.methods) + nginx_value(policy.headers) + nginx_value(policy.exposed);
  const bool dollar = values.find("${dollar}") != std::string::npos;
  const auto match = [](std::string_view origin) { return "    " + double_quoted(origin) + " $http_origin;"; };
  std::vector<Slot> slots = slots_of(policy, match, nginx_value);
  slots.push_back({"dollar", yes(dollar)});
  return fill(R"TEXT(
?dollar|geo $dollar {
?dollar|    default "$";
?dollar|}
!any|map $http_origin $cors_origin {
!any|    default "";
!any|<<origins>>
!any|}
?credentials|map $cors_origin $cors_credentials {
?credentials|    default true;
?credentials|    "" "";
?credentials|}
map $request_method:$http_access_control_request_method $cors_preflight {
    default "";
    "~^OPTIONS:." 1;
}

server {
    listen 8080;

    location / {
        if ($cors_preflight) {
!any|            add_header Access-Control-Allow-Origin $cors_origin always;
?any|            add_header Access-Control-Allow-Origin "*" always;
?credentials|            add_header Access-Control-Allow-Credentials $cors_credentials always;
            add_header Access-Control-Allow-Methods <<methods>> always;
            add_header Access-Control-Allow-Headers <<headers>> always;
            add_header Access-Control-Max-Age <<max_age>> always;
!any|            add_header Vary Origin always;
            return 204;
        }
!any|        add_header Access-Control-Allow-Origin $cors_origin always;
?any|        add_header Access-Control-Allow-Origin "*" always;
?credentials|        add_header Access-Control-Allow-Credentials $cors_credentials always;
        add_header Access-Control-Expose-Headers <<exposed>> always;
!any|        add_header Vary Origin always;

        proxy_hide_header Access-Control-Allow-Origin;
        proxy_hide_header Access-Control-Allow-Credentials;
        proxy_hide_header Access-Control-Expose-Headers;
        proxy_pass http://127.0.0.1:3000;
    }
}
)TEXT",
              slots);
}

std::string apache(const CorsPolicy& policy) {
  // % begins a format, " ends the argument.
  const auto value = [](const Names& items) {
    return items.empty() ? "" : "\"" + with_backslash(doubled(joined(items, ", "), '%'), "\"\\") + "\"";
  };
  const auto match = [](std::string_view origin) {
    return "SetEnvIf Origin \"^" + with_backslash(escaped_pattern(origin), "\"") + "$\" CORS_ORIGIN=$0";
  };
  return fill(R"TEXT(
!any|<<origins>>

Header onsuccess unset Access-Control-Allow-Origin
Header onsuccess unset Access-Control-Allow-Credentials
Header onsuccess unset Access-Control-Expose-Headers
!any|Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
?any|Header always set Access-Control-Allow-Origin "*"
?credentials|Header always set Access-Control-Allow-Credentials "true" env=CORS_ORIGIN
!any|Header always set Access-Control-Expose-Headers <<exposed>> env=CORS_ORIGIN
?any|Header always set Access-Control-Expose-Headers <<exposed>>
!any|Header always merge Vary "Origin"

!any|SetEnvIfExpr "%{REQUEST_METHOD} == 'OPTIONS' && -n req('Access-Control-Request-Method') && -n reqenv('CORS_ORIGIN')" CORS_PREFLIGHT
?any|SetEnvIfExpr "%{REQUEST_METHOD} == 'OPTIONS' && -n req('Access-Control-Request-Method')" CORS_PREFLIGHT
Header always set Access-Control-Allow-Methods <<methods>> env=CORS_PREFLIGHT
Header always set Access-Control-Allow-Headers <<headers>> env=CORS_PREFLIGHT
Header always set Access-Control-Max-Age "<<max_age>>" env=CORS_PREFLIGHT
RewriteEngine On
RewriteCond %{ENV:CORS_PREFLIGHT} .
RewriteRule ^ - [R=204,L]
)TEXT",
              slots_of(policy, match, value));
}

std::string caddy(const CorsPolicy& policy) {
  // Braces begin a placeholder, * at an end of a matcher's value a wildcard, which no origin holds.
  const auto word = [](std::string_view text) { return "\"" + with_backslash(text, "\"{}") + "\""; };
  const auto value = [&](const Names& items) { return items.empty() ? "" : word(joined(items, ", ")); };
  const auto match = [&](std::string_view origin) { return "\t\theader Origin " + word(origin); };
  return fill(R"TEXT(
:8080 {
!any|	@cors {
!any|<<origins>>
!any|	}
	@cors_preflight {
		method OPTIONS
		header Access-Control-Request-Method *
!any|<<origins>>
	}

!any|	header +Vary Origin
!any|	header @cors {
!any|		Access-Control-Allow-Origin {http.request.header.Origin}
?any|	header {
?any|		Access-Control-Allow-Origin *
?credentials|		Access-Control-Allow-Credentials true
		Access-Control-Expose-Headers <<exposed>>
	}

	handle @cors_preflight {
		header {
			Access-Control-Allow-Methods <<methods>>
			Access-Control-Allow-Headers <<headers>>
			Access-Control-Max-Age <<max_age>>
		}
		respond 204
	}
	handle {
		reverse_proxy 127.0.0.1:3000 {
			header_down -Access-Control-Allow-Origin
			header_down -Access-Control-Allow-Credentials
			header_down -Access-Control-Expose-Headers
		}
	}
}
)TEXT",
              slots_of(policy, match, value));
}

}  // namespace blindspot::configuration
