// Examine once for what lies there, then say it.
#include "web/views/desk_findings.hpp"

#include <algorithm>

#include "core/explain/json_words.hpp"
#include "core/explain/shape_words.hpp"
#include "core/json/client_sight.hpp"
#include "core/json/lines.hpp"
#include "core/schema/contract.hpp"
#include "core/schema/format.hpp"
#include "core/schema/difference.hpp"
#include "core/schema/learn.hpp"
#include "core/schema/typescript.hpp"
#include "web/state.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

constexpr std::size_t most_shown = 40;

// For a decoder that has room for no more than a function.
const std::string* given_decoded = nullptr;

// The contract typed, or learnt from the good answer; empty: none.
std::string contract_in_force(const std::string& typed, const std::string& good) {
  if (!is_blank(typed)) return typed;
  return is_blank(good) ? std::string() : learn_schema({good}).value_or("");
}

std::string phrase(JsonPhrase which, Language language) { return std::string(json_phrase(which).in(language)); }
std::string at(std::size_t line, std::size_t column) { return std::to_string(line) + ":" + std::to_string(column); }
std::string more(std::size_t all, Language language) { return all > most_shown ? say(Label::and_more, language, all - most_shown) : ""; }

// On one line: control characters as escapes, bytes that are no UTF-8 marked, the end left out where it is long.
std::string one_line(std::string_view text, std::size_t most = 48) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (char c : readable_text(text.substr(0, most))) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else if (byte < 0x20 || byte == 0x7F) (out += "\\x") += {hex[byte >> 4], hex[byte & 15]};
    else out += c;
  }
  return text.size() > most ? out + " ..." : out;
}

std::string as_sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// The text around these edits, which stand close together, before and after.
void show_edits(std::string_view bytes, const JsonEdit* edits, std::size_t count, const LineIndex& lines, DeskFaultView& view) {
  constexpr std::size_t around = 44, most = 160;
  const std::size_t begin = edits[0].offset, end = edits[count - 1].offset + edits[count - 1].remove;
  const std::size_t start = lines.line_start(lines.locate(begin).line);
  std::size_t from = std::max(start, begin > around ? begin - around : 0);
  if (from == start) from += std::min(bytes.substr(start, begin - start).find_first_not_of(' '), begin - start);
  std::string_view behind = bytes.substr(std::min(end, bytes.size()));
  behind = behind.substr(0, std::min(behind.find_first_of("\r\n"), around));
  const std::string_view before = bytes.substr(from, end - from);
  std::vector<JsonEdit> moved(edits, edits + count);
  for (JsonEdit& edit : moved) edit.offset -= from;
  view.before = one_line(before, most) + one_line(behind, around);
  view.after = one_line(repair(before, moved), most) + one_line(behind, around);
}

// Which edits mend which fault: those from its place to the next fault's.
void give_edits(std::string_view bytes, const Autopsy& found, DeskFindings& view) {
  if (!found.repairable || found.edits.empty()) return;
  const LineIndex lines(bytes);
  std::size_t next = 0, shown = 0;
  for (std::size_t i = 0; i < found.findings.size() && shown < view.faults.size(); ++i, ++shown) {
    DeskFaultView& fault = view.faults[shown];
    std::size_t until = i + 1;
    while (until < found.findings.size() && found.findings[until].warning) ++until;
    const std::size_t limit = until < found.findings.size() ? found.findings[until].place.offset : bytes.size() + 1;
    if (found.findings[i].warning) continue;
    fault.first_edit = next;
    while (next < found.edits.size() && found.edits[next].offset < limit) ++next;
    fault.edits = next - fault.first_edit;
    if (fault.edits > 0) {
      show_edits(bytes, &found.edits[fault.first_edit], fault.edits, lines, fault);
      fault.excerpt.clear();
    }
  }
}

void fill_faults(std::string_view bytes, const Autopsy& found, Language language, DeskFindings& view) {
  for (const JsonFinding& fault : found.findings) {
    if (view.faults.size() == most_shown) break;
    view.faults.push_back({"desk.fault." + std::to_string(view.faults.size()), at(fault.place.line, fault.place.column), fault.place.path,
                           as_sentence(std::string(json_fault_words(fault.fault).in(language))), json_fault_code(fault.fault), one_line(excerpt_of(fault, bytes), 120),
                           "", "", 0, 0, fault.warning ? Meaning::doubt : Meaning::bad});
  }
  view.more_faults = more(std::max(found.fault_count, found.findings.size()), language);
  const auto fact = [&](JsonPhrase which, const std::string& value) {
    if (!value.empty()) view.facts.push_back(as_sentence(phrase(which, language)) + value);
  };
  fact(JsonPhrase::encoding, found.encoding);
  fact(JsonPhrase::page_title, found.page_title);
  fact(JsonPhrase::made_by, found.page_server);
  if (found.login_page) view.facts.push_back(as_sentence(phrase(JsonPhrase::login_page, language)));
  fact(JsonPhrase::says, found.says);
  fact(JsonPhrase::dialect, found.dialect);
  if (found.messages > 0) fact(JsonPhrase::messages, std::to_string(found.messages));
}

void fill_repair(std::string_view bytes, const Autopsy& found, Language language, DeskFindings& view) {
  if (found.valid) return;
  view.edits = found.repairable ? found.edits.size() : 0;
  if (!found.repairable) view.not_repairable = as_sentence(phrase(JsonPhrase::not_repairable, language));
  else if (bytes.size() <= desk_field_limit) view.repaired = repair(bytes, found.edits);
  give_edits(bytes, found, view);
}

