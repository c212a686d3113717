// `blindspot cors`: lines in, one object a line out; or one call in words. What comes of a call is left to core/cors.
#include "native/cors_command.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include "core/cors/configuration/server_configuration.hpp"
#include "core/intake/cors_line.hpp"
#include "core/intake/http_answers.hpp"

namespace blindspot {
namespace {

constexpr std::string_view usage =
    "usage: blindspot cors --lines FILE|-\n"
    "       blindspot cors --page ORIGIN --url URL [options] [FILE|-]\n"
    "\n"
    "Says what a browser makes of the answers to a cross-origin call, by the Fetch standard, and how to mend them.\n"
    "\n"
    "  --lines FILE         JSON Lines, one call each (core/intake/cors_line.hpp names the fields): one object a line,\n"
    "                       with verdict, preflight, step, repair; bad lines give error and position, and status 1\n"
    "\n"
    "One call; FILE or standard input holds what curl -i printed, with -L every hop:\n"
    "\n"
    "  --page ORIGIN        the calling page: https://app.example.com, or null\n"
    "  --url URL            what it calls\n"
    "  --method M           GET\n"
    "  --header 'N: V'      a request header; may be repeated\n"
    "  --credentials C      omit, same-origin (the default), include\n"
    "  --preflight FILE     what curl -i printed for the OPTIONS request\n"
    "  --expose NAME        a response header the page wants to read; may be repeated\n"
    "  --server NAME        print the policy for this server: nginx, express, ...\n"
    "  --config NAME        print nothing else than the policy for this server\n"
    "  --browsers           what browsers do where they differ from the standard\n";

struct Arguments {
  std::string lines;
  CorsLine call;
  std::string page, url, preflight, answers = "-";
  std::optional<Server> server;
  bool only_configuration = false;
  bool help = false;
};

struct Input {
  std::ifstream file;
  std::istream* stream = nullptr;
};

bool open_input(const std::string& name, Input& input) {
  if (name == "-") {
    input.stream = &std::cin;
    return true;
  }
  input.file.open(name, std::ios::binary);
  input.stream = &input.file;
  return input.file.good();
}

std::string server_names() {
  std::string names;
  for (Server server : all_servers) names += (names.empty() ? "" : ", ") + std::string(server_slug(server));
  return names;
}

// The error is one line.
std::optional<std::string> take_option(std::string_view name, const std::string& value, Arguments& parsed) {
  Request& request = parsed.call.request;
  if (name == "--lines") {
    parsed.lines = value;
  } else if (name == "--page") {
    parsed.page = value;
    request.page.origin = parse_origin(value);
    if (request.page.origin.opaque && value != "null") return "--page: " + value + " is no origin";
  } else if (name == "--url") {
    parsed.url = value;
    const auto url = parse_url(value);
    if (!url) return "--url: " + value + " is no URL";
    request.url = url.value();
  } else if (name == "--method") {
    request.method = value;
  } else if (name == "--header") {
    const std::size_t colon = value.find(':');
    if (colon == std::string::npos) return "--header needs 'Name: value'";
    request.headers.push_back({value.substr(0, colon), std::string(trim_http_whitespace(value.substr(colon + 1)))});
  } else if (name == "--credentials") {
    const auto credentials = parse_credentials(value);
    if (!credentials) return "--credentials: omit, same-origin or include";
    request.credentials = *credentials;
  } else if (name == "--preflight") {
    parsed.preflight = value;
  } else if (name == "--expose") {
    parsed.call.options.exposed.push_back(value);
  } else if (name == "--server" || name == "--config") {
    parsed.server = parse_server(value);
    parsed.only_configuration = name == "--config";
    if (!parsed.server) return std::string(name) + ": one of " + server_names();
  } else {
    return "unknown option " + std::string(name);
  }
  return std::nullopt;
}

Result<Arguments, std::string> parse_arguments(const std::vector<std::string_view>& arguments) {
  Arguments parsed;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    if (name == "--help" || name == "-h") {
      parsed.help = true;
    } else if (name == "--browsers") {
      parsed.call.options.predict.engine = Engine::browsers;
    } else if (!name.starts_with("--")) {
      parsed.answers = std::string(name);
    } else if (i + 1 == arguments.size()) {
      return std::string(name) + " needs a value";
    } else if (auto error = take_option(name, std::string(arguments[++i]), parsed)) {
      return *error;
    }
  }
  const bool one_call = !parsed.page.empty() || !parsed.url.empty();
  if (parsed.help) return parsed;
  if (parsed.lines.empty() == !one_call) return std::string("either --lines or --page and --url");
  if (one_call && (parsed.page.empty() || parsed.url.empty())) return std::string("--page and --url go together");
  if (parsed.answers == "-" && parsed.preflight == "-") return std::string("standard input can be read only once");
  return parsed;
}

std::string describe_error(std::size_t number, const CorsLineError& error) {
  nlohmann::json out = {{"error", error.problem}, {"line", number}};
  if (error.pointer.empty()) {
    out["offset"] = error.offset;
  } else {
    out["pointer"] = error.pointer;
  }
  return out.dump();
}

int read_lines(const std::string& name) {
  Input input;
  if (!open_input(name, input)) {
    std::cerr << "blindspot cors: cannot read " << name << '\n';
    return 1;
  }
  std::ios::sync_with_stdio(false);
  bool bad = false;
  std::size_t number = 0;
  for (std::string line; std::getline(*input.stream, line);) {
    ++number;
    if (trim_http_whitespace(line).empty()) continue;
    const auto call = parse_cors_line(line);
    std::cout << (call ? describe_cors_line(call.value()) : describe_error(number, call.error())) << '\n';
    bad = bad || !call;
  }
  return bad ? 1 : 0;
}

// Nothing where no head stands in it.
std::optional<std::vector<ResponseHead>> read_heads(const std::string& name) {
  Input input;
  if (!open_input(name, input)) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>(*input.stream), std::istreambuf_iterator<char>()};
  auto heads = parse_http_answers(text);
  if (!heads) return std::nullopt;
  return std::move(heads.value());
}

