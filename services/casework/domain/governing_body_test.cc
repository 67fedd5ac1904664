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
using CaseEvent = events::CaseEvent;

TEST(InformGoverningBody, IsForTheHeadteacherOrTheChair) {
  EXPECT_THAT(Decide(After({Reported()}), WholeInformation(kHead)),
              Adds(CaseEvent::kGoverningBodyInformed));
  EXPECT_THAT(Decide(After({Reported(events::ROUTE_CHAIR_OF_GOVERNORS)}), WholeInformation(kChair)),
              Adds(CaseEvent::kGoverningBodyInformed));
  EXPECT_THAT(Decide(After({Reported()}), WholeInformation(kDeputy)),
              Refuses(Reason::kHeadOrChairInforms));
  EXPECT_THAT(Decide(After({Reported()}), WholeInformation(kChair)), Refuses(Reason::kNoSuchCase));
}

TEST(InformGoverningBody, TakesTheMinimumAlone) {
  InformGoverningBody command = WholeInformation();
  command.summary = std::string(kShortCharactersMax + 1, 'x');
  EXPECT_THAT(Decide(After({Reported()}), command),
              Refuses(Reason::kGoverningBodyMinimum, "summary"));
  command.summary = " ";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "summary"));
}

TEST(InformGoverningBody, NamesNobody) {
  const CaseState state =
      After({ReportedWith(NamedParty(events::CAPACITY_SUBJECT, "Ms Gwen Green"))});
  InformGoverningBody command = WholeInformation();
  for (const char* const summary :
       {"A post of Gwen Green's.", "It is about Mrs Green, mainly.", "Green’s post"}) {
    command.summary = summary;
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kGoverningBodyNames, "summary"));
  }
  command.summary = "A post about the school, by a member of staff.";
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kGoverningBodyInformed));
}

TEST(InformGoverningBody, NamesNeitherTheReporterNorWhoWasGivenById) {
  CaseEvent reported = ReportedWith(PartyOf(events::CAPACITY_SUBJECT, kColleague.person));
  InformGoverningBody command = WholeInformation();
  command.school = {{kTeacher.person, "Robin Larkspur", {}}, {kColleague.person, "Kit Byrne", {}}};
  for (const char* const summary : {"Larkspur reported a post.", "A post by Kit."}) {
    command.summary = summary;
    EXPECT_THAT(Decide(After({reported}), command),
                Refuses(Reason::kGoverningBodyNames, "summary"));
  }
  command.school.push_back({kDeputy.person, "Post Master", {}});
  command.summary = "A post by a member of staff.";
  EXPECT_THAT(Decide(After({reported}), command), Adds(CaseEvent::kGoverningBodyInformed));
}

TEST(InformGoverningBody, AddsTheSameWordsOnce) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeInformation()), kHead);
  EXPECT_THAT(Decide(state, WholeInformation()), AddsNothing());
}

TEST(RecordGoverningBodyAction, FollowsWhatTheGoverningBodyWasTold) {
  CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholeGoverningBodyAction()),
              Refuses(Reason::kGoverningBodyNotInformed));
  state = Then(state, Decide(state, WholeInformation()), kHead);
  Happen(state, Closed(), kHead);
  EXPECT_THAT(Decide(state, WholeGoverningBodyAction()),
              Adds(CaseEvent::kGoverningBodyActionRecorded));
  state = Then(state, Decide(state, WholeGoverningBodyAction()), kHead);
  EXPECT_THAT(Decide(state, WholeGoverningBodyAction()), AddsNothing());
}

}  // namespace
}  // namespace wardbook::casework
