#include "services/casework/open_uploads.h"

#include <algorithm>

#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"

namespace wardbook::casework {

absl::Status OpenUploads::Open(const Owner& owner, const EvidenceId& id, uint64_t size,
                               absl::Time now) {
  const uint64_t counted = std::max(size, kOpenBytesMin);
  absl::MutexLock lock(&mutex_);
  uint64_t of_person = counted;
  uint64_t of_school = counted;
  // Few are open at any time, as the bounds see to it.
  for (auto it = uploads_.begin(); it != uploads_.end();) {
    const Upload& upload = it->second;
    if (now - upload.opened >= kOpenAgeMax) {
      it = uploads_.erase(it);
      continue;
    }
    if (upload.owner.school == owner.school) {
      of_school += upload.size;
      if (upload.owner.person == owner.person) of_person += upload.size;
    }
    ++it;
  }
  if (of_person > kOpenBytesOfPersonMax || of_school > kOpenBytesOfSchoolMax) {
    return runtime::Refuse(kernel::Reason::kUploadsOpen);
  }
  uploads_.emplace(id, Upload{owner, counted, now});
  return absl::OkStatus();
}

void OpenUploads::Close(const EvidenceId& id) {
  absl::MutexLock lock(&mutex_);
  uploads_.erase(id);
}

}  // namespace wardbook::casework
