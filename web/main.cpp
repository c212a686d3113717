// The page's start and its frame: events in, commands applied, views rebuilt when something changed, panels drawn.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "web/app.hpp"
#include "web/keeping.hpp"
#include "web/later/pack.hpp"
#include "web/net/client.hpp"
#include "web/net/transport.hpp"
#include "web/panels/panels.hpp"
#include "web/platform/platform.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

// 22 px letters can be read from a classroom's last row.
float scale_of(const State& state) { return state.type_size == TypeSize::projector ? 1.5f : 1.0f; }

struct Session;
Session* the_page = nullptr;
void receive(Command command);

class BrowserHost : public Host {
 public:
  BrowserHost(State& state, Keeper& keeper) : state_(state), keeper_(keeper) {}
  void start_call(const CallPlan& plan) override { net::start_call(plan, receive); }
  void cancel_call() override { net::cancel_call(); }
  void read_journal(const std::string& lab, const std::string& run, const Request& request) override { net::read_journal(lab, run, request, receive); }
  void prove(const ProofPlan& plan, const std::string& run) override { net::prove(plan, run, receive); }
  void send_probes(const std::vector<ProbePlan>& plan, int limit_ms) override {
    net::send_probes(plan, limit_ms, state_.record->url_text, receive);
  }
  bool copy_text(const std::string& text) override { return platform::copy_text(text); }
  void announce(const std::string& text, bool urgent) override {
    platform::announce(text, urgent ? platform::Politeness::assertive : platform::Politeness::polite);
  }
  void settings_changed(const State& state) override {
    platform::store("language", language_tag(state.language));
    platform::store("theme", state.theme == Theme::dark ? "dark" : state.theme == Theme::light ? "light" : "system");
    platform::store("size", state.type_size == TypeSize::projector ? "projector" : "standard");
    platform::store("server", std::string(server_slug(state.server)));
    platform::set_scale(scale_of(state));
    platform::set_language(language_tag(state.language));
  }
  void remember_secrets(bool remember) override { keeper_.remember_secrets(remember, state_); }
  void stepped(const Snapshot& left) override { keeper_.stepped(left, state_); }
  void want_pages(Language language) override { net::load_pages(language, receive); }
  void want_later() override { net::load_later(receive); }
  bool hold_contract(Call& call) override {
    const std::optional<std::string> answer = net::ask_later(later::contract, pack(contract_question(call)));
    if (answer) call.breaches = unpack<std::vector<ShapeFinding>>(*answer);
    return answer.has_value();
  }
  double now_ms() override { return platform::now_ms(); }
  std::string new_run() override { return net::new_run(); }

 private:
  State& state_;
  Keeper& keeper_;
};

struct Session {
  State state;
  Keeper keeper;
  BrowserHost host{state, keeper};
  Commands waiting;  // what the network brought since the last frame
  PageView view;
  Selection selection;
  std::uint64_t seen_revision = 0, saved_revision = 0;
  std::uint64_t calls = 0;
};

void receive(Command command) {
  // How far a call has come shows at the next tick of its clock; everything else, at once.
  const bool progress = std::holds_alternative<command::BytesSeen>(command) || std::holds_alternative<command::HeadSeen>(command);
  the_page->waiting.push_back(std::move(command));
  if (!progress) platform::request_frames();
}

bool is_dark(const State& state) {
  return state.theme == Theme::dark || (state.theme == Theme::system && platform::environment().dark);
}

std::string lab_name(const State& state) {
  if (!state.lab_answers) return {};
  const std::size_t slashes = state.places.lab.find("//");
  return slashes == std::string::npos ? state.places.lab : state.places.lab.substr(slashes + 2);
}

std::optional<DeskFindings> examined(const State& state) {
  const std::optional<std::string> answer = net::ask_later(later::desk, pack(desk_question(state)));
  return answer ? std::optional(unpack<DeskFindings>(*answer)) : std::nullopt;
}

// The repair's policy as the chosen server wants it.
void write_configuration(Session& page, RepairView& repair) {
  if (!repair.policy) return;
  const std::optional<std::string> text = net::ask_later(later::configuration, pack(ConfigurationQuestion{page.state.server, *repair.policy}));
  if (!text) page.host.want_later();
  repair.configuration = text ? *text : std::string(say(page.state.later_missing ? Label::later_missing : Label::later_coming, page.state.language));
}

