// Broken texts as people meet them: the first fault, where it stands, and what the repair makes of the text.
#include "core/json/autopsy.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/json/scan.hpp"

namespace blindspot {

inline void PrintTo(JsonFault fault, std::ostream* out) {
  *out << json_fault_name(fault);
}

namespace {

struct Row {
  const char* name;
  std::string text;
  JsonFault fault;  // the first that is no warning
  std::size_t line, column;
  std::string path;
  std::string repaired;
  std::size_t faults = 1;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

using enum JsonFault;

const Row rows[] = {
    // truncated
    {"cut_in_value", R"({"a":1,"b":"tw)", truncated, 1, 15, "$.b", R"({"a":1,"b":"tw"})"},
    {"cut_in_name", R"({"a":1,"na)", truncated, 1, 11, "$.na", R"({"a":1,"na": null})"},
    {"cut_behind_name", R"({"a")", truncated, 1, 5, "$.a", R"({"a": null})"},
    {"cut_behind_colon", R"({"a":)", truncated, 1, 6, "$.a", R"({"a":null})"},
    {"cut_behind_comma", R"({"a":1,)", truncated, 1, 8, "$", R"({"a":1})"},
    {"cut_behind_element", "[1, 2", truncated, 1, 6, "$[1]", "[1, 2]"},
    {"cut_in_literal", "[true, fal", truncated, 1, 11, "$[1]", "[true, false]"},
    {"cut_in_number", R"({"a":1.)", truncated, 1, 8, "$.a", R"({"a":1.0})"},
    {"cut_behind_minus", R"([-)", truncated, 1, 3, "$[0]", "[-0]"},
    {"cut_in_exponent", R"([1e)", truncated, 1, 4, "$[0]", "[1e0]"},
    {"cut_in_escape", R"(["a\)", truncated, 1, 5, "$[0]", R"(["a"])"},
    {"cut_in_unicode_escape", R"(["a\u12)", truncated, 1, 8, "$[0]", R"(["a"])"},
    {"cut_in_utf8", "[\"a\xE5\xBC", truncated, 1, 5, "$[0]", "[\"a\"]"},
    {"cut_deep", R"({"data":{"list":[{"id":1},{"id":)", truncated, 1, 33, "$.data.list[1].id",
     R"({"data":{"list":[{"id":1},{"id":null}]}})"},
    {"cut_in_lines", "{\n  \"a\": 1,\n  \"b\": [\n", truncated, 4, 1, "$.b[0]", "{\n  \"a\": 1,\n  \"b\": [\n]}"},
    {"cut_lone_quote", "\"", truncated, 1, 2, "$", "\"\""},
    {"cut_after_chinese", "{\"\xE5\x90\x8D\":\"\xE5\xBC\xA0", truncated, 1, 8, "$.\xE5\x90\x8D",
     "{\"\xE5\x90\x8D\":\"\xE5\xBC\xA0\"}"},
    // commas
    {"comma_before_brace", R"({"a":1,})", trailing_comma, 1, 7, "$", R"({"a":1})"},
    {"comma_before_bracket", "[1,2,]", trailing_comma, 1, 5, "$[2]", "[1,2]"},
    {"comma_before_brace_on_next_line", "{\n  \"a\": 1,\n}", trailing_comma, 2, 9, "$", "{\n  \"a\": 1\n}"},
    {"commas_before_bracket", "[1,,,]", trailing_comma, 1, 3, "$[1]", "[1]"},
    {"only_a_comma", "[,]", trailing_comma, 1, 2, "$[0]", "[]"},
    {"comma_before_comment_and_brace", "{\"a\":1, // one\n}", trailing_comma, 1, 7, "$", "{\"a\":1 \n}", 2},
    {"comma_twice", "[1,,2]", syntax, 1, 4, "$[1]", "[1,2]"},
    {"comma_first", "[,1]", syntax, 1, 2, "$[0]", "[1]"},
    {"comma_first_in_object", R"({,"a":1})", syntax, 1, 2, "$", R"({"a":1})"},
    {"comma_missing_in_array", "[1 2]", missing_comma, 1, 3, "$[0]", "[1, 2]"},
    {"comma_missing_between_objects", R"([{"a":1}{"a":2}])", missing_comma, 1, 9, "$[0]", R"([{"a":1},{"a":2}])"},
    {"comma_missing_between_lines", "{\n  \"a\": 1\n  \"b\": 2\n}", missing_comma, 2, 9, "$.a",
     "{\n  \"a\": 1,\n  \"b\": 2\n}"},
    {"comma_missing_between_strings", R"(["a" "b"])", missing_comma, 1, 5, "$[0]", R"(["a", "b"])"},
    {"comma_missing_after_object", R"({"a":{"b":1} "c":2})", missing_comma, 1, 13, "$.a", R"({"a":{"b":1}, "c":2})"},
    {"semicolon_for_comma", R"({"a":1;"b":2})", syntax, 1, 7, "$.a", R"({"a":1,"b":2})"},
    {"wide_comma", "[1\xEF\xBC\x8C 2]", syntax, 1, 3, "$[0]", "[1, 2]"},
    {"trailing_semicolon", "[1;]", syntax, 1, 3, "$[0]", "[1]"},
    // colons
    {"colon_missing", R"({"a" 1})", missing_colon, 1, 5, "$.a", R"({"a": 1})"},
    {"equals_for_colon", R"({"a"=1})", missing_colon, 1, 5, "$.a", R"({"a":1})"},
    {"arrow_for_colon", R"({"a" => 1})", missing_colon, 1, 6, "$.a", R"({"a" : 1})"},
    {"comma_for_colon", R"({"a", 1})", missing_colon, 1, 5, "$.a", R"({"a": 1})"},
    {"name_alone", R"({"a"})", missing_colon, 1, 5, "$.a", R"({"a": null})"},
    {"name_alone_before_another", R"({"a", "b":1})", missing_colon, 1, 5, "$.a", R"({"a": null, "b":1})"},
    {"wide_colon",
     "{\"a\"\xEF\xBC\x9A"
     "1}",
     syntax, 1, 5, "$.a", R"({"a":1})"},
    {"colon_twice", R"({"a"::1})", syntax, 1, 6, "$.a", R"({"a":1})"},
    {"value_missing", R"({"a":,"b":1})", syntax, 1, 6, "$.a", R"({"a":null,"b":1})"},
    {"value_missing_at_the_end", R"({"a":})", syntax, 1, 6, "$.a", R"({"a":null})"},
    {"name_missing", "{:1}", syntax, 1, 2, "$", "{\"\":1}"},
    {"colon_in_array", R"(["a":1])", syntax, 1, 5, "$[0]", R"(["a",1])"},
    // quotes
    {"single_quotes", R"({'a':'b'})", single_quotes, 1, 2, "$.a", R"({"a":"b"})", 2},
    {"apostrophe_inside", R"(['it's'])", single_quotes, 1, 2, "$[0]", R"(["it's"])"},
    {"escaped_apostrophe", R"(['it\'s'])", single_quotes, 1, 2, "$[0]", R"(["it's"])"},
    {"double_quote_in_single", R"(['say "x"'])", single_quotes, 1, 2, "$[0]", R"(["say \"x\""])"},
    {"backticks", "[`a\nb`]", single_quotes, 1, 2, "$[0]", R"(["a\nb"])"},
    {"typographic_quotes",
     "{\xE2\x80\x9C"
     "a\xE2\x80\x9D: 1}",
     single_quotes, 1, 2, "$.a", R"({"a": 1})"},
    {"name_without_quotes", R"({a: 1})", unquoted_key, 1, 2, "$.a", R"({"a": 1})"},
    {"name_of_two_words", R"({first name: 1})", unquoted_key, 1, 2, "$.first", R"({"first name": 1})"},
    {"number_as_name", "{1: 2}", unquoted_key, 1, 2, "$[\"1\"]", R"({"1": 2})"},
    {"chinese_name", "{\xE5\x90\x8D: 1}", unquoted_key, 1, 2, "$.\xE5\x90\x8D", "{\"\xE5\x90\x8D\": 1}"},
    {"name_with_closing_quote_only", R"({a": 1})", unquoted_key, 1, 2, "$.a", R"({"a": 1})"},
    {"java_to_string", "{name=Bob Smith, age=3}", unquoted_key, 1, 2, "$.name", R"({"name":"Bob Smith", "age":3})", 5},
    {"inner_quotes", R"({"a":"he said "hi" there"})", syntax, 1, 15, "$.a", R"({"a":"he said \"hi\" there"})", 2},
    {"quote_forgotten_at_line_end", "{\n\"a\": \"x,\n\"b\": 1\n}", syntax, 2, 8, "$.a",
     "{\n\"a\": \"x\",\n\"b\": 1\n}"},
    {"quote_forgotten_in_last_line", "{\"a\": \"x\n}", syntax, 1, 9, "$.a", "{\"a\": \"x\"\n}"},
    {"string_without_quotes", R"({"a": hello world})", syntax, 1, 7, "$.a", R"({"a": "hello world"})"},
    {"url_without_quotes", R"({"a": http://x.example/y?z=1})", syntax, 1, 7, "$.a",
     R"({"a": "http://x.example/y?z=1"})"},
    {"escaped_once_too_often", R"({\"a\": \"b\"})", bad_escape, 1, 2, "$.a", R"({"a": "b"})"},
    {"escaped_with_inner_quote", R"({\"a\": \"b\\\"c\"})", bad_escape, 1, 2, "$.a", R"({"a": "b\"c"})"},
    // comments
    {"line_comment", "{\"a\": 1 // one\n}", comment, 1, 9, "$.a", "{\"a\": 1 \n}"},
    {"block_comment", R"({"a":/* one */1})", comment, 1, 6, "$.a", R"({"a": 1})"},
    {"hash_comment", "{\n# one\n\"a\": 1}", comment, 2, 1, "$", "{\n\n\"a\": 1}"},
    {"comment_in_front", "// x\n{}", comment, 1, 1, "$", "\n{}"},
    {"comment_behind", "{} /* x */", comment, 1, 4, "$", "{} "},
    {"comment_without_end", "[1 /* x", comment, 1, 4, "$[0]", "[1 ]", 2},
    // words
    {"python_literals", R"({"a": True, "b": False, "c": None})", literal_case, 1, 7, "$.a",
     R"({"a": true, "b": false, "c": null})", 3},
    {"upper_case", "[TRUE, NULL]", literal_case, 1, 2, "$[0]", "[true, null]", 2},
    {"nan", R"({"a": NaN})", not_a_number, 1, 7, "$.a", R"({"a": null})"},
    {"minus_infinity", "[-Infinity]", not_a_number, 1, 2, "$[0]", "[null]"},
    {"undefined", R"({"a": undefined})", undefined_literal, 1, 7, "$.a", R"({"a": null})"},
    {"object_object", "[object Object]", undefined_literal, 1, 1, "$", "null"},
    {"object_object_inside", R"({"a":[object Object]})", undefined_literal, 1, 6, "$.a", R"({"a":null})"},
    {"misspelt_literal", "[tru]", syntax, 1, 2, "$[0]", "[true]"},
    {"mongo_object_id", R"({"_id": ObjectId("5f"), "n": 1})", syntax, 1, 9, "$._id", R"({"_id": "5f", "n": 1})"},
    {"new_date", R"({"t": new Date()})", syntax, 1, 7, "$.t", R"({"t": null})"},
    // numbers
    {"plus_sign", "[+1]", number_format, 1, 2, "$[0]", "[1]"},
    {"leading_zero", R"({"zip": 007})", number_format, 1, 9, "$.zip", R"({"zip": 7})"},
    {"lone_dot_in_front", "[.5]", number_format, 1, 2, "$[0]", "[0.5]"},
    {"lone_dot_behind", "[5.]", number_format, 1, 2, "$[0]", "[5.0]"},
    {"hexadecimal", "[0x1F]", number_format, 1, 2, "$[0]", "[31]"},
    {"underscores", "[1_000]", number_format, 1, 2, "$[0]", "[1000]"},
    {"big_int_suffix", "[10n]", number_format, 1, 2, "$[0]", "[10]"},
    {"empty_exponent", "[1e]", number_format, 1, 2, "$[0]", "[1]"},
    {"version_number", "[1.2.3]", number_format, 1, 2, "$[0]", R"(["1.2.3"])"},
    {"date_without_quotes", "[2024-01-02]", number_format, 1, 2, "$[0]", R"(["2024-01-02"])"},
    {"time_without_quotes", R"({"t": 12:30:00})", number_format, 1, 7, "$.t", R"({"t": "12:30:00"})"},
    {"thousands", R"({"price":1,299.00,"n":1})", number_format, 1, 10, "$.price", R"({"price":1299.00,"n":1})"},
    {"millions", R"({"price":-12,345,678})", number_format, 1, 10, "$.price", R"({"price":-12345678})"},
    {"decimal_comma", R"({"price":19,90 })", number_format, 1, 10, "$.price", R"({"price":19.90 })"},
    {"decimal_comma_below_one", R"({"rate":0,125})", number_format, 1, 9, "$.rate", R"({"rate":0.125})"},
    {"thousands_by_dots", R"({"price":1.299,00})", number_format, 1, 10, "$.price", R"({"price":1299.00})"},
    {"number_as_a_name", R"({"a":1,2:3})", unquoted_key, 1, 8, R"($["2"])", R"({"a":1,"2":3})"},
    {"minus_apart", "[- 1]", number_format, 1, 2, "$[0]", "[-1]"},
    // inside strings
    {"raw_newline", "{\"a\":\"x\ny\"}", control_character, 1, 8, "$.a", R"({"a":"x\ny"})"},
    {"raw_crlf", "{\"a\":\"x\r\ny\"}", control_character, 1, 8, "$.a", R"({"a":"x\r\ny"})", 2},
    {"raw_tab", "[\"a\tb\"]", control_character, 1, 4, "$[0]", R"(["a\tb"])"},
    {"raw_control", "[\"a\x01\"]", control_character, 1, 4, "$[0]", R"(["a\u0001"])"},
    {"windows_path", R"({"p":"C:\data"})", bad_escape, 1, 9, "$.p", R"({"p":"C:\\data"})"},
    {"hex_escape", R"(["\x41"])", bad_escape, 1, 3, "$[0]", R"(["\u0041"])"},
    {"braced_escape", R"(["\u{1F600}"])", bad_escape, 1, 3, "$[0]", "[\"\xF0\x9F\x98\x80\"]"},
    {"bad_unicode_escape", R"(["\u12G4"])", bad_escape, 1, 3, "$[0]", R"(["\\u12G4"])"},
    {"escaped_quote_of_javascript", R"(["it\'s"])", bad_escape, 1, 5, "$[0]", R"(["it's"])"},
    {"continued_line", "[\"a\\\nb\"]", bad_escape, 1, 4, "$[0]", R"(["ab"])"},
    {"latin1", "{\"a\":\"caf\xE9\"}", invalid_utf8, 1, 10, "$.a", "{\"a\":\"caf\xC3\xA9\"}"},
    {"overlong", "[\"\xC0\xAF\"]", invalid_utf8, 1, 3, "$[0]", "[\"\xEF\xBF\xBD\"]"},
    {"surrogate_in_utf8", "[\"\xED\xA0\x80\"]", invalid_utf8, 1, 3, "$[0]", "[\"\xEF\xBF\xBD\"]"},
    // brackets
    {"bracket_for_brace", R"({"a":1])", syntax, 1, 7, "$.a", R"({"a":1})"},
    {"brace_for_bracket_inside", R"({"a":[1,2},"b":3})", syntax, 1, 10, "$.a[1]", R"({"a":[1,2],"b":3})"},
    {"bracket_missing_before_brace", R"({"a":[1,2})", syntax, 1, 10, "$.a[1]", R"({"a":[1,2]})"},
    {"brace_missing_before_next_object", R"([{"a":1, {"a":2}])", syntax, 1, 8, "$[0]", R"([{"a":1}, {"a":2}])"},
    {"bracket_missing_before_name", R"({"a":[1,2,"b":3})", syntax, 1, 10, "$.a[2]", R"({"a":[1,2],"b":3})"},
    {"braces_missing_around_all", R"("a": 1, "b": 2)", syntax, 1, 1, "$", R"({"a": 1, "b": 2})", 2},
    {"no_break_space", "{\xC2\xA0\"a\":1}", syntax, 1, 2, "$", R"({ "a":1})"},
    {"form_feed", "[1,\f2]", syntax, 1, 4, "$[1]", "[1, 2]"},
    // around the text
    {"several_lines", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", concatenated, 2, 1, "$[1]",
     "[{\"a\":1},\n{\"a\":2},\n{\"a\":3}]\n"},
    {"two_side_by_side", "[1][2]", concatenated, 1, 4, "$[1]", "[[1],[2]]"},
    {"list_without_brackets", R"({"a":1},{"a":2})", concatenated, 1, 9, "$[1]", R"([{"a":1},{"a":2}])"},
    {"words_line_by_line", "1\n2\n", concatenated, 2, 1, "$[1]", "[1,\n2]\n"},
    {"lines_the_last_cut", "{\"a\":1}\n{\"a\":", concatenated, 2, 1, "$[1]", "[{\"a\":1},\n{\"a\":null}]", 2},
    {"one_brace_too_many", R"({"a":1}})", text_after, 1, 8, "$", R"({"a":1})"},
    {"word_behind", R"({"a":1}ok)", text_after, 1, 8, "$", R"({"a":1})"},
    {"zero_behind", "{\"a\":1}0", text_after, 1, 8, "$", R"({"a":1})"},
    {"markup_behind", "{\"a\":1}\n<!-- 0.3 s -->", text_after, 2, 1, "$", "{\"a\":1}\n"},
    {"semicolon_behind", "[1];", text_after, 1, 4, "$", "[1]"},
    {"comma_behind", "[1],", text_after, 1, 4, "$", "[1]"},
    {"chunk_size_in_front", "1f\r\n{\"a\":1}", text_before, 1, 1, "$", R"({"a":1})"},
    {"number_in_front", "12 {\"a\":1}", text_before, 1, 1, "$", R"({"a":1})"},
    {"byte_order_mark", "\xEF\xBB\xBF{\"a\":1}", bom, 1, 1, "$", R"({"a":1})"},
    {"byte_order_mark_and_fault", "\xEF\xBB\xBF[1,]", bom, 1, 1, "$", "[1]", 2},
    // many at once
    {"javascript_object", "{\n  name: 'Ann', // who\n  age: 0x10,\n  tags: ['a', 'b',],\n}", unquoted_key, 2, 3,
     "$.name", "{\n  \"name\": \"Ann\", \n  \"age\": 16,\n  \"tags\": [\"a\", \"b\"]\n}", 10},
    {"python_dict", R"({'ok': True, 'items': [{'id': 1, 'name': None}]})", single_quotes, 1, 2, "$.ok",
     R"({"ok": true, "items": [{"id": 1, "name": null}]})", 6},
};

class BrokenText : public testing::TestWithParam<Row> {};

TEST_P(BrokenText, is_named_placed_and_mended) {
  const Row& row = GetParam();
  const Autopsy result = autopsy(row.text);
  EXPECT_FALSE(result.valid);
  EXPECT_EQ(result.fault_count, row.faults);
  const auto first = std::find_if(result.findings.begin(), result.findings.end(),
                                  [](const JsonFinding& finding) { return !finding.warning; });
  ASSERT_NE(first, result.findings.end());
  EXPECT_EQ(first->fault, row.fault);
  EXPECT_EQ(first->place.line, row.line);
  EXPECT_EQ(first->place.column, row.column);
  EXPECT_EQ(first->place.path, row.path);
  ASSERT_TRUE(result.repairable);
  EXPECT_EQ(repair(row.text, result.edits), row.repaired);
  EXPECT_TRUE(is_valid_json(row.repaired));
  EXPECT_TRUE(std::all_of(result.edits.begin(), result.edits.end(),
                          [](const JsonEdit& edit) { return !is_json_warning(edit.why); }));
}

INSTANTIATE_TEST_SUITE_P(, BrokenText, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

struct Warned {
  const char* name;
  std::string text;
  JsonFault fault;
  std::size_t line, column, length;
  std::string path;
  std::size_t count = 1;
};

void PrintTo(const Warned& row, std::ostream* out) {
  *out << row.name;
}

const Warned warned[] = {
    {"name_twice", R"({"a":1,"b":2,"a":3})", duplicate_key, 1, 14, 3, "$.a"},
    {"name_twice_by_escape", R"({"a":1,"\u0061":3})", duplicate_key, 1, 8, 8, "$.a"},
    {"name_three_times", R"([{"a":1,"a":2,"a":3}])", duplicate_key, 1, 9, 3, "$[0].a", 2},
    {"name_twice_among_many",
     R"({"a":0,"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,"j":0,"k":0,"l":0,"m":0,"n":0,"o":0,"p":0,"q":0,"c":0})",
     duplicate_key, 1, 104, 3, "$.c"},
    {"beyond_safe_integer", R"({"id":9007199254740992})", big_integer, 1, 7, 16, "$.id"},
    {"snowflake", "[-1234567890123456789]", big_integer, 1, 2, 20, "$[0]"},
    {"half_a_pair", R"(["\ud83d"])", lone_surrogate, 1, 3, 6, "$[0]"},
    {"second_half_alone", R"(["\ude00\ud83d\ude00"])", lone_surrogate, 1, 3, 6, "$[0]"},
    {"json_in_a_string", R"("{\"a\":1}")", double_encoded, 1, 1, 11, "$"},
};

class ValidText : public testing::TestWithParam<Warned> {};

TEST_P(ValidText, is_warned_about) {
  const Warned& row = GetParam();
  const Autopsy result = autopsy(row.text);
  EXPECT_TRUE(result.valid);
  EXPECT_EQ(result.fault_count, 0u);
  EXPECT_TRUE(result.edits.empty());
  ASSERT_EQ(result.findings.size(), row.count);
  const JsonFinding& first = result.findings.front();
  EXPECT_EQ(first.fault, row.fault);
  EXPECT_TRUE(first.warning);
  EXPECT_EQ(first.place.line, row.line);
  EXPECT_EQ(first.place.column, row.column);
  EXPECT_EQ(first.place.length, row.length);
  EXPECT_EQ(first.place.path, row.path);
  EXPECT_EQ(repaired(row.text, result), row.text);
}

INSTANTIATE_TEST_SUITE_P(, ValidText, testing::ValuesIn(warned), [](const auto& row) { return row.param.name; });

TEST(Autopsy, leaves_clean_text_alone) {
  for (const char* text :
       {"{}", "[]", "0", "-0.5e+10", "\"\"", " null ", R"({"a":[1,{"b":"\u00e9\n"}],"c":9007199254740991})",
        "[9007199254740991, 1e400]", R"("words only")", R"({"":{"":0}})"}) {
    Autopsy clean;
    clean.valid = true;
    EXPECT_EQ(autopsy(text), clean) << text;
  }
}

TEST(Autopsy, counts_depth_and_warns_once) {
  const std::string deep = std::string(600, '[') + std::string(600, ']');
  const Autopsy result = autopsy(deep);
  EXPECT_TRUE(result.valid);
  EXPECT_EQ(result.depth, 600u);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].fault, too_deep);
  EXPECT_EQ(result.findings[0].place.offset, 512u);
  EXPECT_TRUE(autopsy(std::string(512, '[') + std::string(512, ']')).findings.empty());
}

