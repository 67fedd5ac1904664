// What a full check with keys says of payloads: of those that do not open, and of what
// those that open stand for.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/crypto/secret.h"
#include "storage/fsck/fsck.h"
#include "storage/record/record.h"
#include "tests/testing/appends.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::fsck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::wardbook::testing::AppendTo;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::MakeAppend;
using ::wardbook::testing::MemoryEventLog;
using ::wardbook::testing::StatusIs;
using ::wardbook::testing::TestKey;

const SchoolId kSchool = IdOf<SchoolId>(1);

// Records of the streams, and of the keys, 1 to `keys` in turn: record N has key
// N % keys + 1.
void FillWithKeys(MemoryEventLog& log, uint64_t records, uint64_t keys) {
  for (uint64_t position = 0; position < records; ++position) {
    const uint64_t number = position % keys + 1;
    ASSERT_OK(AppendTo(log, MakeAppend({.school = kSchool,
                                        .stream = absl::StrCat("case-", number),
                                        .request_id = IdOf<RequestId>(position + 1),
                                        .key_id = IdOf<KeyId>(number)})));
  }
}

struct OfRecords {
  std::string where;
  uint64_t records;
  uint64_t keys;
  uint64_t damaged_key;
  // The records of that key.
  uint64_t count;
  uint64_t first;
};

TEST(PayloadCheck, ADamagedKeyIsALossOfItsRecordsAndOfNothingElse) {
  const OfRecords cases[] = {
      {"in the middle", 10, 10, 5, 1, 4},
      {"the last of the log", 10, 10, 10, 1, 9},
      {"the only one", 1, 1, 1, 1, 0},
      {"the last of a part", 5000, 4096, 4096, 1, 4095},
      {"the first of a part", 4100, 4097, 4097, 1, 4096},
      {"the last of a log that ends with a part", 4096, 4096, 4096, 1, 4095},
      {"several of a stream", 4200, 100, 34, 42, 33},
  };
  for (const OfRecords& each : cases) {
    SCOPED_TRACE(each.where);
    MemoryEventLog log;
    FillWithKeys(log, each.records, each.keys);
    std::atomic<int> asked = 0;
    CheckOptions options;
    options.find_key = [&](const SchoolId&,
                           const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
      if (id != IdOf<KeyId>(each.damaged_key)) return TestKey();
      ++asked;
      return absl::DataLossError("the key does not open");
    };
    const storage::TreeHead head = log.Head(kSchool).value();
    options.pinned = checkpoint::Checkpoint{"", head.size, head.root};
    ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(log, log, kSchool, options));
    EXPECT_TRUE(report.complete);
    EXPECT_FALSE(report.clean());
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.fault_count, 0);
    EXPECT_EQ(report.root, head.root);
    EXPECT_EQ(report.keys_damaged, each.count);
    EXPECT_EQ(report.first_key_damaged, each.first);
    EXPECT_EQ(report.first_key_damage, "the key does not open");
    EXPECT_EQ(report.keys_missing, 0);
    EXPECT_EQ(report.payloads_opened, each.records - each.count);
    EXPECT_EQ(asked, 1) << "though the answer was known";
  }
}

TEST(PayloadCheck, WhatARecordStandsForIsAFaultOfTheRecordWhereItIsDamaged) {
  MemoryEventLog log;
  FillWithKeys(log, 4100, 4100);
  const storage::TreeHead head = log.Head(kSchool).value();
  CheckOptions options;
  options.threads = 3;
  options.pinned = checkpoint::Checkpoint{"", head.size, head.root};
  // One key is missing and one is damaged: nobody can say what those records stand for.
  options.find_key = [](const SchoolId&,
                        const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
    if (id == IdOf<KeyId>(8)) return std::nullopt;
    if (id == IdOf<KeyId>(9)) return absl::DataLossError("the key does not open");
    return TestKey();
  };
  std::atomic<int> looked_at = 0;
  options.check_event = [&](const record::RecordView& record,
                            const record::OpenedEvent& event) -> OutsideCheck {
    EXPECT_EQ(event.event, wardbook::testing::EventOf("text"));
    EXPECT_FALSE(record.position == 7 || record.position == 8);
    if (record.position == 2) return nullptr;
    return [&, position = record.position](const std::function<bool()>& go_on) -> absl::Status {
      EXPECT_TRUE(go_on());
      ++looked_at;
      for (const uint64_t damaged : {0u, 6u, 4095u, 4096u, 4099u}) {
        if (position == damaged) return absl::DataLossError("its file is gone");
      }
      return absl::OkStatus();
    };
  };

  ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(log, log, kSchool, options));

  EXPECT_TRUE(report.complete);
  std::vector<uint64_t> positions;
  for (const Fault& fault : report.faults) {
    EXPECT_EQ(fault.what, "its file is gone");
    positions.push_back(fault.position);
  }
  EXPECT_THAT(positions, ElementsAre(0, 6, 4095, 4096, 4099));
  EXPECT_EQ(report.root, head.root);
  EXPECT_EQ(looked_at, 4097);
  EXPECT_EQ(report.payloads_opened, 4098);
}

// Whether this thread visits records of a log.
thread_local bool visiting = false;

class LogThatIsHeld : public MemoryEventLog {
 public:
  absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                            RecordVisitor visit) const override {
    visiting = true;
    absl::Status visited = MemoryEventLog::VisitRecords(school, from, to, visit);
    visiting = false;
    return visited;
  }
};

TEST(PayloadCheck, TheLogIsNotHeldWhileALargeFileIsLookedAt) {
  LogThatIsHeld log;
  FillWithKeys(log, 10, 10);
  CheckOptions options;
  options.find_key = [](const SchoolId&, const KeyId&) { return TestKey(); };
  std::atomic<int> looked_at = 0;
  options.check_event = [&](const record::RecordView&, const record::OpenedEvent&) {
    EXPECT_TRUE(visiting);
    return [&](const std::function<bool()>&) {
      EXPECT_FALSE(visiting);
      ++looked_at;
      return absl::OkStatus();
    };
  };
  ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(log, log, kSchool, options));
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(looked_at, 10);
}

TEST(PayloadCheck, EndsWhenWhatARecordStandsForCannotBeAskedAfter) {
  MemoryEventLog log;
  FillWithKeys(log, 10, 10);
  CheckOptions options;
  options.find_key = [](const SchoolId&, const KeyId&) { return TestKey(); };
  options.check_event = [](const record::RecordView&, const record::OpenedEvent&) {
    return [](const std::function<bool()>&) {
      return absl::UnavailableError("the disk does not answer");
    };
  };
  EXPECT_THAT(Check(log, log, kSchool, options), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(PayloadCheck, ACheckThatIsStoppedDoesNotWaitForALargeFile) {
  MemoryEventLog log;
  FillWithKeys(log, 10, 10);
  CheckOptions options;
  options.find_key = [](const SchoolId&, const KeyId&) { return TestKey(); };
  // A file without an end.
  absl::Notification begun;
  options.check_event = [&](const record::RecordView&, const record::OpenedEvent&) {
    return [&](const std::function<bool()>& go_on) -> absl::Status {
      if (!begun.HasBeenNotified()) begun.Notify();
      while (go_on()) absl::SleepFor(absl::Milliseconds(1));
      return absl::CancelledError("stopped");
    };
  };
  options.progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.position, 0);
    return begun.HasBeenNotified() ? Go::kStop : Go::kOn;
  };
  ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(log, log, kSchool, options));
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.progress.position, 0);
  EXPECT_THAT(report.faults, IsEmpty());
}

}  // namespace
}  // namespace wardbook::fsck
