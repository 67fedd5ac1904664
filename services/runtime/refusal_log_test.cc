#include "services/runtime/refusal_log.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/refusal.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::runtime {
namespace {

using kernel::Reason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using wardbook::events::v1::AccessEvent;
using wardbook::events::v1::CommandRefused;

class FullDisk final : public testing::MemoryEventLog {
 public:
  void Append(storage::AppendRequest request, storage::AppendCallback done) override {
    if (is_full_) return done(absl::UnavailableError("the disk is full"));
    MemoryEventLog::Append(std::move(request), std::move(done));
  }
  void MakeRoom() { is_full_ = false; }

 private:
  std::atomic<bool> is_full_ = true;
};

constexpr RefusalLog::Pace kPace{.at_once = 20, .pause = std::chrono::milliseconds(20)};

const RefusalLog::CaseStreams kNoCases{
    [](const Caller&, absl::string_view) { return std::nullopt; },
    [](const SchoolId&, absl::string_view) { return std::nullopt; }};

class RefusalLogTest : public ::testing::Test {
 protected:
  RefusedCall Call() const {
    return {.caller = {school_, crypto::RandomId<SessionId>(), {person_, {}}},
            .now = now_,
            .method = "CaseService.CloseCase"};
  }

  void Refused(const absl::Status& refusal) { Refused(refusal, Call()); }
  void Refused(const absl::Status& refusal, RefusedCall call) {
    absl::Notification answered;
    refusals_.Record(std::move(call), refusal, [&answered] { answered.Notify(); });
    answered.WaitForNotification();
  }

  std::vector<CommandRefused> In(const std::string& stream) const {
    const auto recorded = ReadEvents<AccessEvent>(log_, *vault_, school_, stream, 1, 1000);
    EXPECT_OK(recorded);
    std::vector<CommandRefused> refused;
    for (const Recorded<AccessEvent>& one : *recorded) {
      EXPECT_EQ(one.header.actor, person_);
      refused.push_back(one.event.command_refused());
    }
    return refused;
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const PersonId person_ = crypto::RandomId<PersonId>();
  const kernel::CaseRef seen_ = kernel::CaseRef::FromBits(1);
  const kernel::CaseRef hidden_ = kernel::CaseRef::FromBits(2);
  absl::Time now_ = absl::FromUnixSeconds(1'750'000'000);
  testing::MemoryEventLog log_;
  const std::unique_ptr<vault::Vault> vault_ =
      vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random())
          .value();
  AccessStreams streams_{log_, *vault_};
  WorkerPool workers_{2};
  RefusalLog refusals_{
      streams_, workers_, vault_->fingerprint_key(),
      RefusalLog::CaseStreams{
          [this](const Caller&, absl::string_view case_ref) -> std::optional<std::string> {
            if (case_ref != seen_.text()) return std::nullopt;
            return seen_.AccessStream();
          },
          [this](const SchoolId&, absl::string_view case_ref) -> std::optional<std::string> {
            for (const kernel::CaseRef& ref : {seen_, hidden_}) {
              if (case_ref == ref.text()) return ref.AccessStream();
            }
            return std::nullopt;
          }},
      kPace};
};

TEST_F(RefusalLogTest, SaysWhatWasRefusedUnderWhichClauseBesideTheCase) {
  Refused(OfCase(Refuse(Reason::kWishesNeedReasons, "reasons"), seen_.text()));
  const std::vector<CommandRefused> refused = In(seen_.AccessStream());
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].command(), "CaseService.CloseCase");
  EXPECT_EQ(refused[0].reason(), "R-WISHES");
  EXPECT_THAT(refused[0].clauses(), ElementsAre("P46"));
  EXPECT_EQ(refused[0].field(), "reasons");
  EXPECT_EQ(refused[0].case_ref(), seen_.text());
  EXPECT_THAT(In(kRefusalsStream), IsEmpty());
}

