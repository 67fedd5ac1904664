// What storage/event_log.h promises, held by every implementation.

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/secret.h"
#include "storage/event_log.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
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
using ::testing::SizeIs;
using ::wardbook::testing::AppendSpec;
using ::wardbook::testing::AppendTo;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::MakeAppend;
using ::wardbook::testing::MemoryEventLog;
using ::wardbook::testing::ScratchDirectory;
using ::wardbook::testing::StatusIs;

const SchoolId kSchool = IdOf<SchoolId>(1);
const SchoolId kOtherSchool = IdOf<SchoolId>(2);

// One implementation of the log.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual EventLog& log() = 0;
  // Closes the log and opens it again, as a restart does, if it can.
  virtual void Reopen() = 0;
};

class MemorySubject : public Subject {
 public:
  EventLog& log() override { return log_; }
  void Reopen() override {}

 private:
  MemoryEventLog log_;
};

class RocksdbSubject : public Subject {
 public:
  RocksdbSubject() { Open(); }
  EventLog& log() override { return *log_; }
  void Reopen() override {
    log_.reset();
    Open();
  }

 private:
  void Open() {
    auto pins = checkpoint::PinStore::Open(directory_.At("checkpoints"));
    auto signer = checkpoint::NoteSigner::Create("log.example", ::wardbook::testing::TestKey());
    auto log = RocksdbEventLog::Open(directory_.At("log"), std::move(pins).value(),
                                     std::move(signer).value());
    log_ = std::move(log).value();
  }

  ScratchDirectory directory_;
  std::unique_ptr<RocksdbEventLog> log_;
};

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<Subject>()> make;
};

class EventLogContract : public ::testing::TestWithParam<Implementation> {
 protected:
  EventLog& log() { return subject_->log(); }
  void Reopen() { subject_->Reopen(); }

  RequestId NewRequest() { return IdOf<RequestId>(++requests_); }

  // Appends one event to a stream of the school.
  absl::StatusOr<Appended> Append(const std::string& stream,
                                  ExpectedRevision expected = ExpectedRevision::Any(),
                                  const SchoolId& school = kSchool) {
    return AppendTo(log(), MakeAppend({.school = school,
                                       .stream = stream,
                                       .expected = expected,
                                       .request_id = NewRequest()}));
  }

  static std::vector<uint64_t> PositionsOf(const std::vector<StoredRecord>& records) {
    std::vector<uint64_t> positions;
    for (const StoredRecord& record : records) positions.push_back(record.position);
    return positions;
  }

 private:
  std::unique_ptr<Subject> subject_ = GetParam().make();
  std::atomic<uint64_t> requests_ = 0;
};

