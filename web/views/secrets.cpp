// Text is cut where it stands, without parsing it as a whole: what is typed may be half of a URL or of a JSON text.
#include "web/views/secrets.hpp"

#include <algorithm>
#include <utility>

#include "core/http/headers.hpp"
#include "core/http/percent.hpp"

namespace blindspot {

namespace {

std::string spoken(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

// A text that has names in it of its own, such as JSON in a JSON string or an address in a parameter.
bool holds_secret(std::string_view text) { return is_secret_name(text) && text.find_first_of("=:") != std::string_view::npos; }

// "a=b&c=d" with secret values emptied; every separator stays.
std::string pairs_without_secrets(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("&;?#"), text.size());
    const std::string_view pair = text.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const bool secret = equals < pair.size() && (is_secret_name(spoken(pair.substr(0, equals))) || holds_secret(spoken(pair.substr(equals + 1))));
    out += secret ? pair.substr(0, equals + 1) : pair;
    if (end < text.size()) out += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// Behind the string that begins at `at`; the end of the text where it is not closed.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') ++at;
    else if (text[at] == '"') return at + 1;
  }
  return text.size();
}

std::size_t skip_space(std::string_view text, std::size_t at) { return std::min(text.find_first_not_of(" \t\r\n", at), text.size()); }

// Behind the value that begins at `at`: a string, an object or array with all that is in it, or a word.
std::size_t value_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  if (text[at] == '"') return string_end(text, at);
  if (text[at] != '{' && text[at] != '[') return std::min(text.find_first_of(",}]\r\n", at), text.size());
  for (std::size_t depth = 0; at < text.size();) {
    if (text[at] == '"') {
      at = string_end(text, at);
      continue;
    }
    if (text[at] == '{' || text[at] == '[') ++depth;
    if ((text[at] == '}' || text[at] == ']') && --depth == 0) return at + 1;
    ++at;
  }
  return at;
}

std::string_view emptied(char first) {
  switch (first) {
    case '{': return "{}";
    case '[': return "[]";
    default: return "\"\"";
  }
}

std::string json_without_secrets(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '"') {
      out += text[at++];
      continue;
    }
    const std::size_t end = string_end(text, at), colon = skip_space(text, end);
    const std::string_view name = text.substr(at, end - at);
    if (colon >= text.size() || text[colon] != ':') {
      out += holds_secret(name) ? "\"\"" : name;
      at = end;
      continue;
    }
    const std::size_t value = skip_space(text, colon + 1);
    out += text.substr(at, value - at);
    at = value;
    if (!is_secret_name(name) || value >= text.size()) continue;
    out += emptied(text[value]);
    at = value_end(text, value);
  }
  return out;
}

// Without curl's mark.
std::string_view servers_line(std::string_view line) { return line.starts_with('<') ? line.substr(std::min<std::size_t>(2, line.size())) : line; }

// `own` is the line without curl's mark, the end of `line`.
std::string header_line_without_secrets(std::string_view line, std::string_view own) {
  const std::size_t colon = own.find(':');
  if (colon == std::string_view::npos) return std::string(line);
  const std::string_view name = own.substr(0, colon), value = trim_http_whitespace(own.substr(colon + 1));
  const std::string kept = equals_ignoring_case(name, "Location") ? url_without_secrets(value) : "";
  // A permission is no secret, whatever its name.
  const bool secret = is_secret_name(name) && !ascii_lowercase(name).starts_with("access-control-");
  if (!secret && (kept.empty() || kept == value)) return std::string(line);
  return std::string(line.substr(0, line.size() - own.size() + colon + 1)) + (kept.empty() ? "" : " ") + kept + (line.ends_with('\n') ? "\n" : "");
}

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::string lower = ascii_lowercase(name);
  for (std::string_view word : {"authorization", "cookie", "token", "secret", "password", "passwd", "credential", "api-key", "apikey", "api_key", "access-key",
                                "access_key", "accesskey", "private_key", "signature", "session", "jwt"})
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

std::string url_without_secrets(std::string_view url) {
  const std::size_t tail = std::min(url.find_first_of("?#"), url.size());
  std::string_view head = url.substr(0, tail);
  // Browsers take \ for / and do not mind how many there are.
  const std::size_t colon = head.find(':'), slash = head.find_first_of("/\\");
  std::size_t start = colon < slash && slash == colon + 1 ? slash : 0;
  start = std::min(head.find_first_not_of("/\\", start), head.size());
  const std::size_t end = std::min(head.find_first_of("/\\", start), head.size());
  const std::size_t at = head.substr(start, end - start).rfind('@');
  std::string out(head.substr(0, start));
  out += head.substr(at == std::string_view::npos ? start : start + at + 1);
  return out + pairs_without_secrets(url.substr(tail));
}

std::string body_without_secrets(std::string_view body) {
  if (!is_secret_name(body) && !is_secret_name(spoken(body))) return std::string(body);
  const std::size_t first = skip_space(body, 0);
  if (first < body.size() && (body[first] == '{' || body[first] == '[')) return json_without_secrets(body);
  const bool form = body.find('=') != std::string_view::npos && body.find_first_of(" \t\r\n<{\"") == std::string_view::npos;
  return form ? pairs_without_secrets(body) : "";
}

std::string answers_without_secrets(std::string_view text) {
  std::string out, body;
  bool in_head = true;
  const auto end_body = [&] { out += body_without_secrets(std::exchange(body, "")); };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end), own = servers_line(line);
    text.remove_prefix(end);
    if (line.starts_with('>') || line.starts_with('*')) continue;
    const bool status = ascii_lowercase(own.substr(0, 5)) == "http/";
    if (status) end_body();
    in_head |= status;
    (in_head ? out : body) += in_head && !status ? header_line_without_secrets(line, own) : std::string(line);
    in_head &= !trim_http_whitespace(own).empty();
  }
  end_body();
  return out;
}

Draft without_secrets(const Draft& draft, const Draft& known) {
  Draft out = draft;
  if (draft.url != known.url) out.url = url_without_secrets(draft.url);
  for (HeaderDraft& row : out.headers)
    if (is_secret_name(row.name) && std::find(known.headers.begin(), known.headers.end(), row) == known.headers.end()) row.value.clear();
  if (draft.body != known.body) out.body = body_without_secrets(draft.body);
  if (draft.program_error != known.program_error) out.program_error = body_without_secrets(draft.program_error);
  return out;
}

CourtDraft without_secrets(const CourtDraft& draft) {
  CourtDraft out = draft;
  const Headers known = example_court().headers;
  out.url = url_without_secrets(draft.url);
  for (Header& row : out.headers)
    if (is_secret_name(row.name) && std::find(known.begin(), known.end(), row) == known.end()) row.value.clear();
  out.preflight = answers_without_secrets(draft.preflight);
  out.answer = answers_without_secrets(draft.answer);
  return out;
}

DeskDraft without_secrets(const DeskDraft& draft) {
  return {body_without_secrets(draft.text), body_without_secrets(draft.contract), body_without_secrets(draft.good)};
}

}  // namespace blindspot
