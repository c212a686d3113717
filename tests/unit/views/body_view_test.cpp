// Reading a body: rows that lose no byte, folds, words and lines, finding, marks; and what 10 MB cost.
#include "web/views/body_view.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "core/http/percent.hpp"
#include "core/json/text.hpp"

namespace blindspot {
namespace {

// A view with all of its work done, at 20 letters a row unless told.
struct Reader {
  std::string text;
  LineIndex lines;
  BodyView view;
  explicit Reader(std::string body, float letters = 20, std::optional<BodyLayout> layout = {}, std::vector<BodyMark> marks = {})
      : text(std::move(body)), lines(text), view(text, lines, std::move(marks)) {
    view.lay_out(layout.value_or(view.layout()), {8, 13, letters * 8});
    finish();
  }
  void finish(std::size_t slice = 1'000'000) {
    for (std::size_t i = 0; i < text.size() + 100 && view.work(slice); ++i) {}
  }
  std::vector<std::string> rows() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < view.rows().count(); ++i) {
      const BodyRow row = view.rows().row(i);
      out.push_back(std::string(static_cast<std::size_t>(row.left / 8), ' ') + view.rows().shown(row));
    }
    return out;
  }
};

using Rows = std::vector<std::string>;

TEST(body_rows, raw_keeps_lines_and_numbers_them) {
  const Reader reader("one\r\n\ntwo and more than twenty letters\n");
  EXPECT_EQ(reader.rows(), (Rows{"one", "", "two and more than tw", "enty letters", ""}));
  EXPECT_EQ(reader.view.rows().row(2).line, 3u);
  EXPECT_EQ(reader.view.rows().row(3).line, 0u);
  EXPECT_EQ(reader.view.rows().row(4).line, 4u);
}

TEST(body_rows, han_characters_have_their_own_width) {
  const Reader reader("\u8336\u8336\u8336\u8336ab", 7);  // 56 px: 4 x 13 and no letter more
  EXPECT_EQ(reader.rows(), (Rows{"\u8336\u8336\u8336\u8336", "ab"}));
}

TEST(body_rows, what_has_no_picture_is_shown_by_a_sign) {
  const Reader reader(std::string("\xEF\xBB\xBF" "a\tb\0c\x7f\xff\xe4\xb8 \u200b.", 17));
  EXPECT_EQ(reader.rows(), (Rows{"\u00b7" "a  b\u00b7c\u00b7\uFFFD\uFFFD\uFFFD \u00b7."}));
}

