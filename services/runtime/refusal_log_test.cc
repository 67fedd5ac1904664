#include "services/runtime/refusal_log.h"

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
  void Append(storage::AppendRequest, storage::AppendCallback done) override {
    done(absl::UnavailableError("the disk is full"));
  }
};

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
      [this](const Caller&, absl::string_view case_ref) -> std::optional<std::string> {
        if (case_ref != seen_.text()) return std::nullopt;
        return seen_.AccessStream();
      }};
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
    RefusalLog refusals(streams, workers_, root,
                        [](const Caller&, absl::string_view) { return std::nullopt; });
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

TEST_F(RefusalLogTest, CountsALoopInsteadOfRecordingIt) {
  for (int i = 0; i < kRefusalsRecordedMax + 50; ++i) Refused(Refuse(Reason::kRoleRequired));
  EXPECT_THAT(In(kRefusalsStream), SizeIs(kRefusalsRecordedMax));
  EXPECT_EQ(refusals_.CountsOf(school_).recorded, static_cast<uint64_t>(kRefusalsRecordedMax));
  EXPECT_EQ(refusals_.CountsOf(school_).counted, 50U);

  now_ += kRefusalWindow;
  // The handlers of a case are not told what the person tried elsewhere.
  Refused(OfCase(Refuse(Reason::kAdviceFirst), seen_.text()));
  EXPECT_EQ(In(seen_.AccessStream()).back().counted_before(), 0U);
  Refused(Refuse(Reason::kRoleRequired));
  EXPECT_EQ(In(kRefusalsStream).back().counted_before(), 50U);
  Refused(Refuse(Reason::kRoleRequired));
  EXPECT_EQ(In(kRefusalsStream).back().counted_before(), 0U);
}

TEST_F(RefusalLogTest, OnePersonsLoopTakesNothingFromAnother) {
  for (int i = 0; i < kRefusalsRecordedMax + 1; ++i) {
    RefusedCall call = Call();
    call.caller.actor.person = crypto::RandomId<PersonId>();
    Refused(Refuse(Reason::kRoleRequired), std::move(call));
  }
  EXPECT_EQ(refusals_.CountsOf(school_).counted, 0U);
}

TEST_F(RefusalLogTest, WhatNobodyDecidedAgainstIsNotRecorded) {
  Refused(Refuse(Reason::kRevisionConflict, "expected_revision"));
  Refused(Refuse(Reason::kRequestIdReused, "request_id"));
  Refused(absl::UnavailableError("the disk is full"));
  EXPECT_THAT(In(kRefusalsStream), IsEmpty());
}

TEST_F(RefusalLogTest, IsGivenAlsoWhenItCannotBeRecorded) {
  FullDisk full;
  AccessStreams streams(full, *vault_);
  RefusalLog refusals(streams, workers_, vault_->fingerprint_key(),
                      [](const Caller&, absl::string_view) { return std::nullopt; });
  absl::Notification answered;
  refusals.Record(Call(), Refuse(Reason::kRoleRequired), [&answered] { answered.Notify(); });
  answered.WaitForNotification();
  EXPECT_EQ(refusals.CountsOf(school_).recorded, 0U);
  EXPECT_EQ(refusals.CountsOf(school_).counted, 1U);
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
