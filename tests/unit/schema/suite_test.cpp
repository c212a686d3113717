// The JSON Schema test suite: every required test of draft 7 and 2020-12, and what is optional save a named list.
// Read where it is: beside the repository, and where Debian's package puts an older edition of it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/schema/contract.hpp"
#include "core/schema/format.hpp"
#include "core/schema/metaschema.hpp"

namespace blindspot {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

fs::path suite_folder() {
  const char* given = std::getenv("BLINDSPOT_CASES");
  return fs::path(given != nullptr ? given : BLINDSPOT_CASES) / "JSON-Schema-Test-Suite";
}
fs::path package_folder() { return "/usr/share/json-schema-test-suite"; }

std::string must_read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

Documents must_read_remotes(const fs::path& suite) {
  Documents out;
  for (const auto& entry : fs::recursive_directory_iterator(suite / "remotes")) {
    if (entry.path().extension() == ".json")
      out["http://localhost:1234/" + fs::relative(entry.path(), suite / "remotes").generic_string()] = must_read(entry.path());
  }
  EXPECT_GT(out.size(), 3u);
  add_metaschemas(out);
  return out;
}

// The texts of schema and data as they stand in the file: read again as values, numbers would lose digits.
std::string text_at(const Tree& tree, Node node) { return std::string(tree.raw(node)); }

struct Tally {
  std::size_t ran = 0, unchecked = 0;
  std::map<std::string, std::size_t> wrong;  // file / description of the schema
};

// `formats`: asserted, as the optional tests of format expect.
void run_file(const fs::path& file, const std::string& name, const ContractOptions& options, Tally& tally) {
  const std::string text = must_read(file);
  const std::optional<Tree> tree = Tree::parse(text);
  ASSERT_TRUE(tree) << file;
  for (Node group : tree->children(0)) {
    const std::string schema = text_at(*tree, tree->find(group, "schema"));
    for (Node test : tree->children(tree->find(group, "tests"))) {
      const ContractReport report = check_contract_text(schema, text_at(*tree, tree->find(test, "data")), {}, options);
      ++tally.ran;
      tally.unchecked += !report.unchecked.empty();
      EXPECT_EQ(report.findings.empty(), report.breaches == 0);
      if (report.kept() != tree->is_true(tree->find(test, "valid"))) {
        ++tally.wrong[name + ": " + tree->text(tree->find(group, "description"))];
        if (std::getenv("BLINDSPOT_SUITE_VERBOSE") != nullptr)
          std::cout << name << ": " << tree->text(tree->find(group, "description")) << ": " << tree->text(tree->find(test, "description")) << '\n';
      }
    }
  }
}

struct Part {
  const char* name;
  const char* folder;
  SchemaDraft draft;
  bool formats;
  std::size_t tests;
  std::set<std::string> known_failures;  // may only shrink
};

void PrintTo(const Part& part, std::ostream* out) { *out << part.name; }

void run_part(const fs::path& suite, const Part& part) {
  ContractOptions options{must_read_remotes(suite), part.draft, fits_format, part.formats, 0};
  Tally tally;
  for (const auto& entry : fs::directory_iterator(suite / "tests" / part.folder)) {
    if (entry.path().extension() == ".json") run_file(entry.path(), entry.path().stem().string(), options, tally);
  }
  EXPECT_EQ(tally.ran, part.tests);
  std::set<std::string> wrong;
  for (const auto& [name, count] : tally.wrong) wrong.insert(name);
  EXPECT_EQ(wrong, part.known_failures);
}

class JsonSchemaTestSuite : public testing::TestWithParam<Part> {};

TEST_P(JsonSchemaTestSuite, is_judged_right) {
  if (!fs::exists(suite_folder())) GTEST_SKIP() << "no suite at " << suite_folder();
  run_part(suite_folder(), GetParam());
}

// contentEncoding and contentMediaType are remarks here, as 2020-12 has them.
const std::set<std::string> content = {"content: validation of binary string-encoding", "content: validation of binary-encoded media type documents",
                                       "content: validation of string-encoded content based on media type"};
// Forms of names and addresses beyond ASCII are not asserted, nor are templates.
const std::set<std::string> beyond_ascii = {"hostname: validation of A-label (punycode) host names",
                                            "idn-email: validation of an internationalized e-mail addresses",
                                            "idn-hostname: validation of internationalized host names",
                                            "idn-hostname: validation of separators in internationalized host names",
                                            "iri-reference: validation of IRI References",
                                            "iri: validation of IRIs",
                                            "uri-template: format: uri-template"};

const Part parts[] = {
    {"draft7", "draft7", SchemaDraft::draft7, false, 927, {}},
    {"draft2020", "draft2020-12", SchemaDraft::draft2020, false, 1299, {}},
    {"draft7_optional", "draft7/optional", SchemaDraft::draft7, false, 118, content},
    {"draft2020_optional", "draft2020-12/optional", SchemaDraft::draft2020, false, 162, {}},
    {"draft7_formats", "draft7/optional/format", SchemaDraft::draft7, true, 676, beyond_ascii},
    {"draft2020_formats", "draft2020-12/optional/format", SchemaDraft::draft2020, true, 764, beyond_ascii},
};
INSTANTIATE_TEST_SUITE_P(, JsonSchemaTestSuite, testing::ValuesIn(parts), [](const auto& part) { return part.param.name; });

class PackagedTestSuite : public testing::TestWithParam<Part> {};

TEST_P(PackagedTestSuite, is_judged_right) {
  if (!fs::exists(package_folder())) GTEST_SKIP() << "the package json-schema-test-suite is not installed";
  run_part(package_folder(), GetParam());
}

const Part packaged[] = {
    {"draft4", "draft4", SchemaDraft::draft4, false, 320, {}},
    {"draft6", "draft6", SchemaDraft::draft6, false, 405, {}},
    {"draft7", "draft7", SchemaDraft::draft7, false, 423, {}},
    {"draft7_optional", "draft7/optional", SchemaDraft::draft7, true, 21, content},
    {"draft7_formats", "draft7/optional/format", SchemaDraft::draft7, true, 122,
     {"idn-email: validation of an internationalized e-mail addresses", "idn-hostname: validation of internationalized host names",
      "iri-reference: validation of IRI References", "iri: validation of IRIs", "uri-template: format: uri-template"}},
};
INSTANTIATE_TEST_SUITE_P(, PackagedTestSuite, testing::ValuesIn(packaged), [](const auto& part) { return part.param.name; });

}  // namespace
}  // namespace blindspot