// A body is read from its beginning when another call is shown; what is marked in it follows language and findings.
void refresh_body(Session& page) {
  PageView& view = page.view;
  const State& state = page.state;
  if (!view.outcome.shown || !view.outcome.has_body) return view.body.reset();
  const Bytes& bytes = state.record->call.observation.response->body;
  if (!view.body || view.record_number != page.calls || !view.body->view.is_of(bytes))
    view.body = std::make_unique<BodyReader>(bytes, *state.record->body_lines, view.outcome.marks);
  else if (view.body->marks != view.outcome.marks)
    view.body->set_marks(view.outcome.marks);
}

void rebuild_views(Session& page) {
  State& state = page.state;
  if (page.seen_revision == state.revision && state.phase != Phase::sending) return;
  page.seen_revision = state.revision;
  PageView& view = page.view;
  view.request = make_request_view(state);
  view.starters = make_starter_view(state);
  if (state.screen == Screen::catalogue) view.catalogue = make_catalogue_view(state);
  if (state.screen == Screen::court) view.court = make_court_view(state), write_configuration(page, view.court.repair);
  if (state.screen == Screen::desk) view.desk = make_desk_view(state, examined(state));
  view.diagnosis = make_diagnosis_view(state);
  write_configuration(page, view.diagnosis.repair);
  view.wire = make_wire_view(state);
  view.outcome = make_outcome_view(state);
  refresh_body(page);
  view.lab = lab_name(state);
  view.screen = state.screen;
  view.theme = state.theme;
  view.type_size = state.type_size;
  view.copied = state.copied;
  view.copy_failed = state.copy_failed;
  view.record_number = page.calls;
}

void apply_all(Session& page, const Commands& commands) {
  for (const Command& command : commands) {
    if (std::holds_alternative<command::CallEnded>(command)) ++page.calls;
    apply(page.state, command, page.host);
  }
}

// What is shown comes from elsewhere than this form: a reload, another history entry, a link.
void show_kept(Session& page, const Commands& commands) {
  apply_all(page, commands);
  apply_all(page, page.keeper.save(page.state));
}

void draw_frame() {
  Session& page = *the_page;
  State& state = page.state;
  Commands arrived;
  arrived.swap(page.waiting);
  if (platform::take_navigation()) {
    platform::drop_editing();
    show_kept(page, page.keeper.navigated(state));
  }
  apply_all(page, arrived);
  if (state.phase == Phase::sending) {
    state.progress.now_ms = platform::now_ms();
    platform::wake_after(120);
  }
  rebuild_views(page);
  const platform::Environment& around = platform::environment();
  const bool dark = is_dark(state);
  const Palette& palette = palette_of(dark, around.more_contrast ? Contrast::more : Contrast::normal);
  platform::set_theme(dark, rgb_of(palette.page));
  Commands commands;
  const Ui ui{palette, state.language, commands, around.coarse_pointer || around.width < 560, around.width, page.selection};
  // Ctrl+Enter or Command+Enter sends from everywhere in the form, also from a multi-line field.
  const ImGuiIO& io = ImGui::GetIO();
  if (state.screen == Screen::send && (io.KeyCtrl || io.KeySuper) && ImGui::IsKeyPressed(ImGuiKey_Enter, false)) commands.push_back(command::Send{});
  if (state.phase == Phase::sending && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) commands.push_back(command::Cancel{});
  page.selection.begin_frame();
  draw_page(ui, page.view, state);
  page.selection.end_frame();
  if (!commands.empty()) {
    apply_all(page, commands);
    platform::request_frames();
  }
  if (std::exchange(page.saved_revision, state.revision) != state.revision) platform::save_soon();
}

void save() {
  for (Command& command : the_page->keeper.save(the_page->state)) receive(std::move(command));
}

nlohmann::json catalogue_as_json() {
  using Json = nlohmann::json;
  Json catalogue = Json::array();
  for (const CatalogueFile& file : catalogue_files())
    if (auto loaded = load_case(file.slug, Twin::faulty))
      catalogue.push_back({{"code", std::string(file.slug)}, {"target", std::string(target_name(loaded.value().target))},
                           {"expect", {{"verdict", loaded.value().expect.pass ? "pass" : "network-error"},
                                       {"outcome", std::string(outcome_name(loaded.value().expect.outcome))},
                                       {"hidden", loaded.value().expect.hidden}, {"known_as", loaded.value().expect.known_as}}}});
  return catalogue;
}

