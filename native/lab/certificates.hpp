// Whom does a TLS origin claim to be? An authority of the lab's own and the certificates it signs, made anew at each start.
// No key is ever written to disk. Handshakes are left to connection.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <vector>

namespace blindspot::lab {

struct OpensslDelete {
  void operator()(EVP_PKEY* key) const;
  void operator()(X509* certificate) const;
};
using PrivateKey = std::unique_ptr<EVP_PKEY, OpensslDelete>;
using Certificate = std::unique_ptr<X509, OpensslDelete>;

struct Identity {
  PrivateKey key;
  Certificate certificate;
};

struct Identities {
  Identity authority, good, expired, self_signed, wrong_host;
};

// All five, on P-256. `addresses` are the IP addresses beside loopback that the good ones are valid for. The authority may
// sign for loopback names, *.invalid and these addresses only. Throws std::runtime_error when OpenSSL fails.
Identities make_identities(const std::vector<std::string>& addresses);

std::string certificate_pem(const Certificate& certificate);

}  // namespace blindspot::lab
