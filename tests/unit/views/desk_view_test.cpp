// The desk: what is said of a text, which edits are offered, what comes of them, and how it crosses to where it is examined.
#include "web/views/desk_view.hpp"

#include <gtest/gtest.h>

#include "tests/unit/views/fake_host.hpp"
#include "web/later/pack.hpp"

namespace blindspot {
namespace {

// As the page does it: the question packed, examined elsewhere, the answer unpacked.
DeskFindings examined(const State& state) {
  return unpack<DeskFindings>(pack(examine_desk(unpack<DeskQuestion>(pack(desk_question(state))))));
}

DeskFindings found_in(const std::string& text, const std::string& contract = "", const std::string& good = "") {
  State state;
  state.desk.draft = {text, contract, good};
  return examined(state);
}

std::string codes_of(const std::vector<DeskFaultView>& faults) {
  std::string out;
  for (const DeskFaultView& fault : faults) out += (out.empty() ? "" : " ") + fault.place + " " + fault.code;
  return out;
}

TEST(desk, says_what_a_text_is) {
  EXPECT_EQ(found_in("").meaning, Meaning::accent);
  EXPECT_EQ(found_in("{\"a\":1}").meaning, Meaning::good);
  EXPECT_EQ(found_in("{\"a\":1,\"a\":2}").meaning, Meaning::doubt);
  EXPECT_EQ(found_in("{\"a\":1,}").meaning, Meaning::bad);
  EXPECT_EQ(found_in("{\"a\":1}", "{\"required\":[\"b\"]}").meaning, Meaning::bad);
  EXPECT_EQ(found_in("{\"a\":1}", "{\"required\":[\"a\"]}").meaning, Meaning::good);
}

TEST(desk, places_every_fault) { EXPECT_EQ(codes_of(found_in("{'id': 1,\n \"paid\": True}").faults), "1:2 json-single-quotes 2:10 json-literal-case"); }

TEST(desk, shows_the_line_before_and_after_an_edit) {
  const DeskFindings found = found_in("{\n  \"a\": [1, 2,],\n  \"b\": 1\n}");
  ASSERT_EQ(found.faults.size(), 1u);
  EXPECT_EQ(found.faults[0].before, "\"a\": [1, 2,],");
  EXPECT_EQ(found.faults[0].after, "\"a\": [1, 2],");
  EXPECT_EQ(found.faults[0].edits, 1u);
  EXPECT_EQ(found.repaired, "{\n  \"a\": [1, 2],\n  \"b\": 1\n}");
}

TEST(desk, edits_are_made_one_by_one_or_all) {
  PageUnderTest page;
  page.apply(command::SetDesk{{"{'id': 1, \"paid\": True}", "", ""}});
  const DeskFindings found = examined(page.state);
  ASSERT_EQ(found.faults.size(), 2u);
  EXPECT_EQ(found.faults[0].after, "{\"id\": 1, \"paid\": True}") << "both quotes are one fault";
  page.apply(command::MakeEdits{found.faults[1].first_edit, found.faults[1].edits});
  EXPECT_EQ(page.state.desk.draft.text, "{'id': 1, \"paid\": true}");
  page.apply(command::MakeEdits{99, 1});
  EXPECT_EQ(page.state.desk.draft.text, "{'id': 1, \"paid\": true}");
  page.apply(command::MakeAllEdits{});
  EXPECT_EQ(page.state.desk.draft.text, "{\"id\": 1, \"paid\": true}");
  EXPECT_EQ(examined(page.state).edits, 0u);
}

TEST(desk, a_page_in_jsons_place_has_nothing_to_mend) {
  const DeskFindings found = found_in("<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>");
  EXPECT_EQ(found.edits, 0u);
  EXPECT_FALSE(found.not_repairable.empty());
  EXPECT_FALSE(found.facts.empty());
}

TEST(desk, learns_the_contract_from_a_good_answer) {
  const std::string good = R"({"id":1,"user_name":"Lin","tags":["a"]})";
  const DeskFindings found = found_in(R"({"id":"1","userName":"Lin","tags":[]})", "", good);
  EXPECT_TRUE(found.contract_in_force);
  EXPECT_FALSE(found.contract_note.empty());
  EXPECT_NE(codes_of(found.breaches).find("shape-renamed-field"), std::string::npos) << codes_of(found.breaches);
  EXPECT_NE(codes_of(found.breaches).find("shape-wrong-type"), std::string::npos);
  EXPECT_NE(found.types.find("user_name"), std::string::npos) << found.types;
  EXPECT_NE(found.schema.find("\"required\""), std::string::npos);
  EXPECT_EQ(found.differences.size(), 4u);
  EXPECT_TRUE(found_in("1", "{\"type\":\"integer\"}", good).schema.empty()) << "a contract that was typed is there already";
}

TEST(desk, says_what_is_wrong_with_a_contract) {
  const DeskFindings found = found_in("1", "{\n \"type\": \"nubmer\"\n}");
  ASSERT_FALSE(found.contract_notes.empty());
  EXPECT_EQ(found.contract_notes[0].text.substr(0, 2), "2:");
  EXPECT_FALSE(found_in("1", "{").contract_notes.empty());
  EXPECT_FALSE(found_in("1", "", "{").good_notes.empty());
}

TEST(desk, names_what_each_client_gets) {
  const DeskFindings found = found_in("{\"a\":1,}");
  ASSERT_FALSE(found.clients.empty());
  for (const DeskClientView& client : found.clients) EXPECT_FALSE(client.gets.empty()) << client.name;
  EXPECT_TRUE(found_in("{}").clients.empty());
}

TEST(desk, long_lists_are_cut_and_counted) {
  std::string text = "[";
  for (int i = 0; i < 200; ++i) text += "True,";
  const DeskFindings found = found_in(text + "1]");
  EXPECT_EQ(found.faults.size(), 40u);
  EXPECT_NE(found.more_faults.find("160"), std::string::npos) << found.more_faults;
}

TEST(desk, takes_the_last_answer_with_contract_and_good_twin) {
  PageUnderTest page;
  page.lab_answers();
  page.apply(command::ChooseCase{"shape-missing-field"});
  page.apply(command::Send{});
  Observation seen;
  seen.outcome = Outcome::answered;
  seen.response.emplace();
  seen.response->status = 200;
  seen.response->body = "{\"id\":42}";
  seen.response->complete = true;
  page.apply(command::CallEnded{seen});
  page.apply(command::TakeLastAnswer{});
  EXPECT_EQ(page.state.screen, Screen::desk);
  EXPECT_EQ(page.state.desk.draft.text, "{\"id\":42}");
  EXPECT_NE(page.state.desk.draft.contract.find("customer"), std::string::npos);
  EXPECT_NE(page.state.desk.draft.good.find("customer"), std::string::npos);
  EXPECT_EQ(page.host.steps.size(), 2u) << "Back leads to the form, and to what was before the case";
}

TEST(desk, bytes_that_a_field_cannot_hold_stay_what_they_are) {
  Desk desk;
  const Bytes wide("\xFF\xFE{\0}\0", 6);
  lay_on(desk, wide);
  EXPECT_EQ(desk.draft.text, "{}");
  EXPECT_EQ(desk.bytes(), wide);
  lay_on(desk, "{\"a\":\"\x81\x8D\x8F\"}");
  EXPECT_TRUE(desk.taken.has_value());
  EXPECT_NE(desk.draft.text.find("\xEF\xBF\xBD"), std::string::npos);
  lay_on(desk, "{}");
  EXPECT_FALSE(desk.taken.has_value());
  lay_on(desk, "[\"" + std::string(desk_field_limit, 'x') + "\"]");
  EXPECT_EQ(desk.draft.text.size(), desk_field_limit);
  EXPECT_EQ(desk.cut, 4u);
  EXPECT_EQ(desk.bytes().size(), desk_field_limit + 4);
}

TEST(desk, what_was_taken_goes_when_the_text_is_edited) {
  PageUnderTest page;
  lay_on(page.state.desk, Bytes("\xFF\xFE{\0}\0", 6));
  DeskDraft draft = page.state.desk.draft;
  draft.contract = "{}";
  page.apply(command::SetDesk{draft});
  EXPECT_TRUE(page.state.desk.taken.has_value());
  draft.text += " ";
  page.apply(command::SetDesk{draft});
  EXPECT_FALSE(page.state.desk.taken.has_value());
}

TEST(desk, what_examines_it_is_wanted_when_somebody_goes_there) {
  PageUnderTest page;
  EXPECT_EQ(page.host.later_wanted, 0);
  page.apply(command::ChooseScreen{Screen::desk});
  EXPECT_EQ(page.host.later_wanted, 1);
  EXPECT_FALSE(make_desk_view(page.state, std::nullopt).examined);
  page.apply(command::LaterMissing{});
  EXPECT_EQ(page.host.later_wanted, 1) << "not at once";
  EXPECT_EQ(make_desk_view(page.state, std::nullopt).found.meaning, Meaning::doubt);
  page.apply(command::SetLanguage{Language::zh});
  EXPECT_EQ(page.host.later_wanted, 2);
}

TEST(contract, is_held_as_soon_as_what_holds_it_is_there) {
  PageUnderTest page;
  page.host.later_there = false;
  page.lab_answers();
  page.apply(command::ChooseCase{"shape-missing-field"});
  page.apply(command::Send{});
  EXPECT_GT(page.host.later_wanted, 0) << "asked for while the call is under way";
  Observation seen;
  seen.outcome = Outcome::answered;
  seen.response.emplace();
  seen.response->status = 200;
  seen.response->headers = {{"content-type", "application/json"}};
  seen.response->body = "{\"id\":42,\"total\":1,\"customer\":{\"id\":7,\"name\":\"Lin\"}}";
  seen.response->complete = true;
  page.apply(command::CallEnded{seen});
  EXPECT_TRUE(page.state.record->contract_waits);
  page.host.later_there = true;
  page.apply(command::LaterArrived{});
  EXPECT_FALSE(page.state.record->contract_waits);
  ASSERT_FALSE(page.state.record->by_page.findings.empty());
  EXPECT_EQ(page.state.record->by_page.findings[0].code, Code::shape_missing_field);
}

TEST(contract, crosses_whole) {
  Call call;
  call.request.method = "GET";
  call.contract = R"({"required":["a"],"properties":{"b":{"type":"string"}}})";
  call.observation.outcome = Outcome::answered;
  call.observation.response.emplace();
  call.observation.response->status = 200;
  call.observation.response->body = "{\"b\":1}";
  Call there = call_of(unpack<ContractQuestion>(pack(contract_question(call))));
  hold_contract(there);
  hold_contract(call);
  EXPECT_EQ(call.breaches.size(), 2u);
  EXPECT_EQ(unpack<std::vector<ShapeFinding>>(pack(there.breaches)), call.breaches);
}

TEST(unpacker, makes_nothing_of_what_is_cut) {
  std::string whole = pack(examine_desk({Language::en, "{'a':1}", "", "", ""}));
  for (std::size_t size = 0; size < whole.size(); size += 7) unpack<DeskFindings>(std::string_view(whole).substr(0, size));
  EXPECT_TRUE(unpack<DeskFindings>("").faults.empty());
}

}  // namespace
}  // namespace blindspot