TEST_P(EventLogContract, AnEmptyLogHasTheEmptyTreeAndNothingElse) {
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.size, 0);
  EXPECT_EQ(head.root, merkle::EmptyRoot());
  EXPECT_THAT(log().RootAt(kSchool, 0), IsOkAndHolds(merkle::EmptyRoot()));
  EXPECT_THAT(log().ListSchools(), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(log().ListStreams(kSchool, "", "", 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(log().StreamHead(kSchool, "case-1"), IsOkAndHolds(0));
  EXPECT_THAT(log().ReadLog(kSchool, 0, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(log().ReadStream(kSchool, "case-1", 1, 10), IsOkAndHolds(IsEmpty()));
}

TEST_P(EventLogContract, PositionsAreGapFreeFromZeroAndRevisionsFromOne) {
  for (uint64_t i = 0; i < 10; ++i) {
    ASSERT_OK_AND_ASSIGN(const Appended appended, Append(absl::StrCat("case-", i % 2)));
    EXPECT_EQ(appended.first_position, i);
    EXPECT_EQ(appended.first_revision, i / 2 + 1);
    EXPECT_EQ(appended.tree_size, i + 1);
    EXPECT_FALSE(appended.replayed);
  }
  ASSERT_OK_AND_ASSIGN(const auto records, log().ReadLog(kSchool, 0, 100));
  EXPECT_THAT(PositionsOf(records), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  ASSERT_OK_AND_ASSIGN(const auto stream, log().ReadStream(kSchool, "case-1", 1, 100));
  EXPECT_THAT(PositionsOf(stream), ElementsAre(1, 3, 5, 7, 9));
  EXPECT_THAT(log().StreamHead(kSchool, "case-1"), IsOkAndHolds(5));
}

TEST_P(EventLogContract, EveryRecordSaysWhereItStandsAndOpensWithItsKey) {
  ASSERT_OK(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = {"one", "two"}})));
  ASSERT_OK_AND_ASSIGN(const auto records, log().ReadStream(kSchool, "case-1", 1, 10));
  ASSERT_THAT(records, SizeIs(2));
  ASSERT_OK_AND_ASSIGN(const record::RecordView second, record::ParseRecord(records[1].bytes));
  EXPECT_EQ(second.position, 1);
  EXPECT_EQ(second.revision, 2);
  EXPECT_EQ(second.header.stream, "case-1");
  EXPECT_EQ(second.header.school, kSchool);
  ASSERT_OK_AND_ASSIGN(const record::OpenedEvent opened,
                       record::OpenRecord(second, ::wardbook::testing::TestKey()));
  EXPECT_EQ(opened.event, ::wardbook::testing::EventOf("two"));
}

TEST_P(EventLogContract, AllEventsOfAnAppendStandTogether) {
  ASSERT_OK(Append("case-1"));
  ASSERT_OK_AND_ASSIGN(
      const Appended appended,
      AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = {"a", "b", "c"}})));
  EXPECT_EQ(appended.stream, "case-1");
  EXPECT_EQ(appended.first_position, 1);
  EXPECT_EQ(appended.last_position(), 3);
  EXPECT_EQ(appended.first_revision, 2);
  EXPECT_EQ(appended.last_revision(), 4);
  EXPECT_EQ(appended.tree_size, 4);
}

