// Opening a RocksdbEventLog with other than a server's choices.

#ifndef STORAGE_ROCKSDB_ROCKSDB_EVENT_LOG_OPTIONS_H_
#define STORAGE_ROCKSDB_ROCKSDB_EVENT_LOG_OPTIONS_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "rocksdb/file_system.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/rocksdb/rocksdb_event_log.h"

namespace wardbook::storage {

struct Pinning {
  checkpoint::PinStore pins;
  checkpoint::NoteSigner signer;
};

struct RocksdbEventLogOptions {
  std::string path;
  // Nothing for a log that is opened without a vault.
  FindKey find_key;
  // Nothing for a log without pins.
  std::optional<Pinning> pinning;
  // Where the database's files are; nothing for the machine's own.
  std::shared_ptr<rocksdb::FileSystem> file_system;
  // As Database::Settings::LimitMemtables; nothing for a server's.
  std::optional<size_t> memtable_bytes;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_ROCKSDB_EVENT_LOG_OPTIONS_H_
