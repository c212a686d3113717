// Thousands of texts made by mutation with a fixed seed: validity must agree with nlohmann::json::accept save for the
// differences listed here, and every repair that is offered must be valid and free of further faults.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "core/json/autopsy.hpp"
#include "core/json/scan.hpp"
#include "core/json/surgeon.hpp"

namespace blindspot {
namespace {

const std::string seeds[] = {
    R"({"a":1,"b":[1,2,{"c":null}],"d":"x\ny","e":true,"f":-1.5e3})",
    "[{\"id\":12345678901234567890,\"name\":\"\xE5\xBC\xA0\xE4\xB8\x89\"},{\"id\":2,\"name\":'b'}]",
    "{'a': True, 'b': None, c: undefined, d: NaN, // c\n e: 0x1F, /* x */ f: .5,}",
    "callback({\"a\":1});",
    ")]}',\n{\"a\":1}",
    "{\"a\":1}\n{\"b\":2}\n{\"c\":3}",
    "data: {\"a\":1}\n\n",
    "<br /><b>Warning</b>: x [1] in y\n{\"a\":1}",
    R"({\"a\": \"b\\\"c\", \n \"d\": [1]})",
    "{\"said\":\"he said \"hi\" there\",\"x\":\"abc\n \"y\": 1}",
    R"({"a": [1, 2, "b": 3})",
    R"([{"a":1, {"a":2}])",
    R"({"_id": ObjectId("x"), "t": new Date(), "u": ISODate('2020')})",
    "{name=Bob Smith, age=3, t: 12:30:00, u: http://x.example/z}",
    R"("a": 1, "b": 2})",
    "1 2 3",
    "\xE2\x80\x9C"
    "a\xE2\x80\x9D\xEF\xBC\x9A"
    "1\xEF\xBC\x8C\xE3\x80\x81",
    R"({"p":"C:\dir\x\u12\x41\uD83D\uDE00\uD800"})",
    R"({"a":[object Object]})",
};

const std::string pieces[] = {"{",
                              "}",
                              "[",
                              "]",
                              ",",
                              ":",
                              "\"",
                              "'",
                              "`",
                              "\\",
                              "\\\"",
                              "\n",
                              "/",
                              "//",
                              "/*",
                              "*/",
                              "#",
                              "(",
                              ")",
                              "=",
                              "=>",
                              ";",
                              "-",
                              "+",
                              ".",
                              "0",
                              "1",
                              "e",
                              "true",
                              "nul",
                              "None",
                              "NaN",
                              "undefined",
                              "x",
                              "ab",
                              " ",
                              "\xE2\x80\x9C",
                              "\xEF\xBC\x8C",
                              "\xEF\xBC\x9A",
                              "\xC2\xA0",
                              "\xEF\xBB\xBF",
                              "\xE5",
                              "\xE5\xBC",
                              "\xFF",
                              "\x01",
                              "\\u",
                              "\\uD800",
                              "\\n",
                              "\\x4",
                              "\"\"",
                              "{}",
                              "[]",
                              "\"a\":",
                              "<",
                              "&",
                              "data:",
                              "[object ",
                              "new ",
                              "Date(",
                              std::string(1, '\0')};

std::string mutated(std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  std::string text = below(10) == 0 ? "" : seeds[below(std::size(seeds))];
  const std::size_t steps = text.empty() ? 6 + below(8) : below(8);
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t at = below(text.size() + 1);
    switch (below(5)) {
      case 0:
        text.insert(at, pieces[below(std::size(pieces))]);
        break;
      case 1:
        text.erase(at, below(4) + 1);
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 3: {
        const std::string& other = seeds[below(std::size(seeds))];
        const std::size_t from = below(other.size());
        text.insert(at, other.substr(from, below(other.size() - from)));
        break;
      }
      default:
        if (below(3) == 0) text.resize(at);
    }
  }
  return text;
}

// Why nlohmann may judge otherwise; empty when it may not.
std::string known_difference(const std::string& text, const Autopsy& result) {
  if (!result.valid && text.rfind("\xEF\xBB\xBF", 0) == 0) return "passes over a byte order mark";
  if (!result.valid && text.find('\0') != std::string::npos) return "takes a NUL byte for the end of the text";
  for (const JsonFinding& finding : result.findings) {
    if (result.valid && finding.fault == JsonFault::lone_surrogate) return "refuses half a surrogate pair";
  }
  return "";
}

TEST(Differential, validity_agrees_and_repairs_hold) {
  std::mt19937 random(20240229);
  std::map<std::string, int> differences;
  int offered = 0, valid = 0;
  constexpr int texts = 30000;
  for (int i = 0; i < texts; ++i) {
    const std::string text = mutated(random);
    const Autopsy result = autopsy(text);
    if (nlohmann::json::accept(text) != result.valid) {
      const std::string why = known_difference(text, result);
      ASSERT_FALSE(why.empty()) << text;
      ++differences[why];
    }
    valid += result.valid;
    ASSERT_EQ(result.valid, result.fault_count == 0) << text;
    std::size_t done = 0;
    for (const JsonEdit& edit : result.edits) {
      ASSERT_GE(edit.offset, done) << text;
      done = edit.offset + edit.remove;
      ASSERT_LE(done, text.size()) << text;
    }
    for (const JsonFinding& finding : result.findings)
      ASSERT_LE(finding.place.offset + finding.place.length, text.size()) << text;
    if (!result.repairable) continue;
    ++offered;
    const Bytes mended = repair(text, result.edits);
    ASSERT_TRUE(is_valid_json(mended)) << text << "\n-> " << mended;
    ASSERT_EQ(autopsy(mended).fault_count, 0u) << text;
  }
  EXPECT_GT(offered, texts / 2);
  EXPECT_GT(valid, 100);
  for (const auto& [why, count] : differences) std::cout << "nlohmann " << why << ": " << count << " texts\n";
}

TEST(Differential, what_the_scanner_read_need_not_be_read_again) {
  const std::string soil = R"({"code" : 0,"a\u0041":1299.50, "items":[ {"id":1, "tags":["x","\/y", null ,true],"e":{}},
 {"id":2 ,"price":12, "at":[116.4073999999999999,[-1.5e3]]} ],"n\n":"\ud83d\ude00", "z":{"z":{"z":[[],[1,2]]}}})";
  const AutopsyOptions options;
  std::mt19937 random(20261130);
  std::size_t taken_over = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text = i % 3 == 0 ? mutated(random) : soil;
    for (std::size_t steps = i % 3 == 0 ? 0 : 1 + random() % 2; steps > 0; --steps) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0) text.insert(at, pieces[random() % std::size(pieces)]);
      else text.erase(at, 1 + random() % 3);
    }
    if (is_valid_json(text)) continue;
    ScanPoint where;
    scan_json(text, ScanExtent::whole_text, options.deep, &where);
    SurgeryNotes from_there, from_the_start;
    Surgeon surgeon(text, 0, text.size(), options, from_there);
    taken_over += surgeon.take_over(where);
    surgeon.operate();
    Surgeon(text, 0, text.size(), options, from_the_start).operate();
    ASSERT_EQ(from_there, from_the_start) << text;
  }
  EXPECT_GT(taken_over, 15000u);
}

