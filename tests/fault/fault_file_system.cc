#include "tests/fault/fault_file_system.h"

#include <sys/prctl.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"

namespace wardbook::testing {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

namespace {

// RocksDB names its threads after their pool: flushes run in another one.
bool IsInCompaction() {
  char name[16] = {};  // What the kernel keeps of a name.
  prctl(PR_GET_NAME, name);
  return absl::StartsWith(name, "rocksdb:low");
}

}  // namespace

class FaultFileSystem::File : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(FaultFileSystem& owner, std::unique_ptr<rocksdb::FSWritableFile> file, std::string path)
      : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner), path_(std::move(path)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    if (IOStatus status = owner_.Operate(); !status.ok()) return status;
    const uint64_t taken = owner_.TakeRoom(data.size());
    IOStatus status =
        FSWritableFileOwnerWrapper::Append(rocksdb::Slice(data.data(), taken), options, debug);
    return status.ok() && taken < data.size() ? IOStatus::NoSpace() : status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = owner_.Operate(); !status.ok()) return status;
    const uint64_t before = owner_.BytesOf(path_);
    IOStatus status = FSWritableFileOwnerWrapper::Truncate(size, options, debug);
    if (status.ok() && size < before) owner_.GiveRoomBack(before - size);
    return status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = owner_.OperateSync(); !status.ok()) return status;
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }

 private:
  FaultFileSystem& owner_;
  const std::string path_;
};

class FaultFileSystem::Directory : public rocksdb::FSDirectory {
 public:
  Directory(FaultFileSystem& owner, std::unique_ptr<rocksdb::FSDirectory> directory)
      : owner_(owner), directory_(std::move(directory)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = owner_.OperateSync(); !status.ok()) return status;
    return directory_->Fsync(options, debug);
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    return directory_->Close(options, debug);
  }

 private:
  FaultFileSystem& owner_;
  const std::unique_ptr<rocksdb::FSDirectory> directory_;
};

void FaultFileSystem::SetRoom(uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  room_ = bytes;
}

void FaultFileSystem::RefuseSyncs() {
  absl::MutexLock lock(&mutex_);
  syncs_refused_ = true;
}

void FaultFileSystem::RefuseCompactions() {
  absl::MutexLock lock(&mutex_);
  compactions_refused_ = true;
}

void FaultFileSystem::BreakAfter(uint64_t operations) {
  absl::MutexLock lock(&mutex_);
  operations_left_ = operations;
}

void FaultFileSystem::BreakSyncsAfter(uint64_t syncs) {
  absl::MutexLock lock(&mutex_);
  syncs_left_ = syncs;
}

void FaultFileSystem::Heal() {
  absl::MutexLock lock(&mutex_);
  room_ = operations_left_ = syncs_left_ = kNever;
  syncs_refused_ = compactions_refused_ = false;
}

uint64_t FaultFileSystem::faults() const {
  absl::MutexLock lock(&mutex_);
  return faults_;
}

uint64_t FaultFileSystem::TakeRoom(uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  if (compactions_refused_ && IsInCompaction()) {
    ++faults_;
    return 0;
  }
  if (room_ == kNever) return bytes;
  const uint64_t taken = std::min(room_, bytes);
  room_ -= taken;
  if (taken < bytes) ++faults_;
  return taken;
}

void FaultFileSystem::GiveRoomBack(uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  if (room_ != kNever) room_ += bytes;
}

uint64_t FaultFileSystem::BytesOf(const std::string& path) const {
  uint64_t bytes = 0;
  const IOStatus status = target()->GetFileSize(path, IOOptions(), &bytes, nullptr);
  return status.ok() ? bytes : 0;
}

IOStatus FaultFileSystem::Operate() {
  absl::MutexLock lock(&mutex_);
  if (operations_left_ == kNever) return IOStatus::OK();
  if (operations_left_ > 0) {
    --operations_left_;
    return IOStatus::OK();
  }
  ++faults_;
  return IOStatus::IOError("the disk is broken");
}

IOStatus FaultFileSystem::OperateSync() {
  if (IOStatus status = Operate(); !status.ok()) return status;
  absl::MutexLock lock(&mutex_);
  if (syncs_refused_) {
    ++faults_;
    return IOStatus::NoSpace();
  }
  if (syncs_left_ == kNever) return IOStatus::OK();
  if (syncs_left_ > 0) {
    --syncs_left_;
    return IOStatus::OK();
  }
  ++faults_;
  return IOStatus::IOError("the disk does not sync");
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& path,
                                          const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* result,
                                          IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  const uint64_t replaced = BytesOf(path);
  IOStatus status = target()->NewWritableFile(path, options, &file, debug);
  if (status.ok()) GiveRoomBack(replaced);
  if (status.ok()) *result = std::make_unique<File>(*this, std::move(file), path);
  return status;
}

IOStatus FaultFileSystem::ReopenWritableFile(const std::string& path,
                                             const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* result,
                                             IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  IOStatus status = target()->ReopenWritableFile(path, options, &file, debug);
  if (status.ok()) *result = std::make_unique<File>(*this, std::move(file), path);
  return status;
}

IOStatus FaultFileSystem::NewDirectory(const std::string& path, const IOOptions& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* result,
                                       IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> directory;
  IOStatus status = target()->NewDirectory(path, options, &directory, debug);
  if (status.ok()) *result = std::make_unique<Directory>(*this, std::move(directory));
  return status;
}

IOStatus FaultFileSystem::DeleteFile(const std::string& path, const IOOptions& options,
                                     IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  const uint64_t bytes = BytesOf(path);
  IOStatus status = target()->DeleteFile(path, options, debug);
  if (status.ok()) GiveRoomBack(bytes);
  return status;
}

IOStatus FaultFileSystem::GetFileSize(const std::string& path, const IOOptions& options,
                                      uint64_t* size, IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  return target()->GetFileSize(path, options, size, debug);
}

IOStatus FaultFileSystem::GetFreeSpace(const std::string& path, const IOOptions& options,
                                       uint64_t* bytes, IODebugContext* debug) {
  IOStatus status = target()->GetFreeSpace(path, options, bytes, debug);
  absl::MutexLock lock(&mutex_);
  *bytes = std::min(*bytes, room_);
  return status;
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to,
                                     const IOOptions& options, IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  const uint64_t replaced = BytesOf(to);
  IOStatus status = target()->RenameFile(from, to, options, debug);
  if (status.ok()) GiveRoomBack(replaced);
  return status;
}

}  // namespace wardbook::testing
