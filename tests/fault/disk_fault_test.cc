// The disk runs full or breaks under the log, at every point where it can.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/fault/fault_file_system.h"
#include "tests/fault/log_of_directory.h"
#include "tests/testing/acknowledged_appends.h"
#include "tests/testing/appends.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

using storage::Appended;
using storage::RocksdbEventLog;

constexpr auto kUnavailable = absl::StatusCode::kUnavailable;
constexpr uint32_t kWriters = 8;

class DiskFault : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen() {
    log_.reset();
    ASSERT_OK_AND_ASSIGN(log_, OpenLogOf(directory_.path(), disk_));
  }

  // One append of each writer at the same time, each as large as the writer's
  // number says; what is acknowledged is noted. Returns how many were not.
  int AppendOfEach() {
    absl::Mutex mutex;
    int refused = 0;
    absl::BlockingCounter answered(kWriters);
    std::vector<WriterRequest> requests;
    for (uint32_t writer = 0; writer < kWriters; ++writer) {
      requests.push_back({writer, acknowledged_.NextNumber(writer)});
    }
    for (const WriterRequest& request : requests) {
      log_->Append(AppendOfWriter(request), [&, request](absl::StatusOr<Appended> appended) {
        {
          absl::MutexLock lock(&mutex);
          if (appended.ok()) {
            acknowledged_.Add({request, appended->first_position, appended->first_revision,
                               appended->leaf_hashes.front()});
          } else {
            EXPECT_THAT(appended, StatusIs(kUnavailable));
            ++refused;
          }
        }
        answered.DecrementCount();
      });
    }
    answered.Wait();
    return refused;
  }

  // Appends until one is refused, and it is the disk's fault.
  void FailsAfter(const std::function<void()>& arm) {
    const uint64_t faults = disk_->faults();
    arm();
    while (AppendOfEach() == 0) {
    }
    EXPECT_GT(disk_->faults(), faults);
  }

  // Reads go on, and appends are refused at once.
  void ExpectReadOnly() {
    EXPECT_THAT(log_->WriteStatus(SchoolOfWriter(0)), StatusIs(kUnavailable));
    EXPECT_OK(acknowledged_.CheckKept(*log_));
    EXPECT_EQ(AppendOfEach(), kWriters);
  }

  // To the log that is open.
  void Listen() {
    log_->Listen([this](const SchoolId& school, uint64_t size) {
      absl::MutexLock lock(&heard_mutex_);
      EXPECT_LE(heard_[school], size);
      heard_[school] = size;
    });
  }
  void AwaitHeardOfAll() {
    const std::vector<SchoolId> schools = log_->ListSchools().value();
    for (const SchoolId& school : schools) {
      const uint64_t size = log_->Head(school)->size;
      absl::MutexLock lock(&heard_mutex_);
      const auto is_heard = [&] { return heard_[school] == size; };
      heard_mutex_.Await(absl::Condition(&is_heard));
    }
  }

  // Everything acknowledged is there, everything works, nothing is damaged.
  void ExpectWhole() {
    ASSERT_OK(acknowledged_.CheckKept(*log_));
    ASSERT_OK(acknowledged_.RetryLast(*log_));
    EXPECT_EQ(AppendOfEach(), 0);
    ASSERT_OK(CheckAllSchools(*log_));
  }

  const ScratchDirectory directory_;
  const std::shared_ptr<FaultFileSystem> disk_ = std::make_shared<FaultFileSystem>();
  AcknowledgedAppends acknowledged_;
  absl::Mutex heard_mutex_;
  std::map<SchoolId, uint64_t> heard_;
  std::unique_ptr<RocksdbEventLog> log_;
};

TEST_F(DiskFault, AFullDiskStopsWritesUntilThereIsRoom) {
  for (uint64_t room : {0u, 1u, 7u, 500u, 1500u, 4000u, 9000u, 20'000u, 50'000u}) {
    SCOPED_TRACE(absl::StrCat("room for ", room, " bytes"));
    EXPECT_EQ(AppendOfEach(), 0);
    FailsAfter([&] { disk_->SetRoom(room); });
    ExpectReadOnly();
    EXPECT_THAT(log_->Tend(), StatusIs(kUnavailable));
    ExpectReadOnly();
    disk_->Heal();
    ASSERT_OK(log_->Tend());
    ExpectWhole();
  }
}

