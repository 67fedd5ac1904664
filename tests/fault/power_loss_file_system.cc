#include "tests/fault/power_loss_file_system.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "storage/base/assert.h"

namespace wardbook::testing {
namespace {

namespace fs = std::filesystem;
using rocksdb::FileOptions;
using rocksdb::FSDirectory;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

// What a disk writes whole or not at all.
constexpr uint64_t kSectorBytes = 512;

std::string ContentOf(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

void SetContent(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

// Zeroes some sectors from `from` on.
void LoseSectors(std::string* content, uint64_t from, std::mt19937_64& random) {
  for (uint64_t sector = from; sector < content->size(); sector += kSectorBytes) {
    if (random() % 3 != 0) continue;
    const uint64_t end = std::min<uint64_t>(sector + kSectorBytes, content->size());
    std::fill(content->begin() + static_cast<ptrdiff_t>(sector),
              content->begin() + static_cast<ptrdiff_t>(end), '\0');
  }
}

bool IsIn(const std::string& path, const std::string& directory) {
  return fs::path(path).parent_path().lexically_normal() ==
         fs::path(directory + "/").parent_path().lexically_normal();
}

}  // namespace

int PowerLossRounds(int otherwise) {
  const char* given = std::getenv("WARDBOOK_POWER_LOSS_ROUNDS");
  int rounds = otherwise;
  if (given != nullptr) WARDBOOK_ASSERT(absl::SimpleAtoi(given, &rounds));
  return rounds;
}

class PowerLossFileSystem::File : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(PowerLossFileSystem& owner, std::string path, uint64_t size,
       std::unique_ptr<FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)),
        owner_(owner),
        path_(std::move(path)),
        size_(size) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    if (IOStatus status = owner_.Operate(); !status.ok()) return status;
    IOStatus status = FSWritableFileOwnerWrapper::Append(data, options, debug);
    if (status.ok()) size_ += data.size();
    return status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = owner_.Operate(); !status.ok()) return status;
    size_ = size;
    return FSWritableFileOwnerWrapper::Truncate(size, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    // The size before, as bytes may be appended while it syncs.
    const uint64_t size = size_;
    if (IOStatus status = owner_.Operate(); !status.ok()) return status;
    IOStatus status = FSWritableFileOwnerWrapper::Sync(options, debug);
    if (status.ok()) owner_.Synced(path_, size);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }

 private:
  PowerLossFileSystem& owner_;
  const std::string path_;
  std::atomic<uint64_t> size_;
};

class PowerLossFileSystem::Directory : public FSDirectory {
 public:
  Directory(PowerLossFileSystem& owner, std::string path, std::unique_ptr<FSDirectory> directory)
      : owner_(owner), path_(std::move(path)), directory_(std::move(directory)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = owner_.Operate(); !status.ok()) return status;
    IOStatus status = directory_->Fsync(options, debug);
    if (status.ok()) owner_.DirectorySynced(path_);
    return status;
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    return directory_->Close(options, debug);
  }

 private:
  PowerLossFileSystem& owner_;
  const std::string path_;
  const std::unique_ptr<FSDirectory> directory_;
};

PowerLossFileSystem::PowerLossFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

void PowerLossFileSystem::LosePower() {
  absl::MutexLock lock(&mutex_);
  powered_ = false;
}

void PowerLossFileSystem::LosePowerAfter(uint64_t operations) {
  absl::MutexLock lock(&mutex_);
  last_ = done_ + operations;
}

uint64_t PowerLossFileSystem::operations() const {
  absl::MutexLock lock(&mutex_);
  return done_;
}

