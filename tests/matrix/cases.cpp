// Enumerates deviations from a few plain calls, and turns a choice of values into request and exchange.
#include "tests/matrix/cases.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "core/cors/safelist.hpp"
#include "core/http/reason_phrase.hpp"

namespace blindspot::matrix {
namespace {

constexpr std::uint64_t seed = 20;
constexpr std::size_t body_size = 20;

// Calls that go well, from which the cases deviate.
struct Base {
  std::vector<std::pair<const char*, const char*>> values;
  bool preflight, redirect, opaque = false;
};

const std::vector<Base>& bases() {
  static const std::vector<Base> all = {
      {{{"credentials", "include"}}, true, false},
      {{{"allow-origin", "star"}, {"preflight-allow-origin", "star"}, {"expose-headers", "star"}}, true, false},
      {{{"credentials", "include"}, {"redirect-status", "307"}}, true, true},
      {{{"method", "GET"}, {"headers", "none"}, {"allow-origin", "star"}, {"allow-credentials", "none"}}, false, false},
      {{{"redirect-status", "308"}, {"redirect-to", "other"}, {"allow-origin", "null"}, {"preflight-allow-origin", "null"}}, true, true},
      {{{"api", "xhr"}, {"method", "POST"}, {"headers", "type-json"}, {"credentials", "include"}, {"body", "bytes"}}, true, false},
      {{{"method", "DELETE"}, {"headers", "authorization-and-custom"}, {"allow-origin", "star"}, {"preflight-allow-origin", "star"},
        {"allow-methods", "star"}}, true, false},
      {{{"method", "POST"}, {"headers", "type-text"}, {"body", "bytes"}, {"credentials", "include"}, {"redirect-status", "302"}}, false, true},
      {{{"headers", "none"}, {"credentials", "include"}, {"redirect-status", "303"}}, true, true},
      {{{"method", "DELETE"}, {"headers", "none"}, {"redirect-status", "301"}, {"redirect-to", "other"}, {"allow-origin", "star"},
        {"preflight-allow-origin", "star"}}, true, true},
      {{{"api", "xhr-upload"}, {"headers", "none"}, {"body", "bytes"}, {"credentials", "include"}}, true, false},
      {{{"redirect", "manual"}, {"credentials", "include"}}, true, false},
      {{{"redirect", "error"}, {"method", "GET"}, {"headers", "none"}}, false, false},
      {{{"mode", "no-cors"}, {"method", "POST"}, {"headers", "type-text"}, {"body", "bytes"}, {"redirect-status", "302"}}, false, true, true},
      {{{"mode", "no-cors"}, {"method", "GET"}, {"headers", "none"}, {"allow-origin", "none"}}, false, false, true},
  };
  return all;
}

// What two or more values do only together.
const std::vector<Base>& pairs() {
  static const std::vector<Base> all = {
      {{{"headers", "authorization"}, {"allow-headers", "star"}, {"credentials", "omit"}}, true, false},
      {{{"headers", "authorization"}, {"allow-headers", "star"}, {"credentials", "include"}}, true, false},
      {{{"api", "xhr-upload"}, {"headers", "none"}, {"body", "bytes"}, {"allow-methods", "none"}}, true, false},
      {{{"method", "POST"}, {"headers", "none"}, {"allow-methods", "none"}, {"api", "xhr-upload"}, {"body", "bytes"}}, true, false},
      // At home: away and back, and away with a header that the way itself takes off.
      {{{"origin", "name"}, {"redirect-status", "308"}, {"redirect-to", "other"}, {"preflight-allow-origin", "none"}, {"allow-origin", "null"}}, true, true},
      {{{"method", "POST"}, {"headers", "type-json"}, {"redirect-status", "302"}, {"redirect-to", "other"}}, true, true},
  };
  return all;
}

std::size_t value_index(std::size_t axis, std::string_view name) {
  const auto& values = axes()[axis].values;
  const auto found = std::find_if(values.begin(), values.end(), [&](const Value& each) { return each.name == name; });
  return static_cast<std::size_t>(found - values.begin());
}

Choice base_choice(const Base& base) {
  Choice choice(axes().size(), 0);
  for (const auto& [axis, value] : base.values) choice[axis_index(axis)] = value_index(axis_index(axis), value);
  return choice;
}

bool suits(const Base& base, const Axis& axis) {
  if (axis.needs == Needs::preflight) return base.preflight;
  if (axis.needs == Needs::opaque) return base.opaque;
  return axis.needs != Needs::redirect || base.redirect;
}

std::string_view value_name(const Choice& choice, const char* axis) {
  return axes()[axis_index(axis)].values[choice[axis_index(axis)]].name;
}

void set(Choice& choice, const char* axis, const char* value) { choice[axis_index(axis)] = value_index(axis_index(axis), value); }

// Combinations that no script can ask for become the nearest that one can.
Choice possible(Choice choice) {
  const auto method = normalize_method(value_name(choice, "method"));
  if (method == "GET" || method == "HEAD") set(choice, "body", "none");
  if (value_name(choice, "api") != "fetch") {
    set(choice, "mode", "cors");
    set(choice, "redirect", "follow");
    // XMLHttpRequest knows two modes of credentials.
    if (value_name(choice, "credentials") == "omit") set(choice, "credentials", "same-origin");
  }
  // Where an engine makes a third address of two, the lab refuses that; with credentials no page can read the refusal.
  if (value_name(choice, "location") == "twice") {
    set(choice, "credentials", "include");
    set(choice, "mode", "cors");
  }
  if (value_name(choice, "redirect-status") == "0")
    for (const char* axis : {"redirect-to", "location", "first-allow-origin", "first-allow-credentials"}) choice[axis_index(axis)] = 0;
  return choice;
}

class Chooser {
 public:
  explicit Chooser(std::size_t count) : count_(count) {}

