// MIME types: the parts that diagnosis leans on; the standard's own cases run in wpt_test.cpp.
#include "core/http/mime.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

TEST(mime, parameters_and_quotes) {
  const auto mime = parse_mime_type(" Text/HTML ; Charset=\"a\\\"b\"; charset=late; x=y z ");
  ASSERT_TRUE(mime);
  EXPECT_EQ(mime->essence(), "text/html");
  EXPECT_EQ(mime->parameters, (Headers{{"charset", "a\"b"}, {"x", "y z"}}));
  EXPECT_EQ(serialize_mime_type(*mime), "text/html;charset=\"a\\\"b\";x=\"y z\"");
}

TEST(mime, the_last_readable_header_counts) {
  const auto mime = content_type_of({{"Content-Type", "text/html"}, {"Content-Type", "application/json, nonsense"}});
  ASSERT_TRUE(mime);
  EXPECT_EQ(mime->essence(), "application/json");
  EXPECT_EQ(content_type_of({}), std::nullopt);
  EXPECT_EQ(content_type_of({{"Content-Type", "nonsense"}}), std::nullopt);
}

TEST(mime, json_types) {
  for (const char* text : {"application/json", "text/json;charset=utf-8", "application/problem+json"}) {
    EXPECT_TRUE(is_json_mime_type(*parse_mime_type(text))) << text;
  }
  for (const char* text : {"text/html", "application/jsonp", "application/x-ndjson"}) {
    EXPECT_FALSE(is_json_mime_type(*parse_mime_type(text))) << text;
  }
}

}  // namespace
}  // namespace blindspot
