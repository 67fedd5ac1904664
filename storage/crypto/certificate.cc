#include "storage/crypto/certificate.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <ctime>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "storage/crypto/random.h"

namespace wardbook::crypto {
namespace {

template <auto kFree>
struct Freeing {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Memory = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using Address = std::unique_ptr<ASN1_OCTET_STRING, Freeing<ASN1_OCTET_STRING_free>>;
using Name = std::unique_ptr<GENERAL_NAME, Freeing<GENERAL_NAME_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freeing<GENERAL_NAMES_free>>;
using Number = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;

// X.509 version 3, which is the first with extensions, is written as 2.
constexpr long kVersion3 = 2;

// RFC 5280 section 4.1.2.2 allows serial numbers of 20 bytes whose first bit is
// zero; CA/Browser Forum asks for 8 random ones at least.
constexpr size_t kSerialBytes = 16;

// RFC 5280 appendix A.1: ub-common-name.
constexpr size_t kCommonNameMax = 64;

absl::Status OpensslError(const char* step) {
  return absl::InternalError(std::string("OpenSSL cannot ") + step);
}

// Letters, digits, hyphens, dots, a wildcard, and the colons of an IPv6 address.
bool IsHost(absl::string_view host) {
  if (host.empty() || host.size() > kCommonNameMax) return false;
  for (char c : host) {
    const bool allowed = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' ||
                         c == '.' || c == '*' || c == ':';
    if (!allowed) return false;
  }
  return true;
}

Name AlternativeName(const std::string& host) {
  Name name(GENERAL_NAME_new());
  if (name == nullptr) return nullptr;
  if (Address address(a2i_IPADDRESS(host.c_str())); address != nullptr) {
    GENERAL_NAME_set0_value(name.get(), GEN_IPADD, address.release());
    return name;
  }
  ASN1_IA5STRING* const text = ASN1_IA5STRING_new();
  if (text == nullptr) return nullptr;
  GENERAL_NAME_set0_value(name.get(), GEN_DNS, text);
  if (ASN1_STRING_set(text, host.data(), static_cast<int>(host.size())) != 1) return nullptr;
  return name;
}

bool AddAlternativeNames(const std::vector<std::string>& hosts, X509* certificate) {
  const Names names(GENERAL_NAMES_new());
  if (names == nullptr) return false;
  for (const std::string& host : hosts) {
    Name name = AlternativeName(host);
    if (name == nullptr || sk_GENERAL_NAME_push(names.get(), name.get()) == 0) return false;
    static_cast<void>(name.release());  // The list owns it now.
  }
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), /*crit=*/0,
                           X509V3_ADD_DEFAULT) == 1;
}

bool AddExtension(int nid, const char* value, X509* certificate) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool SetSerial(X509* certificate) {
  std::string bytes = RandomBytes(kSerialBytes);
  bytes[0] = static_cast<char>((bytes[0] & 0x3f) | 0x40);  // Positive, and never short.
  const Number number(BN_bin2bn(reinterpret_cast<const uint8_t*>(bytes.data()),
                                static_cast<int>(bytes.size()), nullptr));
  return number != nullptr &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool SetName(const std::string& common_name, X509* certificate) {
  X509_NAME* const name = X509_get_subject_name(certificate);
  return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_ASC,
                                    reinterpret_cast<const uint8_t*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1;
}

bool SetValidity(absl::Time from, absl::Time to, X509* certificate) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(to)) != nullptr;
}

std::string Content(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return std::string(data, static_cast<size_t>(size));
}

Memory Reading(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

X509Certificate ParseCertificate(const std::string& pem) {
  const Memory memory = Reading(pem);
  if (memory == nullptr) return nullptr;
  return X509Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

Key ParseKey(const std::string& pem) {
  const Memory memory = Reading(pem);
  if (memory == nullptr) return nullptr;
  return Key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
}

}  // namespace

absl::StatusOr<Certificate> SelfSignedCertificate(const std::vector<std::string>& hosts,
                                                  absl::Time now, absl::Duration validity) {
  if (hosts.empty()) return absl::InvalidArgumentError("a certificate needs a host");
  for (const std::string& host : hosts) {
    if (!IsHost(host)) return absl::InvalidArgumentError("not a host name or address");
  }
  if (validity <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("a certificate's validity must be positive");
  }

  const Key key(EVP_EC_gen("P-256"));
  if (key == nullptr) return OpensslError("make a P-256 key");
  const X509Certificate certificate(X509_new());
  if (certificate == nullptr || X509_set_version(certificate.get(), kVersion3) != 1 ||
      X509_set_pubkey(certificate.get(), key.get()) != 1 || !SetSerial(certificate.get()) ||
      !SetName(hosts.front(), certificate.get()) ||
      !SetValidity(now, now + validity, certificate.get()) ||
      !AddExtension(NID_basic_constraints, "critical,CA:FALSE", certificate.get()) ||
      !AddExtension(NID_key_usage, "critical,digitalSignature", certificate.get()) ||
      !AddExtension(NID_ext_key_usage, "serverAuth", certificate.get()) ||
      !AddExtension(NID_subject_key_identifier, "hash", certificate.get()) ||
      !AddAlternativeNames(hosts, certificate.get())) {
    return OpensslError("fill in a certificate");
  }
  if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
    return OpensslError("sign a certificate");
  }

  const Memory certificate_pem(BIO_new(BIO_s_mem()));
  // Secure memory is wiped when it is freed.
  const Memory key_pem(BIO_new(BIO_s_secmem()));
  if (certificate_pem == nullptr || key_pem == nullptr ||
      PEM_write_bio_X509(certificate_pem.get(), certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1) {
    return OpensslError("write a certificate");
  }
  return Certificate{Content(certificate_pem.get()), Content(key_pem.get())};
}

absl::StatusOr<Certificate> RenewCertificate(const Certificate& old, absl::Time now,
                                             absl::Duration validity) {
  const X509Certificate certificate = ParseCertificate(old.certificate_pem);
  const Key key = ParseKey(old.private_key_pem);
  if (certificate == nullptr || key == nullptr ||
      X509_check_private_key(certificate.get(), key.get()) != 1 ||
      X509_verify(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError("not a self-signed certificate with its key");
  }
  if (validity <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("a certificate's validity must be positive");
  }
  const Memory certificate_pem(BIO_new(BIO_s_mem()));
  if (certificate_pem == nullptr || !SetSerial(certificate.get()) ||
      !SetValidity(now, now + validity, certificate.get()) ||
      X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0 ||
      PEM_write_bio_X509(certificate_pem.get(), certificate.get()) != 1) {
    return OpensslError("renew a certificate");
  }
  return Certificate{Content(certificate_pem.get()), old.private_key_pem};
}

absl::StatusOr<absl::Time> CertificateExpireTime(const std::string& certificate_pem) {
  const X509Certificate certificate = ParseCertificate(certificate_pem);
  std::tm end = {};
  if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) {
    return absl::InvalidArgumentError("not a certificate");
  }
  return absl::FromTM(end, absl::UTCTimeZone());
}

}  // namespace wardbook::crypto
