// Does each TLS origin fail in its own way, and in no other? Seen with an OpenSSL client that trusts the lab's authority.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <map>
#include <memory>

#include "native/lab/ports.hpp"
#include "tests/unit/lab/wire_client.hpp"

namespace blindspot::lab {
namespace {

enum class Checks { everything, nothing };

struct Deleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};

// One TLS connection; reading and writing block, but the socket has a time limit.
class TlsClient {
 public:
  TlsClient(RunningLab& lab, int offset, const char* host, Checks checks, bool trust = true)
      : socket_(lab.port(offset)), context_(SSL_CTX_new(TLS_client_method())) {
    timeval limit{5, 0};
    ::setsockopt(socket_.fd(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (trust) {
      const auto& pem = lab.server().ca_pem();
      std::unique_ptr<BIO, Deleter> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
      std::unique_ptr<X509, Deleter> authority(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), authority.get());
    }
    if (checks == Checks::everything) SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_tlsext_host_name(ssl_.get(), host);
    if (std::string_view(host).find_first_not_of("0123456789.") == std::string_view::npos)
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host);
    else
      SSL_set1_host(ssl_.get(), host);
    SSL_set_fd(ssl_.get(), socket_.fd());
    result_ = SSL_connect(ssl_.get());
    if (result_ != 1) error_ = SSL_get_error(ssl_.get(), result_);
    ERR_clear_error();
  }

