#include "storage/rocksdb/info_log.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace wardbook::storage {
namespace {

constexpr mode_t kFileMode = 0600;
// A message that is longer is cut: RocksDB's longest lists the files of a compaction.
constexpr size_t kMessageBytesMax = 4096;

}  // namespace

InfoLog::InfoLog(std::string directory)
    : Logger(rocksdb::InfoLogLevel::WARN_LEVEL), path_(absl::StrCat(directory, "/LOG")) {}

InfoLog::~InfoLog() {
  absl::MutexLock lock(&mutex_);
  if (file_ >= 0) close(file_);
}

void InfoLog::Logv(const char* format, va_list arguments) {
  std::array<char, kMessageBytesMax> message;
  if (vsnprintf(message.data(), message.size(), format, arguments) < 0) return;
  const std::string line =
      absl::StrCat(absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ ", absl::Now(), absl::UTCTimeZone()),
                   absl::string_view(message.data()), "\n");
  absl::MutexLock lock(&mutex_);
  if (file_ < 0 || bytes_ + line.size() > kFileBytesMax) Begin();
  if (file_ < 0) return;
  const ssize_t written = write(file_, line.data(), line.size());
  if (written > 0) bytes_ += static_cast<uint64_t>(written);
}

void InfoLog::Begin() {
  if (file_ >= 0) close(file_);
  rename(path_.c_str(), absl::StrCat(path_, ".old").c_str());
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, kFileMode);
  bytes_ = 0;
}

}  // namespace wardbook::storage
