#include "storage/bundle/bundle_path.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wardbook::bundle {
namespace {

constexpr std::pair<absl::string_view, absl::string_view> kExtensions[] = {
    {"image/png", "png"},       {"image/jpeg", "jpg"},      {"image/webp", "webp"},
    {"image/heic", "heic"},     {"application/pdf", "pdf"}, {"text/plain", "txt"},
    {"message/rfc822", "eml"},  {"video/mp4", "mp4"},       {"video/webm", "webm"},
    {"video/quicktime", "mov"},
};

// As long as the longest extension above or of a later version may be.
constexpr size_t kExtensionSizeMax = 8;

}  // namespace

std::string EvidencePath(const EvidenceId& id, absl::string_view media_type) {
  absl::string_view extension = "bin";
  for (const auto& [type, known_extension] : kExtensions) {
    if (type == media_type) extension = known_extension;
  }
  return absl::StrCat(kEvidenceDirectory, "/", id.Hex(), ".", extension);
}

std::optional<EvidenceId> EvidenceOfPath(absl::string_view path) {
  constexpr size_t kHexSize = 2 * EvidenceId::kSize;
  if (!absl::ConsumePrefix(&path, kEvidenceDirectory) || !absl::ConsumePrefix(&path, "/") ||
      path.size() < kHexSize + 2 || path[kHexSize] != '.') {
    return std::nullopt;
  }
  const absl::string_view hex = path.substr(0, kHexSize);
  const absl::string_view extension = path.substr(kHexSize + 1);
  const auto is_lower_or_digit = [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
           absl::ascii_islower(static_cast<unsigned char>(c));
  };
  // One file has one path: an id in capitals would be another path.
  if (extension.size() > kExtensionSizeMax ||
      !std::all_of(hex.begin(), hex.end(), is_lower_or_digit) ||
      !std::all_of(extension.begin(), extension.end(), is_lower_or_digit)) {
    return std::nullopt;
  }
  return EvidenceId::FromHex(hex);
}

bool IsBundlePath(absl::string_view path) {
  return path == kManifestPath || path == kCheckpointPath || path == kRecordsPath ||
         path == kPagePath || path == kReadmePath || EvidenceOfPath(path).has_value();
}

}  // namespace wardbook::bundle