  std::vector<Choice> run() {
    for (const auto* list : {&bases(), &pairs()})
      for (const Base& base : *list) add(base_choice(base));
    for (std::size_t round = 0; round < bases().size(); ++round) add_singles(round);
    for (std::size_t tries = 0; chosen_.size() < count_ && tries < count_ * 20; ++tries) add_deviating();
    chosen_.resize(std::min(chosen_.size(), count_));
    return std::move(chosen_);
  }

 private:
  void add(const Choice& wanted) {
    Choice choice = possible(wanted);
    if (known_.insert(choice).second) chosen_.push_back(std::move(choice));
  }

  // Each value alone, in round 0 each upon some base, in the others upon the next one that suits.
  void add_singles(std::size_t round) {
    std::size_t turn = round;
    for (std::size_t axis = 0; axis < axes().size(); ++axis) {
      std::vector<const Base*> suitable;
      for (const Base& base : bases())
        if (suits(base, axes()[axis])) suitable.push_back(&base);
      if (round >= suitable.size()) continue;
      for (std::size_t value = 0; value < axes()[axis].values.size(); ++value) {
        Choice choice = base_choice(*suitable[turn++ % suitable.size()]);
        choice[axis] = value;
        add(choice);
      }
    }
  }

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

  void add_deviating() {
    const Base& base = bases()[below(bases().size())];
    Choice choice = base_choice(base);
    const std::size_t roll = below(10), deviations = roll < 6 ? 2 : roll < 9 ? 3 : 4;
    for (std::size_t i = 0; i < deviations; ++i) {
      const std::size_t axis = below(axes().size());
      if (suits(base, axes()[axis])) choice[axis] = below(axes()[axis].values.size());
    }
    add(choice);
  }

