// What stands in JSON's place is recognised, and taken away where it only wraps the JSON.
#include "core/json/strangers.hpp"

#include <gtest/gtest.h>

namespace blindspot {

inline void PrintTo(JsonFault fault, std::ostream* out) {
  *out << json_fault_name(fault);
}

namespace {

using enum JsonFault;

struct Row {
  const char* name;
  std::string text;
  JsonFault fault;
  std::optional<std::string> repaired;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

const std::optional<std::string> nothing;

const Row rows[] = {
    {"no_bytes", "", empty, nothing},
    {"only_white_space", " \r\n\t", empty, nothing},
    {"html_page", "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>", html, nothing},
    {"html_fragment", "<div class=\"error\">no</div>", html, nothing},
    {"html_behind_comment", "<!-- x -->\n<HTML></HTML>", html, nothing},
    {"xhtml", "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html></html>", html, nothing},
    {"xml_declared", "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", xml, nothing},
    {"xml_bare", "<soap:Envelope xmlns:soap=\"x\"><a/></soap:Envelope>", xml, nothing},
    {"plain_words", "Internal Server Error", plain_text, nothing},
    {"plain_words_after_a_number", "404 page not found", plain_text, nothing},
    {"plain_chinese", "\xE6\x9C\x8D\xE5\x8A\xA1\xE5\x99\xA8\xE9\x94\x99\xE8\xAF\xAF", plain_text, nothing},
    {"plain_words_that_begin_like_a_literal", "not found", plain_text, nothing},
    {"plain_words_with_brackets", "Error in module [core]: failed", plain_text, nothing},
    {"php_warning", "<br />\n<b>Warning</b>: Undefined index: id in <b>/x.php</b> on line <b>3</b><br />\n{\"a\":1}",
     text_before, R"({"a":1})"},
    {"log_line", "[2024-01-02 10:00:00] notice: ready\n{\"a\":1}", text_before, R"({"a":1})"},
    {"words_in_front", "Notice: x\n{\"a\":1}", text_before, R"({"a":1})"},
    {"words_in_front_and_a_fault", "Notice: x\n{\"a\":1,}", text_before, R"({"a":1})"},
    {"assignment", "var data = {\"a\":1}", text_before, R"({"a":1})"},
    {"words_around", "Result: {\"a\":1} done", text_before, R"({"a":1} )"},
    {"callback", "cb({\"a\":1});", callback, R"({"a":1})"},
    {"callback_dotted", "/**/ jQuery.cb_12([1,2])", callback, "[1,2]"},
    {"callback_cut", "cb({\"a\":1", callback, R"({"a":1})"},
    {"callback_with_fault", "cb({a:1});\n", callback, R"({"a":1})"},
    {"guard", ")]}',\n{\"a\":1}", guard_prefix, R"({"a":1})"},
    {"guard_loop", "while(1);[1]", guard_prefix, "[1]"},
    {"guard_for", "for (;;);{\"a\":1}", guard_prefix, R"({"a":1})"},
    {"guard_and", "{}&&{\"a\":1}", guard_prefix, R"({"a":1})"},
    {"event_stream_of_one", "event: x\ndata: {\"a\":1}\n\n", event_stream, R"({"a":1})"},
    {"event_stream_done", "data: {\"a\":1}\n\ndata: [DONE]\n\n", event_stream, R"({"a":1})"},
    {"event_stream_of_many", "data: {\"a\":1}\n\ndata: {\"a\":2}\n\n", event_stream, nothing},
    {"form", "user=ann&pass=x%20y&tags[]=1", form_encoded, nothing},
    {"form_of_one", "a=1", form_encoded, nothing},
    {"gzip", std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8), binary, nothing},
    {"png", "\x89PNG\r\n\x1a\n", binary, nothing},
    {"protobuf", std::string("\x08\x96\x01\x12\x07\x00\x01\x02\x03\x04\x05", 11), binary, nothing},
    {"utf16_with_mark",
     std::string("\xFF\xFE[\0"
                 "1\0]\0",
                 8),
     invalid_utf8, "[1]"},
    {"utf16_without_mark",
     std::string("\0{\0\"\0a\0\"\0:\0"
                 "1\0}",
                 14),
     invalid_utf8, R"({"a":1})"},
    {"only_a_mark", "\xEF\xBB\xBF", bom, nothing},
    {"several_marks", "\xEF\xBB\xBF\xEF\xBB\xBF{\"a\":1}", bom, R"({"a":1})"},
    {"mark_and_page", "\xEF\xBB\xBF<html></html>", bom, nothing},
    {"a_bracket", "]", syntax, nothing},
    {"a_star", "*", syntax, nothing},
    {"undefined", "undefined", undefined_literal, "null"},
    {"nan", "NaN", not_a_number, "null"},
    {"true_of_python", "True", literal_case, "true"},
};

class StrangerText : public testing::TestWithParam<Row> {};

TEST_P(StrangerText, is_recognised) {
  const Row& row = GetParam();
  const Autopsy result = autopsy(row.text);
  EXPECT_FALSE(result.valid);
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings[0].fault, row.fault);
  EXPECT_EQ(repaired(row.text, result), row.repaired);
  EXPECT_EQ(result.repairable, row.repaired.has_value());
}

INSTANTIATE_TEST_SUITE_P(, StrangerText, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(Strangers, tell_the_title_of_a_page) {
  EXPECT_EQ(autopsy("<html><head><TITLE lang=en>\n 404 &amp;\n gone </TITLE></head></html>").page_title, "404 & gone");
  EXPECT_EQ(html_title("<html><body><h1>Whoops, <b>looks</b> bad</h1></body></html>"), "Whoops, looks bad");
  EXPECT_EQ(html_title("<html><titles>x</titles></html>"), "");
  EXPECT_EQ(autopsy("<Error><Code>x</Code></Error>").page_title, "Error");
}

TEST(Strangers, tell_who_made_the_page) {
  EXPECT_EQ(autopsy("<html><body><h1>502 Bad Gateway</h1><hr><center>nginx/1.18.0</center></body></html>").page_server,
            "nginx");
  EXPECT_EQ(html_server("<address>Apache/2.4 Server at x Port 80</address>"), "Apache");
  EXPECT_EQ(html_server("<h3>Apache Tomcat/9.0</h3>"), "Tomcat");
  EXPECT_EQ(html_server("<p>hello</p>"), "");
}

TEST(Strangers, tell_what_stands_there) {
  EXPECT_EQ(html_server("<title>IIS 10.0 Detailed Error - 404.0 - Not Found</title>"), "IIS");
  EXPECT_EQ(html_server("<title>Just a moment...</title><script src=\"/cdn-cgi/\"></script>Cloudflare"), "Cloudflare");
  const Autopsy login = autopsy("<html><title>Sign in</title><form><INPUT name=p TYPE='password'></form></html>");
  EXPECT_TRUE(login.login_page);
  EXPECT_EQ(login.says, "Sign in");
  EXPECT_FALSE(autopsy("<html><input type=\"text\" value=\"password\"></html>").login_page);
  EXPECT_EQ(autopsy("<html><body><p>Come &amp; see</p></body></html>").says, "Come & see");
  EXPECT_EQ(
      autopsy("<?xml version=\"1.0\"?><xml><return_code>FAIL</return_code><return_msg>bad sign</return_msg></xml>")
          .says,
      "bad sign");
  EXPECT_EQ(autopsy("<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[sign <b> & key]]></return_msg></xml>").says,
            "sign & key");
  EXPECT_EQ(autopsy("Service down.\nCome back later").says, "Service down.");
  EXPECT_EQ(autopsy("<br />\n<b>Warning</b>:  no such file<br />\n{}").says, "Warning: no such file");
  EXPECT_EQ(autopsy("data: {\"a\":1}\n\ndata: {\"a\":2}\n\ndata: [DONE]\n\n").messages, 2u);
  EXPECT_EQ(autopsy("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n").messages, 3u);
  EXPECT_EQ(autopsy("{\"a\":1,}").messages, 0u);
}

TEST(Strangers, tell_that_a_value_has_no_json) {
  for (const char* text :
       {"TypeError: Converting circular structure to JSON", "TypeError: Do not know how to serialize a BigInt",
        "TypeError: Object of type datetime is not JSON serializable", "TypeError: cyclic object value",
        "No serializer found for class com.shop.Order and no properties discovered to create BeanSerializer",
        "A possible object cycle was detected.", "Self referencing loop detected for property 'parent'.",
        "Inf and NaN cannot be JSON encoded"}) {
    const Autopsy result = autopsy(text);
    ASSERT_FALSE(result.findings.empty());
    EXPECT_EQ(result.findings[0].fault, not_serializable) << text;
    EXPECT_EQ(result.says, text);
  }
}

TEST(Strangers, tell_the_dialect) {
  EXPECT_EQ(autopsy("{'a': True, 'b': None}").dialect, "python");
  EXPECT_EQ(autopsy("{'a': 1}").dialect, "python");
  EXPECT_EQ(autopsy("{name=Ann, age=3}").dialect, "java");
  EXPECT_EQ(autopsy("{a: 1, b: undefined}").dialect, "javascript");
  EXPECT_EQ(autopsy("{\"a\" => 1}").dialect, "ruby");
  EXPECT_EQ(autopsy("{:a=>1, :b=>nil}").dialect, "ruby");
  EXPECT_EQ(autopsy("{\"a\": 1,}").dialect, "");
}

TEST(Strangers, tell_the_encoding) {
  EXPECT_EQ(autopsy(std::string("\x1f\x8b\x08\x00", 4)).encoding, "gzip");
  EXPECT_EQ(autopsy(std::string("{\0}\0", 4)).encoding, "utf-16le");
  EXPECT_EQ(autopsy("{,}").encoding, "");
}

}  // namespace
}  // namespace blindspot
