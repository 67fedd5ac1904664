// Examines a bundle without a server, an account or a network.
//
//   WARDBOOK_ASSIGN_OR_RETURN(BundleSource source, OpenBundleFile("case.zip"));
//   WARDBOOK_ASSIGN_OR_RETURN(BundleReport report, VerifyBundle(source, trusted_key));
//   if (report.verdict == Verdict::kIntact) ...

#ifndef STORAGE_BUNDLE_VERIFY_BUNDLE_H_
#define STORAGE_BUNDLE_VERIFY_BUNDLE_H_

#include <optional>

#include "absl/status/statusor.h"
#include "storage/bundle/bundle_report.h"
#include "storage/bundle/bundle_source.h"
#include "storage/checkpoint/signed_note.h"

namespace wardbook::bundle {

// Examines every byte of the bundle. Without a `trusted_key` it believes the key
// that the bundle names, and says so. Whatever the bytes are is the report's
// matter; this fails only as BundleSource::read does. Pure, and safe for
// concurrent use; holds the records in memory, but of other entries only a piece
// at a time.
absl::StatusOr<BundleReport> VerifyBundle(
    const BundleSource& source, const std::optional<checkpoint::NoteVerifier>& trusted_key);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_VERIFY_BUNDLE_H_
