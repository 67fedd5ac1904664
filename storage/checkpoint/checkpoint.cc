#include "storage/checkpoint/checkpoint.h"

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "storage/base/status_macros.h"

namespace wardbook::checkpoint {

std::string Origin(absl::string_view signer_name, const SchoolId& school) {
  return absl::StrCat(signer_name, "/", school.Hex());
}

absl::StatusOr<SchoolId> SchoolOfOrigin(absl::string_view signer_name, absl::string_view origin) {
  absl::string_view hex = origin;
  if (absl::ConsumePrefix(&hex, signer_name) && absl::ConsumePrefix(&hex, "/")) {
    const std::optional<SchoolId> school = SchoolId::FromHex(hex);
    if (school.has_value() && Origin(signer_name, *school) == origin) return *school;
  }
  return absl::InvalidArgumentError(absl::StrCat("not an origin of a log of ", signer_name));
}

std::string Format(const Checkpoint& checkpoint) {
  return absl::StrCat(checkpoint.origin, "\n", checkpoint.size, "\n",
                      absl::Base64Escape(checkpoint.root.view()), "\n");
}

absl::StatusOr<Checkpoint> Parse(absl::string_view text) {
  const absl::Status malformed = absl::DataLossError("not the text of a checkpoint");
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  // Three lines, and nothing behind the last newline.
  if (lines.size() != 4 || lines[0].empty()) return malformed;

  Checkpoint checkpoint;
  checkpoint.origin = std::string(lines[0]);
  std::string root_bytes;
  if (!absl::SimpleAtoi(lines[1], &checkpoint.size) ||
      !absl::Base64Unescape(lines[2], &root_bytes)) {
    return malformed;
  }
  const std::optional<Hash> root = Hash::FromBytes(root_bytes);
  if (!root.has_value()) return malformed;
  checkpoint.root = *root;
  // Both conversions take other spellings too, such as signs and spaces.
  if (Format(checkpoint) != text) return malformed;
  return checkpoint;
}

absl::StatusOr<std::string> SignCheckpoint(const NoteSigner& signer, const SchoolId& school,
                                           uint64_t size, const Hash& root) {
  return signer.Sign(Format({Origin(signer.name(), school), size, root}));
}

absl::StatusOr<Checkpoint> OpenCheckpoint(const NoteVerifier& verifier, absl::string_view note) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string text, verifier.Open(note));
  return Parse(text);
}

}  // namespace wardbook::checkpoint
