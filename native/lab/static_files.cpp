// Reads the page's few files into memory, once per change on disk.
#include "native/lab/static_files.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>

#include "core/http/headers.hpp"
#include "native/lab/http_request.hpp"

namespace blindspot::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_cached = 256;
constexpr std::uintmax_t largest_file = 256u << 20;

// The path below the folder, or nothing when it could mean something else than a plain file inside.
std::optional<fs::path> relative_path(std::string_view encoded) {
  const auto decoded = strict_percent_decode(encoded);
  if (!decoded || !decoded->starts_with('/')) return std::nullopt;
  fs::path relative;
  std::string_view rest = std::string_view(*decoded).substr(1);
  while (!rest.empty()) {
    const auto segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
    // No "..", no hidden files, nothing another system reads as a separator or a drive.
    if (segment.empty() || segment.starts_with('.')) return std::nullopt;
    if (segment.find_first_of(std::string_view("\\:\0", 3)) != std::string_view::npos) return std::nullopt;
    relative /= segment;
  }
  if (decoded->ends_with('/')) relative /= "index.html";
  return relative;
}

// Symbolic links followed, is the file still below the folder?
bool stays_inside(const fs::path& folder, const fs::path& file) {
  std::error_code error;
  const auto whole = fs::canonical(file, error);
  if (error) return false;
  const auto root = fs::canonical(folder, error);
  if (error) return false;
  const auto [end, unused] = std::mismatch(root.begin(), root.end(), whole.begin(), whole.end());
  return end == root.end();
}

std::string make_etag(const std::string& bytes) {
  char text[40];
  std::snprintf(text, sizeof text, "\"%zx-%zx\"", bytes.size(), std::hash<std::string_view>()(bytes));
  return text;
}

}  // namespace

StaticFiles::StaticFiles(fs::path folder) : folder_(std::move(folder)) {}

bool StaticFiles::built() const {
  std::error_code error;
  return !folder_.empty() && fs::is_regular_file(folder_ / "index.html", error);
}

const StaticFiles::Cached* StaticFiles::read(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > largest_file) return nullptr;
  const auto changed = fs::last_write_time(file, error);
  if (error) return nullptr;
  const auto key = file.string();
  if (const auto found = cache_.find(key); found != cache_.end() && found->second.changed == changed)
    return &found->second;
  if (!stays_inside(folder_, file)) return nullptr;
  std::ifstream in(file, std::ios::binary);
  auto bytes = std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  if (in.bad()) return nullptr;
  if (cache_.size() >= most_cached) cache_.clear();
  auto etag = make_etag(*bytes);
  return &(cache_[key] = {changed, std::move(bytes), std::move(etag)});
}

std::optional<StaticFile> StaticFiles::find(std::string_view path, bool accept_brotli) {
  const auto relative = relative_path(path);
  if (folder_.empty() || !relative) return std::nullopt;
  const auto file = folder_ / *relative;
  const auto* plain = read(file);
  if (!plain) return std::nullopt;
  StaticFile found{plain->bytes, content_type_of(file), plain->etag, false};
  if (!accept_brotli) return found;
  auto packed = file;
  packed += ".br";
  std::error_code error;
  const auto packed_time = fs::last_write_time(packed, error);
  if (error || packed_time < fs::last_write_time(file, error) || error) return found;
  if (const auto* brotli = read(packed)) {
    found.bytes = brotli->bytes;
    found.etag = brotli->etag;
    found.brotli = true;
  }
  return found;
}

std::string_view content_type_of(const fs::path& file) {
  struct Type {
    std::string_view extension, type;
  };
  static constexpr std::array<Type, 17> types{{{".html", "text/html; charset=utf-8"},
                                               {".js", "text/javascript; charset=utf-8"},
                                               {".mjs", "text/javascript; charset=utf-8"},
                                               {".css", "text/css; charset=utf-8"},
                                               {".json", "application/json"},
                                               {".map", "application/json"},
                                               {".webmanifest", "application/manifest+json"},
                                               {".wasm", "application/wasm"},
                                               {".svg", "image/svg+xml"},
                                               {".png", "image/png"},
                                               {".ico", "image/x-icon"},
                                               {".webp", "image/webp"},
                                               {".woff2", "font/woff2"},
                                               {".txt", "text/plain; charset=utf-8"},
                                               {".md", "text/plain; charset=utf-8"},
                                               {".xml", "application/xml"},
                                               {".pem", "application/x-pem-file"}}};
  const auto extension = ascii_lowercase(file.extension().string());
  for (const auto& each : types)
    if (each.extension == extension) return each.type;
  return "application/octet-stream";
}

bool accepts_brotli(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto item = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), item.size() + 1));
    if (!equals_ignoring_case(trim_http_whitespace(item.substr(0, item.find(';'))), "br")) continue;
    const auto quality = item.find("q=");
    return quality == std::string_view::npos || item.find_first_of("123456789", quality) != std::string_view::npos;
  }
  return false;
}

}  // namespace blindspot::lab
