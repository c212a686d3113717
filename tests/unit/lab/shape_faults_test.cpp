// Does the contract of the healthy answer find, in each changed one, the fault that was asked for? Over the wire, on the
// lab's own sample and on given ones, and what is refused with which words.
#include "native/lab/shape_faults.hpp"

#include <gtest/gtest.h>

#include <cctype>

#include "core/schema/contract.hpp"
#include "core/schema/learn.hpp"
#include "core/schema/tree.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
    out += std::isalnum(static_cast<unsigned char>(c)) ? std::string(1, c) : escape;
  }
  return out;
}

WireAnswer ask(std::string_view change, const std::string& query) { return call(shared_lab().lab(), "GET", "/mix/shape=" + std::string(change) + query); }

// "shape-null /items 1", breach by breach; three samples, so that repeated words are taken for a list of values.
std::string breaches(std::string_view healthy, std::string_view changed) {
  const auto schema = learn_schema({healthy, healthy, healthy});
  if (!schema) return "the sample is no JSON";
  if (!nlohmann::json::accept(changed)) return "no JSON any more: " + std::string(changed);
  std::string out;
  for (const ShapeFinding& finding : check_contract(nlohmann::json::parse(*schema), changed))
    out += (out.empty() ? "" : ", ") + std::string(shape_code(finding.fault)) + " " + finding.pointer;
  return out;
}

std::string code_of(std::string_view change) {
  const std::pair<std::string_view, const char*> codes[] = {{"drop", "shape-missing-field"}, {"rename", "shape-renamed-field"}, {"retype", "shape-wrong-type"},
                                                            {"null", "shape-null"}, {"array", "shape-array-object"}, {"enum", "shape-not-in-enum"}};
  for (const auto& [name, code] : codes)
    if (name == change) return code;
  return "";
}

const char orders[] = R"({"user_name": "lin", "items": [{"unitPrice": 12.5, "status": "PAID"}, {"unitPrice": 8, "status": "NEW"}],
  "paid": true, "address": {"city": "Suzhou", "zip": "215000"}, "next": null})";

