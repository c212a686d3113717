// Reads the bytes, lays out what the autopsy found: as one JSON object for programs, as lines with a caret for people.
#include "native/json_command.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/explain/json_words.hpp"
#include "core/json/autopsy.hpp"
#include "core/json/client_sight.hpp"
#include "core/json/lines.hpp"
#include "core/json/text.hpp"
#include "core/result.hpp"

namespace blindspot {
namespace {

constexpr std::string_view usage =
    "usage: blindspot json FILE|- [--format text|json|repaired] [--lang en|zh]\n"
    "\n"
    "Says whether the bytes are JSON; if not, where and why not, and which edits mend them.\n"
    "\n"
    "  --format text      each fault with its line, its cause and its edit (the default)\n"
    "  --format json      one object: valid, findings, edits, repaired and what else was recognised\n"
    "  --format repaired  nothing but the mended text\n"
    "  --lang en|zh       the language of the text; else LC_ALL, LC_MESSAGES or LANG decides\n"
    "\n"
    "Ends with 0 when the text is valid (warnings alone do not count), 1 when it is not, 2 when it could not be read.\n"
    "At most 1000 faults and as many warnings are told; fault_count counts them all.\n";

enum class Format { text, json, repaired };

struct JsonArguments {
  std::string file;
  Format format = Format::text;
  Language language = Language::en;
  bool help = false;
};

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

Result<JsonArguments, std::string> parse_arguments(const std::vector<std::string_view>& arguments) {
  JsonArguments parsed;
  parsed.language = language_of_environment();
  bool file_given = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view name = arguments[i];
    if (name == "--help" || name == "-h") {
      parsed.help = true;
      continue;
    }
    if (!name.starts_with("--")) {
      if (file_given) return "one file at a time, not also " + std::string(name);
      file_given = true;
      parsed.file = name;
      continue;
    }
    std::string_view value;
    if (const auto equals = name.find('='); equals != std::string_view::npos) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    }
    if (name == "--format" && value == "text") parsed.format = Format::text;
    else if (name == "--format" && value == "json") parsed.format = Format::json;
    else if (name == "--format" && value == "repaired") parsed.format = Format::repaired;
    else if (name == "--lang" && value == "en") parsed.language = Language::en;
    else if (name == "--lang" && value == "zh") parsed.language = Language::zh;
    else if (name == "--format") return std::string("--format takes text, json or repaired");
    else if (name == "--lang") return std::string("--lang takes en or zh");
    else return "unknown option " + std::string(name);
  }
  if (!file_given && !parsed.help) return std::string("which file? - is the standard input");
  return parsed;
}

std::optional<std::string> read_all(const std::string& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = stream ? static_cast<std::streamoff>(stream.tellg()) : -1;
  if (size < 0) return std::nullopt;
  stream.seekg(0);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), size);
  if (stream.bad() || stream.gcount() != size) return std::nullopt;
  return bytes;
}

// GB 18030 holds GBK as a part.
std::optional<std::string> decode_by_iconv(std::string_view encoding, std::string_view bytes) {
  const iconv_t converter = iconv_open("UTF-8", encoding == "gbk" ? "GB18030" : std::string(encoding).c_str());
  if (converter == iconv_t(-1)) return std::nullopt;
  std::string out(bytes.size() * 2 + 16, '\0');
  char* from = const_cast<char*>(bytes.data());
  char* to = out.data();
  std::size_t left = bytes.size(), room = out.size();
  const bool done = iconv(converter, &from, &left, &to, &room) != std::size_t(-1);
  const bool cut_at_the_end = !done && errno == EINVAL;  // half a character: the text was truncated
  iconv_close(converter);
  if (!done && !cut_at_the_end) return std::nullopt;
  out.resize(out.size() - room);
  return out;
}

