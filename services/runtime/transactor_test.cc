#include "services/runtime/transactor.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/random.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/school_event.pb.h"

namespace wardbook::runtime {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Ne;
using ::testing::Not;
using ::testing::SizeIs;
using wardbook::events::v1::SchoolEvent;
using wardbook::testing::StatusIs;

// Counts the events of a stream.
struct Counter {
  using State = int;
  using Event = SchoolEvent;
  static void Evolve(State& state, const Recorded<Event>&) { ++state; }
};

// Notes the threads that read records, and loses the races that it is told to.
class WatchedLog : public testing::MemoryEventLog {
 public:
  void Append(storage::AppendRequest request, storage::AppendCallback done) override {
    if (races_to_lose.fetch_sub(1) > 0) return done(absl::AbortedError("another was first"));
    MemoryEventLog::Append(std::move(request), std::move(done));
  }
  absl::StatusOr<std::vector<storage::StoredRecord>> ReadStream(const SchoolId& school,
                                                                absl::string_view stream,
                                                                uint64_t from_revision,
                                                                size_t limit) const override {
    absl::MutexLock lock(&mutex_);
    readers_.push_back(std::this_thread::get_id());
    return MemoryEventLog::ReadStream(school, stream, from_revision, limit);
  }

  absl::StatusOr<std::optional<storage::Appended>> FindRequest(
      const SchoolId& school, const RequestId& request_id, const Hash& fingerprint) const override {
    auto found = MemoryEventLog::FindRequest(school, request_id, fingerprint);
    if (const auto now = std::exchange(after_next_search, nullptr)) now();
    return found;
  }

  std::atomic<int> races_to_lose = 0;
  // What somebody else does right after the next search for a request.
  mutable std::function<void()> after_next_search;

  std::vector<std::thread::id> TakeReaders() {
    absl::MutexLock lock(&mutex_);
    return std::exchange(readers_, {});
  }

 private:
  mutable absl::Mutex mutex_;
  mutable std::vector<std::thread::id> readers_ ABSL_GUARDED_BY(mutex_);
};

class TransactorTest : public ::testing::Test {
 protected:
  struct Result {
    absl::StatusOr<Outcome<SchoolEvent>> outcome;
    // The threads that decided, in order.
    std::vector<std::thread::id> deciders;
  };

  CommandFrame Frame() const {
    CommandFrame frame;
    frame.caller.school = school_;
    frame.stream = "counter";
    frame.request_id = crypto::NewRequestId();
    frame.now = absl::UnixEpoch();
    return frame;
  }

