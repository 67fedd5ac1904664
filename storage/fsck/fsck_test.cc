#include "storage/fsck/fsck.h"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"
#include "tests/testing/appends.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::fsck {
namespace {

using storage::LogRows;
using storage::RecordRow;
using storage::RequestRow;
using storage::StreamRow;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::wardbook::testing::AppendTo;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::MakeAppend;
using ::wardbook::testing::MemoryEventLog;
using ::wardbook::testing::StatusIs;
using ::wardbook::testing::TestKey;
using ::wardbook::testing::TestSeed;

const SchoolId kSchool = IdOf<SchoolId>(1);

// The rows of a log, some of them changed as a broken disk, or somebody with a
// hand in it, would change them.
class DamagedRows : public LogRows {
 public:
  explicit DamagedRows(const LogRows& rows) : rows_(rows) {}

  std::map<uint64_t, std::string> bytes;
  std::map<uint64_t, Hash> leaves;
  std::map<std::pair<uint32_t, uint64_t>, Hash> nodes;
  std::set<uint64_t> missing_records;
  std::set<uint64_t> unreadable_records;
  std::set<std::pair<uint32_t, uint64_t>> missing_nodes;
  std::set<std::pair<uint32_t, uint64_t>> unreadable_nodes;
  // Instead of the row of the same stream and revision, or request.
  std::vector<StreamRow> stream_rows;
  std::vector<RequestRow> request_rows;
  std::set<std::pair<std::string, uint64_t>> missing_stream_rows;
  std::set<RequestId> missing_request_rows;
  std::set<std::pair<std::string, uint64_t>> unreadable_stream_rows;
  std::set<RequestId> unreadable_request_rows;

  absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                            RecordVisitor visit) const override {
    return rows_.VisitRecords(school, from, to, [&](const RecordRow& row) -> absl::Status {
      if (missing_records.contains(row.position)) return absl::OkStatus();
      if (unreadable_records.contains(row.position)) {
        return Unreadable();
      }
      RecordRow changed = row;
      if (const auto found = bytes.find(row.position); found != bytes.end()) {
        changed.bytes = found->second;
      }
      if (const auto found = leaves.find(row.position); found != leaves.end()) {
        changed.leaf_hash = found->second;
      }
      return visit(changed);
    });
  }

  absl::Status VisitNodes(const SchoolId& school, merkle::NodeId first, uint64_t count,
                          NodeVisitor visit) const override {
    return rows_.VisitNodes(school, first, count, [&](merkle::NodeId id, const Hash& hash) {
      if (missing_nodes.contains({id.level, id.index})) return absl::OkStatus();
      if (unreadable_nodes.contains({id.level, id.index})) return Unreadable();
      const auto found = nodes.find({id.level, id.index});
      return visit(id, found == nodes.end() ? hash : found->second);
    });
  }

  absl::StatusOr<std::optional<StreamRow>> FindStreamRow(const SchoolId& school,
                                                         absl::string_view stream,
                                                         uint64_t revision) const override {
    WARDBOOK_ASSIGN_OR_RETURN(std::optional<StreamRow> row,
                              rows_.FindStreamRow(school, stream, revision));
    if (unreadable_stream_rows.contains({std::string(stream), revision})) return Unreadable();
    if (row.has_value() && missing_stream_rows.contains({row->stream, revision})) {
      return std::nullopt;
    }
    if (row.has_value()) Change(*row);
    return row;
  }

  absl::StatusOr<std::optional<RequestRow>> FindRequestRow(
      const SchoolId& school, const RequestId& request_id) const override {
    if (missing_request_rows.contains(request_id)) return std::nullopt;
    if (unreadable_request_rows.contains(request_id)) return Unreadable();
    WARDBOOK_ASSIGN_OR_RETURN(std::optional<RequestRow> row,
                              rows_.FindRequestRow(school, request_id));
    if (row.has_value()) Change(*row);
    return row;
  }

