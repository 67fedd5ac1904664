// The stores of a server, each in its directory below the data directory.

#ifndef SERVICES_SERVER_STORES_H_
#define SERVICES_SERVER_STORES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/server/key_files.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/evidence/evidence_store.h"
#include "storage/key_value.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "storage/vault/secret_table.h"
#include "storage/vault/vault.h"

namespace wardbook::server {

// Members are in order of construction: each uses those above it.
struct Stores {
  std::unique_ptr<vault::Vault> vault;
  std::unique_ptr<storage::KeyValue> secrets;
  std::unique_ptr<storage::KeyValue> views;
  std::unique_ptr<evidence::EvidenceStore> evidence;
  checkpoint::PinStore pins;
  std::unique_ptr<storage::RocksdbEventLog> log;
  vault::SecretTable schools;
  vault::SecretTable accounts;
  vault::SecretTable sessions;
};

// Fails as the stores do.
absl::StatusOr<std::unique_ptr<Stores>> OpenStores(const std::string& data_directory,
                                                   const KeyFiles& keys);

// The same without the views, which are null: for who leaves them as they are.
absl::StatusOr<std::unique_ptr<Stores>> OpenStoresButViews(const std::string& data_directory,
                                                           const KeyFiles& keys);

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_STORES_H_
