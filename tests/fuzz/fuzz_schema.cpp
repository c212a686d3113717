// A random schema against a random document, and mutated bytes of both: nothing crashes or runs long, what is found lies within
// the text, and laws that need no oracle hold: a learnt schema accepts its samples, `not` turns the answer round, a schema
// behind allOf, anyOf or $ref says the same. The input's bytes decide what is written, and behind its end its hash does.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/contract.hpp"
#include "core/schema/envelope.hpp"
#include "core/schema/format.hpp"
#include "core/schema/learn.hpp"
#include "core/schema/metaschema.hpp"
#include "core/schema/pattern.hpp"
#include "core/schema/typescript.hpp"
#include "tests/fuzz/target.hpp"

namespace blindspot {
namespace {

class Dice {
 public:
  Dice(const std::uint8_t* data, std::size_t size) : next_(data), end_(data + size) {
    for (std::size_t i = 0; i < size; ++i) state_ = (state_ ^ data[i]) * 0x100000001B3ULL;
    state_ |= 1;
  }
  std::size_t below(std::size_t end) {
    if (next_ != end_) return *next_++ % end;
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ >> 11) % end;
  }
  bool once_in(std::size_t n) { return below(n) == 0; }
  std::string_view one_of(std::initializer_list<std::string_view> list) { return list.begin()[below(list.size())]; }

 private:
  const std::uint8_t* next_;
  const std::uint8_t* end_;
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

std::string name(Dice& dice) { return std::string(dice.one_of({"a", "b", "c", "user_name", "userName", "id", "1", "2", "x/y", "~", "kind", "\\u00e9"})); }

std::string scalar(Dice& dice) {
  return std::string(dice.one_of({"null", "true", "false", "0", "1", "-1", "1.0", "0.1", "2.50", "1e2", "1e308", "12345678901234567890123", "\"\"", "\"a\"", "\"aab\"",
                                  "\"2024-01-02\"", "\"2024-01-02T03:04:05Z\"", "\"a@b.cd\"", "\"\\ud800\"", "\"\xE5\xBC\xA0\"", "\"https://a.b/c\"", "\"\\n\""}));
}

std::string document(Dice& dice, std::size_t depth) {
  if (depth == 0 || dice.once_in(3)) return scalar(dice);
  const bool object = dice.once_in(2);
  std::string out(1, object ? '{' : '[');
  for (std::size_t left = dice.below(5); left > 0; --left) {
    if (out.size() > 1) out += dice.once_in(5) ? " ,\n" : ",";
    if (object) out += "\"" + name(dice) + "\":";
    out += document(dice, depth - 1);
  }
  return out + (object ? '}' : ']');
}

std::string pattern(Dice& dice, std::size_t depth) {
  std::string out;
  for (std::size_t parts = dice.below(4); parts > 0; --parts) {
    switch (dice.below(depth == 0 ? 4 : 6)) {
      case 0:
      case 1: out += dice.one_of({"a", "b", "."}); break;
      case 2: out += dice.one_of({"[ab]", "[^a]", "[a-c]", "\\d", "\\w"}); break;
      case 3: out += dice.one_of({"a", "^", "$", "\\b"}); continue;
      default: out += "(" + pattern(dice, depth - 1) + ")"; break;
    }
    if (dice.once_in(3)) out += dice.one_of({"*", "+", "?", "{2}", "{0,2}", "{1,}"});
  }
  if (depth > 0 && dice.once_in(4)) out += "|" + pattern(dice, depth - 1);
  return out;
}

struct SchemaWriter {
  Dice& dice;
  bool references;

  std::string count() { return std::string(dice.one_of({"0", "1", "2", "3", "1.0", "2.5", "-1", "1e400"})); }
  std::string list(std::size_t depth, std::size_t least) {
    std::string out = "[";
    for (std::size_t left = least + dice.below(3); left > 0; --left) out += (out.size() > 1 ? "," : "") + schema(depth);
    return out + "]";
  }
  std::string map(std::size_t depth, bool patterns) {
    std::string out = "{";
    for (std::size_t left = dice.below(4); left > 0; --left) {
      std::string key = name(dice);
      if (patterns) {
        key.clear();
        for (const char c : pattern(dice, 1)) key += c == '\\' ? std::string("\\\\") : std::string(1, c);
      }
      out += (out.size() > 1 ? ",\"" : "\"") + key + "\":" + schema(depth);
    }
    return out + "}";
  }
  std::string names() {
    std::string out = "[";
    for (std::size_t left = dice.below(3); left > 0; --left) out += (out.size() > 1 ? ",\"" : "\"") + name(dice) + "\"";
    return out + "]";
  }

