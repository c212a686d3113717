// One table of keys serves links, storage and history; writing and reading go through it in the same order.
#include "web/views/link.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/http/percent.hpp"
#include "web/app.hpp"
#include "web/views/secrets.hpp"

namespace blindspot {

namespace {

enum class Writing { link, kept };

// Links keep what no address, chat or Markdown takes amiss; storage keeps all but what the reader below would take for a sign.
std::string encoded(std::string_view text, Writing writing) {
  constexpr std::string_view kept = "-_.~/:@,$;=?", hex = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    const unsigned char byte = static_cast<unsigned char>(c);
    const bool letter = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    const bool plain = writing == Writing::link ? letter || kept.find(c) != std::string_view::npos : c != '%' && c != '&' && c != '+' && c != '\0';
    if (plain) out += c;
    else (out += '%') += {hex[byte >> 4], hex[byte & 15]};
  }
  return out;
}

// A name ends at the first colon, so its own are written as %3A, under the encoding of the whole.
std::string header_text(std::string_view plain_name, std::string_view value) {
  std::string name;
  for (char c : plain_name) name += c == ':' ? "%3A" : c == '%' ? "%25" : std::string(1, c);
  return (name += ":") += value;
}

HeaderDraft read_header(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  return {percent_decode(text.substr(0, colon)), std::string(text.substr(std::min(colon + 1, text.size())))};
}

constexpr std::array<std::string_view, 4> screen_names = {"send", "court", "desk", "catalogue"};
constexpr std::array<std::string_view, 5> tab_names = {"query", "headers", "body", "contract", "options"};

template <class Enum, std::size_t size>
void read_name(std::string_view name, const std::array<std::string_view, size>& names, std::optional<Enum>& out) {
  for (std::size_t i = 0; i < size; ++i)
    if (names[i] == name) out = static_cast<Enum>(i);
}

std::string case_text(const std::optional<ChosenCase>& chosen) {
  if (!chosen) return {};
  return "&case=" + chosen->slug + (chosen->twin == Twin::good ? "&twin=good" : "");
}

std::string without_first_sign(std::string text) { return text.empty() ? text : text.substr(1); }

// The parts of a form in the order in which they stand, each with a leading &; empty where nothing differs.
struct Parts {
  std::string method, url, headers, body, contract, rest;
  LeftOut body_is = LeftOut::body;
};

std::string part_of(std::string_view key, std::string_view value, Writing writing) { return "&" + std::string(key) + "=" + encoded(value, writing); }

Parts parts_of(const Draft& draft, const Draft& known, Writing writing) {
  const auto part = [&](std::string_view key, std::string_view value) { return part_of(key, value, writing); };
  Parts out;
  if (draft.method != known.method) out.method = part("method", draft.method);
  if (draft.url != known.url) out.url = part("url", draft.url);
  if (draft.headers != known.headers) {
    for (const HeaderDraft& row : draft.headers)
      if (!row.name.empty() || !row.value.empty()) out.headers += part("header", header_text(row.name, row.value));
    if (out.headers.empty()) out.headers = "&header=";  // none at all
  }
  if (draft.body != known.body) out.body = part("body", draft.body);
  if (draft.contract != known.contract) out.contract = part("contract", draft.contract);
  if (draft.program_error != known.program_error) out.contract += part("error", draft.program_error);
  if (draft.include_credentials != known.include_credentials) out.rest = part("credentials", draft.include_credentials ? "include" : "same-origin");
  if (draft.mode != known.mode) out.rest += part("mode", mode_name(draft.mode));
  if (draft.time_limit != known.time_limit) out.rest += part("limit", draft.time_limit);
  return out;
}

Parts parts_of(const CourtDraft& court, Writing writing) {
  Parts out;
  if (court == example_court()) return out;
  const auto part = [&](std::string_view key, std::string_view value) { return value.empty() ? "" : part_of("court-" + std::string(key), value, writing); };
  out.method = part_of("court-method", court.method, writing);
  out.url = part("url", court.url);
  for (const Header& row : court.headers)
    if (!row.name.empty() || !row.value.empty()) out.headers += part("header", header_text(row.name, row.value));
  out.body = part("preflight", court.preflight) + part("answer", court.answer);
  out.body_is = LeftOut::answers;
  out.rest = part("page", court.page_origin);
  if (court.credentials != Credentials::same_origin) out.rest += part("credentials", credentials_name(court.credentials));
  if (court.mode != Mode::cors) out.rest += part("mode", mode_name(court.mode));
  return out;
}

Parts parts_of(const DeskDraft& desk, Writing writing) {
  Parts out;
  if (desk == example_desk()) return out;
  out.body = part_of("desk-text", desk.text, writing);
  if (!desk.contract.empty()) out.contract = part_of("desk-contract", desk.contract, writing);
  if (!desk.good.empty()) out.contract += part_of("desk-good", desk.good, writing);
  return out;
}

std::size_t size_of(const Parts& parts) {
  return parts.method.size() + parts.url.size() + parts.headers.size() + parts.body.size() + parts.contract.size() + parts.rest.size();
}

// Leaves out what matters least until the rest fits.
std::vector<LeftOut> shorten(Parts& parts, std::size_t room) {
  std::vector<LeftOut> left_out;
  const std::array<std::pair<std::string*, LeftOut>, 4> by_importance = {{{&parts.contract, LeftOut::contract}, {&parts.body, parts.body_is},
                                                                         {&parts.headers, LeftOut::headers}, {&parts.url, LeftOut::url}}};
  for (const auto& [text, what] : by_importance) {
    if (size_of(parts) <= room) return left_out;
    if (text->empty()) continue;
    text->clear();
    left_out.push_back(what);
  }
  if (size_of(parts) > room) parts.method.clear(), parts.rest.clear();
  return left_out;
}

std::string joined(const Parts& parts) { return parts.method + parts.url + parts.headers + parts.body + parts.contract + parts.rest; }

// One line of text a person could have typed, or several.
bool is_sound(std::string_view text, bool many_lines) {
  return is_valid_utf8(text) && std::none_of(text.begin(), text.end(), [&](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !(c == '\t' || (many_lines && (c == '\n' || c == '\r')));
  });
}

void note(std::vector<Notice>& problems, Notice problem) {
  if (std::find(problems.begin(), problems.end(), problem) == problems.end()) problems.push_back(problem);
}

// Whether the key is one of a form's.
bool read_part(const HeaderDraft& part, Draft& draft, bool& has_headers) {
  if (part.name == "method") draft.method = part.value;
  else if (part.name == "url") draft.url = part.value;
  else if (part.name == "body") draft.body = part.value;
  else if (part.name == "contract") draft.contract = part.value;
  else if (part.name == "error") draft.program_error = part.value;
  else if (part.name == "credentials") draft.include_credentials = part.value == "include";
  else if (part.name == "mode") draft.mode = parse_mode(part.value).value_or(Mode::cors);
  else if (part.name == "limit") draft.time_limit = part.value;
  else if (part.name == "header") {
    if (!std::exchange(has_headers, true)) draft.headers.clear();
    if (!part.value.empty()) draft.headers.push_back(read_header(part.value));
  } else return false;
  return true;
}

// Whether the key is one of the courtroom's.
bool read_court_part(const HeaderDraft& part, std::optional<CourtDraft>& out) {
  if (!part.name.starts_with("court-")) return false;
  CourtDraft court = out.value_or(CourtDraft{});
  const std::string_view key = std::string_view(part.name).substr(6);
  if (key == "method") court.method = part.value;
  else if (key == "url") court.url = part.value;
  else if (key == "page") court.page_origin = part.value;
  else if (key == "preflight") court.preflight = part.value;
  else if (key == "answer") court.answer = part.value;
  else if (key == "credentials") court.credentials = parse_credentials(part.value).value_or(Credentials::same_origin);
  else if (key == "mode") court.mode = parse_mode(part.value).value_or(Mode::cors);
  else if (key == "header") {
    HeaderDraft row = read_header(part.value);
    court.headers.push_back({std::move(row.name), std::move(row.value)});
  } else return false;
  out = std::move(court);
  return true;
}

bool read_desk_part(const HeaderDraft& part, std::optional<DeskDraft>& out) {
  std::string DeskDraft::* const field = part.name == "desk-text" ? &DeskDraft::text : part.name == "desk-contract" ? &DeskDraft::contract : &DeskDraft::good;
  if (field == &DeskDraft::good && part.name != "desk-good") return false;
  if (!out) out = DeskDraft{};
  (*out).*field = part.value;
  return true;
}

// The courtroom or the desk where it is shown, else the form; without secrets. `head` is what stands before it.
Parts shown_parts(const Snapshot& shown, const Places& places, std::string& head, bool& had_secrets) {
  if (shown.screen == Screen::desk) {
    const DeskDraft clean = without_secrets(shown.desk);
    had_secrets = !(clean == shown.desk);
    head += "&screen=desk";
    return parts_of(clean, Writing::link);
  }
  if (shown.screen == Screen::court) {
    const CourtDraft clean = without_secrets(shown.court);
    had_secrets = !(clean == shown.court);
    head += "&screen=court";
    return parts_of(clean, Writing::link);
  }
  const Draft known = untouched_draft(shown.chosen, places);
  const Draft clean = without_secrets(shown.draft, known);
  had_secrets = !(clean == shown.draft);
  head = case_text(shown.chosen) + head;
  return parts_of(clean, known, Writing::link);
}

}  // namespace