TEST_P(EventLogContract, ReadsBeginAndEndWhereTheyAreToldTo) {
  for (int i = 0; i < 6; ++i) ASSERT_OK(Append("case-1"));
  ASSERT_OK_AND_ASSIGN(const auto log_part, log().ReadLog(kSchool, 2, 3));
  EXPECT_THAT(PositionsOf(log_part), ElementsAre(2, 3, 4));
  ASSERT_OK_AND_ASSIGN(const auto stream_part, log().ReadStream(kSchool, "case-1", 5, 3));
  EXPECT_THAT(PositionsOf(stream_part), ElementsAre(4, 5));
  EXPECT_THAT(log().ReadLog(kSchool, 6, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(log().ReadStream(kSchool, "case-1", 7, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(log().ReadLog(kSchool, 0, 0), IsOkAndHolds(IsEmpty()));
}

TEST_P(EventLogContract, VisitLogShowsWhatReadLogReads) {
  for (uint64_t n = 1; n <= 4; ++n) {
    ASSERT_OK(AppendTo(log(), MakeAppend({.school = kSchool,
                                          .stream = absl::StrCat("case-", n % 2),
                                          .request_id = IdOf<RequestId>(n)})));
  }
  for (uint64_t from = 0; from <= 5; ++from) {
    for (uint64_t end = 0; end <= 6; ++end) {
      std::vector<std::pair<uint64_t, std::string>> visited;
      EXPECT_OK(log().VisitLog(kSchool, from, end, [&](uint64_t position, absl::string_view bytes) {
        visited.emplace_back(position, std::string(bytes));
        return absl::OkStatus();
      }));
      std::vector<std::pair<uint64_t, std::string>> read;
      ASSERT_OK_AND_ASSIGN(const auto records,
                           log().ReadLog(kSchool, from, end > from ? end - from : 0));
      for (const StoredRecord& record : records) read.emplace_back(record.position, record.bytes);
      EXPECT_EQ(visited, read) << from << " to " << end;
    }
  }
}

TEST_P(EventLogContract, VisitLogEndsWithWhatTheVisitorFailsWith) {
  for (uint64_t n = 1; n <= 3; ++n) {
    ASSERT_OK(AppendTo(log(), MakeAppend({.school = kSchool, .request_id = IdOf<RequestId>(n)})));
  }
  uint64_t visits = 0;
  EXPECT_THAT(
      log().VisitLog(kSchool, 0, 3,
                     [&](uint64_t position, absl::string_view) {
                       ++visits;
                       // The log may be asked meanwhile.
                       EXPECT_THAT(log().ReadLog(kSchool, position, 1), IsOkAndHolds(SizeIs(1)));
                       return position == 1 ? absl::CancelledError("enough") : absl::OkStatus();
                     }),
      StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(visits, 2);
}

TEST_P(EventLogContract, AnExactRevisionIsDemandedExactly) {
  ASSERT_OK(Append("case-1", ExpectedRevision::Exact(0)));
  ASSERT_OK(Append("case-1", ExpectedRevision::Exact(1)));
  EXPECT_THAT(Append("case-1", ExpectedRevision::Exact(1)), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Append("case-1", ExpectedRevision::Exact(3)), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(log().StreamHead(kSchool, "case-1"), IsOkAndHolds(2));
}

TEST_P(EventLogContract, NoRevisionIsDemandedOfANewStream) {
  ASSERT_OK(Append("case-1", ExpectedRevision::None()));
  EXPECT_THAT(Append("case-1", ExpectedRevision::None()), StatusIs(absl::StatusCode::kAborted));
  ASSERT_OK(Append("case-1", ExpectedRevision::Any()));
}

TEST_P(EventLogContract, ARefusedAppendLeavesNothing) {
  ASSERT_OK(Append("case-1"));
  const RequestId request = NewRequest();
  EXPECT_THAT(AppendTo(log(), MakeAppend({.expected = ExpectedRevision::None(),
                                          .request_id = request,
                                          .texts = {"a", "b"}})),
              StatusIs(absl::StatusCode::kAborted));
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.size, 1);
  EXPECT_THAT(log().FindRequest(kSchool, request, Hash()), IsOkAndHolds(Eq(std::nullopt)));
  // The request id is not used up: decided anew, it may come again.
  ASSERT_OK(AppendTo(log(), MakeAppend({.request_id = request})));
}

TEST_P(EventLogContract, TheSameRequestIsAnsweredAsTheFirstTime) {
  const AppendSpec spec{.request_id = NewRequest(), .texts = {"a", "b"}};
  ASSERT_OK_AND_ASSIGN(const Appended first, AppendTo(log(), MakeAppend(spec)));
  ASSERT_OK(Append("case-1"));
  // Sealed anew, the content has other bytes; its fingerprint is the same.
  AppendSpec again_spec = spec;
  again_spec.expected = ExpectedRevision::Exact(77);
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK_AND_ASSIGN(const Appended again, AppendTo(log(), MakeAppend(again_spec)));
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.stream, first.stream);
    EXPECT_EQ(again.first_position, first.first_position);
    EXPECT_EQ(again.first_revision, first.first_revision);
    EXPECT_EQ(again.leaf_hashes, first.leaf_hashes);
    EXPECT_EQ(again.tree_size, 3);
    Reopen();
  }
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.size, 3);
}

TEST_P(EventLogContract, TheSameRequestWithOtherContentIsRefused) {
  const RequestId request = NewRequest();
  ASSERT_OK(AppendTo(log(), MakeAppend({.request_id = request, .texts = {"a"}})));
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(AppendTo(log(), MakeAppend({.request_id = request, .texts = {"b"}})),
                StatusIs(absl::StatusCode::kAlreadyExists));
    Reopen();
  }
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.size, 1);
}