TEST(Autopsy, gives_whole_code_points_around_the_place) {
  const std::string text = "[\"\xE5\xBC\xA0\xE4\xB8\x89\" \"\xF0\x9F\x98\x80\xFF\"]";
  const Autopsy result = autopsy(text);
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(excerpt_of(result.findings[0], text), "[\"\xE5\xBC\xA0\xE4\xB8\x89\" \"\xF0\x9F\x98\x80\xEF\xBF\xBD\"]");
}

// Each path is told on from the one before.
TEST(Autopsy, tells_every_fault_its_own_path) {
  const auto levels = [](std::size_t count) {
    std::string path;
    while (count-- > 0) path += "[0]";
    return path;
  };
  struct Row {
    std::string text;
    std::vector<std::string> paths;
  };
  for (const Row& row : {
           Row{R"({"a":[1,{"b":Tru,"c":[nul,{"d":nul}]},nul],"e":nul})", {"$.a[1].b", "$.a[1].c[0]", "$.a[1].c[1].d", "$.a[2]", "$.e"}},
           Row{R"({"a b":nul,"\u4e2d":[nul],id:nul})", {R"($["a b"])", "$.\xE4\xB8\xAD[0]", "$.id", "$.id"}},
           Row{"{\"a\":nul}\n{\"b\":[1,nul,nul]}\n[nul]", {"$.a", "$[1]", "$[1].b[1]", "$[1].b[2]", "$[2][0]"}},
           Row{"[nul]\n[nul]\n[nul]", {"$[0]", "$[1]", "$[1][0]", "$[2][0]"}},
           Row{std::string(60, '[') + "nul" + std::string(25, ']') + ",nul" + std::string(35, ']'),
               {"$" + levels(32) + "..." + levels(16), "$" + levels(34) + "[1]"}},
       }) {
    std::vector<std::string> paths;
    for (const JsonFinding& finding : autopsy(row.text).findings) paths.push_back(finding.place.path);
    EXPECT_EQ(paths, row.paths) << row.text;
  }
}

TEST(Autopsy, keeps_count_beyond_the_cap_and_still_mends) {
  std::string text = "[";
  for (int i = 0; i < 3000; ++i) text += "None,";
  text += "1]";
  const Autopsy result = autopsy(text);
  EXPECT_EQ(result.findings.size(), 1000u);
  EXPECT_EQ(result.fault_count, 3000u);
  EXPECT_TRUE(result.repairable);
  EXPECT_TRUE(is_valid_json(repaired(text, result).value_or("")));
}

TEST(Autopsy, offers_nothing_when_there_are_too_many_edits) {
  AutopsyOptions options;
  options.max_edits = 2;
  const Autopsy result = autopsy("[None,None,None]", options);
  EXPECT_FALSE(result.repairable);
  EXPECT_TRUE(result.edits.empty());
  EXPECT_EQ(result.fault_count, 3u);
}

TEST(Repair, passes_over_edits_that_do_not_fit) {
  const std::vector<JsonEdit> edits = {{0, 2, "x", syntax}, {1, 1, "y", syntax}, {9, 1, "z", syntax}};
  EXPECT_EQ(repair("abc", edits), "xc");
}

}  // namespace
}  // namespace blindspot