  bool connected() const { return result_ == 1; }
  int error() const { return error_; }
  long verify_result() const { return SSL_get_verify_result(ssl_.get()); }
  void send(std::string_view bytes) { SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())); }

  // Until the end; `ending` becomes SSL_ERROR_ZERO_RETURN for close_notify.
  Received read(int& ending) {
    Received received;
    char buffer[16384];
    for (;;) {
      const int count = SSL_read(ssl_.get(), buffer, sizeof buffer);
      if (count <= 0) {
        ending = SSL_get_error(ssl_.get(), count);
        ERR_clear_error();
        return received;
      }
      received.bytes.append(buffer, static_cast<std::size_t>(count));
    }
  }

  // Whether nothing comes within so long.
  bool silent_for(int ms) {
    timeval limit{0, ms * 1000};
    ::setsockopt(socket_.fd(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char byte;
    const int count = SSL_read(ssl_.get(), &byte, 1);
    return count <= 0 && SSL_get_error(ssl_.get(), count) == SSL_ERROR_WANT_READ;
  }

 private:
  WireClient socket_;
  std::unique_ptr<SSL_CTX, Deleter> context_;
  std::unique_ptr<SSL, Deleter> ssl_;
  int result_ = 0, error_ = 0;
};

struct TlsRow {
  const char* name;
  int offset;
  const char* host;
  bool trust;
  long verify_result;
};

std::ostream& operator<<(std::ostream& out, const TlsRow& row) { return out << row.name; }

const TlsRow tls_rows[] = {
    {"good_localhost", tls_good_offset, "localhost", true, X509_V_OK},
    {"good_subdomain", tls_good_offset, "api.localhost", true, X509_V_OK},
    {"good_address", tls_good_offset, "127.0.0.1", true, X509_V_OK},
    {"good_without_trust", tls_good_offset, "localhost", false, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY},
    {"expired", tls_expired_offset, "localhost", true, X509_V_ERR_CERT_HAS_EXPIRED},
    {"self_signed", tls_self_signed_offset, "localhost", true, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT},
    {"wrong_host", tls_wrong_host_offset, "localhost", true, X509_V_ERR_HOSTNAME_MISMATCH},
    {"wrong_host_by_its_own_name", tls_wrong_host_offset, "other.invalid", true, X509_V_OK},
};

class TlsOrigin : public testing::TestWithParam<TlsRow> {};

TEST_P(TlsOrigin, FailsInItsOwnWayOnly) {
  const auto& row = GetParam();
  TlsClient client(shared_lab(), row.offset, row.host, Checks::everything, row.trust);
  EXPECT_EQ(client.verify_result(), row.verify_result) << X509_verify_cert_error_string(client.verify_result());
  EXPECT_EQ(client.connected(), row.verify_result == X509_V_OK);
}

INSTANTIATE_TEST_SUITE_P(Rows, TlsOrigin, testing::ValuesIn(tls_rows), [](const auto& row) { return std::string(row.param.name); });

TEST(Tls, HandshakeTargetResets) {
  TlsClient client(shared_lab(), tls_handshake_offset, "localhost", Checks::nothing);
  EXPECT_FALSE(client.connected());
  EXPECT_EQ(client.error(), SSL_ERROR_SYSCALL);
  WireClient raw(shared_lab().port(tls_handshake_offset));
  raw.send("\x16\x03\x01");
  const auto seen = raw.read(5000);
  EXPECT_EQ(seen.end, Seen::rst);
  EXPECT_EQ(seen.bytes, "");
}

TEST(Tls, WhoIgnoresTheCertificateReachesTheLab) {
  for (int offset : {tls_expired_offset, tls_self_signed_offset, tls_wrong_host_offset}) {
    const auto run = fresh_run();
    TlsClient client(shared_lab(), offset, "localhost", Checks::nothing);
    ASSERT_TRUE(client.connected());
    client.send(make_request("GET", "/mix/status=418?run=" + run, {{"Host", "localhost:1"}}));
    int ending = 0;
    EXPECT_EQ(parse_answer(client.read(ending)).status, 418);
    EXPECT_EQ(ending, SSL_ERROR_ZERO_RETURN);
    EXPECT_EQ(shared_lab().settled_journal(run, 1)["rounds"][0]["url"], "https://localhost:1/mix/status=418?run=" + run);
  }
}

TEST(Tls, GoodOriginServesPageAndLab) {
  struct Row {
    const char* target;
    int status;
  };
  for (const Row& row : {Row{"/lab.json", 200}, Row{"/mix", 200}, Row{"/journal/x", 200}, Row{"/case/ok", 200}, Row{"/", 503}}) {
    TlsClient client(shared_lab(), tls_good_offset, "localhost", Checks::everything);
    ASSERT_TRUE(client.connected());
    client.send(make_request("GET", row.target));
    int ending = 0;
    EXPECT_EQ(parse_answer(client.read(ending)).status, row.status) << row.target;
  }
}

TEST(Tls, FaultsAreTrueUnderTls) {
  const auto run = fresh_run();
  int ending = 0;
  TlsClient cut(shared_lab(), tls_good_offset, "localhost", Checks::everything);
  cut.send(make_request("GET", "/mix/end=cut/body=1000?run=" + run));
  EXPECT_EQ(parse_answer(cut.read(ending)).body.size(), 500u);
  EXPECT_EQ(ending, SSL_ERROR_SYSCALL);
  EXPECT_EQ(shared_lab().settled_journal(run, 1)["rounds"][0]["ending"], "reset");

  TlsClient shortened(shared_lab(), tls_good_offset, "localhost", Checks::everything);
  shortened.send(make_request("GET", "/mix/end=short/body=1000"));
  EXPECT_EQ(parse_answer(shortened.read(ending)).body.size(), 500u);
  EXPECT_EQ(ending, SSL_ERROR_ZERO_RETURN);

  TlsClient silent(shared_lab(), tls_good_offset, "localhost", Checks::everything);
  silent.send(make_request("GET", "/mix/end=silence"));
  EXPECT_TRUE(silent.silent_for(200));

  TlsClient large(shared_lab(), tls_good_offset, "localhost", Checks::everything);
  large.send(make_request("GET", "/mix/body=8mb"));
  EXPECT_EQ(parse_answer(large.read(ending)).body.size(), 8u << 20);
}

TEST(Tls, AClientLeavingIsNoticed) {
  const auto run = fresh_run();
  {
    TlsClient client(shared_lab(), tls_good_offset, "localhost", Checks::everything);
    client.send(make_request("GET", "/mix/end=silence?run=" + run));
    EXPECT_TRUE(client.silent_for(100));
  }
  nlohmann::json round;
  for (int i = 0; i < 500 && round["ending"] != "client-left"; ++i) round = shared_lab().journal(run)["rounds"].back();
  EXPECT_EQ(round["ending"], "client-left");
}

TEST(Tls, FailedHandshakesStandInTheJournal) {
  RunningLab lab;
  TlsClient(lab, tls_expired_offset, "localhost", Checks::everything);
  TlsClient(lab, tls_self_signed_offset, "localhost", Checks::everything);
  TlsClient(lab, tls_wrong_host_offset, "localhost", Checks::everything);
  TlsClient(lab, tls_handshake_offset, "localhost", Checks::everything);
  nlohmann::json told;
  for (int i = 0; i < 500 && told.size() < 4; ++i) told = lab.journal("any")["connections_without_request"];
  ASSERT_EQ(told.size(), 4u) << told;
  std::map<std::string, nlohmann::json> by_target;
  for (const auto& each : told) by_target[each["target"]] = each;
  EXPECT_EQ(by_target["tls-expired"]["alert"], "certificate expired");
  EXPECT_EQ(by_target["tls-expired"]["reach"], "tls-expired");
  EXPECT_EQ(by_target["tls-self-signed"]["reach"], "tls-self-signed");
  EXPECT_EQ(by_target["tls-self-signed"]["alert"], "unknown CA");
  EXPECT_EQ(by_target["tls-wrong-host"]["reach"], "tls-name-mismatch");
  EXPECT_EQ(by_target["tls-handshake"]["reach"], "tls-failed");
  EXPECT_GE(by_target["tls-expired"]["at_ms_ago"].get<double>(), 0);
}

TEST(Tls, AuthorityIsHandedOut) {
  const auto answer = call(shared_lab().page(), "GET", "/ca.pem");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, shared_lab().server().ca_pem());
  EXPECT_TRUE(answer.body.starts_with("-----BEGIN CERTIFICATE-----"));
}

}  // namespace
}  // namespace blindspot::lab
