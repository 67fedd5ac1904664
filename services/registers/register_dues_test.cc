#include "services/registers/register_dues.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/entry_for_test.h"
#include "services/registers/register_service.h"
#include "services/registers/register_view.h"
#include "services/runtime/receipts.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/moment.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "storage/vault/vault.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::registers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using wardbook::v1::DueItem;

// Far more than views in memory ever need: a test that meets it has failed.
constexpr std::chrono::seconds kPatience(30);

class RegisterDuesTest : public ::testing::Test {
 protected:
  RegisterDuesTest() {
    std::vector<const runtime::View*> views;
    for (const RegisterView& view : views_) views.push_back(&view);
    projector_ = *runtime::Projector::Start(log_, *vault_, store_, views);
    dues_ = std::make_unique<RegisterDues>(*projector_, *rules_);
  }

  void Record(const EntryRef& ref, const Proposal& proposal) {
    runtime::CommandFrame frame;
    frame.caller.school = school_;
    frame.caller.actor = proposal.by.actor;
    frame.stream = ref.Stream();
    frame.request_id = crypto::NewRequestId();
    frame.now = proposal.by.now;
    absl::Notification answered;
    absl::Status status;
    entries_.Run(
        std::move(frame), [&](const Entry& entry) { return Decide(entry, proposal); },
        [&](auto outcome) {
          status = outcome.status();
          answered.Notify();
        });
    answered.WaitForNotification();
    ASSERT_OK(status);
  }
  EntryRef Open(Register reg, const Proposal& proposal) {
    const EntryRef ref{reg, crypto::RandomId<PersonId>().Hex()};
    Record(ref, proposal);
    return ref;
  }

  std::vector<DueItem> DuesOf(const kernel::Actor& actor, absl::Time now = kNow) {
    runtime::Call call;
    call.caller.school = school_;
    call.caller.actor = actor;
    call.now = now;
    call.seen_position = log_.Head(school_)->size - 1;
    return dues_->DuesFor(call, MomentIn(kPatience)).value().items;
  }
  std::vector<std::string> EntriesOf(const kernel::Actor& actor, absl::Time now = kNow) {
    std::vector<std::string> entries;
    for (const DueItem& item : DuesOf(actor, now)) entries.push_back(item.entry_id());
    return entries;
  }

  const SchoolId school_ = IdOf<SchoolId>(1);
  const std::unique_ptr<const rulepack::RulePacks> rules_ = *rulepack::RulePacks::Shipped();
  testing::MemoryEventLog log_;
  const std::unique_ptr<vault::Vault> vault_ =
      *vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random());
  runtime::ReceiptWriter receipts_{
      *checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random())};
  runtime::WorkerPool workers_{2};
  RegisterTransactor entries_{log_, *vault_, receipts_, workers_};
  runtime::ViewStore store_{std::make_unique<testing::MemoryKeyValue>(), *vault_};
  const std::vector<RegisterView> views_ = ViewsOfAllRegisters();
  std::unique_ptr<runtime::Projector> projector_;
  std::unique_ptr<RegisterDues> dues_;
};

TEST_F(RegisterDuesTest, ARequestIsAnItemWithItsEntryAndItsClause) {
  const EntryRef ref =
      Open(Register::kPermissions, Asks(kTeacher, Request(events::PERMISSION_KIND_PHONE_KEPT_ON)));
  const std::vector<DueItem> items = DuesOf(kDeputy);
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].kind(), wardbook::v1::DUE_KIND_DECIDE_PERMISSION);
  EXPECT_EQ(items[0].register_(), wardbook::v1::REGISTER_PERMISSIONS);
  EXPECT_EQ(items[0].entry_id(), ref.id);
  EXPECT_EQ(items[0].clause(), "P28");
  EXPECT_EQ(kernel::TimeOf(items[0].since_time()), kNow);
  EXPECT_THAT(EntriesOf(kTeacher), IsEmpty());
  EXPECT_THAT(EntriesOf(kColleague), IsEmpty());
}

