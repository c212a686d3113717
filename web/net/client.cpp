// Answers come back by ticket: a number handed to JavaScript and looked up here.
#include "web/net/client.hpp"

#include <emscripten/emscripten.h>

#include <array>
#include <map>
#include <memory>
#include <utility>

#include "core/intake/journal.hpp"
#include "web/net/bridge.hpp"

namespace blindspot::net {

namespace {

std::string inbox_text;
int next_ticket = 1;
bool csp_seen = false, later_asked = false;
Sink later_sink;
std::map<int, std::function<void()>> timers;
std::map<int, std::function<void(int, std::string_view)>> gets;
std::map<int, std::function<void(ProbeResult, int)>> probes;
std::map<int, std::function<void(std::string_view)>> proofs;

template <class Map, class... Args>
void answer(Map& waiting, int ticket, Args&&... args) {
  auto found = waiting.find(ticket);
  if (found == waiting.end()) return;
  auto then = std::move(found->second);
  waiting.erase(found);
  then(std::forward<Args>(args)...);
}

enum class Cache { never, allowed };

void get(const std::string& url, Cache cache, int limit_ms, std::function<void(int, std::string_view)> then) {
  const int ticket = next_ticket++;
  gets[ticket] = std::move(then);
  bsn_get(url.data(), static_cast<int>(url.size()), cache == Cache::allowed, limit_ms, ticket);
}

// The name with its hash, as the packed page knows it.
std::string built_name(std::string_view name) {
  return std::string(inbox(bsn_built_name(name.data(), static_cast<int>(name.size()))));
}

std::array<bool, all_languages.size()> pages_asked = {};

void ask_pages(Language language, Sink sink, int tries_left) {
  const std::string tag = language == Language::en ? "en" : "zh";
  get(built_name("pages." + tag + ".txt"), Cache::allowed, 30000, [=](int status, std::string_view text) {
    if (status == 200 && provide_pages(tag, std::string(text))) {
      sink(command::PagesArrived{language});
    } else if (tries_left > 0) {
      start_timer(1000, [=] { ask_pages(language, sink, tries_left - 1); });
    } else {
      pages_asked[static_cast<std::size_t>(language)] = false;
      sink(command::PagesMissing{language});
    }
  });
}

struct JournalRun {
  std::string url, run;
  Request request;
  Sink sink;
  int tries_left = 6;
};

void ask_journal(std::shared_ptr<JournalRun> job) {
  get(job->url, Cache::never, 2000, [job](int status, std::string_view text) {
    std::optional<Journal> journal = status == 200 ? parse_journal(text, job->request) : std::nullopt;
    const bool settled = journal && !journal->open && !journal->exchange.hops.empty();
    if (!settled && --job->tries_left > 0) {
      // The server notes the end of a connection a moment after the page does.
      start_timer(120, [job] { ask_journal(job); });
      return;
    }
    if (journal && !journal->exchange.hops.empty()) job->sink(command::JournalRead{job->run, *journal});
    else job->sink(command::JournalMissing{job->run});
  });
}

struct ProbeRun {
  std::vector<ProbePlan> plan;
  std::size_t next = 0;
  int limit_ms;
  std::string name;
  Sink sink;
  Probes results;
};

void send_next(std::shared_ptr<ProbeRun> job) {
  if (job->next == job->plan.size()) {
    job->sink(command::ProbesEnded{job->name, job->results});
    return;
  }
  const ProbePlan& step = job->plan[job->next];
  const int ticket = next_ticket++;
  probes[ticket] = [job](ProbeResult result, int status) {
    switch (job->plan[job->next].kind) {
      case ProbeKind::manual:
        job->results.manual = result;
        job->results.manual_status = status;
        break;
      case ProbeKind::no_cors: job->results.no_cors = result; break;
      case ProbeKind::root_no_cors: job->results.root_no_cors = result; break;
    }
    ++job->next;
    send_next(job);
  };
  bsn_probe(static_cast<int>(step.kind), step.url.data(), static_cast<int>(step.url.size()), job->limit_ms, ticket);
}

}  // namespace

std::string_view inbox(int length) { return std::string_view(inbox_text).substr(0, static_cast<std::size_t>(length)); }
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string pieces_of(const std::string& url, const Request& request) {
  std::string pieces = url;
  for (std::string_view each : {std::string_view(request.method), mode_name(request.mode), credentials_name(request.credentials)})
    (pieces += '\0') += each;
  for (const Header& header : request.headers) ((pieces += '\0') += header.name + '\0') += header.value;
  return pieces;
}

double bsn_now() { return emscripten_get_now(); }

int start_timer(int ms, std::function<void()> ring) {
  const int ticket = next_ticket++;
  timers[ticket] = std::move(ring);
  return bsn_timer(ms, ticket);
}

bool take_csp_violation() { return std::exchange(csp_seen, false); }

void start() { bsn_watch_csp(); }

void load_pages(Language language, Sink sink) {
  bool& asked = pages_asked[static_cast<std::size_t>(language)];
  if (!std::exchange(asked, true)) ask_pages(language, std::move(sink), 1);
}

void load_later(Sink sink) {
  if (later_asked) return;
  later_asked = true;
  later_sink = std::move(sink);
  const std::string name = built_name("later.wasm");
  bsn_later_load(name.data(), static_cast<int>(name.size()));
}

std::optional<std::string> ask_later(int kind, std::string_view question) {
  const int size = bsn_later_ask(kind, question.data(), static_cast<int>(question.size()));
  if (size < 0) return std::nullopt;
  return std::string(inbox(size));
}

std::optional<std::string> decode_text(std::string_view encoding, std::string_view bytes) {
  const int size = bsn_decode(encoding.data(), static_cast<int>(encoding.size()), bytes.data(), static_cast<int>(bytes.size()));
  if (size < 0) return std::nullopt;
  return std::string(inbox(size));
}

void find_lab(Sink sink) {
  // A busy machine may be late; a server without a lab says so at once.
  get("lab.json", Cache::never, 20000, [sink](int status, std::string_view text) {
    if (status != 200) return;
    if (auto places = parse_places(text)) sink(command::LabFound{*places});
  });
}

void read_journal(const std::string& lab, const std::string& run, const Request& request, Sink sink) {
  auto job = std::make_shared<JournalRun>();
  job->url = lab + "/journal/" + run;
  job->run = run;
  job->request = request;
  job->sink = std::move(sink);
  ask_journal(job);
}

void send_probes(const std::vector<ProbePlan>& plan, int limit_ms, const std::string& name, Sink sink) {
  auto job = std::make_shared<ProbeRun>();
  job->plan = plan;
  job->limit_ms = limit_ms;
  job->name = name;
  job->sink = std::move(sink);
  send_next(job);
}

void prove(const ProofPlan& plan, const std::string& run, Sink sink) {
  const std::string pieces = pieces_of(plan.url, plan.request);
  const int ticket = next_ticket++;
  proofs[ticket] = [run, sink](std::string_view told) {
    const std::vector<std::string_view> lines = lines_of(told);
    ProofSeen seen;
    seen.resolved = lines[0] == "resolved";
    seen.timed_out = lines[0] == "late";
    if (!seen.resolved && lines.size() > 1) seen.error = std::string(lines[1]);
    if (seen.resolved && lines.size() > 2) {
      seen.type = std::string(lines[1]);
      seen.status = std::atoi(std::string(lines[2]).c_str());
      seen.names.assign(lines.begin() + 3, lines.end());
    }
    sink(command::ProofEnded{run, seen});
  };
  bsn_prove(pieces.data(), static_cast<int>(pieces.size()), 10000, ticket);
}

std::string new_run() {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string out;
  for (auto number = static_cast<std::uint64_t>(bsn_random()); number != 0; number /= 32) out += letters[number % 32];
  return out;
}

}  // namespace blindspot::net