nlohmann::ordered_json as_json(std::string_view bytes, const Autopsy& result) {
  using nlohmann::ordered_json;
  ordered_json findings = ordered_json::array(), edits = ordered_json::array();
  for (const JsonFinding& finding : result.findings) {
    ordered_json one = {{"code", json_fault_code(finding.fault)}, {"line", finding.place.line}, {"column", finding.place.column},
                        {"offset", finding.place.offset}, {"length", finding.place.length}, {"path", finding.place.path}};
    if (finding.warning) one["warning"] = true;
    findings.push_back(std::move(one));
  }
  for (const JsonEdit& edit : result.edits)
    edits.push_back({{"offset", edit.offset}, {"remove", edit.remove}, {"insert", std::string_view(edit.insert)}, {"why", json_fault_code(edit.why)}});
  ordered_json out = {{"valid", result.valid}, {"findings", std::move(findings)}, {"edits", std::move(edits)}, {"repaired", nullptr}};
  if (auto text = repaired(bytes, result)) out["repaired"] = std::move(*text);
  out["fault_count"] = result.fault_count;
  const auto tell = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  tell("encoding", result.encoding);
  tell("title", result.page_title);
  tell("made_by", result.page_server);
  tell("says", result.says);
  tell("dialect", result.dialect);
  if (result.login_page) out["login_page"] = true;
  if (result.messages > 1) out["messages"] = result.messages;
  if (!result.valid) {
    constexpr std::pair<JsonEngine, const char*> engines[] = {{JsonEngine::v8, "v8"}, {JsonEngine::spidermonkey, "spidermonkey"}, {JsonEngine::javascriptcore, "javascriptcore"}};
    for (const auto& [engine, name] : engines)
      for (const JsonClient client : all_json_clients) {
        const ClientSight sight = client_sight(client, engine, bytes);
        ordered_json& seen = out["seen_by"][name][std::string(json_client_name(client))];
        seen = sight.gets == ClientGets::error ? sight.error : sight.gets == ClientGets::text ? "a string" : "data";
      }
  }
  return out;
}

// Columns that the first `count` characters of a line take in a terminal: Chinese ones take two.
std::size_t width_of(std::string_view line) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if ((byte & 0xC0) == 0x80) continue;
    width += byte >= 0xE3 ? 2 : 1;  // U+3000 and on: the wide ones, and emoji
  }
  return width;
}

