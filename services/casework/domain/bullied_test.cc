#include "services/casework/domain/bullied.h"

#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"

namespace wardbook::casework {
namespace {

TEST(FindTarget, ByIdOrByName) {
  events::CaseEvent reported = ReportedWith(PartyOf(events::CAPACITY_TARGET, kColleague.person));
  *reported.mutable_incident_reported()->add_parties() =
      NamedParty(events::CAPACITY_TARGET, "Robin Larkspur");
  const CaseState state = After({reported});
  ASSERT_NE(FindTarget(state, kColleague.person.Hex()), nullptr);
  EXPECT_EQ(FindTarget(state, kColleague.person.Hex())->id, kColleague.person);
  ASSERT_NE(FindTarget(state, "Ms Larkspur"), nullptr);
  EXPECT_EQ(FindTarget(state, "Ms Larkspur")->name, "Robin Larkspur");
  EXPECT_EQ(FindTarget(state, kHead.person.Hex()), nullptr);
  EXPECT_EQ(FindTarget(state, ""), nullptr);
}

TEST(AllDecidedToReport, NotWhileNobodyIsKnown) {
  EXPECT_FALSE(AllDecidedToReport(After({Reported()})));
  EXPECT_TRUE(AllDecidedToReport(After({Reported(), PoliceDecided(events::POLICE_CHOICE_REPORT)})));
}

TEST(FindTarget, IsNobodyWhereSeveralMayBeMeant) {
  events::CaseEvent reported = ReportedWith(NamedParty(events::CAPACITY_TARGET, "Ruth Green"));
  *reported.mutable_incident_reported()->add_parties() =
      NamedParty(events::CAPACITY_TARGET, "Paul Green");
  const CaseState state = After({reported});
  EXPECT_EQ(FindTarget(state, "Mr Green"), nullptr);
  ASSERT_NE(FindTarget(state, "P. Green"), nullptr);
  EXPECT_EQ(FindTarget(state, "P. Green")->name, "Paul Green");
  EXPECT_EQ(FindTarget(state, "Ruth Green")->name, "Ruth Green");
}

}  // namespace
}  // namespace wardbook::casework
