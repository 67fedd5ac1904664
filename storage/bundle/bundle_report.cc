#include "storage/bundle/bundle_report.h"

#include "absl/strings/str_cat.h"
#include "storage/crypto/sha256.h"

namespace wardbook::bundle {

std::string KeyFingerprint(const checkpoint::NoteVerifier& key) {
  // Enough that nobody can make a second key that looks the same, and no more
  // than two people can read to each other.
  constexpr size_t kDigits = 32;
  constexpr size_t kGroup = 4;
  const std::string hex = crypto::Sha256(key.Text()).Hex();
  std::string fingerprint;
  for (size_t i = 0; i < kDigits; i += kGroup) {
    absl::StrAppend(&fingerprint, i == 0 ? "" : " ", absl::string_view(hex).substr(i, kGroup));
  }
  return fingerprint;
}

std::string Sentence(const Fault& fault) {
  if (fault.path.empty()) return fault.what;
  return absl::StrCat(fault.path, ": ", fault.what);
}

}  // namespace wardbook::bundle
