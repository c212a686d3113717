// From a record to arrows. With the wire known, every round is drawn as the server saw it; without, what lies between
// browser and server is drawn as unseen.
#include "web/views/wire_view.hpp"

#include "core/http/headers.hpp"
#include "web/views/labels.hpp"
#include "web/views/quantities.hpp"

namespace blindspot {

namespace {

struct Painter {
  const State& state;
  const Record& record;
  Language language;
  WireView view;

  std::string word(Label label) const { return std::string(say(label, language)); }

  void arrow(Lane from, Lane to, std::string label, Stroke stroke = Stroke::solid, Meaning meaning = Meaning::plain,
             std::string note = "", std::string time = "") {
    view.arrows.push_back({from, to, std::move(label), std::move(note), std::move(time), stroke, meaning});
  }

  std::string path_of(const Url& url) const {
    // The lab's own routes are in the way of reading: show the path that the case is about.
    std::string path = url.path;
    if (path.starts_with("/case/")) {
      const std::size_t end = path.find('/', 6);
      path = end == std::string::npos ? "/" : path.substr(end);
      if (path.starts_with("/good/")) path = path.substr(5);
    }
    return path.empty() ? "/" : path;
  }

  std::string asked_headers(const Round& preflight) const {
    std::string asked = header_value(preflight.request_headers, "access-control-request-headers").value_or("");
    for (std::size_t at = 0; (at = asked.find(',', at)) != std::string::npos; at += 2)
      if (asked.compare(at, 2, ", ") != 0) asked.insert(at + 1, " ");
    return asked;
  }

  std::string reach_word(Reach reach) const {
    switch (reach) {
      case Reach::offline: return word(Label::reach_offline);
      case Reach::unknown_host: return word(Label::reach_unknown_host);
      case Reach::refused: return word(Label::reach_refused);
      case Reach::never_accepted: return word(Label::reach_never);
      case Reach::tls_expired:
      case Reach::tls_name_mismatch:
      case Reach::tls_self_signed: return word(Label::reach_tls);
      case Reach::tls_failed: return word(Label::reach_tls_failed);
      case Reach::not_sent: return word(Label::reach_not_sent);
      case Reach::connected: break;
    }
    return {};
  }

  std::string head_text(const Round& round, bool preflight) const {
    std::string text = std::to_string(round.head->status);
    auto add = [&](const char* name, const char* shown) {
      if (auto value = header_value(round.head->headers, name)) text += std::string(" \xC2\xB7 ") + shown + ": " + *value;
    };
    if (preflight) {
      add("access-control-allow-methods", "Allow-Methods");
      add("access-control-allow-headers", "Allow-Headers");
    } else if (round.head->status >= 300 && round.head->status < 400) {
      // The path is enough to follow a redirect that stays on its host.
      const std::string location = header_value(round.head->headers, "location").value_or("");
      const auto target = parse_url(location, &round.url);
      const bool stays = target && is_same_origin(origin_of(target.value()), origin_of(round.url));
      if (!location.empty()) text += " \xC2\xB7 Location: " + (stays ? path_of(target.value()) : location);
    }
    return text;
  }

  void answer(const Round& round, bool preflight) {
    const std::string time = text_of_duration(round.end_ms >= 0 ? round.end_ms : round.head_ms);
    const std::string sent = round.body_bytes ? text_of_bytes(round.body_bytes, language) : "";
    const bool broken = round.ending != Ending::complete;
    std::string ending;
    switch (round.ending) {
      case Ending::complete: break;
      case Ending::closed_early: ending = word(round.head ? Label::wire_fin_early : Label::wire_fin); break;
      case Ending::reset: ending = word(Label::wire_rst); break;
      case Ending::stalled:
      case Ending::open: ending = word(Label::wire_stall); break;
      case Ending::client_left: ending = word(Label::wire_stall); break;
    }
    if (round.head) {
      const bool error = round.head->status >= 400;
      arrow(Lane::server, Lane::browser, head_text(round, preflight), Stroke::solid, error ? Meaning::bad : Meaning::plain, sent,
            broken ? "" : time);
    } else if (!round.raw.empty()) {
      arrow(Lane::server, Lane::browser, word(Label::wire_not_http), Stroke::solid, Meaning::bad, "", time);
      if (round.ending == Ending::closed_early || round.ending == Ending::complete) return;
    }
    if (broken) arrow(Lane::server, Lane::browser, ending, Stroke::stopped, Meaning::bad, "", time);
    if (round.ending == Ending::client_left) arrow(Lane::browser, Lane::server, word(Label::wire_left), Stroke::solid, Meaning::muted, "", time);
  }

  void round(const Round& round, bool preflight) {
    std::string label = round.method + " " + path_of(round.url);
    if (preflight)
      if (std::string asked = asked_headers(round); !asked.empty()) label += " " + word(Label::asks_for) + " " + asked;
    if (round.reach != Reach::connected) {
      arrow(Lane::browser, Lane::server, label, Stroke::stopped, Meaning::bad, reach_word(round.reach));
      return;
    }
    arrow(Lane::browser, Lane::server, label);
    answer(round, preflight);
  }

