// What the documents speak of is there: paths, commands, presets.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/support/pages.hpp"
#include "tests/support/tree.hpp"

namespace blindspot {
namespace {

// The catalogue's pages speak of other people's machines; their code is theirs.
std::vector<std::string> documents() {
  std::vector<std::string> out;
  for (const std::string& path : source_files())
    if (path.ends_with(".md") && !path.ends_with("/en.md") && !path.ends_with("/zh.md")) out.push_back(path);
  return out;
}

struct Mention {
  std::string document, text;
  std::size_t line = 0;
};

// `inline code` of all documents, and the lines of their sh fences.
std::vector<Mention> inline_code() {
  std::vector<Mention> out;
  for (const std::string& document : documents()) {
    std::size_t number = 0;
    bool fenced = false;
    for (const std::string& line : lines_of(read_source(document))) {
      ++number;
      if (line.starts_with("```")) fenced = !fenced;
      if (fenced || line.starts_with("```") || line.starts_with("    ")) continue;
      for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at + 1)) {
        const std::size_t end = line.find('`', at + 1);
        if (end == std::string::npos) break;
        out.push_back({document, line.substr(at + 1, end - at - 1), number});
        at = end;
      }
    }
  }
  return out;
}

std::vector<Mention> shell_lines() {
  std::vector<Mention> out;
  for (const std::string& document : documents()) {
    std::size_t number = 0;
    bool fenced = false, shell = false;
    for (const std::string& line : lines_of(read_source(document))) {
      ++number;
      if (line.starts_with("```")) {
        shell = !fenced && (line.starts_with("```sh") || line.starts_with("```bash") || line.starts_with("```console"));
        fenced = !fenced;
      } else if (fenced && shell) {
        out.push_back({document, line, number});
      }
    }
  }
  for (const Mention& mention : inline_code())
    if (mention.text.starts_with("./") || mention.text.starts_with("cmake ") || mention.text.starts_with("scripts/") || mention.text.starts_with("blindspot "))
      out.push_back(mention);
  return out;
}

std::string where(const Mention& mention) { return mention.document + ":" + std::to_string(mention.line) + ": " + mention.text; }

// A path of this tree: it begins with one of its folders, and stands for itself (no <placeholder>, no pattern).
bool is_tree_path(const std::string& text) {
  if (text.find_first_of(" <>*{}$|\"'()=,") != std::string::npos) return false;
  for (std::string_view folder : {"core/", "web/", "native/", "tests/", "scripts/", "cmake/"})
    if (text.starts_with(folder)) return true;
  return false;
}

TEST(documents, name_paths_that_exist) {
  std::size_t checked = 0;
  for (const Mention& mention : inline_code()) {
    std::string path = mention.text.substr(0, mention.text.find('#'));
    if (path.starts_with("./")) path = path.substr(2);
    if (!is_tree_path(path)) continue;
    ++checked;
    const std::string beside = mention.document.substr(0, mention.document.rfind('/') + 1) + path;
    EXPECT_TRUE(exists_in_tree(path) || exists_in_tree(beside)) << where(mention);
  }
  // A tree without its README yet has little to check; with it there must be something.
  if (exists_in_tree("README.md")) EXPECT_GT(checked, 0u);
}

TEST(documents, link_to_files_that_exist) {
  const std::regex link("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");
  for (const std::string& document : documents()) {
    const std::string text = read_source(document);
    const std::string folder = document.substr(0, document.rfind('/') + 1);
    for (auto at = std::sregex_iterator(text.begin(), text.end(), link); at != std::sregex_iterator(); ++at)
      EXPECT_TRUE(exists_in_tree(folder + (*at)[1].str())) << document << " links to " << (*at)[1];
  }
}

TEST(documents, name_commands_that_exist) {
  const std::string usage = read_source("native/main.cpp");
  for (const Mention& mention : shell_lines()) {
    std::string line = mention.text;
    if (line.starts_with("$ ")) line = line.substr(2);
    const std::vector<std::string> words = split(line, ' ');
    if (words.empty() || words[0][0] == '#') continue;
    std::string command = words[0];
    if (command.starts_with("./")) command = command.substr(2);
    const bool of_the_tree = words[0].starts_with("./") || command.starts_with("scripts/");
    const bool is_built = command.starts_with("build/");
    if (of_the_tree && !is_built) {
      EXPECT_TRUE(exists_in_tree(command)) << where(mention);
      if (exists_in_tree(command) && !std::filesystem::is_directory(source_root() / command)) {
        const auto permissions = std::filesystem::status(source_root() / command).permissions();
        EXPECT_NE(permissions & std::filesystem::perms::owner_exec, std::filesystem::perms::none) << where(mention) << " cannot be run";
      }
    }
    const bool is_program = command == "blindspot" || command.ends_with("/blindspot");
    if (is_program && words.size() > 1 && words[1][0] != '-' && words[1][0] != '<')
      EXPECT_NE(usage.find("\"" + words[1] + "\""), std::string::npos) << where(mention) << ": no such subcommand";
  }
}

TEST(documents, name_presets_that_exist) {
  const nlohmann::json presets = nlohmann::json::parse(read_source("CMakePresets.json"), nullptr, false);
  ASSERT_FALSE(presets.is_discarded());
  std::set<std::string> names;
  for (const char* kind : {"configurePresets", "buildPresets", "testPresets"})
    for (const auto& preset : presets[kind]) names.insert(preset["name"].get<std::string>());
  const std::regex preset("--preset[ =](\\w+)");
  for (const Mention& mention : shell_lines())
    for (auto at = std::sregex_iterator(mention.text.begin(), mention.text.end(), preset); at != std::sregex_iterator(); ++at)
      EXPECT_TRUE(names.count((*at)[1])) << where(mention);
}

TEST(documents, presets_configure_build_and_test_by_one_name) {
  const nlohmann::json presets = nlohmann::json::parse(read_source("CMakePresets.json"), nullptr, false);
  ASSERT_FALSE(presets.is_discarded());
  std::set<std::string> configured;
  for (const auto& preset : presets["configurePresets"]) configured.insert(preset["name"].get<std::string>());
  for (const char* kind : {"buildPresets", "testPresets"})
    for (const auto& preset : presets[kind])
      if (!preset.value("hidden", false)) EXPECT_TRUE(configured.count(preset["configurePreset"].get<std::string>())) << preset["name"];
}

}  // namespace
}  // namespace blindspot
