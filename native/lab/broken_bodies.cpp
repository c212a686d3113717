// Most faults are a member put in front of the sample's own; the others replace the text or wrap it.
#include "native/lab/broken_bodies.hpp"

#include <nlohmann/json.hpp>

namespace blindspot::lab {
namespace {

constexpr std::string_view json_type = "application/json", text_type = "text/plain; charset=utf-8";

// Before the sample's first member stands `text`. A sample that is no object with members becomes a member of one.
std::string with_member(std::string_view sample, std::string_view text) {
  const std::size_t open = sample.find_first_not_of(" \t\r\n");
  const std::size_t first = open == std::string_view::npos ? open : sample.find_first_not_of(" \t\r\n", open + 1);
  const bool members = first != std::string_view::npos && sample[open] == '{' && sample[first] == '"';
  const std::string rest = members ? std::string(sample.substr(open + 1)) : "\"data\":" + std::string(sample) + '}';
  return '{' + std::string(text) + rest;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

// What the sample's text becomes, and the type that a server would announce.
using Make = BrokenBody (*)(std::string_view sample);

struct Row {
  std::string_view code;
  Make make;
};

template <std::size_t n>
BrokenBody member(std::string_view sample, const char (&text)[n]) {
  return {with_member(sample, std::string_view(text, n - 1)), std::string(json_type)};
}

BrokenBody as(std::string text, std::string_view type = json_type) { return {std::move(text), std::string(type)}; }

constexpr Row rows[] = {
    {"charset-mismatch", [](std::string_view s) { return member(s, "\"message\":\"\xB2\xD9\xD7\xF7\xB3\xC9\xB9\xA6\","); }},
    {"json-bad-escape", [](std::string_view s) { return member(s, R"("file":"C:\data\2024",)"); }},
    {"json-big-integer", [](std::string_view s) { return member(s, R"("order_id":9007199254740993,)"); }},
    {"json-binary", [](std::string_view) { return as(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "application/octet-stream"); }},
    {"json-bom", [](std::string_view s) { return as("\xEF\xBB\xBF" + std::string(s)); }},
    {"json-callback", [](std::string_view s) { return as("show(" + std::string(s) + ");", "application/javascript"); }},
    {"json-comment", [](std::string_view s) { return member(s, "/* from the cache */"); }},
    {"json-concatenated", [](std::string_view s) { return as(std::string(s) + '\n' + std::string(s) + '\n', "application/x-ndjson"); }},
    {"json-control-character", [](std::string_view s) { return member(s, "\"note\":\"line one\nline two\","); }},
    {"json-double-encoded", [](std::string_view s) { return as(nlohmann::json(std::string(s)).dump()); }},
    {"json-duplicate-key", [](std::string_view s) { return member(s, R"("note":"first","note":"second",)"); }},
    {"json-empty", [](std::string_view) { return as(""); }},
    {"json-event-stream", [](std::string_view s) { return as("data: " + nlohmann::json::parse(s).dump() + "\n\n", "text/event-stream"); }},
    {"json-form-encoded", [](std::string_view) { return as("ok=true&name=tea&total=2", "application/x-www-form-urlencoded"); }},
    {"json-guard-prefix", [](std::string_view s) { return as(")]}',\n" + std::string(s)); }},
    {"json-html",
     [](std::string_view) {
       return as("<!doctype html>\n<html><head><title>Sign in</title></head>\n<body><form method=\"post\"><input name=\"user\">"
                 "<input type=\"password\" name=\"password\"></form></body></html>\n",
                 "text/html; charset=utf-8");
     }},
    {"json-literal-case", [](std::string_view s) { return member(s, R"("fresh":True,"next":None,)"); }},
    {"json-lone-surrogate", [](std::string_view s) { return member(s, R"("icon":"\ud83d",)"); }},
    {"json-missing-colon", [](std::string_view s) { return member(s, R"("note" "tea",)"); }},
    {"json-missing-comma", [](std::string_view s) { return member(s, R"("note":"tea" )"); }},
    {"json-not-a-number", [](std::string_view s) { return member(s, R"("mean":NaN,)"); }},
    {"json-not-serializable", [](std::string_view) { return as("TypeError: Do not know how to serialize a BigInt\n", text_type); }},
    {"json-number-format", [](std::string_view s) { return member(s, R"("zip":01234,)"); }},
    {"json-plain-text", [](std::string_view) { return as("Service is being updated, please come back later\n", text_type); }},
    {"json-single-quotes", [](std::string_view s) { return member(s, "'note':'tea',"); }},
    {"json-syntax", [](std::string_view s) { return member(s, R"("note"::"tea",)"); }},
    {"json-text-after", [](std::string_view s) { return as(std::string(s) + "\n<!-- 0.31 s, 4 queries -->\n"); }},
    {"json-text-before",
     [](std::string_view s) {
       return as("<br />\n<b>Warning</b>:  Undefined variable $page in <b>/var/www/list.php</b> on line <b>17</b><br />\n" + std::string(s));
     }},
    {"json-too-deep", [](std::string_view s) { return as(with_member(s, "\"tree\":" + nested(600) + ',')); }},
    {"json-trailing-comma",
     [](std::string_view s) {
       const std::string text = with_member(s, "");
       return as(text.substr(0, text.rfind('}')) + ",}");
     }},
    {"json-truncated", [](std::string_view s) { return as(with_member(s, R"("note":"tea",)").substr(0, 9 + s.size() / 2)); }},
    {"json-undefined", [](std::string_view s) { return member(s, R"("next":undefined,"owner":[object Object],)"); }},
    {"json-unquoted-key", [](std::string_view s) { return member(s, R"(note:"tea",)"); }},
    {"json-xml",
     [](std::string_view) {
       return as("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>\n",
                 "application/xml");
     }},
};

}  // namespace

std::vector<std::string_view> broken_body_codes() {
  std::vector<std::string_view> codes;
  for (const Row& row : rows) codes.push_back(row.code);
  return codes;
}

std::optional<BrokenBody> broken_body(std::string_view code, std::string_view sample) {
  // A lone string or number has no room for a fault of its own.
  const std::size_t start = sample.find_first_not_of(" \t\r\n");
  const bool container = start != std::string_view::npos && (sample[start] == '{' || sample[start] == '[');
  for (const Row& row : rows)
    if (row.code == code) return row.make(container ? sample : with_member(sample, ""));
  return std::nullopt;
}

}  // namespace blindspot::lab
