// Puts the rules together: which apply, in which order, and how certain the result may be called.
#include "core/diagnosis/diagnose.hpp"

#include <algorithm>
#include <cmath>

#include "core/diagnosis/hypotheses.hpp"
#include "core/http/percent.hpp"
#include "core/stable_order.hpp"

namespace blindspot {

namespace {

Finding finding_of(const Candidate& candidate, Certainty certainty) {
  return {candidate.code, certainty, candidate.place, candidate.slots, candidate.because};
}

// Weights order; being alone makes certain.
std::vector<Finding> rank(Candidates candidates) {
  std::vector<Candidate>& list = candidates.list;
  sort_stably(list, [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
  std::vector<Finding> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Certainty certainty = Certainty::possible;
    if (list.size() == 1) certainty = candidates.others_beyond_catalogue ? Certainty::likely : Certainty::certain;
    else if (i == 0 && list[0].weight >= 3 * list[1].weight) certainty = Certainty::likely;
    out.push_back(finding_of(list[i], certainty));
  }
  if (out.size() > 1) out[0].because.push_back({EvidenceKind::others_look_alike, std::to_string(out.size() - 1), ""});
  return out;
}

std::vector<Finding> all_certain(const std::vector<Candidate>& list) {
  std::vector<Finding> out;
  for (const Candidate& candidate : list) out.push_back(finding_of(candidate, Certainty::certain));
  return out;
}

Finding healthy(const Call& call) {
  Finding ok{Code::ok, Certainty::certain, {}, {}, {}};
  if (const auto& response = call.observation.response) {
    ok.slots["status"] = std::to_string(response->status);
    ok.because.push_back({EvidenceKind::status_seen, std::to_string(response->status), ""});
    if (response->complete) ok.because.push_back({EvidenceKind::answer_read, std::to_string(response->body_bytes), ""});
    if (!call.contract.empty() && response->body.size() > parse_limit)
      ok.because.push_back({EvidenceKind::contract_not_checked, std::to_string(parse_limit >> 20), ""});
  }
  return ok;
}

std::vector<Finding> blind_findings(const Call& call) {
  const Observation& seen = call.observation;
  switch (seen.outcome) {
    case Outcome::never_sent:
      if (call.never_built)
        return {{call.never_built->code, Certainty::certain, call.never_built->place, call.never_built->slots, {call.never_built->because}}};
      return {};
    case Outcome::aborted:
      return {{Code::aborted_by_caller, Certainty::certain, {}, {}, {{EvidenceKind::own_cancel, text_of_ms(seen.timings.end_ms), ""}}}};
    case Outcome::answered:
      if (seen.response) {
        const VisibleResponse& answer = *seen.response;
        std::vector<Finding> out = all_certain(findings_from_answer(call, answer.status, answer.headers, answer.body));
        if (out.empty()) out.push_back(healthy(call));
        return out;
      }
      return {};
    case Outcome::opaque: return {{Code::cors_opaque_response, Certainty::certain, {}, {}, {{EvidenceKind::opaque_by_mode, "", ""}}}};
    case Outcome::timed_out:
      return rank(seen.response ? hypotheses_for_broken_body(call) : hypotheses_for_time_limit(call));
    case Outcome::failed:
      return rank(seen.response ? hypotheses_for_broken_body(call) : hypotheses_for_failure(call));
  }
  return {};
}

// Families that what was seen leaves no room for.
std::vector<RuledOut> ruled_out(const Call& call, const std::vector<Finding>& findings) {
  std::vector<RuledOut> out;
  auto found = [&](Family family) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return family_of(f.code) == family; });
  };
  auto rule = [&](Family family, Evidence because) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const RuledOut& item) { return item.family == family; });
    if (!known && !found(family)) out.push_back({family, std::move(because)});
  };
  const Observation& seen = call.observation;
  if (seen.outcome == Outcome::never_sent || seen.outcome == Outcome::aborted) return out;
  const Origin target = origin_of(call.request.url);
  if (seen.response) {
    const Evidence status{EvidenceKind::status_seen, std::to_string(seen.response->status), ""};
    rule(Family::network, status);
    rule(Family::tls, status);
    rule(Family::cors, status);
    if (seen.outcome == Outcome::answered && seen.response->status < 400) rule(Family::status, status);
    return out;
  }
  if (is_same_origin(call.request.page.origin, target)) rule(Family::cors, {EvidenceKind::same_origin, "", ""});
  if (call.request.url.scheme == "http") rule(Family::tls, {EvidenceKind::no_tls, "", ""});
  if (call.exchange) {
    const Evidence wire{EvidenceKind::step_decided, "", ""};
    for (const Hop& hop : call.exchange->hops) {
      const Round* round = hop.actual ? &*hop.actual : hop.preflight ? &*hop.preflight : nullptr;
      if (round && round->reach == Reach::connected && round->head) {
        rule(Family::network, {EvidenceKind::journal_request, round->method, std::to_string(round->head->status)});
        rule(Family::tls, {EvidenceKind::journal_request, round->method, std::to_string(round->head->status)});
        break;
      }
    }
  }
  return out;
}

