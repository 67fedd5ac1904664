#include "services/casework/case_listing_view.h"

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/casework/interrupted_rows_for_test.h"
#include "services/casework/sample_cases_for_test.h"
#include "services/casework/signed_in_for_test.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::casework {
namespace {

using kernel::CaseRef;
using kernel::Reason;
using runtime::Call;
using runtime::IsRefusal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS;
using wardbook::events::v1::ROUTE_HEADTEACHER;
using wardbook::events::v1::ROUTE_LINE_MANAGER;
using wardbook::v1::ListInboxRequest;
using wardbook::v1::ListInboxResponse;
using wardbook::v1::ListMyReportsRequest;
using wardbook::v1::ListMyReportsResponse;

const std::vector<PersonId> kEverybody = {kTeacher, kHead,    kDeputy,      kSafeguardingLead,
                                          kChair,   kOfficer, kLineManager, kCaretaker};

class CaseListingViewTest : public ::testing::Test {
 protected:
  CaseListingViewTest()
      : workers_(1),
        rpc_(
            signed_in_, [] { return absl::Now(); }, cases_.vault().fingerprint_key(), workers_),
        projector_(cases_.StartProjector()),
        listing_(*projector_, cases_.vault(), rpc_) {}

  // A call of somebody who has seen all that is in the log.
  Call CallOf(const PersonId& person, const SchoolId& school = kSchool) {
    Call call;
    call.caller.school = school;
    call.caller.actor = ActorOf(person);
    call.seen_position = cases_.log().Head(school)->size - 1;
    return call;
  }

  static std::vector<std::string> Refs(const ListInboxResponse& response) {
    std::vector<std::string> refs;
    for (const auto& one : response.cases()) refs.push_back(one.case_ref());
    return refs;
  }

  std::vector<std::string> InboxOf(const PersonId& person) {
    ListInboxRequest request;
    request.set_include_closed(true);
    const absl::StatusOr<ListInboxResponse> response = listing_.Inbox(CallOf(person), request);
    EXPECT_OK(response);
    return response.ok() ? Refs(*response) : std::vector<std::string>();
  }

