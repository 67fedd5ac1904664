// Where a bundle is read from.

#ifndef STORAGE_BUNDLE_BUNDLE_SOURCE_H_
#define STORAGE_BUNDLE_BUNDLE_SOURCE_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/base/ids.h"

namespace wardbook::bundle {

// Bytes that can be read anywhere. A value; safe for concurrent use.
struct BundleSource {
  uint64_t size = 0;
  // Fills `out` from `offset` on, all of which is below `size`. UNAVAILABLE: it
  // cannot be read, or has become shorter.
  std::function<absl::Status(uint64_t offset, absl::Span<char> out)> read;
};

// NOT_FOUND: there is no such file. INVALID_ARGUMENT: it is not a regular file.
// UNAVAILABLE: it cannot be opened.
absl::StatusOr<BundleSource> OpenBundleFile(const std::string& path);

// `bytes` outlive the source.
BundleSource BundleInMemory(absl::string_view bytes);

// The `size` bytes at `offset`, which the caller knows to be few. Fails as
// BundleSource::read.
absl::StatusOr<std::string> ReadRange(const BundleSource& source, uint64_t offset, uint64_t size);

// Gives the `size` bytes at `offset` to `visit` in pieces. Fails as
// BundleSource::read and as `visit`.
absl::Status VisitRange(const BundleSource& source, uint64_t offset, uint64_t size,
                        const std::function<absl::Status(absl::string_view piece)>& visit);

// SHA-256 of the `size` bytes at `offset`. Fails as BundleSource::read.
absl::StatusOr<Hash> HashRange(const BundleSource& source, uint64_t offset, uint64_t size);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLE_SOURCE_H_
