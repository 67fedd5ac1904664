// A table of secrets: rows found by a name that must not be readable on the
// disk. The name is stored as a keyed hash, the value sealed. Credentials,
// sessions and school names live in such tables.

#ifndef STORAGE_VAULT_SECRET_TABLE_H_
#define STORAGE_VAULT_SECRET_TABLE_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/key_value.h"

namespace wardbook::vault {

// Safe for concurrent use. Writes are durable on return; one that fails has changed nothing
// unless the store fails to tell afterwards. A row is stored in
// `store` under the key TABLE, 0x00, HMAC-SHA-256(name); its value is sealed
// with the table's name and that hash as associated data, so that no value can
// stand in another's place. Both keys are derived from the master key
// (derived_key.h).
class SecretTable {
 public:
  // `store` outlives the table; `table` is a short name of lower-case letters.
  SecretTable(storage::KeyValue& store, const crypto::Secret& master_key, absl::string_view table);

  absl::Status Put(absl::string_view name, absl::string_view value);
  // DATA_LOSS: the row is not what was put there, or under another master key.
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view name) const;
  absl::Status Delete(absl::string_view name);
  // Deletes all of these, or none; it waits for the disk once.
  absl::Status DeleteAll(absl::Span<const absl::string_view> names);
  // Puts a row and deletes that of another name, both or neither.
  absl::Status PutInPlaceOf(absl::string_view old_name, absl::string_view name,
                            absl::string_view value);

  // Visits the values of all rows, in no meaningful order, until `visit`
  // returns false; `visit` must not write to the table. DATA_LOSS as Get.
  absl::Status ForEach(absl::FunctionRef<bool(absl::string_view value)> visit) const;

 private:
  Hash NameHash(absl::string_view name) const;
  std::string KeyOf(const Hash& name_hash) const;
  // With the row of that name among them.
  absl::Status Write(storage::WriteSet writes, absl::string_view name, absl::string_view value);

  storage::KeyValue& store_;
  std::string table_;
  crypto::Secret name_key_;
  crypto::Secret value_key_;
};

}  // namespace wardbook::vault

#endif  // STORAGE_VAULT_SECRET_TABLE_H_
