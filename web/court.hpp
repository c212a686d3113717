// One call and its answers as a person writes them, for the panel that predicts: what was written becomes a request and an
// exchange, with a problem at each field that cannot be read. Nothing is sent from here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/diagnosis/diagnose.hpp"
#include "core/cors/predict.hpp"
#include "core/http/mix_url.hpp"
#include "core/intake/http_answers.hpp"

namespace blindspot {

struct CourtDraft {
  std::string page_origin, method, url;
  Headers headers;  // as typed; rows that are empty do not count
  Credentials credentials = Credentials::same_origin;
  Mode mode = Mode::cors;
  std::string preflight, answer;  // heads as curl -i prints them; an answer's further heads are its redirects' answers
  bool operator==(const CourtDraft&) const = default;
};

// The example everybody meets first: a JSON POST with a header of one's own, and a server that forgot to allow it.
CourtDraft example_court();

struct CourtProblems {
  bool page_origin = false;  // neither null nor an http(s) origin
  bool origin_cut = false;   // a URL was given: its origin counts
  std::optional<RequestProblem> request;  // method, URL or header that no browser would send
  std::optional<AnswersError> preflight, answer;  // not set where the text is empty
  bool none() const;
};

struct CourtCase {
  Request request;
  Exchange exchange;
  CourtProblems problems;
  bool preflight_given = false, answer_given = false;
};

CourtCase read_court(const CourtDraft& draft);
// Ends at request.not-sent where an answer that is needed is missing: one behind an unanswered preflight proves nothing yet.
Prediction predict_court(const CourtCase& court);

// A call that was made, as far as its wire is known, to be edited.
CourtDraft court_of(const Call& call);

// "Prove it": the lab plays the same exchange, and the browser decides for real.
enum class ProofPhase { none, running, done };

struct ProofSeen {
  bool resolved = false, timed_out = false;
  std::string type;  // Response.type
  int status = 0;
  std::vector<std::string> names;  // of the headers script could read
  std::string error;               // what fetch rejected with
  std::optional<bool> preflight;   // whether the lab received one; nothing while its journal is not read
  bool operator==(const ProofSeen&) const = default;
};

struct Proof {
  ProofPhase phase = ProofPhase::none;
  std::string run;
  ProofSeen seen;
};

struct ProofPlan {
  std::string url;
  Request request;  // method, headers, mode, credentials as written; page and URL are those of this lab
};

enum class ProofObstacle {
  no_lab,       // nothing that could play it
  incomplete,   // a field that cannot be read, or an answer that is missing
  not_sent,     // decided before anything is sent
  same_origin,  // nothing to decide
  null_origin,  // this page has an origin
  unplayable,   // the lab cannot play it: MixUrlFault
};

// `lab` is empty where none answers.
Result<ProofPlan, ProofObstacle> plan_proof(const CourtCase& court, const Prediction& prediction, const std::string& lab, const std::string& page_here,
                                            const std::string& run);

// What is foretold for the draft, in the proof's own words.
ProofSeen foretell(const CourtCase& court, const Prediction& prediction);
// Whether what was seen is what was foretold: outcome, type, status, the preflight, and which of the answer's headers are read.
bool agrees(const CourtCase& court, const ProofSeen& foretold, const ProofSeen& seen);

// The draft with its answers as the repair leaves them.
CourtDraft with_repair(CourtDraft draft);

// The command that asks the server for what the draft still lacks, to be pasted into a shell; secret values are left out.
std::string curl_for_preflight(const Request& request);
std::string curl_for_answer(const Request& request);

}  // namespace blindspot
