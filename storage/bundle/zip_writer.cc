#include "storage/bundle/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/zip_format.h"

namespace wardbook::bundle {
namespace {

constexpr int kFilePermissions = 0644;

// The bytes of the file come in blocks of this size; one holds most of a chunk
// of evidence.
constexpr int kBlockSize = 256 << 10;

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

void ZipWriter::FreeArchive::operator()(archive* zip) const { archive_write_free(zip); }

absl::StatusOr<std::unique_ptr<ZipWriter>> ZipWriter::Create(BundleSink sink, absl::Time modified) {
  std::unique_ptr<ZipWriter> writer(new ZipWriter(std::move(sink), modified));
  archive* const zip = writer->zip_.get();
  if (zip == nullptr || archive_write_set_format_zip(zip) != ARCHIVE_OK ||
      archive_write_zip_set_compression_store(zip) != ARCHIVE_OK ||
      archive_write_set_bytes_per_block(zip, kBlockSize) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block(zip, 1) != ARCHIVE_OK ||
      archive_write_open(zip, writer.get(), nullptr, &ZipWriter::OnBytes, nullptr) != ARCHIVE_OK) {
    return absl::ResourceExhaustedError("libarchive cannot begin a zip");
  }
  return writer;
}

ZipWriter::ZipWriter(BundleSink sink, absl::Time modified)
    : sink_(std::move(sink)), modified_(modified), zip_(archive_write_new()) {}

ZipWriter::~ZipWriter() {
  // Freeing a zip that is not closed writes its end, which is nothing any more.
  sink_status_.Update(absl::CancelledError("the bundle was given up"));
  zip_.reset();
}

absl::Status ZipWriter::BeginEntry(absl::string_view path, uint64_t size) {
  WARDBOOK_RETURN_IF_ERROR(sink_status_);
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  if (entry == nullptr) return absl::ResourceExhaustedError("no memory for a zip entry");
  archive_entry_set_pathname(entry.get(), std::string(path).c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), kFilePermissions);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_mtime(entry.get(), absl::ToTimeT(modified_), 0);
  missing_ = size;
  return Outcome(archive_write_header(zip_.get(), entry.get()) == ARCHIVE_OK);
}

absl::Status ZipWriter::AddBytes(absl::string_view bytes) {
  WARDBOOK_RETURN_IF_ERROR(sink_status_);
  if (bytes.size() > missing_) {
    return absl::OutOfRangeError("more bytes than the entry of the bundle was to have");
  }
  missing_ -= bytes.size();
  while (!bytes.empty()) {
    const la_ssize_t taken = archive_write_data(zip_.get(), bytes.data(), bytes.size());
    WARDBOOK_RETURN_IF_ERROR(Outcome(taken > 0));
    bytes.remove_prefix(static_cast<size_t>(taken));
  }
  return absl::OkStatus();
}

absl::Status ZipWriter::EndEntry() {
  WARDBOOK_RETURN_IF_ERROR(sink_status_);
  if (missing_ > 0) {
    return absl::FailedPreconditionError("fewer bytes than the entry of the bundle was to have");
  }
  return Outcome(archive_write_finish_entry(zip_.get()) == ARCHIVE_OK);
}

absl::Status ZipWriter::Finish() {
  WARDBOOK_RETURN_IF_ERROR(sink_status_);
  WARDBOOK_RETURN_IF_ERROR(Outcome(archive_write_close(zip_.get()) == ARCHIVE_OK));
  // The directory ends in a record whose last two bytes are the size of the
  // comment, 0 so far.
  WARDBOOK_ASSERT(tail_.size() == kZipEndSize && absl::StartsWith(tail_, kZipEndMagic));
  WARDBOOK_ASSERT(absl::EndsWith(tail_, absl::string_view("\0\0", 2)));
  static_assert(kZipCommentSize < 256);
  tail_[kZipEndSize - 2] = static_cast<char>(kZipCommentSize);
  WARDBOOK_RETURN_IF_ERROR(Emit(tail_));
  return Emit(absl::StrCat(kZipCommentPrefix, digest_.Digest().Hex()));
}

ssize_t ZipWriter::OnBytes(archive*, void* writer, const void* bytes, size_t size) {
  ZipWriter& self = *static_cast<ZipWriter*>(writer);
  // libarchive is never told of a failure: it would not free its buffers then.
  if (self.sink_status_.ok()) {
    self.sink_status_ = self.Take(absl::string_view(static_cast<const char*>(bytes), size));
  }
  return static_cast<ssize_t>(size);
}

absl::Status ZipWriter::Take(absl::string_view bytes) {
  absl::StrAppend(&tail_, bytes);
  if (tail_.size() <= kZipEndSize) return absl::OkStatus();
  const size_t ready = tail_.size() - kZipEndSize;
  WARDBOOK_RETURN_IF_ERROR(Emit(absl::string_view(tail_).substr(0, ready)));
  tail_.erase(0, ready);
  return absl::OkStatus();
}

absl::Status ZipWriter::Emit(absl::string_view bytes) {
  digest_.Update(bytes);
  return sink_(bytes);
}

absl::Status ZipWriter::Outcome(bool succeeded) const {
  WARDBOOK_RETURN_IF_ERROR(sink_status_);
  if (!succeeded) return absl::InternalError("libarchive cannot write the bundle");
  return absl::OkStatus();
}

}  // namespace wardbook::bundle