TEST_F(DiskFault, ALogIsOpenedOnAFullDiskForReadingAndRecovers) {
  for (uint64_t room : {0u, 100u, 3000u, 30'000u}) {
    SCOPED_TRACE(absl::StrCat("room for ", room, " bytes"));
    EXPECT_EQ(AppendOfEach(), 0);
    FailsAfter([&] { disk_->SetRoom(room); });
    for (int restart = 0; restart < 2; ++restart) {
      Reopen();
      ExpectReadOnly();
      EXPECT_THAT(log_->Tend(), StatusIs(kUnavailable));
    }
    disk_->Heal();
    ASSERT_OK(log_->Tend());
    ExpectWhole();
    Reopen();
    ExpectWhole();
  }
}

// The memtables are written out while the disk runs full, so that it is not the
// writer who finds out first.
TEST_F(DiskFault, ADiskThatRunsFullInAFlushLosesNothing) {
  const std::string large(900'000, 'x');
  uint64_t number = 0;
  const auto append = [&] {
    return AppendTo(*log_, MakeAppend({.request_id = IdOf<RequestId>(++number), .texts = {large}}));
  };
  std::vector<Appended> kept;
  for (uint64_t room : {34u << 20, 50u << 20, 64u << 20}) {
    const uint64_t faults = disk_->faults();
    disk_->SetRoom(room);
    absl::StatusOr<Appended> appended;
    while ((appended = append()).ok()) kept.push_back(*appended);
    EXPECT_THAT(appended, StatusIs(kUnavailable));
    EXPECT_GT(disk_->faults(), faults);
    EXPECT_THAT(log_->Tend(), StatusIs(kUnavailable));
    disk_->Heal();
    ASSERT_OK(log_->Tend());
    ASSERT_OK(append());
  }
  for (const Appended& appended : kept) {
    EXPECT_THAT(log_->ReadLog(IdOf<SchoolId>(1), appended.first_position, 1),
                IsOkAndHolds(::testing::SizeIs(1)));
  }
  ASSERT_OK(CheckAllSchools(*log_));
}

TEST_F(DiskFault, WhatLookedForRoomIsNotLeftBehind) {
  EXPECT_EQ(AppendOfEach(), 0);
  log_.reset();
  std::ofstream(directory_.At("log/room.probe")) << "as large as a full disk allowed";
  Reopen();
  EXPECT_FALSE(std::filesystem::exists(directory_.At("log/room.probe")));
}

TEST_F(DiskFault, ListenersHearOfWhatAFullDiskHadTakenAfterAll) {
  for (uint64_t room = 0; room < 40'000; room += 2'000) {
    Listen();
    FailsAfter([&] { disk_->SetRoom(room); });
    disk_->Heal();
    ASSERT_OK(log_->Tend());
    AwaitHeardOfAll();
    Reopen();
  }
}

TEST_F(DiskFault, ListenersHearOfWhatWasWrittenWhenASyncFoundTheDiskFull) {
  Listen();
  FailsAfter([&] { disk_->RefuseSyncs(); });
  disk_->Heal();
  ASSERT_OK(log_->Tend());
  EXPECT_FALSE(log_->ListSchools()->empty());
  AwaitHeardOfAll();
  ExpectWhole();
}

TEST_F(DiskFault, ListenersHearOfItAlsoWhenOneSchoolCannotBeReadAtFirst) {
  Listen();
  EXPECT_EQ(AppendOfEach(), 0);
  ASSERT_OK(log_->Tend());
  FailsAfter([&] { disk_->RefuseSyncs(); });
  // Of the school that is read last.
  const std::string pin =
      absl::StrCat(directory_.path(), "/checkpoints/", SchoolOfWriter(2).Hex(), ".checkpoint");
  std::filesystem::rename(pin, pin + ".away");
  std::filesystem::create_directory(pin);
  disk_->Heal();
  EXPECT_THAT(log_->Tend(), StatusIs(kUnavailable));
  std::filesystem::remove(pin);
  std::filesystem::rename(pin + ".away", pin);
  ASSERT_OK(log_->Tend());
  AwaitHeardOfAll();
  ExpectWhole();
}

TEST_F(DiskFault, ABrokenDiskStopsWritesForGoodAndAnAcknowledgementHolds) {
  for (uint64_t operations = 0; operations < 30; ++operations) {
    SCOPED_TRACE(absl::StrCat("after ", operations, " operations"));
    EXPECT_EQ(AppendOfEach(), 0);
    FailsAfter([&] { disk_->BreakAfter(operations); });
    ExpectReadOnly();
    disk_->Heal();
    // Whatever the disk says now: what it took before is not known.
    EXPECT_THAT(log_->Tend(), StatusIs(kUnavailable));
    ExpectReadOnly();
    Reopen();
    ExpectWhole();
  }
}

TEST_F(DiskFault, AFailedSyncStopsWritesForGoodAndAnAcknowledgementHolds) {
  for (uint64_t syncs = 0; syncs < 10; ++syncs) {
    SCOPED_TRACE(absl::StrCat("after ", syncs, " syncs"));
    FailsAfter([&] { disk_->BreakSyncsAfter(syncs); });
    disk_->Heal();
    ExpectReadOnly();
    Reopen();
    ExpectWhole();
  }
}

}  // namespace
}  // namespace wardbook::testing