  // Adds an event to the stream.
  Result Add(CommandFrame frame) { return Add(transactor_, std::move(frame)); }
  Result Add(Transactor<Counter>& transactor, CommandFrame frame) {
    Result result;
    absl::Notification done;
    transactor.Run(
        std::move(frame),
        [&result](const int&) -> kernel::Decision<SchoolEvent> {
          result.deciders.push_back(std::this_thread::get_id());
          SchoolEvent event;
          event.mutable_school_registered()->set_name("Fernhill Example School");
          return std::vector<SchoolEvent>{event};
        },
        [&](absl::StatusOr<Outcome<SchoolEvent>> outcome) {
          result.outcome = std::move(outcome);
          done.Notify();
        });
    done.WaitForNotification();
    return result;
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  WatchedLog log_;
  const std::unique_ptr<vault::Vault> vault_ =
      vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random())
          .value();
  const ReceiptWriter receipts_{
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value()};
  WorkerPool workers_{1};
  Transactor<Counter> transactor_{log_, *vault_, receipts_, workers_};
};

TEST_F(TransactorTest, AStreamThatIsNotInMemoryIsLoadedOnAWorker) {
  ASSERT_OK(Add(Frame()).outcome);
  Transactor<Counter> cold(log_, *vault_, receipts_, workers_);
  log_.TakeReaders();
  absl::Notification done;
  cold.Run(
      Frame(), [](const int&) { return std::vector<SchoolEvent>(); },
      [&](const auto&) { done.Notify(); });
  done.WaitForNotification();
  const std::vector<std::thread::id> readers = log_.TakeReaders();
  EXPECT_THAT(readers, SizeIs(1));
  EXPECT_THAT(readers, Not(Contains(std::this_thread::get_id())));
}

TEST_F(TransactorTest, AStreamInMemoryIsDecidedOnAtOnceAndNotRead) {
  ASSERT_OK(Add(Frame()).outcome);
  log_.TakeReaders();
  const Result second = Add(Frame());
  ASSERT_OK(second.outcome);
  EXPECT_EQ(second.outcome->revision, 2u);
  EXPECT_THAT(second.deciders, SizeIs(1));
  EXPECT_THAT(second.deciders, Each(Eq(std::this_thread::get_id())));
  EXPECT_THAT(log_.TakeReaders(), SizeIs(0));
}

// The writer may be another process: what the cache has is checked before it refuses.
TEST_F(TransactorTest, NothingIsRefusedOnAStateThatIsNotTheNewest) {
  ASSERT_OK(Add(Frame()).outcome);
  Transactor<Counter> other(log_, *vault_, receipts_, workers_);
  const auto add_to = [](Transactor<Counter>& transactor, CommandFrame frame, int refused_at) {
    absl::StatusOr<Outcome<SchoolEvent>> outcome;
    absl::Notification done;
    transactor.Run(
        std::move(frame),
        [refused_at](const int& count) -> kernel::Decision<SchoolEvent> {
          if (count == refused_at) return kernel::Rejected{kernel::Reason::kFieldInvalid, "name"};
          SchoolEvent event;
          event.mutable_school_registered()->set_name("Fernhill Example School");
          return std::vector<SchoolEvent>{event};
        },
        [&](absl::StatusOr<Outcome<SchoolEvent>> answer) {
          outcome = std::move(answer);
          done.Notify();
        });
    done.WaitForNotification();
    return outcome;
  };
  ASSERT_OK(add_to(other, Frame(), /*refused_at=*/0));
  // The first transactor has one event in its cache, and there are two.
  ASSERT_OK_AND_ASSIGN(const auto third, add_to(transactor_, Frame(), /*refused_at=*/1));
  EXPECT_EQ(third.revision, 3u);
  // The other one has two, and there are three; the caller has seen them.
  CommandFrame seen = Frame();
  seen.expected_revision = 3;
  ASSERT_OK_AND_ASSIGN(const auto fourth, add_to(other, std::move(seen), /*refused_at=*/0));
  EXPECT_EQ(fourth.revision, 4u);
  EXPECT_FALSE(add_to(transactor_, Frame(), /*refused_at=*/4).ok());
}

TEST_F(TransactorTest, WhoLosesARaceDecidesAnewOnAWorker) {
  ASSERT_OK(Add(Frame()).outcome);
  log_.races_to_lose = 2;
  const Result second = Add(Frame());
  ASSERT_OK(second.outcome);
  EXPECT_EQ(second.outcome->revision, 2u);
  ASSERT_THAT(second.deciders, SizeIs(3));
  // The log answers on threads that must not wait.
  EXPECT_THAT(std::vector(second.deciders.begin() + 1, second.deciders.end()),
              Each(Ne(std::this_thread::get_id())));
}

TEST_F(TransactorTest, TheSameRequestThatIsRecordedMeanwhileIsAnsweredAlike) {
  const CommandFrame frame = Frame();
  // What is so already adds nothing.
  const auto once = [](const int& count) -> kernel::Decision<SchoolEvent> {
    SchoolEvent event;
    event.mutable_school_registered()->set_name("Fernhill Example School");
    return count == 0 ? std::vector<SchoolEvent>{event} : std::vector<SchoolEvent>();
  };
  const auto run = [&](Transactor<Counter>& transactor) {
    absl::StatusOr<Outcome<SchoolEvent>> result;
    absl::Notification done;
    transactor.Run(frame, once, [&](absl::StatusOr<Outcome<SchoolEvent>> outcome) {
      result = std::move(outcome);
      done.Notify();
    });
    done.WaitForNotification();
    return result;
  };
  WorkerPool other_workers(1);
  Transactor<Counter> other(log_, *vault_, receipts_, other_workers);
  absl::StatusOr<Outcome<SchoolEvent>> others;
  log_.after_next_search = [&] { others = run(other); };

  ASSERT_OK_AND_ASSIGN(const Outcome<SchoolEvent> mine, run(transactor_));

  ASSERT_OK(others);
  EXPECT_EQ(mine.revision, others->revision);
  EXPECT_EQ(mine.receipt.SerializeAsString(), others->receipt.SerializeAsString());
  EXPECT_EQ(mine.receipt.leaf_hashes_size(), 1);
}

TEST_F(TransactorTest, ARaceThatIsLostTooOftenIsAConflict) {
  log_.races_to_lose = kAttemptsMax;
  const Result lost = Add(Frame());
  EXPECT_TRUE(IsRefusal(lost.outcome.status(), kernel::Reason::kRevisionConflict));
  EXPECT_THAT(lost.deciders, SizeIs(kAttemptsMax));
}

TEST_F(TransactorTest, ARequestThatCameBeforeIsReadOnAWorker) {
  const CommandFrame frame = Frame();
  ASSERT_OK(Add(frame).outcome);
  log_.TakeReaders();
  const Result again = Add(frame);
  ASSERT_OK(again.outcome);
  EXPECT_EQ(again.outcome->revision, 1u);
  EXPECT_THAT(again.deciders, SizeIs(0));
  EXPECT_THAT(log_.TakeReaders(), Not(Contains(std::this_thread::get_id())));
}

TEST_F(TransactorTest, WhatWasRecordedIsSaidToBeThoughItsReceiptCannotBeSigned) {
  // The log begins to take no records between the answer and its signature.
  int asked = 0;
  const ReceiptWriter receipts(
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value(),
      [&](const SchoolId&) {
        return ++asked == 1 ? absl::OkStatus() : absl::UnavailableError("the disk is full");
      });
  Transactor<Counter> transactor(log_, *vault_, receipts, workers_);
  const Result unsigned_answer = Add(transactor, Frame());
  EXPECT_THAT(ToGrpc(unsigned_answer.outcome.status()).error_message(), HasSubstr("is recorded"));
  ASSERT_OK_AND_ASSIGN(const uint64_t head, log_.StreamHead(school_, "counter"));
  EXPECT_EQ(head, 1u);
}

TEST_F(TransactorTest, AKeyThatIsMissingIsDamageAndNotThatThereIsNothing) {
  const CommandFrame frame = Frame();
  ASSERT_OK(Add(frame).outcome);
  ASSERT_OK_AND_ASSIGN(const auto snapshot, transactor_.Load(school_, frame.stream));
  ASSERT_OK(vault_->Destroy(*snapshot->key_id));
  const auto expect_missing = [](const absl::Status& status) {
    EXPECT_THAT(status,
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("missing: restore the vault")));
    EXPECT_TRUE(IsKeyMissing(status));
  };
  const absl::Status of_write = Add(Frame()).outcome.status();
  expect_missing(of_write);
  EXPECT_THAT(ToGrpc(of_write).error_message(), Not(HasSubstr("is recorded")));
  const absl::Status of_replay = Add(frame).outcome.status();
  expect_missing(of_replay);
  EXPECT_THAT(ToGrpc(of_replay).error_message(), HasSubstr("is recorded"));
  Transactor<Counter> started(log_, *vault_, receipts_, workers_);
  expect_missing(started.Load(school_, frame.stream).status());
}

