// The folders in the program, and pages that come apart from it.
#include "tests/support/must.hpp"
#include "tests/support/tree.hpp"

namespace blindspot {
namespace {

std::string framed(std::string_view language, std::string_view left_out = "") {
  std::string text;
  for (const CatalogueFile& file : catalogue_files())
    if (file.slug != left_out) text += "\x1e" + std::string(file.slug) + "\n" + std::string(language == "en" ? file.en : file.zh);
  return text;
}

TEST(catalogue_files, are_the_folders_byte_for_byte) {
  for (const CatalogueFile& file : catalogue_files()) {
    const std::string folder = "core/catalogue/" + std::string(file.slug) + "/";
    EXPECT_EQ(file.en, read_source(folder + "en.md")) << file.slug;
    EXPECT_EQ(file.zh, read_source(folder + "zh.md")) << file.slug;
    EXPECT_EQ(file.case_json, read_source(folder + "case.json")) << file.slug;
    EXPECT_FALSE(file.label_en.empty()) << file.slug;
    EXPECT_FALSE(file.label_zh.empty()) << file.slug;
  }
}

TEST(catalogue_files, are_found_by_slug) {
  ASSERT_NE(find_catalogue_file("ok"), nullptr);
  EXPECT_EQ(find_catalogue_file("ok")->slug, "ok");
  EXPECT_EQ(find_catalogue_file("OK"), nullptr);
  EXPECT_EQ(find_catalogue_file(""), nullptr);
}

TEST(pages, that_are_whole_are_taken) {
  const std::string before(find_catalogue_file("ok")->en);
  ASSERT_TRUE(provide_pages("en", framed("en")));
  EXPECT_TRUE(has_pages("en"));
  EXPECT_EQ(find_catalogue_file("ok")->en, before);
  EXPECT_EQ(find_catalogue_file("http-500")->en, read_source("core/catalogue/http-500/en.md"));
}

TEST(pages, that_are_not_whole_change_nothing) {
  const std::string before(find_catalogue_file("ok")->zh);
  EXPECT_FALSE(provide_pages("zh", framed("zh", "ok"))) << "a page is missing";
  EXPECT_FALSE(provide_pages("zh", ""));
  EXPECT_FALSE(provide_pages("zh", "<html>not found</html>"));
  EXPECT_FALSE(provide_pages("zh", std::string("\x1e\x1e\x1eok\n")));
  EXPECT_FALSE(provide_pages("fr", framed("zh"))) << "no such language";
  EXPECT_EQ(find_catalogue_file("ok")->zh, before);
  EXPECT_TRUE(has_pages("zh"));
  EXPECT_FALSE(has_pages("fr"));
}

}  // namespace
}  // namespace blindspot
