#include "tests/fault/fault_file_system.h"

#include <algorithm>
#include <utility>

namespace wardbook::testing {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class FaultFileSystem::File : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(FaultFileSystem& owner, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner) {}

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
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = owner_.OperateSync(); !status.ok()) return status;
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }

 private:
  FaultFileSystem& owner_;
};

void FaultFileSystem::SetRoom(uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  room_ = bytes;
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
}

uint64_t FaultFileSystem::faults() const {
  absl::MutexLock lock(&mutex_);
  return faults_;
}

uint64_t FaultFileSystem::TakeRoom(uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  if (room_ == kNever) return bytes;
  const uint64_t taken = std::min(room_, bytes);
  room_ -= taken;
  if (taken < bytes) ++faults_;
  return taken;
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
  IOStatus status = target()->NewWritableFile(path, options, &file, debug);
  if (status.ok()) *result = std::make_unique<File>(*this, std::move(file));
  return status;
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to,
                                     const IOOptions& options, IODebugContext* debug) {
  if (IOStatus status = Operate(); !status.ok()) return status;
  return target()->RenameFile(from, to, options, debug);
}

}  // namespace wardbook::testing
