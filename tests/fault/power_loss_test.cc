// The power fails at a random moment, and the log is opened on what the disk has
// kept.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/fault/log_of_directory.h"
#include "tests/fault/power_loss_file_system.h"
#include "tests/testing/acknowledged_appends.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

constexpr uint32_t kWriters = 16;
constexpr int kRoundsDefault = 30;
// The power fails after this many acknowledgements at most, or while the log is
// opened.
constexpr uint64_t kAcknowledgementsMax = 400;
// Or in the middle of one of so many writes, syncs, creations and renames: some of those
// that the acknowledgements take.
constexpr uint64_t kOperationsMax = 300;
// The smallest that RocksDB takes: a round writes tables, takes write-ahead logs away,
// and every few rounds compacts.
constexpr size_t kMemtableBytes = 64 << 10;

int Rounds() { return PowerLossRounds(kRoundsDefault); }

// Writers at work, each as soon as its last append is answered, until one is
// refused.
class Writers {
 public:
  Writers(storage::EventLog& log, AcknowledgedAppends& acknowledged, uint64_t limit,
          std::function<void()> at_limit)
      : log_(log), acknowledged_(acknowledged), limit_(limit), at_limit_(std::move(at_limit)) {}

  void Run() {
    std::vector<WriterRequest> first;
    for (uint32_t writer = 0; writer < kWriters; ++writer) {
      first.push_back({writer, acknowledged_.NextNumber(writer)});
    }
    for (const WriterRequest& request : first) Send(request);
    ended_.Wait();
  }

 private:
  void Send(const WriterRequest& request) {
    log_.Append(AppendOfWriter(request),
                [this, request](absl::StatusOr<storage::Appended> appended) {
                  if (!appended.ok()) {
                    ended_.DecrementCount();
                    return;
                  }
                  Acknowledge(request, *appended);
                  Send({request.writer, request.number + 1});
                });
  }

  void Acknowledge(const WriterRequest& request, const storage::Appended& appended) {
    absl::MutexLock lock(&mutex_);
    acknowledged_.Add(
        {request, appended.first_position, appended.first_revision, appended.leaf_hashes.front()});
    if (++count_ == limit_) at_limit_();
  }

  storage::EventLog& log_;
  absl::Mutex mutex_;
  AcknowledgedAppends& acknowledged_;
  uint64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  const uint64_t limit_;
  const std::function<void()> at_limit_;
  absl::BlockingCounter ended_{static_cast<int>(kWriters)};
};

absl::StatusOr<std::unique_ptr<storage::RocksdbEventLog>> OpenLog(
    const ScratchDirectory& directory, std::shared_ptr<PowerLossFileSystem> disk) {
  return OpenLogOf(directory.path(), std::move(disk), kMemtableBytes);
}

std::set<std::string> TablesIn(const ScratchDirectory& directory) {
  std::set<std::string> tables;
  for (const auto& file : std::filesystem::directory_iterator(directory.At("log"))) {
    if (file.path().extension() == ".sst") tables.insert(file.path().filename());
  }
  return tables;
}

// What the last loss has left.
void ExpectWhole(const ScratchDirectory& directory,
                 const std::shared_ptr<PowerLossFileSystem>& disk,
                 AcknowledgedAppends& acknowledged) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<storage::RocksdbEventLog> log,
                       OpenLog(directory, disk));
  ASSERT_OK(acknowledged.CheckKept(*log));
  ASSERT_OK(acknowledged.RetryLast(*log));
  ASSERT_OK(CheckAllSchools(*log));
  EXPECT_GT(acknowledged.count(), 0u);
}

TEST(PowerLoss, NothingAcknowledgedIsLostMovedOrDoubled) {
  std::mt19937_64 random(TestSeed());
  const ScratchDirectory directory;
  const auto disk = std::make_shared<PowerLossFileSystem>();
  AcknowledgedAppends acknowledged;
  // Written while the writers were at work.
  uint64_t tables = 0;
  for (int round = 0; round < Rounds(); ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    {
      ASSERT_OK_AND_ASSIGN(const std::unique_ptr<storage::RocksdbEventLog> log,
                           OpenLog(directory, disk));
      ASSERT_OK(acknowledged.CheckKept(*log));
      ASSERT_OK(acknowledged.RetryLast(*log));
      ASSERT_OK(CheckAllSchools(*log));
      const std::set<std::string> before = TablesIn(directory);
      if (random() % 2 == 0) disk->LosePowerAfter(random() % kOperationsMax);
      Writers(*log, acknowledged, 1 + random() % kAcknowledgementsMax, [&] {
        disk->LosePower();
      }).Run();
      for (const std::string& table : TablesIn(directory)) tables += 1 - before.count(table);
    }
    disk->RestorePower(random);
  }
  ExpectWhole(directory, disk, acknowledged);
  EXPECT_GT(tables, 0u) << "though memtables are small";
}

// A second loss while the log recovers from the first.
TEST(PowerLoss, ALossWhileTheLogIsOpenedTakesNothing) {
  std::mt19937_64 random(TestSeed());
  const ScratchDirectory directory;
  const auto disk = std::make_shared<PowerLossFileSystem>();
  AcknowledgedAppends acknowledged;
  for (int round = 0; round < Rounds(); ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    uint64_t opening = disk->operations();
    {
      ASSERT_OK_AND_ASSIGN(const std::unique_ptr<storage::RocksdbEventLog> log,
                           OpenLog(directory, disk));
      opening = disk->operations() - opening;
      ASSERT_OK(acknowledged.CheckKept(*log));
      Writers(*log, acknowledged, 1 + random() % 50, [&] { disk->LosePower(); }).Run();
    }
    disk->RestorePower(random);
    // At any operation of an opening like the one before, or right after it.
    disk->LosePowerAfter(random() % (opening + 1));
    OpenLog(directory, disk).status().IgnoreError();  // It may or may not get through.
    disk->LosePower();
    disk->RestorePower(random);
  }
  ExpectWhole(directory, disk, acknowledged);
}

}  // namespace
}  // namespace wardbook::testing
