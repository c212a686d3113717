// The fields of the desk, its tabs, and what there is to say before anything has been examined.
#include "web/views/desk_view.hpp"

#include "core/json/encoding.hpp"
#include "web/views/labels.hpp"

namespace blindspot {

DeskQuestion desk_question(const State& state) {
  const Desk& desk = state.desk;
  DeskQuestion question{state.language, Bytes(desk.bytes()), desk.draft.contract, desk.draft.good, ""};
  const ForeignEncoding encoding = desk.taken ? decide_encoding(question.text) : ForeignEncoding{};
  if (!encoding.name.empty()) question.decoded = decode_foreign(encoding, question.text, desk.decode).value_or("");
  return question;
}

DeskView make_desk_view(const State& state, std::optional<DeskFindings> found) {
  const Language language = state.language;
  const Desk& desk = state.desk;
  DeskView view;
  view.draft = desk.draft;
  view.tab = desk.tab;
  view.tabs = {{"desk.tab.contract", std::string(say(Label::tab_contract, language)), desk.tab == DeskTab::contract},
               {"desk.tab.good", std::string(say(Label::desk_good, language)), desk.tab == DeskTab::good}};
  if (desk.cut > 0) view.cut_note = say(Label::desk_cut, language, desk.cut / 1024);
  view.can_take_answer = state.record && state.record->call.observation.response && state.phase == Phase::done;
  view.examined = found.has_value();
  if (found) {
    view.found = std::move(*found);
    return view;
  }
  view.found.meaning = state.later_missing ? Meaning::doubt : Meaning::accent;
  view.found.title = say(state.later_missing ? Label::later_missing : Label::later_coming, language);
  return view;
}

}  // namespace blindspot
