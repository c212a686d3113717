// What a program threw while it worked with the answer, held against that answer: is the name there at all?
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/diagnosis/hypotheses.hpp"
#include "core/diagnosis/program_error.hpp"
#include "core/schema/near_miss.hpp"

namespace blindspot {

namespace {

using Json = nlohmann::json;

// Where a name stands in the answer, first one first, or what is spelled most like it.
struct Search {
  const std::string& name;
  std::string path, type, near;
  std::size_t distance = 100;
  int left = 20'000;  // values looked at, at most

  void look(const Json& value, const std::string& at, int deep) {
    if (!path.empty() || deep == 0 || --left < 0) return;
    std::size_t index = 0;
    if (value.is_array())
      for (const Json& element : value) look(element, at + "[" + std::to_string(index++) + "]", deep - 1);
    if (!value.is_object()) return;
    for (const auto& [key, member] : value.items()) {
      if (key == name && path.empty()) path = at + "." + key, type = member.type_name();
      if (const auto far = near_miss_distance(name, key); far && *far < distance) distance = *far, near = key;
    }
    for (const auto& [key, member] : value.items()) look(member, at + "." + key, deep - 1);
  }
};

}  // namespace

std::optional<Candidate> program_finding(const Call& call, std::string_view body) {
  const std::optional<ProgramError> error = read_program_error(call.program_error);
  if (!error) return std::nullopt;
  const std::string said = excerpt(call.program_error, 200);
  Candidate out{error->kind == ProgramError::Kind::body_twice ? Code::body_already_read : Code::shape_read_of_undefined, 60, {}, {{"value", said}, {"status", std::to_string(call.observation.response ? call.observation.response->status : 0)}},
                {{EvidenceKind::program_threw, said, ""}}};
  if (out.code == Code::body_already_read) return out;
  const std::string missing = last_name(error->owner);
  const std::string& field = error->property.empty() ? missing : error->property;
  if (!field.empty()) out.slots["field"] = field;
  if (!error->found.empty()) out.slots["actual"] = error->found;
  const Json answer = body.size() <= parse_limit ? Json::parse(body, nullptr, false) : Json(Json::value_t::discarded);
  if (answer.is_discarded()) return out;
  if (error->kind == ProgramError::Kind::call) out.because.push_back({EvidenceKind::answer_is, answer.type_name(), ""});
  // What was not there is the cause, where the engine names it; else what was read.
  for (const std::string& name : {missing, error->property}) {
    const bool method = error->kind == ProgramError::Kind::call && name == error->property;
    if (name.empty() || method) continue;
    Search search{name, {}, {}, {}};
    search.look(answer, "$", 64);
    if (!search.path.empty()) out.because.push_back({EvidenceKind::answer_has, search.path, search.type});
    else out.because.push_back({EvidenceKind::answer_lacks, name, ""});
    if (search.path.empty() && !search.near.empty()) out.because.push_back({EvidenceKind::near_name, search.near, ""});
  }
  return out;
}

}  // namespace blindspot
