// Departures from the policy (P24) and advice on them (P25).

#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"

namespace wardbook::registers {
namespace {

Entry Submitted(const kernel::Actor& by = kTeacher) { return After({Asks(by, Justify())}); }

Entry Reviewed() { return After({Asks(kTeacher, Justify()), Asks(kHead, Review())}); }

TEST(P24, AJustificationIsSubmittedAndReviewedByTheHeadteacher) {
  Entry entry = Submitted();
  EXPECT_EQ(entry.stage, Stage::kAsked);
  Happen(entry, Asks(kHead, Review()));
  EXPECT_EQ(entry.stage, Stage::kInForce);
}

TEST(P24, OneWithoutReasonsOrTimingIsRefused) {
  RegisterEvent event = Justify();
  event.mutable_justification_submitted()->clear_reasons();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kFieldMissing, "reasons", "P24"));
  event = Justify();
  event.mutable_justification_submitted()->clear_timing();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kFieldMissing, "timing", "P24"));
  event = Justify();
  for (const char* clause : {"P00", "P49", "28", "P7", "P280", "P+1"}) {
    event.mutable_justification_submitted()->set_clause(clause);
    EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldInvalid, "clause"))
        << clause;
  }
}

TEST(P24, WhatWasDoneLiesInThePastAndWhatIsProposedAhead) {
  RegisterEvent event = Justify();
  events::JustificationSubmitted& submitted = *event.mutable_justification_submitted();
  submitted.clear_action_time();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kJustificationTime, "action_time"));
  *submitted.mutable_action_time() = At(kNow + absl::Seconds(1));
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kJustificationTime, "action_time"));
  submitted.set_timing(events::ACTION_TIMING_PROPOSED);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Adds(RegisterEvent::kJustificationSubmitted));
  *submitted.mutable_action_time() = At(kNow);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kJustificationTime, "action_time"));
  submitted.clear_action_time();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Adds(RegisterEvent::kJustificationSubmitted));
  EXPECT_THAT(Reason::kJustificationTime, NamesClause("P24"));
}

TEST(P24, TheHeadteachersOwnGoesToTheChair) {
  const Entry entry = Submitted(kHead);
  EXPECT_THAT(Decide(entry, Asks(kHead, Review())), Refuses(Reason::kOwnDecisionOfHead));
  EXPECT_THAT(Decide(entry, Asks(kChair, Review())), Adds(RegisterEvent::kJustificationReviewed));
  EXPECT_FALSE(Sees(Register::kJustifications, entry, kDeputy));
  EXPECT_THAT(Reason::kOwnDecisionOfHead, NamesClause("P24"));
}

TEST(P24, OnlyTheHeadteacherReviewsThatOfStaff) {
  EXPECT_THAT(Decide(Submitted(), Asks(kDeputy, Review())), Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Decide(Submitted(), Asks(kTeacher, Review())), Refuses(Reason::kOwnDecision));
  EXPECT_THAT(Decide(Submitted(), Asks(kColleague, Review())),
              Refuses(Reason::kNoSuchRegisterEntry));
  EXPECT_THAT(Reason::kHeadteacherDecides, NamesClause("P24"));
}

TEST(P24, WhatWasSubmittedCannotBeEdited) {
  RegisterEvent other = Justify();
  other.mutable_justification_submitted()->set_action("Something else.");
  EXPECT_THAT(Decide(Submitted(), Asks(kTeacher, other)), Refuses(Reason::kRegisterEntryStands));
  EXPECT_THAT(Decide(Reviewed(), Asks(kTeacher, other)), Refuses(Reason::kRegisterEntryStands));
}

TEST(P24, OneForWhichAdviceIsNeededIsReviewedAgain) {
  RegisterEvent undecided = Review();
  undecided.mutable_justification_reviewed()->set_finding(
      events::JUSTIFICATION_FINDING_ADVICE_NEEDED);
  Entry entry = After({Asks(kTeacher, Justify()), Asks(kHead, undecided)});
  Happen(entry, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_SOUGHT)));
  Happen(entry, Asks(kHead, Advice()));
  EXPECT_THAT(Decide(entry, Asks(kHead, Review())), Adds(RegisterEvent::kJustificationReviewed));
  Happen(entry, Asks(kHead, Review()));
  EXPECT_EQ(entry.stage, Stage::kInForce);
  RegisterEvent third = Review();
  third.mutable_justification_reviewed()->set_reasons("On second thoughts.");
  EXPECT_THAT(Decide(entry, Asks(kHead, third)), Refuses(Reason::kJustificationReviewed));
}

TEST(P25, OneThatWasNotReviewedClosesNeitherWithoutAdviceNorWithoutReview) {
  Entry entry = Submitted();
  EXPECT_THAT(Decide(entry, Asks(kHead, CloseIt())), Refuses(Reason::kAdviceDecisionMissing));
  Happen(entry, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE)));
  EXPECT_EQ(entry.stage, Stage::kAsked);
  EXPECT_THAT(Decide(entry, Asks(kHead, CloseIt())), Refuses(Reason::kJustificationNotReviewed));
  Happen(entry, Asks(kHead, Review()));
  Happen(entry, Asks(kHead, CloseIt()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
}

TEST(P25, AJustificationClosesOnlyWithAnAdviceDecision) {
  Entry entry = Reviewed();
  EXPECT_THAT(Decide(entry, Asks(kHead, CloseIt())), Refuses(Reason::kAdviceDecisionMissing));
  EXPECT_THAT(Reason::kAdviceDecisionMissing, NamesClause("P25"));
  Happen(entry, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE)));
  Happen(entry, Asks(kHead, CloseIt()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
}

TEST(P25, AdviceThatIsNotAppropriateNeedsReasonsAndAdviceSoughtSomebodyAsked) {
  RegisterEvent event = DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE);
  event.mutable_justification_advice_decided()->clear_reasons();
  EXPECT_THAT(Decide(Reviewed(), Asks(kHead, event)), Refuses(Reason::kFieldMissing, "reasons"));
  event = DecideAdvice(events::ADVICE_CHOICE_SOUGHT);
  event.mutable_justification_advice_decided()->clear_asked_of();
  EXPECT_THAT(Decide(Reviewed(), Asks(kHead, event)), Refuses(Reason::kFieldMissing, "asked_of"));
}

TEST(P25, AdviceIsRecordedAfterItWasSought) {
  Entry entry = Reviewed();
  EXPECT_THAT(Decide(entry, Asks(kHead, Advice())), Refuses(Reason::kAdviceDecisionMissing));
  Happen(entry, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE)));
  EXPECT_THAT(Decide(entry, Asks(kHead, Advice())), Refuses(Reason::kAdviceDecisionMissing));
  Happen(entry, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_SOUGHT)));
  Happen(entry, Asks(kHead, Advice()));
  Happen(entry, Asks(kHead, CloseIt()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
}

TEST(P25, TheHeadteacherDecidesAboutAdvice) {
  const RegisterEvent event = DecideAdvice(events::ADVICE_CHOICE_SOUGHT);
  EXPECT_THAT(Decide(Reviewed(), Asks(kDeputy, event)), Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Decide(Submitted(), Asks(kHead, event)),
              Adds(RegisterEvent::kJustificationAdviceDecided));
  EXPECT_THAT(Reason::kHeadteacherDecides, NamesClause("P25"));
}

}  // namespace
}  // namespace wardbook::registers
