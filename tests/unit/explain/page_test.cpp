// Catalogue pages: what is read, and the line that is named when something is wrong with one.
#include <gtest/gtest.h>

#include "core/explain/explanation.hpp"
#include "tests/support/must.hpp"
#include "tests/support/pages.hpp"

namespace blindspot {
namespace {

constexpr std::string_view good_page =
    "# The preflight does not allow {header}\n"
    "> A request header is not allowed\n"
    "\n"
    "## Seen\n"
    "One line\n"
    "that goes on.\n"
    "\n"
    "A second paragraph.\n"
    "## Why\n"
    "Because:\n"
    "- first, with `code`\n"
    "- second\n"
    "\n"
    "## Effect\nx\n"
    "## Confirm\n"
    "```sh\n"
    "curl -i '{url}'\n"
    "\n"
    "# a comment, no heading\n"
    "## nor this\n"
    "- no list\n"
    "  indented\n"
    "```\n"
    "After the code.\n"
    "## Fix: server\nx\n"
    "## Fix: caller\nx\n"
    "## Mini program\nx\n";

Explanation must_read(std::string_view text, Language language = Language::en) {
  const Result<Explanation, PageError> page = parse_page(text, language);
  EXPECT_TRUE(page) << page.error().line << ": " << page.error().problem;
  return page ? page.value() : Explanation{};
}

TEST(page, is_read_into_blocks) {
  const Explanation page = must_read(good_page);
  EXPECT_EQ(page.title, "The preflight does not allow {header}");
  EXPECT_EQ(page.label, "A request header is not allowed");
  EXPECT_EQ(page.seen, (Prose{Paragraph{"One line that goes on."}, Paragraph{"A second paragraph."}}));
  EXPECT_EQ(page.why, (Prose{Paragraph{"Because:"}, BulletList{{"first, with `code`", "second"}}}));
}

TEST(page, code_is_kept_byte_for_byte) {
  const Explanation page = must_read(good_page);
  EXPECT_EQ(page.confirm, (Prose{CodeBlock{"sh", "curl -i '{url}'\n\n# a comment, no heading\n## nor this\n- no list\n  indented\n"}, Paragraph{"After the code."}}));
}

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(good_page);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

struct ErrorRow {
  std::string name, text;
  std::size_t line;
};
class page_error : public testing::TestWithParam<ErrorRow> {};
TEST_P(page_error, names_the_line) {
  const Result<Explanation, PageError> page = parse_page(GetParam().text, Language::en);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().line, GetParam().line) << page.error().problem;
  EXPECT_FALSE(page.error().problem.empty());
}
INSTANTIATE_TEST_SUITE_P(
    explain, page_error,
    testing::Values(ErrorRow{"unknown_heading", replaced("## Why", "## Reason"), 9}, ErrorRow{"headings_out_of_order", replaced("## Seen", "## Why"), 4},
                    ErrorRow{"heading_twice", replaced("## Why", "## Seen"), 9}, ErrorRow{"text_before_the_first_heading", replaced("## Seen", "Lost words.\n## Seen"), 4},
                    ErrorRow{"heading_of_the_other_language", replaced("## Seen", "## \u73b0\u8c61"), 4}, ErrorRow{"section_missing", replaced("## Mini program\nx\n", ""), 29},
                    ErrorRow{"section_empty", replaced("## Mini program\nx\n", "## Mini program\n"), 30}, ErrorRow{"title_missing", replaced("# The preflight does not allow {header}\n", ""), 1},
                    ErrorRow{"label_missing", replaced("> A request header is not allowed\n", ""), 1}, ErrorRow{"code_not_closed", replaced("```\nAfter the code.", "After the code."), 30},
                    ErrorRow{"empty", "", 0}),
    RowName());

TEST(page, in_chinese_has_chinese_headings) {
  const std::string text =
      "# \u6807\u9898\n> \u6807\u7b7e\n## \u73b0\u8c61\na\n## \u539f\u56e0\nb\n## \u5f71\u54cd\nc\n## \u9a8c\u8bc1\nd\n"
      "## \u4fee\u590d\uff1a\u670d\u52a1\u7aef\ne\n## \u4fee\u590d\uff1a\u8c03\u7528\u65b9\nf\n## \u5c0f\u7a0b\u5e8f\ng\n";
  EXPECT_EQ(must_read(text, Language::zh).mini_program, Prose{Paragraph{"g"}});
  EXPECT_FALSE(parse_page(text, Language::en));
}

TEST(page, lines_may_end_as_on_windows) {
  std::string text;
  for (char c : good_page) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Explanation page = must_read(text);
  EXPECT_EQ(page.seen, must_read(good_page).seen);
}

TEST(plain_text, sets_blocks_apart) {
  EXPECT_EQ(plain_text({Paragraph{"One."}, BulletList{{"a", "b"}}, CodeBlock{"sh", "curl x\n"}}), "One.\n\n- a\n- b\n\ncurl x\n");
  EXPECT_EQ(plain_text({}), "");
}

TEST(explain, fills_the_slots_of_call_and_finding) {
  Finding finding{Code::cors_header_not_allowed, Certainty::certain, {}, {{"header", "X-Token"}}, {}};
  const Request request = must_request("POST", "https://api.example.com/orders");
  for (Language language : all_languages) {
    const Explanation words = explain(finding, request, language);
    EXPECT_NE(words.title.find("X-Token"), std::string::npos) << words.title;
    EXPECT_EQ(words.label, label_of(Code::cors_header_not_allowed, language));
    const std::string confirm = plain_text(words.confirm);
    EXPECT_NE(confirm.find("https://api.example.com/orders"), std::string::npos) << confirm;
  }
}

TEST(explain, a_finding_slot_outweighs_the_requests) {
  const Finding finding{Code::cors_header_not_allowed, Certainty::certain, {}, {{"url", "https://of.the.finding/"}}, {}};
  const std::string confirm = plain_text(explain(finding, must_request("GET", "https://of.the.request/"), Language::en).confirm);
  EXPECT_NE(confirm.find("https://of.the.finding/"), std::string::npos) << confirm;
  EXPECT_EQ(confirm.find("https://of.the.request/"), std::string::npos) << confirm;
}

TEST(label_of, gives_each_code_a_name_in_each_language) {
  for (Code code : all_codes())
    for (Language language : all_languages) {
      EXPECT_FALSE(label_of(code, language).empty()) << slug_of(code);
      EXPECT_NE(label_of(code, language), slug_of(code)) << "no page";
    }
}

}  // namespace
}  // namespace blindspot
