// The policy for servers that stand in front: nginx, Apache, Caddy.
#include "core/cors/configuration/text.hpp"

namespace blindspot::configuration {
namespace {

std::string replaced(std::string_view text, char special, std::string_view by) {
  std::string out;
  for (char c : text) {
    if (c == special) out += by;
    else out += c;
  }
  return out;
}

// In nginx a $ begins a variable and cannot be escaped: another variable stands for it.
std::string nginx_value(std::string_view text) {
  return replaced(double_quoted(text), '$', "${dollar}");
}

std::string nginx_origin(std::string_view origin) {
  return "    " + double_quoted(origin) + " $http_origin;";
}

// % begins a format, " ends the argument.
std::string apache_value(std::string_view text) {
  return double_quoted(replaced(text, '%', "%%"));
}

std::string apache_origin(std::string_view origin) {
  return "SetEnvIf Origin \"^" + with_backslash(escaped_pattern(origin), "\"") + "$\" CORS_ORIGIN=$0";
}

// Braces begin a placeholder, * at an end of a matcher's value a wildcard, which no origin holds.
std::string caddy_value(std::string_view text) {
  return "\"" + with_backslash(text, "\"{}") + "\"";
}

std::string caddy_origin(std::string_view origin) {
  return "\t\theader Origin " + caddy_value(origin);
}

}  // namespace

const Dialect nginx = {
    R"TEXT(
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
            add_header Access-Control-Allow-Methods <<methods_line>> always;
            add_header Access-Control-Allow-Headers <<headers_line>> always;
            add_header Access-Control-Max-Age <<max_age>> always;
!any|            add_header Vary Origin always;
            return 204;
        }
!any|        add_header Access-Control-Allow-Origin $cors_origin always;
?any|        add_header Access-Control-Allow-Origin "*" always;
?credentials|        add_header Access-Control-Allow-Credentials $cors_credentials always;
        add_header Access-Control-Expose-Headers <<exposed_line>> always;
!any|        add_header Vary Origin always;

        proxy_hide_header Access-Control-Allow-Origin;
        proxy_hide_header Access-Control-Allow-Credentials;
        proxy_hide_header Access-Control-Expose-Headers;
        proxy_pass http://127.0.0.1:3000;
    }
}
)TEXT",
    nginx_value, nginx_origin, nullptr, nullptr, "\n"};

const Dialect apache = {
    R"TEXT(
!any|<<origins>>

Header onsuccess unset Access-Control-Allow-Origin
Header onsuccess unset Access-Control-Allow-Credentials
Header onsuccess unset Access-Control-Expose-Headers
!any|Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
?any|Header always set Access-Control-Allow-Origin "*"
?credentials|Header always set Access-Control-Allow-Credentials "true" env=CORS_ORIGIN
!any|Header always set Access-Control-Expose-Headers <<exposed_line>> env=CORS_ORIGIN
?any|Header always set Access-Control-Expose-Headers <<exposed_line>>
!any|Header always merge Vary "Origin"

!any|SetEnvIfExpr "%{REQUEST_METHOD} == 'OPTIONS' && -n req('Access-Control-Request-Method') && -n reqenv('CORS_ORIGIN')" CORS_PREFLIGHT
?any|SetEnvIfExpr "%{REQUEST_METHOD} == 'OPTIONS' && -n req('Access-Control-Request-Method')" CORS_PREFLIGHT
Header always set Access-Control-Allow-Methods <<methods_line>> env=CORS_PREFLIGHT
Header always set Access-Control-Allow-Headers <<headers_line>> env=CORS_PREFLIGHT
Header always set Access-Control-Max-Age "<<max_age>>" env=CORS_PREFLIGHT
RewriteEngine On
RewriteCond %{ENV:CORS_PREFLIGHT} .
RewriteRule ^ - [R=204,L]
)TEXT",
    apache_value, apache_origin, nullptr, nullptr, "\n"};

const Dialect caddy = {
    R"TEXT(
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
		Access-Control-Expose-Headers <<exposed_line>>
	}

	handle @cors_preflight {
		header {
			Access-Control-Allow-Methods <<methods_line>>
			Access-Control-Allow-Headers <<headers_line>>
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
    caddy_value, caddy_origin, nullptr, nullptr, "\n"};

}  // namespace blindspot::configuration
