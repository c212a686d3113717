// The policy for programs: Express, Fastify, cloud functions, Django, FastAPI, Flask, Go, Gin, Spring, ASP.NET Core,
// Laravel, Rails.
#include "core/cors/configuration/text.hpp"

#include "core/http/headers.hpp"

namespace blindspot::configuration {
namespace {

// flask-cors reads a text with one of these characters as a pattern.
std::string flask_word(std::string_view text) {
  const bool pattern = text != "*" && text.find_first_of("*\\[]?$^(){}+|") != std::string_view::npos;
  return double_quoted(pattern ? escaped_pattern(text) + "$" : std::string(text));
}

std::string go_key(std::string_view text) {
  return double_quoted(text) + ": true";
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

}  // namespace

// What the middlewares of Express and Fastify take alike.
#define NODE_OPTIONS \
  "\n" \
  "!any|  origin: [<<origins>>],\n" \
  "?any|  origin: \"*\",\n" \
  "  methods: [<<methods>>],\n" \
  "  allowedHeaders: [<<headers>>],\n" \
  "!headers|  allowedHeaders: [],\n" \
  "  exposedHeaders: [<<exposed>>],\n" \
  "?credentials|  credentials: true,\n" \
  "  maxAge: <<max_age>>,"

const Dialect express = {
    R"TEXT(
const express = require("express");
const cors = require("cors");

const app = express();
app.use(cors({)TEXT" NODE_OPTIONS R"TEXT(
}));
)TEXT",
    double_quoted};

const Dialect fastify = {
    R"TEXT(
const app = require("fastify")();

app.register(require("@fastify/cors"), {)TEXT" NODE_OPTIONS R"TEXT(
});
)TEXT",
    double_quoted};

#undef NODE_OPTIONS

const Dialect cloud_function = {
    R"TEXT(
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
    double_quoted};

const Dialect django = {
    R"TEXT(
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
    double_quoted};

const Dialect fastapi = {
    R"TEXT(
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
    double_quoted};

const Dialect flask = {
    R"TEXT(
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
    double_quoted, flask_word, nullptr, flask_word};

const Dialect go = {
    R"TEXT(
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
    double_quoted, go_key};

// The package refuses an origin without a scheme: "null" goes through a function.
const Dialect gin = {
    R"TEXT(
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
!any|?null|		AllowOriginFunc: func(origin string) bool { return <<origin_tests>> },
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
    double_quoted};

const Dialect spring = {
    R"TEXT(
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
    double_quoted, nullptr, nullptr, nullptr, ", ", add_simple_methods};

const Dialect aspnet_core = {
    R"TEXT(
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
    double_quoted};

// A key cannot be left out: an empty list stays.
const Dialect laravel = {
    R"TEXT(
<?php

return [
    'paths' => ['*'],
    'allowed_methods' => [<<methods>>],
!methods|    'allowed_methods' => [],
    'allowed_origins' => [<<origins>>],
!origins|    'allowed_origins' => [],
    'allowed_origins_patterns' => [],
    'allowed_headers' => [<<headers>>],
!headers|    'allowed_headers' => [],
    'exposed_headers' => [<<exposed>>],
!exposed|    'exposed_headers' => [],
    'max_age' => <<max_age>>,
!max_age|    'max_age' => 0,
?credentials|    'supports_credentials' => true,
!credentials|    'supports_credentials' => false,
];
)TEXT",
    single_quoted};

const Dialect rails = {
    R"TEXT(
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins <<origins>>
    resource '*',
?any_header|      headers: :any,
!any_header|      headers: [<<headers>>],
      expose: [<<exposed>>],
?credentials|      credentials: true,
      max_age: <<max_age>>,
?any_method|      methods: :any
!any_method|      methods: [<<methods>>]
  end
end
)TEXT",
    single_quoted, ruby_origin, ruby_symbol, nullptr, ", ", add_simple_methods};

}  // namespace blindspot::configuration
