#include "clients/cli/kept_checkpoint.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/aside_file.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/tree.h"

namespace wardbook::cli {

absl::StatusOr<KeptCheckpoint> CheckCheckpoint(const std::string& key_text, const std::string& note,
                                               const SchoolId& school) {
  WARDBOOK_ASSIGN_OR_RETURN(checkpoint::NoteVerifier key,
                            checkpoint::NoteVerifier::Parse(key_text));
  absl::StatusOr<checkpoint::Checkpoint> opened = checkpoint::OpenCheckpoint(key, note);
  if (!opened.ok()) {
    return absl::DataLossError(
        absl::StrCat("The checkpoint is not signed with the key ", key.name(), "."));
  }
  if (opened->origin != checkpoint::Origin(key.name(), school)) {
    return absl::DataLossError("The checkpoint is of another log than this school's.");
  }
  return KeptCheckpoint{.key = std::move(key), .note = note, .checkpoint = *std::move(opened)};
}

absl::StatusOr<std::vector<Hash>> HashesOf(
    const google::protobuf::RepeatedPtrField<std::string>& hashes) {
  std::vector<Hash> result;
  for (const std::string& bytes : hashes) {
    const std::optional<Hash> hash = Hash::FromBytes(bytes);
    if (!hash.has_value()) return absl::DataLossError("The proof has something that is no hash.");
    result.push_back(*hash);
  }
  return result;
}

absl::Status CheckGrowth(const checkpoint::Checkpoint& older, const checkpoint::Checkpoint& newer,
                         const ProofReader& read) {
  if (newer.size < older.size) {
    return absl::DataLossError(absl::StrCat("The log had ", older.size,
                                            " records when this computer last looked, and now has ",
                                            newer.size, ". Records are gone."));
  }
  log::v1::ConsistencyProof proof;
  if (newer.size > older.size) {
    WARDBOOK_ASSIGN_OR_RETURN(proof, read(older.size, newer.size));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> hashes, HashesOf(proof.hashes()));
  const absl::Status consistent =
      merkle::VerifyConsistency(older.size, older.root, newer.size, newer.root, hashes);
  if (!consistent.ok()) {
    return absl::DataLossError(
        absl::StrCat("The log is not the one that this computer saw: its first ", older.size,
                     " records are not shown to be the same."));
  }
  return absl::OkStatus();
}

CheckpointKeeper::CheckpointKeeper(const std::string& config_directory)
    : directory_(absl::StrCat(config_directory, "/checkpoints")) {}

std::string CheckpointKeeper::PathOf(const SchoolId& school) const {
  return absl::StrCat(directory_, "/", school.Hex());
}

absl::StatusOr<std::optional<KeptCheckpoint>> CheckpointKeeper::Load(const SchoolId& school) const {
  const absl::StatusOr<std::string> content = ReadWholeFile(PathOf(school));
  if (absl::IsNotFound(content.status())) return std::nullopt;
  WARDBOOK_RETURN_IF_ERROR(content.status());
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(*content, absl::MaxSplits('\n', 1));
  absl::StatusOr<KeptCheckpoint> kept = CheckCheckpoint(parts.first, parts.second, school);
  if (!kept.ok()) {
    return absl::DataLossError(
        absl::StrCat("The checkpoint kept in ", PathOf(school), " is not as it was kept."));
  }
  return *std::move(kept);
}

absl::Status CheckpointKeeper::Keep(const SchoolId& school, const KeptCheckpoint& kept) const {
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(directory_));
  return ReplaceFile(PathOf(school), absl::StrCat(kept.key.Text(), "\n", kept.note));
}

}  // namespace wardbook::cli
