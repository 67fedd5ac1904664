// The list of what is in a bundle, and of what the bundle says it is. As text,
// which a signed note carries:
//
//   wardbook bundle v1
//   origin ORIGIN
//   key NAME+HASH+BASE64
//   case WB-7K4D-9QX2
//   exported 2025-03-03T10:00:00Z
//   revision 7
//   checkpoint 1234
//   SHA256HEX SIZE PATH
//   ...
//
// with a line for each entry of the archive but the manifest itself, in
// ascending order of paths.

#ifndef STORAGE_BUNDLE_MANIFEST_H_
#define STORAGE_BUNDLE_MANIFEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"

namespace wardbook::bundle {

// A bundle with more files than this is not made, and not read. It is full of
// records before it is full of files: each file has the record that filed it,
// and such a record takes a kibibyte of kRecordsSizeMax with its proof.
inline constexpr size_t kManifestEntriesMax = 256 << 10;

struct ManifestEntry {
  Hash sha256;
  uint64_t size = 0;
  std::string path;

  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

struct Manifest {
  std::string origin;
  // The verifier key of the server that signs the manifest.
  std::string key;
  std::string case_ref;
  absl::Time exported_time;
  // The newest revision of the case in the bundle, and so their number.
  uint64_t revision = 0;
  // The size of the log that the bundle's checkpoint signs.
  uint64_t checkpoint_size = 0;
  // Ascending by path.
  std::vector<ManifestEntry> entries;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// The time in whole seconds.
std::string FormatManifest(const Manifest& manifest);

// DATA_LOSS: not the text of a manifest; the message names the line. What it
// accepts is exactly what FormatManifest writes.
absl::StatusOr<Manifest> ParseManifest(absl::string_view text);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_MANIFEST_H_
