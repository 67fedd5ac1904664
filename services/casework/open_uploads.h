// How much is being uploaded that is not filed yet, by person and by school.

#ifndef SERVICES_CASEWORK_OPEN_UPLOADS_H_
#define SERVICES_CASEWORK_OPEN_UPLOADS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
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
// Each has a key and rows of its own, however small: more than the screen prints that
// somebody files of one evening.
inline constexpr int kOpenUploadsOfPersonMax = 128;

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

  // Counts an upload that is about to be opened, until it is destroyed or has a name.
  // The OpenUploads outlive it.
  class Place {
   public:
    Place(Place&& other) noexcept
        : uploads_(std::exchange(other.uploads_, nullptr)), number_(other.number_) {}
    Place& operator=(Place&&) = delete;
    ~Place();

    // The upload is open: it counts until Close.
    void Name(const EvidenceId& id) &&;

   private:
    friend class OpenUploads;
    Place(OpenUploads& uploads, uint64_t number) : uploads_(&uploads), number_(number) {}

    OpenUploads* uploads_;
    uint64_t number_;
  };

  // Counts an upload of `size` bytes. A refusal for kUploadsOpen, which counts
  // nothing.
  absl::StatusOr<Place> Reserve(const Owner& owner, uint64_t size, absl::Time now);

  // Counts it no longer; nothing happens when it is not counted.
  void Close(const EvidenceId& id);

 private:
  struct Upload {
    Owner owner;
    uint64_t size = 0;
    absl::Time opened;
    // Nothing before it is open.
    std::optional<EvidenceId> id;
  };

  absl::Mutex mutex_;
  std::map<uint64_t, Upload> uploads_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_OPEN_UPLOADS_H_