  std::string keyword(std::size_t depth) {
    const std::size_t below = depth - 1;
    switch (dice.below(references ? 36 : 31)) {
      case 0:
      case 1: return "\"type\":\"" + std::string(dice.one_of({"object", "array", "string", "number", "integer", "null", "boolean"})) + "\"";
      case 2: return "\"type\":[\"null\",\"" + std::string(dice.one_of({"object", "array", "string"})) + "\"]";
      case 3: return "\"enum\":[" + document(dice, 1) + "," + scalar(dice) + "]";
      case 4: return "\"const\":" + document(dice, 2);
      case 5: return "\"minimum\":" + count();
      case 6: return "\"exclusiveMaximum\":" + count();
      case 7: return "\"multipleOf\":" + std::string(dice.one_of({"1", "0.1", "2", "0.5", "3e-7", "0.1234567890123456789"}));
      case 8: return "\"minLength\":" + count();
      case 9: return "\"maxItems\":" + count();
      case 10: return "\"minProperties\":" + count();
      case 11: return "\"uniqueItems\":true";
      case 12: return "\"required\":" + names();
      case 13:
      case 14: return "\"properties\":" + map(below, false);
      case 15: return "\"patternProperties\":" + map(below, true);
      case 16: return "\"additionalProperties\":" + schema(below);
      case 17: return "\"propertyNames\":" + schema(below);
      case 18: return "\"items\":" + (dice.once_in(4) ? list(below, 0) : schema(below));
      case 19: return "\"prefixItems\":" + list(below, 0);
      case 20: return "\"contains\":" + schema(below) + ",\"minContains\":" + count();
      case 21: return "\"allOf\":" + list(below, 1);
      case 22: return "\"anyOf\":" + list(below, 1);
      case 23: return "\"oneOf\":" + list(below, 1);
      case 24: return "\"not\":" + schema(below);
      case 25: return "\"if\":" + schema(below) + ",\"then\":" + schema(below) + ",\"else\":" + schema(below);
      case 26: return "\"unevaluatedProperties\":" + schema(below);
      case 27: return "\"unevaluatedItems\":" + schema(below);
      case 28: return "\"dependentRequired\":{\"" + name(dice) + "\":" + names() + "}";
      case 29: return "\"dependentSchemas\":" + map(below, false);
      case 30: return "\"format\":\"" + std::string(dice.one_of({"date", "email", "uri", "regex", "ipv6", "nothing"})) + "\"";
      case 31: return "\"$ref\":\"" + std::string(dice.one_of({"#", "#/$defs/a", "#/$defs/b", "#/properties/a", "other.json", "#x", "#/%zz", "a#/b"})) + "\"";
      case 32: return "\"$dynamicRef\":\"#" + std::string(dice.one_of({"x", "y", ""})) + "\"";
      case 33: return "\"$defs\":" + map(below, false);
      case 34: return "\"$id\":\"" + std::string(dice.one_of({"a", "http://h/b", "urn:x:y", "#x", "../.."})) + "\"";
      default: return "\"" + std::string(dice.one_of({"$anchor", "$dynamicAnchor"})) + "\":\"" + std::string(dice.one_of({"x", "y"})) + "\"";
    }
  }

  std::string schema(std::size_t depth) {
    if (depth == 0 || dice.once_in(8)) return std::string(dice.one_of({"true", "true", "false", "{}"}));
    std::string out = "{";
    for (std::size_t left = 1 + dice.below(3); left > 0; --left) out += (out.size() > 1 ? "," : "") + keyword(depth);
    return out + "}";
  }
};

std::string mutated(Dice& dice, std::string text) {
  for (std::size_t left = 1 + dice.below(4); left > 0 && !text.empty(); --left) {
    const std::size_t at = dice.below(text.size());
    switch (dice.below(4)) {
      case 0: text[at] = static_cast<char>(dice.below(256)); break;
      case 1: text.erase(at, 1 + dice.below(4)); break;
      case 2: text.insert(at, dice.one_of({"{", "}", "[", "]", "\"", ",", ":", "0", "\\", "\xFF", "$ref"})); break;
      default: text.insert(at, text.substr(dice.below(text.size()), dice.below(40))); break;
    }
  }
  return text;
}

struct Fuzzer {
  const Documents& documents;
  std::set<std::pair<ShapeFault, std::string>> seen;  // which keyword told what: the way through
  std::size_t unchecked = 0;

  void expect(bool holds, const char* law, const std::string& schema, const std::string& body) {
    if (holds) return;
    std::fprintf(stderr, "%s\n  schema %s\n  body %s\n", law, schema.c_str(), body.c_str());
    std::abort();
  }

