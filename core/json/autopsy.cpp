// The order of the work: scan, strangers, surgeon; then lines and columns for all that was found.
#include "core/json/autopsy.hpp"

#include <algorithm>
#include <iterator>

#include "core/json/lines.hpp"
#include "core/json/scan.hpp"
#include "core/json/strangers.hpp"
#include "core/json/surgeon.hpp"
#include "core/json/text.hpp"
#include "core/stable_order.hpp"

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
  if (!std::is_sorted(edits.begin(), edits.end(), before)) sort_stably(edits, before);
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
  const auto before = [](const JsonFinding& a, const JsonFinding& b) { return a.place.offset < b.place.offset; };
  if (!std::is_sorted(findings.begin(), findings.end(), before)) sort_stably(findings, before);
  LineWalk lines(text.substr(0, findings.back().place.offset + 1));
  for (JsonFinding& finding : findings) {
    const LineColumn place = lines.locate(finding.place.offset);
    finding.place.line = place.line;
    finding.place.column = place.column;
  }
}

// Whose literals are these? The marks are those that the surgeon saw.
std::string dialect_of(const DialectMarks& marks) {
  if (marks.python_words) return "python";
  if (marks.arrows) return "ruby";
  if (marks.equals && marks.bare_names) return "java";
  if (marks.bare_names || marks.undefined) return "javascript";
  if (marks.apostrophes) return "python";
  return "";
}

// Of the root; line and column are still to come.
JsonFinding finding_at(JsonFault fault, std::size_t offset, std::size_t length) {
  JsonFinding finding;
  finding.fault = fault;
  finding.warning = is_json_warning(fault);
  finding.place.offset = offset;
  finding.place.length = length;
  return finding;
}

struct Scanned {
  ScanReport report;
  ScanPoint where;
};

Scanned scan_until_fault(std::string_view text, const AutopsyOptions& options) {
  Scanned scanned;
  scanned.report = scan_json(text, ScanExtent::whole_text, options.deep, &scanned.where);
  return scanned;
}

Autopsy read_text(std::string_view text, const Scanned& scanned, const AutopsyOptions& options) {
  const ScanReport& scan = scanned.report;
  Autopsy result;
  result.valid = scan.valid;
  if (scan.valid && !scan.noteworthy) return result;
  SurgeryNotes notes;
  Stranger stranger;
  stranger.stop = text.size();
  if (!scan.valid) stranger = recognise_stranger(text);
  notes.faults = std::move(stranger.faults);
  notes.edits = std::move(stranger.edits);
  notes.fault_count = notes.faults.size();
  notes.valid = scan.valid;
  notes.repairable = stranger.json_within || !notes.edits.empty();
  if (stranger.json_within) {
    Surgeon surgeon(text, stranger.start, stranger.stop, options, notes);
    const bool whole = stranger.start == 0 && stranger.stop == text.size();
    if (!scan.valid && whole) surgeon.take_over(scanned.where);
    surgeon.operate();
  }
  if (!scan.valid && notes.fault_count == 0) {
    // The surgeon takes nothing that the scanner refuses; should they ever differ, the scanner's word stands.
    notes.faults.push_back(finding_at(JsonFault::syntax, scan.stopped_at, 0));
    ++notes.fault_count;
    notes.repairable = false;
  }
  if (scan.valid && string_holds_json(text)) {
    const std::size_t open = text.find('"');
    notes.warnings.push_back(finding_at(JsonFault::double_encoded, open, text.find_last_of('"') + 1 - open));
  }

  result.fault_count = notes.fault_count;
  result.depth = scan.valid ? scan.depth : notes.depth;
  result.page_title = std::move(stranger.page_title);
  result.page_server = std::move(stranger.page_server);
  result.says = std::move(stranger.says);
  result.login_page = stranger.login_page;
  result.messages = std::max(stranger.messages, notes.values);
  result.encoding = std::move(stranger.encoding);
  result.dialect = dialect_of(notes.marks);
  result.findings = std::move(notes.faults);
  result.findings.insert(result.findings.end(), std::make_move_iterator(notes.warnings.begin()),
                         std::make_move_iterator(notes.warnings.end()));
  place_findings(text, result.findings);
  result.repairable = !scan.valid && notes.repairable && text.size() <= UINT32_MAX;
  if (result.repairable) {
    result.edits = std::move(notes.edits);
    put_in_order(result.edits);
  }
  return result;
}

