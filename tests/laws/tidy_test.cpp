// The rules of the tree, read from the tree: one list of codes, modules that know only what they may, plain source.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "core/cors/steps.hpp"
#include "core/json/autopsy.hpp"
#include "core/schema/contract.hpp"
#include "tests/support/must.hpp"
#include "tests/support/pages.hpp"
#include "tests/support/tree.hpp"

namespace blindspot {
namespace {

bool is_code_file(const std::string& path) {
  for (std::string_view end : {".cpp", ".hpp", ".def", ".js", ".mjs", ".cmake", "CMakeLists.txt", ".sh"})
    if (path.ends_with(end)) return true;
  return false;
}

// Codes.

TEST(codes, the_list_equals_the_folders) {
  std::set<std::string> listed, folders;
  for (Code code : all_codes()) EXPECT_TRUE(listed.insert(std::string(slug_of(code))).second) << slug_of(code) << " is listed twice";
  for (const auto& entry : std::filesystem::directory_iterator(source_root() / "core/catalogue"))
    if (entry.is_directory()) folders.insert(entry.path().filename().string());
  EXPECT_EQ(listed, folders);
  const std::vector<std::string> embedded = all_slugs();
  EXPECT_EQ(std::set<std::string>(embedded.begin(), embedded.end()), folders);
  EXPECT_TRUE(std::is_sorted(embedded.begin(), embedded.end()));
}

std::string enumerator_of(std::string_view slug) {
  std::string name(slug);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

TEST(codes, a_slug_is_its_enumerator) {
  const std::regex row("BLINDSPOT_CODE\\((\\w+), \"([^\"]+)\", (\\w+)\\)");
  std::size_t rows = 0;
  for (const std::string& line : lines_of(read_source("core/diagnosis/codes.def"))) {
    std::smatch found;
    if (!std::regex_search(line, found, row)) continue;
    ++rows;
    EXPECT_EQ(found[1], enumerator_of(found[2].str()));
    EXPECT_EQ(parse_code(found[2].str()).has_value(), true);
  }
  EXPECT_EQ(rows, all_codes().size());
}

// Named outside a comparison, or the name of a fault of body or shape: some rule gives it.
TEST(codes, each_is_given_by_some_rule) {
  std::string rules;
  for (const std::string& path : source_files("core/diagnosis"))
    if (path.ends_with(".cpp") && !path.ends_with("/finding.cpp")) rules += read_source(path);
  ASSERT_FALSE(rules.empty());
  const std::regex mention("(==|!=)?\\s*Code::(\\w+)");
  std::set<std::string> given;
  for (auto at = std::sregex_iterator(rules.begin(), rules.end(), mention); at != std::sregex_iterator(); ++at)
    if (!(*at)[1].matched) given.insert((*at)[2]);
  for (int i = 0; i <= static_cast<int>(JsonFault::double_encoded); ++i) given.insert(enumerator_of(json_fault_code(static_cast<JsonFault>(i))));
  for (int i = 0; i <= static_cast<int>(ShapeFault::mismatch); ++i) given.insert(enumerator_of(shape_code(static_cast<ShapeFault>(i))));
  for (Code code : all_codes())
    EXPECT_TRUE(given.count(enumerator_of(slug_of(code)))) << slug_of(code) << " is given by no rule in core/diagnosis";
}

TEST(codes, a_family_is_shared_by_case_and_list) {
  for (const CatalogueFile& file : catalogue_files()) {
    const nlohmann::json document = nlohmann::json::parse(file.case_json, nullptr, false);
    ASSERT_FALSE(document.is_discarded()) << file.slug;
    EXPECT_EQ(document["family"], family_name(family_of(*parse_code(file.slug)))) << file.slug;
  }
}

// The catalogue's README is the format's definition.

// The first cells of the table under this head line, backticks taken off: one row may name several.
std::set<std::string> first_cells(const std::string& markdown, const std::string& head) {
  std::set<std::string> out;
  bool inside = false;
  for (const std::string& line : lines_of(markdown)) {
    if (line.starts_with(head)) inside = true;
    else if (inside && !line.starts_with("|")) break;
    else if (inside) {
      const std::string cell = line.substr(1, line.find('|', 1) - 1);
      const std::regex word("`\\{?([a-z_-]+)\\}?`");
      for (auto at = std::sregex_iterator(cell.begin(), cell.end(), word); at != std::sregex_iterator(); ++at) out.insert((*at)[1]);
    }
  }
  return out;
}

TEST(catalogue_readme, its_acts_are_those_of_the_wire_script) {
  const std::set<std::string> written = first_cells(read_source("core/catalogue/README.md"), "| act |");
  std::set<std::string> known;
  const std::string header = read_source("core/http/wire_script.hpp");
  const std::regex act("struct (\\w+) \\{.*bool operator==");
  for (auto at = std::sregex_iterator(header.begin(), header.end(), act); at != std::sregex_iterator(); ++at)
    if (const std::string name = (*at)[1]; name != "WireScript") known.insert(ascii_lowercase(name));
  EXPECT_EQ(written, known);
  // And the reader knows each: with only its name it may miss a field, but it is not unknown.
  const Result<Script, ScriptError> unknown = parse_script(nlohmann::json::parse(R"([{"act":"no-such-act"}])"));
  ASSERT_FALSE(unknown);
  for (const std::string& name : written) {
    const Result<Script, ScriptError> script = parse_script(nlohmann::json::array({{{"act", name}}}));
    if (!script) EXPECT_NE(script.error().problem, unknown.error().problem) << name;
  }
}

TEST(catalogue_readme, its_slots_are_those_of_explain) {
  const std::set<std::string> written = first_cells(read_source("core/catalogue/README.md"), "| slot |");
  std::set<std::string> known(all_slots().begin(), all_slots().end());
  EXPECT_EQ(written, known);
}

// Every word in backticks between two phrases of the README.
std::vector<std::string> words_between(const std::string& text, const std::string& from, const std::string& to) {
  std::vector<std::string> out;
  const std::size_t start = text.find(from);
  EXPECT_NE(start, std::string::npos) << from;
  if (start == std::string::npos) return out;
  const std::string part = text.substr(start, text.find(to, start + from.size()) - start);
  const std::regex word("`([a-z-]+)`");
  for (auto at = std::sregex_iterator(part.begin(), part.end(), word); at != std::sregex_iterator(); ++at) out.push_back((*at)[1]);
  return out;
}

TEST(catalogue_readme, its_targets_are_those_of_the_parser) {
  std::set<std::string> written;
  for (const std::string& name : words_between(read_source("core/catalogue/README.md"), "- `target`: `lab`", "- `script.response`"))
    if (name != "target" && name != "script") written.insert(name);
  for (const std::string& name : written) EXPECT_TRUE(parse_target(name)) << name;
  EXPECT_EQ(written.size(), 11u);
}

TEST(catalogue_readme, its_outcomes_are_those_of_an_observation) {
  std::set<std::string> written;
  for (const std::string& name : words_between(read_source("core/catalogue/README.md"), "`outcome` what the page's code meets", "`step`"))
    if (name != "outcome") written.insert(name);
  for (const std::string& name : written) EXPECT_TRUE(parse_outcome(name)) << name;
  EXPECT_EQ(written.size(), 6u);
}

// Layers.

struct Layer {
  std::string folder;
  std::vector<std::string> may_include;  // prefixes of quoted includes
};

std::vector<Layer> layers() {
  const std::string base = "core/result.hpp", order = "core/stable_order.hpp", http = "core/http/", cors = "core/cors/", json = "core/json/", schema = "core/schema/",
                    diagnosis = "core/diagnosis/", catalogue = "core/catalogue/", intake = "core/intake/", explain = "core/explain/";
  return {{"core/http", {base, http}},
          {"core/cors", {base, http, cors}},
          {"core/json", {base, order, http, json}},
          {"core/schema", {base, http, json, schema}},
          {"core/diagnosis", {base, order, http, cors, json, schema, diagnosis}},
          {"core/catalogue", {base, http, cors, json, schema, diagnosis, catalogue}},
          {"core/intake", {base, http, cors, json, schema, diagnosis, catalogue, intake}},
          {"core/explain", {"core/"}},
          {"web/views", {"core/", "web/views/", "web/state.hpp", "web/command.hpp", "web/app.hpp"}},
          {"web/net", {"core/", "web/"}},
          {"web/panels", {"core/", "web/", "imgui"}},
          {"native", {"core/", "native/"}}};
}

std::vector<std::string> includes_of(const std::string& path, char open, char close) {
  std::vector<std::string> out;
  for (const std::string& line : lines_of(read_source(path))) {
    if (!line.starts_with("#include ")) continue;
    const std::size_t from = line.find(open), to = line.find(close, from + 1);
    if (from != std::string::npos && to != std::string::npos) out.push_back(line.substr(from + 1, to - from - 1));
  }
  return out;
}

class layering : public testing::TestWithParam<Layer> {};
TEST_P(layering, includes_only_what_it_may_know) {
  std::size_t files = 0;
  for (const std::string& path : source_files(GetParam().folder)) {
    if (!path.ends_with(".cpp") && !path.ends_with(".hpp")) continue;
    ++files;
    for (const std::string& include : includes_of(path, '"', '"')) {
      const bool allowed = std::any_of(GetParam().may_include.begin(), GetParam().may_include.end(), [&](const std::string& prefix) { return include.starts_with(prefix); });
      EXPECT_TRUE(allowed) << path << " includes " << include;
      EXPECT_TRUE(include.starts_with("imgui") || exists_in_tree(include)) << path << " includes " << include << ", which is not there";
    }
  }
  if (GetParam().folder.starts_with("core/")) EXPECT_GT(files, 0u);
}
INSTANTIATE_TEST_SUITE_P(tidy, layering, testing::ValuesIn(layers()), [](const auto& layer) { return test_name(layer.param.folder); });

// No I/O, no clock, no threads, no locale in the core: the same input gives the same output wherever it runs.
TEST(core, includes_nothing_of_the_world) {
  const std::set<std::string> world = {"iostream", "fstream", "filesystem", "chrono", "thread", "mutex", "atomic", "future", "random", "ctime",
                                       "locale", "clocale", "cstdio", "stdio.h", "iomanip", "sstream", "regex", "format", "expected"};
  std::size_t files = 0;
  for (const std::string& path : source_files("core")) {
    if (!path.ends_with(".cpp") && !path.ends_with(".hpp")) continue;
    ++files;
    for (const std::string& include : includes_of(path, '<', '>')) {
      EXPECT_FALSE(world.count(include)) << path << " includes <" << include << ">";
      EXPECT_TRUE(include.find('/') == std::string::npos || include.starts_with("nlohmann/")) << path << " includes <" << include << ">";
    }
  }
  EXPECT_GT(files, 50u);
}

TEST(views, know_no_canvas) {
  for (const std::string& path : source_files("web/views"))
    for (const std::string& include : {std::string("imgui"), std::string("emscripten")})
      EXPECT_EQ(read_source(path).find("#include \"" + include), std::string::npos) << path;
}

// Plain source.

// Text in both languages stands in these files and nowhere else.
bool may_hold_chinese(const std::string& path) {
  const bool words = path.rfind("core/explain/", 0) == 0 && path.size() > 9 && path.compare(path.size() - 9, 9, "words.cpp") == 0;
  const std::set<std::string> tables = {"core/explain/page.cpp", "web/views/labels.hpp", "web/views/labels.cpp", "scripts/new_code.sh"};
  return words || tables.count(path) > 0;
}

TEST(sources, are_ascii) {
  std::size_t files = 0;
  for (const std::string& path : source_files()) {
    if (!is_code_file(path) || may_hold_chinese(path)) continue;
    ++files;
    std::size_t number = 0;
    for (const std::string& line : lines_of(read_source(path))) {
      ++number;
      const bool ascii = std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
      EXPECT_TRUE(ascii) << path << ":" << number;
    }
  }
  EXPECT_GT(files, 100u);
}

TEST(sources, open_with_the_question_they_answer) {
  for (const std::string& path : source_files()) {
    if (!path.ends_with(".cpp") && !path.ends_with(".hpp")) continue;
    const std::vector<std::string> lines = lines_of(read_source(path));
    ASSERT_FALSE(lines.empty()) << path;
    EXPECT_TRUE(lines[0].starts_with("// ") && lines[0].size() > 12) << path;
  }
}

TEST(sources, use_only_the_five_tags) {
  const std::regex tag("// ?(TODO|XXX|HACK|NOTE TO|WTF)\\b");
  for (const std::string& path : source_files()) {
    if (!is_code_file(path) || path.ends_with("tidy_test.cpp")) continue;
    const std::string text = read_source(path);
    EXPECT_FALSE(std::regex_search(text, tag)) << path;
  }
}

// Steps.

TEST(steps, each_case_names_a_step_and_the_names_are_distinct) {
  const std::set<std::string_view> names(all_steps.begin(), all_steps.end());
  EXPECT_EQ(names.size(), all_steps.size());
  for (const std::string& slug : all_slugs()) EXPECT_TRUE(names.count(must_case(slug).expect.step)) << slug;
}

}  // namespace
}  // namespace blindspot
