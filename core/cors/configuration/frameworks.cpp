// The policy for programs: Express, Fastify, cloud functions, Django, FastAPI, Flask, Go, Gin, Spring, ASP.NET Core,
// Laravel, Rails.
#include "core/cors/configuration/text.hpp"

#include "core/http/headers.hpp"

namespace blindspot::configuration {
namespace {

std::string seconds(const CorsPolicy& policy) {
  return policy.max_age_s ? std::to_string(*policy.max_age_s) : "";
}

std::string quoted_each(const Names& items) {
  return each(items, double_quoted);
}

std::string quoted_line(const Names& items) {
  return items.empty() ? "" : double_quoted(joined(items, ", "));
}

// The slots of languages with "...".
std::vector<Slot> slots_of(const CorsPolicy& policy) {
  const bool any = has(policy.origins, "*");
  return {{"any", any ? "yes" : ""},
          {"origins", quoted_each(policy.origins)},
          {"methods", quoted_each(policy.methods)},
          {"headers", quoted_each(policy.headers)},
          {"exposed", quoted_each(policy.exposed)},
          {"methods_line", quoted_line(policy.methods)},
          {"headers_line", quoted_line(policy.headers)},
          {"exposed_line", quoted_line(policy.exposed)},
          {"credentials", policy.credentials ? "yes" : ""},
          {"max_age", seconds(policy)}};
}

// flask-cors reads a text with one of these characters as a pattern.
std::string flask_word(std::string_view text) {
  const bool pattern = text != "*" && text.find_first_of("*\\[]?$^(){}+|") != std::string_view::npos;
  return double_quoted(pattern ? escaped_pattern(text) + "$" : std::string(text));
}

std::string ruby_symbol(std::string_view method) {
  const std::string name = ascii_lowercase(method);
  const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  return ":" + (plain ? name : single_quoted(name));
}

// rack-cors takes a word without a scheme for a host of any scheme.
std::string ruby_origin(std::string_view origin) {
  return origin == "null" ? "/\\Anull\\z/" : single_quoted(origin);
}

// What the middlewares of Express and Fastify take alike.
const std::string node_options = R"TEXT(
!any|  origin: [<<origins>>],
?any|  origin: "*",
  methods: [<<methods>>],
  allowedHeaders: [<<headers>>],
!headers|  allowedHeaders: [],
  exposedHeaders: [<<exposed>>],
?credentials|  credentials: true,
  maxAge: <<max_age>>,)TEXT";

}  // namespace

std::string express(const CorsPolicy& policy) {
  return fill(R"TEXT(
const express = require("express");
const cors = require("cors");

const app = express();
app.use(cors({)TEXT" + node_options + R"TEXT(
}));
)TEXT",
              slots_of(policy));
}

std::string fastify(const CorsPolicy& policy) {
  return fill(R"TEXT(
const app = require("fastify")();

app.register(require("@fastify/cors"), {)TEXT" + node_options + R"TEXT(
});
)TEXT",
              slots_of(policy));
}

std::string cloud_function(const CorsPolicy& policy) {
  return fill(R"TEXT(
const functions = require("@google-cloud/functions-framework");

!any|const allowedOrigins = new Set([<<origins>>]);
!any|
functions.http("api", (request, response) => {
!any|  const origin = request.get("Origin");
!any|  response.vary("Origin");
!any|  if (allowedOrigins.has(origin)) response.set("Access-Control-Allow-Origin", origin);
?any|  response.set("Access-Control-Allow-Origin", "*");
?credentials|  response.set("Access-Control-Allow-Credentials", "true");
  response.set("Access-Control-Expose-Headers", <<exposed_line>>);
  if (request.method === "OPTIONS" && request.get("Access-Control-Request-Method")) {
    response.set("Access-Control-Allow-Methods", <<methods_line>>);
    response.set("Access-Control-Allow-Headers", <<headers_line>>);
    response.set("Access-Control-Max-Age", "<<max_age>>");
    response.status(204).send("");
    return;
  }
  handle(request, response);
});
)TEXT",
              slots_of(policy));
}

std::string django(const CorsPolicy& policy) {
  return fill(R"TEXT(
INSTALLED_APPS += ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

!any|CORS_ALLOWED_ORIGINS = [<<origins>>]
?any|CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = [<<methods>>]
CORS_ALLOW_HEADERS = [<<headers>>]
!headers|CORS_ALLOW_HEADERS = []
CORS_EXPOSE_HEADERS = [<<exposed>>]
?credentials|CORS_ALLOW_CREDENTIALS = True
CORS_PREFLIGHT_MAX_AGE = <<max_age>>
)TEXT",
              slots_of(policy));
}

std::string fastapi(const CorsPolicy& policy) {
  return fill(R"TEXT(
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

api = FastAPI()

# Around the whole application: answers of 500 carry the headers too.
app = CORSMiddleware(
    api,
    allow_origins=[<<origins>>],
    allow_methods=[<<methods>>],
    allow_headers=[<<headers>>],
    expose_headers=[<<exposed>>],
?credentials|    allow_credentials=True,
    max_age=<<max_age>>,
)
)TEXT",
              slots_of(policy));
}

std::string flask(const CorsPolicy& policy) {
  std::vector<Slot> slots = slots_of(policy);
  slots[1].value = each(policy.origins, flask_word);
  slots[3].value = each(policy.headers, flask_word);
  return fill(R"TEXT(
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(
    app,
    origins=[<<origins>>],
    methods=[<<methods>>],
    allow_headers=[<<headers>>],
!headers|    allow_headers=[],
    expose_headers=[<<exposed>>],
?credentials|    supports_credentials=True,
    max_age=<<max_age>>,
?any|    send_wildcard=True,
)
)TEXT",
              slots);
}

