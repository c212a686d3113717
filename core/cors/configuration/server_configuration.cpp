// How does one tell a server to allow this? Which text belongs to which server, and what no policy may hold.
#include "core/cors/configuration/server_configuration.hpp"

#include "core/cors/configuration/text.hpp"

namespace blindspot {
namespace {

struct Row {
  Server server;
  std::string_view slug;
  const configuration::Dialect& dialect;
};

constexpr Row rows[] = {
    {Server::headers, "headers", configuration::plain_headers},
    {Server::nginx, "nginx", configuration::nginx},
    {Server::apache, "apache", configuration::apache},
    {Server::caddy, "caddy", configuration::caddy},
    {Server::express, "express", configuration::express},
    {Server::fastify, "fastify", configuration::fastify},
    {Server::spring, "spring", configuration::spring},
    {Server::aspnet_core, "aspnet-core", configuration::aspnet_core},
    {Server::django, "django", configuration::django},
    {Server::fastapi, "fastapi", configuration::fastapi},
    {Server::flask, "flask", configuration::flask},
    {Server::go, "go", configuration::go},
    {Server::gin, "gin", configuration::gin},
    {Server::laravel, "laravel", configuration::laravel},
    {Server::rails, "rails", configuration::rails},
    {Server::s3, "s3", configuration::s3},
    {Server::api_gateway, "api-gateway", configuration::api_gateway},
    {Server::cloud_function, "cloud-function", configuration::cloud_function},
};

}  // namespace

std::string_view server_slug(Server server) {
  for (const Row& row : rows) {
    if (row.server == server) return row.slug;
  }
  return "";
}

std::optional<Server> parse_server(std::string_view slug) {
  for (const Row& row : rows) {
    if (row.slug == slug) return row.server;
  }
  return std::nullopt;
}

std::string server_configuration(Server server, CorsPolicy policy) {
  if (policy.credentials) {
    for (std::vector<std::string>* list : {&policy.origins, &policy.methods, &policy.headers, &policy.exposed}) {
      std::erase(*list, "*");
    }
  }
  for (const Row& row : rows) {
    if (row.server == server) return configuration::fill(row.dialect, policy);
  }
  return "";
}

}  // namespace blindspot
