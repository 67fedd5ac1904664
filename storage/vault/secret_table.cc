#include "storage/vault/secret_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/sha256.h"
#include "storage/vault/derived_key.h"

namespace wardbook::vault {
namespace {

constexpr absl::string_view kEndOfTableName("\0", 1);

absl::StatusOr<std::string> OpenValue(const crypto::Secret& value_key, absl::string_view table,
                                      absl::string_view name_hash, absl::string_view sealed) {
  absl::StatusOr<std::string> value =
      crypto::Open(value_key, absl::StrCat(table, name_hash), sealed);
  if (!value.ok()) {
    return absl::DataLossError(absl::StrCat("a row of the table ", table, " does not open"));
  }
  return value;
}

}  // namespace

SecretTable::SecretTable(storage::KeyValue& store, const crypto::Secret& master_key,
                         absl::string_view table)
    : store_(store),
      table_(table),
      name_key_(DerivedKey(master_key, absl::StrCat("wardbook table names ", table))),
      value_key_(DerivedKey(master_key, absl::StrCat("wardbook table values ", table))) {
  WARDBOOK_ASSERT(!table.empty() && std::all_of(table.begin(), table.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c));
  }));
}

Hash SecretTable::NameHash(absl::string_view name) const {
  return crypto::HmacSha256(name_key_.view(), name);
}

std::string SecretTable::KeyOf(const Hash& name_hash) const {
  return absl::StrCat(table_, kEndOfTableName, name_hash.view());
}

absl::Status SecretTable::Write(storage::WriteSet writes, absl::string_view name,
                                absl::string_view value) {
  const Hash hash = NameHash(name);
  const std::string key = KeyOf(hash);
  const std::string sealed = crypto::Seal(value_key_, absl::StrCat(table_, hash.view()), value);
  writes.Put(key, sealed);
  absl::Status written = store_.Write(writes, storage::Durability::kSynced);
  if (written.ok()) return written;
  // A write may fail at what the store does after it: what is seen of it is durable. No
  // other write has these bytes.
  const absl::StatusOr<std::optional<std::string>> there = store_.Get(key);
  return there.ok() && *there == sealed ? absl::OkStatus() : written;
}

absl::Status SecretTable::Put(absl::string_view name, absl::string_view value) {
  return Write(storage::WriteSet(), name, value);
}

absl::Status SecretTable::PutInPlaceOf(absl::string_view old_name, absl::string_view name,
                                       absl::string_view value) {
  storage::WriteSet writes;
  writes.Delete(KeyOf(NameHash(old_name)));
  return Write(std::move(writes), name, value);
}

absl::StatusOr<std::optional<std::string>> SecretTable::Get(absl::string_view name) const {
  const Hash hash = NameHash(name);
  WARDBOOK_ASSIGN_OR_RETURN(std::optional<std::string> sealed, store_.Get(KeyOf(hash)));
  if (!sealed.has_value()) return std::nullopt;
  return OpenValue(value_key_, table_, hash.view(), *sealed);
}

absl::Status SecretTable::Delete(absl::string_view name) { return DeleteAll({name}); }

absl::Status SecretTable::DeleteAll(absl::Span<const absl::string_view> names) {
  if (names.empty()) return absl::OkStatus();
  storage::WriteSet writes;
  for (absl::string_view name : names) writes.Delete(KeyOf(NameHash(name)));
  return store_.Write(writes, storage::Durability::kSynced);
}

absl::Status SecretTable::ForEach(absl::FunctionRef<bool(absl::string_view value)> visit) const {
  const std::string prefix = absl::StrCat(table_, kEndOfTableName);
  absl::Status opened;
  WARDBOOK_RETURN_IF_ERROR(store_.Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view sealed) {
        absl::StatusOr<std::string> value =
            OpenValue(value_key_, table_, key.substr(prefix.size()), sealed);
        opened = value.status();
        return value.ok() && visit(*value);
      }));
  return opened;
}

}  // namespace wardbook::vault
