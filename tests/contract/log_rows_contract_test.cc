// What storage/log_rows.h promises, held by every implementation.

#include "storage/log_rows.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/event_log.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/testing/appends.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::wardbook::testing::AppendTo;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::MakeAppend;
using ::wardbook::testing::MemoryEventLog;
using ::wardbook::testing::ScratchDirectory;
using ::wardbook::testing::StatusIs;

const SchoolId kSchool = IdOf<SchoolId>(1);
const SchoolId kOtherSchool = IdOf<SchoolId>(2);

// A log and its rows.
struct Subject {
  std::unique_ptr<ScratchDirectory> directory;
  std::unique_ptr<EventLog> log;
  const LogRows* rows;
};

Subject InMemory() {
  auto log = std::make_unique<MemoryEventLog>();
  const LogRows* const rows = log.get();
  return {nullptr, std::move(log), rows};
}

Subject OnRocksdb() {
  auto directory = std::make_unique<ScratchDirectory>();
  auto log = RocksdbEventLog::Open(
                 directory->At("log"), checkpoint::PinStore::Open(directory->At("pins")).value(),
                 checkpoint::NoteSigner::Create("log.example", testing::TestKey()).value())
                 .value();
  const LogRows* const rows = log.get();
  return {std::move(directory), std::move(log), rows};
}

class LogRowsContract : public ::testing::TestWithParam<Subject (*)()> {
 protected:
  // Three requests of one, two and three events, for two streams; and one of
  // another school, which must not show.
  void SetUp() override {
    for (uint64_t request = 1; request <= 3; ++request) {
      ASSERT_OK(AppendTo(*subject_.log,
                         MakeAppend({.school = kSchool,
                                     .stream = absl::StrCat("case-", request % 2),
                                     .request_id = IdOf<RequestId>(request),
                                     .texts = std::vector<std::string>(request, "text")})));
    }
    ASSERT_OK(AppendTo(*subject_.log, MakeAppend({.school = kOtherSchool,
                                                  .stream = "case-0",
                                                  .request_id = IdOf<RequestId>(1)})));
  }

  const LogRows& rows() const { return *subject_.rows; }

  std::vector<uint64_t> Positions(uint64_t from, uint64_t to) const {
    std::vector<uint64_t> positions;
    EXPECT_OK(rows().VisitRecords(kSchool, from, to, [&](const RecordRow& row) {
      positions.push_back(row.position);
      return absl::OkStatus();
    }));
    return positions;
  }

  std::vector<uint64_t> NodeIndexes(merkle::NodeId first, uint64_t count) const {
    std::vector<uint64_t> indexes;
    EXPECT_OK(rows().VisitNodes(kSchool, first, count, [&](merkle::NodeId id, const Hash&) {
      EXPECT_EQ(id.level, first.level);
      indexes.push_back(id.index);
      return absl::OkStatus();
    }));
    return indexes;
  }

  Subject subject_ = GetParam()();
};

