// Which faults stand in which list, in which order.
#include "web/views/cases_view.hpp"

#include <array>
#include <utility>

#include "web/views/labels.hpp"

namespace blindspot {

namespace {

CaseRow row(const State& state, Code code) {
  const std::string slug(slug_of(code));
  return {slug, label_of(code, state.language), state.chosen && state.chosen->slug == slug};
}

constexpr std::array<std::pair<Family, Label>, 8> group_titles = {{
    {Family::network, Label::group_network}, {Family::status, Label::group_status}, {Family::cors, Label::group_cors},
    {Family::body, Label::group_body}, {Family::shape, Label::group_body}, {Family::tls, Label::group_tls},
    {Family::request, Label::group_request}, {Family::ok, Label::group_ok}}};

}  // namespace

std::vector<CaseGroup> make_starter_view(const State& state) {
  auto group = [&](const char* id, Label title, std::initializer_list<Code> codes) {
    CaseGroup out{id, std::string(say(title, state.language)), {}};
    for (Code code : codes) out.rows.push_back(row(state, code));
    return out;
  };
  return {group("network", Label::group_network, {Code::response_timeout, Code::connection_refused}),
          group("status", Label::group_status, {Code::http_400, Code::http_401, Code::http_500}),
          group("cors", Label::group_cors, {Code::cors_header_not_allowed, Code::cors_headers_on_success_only}),
          group("body", Label::group_body, {Code::json_html, Code::shape_missing_field})};
}

std::vector<CaseGroup> make_catalogue_view(const State& state) {
  std::vector<CaseGroup> out;
  for (const auto& [family, title] : group_titles) {
    const std::string text(say(title, state.language));
    if (out.empty() || out.back().title != text) out.push_back({std::string(family_name(family)), text, {}});
    for (Code code : all_codes())
      if (family_of(code) == family) out.back().rows.push_back(row(state, code));
  }
  return out;
}

}  // namespace blindspot
