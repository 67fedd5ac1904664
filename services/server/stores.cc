#include "services/server/stores.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "spdlog/spdlog.h"
#include "storage/base/durable_directory.h"
#include "storage/base/status_macros.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/rocksdb/rocksdb_key_value.h"

namespace wardbook::server {
namespace {

using storage::Profile;
using storage::RocksdbKeyValue;

// The views can be made from the log, so damage there keeps no server from starting.
// What is damaged is kept once, for whoever looks into the disk.
absl::StatusOr<std::unique_ptr<storage::KeyValue>> OpenViews(const std::string& path) {
  absl::StatusOr<std::unique_ptr<storage::KeyValue>> views =
      RocksdbKeyValue::Open(path, Profile::kSmallRows);
  if (!absl::IsDataLoss(views.status())) return views;
  const std::string aside = absl::StrCat(path, ".damaged");
  spdlog::warn("the views are damaged, are moved to {} and made anew: {}", aside,
               views.status().ToString());
  std::error_code error;
  std::filesystem::remove_all(aside, error);
  if (!error) std::filesystem::rename(path, aside, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot move ", path, " aside"));
  return RocksdbKeyValue::Open(path, Profile::kSmallRows);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Stores>> OpenStores(const std::string& data_directory,
                                                   const KeyFiles& keys) {
  WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<Stores> stores,
                            OpenStoresButViews(data_directory, keys));
  WARDBOOK_ASSIGN_OR_RETURN(stores->views, OpenViews(absl::StrCat(data_directory, "/views")));
  return stores;
}

absl::StatusOr<std::unique_ptr<Stores>> OpenStoresButViews(const std::string& data_directory,
                                                           const KeyFiles& keys) {
  WARDBOOK_RETURN_IF_ERROR(CreateDurableDirectory(data_directory));
  const auto in = [&data_directory](absl::string_view name) {
    return absl::StrCat(data_directory, "/", name);
  };
  WARDBOOK_ASSIGN_OR_RETURN(auto vault_rows,
                            RocksdbKeyValue::Open(in("vault"), Profile::kSmallRows));
  WARDBOOK_ASSIGN_OR_RETURN(auto vault, vault::Vault::Open(std::move(vault_rows), keys.master_key));
  WARDBOOK_ASSIGN_OR_RETURN(auto secrets,
                            RocksdbKeyValue::Open(in("credentials"), Profile::kSmallRows));
  WARDBOOK_ASSIGN_OR_RETURN(auto chunks, RocksdbKeyValue::Open(in("evidence"), Profile::kBlobs));
  WARDBOOK_ASSIGN_OR_RETURN(auto evidence,
                            evidence::EvidenceStore::Open(std::move(chunks), *vault));
  WARDBOOK_ASSIGN_OR_RETURN(auto pins, checkpoint::PinStore::Open(in("checkpoints")));
  WARDBOOK_ASSIGN_OR_RETURN(
      auto log, storage::RocksdbEventLog::Open(
                    in("log"), pins, keys.signer,
                    [&vault = *vault](const KeyId& id) { return vault.Find(id).status(); }));
  storage::KeyValue& rows = *secrets;
  return std::unique_ptr<Stores>(new Stores{std::move(vault), std::move(secrets), nullptr,
                                            std::move(evidence), std::move(pins), std::move(log),
                                            vault::SecretTable(rows, keys.master_key, "schools"),
                                            vault::SecretTable(rows, keys.master_key, "accounts"),
                                            vault::SecretTable(rows, keys.master_key, "sessions")});
}

}  // namespace wardbook::server
