// Everything the page knows. Plain values: views read it, apply changes it, nothing else does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "core/cors/configuration/server_configuration.hpp"
#include "core/diagnosis/diagnose.hpp"
#include "core/explain/explanation.hpp"
#include "core/intake/journal.hpp"
#include "core/json/lines.hpp"
#include "web/court.hpp"
#include "web/desk.hpp"

namespace blindspot {

enum class Phase { idle, sending, done };
enum class Screen { send, court, desk, catalogue };
enum class RequestTab { query, headers, body, contract, options };
enum class OutcomeTab { body, headers, events };
enum class Theme { system, light, dark };
enum class TypeSize { standard, projector };
// Who may speak in the diagnosis: the page alone, or the page and whoever recorded the wire.
enum class Witness { page, wire };

struct HeaderDraft {
  std::string name, value;
  bool operator==(const HeaderDraft&) const = default;
};

// What a person typed, as typed.
struct Draft {
  std::string method = "GET";
  std::string url;
  std::vector<HeaderDraft> headers;
  std::string body;
  std::string contract;  // JSON Schema text; empty: none
  std::string program_error;  // what the person's program threw with the answer; empty: nothing
  bool include_credentials = false;
  Mode mode = Mode::cors;
  std::string time_limit = "10";  // seconds
  bool operator==(const Draft&) const = default;
};

// The case that filled the draft, if one did.
struct ChosenCase {
  std::string slug;
  Twin twin = Twin::faulty;
  bool operator==(const ChosenCase&) const = default;
};

// What Back and Forward go to, and what is kept of a tab.
struct Snapshot {
  Draft draft;
  std::optional<ChosenCase> chosen;
  Screen screen = Screen::send;
  RequestTab tab = RequestTab::headers;
  CourtDraft court = example_court();
  DeskDraft desk = example_desk();
  bool operator==(const Snapshot&) const = default;
};

// What a person has to know about a link that was opened, or about what is kept.
enum class Notice { link_unreadable, link_unknown_case, link_damaged, link_too_long, link_secrets, link_replaced, storage_denied };

struct Progress {
  double started_ms = 0, now_ms = 0;
  int status = 0;  // as soon as the head is seen
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> total;
};

// A call that was made, with all that became known of it.
struct Record {
  Call call;
  std::string url_text;
  std::optional<ChosenCase> chosen;
  std::string run;           // the lab's name for it; empty: no lab is asked
  int journal_repeats = 0;
  bool journal_pending = false;
  std::vector<JsonFinding> faults;  // of a body that the diagnosis is about, at most 200
  bool contract_waits = false;  // the answer is not yet held against its contract
  Diagnosis by_page, by_wire;  // by_wire equals by_page while nobody recorded the wire
  std::optional<LineIndex> body_lines;  // of the body where it stands: a Record with one is not moved
};

enum class ProbePhase { none, running, done };

struct State {
  Language language = Language::en;
  Theme theme = Theme::system;
  TypeSize type_size = TypeSize::standard;
  Screen screen = Screen::send;
  std::string page_origin, page_url;  // the address without its fragment

  bool lab_answers = false;
  Places places;

  Draft draft;
  std::optional<ChosenCase> chosen;
  RequestTab request_tab = RequestTab::headers;
  std::optional<RequestProblem> problem;  // found at the last press of Send; gone when the field changes
  std::string limit_problem;              // the text of the time limit that is no number
  std::string contract_problem;
  std::vector<Notice> notices;            // those of a link go with the next change of the form
  bool remember_secrets = false;

  Phase phase = Phase::idle;
  Progress progress;
  std::optional<Record> record;
  ProbePhase probes = ProbePhase::none;

  CourtDraft court = example_court();
  Proof proof;  // of `court` as it stands

  Desk desk{.draft = example_desk()};
  bool later_missing = false;  // the part of the program that holds contracts and examines the desk could not be loaded; the next action tries again

  Witness witness = Witness::wire;
  std::size_t finding = 0;  // which of the diagnosis's findings is explained
  std::size_t fix_tab = 0;
  Server server = Server::nginx;  // whose configuration a repair is shown as
  bool servers_open = false;      // the others are shown to choose from
  OutcomeTab outcome_tab = OutcomeTab::body;
  bool words_wanted = false;   // something is shown, or will be, that the catalogue's pages explain
  bool words_missing = false;  // they could not be loaded; the next action tries again

  std::string copied;  // id of the button whose text was copied last
  bool copy_failed = false;

  std::uint64_t revision = 1;  // grows with every change
};

}  // namespace blindspot
