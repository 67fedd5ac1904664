#include "services/casework/open_uploads.h"

#include <algorithm>

#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"

namespace wardbook::casework {

OpenUploads::Place::~Place() {
  if (uploads_ == nullptr) return;
  absl::MutexLock lock(&uploads_->mutex_);
  uploads_->uploads_.erase(number_);
}

void OpenUploads::Place::Name(const EvidenceId& id) && {
  OpenUploads& uploads = *std::exchange(uploads_, nullptr);
  absl::MutexLock lock(&uploads.mutex_);
  const auto reserved = uploads.uploads_.find(number_);
  if (reserved != uploads.uploads_.end()) reserved->second.id = id;
}

absl::StatusOr<OpenUploads::Place> OpenUploads::Reserve(const Owner& owner, uint64_t size,
                                                        absl::Time now) {
  const uint64_t counted = std::max(size, kOpenBytesMin);
  absl::MutexLock lock(&mutex_);
  uint64_t of_person = counted;
  uint64_t of_school = counted;
  int count_of_person = 1;
  // Few are open at any time, as the bounds see to it.
  for (auto it = uploads_.begin(); it != uploads_.end();) {
    const Upload& upload = it->second;
    if (now - upload.opened >= kOpenAgeMax) {
      it = uploads_.erase(it);
      continue;
    }
    if (upload.owner.school == owner.school) {
      of_school += upload.size;
      if (upload.owner.person == owner.person) {
        of_person += upload.size;
        ++count_of_person;
      }
    }
    ++it;
  }
  if (of_person > kOpenBytesOfPersonMax || of_school > kOpenBytesOfSchoolMax ||
      count_of_person > kOpenUploadsOfPersonMax) {
    return runtime::Refuse(kernel::Reason::kUploadsOpen);
  }
  const uint64_t number = next_number_++;
  uploads_.emplace(number, Upload{owner, counted, now, std::nullopt});
  return Place(*this, number);
}

void OpenUploads::Close(const EvidenceId& id) {
  absl::MutexLock lock(&mutex_);
  std::erase_if(uploads_, [&](const auto& upload) { return upload.second.id == id; });
}

}  // namespace wardbook::casework
