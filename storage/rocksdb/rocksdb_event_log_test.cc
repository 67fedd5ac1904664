// What a log on RocksDB asks of the disk, beside what every log promises.

#include "storage/rocksdb/rocksdb_event_log.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/file_system.h"
#include "storage/rocksdb/commit_pipeline.h"
#include "storage/rocksdb/rocksdb_event_log_options.h"
#include "tests/testing/appends.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::storage {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using wardbook::testing::AppendSpec;
using wardbook::testing::AppendTo;
using wardbook::testing::IdOf;
using wardbook::testing::MakeAppend;
using wardbook::testing::ScratchDirectory;

constexpr int kFormedEarly = kAppendsWorthForming;

// Counts what is read, written and synced, and holds syncs of write-ahead logs up.
// Safe for concurrent use.
class WatchedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  WatchedFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  // Of write-ahead logs.
  int syncs() const { return syncs_; }
  int writes() const { return writes_; }
  void AwaitWrites(int writes) {
    absl::MutexLock lock(&mutex_);
    const auto written = [&] { return writes_ >= writes; };
    mutex_.Await(absl::Condition(&written));
  }

  // From now on a sync waits until LetGo.
  void Hold() {
    absl::MutexLock lock(&mutex_);
    holds_ = true;
  }
  void LetGo() {
    absl::MutexLock lock(&mutex_);
    holds_ = false;
  }
  void AwaitHeld() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&held_));
  }

  uint64_t reads() const { return reads_; }
  uint64_t read_bytes() const { return read_bytes_; }

  const char* Name() const override { return "WatchedFileSystem"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext* debug) override {
    IOStatus status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
    if (status.ok() && absl::EndsWith(path, ".log")) {
      *result = std::make_unique<WrittenFile>(*this, std::move(*result));
    }
    return status;
  }

  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext* debug) override {
    IOStatus status = FileSystemWrapper::NewRandomAccessFile(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<ReadFile>(*this, std::move(*result));
    return status;
  }

 private:
  class WrittenFile : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    WrittenFile(WatchedFileSystem& owner, std::unique_ptr<rocksdb::FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner) {}

    IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                    IODebugContext* debug) override {
      IOStatus status = FSWritableFileOwnerWrapper::Append(data, options, debug);
      absl::MutexLock lock(&owner_.mutex_);
      ++owner_.writes_;
      return status;
    }
    IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
      return Append(data, options, debug);
    }
    IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
      owner_.Pass();
      return FSWritableFileOwnerWrapper::Sync(options, debug);
    }

   private:
    WatchedFileSystem& owner_;
  };

  class ReadFile : public rocksdb::FSRandomAccessFileOwnerWrapper {
   public:
    ReadFile(WatchedFileSystem& owner, std::unique_ptr<rocksdb::FSRandomAccessFile> file)
        : FSRandomAccessFileOwnerWrapper(std::move(file)), owner_(owner) {}

    IOStatus Read(uint64_t offset, size_t size, const IOOptions& options, rocksdb::Slice* result,
                  char* room, IODebugContext* debug) const override {
      ++owner_.reads_;
      owner_.read_bytes_ += size;
      return FSRandomAccessFileOwnerWrapper::Read(offset, size, options, result, room, debug);
    }

   private:
    WatchedFileSystem& owner_;
  };

  // A sync begins.
  void Pass() {
    absl::MutexLock lock(&mutex_);
    ++syncs_;
    held_ = true;
    const auto goes = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !holds_; };
    mutex_.Await(absl::Condition(&goes));
    held_ = false;
  }

  absl::Mutex mutex_;
  bool holds_ ABSL_GUARDED_BY(mutex_) = false;
  bool held_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<int> syncs_ = 0;
  std::atomic<int> writes_ = 0;
  std::atomic<uint64_t> reads_ = 0;
  std::atomic<uint64_t> read_bytes_ = 0;
};

class RocksdbEventLogTest : public ::testing::Test {
 protected:
  void Open(absl::string_view folder = "log") {
    log_.reset();
    RocksdbEventLogOptions options;
    options.path = directory_.At(folder);
    options.file_system = disk_;
    absl::StatusOr<std::unique_ptr<RocksdbEventLog>> opened =
        RocksdbEventLog::Open(std::move(options));
    ASSERT_OK(opened);
    log_ = *std::move(opened);
  }

  // Each to a stream of its own.
  AppendRequest Append(uint64_t number) {
    AppendSpec spec;
    spec.stream = absl::StrCat("case-", number);
    spec.request_id = IdOf<RequestId>(number);
    return MakeAppend(spec);
  }

  const SchoolId school_ = AppendSpec().school;
  const ScratchDirectory directory_;
  const std::shared_ptr<WatchedFileSystem> disk_ = std::make_shared<WatchedFileSystem>();
  std::unique_ptr<RocksdbEventLog> log_;
};

TEST_F(RocksdbEventLogTest, AnAppendThatIsAloneIsSyncedAtOnceAndOnce) {
  Open();
  for (uint64_t number = 1; number < 10; ++number) {
    const int before = disk_->syncs();
    ASSERT_OK(AppendTo(*log_, Append(number)));
    EXPECT_EQ(disk_->syncs(), before + 1);
  }
}

// Neither who appends nor who reads waits for a sync, and the next batch is written
// meanwhile.
TEST_F(RocksdbEventLogTest, WhatComesDuringASyncIsOneBatchThatIsFormedMeanwhile) {
  Open();
  const int before = disk_->syncs();
  disk_->Hold();
  absl::BlockingCounter answered(1 + kFormedEarly);
  std::atomic<int> answers = 0;
  const auto append = [&](uint64_t number) {
    log_->Append(Append(number), [&](const absl::StatusOr<Appended>& appended) {
      EXPECT_OK(appended);
      ++answers;
      answered.DecrementCount();
    });
  };
  append(1);
  disk_->AwaitHeld();
  const int written = disk_->writes();
  for (int i = 0; i < kFormedEarly; ++i) append(static_cast<uint64_t>(2 + i));
  disk_->AwaitWrites(written + 1);
  EXPECT_EQ(answers, 0);
  EXPECT_EQ(log_->Head(school_)->size, 0u);
  disk_->LetGo();
  answered.Wait();
  EXPECT_EQ(disk_->syncs(), before + 2);
  EXPECT_EQ(log_->Head(school_)->size, static_cast<uint64_t>(1 + kFormedEarly));
}

// Of logs that were written in one go, the one a tenth as long as the other.
TEST_F(RocksdbEventLogTest, AStartReadsHardlyMoreOfALogThatIsTenTimesAsLong) {
  struct Cost {
    uint64_t reads;
    uint64_t bytes;
  };
  const auto cost_of_start = [&](absl::string_view folder, uint64_t appends) -> Cost {
    Open(folder);
    for (uint64_t number = 1; number <= appends; ++number) {
      EXPECT_OK(AppendTo(*log_, Append(number)));
    }
    log_.reset();
    const Cost before{disk_->reads(), disk_->read_bytes()};
    Open(folder);
    return {disk_->reads() - before.reads, disk_->read_bytes() - before.bytes};
  };
  const Cost small = cost_of_start("small", 300);
  const Cost large = cost_of_start("large", 3000);
  std::cout << small.reads << " reads of " << small.bytes << " bytes, and " << large.reads << " of "
            << large.bytes << "\n";
  EXPECT_GT(small.reads, 0u);
  EXPECT_LT(2 * large.reads, 3 * small.reads);
  EXPECT_LT(2 * large.bytes, 3 * small.bytes);
}

}  // namespace
}  // namespace wardbook::storage
