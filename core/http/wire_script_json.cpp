// Does a case file's script say something that can be played? Acts as JSON, every wrong place named by its pointer.
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "core/http/base64.hpp"
#include "core/http/wire_script.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

// Bounds that keep a script playable in a classroom and in a browser's memory.
constexpr int most_acts = 64;
constexpr int longest_wait_ms = 600'000;
constexpr int most_repeats = 10'000'000;
constexpr std::size_t most_bytes = 256u << 20;

// Reads the fields of one act; the first wrong one is kept.
class ActReader {
 public:
  ActReader(const json& act, std::string pointer) : act_(act), pointer_(std::move(pointer)) {}

  const std::optional<ScriptError>& error() const { return error_; }

  void allow_only(std::initializer_list<std::string_view> fields) {
    for (const auto& [key, value] : act_.items()) {
      if (key == "act") continue;
      bool known = false;
      for (std::string_view field : fields) known = known || key == field;
      if (!known) fail("/" + key, "unknown field");
    }
  }

  int number(std::string_view field, int fallback, int least, int most) {
    const json* value = find(field);
    if (!value) return fallback;
    if (!value->is_number_integer()) {
      fail(field_pointer(field), "must be a whole number");
      return fallback;
    }
    const auto read = value->get<std::int64_t>();
    if (read < least || read > most) {
      fail(field_pointer(field), "must be from " + std::to_string(least) + " to " + std::to_string(most));
      return fallback;
    }
    return static_cast<int>(read);
  }

  std::optional<std::string> text(std::string_view field) {
    const json* value = find(field);
    if (!value) return std::nullopt;
    if (!value->is_string()) {
      fail(field_pointer(field), "must be text");
      return std::nullopt;
    }
    return value->get<std::string>();
  }

  // `text` or `base64`, one of the two.
  Bytes bytes() {
    const std::optional<std::string> plain = text("text"), encoded = text("base64");
    if (plain && encoded) fail("/base64", "give text or base64, not both");
    if (plain) return *plain;
    if (!encoded) {
      fail("", "needs text or base64");
      return {};
    }
    std::optional<Bytes> decoded = decode_base64(*encoded);
    if (!decoded) fail("/base64", "is not base64");
    return decoded.value_or(Bytes());
  }

  Headers headers() {
    Headers result;
    const json* list = find("headers");
    if (!list) return result;
    if (!list->is_array()) {
      fail("/headers", "must be a list of pairs");
      return result;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      const json& pair = (*list)[i];
      const std::string place = "/headers/" + std::to_string(i);
      if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) {
        fail(place, "must be a pair of texts");
        continue;
      }
      Header header{pair[0].get<std::string>(), pair[1].get<std::string>()};
      // A broken head is for "send" to write; "head" writes one header a line.
      const std::string_view breaks("\r\n\0", 3);
      if (header.name.empty() || header.name.find(':') != std::string::npos ||
          header.name.find_first_of(breaks) != std::string::npos) {
        fail(place + "/0", "is no header name");
      }
      if (header.value.find_first_of(breaks) != std::string::npos) fail(place + "/1", "holds a line break or NUL");
      result.push_back(std::move(header));
    }
    return result;
  }

  void fail(const std::string& below, std::string problem) {
    if (!error_) error_ = ScriptError{pointer_ + below, std::move(problem)};
  }

 private:
  static std::string field_pointer(std::string_view field) { return "/" + std::string(field); }

  const json* find(std::string_view field) const {
    const auto it = act_.find(std::string(field));
    return it == act_.end() ? nullptr : &*it;
  }

  const json& act_;
  std::string pointer_;
  std::optional<ScriptError> error_;
};

act::Head read_head(ActReader& reader) {
  reader.allow_only({"status", "reason", "headers"});
  act::Head head;
  head.status = reader.number("status", 200, 100, 999);
  head.reason = reader.text("reason").value_or("");
  if (head.reason.find_first_of("\r\n") != std::string::npos) reader.fail("/reason", "holds a line break");
  head.headers = reader.headers();
  return head;
}

act::Send read_send(ActReader& reader) {
  reader.allow_only({"text", "base64", "repeat"});
  act::Send send{reader.bytes(), reader.number("repeat", 1, 0, most_repeats)};
  if (send.repeat > 0 && send.bytes.size() > most_bytes / static_cast<std::size_t>(send.repeat)) {
    reader.fail("/repeat", "more than 256 MiB in all");
  }
  return send;
}

