// Reads the container of a bundle, and only the one form that ZipWriter makes.
//
// A zip can be read by its directory or from front to back, and most tools
// accept files in which the two disagree, names that are given twice, gaps, and
// bytes before and after. One file would then show one thing to the verifier
// and another to the reader. Here every byte has one place: entries, stored,
// without gaps, in the order of the directory, which names each once and says of
// it what the entry says itself.

#ifndef STORAGE_BUNDLE_ZIP_READER_H_
#define STORAGE_BUNDLE_ZIP_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/bundle/bundle_report.h"
#include "storage/bundle/bundle_source.h"

namespace wardbook::bundle {

struct ZipEntry {
  std::string path;
  // Where the entry's bytes begin in the file; nothing when what stands around
  // them is damaged, so that they cannot be told from it.
  std::optional<uint64_t> offset;
  uint64_t size = 0;
};

struct ZipDirectory {
  // In the order of the directory. All with an offset lie within the file; each
  // path is one of a bundle and is there once.
  std::vector<ZipEntry> entries;
  // Where the file departs from its one form.
  std::vector<Fault> faults;
};

// DATA_LOSS: the directory cannot be read at all. Fails as BundleSource::read.
absl::StatusOr<ZipDirectory> ReadZipDirectory(const BundleSource& source);

// Compares the archive comment with all that stands before it. DATA_LOSS: they
// do not agree. Fails as BundleSource::read.
absl::Status CheckZipComment(const BundleSource& source);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_ZIP_READER_H_
