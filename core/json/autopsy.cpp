// The order of the work: scan, strangers, surgeon; then lines and columns for all that was found.
#include "core/json/autopsy.hpp"

#include <algorithm>
#include <iterator>

#include "core/json/lines.hpp"
#include "core/json/scan.hpp"
#include "core/json/strangers.hpp"
#include "core/json/surgeon.hpp"
#include "core/json/text.hpp"

namespace blindspot {
namespace {

// {"a":1} inside a string: worth a remark when the string is the whole text.
bool string_holds_json(std::string_view text) {
  const std::size_t open = text.find_first_not_of(" \t\r\n");
  if (open == std::string_view::npos || text[open] != '"') return false;
  const std::size_t close = text.find_last_of('"');
  const std::string inside = json_text::unescape(text.substr(open + 1, close - open - 1));
  const std::size_t first = inside.find_first_not_of(" \t\r\n");
  return first != std::string::npos && (inside[first] == '{' || inside[first] == '[') && is_valid_json(inside);
}

// At one offset what is inserted comes before what is replaced; otherwise in the order of noting.
void put_in_order(std::vector<JsonEdit>& edits) {
  const auto before = [](const JsonEdit& a, const JsonEdit& b) {
    return a.offset != b.offset ? a.offset < b.offset : (a.remove == 0) > (b.remove == 0);
  };
  if (!std::is_sorted(edits.begin(), edits.end(), before)) std::stable_sort(edits.begin(), edits.end(), before);
}

std::string excerpt_around(std::string_view text, const JsonPlace& place) {
  constexpr std::size_t each_side = 20;
  const auto is_tail = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::size_t start = std::min(place.offset, text.size()), stop = start;
  for (std::size_t i = 0; i < each_side && start > 0; ++i) {
    --start;
    for (int tail = 0; tail < 3 && start > 0 && is_tail(start); ++tail) --start;
  }
  for (std::size_t i = 0; i < each_side && stop < text.size(); ++i) {
    ++stop;
    for (int tail = 0; tail < 3 && is_tail(stop); ++tail) ++stop;
  }
  return json_text::to_well_formed(text.substr(start, stop - start));
}

void place_findings(std::string_view text, std::vector<JsonFinding>& findings) {
  if (findings.empty()) return;
  std::stable_sort(findings.begin(), findings.end(),
                   [](const JsonFinding& a, const JsonFinding& b) { return a.place.offset < b.place.offset; });
  const LineIndex lines(text);
  for (JsonFinding& finding : findings) {
    const LineColumn place = lines.locate(finding.place.offset);
    finding.place.line = place.line;
    finding.place.column = place.column;
    finding.excerpt = excerpt_around(text, finding.place);
  }
}

}  // namespace

std::string_view json_fault_name(JsonFault fault) {
  constexpr std::string_view names[] = {"empty",
                                        "html",
                                        "xml",
                                        "plain_text",
                                        "truncated",
                                        "trailing_comma",
                                        "missing_comma",
                                        "missing_colon",
                                        "single_quotes",
                                        "unquoted_key",
                                        "comment",
                                        "literal_case",
                                        "not_a_number",
                                        "undefined_literal",
                                        "number_format",
                                        "control_character",
                                        "bad_escape",
                                        "text_before",
                                        "text_after",
                                        "concatenated",
                                        "bom",
                                        "callback",
                                        "guard_prefix",
                                        "event_stream",
                                        "form_encoded",
                                        "binary",
                                        "invalid_utf8",
                                        "syntax",
                                        "lone_surrogate",
                                        "duplicate_key",
                                        "big_integer",
                                        "too_deep",
                                        "double_encoded"};
  static_assert(std::size(names) == static_cast<std::size_t>(JsonFault::double_encoded) + 1);
  return names[static_cast<std::size_t>(fault)];
}

bool is_json_warning(JsonFault fault) {
  return fault >= JsonFault::lone_surrogate;
}

Autopsy autopsy(std::string_view bytes, const AutopsyOptions& options) {
  Autopsy result;
  const ScanReport scan = scan_json(bytes, ScanExtent::whole_text, options.deep);
  result.valid = scan.valid;
  if (scan.valid && !scan.noteworthy) return result;

  SurgeryNotes notes;
  Stranger stranger;
  stranger.stop = bytes.size();
  if (!scan.valid) stranger = recognise_stranger(bytes);
  notes.faults = std::move(stranger.faults);
  notes.edits = std::move(stranger.edits);
  notes.fault_count = notes.faults.size();
  notes.repairable = stranger.json_within || !notes.edits.empty();
  if (stranger.json_within) Surgeon(bytes, stranger.start, stranger.stop, options, notes).operate();
  if (!scan.valid && notes.faults.empty()) {
    // The surgeon takes nothing that the scanner refuses; should they ever differ, the scanner's word stands.
    notes.faults.push_back({JsonFault::syntax, false, {scan.stopped_at, 0, 1, 1, "$"}, ""});
    ++notes.fault_count;
    notes.repairable = false;
  }
  if (scan.valid && string_holds_json(bytes)) {
    const std::size_t open = bytes.find('"');
    notes.warnings.push_back(
        {JsonFault::double_encoded, true, {open, bytes.find_last_of('"') + 1 - open, 1, 1, "$"}, ""});
  }

  result.fault_count = notes.fault_count;
  result.depth = notes.depth;
  result.page_title = std::move(stranger.page_title);
  result.page_server = std::move(stranger.page_server);
  result.encoding = std::move(stranger.encoding);
  result.findings = std::move(notes.faults);
  result.findings.insert(result.findings.end(), std::make_move_iterator(notes.warnings.begin()),
                         std::make_move_iterator(notes.warnings.end()));
  place_findings(bytes, result.findings);
  result.repairable = !scan.valid && notes.repairable;
  if (result.repairable) {
    result.edits = std::move(notes.edits);
    put_in_order(result.edits);
  }
  return result;
}

Bytes repair(std::string_view bytes, const std::vector<JsonEdit>& edits) {
  std::size_t size = bytes.size();
  for (const JsonEdit& edit : edits) size += edit.insert.size();
  Bytes out;
  out.reserve(size);
  std::size_t done = 0;
  for (const JsonEdit& edit : edits) {
    if (edit.offset < done || edit.offset > bytes.size() || edit.remove > bytes.size() - edit.offset) continue;
    out.append(bytes, done, edit.offset - done);
    out += edit.insert;
    done = edit.offset + edit.remove;
  }
  out.append(bytes, done, bytes.size() - done);
  return out;
}

std::optional<Bytes> repaired(std::string_view bytes, const Autopsy& autopsy) {
  if (autopsy.valid) return Bytes(bytes);
  if (!autopsy.repairable) return std::nullopt;
  Bytes text = repair(bytes, autopsy.edits);
  if (!is_valid_json(text)) return std::nullopt;
  return text;
}

}  // namespace blindspot
