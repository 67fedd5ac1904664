#include "services/server/stores.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/durable_directory.h"
#include "storage/base/status_macros.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/rocksdb/rocksdb_key_value.h"

namespace wardbook::server {

absl::StatusOr<std::unique_ptr<Stores>> OpenStores(const std::string& data_directory,
                                                   const KeyFiles& keys) {
  WARDBOOK_RETURN_IF_ERROR(CreateDurableDirectory(data_directory));
  const auto in = [&data_directory](absl::string_view name) {
    return absl::StrCat(data_directory, "/", name);
  };
  using storage::Profile;
  using storage::RocksdbKeyValue;
  WARDBOOK_ASSIGN_OR_RETURN(auto vault_rows,
                            RocksdbKeyValue::Open(in("vault"), Profile::kSmallRows));
  WARDBOOK_ASSIGN_OR_RETURN(auto vault, vault::Vault::Open(std::move(vault_rows), keys.master_key));
  WARDBOOK_ASSIGN_OR_RETURN(auto secrets,
                            RocksdbKeyValue::Open(in("credentials"), Profile::kSmallRows));
  WARDBOOK_ASSIGN_OR_RETURN(auto views, RocksdbKeyValue::Open(in("views"), Profile::kSmallRows));
  WARDBOOK_ASSIGN_OR_RETURN(auto chunks, RocksdbKeyValue::Open(in("evidence"), Profile::kBlobs));
  WARDBOOK_ASSIGN_OR_RETURN(auto evidence,
                            evidence::EvidenceStore::Open(std::move(chunks), *vault));
  WARDBOOK_ASSIGN_OR_RETURN(auto pins, checkpoint::PinStore::Open(in("checkpoints")));
  WARDBOOK_ASSIGN_OR_RETURN(auto log, storage::RocksdbEventLog::Open(in("log"), pins, keys.signer));
  storage::KeyValue& rows = *secrets;
  return std::unique_ptr<Stores>(new Stores{std::move(vault), std::move(secrets), std::move(views),
                                            std::move(evidence), std::move(pins), std::move(log),
                                            vault::SecretTable(rows, keys.master_key, "schools"),
                                            vault::SecretTable(rows, keys.master_key, "accounts"),
                                            vault::SecretTable(rows, keys.master_key, "sessions")});
}

}  // namespace wardbook::server
