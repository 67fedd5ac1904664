// The container of a bundle: a zip of stored entries, written from front to back
// by libarchive, whose only home is here. Its archive comment is
//
//   sha256:HEX
//
// where HEX is SHA-256 over every byte of the file before the comment, so that
// no byte of the file can change unnoticed, not even one that no entry owns.

#ifndef STORAGE_BUNDLE_ZIP_WRITER_H_
#define STORAGE_BUNDLE_ZIP_WRITER_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/crypto/sha256.h"

struct archive;

namespace wardbook::bundle {

inline constexpr absl::string_view kZipCommentPrefix = "sha256:";
inline constexpr size_t kZipCommentSize = kZipCommentPrefix.size() + 2 * Hash::kSize;

// Takes the next bytes of a bundle. What it fails with ends the bundle.
using BundleSink = std::function<absl::Status(absl::string_view bytes)>;

// Thread-compatible. A call that follows a failed one fails alike.
class ZipWriter {
 public:
  // Every entry gets the time `modified`. RESOURCE_EXHAUSTED: no memory.
  static absl::StatusOr<std::unique_ptr<ZipWriter>> Create(BundleSink sink, absl::Time modified);
  ~ZipWriter();

  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // Begins an entry of `size` bytes, which AddBytes then brings. Fails as the
  // sink does.
  absl::Status BeginEntry(absl::string_view path, uint64_t size);

  // OUT_OF_RANGE: more than the entry's size. Fails as the sink does.
  absl::Status AddBytes(absl::string_view bytes);

  // FAILED_PRECONDITION: fewer bytes came than the entry's size. Fails as the
  // sink does.
  absl::Status EndEntry();

  // Writes the directory and the comment. Fails as the sink does.
  absl::Status Finish();

 private:
  struct FreeArchive {
    void operator()(archive* zip) const;
  };

  ZipWriter(BundleSink sink, absl::Time modified);

  // What libarchive calls with the bytes of the file.
  static ssize_t OnBytes(archive* zip, void* writer, const void* bytes, size_t size);
  absl::Status Take(absl::string_view bytes);
  absl::Status Emit(absl::string_view bytes);
  // What a call of libarchive came to.
  absl::Status Outcome(bool succeeded) const;

  const BundleSink sink_;
  const absl::Time modified_;
  std::unique_ptr<archive, FreeArchive> zip_;
  absl::Status sink_status_;
  crypto::Sha256Stream digest_;
  // The last bytes so far, kept back because the very last ones say how long
  // the comment is and libarchive writes none.
  std::string tail_;
  // What the entry still lacks.
  uint64_t missing_ = 0;
};

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_ZIP_WRITER_H_
