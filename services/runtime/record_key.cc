#include "services/runtime/record_key.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace wardbook::runtime {
namespace {

// Never leaves the server.
constexpr char kKeyMissingMark[] = "wardbook/key-missing";

}  // namespace

absl::StatusOr<crypto::Secret> FindRecordKey(const vault::Vault& vault, const KeyId& id) {
  absl::StatusOr<crypto::Secret> key = vault.Find(id);
  if (!absl::IsNotFound(key.status())) return key;
  absl::Status missing = absl::DataLossError(
      absl::StrCat("the key ", id.Hex(), " of a record is missing: restore the vault"));
  missing.SetPayload(kKeyMissingMark, absl::Cord());
  return missing;
}

bool IsKeyMissing(const absl::Status& status) {
  return status.GetPayload(kKeyMissingMark).has_value();
}

}  // namespace wardbook::runtime
