// Bytes of the store are changed behind the log's back: in rows, by somebody who
// opens the database, and in files, by a disk.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/fsck/fsck.h"
#include "storage/record/record.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/log_keys.h"
#include "storage/rocksdb/log_settings.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "storage/rocksdb/rocksdb_status.h"
#include "tests/fault/log_of_directory.h"
#include "tests/testing/appends.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

namespace fs = std::filesystem;
using storage::LogFamily;
using storage::RocksdbEventLog;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
constexpr uint64_t kRecords = 300;
const SchoolId kSchool = IdOf<SchoolId>(1);

class DamagedStore : public ::testing::Test {
 protected:
  void SetUp() override {
    Open();
    for (uint64_t i = 0; i < kRecords; ++i) {
      ASSERT_OK(AppendTo(*log_, MakeAppend({.school = kSchool,
                                            .stream = absl::StrCat("case-", i % 7),
                                            .request_id = IdOf<RequestId>(i + 1),
                                            .texts = {absl::StrCat("text ", i)}})));
    }
  }

  void Open() { ASSERT_OK_AND_ASSIGN(log_, OpenLogOf(directory_.path())); }

  // Changes the value of a row; without one the row is deleted.
  void SetRow(LogFamily family, const std::string& key,
              const std::function<std::optional<std::string>(std::string)>& change) {
    log_.reset();
    {
      ASSERT_OK_AND_ASSIGN(
          const std::unique_ptr<storage::Database> database,
          storage::Database::Open(storage::LogSettings(directory_.At("log"), nullptr)));
      ASSERT_OK_AND_ASSIGN(const storage::Database::Lease lease, database->Acquire());
      std::string value;
      ASSERT_TRUE(lease.db().Get(rocksdb::ReadOptions(), lease.family(family), key, &value).ok());
      const std::optional<std::string> changed = change(value);
      const rocksdb::Status status =
          changed.has_value()
              ? lease.db().Put(rocksdb::WriteOptions(), lease.family(family), key, *changed)
              : lease.db().Delete(rocksdb::WriteOptions(), lease.family(family), key);
      ASSERT_TRUE(status.ok());
    }
    Open();
  }

  void FlipLastByte(LogFamily family, const std::string& key) {
    SetRow(family, key, [](std::string value) {
      value.back() = static_cast<char>(value.back() ^ 1);
      return value;
    });
  }
  void DeleteRow(LogFamily family, const std::string& key) {
    SetRow(family, key, [](const std::string&) { return std::nullopt; });
  }

  fsck::CheckReport FullCheck() { return fsck::Check(*log_, *log_, kSchool, {}).value(); }

  void ExpectFaultAt(uint64_t position) {
    EXPECT_THAT(FullCheck().faults, Contains(Field(&fsck::Fault::position, position)));
  }
  // The end of the log is damaged, which the start finds out.
  void ExpectReadOnly(absl::string_view why) {
    EXPECT_THAT(log_->WriteStatus(kSchool), StatusIs(kDataLoss, HasSubstr(std::string(why))));
    EXPECT_THAT(AppendTo(*log_, MakeAppend({.school = kSchool,
                                            .request_id = IdOf<RequestId>(kRecords + 1)})),
                StatusIs(kDataLoss));
  }

  const ScratchDirectory directory_;
  std::unique_ptr<RocksdbEventLog> log_;
};

TEST_F(DamagedStore, AnUndamagedStoreIsClean) {
  log_.reset();
  Open();
  EXPECT_TRUE(FullCheck().clean());
  EXPECT_OK(log_->WriteStatus(kSchool));
}

TEST_F(DamagedStore, AChangedRecordIsNamedByTheFullCheck) {
  FlipLastByte(LogFamily::kRecords, storage::RecordKey(kSchool, 150));
  EXPECT_OK(log_->WriteStatus(kSchool));
  ExpectFaultAt(150);
}

