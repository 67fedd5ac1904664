// Ordered key-value storage: what the vault, the evidence store and the views
// are built on. One instance is one directory (or one table of a cluster).

#ifndef STORAGE_KEY_VALUE_H_
#define STORAGE_KEY_VALUE_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::storage {

// Puts and deletes that take effect together or not at all, in order.
// Thread-compatible.
class WriteSet {
 public:
  struct Operation {
    std::string key;
    std::optional<std::string> value;  // Nothing deletes the key.
  };

  void Put(std::string key, std::string value) {
    operations_.push_back({std::move(key), std::move(value)});
  }
  void Delete(std::string key) { operations_.push_back({std::move(key), std::nullopt}); }
  const std::vector<Operation>& operations() const { return operations_; }
  bool empty() const { return operations_.empty(); }

 private:
  std::vector<Operation> operations_;
};

enum class Durability {
  kSynced,    // On OK it survives power loss.
  kBuffered,  // It survives the process; power loss may take it, newest first,
              // until the next synced write.
};

// Safe for concurrent use.
//
// Any call may fail with UNAVAILABLE (the disk failed or is full; of a write all or nothing
// took effect, and what is seen of a synced one is durable) or DATA_LOSS (what is stored is
// corrupt).
class KeyValue {
 public:
  virtual ~KeyValue() = default;

  virtual absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const = 0;

  virtual absl::Status Write(const WriteSet& writes, Durability durability) = 0;

  // Calls `visit` for every key in [`start`, `end`) in ascending order of bytes,
  // from one consistent state, until it returns false. An empty `end` is after
  // every key. `visit` may call the store, another Scan included, but not Purge,
  // which would wait for the scan that it is part of.
  virtual absl::Status Scan(
      absl::string_view start, absl::string_view end,
      const std::function<bool(absl::string_view key, absl::string_view value)>& visit) const = 0;

  // Removes what was deleted in [`start`, `end`) from the disk itself, so that
  // no old copy of it remains in this store's files. Slow.
  virtual absl::Status Purge(absl::string_view start, absl::string_view end) = 0;

  // Gives room back that deleted values still take, unless it is less than what is
  // there takes. Slow. UNAVAILABLE also when the disk has no room for what has to be
  // written before; then all that was written stays, and it may be asked again.
  virtual absl::Status Reclaim() = 0;

  // Compares every block of the sorted rows with its checksum, also those that no row
  // is read from; not large values, which are compared when they are read. Slow.
  // DATA_LOSS: one is damaged; the message names the file.
  virtual absl::Status CheckBlocks() const = 0;
};

// The smallest key after all keys that begin with `prefix`; empty when there is
// none.
std::string PrefixEnd(absl::string_view prefix);

}  // namespace wardbook::storage

#endif  // STORAGE_KEY_VALUE_H_