std::string go(const CorsPolicy& policy) {
  std::vector<Slot> slots = slots_of(policy);
  slots[1].value = each(policy.origins, [](std::string_view origin) { return double_quoted(origin) + ": true"; });
  return fill(R"TEXT(
package main

import "net/http"

!any|var allowedOrigins = map[string]bool{<<origins>>}
!any|
func withCors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
!any|		origin := r.Header.Get("Origin")
!any|		header.Add("Vary", "Origin")
!any|		if allowedOrigins[origin] {
!any|			header.Set("Access-Control-Allow-Origin", origin)
?credentials|			header.Set("Access-Control-Allow-Credentials", "true")
!any|		}
?any|		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Access-Control-Expose-Headers", <<exposed_line>>)
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			header.Set("Access-Control-Allow-Methods", <<methods_line>>)
			header.Set("Access-Control-Allow-Headers", <<headers_line>>)
			header.Set("Access-Control-Max-Age", "<<max_age>>")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
)TEXT",
              slots);
}

std::string gin(const CorsPolicy& policy) {
  std::vector<Slot> slots = slots_of(policy);
  // The package refuses an origin without a scheme: "null" goes through a function.
  const bool null = has(policy.origins, "null");
  slots.push_back({"null", null ? "yes" : ""});
  slots.push_back({"test", each(policy.origins, [](std::string_view o) { return "origin == " + double_quoted(o); }, " || ")});
  return fill(R"TEXT(
package main

import (
?max_age|	"time"
?max_age|
	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func newRouter() *gin.Engine {
	router := gin.Default()
	router.Use(cors.New(cors.Config{
!any|!null|		AllowOrigins: []string{<<origins>>},
!any|?null|		AllowOriginFunc: func(origin string) bool { return <<test>> },
?any|		AllowAllOrigins: true,
		AllowMethods: []string{<<methods>>},
		AllowHeaders: []string{<<headers>>},
		ExposeHeaders: []string{<<exposed>>},
?credentials|		AllowCredentials: true,
		MaxAge: <<max_age>> * time.Second,
	}))
	return router
}
)TEXT",
              slots);
}

std::string spring(const CorsPolicy& policy) {
  std::vector<Slot> slots = slots_of(policy);
  slots[2].value = quoted_each(with_simple_methods(policy.methods));
  return fill(R"TEXT(
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

@Configuration
public class CorsSettings {
    @Bean
    public FilterRegistrationBean<CorsFilter> corsFilter() {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.of(<<origins>>));
        cors.setAllowedMethods(List.of(<<methods>>));
        cors.setAllowedHeaders(List.of(<<headers>>));
        cors.setExposedHeaders(List.of(<<exposed>>));
?credentials|        cors.setAllowCredentials(true);
        cors.setMaxAge(<<max_age>>L);

        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
)TEXT",
              slots);
}

std::string aspnet_core(const CorsPolicy& policy) {
  return fill(R"TEXT(
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCors(options => options.AddDefaultPolicy(policy =>
{
!any|    policy.WithOrigins(<<origins>>);
?any|    policy.AllowAnyOrigin();
    policy.WithMethods(<<methods>>);
    policy.WithHeaders(<<headers>>);
    policy.WithExposedHeaders(<<exposed>>);
?credentials|    policy.AllowCredentials();
    policy.SetPreflightMaxAge(TimeSpan.FromSeconds(<<max_age>>));
}));

var app = builder.Build();
app.UseCors();
)TEXT",
              slots_of(policy));
}

std::string laravel(const CorsPolicy& policy) {
  // A key cannot be left out: an empty list stays.
  const auto list = [](const Names& items) { return "[" + each(items, single_quoted) + "]"; };
  return fill(R"TEXT(
<?php

return [
    'paths' => ['*'],
    'allowed_methods' => <<methods>>,
    'allowed_origins' => <<origins>>,
    'allowed_origins_patterns' => [],
    'allowed_headers' => <<headers>>,
    'exposed_headers' => <<exposed>>,
    'max_age' => <<max_age>>,
    'supports_credentials' => <<credentials>>,
];
)TEXT",
              {{"methods", list(policy.methods)},
               {"origins", list(policy.origins)},
               {"headers", list(policy.headers)},
               {"exposed", list(policy.exposed)},
               {"max_age", std::to_string(policy.max_age_s.value_or(0))},
               {"credentials", policy.credentials ? "true" : "false"}});
}

std::string rails(const CorsPolicy& policy) {
  const auto list = [](const Names& items) { return "[" + each(items, single_quoted) + "]"; };
  Names options;
  if (!policy.headers.empty())
    options.push_back("headers: " + (has(policy.headers, "*") ? std::string(":any") : list(policy.headers)));
  const Names methods = with_simple_methods(policy.methods);
  options.push_back("methods: " + (has(methods, "*") ? std::string(":any") : "[" + each(methods, ruby_symbol) + "]"));
  if (!policy.exposed.empty()) options.push_back("expose: " + list(policy.exposed));
  if (policy.credentials) options.emplace_back("credentials: true");
  if (policy.max_age_s) options.push_back("max_age: " + seconds(policy));
  return fill(R"TEXT(
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins <<origins>>
    resource '*',
      <<options>>
  end
end
)TEXT",
              {{"origins", each(policy.origins, ruby_origin)}, {"options", joined(options, ",\n      ")}});
}

}  // namespace blindspot::configuration