// The whole text is written anew in UTF-8, with its faults mended; places are those of the bytes, columns count
// characters.
Autopsy read_foreign(std::string_view bytes, const Scanned& scanned, const ForeignEncoding& encoding,
                     const std::string& decoded, const AutopsyOptions& options) {
  Autopsy result = read_text(decoded, scan_until_fault(decoded, options), options);
  const std::optional<Bytes> mended = bytes.size() <= UINT32_MAX ? repaired(decoded, result) : std::nullopt;
  std::vector<std::size_t> ends;
  for (const JsonFinding& finding : result.findings) ends.push_back(finding.place.offset + finding.place.length);
  sort_stably(ends, [](std::size_t a, std::size_t b) { return a < b; });
  for (JsonFinding& finding : result.findings) finding.excerpt = excerpt_around(decoded, finding.place);
  ForeignOffsets starts(encoding, bytes, decoded), stops(encoding, bytes, decoded);
  std::vector<std::size_t> original_ends;
  for (const std::size_t end : ends) original_ends.push_back(stops.original(end));
  for (JsonFinding& finding : result.findings) {
    const std::size_t end = finding.place.offset + finding.place.length;
    finding.place.offset = starts.original(finding.place.offset);
    const std::size_t rank = static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), end) - ends.begin());
    finding.place.length = original_ends[rank] - finding.place.offset;
  }
  JsonFinding charset = finding_at(JsonFault::invalid_utf8, encoding.first, encoding.length);
  if (encoding.length != bytes.size()) {
    // Read as if it were UTF-8, the bytes tell in which value the first of them stands.
    const Autopsy raw = read_text(bytes, scanned, options);
    const auto first = std::find_if(raw.findings.begin(), raw.findings.end(), [](const JsonFinding& finding) {
      return finding.fault == JsonFault::invalid_utf8;
    });
    if (first != raw.findings.end()) charset.place = first->place;
    const bool garbled = std::any_of(charset.place.path.begin(), charset.place.path.end(),
                                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (garbled) charset.place.path = "$";
  }
  charset.excerpt = excerpt_around(decoded, charset.place);
  const auto behind = std::find_if(result.findings.begin(), result.findings.end(), [&](const JsonFinding& finding) {
    return finding.place.offset >= charset.place.offset;
  });
  result.findings.insert(behind, std::move(charset));
  result.valid = false;
  ++result.fault_count;
  result.encoding = encoding.name;
  result.repairable = mended.has_value();
  result.edits.clear();
  if (mended) result.edits.push_back({0, static_cast<std::uint32_t>(bytes.size()), std::string_view(*mended), JsonFault::invalid_utf8});
  return result;
}

}  // namespace

std::string_view json_fault_name(JsonFault fault) {
  constexpr std::string_view names[] = {"empty",         "html",
                                        "xml",           "plain_text",
                                        "truncated",     "trailing_comma",
                                        "missing_comma", "missing_colon",
                                        "single_quotes", "unquoted_key",
                                        "comment",       "literal_case",
                                        "not_a_number",  "undefined_literal",
                                        "number_format", "control_character",
                                        "bad_escape",    "text_before",
                                        "text_after",    "concatenated",
                                        "bom",           "callback",
                                        "guard_prefix",  "event_stream",
                                        "form_encoded",  "binary",
                                        "invalid_utf8",  "not_serializable",
                                        "syntax",        "lone_surrogate",
                                        "duplicate_key", "big_integer",
                                        "too_deep",      "double_encoded"};
  static_assert(std::size(names) == static_cast<std::size_t>(JsonFault::double_encoded) + 1);
  return names[static_cast<std::size_t>(fault)];
}

bool is_json_warning(JsonFault fault) {
  return fault >= JsonFault::lone_surrogate;
}

std::string json_fault_code(JsonFault fault) {
  if (fault == JsonFault::undefined_literal) return "json-undefined";
  if (fault == JsonFault::invalid_utf8) return "charset-mismatch";
  std::string code = "json-" + std::string(json_fault_name(fault));
  std::replace(code.begin(), code.end(), '_', '-');
  return code;
}

Autopsy autopsy(std::string_view bytes, const AutopsyOptions& options) {
  const Scanned scanned = scan_until_fault(bytes, options);
  const ScanReport& scan = scanned.report;
  if (scan.valid && !scan.noteworthy) {
    Autopsy clean;
    clean.valid = true;
    return clean;
  }
  if (!scan.valid && !binary_kind(bytes)) {
    const ForeignEncoding encoding = decide_encoding(bytes, scan.stopped_at);
    if (!encoding.name.empty()) {
      if (const auto decoded = decode_foreign(encoding, bytes, options.decode))
        return read_foreign(bytes, scanned, encoding, *decoded, options);
      Autopsy result = read_text(bytes, scanned, options);
      result.encoding = encoding.name;
      return result;
    }
  }
  return read_text(bytes, scanned, options);
}

std::string excerpt_of(const JsonFinding& finding, std::string_view bytes) {
  return finding.excerpt.empty() ? excerpt_around(bytes, finding.place) : finding.excerpt;
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
  return repair(bytes, autopsy.edits);
}

}  // namespace blindspot
