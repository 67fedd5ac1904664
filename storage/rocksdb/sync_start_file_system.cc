#include "storage/rocksdb/sync_start_file_system.h"

#include <utility>

#include "absl/strings/match.h"
#include "storage/base/assert.h"

namespace wardbook::storage {
namespace {

thread_local OnSyncStart* waiting_here = nullptr;

class WriteAheadLogFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  // Is the newest as long as there are `number` of `logs`.
  WriteAheadLogFile(std::unique_ptr<rocksdb::FSWritableFile> file, uint64_t number,
                    const std::atomic<uint64_t>& logs)
      : FSWritableFileOwnerWrapper(std::move(file)), number_(number), logs_(logs) {}

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    if (number_ == logs_) OnSyncStart::Signal();
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    if (number_ == logs_) OnSyncStart::Signal();
    return FSWritableFileOwnerWrapper::Fsync(options, debug);
  }

 private:
  const uint64_t number_;
  const std::atomic<uint64_t>& logs_;
};

}  // namespace

OnSyncStart::OnSyncStart(std::function<void()> started) : started_(std::move(started)) {
  WARDBOOK_ASSERT(waiting_here == nullptr);
  waiting_here = this;
}

OnSyncStart::~OnSyncStart() { waiting_here = nullptr; }

void OnSyncStart::Signal() {
  if (waiting_here == nullptr || !waiting_here->started_) return;
  std::exchange(waiting_here->started_, nullptr)();
}

rocksdb::IOStatus SyncStartFileSystem::NewWritableFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* result, rocksdb::IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSWritableFile> file;
  rocksdb::IOStatus status = target()->NewWritableFile(path, options, &file, debug);
  if (status.ok() && absl::EndsWith(path, ".log")) {
    file = std::make_unique<WriteAheadLogFile>(std::move(file), ++logs_, logs_);
  }
  *result = std::move(file);
  return status;
}

}  // namespace wardbook::storage
