#include "services/casework/case_dues.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/case_view_rows.h"
#include "services/casework/domain/dues.h"
#include "services/casework/interrupted_rows_for_test.h"
#include "services/casework/sample_cases_for_test.h"
#include "services/kernel/timestamp.h"
#include "services/rulepack/rule_packs.h"
#include "storage/base/moment.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;

using kernel::CaseRef;
using runtime::Call;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using wardbook::v1::DueItem;

const std::vector<PersonId> kEverybody = {kTeacher, kHead,    kDeputy,      kSafeguardingLead,
                                          kChair,   kOfficer, kLineManager, kCaretaker};

class CaseDuesTest : public ::testing::Test {
 protected:
  CaseDuesTest() : projector_(cases_.StartProjector()), dues_(*projector_, *rules_) {}

  Call CallOf(const PersonId& person) {
    Call call;
    call.caller.school = kSchool;
    call.caller.actor = ActorOf(person);
    // After all that the samples record.
    call.now = absl::FromUnixSeconds(1'700'100'000);
    call.seen_position = cases_.log().Head(kSchool)->size - 1;
    return call;
  }

  std::vector<DueItem> DuesOf(const PersonId& person) {
    absl::StatusOr<runtime::Dues> dues =
        dues_.DuesFor(CallOf(person), MomentIn(std::chrono::seconds(30)));
    EXPECT_OK(dues);
    return dues.ok() ? dues->items : std::vector<DueItem>();
  }

  // Kind and case of each item.
  std::vector<std::string> Seen(const PersonId& person) {
    std::vector<std::string> seen;
    for (const DueItem& item : DuesOf(person)) {
      seen.push_back(wardbook::v1::DueKind_Name(item.kind()) + " " + item.case_ref());
    }
    return seen;
  }

  void Suspect(const CaseRef& ref) {
    events::CaseEvent event;
    event.mutable_indecent_image_suspected()->set_answer(events::INDECENT_IMAGE_ANSWER_YES);
    cases_.Record(kSchool, ref, kHead, event);
  }
  void Escalate(const CaseRef& ref) {
    events::CaseEvent event;
    event.mutable_case_escalated()->set_route(events::ROUTE_HEADTEACHER);
    cases_.Record(kSchool, ref, kLineManager, event);
  }
  void Acknowledge(const CaseRef& ref) {
    events::CaseEvent event;
    event.mutable_receipt_acknowledged()->set_message_to_reporter("Seen.");
    cases_.Record(kSchool, ref, kHead, event);
  }

  const std::unique_ptr<const rulepack::RulePacks> rules_ = *rulepack::RulePacks::Shipped();
  SampleCases cases_;
  const std::unique_ptr<runtime::Projector> projector_;
  const CaseDues dues_;
};

TEST_F(CaseDuesTest, AReportIsForThoseWhoHandleItAndForNobodyElse) {
  const std::string ref = cases_.Report(1, events::ROUTE_HEADTEACHER).text();
  for (const PersonId& person : {kHead, kDeputy, kSafeguardingLead}) {
    EXPECT_THAT(Seen(person), ElementsAre("DUE_KIND_ACKNOWLEDGE_REPORT " + ref));
  }
  for (const PersonId& person : {kTeacher, kChair, kOfficer, kLineManager, kCaretaker}) {
    EXPECT_THAT(Seen(person), IsEmpty());
  }
}

TEST_F(CaseDuesTest, AnItemSaysWhatWaitsSinceWhenUntilWhenAndWhatToDo) {
  const CaseRef ref = cases_.Report(1, events::ROUTE_LINE_MANAGER);
  const std::vector<DueItem> items = DuesOf(kLineManager);
  ASSERT_EQ(items.size(), 1u);
  const CaseDue due = casework::DuesOf(cases_.CardOf(ref).state, *rules_).back();
  ASSERT_EQ(due.kind, ClockKind::kHandOn);
  EXPECT_EQ(kernel::TimeOf(items[0].since_time()), due.since);
  EXPECT_EQ(kernel::TimeOf(items[0].due_time()), due.due);
  EXPECT_EQ(items[0].clause(), "P45");
  EXPECT_EQ(items[0].what(),
            "Case " + ref.text() + ": a report that came to you as line manager is not handed on.");
  EXPECT_EQ(items[0].next_step(), "Hand it on to the Headteacher.");
}

TEST_F(CaseDuesTest, WhatIsHandedOnWaitsForOthers) {
  const CaseRef ref = cases_.Report(1, events::ROUTE_LINE_MANAGER);
  Escalate(ref);
  EXPECT_THAT(Seen(kLineManager), IsEmpty());
  EXPECT_THAT(Seen(kHead), ElementsAre("DUE_KIND_ACKNOWLEDGE_REPORT " + ref.text()));
}

TEST_F(CaseDuesTest, TheOfficerAnswersAReferralAndTheSchoolAsksAfterIt) {
  const CaseRef ref = cases_.Report(1, events::ROUTE_HEADTEACHER);
  Acknowledge(ref);
  cases_.Refer(ref);
  EXPECT_THAT(Seen(kHead), ElementsAre("DUE_KIND_FOLLOW_UP_REFERRAL " + ref.text()));
  EXPECT_THAT(Seen(kOfficer), ElementsAre("DUE_KIND_ACKNOWLEDGE_REFERRAL " + ref.text()));
}

TEST_F(CaseDuesTest, AReviewIsShownInItsLastWeek) {
  const CaseRef ref = cases_.Report(1, events::ROUTE_HEADTEACHER);
  Acknowledge(ref);
  cases_.Refer(ref);
  const absl::Time due = casework::DuesOf(cases_.CardOf(ref).state, *rules_).back().due;
  Call call = CallOf(kHead);
  const auto shown_at = [&](absl::Time now) {
    call.now = now;
    const runtime::Dues dues = *dues_.DuesFor(call, MomentIn(std::chrono::seconds(30)));
    return std::any_of(dues.items.begin(), dues.items.end(), [](const DueItem& item) {
      return item.kind() == wardbook::v1::DUE_KIND_REVIEW_CASE;
    });
  };
  EXPECT_FALSE(shown_at(due - absl::Hours(7 * 24) - absl::Seconds(1)));
  EXPECT_TRUE(shown_at(due - absl::Hours(7 * 24)));
  EXPECT_TRUE(shown_at(due + absl::Hours(1)));
}

TEST_F(CaseDuesTest, WhoReportedIsAskedToTellThePoliceToo) {
  const CaseRef ref = cases_.Report(1, events::ROUTE_HEADTEACHER);
  Suspect(ref);
  const std::string item = "DUE_KIND_INFORM_POLICE " + ref.text();
  for (const PersonId& person : {kTeacher, kHead, kDeputy, kSafeguardingLead}) {
    EXPECT_THAT(Seen(person), ElementsAre(item));
  }
  EXPECT_THAT(Seen(kCaretaker), IsEmpty());
}

TEST_F(CaseDuesTest, ClosedCasesAreNotLookedAtUnlessSomebodyStillHasToAct) {
  const CaseRef closed = cases_.Report(1, events::ROUTE_HEADTEACHER);
  cases_.Close(closed);
  const CaseRef waiting = cases_.Report(2, events::ROUTE_HEADTEACHER);
  cases_.Refer(waiting);
  cases_.Close(waiting);
  EXPECT_THAT(Seen(kHead), ElementsAre("DUE_KIND_FOLLOW_UP_REFERRAL " + waiting.text()));
}

TEST_F(CaseDuesTest, MoreCasesThanAreReadAtOnceAreAllThere) {
  constexpr uint64_t kCases = 300;
  std::vector<std::string> expected;
  for (uint64_t i = 0; i < kCases; ++i) {
    const CaseRef ref = cases_.Report(i, events::ROUTE_HEADTEACHER);
    expected.push_back("DUE_KIND_ACKNOWLEDGE_REPORT " + ref.text());
  }
  EXPECT_THAT(Seen(kHead), ::testing::UnorderedElementsAreArray(expected));
}

TEST_F(CaseDuesTest, ACaseThatChangesWhileAllAreReadIsThereOnce) {
  // More than are read at once.
  constexpr uint64_t kCases = 260;
  auto rows = std::make_unique<InterruptedRows>();
  InterruptedRows& interrupted = *rows;
  runtime::ViewStore store(std::move(rows), cases_.vault());
  const std::unique_ptr<runtime::Projector> projector = cases_.StartProjector(store);
  const CaseDues dues(*projector, *rules_);
  const CaseRef oldest = cases_.Report(1, events::ROUTE_HEADTEACHER);
  for (uint64_t i = 2; i <= kCases; ++i) cases_.Report(i, events::ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector);
  const Call call = CallOf(kHead);
  interrupted.BeforeNextGet([&] {
    cases_.Note(oldest);
    cases_.CatchUp(*projector);
  });
  ASSERT_OK_AND_ASSIGN(const runtime::Dues due,
                       dues.DuesFor(call, MomentIn(std::chrono::seconds(30))));
  EXPECT_EQ(std::count_if(due.items.begin(), due.items.end(),
                          [&](const DueItem& item) { return item.case_ref() == oldest.text(); }),
            1);
}

TEST_F(CaseDuesTest, ARowThatDoesNotKnowItsClocksIsNoRowWithoutAny) {
  const CaseRef ref = cases_.Report(1, events::ROUTE_HEADTEACHER);
  const runtime::ViewReading reading = cases_.CatchUp(*projector_);
  ASSERT_OK_AND_ASSIGN(std::optional<wardbook::views::v1::CaseRow> row,
                       FindCaseRow(cases_.store(), *reading.generation, ref.Stream()));
  ASSERT_TRUE(row.has_value());
  EXPECT_OK(ClocksOfRow(*row));
  row->clear_clocks();
  EXPECT_EQ(ClocksOfRow(*row).value(), std::nullopt);
  row->mutable_clocks()->add_clocks();
  EXPECT_THAT(ClocksOfRow(*row), testing::StatusIs(absl::StatusCode::kDataLoss));
}

// Random histories of cases about random people: what is due to somebody is what
// the whole state says, and a list is the same to the byte whether the cases about
// them are in the log or not.
TEST_F(CaseDuesTest, NoListBetraysACaseToItsSubjectAndEachIsWhatTheStateSays) {
  std::mt19937_64 random(::wardbook::testing::TestSeed());
  const auto below = [&random](size_t n) {
    return std::uniform_int_distribution<size_t>(0, n - 1)(random);
  };
  const events::Route routes[] = {events::ROUTE_LINE_MANAGER, events::ROUTE_HEADTEACHER,
                                  events::ROUTE_CHAIR_OF_GOVERNORS,
                                  events::ROUTE_SAFEGUARDING_OFFICER};
  std::vector<CaseRef> refs;
  for (uint64_t i = 0; i < 60; ++i) {
    std::optional<PersonId> subject;
    if (below(3) != 0) subject = kEverybody[below(kEverybody.size())];
    refs.push_back(cases_.Report(i, routes[below(4)], subject));
    for (size_t steps = below(5); steps > 0; --steps) {
      switch (below(5)) {
        case 0:
          Acknowledge(refs.back());
          break;
        case 1:
          Escalate(refs.back());
          break;
        case 2:
          cases_.Refer(refs.back());
          break;
        case 3:
          Suspect(refs.back());
          break;
        case 4:
          cases_.Close(refs.back());
          break;
      }
    }
  }
  for (const PersonId& person : kEverybody) {
    std::vector<std::string> expected;
    for (const CaseRef& ref : refs) {
      const CaseState& state = cases_.CardOf(ref).state;
      const Sight sight = SightOf(state, ActorOf(person));
      for (const CaseDue& due : casework::DuesOf(state, *rules_)) {
        const bool is_far = due.kind == ClockKind::kReview;
        if (!is_far && HasToAct(due.kind, sight, state.route)) {
          expected.push_back(ref.text() + absl::FormatTime(due.due));
        }
      }
    }
    std::vector<std::string> shown;
    for (const DueItem& item : DuesOf(person)) {
      shown.push_back(item.case_ref() + absl::FormatTime(kernel::TimeOf(item.due_time())));
      const CaseRef ref = *CaseRef::Parse(item.case_ref());
      const CaseState& state = cases_.CardOf(ref).state;
      if (state.subjects.contains(person)) {
        // They reported it themselves, and are only asked to tell the police.
        EXPECT_EQ(state.reporter, person);
        EXPECT_EQ(item.kind(), wardbook::v1::DUE_KIND_INFORM_POLICE);
      }
    }
    EXPECT_THAT(shown, ::testing::UnorderedElementsAreArray(expected)) << person.Hex();
  }
}

}  // namespace
}  // namespace wardbook::casework
