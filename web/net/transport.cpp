// emscripten_fetch is XMLHttpRequest underneath. Its limits, and what stands here because of them: a timeout looks like any
// failure (own timer); closing in flight frees what later callbacks use (abort through JavaScript first); an error wipes
// status, headers and byte count at the end (noted when they are visible).
#include "web/net/transport.hpp"

#include <emscripten/fetch.h>

#include <cstring>
#include <memory>
#include <vector>

#include "web/net/bridge.hpp"

namespace blindspot::net {

namespace {

struct Running {
  CallPlan plan;
  Sink sink;
  std::vector<std::string> header_text;  // kept alive for the call
  std::vector<const char*> header_list;
  emscripten_fetch_t* fetch = nullptr;
  double started_ms = 0;
  Observation seen;
  VisibleResponse head;
  bool head_seen = false, ended = false;
  int limit_timer = 0, cancel_timer = 0;
};

std::unique_ptr<Running> running;

double elapsed() { return bsn_now() - running->started_ms; }

void note(std::string name, std::uint64_t bytes = 0) {
  constexpr std::size_t most = 60;  // progress comes many times a second; the first and the last tell the story
  std::vector<Event>& events = running->seen.events;
  if (!events.empty() && events.back().name == name && name == "progress" && events.size() >= 2 &&
      events[events.size() - 2].name == "progress") {
    events.back() = {elapsed(), std::move(name), bytes};
    return;
  }
  if (events.size() < most) events.push_back({elapsed(), std::move(name), bytes});
}

// XMLHttpRequest knows one mode only: the others go by window.fetch.
bool needs_fetch(const Request& request) { return request.mode != Mode::cors; }

void end(Outcome outcome, bool complete) {
  if (running->ended) return;
  running->ended = true;
  bsn_clear_timer(running->limit_timer);
  bsn_clear_timer(running->cancel_timer);
  Observation& seen = running->seen;
  seen.outcome = outcome;
  seen.timings.end_ms = elapsed();
  seen.online = bsn_online() != 0;
  seen.csp_violation = take_csp_violation();
  if (running->head_seen) {
    running->head.complete = complete;
    seen.response = std::move(running->head);
  }
  Observation result = std::move(seen);
  Sink sink = running->sink;
  if (needs_fetch(running->plan.request)) bsn_abort_call();
  if (emscripten_fetch_t* fetch = running->fetch) {
    running->fetch = nullptr;
    if (!complete && fetch->id != 0) bsn_abort(static_cast<int>(fetch->id));
    emscripten_fetch_close(fetch);
  }
  running.reset();
  sink(command::CallEnded{std::move(result)});
}

bool mine(emscripten_fetch_t* fetch) { return running && !running->ended && running->fetch == fetch; }

void read_head(emscripten_fetch_t* fetch) {
  if (running->head_seen || fetch->status == 0) return;
  running->head_seen = true;
  running->seen.timings.head_ms = elapsed();
  VisibleResponse& head = running->head;
  head.status = fetch->status;
  head.status_text.assign(fetch->statusText, strnlen(fetch->statusText, sizeof fetch->statusText));
  // NB: whether the length counts the NUL differs by version; one more byte serves both.
  const std::size_t length = emscripten_fetch_get_response_headers_length(fetch) + 1;
  std::vector<char> text(length, '\0');
  emscripten_fetch_get_response_headers(fetch, text.data(), length);
  head.headers = parse_header_lines(std::string_view(text.data(), strnlen(text.data(), length)));
  const int url_length = bsn_response_url(static_cast<int>(fetch->id));
  head.url = std::string(inbox(url_length));
  running->sink(command::HeadSeen{head.status});
}

// A load event: XMLHttpRequest got an answer to its end, whatever its status.
void loaded(emscripten_fetch_t* fetch) {
  read_head(fetch);
  running->head_seen = true;
  running->head.body.assign(fetch->data ? fetch->data : "", static_cast<std::size_t>(fetch->numBytes));
  running->head.body_bytes = fetch->numBytes;
  note("load", fetch->numBytes);
  end(Outcome::answered, true);
}

void on_success(emscripten_fetch_t* fetch) {
  if (mine(fetch)) loaded(fetch);
}

void on_error(emscripten_fetch_t* fetch) {
  if (!mine(fetch)) return;
  // Not 2xx is "error" to emscripten_fetch: with a status it is an answer like any other.
  if (fetch->status != 0) return loaded(fetch);
  note("error");
  end(Outcome::failed, false);
}

void on_progress(emscripten_fetch_t* fetch) {
  if (!mine(fetch)) return;
  const std::uint64_t bytes = fetch->dataOffset + fetch->numBytes;
  running->head.body_bytes = bytes;
  note("progress", bytes);
  running->sink(command::BytesSeen{bytes, fetch->totalBytes ? std::optional<std::uint64_t>(fetch->totalBytes) : std::nullopt});
  if (bytes <= body_cap) return;
  running->head.capped = true;
  note("stopped by Blindspot", bytes);
  end(Outcome::answered, false);
}

void on_ready_state(emscripten_fetch_t* fetch) {
  if (!mine(fetch)) return;
  note("readystatechange " + std::to_string(fetch->readyState));
  if (fetch->readyState == 2 || fetch->readyState == 3) read_head(fetch);
}

void time_is_up() {
  if (!running || running->ended) return;
  note("time limit");
  end(Outcome::timed_out, false);
}

void start_limits() {
  const CallPlan& plan = running->plan;
  if (plan.request.time_limit_ms > 0) running->limit_timer = start_timer(plan.request.time_limit_ms, time_is_up);
  if (plan.cancel_after_ms > 0) running->cancel_timer = start_timer(plan.cancel_after_ms, cancel_call);
}

std::string header_lines(const Headers& headers) {
  std::string lines;
  for (const Header& header : headers) {
    lines += header.name;
    lines += '\0';
    lines += header.value;
    lines += '\0';
  }
  return lines;
}

// What the browser itself says against the request, beyond what core has checked.
std::optional<std::string> refused_by_browser(const CallPlan& plan) {
  const std::string lines = header_lines(plan.request.headers);
  const int length = bsn_check(plan.request.method.data(), static_cast<int>(plan.request.method.size()), plan.url.data(),
                               static_cast<int>(plan.url.size()), lines.data(), static_cast<int>(lines.size()));
  if (length < 0) return std::nullopt;
  return std::string(inbox(length));
}

}  // namespace

void start_call(const CallPlan& plan, Sink sink) {
  running = std::make_unique<Running>();
  running->plan = plan;
  running->sink = std::move(sink);
  running->started_ms = bsn_now();
  take_csp_violation();
  if (auto message = refused_by_browser(plan)) {
    running->seen.error_text = *message;
    return end(Outcome::never_sent, false);
  }
  if (needs_fetch(plan.request)) {
    note("fetch");
    const std::string pieces = pieces_of(plan.url, plan.request);
    start_limits();
    bsn_call(pieces.data(), static_cast<int>(pieces.size()), plan.request.body.data(), static_cast<int>(plan.request.body.size()),
             static_cast<int>(body_cap));
    return;
  }
  if (plan.request.method.size() >= sizeof(emscripten_fetch_attr_t::requestMethod)) {
    running->seen.error_text = "emscripten_fetch takes a method of at most 31 characters";
    return end(Outcome::never_sent, false);
  }
  emscripten_fetch_attr_t attr;
  emscripten_fetch_attr_init(&attr);
  const std::string method = normalize_method(plan.request.method);
  std::strncpy(attr.requestMethod, method.c_str(), sizeof attr.requestMethod - 1);
  attr.attributes = EMSCRIPTEN_FETCH_LOAD_TO_MEMORY | EMSCRIPTEN_FETCH_REPLACE;
  attr.withCredentials = plan.request.credentials == Credentials::include;
  for (const Header& header : plan.request.headers) {
    running->header_text.push_back(header.name);
    running->header_text.push_back(header.value);
  }
  for (const std::string& text : running->header_text) running->header_list.push_back(text.c_str());
  running->header_list.push_back(nullptr);
  attr.requestHeaders = running->header_list.data();
  if (!running->plan.request.body.empty()) {
    attr.requestData = running->plan.request.body.data();
    attr.requestDataSize = running->plan.request.body.size();
  }
  attr.onsuccess = on_success;
  attr.onerror = on_error;
  attr.onprogress = on_progress;
  attr.onreadystatechange = on_ready_state;
  note("send");
  Running* self = running.get();
  emscripten_fetch_t* fetch = emscripten_fetch(&attr, running->plan.url.c_str());
  if (running.get() != self) return;
  running->fetch = fetch;
  if (!fetch) return end(Outcome::never_sent, false);
  start_limits();
}

void call_told(std::string_view text) {
  if (!running || running->ended) return;
  const std::string_view head = text.substr(0, text.find("\n\n"));
  const std::vector<std::string_view> lines = lines_of(head);
  note("fetch: " + std::string(lines[0]));
  if (lines[0] == "opaque") return end(Outcome::opaque, false);
  if (lines[0] == "error" || lines.size() < 4) {
    // A request that cannot be built rejects like one that failed; the mode's own rules are known beforehand.
    if (lines.size() > 1) running->seen.error_text = std::string(lines[1]);
    return end(Outcome::failed, false);
  }
  VisibleResponse& answer = running->head;
  running->head_seen = true;
  answer.status = std::atoi(std::string(lines[1]).c_str());
  answer.status_text = std::string(lines[2]);
  answer.url = std::string(lines[3]);
  answer.headers = parse_header_lines(lines.size() > 4 ? head.substr(static_cast<std::size_t>(lines[4].data() - head.data())) : "");
  answer.capped = lines[0] == "capped";
  const std::string_view body = text.substr(std::min(head.size() + 2, text.size()));
  if (!answer.capped) answer.body = std::string(body);
  answer.body_bytes = body.size();
  end(Outcome::answered, !answer.capped);
}

void cancel_call() {
  if (!running || running->ended) return;
  note("abort");
  end(Outcome::aborted, false);
}

}  // namespace blindspot::net
