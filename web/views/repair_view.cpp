// Edits by leg and hop, each caution once, and one server's text.
#include "web/views/repair_view.hpp"

#include <algorithm>

#include "core/explain/explanation.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

namespace {

std::string server_name(Server server, Language language) {
  constexpr std::array<std::string_view, all_servers.size()> names = {
      "",     "nginx",   "Apache",  "Caddy", "Express", "Fastify", "Spring", "ASP.NET Core", "Django",
      "FastAPI", "Flask", "Go net/http", "Gin", "Laravel", "Rails",   "S3",     "API Gateway",  ""};
  if (server == Server::headers) return std::string(say(Label::server_headers, language));
  if (server == Server::cloud_function) return std::string(say(Label::server_function, language));
  return std::string(names[static_cast<std::size_t>(server)]);
}

}  // namespace

RepairView make_repair_view(const State& state, const Repair& repair, const std::optional<CorsPolicy>& policy, const std::string& id) {
  const Language language = state.language;
  RepairView view;
  view.shown = true;
  for (const Edit& edit : repair.edits) {
    std::string leg(say(edit.leg == Leg::preflight ? Label::court_preflight : Label::court_answer, language));
    if (edit.hop > 0) leg += " " + std::to_string(edit.hop + 1);
    view.edits.push_back({id + "." + std::to_string(view.edits.size()), leg, say_edit(edit, language)});
  }
  for (const Warning& warning : repair.warnings) {
    const std::string text = say_caution(warning.caution, language);
    if (std::find(view.cautions.begin(), view.cautions.end(), text) == view.cautions.end()) view.cautions.push_back(text);
  }
  if (!policy) return view;
  view.server = server_name(state.server, language);
  view.policy = policy;
  if (!state.servers_open) return view;
  for (Server server : all_servers)
    view.servers.push_back({id + ".server." + std::string(server_slug(server)), server_name(server, language), server == state.server});
  return view;
}

}  // namespace blindspot