void fill_clients(std::string_view bytes, Language language, DeskFindings& view) {
  const auto row = [&](const char* id, const char* name, JsonClient client, JsonEngine engine) {
    const ClientSight sight = client_sight(client, engine, bytes);
    const std::string gets = sight.gets == ClientGets::error ? sight.error : phrase(sight.gets == ClientGets::text ? JsonPhrase::gets_text : JsonPhrase::gets_value, language);
    view.clients.push_back({std::string("desk.client.") + id, name, gets,
                            sight.gets == ClientGets::error ? Meaning::bad : sight.gets == ClientGets::text ? Meaning::doubt : Meaning::good});
  };
  row("v8", "JSON.parse, Chrome, Edge, Node", JsonClient::json_parse, JsonEngine::v8);
  row("spidermonkey", "JSON.parse, Firefox", JsonClient::json_parse, JsonEngine::spidermonkey);
  row("javascriptcore", "JSON.parse, Safari", JsonClient::json_parse, JsonEngine::javascriptcore);
  row("response", "response.json(), Safari", JsonClient::response_json, JsonEngine::javascriptcore);
  row("axios", "axios", JsonClient::axios, JsonEngine::v8);
  row("wx", "wx.request", JsonClient::wx_request, JsonEngine::v8);
}

std::size_t fill_contract(bool typed, const std::string& contract, std::string_view bytes, Language language, DeskFindings& view) {
  if (is_blank(contract)) return 0;
  if (!typed) view.contract_note = say(Label::desk_learnt, language), view.schema = contract;
  view.contract_in_force = true;
  const LineIndex lines(contract);
  for (const SchemaProblem& problem : schema_problems_of_text(contract)) {
    if (view.contract_notes.size() == 5) break;
    const bool open = problem.trouble == SchemaTrouble::remote_reference || problem.trouble == SchemaTrouble::unsupported_pattern;
    view.contract_notes.push_back({std::to_string(lines.locate(problem.offset).line) + ": " + say_schema_problem(problem, language), open ? Meaning::doubt : Meaning::bad});
  }
  view.types = write_typescript(contract).value_or("");
  const ContractReport report = check_contract_text(contract, bytes, {}, {.documents = {}, .check_format = fits_format, .formats_decide = true});
  for (const ShapeFinding& breach : report.findings) {
    if (view.breaches.size() == most_shown) break;
    view.breaches.push_back({"desk.breach." + std::to_string(view.breaches.size()), at(breach.line, breach.column), pointer_path(breach.pointer),
                             as_sentence(say_shape(breach, language)), std::string(shape_code(breach.fault)), "", "", "", 0, 0, Meaning::bad});
  }
  view.more_breaches = more(report.findings.size(), language);
  for (const Unchecked& item : report.unchecked)
    if (view.unchecked.size() < 5 && item.reason != NotChecked::no_json) view.unchecked.push_back(say_unchecked(item, language));
  return report.breaches;
}

void fill_differences(const std::string& good, std::string_view bytes, Language language, DeskFindings& view) {
  if (is_blank(good)) return;
  if (!autopsy(good).valid) {
    view.good_notes = {{std::string(say(Label::desk_good_no_json, language)), Meaning::doubt}};
    return;
  }
  const Differences found = differences(good, bytes);
  if (!found.comparable) return;
  for (const Difference& each : found.list) {
    if (view.differences.size() == most_shown) break;
    const Meaning meaning = each.kind == Difference::Kind::missing ? Meaning::bad : each.kind == Difference::Kind::added ? Meaning::accent : Meaning::doubt;
    const std::string none(say(Label::nothing, language));
    view.differences.push_back({"desk.difference." + std::to_string(view.differences.size()), pointer_path(each.pointer),
                                each.kind == Difference::Kind::added ? none : each.good, each.kind == Difference::Kind::missing ? none : each.other, meaning});
  }
  view.differences_note = found.count == 0 ? std::string(say(Label::desk_same, language)) : more(found.count, language);
}

void decide(const Autopsy& found, std::size_t breaches, Language language, DeskFindings& view) {
  const auto verdict = [&](Meaning meaning, std::string title) {
    view.meaning = meaning;
    view.title = std::move(title);
  };
  if (!found.valid) return verdict(Meaning::bad, say(Label::desk_broken, language, std::max<std::size_t>(found.fault_count, 1)));
  if (breaches > 0) return verdict(Meaning::bad, say(Label::desk_breached, language, breaches));
  if (!found.findings.empty()) return verdict(Meaning::doubt, say(Label::desk_remarked, language, found.findings.size()));
  verdict(Meaning::good, std::string(say(view.contract_in_force ? Label::desk_kept : Label::desk_valid, language)));
}

}  // namespace

DeskFindings examine_desk(const DeskQuestion& question) {
  const Language language = question.language;
  DeskFindings view;
  const std::string contract = contract_in_force(question.contract, question.good);
  given_decoded = &question.decoded;
  AutopsyOptions options;
  if (!question.decoded.empty()) options.decode = [](std::string_view, std::string_view) -> std::optional<std::string> { return *given_decoded; };
  const Autopsy found = autopsy(question.text, options);
  view.valid = found.valid;
  const std::size_t breaches = fill_contract(!is_blank(question.contract), contract, question.text, language, view);
  if (is_blank(question.text)) {
    view.title = say(Label::desk_open, language);
    view.meaning = Meaning::accent;
    return view;
  }
  fill_faults(question.text, found, language, view);
  fill_repair(question.text, found, language, view);
  if (!found.valid) fill_clients(question.text, language, view);
  fill_differences(question.good, question.text, language, view);
  decide(found, breaches, language, view);
  return view;
}

}  // namespace blindspot
