// Where views keep their rows: disposable, in a KeyValue of their own. What a
// crash takes is folded again from the log.
//
// Stored bytes. A generation is one build of one view for one school:
//   'a' SCHOOL VIEW 0                            the generation that answers
//   'g' SCHOOL VIEW 0 GENERATION 0               version and records applied
//   'g' SCHOOL VIEW 0 GENERATION 1 KEY           a row
// A row is a byte and what follows from it: 0 and the value in clear, or 1, the
// id of the key in the vault and the value sealed under it with the whole stored
// key as associated data. Numbers are big-endian.
//
// A row whose key was destroyed is no row any more.

#ifndef SERVICES_RUNTIME_VIEW_STORE_H_
#define SERVICES_RUNTIME_VIEW_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/key_value.h"
#include "storage/vault/vault.h"

namespace wardbook::runtime {

// One build of one view for one school. A value.
struct ViewGeneration {
  SchoolId school;
  std::string view;
  uint64_t number = 0;

  friend bool operator==(const ViewGeneration&, const ViewGeneration&) = default;
};

// How far a generation has come.
struct ViewProgress {
  uint32_t version = 0;
  // The number of records applied, which is the position of the next one.
  uint64_t applied = 0;
};

// The rows of a generation as of one moment, hashed.
struct ViewHash {
  uint64_t applied = 0;
  Hash hash;
};

// A row, opened.
struct ViewRow {
  std::string key;
  std::string value;
};

class ViewBatch;

// Safe for concurrent use. Calls may fail as those of the KeyValue do.
class ViewStore {
 public:
  // Takes the store's only use. `vault` outlives it.
  ViewStore(std::unique_ptr<storage::KeyValue> store, const vault::Vault& vault);

  // Nothing when there is no such row.
  absl::StatusOr<std::optional<std::string>> Get(const ViewGeneration& generation,
                                                 absl::string_view key) const;

  // At most `limit` rows with keys in [`start`, `end`) in ascending order, from
  // one consistent state. An empty `end` is after every key.
  absl::StatusOr<std::vector<ViewRow>> Scan(const ViewGeneration& generation,
                                            absl::string_view start, absl::string_view end,
                                            size_t limit) const;

  // Writes the batch and the progress, together or not at all.
  absl::Status Commit(const ViewBatch& batch, const ViewProgress& progress);

  // Nothing when the generation does not exist.
  absl::StatusOr<std::optional<ViewProgress>> FindProgress(const ViewGeneration& generation) const;

  // SHA-256 over all rows, opened, in order of their keys. NOT_FOUND: there is
  // no such generation.
  absl::StatusOr<ViewHash> HashRows(const ViewGeneration& generation) const;

  // The generations of a view, in order of their numbers.
  absl::StatusOr<std::vector<uint64_t>> ListGenerations(const SchoolId& school,
                                                        absl::string_view view) const;
  // The generation that answers; nothing before the first one does.
  absl::StatusOr<std::optional<uint64_t>> FindActive(const SchoolId& school,
                                                     absl::string_view view) const;
  // Lets another generation answer.
  absl::Status Activate(const ViewGeneration& generation);
  // Removes a generation and all its rows; a failure may leave some of them.
  absl::Status Remove(const ViewGeneration& generation);

 private:
  // The value of a stored row; nothing when its key was destroyed.
  absl::StatusOr<std::optional<std::string>> OpenRow(absl::string_view stored_key,
                                                     absl::string_view stored) const;

  const std::unique_ptr<storage::KeyValue> store_;
  const vault::Vault& vault_;
};

// Changes to one generation, which reads through them. The last change of a row
// counts, so that a row that changes often in a batch is sealed once.
// Thread-compatible.
class ViewBatch {
 public:
  // `store` outlives the batch.
  ViewBatch(const ViewStore& store, ViewGeneration generation)
      : store_(store), generation_(std::move(generation)) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const;

  // For rows without personal data.
  void PutClear(absl::string_view key, std::string value);
  // Sealed under a key of the vault when the batch is committed.
  void PutSealed(absl::string_view key, const KeyId& key_id, std::string value);
  void Delete(absl::string_view key);

  const ViewGeneration& generation() const { return generation_; }

 private:
  friend class ViewStore;
  struct Change {
    std::optional<std::string> value;  // Nothing deletes the row.
    std::optional<KeyId> key_id;       // Nothing leaves it in clear.
  };

  const ViewStore& store_;
  const ViewGeneration generation_;
  std::map<std::string, Change, std::less<>> changes_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_VIEW_STORE_H_
