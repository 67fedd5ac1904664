#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using CaseEvent = events::CaseEvent;

TEST(OfferSupport, RecordsWhatWasOfferedAndTheAnswer) {
  CaseEvent expected;
  events::SupportOffered& offered = *expected.mutable_support_offered();
  offered.set_to_whom("Person Two");
  offered.set_support("The staff's counselling line.");
  offered.set_answer(events::SUPPORT_ANSWER_ACCEPTED);
  EXPECT_THAT(Decide(After({Reported()}), WholeSupport()), AddsEvent(expected));
}

TEST(OfferSupport, IsForThoseWhoHandleTheCaseOrPassItOn) {
  const CaseState state = After({ReportedToLineManager(), Referred()});
  EXPECT_THAT(Decide(state, WholeSupport(kLineManager)), Adds(CaseEvent::kSupportOffered));
  EXPECT_THAT(Decide(state, WholeSupport(kTeacher)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeSupport(kOfficer)), Refuses(Reason::kRoleRequired));
}

TEST(OfferSupport, NeedsAPersonAnOfferAndAnAnswer) {
  const CaseState state = After({Reported()});
  OfferSupport command = WholeSupport();
  command.to_whom = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "to_whom"));
  command = WholeSupport();
  command.support = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "support"));
  command = WholeSupport();
  command.answer = events::SUPPORT_ANSWER_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "answer"));
}

TEST(RecordExternalBodyInformed, RecordsWhoWasToldWhatAndHow) {
  CaseEvent expected;
  events::ExternalBodyInformed& informed = *expected.mutable_external_body_informed();
  informed.set_body(events::EXTERNAL_BODY_OTHER_SCHOOL);
  informed.set_name("Elmbridge Primary");
  *informed.mutable_informed_at() = ThisMorning();
  informed.set_how("By telephone, to its Headteacher");
  informed.set_summary("A post names one of its teachers.");
  EXPECT_THAT(Decide(After({Reported()}), WholeWordToABody()), AddsEvent(expected));
}

TEST(RecordExternalBodyInformed, IsTheHandlersAndTellsNoMoreThanALine) {
  const CaseState state = After({ReportedToLineManager()});
  EXPECT_THAT(Decide(state, WholeWordToABody(kLineManager)), Refuses(Reason::kRoleRequired));
  RecordExternalBodyInformed command = WholeWordToABody();
  command.summary = std::string(kLineCharactersMax + 1, 'x');
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldTooLong, "summary"));
  command = WholeWordToABody();
  command.body = static_cast<events::ExternalBody>(99);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "body"));
}

TEST(LogContact, RecordsAContactByAWayOfTheSchools) {
  CaseEvent expected;
  events::ContactLogged& logged = *expected.mutable_contact_logged();
  logged.set_whom(events::CONTACT_WITH_PARENT);
  logged.set_name("A parent");
  logged.set_channel(events::CONTACT_CHANNEL_SCHOOL_TELEPHONE);
  *logged.mutable_contacted_at() = ThisMorning();
  logged.set_summary("They will come on Thursday.");
  EXPECT_THAT(Decide(After({Reported()}), WholeContact(kTeacher)), AddsEvent(expected));
}

TEST(LogContact, IsRefusedByAPersonalWayWhateverElseIsMissing) {
  const CaseState state = After({Reported()});
  for (events::ContactChannel channel :
       {events::CONTACT_CHANNEL_PERSONAL_TELEPHONE, events::CONTACT_CHANNEL_PERSONAL_EMAIL,
        events::CONTACT_CHANNEL_PERSONAL_ACCOUNT}) {
    LogContact command = WholeContact();
    command.channel = channel;
    command.summary = "";
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kPersonalChannel, "channel"));
  }
}

TEST(LogContact, NeedsAChannelAPersonAndASummary) {
  const CaseState state = After({Reported()});
  LogContact command = WholeContact();
  command.channel = events::CONTACT_CHANNEL_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "channel"));
  command = WholeContact();
  command.whom = events::CONTACT_WITH_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "whom"));
  command = WholeContact();
  command.summary = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "summary"));
}

TEST(Outreach, WaitsForThePoliceAndGoesOnAfterClosing) {
  const CaseState pending = After({Reported(), Suspected()});
  EXPECT_THAT(Decide(pending, WholeSupport()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(pending, WholeWordToABody()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(pending, WholeContact()), Refuses(Reason::kPolicePending));
  const CaseState closed = After({Reported(), Closed()});
  EXPECT_THAT(Decide(closed, WholeSupport()), Adds(CaseEvent::kSupportOffered));
  EXPECT_THAT(Decide(closed, WholeWordToABody()), Adds(CaseEvent::kExternalBodyInformed));
  EXPECT_THAT(Decide(closed, WholeContact()), Adds(CaseEvent::kContactLogged));
}

}  // namespace
}  // namespace wardbook::casework