TEST_P(EventLogContract, ARequestCanBeFoundByItsId) {
  const AppendRequest request = MakeAppend({.request_id = NewRequest(), .texts = {"a", "b"}});
  const RequestId id = request.request_id;
  const Hash fingerprint = request.fingerprint;
  EXPECT_THAT(log().FindRequest(kSchool, id, fingerprint), IsOkAndHolds(Eq(std::nullopt)));
  AppendRequest copy = MakeAppend({.request_id = id, .texts = {"a", "b"}});
  ASSERT_OK_AND_ASSIGN(const Appended first, AppendTo(log(), std::move(copy)));
  ASSERT_OK_AND_ASSIGN(const auto found, log().FindRequest(kSchool, id, fingerprint));
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->replayed);
  EXPECT_EQ(found->leaf_hashes, first.leaf_hashes);
  EXPECT_EQ(found->root, first.root);
  EXPECT_THAT(log().FindRequest(kSchool, id, Hash()), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(log().FindRequest(kOtherSchool, id, fingerprint), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(EventLogContract, DuplicatesThatComeTogetherAreRecordedOnce) {
  constexpr int kDuplicates = 32;
  const RequestId request = NewRequest();
  absl::Mutex mutex;
  std::vector<absl::StatusOr<Appended>> answers;
  absl::BlockingCounter answered(kDuplicates);
  for (int i = 0; i < kDuplicates; ++i) {
    log().Append(MakeAppend({.request_id = request, .texts = {"a", "b"}}),
                 [&](absl::StatusOr<Appended> appended) {
                   {
                     absl::MutexLock lock(&mutex);
                     answers.push_back(std::move(appended));
                   }
                   answered.DecrementCount();
                 });
  }
  answered.Wait();
  absl::MutexLock lock(&mutex);
  int first_times = 0;
  for (const auto& answer : answers) {
    ASSERT_OK(answer);
    EXPECT_EQ(answer->first_position, 0);
    EXPECT_EQ(answer->leaf_hashes, answers.front()->leaf_hashes);
    if (!answer->replayed) ++first_times;
  }
  EXPECT_EQ(first_times, 1);
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.size, 2);
}

TEST_P(EventLogContract, SchoolsShareNothing) {
  const RequestId request = NewRequest();
  ASSERT_OK(AppendTo(log(), MakeAppend({.school = kSchool, .request_id = request})));
  ASSERT_OK_AND_ASSIGN(const Appended other,
                       AppendTo(log(), MakeAppend({.school = kOtherSchool,
                                                   .expected = ExpectedRevision::None(),
                                                   .request_id = request,
                                                   .texts = {"other"}})));
  EXPECT_EQ(other.first_position, 0);
  EXPECT_EQ(other.tree_size, 1);
  EXPECT_FALSE(other.replayed);
  ASSERT_OK(Append("case-9", ExpectedRevision::Any(), kOtherSchool));
  EXPECT_THAT(log().ListStreams(kSchool, "", "", 10), IsOkAndHolds(ElementsAre("case-1")));
  ASSERT_OK_AND_ASSIGN(const auto records, log().ReadLog(kSchool, 0, 10));
  EXPECT_THAT(records, SizeIs(1));
  EXPECT_THAT(log().ListSchools(), IsOkAndHolds(ElementsAre(kSchool, kOtherSchool)));
}

// Two schools whose ids differ in the last byte only, at the end of its range:
// where a range of keys that is one byte too long would run into the next.
TEST_P(EventLogContract, NeighbouringSchoolIdsDoNotRunIntoEachOther) {
  SchoolId low;
  SchoolId high;
  for (size_t i = 0; i < SchoolId::kSize; ++i) low.data()[i] = high.data()[i] = 0xff;
  low.data()[SchoolId::kSize - 1] = 0xfe;
  ASSERT_OK(Append("case-1", ExpectedRevision::None(), low));
  ASSERT_OK(Append("case-2", ExpectedRevision::None(), high));
  ASSERT_OK(Append("case-2", ExpectedRevision::Exact(1), high));
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(log().ListStreams(low, "", "", 10), IsOkAndHolds(ElementsAre("case-1")));
    EXPECT_THAT(log().ListStreams(high, "", "", 10), IsOkAndHolds(ElementsAre("case-2")));
    ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(low));
    EXPECT_EQ(head.size, 1);
    EXPECT_THAT(log().ListSchools(), IsOkAndHolds(ElementsAre(low, high)));
    Reopen();
  }
}

TEST_P(EventLogContract, AStreamIsNotItsPrefix) {
  for (const char* stream : {"case-1", "case-11", "case-1-1", "case-1 ", "case", "case-1~"}) {
    ASSERT_OK(Append(stream, ExpectedRevision::None()));
  }
  ASSERT_OK(Append("case-11", ExpectedRevision::Exact(1)));
  EXPECT_THAT(log().StreamHead(kSchool, "case-1"), IsOkAndHolds(1));
  EXPECT_THAT(log().StreamHead(kSchool, "case-11"), IsOkAndHolds(2));
  ASSERT_OK_AND_ASSIGN(const auto records, log().ReadStream(kSchool, "case-1", 1, 10));
  EXPECT_THAT(PositionsOf(records), ElementsAre(0));
  EXPECT_THAT(log().StreamHead(kSchool, "cas"), IsOkAndHolds(0));
  Reopen();
  ASSERT_OK(Append("case-1", ExpectedRevision::Exact(1)));
}

