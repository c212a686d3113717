// The terminal program: which subcommand was asked for? Each does its own reading of options.
#include <iostream>
#include <string_view>
#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "native/cors_command.hpp"
#include "native/json_command.hpp"
#include "native/schema_command.hpp"
#include "native/serve.hpp"

namespace {

constexpr std::string_view usage =
    "usage: blindspot COMMAND\n"
    "\n"
    "  serve     the page and the fault lab, on this machine (serve --help)\n"
    "  cors      what a browser makes of the answers to a call, and the repair (cors --help)\n"
    "  json      why a text is not JSON, and what would mend it (json --help)\n"
    "  schema    is this JSON what its contract wants? (schema --help)\n"
    "  cases     the slugs of the catalogue, one a line\n"
    "  help      this text\n"
    "\n"
    "  --version\n";

int list_cases() {
  for (const auto& file : blindspot::catalogue_files()) std::cout << file.slug << '\n';
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string_view> arguments(values, values + count);
  if (arguments.size() < 2) {
    std::cerr << usage;
    return 2;
  }
  const auto command = arguments[1];
  if (command == "serve") return blindspot::serve(arguments[0], {arguments.begin() + 2, arguments.end()});
  if (command == "cors") return blindspot::cors_command({arguments.begin() + 2, arguments.end()});
  if (command == "json") return blindspot::json_command({arguments.begin() + 2, arguments.end()});
  if (command == "schema") return blindspot::schema_command({arguments.begin() + 2, arguments.end()});
  if (command == "cases") return list_cases();
  if (command == "help" || command == "--help" || command == "-h") {
    std::cout << usage;
    return 0;
  }
  if (command == "--version" || command == "version") {
    std::cout << "blindspot " << BLINDSPOT_VERSION << '\n';
    return 0;
  }
  std::cerr << "blindspot: unknown command " << command << "; see blindspot help\n";
  return 2;
}
