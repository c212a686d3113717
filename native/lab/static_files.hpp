// Which file of dist/ does a path mean, and in which encoding? Never one outside dist/.
// The HTTP around it is left to router.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace blindspot::lab {

struct StaticFile {
  std::shared_ptr<const std::string> bytes;
  std::string_view type;  // Content-Type
  std::string etag;       // with its quotes
  bool brotli = false;
};

class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path folder);

  // Whether there is a page: dist/index.html.
  bool built() const;
  // `path` as it stood in the request, percent-encoded. With `accept_brotli` a file's .br neighbour is taken where it is no
  // older. Nothing where there is no such file or the path leaves the folder.
  std::optional<StaticFile> find(std::string_view path, bool accept_brotli);

 private:
  struct Cached {
    std::filesystem::file_time_type changed;
    std::shared_ptr<const std::string> bytes;
    std::string etag;
  };
  // Null when there is no such file inside the folder.
  const Cached* read(const std::filesystem::path& file);

  std::filesystem::path folder_;
  std::map<std::string, Cached> cache_;
};

// From the extension; "application/octet-stream" for one that is not known.
std::string_view content_type_of(const std::filesystem::path& file);
// Whether an Accept-Encoding value takes "br".
bool accepts_brotli(std::string_view accept_encoding);

}  // namespace blindspot::lab