TEST_F(RefusalLogTest, RecordsAHiddenCaseLikeOneThatThereNeverWasAndNamesNeither) {
  const std::string never = kernel::CaseRef::FromBits(3).text();
  Refused(OfCase(Refuse(Reason::kNoSuchCase), hidden_.text()));
  Refused(OfCase(Refuse(Reason::kNoSuchCase), never));
  Refused(OfCase(Refuse(Reason::kNoSuchCase), "what they said about somebody"));
  const std::vector<CommandRefused> refused = In(kRefusalsStream);
  ASSERT_THAT(refused, SizeIs(3));
  for (const CommandRefused& one : refused) {
    EXPECT_EQ(one.case_ref(), "");
    EXPECT_EQ(one.SerializeAsString(), refused[0].SerializeAsString());
  }
  EXPECT_THAT(In(hidden_.AccessStream()), IsEmpty());
}

TEST_F(RefusalLogTest, RecordsARequestThatIsWrongInItselfAlikeWhateverItNames) {
  const std::string never = kernel::CaseRef::FromBits(3).text();
  for (const std::string& ref : {hidden_.text(), never}) {
    Refused(OfCase(Refuse(Reason::kNoSuchPerson, "person_id"), ref));
  }
  EXPECT_THAT(In(kRefusalsStream), SizeIs(2));
  EXPECT_THAT(In(hidden_.AccessStream()), IsEmpty());
}

TEST_F(RefusalLogTest, RecordsTheSameRequestOnceForEachReason) {
  const std::string id = UuidText(crypto::NewRequestId());
  const auto asked = [&](Reason reason, const std::string& request_id) {
    Refused(OfRequestId(OfCase(Refuse(reason), seen_.text()), request_id));
  };
  asked(Reason::kAdviceFirst, id);
  asked(Reason::kAdviceFirst, id);
  EXPECT_THAT(In(seen_.AccessStream()), SizeIs(1));
  asked(Reason::kOutcomePending, id);
  asked(Reason::kAdviceFirst, UuidText(crypto::NewRequestId()));
  EXPECT_THAT(In(seen_.AccessStream()), SizeIs(3));
}

TEST_F(RefusalLogTest, NobodyElseCanTellTheIdOfARecordAndUseItUpBeforehand) {
  const auto id_of = [&](const crypto::Secret& root) {
    testing::MemoryEventLog log;
    AccessStreams streams(log, *vault_);
    RefusalLog refusals(streams, workers_, root, kNoCases);
    absl::Notification answered;
    refusals.Record(Call(),
                    OfRequestId(Refuse(Reason::kRoleRequired),
                                UuidText(RequestId::FromBytes("0123456789abcdef").value())),
                    [&answered] { answered.Notify(); });
    answered.WaitForNotification();
    const auto recorded = ReadEvents<AccessEvent>(log, *vault_, school_, kRefusalsStream, 1, 10);
    EXPECT_OK(recorded);
    EXPECT_THAT(*recorded, SizeIs(1));
    return recorded->front().header.request_id;
  };
  const crypto::Secret other = crypto::Secret::Random();
  // The same after every start of a server, another with another secret.
  EXPECT_EQ(id_of(vault_->fingerprint_key()), id_of(vault_->fingerprint_key()));
  EXPECT_NE(id_of(vault_->fingerprint_key()), id_of(other));
}

TEST_F(RefusalLogTest, RecordsWhatWasDecidedWhileThePersonSawTheCase) {
  Refused(OfSeenCase(OfCase(Refuse(Reason::kAdviceFirst), hidden_.text())));
  const std::vector<CommandRefused> refused = In(hidden_.AccessStream());
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].reason(), "R-ADVICE-FIRST");
  EXPECT_THAT(In(kRefusalsStream), IsEmpty());
}

TEST_F(RefusalLogTest, RecordsALoopSlowly) {
  for (int i = 0; i < kPace.at_once; ++i) Refused(Refuse(Reason::kRoleRequired));
  const auto began = std::chrono::steady_clock::now();
  constexpr int kMore = 5;
  std::vector<absl::Notification> answered(kMore);
  for (absl::Notification& one : answered) {
    refusals_.Record(Call(), Refuse(Reason::kRoleRequired), [&one] { one.Notify(); });
  }
  for (absl::Notification& one : answered) one.WaitForNotification();
  EXPECT_GE(std::chrono::steady_clock::now() - began, kMore * kPace.pause);
  EXPECT_THAT(In(kRefusalsStream), SizeIs(kPace.at_once + kMore));
  EXPECT_EQ(refusals_.CountsOf(school_).counted, 0U);
}

