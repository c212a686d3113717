// Options, files, and two ways of printing: for people with the place in the text, for programs as JSON.
#include "native/schema_command.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/explain/shape_words.hpp"
#include "core/json/lines.hpp"
#include "core/json/scan.hpp"
#include "core/schema/format.hpp"
#include "core/schema/learn.hpp"
#include "core/schema/metaschema.hpp"
#include "core/schema/typescript.hpp"

namespace blindspot {

namespace {

constexpr std::string_view usage =
    "usage: blindspot schema SCHEMA FILE|-        is FILE what SCHEMA wants?\n"
    "       blindspot schema SCHEMA               is SCHEMA a good schema?\n"
    "       blindspot schema --learn SAMPLE...    a schema that accepts the samples\n"
    "       blindspot schema --typescript SCHEMA  its types\n"
    "\n"
    "SCHEMA is a JSON Schema (draft 7, 2020-12) or an OpenAPI document (3.0, 3.1) in JSON. Nothing is ever fetched.\n"
    "\n"
    "  --format json       for programs: {\"valid\", \"findings\": [...], \"unchecked\": [...]}\n"
    "  --lang en|zh        the language of the sentences\n"
    "  --assert-formats    `format` decides (date-time, email, uri, ...); without this it is a remark\n"
    "  --document URI=FILE what references to URI lead to; may be given again\n"
    "  --method GET --url URL --status 200 --type application/json\n"
    "                      the call that FILE answered: picks the schema of an OpenAPI document\n"
    "  --name NAME         the name of the first type\n"
    "\n"
    "Ends with 0 when the contract is kept, 1 when it is broken, 2 when it could not be asked.\n";

struct Asked {
  std::vector<std::string> files;
  bool learn = false, typescript = false, as_json = false, help = false;
  Language language = Language::en;
  std::string name = "Answer";
  ContractCall call{"GET", "", "", 0};
  ContractOptions options;
};

std::optional<std::string> read_file(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string out(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return std::nullopt;
  return out;
}

int refuse(const std::string& why) {
  std::cerr << "blindspot schema: " << why << '\n';
  return 2;
}

// The problem, or nothing.
std::string read_options(const std::vector<std::string_view>& arguments, Asked& asked) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word == "--help" || word == "-h") asked.help = true;
    else if (word == "--learn") asked.learn = true;
    else if (word == "--typescript") asked.typescript = true;
    else if (word == "--assert-formats") asked.options.formats_decide = true;
    else if (word == "-" || word.substr(0, 1) != "-") asked.files.emplace_back(word);
    else {
      if (i + 1 >= arguments.size()) return std::string(word) + " needs a value, or is no option; see blindspot schema --help";
      const std::string value(arguments[++i]);
      if (word == "--format") {
        if (value != "json" && value != "text") return "--format is json or text";
        asked.as_json = value == "json";
      } else if (word == "--lang") {
        if (value != "en" && value != "zh") return "--lang is en or zh";
        asked.language = value == "zh" ? Language::zh : Language::en;
      } else if (word == "--method") {
        asked.call.method = value;
      } else if (word == "--url") {
        asked.call.url = value;
      } else if (word == "--type") {
        asked.call.media_type = value;
      } else if (word == "--name") {
        asked.name = value;
      } else if (word == "--status") {
        if (value.size() != 3 || value.find_first_not_of("0123456789") != std::string::npos) return "--status is a number of three digits";
        asked.call.status = std::stoi(value);
      } else if (word == "--document") {
        const std::size_t equals = value.find('=');
        if (equals == std::string::npos || equals == 0) return "--document is URI=FILE";
        const std::optional<std::string> text = read_file(value.substr(equals + 1));
        if (!text) return "cannot read " + value.substr(equals + 1);
        asked.options.documents[value.substr(0, equals)] = *text;
      } else {
        return "unknown option " + std::string(word) + "; see blindspot schema --help";
      }
    }
  }
  return "";
}

