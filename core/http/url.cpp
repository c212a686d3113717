// Where does a request go? The URL standard's basic parser, one function for each group of its states.
// Hosts are left to host.cpp, percent-encoding to percent.cpp, origins to origin.cpp.
#include "core/http/url.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/http/headers.hpp"
#include "core/http/host.hpp"
#include "core/http/percent.hpp"

namespace blindspot {
namespace {

struct SchemePort {
  std::string_view scheme;
  std::uint16_t port;
};
// https://url.spec.whatwg.org/#special-scheme
constexpr std::array<SchemePort, 6> special_schemes = {
    {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", 0}}};

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_scheme_char(char c) {
  return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
}
bool is_removed(char c) {
  return c == '\t' || c == '\n' || c == '\r';
}
bool is_control_or_space(char c) {
  return static_cast<unsigned char>(c) <= 0x20;
}

bool is_single_dot(std::string_view segment) {
  return segment == "." || equals_ignoring_case(segment, "%2e");
}

bool is_double_dot(std::string_view segment) {
  return segment == ".." || equals_ignoring_case(segment, ".%2e") || equals_ignoring_case(segment, "%2e.") ||
         equals_ignoring_case(segment, "%2e%2e");
}

bool is_drive_letter(std::string_view text) {
  return text.size() == 2 && is_alpha(text[0]) && (text[1] == ':' || text[1] == '|');
}

bool is_normalized_drive_letter(std::string_view text) {
  return is_drive_letter(text) && text[1] == ':';
}

// https://url.spec.whatwg.org/#start-with-a-windows-drive-letter
bool starts_with_drive_letter(std::string_view text) {
  if (!is_drive_letter(text.substr(0, 2))) return false;
  return text.size() == 2 || std::string_view("/\\?#").find(text[2]) != std::string_view::npos;
}

// AD-HOC: a null host and an empty one are the same here, so "foo:/x" and "foo:///x" are.
bool has_opaque_path(const Url& url) {
  return !is_special_scheme(url.scheme) && url.host.empty() && !url.path.starts_with('/');
}

// "/a/b" -> "a", "b"
std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

// https://url.spec.whatwg.org/#shorten-a-urls-path
void shorten(std::vector<std::string>& segments, std::string_view scheme) {
  if (scheme == "file" && segments.size() == 1 && is_normalized_drive_letter(segments[0])) return;
  if (!segments.empty()) segments.pop_back();
}

class Parser {
 public:
  Parser(std::string_view original, const Url* base) : original_(original), base_(base) {
    std::string_view trimmed = original;
    while (!trimmed.empty() && is_control_or_space(trimmed.front())) trimmed.remove_prefix(1);
    while (!trimmed.empty() && is_control_or_space(trimmed.back())) trimmed.remove_suffix(1);
    std::remove_copy_if(trimmed.begin(), trimmed.end(), std::back_inserter(text_), is_removed);
    skipped_ = static_cast<std::size_t>(trimmed.data() - original.data());
  }

  Result<Url, UrlError> run() {
    if (read_scheme()) {
      after_scheme();
    } else {
      without_scheme();
    }
    if (error_) return *error_;
    return std::move(url_);
  }

 private:
  bool at_end() const { return position_ >= text_.size(); }
  bool at(char c) const { return !at_end() && text_[position_] == c; }
  bool special() const { return is_special_scheme(url_.scheme); }
  // "\" counts as "/" in special URLs.
  bool at_slash() const { return at('/') || (special() && at('\\')); }
  std::string_view rest() const { return std::string_view(text_).substr(position_); }

  // Positions in the text without blanks, given as bytes of the text as it was written.
  std::size_t original_offset(std::size_t index) const {
    std::size_t offset = skipped_;
    for (std::size_t seen = 0; offset < original_.size(); ++offset) {
      if (!is_removed(original_[offset]) && seen++ == index) break;
    }
    return offset;
  }

  void fail(UrlFault fault, std::size_t begin, std::size_t end) {
    const std::size_t first = original_offset(begin);
    const std::size_t last = end > begin ? original_offset(end - 1) + 1 : first;
    error_ = UrlError{fault, first, last - first};
  }

  // scheme start state, scheme state
  bool read_scheme() {
    if (at_end() || !is_alpha(text_[0])) return false;
    const auto end = std::find_if_not(text_.begin(), text_.end(), is_scheme_char);
    if (end == text_.end() || *end != ':') return false;
    url_.scheme = ascii_lowercase(std::string_view(text_).substr(0, static_cast<std::size_t>(end - text_.begin())));
    position_ = url_.scheme.size() + 1;
    return true;
  }

  void after_scheme() {
    if (url_.scheme == "file") {
      read_file();
    } else if (special()) {
      // special relative or authority state
      if (base_ && base_->scheme == url_.scheme && !rest().starts_with("//")) {
        read_relative();
      } else {
        read_special_authority();
      }
    } else if (rest().starts_with("//")) {
      position_ += 2;
      read_authority();
    } else if (at('/')) {
      read_path({});
    } else {
      read_opaque_path();
    }
  }

  // no scheme state
  void without_scheme() {
    if (!base_) {
      fail(text_.empty() ? UrlFault::empty : UrlFault::no_scheme, 0, text_.size());
    } else if (has_opaque_path(*base_)) {
      if (!at('#')) {
        fail(UrlFault::no_scheme, 0, text_.size());
        return;
      }
      url_ = *base_;
      read_fragment();
    } else if (base_->scheme == "file") {
      url_.scheme = "file";
      read_file();
    } else {
      url_.scheme = base_->scheme;
      read_relative();
    }
  }

  void copy_authority_of_base() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
  }

  // relative state, relative slash state
  void read_relative() {
    if (at_slash()) {
      ++position_;
      if (at_slash()) {
        if (special()) {
          read_special_authority();
        } else {
          ++position_;
          read_authority();
        }
        return;
      }
      copy_authority_of_base();
      read_segments({});
      return;
    }
    copy_authority_of_base();
    continue_from_base_path();
  }

  // The end of the relative and file states: path and query of the base stand as long as nothing replaces them.
  void continue_from_base_path() {
    url_.path = base_->path;
    url_.query = base_->query;
    if (at('?')) {
      read_query();
    } else if (at('#')) {
      read_fragment();
    } else if (!at_end()) {
      url_.query.reset();
      std::vector<std::string> segments = split_path(base_->path);
      shorten(segments, url_.scheme);
      read_segments(std::move(segments));
    }
  }

  // special authority slashes state, special authority ignore slashes state
  void read_special_authority() {
    while (at_slash()) ++position_;
    read_authority();
  }

  std::size_t authority_end() const {
    const std::size_t end = text_.find_first_of(special() ? "/?#\\" : "/?#", position_);
    return std::min(end, text_.size());
  }

  // authority state
  void read_authority() {
    const std::size_t end = authority_end();
    const std::string_view authority = rest().substr(0, end - position_);
    const std::size_t at_sign = authority.rfind('@');
    if (at_sign != std::string_view::npos) {
      const std::string_view credentials = authority.substr(0, at_sign);
      const std::size_t colon = credentials.find(':');
      url_.username = percent_encode(credentials.substr(0, colon), PercentSet::userinfo);
      if (colon != std::string_view::npos) {
        url_.password = percent_encode(credentials.substr(colon + 1), PercentSet::userinfo);
      }
      if (at_sign + 1 == authority.size()) {
        fail(UrlFault::host_missing, position_, end);
        return;
      }
      position_ += at_sign + 1;
    }
    read_host_and_port(end);
    if (error_) return;
    position_ = end;
    read_path({});
  }

  // host state: the first ":" outside brackets ends the host
  std::size_t host_end(std::size_t end) const {
    bool bracketed = false;
    for (std::size_t i = position_; i < end; ++i) {
      if (text_[i] == '[') bracketed = true;
      if (text_[i] == ']') bracketed = false;
      if (text_[i] == ':' && !bracketed) return i;
    }
    return end;
  }

  void read_host_and_port(std::size_t end) {
    const std::size_t begin = position_;
    const std::size_t middle = host_end(end);
    const std::string_view host = std::string_view(text_).substr(begin, middle - begin);
    if (host.empty() && (special() || middle < end)) {
      fail(UrlFault::host_missing, begin, end);
      return;
    }
    const std::optional<std::string> parsed = parse_host(host, special());
    if (!parsed) {
      fail(UrlFault::host_invalid, begin, middle);
      return;
    }
    url_.host = *parsed;
    if (middle < end) read_port(middle + 1, end);
  }

  // port state
  void read_port(std::size_t begin, std::size_t end) {
    unsigned number = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (is_digit(text_[i])) number = number * 10 + static_cast<unsigned>(text_[i] - '0');
      if (!is_digit(text_[i]) || number > 65535) {
        fail(UrlFault::port_invalid, begin, end);
        return;
      }
    }
    if (begin == end) return;
    const auto port = static_cast<std::uint16_t>(number);
    const Url without_port{url_.scheme, {}, {}, {}, {}, {}, {}, {}};
    if (effective_port(without_port) != port || !special()) url_.port = port;
  }

  // file state
  void read_file() {
    const bool file_base = base_ && base_->scheme == "file";
    if (at_slash()) {
      ++position_;
      read_after_file_slash(file_base);
      return;
    }
    if (!file_base) {
      read_segments({});
      return;
    }
    url_.host = base_->host;
    if (starts_with_drive_letter(rest())) {
      read_segments({});
    } else {
      continue_from_base_path();
    }
  }

  // file slash state
  void read_after_file_slash(bool file_base) {
    if (at_slash()) {
      ++position_;
      read_file_host();
      return;
    }
    std::vector<std::string> segments;
    if (file_base) {
      url_.host = base_->host;
      const std::vector<std::string> base_segments = split_path(base_->path);
      if (!starts_with_drive_letter(rest()) && !base_segments.empty() && is_normalized_drive_letter(base_segments[0])) {
        segments.push_back(base_segments[0]);
      }
    }
    read_segments(std::move(segments));
  }

  // file host state
  void read_file_host() {
    const std::size_t end = authority_end();
    const std::string_view host = rest().substr(0, end - position_);
    if (is_drive_letter(host)) {
      read_segments({});
      return;
    }
    if (!host.empty()) {
      const std::optional<std::string> parsed = parse_host(host, true);
      if (!parsed) {
        fail(UrlFault::host_invalid, position_, end);
        return;
      }
      if (*parsed != "localhost") url_.host = *parsed;
    }
    position_ = end;
    read_path({});
  }

  // path start state
  void read_path(std::vector<std::string> segments) {
    if (at_slash()) {
      ++position_;
    } else if (!special() && (at_end() || at('?') || at('#'))) {
      finish();
      return;
    }
    read_segments(std::move(segments));
  }

  // path state, its first slash already read
  void read_segments(std::vector<std::string> segments) {
    for (;;) {
      std::string segment;
      while (!at_end() && !at_slash() && !at('?') && !at('#')) {
        append_percent_encoded(segment, text_[position_++], PercentSet::path);
      }
      const bool more = at_slash();
      if (is_double_dot(segment)) {
        shorten(segments, url_.scheme);
        if (!more) segments.emplace_back();
      } else if (is_single_dot(segment)) {
        if (!more) segments.emplace_back();
      } else {
        if (url_.scheme == "file" && segments.empty() && is_drive_letter(segment)) segment[1] = ':';
        segments.push_back(std::move(segment));
      }
      if (!more) break;
      ++position_;
    }
    url_.path.clear();
    for (const std::string& segment : segments) url_.path += "/" + segment;
    finish();
  }

  // opaque path state
  void read_opaque_path() {
    while (!at_end() && !at('?') && !at('#')) {
      const char c = text_[position_++];
      // A blank before "?" or "#" would be lost when the rest is removed.
      if (c == ' ' && (at('?') || at('#'))) {
        url_.path += "%20";
      } else {
        append_percent_encoded(url_.path, c, PercentSet::c0_control);
      }
    }
    finish();
  }

  void finish() {
    if (at('?')) read_query();
    if (at('#')) read_fragment();
  }

  // query state
  void read_query() {
    ++position_;
    url_.query.emplace();
    const PercentSet set = special() ? PercentSet::special_query : PercentSet::query;
    while (!at_end() && !at('#')) append_percent_encoded(*url_.query, text_[position_++], set);
    if (at('#')) read_fragment();
  }

  // fragment state
  void read_fragment() {
    url_.fragment = percent_encode(rest().substr(1), PercentSet::fragment);
    position_ = text_.size();
  }

  std::string_view original_;
  std::size_t skipped_ = 0;
  std::string text_;
  const Url* base_;
  std::size_t position_ = 0;
  Url url_;
  std::optional<UrlError> error_;
};

}  // namespace

Result<Url, UrlError> parse_url(std::string_view text, const Url* base) {
  return Parser(text, base).run();
}

// https://url.spec.whatwg.org/#concept-url-serializer
std::string serialize_url(const Url& url) {
  std::string text;
  text.reserve(url.scheme.size() + url.username.size() + url.password.size() + url.host.size() + url.path.size() +
               (url.query ? url.query->size() : 0) + (url.fragment ? url.fragment->size() : 0) + 16);
  text += url.scheme;
  text += ':';
  if (!url.host.empty() || url.scheme == "file") {
    text += "//";
    text += url.username;
    if (!url.password.empty()) {
      text += ':';
      text += url.password;
    }
    if (!url.username.empty() || !url.password.empty()) text += '@';
    text += url.host;
    if (url.port) text += ":" + std::to_string(*url.port);
  } else if (url.path.starts_with("//")) {
    text += "/.";  // or the path's first segment would read as a host
  }
  text += url.path;
  if (url.query) {
    text += '?';
    text += *url.query;
  }
  if (url.fragment) {
    text += '#';
    text += *url.fragment;
  }
  return text;
}

std::uint16_t effective_port(const Url& url) {
  if (url.port) return *url.port;
  for (const SchemePort& each : special_schemes) {
    if (each.scheme == url.scheme) return each.port;
  }
  return 0;
}

bool is_special_scheme(std::string_view scheme) {
  return std::any_of(special_schemes.begin(), special_schemes.end(),
                     [&](const SchemePort& each) { return each.scheme == scheme; });
}

}  // namespace blindspot