  SampleCases cases_;
  SignedIn signed_in_;
  runtime::WorkerPool workers_;
  runtime::Rpc rpc_;
  const std::unique_ptr<runtime::Projector> projector_;
  CaseListingView listing_;
};

TEST_F(CaseListingViewTest, AnInboxHoldsExactlyTheCasesThatItsOwnerHandles) {
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.Report(2, ROUTE_LINE_MANAGER, kDeputy);
  cases_.Report(3, ROUTE_CHAIR_OF_GOVERNORS, kHead);
  cases_.Report(4, ROUTE_LINE_MANAGER, kLineManager);
  cases_.Refer(cases_.Report(5, ROUTE_HEADTEACHER, kTeacher));
  cases_.Refer(cases_.Report(6, ROUTE_CHAIR_OF_GOVERNORS, kHead));
  cases_.Close(cases_.Report(7, ROUTE_HEADTEACHER, kSafeguardingLead));
  cases_.DeclareConflict(cases_.Report(8, ROUTE_HEADTEACHER), kDeputy, ROUTE_HEADTEACHER);
  cases_.DeclareConflict(cases_.Report(9, ROUTE_LINE_MANAGER), kLineManager, ROUTE_HEADTEACHER);
  cases_.DeclareConflict(cases_.Report(10, ROUTE_HEADTEACHER), kHead, ROUTE_CHAIR_OF_GOVERNORS);
  const CaseRef referred = cases_.Report(11, ROUTE_HEADTEACHER);
  cases_.Refer(referred);
  cases_.DeclareConflict(referred, kOfficer, ROUTE_HEADTEACHER);
  for (const PersonId& person : kEverybody) {
    std::set<std::string> expected;
    for (const CaseRef& ref : cases_.RefsOf(kSchool)) {
      const Sight sight = SightOf(cases_.CardOf(ref).state, ActorOf(person));
      if (SeesWhole(sight)) expected.insert(ref.text());
    }
    const std::vector<std::string> inbox = InboxOf(person);
    EXPECT_EQ(std::set<std::string>(inbox.begin(), inbox.end()), expected)
        << "person " << person.Hex();
    EXPECT_THAT(inbox, SizeIs(expected.size()));
  }
}

TEST_F(CaseListingViewTest, ACaseLeavesTheInboxOfWhoeverDeclaresAConflict) {
  const CaseRef ref = cases_.Report(1, ROUTE_HEADTEACHER);
  EXPECT_THAT(InboxOf(kHead), ElementsAre(ref.text()));
  cases_.DeclareConflict(ref, kHead, ROUTE_CHAIR_OF_GOVERNORS);
  EXPECT_THAT(InboxOf(kChair), ElementsAre(ref.text()));
  for (const PersonId& person : {kHead, kDeputy, kSafeguardingLead}) {
    EXPECT_THAT(InboxOf(person), IsEmpty());
  }
}

TEST_F(CaseListingViewTest, TellsWhoSawACaseWithoutReadingIt) {
  const CaseRef ref = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef conflict = cases_.Report(2, ROUTE_HEADTEACHER);
  cases_.DeclareConflict(conflict, kHead, ROUTE_CHAIR_OF_GOVERNORS);
  const CaseRef gone = cases_.Report(3, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  ASSERT_OK(cases_.vault().Destroy(cases_.KeyOf(gone)));
  const auto sight_of = [&](const PersonId& person, const CaseRef& of) {
    return listing_.LastSightOf(CallOf(person).caller, of);
  };
  EXPECT_EQ(sight_of(kHead, ref), SightOf(cases_.CardOf(ref).state, ActorOf(kHead)));
  EXPECT_NE(sight_of(kHead, ref), Sight::kNone);
  EXPECT_NE(sight_of(kTeacher, ref), Sight::kNone);
  EXPECT_EQ(sight_of(kCaretaker, ref), Sight::kNone);
  EXPECT_EQ(sight_of(kHead, conflict), Sight::kNone);
  EXPECT_EQ(sight_of(kHead, gone), Sight::kNone);
  EXPECT_EQ(sight_of(kHead, SampleCases::Ref(4)), Sight::kNone);
  runtime::Caller elsewhere = CallOf(kHead).caller;
  elsewhere.school = kOtherSchool;
  EXPECT_EQ(listing_.LastSightOf(elsewhere, ref), Sight::kNone);
}

TEST_F(CaseListingViewTest, AReferralOfAClosedCaseIsAmongTheOpenOnesUntilItHasItsOutcome) {
  const CaseRef ref = cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.Close(ref);
  cases_.Refer(ref);
  cases_.CatchUp(*projector_);
  for (const PersonId& person : {kOfficer, kHead}) {
    const absl::StatusOr<ListInboxResponse> inbox =
        listing_.Inbox(CallOf(person), ListInboxRequest());
    ASSERT_OK(inbox);
    EXPECT_THAT(Refs(*inbox), SizeIs(1)) << person.Hex();
  }
}

TEST_F(CaseListingViewTest, ACaseAboutTheHeadIsTheChairsAlone) {
  const CaseRef ref = cases_.Report(1, ROUTE_CHAIR_OF_GOVERNORS, kHead);
  for (const PersonId& person : {kHead, kDeputy, kSafeguardingLead}) {
    EXPECT_THAT(InboxOf(person), IsEmpty());
  }
  EXPECT_THAT(InboxOf(kChair), ElementsAre(ref.text()));
}

TEST_F(CaseListingViewTest, TheLatestChangeComesFirst) {
  const CaseRef first = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef second = cases_.Report(2, ROUTE_LINE_MANAGER);
  const CaseRef third = cases_.Report(3, ROUTE_HEADTEACHER);
  cases_.Note(first);
  EXPECT_THAT(InboxOf(kHead), ElementsAre(first.text(), third.text(), second.text()));
}

TEST_F(CaseListingViewTest, ClosedCasesAreShownOnlyWhenAskedFor) {
  const CaseRef open = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef closed = cases_.Report(2, ROUTE_HEADTEACHER);
  cases_.Close(closed);
  EXPECT_THAT(Refs(*listing_.Inbox(CallOf(kHead), {})), ElementsAre(open.text()));
  EXPECT_THAT(InboxOf(kHead), ElementsAre(closed.text(), open.text()));
}

TEST_F(CaseListingViewTest, PagesShowEveryCaseOnceWhateverIsHiddenBetween) {
  std::vector<std::string> newest_first;
  for (uint64_t i = 1; i <= 40; ++i) {
    // Half of them are about the deputy who reads.
    const bool hidden = i % 2 == 0;
    const CaseRef ref = cases_.Report(i, i % 3 == 0 ? ROUTE_LINE_MANAGER : ROUTE_HEADTEACHER,
                                      hidden ? std::optional<PersonId>(kDeputy) : std::nullopt);
    if (!hidden) newest_first.insert(newest_first.begin(), ref.text());
  }
  for (const int32_t page_size : {1, 3, 7, 20, 200}) {
    ListInboxRequest request;
    request.set_page_size(page_size);
    std::vector<std::string> seen;
    for (;;) {
      ASSERT_OK_AND_ASSIGN(const ListInboxResponse page, listing_.Inbox(CallOf(kDeputy), request));
      // No page is short for what it hides, but for the last.
      if (!page.next_page_token().empty()) {
        ASSERT_EQ(page.cases_size(), page_size);
      }
      for (const std::string& ref : Refs(page)) seen.push_back(ref);
      if (page.next_page_token().empty()) break;
      request.set_page_token(page.next_page_token());
    }
    EXPECT_EQ(seen, newest_first) << "page size " << page_size;
  }
}

TEST_F(CaseListingViewTest, APageHasFiftyCasesUnlessToldAndNeverMoreThanTwoHundred) {
  for (uint64_t i = 1; i <= 210; ++i) cases_.Report(i, ROUTE_HEADTEACHER);
  ListInboxRequest request;
  EXPECT_EQ(listing_.Inbox(CallOf(kHead), request)->cases_size(), 50);
  request.set_page_size(1000);
  EXPECT_EQ(listing_.Inbox(CallOf(kHead), request)->cases_size(), 200);
  request.set_page_size(-1);
  EXPECT_TRUE(IsRefusal(listing_.Inbox(CallOf(kHead), request).status(), Reason::kFieldInvalid));
}

TEST_F(CaseListingViewTest, ATokenIsOnlyGoodForItsOwnerSchoolAndList) {
  for (uint64_t i = 1; i <= 3; ++i) {
    cases_.Report(i, ROUTE_HEADTEACHER);
    cases_.Report(i, ROUTE_HEADTEACHER, std::nullopt, kOtherSchool);
  }
  ListInboxRequest request;
  request.set_page_size(1);
  const std::string token = listing_.Inbox(CallOf(kHead), request)->next_page_token();
  ASSERT_FALSE(token.empty());
  request.set_page_token(token);
  EXPECT_OK(listing_.Inbox(CallOf(kHead), request));
  const auto refused = [&](const Call& call) {
    return IsRefusal(listing_.Inbox(call, request).status(), Reason::kFieldInvalid);
  };
  EXPECT_TRUE(refused(CallOf(kDeputy)));
  EXPECT_TRUE(refused(CallOf(kHead, kOtherSchool)));
  ListMyReportsRequest reports;
  reports.set_page_token(token);
  EXPECT_TRUE(
      IsRefusal(listing_.MyReports(CallOf(kHead), reports).status(), Reason::kFieldInvalid));
  request.set_include_closed(true);
  EXPECT_TRUE(refused(CallOf(kHead)));
  request.set_page_token("not a token");
  EXPECT_TRUE(refused(CallOf(kHead)));
}

TEST_F(CaseListingViewTest, MyReportsAreTheReportersAloneNewestFirst) {
  const CaseRef first = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef second = cases_.Report(2, ROUTE_CHAIR_OF_GOVERNORS, kHead);
  cases_.Report(3, ROUTE_HEADTEACHER, std::nullopt, kOtherSchool);
  cases_.Note(first);
  cases_.Close(first);
  ListMyReportsRequest request;
  ASSERT_OK_AND_ASSIGN(const ListMyReportsResponse all,
                       listing_.MyReports(CallOf(kTeacher), request));
  ASSERT_EQ(all.reports_size(), 2);
  EXPECT_EQ(all.reports(0).case_ref(), second.text());
  EXPECT_EQ(all.reports(1).case_ref(), first.text());
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const ListMyReportsResponse page,
                       listing_.MyReports(CallOf(kTeacher), request));
  EXPECT_EQ(page.reports_size(), 1);
  request.set_page_token(page.next_page_token());
  ASSERT_OK_AND_ASSIGN(const ListMyReportsResponse rest,
                       listing_.MyReports(CallOf(kTeacher), request));
  EXPECT_EQ(rest.reports(0).case_ref(), first.text());
  EXPECT_EQ(rest.next_page_token(), "");
  EXPECT_EQ(listing_.MyReports(CallOf(kCaretaker), {})->reports_size(), 0);
}

TEST_F(CaseListingViewTest,
       CountsAreOfTheLeadershipsCasesAndOfNoneThatIsKeptFromOneOfThoseWhoCount) {
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.Refer(cases_.Report(2, ROUTE_LINE_MANAGER, kDeputy));
  cases_.Close(cases_.Report(3, ROUTE_HEADTEACHER, kSafeguardingLead));
  cases_.Report(4, ROUTE_CHAIR_OF_GOVERNORS, kHead);
  cases_.DeclareConflict(cases_.Report(5, ROUTE_HEADTEACHER), kChair, ROUTE_HEADTEACHER);
  const auto counted = [this](const ReportedWithin& reported) {
    const auto response = listing_.Counts(
        CallOf(kHead), reported, {CallOf(kHead).caller.actor, CallOf(kChair).caller.actor});
    EXPECT_OK(response);
    return std::string(response->ShortDebugString());
  };
  EXPECT_EQ(counted({}),
            "counts { kind: INCIDENT_KIND_CYBER_BULLYING open: 2 closed: 1 referred: 1 }");
  const absl::Time first =
      kernel::TimeOf(listing_.Inbox(CallOf(kChair), {})->cases(0).reported_time());
  EXPECT_EQ(counted({.from = absl::InfinitePast(), .until = first - absl::Hours(24 * 365)}), "");
  EXPECT_EQ(counted({.from = first + absl::Hours(24 * 365), .until = absl::InfiniteFuture()}), "");
}

TEST_F(CaseListingViewTest, ACaseThatChangesWhileAllAreReadIsCountedOnce) {
  // More than are read at once.
  constexpr uint64_t kCases = 220;
  auto rows = std::make_unique<InterruptedRows>();
  InterruptedRows& interrupted = *rows;
  runtime::ViewStore store(std::move(rows), cases_.vault());
  const std::unique_ptr<runtime::Projector> projector = cases_.StartProjector(store);
  const CaseListingView listing(*projector, cases_.vault(), rpc_);
  const CaseRef oldest = cases_.Report(1, ROUTE_HEADTEACHER);
  for (uint64_t i = 2; i <= kCases; ++i) cases_.Report(i, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector);
  const auto change_oldest = [&] {
    cases_.Note(oldest);
    cases_.CatchUp(*projector);
  };
  const Call call = CallOf(kHead);
  interrupted.BeforeNextGet(change_oldest);
  ASSERT_OK_AND_ASSIGN(const wardbook::v1::CountCasesResponse counts,
                       listing.Counts(call, {}, {call.caller.actor}));
  ASSERT_EQ(counts.counts_size(), 1);
  EXPECT_EQ(counts.counts(0).open(), kCases);
}

TEST_F(CaseListingViewTest, ACaseThatChangesWhileAPageIsReadComesOnce) {
  auto rows = std::make_unique<InterruptedRows>();
  InterruptedRows& interrupted = *rows;
  runtime::ViewStore store(std::move(rows), cases_.vault());
  const std::unique_ptr<runtime::Projector> projector = cases_.StartProjector(store);
  const CaseListingView listing(*projector, cases_.vault(), rpc_);
  const CaseRef first = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef second = cases_.Report(2, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector);
  interrupted.BeforeNextScan([&] {
    cases_.Note(first);
    cases_.CatchUp(*projector);
  });
  ListInboxRequest request;
  request.set_page_size(1);
  std::vector<std::string> shown;
  do {
    ASSERT_OK_AND_ASSIGN(const ListInboxResponse page, listing.Inbox(CallOf(kHead), request));
    for (const std::string& ref : Refs(page)) shown.push_back(ref);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(shown, ElementsAre(second.text(), first.text()));
}

TEST_F(CaseListingViewTest, ACaseThatChangesBetweenPagesComesLastOrOnceMore) {
  const CaseRef first = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef second = cases_.Report(2, ROUTE_HEADTEACHER);
  const CaseRef third = cases_.Report(3, ROUTE_HEADTEACHER);
  const CaseRef elsewhere = cases_.Report(4, ROUTE_CHAIR_OF_GOVERNORS);
  ListInboxRequest request;
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(ListInboxResponse page, listing_.Inbox(CallOf(kHead), request));
  EXPECT_THAT(Refs(page), ElementsAre(third.text()));
  // Neither stands below the third any more.
  cases_.Note(first);
  cases_.Note(elsewhere);
  cases_.Note(third);
  std::vector<std::string> rest;
  while (!page.next_page_token().empty()) {
    request.set_page_token(page.next_page_token());
    ASSERT_OK_AND_ASSIGN(page, listing_.Inbox(CallOf(kHead), request));
    ASSERT_LE(page.cases_size(), 1);
    for (const std::string& ref : Refs(page)) rest.push_back(ref);
  }
  EXPECT_THAT(rest, ElementsAre(second.text(), first.text(), third.text()));
}

TEST_F(CaseListingViewTest, LowLevelConcernsAreForThoseWhoHandleTheCaseAndNotForItsSubject) {
  const auto decide = [this](const CaseRef& ref, wardbook::events::v1::HarmThreshold threshold) {
    wardbook::events::v1::CaseEvent event;
    event.mutable_harm_threshold_decided()->set_threshold(threshold);
    cases_.Record(kSchool, ref, kHead, event);
  };
  const auto concerns_of = [this](const PersonId& person) {
    std::vector<std::string> refs;
    const auto rows = listing_.LowLevelConcerns(CallOf(person));
    EXPECT_OK(rows);
    for (const auto& row : *rows) refs.push_back(row.summary().case_ref());
    return refs;
  };
  const CaseRef about_deputy = cases_.Report(1, ROUTE_HEADTEACHER, kDeputy);
  const CaseRef about_head = cases_.Report(2, ROUTE_CHAIR_OF_GOVERNORS, kHead);
  const CaseRef met = cases_.Report(3, ROUTE_HEADTEACHER, kCaretaker);
  cases_.Report(4, ROUTE_HEADTEACHER, kCaretaker);
  decide(about_deputy, wardbook::events::v1::HARM_THRESHOLD_LOW_LEVEL_CONCERN);
  decide(about_head, wardbook::events::v1::HARM_THRESHOLD_LOW_LEVEL_CONCERN);
  decide(met, wardbook::events::v1::HARM_THRESHOLD_LOW_LEVEL_CONCERN);
  decide(met, wardbook::events::v1::HARM_THRESHOLD_MET);
  cases_.Close(about_deputy);
  EXPECT_THAT(concerns_of(kHead), ElementsAre(about_deputy.text()));
  EXPECT_THAT(concerns_of(kSafeguardingLead), ElementsAre(about_deputy.text()));
  EXPECT_THAT(concerns_of(kChair), ElementsAre(about_head.text()));
  EXPECT_THAT(concerns_of(kDeputy), IsEmpty());
  EXPECT_THAT(concerns_of(kTeacher), IsEmpty());
}

}  // namespace
}  // namespace wardbook::casework
