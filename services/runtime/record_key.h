// The key of a stored record, for whoever reads or adds to its stream.

#ifndef SERVICES_RUNTIME_RECORD_KEY_H_
#define SERVICES_RUNTIME_RECORD_KEY_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/vault/vault.h"

namespace wardbook::runtime {

// The key that a record names. DATA_LOSS: it does not open, or it is not in the vault,
// for which IsKeyMissing holds: to whoever asks that is damage, not that there is nothing
// of the kind. Otherwise as Vault::Find.
absl::StatusOr<crypto::Secret> FindRecordKey(const vault::Vault& vault, const KeyId& id);

// Whether `status` is that the vault does not have the key of a record: it is lost, or
// was destroyed with what it sealed.
bool IsKeyMissing(const absl::Status& status);

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RECORD_KEY_H_