  absl::StatusOr<std::vector<StreamRow>> StreamRows(const SchoolId& school,
                                                    const std::optional<StreamRow>& after,
                                                    size_t limit) const override {
    WARDBOOK_ASSIGN_OR_RETURN(std::vector<StreamRow> rows, rows_.StreamRows(school, after, limit));
    for (const StreamRow& row : rows) {
      if (unreadable_stream_rows.contains({row.stream, row.revision})) return Unreadable();
    }
    std::erase_if(rows, [&](const StreamRow& row) {
      return missing_stream_rows.contains({row.stream, row.revision});
    });
    for (StreamRow& row : rows) Change(row);
    return rows;
  }

  absl::StatusOr<std::vector<RequestRow>> RequestRows(const SchoolId& school,
                                                      const std::optional<RequestId>& after,
                                                      size_t limit) const override {
    WARDBOOK_ASSIGN_OR_RETURN(std::vector<RequestRow> rows,
                              rows_.RequestRows(school, after, limit));
    for (const RequestRow& row : rows) {
      if (unreadable_request_rows.contains(row.request_id)) return Unreadable();
    }
    std::erase_if(
        rows, [&](const RequestRow& row) { return missing_request_rows.contains(row.request_id); });
    for (RequestRow& row : rows) Change(row);
    return rows;
  }

 private:
  static absl::Status Unreadable() { return absl::DataLossError("block checksum mismatch"); }

  void Change(StreamRow& row) const {
    for (const StreamRow& changed : stream_rows) {
      if (changed.stream == row.stream && changed.revision == row.revision) row = changed;
    }
  }
  void Change(RequestRow& row) const {
    for (const RequestRow& changed : request_rows) {
      if (changed.request_id == row.request_id) row = changed;
    }
  }

  const LogRows& rows_;
};

class Fsck : public ::testing::Test {
 protected:
  // Appends requests of one to three events to three streams in turn until the
  // log has at least `records` records.
  void Fill(uint64_t records) {
    for (uint64_t request = 1; log_.Head(kSchool)->size < records; ++request) {
      ASSERT_OK(AppendTo(log_, MakeAppend({.school = kSchool,
                                           .stream = absl::StrCat("case-", request % 3),
                                           .request_id = IdOf<RequestId>(request),
                                           .texts = std::vector<std::string>(
                                               1 + request % 3, absl::StrCat(request))})));
    }
  }

  absl::StatusOr<CheckReport> CheckDamaged(const CheckOptions& options = {}) {
    return Check(log_, rows_, kSchool, options);
  }

  // The positions of the faults that a check of the damaged rows finds.
  std::set<uint64_t> FaultyPositions() {
    const absl::StatusOr<CheckReport> report = CheckDamaged();
    EXPECT_OK(report);
    std::set<uint64_t> positions;
    for (const Fault& fault : report->faults) positions.insert(fault.position);
    return positions;
  }

  std::string BytesAt(uint64_t position) { return log_.ReadLog(kSchool, position, 1)->at(0).bytes; }

  MemoryEventLog log_;
  DamagedRows rows_{log_};
};

TEST_F(Fsck, AnEmptyLogIsClean) {
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.root, merkle::EmptyRoot());
}

TEST_F(Fsck, AWholeLogIsCleanAndHasTheRootOfItsHead) {
  for (uint64_t records : {1u, 2u, 7u, 64u, 100u}) {
    Fill(records);
    ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(report.root, log_.Head(kSchool)->root);
    EXPECT_EQ(report.progress.position, log_.Head(kSchool)->size);
  }
}

TEST_F(Fsck, EveryFlippedBitOfARecordNamesTheRecord) {
  Fill(20);
  std::mt19937_64 random(TestSeed());
  for (uint64_t position : {0u, 7u, 19u}) {
    const std::string whole = BytesAt(position);
    for (int i = 0; i < 50; ++i) {
      std::string flipped = whole;
      flipped[random() % flipped.size()] ^= static_cast<char>(1 << random() % 8);
      rows_.bytes = {{position, flipped}};
      EXPECT_TRUE(FaultyPositions().contains(position));
    }
    rows_.bytes.clear();
  }
  EXPECT_THAT(FaultyPositions(), IsEmpty());
}

