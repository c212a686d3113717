// Which bytes are a request, and which are refused with which status?
#include <gtest/gtest.h>

#include <string>

#include "native/lab/http_request.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

constexpr std::size_t cap = 64 * 1024;

struct BadRow {
  const char* name;
  std::string bytes;
  int status;
};

std::ostream& operator<<(std::ostream& out, const BadRow& row) { return out << row.name; }

const BadRow bad_rows[] = {
    {"no_version", "GET /\r\nHost: a\r\n\r\n", 400},
    {"old_version", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
    {"next_version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
    {"lower_case_version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
    {"two_spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"space_in_target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"target_without_slash", "GET path HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"target_with_fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"method_not_a_token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"bare_line_feed", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"bare_carriage_return", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", 400},
    {"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"space_before_colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
    {"folded_header", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400},
    {"header_without_colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400},
    {"nul_in_value", std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29), 400},
    {"length_not_a_number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n", 400},
    {"length_negative", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
    {"lengths_differ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
    {"length_and_chunked", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"unknown_coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
    {"tls_hello", std::string("\x16\x03\x01\x02\x00\x01", 6), 400},
    {"head_too_long", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(cap, 'x'), 431},
};

class BadRequest : public testing::TestWithParam<BadRow> {};

TEST_P(BadRequest, IsRefusedByTheReader) {
  std::size_t scanned = 0;
  const auto parsed = parse_request_head(GetParam().bytes, scanned, cap);
  ASSERT_TRUE(parsed.has_value());
  ASSERT_FALSE(parsed->ok());
  EXPECT_EQ(parsed->error().status, GetParam().status) << parsed->error().problem;
}

TEST_P(BadRequest, IsAnsweredOnTheWireAndTheConnectionClosed) {
  WireClient client(shared_lab().lab());
  client.send(GetParam().bytes);
  const auto answer = parse_answer(client.read(5000));
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_NE(answer.end, Seen::silence);
}

INSTANTIATE_TEST_SUITE_P(Rows, BadRequest, testing::ValuesIn(bad_rows),
                         [](const auto& row) { return std::string(row.param.name); });

HttpRequest must_parse(std::string_view bytes) {
  std::size_t scanned = 0;
  auto parsed = parse_request_head(bytes, scanned, cap);
  if (!parsed || !parsed->ok()) {
    ADD_FAILURE() << "not a request: " << bytes;
    return {};
  }
  return std::move(parsed->value());
}

TEST(RequestHead, KeepsMethodTargetAndHeadersAsTheyStood) {
  const auto request = must_parse("PATCH /a/b%20c?x=1&y HTTP/1.1\r\nHost: h:1\r\nX-Two:  v \r\nx-two: w\r\n\r\nBODY");
  EXPECT_EQ(request.method, "PATCH");
  EXPECT_EQ(request.path(), "/a/b%20c");
  EXPECT_EQ(request.query(), "x=1&y");
  const Headers wanted{{"Host", "h:1"}, {"X-Two", "v"}, {"x-two", "w"}};
  EXPECT_EQ(request.headers, wanted);
  EXPECT_EQ(request.framing, BodyFraming::none);
  EXPECT_TRUE(request.wants_keep_alive());
}

TEST(RequestHead, EveryByteAloneGivesTheSame) {
  const std::string bytes = "\r\nPOST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";
  std::size_t scanned = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size)
    ASSERT_FALSE(parse_request_head(std::string_view(bytes).substr(0, size), scanned, cap).has_value()) << size;
  const auto parsed = parse_request_head(bytes, scanned, cap);
  ASSERT_TRUE(parsed && parsed->ok());
  EXPECT_EQ(parsed->value().head_bytes, bytes.size());
  EXPECT_EQ(parsed->value().announced_body, 4u);
}

TEST(RequestHead, AbsoluteFormBecomesOriginForm) {
  EXPECT_EQ(must_parse("GET http://h/p?q HTTP/1.1\r\nHost: h\r\n\r\n").target, "/p?q");
  EXPECT_EQ(must_parse("GET http://h HTTP/1.1\r\nHost: h\r\n\r\n").target, "/");
  EXPECT_EQ(must_parse("GET http://h?q HTTP/1.1\r\nHost: h\r\n\r\n").target, "/?q");
}

TEST(RequestHead, ConnectionHeaderAndVersionDecideOnKeepAlive) {
  EXPECT_FALSE(must_parse("GET / HTTP/1.0\r\n\r\n").wants_keep_alive());
  EXPECT_FALSE(must_parse("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n").wants_keep_alive());
}

TEST(Chunked, IsFollowedToItsEndByteByByte) {
  const std::string body = "4;name=value\r\nWiki\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: x\r\n\r\n";
  const std::string bytes = body + "NEXT";
  ChunkedReader reader;
  std::size_t total = 0;
  auto state = ChunkedReader::State::more;
  for (std::size_t i = 0; i < bytes.size() && state == ChunkedReader::State::more; ++i) {
    std::size_t used = 0;
    state = reader.feed(std::string_view(bytes).substr(i, 1), used);
    total += used;
  }
  EXPECT_EQ(state, ChunkedReader::State::done);
  EXPECT_EQ(total, body.size());
  EXPECT_EQ(reader.body_bytes(), 20u);
}

TEST(Chunked, BrokenFramingIsSeen) {
  for (const char* bytes : {"x\r\n", "4\nWiki", "4\r\nWikiX\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "\r\n"}) {
    ChunkedReader reader;
    std::size_t used = 0;
    EXPECT_EQ(reader.feed(bytes, used), ChunkedReader::State::malformed) << bytes;
  }
}

TEST(QueryParameter, IsTheFirstOfItsNameDecoded) {
  EXPECT_EQ(query_parameter("a=1&run=x%2Dy&run=z", "run"), "x-y");
  EXPECT_EQ(query_parameter("run", "run"), "");
  EXPECT_EQ(query_parameter("runs=1", "run"), std::nullopt);
  EXPECT_EQ(query_parameter("run=%4", "run"), std::nullopt);
}

}  // namespace
}  // namespace blindspot::lab
