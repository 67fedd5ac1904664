#include "clients/cli/kept_receipts.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/words.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {

KeptReceipts::KeptReceipts(const std::string& config_directory)
    : directory_(absl::StrCat(config_directory, "/receipts")) {}

std::string KeptReceipts::DirectoryOf(absl::string_view school) const {
  return absl::StrCat(directory_, "/", school);
}

std::string KeptReceipts::PathOf(absl::string_view school, uint64_t position) const {
  return absl::StrCat(DirectoryOf(school), "/", position);
}

absl::Status KeptReceipts::Keep(const v1::Receipt& receipt) const {
  // It names a directory, so it is what it should be or nothing is kept.
  if (!SchoolId::FromHex(receipt.school_id()).has_value()) {
    return absl::DataLossError("The receipt names no school.");
  }
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(directory_));
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(DirectoryOf(receipt.school_id())));
  const std::string content = receipt.SerializeAsString();
  for (int i = 0; i < receipt.leaf_hashes_size(); ++i) {
    const uint64_t position = receipt.position() + static_cast<uint64_t>(i);
    WARDBOOK_RETURN_IF_ERROR(ReplaceFile(PathOf(receipt.school_id(), position), content));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<KeptReceipt>> KeptReceipts::Find(const SchoolId& school,
                                                              uint64_t position) const {
  const std::string path = PathOf(school.Hex(), position);
  const absl::StatusOr<std::string> content = ReadWholeFile(path);
  if (absl::IsNotFound(content.status())) return std::nullopt;
  WARDBOOK_RETURN_IF_ERROR(content.status());
  v1::Receipt receipt;
  const bool covers =
      receipt.ParseFromString(*content) && receipt.position() <= position &&
      position - receipt.position() < static_cast<uint64_t>(receipt.leaf_hashes_size());
  const std::optional<Hash> leaf =
      covers ? Hash::FromBytes(receipt.leaf_hashes(static_cast<int>(position - receipt.position())))
             : std::nullopt;
  if (!leaf.has_value()) {
    return absl::DataLossError(absl::StrCat("The receipt in ", path, " is not as it was kept."));
  }
  return KeptReceipt{.leaf = *leaf, .recorded_time = TimeOf(receipt.recorded_time())};
}

}  // namespace wardbook::cli