TEST_F(Fsck, AChangedRecordIsReportedOnceAndNotAtEveryLevelOfTheTree) {
  Fill(64);
  // The sealed payload's last byte: everything but the hash is as it was.
  std::string changed = BytesAt(5);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  rows_.bytes[5] = changed;
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
  EXPECT_THAT(report.faults,
              ElementsAre(Field(&Fault::what, HasSubstr("not what its leaf in the tree says"))));
  EXPECT_EQ(report.faults[0].position, 5);
  EXPECT_FALSE(report.clean());
}

TEST_F(Fsck, ARecordThatWasChangedTogetherWithItsLeafIsFoundByTheTree) {
  Fill(64);
  std::string changed = BytesAt(5);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  rows_.bytes[5] = changed;
  rows_.leaves[5] = merkle::LeafHash(changed);
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
  EXPECT_THAT(report.faults,
              ElementsAre(Field(&Fault::what, HasSubstr("node 1/2 over records 4 to 5"))));
}

// Somebody who rewrites a record and every node above it is found out by the
// head, which the log computed when it opened, or by the pin.
TEST_F(Fsck, AHistoryThatWasRewrittenWithAllItsNodesHasAnotherRoot) {
  Fill(64);
  std::string changed = BytesAt(5);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  rows_.bytes[5] = changed;
  rows_.leaves[5] = merkle::LeafHash(changed);
  merkle::Frontier frontier;
  for (uint64_t position = 0; position < log_.Head(kSchool)->size; ++position) {
    std::vector<merkle::Node> nodes;
    frontier.Append(position == 5 ? rows_.leaves[5] : merkle::LeafHash(BytesAt(position)), &nodes);
    for (const merkle::Node& node : nodes) {
      rows_.nodes[{node.id.level, node.id.index}] = node.hash;
    }
  }
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
  EXPECT_THAT(report.faults, ElementsAre(Field(&Fault::what, HasSubstr("another root"))));

  CheckOptions options;
  options.pinned = checkpoint::Checkpoint{"", 40, *log_.RootAt(kSchool, 40)};
  ASSERT_OK_AND_ASSIGN(const CheckReport with_pin, CheckDamaged(options));
  EXPECT_THAT(with_pin.faults, SizeIs(2));
}

TEST_F(Fsck, AChangedOrMissingNodeIsReportedOnce) {
  Fill(64);
  for (const std::pair<uint32_t, uint64_t>& id : {std::pair<uint32_t, uint64_t>{1, 3}, {6, 0}}) {
    const uint64_t first = id.second << id.first;
    rows_.nodes = {{id, Hash()}};
    EXPECT_THAT(FaultyPositions(), ElementsAre(first));
    rows_.nodes.clear();
    rows_.missing_nodes = {id};
    EXPECT_THAT(FaultyPositions(), ElementsAre(first));
    rows_.missing_nodes.clear();
  }
}

TEST_F(Fsck, MissingAndUnreadableRecordsAreNamedAndTheOthersChecked) {
  Fill(64);
  rows_.missing_records = {10};
  rows_.unreadable_records = {20, 21};
  std::string changed = BytesAt(30);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  rows_.bytes[30] = changed;
  const std::set<uint64_t> positions = FaultyPositions();
  for (uint64_t position : {10u, 20u, 21u, 30u}) EXPECT_TRUE(positions.contains(position));
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
  EXPECT_TRUE(report.complete);
}

TEST_F(Fsck, ARecordOutsideOfItsStreamIsNamed) {
  Fill(30);
  const record::RecordView record = record::ParseRecord(BytesAt(12)).value();
  rows_.missing_stream_rows = {{record.header.stream, record.revision}};
  EXPECT_TRUE(FaultyPositions().contains(12));
  rows_.missing_stream_rows.clear();
  rows_.stream_rows = {{record.header.stream, record.revision, 13}};
  EXPECT_TRUE(FaultyPositions().contains(12));
}

TEST_F(Fsck, NoFaultNamesTheStreamOfItsRecord) {
  Fill(30);
  const record::RecordView record = record::ParseRecord(BytesAt(12)).value();
  const auto expect_unnamed = [&] {
    ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
    EXPECT_THAT(report.faults, Not(IsEmpty()));
    for (const Fault& fault : report.faults) EXPECT_THAT(fault.what, Not(HasSubstr("case-")));
  };
  // The revisions after it do not follow any more.
  rows_.missing_stream_rows = {{record.header.stream, record.revision}};
  expect_unnamed();
  rows_.missing_stream_rows.clear();
  // Another record is said to be it.
  rows_.stream_rows = {{record.header.stream, record.revision, 13}};
  expect_unnamed();
}

