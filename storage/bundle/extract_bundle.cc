#include "storage/bundle/extract_bundle.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_path.h"
#include "storage/bundle/zip_reader.h"
#include "storage/crypto/sha256.h"

namespace wardbook::bundle {
namespace {

constexpr mode_t kDirectoryMode = 0700;
constexpr mode_t kFileMode = 0600;

absl::Status CannotWrite(absl::string_view path) {
  return absl::UnavailableError(absl::StrCat(path, " cannot be written"));
}

absl::Status MakeDirectory(const std::string& path) {
  if (mkdir(path.c_str(), kDirectoryMode) == 0 || errno == EEXIST) return absl::OkStatus();
  return CannotWrite(path);
}

absl::Status WriteAll(int descriptor, absl::string_view bytes, absl::string_view path) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return CannotWrite(path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status WriteEntry(const BundleSource& source, const ZipEntry& entry,
                        const ManifestEntry& expected, int descriptor) {
  crypto::Sha256Stream hash;
  WARDBOOK_RETURN_IF_ERROR(
      VisitRange(source, *entry.offset, entry.size, [&](absl::string_view piece) {
        hash.Update(piece);
        return WriteAll(descriptor, piece, expected.path);
      }));
  if (entry.size != expected.size || hash.Digest() != expected.sha256) {
    return absl::DataLossError(absl::StrCat(expected.path, " has changed since it was verified"));
  }
  return absl::OkStatus();
}

absl::Status ExtractEntry(const BundleSource& source, const ZipEntry& entry,
                          const ManifestEntry& expected, const std::string& path) {
  // Neither an existing file nor a link that somebody laid is written to.
  const int descriptor =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode);
  if (descriptor < 0 && errno == EEXIST) {
    return absl::AlreadyExistsError(absl::StrCat(expected.path, " is there already"));
  }
  if (descriptor < 0) return CannotWrite(expected.path);
  absl::Status status = WriteEntry(source, entry, expected, descriptor);
  if (close(descriptor) != 0) status.Update(CannotWrite(expected.path));
  if (!status.ok()) unlink(path.c_str());
  return status;
}

}  // namespace

absl::Status ExtractBundle(const BundleSource& source, const BundleReport& report,
                           const std::string& directory) {
  if (report.verdict != Verdict::kIntact) {
    return absl::FailedPreconditionError("only an intact bundle is extracted");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const ZipDirectory zip, ReadZipDirectory(source));
  WARDBOOK_RETURN_IF_ERROR(MakeDirectory(directory));
  WARDBOOK_RETURN_IF_ERROR(MakeDirectory(absl::StrCat(directory, "/", kEvidenceDirectory)));
  absl::flat_hash_map<absl::string_view, const ZipEntry*> entries;
  for (const ZipEntry& entry : zip.entries) {
    if (entry.offset.has_value()) entries.emplace(entry.path, &entry);
  }
  for (const ManifestEntry& expected : report.manifest->entries) {
    // ParseManifest lets no other path through.
    WARDBOOK_ASSERT(IsBundlePath(expected.path));
    const auto entry = entries.find(expected.path);
    if (entry == entries.end()) {
      return absl::DataLossError(absl::StrCat(expected.path, " is gone since it was verified"));
    }
    WARDBOOK_RETURN_IF_ERROR(ExtractEntry(source, *entry->second, expected,
                                          absl::StrCat(directory, "/", expected.path)));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::bundle