  ContractReport judge(bool remarks, const std::string& schema, const std::string& body, SchemaDraft draft) {
    ContractOptions options{documents, draft, fits_format, remarks, 20'000};
    const auto began = std::chrono::steady_clock::now();
    const ContractReport report = check_contract_text(schema, body, {}, options);
    const auto took = std::chrono::steady_clock::now() - began;
    expect(took < std::chrono::seconds(10), "bounded in time", schema, body);
    expect(report.findings.size() <= 1000 && report.unchecked.size() <= 100, "bounded in number", schema, body);
    expect(report.findings.empty() == (report.breaches == 0), "a breach is a finding", schema, body);
    std::size_t before = 0, counted = 0;
    for (const ShapeFinding& finding : report.findings) {
      expect(finding.offset + finding.length <= body.size() && finding.length > 0, "lies within the text", schema, body);
      expect(finding.offset >= before, "in the order of the text", schema, body);
      expect(!finding.schema_pointer.empty() || finding.fault == ShapeFault::mismatch, "names its keyword", schema, body);
      before = finding.offset;
      seen.emplace(finding.fault, finding.schema_pointer.substr(finding.schema_pointer.rfind('/') + 1));
      counted += finding.count;
    }
    expect(report.findings.size() == 1000 || counted == report.breaches, "counts add up", schema, body);
    unchecked += report.unchecked.size();
    return report;
  }

  void run(Dice& dice) {
    const bool remarks = dice.once_in(2);
    std::string body = document(dice, 4);
    const bool references = dice.once_in(2);
    std::string schema = SchemaWriter{dice, references}.schema(1 + dice.below(4));
    const bool broken_text = dice.once_in(5);
    if (broken_text) (dice.once_in(2) ? body : schema) = mutated(dice, dice.once_in(2) ? body : schema);
    constexpr SchemaDraft drafts[] = {SchemaDraft::draft4, SchemaDraft::draft7, SchemaDraft::draft2019, SchemaDraft::draft2020, SchemaDraft::openapi30};
    judge(remarks, schema, body, drafts[dice.below(5)]);
    const ContractReport plain = judge(remarks, schema, body, SchemaDraft::draft2020);
    if (!references && !broken_text && plain.unchecked.empty()) {
      const auto same = [&](const std::string& around, bool turned, const char* law) {
        const ContractReport report = judge(remarks, around, body, SchemaDraft::draft2020);
        if (report.unchecked.empty()) expect(report.kept() == (plain.kept() != turned), law, around, body);
      };
      same("{\"not\":" + schema + "}", true, "not turns it round");
      same("{\"allOf\":[" + schema + ",true]}", false, "allOf says the same");
      same("{\"anyOf\":[false," + schema + "]}", false, "anyOf says the same");
      same("{\"oneOf\":[" + schema + ",false]}", false, "oneOf says the same");
      same("{\"$ref\":\"#/$defs/s\",\"$defs\":{\"s\":" + schema + "}}", false, "$ref says the same");
      same("{\"if\":" + schema + ",\"else\":false}", false, "if and else say the same");
    }
    schema_problems_of_text(schema, documents);
    write_typescript(schema);
    read_envelope(body, remarks ? 200 : 422);
    learn(dice);
    match(dice);
  }

  void learn(Dice& dice) {
    std::vector<std::string> samples;
    for (std::size_t left = 1 + dice.below(4); left > 0; --left) samples.push_back(document(dice, 4));
    const std::optional<std::string> schema = learn_schema({samples.begin(), samples.end()});
    expect(schema.has_value(), "samples are learnt", "", samples[0]);
    if (!schema) return;
    expect(schema_problems_of_text(*schema).empty(), "a learnt schema is a schema", *schema, samples[0]);
    for (const std::string& sample : samples) {
      const ContractOptions options{documents, SchemaDraft::draft2020, fits_format, true, 0};
      expect(check_contract_text(*schema, sample, {}, options).kept(), "a learnt schema accepts its samples", *schema, sample);
    }
    expect(write_typescript(*schema).has_value(), "a learnt schema has types", *schema, samples[0]);
    learn_schema({mutated(dice, samples[0])});
  }

  // Against the standard library's engine, on texts so short that it cannot run away.
  void match(Dice& dice) {
    const std::string expression = pattern(dice, 2);
    std::string text;
    for (std::size_t left = dice.below(6); left > 0; --left) text += dice.one_of({"a", "b", "c", "1", " "});
    std::size_t budget = 100'000;
    const Match match = Pattern(expression).search(text, budget);
    if (Pattern(expression).trouble() == PatternTrouble::none && expression.size() < 30) {
      bool other = false, told = true;
      try {
        other = std::regex_search(text, std::regex(expression, std::regex::ECMAScript));
      } catch (const std::regex_error&) {
        told = false;
      }
      if (told) expect((match == Match::yes) == other, "matches as std::regex does", expression, text);
    }
    budget = 100'000;
    Pattern(mutated(dice, expression + "[a-b](c|d){2,3}\\p{L}")).search(text, budget);
  }
};

}  // namespace

std::uint64_t fuzz::run_input(const std::uint8_t* data, std::size_t size) {
  static const Documents documents = [] {
    Documents known;
    add_metaschemas(known);
    return known;
  }();
  Dice dice(data, size);
  Fuzzer fuzzer{documents, {}, 0};
  fuzzer.run(dice);
  std::uint64_t way = fuzzer.unchecked != 0;
  for (const auto& [fault, keyword] : fuzzer.seen) {
    way = way * 41 + static_cast<std::uint64_t>(fault);
    for (const char c : keyword) way = way * 257 + static_cast<unsigned char>(c);
  }
  return way;
}

}  // namespace blindspot

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  blindspot::fuzz::run_input(data, size);
  return 0;
}
