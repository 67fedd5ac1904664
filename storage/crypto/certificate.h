// A TLS certificate for a server that has none yet.

#ifndef STORAGE_CRYPTO_CERTIFICATE_H_
#define STORAGE_CRYPTO_CERTIFICATE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace wardbook::crypto {

struct Certificate {
  std::string certificate_pem;
  std::string private_key_pem;
};

// A self-signed P-256 certificate for the host names and addresses given, the
// first of which is its common name, valid for `validity` from `now` on.
// INVALID_ARGUMENT: no host, one that is no host name or address (of at most 64
// bytes), or no time to be valid.
absl::StatusOr<Certificate> SelfSignedCertificate(const std::vector<std::string>& hosts,
                                                  absl::Time now, absl::Duration validity);

// The same certificate for the same key, valid anew. To clients it is another: each
// has to be given it before the old one ends.
// INVALID_ARGUMENT: not a self-signed certificate with its key, or no time to be
// valid.
absl::StatusOr<Certificate> RenewCertificate(const Certificate& certificate, absl::Time now,
                                             absl::Duration validity);

// When the certificate ends. INVALID_ARGUMENT: not a certificate.
absl::StatusOr<absl::Time> CertificateExpireTime(const std::string& certificate_pem);

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_CERTIFICATE_H_
