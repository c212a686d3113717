// Every sentence of the program stands in both languages, says what it was given, and keeps the glossary.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "core/explain/explanation.hpp"
#include "tests/support/must.hpp"
#include "tests/support/pages.hpp"
#include "tests/support/tree.hpp"
#include "web/views/labels.hpp"

namespace blindspot {
namespace {

struct EvidenceRow {
  EvidenceKind kind;
  std::string name;
};

std::vector<EvidenceRow> evidence_kinds() {
  return {
#define BLINDSPOT_EVIDENCE(name) EvidenceRow{EvidenceKind::name, #name},
#include "core/diagnosis/evidence.def"
#undef BLINDSPOT_EVIDENCE
  };
}

// The line of evidence.def for this kind: its comment says what it carries.
std::string comment_of(const std::string& name) {
  for (const std::string& line : lines_of(read_source("core/diagnosis/evidence.def")))
    if (line.starts_with("BLINDSPOT_EVIDENCE(" + name + ")")) return line;
  return {};
}

class evidence : public testing::TestWithParam<EvidenceRow> {};
TEST_P(evidence, is_said_in_both_languages_with_all_it_carries) {
  const std::string comment = comment_of(GetParam().name);
  ASSERT_FALSE(comment.empty());
  std::set<std::string> said;
  for (Language language : all_languages) {
    const std::string text = say_evidence({GetParam().kind, "<subject>", "<detail>"}, language);
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
    EXPECT_EQ(text.find("<subject>") != std::string::npos, comment.find("subject:") != std::string::npos) << text;
    if (comment.find("detail:") != std::string::npos) EXPECT_NE(text.find("<detail>"), std::string::npos) << text;
    else EXPECT_EQ(text.find("<detail>"), std::string::npos) << text;
    // Without its last part a sentence must not end in the middle.
    for (std::string_view tail : {":", " ", "\uff1a", "()", "\uff08\uff09"}) {
      const std::string bare = say_evidence({GetParam().kind, "x", ""}, language);
      EXPECT_FALSE(bare.ends_with(tail)) << bare;
    }
    said.insert(text);
  }
  // A header quoted as it stands is the same in every language; all else is not.
  if (GetParam().name != "retry_after" && GetParam().name != "challenge") EXPECT_EQ(said.size(), 2u) << *said.begin();
}
INSTANTIATE_TEST_SUITE_P(tidy, evidence, testing::ValuesIn(evidence_kinds()), RowName());

std::vector<Label> all_labels() {
  return {
#define BLINDSPOT_LABEL(name, en, zh) Label::name,
      BLINDSPOT_LABELS(BLINDSPOT_LABEL)
#undef BLINDSPOT_LABEL
  };
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++found;
  return found;
}

TEST(labels, stand_in_both_languages) {
  std::size_t number = 0;
  for (Label label : all_labels()) {
    const std::string_view en = say(label, Language::en), zh = say(label, Language::zh);
    EXPECT_FALSE(en.empty()) << number;
    EXPECT_FALSE(zh.empty()) << en;
    EXPECT_EQ(count(en, "{n}"), count(zh, "{n}")) << en;
    EXPECT_TRUE(std::all_of(en.begin(), en.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) << en;
    ++number;
  }
  EXPECT_GT(number, 50u);
}

TEST(words, of_every_closed_list_stand_in_both_languages) {
  for (Language language : all_languages) {
    for (Certainty certainty : {Certainty::certain, Certainty::likely, Certainty::possible}) EXPECT_FALSE(say_certainty(certainty, language).empty());
    for (Family family : {Family::ok, Family::request, Family::network, Family::tls, Family::cors, Family::status, Family::body, Family::shape, Family::unknown})
      EXPECT_FALSE(say_family(family, language).empty());
    for (Outcome outcome : {Outcome::answered, Outcome::opaque, Outcome::failed, Outcome::aborted, Outcome::timed_out, Outcome::never_sent})
      EXPECT_FALSE(say_outcome(outcome, language).empty());
    for (Question question : {Question::open_console, Question::ask_with_curl, Question::send_probes,
                              Question::check_certificate})
      EXPECT_FALSE(say_question(question, language).empty());
    for (std::string_view slot : all_slots()) {
      const std::string phrase = fill_slots("{" + std::string(slot) + "}", {}, language);
      EXPECT_FALSE(phrase.empty());
      EXPECT_EQ(phrase.find('{'), std::string::npos) << slot;
    }
    EXPECT_FALSE(language_tag(language).empty());
  }
  EXPECT_NE(say_certainty(Certainty::likely, Language::en), say_certainty(Certainty::likely, Language::zh));
}

TEST(words, keep_the_glossary) {
  const std::vector<GlossaryRow> glossary = read_glossary(read_source("core/explain/glossary.tsv"));
  ASSERT_GT(glossary.size(), 30u);
  std::vector<std::string> texts;
  for (Label label : all_labels()) texts.emplace_back(say(label, Language::zh));
  for (const EvidenceRow& row : evidence_kinds()) texts.push_back(say_evidence({row.kind, "", ""}, Language::zh));
  for (Code code : all_codes()) texts.push_back(label_of(code, Language::zh));
  for (const GlossaryRow& row : glossary)
    for (const std::string& forbidden : row.forbidden)
      for (const std::string& text : texts) EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden << " in: " << text;
}

// A wanted term that itself holds a forbidden one would make the glossary impossible to keep.
TEST(glossary, does_not_contradict_itself) {
  const std::vector<GlossaryRow> glossary = read_glossary(read_source("core/explain/glossary.tsv"));
  for (const GlossaryRow& row : glossary)
    for (const GlossaryRow& other : glossary)
      for (const std::string& forbidden : other.forbidden)
        EXPECT_EQ(row.wanted.find(forbidden), std::string::npos) << row.wanted << " holds " << forbidden << ", which " << other.english << " forbids";
}

}  // namespace
}  // namespace blindspot