struct BytesRow {
  std::string name, bytes;
};
class undrawable : public testing::TestWithParam<BytesRow> {};
TEST_P(undrawable, becomes_valid_text) {
  const Rows rows = Reader("<" + GetParam().bytes + ">").rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_TRUE(is_valid_utf8(rows[0])) << testing::PrintToString(rows[0]);
  EXPECT_TRUE(rows[0].starts_with("<") && rows[0].ends_with(">"));
  EXPECT_NE(rows[0].find("\uFFFD"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(body_rows, undrawable,
                         testing::Values(BytesRow{"lone_continuation", "\x80"}, BytesRow{"lone_lead", "\xe4"}, BytesRow{"cut_sequence", "\xe4\xb8"},
                                         BytesRow{"overlong_two", "\xc0\xaf"}, BytesRow{"overlong_three", "\xe0\x80\xaf"}, BytesRow{"overlong_four", "\xf0\x80\x80\xaf"},
                                         BytesRow{"surrogate", "\xed\xa0\x80"}, BytesRow{"beyond_unicode", "\xf4\x90\x80\x80"}, BytesRow{"never_a_byte", "\xff\xfe"},
                                         BytesRow{"gbk_text", "\xb2\xe8\xb1\xad"}),
                         [](const auto& row) { return row.param.name; });

TEST(body_rows, formatted_shows_a_minified_text_with_every_value_as_it_came) {
  const Reader reader(R"({"a":1.50e+2,"b":[],"c":[true,{ "d" : "\u8336" }],"e":{}})", 40, BodyLayout::formatted);
  EXPECT_EQ(reader.rows(), (Rows{"{", "  \"a\": 1.50e+2,", "  \"b\": [],", "  \"c\": [", "    true,", "    {", "      \"d\": \"\\u8336\"", "    }", "  ],",
                                 "  \"e\": {}", "}"}));
}

TEST(body_rows, formatted_reads_on_through_a_broken_text) {
  EXPECT_EQ(Reader(R"({"a":[1,2)", 40, BodyLayout::formatted).rows(), (Rows{"{", "  \"a\": [", "    1,", "    2"}));
  EXPECT_EQ(Reader(R"([1 2,,]])", 40, BodyLayout::formatted).rows(), (Rows{"[", "  1", "  2,", "  ,", "]", "]"}));
  EXPECT_EQ(Reader("{'a':x}", 40, BodyLayout::formatted).rows(), (Rows{"{", "  'a': x", "}"}));
}

TEST(body_rows, a_long_value_goes_on_below_itself) {
  EXPECT_EQ(Reader(R"(["abcdefghijklmnopqrstuvwxyz",1])", 20, BodyLayout::formatted).rows(),
            (Rows{"[", "  \"abcdefghijklmnopq", "      rstuvwxyz\",", "  1", "]"}));
}

TEST(body_rows, minified_json_is_formatted_at_first_and_marked_or_many_lined_is_not) {
  const std::string minified = "{\"a\":[" + std::string(100, '1') + "]}";
  EXPECT_EQ(Reader(minified).view.layout(), BodyLayout::formatted);
  EXPECT_EQ(Reader(minified, 20, {}, {BodyMark{3, 1, Meaning::bad, "here"}}).view.layout(), BodyLayout::raw);
  EXPECT_EQ(Reader("{\n\"a\": 1,\n\"b\": 2\n}").view.layout(), BodyLayout::raw);
  EXPECT_EQ(Reader("<html>" + std::string(100, 'x')).view.layout(), BodyLayout::raw);
}

TEST(body_rows, runs_have_the_colour_of_their_kind) {
  const Reader reader(R"({"k":"v","n":-1,"t":null,"w":nul})", 60, BodyLayout::formatted);
  std::string inks;
  for (std::size_t i = 0; i < reader.view.rows().count(); ++i)
    for (const BodySegment& segment : reader.view.rows().row(i).segments)
      if (segment.ink != BodyInk::punctuation) inks += "-ksnl-ws"[static_cast<int>(segment.ink)];
  EXPECT_EQ(inks, "kskn" "kl" "kw");
}

TEST(body_rows, a_number_cut_by_the_edge_stays_a_number) {
  const Reader reader("[123456789.50,true,\"a\"]", 7, BodyLayout::raw);
  const BodyRow second = reader.view.rows().row(1);
  ASSERT_FALSE(second.segments.empty());
  EXPECT_EQ(reader.view.rows().shown(second).substr(0, 6), "789.50");
  EXPECT_EQ(second.segments[0].ink, BodyInk::number);
}

// Whatever bytes come: rows join without a gap, every row is drawable and fits, and places are found again.
class any_bytes : public testing::TestWithParam<BodyLayout> {};
TEST_P(any_bytes, make_rows_without_a_gap) {
  std::mt19937 random(5);
  const std::string alphabet[] = {"{", "}", "[", "]", ",", ":", "\"", "\\", "a", "12", " ", "\n", "\r\n", "\t", "\u8336", "\xff", "\u0301", "true"};
  for (int round = 0; round < 60; ++round) {
    std::string text = round % 2 ? "[" : "{\"a\":";
    for (int i = 0; i < 900; ++i) text += alphabet[random() % std::size(alphabet)];
    Reader reader(text, 17, GetParam());
    const BodyRows& rows = reader.view.rows();
    ASSERT_TRUE(rows.done());
    std::size_t at = 0;
    std::string values;
    for (std::size_t i = 0; i < rows.count(); ++i) {
      const BodyRow row = rows.row(i);
      ASSERT_EQ(row.from, at) << round;
      ASSERT_TRUE(row.to > row.from || i + 1 == rows.count());
      at = row.to;
      ASSERT_TRUE(is_valid_utf8(rows.shown(row)));
      if (row.to > row.from) {
        ASSERT_EQ(rows.row_of(row.from), i);
      }
      for (const BodySegment& segment : row.segments) {
        ASSERT_LE(segment.x + segment.width, std::max(17 * 8.0f, row.left + 16) + 0.5f);
        values += text.substr(segment.from, segment.to - segment.from);
        if (rows.width_of(body_glyph(text, segment.from)) > 0) {
          ASSERT_EQ(rows.offset_at(row, rows.x_of(row, segment.from) + 0.1f), segment.from);
        }
      }
    }
    ASSERT_EQ(at, text.size());
    if (GetParam() == BodyLayout::formatted) {
      std::string wanted;
      for (std::size_t p = 0; p < text.size();) {
        const JsonRun run = next_json_run(text, p, text.size());
        if (run.kind != JsonRunKind::blank) wanted += text.substr(run.begin, run.end - run.begin);
        p = run.end;
      }
      ASSERT_EQ(values, wanted);
    }
    // Slices of any size lay out the same.
    Reader sliced(text, 17, GetParam());
    sliced.view.lay_out(GetParam(), {8, 13, 10 * 8});
    sliced.view.lay_out(GetParam(), {8, 13, 17 * 8});
    sliced.finish(3);
    ASSERT_EQ(sliced.rows(), reader.rows());
  }
}
INSTANTIATE_TEST_SUITE_P(body_rows, any_bytes, testing::Values(BodyLayout::raw, BodyLayout::formatted),
                         [](const auto& row) { return row.param == BodyLayout::raw ? "raw" : "formatted"; });

TEST(body_folds, a_fold_says_how_much_it_holds) {
  Reader reader("{\"list\":[1,2,3],\"next\":{\"a\":1}}", 40, BodyLayout::formatted);
  const std::size_t open = reader.text.find('[');
  ASSERT_EQ(reader.view.rows().row(1).fold, open);
  reader.view.toggle_fold(open);
  reader.finish();
  EXPECT_EQ(reader.rows(), (Rows{"{", "  \"list\": [ 3 ],", "  \"next\": {", "    \"a\": 1", "  }", "}"}));
  EXPECT_TRUE(reader.view.rows().row(1).folded);
  reader.view.toggle_fold(0);
  reader.finish();
  EXPECT_EQ(reader.rows(), (Rows{"{ 2 }"}));
  reader.view.toggle_fold(0);
  reader.view.toggle_fold(open);
  reader.finish();
  EXPECT_EQ(reader.rows().size(), 10u);
}

TEST(body_folds, raw_lines_fold_too) {
  Reader reader("{\n \"a\": [\n  1,\n  2\n ],\n \"b\": 3\n}\n", 40, BodyLayout::raw);
  reader.view.toggle_fold(reader.text.find('['));
  reader.finish();
  EXPECT_EQ(reader.rows(), (Rows{"{", " \"a\": [ 2 ],", " \"b\": 3", "}", ""}));
  EXPECT_EQ(reader.view.rows().row(2).line, 6u);
}

TEST(body_folds, a_fold_takes_the_caret_out) {
  Reader reader("[[1,2],3]", 40, BodyLayout::formatted);
  reader.view.move_to(3, false);
  reader.view.toggle_fold(1);
  EXPECT_EQ(reader.view.selected(), (ByteRange{1, 1}));
}

TEST(body_selection, words_and_lines) {
  const Reader reader("say \"\u7ea2\u8336\u3001green_tea\" now\r\nnext");
  auto text = [&](ByteRange range) { return reader.text.substr(range.from, range.to - range.from); };
  EXPECT_EQ(text(reader.view.word_at(1)), "say");
  EXPECT_EQ(text(reader.view.word_at(6)), "\u7ea2\u8336");
  EXPECT_EQ(text(reader.view.word_at(16)), "green_tea");
  EXPECT_EQ(text(reader.view.line_at(30)), "next");
  EXPECT_EQ(reader.view.line_at(2).to, reader.text.find('\r'));
}

TEST(body_selection, moves_by_whole_characters_and_rows) {
  Reader reader("a\u8336\r\nbcd\nef");
  BodyView& view = reader.view;
  using Step = BodyView::Step;
  view.move(Step::right, false);
  view.move(Step::right, false);
  EXPECT_EQ(view.caret, 4u);
  view.move(Step::right, true);
  EXPECT_EQ(view.selected_text(), "\r\n");
  view.move(Step::left, false);
  EXPECT_EQ(view.caret, 4u);
  view.move_rows(1, false);
  EXPECT_EQ(view.caret, reader.text.find("\nef"));
  view.move(Step::line_start, true);
  EXPECT_EQ(view.selected_text(), "bcd");
  view.move_rows(9, false);
  EXPECT_EQ(view.caret, reader.text.find("ef"));
  view.move_rows(1, false);
  EXPECT_EQ(view.caret, reader.text.size());
  view.select({0, reader.text.size()});
  EXPECT_EQ(view.selected_text(), reader.text);
}

TEST(body_selection, down_reaches_the_end_of_any_text) {
  for (const BodyLayout layout : {BodyLayout::raw, BodyLayout::formatted}) {
    Reader reader("{\"a\":\"" + std::string(200, 'x') + "\",\"b\":[1,[],{\"c\":\"\u8336\u8336\u8336\u8336\u8336\u8336\u8336\u8336\u8336\u8336\u8336\u8336\"}]}", 20, layout);
    std::size_t last = 0;
    for (std::size_t i = 0; i < reader.view.rows().count(); ++i) {
      reader.view.move_rows(1, false);
      EXPECT_GT(reader.view.caret, last) << i;
      last = reader.view.caret;
    }
    EXPECT_EQ(last, reader.text.size());
    reader.view.move(BodyView::Step::line_end, false);
    EXPECT_EQ(reader.view.caret, reader.text.size());
  }
}

TEST(body_find, counts_without_regard_to_case_and_goes_round) {
  Reader reader("Tea, tea and TEA; \u8336 steam");
  reader.view.find("tEa");
  reader.finish(1);
  EXPECT_EQ(reader.view.found().hits(), (std::vector<std::uint32_t>{0, 5, 13, 23}));
  EXPECT_EQ(reader.view.current_hit(), 0u);
  reader.view.next_hit(true);
  EXPECT_EQ(reader.view.current_hit(), 3u);
  EXPECT_EQ(reader.view.selected_text(), "tea");
  reader.view.next_hit(false);
  EXPECT_EQ(reader.view.current_hit(), 0u);
  reader.view.find("\u8336");
  reader.finish();
  EXPECT_EQ(reader.view.selected_text(), "\u8336");
  reader.view.find("coffee");
  reader.finish();
  EXPECT_FALSE(reader.view.current_hit());
  reader.view.find("");
  EXPECT_TRUE(reader.view.found().done());
}

TEST(body_find, begins_at_the_reader) {
  Reader reader("tea tea tea");
  reader.view.move_to(3, false);
  reader.view.find("tea");
  reader.finish();
  EXPECT_EQ(reader.view.current_hit(), 1u);
}

TEST(body_find, agrees_with_looking_everywhere) {
  std::mt19937 random(3);
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "abAB"[random() % 4];
  for (const std::string wanted : {"a", "ab", "aba", "bbab", "abababab"}) {
    BodyFind find;
    find.start(text, wanted);
    for (std::size_t i = 0; i < text.size() && !find.step(17); ++i) {}
    std::string low = text;
    for (char& c : low) c = static_cast<char>(c | 32);
    std::vector<std::uint32_t> expected;
    for (std::size_t at = low.find(wanted); at != std::string::npos; at = low.find(wanted, at + wanted.size())) expected.push_back(static_cast<std::uint32_t>(at));
    EXPECT_EQ(find.hits(), expected) << wanted;
  }
}

TEST(body_find, hits_are_bounded) {
  BodyFind find;
  const std::string text(300'000, 'x');
  find.start(text, "x");
  EXPECT_TRUE(find.step(1'000'000));
  EXPECT_TRUE(find.capped());
  EXPECT_EQ(find.hits().size(), BodyFind::most);
}

TEST(body_find, unfolds_what_hides_a_hit) {
  Reader reader(R"({"a":[1,{"deep":"tea"}],"b":2})", 40, BodyLayout::formatted);
  const std::size_t rows = reader.view.rows().count();
  reader.view.toggle_fold(reader.text.find("{\"deep"));
  reader.view.toggle_fold(reader.text.find('['));
  reader.finish();
  EXPECT_LT(reader.view.rows().count(), rows);
  reader.view.find("tea");
  reader.finish();
  EXPECT_EQ(reader.view.rows().count(), rows);
  EXPECT_EQ(reader.view.selected_text(), "tea");
}

TEST(body_marks, are_visited_in_turn_and_kept_within_the_text) {
  Reader reader("one two three", 20, {}, {BodyMark{8, 5, Meaning::bad, "third"}, BodyMark{4, 3, Meaning::doubt, "second"}, BodyMark{900, 3, Meaning::bad, "behind"}});
  BodyView& view = reader.view;
  ASSERT_EQ(view.marks().size(), 3u);
  EXPECT_EQ(view.marks()[0].text, "second");
  EXPECT_EQ(view.marks()[2].offset, reader.text.size());
  view.next_mark(false);
  EXPECT_EQ(view.caret, 4u);
  view.next_mark(false);
  EXPECT_EQ(view.caret, 8u);
  view.next_mark(true);
  view.next_mark(true);
  EXPECT_EQ(view.caret, reader.text.size());
}

// Linear: ten times the text takes ten times the time, not a hundred; and a look costs the same anywhere.
TEST(body_rows, ten_megabytes_are_read_in_slices) {
  std::string text = "{\"items\":[";
  while (text.size() < 10'000'000) text += R"({"id":7,"name":"tea","price":12.50,"tags":["green","loose"]},)";
  text += "null]}";
  Reader reader(text, 100);
  EXPECT_EQ(reader.view.layout(), BodyLayout::formatted);
  ASSERT_TRUE(reader.view.rows().done());
  EXPECT_GT(reader.view.rows().count(), 1'000'000u);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < 1000; ++i) reader.view.rows().row(i * 1'299'709 % reader.view.rows().count());
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took, std::chrono::seconds(2)) << "a look at one row of 10 MB";
}

}  // namespace
}  // namespace blindspot
