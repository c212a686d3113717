// What kind of body does a Content-Type announce? The MIME Sniffing standard's parser and Fetch's reading of the
// header.
#include "core/http/mime.hpp"

#include <algorithm>

namespace blindspot {
namespace {

bool is_quoted_string_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

std::string_view trim_trailing_whitespace(std::string_view text) {
  while (!text.empty() && trim_http_whitespace(text.substr(text.size() - 1)).empty()) text.remove_suffix(1);
  return text;
}

std::string_view trim_leading_whitespace(std::string_view text) {
  while (!text.empty() && trim_http_whitespace(text.substr(0, 1)).empty()) text.remove_prefix(1);
  return text;
}

std::string_view take_until(std::string_view& rest, std::string_view stops) {
  const std::string_view taken = rest.substr(0, rest.find_first_of(stops));
  rest.remove_prefix(taken.size());
  return taken;
}

// https://fetch.spec.whatwg.org/#collect-an-http-quoted-string, the value extracted. `rest` begins with the quote.
std::string take_quoted_string(std::string_view& rest) {
  std::string value;
  rest.remove_prefix(1);
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') break;
    if (c != '\\') {
      value.push_back(c);
    } else if (rest.empty()) {
      value.push_back('\\');
    } else {
      value.push_back(rest.front());
      rest.remove_prefix(1);
    }
  }
  return value;
}

void add_parameter(MimeType& mime, std::string name, std::string value) {
  if (!is_token(name) || !is_quoted_string_text(value) || mime_parameter(mime, name)) return;
  mime.parameters.push_back({std::move(name), std::move(value)});
}

void parse_parameters(std::string_view rest, MimeType& mime) {
  while (!rest.empty()) {
    rest = trim_leading_whitespace(rest.substr(1));  // past the ";"
    std::string name = ascii_lowercase(take_until(rest, ";="));
    if (rest.empty()) return;
    if (rest.front() == ';') continue;
    rest.remove_prefix(1);  // past the "="
    if (rest.empty()) return;
    if (rest.front() == '"') {
      std::string value = take_quoted_string(rest);
      take_until(rest, ";");
      add_parameter(mime, std::move(name), std::move(value));
    } else {
      const std::string_view value = trim_trailing_whitespace(take_until(rest, ";"));
      if (!value.empty()) add_parameter(mime, std::move(name), std::string(value));
    }
  }
}

// https://fetch.spec.whatwg.org/#header-value-get-decode-and-split: commas inside quotes do not split.
std::vector<std::string_view> split_header_value(std::string_view value) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i == value.size() || (value[i] == ',' && !quoted)) {
      std::string_view part = value.substr(begin, i - begin);
      while (!part.empty() && (part.front() == ' ' || part.front() == '\t')) part.remove_prefix(1);
      while (!part.empty() && (part.back() == ' ' || part.back() == '\t')) part.remove_suffix(1);
      parts.push_back(part);
      begin = i + 1;
    } else if (value[i] == '"') {
      quoted = !quoted;
    } else if (value[i] == '\\' && quoted) {
      if (i + 1 < value.size()) ++i;
    }
  }
  return parts;
}

}  // namespace

std::optional<MimeType> parse_mime_type(std::string_view text) {
  std::string_view rest = trim_http_whitespace(text);
  const std::string_view type = take_until(rest, "/");
  if (!is_token(type) || rest.empty()) return std::nullopt;
  rest.remove_prefix(1);
  const std::string_view subtype = trim_trailing_whitespace(take_until(rest, ";"));
  if (!is_token(subtype)) return std::nullopt;
  MimeType mime{ascii_lowercase(type), ascii_lowercase(subtype), {}};
  parse_parameters(rest, mime);
  return mime;
}

std::string serialize_mime_type(const MimeType& mime) {
  std::string text = mime.essence();
  for (const Header& parameter : mime.parameters) {
    text += ";" + parameter.name + "=";
    if (is_token(parameter.value)) {
      text += parameter.value;
      continue;
    }
    text += '"';
    for (char c : parameter.value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text;
}

std::optional<std::string> mime_parameter(const MimeType& mime, std::string_view name) {
  for (const Header& parameter : mime.parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

std::optional<MimeType> content_type_of(const Headers& headers) {
  const std::optional<std::string> joined = header_value(headers, "Content-Type");
  if (!joined) return std::nullopt;
  std::optional<MimeType> found;
  std::optional<std::string> charset;
  for (std::string_view part : split_header_value(*joined)) {
    std::optional<MimeType> candidate = parse_mime_type(part);
    if (!candidate || candidate->essence() == "*/*") continue;
    const bool other_essence = !found || candidate->essence() != found->essence();
    found = std::move(candidate);
    if (other_essence) {
      charset = mime_parameter(*found, "charset");
    } else if (charset && !mime_parameter(*found, "charset")) {
      found->parameters.push_back({"charset", *charset});
    }
  }
  return found;
}

bool is_json_mime_type(const MimeType& mime) {
  return mime.subtype.ends_with("+json") || mime.essence() == "application/json" || mime.essence() == "text/json";
}

}  // namespace blindspot