TEST_F(Fsck, ARecordOutsideOfItsRequestIsNamed) {
  Fill(30);
  const record::RecordView record = record::ParseRecord(BytesAt(12)).value();
  const RequestRow row = *log_.FindRequestRow(kSchool, record.header.request_id).value();
  rows_.missing_request_rows = {row.request_id};
  EXPECT_THAT(FaultyPositions(), ElementsAre(row.first_position));
  rows_.missing_request_rows.clear();
  for (int field = 0; field < 4; ++field) {
    RequestRow changed = row;
    if (field == 0) ++changed.first_position;
    if (field == 1) ++changed.first_revision;
    if (field == 2) ++changed.event_count;
    if (field == 3) changed.stream = "case-77";
    rows_.request_rows = {changed};
    EXPECT_TRUE(FaultyPositions().contains(row.first_position));
  }
}

TEST_F(Fsck, AnotherSchoolsRecordIsOutOfPlace) {
  Fill(10);
  const SchoolId other = IdOf<SchoolId>(2);
  ASSERT_OK(AppendTo(log_, MakeAppend({.school = other, .request_id = IdOf<RequestId>(1)})));
  rows_.bytes[0] = log_.ReadLog(other, 0, 1)->at(0).bytes;
  rows_.leaves[0] = merkle::LeafHash(rows_.bytes[0]);
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged());
  EXPECT_THAT(report.faults,
              ::testing::Contains(Field(&Fault::what, HasSubstr("stands elsewhere"))));
}

TEST_F(Fsck, AStoppedCheckCanBeResumedAnywhere) {
  Fill(100);
  const uint64_t size = log_.Head(kSchool)->size;
  for (uint64_t from = 0; from <= size; ++from) {
    CheckOptions options;
    options.from = from;
    ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(options));
    EXPECT_THAT(report.faults, IsEmpty()) << from;
    EXPECT_EQ(report.root, log_.Head(kSchool)->root);
  }
  CheckOptions beyond;
  beyond.from = size + 1;
  EXPECT_THAT(CheckDamaged(beyond), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST_F(Fsck, SeveralThreadsFindWhatOneFinds) {
  Fill(30'000);
  std::vector<uint64_t> expected = {3, 4095, 4096, 12'000, 29'999};
  for (uint64_t position : expected) {
    rows_.bytes[position] = BytesAt(position);
    rows_.bytes[position].back() = static_cast<char>(rows_.bytes[position].back() ^ 1);
  }
  for (int threads : {1, 2, 7}) {
    CheckOptions options;
    options.threads = threads;
    ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(options));
    std::vector<uint64_t> positions;
    for (const Fault& fault : report.faults) positions.push_back(fault.position);
    EXPECT_EQ(positions, expected);
    EXPECT_EQ(report.root, log_.Head(kSchool)->root);
  }
}

TEST_F(Fsck, AResumedCheckFindsWhatLiesBehindAndTrustsTheLeavesBefore) {
  Fill(100);
  for (uint64_t position : {20u, 80u}) {
    // The sealed payload's last byte: the indexes are as they were.
    rows_.bytes[position] = BytesAt(position);
    rows_.bytes[position].back() = static_cast<char>(rows_.bytes[position].back() ^ 1);
  }
  CheckOptions options;
  options.from = 50;
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(options));
  EXPECT_THAT(report.faults, ElementsAre(Field(&Fault::position, 80)));
}

