// How does one tell a server to allow this? The policy as configuration or code, ready to paste; texts are code, not prose.
//
// What each text expects around it:
//   headers         nothing: two answers as `curl -i` shows them, OPTIONS first; of several origins, the first
//   nginx           inside http {}: maps, then a server {} that listens on 8080 and passes on to 127.0.0.1:3000
//   apache          inside <VirtualHost> (or the main server); modules headers, setenvif, rewrite
//   caddy           a whole Caddyfile: listens on 8080, passes on to 127.0.0.1:3000
//   express         the head of a CommonJS file, packages express and cors; routes on `app` and app.listen() follow
//   fastify         the head of a CommonJS file, packages fastify and @fastify/cors; routes on `app`, app.listen() follow
//   spring          a class of a Spring Boot application with spring-web, beside the application's class
//   aspnet_core     the head of Program.cs; routes on `app` and app.Run() follow
//   django          the end of settings.py, package django-cors-headers
//   fastapi         the head of a module, package fastapi; routes on `api`, the server is told of `app`
//   flask           the head of a module, package flask-cors; routes on `app` follow
//   go              a file of package main: serve withCors(handler)
//   gin             a file of package main, module github.com/gin-contrib/cors: routes on newRouter()
//   laravel         config/cors.php
//   rails           config/initializers/cors.rb, gem rack-cors
//   s3              cors.json for: aws s3api put-bucket-cors --bucket NAME --cors-configuration file://cors.json
//   api_gateway     cors.json for: aws apigatewayv2 update-api --api-id ID --cors-configuration file://cors.json
//   cloud_function  an index.js, package @google-cloud/functions-framework; a function handle(request, response) follows
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/cors/repair.hpp"

namespace blindspot {

enum class Server {
  headers, nginx, apache, caddy, express, fastify, spring, aspnet_core, django, fastapi, flask, go, gin, laravel, rails,
  s3, api_gateway, cloud_function,
};

inline constexpr std::array all_servers = {
    Server::headers, Server::nginx,   Server::apache, Server::caddy, Server::express,     Server::fastify,
    Server::spring,  Server::aspnet_core, Server::django, Server::fastapi, Server::flask, Server::go,
    Server::gin,     Server::laravel, Server::rails,  Server::s3,    Server::api_gateway, Server::cloud_function};

std::string_view server_slug(Server server);  // "nginx", "aspnet-core", ...
std::optional<Server> parse_server(std::string_view slug);

// Origins are echoed only from the list, with Vary: Origin. With credentials, "*" in any list is left out: browsers read
// it as a name there. Several of these servers ask for consent to GET, HEAD and POST too: those are added where so.
std::string server_configuration(Server server, CorsPolicy policy);

}  // namespace blindspot
