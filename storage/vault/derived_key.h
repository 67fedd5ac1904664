// The keys that the master key stands for. The master key itself seals nothing:
// each use has a key of its own, HMAC-SHA-256 of a label keyed with the master
// key, so that no two uses can be played against each other. The labels are
//
//   "wardbook vault keys"          seals the keys of the vault
//   "wardbook table names TABLE"   hashes the names of a secret table
//   "wardbook table values TABLE"  seals the values of a secret table
//
// and are part of the stored format.

#ifndef STORAGE_VAULT_DERIVED_KEY_H_
#define STORAGE_VAULT_DERIVED_KEY_H_

#include "absl/strings/string_view.h"
#include "storage/crypto/secret.h"

namespace wardbook::vault {

// Safe for concurrent use.
crypto::Secret DerivedKey(const crypto::Secret& master_key, absl::string_view label);

}  // namespace wardbook::vault

#endif  // STORAGE_VAULT_DERIVED_KEY_H_