extern "C" {

EMSCRIPTEN_KEEPALIVE char* bsn_inbox(int length) {
  blindspot::net::inbox_text.resize(static_cast<std::size_t>(length));
  return blindspot::net::inbox_text.data();
}
EMSCRIPTEN_KEEPALIVE void bsn_timer_rang(int ticket) { blindspot::net::answer(blindspot::net::timers, ticket); }
EMSCRIPTEN_KEEPALIVE void bsn_later_came(int there) {
  if (there) {
    blindspot::net::later_sink(blindspot::command::LaterArrived{});
    return;
  }
  blindspot::net::later_asked = false;
  blindspot::net::later_sink(blindspot::command::LaterMissing{});
}
EMSCRIPTEN_KEEPALIVE void bsn_csp_seen() { blindspot::net::csp_seen = true; }
EMSCRIPTEN_KEEPALIVE void bsn_got(int ticket, int status, int length) {
  const std::string text(blindspot::net::inbox(length));
  blindspot::net::answer(blindspot::net::gets, ticket, status, std::string_view(text));
}
EMSCRIPTEN_KEEPALIVE void bsn_called(int length) {
  const std::string text(blindspot::net::inbox(length));
  blindspot::net::call_told(text);
}
EMSCRIPTEN_KEEPALIVE void bsn_proved(int ticket, int length) {
  const std::string text(blindspot::net::inbox(length));
  blindspot::net::answer(blindspot::net::proofs, ticket, std::string_view(text));
}
EMSCRIPTEN_KEEPALIVE void bsn_probed(int ticket, int result, int status) {
  blindspot::net::answer(blindspot::net::probes, ticket, static_cast<blindspot::ProbeResult>(result), status);
}

}
