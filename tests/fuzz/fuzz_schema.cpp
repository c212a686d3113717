// Random schemas against random documents, and mutated bytes of both: nothing crashes or runs long, what is found lies within
// the text, and laws that need no oracle hold: a learnt schema accepts its samples, `not` turns the answer round, a schema
// behind allOf, anyOf or $ref says the same. The seed decides everything:  fuzz_schema [--rounds N] [--seconds N] [--seed N]
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <regex>
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

namespace blindspot {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() >> 11) % end; }
  bool once_in(std::size_t n) { return below(n) == 0; }
  std::string_view one_of(std::initializer_list<std::string_view> list) { return list.begin()[below(list.size())]; }

 private:
  std::uint64_t state_;
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
  std::uint64_t seed;
  std::size_t failures = 0, checks = 0, contracts = 0, broken = 0;
  Documents documents;

  void expect(bool holds, std::uint64_t round, const char* law, const std::string& schema, const std::string& body) {
    ++checks;
    if (holds) return;
    if (++failures <= 10) std::cerr << "seed " << seed << " round " << round << ": " << law << "\n  schema " << schema << "\n  body " << body << '\n';
  }

  ContractReport judge(std::uint64_t round, const std::string& schema, const std::string& body, SchemaDraft draft) {
    ContractOptions options{documents, draft, fits_format, (round & 1) != 0, 20'000};
    const auto began = std::chrono::steady_clock::now();
    const ContractReport report = check_contract_text(schema, body, {}, options);
    const auto took = std::chrono::steady_clock::now() - began;
    ++contracts;
    broken += !report.kept();
    expect(took < std::chrono::seconds(10), round, "bounded in time", schema, body);
    expect(report.findings.size() <= 1000 && report.unchecked.size() <= 100, round, "bounded in number", schema, body);
    expect(report.findings.empty() == (report.breaches == 0), round, "a breach is a finding", schema, body);
    std::size_t before = 0, counted = 0;
    for (const ShapeFinding& finding : report.findings) {
      expect(finding.offset + finding.length <= body.size() && finding.length > 0, round, "lies within the text", schema, body);
      expect(finding.offset >= before, round, "in the order of the text", schema, body);
      expect(!finding.schema_pointer.empty() || finding.fault == ShapeFault::mismatch, round, "names its keyword", schema, body);
      before = finding.offset;
      counted += finding.count;
    }
    expect(report.findings.size() == 1000 || counted == report.breaches, round, "counts add up", schema, body);
    return report;
  }

  void round(std::uint64_t number) {
    Dice dice(seed * 1'000'003 + number);
    for (int i = 0; i < 4; ++i) dice.next();
    std::string body = document(dice, 4);
    const bool references = dice.once_in(2);
    std::string schema = SchemaWriter{dice, references}.schema(1 + dice.below(4));
    const bool broken_text = dice.once_in(5);
    if (broken_text) (dice.once_in(2) ? body : schema) = mutated(dice, dice.once_in(2) ? body : schema);
    constexpr SchemaDraft drafts[] = {SchemaDraft::draft4, SchemaDraft::draft7, SchemaDraft::draft2019, SchemaDraft::draft2020, SchemaDraft::openapi30};
    judge(number, schema, body, drafts[dice.below(5)]);
    const ContractReport plain = judge(number, schema, body, SchemaDraft::draft2020);
    if (!references && !broken_text && plain.unchecked.empty()) {
      const auto same = [&](const std::string& around, bool turned, const char* law) {
        const ContractReport report = judge(number, around, body, SchemaDraft::draft2020);
        if (report.unchecked.empty()) expect(report.kept() == (plain.kept() != turned), number, law, around, body);
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
    read_envelope(body, number % 2 == 0 ? 200 : 422);
    learn(number, dice);
    match(number, dice);
  }

  void learn(std::uint64_t number, Dice& dice) {
    std::vector<std::string> samples;
    for (std::size_t left = 1 + dice.below(4); left > 0; --left) samples.push_back(document(dice, 4));
    const std::optional<std::string> schema = learn_schema({samples.begin(), samples.end()});
    expect(schema.has_value(), number, "samples are learnt", "", samples[0]);
    if (!schema) return;
    expect(schema_problems_of_text(*schema).empty(), number, "a learnt schema is a schema", *schema, samples[0]);
    for (const std::string& sample : samples) {
      const ContractOptions options{documents, SchemaDraft::draft2020, fits_format, true, 0};
      expect(check_contract_text(*schema, sample, {}, options).kept(), number, "a learnt schema accepts its samples", *schema, sample);
    }
    expect(write_typescript(*schema).has_value(), number, "a learnt schema has types", *schema, samples[0]);
    learn_schema({mutated(dice, samples[0])});
  }

  // Against the standard library's engine, on texts so short that it cannot run away.
  void match(std::uint64_t number, Dice& dice) {
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
      if (told) expect((match == Match::yes) == other, number, "matches as std::regex does", expression, text);
    }
    budget = 100'000;
    Pattern(mutated(dice, expression + "[a-b](c|d){2,3}\\p{L}")).search(text, budget);
  }
};

}  // namespace
}  // namespace blindspot

int main(int count, char** values) {
  std::uint64_t rounds = 3000, seed = 1;
  long seconds = 0;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view option = values[i];
    if (option == "--rounds") rounds = std::strtoull(values[i + 1], nullptr, 10);
    if (option == "--seconds") seconds = std::strtol(values[i + 1], nullptr, 10);
    if (option == "--seed") seed = std::strtoull(values[i + 1], nullptr, 10);
  }
  blindspot::Fuzzer fuzzer{seed};
  blindspot::add_metaschemas(fuzzer.documents);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::uint64_t ran = 0;
  for (; seconds > 0 ? std::chrono::steady_clock::now() < until : ran < rounds; ++ran) fuzzer.round(ran);
  std::cout << ran << " rounds, " << fuzzer.contracts << " contracts held (" << fuzzer.broken << " broken), " << fuzzer.checks << " checks, " << fuzzer.failures << " failed\n";
  return fuzzer.failures == 0 && fuzzer.broken > 0 && fuzzer.broken < fuzzer.contracts ? 0 : 1;
}
