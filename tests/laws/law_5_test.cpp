// Law 5: both languages say the same, in the same shape, with every slot filled and the glossary kept.
#include <set>

#include "core/explain/explanation.hpp"
#include "tests/laws/stage.hpp"
#include "tests/support/must.hpp"
#include "tests/support/pages.hpp"
#include "tests/support/tree.hpp"

namespace blindspot {
namespace {

class law_5 : public testing::TestWithParam<std::string> {
 protected:
  static Explanation must_page(Language language) {
    const CatalogueFile* file = find_catalogue_file(GetParam());
    const Result<Explanation, PageError> page = parse_page(language == Language::en ? file->en : file->zh, language);
    EXPECT_TRUE(page) << language_tag(language) << ":" << page.error().line << " " << page.error().problem;
    return page ? page.value() : Explanation{};
  }

  // The finding of this very folder with all that the wire tells.
  static Finding leading_finding(const Staged& staged) {
    // A code that the wire would name more exactly is spoken of by the page alone.
    const Diagnosis diagnosis = diagnose(staged.a_case.expect.known_as.empty() ? known_call(staged) : blind_call(staged));
    const Finding* own = find_code(diagnosis, *parse_code(GetParam()));
    EXPECT_NE(own, nullptr) << in_one_line(diagnosis);
    return own ? *own : Finding{.code = *parse_code(GetParam()), .certainty = Certainty::certain, .place = {}, .slots = {}, .because = {}};
  }
};

TEST_P(law_5, both_pages_are_read) {
  for (Language language : all_languages) {
    const Explanation page = must_page(language);
    EXPECT_FALSE(page.title.empty());
    EXPECT_FALSE(page.label.empty());
    // A title is no sentence of a paragraph: no full stop.
    EXPECT_FALSE(page.title.ends_with(".") || page.title.ends_with("\u3002")) << page.title;
  }
}

TEST_P(law_5, code_blocks_are_the_same_byte_for_byte) {
  const Explanation en = must_page(Language::en), zh = must_page(Language::zh);
  const auto en_sections = sections_of(en), zh_sections = sections_of(zh);
  for (std::size_t i = 0; i < en_sections.size(); ++i)
    EXPECT_EQ(code_blocks_of(*en_sections[i].prose), code_blocks_of(*zh_sections[i].prose)) << en_sections[i].name;
}

TEST_P(law_5, fences_name_a_known_language) {
  const std::set<std::string> known = {"nginx", "express", "spring", "fastapi", "js", "sh", "http", "json", "html"};
  const Explanation page = must_page(Language::en);
  for (const Section& section : sections_of(page))
    for (const CodeBlock& block : code_blocks_of(*section.prose)) {
      EXPECT_TRUE(known.count(block.language)) << section.name << ": " << block.language;
      EXPECT_FALSE(block.code.empty()) << section.name;
    }
}

TEST_P(law_5, only_slots_of_the_closed_list) {
  const std::set<std::string_view> known(all_slots().begin(), all_slots().end());
  for (Language language : all_languages) {
    const Explanation page = must_page(language);
    EXPECT_TRUE(slots_in(page.label).empty()) << page.label;
    for (const std::string& slot : slots_in(page.title)) EXPECT_TRUE(known.count(slot)) << "{" << slot << "} in the title";
    for (const Section& section : sections_of(page))
      for (const std::string& text : sentences_of(*section.prose))
        for (const std::string& slot : slots_in(without_inline_code(text)))
          EXPECT_TRUE(known.count(slot)) << "{" << slot << "} in " << section.name << ", " << language_tag(language);
  }
}

TEST_P(law_5, both_languages_use_the_same_slots) {
  const Explanation en = must_page(Language::en), zh = must_page(Language::zh);
  EXPECT_EQ(sorted_slots(en.title), sorted_slots(zh.title));
  EXPECT_EQ(sorted_slots(first_paragraph(en.seen)), sorted_slots(first_paragraph(zh.seen)));
}

TEST_P(law_5, the_label_fits_into_forty_columns) {
  for (Language language : all_languages) {
    const Explanation page = must_page(language);
    EXPECT_LE(columns_of(page.label), 40u) << page.label;
    EXPECT_EQ(label_of(*parse_code(GetParam()), language), page.label);
  }
}

TEST_P(law_5, the_first_paragraph_is_short) {
  for (Language language : all_languages) {
    const Explanation page = must_page(language);
    ASSERT_FALSE(page.seen.empty());
    ASSERT_TRUE(std::holds_alternative<Paragraph>(page.seen[0])) << "Seen begins with a paragraph";
    EXPECT_LE(count_sentences(first_paragraph(page.seen)), 2u) << first_paragraph(page.seen);
  }
}

TEST_P(law_5, markup_keeps_to_the_narrow_kind) {
  for (Language language : all_languages) {
    const Explanation page = must_page(language);
    for (const Section& section : sections_of(page))
      for (const std::string& text : sentences_of(*section.prose)) {
        const std::string plain = without_inline_code(text);
        for (std::string_view mark : {"**", "](", "__", "|", "<br", "`"})
          EXPECT_EQ(plain.find(mark), std::string::npos) << mark << " in " << section.name << ", " << language_tag(language) << ": " << text;
        EXPECT_FALSE(text.starts_with("- ") || text.starts_with("* ") || text.starts_with("#")) << text;
      }
  }
}

TEST_P(law_5, a_rendering_leaves_no_slot_and_no_hole) {
  const Staged staged = stage(GetParam(), Twin::faulty);
  const Finding finding = leading_finding(staged);
  for (Language language : all_languages) {
    const Explanation words = explain(finding, staged.request, language);
    ASSERT_FALSE(words.title.empty());
    for (const Evidence& evidence : finding.because) {
      const std::string said = say_evidence(evidence, language);
      EXPECT_FALSE(said.empty());
      for (std::string_view tail : {":", " ", "\uff1a", "()", "\uff08\uff09"}) EXPECT_FALSE(said.ends_with(tail)) << said;
    }
    EXPECT_TRUE(slots_in(words.title).empty()) << words.title;
    for (const Section& section : sections_of(words)) {
      ASSERT_FALSE(section.prose->empty()) << section.name;
      const std::string text = plain_text(*section.prose);
      for (std::string_view slot : all_slots())
        EXPECT_EQ(text.find("{" + std::string(slot) + "}"), std::string::npos) << slot << " in " << section.name;
      for (const std::string& sentence : sentences_of(*section.prose)) {
        EXPECT_EQ(sentence.find("  "), std::string::npos) << "a hole in " << section.name << ": " << sentence;
        EXPECT_EQ(sentence.find("``"), std::string::npos) << "an empty word of code in " << section.name << ": " << sentence;
      }
    }
  }
}

// With the wire known, the verdict speaks of this call and not in general phrases.
TEST_P(law_5, title_and_first_paragraph_know_their_slots) {
  const Staged staged = stage(GetParam(), Twin::faulty);
  const Finding finding = leading_finding(staged);
  Slots slots = slots_of(staged.request);
  for (const auto& [name, value] : finding.slots) slots[name] = value;
  const Explanation page = must_page(Language::en);
  for (const std::string& text : {page.title, first_paragraph(page.seen)})
    for (const std::string& slot : slots_in(text)) EXPECT_NE(slots[slot], "") << "{" << slot << "} is not known in: " << text;
}

TEST_P(law_5, the_glossary_is_kept) {
  const std::vector<GlossaryRow> glossary = read_glossary(read_source("core/explain/glossary.tsv"));
  ASSERT_GT(glossary.size(), 30u);
  const Explanation page = must_page(Language::zh);
  std::vector<std::string> texts = {page.title, page.label};
  for (const Section& section : sections_of(page))
    for (const std::string& text : sentences_of(*section.prose)) texts.push_back(text);
  for (const GlossaryRow& row : glossary)
    for (const std::string& forbidden : row.forbidden)
      for (const std::string& text : texts)
        EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden << " stands where " << row.wanted << " should: " << text;
}

INSTANTIATE_TEST_SUITE_P(laws, law_5, testing::ValuesIn(all_slugs()), SlugName());

}  // namespace
}  // namespace blindspot