TEST_P(EventLogContract, StreamsAreListedByPrefixInOrderOfBytes) {
  for (const char* stream : {"person-1", "case-2", "case-10", "case-1", "cases"}) {
    ASSERT_OK(Append(stream));
    ASSERT_OK(Append(stream));
  }
  EXPECT_THAT(log().ListStreams(kSchool, "", "", 10),
              IsOkAndHolds(ElementsAre("case-1", "case-10", "case-2", "cases", "person-1")));
  EXPECT_THAT(log().ListStreams(kSchool, "case-", "", 10),
              IsOkAndHolds(ElementsAre("case-1", "case-10", "case-2")));
  EXPECT_THAT(log().ListStreams(kSchool, "case-", "case-1", 10),
              IsOkAndHolds(ElementsAre("case-10", "case-2")));
  EXPECT_THAT(log().ListStreams(kSchool, "", "case-10", 2),
              IsOkAndHolds(ElementsAre("case-2", "cases")));
  EXPECT_THAT(log().ListStreams(kSchool, "person-", "case-10", 10),
              IsOkAndHolds(ElementsAre("person-1")));
  EXPECT_THAT(log().ListStreams(kSchool, "case-", "person-1", 10), IsOkAndHolds(IsEmpty()));
}

TEST_P(EventLogContract, OfTwoWritersThatExpectTheSameRevisionOneWins) {
  constexpr int kRounds = 50;
  ASSERT_OK(Append("case-1"));
  for (uint64_t round = 1; round <= kRounds; ++round) {
    std::atomic<int> wins = 0;
    std::atomic<int> losses = 0;
    const auto write = [&] {
      const absl::StatusOr<Appended> appended = Append("case-1", ExpectedRevision::Exact(round));
      if (appended.ok()) {
        ++wins;
      } else if (absl::IsAborted(appended.status())) {
        // Who lost sees at once what came in between.
        EXPECT_THAT(log().StreamHead(kSchool, "case-1"), IsOkAndHolds(round + 1));
        ++losses;
      }
    };
    std::thread other(write);
    write();
    other.join();
    EXPECT_EQ(wins, 1);
    EXPECT_EQ(losses, 1);
  }
}

TEST_P(EventLogContract, RacingWritersOfManyStreamsLeaveNoGap) {
  constexpr int kThreads = 8;
  constexpr int kAppends = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (uint64_t i = 0; i < kAppends; ++i) {
        EXPECT_OK(Append(absl::StrCat("case-", thread), ExpectedRevision::Exact(i)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_OK_AND_ASSIGN(const auto records, log().ReadLog(kSchool, 0, 1000));
  ASSERT_THAT(records, SizeIs(kThreads * kAppends));
  std::vector<Hash> leaves;
  merkle::Frontier frontier;
  std::vector<merkle::Node> nodes;
  for (size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].position, i);
    frontier.Append(merkle::LeafHash(records[i].bytes), &nodes);
  }
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.root, frontier.Root());
}

TEST_P(EventLogContract, AnAcknowledgedRecordIsInTheTreeOfItsReceipt) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK_AND_ASSIGN(
        const Appended appended,
        AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = {"a", "b", "c"}})));
    ASSERT_OK_AND_ASSIGN(const auto records, log().ReadLog(kSchool, appended.first_position, 3));
    ASSERT_THAT(records, SizeIs(3));
    for (size_t j = 0; j < 3; ++j) {
      EXPECT_EQ(appended.leaf_hashes[j], merkle::LeafHash(records[j].bytes));
      ASSERT_OK_AND_ASSIGN(
          const std::vector<Hash> proof,
          log().InclusionProof(kSchool, appended.first_position + j, appended.tree_size));
      EXPECT_OK(merkle::VerifyInclusion(appended.leaf_hashes[j], appended.first_position + j,
                                        appended.tree_size, proof, appended.root));
    }
  }
}

