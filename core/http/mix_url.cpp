// Writes an exchange as a /mix URL, from its last hop to the first, because each hop's Location holds the next one's URL.
#include "core/http/mix_url.hpp"

#include <algorithm>
#include <optional>

namespace blindspot {
namespace {

constexpr std::string_view known_names[] = {
    "Age", "Allow", "Cache-Control", "Content-Encoding", "Content-Language", "Content-Length", "Content-Type",
    "Cross-Origin-Resource-Policy", "Date", "ETag", "Expires", "Last-Modified", "Location", "Pragma", "Retry-After",
    "Server", "Timing-Allow-Origin", "Transfer-Encoding", "Vary", "WWW-Authenticate"};

bool is_unreserved(char c) {
  const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return letter || (c >= '0' && c <= '9') || std::string_view("-._~:*,=").find(c) != std::string_view::npos;
}

void append_segment(std::string& path, std::string_view key, std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  path.append("/").append(key).append("=");
  for (char c : value) {
    if (is_unreserved(c)) {
      path.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    path.push_back('%');
    path.push_back(digits[byte >> 4]);
    path.push_back(digits[byte & 15]);
  }
}

// The lab fills slots of these names; an exchange that holds one by chance cannot be played to the letter.
bool holds_slot(std::string_view value) {
  for (std::string_view slot : {"{page_origin}", "{self}", "{lab}", "{dead}"})
    if (value.find(slot) != std::string_view::npos) return true;
  return false;
}

bool can_stand(std::string_view value) {
  return value.find_first_of(std::string_view("\0\r\n", 3)) == std::string_view::npos && !holds_slot(value);
}

bool is_framing(std::string_view name) {
  return equals_ignoring_case(name, "Content-Length") || equals_ignoring_case(name, "Transfer-Encoding");
}

// A value like a token's has no place in a URL, and CORS never looks at it.
bool is_secret_header(std::string_view name) {
  const std::string lower = ascii_lowercase(name);
  if (lower.starts_with("access-control-")) return false;
  for (std::string_view word : {"token", "key", "secret"})
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

std::string with_other_page(std::string value, const MixPlaces& places) {
  if (places.page.empty() || places.page == places.page_here) return value;
  for (std::size_t at = 0; (at = value.find(places.page, at)) != std::string::npos; at += places.page_here.size())
    value.replace(at, places.page.size(), places.page_here);
  return value;
}

class Writer {
 public:
  Writer(const Exchange& exchange, const MixPlaces& places) : hops_(exchange.hops), places_(places) {}

  Result<std::string, MixUrlError> run() {
    if (hops_.empty() || (!hops_[0].preflight && !hops_[0].actual)) return MixUrlError{MixUrlFault::empty, 0, ""};
    if (hops_.size() > most_mix_hops) return MixUrlError{MixUrlFault::hops, most_mix_hops, ""};
    for (const Hop& hop : hops_) place_of(serialize_origin(origin_of(url_of(hop))));
    std::string next;
    for (std::size_t i = hops_.size(); i-- > 0 && !error_;) next = hop_url(i, next);
    if (!error_ && next.size() > longest_mix_url) fail(MixUrlFault::length, 0, std::to_string(next.size()));
    if (error_) return *error_;
    return next;
  }

 private:
  void fail(MixUrlFault fault, std::size_t hop, std::string subject) {
    if (!error_) error_ = MixUrlError{fault, hop, std::move(subject)};
  }

  static Url url_of(const Hop& hop) {
    return hop.actual ? hop.actual->url : hop.preflight ? hop.preflight->url : Url();
  }

  // An origin of the lab for one of the exchange: itself, or the next that is free.
  std::string place_of(const std::string& origin) {
    for (const auto& [from, to] : taken_)
      if (from == origin) return to;
    const auto is_free = [&](const std::string& place) {
      return std::none_of(taken_.begin(), taken_.end(), [&](const auto& each) { return each.second == place; });
    };
    const auto& all = places_.origins;
    auto found = std::find(all.begin(), all.end(), origin);
    if (found == all.end() || !is_free(*found)) found = std::find_if(all.begin(), all.end(), is_free);
    if (found == all.end()) {
      fail(MixUrlFault::origins, taken_.size(), origin);
      return "";
    }
    taken_.push_back({origin, *found});
    return *found;
  }

  std::string query() const { return places_.run.empty() ? "" : "?run=" + places_.run; }

  std::string hop_url(std::size_t index, const std::string& next) {
    const Hop& hop = hops_[index];
    std::string url = place_of(serialize_origin(origin_of(url_of(hop)))) + "/mix";
    if (hop.preflight) write_preflight(index, *hop.preflight, url);
    if (hop.actual) write_actual(index, *hop.actual, next, url);
    return url + query();
  }

  bool is_playable(std::size_t index, const Round& round) {
    if (round.reach != Reach::connected) {
      fail(MixUrlFault::not_connected, index, std::string(reach_name(round.reach)));
    } else if (!round.raw.empty()) {
      fail(MixUrlFault::not_http, index, "");
    } else if (round.head && (round.head->status < 200 || round.head->status > 599)) {
      fail(MixUrlFault::status, index, std::to_string(round.head->status));
    }
    return !error_;
  }

  void write_header(std::size_t index, std::string_view key, const Header& header, std::string& url) {
    if (!can_stand(header.value)) return fail(MixUrlFault::header, index, header.name);
    std::string value = is_secret_header(header.name) ? "masked" : header.value;
    if (equals_ignoring_case(header.name, "Access-Control-Allow-Origin")) value = with_other_page(value, places_);
    append_segment(url, key, header.name + ": " + value);
  }

  void write_preflight(std::size_t index, const Round& round, std::string& url) {
    if (!is_playable(index, round)) return;
    if (!round.head) {
      append_segment(url, "preflight", way_to_end(round.ending, "cut", "end"));
      return;
    }
    append_segment(url, "preflight-status", std::to_string(round.head->status));
    for (const Header& header : round.head->headers) {
      const bool framing = is_framing(header.name) && !lengths_conflict(round.head->headers);
      const bool leads_on = equals_ignoring_case(header.name, "Location");
      if (is_mix_header(header.name) && !framing && !leads_on) write_header(index, "preflight-header", header, url);
    }
  }

  static std::string_view way_to_end(Ending ending, std::string_view reset, std::string_view orderly) {
    switch (ending) {
      case Ending::reset: return reset;
      case Ending::complete:
      case Ending::closed_early: return orderly;
      default: return "silence";
    }
  }

  void write_actual(std::size_t index, const Round& round, const std::string& next, std::string& url) {
    if (!is_playable(index, round)) return;
    if (!round.head) {
      append_segment(url, "end", way_to_end(round.ending, "abort", "empty"));
      return;
    }
    append_segment(url, "cors", "none");
    append_segment(url, "type", "none");
    append_segment(url, "status", std::to_string(round.head->status));
    write_body(round, url);
    for (const Header& header : round.head->headers) {
      if (!is_mix_header(header.name) || equals_ignoring_case(header.name, "Transfer-Encoding")) continue;
      if (equals_ignoring_case(header.name, "Content-Length") && is_true_length(round)) continue;
      if (equals_ignoring_case(header.name, "Location")) {
        const auto bare = trim_http_whitespace(header.value);
        const auto before = static_cast<std::size_t>(bare.data() - header.value.data());
        const std::string place = location(index, std::string(bare), next);
        append_segment(url, "header", header.name + ": " + std::string(header.value).replace(before, bare.size(), place));
      } else {
        write_header(index, "header", header, url);
      }
    }
  }

  static bool is_true_length(const Round& round) {
    return !lengths_conflict(round.head->headers) && announced_length(round.head->headers) == round.body_bytes;
  }

  // NB: what breaks off does so in the middle of the lab's body, so that one is twice as long.
  static void write_body(const Round& round, std::string& url) {
    const bool breaks_off = round.ending != Ending::complete && round.ending != Ending::closed_early;
    append_segment(url, "body", std::to_string(breaks_off ? round.body_bytes * 2 : round.body_bytes));
    if (breaks_off) append_segment(url, "end", round.ending == Ending::reset ? "cut" : "stall");
  }

  std::string location(std::size_t index, const std::string& value, const std::string& next) {
    const Url here = url_of(hops_[index]);
    const auto target = parse_url(value, &here);
    const bool http = target && (target.value().scheme == "http" || target.value().scheme == "https");
    if (!http || !target.value().username.empty() || !target.value().password.empty()) {
      fail(MixUrlFault::redirect, index, value);
      return "";
    }
    const std::string place = place_of(serialize_origin(origin_of(here)));
    if (!next.empty()) {
      // Within one origin the path alone, so that it holds under every name of the lab.
      return next.starts_with(place + "/") ? next.substr(place.size()) : next;
    }
    for (std::size_t i = 0; i <= index; ++i) {
      if (serialize_url(url_of(hops_[i])) != serialize_url(target.value())) continue;
      if (i == index) return "{self}";
      fail(MixUrlFault::redirect, index, value);
      return "";
    }
    return place_of(serialize_origin(origin_of(target.value()))) + "/mix" + query();
  }

  const std::vector<Hop>& hops_;
  const MixPlaces& places_;
  std::vector<std::pair<std::string, std::string>> taken_;
  std::optional<MixUrlError> error_;
};

}  // namespace

bool is_mix_header(std::string_view name) {
  const std::string lower = ascii_lowercase(name);
  if (!is_token(name)) return false;
  if (lower.starts_with("access-control-") || lower.starts_with("x-")) return true;
  return std::any_of(std::begin(known_names), std::end(known_names),
                     [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

Result<std::string, MixUrlError> mix_url_of(const Exchange& exchange, const MixPlaces& places) {
  return Writer(exchange, places).run();
}

}  // namespace blindspot
