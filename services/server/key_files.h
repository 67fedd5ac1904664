// The server's keys: files outside the data directory, readable by the server's
// account only, made once by `wardbookd init`.
//
//   master.key    32 bytes in hexadecimal: wraps every key in the vault
//   signing.key   a C2SP note signer key: signs checkpoints and bundles
//   verifier.key  its public half, for everybody
//   tls.key       the private key of the server's certificate
//   tls.crt       the certificate, for the clients

#ifndef SERVICES_SERVER_KEY_FILES_H_
#define SERVICES_SERVER_KEY_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/secret.h"

namespace wardbook::server {

struct KeyFiles {
  crypto::Secret master_key;
  checkpoint::NoteSigner signer;
  std::string certificate_pem;
  std::string private_key_pem;
  // When the certificate ends.
  absl::Time certificate_expire_time;
};

// Makes the keys of a new server. `name` is the signer's name, under which the
// checkpoints of all its schools are known; `hosts` are the names and addresses
// clients reach it by. ALREADY_EXISTS: the directory has a key, which is never
// overwritten. UNAVAILABLE: a file cannot be written.
absl::Status MakeKeyFiles(const std::string& directory, absl::string_view name,
                          const std::vector<std::string>& hosts, absl::Time now);

// Makes the certificate valid anew, for the same names and with the same key. A
// server that runs goes on with the old one until it is started again. Gives when
// the new one ends. NOT_FOUND and INVALID_ARGUMENT as below; UNAVAILABLE: the file
// cannot be written, and the old one is whole.
absl::StatusOr<absl::Time> RenewCertificateFile(const std::string& directory, absl::Time now);

// NOT_FOUND: a file is missing. FAILED_PRECONDITION: others than its owner can
// read a secret. INVALID_ARGUMENT: a file does not hold a key.
absl::StatusOr<KeyFiles> ReadKeyFiles(const std::string& directory);

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_KEY_FILES_H_
