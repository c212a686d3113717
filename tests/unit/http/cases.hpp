// Where are the public corpora? Beside the repository, or where the environment variable BLINDSPOT_CASES points.
#pragma once

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace blindspot {

inline std::string cases_folder() {
  const char* given = std::getenv("BLINDSPOT_CASES");
  return given ? given : BLINDSPOT_CASES;
}

// The file's bytes, or nothing where the corpora are not at hand.
inline std::optional<std::string> read_case_file(const std::string& name) {
  std::ifstream file(cases_folder() + "/" + name, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace blindspot