LinkText write_link(const Snapshot& shown, Language language, const Places& places) {
  std::string head = language == Language::en ? "&lang=en" : "&lang=zh";
  bool had_secrets = false;
  Parts parts = shown_parts(shown, places, head, had_secrets);
  head = without_first_sign(head);
  LinkText out;
  if (had_secrets) out.left_out.push_back(LeftOut::secrets);
  for (LeftOut what : shorten(parts, link_limit - head.size())) out.left_out.push_back(what);
  out.text = head + joined(parts);
  return out;
}

std::string write_kept(const Snapshot& shown, const Places& places, std::size_t limit) {
  std::string head = case_text(shown.chosen) + "&screen=";
  head += screen_names[static_cast<std::size_t>(shown.screen)];
  (head += "&tab=") += tab_names[static_cast<std::size_t>(shown.tab)];
  Parts parts = parts_of(shown.draft, untouched_draft(shown.chosen, places), Writing::kept);
  Parts court = parts_of(shown.court, Writing::kept);
  shorten(court, limit / 2);
  head += joined(court);
  Parts desk = parts_of(shown.desk, Writing::kept);
  shorten(desk, (limit - std::min(limit, head.size())) / 2);
  head += joined(desk);
  shorten(parts, limit - std::min(limit, head.size()));
  return without_first_sign(head + joined(parts));
}