  void known_wire(const Exchange& exchange) {
    const std::size_t count = exchange.hops.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (count > 4 && i == 2) {
        arrow(Lane::browser, Lane::server, std::to_string(count - 3) + " " + word(Label::more_hops), Stroke::dashed, Meaning::muted);
        i = count - 2;
        continue;
      }
      const Hop& hop = exchange.hops[i];
      if (hop.preflight) round(*hop.preflight, true);
      if (hop.actual) round(*hop.actual, false);
      else if (hop.preflight && hop.preflight->reach == Reach::connected)
        arrow(Lane::browser, Lane::server, normalize_method(record.call.request.method) + " " + word(Label::never_sent_arrow),
              Stroke::stopped, Meaning::bad);
    }
  }

  void unseen_wire() {
    const Observation& seen = record.call.observation;
    if (seen.response) {
      arrow(Lane::browser, Lane::server, normalize_method(record.call.request.method) + " " + path_of(record.call.request.url));
      arrow(Lane::server, Lane::browser, std::to_string(seen.response->status), Stroke::solid,
            seen.response->status >= 400 ? Meaning::bad : Meaning::plain, "", text_of_duration(seen.timings.head_ms));
      return;
    }
    arrow(Lane::browser, Lane::server, "?", Stroke::dashed, Meaning::doubt, word(Label::hidden_from_page));
  }

  void told_code() {
    const Observation& seen = record.call.observation;
    const std::string time = text_of_duration(seen.timings.end_ms);
    switch (seen.outcome) {
      case Outcome::answered:
      case Outcome::opaque: {
        const int status = seen.response ? seen.response->status : 0;
        const Code lead = record.by_wire.findings.empty() ? Code::ok : record.by_wire.findings[0].code;
        const Meaning meaning = lead == Code::ok ? Meaning::good : Meaning::bad;
        const std::string size = seen.response ? text_of_bytes(seen.response->body_bytes, language) : "";
        arrow(Lane::browser, Lane::code, std::to_string(status) + (size.empty() ? "" : " \xC2\xB7 " + size), Stroke::solid, meaning, "", time);
        break;
      }
      case Outcome::failed:
        arrow(Lane::browser, Lane::code, word(seen.response ? Label::told_broken : Label::told_nothing), Stroke::solid, Meaning::bad,
              seen.response ? "" : word(Label::told_nothing_note), time);
        break;
      case Outcome::timed_out:
        arrow(Lane::code, Lane::browser, word(Label::told_timeout), Stroke::solid, Meaning::bad, "", time);
        break;
      case Outcome::aborted:
        arrow(Lane::code, Lane::browser, word(Label::told_abort), Stroke::solid, Meaning::doubt, "", time);
        break;
      case Outcome::never_sent:
        arrow(Lane::browser, Lane::code, word(Label::told_refused), Stroke::solid, Meaning::bad);
        break;
    }
  }
};

// For the empty screen: what any failed call looks like to the code that made it.
WireView blind_spot(Language language) {
  auto word = [&](Label label) { return std::string(say(label, language)); };
  WireView view;
  view.arrows = {{Lane::code, Lane::browser, "GET /orders", "", "", Stroke::solid, Meaning::plain},
                 {Lane::browser, Lane::server, "?", word(Label::hidden_from_page), "", Stroke::dashed, Meaning::doubt},
                 {Lane::browser, Lane::code, word(Label::told_nothing), word(Label::told_nothing_note), "", Stroke::solid, Meaning::bad}};
  view.foot = word(Label::blind_spot_foot);
  return view;
}

}  // namespace

WireView make_wire_view(const State& state) {
  if (!state.record && !state.chosen) return blind_spot(state.language);
  if (!state.record || state.phase == Phase::idle) return {};
  Painter painter{state, *state.record, state.language, {}};
  const Request& request = state.record->call.request;
  const bool parsed = !request.url.host.empty();
  std::string start = normalize_method(request.method) + " " + (parsed ? painter.path_of(request.url) : state.record->url_text);
  painter.arrow(Lane::code, Lane::browser, start);
  if (state.phase == Phase::sending) {
    painter.arrow(Lane::browser, Lane::server, start, Stroke::dashed, Meaning::muted);
    return painter.view;
  }
  if (state.record->call.observation.outcome != Outcome::never_sent) {
    const std::optional<Exchange>& exchange = state.record->call.exchange;
    if (state.witness == Witness::wire && exchange) painter.known_wire(*exchange);
    else painter.unseen_wire();
  }
  painter.told_code();
  if (state.record->journal_repeats > 0 && state.witness == Witness::wire)
    painter.view.foot = say(Label::retries_note, state.language, static_cast<std::size_t>(state.record->journal_repeats));
  return painter.view;
}

std::string arrow_text(const Arrow& arrow, Language language) {
  auto lane = [&](Lane which) {
    const Label labels[] = {Label::lane_code, Label::lane_browser, Label::lane_server};
    return std::string(say(labels[static_cast<std::size_t>(which)], language));
  };
  std::string text = lane(arrow.from) + " \xE2\x86\x92 " + lane(arrow.to) + ": " + arrow.label;
  if (!arrow.note.empty()) text += " (" + arrow.note + ")";
  if (!arrow.time.empty()) text += ", " + arrow.time;
  return text;
}

}  // namespace blindspot
