// How much is being uploaded that is not filed yet, by person and by school.

#ifndef SERVICES_CASEWORK_OPEN_UPLOADS_H_
#define SERVICES_CASEWORK_OPEN_UPLOADS_H_

#include <cstdint>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/evidence/evidence_store.h"

namespace wardbook::casework {

// Two of the largest files at once, for instance a film from each of two phones.
inline constexpr uint64_t kOpenBytesOfPersonMax = 2 * evidence::kFileBytesMax;
// What a disk that is sized for the evidence of a school can spare for a day.
inline constexpr uint64_t kOpenBytesOfSchoolMax = 8 * evidence::kFileBytesMax;
// When an upload that was not filed is sure to be swept: a day, and the hour
// between two sweeps.
inline constexpr absl::Duration kOpenAgeMax = absl::Hours(25);
// The smallest that an upload counts for, so that empty ones are bounded too.
inline constexpr uint64_t kOpenBytesMin = 1 << 20;

// Counts the size that was announced, whether or not the bytes have come. Begins
// empty when the server does: what was open before is bounded by the sweep.
//
// Safe for concurrent use.
class OpenUploads {
 public:
  struct Owner {
    SchoolId school;
    PersonId person;
  };

  // Counts an upload of `size` bytes. A refusal for kUploadsOpen, which counts
  // nothing.
  absl::Status Open(const Owner& owner, const EvidenceId& id, uint64_t size, absl::Time now);

  // Counts it no longer; nothing happens when it is not counted.
  void Close(const EvidenceId& id);

 private:
  struct Upload {
    Owner owner;
    uint64_t size = 0;
    absl::Time opened;
  };

  absl::Mutex mutex_;
  std::map<EvidenceId, Upload> uploads_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_OPEN_UPLOADS_H_