TEST_F(DamagedStore, AMissingRecordIsNamedByReadsAndByTheFullCheck) {
  DeleteRow(LogFamily::kRecords, storage::RecordKey(kSchool, 150));
  EXPECT_THAT(log_->ReadLog(kSchool, 100, 100),
              StatusIs(kDataLoss, HasSubstr("record 150 is missing")));
  EXPECT_THAT(log_->ReadStream(kSchool, absl::StrCat("case-", 150 % 7), 1, 100),
              StatusIs(kDataLoss, HasSubstr("record 150 is missing")));
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 150), IsOkAndHolds(SizeIs(150)));
  ExpectFaultAt(150);
}

TEST_F(DamagedStore, AChangedOrMissingNodeIsNamedByItsFirstRecord) {
  FlipLastByte(LogFamily::kNodes, storage::NodeKey(kSchool, {3, 10}));
  ExpectFaultAt(80);
  DeleteRow(LogFamily::kNodes, storage::NodeKey(kSchool, {1, 20}));
  ExpectFaultAt(40);
  EXPECT_THAT(log_->InclusionProof(kSchool, 42, 50), StatusIs(kDataLoss, HasSubstr("node 1/20")));
}

TEST_F(DamagedStore, AMissingStreamRowIsNamedByReadsAndByTheFullCheck) {
  // Record 75 is revision 11 of its stream.
  const std::string stream = absl::StrCat("case-", 75 % 7);
  DeleteRow(LogFamily::kStreams,
            storage::StreamKey(storage::StreamPrefix(kSchool, stream), 75 / 7 + 1));
  ExpectFaultAt(75);
  EXPECT_THAT(log_->ReadStream(kSchool, stream, 1, 100),
              StatusIs(kDataLoss, AllOf(HasSubstr("revision 11"), Not(HasSubstr(stream)))));
}

TEST_F(DamagedStore, AMissingRequestRowIsNamedByTheFullCheck) {
  DeleteRow(LogFamily::kRequests, storage::RequestKey(kSchool, IdOf<RequestId>(76)));
  ExpectFaultAt(75);
}

TEST_F(DamagedStore, ADamagedEndIsFoundAtStartAndStopsTheSchool) {
  FlipLastByte(LogFamily::kRecords, storage::RecordKey(kSchool, kRecords - 1));
  ExpectReadOnly(absl::StrCat("record ", kRecords - 1));
}

TEST_F(DamagedStore, AMissingStreamRowAtTheEndIsFoundAtStart) {
  const uint64_t last = kRecords - 1;
  const std::string stream = absl::StrCat("case-", last % 7);
  DeleteRow(LogFamily::kStreams,
            storage::StreamKey(storage::StreamPrefix(kSchool, stream), last / 7 + 1));
  ExpectReadOnly(absl::StrCat("record ", last, " is not in its stream"));
}

TEST_F(DamagedStore, AMissingRequestRowAtTheEndIsFoundAtStart) {
  DeleteRow(LogFamily::kRequests, storage::RequestKey(kSchool, IdOf<RequestId>(kRecords)));
  ExpectReadOnly(absl::StrCat("record ", kRecords - 1, " is not in its request"));
}

TEST_F(DamagedStore, AMissingEndIsFoundByThePin) {
  DeleteRow(LogFamily::kRecords, storage::RecordKey(kSchool, kRecords - 1));
  ExpectReadOnly(absl::StrCat("positions ", kRecords - 1, " to ", kRecords - 1, " are missing"));
}

TEST_F(DamagedStore, AnUnknownFormatIsNotOpened) {
  log_.reset();
  {
    auto database =
        storage::Database::Open(storage::LogSettings(directory_.At("log"), nullptr)).value();
    const storage::Database::Lease lease = database->Acquire().value();
    ASSERT_TRUE(lease.db()
                    .Put(rocksdb::WriteOptions(), lease.family(LogFamily::kFormat),
                         storage::kFormatKey, "2")
                    .ok());
  }
  EXPECT_THAT(OpenLogOf(directory_.path()), StatusIs(kDataLoss, HasSubstr("format")));
}

// A block of a table is damaged, at the beginning or at the end of one school's
// records. Only this school is concerned.
class DamagedSchool : public DamagedStore {
 protected:
  void SetUp() override {
    DamagedStore::SetUp();
    // Of several blocks, so that its end lies in none of the other school's.
    for (uint64_t i = 0; i < kRecords; ++i) ASSERT_OK(AppendToOther(i + 1));
  }

