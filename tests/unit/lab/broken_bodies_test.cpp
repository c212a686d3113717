// Does each broken body show, to the autopsy, the fault that its code names: whatever text it was made of, and over the wire?
#include "native/lab/broken_bodies.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/json/autopsy.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

std::set<std::string> codes_found_in(std::string_view bytes) {
  std::set<std::string> codes;
  for (const JsonFinding& finding : autopsy(bytes).findings) codes.insert(json_fault_code(finding.fault));
  return codes;
}

TEST(BrokenBodies, ThereIsOneForEveryFault) {
  std::set<std::string> wanted;
  for (int fault = 0; fault <= static_cast<int>(JsonFault::double_encoded); ++fault)
    wanted.insert(json_fault_code(static_cast<JsonFault>(fault)));
  const auto listed = broken_body_codes();
  EXPECT_EQ(std::set<std::string>(listed.begin(), listed.end()), wanted);
  EXPECT_TRUE(std::is_sorted(listed.begin(), listed.end()));
  EXPECT_FALSE(broken_body("json-healthy", "{}"));
}

TEST(BrokenBodies, HaveTheirFaultAndNoOther) {
  for (const std::string_view sample : {R"({"ok":true,"items":[1,2]})", "{}", "[1, 2]", "\"x\"", " {\n \"a\": {}\n}\n"}) {
    for (const std::string_view code : broken_body_codes()) {
      const auto body = broken_body(code, sample);
      ASSERT_TRUE(body) << code;
      EXPECT_EQ(codes_found_in(body->bytes), std::set<std::string>{std::string(code)}) << code << " of " << sample << ": " << body->bytes;
    }
  }
}

TEST(BrokenBodies, AreSentByTheirCode) {
  for (const std::string_view code : broken_body_codes()) {
    const auto answer = call(shared_lab().lab(), "GET", "/mix/body=" + std::string(code));
    EXPECT_EQ(answer.status, 200) << code;
    EXPECT_TRUE(codes_found_in(answer.body).count(std::string(code))) << code << ": " << answer.body;
    EXPECT_TRUE(header_value(answer.headers, "Content-Type").has_value()) << code;
  }
}

}  // namespace
}  // namespace blindspot::lab
