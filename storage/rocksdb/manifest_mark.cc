#include "storage/rocksdb/manifest_mark.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "storage/crypto/sha256.h"
#include "storage/rocksdb/rocksdb_status.h"

namespace wardbook::storage {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

constexpr char kMarkName[] = "manifest.mark";
constexpr char kAsideName[] = "manifest.mark.new";
constexpr char kCurrentName[] = "CURRENT";
constexpr absl::string_view kManifestPrefix = "MANIFEST-";

absl::string_view NameOf(absl::string_view path) {
  return path.substr(path.rfind('/') + 1);  // The whole of it where there is no slash.
}

// Whose rows an older manifest would lack without a word. A table needs no mark: RocksDB
// finds that one is missing when it opens the database.
bool NeedsMark(absl::string_view name) {
  return absl::EndsWith(name, ".log") || absl::EndsWith(name, ".blob") ||
         absl::StartsWith(name, kManifestPrefix);
}

// RocksDB numbers its files in the order in which it makes them. Nothing: no manifest.
std::optional<uint64_t> NumberOf(absl::string_view manifest) {
  uint64_t number = 0;
  if (!absl::ConsumePrefix(&manifest, kManifestPrefix) || !absl::SimpleAtoi(manifest, &number)) {
    return std::nullopt;
  }
  return number;
}

// A line, and its hash, so that a bit flipped in the mark is not taken for another mark.
std::string Format(const ManifestMark& mark) {
  const std::string line = absl::StrCat(mark.manifest, " ", mark.size, " ", mark.hash.Hex(), "\n");
  return absl::StrCat(line, crypto::Sha256(line).Hex(), "\n");
}

std::optional<ManifestMark> Parse(absl::string_view content) {
  const std::vector<absl::string_view> lines = absl::StrSplit(content, '\n');
  const std::vector<absl::string_view> parts = absl::StrSplit(lines.front(), ' ');
  ManifestMark mark;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &mark.size)) return std::nullopt;
  mark.manifest = std::string(parts[0]);
  const std::optional<Hash> hash = Hash::FromHex(parts[2]);
  if (!hash.has_value()) return std::nullopt;
  mark.hash = *hash;
  if (Format(mark) != content) return std::nullopt;
  return mark;
}

}  // namespace

// Thread-compatible, as is every file that is written to.
class ManifestMarkFileSystem::File : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(std::unique_ptr<rocksdb::FSWritableFile> file, ManifestMarkFileSystem& owner,
       std::string name)
      : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner), name_(std::move(name)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    return Count(data, FSWritableFileOwnerWrapper::Append(data, options, debug));
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& verification,
                  IODebugContext* debug) override {
    return Count(data, FSWritableFileOwnerWrapper::Append(data, options, verification, debug));
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return Tell(FSWritableFileOwnerWrapper::Sync(options, debug));
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Tell(FSWritableFileOwnerWrapper::Fsync(options, debug));
  }

 private:
  IOStatus Count(const rocksdb::Slice& data, IOStatus written) {
    if (!written.ok()) {
      has_failed_ = true;
      return written;
    }
    size_ += data.size();
    hash_.Update(FromSlice(data));
    return written;
  }
  // After a failure nobody knows what later syncs are about.
  IOStatus Tell(IOStatus synced) {
    if (!synced.ok()) has_failed_ = true;
    if (!has_failed_) owner_.Synced({name_, size_, hash_.Digest()});
    return synced;
  }

  ManifestMarkFileSystem& owner_;
  const std::string name_;
  uint64_t size_ = 0;
  crypto::Sha256Stream hash_;
  bool has_failed_ = false;
};

ManifestMarkFileSystem::ManifestMarkFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target,
                                               std::string directory)
    : FileSystemWrapper(target), directory_(std::move(directory)) {}

