// Files on their way into evidence: whose they are, and whether the case still
// takes them. Whatever door a chunk comes through, it comes through here.

#ifndef SERVICES_CASEWORK_UPLOADS_H_
#define SERVICES_CASEWORK_UPLOADS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/casework/case_aggregate.h"
#include "services/casework/casework_parts.h"
#include "services/casework/domain/commands.h"
#include "services/casework/open_uploads.h"
#include "services/runtime/receipts.h"
#include "services/runtime/rpc.h"
#include "storage/base/ids.h"
#include "storage/evidence/evidence_store.h"
#include "wardbook/v1/evidence_service.pb.h"

namespace wardbook::casework {

// An upload of the caller's.
struct OwnUpload {
  EvidenceId id;
  evidence::UploadStatus status;
};

// A piece of a file.
struct Chunk {
  absl::string_view upload_id;
  uint64_t offset = 0;
  absl::string_view data;
};

// Safe for concurrent use. Every call may wait for the disk.
//
// Fails as EvidenceStore does, but that what the client can do something about
// is a refusal. An upload of somebody else is answered like one that does not
// exist: kNoSuchUpload.
//
// An indecent image may come to be suspected while chunks are under way. What
// was stored by then, or by a chunk that was asked about just before, is in
// quarantine: nothing but an event of the case makes a file of it that can be
// read, FileEvidence decides that event against the case's exact revision and so
// never after the suspicion, and the sweep removes the bytes with their key.
class Uploads {
 public:
  explicit Uploads(const CaseworkParts& parts) : parts_(parts) {}

  // Refusals: those of TakeFile; kFileEmpty; kFileTooLarge; kFieldMissing and
  // kFieldTooLong for the file's name; kUploadsOpen.
  absl::StatusOr<EvidenceId> Open(const runtime::Call& call,
                                  const wardbook::v1::OpenUploadRequest& request);

  // Returns the offset committed. Asks the case before the bytes are stored,
  // every time: what was allowed when the upload was opened may not be now.
  // OUT_OF_RANGE: a gap, or bytes beyond the file's size.
  absl::StatusOr<uint64_t> Put(const runtime::Call& call, const Chunk& chunk);

  absl::StatusOr<OwnUpload> Find(const runtime::Call& call, absl::string_view upload_id) const;

  // Syncs the upload's bytes and describes it. A refusal for kUploadIncomplete.
  absl::StatusOr<evidence::CompleteUpload> Complete(const runtime::Call& call,
                                                    const OwnUpload& upload);

  // The upload is in evidence and no longer counts as open.
  void Close(const EvidenceId& id) { open_.Close(id); }

 private:
  // OK when the case takes a file from the caller now.
  absl::Status AskCase(const runtime::Call& call, absl::string_view case_ref,
                       const TakeFile& command) const;

  const CaseworkParts parts_;
  OpenUploads open_;
};

// Removes the uploads opened before `before` that were never filed; returns how
// many. Those of a school whose log takes no records stay: an append that was
// answered as failed may turn out to be recorded. May wait for the disk. Fails
// as EvidenceStore::Sweep does, and as `write_status`.
absl::StatusOr<int> SweepUploads(evidence::EvidenceStore& evidence, CaseTransactor& cases,
                                 const runtime::WriteStatus& write_status, absl::Time before,
                                 const evidence::GoOn& go_on);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_UPLOADS_H_