TEST_P(EventLogContract, EveryOlderTreeIsAPrefixOfEveryNewer) {
  std::vector<Hash> roots = {merkle::EmptyRoot()};
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK_AND_ASSIGN(const Appended appended, Append("case-1"));
    roots.push_back(appended.root);
  }
  Reopen();
  for (uint64_t newer = 0; newer < roots.size(); ++newer) {
    EXPECT_THAT(log().RootAt(kSchool, newer), IsOkAndHolds(roots[newer]));
    for (uint64_t older = 0; older <= newer; ++older) {
      ASSERT_OK_AND_ASSIGN(const std::vector<Hash> proof,
                           log().ConsistencyProof(kSchool, older, newer));
      EXPECT_OK(merkle::VerifyConsistency(older, roots[older], newer, roots[newer], proof));
    }
  }
}

TEST_P(EventLogContract, ProofsBeyondTheLogAreOutOfRange) {
  ASSERT_OK(Append("case-1"));
  constexpr auto kOutOfRange = absl::StatusCode::kOutOfRange;
  EXPECT_THAT(log().RootAt(kSchool, 2), StatusIs(kOutOfRange));
  EXPECT_THAT(log().InclusionProof(kSchool, 1, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(log().InclusionProof(kSchool, 0, 2), StatusIs(kOutOfRange));
  EXPECT_THAT(log().ConsistencyProof(kSchool, 1, 2), StatusIs(kOutOfRange));
  EXPECT_THAT(log().ConsistencyProof(kSchool, 1, 0), StatusIs(kOutOfRange));
  EXPECT_THAT(log().InclusionProof(kOtherSchool, 0, 0), StatusIs(kOutOfRange));
}

TEST_P(EventLogContract, ListenersHearOfEverySizeInOrderWhenItIsReadable) {
  constexpr uint64_t kAppends = 200;
  absl::Mutex mutex;
  std::vector<uint64_t> sizes;
  log().Listen([&](const SchoolId& school, uint64_t size) {
    EXPECT_EQ(school, kSchool);
    EXPECT_THAT(log().ReadLog(kSchool, size - 1, 1), IsOkAndHolds(SizeIs(1)));
    absl::MutexLock lock(&mutex);
    sizes.push_back(size);
  });
  absl::BlockingCounter answered(kAppends);
  for (uint64_t i = 0; i < kAppends; ++i) {
    log().Append(MakeAppend({.request_id = NewRequest()}), [&](absl::StatusOr<Appended> appended) {
      EXPECT_OK(appended);
      answered.DecrementCount();
    });
  }
  answered.Wait();
  absl::MutexLock lock(&mutex);
  const auto all_heard = [&] { return !sizes.empty() && sizes.back() == kAppends; };
  mutex.Await(absl::Condition(&all_heard));
  EXPECT_TRUE(std::is_sorted(sizes.begin(), sizes.end()));
  EXPECT_EQ(std::adjacent_find(sizes.begin(), sizes.end()), sizes.end());
}

TEST_P(EventLogContract, AListenerMayAppend) {
  constexpr uint64_t kFollowUps = 5;
  absl::Mutex mutex;
  uint64_t heard = 0;
  log().Listen([&](const SchoolId&, uint64_t size) {
    if (size <= kFollowUps) {
      log().Append(MakeAppend({.stream = "case-2", .request_id = IdOf<RequestId>(1000 + size)}),
                   [](absl::StatusOr<Appended> appended) { EXPECT_OK(appended); });
    }
    absl::MutexLock lock(&mutex);
    heard = size;
  });
  ASSERT_OK(Append("case-1"));
  absl::MutexLock lock(&mutex);
  const auto done = [&] { return heard == kFollowUps + 1; };
  mutex.Await(absl::Condition(&done));
  EXPECT_THAT(log().StreamHead(kSchool, "case-2"), IsOkAndHolds(kFollowUps));
}

// A reaction may still append when the log is closed under it.
TEST_P(EventLogContract, AnAppendOfTheLastCallbackIsAnswered) {
  absl::BlockingCounter answered(2);
  EventLog& closing = log();
  closing.Append(MakeAppend({.request_id = NewRequest()}), [&](absl::StatusOr<Appended> appended) {
    EXPECT_OK(appended);
    closing.Append(MakeAppend({.request_id = IdOf<RequestId>(1000)}),
                   [&](absl::StatusOr<Appended> follow_up) {
                     if (!follow_up.ok()) {
                       EXPECT_THAT(follow_up, StatusIs(absl::StatusCode::kUnavailable));
                     }
                     answered.DecrementCount();
                   });
    answered.DecrementCount();
  });
  Reopen();
  answered.Wait();
}

TEST_P(EventLogContract, AnAppendHasSomeEventsButNotTooMany) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = {}})),
              StatusIs(kInvalid));
  const std::vector<std::string> most(kEventsPerAppendMax, "x");
  ASSERT_OK(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = most})));
  const std::vector<std::string> too_many(kEventsPerAppendMax + 1, "x");
  EXPECT_THAT(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = too_many})),
              StatusIs(kInvalid));
  ASSERT_OK_AND_ASSIGN(const TreeHead head, log().Head(kSchool));
  EXPECT_EQ(head.size, kEventsPerAppendMax);
}

