// Options in, one ready line out; what is served is left to native/lab.
#include "native/serve.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>

#include "native/lab/ports.hpp"
#include "native/lab/server.hpp"

namespace blindspot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view usage =
    "usage: blindspot serve [--port N] [--lan] [--dist DIR] [--ca FILE] [--verbose]\n"
    "\n"
    "Serves the page on port N and the fault lab on N+1. Sixteen ports, N to N+15, are taken; 0 finds a free block.\n"
    "\n"
    "  --port N     the page's port (8080)\n"
    "  --lan        be reachable from other machines, not from this one alone\n"
    "  --dist DIR   the built page (dist, here or beside the program)\n"
    "  --ca FILE    write the certificate of the lab's own authority, for clients that should trust it\n"
    "  --verbose    one line on stderr for each request\n";

struct ServeArguments {
  lab::ServerOptions server;
  std::string ca_file;
  bool help = false;
};

std::optional<std::uint16_t> parse_port(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

// The error is one line.
Result<ServeArguments, std::string> parse_arguments(const std::vector<std::string_view>& arguments) {
  ServeArguments parsed;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view name = arguments[i];
    std::optional<std::string_view> value;
    if (const auto equals = name.find('='); equals != std::string_view::npos && name.starts_with("--")) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    }
    const bool takes_value = name == "--port" || name == "--dist" || name == "--ca";
    if (takes_value && !value) {
      if (i + 1 == arguments.size()) return std::string(name) + " needs a value";
      value = arguments[++i];
    }
    if (!takes_value && value) return std::string(name) + " takes no value";
    if (name == "--port") {
      const auto port = parse_port(*value);
      if (!port) return "--port takes a number from 0 to 65520, not \"" + std::string(*value) + "\"";
      parsed.server.port = *port;
    } else if (name == "--dist") {
      parsed.server.dist = *value;
    } else if (name == "--ca") {
      parsed.ca_file = *value;
    } else if (name == "--lan") {
      parsed.server.lan = true;
    } else if (name == "--verbose") {
      parsed.server.verbose = true;
    } else if (name == "--help" || name == "-h") {
      parsed.help = true;
    } else {
      return "unknown option " + std::string(arguments[i]) + "; see blindspot serve --help";
    }
  }
  return parsed;
}

// ./dist, or the one in a folder above the program, as when it was built in build/.
fs::path find_dist(std::string_view program) {
  std::error_code error;
  if (fs::exists("dist/index.html", error)) return "dist";
  auto self = fs::read_symlink("/proc/self/exe", error);
  if (error) self = fs::absolute(program, error);
  for (auto folder = self.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / "dist" / "index.html", error)) return folder / "dist";
    if (folder == folder.root_path()) break;
  }
  return "dist";
}

void tell_lan(std::uint16_t port) {
  std::cerr << "warning: --lan lets every machine on this network call page and lab\n";
  for (const auto& address : lab::lan_addresses()) std::cout << "lan    page http://" << address << ':' << port << '\n';
}

int fail(const std::string& problem) {
  std::cerr << "blindspot serve: " << problem << '\n';
  return 1;
}

}  // namespace

int serve(std::string_view program, const std::vector<std::string_view>& arguments) {
  auto parsed = parse_arguments(arguments);
  if (!parsed) {
    fail(parsed.error());
    return 2;
  }
  auto& options = parsed.value().server;
  if (parsed.value().help) {
    std::cout << usage;
    return 0;
  }
  if (options.dist.empty()) options.dist = find_dist(program);
  options.version = BLINDSPOT_VERSION;
  const bool lan = options.lan;
  auto opened = lab::Server::open(std::move(options));
  if (!opened) return fail(opened.error());
  auto& server = *opened.value();
  if (const auto& file = parsed.value().ca_file; !file.empty()) {
    std::ofstream out(file, std::ios::binary);
    if (!(out << server.ca_pem()).flush()) return fail("cannot write " + file);
  }
  server.stop_on_signals();
  for (const auto& problem : server.problems()) std::cerr << "warning: " << problem << '\n';
  if (!server.page_built()) std::cerr << "page not built: run ./run\n";
  if (!server.never_accepts()) std::cerr << "warning: no port that never accepts on this system\n";
  if (lan) tell_lan(server.port());
  std::cout << "ready  page http://127.0.0.1:" << server.port() << "  lab http://127.0.0.1:" << server.port() + 1 << std::endl;
  server.run();
  return 0;
}

}  // namespace blindspot
