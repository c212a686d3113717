// Reads request heads byte by byte and refuses whatever two readers could understand differently.
#include "native/lab/http_request.hpp"

#include <algorithm>
#include <charconv>

namespace blindspot::lab {
namespace {

constexpr std::size_t longest_chunk_line = 4096;
constexpr std::size_t longest_trailer = 16u << 10;
constexpr std::size_t most_headers = 256;

HttpFault fault(int status, std::string problem) { return {status, std::move(problem)}; }

bool is_visible(char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; }

bool is_field_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c == '\t' || c == ' ' || is_visible(c); });
}

// "http://host/path" becomes "/path": what a client that takes us for its proxy sends.
std::string origin_form(std::string_view target) {
  if (!target.starts_with("http://") && !target.starts_with("https://")) return std::string(target);
  const auto slash = target.find_first_of("/?", target.find("//") + 2);
  if (slash == std::string_view::npos) return "/";
  return target[slash] == '/' ? std::string(target.substr(slash)) : "/" + std::string(target.substr(slash));
}

std::optional<HttpFault> read_request_line(std::string_view line, HttpRequest& request) {
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return fault(400, "the request line is not \"METHOD target HTTP/1.1\"");
  const auto method = line.substr(0, first), target = line.substr(first + 1, second - first - 1);
  const auto version = line.substr(second + 1);
  if (!is_token(method)) return fault(400, "the method is not a token");
  if (target.empty() || !std::all_of(target.begin(), target.end(), is_visible))
    return fault(400, "the target holds white space or control characters");
  if (!version.starts_with("HTTP/")) return fault(400, "the request line does not end in a version");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return fault(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
  request.method = method;
  request.target = origin_form(target);
  request.minor_version = version.back() - '0';
  if (request.target.front() != '/' && !(request.target == "*" && method == "OPTIONS"))
    return fault(400, "the target does not begin with \"/\"");
  if (request.target.find('#') != std::string::npos) return fault(400, "the target holds a fragment");
  return std::nullopt;
}

std::optional<HttpFault> read_header_line(std::string_view line, HttpRequest& request) {
  if (line.front() == ' ' || line.front() == '\t') return fault(400, "a header line is folded");
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return fault(400, "a header line has no colon");
  if (!is_token(line.substr(0, colon))) return fault(400, "a header name is not a token");
  const auto value = trim_http_whitespace(line.substr(colon + 1));
  if (!is_field_value(value)) return fault(400, "a header value holds control characters");
  if (request.headers.size() == most_headers) return fault(431, "more than 256 header lines");
  request.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return std::nullopt;
}

std::optional<HttpFault> read_framing(HttpRequest& request) {
  const auto codings = header_values(request.headers, "Transfer-Encoding");
  const auto lengths = header_values(request.headers, "Content-Length");
  if (!codings.empty()) {
    if (!lengths.empty()) return fault(400, "both Content-Length and Transfer-Encoding");
    if (codings.size() != 1 || !equals_ignoring_case(codings[0], "chunked"))
      return fault(501, "the only Transfer-Encoding understood is chunked");
    request.framing = BodyFraming::chunked;
    return std::nullopt;
  }
  for (const auto& length : lengths) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), number);
    if (error != std::errc() || end != length.data() + length.size()) return fault(400, "Content-Length is not a number");
    if (request.framing == BodyFraming::length && number != request.announced_body)
      return fault(400, "two different Content-Length values");
    request.framing = BodyFraming::length;
    request.announced_body = number;
  }
  return std::nullopt;
}

Result<HttpRequest, HttpFault> read_head(std::string_view head) {
  HttpRequest request;
  bool first = true;
  for (std::size_t at = 0; at < head.size();) {
    const auto end = head.find("\r\n", at);
    const auto line = head.substr(at, end - at);
    at = end + 2;
    if (line.empty()) break;
    if (line.find('\r') != std::string_view::npos) return fault(400, "a carriage return stands alone");
    auto trouble = first ? read_request_line(line, request) : read_header_line(line, request);
    if (trouble) return *trouble;
    first = false;
  }
  const auto hosts = header_values(request.headers, "Host");
  if (hosts.size() > 1 || (hosts.empty() && request.minor_version == 1)) return fault(400, "Host must be given once");
  if (auto trouble = read_framing(request)) return *trouble;
  return request;
}

}  // namespace

std::string_view HttpRequest::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view HttpRequest::query() const {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

bool HttpRequest::wants_keep_alive() const {
  if (minor_version == 0) return false;
  const auto connection = header_value(headers, "Connection");
  return !connection || ascii_lowercase(*connection).find("close") == std::string::npos;
}

std::optional<Result<HttpRequest, HttpFault>> parse_request_head(std::string_view bytes, std::size_t& scanned,
                                                                 std::size_t cap) {
  // One empty line before a request is passed over (RFC 9112, 2.2).
  const std::size_t start = bytes.starts_with("\r\n") ? 2 : 0;
  if (bytes.size() > start && bytes[start] != '\r' && !is_token(bytes.substr(start, 1)))
    return fault(400, "this is not an HTTP request");
  for (std::size_t at = std::max(scanned, start); at < bytes.size(); ++at) {
    if (at >= cap) return fault(431, "the request head is too long");
    if (bytes[at] != '\n') continue;
    if (at == start || bytes[at - 1] != '\r') return fault(400, "a line does not end in CRLF");
    const bool empty_line = at >= start + 3 && bytes[at - 2] == '\n';
    if (!empty_line) continue;
    auto result = read_head(bytes.substr(start, at + 1 - start));
    if (result) result.value().head_bytes = at + 1;
    return result;
  }
  scanned = std::max(scanned, bytes.size());
  return std::nullopt;
}

bool ChunkedReader::take_size_line() {
  if (line_.empty() || line_.back() != '\r') return false;
  line_.pop_back();
  const auto digits = std::string_view(line_).substr(0, line_.find(';'));
  const auto number = trim_http_whitespace(digits);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), left_, 16);
  const bool good = error == std::errc() && end == number.data() + number.size() && number.size() <= 15;
  line_.clear();
  return good;
}

ChunkedReader::State ChunkedReader::feed(std::string_view bytes, std::size_t& used) {
  used = 0;
  while (used < bytes.size()) {
    if (part_ == Part::data) {
      const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - used));
      used += take;
      body_bytes_ += take;
      left_ -= take;
      if (left_ == 0) part_ = Part::data_end;
      continue;
    }
    const char c = bytes[used++];
    if (c != '\n') {
      if (line_.size() == longest_chunk_line) return State::malformed;
      line_.push_back(c);
      continue;
    }
    switch (part_) {
      case Part::size:
        if (!take_size_line()) return State::malformed;
        part_ = left_ == 0 ? Part::trailer : Part::data;
        break;
      case Part::data_end:
        if (line_ != "\r") return State::malformed;
        line_.clear();
        part_ = Part::size;
        break;
      case Part::trailer:
        if (line_ == "\r") return State::done;
        trailer_bytes_ += line_.size();
        if (line_.empty() || line_.back() != '\r' || trailer_bytes_ > longest_trailer) return State::malformed;
        line_.clear();
        break;
      case Part::data:
        break;
    }
  }
  return State::more;
}

std::optional<std::string> strict_percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
    if (error != std::errc() || end != text.data() + i + 3) return std::nullopt;
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return out;
}

std::optional<std::string> query_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (pair.substr(0, equals) != name) continue;
    return equals == std::string_view::npos ? std::string() : strict_percent_decode(pair.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace blindspot::lab
