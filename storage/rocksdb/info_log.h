// RocksDB's messages of one database.

#ifndef STORAGE_ROCKSDB_INFO_LOG_H_
#define STORAGE_ROCKSDB_INFO_LOG_H_

#include <cstdarg>
#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/env.h"

namespace wardbook::storage {

// Warnings and errors, in the file LOG of the directory; those before in LOG.old. A
// message that the disk does not take is left out: with RocksDB's own logger the one
// after it ends the process. Safe for concurrent use.
class InfoLog : public rocksdb::Logger {
 public:
  // What a technician reads; one more of it is kept.
  static constexpr uint64_t kFileBytesMax = 1 << 20;

  explicit InfoLog(std::string directory);
  ~InfoLog() override;

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Begins a new file, at the first message: who only tries to open a database that
  // another process has open must not take that one's file away. A disk that refused a
  // file is asked again at each message.
  void Begin() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string path_;
  absl::Mutex mutex_;
  // Negative while there is none.
  int file_ ABSL_GUARDED_BY(mutex_) = -1;
  uint64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_INFO_LOG_H_
