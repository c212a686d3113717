// Each recogniser looks at the beginning of the text and answers for one kind of stranger; the order of the list at the
// end decides between them.
#include "core/json/strangers.hpp"

#include <algorithm>

#include "core/json/encoding.hpp"
#include "core/json/scan.hpp"
#include "core/json/surgeon.hpp"
#include "core/json/text.hpp"

namespace blindspot {

using namespace json_text;

namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Scene {
  std::string_view text;
  Stranger& found;

  std::size_t after_blank(std::size_t from) const {
    while (from < text.size() && is_blank(static_cast<Byte>(text[from]))) ++from;
    return from;
  }
  void fault(JsonFault what, std::size_t offset, std::size_t length) {
    found.faults.push_back({what, false, {offset, length, 1, 1, "$"}, ""});
  }
  void cut(JsonFault what, std::size_t offset, std::size_t length) {
    if (length != 0) found.edits.push_back({offset, static_cast<std::uint32_t>(length), "", what});
  }
  // There is no JSON at all: one fault over the whole text.
  bool nothing_but(JsonFault what) {
    fault(what, found.start, text.size() - found.start);
    found.json_within = false;
    found.edits.clear();
    return true;
  }
};

// ---- bytes ----

struct Magic {
  std::string_view bytes, name;
};

constexpr Magic magics[] = {
    {{"\x1f\x8b", 2}, "gzip"},
    {{"\x28\xb5\x2f\xfd", 4}, "zstd"},
    {{"\x89PNG", 4}, "png"},
    {{"\xff\xd8\xff", 3}, "jpeg"},
    {{"GIF8", 4}, "gif"},
    {{"RIFF", 4}, "riff"},
    {{"%PDF", 4}, "pdf"},
    {{"PK\x03\x04", 4}, "zip"},
    {{"\0asm", 4}, "wasm"},
    {{"\x78\x9c", 2}, "zlib"},
    {{"\x78\xda", 2}, "zlib"},
    {{"\x7f"
      "ELF",
      4},
     "elf"},
    {{"BZh", 3}, "bzip2"},
    {{"\xfd"
      "7zXZ",
      5},
     "xz"},
};

bool binary(Scene& scene) {
  const std::optional<std::string_view> kind = binary_kind(scene.text);
  if (!kind) return false;
  scene.found.encoding = std::string(*kind);
  return scene.nothing_but(JsonFault::binary);
}

// ---- markup ----

bool is_name_byte(char c) {
  const Byte byte = static_cast<Byte>(c);
  return is_letter(byte) || is_digit(byte) || c == '-' || c == '_' || c == ':' || c == '.';
}

std::string fold_text(std::string_view text) {
  struct Entity {
    std::string_view name, value;
  };
  constexpr Entity entities[] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                                 {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto known = std::find_if(std::begin(entities), std::end(entities),
                                    [&](const Entity& e) { return starts_with(text, at, e.name); });
    if (known != std::end(entities)) {
      out += known->value;
      at += known->name.size();
    } else if (starts_with(text, at, "<![CDATA[")) {
      // What is quoted is the words themselves: only the marks around it go.
      at += 9;
    } else if (starts_with(text, at, "]]>")) {
      at += 3;
    } else if (text[at] == '<') {
      const std::size_t close = text.find('>', at);
      at = close == npos ? text.size() : close + 1;
    } else if (is_blank(static_cast<Byte>(text[at]))) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      ++at;
    } else {
      out += text[at++];
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return to_well_formed(std::string_view(out).substr(0, 200));
}

// A line of a stranger's own words.
std::string first_line(std::string_view text, std::size_t from) {
  const std::string_view rest = text.substr(std::min(from, text.size()), 1000);
  return fold_text(rest.substr(0, rest.find_first_of("\r\n")));
}

std::string first_words(std::string_view text) {
  return fold_text(text.substr(0, 1000));
}

std::string element_text(std::string_view html, std::string_view open, std::string_view close) {
  for (std::size_t at = 0; at + open.size() < html.size(); ++at) {
    if (!starts_with_ignoring_case(html, at, open) || is_name_byte(html[at + open.size()])) continue;
    const std::size_t inside = html.find('>', at);
    if (inside == npos) return "";
    for (std::size_t end = inside + 1; end < html.size(); ++end) {
      if (starts_with_ignoring_case(html, end, close)) return fold_text(html.substr(inside + 1, end - inside - 1));
    }
    return fold_text(html.substr(inside + 1));
  }
  return "";
}

bool asks_for_password(std::string_view html) {
  for (std::size_t at = html.find('='); at != npos; at = html.find('=', at + 1)) {
    const std::size_t value = at + 1 + (at + 1 < html.size() && (html[at + 1] == '"' || html[at + 1] == '\''));
    if (at >= 4 && starts_with_ignoring_case(html, at - 4, "type") &&
        starts_with_ignoring_case(html, value, "password"))
      return true;
  }
  return false;
}

bool begins_like_html(std::string_view text, std::size_t at) {
  for (const std::string_view start :
       {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<div",     "<script",
        "<style",         "<p",    "<h1",   "<h2",   "<br",    "<b",    "<center",  "<table",
        "<font",          "<pre",  "<span", "<a",    "<form",  "<link", "<section", "<main"}) {
    if (!starts_with_ignoring_case(text, at, start)) continue;
    const std::size_t behind = at + start.size();
    if (behind >= text.size() || !is_name_byte(text[behind])) return true;
  }
  return false;
}

bool markup(Scene& scene) {
  const std::string_view text = scene.text;
  std::size_t at = scene.after_blank(scene.found.start);
  if (at >= text.size() || text[at] != '<') return false;
  bool declaration = false;
  // Past the XML declaration, comments and processing instructions to what tells.
  for (;;) {
    if (starts_with(text, at, "<?xml")) {
      declaration = true;
    } else if (!starts_with(text, at, "<!--")) {
      break;
    }
    const std::string_view end = starts_with(text, at, "<!--") ? "-->" : "?>";
    const std::size_t close = text.find(end, at);
    if (close == npos) break;
    at = scene.after_blank(close + end.size());
  }
  const std::string_view head = text.substr(0, 1 << 16);
  if (begins_like_html(text, at)) {
    scene.found.page_title = html_title(head);
    scene.found.page_server = html_server(head);
    scene.found.says = scene.found.page_title.empty() ? first_words(head) : scene.found.page_title;
    scene.found.login_page = asks_for_password(head);
    return scene.nothing_but(JsonFault::html);
  }
  std::size_t name = at + 1;
  if (starts_with_ignoring_case(text, at, "<!doctype")) name = at + 2;
  std::size_t end = name;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  const bool element = end < text.size() && end > name && is_letter(static_cast<Byte>(text[name])) &&
                       (is_blank(static_cast<Byte>(text[end])) || text[end] == '>' || text[end] == '/');
  if (!declaration && !element) return false;
  if (!declaration && text.find("</", end) == npos && text.find("/>", end) == npos) return false;
  scene.found.page_title = element ? std::string(text.substr(name, end - name)) : "";
  for (const std::string_view words :
       {"<message", "<faultstring", "<error_msg", "<return_msg", "<err_code_des", "<errmsg", "<title"}) {
    if (scene.found.says.empty()) scene.found.says = element_text(head, words, "</");
  }
  return scene.nothing_but(JsonFault::xml);
}

// ---- wrappers ----

bool byte_order_mark(Scene& scene) {
  // Files that include each other bring one each.
  std::size_t end = 0;
  while (starts_with(scene.text, end, "\xEF\xBB\xBF")) end += 3;
  if (end == 0) return false;
  scene.fault(JsonFault::bom, 0, end);
  scene.cut(JsonFault::bom, 0, end);
  scene.found.start = end;
  return true;
}

bool guard_prefix(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  for (const std::string_view guard : {")]}',", ")]}'", ")]}", "while(1);", "while (1);", "while(true);", "for(;;);",
                                       "for (;;);", "{}&&", "{} &&", "throw 1;", "&&&START&&&"}) {
    if (!starts_with(text, start, guard)) continue;
    const std::size_t behind = scene.after_blank(start + guard.size());
    if (behind >= text.size()) return false;
    scene.fault(JsonFault::guard_prefix, start, guard.size());
    scene.cut(JsonFault::guard_prefix, start, behind - start);
    scene.found.start = behind;
    return true;
  }
  return false;
}

// ```json ... ```: the fence of Markdown, or a pair of backticks around it all.
bool fence(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  const bool block = starts_with(text, start, "```") || starts_with(text, start, "~~~");
  if (!block && text[start] != '`') return false;
  std::size_t inside = start + (block ? 3 : 1);
  while (block && inside < text.size() && is_letter(static_cast<Byte>(text[inside]))) ++inside;
  inside = scene.after_blank(inside);
  if (inside >= text.size() || (!block && text[inside] != '{' && text[inside] != '[')) return false;
  const std::string_view mark = text.substr(start, block ? 3 : 1);
  const std::size_t close = text.rfind(mark);
  if (!block && close <= inside) return false;
  scene.fault(JsonFault::text_before, start, inside - start);
  scene.cut(JsonFault::text_before, start, inside - start);
  scene.found.start = inside;
  if (close <= inside) return true;
  scene.fault(JsonFault::text_after, close, text.size() - close);
  scene.cut(JsonFault::text_after, close, text.size() - close);
  scene.found.stop = close;
  return true;
}

bool callback(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  std::size_t at = start;
  if (starts_with(text, at, "/**/")) at = scene.after_blank(at + 4);
  if (starts_with(text, at, "typeof ")) {
    // typeof cb === "function" && cb({...}): as Express writes it.
    const std::size_t both = text.substr(0, at + 256).find("&&", at);
    if (both == npos) return false;
    at = scene.after_blank(both + 2);
  }
  if (at < text.size() && text[at] == ';') ++at;
  const std::size_t name = at;
  while (at < text.size() && (is_name_byte(text[at]) || text[at] == '$') && text[at] != ':' && text[at] != '-') ++at;
  if (at >= text.size() || text[at] != '(' || (at != name && is_digit(static_cast<Byte>(text[name])))) return false;
  const std::size_t inside = scene.after_blank(at + 1);
  // ({...}): brackets without a name, for eval.
  if (at == name && (inside >= text.size() || text[inside] != '{')) return false;
  if (inside >= text.size() || std::string_view("{[\"'").find(text[inside]) == npos) return false;
  std::size_t stop = text.size();
  while (stop > inside && (is_blank(static_cast<Byte>(text[stop - 1])) || text[stop - 1] == ';')) --stop;
  scene.fault(JsonFault::callback, start, at + 1 - start);
  scene.cut(JsonFault::callback, start, inside - start);
  if (text[stop - 1] == ')') {
    scene.cut(JsonFault::callback, stop - 1, text.size() - stop + 1);
    --stop;
  } else {
    stop = text.size();
  }
  scene.found.start = inside;
  scene.found.stop = stop;
  return true;
}

bool event_stream(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  bool field = false;
  for (const std::string_view name : {"data:", "event:", "id:", "retry:", ": ", ":\n"})
    field = field || starts_with(text, start, name);
  if (!field) return false;
  std::size_t payloads = 0, first = npos, first_end = npos;
  for (std::size_t line = start; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    if (starts_with(text, line, "data:")) {
      const std::size_t payload = scene.after_blank(line + 5);
      if (first == npos) {
        first = payload;
        first_end = end;
      }
      payloads += !starts_with(text, payload, "[DONE]");
    }
    line = end + 1;
  }
  if (first == npos || first >= first_end) return false;
  scene.fault(JsonFault::event_stream, start, first - start);
  scene.found.messages = payloads;
  scene.found.says = first_line(text, first);
  // One message is mended by taking it out; of several nobody knows which is meant.
  if (payloads != 1) {
    scene.found.json_within = false;
    scene.found.edits.clear();
    return true;
  }
  scene.cut(JsonFault::event_stream, start, first - start);
  scene.cut(JsonFault::event_stream, first_end, text.size() - first_end);
  scene.found.start = first;
  scene.found.stop = first_end;
  return true;
}

bool form_encoded(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  std::size_t stop = text.size();
  while (stop > start && is_blank(static_cast<Byte>(text[stop - 1]))) --stop;
  std::size_t equals = 0;
  for (std::size_t at = start; at < stop; ++at) {
    const char c = text[at];
    if (c == '=' && at == start) return false;
    equals += c == '=' && (at == start || text[at - 1] != '=');
    if (!is_letter(static_cast<Byte>(c)) && !is_digit(static_cast<Byte>(c)) &&
        std::string_view("=&+%.-_*~[]!'()@:/,;$?").find(c) == npos)
      return false;
    if (at == start && !is_letter(static_cast<Byte>(c)) && !is_digit(static_cast<Byte>(c)) && c != '_' && c != '%')
      return false;
  }
  return equals != 0 && scene.nothing_but(JsonFault::form_encoded);
}

// ---- words around the JSON, or nothing but words ----

struct Start {
  std::size_t offset = npos;
  int rank = 0;
};

bool begins_a_line(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || std::string_view("\n\r>=").find(text[at - 1]) != npos;
}

// {name: or {id=1: a member without quotes.
bool begins_with_member(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  while (at < text.size() && (is_name_byte(text[at]) || text[at] == '$') && text[at] != ':') ++at;
  if (at == start || is_digit(static_cast<Byte>(text[start]))) return false;
  while (at < text.size() && text[at] == ' ') ++at;
  return at < text.size() && (text[at] == ':' || text[at] == '=');
}

// The place at which JSON most likely begins behind other text. A few tries, each a scan: a bounded number of passes.
Start likely_start(std::string_view text, std::size_t from) {
  constexpr int most_tries = 12;
  Start best;
  int tries = 0;
  for (std::size_t at = text.find_first_of("{[", from); at != npos && tries < most_tries;
       at = text.find_first_of("{[", at + 1)) {
    ++tries;
    const ScanReport scan = scan_json(text.substr(at), ScanExtent::first_value);
    std::size_t behind = at + scan.stopped_at;
    const bool object = text[at] == '{';
    int rank = 0;
    if (scan.valid) {
      const std::size_t value_end = behind;
      while (behind < text.size() && (is_blank(static_cast<Byte>(text[behind])) || text[behind] == ';')) ++behind;
      const bool to_the_end = behind == text.size();
      if (to_the_end && (object || begins_a_line(text, at) || value_end - at > 8)) return {at, 4};
      rank = object ? 3 : begins_a_line(text, at) ? 2 : 0;
    } else if (begins_a_line(text, at) || object) {
      std::size_t inside = at + 1;
      while (inside < text.size() && is_blank(static_cast<Byte>(text[inside]))) ++inside;
      const bool promising = inside < text.size() && (object ? std::string_view("\"'}").find(text[inside]) != npos ||
                                                                   begins_with_member(text, inside)
                                                             : std::string_view("{\"[").find(text[inside]) != npos);
      rank = promising ? 1 : 0;
    }
    if (rank > best.rank) best = {at, rank};
    if (scan.valid) at = at + scan.stopped_at - 1;
  }
  return best;
}

// One token that could be a value in some language: left to the surgeon.
bool is_single_token(std::string_view text, std::size_t start) {
  std::size_t stop = text.size();
  while (stop > start && is_blank(static_cast<Byte>(text[stop - 1]))) --stop;
  const std::string_view token = text.substr(start, stop - start);
  if (token.empty() || token.find_first_of(" \t\r\n") != npos) return false;
  for (const std::string_view word : {"true", "false", "null", "none", "nil", "nan", "infinity", "inf", "undefined"}) {
    if (token.size() == word.size() && starts_with_ignoring_case(token, 0, word)) return true;
  }
  const Byte first = static_cast<Byte>(token[0]);
  return is_digit(first) || ((first == '-' || first == '+' || first == '.') && token.size() > 1);
}

// What an encoder of JSON says when it was given a value that has no JSON.
bool tells_of_no_json(std::string_view text) {
  for (const std::string_view words :
       {"circular structure to JSON", "serialize a BigInt", "cyclic object value", "serialize cyclic structures",
        "serialize BigInt", "be serialized in JSON", "not JSON serializable", "Circular reference detected",
        "Infinite recursion (StackOverflowError)", "json: unsupported", "No serializer found for class",
        "possible object cycle was detected", "Self referencing loop detected", "NaN cannot be JSON encoded"}) {
    if (text.find(words) != npos) return true;
  }
  return false;
}

bool words(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  const Byte first = static_cast<Byte>(text[start]);
  if (std::string_view("{[\"'`#").find(text[start]) != npos || starts_with(text, start, "//") ||
      starts_with(text, start, "/*"))
    return false;
  if (text[start] == '(' || starts_with(text, start, "<ref *") || wide_punctuation(text, start) != 0) return false;
  if (starts_with(text, start, "\xC2\xAB") || starts_with(text, start, "\xE3\x80\x8C")) return false;
  if (starts_with(text, start, "\\\"") || starts_with(text, start, "\xE2\x80\x9C") ||
      starts_with(text, start, "\xE2\x80\x9D"))
    return false;
  // Something JSON could begin with: a list of numbers or literals is the surgeon's.
  const ScanReport scan = scan_json(text.substr(start), ScanExtent::first_value);
  const std::size_t behind = scan.valid ? start + scan.stopped_at : start;
  const std::size_t next = scene.after_blank(behind);
  const bool parted = behind == text.size() || next != behind || text[behind] == ',' || text[behind] == ':';
  if (scan.valid && parted &&
      (next == text.size() || !is_letter(static_cast<Byte>(text[next])) ||
       scan_json(text.substr(next), ScanExtent::first_value).valid))
    return false;
  if (is_single_token(text, start)) return false;
  const Start json = likely_start(text, start);
  if (json.offset != npos) {
    scene.fault(JsonFault::text_before, start, json.offset - start);
    scene.found.says = first_words(text.substr(start, json.offset - start));
    scene.cut(JsonFault::text_before, start, json.offset - start);
    scene.found.start = json.offset;
    return true;
  }
  bool any_word = false;
  for (std::size_t at = start; at < text.size() && !any_word; ++at) {
    any_word = is_letter(static_cast<Byte>(text[at])) || static_cast<Byte>(text[at]) >= 0x80;
  }
  if (!any_word) {
    if (is_digit(first) || first == '-' || first == '+' || first == '.') return false;
    scene.found.start = start;
    return scene.nothing_but(JsonFault::syntax);
  }
  scene.found.start = start;
  scene.nothing_but(tells_of_no_json(text.substr(start, 2000)) ? JsonFault::not_serializable : JsonFault::plain_text);
  scene.found.says = first_line(text, start);
  const std::size_t bad = start + utf8_prefix(text.substr(start));
  if (bad < text.size()) scene.fault(JsonFault::invalid_utf8, bad, 1);
  return true;
}

// <br /><b>Warning</b>: ... {"a":1}: markup that is only the foreword.
bool words_before(Scene& scene) {
  const std::size_t start = scene.after_blank(scene.found.start);
  if (scene.text[start] != '<') return false;
  if (starts_with(scene.text, start, "<ref *")) return false;
  const Start json = likely_start(scene.text, start);
  if (json.rank < 4 && !(json.rank == 3 && scene.text.find("</", json.offset) != npos &&
                         !begins_like_html(scene.text, start) && scene.text.find('>', start) + 1 == json.offset))
    return false;
  scene.fault(JsonFault::text_before, start, json.offset - start);
  scene.found.says = first_words(scene.text.substr(start, json.offset - start));
  scene.cut(JsonFault::text_before, start, json.offset - start);
  scene.found.start = json.offset;
  return true;
}

// [10:00:00] notice: ready, and the JSON on a line of its own: a bracket that words follow opens no array.
bool log_line_before(Scene& scene) {
  const std::string_view text = scene.text;
  const std::size_t start = scene.after_blank(scene.found.start);
  if (text[start] != '[') return false;
  const std::size_t line_end = std::min(text.find('\n', start), text.size());
  const std::size_t close = text.find("] ", start);
  if (close == npos || close + 2 >= line_end || !is_letter(static_cast<Byte>(text[close + 2]))) return false;
  const Start json = likely_start(text, close + 2);
  if (json.rank < 3) return false;
  scene.fault(JsonFault::text_before, start, json.offset - start);
  scene.found.says = first_words(text.substr(start, json.offset - start));
  scene.cut(JsonFault::text_before, start, json.offset - start);
  scene.found.start = json.offset;
  return true;
}

}  // namespace

std::optional<std::string_view> binary_kind(std::string_view bytes) {
  if (!bytes.empty() && (bytes[0] == '{' || bytes[0] == '[')) return std::nullopt;
  for (const Magic& magic : magics) {
    if (starts_with(bytes, 0, magic.bytes)) return magic.name;
  }
  std::size_t first = 0;
  while (first < bytes.size() && is_blank(static_cast<Byte>(bytes[first]))) ++first;
  if (first < bytes.size() && std::string_view("{[\"'").find(bytes[first]) != npos) return std::nullopt;
  const std::size_t sample = std::min<std::size_t>(bytes.size(), 512);
  std::size_t odd = 0;
  for (std::size_t i = 0; i < sample; ++i) {
    const Byte c = static_cast<Byte>(bytes[i]);
    odd += (c < 0x20 && !is_blank(c) && c != 0x0C && c != 0x1B) || c == 0x7F;
  }
  // Half of UTF-16 is NUL.
  if (!decide_utf16(bytes).empty()) return std::nullopt;
  return odd >= 4 && odd * 10 >= sample ? std::optional<std::string_view>("") : std::nullopt;
}

std::string html_title(std::string_view html) {
  std::string title = element_text(html, "<title", "</title");
  return title.empty() ? element_text(html, "<h1", "</h1") : title;
}

std::string html_server(std::string_view html) {
  struct Sign {
    std::string_view text, server;
  };
  constexpr Sign signs[] = {{"<center>nginx", "nginx"},
                            {"<center>openresty", "OpenResty"},
                            {"<center>tengine", "Tengine"},
                            {"cloudflare", "Cloudflare"},
                            {"apache tomcat", "Tomcat"},
                            {"whitelabel error page", "Spring Boot"},
                            {"<address>apache", "Apache"},
                            {"apache server at", "Apache"},
                            {"<title>iis ", "IIS"},
                            {"iis detailed error", "IIS"},
                            {"internet information services", "IIS"},
                            {"microsoft-iis", "IIS"},
                            {"server error in '", "ASP.NET"},
                            {"werkzeug", "Werkzeug"},
                            {"django", "Django"},
                            {"jetty", "Jetty"},
                            {"cannot get /", "Express"},
                            {"cannot post /", "Express"},
                            {"x-powered-by: php", "PHP"},
                            {"varnish", "Varnish"},
                            {"awselb", "AWS ELB"},
                            {"cloudfront", "CloudFront"},
                            {"caddy", "Caddy"},
                            {"squid", "Squid"}};
  std::string low(html);
  for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (const Sign& sign : signs) {
    if (low.find(sign.text) != std::string::npos) return std::string(sign.server);
  }
  return "";
}

Stranger recognise_stranger(std::string_view bytes) {
  Stranger found;
  found.stop = bytes.size();
  Scene scene{bytes, found};
  if (scene.after_blank(0) == bytes.size()) {
    scene.nothing_but(JsonFault::empty);
    return found;
  }
  if (byte_order_mark(scene) && scene.after_blank(found.start) == bytes.size()) {
    scene.nothing_but(JsonFault::empty);
    return found;
  }
  if (binary(scene)) return found;
  guard_prefix(scene);
  if (const std::size_t first = scene.after_blank(found.start); first < bytes.size() && bytes[first] == '{') return found;
  for (const auto recogniser :
       {fence, words_before, log_line_before, markup, event_stream, callback, form_encoded, words}) {
    if (recogniser(scene)) break;
  }
  return found;
}

}  // namespace blindspot