std::string place(std::size_t hop, Leg leg) {
  return (hop == 0 ? "" : "hop " + std::to_string(hop + 1) + ", ") + (leg == Leg::preflight ? "OPTIONS" : "answer");
}

void print_edit(const Edit& edit) {
  std::cout << "  " << place(edit.hop, edit.leg) << ": ";
  switch (edit.kind) {
    case EditKind::answer:
    case EditKind::set_status:
      std::cout << "status " << edit.status;
      break;
    case EditKind::append_header:
    case EditKind::set_header:
      std::cout << (edit.kind == EditKind::append_header ? "add " : "set ") << edit.name << ": " << edit.value;
      break;
    case EditKind::remove_header:
      std::cout << "remove " << edit.name;
      break;
  }
  std::cout << '\n';
}

void print_steps(const CorsLine& call) {
  const Prediction prediction = predict(call.request, call.exchange, call.options.predict);
  std::cout << (prediction.verdict.allowed ? "pass" : "network-error") << ", decided at "
            << prediction.verdict.decided_at << "\n\nsteps\n";
  for (const StepTaken& step : prediction.verdict.trace) {
    std::cout << (step.passed ? "  ok    " : "  FAIL  ") << step.id << "  " << printable_subject(step);
    if (!step.passed && !step.wanted.empty()) std::cout << "  (wanted: " << step.wanted << ')';
    std::cout << '\n';
  }
}

void print_repair(const Repair& found) {
  if (found.obstacle) std::cout << "\nno answer of the server would help: " << obstacle_name(*found.obstacle) << '\n';
  if (!found.edits.empty()) std::cout << "\nrepair\n";
  for (const Edit& edit : found.edits) print_edit(edit);
  if (!found.warnings.empty()) std::cout << "\nmind\n";
  for (const Warning& warning : found.warnings) {
    std::cout << "  " << place(warning.hop, warning.leg) << ": " << caution_name(warning.caution) << '\n';
  }
}

int print_call(const Arguments& arguments) {
  const CorsLine& call = arguments.call;
  const Repair found = repair(call.request, call.exchange, call.options);
  if (!arguments.only_configuration) {
    print_steps(call);
    print_repair(found);
  }
  if (!arguments.server) return 0;
  const auto policy = policy_of(call.request, apply_repair(call.exchange, found), call.options);
  if (!arguments.only_configuration && policy) std::cout << '\n';
  if (policy) std::cout << server_configuration(*arguments.server, *policy);
  if (policy || !arguments.only_configuration) return 0;
  std::cerr << "blindspot cors: no policy of the server lets this call through"
            << (found.obstacle ? ": " + std::string(obstacle_name(*found.obstacle)) : "") << '\n';
  return 1;
}

int read_call(Arguments arguments) {
  const auto heads = read_heads(arguments.answers);
  const auto asked = arguments.preflight.empty() ? std::nullopt : read_heads(arguments.preflight);
  if (!heads || (!arguments.preflight.empty() && !asked)) {
    std::cerr << "blindspot cors: " << (heads ? arguments.preflight : arguments.answers)
              << " holds no answer as curl -i prints it\n";
    return 1;
  }
  for (const ResponseHead& head : *heads) {
    Hop& hop = arguments.call.exchange.hops.emplace_back();
    hop.actual.emplace().head = head;
  }
  if (asked) arguments.call.exchange.hops.front().preflight.emplace().head = asked->front();
  return print_call(arguments);
}

}  // namespace

int cors_command(const std::vector<std::string_view>& arguments) {
  auto parsed = parse_arguments(arguments);
  if (!parsed) {
    std::cerr << "blindspot cors: " << parsed.error() << "; see blindspot cors --help\n";
    return 2;
  }
  if (parsed.value().help) {
    std::cout << usage;
    return 0;
  }
  return parsed.value().lines.empty() ? read_call(std::move(parsed.value())) : read_lines(parsed.value().lines);
}

}  // namespace blindspot
