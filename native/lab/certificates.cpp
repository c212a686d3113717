// Builds X.509 certificates with OpenSSL, field by field.
#include "native/lab/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace blindspot::lab {
namespace {

constexpr long day = 86'400;

void must(bool success, const char* what) {
  if (!success) throw std::runtime_error(std::string("OpenSSL could not ") + what);
}

struct Wanted {
  std::string common_name;
  std::string alternative_names;  // as OpenSSL's configuration writes them; empty: none
  long valid_from = -day, valid_until = 30 * day;  // seconds from now
  std::string name_constraints;  // not empty: an authority
};

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  must(extension != nullptr, "make a certificate extension");
  const int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  must(added == 1, "add a certificate extension");
}

void set_serial(X509* certificate) {
  unsigned char bytes[16];
  must(RAND_bytes(bytes, sizeof bytes) == 1, "draw a serial number");
  bytes[0] &= 0x7f;
  std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_bin2bn(bytes, sizeof bytes, nullptr), &BN_free);
  must(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "set a serial number");
}

void set_name(X509_NAME* name, const std::string& common_name) {
  const auto* text = reinterpret_cast<const unsigned char*>(common_name.c_str());
  const auto* organization = reinterpret_cast<const unsigned char*>("Blindspot lab");
  must(X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, organization, -1, -1, 0) == 1, "name an organization");
  must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1, "name a subject");
}

// Signed by `issuer`, or by itself where that is null.
Identity make_identity(const Wanted& wanted, const Identity* issuer) {
  Identity made{PrivateKey(EVP_EC_gen("P-256")), Certificate(X509_new())};
  must(made.key && made.certificate, "make a key");
  X509* certificate = made.certificate.get();
  X509* issuing = issuer ? issuer->certificate.get() : certificate;
  must(X509_set_version(certificate, X509_VERSION_3) == 1, "set a version");
  set_serial(certificate);
  must(X509_gmtime_adj(X509_getm_notBefore(certificate), wanted.valid_from) != nullptr, "set a date");
  must(X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.valid_until) != nullptr, "set a date");
  set_name(X509_get_subject_name(certificate), wanted.common_name);
  must(X509_set_issuer_name(certificate, X509_get_subject_name(issuing)) == 1, "set an issuer");
  must(X509_set_pubkey(certificate, made.key.get()) == 1, "set a public key");

  const bool authority = !wanted.name_constraints.empty();
  add_extension(certificate, issuing, NID_basic_constraints, authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
  add_extension(certificate, issuing, NID_key_usage, authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  add_extension(certificate, issuing, NID_subject_key_identifier, "hash");
  if (issuer) add_extension(certificate, issuing, NID_authority_key_identifier, "keyid");
  if (authority) add_extension(certificate, issuing, NID_name_constraints, wanted.name_constraints);
  else add_extension(certificate, issuing, NID_ext_key_usage, "serverAuth");
  if (!wanted.alternative_names.empty())
    add_extension(certificate, issuing, NID_subject_alt_name, wanted.alternative_names);
  must(X509_sign(certificate, issuer ? issuer->key.get() : made.key.get(), EVP_sha256()) > 0, "sign a certificate");
  return made;
}

}  // namespace

void OpensslDelete::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
void OpensslDelete::operator()(X509* certificate) const { X509_free(certificate); }

Identities make_identities(const std::vector<std::string>& addresses) {
  // OpenSSL takes no wildcard directly below a top-level name, and Firefox 153 refuses a certificate that has one together
  // with name constraints: two names below localhost stand in full.
  std::string names = "DNS:localhost,DNS:api.localhost,DNS:app.localhost,IP:127.0.0.1,IP:::1";
  std::string allowed =
      "critical,permitted;DNS:localhost,permitted;DNS:invalid,permitted;IP:127.0.0.0/255.0.0.0,"
      "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  for (const auto& address : addresses) {
    names += ",IP:" + address;
    allowed += ",permitted;IP:" + address + "/255.255.255.255";
  }
  Identities all;
  all.authority = make_identity({"Blindspot lab authority", "", -day, 30 * day, allowed}, nullptr);
  all.good = make_identity({"localhost", names, -day, 30 * day, ""}, &all.authority);
  all.expired = make_identity({"localhost", names, -30 * day, -day, ""}, &all.authority);
  all.self_signed = make_identity({"localhost", names, -day, 30 * day, ""}, nullptr);
  all.wrong_host = make_identity({"other.invalid", "DNS:other.invalid", -day, 30 * day, ""}, &all.authority);
  return all;
}

std::string certificate_pem(const Certificate& certificate) {
  std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  must(memory && PEM_write_bio_X509(memory.get(), certificate.get()) == 1, "write a certificate");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace blindspot::lab