TEST_F(Fsck, IndexRowsOfTheRecordsBeforeAreComparedByTheRunThatComesToTheEnd) {
  Fill(10'000);
  const record::RecordView record = record::ParseRecord(BytesAt(12)).value();
  const RequestRow row = *log_.FindRequestRow(kSchool, record.header.request_id).value();
  rows_.missing_request_rows = {row.request_id};
  rows_.missing_stream_rows = {{record.header.stream, record.revision}};
  CheckOptions options;
  options.progress = [](const Progress& progress) {
    return progress.position > 0 ? Go::kStop : Go::kOn;
  };
  ASSERT_OK_AND_ASSIGN(const CheckReport stopped, CheckDamaged(options));
  EXPECT_FALSE(stopped.complete);
  EXPECT_GT(stopped.progress.position, 12u);

  CheckOptions resumed;
  resumed.from = stopped.progress.position;
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(resumed));
  EXPECT_TRUE(report.complete);
  EXPECT_THAT(report.faults,
              ::testing::Contains(AllOf(Field(&Fault::position, row.first_position),
                                        Field(&Fault::what, HasSubstr("missing in its request")))));
  EXPECT_THAT(report.faults,
              ::testing::Contains(AllOf(Field(&Fault::position, 12),
                                        Field(&Fault::what, HasSubstr("missing in its stream")))));
}

TEST_F(Fsck, AnIndexOrALevelIsCheckedBehindARowThatCannotBeRead) {
  Fill(200);
  const auto record_at = [&](uint64_t position) {
    return record::ParseRecord(BytesAt(position)).value();
  };
  const record::RecordView unreadable = record_at(12);
  for (uint64_t position : {3u, 150u}) {
    const record::RecordView missing = record_at(position);
    rows_.unreadable_stream_rows = {{unreadable.header.stream, unreadable.revision}};
    rows_.missing_stream_rows = {{missing.header.stream, missing.revision}};
    std::set<uint64_t> positions = FaultyPositions();
    EXPECT_TRUE(positions.contains(12) && positions.contains(position)) << position;
    rows_.unreadable_stream_rows.clear();
    rows_.missing_stream_rows.clear();

    const auto first_of = [&](const record::RecordView& record) {
      return log_.FindRequestRow(kSchool, record.header.request_id).value()->first_position;
    };
    rows_.unreadable_request_rows = {unreadable.header.request_id};
    rows_.missing_request_rows = {missing.header.request_id};
    positions = FaultyPositions();
    EXPECT_TRUE(positions.contains(first_of(unreadable)) && positions.contains(first_of(missing)))
        << position;
    rows_.unreadable_request_rows.clear();
    rows_.missing_request_rows.clear();
  }
  rows_.unreadable_nodes = {{1, 10}, {1, 11}};
  rows_.nodes = {{{1, 40}, Hash()}};
  EXPECT_THAT(FaultyPositions(), ElementsAre(20, 22, 80));
}

// An index that has no end.
class EndlessRows : public DamagedRows {
 public:
  using DamagedRows::DamagedRows;

  absl::StatusOr<std::vector<StreamRow>> StreamRows(const SchoolId&,
                                                    const std::optional<StreamRow>& after,
                                                    size_t) const override {
    return std::vector<StreamRow>{{"case-1", after.has_value() ? after->revision + 1 : 1, 0}};
  }
};

TEST_F(Fsck, AStoppedCheckDoesNotWaitForTheIndexes) {
  Fill(10'000);
  const EndlessRows endless(log_);
  CheckOptions options;
  options.progress = [](const Progress&) { return Go::kStop; };
  ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(log_, endless, kSchool, options));
  EXPECT_FALSE(report.complete);
}

TEST_F(Fsck, ACheckThatHasReadAllRecordsCanStillBeStopped) {
  Fill(100);
  const uint64_t size = log_.Head(kSchool)->size;
  const EndlessRows endless(log_);
  rows_.missing_stream_rows = {{"case-1", 1}};
  for (const LogRows* rows : std::initializer_list<const LogRows*>{&endless, &rows_}) {
    int questions = 0;
    CheckOptions options;
    options.progress = [&](const Progress& progress) {
      return progress.position == size && ++questions > 1 ? Go::kStop : Go::kOn;
    };
    ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(log_, *rows, kSchool, options));
    EXPECT_EQ(report.progress.position, size);
    EXPECT_FALSE(report.complete);
  }
}

