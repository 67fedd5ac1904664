#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using CaseEvent = events::CaseEvent;

TEST(AddNote, RecordsTheTextOfEverybodyWhoSeesTheCase) {
  const CaseState state = After({Reported(), Referred(1)});
  CaseEvent expected;
  expected.mutable_note_added()->set_text("Spoke to the colleague.");
  for (const kernel::Actor& actor : {kTeacher, kOfficer}) {
    EXPECT_THAT(Decide(state, WholeNote(actor)), AddsEvent(expected));
  }
  expected.mutable_note_added()->set_by_handler(true);
  EXPECT_THAT(Decide(state, WholeNote(kHead)), AddsEvent(expected));
  EXPECT_THAT(Decide(state, WholeNote(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(AddNote, IsAHandlersAlsoWhereTheyReportedItOrItIsTheOfficers) {
  CaseState state;
  Happen(state, Reported(), kLead);
  EXPECT_TRUE(std::get<0>(Decide(state, WholeNote(kLead)))[0].note_added().by_handler());
  const CaseState officers = After({Reported(events::ROUTE_SAFEGUARDING_OFFICER)});
  EXPECT_TRUE(std::get<0>(Decide(officers, WholeNote(kOfficer)))[0].note_added().by_handler());
}

TEST(AddNote, OnAClosedCaseIsReadByAHandlerBeforeItIsDone) {
  CaseState state = After({Reported(), Closed()});
  EXPECT_FALSE(IsListedOpen(state));
  state = Then(state, Decide(state, WholeNote(kHead)), kHead);
  EXPECT_FALSE(IsListedOpen(state));
  state = Then(state, Decide(state, WholeNote(kTeacher)), kTeacher);
  EXPECT_TRUE(IsListedOpen(state));
  const std::optional<absl::Time> since = state.late_word_time;
  state = Then(state, Decide(state, WholeNote(kTeacher)), kTeacher);
  EXPECT_THAT(state.late_word_time, Eq(since));
  CaseState opened = state;
  Happen(opened, Reopened(), kHead);
  EXPECT_FALSE(opened.late_word_time.has_value());
  state = Then(state, Decide(state, WholeNote(kHead)), kHead);
  EXPECT_FALSE(IsListedOpen(state));
}

TEST(ALateWord, IsWhatTheReporterAndTheTargetSayOnAClosedCase) {
  for (const CaseEvent::BodyCase kind :
       {CaseEvent::kWishesUpdated, CaseEvent::kPoliceDecisionRecorded,
        CaseEvent::kEntryCorrected}) {
    CaseEvent said;
    const auto* field = CaseEvent::descriptor()->FindFieldByNumber(kind);
    said.GetReflection()->MutableMessage(&said, field);
    CaseState state = After({Reported(), Closed()});
    Happen(state, said, kHead);
    EXPECT_FALSE(state.late_word_time.has_value()) << kind;
    Happen(state, said, kTeacher);
    EXPECT_TRUE(state.late_word_time.has_value()) << kind;
  }
}

TEST(AddNote, NeedsATextOfTheLengthThatAFieldHolds) {
  AddNote command = WholeNote();
  command.text = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "text"));
  command.text.clear();
  for (size_t i = 0; i < kTextCharactersMax; ++i) command.text += "\xC3\xA9";
  EXPECT_THAT(Decide(After({Reported()}), command), Adds(CaseEvent::kNoteAdded));
  command.text += "e";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldTooLong, "text"));
}

TEST(CorrectEntry, AddsToAnEntry) {
  CaseEvent expected;
  expected.mutable_entry_corrected()->set_corrected_revision(1);
  expected.mutable_entry_corrected()->set_correction("It was the 12th.");
  expected.mutable_entry_corrected()->set_reasons("A slip.");
  EXPECT_THAT(Decide(After({Reported()}), WholeCorrection()), AddsEvent(expected));
}

TEST(CorrectEntry, NeedsAnEntryACorrectionAndReasons) {
  const CaseState state = After({Reported(), Noted()});
  CorrectEntry command = WholeCorrection();
  for (uint64_t revision : {uint64_t{0}, uint64_t{3}, ~uint64_t{0}}) {
    command.corrected_revision = revision;
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoSuchEntry, "corrected_revision"));
  }
  command = WholeCorrection();
  command.correction = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "correction"));
  command = WholeCorrection();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(CorrectEntry, IsForTheReporterOnlyOnWhatTheyRecorded) {
  const CaseState state = After({Reported(), Noted()});
  CorrectEntry command = WholeCorrection(kTeacher);
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kEntryCorrected));
  command.corrected_revision = 2;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoSuchEntry, "corrected_revision"));
  command.by.actor = kLead;
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kEntryCorrected));
}

TEST(Records, StayCorrectableOnAClosedCase) {
  const CaseState state = After({Reported(), Closed()});
  EXPECT_THAT(Decide(state, WholeNote()), Adds(CaseEvent::kNoteAdded));
  EXPECT_THAT(Decide(state, WholeCorrection()), Adds(CaseEvent::kEntryCorrected));
}

}  // namespace
}  // namespace wardbook::casework