  std::size_t count_;
  std::mt19937_64 random_{seed};
  std::set<Choice> known_;
  std::vector<Choice> chosen_;
};

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string swapped_case(std::string text) {
  const std::string loud = upper(text);
  return loud == text ? ascii_lowercase(text) : loud;
}

Headers filled(Headers lines, const std::map<std::string, std::string>& slots) {
  for (Header& line : lines)
    for (const auto& [slot, value] : slots)
      for (std::size_t at = 0; (at = line.value.find(slot, at)) != std::string::npos; at += value.size())
        line.value.replace(at, slot.size(), value);
  return lines;
}

std::string joined_unsafe_names(const Headers& headers) {
  std::string text;
  for (const std::string& name : cors_unsafe_request_headers(headers_as_sent(headers)).names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "x-nothing" : text;
}

// setRequestHeader() joins what is set twice; Headers.append() keeps both.
Headers joined_twins(const Headers& headers) {
  Headers joined;
  for (const Header& header : headers) {
    const auto twin = std::find_if(joined.begin(), joined.end(), [&](const Header& each) { return equals_ignoring_case(each.name, header.name); });
    if (twin == joined.end()) joined.push_back(header);
    else twin->value += ", " + header.value;
  }
  return joined;
}

// What the lab adds to every answer stands here too, so that the prediction knows what can be read.
Round make_round(const Url& url, std::string method, int status, Headers lines, std::size_t size) {
  Round round;
  round.method = std::move(method);
  round.url = url;
  round.head = ResponseHead{status, std::string(reason_phrase(status)), std::move(lines)};
  const bool empty = status == 204 || status == 205 || status == 304;
  round.body_bytes = empty ? 0 : size;
  if (status != 204) round.head->headers.push_back({"Content-Length", std::to_string(round.body_bytes)});
  round.head->headers.push_back({"Connection", "close"});
  return round;
}

Url url_at(const std::string& origin, const char* path) {
  const auto url = parse_url(origin + path);
  return url ? url.value() : Url();
}

}  // namespace

std::vector<Choice> choose_cases(std::size_t count) { return Chooser(count).run(); }

std::vector<std::pair<std::string, std::string>> describe(const Choice& choice) {
  std::vector<std::pair<std::string, std::string>> words;
  for (std::size_t i = 0; i < choice.size(); ++i) words.push_back({axes()[i].name, axes()[i].values[choice[i]].name});
  return words;
}

PlayedCase make_case(const Choice& choice, const Places& places) {
  PlayedCase made;
  Draft& draft = made.draft;
  for (std::size_t i = 0; i < choice.size(); ++i) {
    const Value& value = axes()[i].values[choice[i]];
    value.apply(draft, value);
  }
  Request& request = draft.request;
  if (draft.api != Draft::Api::fetch) request.headers = joined_twins(request.headers);
  request.upload_listeners = draft.api == Draft::Api::xhr_upload;
  request.page.origin = parse_origin(places.page);
  const std::string& first = draft.to_other ? places.other : places.lab;
  const std::string& second = draft.redirect_to_other ? (draft.to_other ? places.lab : places.other) : first;
  request.url = url_at(first, "/first");

  const std::string method = normalize_method(request.method), names = joined_unsafe_names(request.headers);
  const std::map<std::string, std::string> slots{{"{page}", places.page}, {"{PAGE}", upper(places.page)},
                                                 {"{method}", method}, {"{METHOD}", swapped_case(method)},
                                                 {"{headers}", names}, {"{HEADERS}", upper(names)},
                                                 {"{next}", second + "/second"}};
  const auto add_hop = [&](const Url& url, int preflight_status, Headers preflight, int status, Headers actual, std::size_t size) {
    actual.push_back({"Cache-Control", "no-store"});
    Hop hop;
    hop.preflight = make_round(url, "OPTIONS", preflight_status, filled(std::move(preflight), slots), 0);
    hop.actual = make_round(url, method, status, filled(std::move(actual), slots), size);
    made.exchange.hops.push_back(std::move(hop));
  };
  if (draft.redirect_status != 0) {
    Headers lines = draft.redirect_lines;
    lines.insert(lines.end(), draft.first_lines.begin(), draft.first_lines.end());
    const Headers open{{"Access-Control-Allow-Origin", "{page}"}, {"Access-Control-Allow-Credentials", "true"},
                       {"Access-Control-Allow-Methods", "{method}"}, {"Access-Control-Allow-Headers", "{headers}"}};
    add_hop(request.url, 204, open, draft.redirect_status, lines, body_size);
  }
  Headers readable{{"Content-Type", "application/json"}, {"X-One", "1"}, {"X-Two", "2"}, {"X-Two", "3"}};
  readable.insert(readable.end(), draft.actual.begin(), draft.actual.end());
  const Url last = draft.redirect_status != 0 ? url_at(second, "/second") : request.url;
  add_hop(last, draft.preflight_status, draft.preflight, draft.status, readable, body_size);
  made.request = request;
  return made;
}

}  // namespace blindspot::matrix