rocksdb::Status ManifestMarkFileSystem::Check() const {
  rocksdb::FileSystem* const files = target();
  if (IOStatus there = files->FileExists(At(kMarkName), IOOptions(), nullptr); !there.ok()) {
    if (there.IsNotFound()) return rocksdb::Status::OK();
    return there;
  }
  std::string content;
  IOStatus read = rocksdb::ReadFileToString(files, At(kMarkName), &content);
  if (!read.ok()) return read;
  const std::optional<ManifestMark> mark = Parse(content);
  if (!mark.has_value()) return rocksdb::Status::Corruption(At(kMarkName), "is damaged");

  std::string current;
  read = rocksdb::ReadFileToString(files, At(kCurrentName), &current);
  if (read.IsPathNotFound() || read.IsNotFound()) {
    return rocksdb::Status::Corruption(At(kCurrentName), "is missing");
  }
  if (!read.ok()) return read;
  const absl::string_view named = absl::StripSuffix(current, "\n");
  // Also when it names none.
  if (NumberOf(named) < NumberOf(mark->manifest)) {
    return rocksdb::Status::Corruption(
        At(kCurrentName), absl::StrCat("names '", named, "', though it has named ", mark->manifest,
                                       " since, as ", kMarkName, " says"));
  }
  // A newer one that was not marked yet; whether it is there, RocksDB finds out.
  if (named != mark->manifest) return rocksdb::Status::OK();

  std::string manifest;
  read = rocksdb::ReadFileToString(files, At(mark->manifest.c_str()), &manifest);
  if (read.IsPathNotFound() || read.IsNotFound()) {
    return rocksdb::Status::Corruption(At(mark->manifest.c_str()), "is missing");
  }
  if (!read.ok()) return read;
  const absl::string_view marked = absl::string_view(manifest).substr(0, mark->size);
  if (marked.size() != mark->size || crypto::Sha256(marked) != mark->hash) {
    return rocksdb::Status::Corruption(At(mark->manifest.c_str()), "is not as it was synced");
  }
  return rocksdb::Status::OK();
}

IOStatus ManifestMarkFileSystem::Mark() {
  absl::MutexLock lock(&mutex_);
  if (!current_.has_value() || marked_ == current_) return IOStatus::OK();
  IOStatus status;
  // A mark of a manifest that CURRENT does not name after a power loss would be damage.
  if (!marked_.has_value() || marked_->manifest != current_->manifest) status = SyncDirectory();
  if (status.ok()) status = Write(*current_);
  if (status.ok()) marked_ = current_;
  return status;
}

IOStatus ManifestMarkFileSystem::Write(const ManifestMark& mark) {
  const IOOptions io;
  std::unique_ptr<rocksdb::FSWritableFile> aside;
  IOStatus status =
      target()->NewWritableFile(At(kAsideName), rocksdb::FileOptions(), &aside, nullptr);
  if (!status.ok()) return status;
  status = aside->Append(Format(mark), io, nullptr);
  if (status.ok()) status = aside->Sync(io, nullptr);
  if (status.ok()) status = aside->Close(io, nullptr);
  if (status.ok()) status = target()->RenameFile(At(kAsideName), At(kMarkName), io, nullptr);
  if (status.ok()) status = SyncDirectory();
  return status;
}

IOStatus ManifestMarkFileSystem::SyncDirectory() {
  const IOOptions io;
  std::unique_ptr<rocksdb::FSDirectory> directory;
  IOStatus status = target()->NewDirectory(directory_, io, &directory, nullptr);
  if (status.ok()) status = directory->Fsync(io, nullptr);
  return status;
}

void ManifestMarkFileSystem::Synced(const ManifestMark& durable) {
  absl::MutexLock lock(&mutex_);
  if (newest_.manifest == durable.manifest) newest_ = durable;
  if (current_.has_value() && current_->manifest == durable.manifest) current_ = durable;
}

IOStatus ManifestMarkFileSystem::NewWritableFile(const std::string& path,
                                                 const rocksdb::FileOptions& options,
                                                 std::unique_ptr<rocksdb::FSWritableFile>* result,
                                                 IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSWritableFile> file;
  IOStatus status = target()->NewWritableFile(path, options, &file, debug);
  const std::string name(NameOf(path));
  if (status.ok() && absl::StartsWith(name, kManifestPrefix)) {
    absl::MutexLock lock(&mutex_);
    newest_ = {name, 0, crypto::Sha256("")};
    file = std::make_unique<File>(std::move(file), *this, name);
  }
  *result = std::move(file);
  return status;
}

IOStatus ManifestMarkFileSystem::RenameFile(const std::string& from, const std::string& to,
                                            const IOOptions& options, IODebugContext* debug) {
  IOStatus status = target()->RenameFile(from, to, options, debug);
  if (status.ok() && NameOf(to) == kCurrentName) {
    absl::MutexLock lock(&mutex_);
    current_ = newest_;
  }
  return status;
}

IOStatus ManifestMarkFileSystem::DeleteFile(const std::string& path, const IOOptions& options,
                                            IODebugContext* debug) {
  if (NeedsMark(NameOf(path))) {
    IOStatus marked = Mark();
    // What fills a disk must not stay because the disk is full.
    if (!marked.ok() && !(marked.IsNoSpace() && absl::EndsWith(path, ".blob"))) return marked;
  }
  return target()->DeleteFile(path, options, debug);
}

}  // namespace wardbook::storage
