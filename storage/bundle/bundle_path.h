// The names of what is in a bundle. There are no others, so a name needs no
// cleaning before it is used in a file system: it is one of these or refused.

#ifndef STORAGE_BUNDLE_BUNDLE_PATH_H_
#define STORAGE_BUNDLE_BUNDLE_PATH_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

namespace wardbook::bundle {

inline constexpr absl::string_view kManifestPath = "manifest";
inline constexpr absl::string_view kCheckpointPath = "checkpoint";
inline constexpr absl::string_view kRecordsPath = "records.pb";
inline constexpr absl::string_view kPagePath = "index.html";
inline constexpr absl::string_view kReadmePath = "README.txt";
inline constexpr absl::string_view kEvidenceDirectory = "evidence";

// "evidence/ID.EXTENSION" for a file of this type; the extension is "bin" for a
// type that is not known.
std::string EvidencePath(const EvidenceId& id, absl::string_view media_type);

// The file that the path is for; nothing when it is not that of a file in
// evidence.
std::optional<EvidenceId> EvidenceOfPath(absl::string_view path);

bool IsBundlePath(absl::string_view path);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLE_PATH_H_