// The line with the place under a caret; a long line only around it.
void print_place(std::string_view text, std::size_t offset, std::size_t length) {
  constexpr std::size_t before = 40, around = 100;
  const LineIndex lines(text);
  const LineColumn place = lines.locate(offset);
  const std::string_view line = lines.line_text(place.line);
  const std::size_t at = std::min(offset - lines.line_start(place.line), line.size());
  std::size_t from = at > before ? at - before : 0;
  while (from > 0 && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80) --from;
  std::size_t end = std::min(line.size(), from + around);
  while (end > from && end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  // Wide characters take two columns on a terminal.
  const auto columns = [&](std::size_t first, std::size_t last) {
    std::size_t out = 0;
    for (std::size_t i = first; i < last; ++i) {
      const unsigned char byte = static_cast<unsigned char>(line[i]);
      if ((byte & 0xC0) != 0x80) out += byte >= 0xE3 && byte < 0xF0 ? 2 : 1;
    }
    return out;
  };
  std::string shown(line.substr(from, end - from));
  for (char& c : shown) c = static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? ' ' : c;
  const std::size_t stop = std::min(std::max(at + 1, at + length), end);
  std::cout << "    " << (from > 0 ? "..." : "") << shown << (end < line.size() ? "..." : "") << "\n    " << (from > 0 ? "   " : "")
            << std::string(columns(from, at), ' ') << '^' << std::string(columns(at, stop) > 1 ? columns(at, stop) - 1 : 0, '~') << '\n';
}

// Bytes that are no UTF-8 must not end the printing.
void print(const nlohmann::ordered_json& out) { std::cout << out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n'; }

nlohmann::ordered_json as_json(const ShapeFinding& finding) {
  nlohmann::ordered_json out = {{"code", shape_code(finding.fault)}, {"line", finding.line}, {"column", finding.column},
                                {"offset", finding.offset}, {"length", finding.length}, {"path", pointer_path(finding.pointer)},
                                {"pointer", finding.pointer}, {"schema_pointer", finding.schema_pointer}, {"keyword", finding.keyword},
                                {"field", finding.field}, {"expected", finding.expected}, {"actual", finding.actual}, {"count", finding.count}};
  if (!finding.near_miss.empty()) out["name_there"] = finding.near_miss;
  return out;
}

int check_schema(const std::string& file, const std::string& text, const Asked& asked) {
  std::vector<SchemaProblem> problems = schema_problems_of_text(text, asked.options.documents);
  const auto harmless = [](const SchemaProblem& problem) {
    return problem.trouble == SchemaTrouble::remote_reference || problem.trouble == SchemaTrouble::unsupported_pattern;
  };
  const bool good = std::all_of(problems.begin(), problems.end(), harmless);
  const LineIndex lines(text);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const SchemaProblem& problem : problems) {
    const LineColumn place = lines.locate(problem.offset);
    if (asked.as_json) {
      list.push_back({{"pointer", problem.pointer}, {"line", place.line}, {"column", place.column}, {"offset", problem.offset},
                      {"length", problem.length}, {"message", say_schema_problem(problem, asked.language)}});
      continue;
    }
    std::cout << file << ':' << place.line << ':' << place.column << ": " << say_schema_problem(problem, asked.language) << '\n';
    print_place(text, problem.offset, problem.length);
  }
  if (asked.as_json) print({{"valid", good}, {"problems", list}});
  else if (problems.empty()) std::cout << file << (asked.language == Language::en ? ": a good schema\n" : "\uFF1Aschema \u6CA1\u6709\u95EE\u9898\n");
  return good ? 0 : 1;
}

int check_body(const std::string& file, const std::string& body, const std::string& schema, const Asked& asked) {
  const ScanReport scan = scan_json(body.substr(0, 3) == "\xEF\xBB\xBF" ? std::string_view(body).substr(3) : std::string_view(body));
  if (!scan.valid) {
    const LineColumn place = LineIndex(body).locate(scan.stopped_at);
    if (asked.as_json) {
      nlohmann::ordered_json finding = {{"code", "json-syntax"}, {"line", place.line}, {"column", place.column}, {"offset", scan.stopped_at},
                                        {"length", 0}, {"path", "$"}, {"pointer", ""}, {"schema_pointer", ""}};
      print({{"valid", false}, {"findings", nlohmann::ordered_json::array({finding})}, {"unchecked", nlohmann::ordered_json::array()}});
    } else {
      std::cout << file << ':' << place.line << ':' << place.column << ": " << say_unchecked({NotChecked::no_json, "", "body"}, asked.language) << '\n';
      print_place(body, scan.stopped_at, 1);
    }
    return 1;
  }
  const ContractReport report = check_contract_text(schema, body, asked.call, asked.options);
  const bool nothing_asked = std::any_of(report.unchecked.begin(), report.unchecked.end(), [](const Unchecked& item) { return item.reason >= NotChecked::no_json; });
  if (asked.as_json && !nothing_asked) {
    nlohmann::ordered_json findings = nlohmann::ordered_json::array(), unchecked = nlohmann::ordered_json::array();
    for (const ShapeFinding& finding : report.findings) findings.push_back(as_json(finding));
    for (const Unchecked& item : report.unchecked)
      unchecked.push_back({{"reason", not_checked_name(item.reason)}, {"schema_pointer", item.schema_pointer}, {"value", item.value}});
    print({{"valid", report.kept()}, {"findings", findings}, {"unchecked", unchecked}});
    return report.kept() ? 0 : 1;
  }
  for (const ShapeFinding& finding : report.findings) {
    std::cout << file << ':' << finding.line << ':' << finding.column << ": " << say_shape(finding, asked.language) << "  [" << shape_code(finding.fault)
              << ", " << finding.schema_pointer << "]\n";
    print_place(body, finding.offset, finding.length);
  }
  for (const Unchecked& item : report.unchecked) {
    (nothing_asked ? std::cerr : std::cout) << say_unchecked(item, asked.language) << (item.schema_pointer.empty() ? "" : "  [" + item.schema_pointer + "]") << '\n';
  }
  if (nothing_asked) return 2;
  if (report.kept()) std::cout << file << (asked.language == Language::en ? ": keeps the contract\n" : "\uFF1A\u7B26\u5408\u7EA6\u5B9A\n");
  return report.kept() ? 0 : 1;
}

}  // namespace

