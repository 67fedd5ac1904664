// Making a directory that is still there after a power loss.

#ifndef STORAGE_BASE_DURABLE_DIRECTORY_H_
#define STORAGE_BASE_DURABLE_DIRECTORY_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wardbook {

// Creates `path`, and what is missing of the way to it, for its owner alone. Each
// new directory is synced into its parent, because what is synced in a directory
// is only as durable as the way to it. OK also when it is there already.
// UNAVAILABLE: it cannot be created, or is not a directory. Safe for concurrent
// use.
absl::Status CreateDurableDirectory(absl::string_view path);

// Makes the creations, deletions and renames in the directory durable.
// UNAVAILABLE: it cannot be opened or synced.
absl::Status SyncDirectory(absl::string_view path);

}  // namespace wardbook

#endif  // STORAGE_BASE_DURABLE_DIRECTORY_H_