std::optional<Question> next_question(const Call& call, const std::vector<Finding>& findings) {
  if (findings.empty() || findings[0].certainty == Certainty::certain) return std::nullopt;
  const Probes& probes = call.observation.probes;
  if (probes.manual == ProbeResult::not_asked && call.observation.outcome == Outcome::failed) return Question::send_probes;
  if (call.request.url.scheme == "https" && family_of(findings[0].code) == Family::tls) return Question::check_certificate;
  if (call.observation.outcome == Outcome::timed_out) return Question::ask_with_curl;
  return Question::open_console;
}

}  // namespace

std::string name_of_reason(std::string_view subject) { return std::string(subject.substr(0, subject.find(':'))); }

std::string text_of_ms(double ms) {
  if (ms < 0) return "";
  const long whole = std::lround(ms);
  if (whole < 1000) return std::to_string(whole) + " ms";
  std::string text = std::to_string(whole / 1000);
  if (const long tenths = whole % 1000 / 100; tenths != 0) text += "." + std::to_string(tenths);
  return text + " s";
}

std::string excerpt(std::string_view bytes, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned char lead = static_cast<unsigned char>(bytes[i]);
    std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    std::string_view shown = bytes.substr(i, length);
    if (lead == '\n' || lead == '\r' || lead == '\t') {
      shown = out.empty() || out.back() == ' ' ? "" : " ";
    } else if (lead < 0x20 || lead == 0x7F || !is_valid_utf8(shown)) {
      shown = "\xC2\xB7";  // a middle dot stands for what cannot be shown
      length = 1;
    }
    if (out.size() + shown.size() > most) break;
    out += shown;
    i += length;
  }
  return out;
}

std::vector<Candidate> findings_from_answer(const Call& call, int status, const Headers& headers, std::string_view body) {
  std::vector<Candidate> out = status_findings(call, status, headers, body);
  for (Candidate& candidate : content_findings(call, status, headers, body)) out.push_back(std::move(candidate));
  // It names what went wrong last; whatever is wrong with the answer itself came before.
  if (std::optional<Candidate> thrown = program_finding(call, body)) {
    const auto amber = std::find_if(out.begin(), out.end(), [](const Candidate& each) { return leaves_answer_usable(finding_of(each, Certainty::certain)); });
    out.insert(amber, std::move(*thrown));
  }
  return out;
}

bool can_hold_contract(const Call& call) {
  const Observation& seen = call.observation;
  if (call.contract.empty() || seen.outcome != Outcome::answered || !seen.response) return false;
  return seen.response->status < 400 && !seen.response->capped && seen.response->body.size() <= parse_limit;
}

Diagnosis diagnose(const Call& call) { return diagnose_wire(call, {blind_findings(call), {}, {}}); }

Diagnosis diagnose_wire(const Call& call, const Diagnosis& by_page) {
  Diagnosis out;
  const bool answered = call.observation.outcome == Outcome::answered;
  if (call.exchange && !answered && call.observation.outcome != Outcome::never_sent)
    out.findings = all_certain(findings_from_exchange(call));
  if (out.findings.empty()) out.findings = by_page.findings;
  if (call.exchange && answered && out.findings.size() == 1 && out.findings[0].code == Code::ok) {
    std::vector<Finding> hidden = all_certain(hidden_findings(call));
    if (!hidden.empty()) out.findings = std::move(hidden);
  }
  out.ruled_out = ruled_out(call, out.findings);
  out.next = next_question(call, out.findings);
  return out;
}

}  // namespace blindspot
