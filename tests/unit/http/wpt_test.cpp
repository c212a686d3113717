// The data files of web-platform-tests, in their own format: URLs, MIME types, Content-Type, Content-Length.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/http/exchange.hpp"
#include "core/http/mime.hpp"
#include "core/http/percent.hpp"
#include "core/http/url.hpp"
#include "tests/unit/http/cases.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

std::optional<json> read_wpt(const std::string& name) {
  const auto text = read_case_file("wpt/" + name);
  if (!text) return std::nullopt;
  return json::parse(*text);
}

// URL cases that are known to come out wrong: "input | base". May only shrink.
const std::set<std::string> known_url_failures = {};

bool is_ascii(std::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) > 0x7F) return false;
  }
  return true;
}

std::string text_of(const json& object, const char* key) {
  const auto it = object.find(key);
  return it == object.end() || !it->is_string() ? "" : it->get<std::string>();
}

// Left to the browser: host names that need the IDNA tables.
bool needs_idna(const std::string& input) {
  const std::size_t slashes = input.find("//");
  std::string host = input.substr(slashes == std::string::npos ? 0 : slashes + 2);
  host = percent_decode(host.substr(0, host.find_first_of("/?#")));
  return !is_ascii(host) || ascii_lowercase(host).find("xn--") != std::string::npos;
}

// The cases for the schemes a page can ask for, wherever they come out.
bool is_in_scope(const json& entry, const std::string& input, const std::string& base) {
  static const std::set<std::string> schemes = {"http:", "https:", "ws:", "wss:"};
  if (needs_idna(input) || needs_idna(base)) return false;
  const std::string protocol = text_of(entry, "protocol");
  if (!protocol.empty()) return schemes.count(protocol) > 0;
  const std::string lower = ascii_lowercase(base.empty() ? input : base + " " + input);
  return lower.find("http") != std::string::npos || lower.find("ws") != std::string::npos;
}

std::string judge_url(const json& entry, const std::string& input, const std::string& base_text) {
  std::optional<Url> base;
  if (!base_text.empty()) {
    const auto parsed_base = parse_url(base_text);
    if (!parsed_base) return entry.contains("failure") ? "" : "the base is refused";
    base = parsed_base.value();
  }
  const auto parsed = parse_url(input, base ? &*base : nullptr);
  if (entry.contains("failure")) return parsed ? "should be refused, got " + serialize_url(parsed.value()) : "";
  if (!parsed) return "is refused";
  const Url& url = parsed.value();
  if (serialize_url(url) != text_of(entry, "href")) return "href " + serialize_url(url);
  if (entry.contains("origin") && serialize_origin(origin_of(url)) != text_of(entry, "origin")) return "origin";
  if (url.host != text_of(entry, "hostname")) return "hostname " + url.host;
  if (url.path != text_of(entry, "pathname")) return "pathname " + url.path;
  if (url.username != text_of(entry, "username") || url.password != text_of(entry, "password")) return "credentials";
  if ((url.port ? std::to_string(*url.port) : "") != text_of(entry, "port")) return "port";
  return "";
}

TEST(wpt, urls) {
  const auto data = read_wpt("urltestdata.json");
  if (!data) GTEST_SKIP() << "no wpt/urltestdata.json under " << cases_folder();
  std::set<std::string> failures;
  int run = 0;
  for (const json& entry : *data) {
    if (!entry.is_object()) continue;
    const std::string input = text_of(entry, "input"), base = text_of(entry, "base");
    if (!is_in_scope(entry, input, base)) continue;
    ++run;
    const std::string problem = judge_url(entry, input, base);
    const std::string name = input + " | " + base;
    if (!problem.empty()) failures.insert(name);
    EXPECT_EQ(problem.empty(), known_url_failures.count(name) == 0) << name << ": " << problem;
  }
  EXPECT_EQ(failures, known_url_failures);
  EXPECT_EQ(run, 432);
}

// The standard's strings are code points below U+0100 here, ours are bytes.
std::optional<std::string> latin1(const std::string& utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      bytes.push_back(utf8[i]);
    } else if (byte < 0xC4 && i + 1 < utf8.size()) {
      bytes.push_back(static_cast<char>((byte & 0x03) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3F)));
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

void expect_mime_types(const char* file, int expected_count) {
  const auto data = read_wpt(file);
  if (!data) GTEST_SKIP() << "no wpt/" << file << " under " << cases_folder();
  int run = 0;
  for (const json& entry : *data) {
    if (!entry.is_object()) continue;
    const auto input = latin1(text_of(entry, "input"));
    if (!input) continue;  // above U+00FF: cannot come in a header
    ++run;
    const auto mime = parse_mime_type(*input);
    const json& output = entry.at("output");
    EXPECT_EQ(mime.has_value(), output.is_string()) << *input;
    if (mime && output.is_string()) {
      EXPECT_EQ(serialize_mime_type(*mime), latin1(output.get<std::string>())) << *input;
    }
  }
  EXPECT_EQ(run, expected_count);
}

TEST(wpt, mime_types) {
  expect_mime_types("mime-types.json", 72);
}
TEST(wpt, generated_mime_types) {
  expect_mime_types("generated-mime-types.json", 881);
}

TEST(wpt, content_types) {
  const auto data = read_wpt("content-types.json");
  if (!data) GTEST_SKIP() << "no wpt/content-types.json under " << cases_folder();
  int run = 0;
  for (const json& entry : *data) {
    if (!entry.is_object()) continue;
    ++run;
    Headers headers;
    const json& given = entry.at("contentType");
    for (const json& value : given.is_array() ? given : json::array({given})) {
      headers.push_back({"Content-Type", value.get<std::string>()});
    }
    const auto mime = content_type_of(headers);
    const json& expected = entry.at("mimeType");
    EXPECT_EQ(mime ? json(serialize_mime_type(*mime)) : json(nullptr), expected) << given;
  }
  EXPECT_EQ(run, 20);
}

TEST(wpt, content_lengths) {
  const auto data = read_wpt("content-lengths.json");
  if (!data) GTEST_SKIP() << "no wpt/content-lengths.json under " << cases_folder();
  int run = 0;
  for (const json& entry : *data) {
    ++run;
    const Headers headers = parse_header_lines(text_of(entry, "input"));
    const auto length = announced_length(headers);
    // `output` is how much a browser reads of an answer of 42 bytes, null where it refuses it. A value that is no
    // number counts as absent, so that all 42 are read.
    const json& output = entry.at("output");
    EXPECT_EQ(lengths_conflict(headers), output.is_null()) << entry;
    if (!output.is_null()) {
      EXPECT_EQ(length.value_or(42), output.get<std::uint64_t>()) << entry;
    }
  }
  EXPECT_EQ(run, 35);
}

}  // namespace
}  // namespace blindspot
