#include <string>
#include <variant>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using CaseEvent = events::CaseEvent;

TEST(RecordProviderReport, RecordsThePlatformTheDayAndTheReference) {
  CaseEvent expected;
  events::ProviderReported& reported = *expected.mutable_provider_reported();
  reported.set_platform("Facebook");
  *reported.mutable_reported_at() = ThisMorning();
  reported.set_reference("FB-77");
  reported.set_details("To take the page down.");
  EXPECT_THAT(Decide(After({Reported()}), WholeProviderReport(kTeacher)), AddsEvent(expected));
}

TEST(RecordProviderReport, NeedsAPlatformAndAPastMoment) {
  const CaseState state = After({Reported()});
  RecordProviderReport command = WholeProviderReport();
  command.platform = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "platform"));
  command = WholeProviderReport();
  command.reported_at.set_time("23:00");
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFutureTime, "reported_at.time"));
}

TEST(RecordProviderReport, KeepsNoAddressWhereAnIndecentImageIsSuspected) {
  const CaseState state = After({Reported(), Suspected(), PoliceCalled()});
  RecordProviderReport command = WholeProviderReport();
  command.details = "The post at https://a.example/x";
  const CaseDecision decision = Decide(state, command);
  ASSERT_THAT(decision, Adds(CaseEvent::kProviderReported));
  EXPECT_THAT(std::get<0>(decision)[0].provider_reported().details(),
              Eq("The post at " + std::string(kAddressLeftOut)));
}

TEST(RecordProviderOutcome, AnswersTheNewestReportUnlessOneIsNamed) {
  const CaseState state = After({Reported(), ToldProvider(), ToldProvider()});
  CaseEvent expected;
  events::ProviderOutcomeRecorded& recorded = *expected.mutable_provider_outcome_recorded();
  recorded.set_report_revision(3);
  recorded.set_outcome(events::PROVIDER_OUTCOME_CONTENT_REMOVED);
  *recorded.mutable_known_at() = ThisMorning();
  recorded.set_details("It broke their rules.");
  RecordProviderOutcome command = WholeProviderOutcome();
  EXPECT_THAT(Decide(state, command), AddsEvent(expected));
  command.report_revision = 2;
  recorded.set_report_revision(2);
  EXPECT_THAT(Decide(state, command), AddsEvent(expected));
}

TEST(RecordProviderOutcome, NeedsAReportOfThisCaseAndAnOutcome) {
  RecordProviderOutcome command = WholeProviderOutcome();
  EXPECT_THAT(Decide(After({Reported()}), command),
              Refuses(Reason::kNoProviderReport, "report_revision"));
  command.report_revision = 1;
  EXPECT_THAT(Decide(After({Reported(), ToldProvider()}), command),
              Refuses(Reason::kNoProviderReport, "report_revision"));
  command.outcome = events::PROVIDER_OUTCOME_UNSPECIFIED;
  EXPECT_THAT(Decide(After({Reported(), ToldProvider()}), command),
              Refuses(Reason::kFieldMissing, "outcome"));
}

TEST(RecordContentRemoved, RecordsWhatIsGoneAndSinceWhen) {
  CaseEvent expected;
  events::ContentRemoved& removed = *expected.mutable_content_removed();
  *removed.mutable_removed_at() = ThisMorning();
  removed.set_platform("Facebook");
  removed.set_removed_by("The provider");
  removed.set_details("The whole page.");
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeRemoval()), AddsEvent(expected));
}

TEST(Provider, WaitsForThePoliceAndIsOnlyForThoseWhoSeeTheCase) {
  const CaseState pending = After({Reported(), ToldProvider(), Suspected()});
  EXPECT_THAT(Decide(pending, WholeProviderReport()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(pending, WholeProviderOutcome()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(pending, WholeRemoval()), Refuses(Reason::kPolicePending));
  const CaseState state = After({Reported(), ToldProvider()});
  EXPECT_THAT(Decide(state, WholeProviderReport(kColleague)), Refuses(Reason::kNoSuchCase));
  EXPECT_THAT(Decide(state, WholeProviderOutcome(kColleague)), Refuses(Reason::kNoSuchCase));
  EXPECT_THAT(Decide(state, WholeRemoval(kColleague)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
