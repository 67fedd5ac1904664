#include <string>
#include <variant>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Contains;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using CaseEvent = events::CaseEvent;

std::vector<CaseEvent> EventsOf(const CaseDecision& decision) {
  return std::get<std::vector<CaseEvent>>(decision);
}

TEST(PrepareReferralSection, IsForTheNextReferralWhereThereIsNone) {
  CaseState state = After({Reported()});
  CaseEvent expected;
  events::ReferralSectionPrepared& prepared = *expected.mutable_referral_section_prepared();
  prepared.set_section(events::REFERRAL_SECTION_THRESHOLD);
  *prepared.add_fields() = FieldOf("limbs", "May pose a risk.");
  *prepared.add_fields() = FieldOf("reasons", "The messages.");
  EXPECT_THAT(Decide(state, WholeSection()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeSection()), kHead);
  Happen(state, Referred(), kHead);
  EXPECT_THAT(state.referrals[0].sections, SizeIs(1));
  EXPECT_THAT(state.next_referral_sections, IsEmpty());
}

TEST(PrepareReferralSection, CountsTheLastOneOfASection) {
  CaseState state = After({Reported(), Referred()});
  state = Then(state, Decide(state, WholeSection()), kHead);
  EXPECT_THAT(Decide(state, WholeSection(kLead)), AddsNothing());
  PrepareReferralSection other = WholeSection(kLead);
  other.fields = {FieldOf("limbs", "Harmed a child.")};
  state = Then(state, Decide(state, other), kLead);
  const auto& fields = state.referrals[0].sections.at(events::REFERRAL_SECTION_THRESHOLD);
  ASSERT_THAT(fields, SizeIs(1));
  EXPECT_THAT(fields[0].text(), Eq("Harmed a child."));
}

TEST(PrepareReferralSection, NeedsASectionAndFieldsOfIt) {
  const CaseState state = After({Reported()});
  PrepareReferralSection command = WholeSection();
  command.section = events::REFERRAL_SECTION_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "section"));
  command = WholeSection();
  command.fields.clear();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "fields"));
  command.fields = {FieldOf("job_title", "Assistant")};
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "fields.name"));
}

TEST(PrepareReferralSection, IsForThoseWhoSeeTheCaseWhole) {
  const CaseState state = After({ReportedToLineManager()});
  EXPECT_THAT(Decide(state, WholeSection(kLineManager)), Adds(CaseEvent::kReferralSectionPrepared));
  EXPECT_THAT(Decide(state, WholeSection(kTeacher)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeSection(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(PrepareReferralSection, OfAReferralThatHasEndedIsRefused) {
  CaseState state = After({Reported(), Referred(1)});
  state = Then(state, Decide(state, WholeWithdrawal()), kHead);
  PrepareReferralSection command = WholeSection();
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kReferralSectionPrepared));
  command.referral_id = IdOf<ReferralId>(1);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kReferralEnded));
  command.referral_id = IdOf<ReferralId>(9);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNotReferred, "referral_id"));
}

TEST(RecordReferralSubmitted, RecordsTheCouncilsReferenceAndWhatIsMissing) {
  CaseState state = After({Reported(), Referred()});
  const std::vector<CaseEvent> decided = EventsOf(Decide(state, WholeSubmission()));
  ASSERT_THAT(decided, SizeIs(1));
  const events::ReferralSubmitted& submitted = decided[0].referral_submitted();
  EXPECT_THAT(submitted.form_reference(), Eq("LCC-5501"));
  EXPECT_THAT(submitted.submitted_by(), Eq("Person Four"));
  EXPECT_THAT(submitted.missing_items(), Contains("The section \"The adult\" is not prepared."));
  state = Then(state, Decide(state, WholeSubmission()), kHead);
  EXPECT_THAT(Decide(state, WholeSubmission()), AddsNothing());
}

TEST(RecordReferralSubmitted, RefersACaseThatWasNotReferred) {
  CaseState state = After({Reported()});
  const std::vector<CaseEvent> decided = EventsOf(Decide(state, WholeSubmission(kTeacher)));
  ASSERT_THAT(decided, SizeIs(2));
  EXPECT_THAT(decided[0].case_referred().referral_id(), Eq(IdOf<ReferralId>(50).Bytes()));
  EXPECT_THAT(decided[1].referral_submitted().referral_id(), Eq(IdOf<ReferralId>(50).Bytes()));
}

TEST(RecordReferralSubmitted, IsNotRefusedForAnythingThatIsWrongWithIt) {
  const CaseState state = After({Reported(), Referred(1), Closed()});
  RecordReferralSubmitted command = WholeSubmission();
  command.referral_id = IdOf<ReferralId>(9);
  command.form_reference = std::string(kTextCharactersMax, 'x') + "\xFF";
  command.submitted_at.set_date("tomorrow");
  const std::vector<CaseEvent> decided = EventsOf(Decide(state, command));
  ASSERT_THAT(decided, SizeIs(1));
  const events::ReferralSubmitted& submitted = decided[0].referral_submitted();
  EXPECT_THAT(submitted.referral_id(), Eq(IdOf<ReferralId>(1).Bytes()));
  EXPECT_THAT(submitted.form_reference(), SizeIs(kShortCharactersMax));
  EXPECT_FALSE(submitted.has_submitted_at());
  EXPECT_THAT(submitted.missing_items(), Contains("When it was submitted."));
}

TEST(ShowReferralForm, IsForThoseWhoSeeTheCaseWhole) {
  const CaseState state = After({ReportedToLineManager(), Referred()});
  for (const kernel::Actor& actor : {kLineManager, kHead, kOfficer}) {
    EXPECT_FALSE(Refuses(state, ShowReferralForm{{actor, kNow}}).has_value());
  }
  EXPECT_THAT(Refuses(state, ShowReferralForm{{kTeacher, kNow}}),
              ::testing::Optional(kernel::Rejected{Reason::kRoleRequired, ""}));
}

TEST(RecordReferralSubmitted, ByWhomTheCaseIsKeptFromIsOfTheirOwnReferralAlone) {
  CaseState state;
  Happen(state, Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT), kTeacher);
  Happen(state, Referred(1), kHead);
  const CaseDecision decision = Decide(state, WholeSubmission(kTeacher, 7));
  ASSERT_TRUE(std::holds_alternative<std::vector<CaseEvent>>(decision));
  const auto& events = std::get<0>(decision);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_TRUE(events[0].has_case_referred());
  EXPECT_EQ(events[1].referral_submitted().referral_id(), IdOf<ReferralId>(7).Bytes());
  state = Then(state, decision, kTeacher);
  EXPECT_FALSE(state.referrals[0].submitted);
}

}  // namespace
}  // namespace wardbook::casework
