// The body and shape families: an answer that arrived whole and is not what the caller can use.
#include <algorithm>

#include "core/diagnosis/hypotheses.hpp"
#include "core/json/autopsy.hpp"
#include "core/schema/contract.hpp"
#include "core/schema/envelope.hpp"

namespace blindspot {

namespace {

std::string essence_of(const Headers& headers) {
  const std::string value = header_value(headers, "content-type").value_or("");
  return ascii_lowercase(trim_http_whitespace(std::string_view(value).substr(0, value.find(';'))));
}

bool is_json_type(std::string_view essence) {
  return essence == "application/json" || essence == "text/json" || essence.ends_with("+json");
}

// Whether the caller meant to read JSON: it said so, the server says so, or a contract is there.
bool wants_json(const Call& call, std::string_view essence) {
  const std::string accept = ascii_lowercase(header_value(call.request.headers, "accept").value_or(""));
  return is_json_type(essence) || !call.contract.is_null() || accept.find("json") != std::string::npos;
}

bool has_no_body_by_rule(const Call& call, int status) {
  return normalize_method(call.request.method) == "HEAD" || status == 204 || status == 205 || status == 304;
}

Code code_of(JsonFault fault) {
  switch (fault) {
    case JsonFault::empty: return Code::json_empty;
    case JsonFault::html: return Code::json_html;
    case JsonFault::truncated: return Code::json_truncated;
    case JsonFault::trailing_comma: return Code::json_trailing_comma;
    default: return Code::json_syntax;
  }
}

Candidate json_finding(const JsonFinding& fault, const Autopsy& autopsy, std::string_view body, const std::string& content_type) {
  const JsonPlace& place = fault.place;
  Candidate out{code_of(fault.fault), 90, BytePlace{place.offset, place.length, place.line, place.column}, {}, {}};
  out.slots = {{"line", std::to_string(place.line)}, {"column", std::to_string(place.column)}, {"offset", std::to_string(place.offset)},
               {"path", place.path}, {"value", fault.excerpt}, {"bytes_got", std::to_string(body.size())}};
  if (!content_type.empty()) {
    out.slots["content_type"] = content_type;
    out.because.push_back({EvidenceKind::content_type, content_type, ""});
  }
  if (out.code == Code::json_empty) {
    out.because.push_back({EvidenceKind::body_empty, "", ""});
  } else if (out.code == Code::json_html) {
    out.because.push_back({EvidenceKind::body_begins, excerpt(body, 60), ""});
    if (!autopsy.page_title.empty()) out.because.push_back({EvidenceKind::html_title, autopsy.page_title, ""});
  } else {
    out.because.push_back({EvidenceKind::json_broken_at, std::to_string(place.line) + ":" + std::to_string(place.column), fault.excerpt});
  }
  return out;
}

Code code_of(ShapeFault fault) {
  const bool absent = fault == ShapeFault::missing_field || fault == ShapeFault::renamed_field;
  return absent ? Code::shape_missing_field : Code::shape_wrong_type;
}

Candidate shape_finding(const ShapeFinding& fault) {
  Candidate out{code_of(fault.fault), 80, BytePlace{fault.offset, fault.length, fault.line, fault.column}, {}, {}};
  out.slots = {{"field", fault.field}, {"expected", fault.expected}, {"actual", fault.actual}, {"path", fault.pointer},
               {"line", std::to_string(fault.line)}, {"column", std::to_string(fault.column)}};
  out.because.push_back({EvidenceKind::contract_wants, fault.field, fault.expected});
  if (!fault.actual.empty()) out.because.push_back({EvidenceKind::contract_got, fault.field, fault.actual});
  if (!fault.near_miss.empty()) out.because.push_back({EvidenceKind::near_name, fault.near_miss, ""});
  return out;
}

}  // namespace

std::vector<Candidate> body_findings(const Call& call, int status, const Headers& headers, std::string_view body) {
  if (has_no_body_by_rule(call, status)) return {};
  if (call.observation.response && call.observation.response->capped) return {};
  const std::string essence = essence_of(headers);
  const bool expected = wants_json(call, essence);
  const std::string content_type = header_value(headers, "content-type").value_or("");
  const Autopsy result = autopsy(body);
  if (result.valid) return {};
  std::vector<Candidate> out;
  for (const JsonFinding& fault : result.findings) {
    if (fault.warning) continue;
    // An API call met by a web page is a failure whatever the caller said it accepts; other types may be what was asked for.
    const bool speaks_for_itself = fault.fault == JsonFault::html && normalize_method(call.request.method) != "HEAD";
    if (!expected && !speaks_for_itself) continue;
    // An error with an empty or plain body is an error first; that it is no JSON adds nothing.
    if (status >= 400 && fault.fault == JsonFault::empty) continue;
    const Code code = code_of(fault.fault);
    if (std::any_of(out.begin(), out.end(), [&](const Candidate& known) { return known.code == code; })) continue;
    out.push_back(json_finding(fault, result, body, content_type));
  }
  return out;
}

std::vector<Candidate> shape_findings(const Call& call, int status, std::string_view body) {
  if (status >= 400 || status == 204) return {};
  const nlohmann::json document = nlohmann::json::parse(body, nullptr, false);
  if (document.is_discarded()) return {};
  std::vector<Candidate> out;
  if (const std::optional<Envelope> envelope = read_envelope(document); envelope && envelope->failed) {
    out.push_back({Code::business_error, 85, PointerPlace{envelope->pointer},
                   {{"business_code", envelope->code}, {"business_message", envelope->message}, {"field", envelope->parameter},
                    {"status", std::to_string(status)}},
                   {{EvidenceKind::status_seen, std::to_string(status), ""}, {EvidenceKind::envelope_says, envelope->code, envelope->message}}});
    return out;
  }
  if (call.contract.is_null()) return out;
  for (const ShapeFinding& fault : check_contract(call.contract, body)) out.push_back(shape_finding(fault));
  return out;
}

}  // namespace blindspot