int schema_command(const std::vector<std::string_view>& arguments) {
  Asked asked;
  if (const std::string problem = read_options(arguments, asked); !problem.empty()) return refuse(problem);
  if (asked.help) {
    std::cout << usage;
    return 0;
  }
  const bool several = asked.learn;
  if (asked.files.empty() || (asked.learn && asked.typescript) || (!several && asked.files.size() > (asked.typescript ? 1u : 2u))) {
    std::cerr << usage;
    return 2;
  }
  std::vector<std::string> texts;
  for (const std::string& file : asked.files) {
    std::optional<std::string> text = read_file(file);
    if (!text) return refuse("cannot read " + file);
    texts.push_back(std::move(*text));
  }
  add_metaschemas(asked.options.documents);
  asked.options.check_format = fits_format;
  if (asked.learn) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!learn_schema({texts[i]})) return refuse(asked.files[i] + " is no JSON");
    }
    std::cout << *learn_schema({texts.begin(), texts.end()});
    return 0;
  }
  if (!Tree::parse(texts[0])) return refuse(asked.files[0] + " is no JSON");
  if (asked.typescript) {
    std::cout << *write_typescript(texts[0], asked.name);
    return 0;
  }
  if (texts.size() == 1) return check_schema(asked.files[0], texts[0], asked);
  return check_body(asked.files[1], texts[1], texts[0], asked);
}

}  // namespace blindspot