act::Drip read_drip(ActReader& reader) {
  reader.allow_only({"text", "base64", "bytes", "every_ms"});
  act::Drip drip{reader.bytes(), reader.number("bytes", 1, 1, 1 << 20),
                 reader.number("every_ms", 100, 0, longest_wait_ms)};
  const std::size_t pieces = drip.bytes.size() / static_cast<std::size_t>(drip.piece) + 1;
  if (pieces * static_cast<std::size_t>(drip.every_ms) > static_cast<std::size_t>(longest_wait_ms)) {
    reader.fail("", "takes longer than ten minutes");
  }
  return drip;
}

template <class A>
A read_bare(ActReader& reader) {
  reader.allow_only({});
  return {};
}

std::optional<Act> read_act(std::string_view name, ActReader& reader) {
  if (name == "wait") {
    reader.allow_only({"ms"});
    return act::Wait{reader.number("ms", 0, 0, longest_wait_ms)};
  }
  if (name == "head") return read_head(reader);
  if (name == "send") return read_send(reader);
  if (name == "drip") return read_drip(reader);
  if (name == "stall") return read_bare<act::Stall>(reader);
  if (name == "end") return read_bare<act::End>(reader);
  if (name == "cut") return read_bare<act::Cut>(reader);
  if (name == "silence") return read_bare<act::Silence>(reader);
  return std::nullopt;
}

bool is_last_act(const Act& act) {
  return std::holds_alternative<act::Stall>(act) || std::holds_alternative<act::End>(act) ||
         std::holds_alternative<act::Cut>(act) || std::holds_alternative<act::Silence>(act);
}

bool is_output(const Act& act) {
  return std::holds_alternative<act::Head>(act) || std::holds_alternative<act::Send>(act) ||
         std::holds_alternative<act::Drip>(act);
}

// What no single act can tell: one head, first of all output, and one last act at the end.
std::optional<ScriptError> check_order(const Script& script, const std::string& pointer) {
  bool output = false;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const std::string place = pointer + "/" + std::to_string(i);
    if (std::holds_alternative<act::Head>(script[i]) && output) {
      return ScriptError{place, "a head must come before any other output"};
    }
    output = output || is_output(script[i]);
    if (std::holds_alternative<act::Silence>(script[i]) && output) {
      return ScriptError{place, "after output it is stall, not silence"};
    }
    if (is_last_act(script[i]) != (i + 1 == script.size())) {
      return ScriptError{place, "end, cut, stall or silence stands last and only there"};
    }
  }
  return std::nullopt;
}

Result<Script, ScriptError> parse_script_at(const json& acts, const std::string& pointer) {
  if (!acts.is_array() || acts.empty()) return ScriptError{pointer, "must be a list of acts"};
  if (acts.size() > most_acts) return ScriptError{pointer, "more than 64 acts"};
  Script script;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const std::string place = pointer + "/" + std::to_string(i);
    const json& each = acts[i];
    if (!each.is_object()) return ScriptError{place, "must be an object"};
    const auto name = each.find("act");
    if (name == each.end() || !name->is_string()) return ScriptError{place + "/act", "needs the act's name"};
    ActReader reader(each, place);
    std::optional<Act> act = read_act(name->get_ref<const std::string&>(), reader);
    if (!act) return ScriptError{place + "/act", "unknown act"};
    if (reader.error()) return *reader.error();
    script.push_back(std::move(*act));
  }
  if (std::optional<ScriptError> error = check_order(script, pointer)) return *error;
  return script;
}

}  // namespace

Result<Script, ScriptError> parse_script(const json& acts) {
  return parse_script_at(acts, "");
}

Result<WireScript, ScriptError> parse_wire_script(const json& script) {
  if (!script.is_object()) return ScriptError{"", "must be an object"};
  for (const auto& [key, value] : script.items()) {
    if (key != "preflight" && key != "response" && key != "next") return ScriptError{"/" + key, "unknown field"};
  }
  const auto response = script.find("response");
  if (response == script.end()) return ScriptError{"/response", "is missing"};
  Result<Script, ScriptError> parsed = parse_script_at(*response, "/response");
  if (!parsed) return parsed.error();
  WireScript result{std::nullopt, std::move(parsed.value())};
  for (const auto& [key, part] : {std::pair("preflight", &result.preflight), {"next", &result.next}}) {
    const auto acts = script.find(key);
    if (acts == script.end()) continue;
    Result<Script, ScriptError> read = parse_script_at(*acts, std::string("/") + key);
    if (!read) return read.error();
    *part = std::move(read.value());
  }
  return result;
}

}  // namespace blindspot
