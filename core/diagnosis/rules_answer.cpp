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

Candidate json_finding(const JsonFinding& fault, const Autopsy& autopsy, int status, std::string_view body, const std::string& content_type) {
  const JsonPlace& place = fault.place;
  Candidate out{code_of(fault.fault), 90, BytePlace{place.offset, place.length, place.line, place.column}, {}, {}};
  out.slots = {{"line", std::to_string(place.line)}, {"column", std::to_string(place.column)}, {"offset", std::to_string(place.offset)},
               {"path", place.path}, {"status", std::to_string(status)}, {"value", fault.excerpt}, {"bytes_got", std::to_string(body.size())}};
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

// BROWSERS: WebKitGTK 2.50 hands over a chunked body that was cut, and some with a wrong length, as if they were whole.
std::optional<Candidate> shorter_than_announced(int status, const Headers& headers, std::string_view body) {
  const std::optional<std::uint64_t> announced = announced_length(headers);
  if (!announced || has_header(headers, "content-encoding") || body.size() >= *announced) return std::nullopt;
  const std::string got = std::to_string(body.size()), wanted = std::to_string(*announced);
  return Candidate{Code::body_truncated, 95, {}, {{"status", std::to_string(status)}, {"bytes_got", got}, {"bytes_announced", wanted}},
                   {{EvidenceKind::bytes_short, got, wanted}}};
}

Code code_of(ShapeFault fault) {
  switch (fault) {
    case ShapeFault::missing_field:
    case ShapeFault::renamed_field: return Code::shape_missing_field;
    case ShapeFault::wrong_type:
    case ShapeFault::null_value:
    case ShapeFault::array_object: return Code::shape_wrong_type;
    case ShapeFault::not_in_enum:
    case ShapeFault::out_of_range:
    case ShapeFault::format:
    case ShapeFault::extra_field:
    case ShapeFault::mismatch: break;
  }
  return Code::shape_mismatch;
}

Candidate shape_finding(const ShapeFinding& fault) {
  Candidate out{code_of(fault.fault), 80, BytePlace{fault.offset, fault.length, fault.line, fault.column}, {}, {}};
  out.slots = {{"field", fault.field}, {"expected", fault.expected}, {"actual", fault.actual}, {"path", json_path(fault.pointer)},
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
  // NB: only for a text that is broken besides. Content-Encoding is hidden across origins, and a tiny text grows when packed.
  if (std::optional<Candidate> cut = shorter_than_announced(status, headers, body)) out.push_back(*cut);
  for (const JsonFinding& fault : result.findings) {
    if (fault.warning) continue;
    // An API call met by a web page is a failure whatever the caller said it accepts; other types may be what was asked for.
    const bool speaks_for_itself = fault.fault == JsonFault::html && normalize_method(call.request.method) != "HEAD";
    if (!expected && !speaks_for_itself) continue;
    // An error with an empty or plain body is an error first; that it is no JSON adds nothing.
    if (status >= 400 && fault.fault == JsonFault::empty) continue;
    const Code code = code_of(fault.fault);
    if (std::any_of(out.begin(), out.end(), [&](const Candidate& known) { return known.code == code; })) continue;
    out.push_back(json_finding(fault, result, status, body, content_type));
  }
  return out;
}

std::vector<Candidate> shape_findings(const Call& call, int status, const Headers& headers, std::string_view body) {
  if (status >= 400 || status == 204 || body.size() > parse_limit) return {};
  std::vector<Candidate> out;
  if (const std::optional<Envelope> envelope = read_envelope(body); envelope && envelope->failed) {
    out.push_back({Code::business_error, 85, PointerPlace{envelope->pointer},
                   {{"business_code", envelope->code}, {"business_message", envelope->message}, {"field", blamed_names(*envelope)},
                    {"status", std::to_string(status)}},
                   {{EvidenceKind::status_seen, std::to_string(status), ""}, {EvidenceKind::envelope_says, envelope->code, envelope->message}}});
    return out;
  }
  if (call.contract.is_null()) return out;
  const ContractCall asked{call.request.method, serialize_url(call.request.url), essence_of(headers), status};
  for (const ShapeFinding& fault : check_contract(call.contract, body, asked)) out.push_back(shape_finding(fault));
  return out;
}

}  // namespace blindspot
