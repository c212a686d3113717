// The body and shape families: an answer that arrived whole and is not what the caller can use.
#include <algorithm>

#include "core/diagnosis/hypotheses.hpp"
#include "core/http/mime.hpp"
#include "core/json/autopsy.hpp"
#include "core/schema/envelope.hpp"
#include "core/stable_order.hpp"

namespace blindspot {

namespace {

// Whether the caller meant to read JSON: it said so, the server says so, or a contract is there.
bool wants_json(const Call& call, const std::optional<MimeType>& type) {
  const std::string accept = ascii_lowercase(header_value(call.request.headers, "accept").value_or(""));
  return (type && is_json_mime_type(*type)) || !call.contract.empty() || accept.find("json") != std::string::npos;
}

bool has_no_body_by_rule(const Call& call, int status) {
  return normalize_method(call.request.method) == "HEAD" || status == 204 || status == 205 || status == 304;
}

Code code_of(JsonFault fault) { return parse_code(json_fault_code(fault)).value_or(Code::json_syntax); }

// "/items/0/price" as "$.items[0].price".
std::string json_path(std::string_view pointer) {
  std::string out = "$";
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string name(pointer.substr(0, end));
    for (std::size_t at; (at = name.find("~1")) != std::string::npos;) name.replace(at, 2, "/");
    for (std::size_t at; (at = name.find("~0")) != std::string::npos;) name.replace(at, 2, "~");
    const bool index = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
    out += index ? "[" + name + "]" : "." + name;
    pointer.remove_prefix(end);
  }
  return out;
}

// What the bytes tell besides the place: who made them, in which encoding, what they say in their own words.
void add_remarks(const Autopsy& autopsy, std::string_view body, Candidate& out) {
  const JsonFault fault = out.code == Code::json_html ? JsonFault::html : JsonFault::syntax;
  const bool foreign = out.code == Code::json_html || out.code == Code::json_xml || out.code == Code::json_plain_text || out.code == Code::json_binary;
  if (foreign) out.because.push_back({EvidenceKind::body_begins, excerpt(body, 60), ""});
  if (!autopsy.page_title.empty()) out.because.push_back({fault == JsonFault::html ? EvidenceKind::html_title : EvidenceKind::xml_root, autopsy.page_title, ""});
  if (!autopsy.page_server.empty()) out.because.push_back({EvidenceKind::page_made_by, autopsy.page_server, ""});
  if (autopsy.login_page) out.because.push_back({EvidenceKind::page_asks_password, "", ""});
  if (!autopsy.says.empty()) out.because.push_back({EvidenceKind::body_says, autopsy.says, ""});
  if (!autopsy.encoding.empty()) out.because.push_back({EvidenceKind::encoding_seen, autopsy.encoding, ""});
  if (!autopsy.dialect.empty()) out.because.push_back({EvidenceKind::dialect_seen, autopsy.dialect, ""});
  if (autopsy.messages > 0) out.because.push_back({EvidenceKind::values_counted, std::to_string(autopsy.messages), ""});
}

Candidate json_finding(const JsonFinding& fault, const Autopsy& autopsy, int status, std::string_view body, const std::string& content_type) {
  const JsonPlace& place = fault.place;
  const std::string around = excerpt(excerpt_of(fault, body), 200);  // in one line
  Candidate out{code_of(fault.fault), 90, BytePlace{place.offset, place.length, place.line, place.column}, {}, {}};
  out.slots = {{"line", std::to_string(place.line)}, {"column", std::to_string(place.column)}, {"offset", std::to_string(place.offset)},
               {"path", place.path}, {"status", std::to_string(status)}, {"value", autopsy.says.empty() ? around : autopsy.says},
               {"bytes_got", std::to_string(body.size())}};
  if (!content_type.empty()) {
    out.slots["content_type"] = content_type;
    out.because.push_back({EvidenceKind::content_type, content_type, ""});
  }
  if (out.code == Code::charset_mismatch) {
    out.slots["expected"] = "UTF-8";
    if (!autopsy.encoding.empty()) out.slots["actual"] = autopsy.encoding;
  }
  const std::string at = std::to_string(place.line) + ":" + std::to_string(place.column);
  if (out.code == Code::json_empty) out.because.push_back({EvidenceKind::body_empty, "", ""});
  else if (fault.warning) out.because.push_back({EvidenceKind::json_remark_at, at, around});
  else if (place.offset > 0 || place.length < body.size()) out.because.push_back({EvidenceKind::json_broken_at, at, around});
  add_remarks(autopsy, body, out);
  return out;
}

// BROWSERS: WebKitGTK 2.50 hands over a chunked body that was cut, and some with a wrong length, as if they were whole.
std::optional<Candidate> shorter_than_announced(int status, const Headers& headers, std::string_view body) {
  const std::optional<std::uint64_t> announced = announced_length(headers);
  if (!announced || has_header(headers, "content-encoding") || body.size() >= *announced) return std::nullopt;
  const std::string got = std::to_string(body.size()), wanted = std::to_string(*announced);
  return Candidate{Code::body_truncated, 95, {}, {{"status", std::to_string(status)}, {"bytes_got", got}, {"bytes_announced", wanted}},
                   {{EvidenceKind::bytes_short, got, wanted}}};
}

Code code_of(ShapeFault fault) { return parse_code(shape_code(fault)).value_or(Code::shape_mismatch); }

void add_once(Candidate candidate, std::vector<Candidate>& list) {
  if (std::none_of(list.begin(), list.end(), [&](const Candidate& known) { return known.code == candidate.code; })) list.push_back(std::move(candidate));
}

Candidate shape_finding(const ShapeFinding& fault) {
  Candidate out{code_of(fault.fault), 80, BytePlace{fault.offset, fault.length, fault.line, fault.column}, {}, {}};
  out.slots = {{"field", fault.field}, {"expected", fault.expected}, {"actual", fault.actual}, {"path", json_path(fault.pointer)},
               {"line", std::to_string(fault.line)}, {"column", std::to_string(fault.column)}};
  // What is forbidden, or broken by no value of its own, is not wanted in another form.
  const bool absent = fault.fault == ShapeFault::missing_field || fault.fault == ShapeFault::renamed_field;
  if (absent || !fault.expected.empty()) out.because.push_back({EvidenceKind::contract_wants, fault.field, fault.expected});
  if (!fault.actual.empty()) out.because.push_back({EvidenceKind::contract_got, fault.field, fault.actual});
  if (!fault.near_miss.empty()) {
    out.slots["actual"] = fault.near_miss;
    out.because.push_back({EvidenceKind::near_name, fault.near_miss, ""});
  }
  if (fault.count > 1) out.because.push_back({EvidenceKind::in_elements, std::to_string(fault.count), ""});
  return out;
}

// Faults in the body's text, each cause once.
std::vector<Candidate> text_faults(const Call& call, int status, const Headers& headers, std::string_view body, const Autopsy& result, bool expected) {
  std::vector<Candidate> out;
  if (result.valid) return out;
  const std::string content_type = header_value(headers, "content-type").value_or("");
  // NB: only for a text that is broken besides. Content-Encoding is hidden across origins, and a tiny text grows when packed.
  if (std::optional<Candidate> cut = shorter_than_announced(status, headers, body)) out.push_back(*cut);
  for (const JsonFinding& fault : result.findings) {
    if (fault.warning) continue;
    // An API call met by a web page is a failure whatever the caller said it accepts; other types may be what was asked for.
    const bool speaks_for_itself = fault.fault == JsonFault::html && normalize_method(call.request.method) != "HEAD";
    if (!expected && !speaks_for_itself) continue;
    // An error with an empty or plain body is an error first; that it is no JSON adds nothing.
    if (status >= 400 && (fault.fault == JsonFault::empty || fault.fault == JsonFault::plain_text)) continue;
    add_once(json_finding(fault, result, status, body, content_type), out);
  }
  return out;
}

// What is remarked on a text that is JSON: it can be read, and something in it is lost or hangs by a thread.
std::vector<Candidate> text_remarks(int status, const Headers& headers, std::string_view body, const Autopsy& result, const std::optional<MimeType>& type) {
  std::vector<Candidate> out;
  const std::string content_type = header_value(headers, "content-type").value_or("");
  for (const JsonFinding& fault : result.findings) add_once(json_finding(fault, result, status, body, content_type), out);
  if (!type) return out;
  const Slots slots = {{"content_type", content_type}, {"status", std::to_string(status)}, {"expected", "application/json"}, {"actual", type->essence()}};
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && (body[start] == '{' || body[start] == '[') && !is_json_mime_type(*type))
    out.push_back({Code::content_type_mismatch, 60, HeaderPlace{"content-type"}, slots,
                   {{EvidenceKind::content_type, content_type, ""}, {EvidenceKind::body_begins, excerpt(body, 60), ""}}});
  const std::string charset = ascii_lowercase(mime_parameter(*type, "charset").value_or("utf-8"));
  const bool beyond_ascii = std::any_of(body.begin(), body.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (beyond_ascii && charset != "utf-8" && charset != "utf8")
    out.push_back({Code::charset_mismatch, 60, HeaderPlace{"content-type"},
                   {{"content_type", content_type}, {"status", std::to_string(status)}, {"expected", charset}, {"actual", "UTF-8"}},
                   {{EvidenceKind::content_type, content_type, ""}, {EvidenceKind::encoding_seen, "UTF-8", ""}}});
  return out;
}

std::vector<Candidate> shape_findings(const Call& call, int status, std::string_view body) {
  if (status >= 400 || body.size() > parse_limit) return {};
  std::vector<Candidate> out;
  if (const std::optional<Envelope> envelope = read_envelope(body); envelope && envelope->failed) {
    out.push_back({Code::business_error, 85, PointerPlace{envelope->pointer},
                   {{"business_code", envelope->code}, {"business_message", envelope->message}, {"field", blamed_names(*envelope)},
                    {"status", std::to_string(status)}},
                   {{EvidenceKind::status_seen, std::to_string(status), ""}, {EvidenceKind::envelope_says, envelope->code, envelope->message}}});
    return out;
  }
  for (const ShapeFinding& fault : call.breaches) out.push_back(shape_finding(fault));
  return out;
}

}  // namespace

std::vector<Candidate> content_findings(const Call& call, int status, const Headers& headers, std::string_view body) {
  if (has_no_body_by_rule(call, status)) return {};
  const bool whole = !(call.observation.response && call.observation.response->capped);
  const std::optional<MimeType> type = content_type_of(headers);
  const bool expected = wants_json(call, type);
  const Autopsy result = whole ? autopsy(body) : Autopsy{};
  std::vector<Candidate> out;
  std::vector<Candidate> faults;
  if (whole) faults = text_faults(call, status, headers, body, result, expected);
  // A byte order mark keeps the page from nothing: whatever else is wrong comes first.
  sort_stably(faults, [](const Candidate& a, const Candidate& b) { return (a.code == Code::json_bom) < (b.code == Code::json_bom); });
  const auto marks = std::find_if(faults.begin(), faults.end(), [](const Candidate& fault) { return fault.code == Code::json_bom; });
  if (marks != faults.begin()) return faults;
  out = shape_findings(call, status, body);
  out.insert(out.end(), marks, faults.end());
  if (result.valid && status < 400)
    for (Candidate& remark : text_remarks(status, headers, body, result, type)) add_once(std::move(remark), out);
  return out;
}

}  // namespace blindspot
