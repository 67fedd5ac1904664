// The newest checkpoint of each school that this computer has seen. The server
// can show a shortened or changed log to somebody new, but not to somebody who
// kept what it signed before.
//
// One file a school: the verifier key on the first line, then the signed note.

#ifndef CLIENTS_CLI_KEPT_CHECKPOINT_H_
#define CLIENTS_CLI_KEPT_CHECKPOINT_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/signed_note.h"
#include "wardbook/log/v1/proof.pb.h"

namespace wardbook::cli {

// A checkpoint as signed, and the key it was checked with.
struct KeptCheckpoint {
  checkpoint::NoteVerifier key;
  std::string note;
  checkpoint::Checkpoint checkpoint;
};

// Checks the signature and that the checkpoint is this school's. DATA_LOSS: it
// is not what the key's holder signed for the school. INVALID_ARGUMENT:
// `key_text` is not a key.
absl::StatusOr<KeptCheckpoint> CheckCheckpoint(const std::string& key_text, const std::string& note,
                                               const SchoolId& school);

// The hashes of a proof. DATA_LOSS: one of them is not a hash.
absl::StatusOr<std::vector<Hash>> HashesOf(
    const google::protobuf::RepeatedPtrField<std::string>& hashes);

// Gives the server's proof between two sizes.
using ProofReader =
    std::function<absl::StatusOr<log::v1::ConsistencyProof>(uint64_t old_size, uint64_t new_size)>;

// Whether the log of `newer` begins with the whole log of `older`. DATA_LOSS: it
// does not, so something that was recorded is gone or changed. Otherwise fails
// as `read` does, which is asked only when the sizes differ.
absl::Status CheckGrowth(const checkpoint::Checkpoint& older, const checkpoint::Checkpoint& newer,
                         const ProofReader& read);

// Thread-compatible; a value.
class CheckpointKeeper {
 public:
  explicit CheckpointKeeper(const std::string& config_directory);

  // Nothing when none is kept yet. DATA_LOSS: the file is not what was kept.
  absl::StatusOr<std::optional<KeptCheckpoint>> Load(const SchoolId& school) const;
  absl::Status Keep(const SchoolId& school, const KeptCheckpoint& kept) const;

 private:
  std::string PathOf(const SchoolId& school) const;

  std::string directory_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_KEPT_CHECKPOINT_H_
