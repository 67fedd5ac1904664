// Takes the files out of a bundle that was found intact.

#ifndef STORAGE_BUNDLE_EXTRACT_BUNDLE_H_
#define STORAGE_BUNDLE_EXTRACT_BUNDLE_H_

#include <string>

#include "absl/status/status.h"
#include "storage/bundle/bundle_report.h"
#include "storage/bundle/bundle_source.h"

namespace wardbook::bundle {

// Writes all entries that `report`, VerifyBundle's of the same source, lists to
// `directory`, which is made unless it is there; readable by their owner alone.
// Each file is compared with the report's manifest once more as it is written.
//   FAILED_PRECONDITION  the report does not say that the bundle is intact;
//   ALREADY_EXISTS       one of the files is there already; it is left alone;
//   DATA_LOSS            the bundle has changed since it was verified;
//   UNAVAILABLE          a file cannot be read or written.
// After a failure the files written so far remain, all of them whole.
absl::Status ExtractBundle(const BundleSource& source, const BundleReport& report,
                           const std::string& directory);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_EXTRACT_BUNDLE_H_
