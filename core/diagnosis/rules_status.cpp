// The status family: an answer that is read and says no, and what its body and headers add about the reason.
#include "core/diagnosis/hypotheses.hpp"
#include "core/schema/envelope.hpp"

namespace blindspot {

namespace {

std::optional<Code> code_of_status(int status) {
  switch (status) {
    case 400: return Code::http_400;
    case 401: return Code::http_401;
    case 403: return Code::http_403;
    case 404: return Code::http_404;
    case 429: return Code::http_429;
    case 500: return Code::http_500;
    case 502: return Code::http_502;
    case 503: return Code::http_503;
    case 504: return Code::http_504;
    default: break;
  }
  if (status >= 400 && status < 500) return Code::http_4xx;
  if (status >= 500 && status < 600) return Code::http_5xx;
  return std::nullopt;
}

void add_envelope(std::string_view body, int status, Candidate& finding) {
  const std::optional<Envelope> envelope = read_envelope(body, status);
  if (!envelope) return;
  const bool says = !envelope->code.empty() || !envelope->message.empty();
  if (says) finding.because.push_back({EvidenceKind::envelope_says, envelope->code, envelope->message});
  // What it says against single parameters, where that is more than the message already said.
  constexpr std::size_t most_shown = 3;
  std::size_t shown = 0;
  for (const Complaint& complaint : envelope->complaints) {
    if (complaint.parameter.empty() || shown == most_shown) continue;
    finding.because.push_back({EvidenceKind::envelope_says, complaint.parameter, complaint.message});
    ++shown;
  }
  if (!envelope->code.empty()) finding.slots["business_code"] = envelope->code;
  if (!envelope->message.empty()) finding.slots["business_message"] = envelope->message;
  if (const std::string names = blamed_names(*envelope); !names.empty()) finding.slots["field"] = names;
}

}  // namespace

std::vector<Candidate> status_findings(const Call&, int status, const Headers& headers, std::string_view body) {
  const std::optional<Code> code = code_of_status(status);
  if (!code) return {};
  Candidate finding{*code, 100, {}, {{"status", std::to_string(status)}}, {{EvidenceKind::status_seen, std::to_string(status), ""}}};
  if (auto value = header_value(headers, "retry-after")) {
    finding.because.push_back({EvidenceKind::retry_after, *value, ""});
    finding.slots["value"] = *value;
  }
  if (auto value = header_value(headers, "www-authenticate")) {
    finding.because.push_back({EvidenceKind::challenge, *value, ""});
    finding.slots["value"] = *value;
  }
  constexpr std::size_t error_body_limit = 64 * 1024;  // an error's explanation is short; a larger body is something else
  if (body.size() <= error_body_limit) add_envelope(body, status, finding);
  return {finding};
}

}  // namespace blindspot
