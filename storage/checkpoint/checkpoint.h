// Checkpoints: https://c2sp.org/tlog-checkpoint. The text of one is
//
//   ORIGIN\n
//   SIZE\n
//   BASE64 OF ROOT\n
//
// The origin of a school's log is the signer's name, a slash and the school's id
// in hexadecimal.

#ifndef STORAGE_CHECKPOINT_CHECKPOINT_H_
#define STORAGE_CHECKPOINT_CHECKPOINT_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/signed_note.h"

namespace wardbook::checkpoint {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string Origin(absl::string_view signer_name, const SchoolId& school);

// The school of an origin that this signer's name begins. INVALID_ARGUMENT: it
// is not such an origin.
absl::StatusOr<SchoolId> SchoolOfOrigin(absl::string_view signer_name, absl::string_view origin);

// The text to sign.
std::string Format(const Checkpoint& checkpoint);

// DATA_LOSS: not the text of a checkpoint.
absl::StatusOr<Checkpoint> Parse(absl::string_view text);

// Signs the checkpoint of a school's tree.
absl::StatusOr<std::string> SignCheckpoint(const NoteSigner& signer, const SchoolId& school,
                                           uint64_t size, const Hash& root);

// Opens a signed checkpoint. Fails as NoteVerifier::Open and Parse do.
absl::StatusOr<Checkpoint> OpenCheckpoint(const NoteVerifier& verifier, absl::string_view note);

}  // namespace wardbook::checkpoint

#endif  // STORAGE_CHECKPOINT_CHECKPOINT_H_
