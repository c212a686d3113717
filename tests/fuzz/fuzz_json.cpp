// Bytes as a text that should be JSON: is it judged as nlohmann's parser judges it, do the edits give a valid text, and
// do they lie where they say? An odd first byte makes pieces of JSON and its relatives of the bytes behind it, an even
// one takes them raw.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "core/json/autopsy.hpp"
#include "core/json/client_sight.hpp"
#include "core/json/scan.hpp"
#include "core/json/surgeon.hpp"
#include "tests/fuzz/target.hpp"

namespace blindspot {
namespace {

constexpr std::string_view pieces[] = {"{",
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
                                       "\r\n",
                                       "\t",
                                       " ",
                                       "  ",
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
                                       "...",
                                       "0",
                                       "1",
                                       "12",
                                       "007",
                                       "1e5",
                                       "1.5",
                                       "e",
                                       "9007199254740993",
                                       "true",
                                       "false",
                                       "null",
                                       "tru",
                                       "nul",
                                       "None",
                                       "True",
                                       "NaN",
                                       "-Infinity",
                                       "undefined",
                                       "x",
                                       "ab",
                                       "name",
                                       "a b",
                                       "\"a\":",
                                       "\"a\"",
                                       "\"b\": ",
                                       "{}",
                                       "[]",
                                       "\"\"",
                                       "a:",
                                       "a=",
                                       "{\"a\":1}",
                                       "[1,2]",
                                       "\xE2\x80\x9C",
                                       "\xE2\x80\x9D",
                                       "\xE2\x80\x98",
                                       "\xEF\xBC\x8C",
                                       "\xEF\xBC\x9A",
                                       "\xEF\xBD\x9B",
                                       "\xEF\xBD\x9D",
                                       "\xE3\x80\x81",
                                       "\xE3\x80\x90",
                                       "\xE3\x80\x91",
                                       "\xEF\xBC\x91",
                                       "\xC2\xA0",
                                       "\xE3\x80\x80",
                                       "\xEF\xBB\xBF",
                                       "\xE4\xB8\xAD",
                                       "\xE5",
                                       "\xE5\xBC",
                                       "\xFF",
                                       "\xB3\xC9\xB9\xA6",
                                       "\xE9",
                                       "\x01",
                                       "\\u",
                                       "\\u00e9",
                                       "\\uD800",
                                       "\\uDC00",
                                       "\\x4",
                                       "\\n",
                                       "<",
                                       ">",
                                       "<ref *1>",
                                       "[Circular *1]",
                                       "[object Object]",
                                       "</a>",
                                       "<html>",
                                       "&",
                                       "data:",
                                       "data: ",
                                       "```",
                                       "```json\n",
                                       "cb(",
                                       "new Date(",
                                       "ObjectId(",
                                       "datetime(1, 2)",
                                       "u'",
                                       "'''",
                                       "\"\"\"",
                                       "!0",
                                       "void 0",
                                       " + ",
                                       ")]}'",
                                       "while(1);",
                                       "\xEF\xBC\x9B",
                                       "\xC2\xAB",
                                       "\xE3\x80\x8C",
                                       "2024-05-01",
                                       " 10:00:00",
                                       "0x1F",
                                       "10n",
                                       "typeof ",
                                       "&&",
                                       "\xE2\x80\xA6"};

std::string text_of(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return "";
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) return std::string(rest);
  std::string out;
  for (const char c : rest) {
    const std::size_t index = static_cast<unsigned char>(c);
    out += index < std::size(pieces) ? pieces[index] : std::string_view(&c, 1);
  }
  return out;
}

// Whether the text is refused for nothing but the size of its numbers.
bool is_valid_json_for_doubles(const std::string& text) {
  struct Reader : nlohmann::json_sax<nlohmann::json> {
    bool too_big = false;
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) override {
      too_big = dynamic_cast<const nlohmann::json::out_of_range*>(&error) != nullptr;
      return false;
    }
  } reader;
  nlohmann::json::sax_parse(text, &reader);
  return !reader.too_big;
}

// The differences that tests/unit/json/differential_test.cpp names.
bool may_differ(const std::string& text, const Autopsy& result) {
  if (!result.valid && (text.rfind("\xEF\xBB\xBF", 0) == 0 || text.find('\0') != std::string::npos)) return true;
  for (const JsonFinding& finding : result.findings)
    if (result.valid && finding.fault == JsonFault::lone_surrogate) return true;
  // A number too big for a double is JSON, and nlohmann refuses it.
  return result.valid && (text.size() > 300 || text.find_first_of("eE") != std::string::npos) &&
         !is_valid_json_for_doubles(text);
}

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void check_places(std::string_view text, const Autopsy& result) {
  std::size_t done = 0;
  for (const JsonEdit& edit : result.edits) {
    must(edit.offset >= done, "edits overlap");
    done = edit.offset + edit.remove;
    must(done <= text.size(), "an edit reaches past the end");
  }
  std::size_t before = 0;
  for (const JsonFinding& finding : result.findings) {
    must(finding.place.offset >= before, "findings are out of order");
    before = finding.place.offset;
    must(finding.place.offset + finding.place.length <= text.size(), "a finding reaches past the end");
    must(finding.place.line >= 1 && finding.place.column >= 1, "a finding has no place");
  }
}

// Taking over where the scanner stopped must leave the same behind as reading all.
void check_taking_over(std::string_view text) {
  const AutopsyOptions options;
  ScanPoint where;
  if (scan_json(text, ScanExtent::whole_text, options.deep, &where).valid) return;
  SurgeryNotes whole, taken_over;
  Surgeon(text, 0, text.size(), options, whole).operate();
  Surgeon surgeon(text, 0, text.size(), options, taken_over);
  surgeon.take_over(where);
  surgeon.operate();
  must(whole == taken_over, "what the scanner read was read otherwise");
}

}  // namespace

std::uint64_t fuzz::run_input(const std::uint8_t* data, std::size_t size) {
  const std::string text = text_of(data, size);
  const Autopsy result = autopsy(text);
  if (nlohmann::json::accept(text) != result.valid) must(may_differ(text, result), "validity differs");
  must(result.valid == is_valid_json(text), "the scanner and the autopsy differ");
  must(result.valid == (result.fault_count == 0), "faults and validity differ");
  check_places(text, result);
  check_taking_over(text);
  const Bytes mended = repair(text, result.edits);
  if (result.repairable) {
    must(is_valid_json(mended), "the repair is not valid");
    must(autopsy(mended).fault_count == 0, "the repair has faults");
    const auto offered = repaired(text, result);
    must(offered && *offered == mended, "the repair is not what the edits give");
  }
  // Engines see U+FFFD for bytes that are no UTF-8; for all other texts they judge as we do.
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  for (const JsonEngine engine : {JsonEngine::v8, JsonEngine::spidermonkey, JsonEngine::javascriptcore})
    if (result.valid || ascii) must(engine_message(engine, text).empty() == result.valid, "an engine judges otherwise");
  std::uint64_t way = result.valid ? 1 : 2;
  std::uint64_t last = 0;
  for (const JsonFinding& finding : result.findings) {
    const auto fault = static_cast<std::uint64_t>(finding.fault);
    if (fault != last) way = way * 41 + fault;
    last = fault;
  }
  return way * 4 + (result.repairable ? 2 : 0) + !result.encoding.empty();
}

}  // namespace blindspot

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  blindspot::fuzz::run_input(data, size);
  return 0;
}