TEST_P(EventLogContract, ARecordHasABoundedSize) {
  // Leaves room for the header, the commitment and the seal.
  const std::string large(kRecordBytesMax - 1024, 'x');
  ASSERT_OK(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = {large}})));
  const std::string too_large(kRecordBytesMax, 'x');
  EXPECT_THAT(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = {"a", too_large}})),
              StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK_AND_ASSIGN(const auto records, log().ReadLog(kSchool, 0, 10));
  ASSERT_THAT(records, SizeIs(1));
  EXPECT_GT(records[0].bytes.size(), large.size());
}

TEST_P(EventLogContract, AnAppendHasABoundedSize) {
  const std::string large(kRecordBytesMax - 1024, 'x');
  const std::vector<std::string> most(kAppendBytesMax / kRecordBytesMax, large);
  std::vector<std::string> too_many = most;
  too_many.push_back(large);
  EXPECT_THAT(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = too_many})),
              StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(AppendTo(log(), MakeAppend({.request_id = NewRequest(), .texts = most})));
}

TEST_P(EventLogContract, EventsSealedForAnotherPlaceAreRefused) {
  const RequestId request_id = NewRequest();
  const auto sealed = [&] { return MakeAppend({.request_id = request_id}); };
  AppendRequest other_school = sealed();
  other_school.school = kOtherSchool;
  AppendRequest other_stream = sealed();
  other_stream.stream = "case-2";
  AppendRequest other_stream_in_header = sealed();
  other_stream_in_header.stream = other_stream_in_header.events[0].stream = "case-2";
  AppendRequest other_request = sealed();
  other_request.request_id = NewRequest();
  AppendRequest no_event = sealed();
  no_event.events[0].tail = "not a record";
  for (AppendRequest* request :
       {&other_school, &other_stream, &other_stream_in_header, &other_request, &no_event}) {
    EXPECT_THAT(AppendTo(log(), std::move(*request)), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  EXPECT_THAT(log().ListSchools(), IsOkAndHolds(IsEmpty()));
}

TEST_P(EventLogContract, ALogGoesOnAfterARestartWhereItEnded) {
  for (uint64_t i = 0; i < 5; ++i) {
    ASSERT_OK_AND_ASSIGN(const Appended appended, Append("case-1", ExpectedRevision::Exact(i)));
    EXPECT_EQ(appended.first_position, i);
    ASSERT_OK_AND_ASSIGN(const TreeHead before, log().Head(kSchool));
    Reopen();
    ASSERT_OK_AND_ASSIGN(const TreeHead after, log().Head(kSchool));
    EXPECT_EQ(after.size, before.size);
    EXPECT_EQ(after.root, before.root);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Logs, EventLogContract,
    ::testing::Values(Implementation{"Memory", [] { return std::make_unique<MemorySubject>(); }},
                      Implementation{"Rocksdb", [] { return std::make_unique<RocksdbSubject>(); }}),
    [](const auto& implementation) { return std::string(implementation.param.name); });

}  // namespace
}  // namespace wardbook::storage