TEST_F(TransactorTest, ARequestIdWithOtherContentIsRefused) {
  CommandFrame frame = Frame();
  ASSERT_OK(Add(frame).outcome);
  frame.fingerprint = crypto::RandomId<Hash>();
  EXPECT_TRUE(IsRefusal(Add(frame).outcome.status(), kernel::Reason::kRequestIdReused));
}

TEST_F(TransactorTest, AnExpectedRevisionTellsNothingOfAStreamThatIsHidden) {
  ASSERT_OK(Add(Frame()).outcome);
  CommandFrame frame = Frame();
  frame.expected_revision = 7;
  EXPECT_TRUE(IsRefusal(Add(frame).outcome.status(), kernel::Reason::kRevisionConflict));
  const auto refused_for = [&](kernel::Reason reason) {
    absl::Status status;
    absl::Notification done;
    frame.request_id = crypto::NewRequestId();
    transactor_.Run(
        frame,
        [&](const int&) -> kernel::Decision<SchoolEvent> {
          return kernel::Rejected{reason, ""};
        },
        [&](const auto& outcome) {
          status = outcome.status();
          done.Notify();
        });
    done.WaitForNotification();
    return status;
  };
  EXPECT_TRUE(IsRefusal(refused_for(kernel::Reason::kNoSuchCase), kernel::Reason::kNoSuchCase));
  EXPECT_TRUE(
      IsRefusal(refused_for(kernel::Reason::kCaseClosed), kernel::Reason::kRevisionConflict));
}

TEST_F(TransactorTest, AReplayIsAnsweredWithoutASignatureWhileTheLogTakesNoRecords) {
  const CommandFrame frame = Frame();
  absl::Status writes;
  const ReceiptWriter receipts(
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value(),
      [&](const SchoolId&) { return writes; });
  Transactor<Counter> transactor(log_, *vault_, receipts, workers_);
  const auto run = [&] {
    absl::StatusOr<Outcome<SchoolEvent>> result;
    absl::Notification done;
    transactor.Run(
        frame,
        [](const int&) -> kernel::Decision<SchoolEvent> {
          SchoolEvent event;
          event.mutable_school_registered()->set_name("Fernhill Example School");
          return std::vector<SchoolEvent>{event};
        },
        [&](absl::StatusOr<Outcome<SchoolEvent>> outcome) {
          result = std::move(outcome);
          done.Notify();
        });
    done.WaitForNotification();
    return result;
  };
  ASSERT_OK_AND_ASSIGN(const Outcome<SchoolEvent> first, run());
  EXPECT_NE(first.receipt.checkpoint(), "");
  writes = absl::DataLossError("records 3 to 7 are missing");
  ASSERT_OK_AND_ASSIGN(const Outcome<SchoolEvent> again, run());
  EXPECT_EQ(again.receipt.checkpoint(), "");
  EXPECT_EQ(again.revision, first.revision);
  EXPECT_EQ(again.receipt.leaf_hashes(0), first.receipt.leaf_hashes(0));
}

}  // namespace
}  // namespace wardbook::runtime