TEST_F(RefusalLogTest, KeepsNobodyWaitingWhenTheServerEnds) {
  RefusalLog refusals(streams_, workers_, vault_->fingerprint_key(), kNoCases,
                      {.at_once = 0, .pause = std::chrono::hours(1)});
  std::vector<absl::Notification> answered(kRefusalsWaitingMax);
  for (absl::Notification& one : answered) {
    EXPECT_FALSE(refusals.HasTooManyWaiting(school_, person_));
    refusals.Record(Call(), Refuse(Reason::kRoleRequired), [&one] { one.Notify(); });
  }
  EXPECT_TRUE(refusals.HasTooManyWaiting(school_, person_));
  EXPECT_THAT(In(kRefusalsStream), IsEmpty());
  refusals.Hurry();
  for (absl::Notification& one : answered) one.WaitForNotification();
  EXPECT_FALSE(refusals.HasTooManyWaiting(school_, person_));
  EXPECT_THAT(In(kRefusalsStream), SizeIs(kRefusalsWaitingMax));
}

TEST_F(RefusalLogTest, OnePersonsLoopTakesNothingFromAnother) {
  RefusalLog refusals(streams_, workers_, vault_->fingerprint_key(), kNoCases,
                      {.at_once = 1, .pause = std::chrono::hours(1)});
  std::vector<absl::Notification> of_loop(3);
  for (absl::Notification& one : of_loop) {
    refusals.Record(Call(), Refuse(Reason::kRoleRequired), [&one] { one.Notify(); });
  }
  RefusedCall other = Call();
  other.caller.actor.person = crypto::RandomId<PersonId>();
  absl::Notification answered;
  refusals.Record(std::move(other), Refuse(Reason::kRoleRequired),
                  [&answered] { answered.Notify(); });
  answered.WaitForNotification();
  EXPECT_FALSE(of_loop.back().HasBeenNotified());
  refusals.Hurry();
  for (absl::Notification& one : of_loop) one.WaitForNotification();
}

TEST_F(RefusalLogTest, WhatNobodyDecidedAgainstIsNotRecorded) {
  Refused(Refuse(Reason::kRevisionConflict, "expected_revision"));
  Refused(Refuse(Reason::kRequestIdReused, "request_id"));
  Refused(absl::UnavailableError("the disk is full"));
  EXPECT_THAT(In(kRefusalsStream), IsEmpty());
}

TEST_F(RefusalLogTest, IsGivenAlsoWhenItCannotBeRecordedAndSaidLater) {
  FullDisk disk;
  AccessStreams streams(disk, *vault_);
  RefusalLog refusals(streams, workers_, vault_->fingerprint_key(), kNoCases);
  const auto refuse = [&] {
    absl::Notification answered;
    refusals.Record(Call(), Refuse(Reason::kRoleRequired), [&answered] { answered.Notify(); });
    answered.WaitForNotification();
  };
  refuse();
  refuse();
  EXPECT_EQ(refusals.CountsOf(school_).recorded, 0U);
  EXPECT_EQ(refusals.CountsOf(school_).counted, 2U);
  disk.MakeRoom();
  refuse();
  refuse();
  const auto recorded =
      ReadEvents<AccessEvent>(disk, *vault_, school_, kRefusalsStream, 1, /*limit=*/10);
  ASSERT_OK(recorded);
  ASSERT_THAT(*recorded, SizeIs(2));
  EXPECT_EQ((*recorded)[0].event.command_refused().counted_before(), 2U);
  EXPECT_EQ((*recorded)[1].event.command_refused().counted_before(), 0U);
}

// As the methods of the services are declared.
class CaseService {
 public:
  virtual ~CaseService() = default;
  virtual std::string* AddNote(const std::vector<std::string>*) {
    name_ = std::source_location::current().function_name();
    return &name_;
  }

 private:
  std::string name_;
};

TEST(MethodOfSignature, IsTheServiceAndTheMethod) {
  CaseService service;
  EXPECT_EQ(MethodOfSignature(*service.AddNote(nullptr)), "CaseService.AddNote");
  EXPECT_EQ(MethodOfSignature("virtual grpc::ServerWriteReactor<wardbook::v1::R>* "
                              "wardbook::audit::AuditService::CheckLog(grpc::C*, const R*)"),
            "AuditService.CheckLog");
  EXPECT_EQ(MethodOfSignature("AddNote"), "AddNote");
}

}  // namespace
}  // namespace wardbook::runtime
