// Our own small calls beside the person's one: the catalogue's pages, the lab's description and journal, and the probes a
// person asked for.
#pragma once

#include "web/net/transport.hpp"

namespace blindspot::net {

// Brings the catalogue's pages of this language, once; PagesArrived when explain can speak it. PagesMissing where two tries have
// failed; the next call tries again.
void load_pages(Language language, Sink sink);
// Brings what holds contracts and examines the desk (web/later), once; LaterArrived or LaterMissing. The next call tries again.
void load_later(Sink sink);
// The answer to a question packed as web/later wants it; nothing while that is not there.
std::optional<std::string> ask_later(int kind, std::string_view question);
// A HostDecoder.
std::optional<std::string> decode_text(std::string_view encoding, std::string_view bytes);
// Looks for /lab.json beside the page; LabFound when there is one, else nothing comes.
void find_lab(Sink sink);
// JournalRead or JournalMissing; asks again a few times while the journal still shows something going on.
void read_journal(const std::string& lab, const std::string& run, const Request& request, Sink sink);
// Sends the probes one after the other; ProbesEnded with `name`.
void send_probes(const std::vector<ProbePlan>& plan, int limit_ms, const std::string& name, Sink sink);
// Calls the plan's URL by window.fetch, method, headers, mode and credentials as it says; ProofEnded with the run's name.
void prove(const ProofPlan& plan, const std::string& run, Sink sink);
// A name for a run that nobody guesses, word characters.
std::string new_run();
void start();

}  // namespace blindspot::net