std::string write_address(const Snapshot& shown) {
  return without_first_sign(case_text(shown.chosen) + (shown.screen == Screen::send ? "" : "&screen=" + std::string(screen_names[static_cast<std::size_t>(shown.screen)])));
}

Link read_link(std::string_view text, const Places& places, std::size_t limit) {
  Link out;
  if (text.size() > limit) {
    out.problems = {Notice::link_too_long};
    return out;
  }
  const std::vector<HeaderDraft> parts = pairs_of(text);
  std::optional<std::string> slug;
  Twin twin = Twin::faulty;
  bool understood = false;
  for (const HeaderDraft& part : parts) {
    if (part.name == "case") slug = part.value;
    else if (part.name == "twin") twin = part.value == "good" ? Twin::good : Twin::faulty;
    else if (part.name == "lang") out.language = part.value.starts_with("zh") ? Language::zh : Language::en;
    else if (part.name == "screen") read_name(part.value, screen_names, out.screen);
    else if (part.name == "tab") read_name(part.value, tab_names, out.tab);
    else continue;
    understood = true;
  }
  if (slug && find_catalogue_file(*slug)) out.chosen = ChosenCase{*slug, twin};
  else if (slug) note(out.problems, Notice::link_unknown_case);
  out.fills = out.chosen.has_value();
  out.draft = untouched_draft(out.chosen, places);
  bool has_headers = false;
  for (const HeaderDraft& part : parts) {
    // A header's name is encoded twice.
    const bool header = part.name.ends_with("header");
    const std::string meant = header ? percent_decode(part.value) : part.value;
    const bool lines = part.name == "body" || part.name == "contract" || part.name == "error" || part.name == "court-preflight" || part.name == "court-answer";
    // A broken JSON text may hold any character.
    const bool sound = part.name.starts_with("desk-") ? is_valid_utf8(meant) : is_sound(meant, lines);
    if (!sound) note(out.problems, Notice::link_damaged);
    else if (read_court_part(part, out.court) || read_desk_part(part, out.desk)) understood = true;
    else if (read_part(part, out.draft, has_headers)) out.fills = true;
  }
  if (!text.empty() && !understood && !out.fills && out.problems.empty()) out.problems = {Notice::link_unreadable};
  return out;
}

Draft untouched_draft(const std::optional<ChosenCase>& chosen, const Places& places) {
  return chosen ? draft_of_case(*chosen, places) : Draft{};
}

}  // namespace blindspot