std::size_t offset_of_column(std::string_view line, std::size_t column) {
  std::size_t at = 0;
  for (std::size_t seen = 1; seen < column && at < line.size(); ++seen) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

// Nothing that a terminal would act on.
std::string printable(std::string_view text) {
  std::string out = json_text::to_well_formed(text);
  for (char& c : out) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

class Report {
 public:
  Report(std::string_view bytes, const Autopsy& result, Language language) : bytes_(bytes), result_(result), language_(language) {}

  void print(const std::string& file) {
    std::cout << file << ": " << phrase(result_.valid ? JsonPhrase::valid : JsonPhrase::broken);
    if (!result_.valid)
      std::cout << comma() << phrase(JsonPhrase::faults) << result_.fault_count << comma()
                << phrase(result_.repairable ? JsonPhrase::repairable : JsonPhrase::not_repairable);
    std::cout << '\n';
    print_stranger();
    if (result_.findings.empty()) return;
    const ForeignEncoding encoding = decide_encoding(bytes_);
    const auto decoded = encoding.name.empty() ? std::nullopt : decode_foreign(encoding, bytes_, decode_by_iconv);
    const std::string_view text = decoded && !result_.valid ? std::string_view(*decoded) : bytes_;
    const LineIndex lines(text);
    std::size_t faults = 0;
    for (const JsonFinding& finding : result_.findings) {
      print_finding(finding, lines);
      faults += !finding.warning;
    }
    if (faults < result_.fault_count) std::cout << '\n' << phrase(JsonPhrase::more) << result_.fault_count - faults << '\n';
    print_sights();
  }

 private:
  std::string_view phrase(JsonPhrase phrase) const { return json_phrase(phrase).in(language_); }
  std::string_view comma() const { return language_ == Language::zh ? "\xEF\xBC\x8C" : ", "; }

  void print_stranger() const {
    const auto tell = [&](JsonPhrase name, const std::string& value) {
      if (!value.empty()) std::cout << "  " << phrase(name) << printable(value) << '\n';
    };
    tell(JsonPhrase::encoding, result_.encoding);
    tell(JsonPhrase::page_title, result_.page_title);
    tell(JsonPhrase::made_by, result_.page_server);
    if (result_.says != result_.page_title) tell(JsonPhrase::says, result_.says);
    if (result_.login_page) std::cout << "  " << phrase(JsonPhrase::login_page) << '\n';
    if (result_.messages > 1) tell(JsonPhrase::messages, std::to_string(result_.messages));
    tell(JsonPhrase::dialect, result_.dialect);
  }

  void print_finding(const JsonFinding& finding, const LineIndex& lines) {
    const JsonPlace& place = finding.place;
    std::cout << '\n' << phrase(JsonPhrase::line) << place.line << phrase(JsonPhrase::column) << place.column
              << (language_ == Language::zh ? " \xE5\x88\x97" : "") << comma() << printable(place.path) << ": ";
    if (finding.warning) std::cout << phrase(JsonPhrase::warning) << ": ";
    std::cout << json_fault_words(finding.fault).in(language_) << "  [" << json_fault_code(finding.fault) << "]\n";
    print_line(place, lines);
    for (; next_edit_ < result_.edits.size() && result_.edits[next_edit_].offset <= place.offset + place.length; ++next_edit_)
      print_edit(result_.edits[next_edit_]);
  }

  void print_line(const JsonPlace& place, const LineIndex& lines) const {
    constexpr std::size_t before = 60, after = 30;
    const std::string_view line = lines.line_text(std::min(place.line, lines.line_count()));
    if (line.empty()) return;
    const std::size_t at = offset_of_column(line, place.column);
    std::size_t start = at > before ? at - before : 0, stop = std::min(line.size(), at + after);
    const auto is_tail = [&](std::size_t byte) { return (static_cast<unsigned char>(line[byte]) & 0xC0) == 0x80; };
    while (start > 0 && is_tail(start)) --start;
    while (stop < line.size() && is_tail(stop)) ++stop;
    const std::string shown = printable(line.substr(start, at - start));
    std::cout << "    " << (start > 0 ? "..." : "") << shown << printable(line.substr(at, stop - at)) << (stop < line.size() ? "..." : "")
              << "\n    " << std::string(width_of(shown) + (start > 0 ? 3 : 0), ' ') << "^\n";
  }

  void print_edit(const JsonEdit& edit) const {
    const std::size_t longest = 40;
    const auto quoted = [longest](std::string_view text) {
      std::size_t size = std::min(text.size(), longest);
      while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
      return json_text::to_json_string(text.substr(0, size)) + (size < text.size() ? "..." : "");
    };
    const std::string gone = edit.remove > 2 * longest ? std::to_string(edit.remove) + std::string(phrase(JsonPhrase::bytes))
                                                       : quoted(bytes_.substr(edit.offset, edit.remove));
    std::cout << "    ";
    if (edit.remove == 0) std::cout << phrase(JsonPhrase::insert) << quoted(edit.insert);
    else if (edit.insert.empty()) std::cout << phrase(JsonPhrase::remove) << gone;
    else std::cout << phrase(JsonPhrase::replace) << gone << phrase(JsonPhrase::by) << quoted(edit.insert);
    std::cout << '\n';
  }

  void print_sights() const {
    if (result_.valid) return;
    std::cout << '\n' << phrase(JsonPhrase::sees) << '\n';
    const auto line = [&](std::string_view name, JsonClient client, JsonEngine engine) {
      const ClientSight sight = client_sight(client, engine, bytes_);
      std::cout << "  " << name << ": "
                << (sight.gets == ClientGets::error  ? printable(sight.error)
                    : sight.gets == ClientGets::text ? std::string(phrase(JsonPhrase::gets_text))
                                                     : std::string(phrase(JsonPhrase::gets_value)))
                << '\n';
    };
    line("Chrome, Edge, Node", JsonClient::json_parse, JsonEngine::v8);
    line("Firefox", JsonClient::json_parse, JsonEngine::spidermonkey);
    line("Safari", JsonClient::json_parse, JsonEngine::javascriptcore);
    line("Safari, response.json()", JsonClient::response_json, JsonEngine::javascriptcore);
    line("axios", JsonClient::axios, JsonEngine::v8);
    line("wx.request", JsonClient::wx_request, JsonEngine::v8);
  }

  std::string_view bytes_;
  const Autopsy& result_;
  Language language_;
  std::size_t next_edit_ = 0;
};

}  // namespace

int json_command(const std::vector<std::string_view>& arguments) {
  const auto parsed = parse_arguments(arguments);
  if (!parsed) {
    std::cerr << "blindspot json: " << parsed.error() << "; see blindspot json --help\n";
    return 2;
  }
  const JsonArguments& wanted = parsed.value();
  if (wanted.help) {
    std::cout << usage;
    return 0;
  }
  const std::optional<std::string> bytes = read_all(wanted.file);
  if (!bytes) {
    std::cerr << "blindspot json: cannot read " << wanted.file << '\n';
    return 2;
  }
  AutopsyOptions options;
  options.decode = decode_by_iconv;
  const Autopsy result = autopsy(*bytes, options);
  if (wanted.format == Format::json) {
    std::cout << as_json(*bytes, result).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  } else if (wanted.format == Format::repaired) {
    if (const auto text = repaired(*bytes, result)) std::cout << *text;
  } else {
    Report(*bytes, result, wanted.language).print(wanted.file);
  }
  return result.valid ? 0 : 1;
}

}  // namespace blindspot
