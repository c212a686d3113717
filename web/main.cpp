// The page's start and its frame: events in, commands applied, views rebuilt when something changed, panels drawn.
#include <algorithm>
#include <memory>

#include "web/app.hpp"
#include "web/net/client.hpp"
#include "web/net/transport.hpp"
#include "web/panels/panels.hpp"
#include "web/platform/platform.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

struct Session;
Session* the_page = nullptr;
void receive(Command command);

class BrowserHost : public Host {
 public:
  explicit BrowserHost(State& state) : state_(state) {}
  void start_call(const CallPlan& plan) override { net::start_call(plan, receive); }
  void cancel_call() override { net::cancel_call(); }
  void read_journal(const std::string& lab, const std::string& run) override {
    net::read_journal(lab, run, state_.record->call.request, receive);
  }
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
    platform::set_language(language_tag(state.language));
    net::load_pages(state.language, receive);
  }
  double now_ms() override { return platform::now_ms(); }
  std::string new_run() override { return net::new_run(); }

 private:
  State& state_;
};

struct Session {
  State state;
  BrowserHost host{state};
  Commands waiting;  // what the network brought since the last frame
  PageView view;
  Selection selection;
  std::uint64_t seen_revision = 0;
  std::uint64_t calls = 0;
  std::string fragment;  // as last read
};

void receive(Command command) {
  the_page->waiting.push_back(std::move(command));
  platform::request_frames();
}

bool is_dark(const State& state) {
  return state.theme == Theme::dark || (state.theme == Theme::system && platform::environment().dark);
}

std::string lab_name(const State& state) {
  if (!state.lab_answers) return {};
  const std::size_t slashes = state.places.lab.find("//");
  return slashes == std::string::npos ? state.places.lab : state.places.lab.substr(slashes + 2);
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
  view.diagnosis = make_diagnosis_view(state);
  view.wire = make_wire_view(state);
  view.outcome = make_outcome_view(state);
  refresh_body(page);
  view.lab = lab_name(state);
  view.screen = state.screen;
  view.theme = state.theme;
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

void read_fragment(Session& page);

void draw_frame() {
  Session& page = *the_page;
  State& state = page.state;
  Commands arrived;
  arrived.swap(page.waiting);
  // A link within the page changes the fragment alone.
  if (platform::fragment() != page.fragment) read_fragment(page);
  apply_all(page, arrived);
  if (state.phase == Phase::sending) {
    state.progress.now_ms = platform::now_ms();
    platform::wake_after(120);
  }
  rebuild_views(page);
  const platform::Environment& around = platform::environment();
  const bool dark = is_dark(state);
  const Palette& palette = palette_of(dark);
  platform::set_theme(dark, dark ? 0x0e131a : 0xf6f7f9);
  Commands commands;
  const Ui ui{palette, state.language, commands, around.coarse_pointer || around.width < 560, around.width, page.selection};
  // Ctrl+Enter or Command+Enter sends from everywhere, also from a multi-line field.
  const ImGuiIO& io = ImGui::GetIO();
  if ((io.KeyCtrl || io.KeySuper) && ImGui::IsKeyPressed(ImGuiKey_Enter, false)) commands.push_back(command::Send{});
  if (state.phase == Phase::sending && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) commands.push_back(command::Cancel{});
  page.selection.begin_frame();
  draw_page(ui, page.view, state);
  page.selection.end_frame();
  if (commands.empty()) return;
  apply_all(page, commands);
  platform::request_frames();
}

// What tests read: the parts of the state that say what happened.
std::string state_as_json() {
  using Json = nlohmann::json;
  const State& state = the_page->state;
  Json out;
  out["language"] = std::string(language_tag(state.language));
  out["lab"] = state.lab_answers;
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
    out["call"]["journal_pending"] = record.journal_pending;
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
  const Selection& selection = the_page->selection;
  out["selected"] = std::max(selection.anchor, selection.caret) - std::min(selection.anchor, selection.caret);
  if (const BodyReader* body = the_page->view.body.get()) {
    const BodyView& view = body->view;
    out["reading"] = {{"formatted", view.layout() == BodyLayout::formatted}, {"rows", view.rows().count()}, {"all", view.rows().done()},
                      {"top", static_cast<std::uint64_t>(body->top)}, {"from", view.selected().from}, {"to", view.selected().to},
                      {"hits", view.found().hits().size()}};
  }
  Json catalogue = Json::array();
  for (const CatalogueFile& file : catalogue_files())
    if (auto loaded = load_case(file.slug, Twin::faulty))
      catalogue.push_back({{"code", std::string(file.slug)}, {"target", std::string(target_name(loaded.value().target))},
                           {"expect", {{"verdict", loaded.value().expect.pass ? "pass" : "network-error"},
                                       {"outcome", std::string(outcome_name(loaded.value().expect.outcome))}}}});
  out["catalogue"] = catalogue;
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A link's fragment fills the form and waits: "#case=slug&lang=zh".
void read_fragment(Session& page) {
  page.fragment = platform::fragment();
  for (const HeaderDraft& part : query_of("?" + page.fragment)) {
    if (part.name == "lang") apply(page.state, command::SetLanguage{part.value.starts_with("zh") ? Language::zh : Language::en}, page.host);
    if (part.name == "case" && find_catalogue_file(part.value)) apply(page.state, command::ChooseCase{part.value, Twin::faulty}, page.host);
  }
}

void read_settings(State& state) {
  const std::string language = platform::load("language").value_or(platform::environment().language);
  state.language = language.starts_with("zh") ? Language::zh : Language::en;
  const std::string theme = platform::load("theme").value_or("system");
  state.theme = theme == "dark" ? Theme::dark : theme == "light" ? Theme::light : Theme::system;
  platform::set_language(language_tag(state.language));
}

}  // namespace

}  // namespace blindspot

int main() {
  using namespace blindspot;
  static Session page;
  the_page = &page;
  platform::set_state_provider(state_as_json);
  const int result = platform::run(draw_frame);
  if (result != 0) return result;
  page.state.page_origin = platform::environment().page_origin;
  page.state.page_url = platform::environment().page_url;
  read_settings(page.state);
  net::start();
  net::find_lab([](Command command) {
    receive(std::move(command));
    // A case from a link was filled in before the lab's addresses were known: fill it again with the right ones.
    if (the_page->state.chosen && !the_page->state.record) receive(command::ChooseCase{the_page->state.chosen->slug, the_page->state.chosen->twin});
  });
  read_fragment(page);
  net::load_pages(page.state.language, receive);
  return 0;
}
