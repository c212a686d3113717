// Set-up that has to succeed before a claim can be tested: must_... gives the value or fails the test and gives an empty one.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "core/diagnosis/diagnose.hpp"
#include "core/http/request.hpp"

namespace blindspot {

// What GoogleTest prints where values differ.
inline void PrintTo(Code code, std::ostream* out) { *out << slug_of(code); }
inline void PrintTo(Certainty certainty, std::ostream* out) { *out << certainty_name(certainty); }
inline void PrintTo(Outcome outcome, std::ostream* out) { *out << outcome_name(outcome); }
inline void PrintTo(Reach reach, std::ostream* out) { *out << reach_name(reach); }
inline void PrintTo(Ending ending, std::ostream* out) { *out << ending_name(ending); }
inline void PrintTo(const Header& header, std::ostream* out) { *out << header.name << ": " << header.value; }

inline Url must_url(std::string_view text) {
  const Result<Url, UrlError> url = parse_url(text);
  EXPECT_TRUE(url) << text;
  return url ? url.value() : Url{};
}

inline Case must_case(std::string_view slug, Twin twin = Twin::faulty) {
  Result<Case, CaseError> loaded = load_case(slug, twin);
  EXPECT_TRUE(loaded) << slug << loaded.error().pointer << ": " << loaded.error().problem;
  return loaded ? loaded.value() : Case{};
}

inline Request must_request(std::string_view method, std::string_view url, std::string_view page = "http://localhost:8080") {
  Request request;
  request.method = method;
  request.url = must_url(url);
  request.page.origin = parse_origin(page);
  return request;
}

// A slug as the name of a test: cors-blocked -> cors_blocked.
inline std::string test_name(std::string_view slug) {
  std::string name(slug);
  std::replace_if(name.begin(), name.end(), [](char c) { return !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'); }, '_');
  return name;
}

// Names of parameterised tests: of a table's row by its `name`, of a catalogue folder by its slug.
struct RowName {
  template <class Row>
  std::string operator()(const testing::TestParamInfo<Row>& row) const { return row.param.name; }
};
struct SlugName {
  std::string operator()(const testing::TestParamInfo<std::string>& slug) const { return test_name(slug.param); }
};

inline std::vector<std::string> all_slugs() {
  std::vector<std::string> out;
  for (const CatalogueFile& file : catalogue_files()) out.emplace_back(file.slug);
  return out;
}

inline bool has_evidence(const Finding& finding, EvidenceKind kind) {
  return std::any_of(finding.because.begin(), finding.because.end(), [&](const Evidence& evidence) { return evidence.kind == kind; });
}

// The codes of a diagnosis in order, as one line: "cors-blocked certain, http-500 possible".
inline std::string in_one_line(const Diagnosis& diagnosis) {
  std::string out;
  for (const Finding& finding : diagnosis.findings)
    out += (out.empty() ? "" : ", ") + std::string(slug_of(finding.code)) + " " + std::string(certainty_name(finding.certainty));
  return out;
}

inline const Finding* find_code(const Diagnosis& diagnosis, Code code) {
  for (const Finding& finding : diagnosis.findings)
    if (finding.code == code) return &finding;
  return nullptr;
}

}  // namespace blindspot