TEST_F(RegisterDuesTest, WhatTheHeadteacherAsksForIsTheChairsAndNobodyElses) {
  const EntryRef ref =
      Open(Register::kPermissions, Asks(kHead, Request(events::PERMISSION_KIND_NAME_AND_LOGO)));
  EXPECT_THAT(EntriesOf(kChair), ElementsAre(ref.id));
  for (const kernel::Actor& other : {kHead, kDeputy, kLead, kTeacher, kOfficer, kAdministrator}) {
    EXPECT_THAT(EntriesOf(other), IsEmpty());
  }
}

TEST_F(RegisterDuesTest, APermissionThatWasAskedForAgainIsNotShownAsEnding) {
  const EntryRef ref =
      Open(Register::kPermissions, Asks(kTeacher, Request(events::PERMISSION_KIND_PHONE_KEPT_ON)));
  Record(ref, Asks(kDeputy, Grant()));
  EXPECT_THAT(EntriesOf(kTeacher, kNow + 2 * kDay), ElementsAre(ref.id));
  Open(Register::kPermissions,
       Asks(kTeacher, Request(events::PERMISSION_KIND_PHONE_KEPT_ON), kNow + absl::Hours(1)));
  EXPECT_THAT(EntriesOf(kTeacher, kNow + 2 * kDay), IsEmpty());
}

TEST_F(RegisterDuesTest, ThePhonesThatAreStillHeldAreAListForTheLeadershipTeam) {
  const EntryRef held = Open(Register::kPhones, Asks(kTeacher, TakeIn()));
  const EntryRef returned = Open(Register::kPhones, Asks(kTeacher, TakeIn()));
  Record(returned, Asks(kTeacher, TellParents()));
  Record(returned, Asks(kTeacher, Return(), kAfterSchool));
  EXPECT_THAT(EntriesOf(kDeputy, kAfterSchool), ElementsAre(held.id));
  EXPECT_THAT(EntriesOf(kTeacher, kAfterSchool), ElementsAre(held.id));
  EXPECT_THAT(EntriesOf(kColleague, kAfterSchool), IsEmpty());
}

TEST_F(RegisterDuesTest, JustificationsAndDeclarationsWaitForWhoAnswersThem) {
  const EntryRef justification = Open(Register::kJustifications, Asks(kTeacher, Justify()));
  const EntryRef declaration = Open(Register::kSocialContacts, Asks(kTeacher, Declare()));
  EXPECT_THAT(EntriesOf(kHead), ElementsAre(justification.id, declaration.id));
  EXPECT_THAT(EntriesOf(kDeputy), ElementsAre(declaration.id));
  Record(declaration, Asks(kDeputy, Acknowledge()));
  EXPECT_THAT(EntriesOf(kDeputy), IsEmpty());
  EXPECT_THAT(EntriesOf(kTeacher, kNow + 364 * kDay), ElementsAre(declaration.id));
}

TEST_F(RegisterDuesTest, AJustificationThatNeedsAdviceStaysOnTheListUntilItIsClosed) {
  const EntryRef ref = Open(Register::kJustifications, Asks(kTeacher, Justify()));
  RegisterEvent undecided = Review();
  undecided.mutable_justification_reviewed()->set_finding(
      events::JUSTIFICATION_FINDING_ADVICE_NEEDED);
  Record(ref, Asks(kHead, undecided));
  std::vector<DueItem> items = DuesOf(kHead);
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].kind(), wardbook::v1::DUE_KIND_SEEK_JUSTIFICATION_ADVICE);
  EXPECT_EQ(items[0].clause(), "P25");
  Record(ref, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE)));
  Record(ref, Asks(kHead, Review()));
  items = DuesOf(kHead);
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].kind(), wardbook::v1::DUE_KIND_CLOSE_JUSTIFICATION);
  Record(ref, Asks(kHead, CloseIt()));
  EXPECT_THAT(DuesOf(kHead), IsEmpty());
}

}  // namespace
}  // namespace wardbook::registers
