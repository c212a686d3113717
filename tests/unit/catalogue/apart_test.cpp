// The catalogue as the page has it: the pages are not in the program but come in the files that the build writes for the
// page. Runs on a program built so; what the pages say is left to the laws.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/explain/explanation.hpp"
#include "tests/support/must.hpp"
#include "tests/support/tree.hpp"

namespace blindspot {
namespace {

std::string_view tag_of(Language language) { return language == Language::en ? "en" : "zh"; }
std::string_view page_of(const CatalogueFile& file, Language language) { return language == Language::en ? file.en : file.zh; }

// Written by the build beside this test.
std::string must_built_pages(Language language) {
  std::ifstream in(std::string(BLINDSPOT_PAGES "/pages.") + std::string(tag_of(language)) + ".txt", std::ios::binary);
  EXPECT_TRUE(in) << tag_of(language);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Explanation explained(Language language) {
  Finding finding{};
  finding.code = Code::json_html;
  return explain(finding, Request{}, language);
}

// First in this file: nothing has been provided yet.
TEST(pages_apart, a_finding_has_its_label_first_and_its_page_when_that_arrives) {
  ASSERT_FALSE(has_pages("en"));
  const Explanation before = explained(Language::en);
  EXPECT_EQ(before.title, label_of(Code::json_html, Language::en));
  EXPECT_FALSE(before.title.empty());
  EXPECT_TRUE(before.seen.empty() && before.why.empty() && before.fix_server.empty());

  ASSERT_TRUE(provide_pages("en", must_built_pages(Language::en)));
  EXPECT_TRUE(has_pages("en"));
  EXPECT_FALSE(has_pages("zh"));
  const Explanation after = explained(Language::en);
  EXPECT_EQ(after.label, before.label);
  EXPECT_NE(after.title, before.title);
  EXPECT_FALSE(after.seen.empty() || after.mini_program.empty());
  EXPECT_TRUE(explained(Language::zh).seen.empty());
}

class pages_apart_in : public testing::TestWithParam<Language> {};

TEST_P(pages_apart_in, are_the_folders_byte_for_byte) {
  const std::string tag(tag_of(GetParam()));
  ASSERT_TRUE(provide_pages(tag, must_built_pages(GetParam())));
  ASSERT_GT(catalogue_files().size(), 50u);
  for (const CatalogueFile& file : catalogue_files())
    EXPECT_EQ(page_of(file, GetParam()), read_source("core/catalogue/" + std::string(file.slug) + "/" + tag + ".md")) << file.slug;
}

TEST_P(pages_apart_in, have_the_labels_that_stand_in_the_program) {
  ASSERT_TRUE(provide_pages(tag_of(GetParam()), must_built_pages(GetParam())));
  for (const CatalogueFile& file : catalogue_files()) {
    const Result<Explanation, PageError> page = parse_page(page_of(file, GetParam()), GetParam());
    ASSERT_TRUE(page) << file.slug;
    EXPECT_EQ(label_of(*parse_code(file.slug), GetParam()), page.value().label) << file.slug;
  }
}

INSTANTIATE_TEST_SUITE_P(languages, pages_apart_in, testing::ValuesIn(all_languages),
                         [](const auto& row) { return std::string(tag_of(row.param)); });

TEST(cases_apart, mean_what_the_folders_say_and_have_no_white_space_between_members) {
  for (const CatalogueFile& file : catalogue_files()) {
    const nlohmann::json written = nlohmann::json::parse(read_source("core/catalogue/" + std::string(file.slug) + "/case.json"));
    EXPECT_EQ(nlohmann::json::parse(file.case_json), written) << file.slug;
    EXPECT_EQ(file.case_json.find('\n'), std::string_view::npos) << file.slug;
    EXPECT_LT(file.case_json.size(), written.dump().size() * 11 / 10) << file.slug;
  }
}

// Framing by hand, with the same page for each folder.
std::string framed(const std::string& page) {
  std::string out;
  for (const CatalogueFile& file : catalogue_files()) out += "\x1e" + std::string(file.slug) + "\n" + page;
  return out;
}

TEST(provide_pages, takes_the_last_text_and_leaves_views_of_the_first_alone) {
  ASSERT_TRUE(provide_pages("zh", framed("first")));
  const std::string_view held = catalogue_files()[0].zh;
  ASSERT_TRUE(provide_pages("zh", framed("second")));
  EXPECT_EQ(catalogue_files()[0].zh, "second");
  EXPECT_EQ(held, "first");
}

TEST(provide_pages, passes_over_folders_it_does_not_know) {
  EXPECT_TRUE(provide_pages("zh", "\x1eno-such-folder\nnothing" + framed("page")));
  EXPECT_EQ(catalogue_files().back().zh, "page");
}

struct Refused {
  std::string name, language, text;
};

std::vector<Refused> refused_texts() {
  const std::string whole = framed("other"), first = "\x1e" + std::string(catalogue_files()[0].slug) + "\n";
  const std::string rest = whole.substr(whole.find('\x1e', 1));
  return {{"unknown_language", "fr", whole},
          {"empty", "zh", ""},
          {"a_servers_own_page", "zh", "<!doctype html><title>Not found</title>"},
          {"something_before_the_first_mark", "zh", " " + whole},
          {"one_folder_missing", "zh", rest},
          {"one_page_empty", "zh", first + rest},
          {"broken_off_in_a_slug", "zh", whole.substr(0, whole.rfind('\n'))}};
}

class provide_pages_refused : public testing::TestWithParam<Refused> {};

TEST_P(provide_pages_refused, changes_nothing) {
  ASSERT_TRUE(provide_pages("zh", framed("page")));
  EXPECT_FALSE(provide_pages(GetParam().language, GetParam().text));
  for (const CatalogueFile& file : catalogue_files()) EXPECT_EQ(file.zh, "page") << file.slug;
}

INSTANTIATE_TEST_SUITE_P(texts, provide_pages_refused, testing::ValuesIn(refused_texts()), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace blindspot
