// Makes the records of a bundle from those of the log.

#ifndef STORAGE_BUNDLE_BUNDLED_RECORD_H_
#define STORAGE_BUNDLE_BUNDLED_RECORD_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "wardbook/log/v1/bundle.pb.h"

namespace wardbook::bundle {

// Whether a bundle shows the field `number` of an event of `event_type`.
using Disclosure = absl::FunctionRef<bool(absl::string_view event_type, int number)>;

// The whole event.
inline bool DiscloseAll(absl::string_view, int) { return true; }

// The stored record with its place in the tree of `tree_size` leaves, proved by
// `inclusion`, and those fields of its event that `discloses` lets through.
// DATA_LOSS: `stored` is not a record, or does not open with `key`.
// Safe for concurrent use.
absl::StatusOr<wardbook::log::v1::BundledRecord> DiscloseRecord(absl::string_view stored,
                                                                const crypto::Secret& key,
                                                                uint64_t tree_size,
                                                                const std::vector<Hash>& inclusion,
                                                                Disclosure discloses);

// The stored record with its place, and nothing of its event: all that is left
// when the key of the stream was destroyed. DATA_LOSS: `stored` is not a record.
// Safe for concurrent use.
absl::StatusOr<wardbook::log::v1::BundledRecord> WithholdRecord(absl::string_view stored,
                                                                uint64_t tree_size,
                                                                const std::vector<Hash>& inclusion);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLED_RECORD_H_
