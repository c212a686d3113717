// Reads the catalogue's scripts once, at start, so that a request only has to look one up.
#include "native/lab/cases.hpp"

#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"

namespace blindspot::lab {
namespace {

using nlohmann::json;

std::string target_in(const json& case_object) {
  const auto target = case_object.find("target");
  return target != case_object.end() && target->is_string() ? target->get<std::string>() : "lab";
}

// The script of a case, or the healthy one where it has none; `problem` says why there is neither.
std::optional<WireScript> script_of(const json& case_object, std::string& problem) {
  const auto script = case_object.find("script");
  if (script == case_object.end()) return healthy_script();
  auto parsed = parse_wire_script(*script);
  if (parsed) return std::move(parsed.value());
  problem = "/script" + parsed.error().pointer + ": " + parsed.error().problem;
  return std::nullopt;
}

}  // namespace

WireScript healthy_script() {
  act::Head head{200, "OK", {{"Content-Type", "application/json"},
                             {"Access-Control-Allow-Origin", "{page_origin}"},
                             {"Access-Control-Allow-Credentials", "true"},
                             {"Vary", "Origin"}}};
  return {std::nullopt, {head, act::Send{R"({"ok":true})", 1}, act::End{}}};
}

void Cases::add(std::string_view slug, std::string_view case_json) {
  PlayableCase& entry = cases_[std::string(slug)];
  entry = {};
  const auto parsed = json::parse(case_json, nullptr, false);
  if (!parsed.is_object()) {
    entry.problem = "case.json is not a JSON object";
    return;
  }
  entry.target = target_in(parsed);
  entry.script = script_of(parsed, entry.problem);
  const auto good = repair_case(parsed);
  if (!good) {
    entry.problem = good.error().pointer + ": " + good.error().problem;
    return;
  }
  entry.good_target = target_in(good.value());
  entry.good = script_of(good.value(), entry.problem);
}

const PlayableCase* Cases::find(std::string_view slug) const {
  const auto found = cases_.find(slug);
  return found == cases_.end() ? nullptr : &found->second;
}

std::vector<std::string> Cases::slugs() const {
  std::vector<std::string> all;
  for (const auto& [slug, unused] : cases_) all.push_back(slug);
  return all;
}

}  // namespace blindspot::lab