  absl::Status AppendToOther(uint64_t request) {
    return AppendTo(*log_, MakeAppend({.school = kOtherSchool,
                                       .request_id = IdOf<RequestId>(request),
                                       .texts = {std::string(300, 'o')}}))
        .status();
  }

  void FlipOnDisk(uint64_t position) {
    const std::string bytes = log_->ReadLog(kSchool, position, 1)->at(0).bytes;
    log_.reset();
    for (const fs::directory_entry& file : fs::directory_iterator(directory_.At("log"))) {
      std::ostringstream stream;
      stream << std::ifstream(file.path(), std::ios::binary).rdbuf();
      std::string content = stream.str();
      const size_t place = content.find(bytes);
      if (place == std::string::npos) continue;
      content[place + bytes.size() / 2] ^= 1;
      std::ofstream(file.path(), std::ios::binary) << content;
    }
    Open();
  }

  // Also when the first of its records share a block with what was damaged.
  void ExpectOtherSchoolIsWhole() {
    EXPECT_THAT(log_->ListSchools(), IsOkAndHolds(ElementsAre(kSchool, kOtherSchool)));
    EXPECT_OK(log_->WriteStatus(kOtherSchool));
    EXPECT_OK(AppendToOther(kRecords + 1));
    EXPECT_THAT(log_->ReadLog(kOtherSchool, kRecords / 2, 1000),
                IsOkAndHolds(SizeIs(kRecords / 2 + 1)));
    ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, log_->Head(kOtherSchool));
    EXPECT_EQ(head.size, kRecords + 1);
  }

  const SchoolId kOtherSchool = IdOf<SchoolId>(2);
};

TEST_F(DamagedSchool, AnUnreadableEndMakesThisSchoolReadOnlyAndNoOther) {
  FlipOnDisk(kRecords - 1);
  ExpectReadOnly("cannot be read");
  EXPECT_THAT(log_->Head(kSchool), StatusIs(kDataLoss));
  // What can be read is read, and the end is no end.
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 100), IsOkAndHolds(SizeIs(100)));
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 2 * kRecords), StatusIs(kDataLoss));
  EXPECT_THAT(log_->ReadStream(kSchool, absl::StrCat("case-", (kRecords - 1) % 7), 1, 1000),
              StatusIs(kDataLoss));
  EXPECT_OK(log_->Tend());
  ExpectOtherSchoolIsWhole();
}

TEST_F(DamagedSchool, AnUnreadableBeginningHidesNoSchool) {
  FlipOnDisk(0);
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 1), StatusIs(kDataLoss, HasSubstr("record 0")));
  EXPECT_THAT(log_->ReadLog(kSchool, kRecords - 10, 10), IsOkAndHolds(SizeIs(10)));
  ExpectFaultAt(0);
  ExpectOtherSchoolIsWhole();
}

// Every file in which a record's bytes stand is a table, as the log was closed.
TEST_F(DamagedStore, AFlippedBitOnTheDiskIsFoundWhereverItStandsInARecord) {
  std::mt19937_64 random(TestSeed());
  const std::string bytes = log_->ReadLog(kSchool, 150, 1)->at(0).bytes;
  log_.reset();
  int places = 0;
  for (const fs::directory_entry& file : fs::directory_iterator(directory_.At("log"))) {
    std::ostringstream stream;
    stream << std::ifstream(file.path(), std::ios::binary).rdbuf();
    const std::string content = stream.str();
    const size_t place = content.find(bytes);
    if (place == std::string::npos) continue;
    ++places;
    for (int i = 0; i < 10; ++i) {
      std::string flipped = content;
      flipped[place + random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
      std::ofstream(file.path(), std::ios::binary) << flipped;
      Open();
      ExpectFaultAt(150);
      EXPECT_THAT(log_->ReadLog(kSchool, 150, 1), StatusIs(kDataLoss, HasSubstr("record 150")));
      EXPECT_OK(log_->ReadLog(kSchool, 0, 10));
      log_.reset();
    }
    std::ofstream(file.path(), std::ios::binary) << content;
  }
  EXPECT_EQ(places, 1);
  Open();
  EXPECT_TRUE(FullCheck().clean());
}

}  // namespace
}  // namespace wardbook::testing