// What tests read: the parts of the state that say what happened.
std::string state_as_json() {
  using Json = nlohmann::json;
  const State& state = the_page->state;
  Json out;
  out["language"] = std::string(language_tag(state.language));
  out["size"] = state.type_size == TypeSize::projector ? "projector" : "standard";
  out["lab"] = state.lab_answers;
  constexpr const char* screens[] = {"send", "court", "desk", "catalogue"};
  out["screen"] = screens[static_cast<int>(state.screen)];
  out["pages"] = has_pages(state.language == Language::en ? "en" : "zh");
  out["draft"] = {{"method", state.draft.method}, {"url", state.draft.url}, {"body", state.draft.body}, {"limit", state.draft.time_limit}};
  Json headers = Json::array();
  for (const HeaderDraft& row : state.draft.headers) headers.push_back({row.name, is_secret_name(row.name) ? "" : row.value});
  out["draft"]["headers"] = headers;
  constexpr const char* phases[] = {"idle", "sending", "done"};
  out["call"] = {{"phase", phases[static_cast<int>(state.phase)]}, {"number", the_page->calls}};
  if (state.chosen) out["chosen"] = {{"slug", state.chosen->slug}, {"twin", state.chosen->twin == Twin::good ? "good" : "faulty"}};
  auto findings = [](const Diagnosis& diagnosis) {
    Json list = Json::array();
    for (const Finding& finding : diagnosis.findings)
      list.push_back({{"code", std::string(slug_of(finding.code))}, {"certainty", std::string(certainty_name(finding.certainty))}});
    return list;
  };
  if (state.record && state.phase == Phase::done) {
    const Record& record = *state.record;
    const Observation& seen = record.call.observation;
    out["call"]["journal_pending"] = record.journal_pending || record.contract_waits;  // something is still to be known
    out["call"]["wire_known"] = record.call.exchange.has_value();
    out["call"]["run"] = record.run;
    out["diagnosis"]["findings"] = findings(record.by_wire);
    out["diagnosis"]["blind"] = findings(record.by_page);
    out["observation"] = {{"outcome", std::string(outcome_name(seen.outcome))}, {"online", seen.online}, {"error_text", seen.error_text}};
    if (seen.response)
      out["observation"]["response"] = {{"status", seen.response->status}, {"bytes", seen.response->body_bytes}, {"complete", seen.response->complete}, {"capped", seen.response->capped}};
    out["observation"]["end_ms"] = seen.timings.end_ms;
    out["probes"] = {{"manual", std::string(probe_result_name(seen.probes.manual))},
                     {"no_cors", std::string(probe_result_name(seen.probes.no_cors))},
                     {"root_no_cors", std::string(probe_result_name(seen.probes.root_no_cors))}};
  }
  constexpr const char* proofs[] = {"none", "running", "done"};
  out["court"] = {{"proof", proofs[static_cast<int>(state.proof.phase)]}, {"preflight_known", state.proof.seen.preflight.has_value()}};
  const Selection& selection = the_page->selection;
  out["selected"] = std::max(selection.anchor, selection.caret) - std::min(selection.anchor, selection.caret);
  if (const BodyReader* body = the_page->view.body.get()) {
    const BodyView& view = body->view;
    out["reading"] = {{"formatted", view.layout() == BodyLayout::formatted}, {"rows", view.rows().count()}, {"all", view.rows().done()}, {"read", view.done()},
                      {"mark", view.current_mark() ? static_cast<int>(*view.current_mark()) : -1}, {"marks", view.marks().size()},
                      {"top", static_cast<std::uint64_t>(body->top)}, {"from", view.selected().from}, {"to", view.selected().to},
                      {"hits", view.found().hits().size()}};
  }
  static const Json catalogue = catalogue_as_json();
  out["catalogue"] = catalogue;
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void read_settings(State& state) {
  const std::string language = platform::load("language").value_or(platform::environment().language);
  state.language = language.starts_with("zh") ? Language::zh : Language::en;
  state.remember_secrets = platform::load("secrets").has_value();
  const std::string theme = platform::load("theme").value_or("system");
  state.theme = theme == "dark" ? Theme::dark : theme == "light" ? Theme::light : Theme::system;
  state.type_size = platform::load("size") == "projector" ? TypeSize::projector : TypeSize::standard;
  state.server = parse_server(platform::load("server").value_or("")).value_or(Server::nginx);
  platform::set_scale(scale_of(state));
  platform::set_language(language_tag(state.language));
}

}  // namespace

}  // namespace blindspot

int main() {
  using namespace blindspot;
  static Session page;
  the_page = &page;
  platform::set_state_provider(state_as_json);
  platform::run(draw_frame);
  page.state.page_origin = platform::environment().page_origin;
  page.state.desk.decode = net::decode_text;
  page.state.page_url = platform::environment().page_url;
  read_settings(page.state);
  net::start();
  net::find_lab(receive);
  show_kept(page, page.keeper.start(page.state));
  platform::set_saver(save);
  return 0;
}