struct Row {
  const char* name;
  const char* change;
  const char* at;  // null: not named
  const char* found;
  const char* piece;  // of the changed text
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

class ChangedShape : public testing::TestWithParam<Row> {};

TEST_P(ChangedShape, IsFoundByTheContractOfTheHealthyAnswer) {
  const Row& row = GetParam();
  std::string query = "?sample=" + percent_encoded(orders);
  if (row.at != nullptr) query += "&at=" + std::string(row.at);
  const auto answer = ask(row.change, query);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(header_value(answer.headers, "Content-Type"), "application/json");
  EXPECT_EQ(breaches(orders, answer.body), row.found) << answer.body;
  EXPECT_NE(answer.body.find(row.piece), std::string::npos) << answer.body;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ChangedShape,
    testing::Values(Row{"drop", "drop", nullptr, "shape-missing-field /items", R"({"user_name": "lin", "paid": true)"},
                    Row{"drop_first", "drop", "/user_name", "shape-missing-field /user_name", R"({"items": [)"},
                    Row{"drop_last", "drop", "/next", "shape-missing-field /next", R"("215000"}})"},
                    Row{"drop_in_an_element", "drop", "/items/1/status", "shape-missing-field /items/1/status", R"({"unitPrice": 8}])"},
                    Row{"rename", "rename", nullptr, "shape-renamed-field /user_name", R"({"userName": "lin")"},
                    Row{"rename_camel", "rename", "/items/0/unitPrice", "shape-renamed-field /items/0/unitPrice", R"({"unit_price": 12.5)"},
                    Row{"rename_one_word", "rename", "/address", "shape-renamed-field /address", R"("Address": {)"},
                    Row{"retype", "retype", nullptr, "shape-wrong-type /items/0/unitPrice", R"("unitPrice": "12.5")"},
                    Row{"retype_boolean", "retype", "/paid", "shape-wrong-type /paid", R"("paid": 1,)"},
                    Row{"retype_digits", "retype", "/address/zip", "shape-wrong-type /address/zip", R"("zip": 215000})"},
                    Row{"retype_words", "retype", "/user_name", "shape-wrong-type /user_name", R"("user_name": 0,)"},
                    Row{"retype_object", "retype", "/address", "shape-wrong-type /address", R"("address": "{\"city\")"},
                    Row{"retype_null", "retype", "/next", "shape-wrong-type /next", R"("next": "")"},
                    Row{"null", "null", nullptr, "shape-null /items", R"("items": null,)"},
                    Row{"null_text", "null", "/items/1/status", "shape-null /items/1/status", R"("status": null})"},
                    Row{"null_root", "null", "", "shape-null ", "null"},
                    Row{"array", "array", nullptr, "shape-array-object /items/0", R"("items": [[{"unitPrice")"},
                    Row{"array_of_address", "array", "/address", "shape-array-object /address", R"("address": [{"city")"},
                    Row{"object_of_items", "array", "/items", "shape-array-object /items", R"("items": {"0":{"unitPrice": 12.5, "status": "PAID"},"1":{)"},
                    Row{"value", "enum", nullptr, "shape-not-in-enum /items/0/status", R"("status": "PAID_NEW")"},
                    Row{"value_named", "enum", "/items/1/status", "shape-not-in-enum /items/1/status", R"("status": "NEW_NEW")"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShapeFaults, AreMadeOfTheLabsOwnSample) {
  const std::string healthy = call(shared_lab().lab(), "GET", "/mix").body;
  for (const std::string_view change : shape_change_names()) {
    const std::string found = breaches(healthy, ask(change, "").body);
    EXPECT_EQ(found.substr(0, found.find(' ')), code_of(change)) << change << ": " << found;
    EXPECT_EQ(found.find(','), std::string::npos) << change << ": " << found;
  }
  EXPECT_EQ(breaches(healthy, ask("drop", "?at=/items/1/price").body), "shape-missing-field /items/1/price");
  EXPECT_EQ(breaches(healthy, healthy), "");
}

// Every change at every value of a text: one breach, at that place, of that code; or words that say why not.
TEST(ShapeFaults, HitTheValueThatIsNamedAndNothingElse) {
  std::size_t made = 0, refused = 0;
  for (const std::string_view sample : {std::string_view(orders), std::string_view(R"([{"id":1,"tags":["a","a"]},{"id":2,"tags":["b","b"]}])"),
                                        std::string_view("{\n \"data\": {\n  \"A-b\": \"A-b\",\n  \"caf\xC3\xA9\": [[1.5]]\n }\n}\n")}) {
    const auto tree = Tree::parse(sample);
    ASSERT_TRUE(tree);
    for (const std::string_view name : shape_change_names()) {
      for (Node node = 0; node < tree->size(); ++node) {
        const std::string pointer = tree->pointer_of(node);
        const auto changed = change_shape(*parse_shape_change(name), sample, pointer);
        if (!changed) {
          EXPECT_NE(changed.error().words.find("does not fit"), std::string::npos) << changed.error().words;
          ++refused;
          continue;
        }
        // A list of values is learnt of texts that come again and again, and of no others.
        const std::string found = breaches(sample, changed.value());
        if (name != "enum" || !found.empty()) EXPECT_EQ(found, code_of(name) + " " + pointer) << name << ": " << changed.value();
        ++made;
      }
    }
  }
  EXPECT_GT(made, 80u);
  EXPECT_GT(refused, 20u);
}

TEST(ShapeFaults, ChooseByTheTextAlone) {
  const auto changed = [](const char* change, std::string_view sample) {
    const auto made = change_shape(*parse_shape_change(change), sample, std::nullopt);
    return made ? made.value() : made.error().words;
  };
  EXPECT_EQ(changed("drop", R"({"a":1})"), "{}");
  EXPECT_EQ(changed("drop", R"([1,{"a":1,"b":[2]}])"), R"([1,{"a":1}])");
  EXPECT_EQ(changed("rename", R"({"name":1,"first-name":2})"), R"({"name":1,"firstName":2})");
  EXPECT_EQ(changed("rename", R"({"user_name":1,"userName":2})"), R"({"User_name":1,"userName":2})");
  EXPECT_EQ(changed("null", R"({"a":null,"b":1})"), R"({"a":null,"b":null})");
  EXPECT_EQ(changed("array", "[7,8]"), R"({"0":7,"1":8})");
  EXPECT_EQ(changed("retype", "7"), "\"7\"");
  EXPECT_EQ(changed("enum", R"({"name":"lin","day":"2026-03-01","order_type":"gift"})"), R"({"name":"lin","day":"2026-03-01","order_type":"gift_new"})");
  // A name that stands twice: only the last of it counts, and is changed.
  EXPECT_EQ(changed("retype", R"({"a":1,"a":2})"), R"({"a":1,"a":"2"})");
}

struct Refusal {
  const char* name;
  const char* target;
  const char* key;
  const char* words;  // a part of them
};

std::ostream& operator<<(std::ostream& out, const Refusal& row) { return out << row.name; }

class RefusedShape : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedShape, IsAnswered400InWords) {
  const auto answer = call(shared_lab().lab(), "GET", "/mix/" + std::string(GetParam().target), {{"Origin", "http://a.invalid"}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(header_value(answer.headers, "Access-Control-Allow-Origin"), "*");
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  ASSERT_TRUE(body.is_object()) << answer.body;
  EXPECT_EQ(body["error"]["key"], GetParam().key);
  EXPECT_NE(body["error"]["problem"].get<std::string>().find(GetParam().words), std::string::npos) << answer.body;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedShape,
    testing::Values(Refusal{"unknown_change", "shape=melt", "shape", "no such value"},
                    Refusal{"nowhere", "shape=drop?at=/items/2/price", "at", "it goes as far as /items"},
                    Refusal{"nowhere_at_all", "shape=null?at=/nothing/here", "at", "it goes as far as the whole text"},
                    Refusal{"below_a_number", "shape=null?at=/total/0", "at", "it goes as far as /total"},
                    Refusal{"no_pointer", "shape=null?at=items", "at", "begins with /"},
                    Refusal{"an_element_has_no_name", "shape=rename?at=/items/0", "at", "it takes a field"},
                    Refusal{"the_root_is_no_field", "shape=drop?at=", "at", "it takes a field"},
                    Refusal{"a_number_is_no_text", "shape=enum?at=/total", "at", "it takes a text"},
                    Refusal{"a_number_is_no_container", "shape=array?at=/total", "at", "an object or an array"},
                    Refusal{"null_already", "shape=null?sample=%7B%22a%22:null%7D&at=/a", "at", "any value but null"},
                    Refusal{"nothing_to_drop", "shape=drop?sample=%5B1%5D", "shape", "the sample has nothing for drop"},
                    Refusal{"no_letters", "shape=rename?sample=%7B%221%22:2%7D", "shape", "letters from a to z"},
                    Refusal{"no_json", "shape=drop?sample=%7B", "sample", "no JSON"},
                    Refusal{"empty_sample", "shape=drop?sample=", "sample", "no JSON"},
                    Refusal{"no_utf8", "body=json?sample=%22%E9%22", "sample", "no JSON"},
                    Refusal{"broken_escape", "shape=drop?at=%2", "at", "broken percent-encoding"},
                    Refusal{"a_pointer_without_a_change", "body=json?at=/items", "at", "there is no shape="},
                    Refusal{"of_a_page", "body=html/shape=drop", "shape", "goes with body=json"},
                    Refusal{"a_sample_for_a_size", "body=64kb?sample=1", "sample", "goes with body=json"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShapeSample, NestedTooDeepIsRefused) {
  const auto nested = [](std::size_t depth) { return ask("retype", "?sample=" + std::string(depth, '[') + std::string(depth, ']')); };
  EXPECT_EQ(nested(deepest_sample).status, 200);
  EXPECT_EQ(nested(deepest_sample + 1).status, 400);
  EXPECT_EQ(nested(20'000).status, 400);
}

TEST(ShapeSample, IsSentAsItIsAndBrokenByCode) {
  const std::string sample = "?sample=" + percent_encoded(R"({"a b": "+86 1"})");
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix" + sample).body, R"({"a b": "+86 1"})");
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix?sample=%7B%22a+b%22:1%7D").body, R"({"a b":1})");
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix/body=json-comment" + sample).body, R"({/* from the cache */"a b": "+86 1"})");
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix/status=404" + sample).body, R"({"a b": "+86 1"})");
  // Both at once: the shape first, then the text.
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/mix/body=json-bom/shape=null" + sample).body, "\xEF\xBB\xBF{\"a b\": null}");
}

TEST(ShapeSample, CallsThatDoNotFailGetItUnchanged) {
  const std::string target = "/mix/shape=drop/first=1?at=/b&sample=" + percent_encoded(R"({"a":1,"b":2})") + "&run=" + fresh_run();
  EXPECT_EQ(call(shared_lab().lab(), "GET", target).body, R"({"a":1})");
  EXPECT_EQ(call(shared_lab().lab(), "GET", target).body, R"({"a":1,"b":2})");
}

TEST(ShapeReference, NamesEveryChange) {
  const auto index = nlohmann::json::parse(call(shared_lab().lab(), "GET", "/").body);
  EXPECT_EQ(index["mix"]["shape"], nlohmann::json(shape_change_names()));
  EXPECT_TRUE(index["mix"].contains("?at"));
}

}  // namespace
}  // namespace blindspot::lab