void PowerLossFileSystem::RestorePower(std::mt19937_64& random) {
  absl::MutexLock lock(&mutex_);
  uint64_t oldest = operations_;
  for (const auto& [path, file] : files_)
    oldest = std::min(oldest, file.operation.value_or(oldest));
  const uint64_t kept_operations = oldest + random() % (operations_ - oldest + 1);
  for (const auto& [path, file] : files_) {
    if (!fs::exists(path)) continue;
    if (file.operation.has_value() && *file.operation >= kept_operations) {
      if (file.replaced_content.has_value()) {
        SetContent(path, *file.replaced_content);
      } else {
        fs::remove(path);
      }
      continue;
    }
    std::string content = ContentOf(path);
    const uint64_t unsynced = content.size() - std::min<uint64_t>(file.synced_size, content.size());
    const uint64_t kept = random() % 3 == 0 ? unsynced : random() % (unsynced + 1);
    content.resize(content.size() - unsynced + kept);
    if (absl::EndsWith(path, ".log") && random() % 2 == 0) {
      LoseSectors(&content, content.size() - kept, random);
    }
    SetContent(path, content);
  }
  files_.clear();
  powered_ = true;
  last_.reset();
}

IOStatus PowerLossFileSystem::Operate() {
  absl::MutexLock lock(&mutex_);
  if (last_.has_value() && done_ >= *last_) powered_ = false;
  if (!powered_) return IOStatus::IOError("the power is off");
  ++done_;
  return IOStatus::OK();
}

void PowerLossFileSystem::Created(const std::string& path) {
  absl::MutexLock lock(&mutex_);
  Tracked created;
  created.operation = operations_++;
  files_[path] = created;
}

void PowerLossFileSystem::Synced(const std::string& path, uint64_t size) {
  absl::MutexLock lock(&mutex_);
  const auto file = files_.find(path);
  if (file != files_.end()) file->second.synced_size = std::max(file->second.synced_size, size);
}

void PowerLossFileSystem::DirectorySynced(const std::string& directory) {
  absl::MutexLock lock(&mutex_);
  for (auto& [path, file] : files_) {
    if (!IsIn(path, directory)) continue;
    file.operation.reset();
    file.replaced_content.reset();
  }
}

IOStatus PowerLossFileSystem::NewWritableFile(const std::string& path, const FileOptions& options,
                                              std::unique_ptr<FSWritableFile>* result,
                                              IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  std::unique_ptr<FSWritableFile> file;
  IOStatus status = target()->NewWritableFile(path, options, &file, debug);
  if (!status.ok()) return status;
  Created(path);
  *result = std::make_unique<File>(*this, path, 0, std::move(file));
  return status;
}

IOStatus PowerLossFileSystem::ReopenWritableFile(const std::string& path,
                                                 const FileOptions& options,
                                                 std::unique_ptr<FSWritableFile>* result,
                                                 IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  const uint64_t size = fs::exists(path) ? fs::file_size(path) : 0;
  std::unique_ptr<FSWritableFile> file;
  IOStatus status = target()->ReopenWritableFile(path, options, &file, debug);
  if (status.ok()) *result = std::make_unique<File>(*this, path, size, std::move(file));
  return status;
}

IOStatus PowerLossFileSystem::ReuseWritableFile(const std::string&, const std::string&,
                                                const FileOptions&,
                                                std::unique_ptr<FSWritableFile>*, IODebugContext*) {
  // No store here recycles its files.
  return IOStatus::NotSupported("ReuseWritableFile");
}

IOStatus PowerLossFileSystem::NewDirectory(const std::string& path, const IOOptions& options,
                                           std::unique_ptr<FSDirectory>* result,
                                           IODebugContext* debug) {
  std::unique_ptr<FSDirectory> directory;
  IOStatus status = target()->NewDirectory(path, options, &directory, debug);
  if (status.ok()) *result = std::make_unique<Directory>(*this, path, std::move(directory));
  return status;
}

IOStatus PowerLossFileSystem::DeleteFile(const std::string& path, const IOOptions& options,
                                         IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  {
    absl::MutexLock lock(&mutex_);
    files_.erase(path);
  }
  return target()->DeleteFile(path, options, debug);
}

IOStatus PowerLossFileSystem::RenameFile(const std::string& from, const std::string& to,
                                         const IOOptions& options, IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  {
    absl::MutexLock lock(&mutex_);
    const auto file = files_.find(from);
    if (file != files_.end()) {
      Tracked renamed = file->second;
      files_.erase(file);
      renamed.operation = operations_++;
      if (fs::exists(to)) renamed.replaced_content = ContentOf(to);
      files_[to] = std::move(renamed);
    }
  }
  return target()->RenameFile(from, to, options, debug);
}

}  // namespace wardbook::testing
