// What a full check with keys says of payloads that do not open.

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/fsck/fsck.h"
#include "tests/testing/appends.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::fsck {
namespace {

using ::testing::IsEmpty;
using ::wardbook::testing::AppendTo;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::MakeAppend;
using ::wardbook::testing::MemoryEventLog;
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

}  // namespace
}  // namespace wardbook::fsck