TEST_P(LogRowsContract, RecordsAreVisitedInOrderAndAreThoseOfTheLog) {
  EXPECT_THAT(Positions(0, 100), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(Positions(2, 4), ElementsAre(2, 3));
  EXPECT_THAT(Positions(4, 4), IsEmpty());
  EXPECT_THAT(Positions(6, 100), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const std::vector<StoredRecord> stored,
                       subject_.log->ReadLog(kSchool, 0, 100));
  EXPECT_OK(rows().VisitRecords(kSchool, 0, 100, [&](const RecordRow& row) {
    EXPECT_EQ(row.bytes, stored[row.position].bytes);
    EXPECT_EQ(row.leaf_hash, merkle::LeafHash(row.bytes));
    return absl::OkStatus();
  }));
}

TEST_P(LogRowsContract, AVisitEndsWithWhatTheVisitorFailsWith) {
  int visited = 0;
  EXPECT_THAT(rows().VisitRecords(kSchool, 0, 100,
                                  [&](const RecordRow&) {
                                    return ++visited == 2 ? absl::AbortedError("enough")
                                                          : absl::OkStatus();
                                  }),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(visited, 2);
  EXPECT_THAT(
      rows().VisitNodes(kSchool, {1, 0}, 100,
                        [](merkle::NodeId, const Hash&) { return absl::AbortedError("enough"); }),
      StatusIs(absl::StatusCode::kAborted));
}

TEST_P(LogRowsContract, NodesAreThoseAboveTheLeavesThatAreFinal) {
  EXPECT_THAT(NodeIndexes({1, 0}, 100), ElementsAre(0, 1, 2));
  EXPECT_THAT(NodeIndexes({1, 1}, 1), ElementsAre(1));
  EXPECT_THAT(NodeIndexes({2, 0}, 100), ElementsAre(0));
  EXPECT_THAT(NodeIndexes({3, 0}, 100), IsEmpty());
  std::vector<Hash> leaves;
  ASSERT_OK(rows().VisitRecords(kSchool, 0, 2, [&](const RecordRow& row) {
    leaves.push_back(row.leaf_hash);
    return absl::OkStatus();
  }));
  EXPECT_OK(rows().VisitNodes(kSchool, {1, 0}, 1, [&](merkle::NodeId, const Hash& hash) {
    EXPECT_EQ(hash, merkle::NodeHash(leaves[0], leaves[1]));
    return absl::OkStatus();
  }));
}

TEST_P(LogRowsContract, StreamRowsComeByStreamAndRevisionInPages) {
  const std::vector<StreamRow> all = {{"case-0", 1, 1}, {"case-0", 2, 2}, {"case-1", 1, 0},
                                      {"case-1", 2, 3}, {"case-1", 3, 4}, {"case-1", 4, 5}};
  for (size_t page = 1; page <= all.size() + 1; ++page) {
    std::vector<StreamRow> read;
    std::optional<StreamRow> last;
    while (true) {
      ASSERT_OK_AND_ASSIGN(const std::vector<StreamRow> some,
                           rows().StreamRows(kSchool, last, page));
      ASSERT_LE(some.size(), page);
      if (some.empty()) break;
      read.insert(read.end(), some.begin(), some.end());
      last = some.back();
    }
    EXPECT_EQ(read, all) << page;
  }
  EXPECT_THAT(rows().FindStreamRow(kSchool, "case-1", 3), IsOkAndHolds(Optional(all[4])));
  EXPECT_THAT(rows().FindStreamRow(kSchool, "case-1", 5), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(rows().FindStreamRow(kSchool, "case-1", 0), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(rows().FindStreamRow(kOtherSchool, "case-1", 1), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(LogRowsContract, RequestRowsComeByIdInPages) {
  for (size_t page = 1; page <= 4; ++page) {
    std::vector<RequestRow> read;
    std::optional<RequestId> last;
    while (true) {
      ASSERT_OK_AND_ASSIGN(const std::vector<RequestRow> some,
                           rows().RequestRows(kSchool, last, page));
      ASSERT_LE(some.size(), page);
      if (some.empty()) break;
      read.insert(read.end(), some.begin(), some.end());
      last = some.back().request_id;
    }
    ASSERT_EQ(read.size(), 3u) << page;
    for (uint64_t request = 1; request <= 3; ++request) {
      const RequestRow& row = read[request - 1];
      EXPECT_EQ(row.request_id, IdOf<RequestId>(request));
      EXPECT_EQ(row.stream, absl::StrCat("case-", request % 2));
      EXPECT_EQ(row.first_position, request * (request - 1) / 2);
      EXPECT_EQ(row.first_revision, request == 3 ? 2u : 1u);
      EXPECT_EQ(row.event_count, request);
      EXPECT_THAT(rows().FindRequestRow(kSchool, row.request_id), IsOkAndHolds(Optional(row)));
    }
  }
  EXPECT_THAT(rows().FindRequestRow(kOtherSchool, IdOf<RequestId>(2)),
              IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(LogRowsContract, AnUnknownSchoolHasNoRows) {
  const SchoolId unknown = IdOf<SchoolId>(9);
  EXPECT_THAT(rows().StreamRows(unknown, std::nullopt, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(rows().RequestRows(unknown, std::nullopt, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_OK(rows().VisitRecords(
      unknown, 0, 10, [](const RecordRow&) { return absl::InternalError("there is none"); }));
  EXPECT_OK(rows().VisitNodes(unknown, {1, 0}, 10, [](merkle::NodeId, const Hash&) {
    return absl::InternalError("there is none");
  }));
}

INSTANTIATE_TEST_SUITE_P(Implementations, LogRowsContract, ::testing::Values(&InMemory, &OnRocksdb),
                         [](const auto& subject) {
                           return subject.param == &InMemory ? "Memory" : "Rocksdb";
                         });

}  // namespace
}  // namespace wardbook::storage
