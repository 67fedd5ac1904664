// An upload that is being filled, for this folder only.

#ifndef STORAGE_EVIDENCE_LIVE_UPLOAD_H_
#define STORAGE_EVIDENCE_LIVE_UPLOAD_H_

#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/crypto/sha256.h"
#include "storage/evidence/evidence_store.h"
#include "wardbook/log/v1/evidence.pb.h"

namespace wardbook::evidence {

struct EvidenceStore::Live {
  Live(const SchoolId& s, const EvidenceId& e) : school(s), id(e) {}

  const SchoolId school;
  const EvidenceId id;

  // Held while a chunk is written, so that chunks of one upload come one after
  // the other and those of others do not wait.
  absl::Mutex mutex;
  // Whether what follows is what the store holds.
  bool loaded ABSL_GUARDED_BY(mutex) = false;
  bool kept ABSL_GUARDED_BY(mutex) = false;
  KeyId key_id ABSL_GUARDED_BY(mutex);
  wardbook::log::v1::UploadRecord record ABSL_GUARDED_BY(mutex);
  uint64_t committed_offset ABSL_GUARDED_BY(mutex) = 0;
  crypto::Sha256Stream sha256 ABSL_GUARDED_BY(mutex);
  crypto::Sha256Stream sealed_sha256 ABSL_GUARDED_BY(mutex);
  std::string head ABSL_GUARDED_BY(mutex);

  // Brings this to what is stored, if it is not there yet. NOT_FOUND: as
  // GetUpload.
  absl::Status Load(const EvidenceStore& evidence) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

  // Takes in the chunk that comes next.
  void Add(absl::string_view chunk, absl::string_view sealed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    sha256.Update(chunk);
    sealed_sha256.Update(sealed);
    Extend(chunk);
  }
  // The part of Add that is not hashing.
  void Extend(absl::string_view chunk) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    committed_offset += chunk.size();
    absl::StrAppend(&head, chunk.substr(0, kSniffBytes - head.size()));
  }
};

}  // namespace wardbook::evidence

#endif  // STORAGE_EVIDENCE_LIVE_UPLOAD_H_