TEST_F(Fsck, ProgressStopsTheCheckAndSaysWhereToResume) {
  Fill(10'000);
  const uint64_t size = log_.Head(kSchool)->size;
  CheckOptions options;
  std::vector<uint64_t> positions;
  options.progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.size, size);
    // Before the first part it is asked as well, where that takes long.
    if (progress.position == options.from && progress.position < size) return Go::kOn;
    positions.push_back(progress.position);
    return progress.position < size ? Go::kStop : Go::kOn;
  };
  while (positions.empty() || positions.back() < size) {
    if (!positions.empty()) options.from = positions.back();
    ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(options));
    EXPECT_EQ(report.progress.position, positions.back());
    EXPECT_EQ(report.complete, positions.back() == size);
    EXPECT_EQ(report.fault_count, 0);
  }
  EXPECT_GT(positions.size(), 2);
}

TEST_F(Fsck, APinAheadOfTheLogNamesTheFirstMissingRecord) {
  Fill(10);
  const uint64_t size = log_.Head(kSchool)->size;
  CheckOptions options;
  options.pinned = checkpoint::Checkpoint{"", size + 5, Hash()};
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(options));
  ASSERT_THAT(report.faults, SizeIs(1));
  EXPECT_EQ(report.faults[0].position, size);
  EXPECT_THAT(report.faults[0].what, HasSubstr(absl::StrCat("up to record ", size + 4)));
}

TEST_F(Fsck, PayloadsAreOpenedWithTheirKeysAndAMissingKeyIsALoss) {
  Fill(10);
  const uint64_t size = log_.Head(kSchool)->size;
  CheckOptions options;
  options.find_key = [](const SchoolId&, const KeyId&) { return TestKey(); };
  ASSERT_OK_AND_ASSIGN(const CheckReport opened, CheckDamaged(options));
  EXPECT_TRUE(opened.clean());
  EXPECT_EQ(opened.payloads_opened, size);

  options.find_key = [](const SchoolId&, const KeyId&) { return std::nullopt; };
  options.from = 2;
  ASSERT_OK_AND_ASSIGN(const CheckReport keyless, CheckDamaged(options));
  EXPECT_TRUE(keyless.complete);
  EXPECT_FALSE(keyless.clean());
  EXPECT_EQ(keyless.keys_missing, size - 2);
  EXPECT_EQ(keyless.first_key_missing, 2);
  options.from = 0;

  options.find_key = [](const SchoolId&, const KeyId&) {
    return *crypto::Secret::FromBytes(std::string(32, 'x'));
  };
  ASSERT_OK_AND_ASSIGN(const CheckReport wrong, CheckDamaged(options));
  EXPECT_EQ(wrong.fault_count, size);

  options.find_key = [](const SchoolId&,
                        const KeyId&) -> absl::StatusOr<std::optional<crypto::Secret>> {
    return absl::UnavailableError("the vault does not answer");
  };
  EXPECT_THAT(CheckDamaged(options), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(Fsck, ADamagedKeyKeepsNoOtherFaultFromBeingNamed) {
  for (uint64_t number = 1; number <= 64; ++number) {
    ASSERT_OK(AppendTo(log_, MakeAppend({.school = kSchool,
                                         .request_id = IdOf<RequestId>(number),
                                         .key_id = IdOf<KeyId>(number)})));
  }
  // The last bytes of the payloads of the record of the key, and of the one behind it.
  for (const uint64_t position : {20u, 21u}) {
    rows_.bytes[position] = BytesAt(position);
    rows_.bytes[position].back() = static_cast<char>(rows_.bytes[position].back() ^ 1);
  }
  rows_.missing_records = {30};
  CheckOptions options;
  options.find_key = [](const SchoolId&,
                        const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
    if (id == IdOf<KeyId>(21)) return absl::DataLossError("the key does not open");
    return TestKey();
  };
  ASSERT_OK_AND_ASSIGN(const CheckReport report, CheckDamaged(options));
  std::set<uint64_t> positions;
  for (const Fault& fault : report.faults) positions.insert(fault.position);
  EXPECT_THAT(positions, ElementsAre(20, 21, 30));
  EXPECT_EQ(report.keys_damaged, 1);
  EXPECT_EQ(report.first_key_damaged, 20);
}

}  // namespace
}  // namespace wardbook::fsck
