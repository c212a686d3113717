// Which files does the page server hand out, how, and which never? And what does /lab.json say?
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "native/lab/static_files.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

// A built page in a folder of its own, with things around it that must stay unseen.
class Page : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "blindspot-page-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    write_file(root_ / "outside.txt", "outside");
    write_file(root_ / "dist-other" / "x.txt", "neighbour");
    const auto dist = root_ / "dist";
    write_file(dist / "index.html", "<!doctype html>page");
    write_file(dist / "blindspot.wasm", "wasm bytes");
    write_file(dist / "blindspot.wasm.br", "packed");
    write_file(dist / "app.js", "js");
    write_file(dist / "learn" / "index.html", "learn");
    write_file(dist / ".hidden", "hidden");
    write_file(dist / "a b.txt", "spaced");
    fs::create_symlink(root_ / "outside.txt", dist / "link.txt");
    ServerOptions options;
    options.dist = dist;
    lab_ = new RunningLab(std::move(options));
  }
  static void TearDownTestSuite() {
    delete lab_;
    fs::remove_all(root_);
  }
  static WireAnswer get(std::string_view target, const Headers& headers = {}) {
    return call(lab_->page(), "GET", target, headers);
  }

  static fs::path root_;
  static RunningLab* lab_;
};

fs::path Page::root_;
RunningLab* Page::lab_ = nullptr;

TEST_F(Page, IndexIsServedWithItsType) {
  const auto answer = get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "<!doctype html>page");
  EXPECT_EQ(header_value(answer.headers, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header_value(answer.headers, "Cache-Control"), "no-cache");
  EXPECT_EQ(get("/?run=1").body, answer.body);
  EXPECT_EQ(get("/learn/").body, "learn");
  EXPECT_EQ(get("/a%20b.txt").body, "spaced");
}

TEST_F(Page, WasmIsPackedForWhoTakesBrotli) {
  const auto plain = get("/blindspot.wasm");
  EXPECT_EQ(plain.body, "wasm bytes");
  EXPECT_EQ(header_value(plain.headers, "Content-Type"), "application/wasm");
  EXPECT_FALSE(has_header(plain.headers, "Content-Encoding"));
  const auto packed = get("/blindspot.wasm", {{"Accept-Encoding", "gzip, deflate, br, zstd"}});
  EXPECT_EQ(packed.body, "packed");
  EXPECT_EQ(header_value(packed.headers, "Content-Type"), "application/wasm");
  EXPECT_EQ(header_value(packed.headers, "Content-Encoding"), "br");
  EXPECT_EQ(header_value(packed.headers, "Vary"), "Accept-Encoding");
  EXPECT_NE(header_value(packed.headers, "ETag"), header_value(plain.headers, "ETag"));
  EXPECT_EQ(get("/blindspot.wasm", {{"Accept-Encoding", "br;q=0, gzip"}}).body, "wasm bytes");
}

TEST_F(Page, AKnownEtagIsNotSentAgain) {
  const auto etag = header_value(get("/app.js").headers, "ETag").value_or("");
  const auto again = get("/app.js", {{"If-None-Match", etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(get("/app.js", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST_F(Page, AChangedFileIsServedAnew) {
  write_file(root_ / "dist" / "fresh.txt", "old");
  EXPECT_EQ(get("/fresh.txt").body, "old");
  write_file(root_ / "dist" / "fresh.txt", "newer");
  fs::last_write_time(root_ / "dist" / "fresh.txt", fs::file_time_type::clock::now() + std::chrono::seconds(2));
  EXPECT_EQ(get("/fresh.txt").body, "newer");
}

TEST_F(Page, NothingOutsideIsEverServed) {
  for (const char* target :
       {"/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/learn/../../outside.txt", "/learn/..%2f..%2foutside.txt",
        "/..%5coutside.txt", "/.hidden", "/%2ehidden", "//outside.txt", "/%00", "/app.js%00.html", "/link.txt", "/%", "/./app.js",
        "/../dist-other/x.txt", "/learn", "/nothing.txt", "/C:%5cwindows"}) {
    const auto answer = get(target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_EQ(answer.body, "not found\n") << target;
  }
}

TEST_F(Page, OnlyReadingIsAllowed) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
    const auto answer = call(lab_->page(), method, "/");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(header_value(answer.headers, "Allow"), "GET, HEAD");
  }
  const auto head = call(lab_->page(), "HEAD", "/");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(header_value(head.headers, "Content-Length"), "19");
}

TEST_F(Page, ConnectionsAreKeptAlive) {
  WireClient client(lab_->page());
  client.send(make_request("GET", "/app.js") + make_request("GET", "/learn/", {{"Connection", "close"}}));
  const auto both = client.read(5000);
  EXPECT_EQ(both.end, Seen::fin);
  EXPECT_NE(both.bytes.find("\r\n\r\njsHTTP/1.1 200 OK"), std::string::npos) << both.bytes;
  EXPECT_TRUE(both.bytes.ends_with("\r\n\r\nlearn"));
}

TEST_F(Page, LabJsonNamesEveryTargetForThisOriginOnly) {
  const auto answer = get("/lab.json", {{"Origin", "http://p.invalid"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_value(answer.headers, "Cache-Control"), "no-store");
  EXPECT_FALSE(has_header(answer.headers, "Access-Control-Allow-Origin"));
  const auto body = nlohmann::json::parse(answer.body);
  const int port = lab_->page();
  const auto http = [&](int offset) { return "http://127.0.0.1:" + std::to_string(port + offset); };
  const auto https = [&](int offset) { return "https://localhost:" + std::to_string(port + offset); };
  const nlohmann::json wanted{
      {"version", "test"}, {"page", http(0)}, {"lab", http(1)},
      {"targets", {{"lab", http(1)}, {"closed-port", http(8)}, {"never-accepts", http(9)},
                   {"unknown-host", "http://no-such-host.invalid"}, {"tls-good", https(2)}, {"tls-expired", https(3)},
                   {"tls-self-signed", https(4)}, {"tls-wrong-host", https(5)}, {"tls-handshake", https(6)},
                   {"cleartext", "http://cleartext.invalid"}, {"offline", "http://offline.invalid"}}}};
  EXPECT_EQ(body, wanted);
  EXPECT_EQ(nlohmann::json::parse(call(lab_->page(), "GET", "/lab.json", {{"Host", "evil.invalid:80"}}).body), wanted);
}

TEST(PageNotBuilt, IsSaidAndTheLabServesAllTheSame) {
  const auto answer = call(shared_lab().page(), "GET", "/");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "page not built: run ./run\n");
  EXPECT_FALSE(shared_lab().server().page_built());
  const auto index = nlohmann::json::parse(call(shared_lab().lab(), "GET", "/").body, nullptr, false);
  EXPECT_EQ(index["name"], "blindspot lab");
  EXPECT_EQ(call(shared_lab().lab(), "GET", "/nowhere").status, 404);
}

TEST(PageEncoding, BrotliIsTakenAsAsked) {
  EXPECT_TRUE(accepts_brotli("br"));
  EXPECT_TRUE(accepts_brotli("gzip;q=1.0, BR;q=0.5"));
  EXPECT_FALSE(accepts_brotli("gzip, brotli"));
  EXPECT_FALSE(accepts_brotli("br;q=0.0"));
  EXPECT_FALSE(accepts_brotli(""));
}

}  // namespace
}  // namespace blindspot::lab
