// The source tree as tests read it: files by path from the repository's root, made things left out.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

inline std::filesystem::path source_root() { return BLINDSPOT_SOURCE; }

inline bool exists_in_tree(const std::string& path) { return std::filesystem::exists(source_root() / path); }

// Empty when there is no such file.
inline std::string read_source(const std::string& path) {
  std::ifstream file(source_root() / path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// Every file that a person wrote, sorted, as a path from the root; `under` empty means the whole tree.
inline std::vector<std::string> source_files(const std::string& under = "") {
  namespace fs = std::filesystem;
  std::vector<std::string> out;
  const fs::path start = source_root() / under;
  if (!fs::exists(start)) return out;
  for (auto at = fs::recursive_directory_iterator(start); at != fs::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().filename().string();
    const bool made = name == ".git" || name == "build" || name == "dist" || name == "node_modules" || name == ".cache";
    if (at->is_directory() && made) at.disable_recursion_pending();
    else if (at->is_regular_file()) out.push_back(fs::relative(at->path(), source_root()).generic_string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace blindspot
