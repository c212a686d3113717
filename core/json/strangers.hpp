// What stands here in JSON's place, or wrapped around it? Decides which part of a broken text is meant to be JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/autopsy.hpp"

namespace blindspot {

struct Stranger {
  // The faults of what stands there (offset and length only), and the edits that take it away.
  std::vector<JsonFinding> faults;
  std::vector<JsonEdit> edits;
  bool json_within = true;  // JSON is expected in [start, stop); else there is nothing to mend
  std::size_t start = 0, stop = 0;
  std::string page_title, page_server, encoding, says;
  bool login_page = false;
  std::size_t messages = 0;
};

// What kind of binary bytes these are, "gzip"; "" when they are of no known kind, nothing when they are text.
std::optional<std::string_view> binary_kind(std::string_view bytes);

// For texts that are not valid JSON.
Stranger recognise_stranger(std::string_view bytes);

// The text of the first <title>, or of the first <h1>: white space folded, common entities resolved.
std::string html_title(std::string_view html);
// The server, proxy or framework that seems to have made the page, or nothing.
std::string html_server(std::string_view html);

}  // namespace blindspot
