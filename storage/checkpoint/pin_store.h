// The newest checkpoint of every school, pinned in a file outside the database:
// one file a school, named by its id. A database restored from an old backup,
// or cut short, is behind its pin and is found out at start.
//
// After a crash a pin is the one before or the one after, never a mixture: it is
// written aside, synced, renamed, and its directory synced.

#ifndef STORAGE_CHECKPOINT_PIN_STORE_H_
#define STORAGE_CHECKPOINT_PIN_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

namespace wardbook::checkpoint {

// Safe for concurrent use as long as each school is pinned by one thread at a
// time.
class PinStore {
 public:
  // Creates `directory` if there is none. UNAVAILABLE: it cannot.
  static absl::StatusOr<PinStore> Open(absl::string_view directory);

  // The pinned signed note; nothing when the school has none. UNAVAILABLE: it
  // cannot be read.
  absl::StatusOr<std::optional<std::string>> Read(const SchoolId& school) const;

  // Replaces the pin. On OK it survives power loss. UNAVAILABLE: it could not;
  // one of the two pins stands.
  absl::Status Write(const SchoolId& school, absl::string_view note) const;

  // The two halves of Write, for who pins many schools: Replace leaves a pin that
  // is whole, but is durable only after Sync. UNAVAILABLE as Write.
  absl::Status Replace(const SchoolId& school, absl::string_view note) const;
  absl::Status Sync() const;

  // The schools that have a pin, in order. UNAVAILABLE: they cannot be listed.
  absl::StatusOr<std::vector<SchoolId>> Schools() const;

 private:
  explicit PinStore(std::string directory);

  std::string directory_;
};

}  // namespace wardbook::checkpoint

#endif  // STORAGE_CHECKPOINT_PIN_STORE_H_