TEST(Differential, a_number_too_big_for_a_double_is_valid_here) {
  EXPECT_TRUE(is_valid_json("[1e400]"));
  EXPECT_FALSE(nlohmann::json::accept("[1e400]"));
}

// Each broke an invariant once: edits that overlapped, findings out of order.
TEST(Differential, what_fuzzing_found_holds) {
  for (const std::string text :
       {"{\"s\": \"\\u{0F0A0}", "\xEF\xBD\x9B{{{{\xC2 1", "[\"\"\"a\"\"\"\"\"\"\"\"\" + \"\"\"\"\"\"\"\"\"", "\xE6{data: \x9C"}) {
    const Autopsy result = autopsy(text);
    std::size_t done = 0, before = 0;
    for (const JsonEdit& edit : result.edits) {
      EXPECT_GE(edit.offset, done) << text;
      done = edit.offset + edit.remove;
    }
    for (const JsonFinding& finding : result.findings) {
      EXPECT_GE(finding.place.offset, before) << text;
      before = finding.place.offset;
    }
    EXPECT_TRUE(is_valid_json(repaired(text, result).value_or(""))) << text;
  }
}

// Every beginning of a valid text gets a repair that keeps what was there.
TEST(Differential, every_cut_is_mended) {
  const std::string text =
      "{\n  \"code\": 0, \"list\": [{\"id\": -1.5e+3, \"name\": \"\xE5\xBC\xA0\\u00e9\\n\"}, true, null, [[]], {}],\n  "
      "\"ok\": false\n}";
  ASSERT_TRUE(is_valid_json(text));
  for (std::size_t size = 1; size < text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    const Autopsy result = autopsy(cut);
    EXPECT_FALSE(result.valid) << cut;
    ASSERT_EQ(result.fault_count, 1u) << cut;
    EXPECT_EQ(result.findings[0].fault, JsonFault::truncated) << cut;
    EXPECT_EQ(result.findings[0].place.offset, size) << cut;
    EXPECT_TRUE(is_valid_json(repaired(cut, result).value_or(""))) << cut;
  }
}

}  // namespace
}  // namespace blindspot
