#include "storage/rocksdb/log_order_file_system.h"

#include <utility>

#include "absl/strings/match.h"

namespace wardbook::storage {

class LogOrderFileSystem::Log : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  Log(LogOrderFileSystem& owner, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner) {}
  ~Log() override { Leave(); }

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    absl::MutexLock lock(&sync_mutex_);
    if (failed_.ok()) failed_ = FSWritableFileOwnerWrapper::Sync(options, debug);
    return failed_;
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    absl::MutexLock lock(&sync_mutex_);
    if (failed_.ok()) failed_ = FSWritableFileOwnerWrapper::Fsync(options, debug);
    return failed_;
  }
  rocksdb::IOStatus Close(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    Leave();
    return FSWritableFileOwnerWrapper::Close(options, debug);
  }

 private:
  void Leave() ABSL_LOCKS_EXCLUDED(owner_.mutex_) {
    absl::MutexLock lock(&owner_.mutex_);
    owner_.open_.erase(this);
  }

  LogOrderFileSystem& owner_;

  absl::Mutex sync_mutex_;
  // The first failure.
  rocksdb::IOStatus failed_ ABSL_GUARDED_BY(sync_mutex_);
};

rocksdb::IOStatus LogOrderFileSystem::NewWritableFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* result, rocksdb::IODebugContext* debug) {
  if (!absl::EndsWith(path, ".log")) {
    return target()->NewWritableFile(path, options, result, debug);
  }
  absl::MutexLock lock(&mutex_);
  for (rocksdb::FSWritableFile* log : open_) {
    rocksdb::IOStatus synced = log->Sync(rocksdb::IOOptions(), nullptr);
    if (!synced.ok()) return synced;
  }
  std::unique_ptr<rocksdb::FSWritableFile> file;
  rocksdb::IOStatus status = target()->NewWritableFile(path, options, &file, debug);
  if (!status.ok()) return status;
  auto log = std::make_unique<Log>(*this, std::move(file));
  open_.insert(log.get());
  *result = std::move(log);
  return status;
}

}  // namespace wardbook::storage
