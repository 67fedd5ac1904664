#include "clients/cli/register_entry.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Shown(const v1::RegisterEntry& entry) {
  std::ostringstream out;
  Screen screen(out);
  ShowRegisterEntry(entry, screen);
  return out.str();
}

v1::RegisterEntry LogoAskedFor() {
  v1::RegisterEntry entry;
  entry.set_in_register(v1::REGISTER_PERMISSIONS);
  entry.set_entry_id(std::string(32, 'e'));
  v1::NamedPerson& asker = *entry.add_people();
  asker.set_person_id(std::string(32, 'a'));
  asker.set_name("Ada Berry");
  v1::EntryStep& step = *entry.add_steps();
  step.set_actor_id(std::string(32, 'a'));
  events::v1::PermissionRequested& asked = *step.mutable_event()->mutable_permission_requested();
  asked.set_kind(events::v1::PERMISSION_KIND_NAME_AND_LOGO);
  asked.set_where_used("Programme of the fair");
  return entry;
}

TEST(RegisterEntry, IsShownWithItsStepsAndByWhomTheyWere) {
  v1::RegisterEntry entry = LogoAskedFor();
  entry.set_stage(v1::ENTRY_STAGE_ASKED);
  EXPECT_THAT(Shown(entry), AllOf(HasSubstr("The school's name, logo or material: asked."),
                                  HasSubstr("Permission requested, by Ada Berry."),
                                  HasSubstr("Where used: Programme of the fair")));
}

TEST(RegisterEntry, ThatWasRefusedOrTakenBackSaysSoAndNotThatItEnded) {
  v1::RegisterEntry refused = LogoAskedFor();
  refused.set_stage(v1::ENTRY_STAGE_ENDED);
  refused.add_steps()->mutable_event()->mutable_permission_refused()->set_reasons("Not needed.");
  EXPECT_THAT(Shown(refused), AllOf(HasSubstr("The school's name, logo or material: refused."),
                                    Not(HasSubstr("ended"))));

  v1::RegisterEntry revoked = LogoAskedFor();
  revoked.set_stage(v1::ENTRY_STAGE_ENDED);
  revoked.add_steps()->mutable_event()->mutable_permission_revoked()->set_reasons("Misused.");
  EXPECT_THAT(Shown(revoked), HasSubstr("The school's name, logo or material: taken back."));
}

v1::RegisterEntry Departure(events::v1::JustificationFinding finding) {
  v1::RegisterEntry entry;
  entry.set_in_register(v1::REGISTER_JUSTIFICATIONS);
  entry.set_stage(v1::ENTRY_STAGE_IN_FORCE);
  entry.add_steps()->mutable_event()->mutable_justification_submitted()->set_clause("P28");
  entry.add_steps()->mutable_event()->mutable_justification_reviewed()->set_finding(finding);
  return entry;
}

TEST(RegisterEntry, ADepartureSaysWhatItsReviewCameToAndIsNeverInForce) {
  EXPECT_THAT(Shown(Departure(events::v1::JUSTIFICATION_FINDING_NOT_ACCEPTED)),
              AllOf(HasSubstr(": not accepted, not closed yet."), Not(HasSubstr("in force"))));
  EXPECT_THAT(Shown(Departure(events::v1::JUSTIFICATION_FINDING_ADVICE_NEEDED)),
              HasSubstr(": waits for advice, not closed yet."));
  v1::RegisterEntry closed = Departure(events::v1::JUSTIFICATION_FINDING_ACCEPTED);
  closed.set_stage(v1::ENTRY_STAGE_ENDED);
  EXPECT_THAT(Shown(closed), HasSubstr(": accepted, closed."));
  v1::RegisterEntry submitted;
  submitted.set_in_register(v1::REGISTER_JUSTIFICATIONS);
  submitted.set_stage(v1::ENTRY_STAGE_ASKED);
  EXPECT_THAT(Shown(submitted), HasSubstr(": waits for review."));
}

TEST(RegisterEntry, StandsInTheWordsOfItsRegister) {
  v1::RegisterEntry entry;
  entry.set_in_register(v1::REGISTER_PHOTO_CONSENTS);
  entry.set_stage(v1::ENTRY_STAGE_ASKED);
  EXPECT_THAT(Shown(entry), HasSubstr(": waits for an answer."));
  entry.set_in_register(v1::REGISTER_DEVICES);
  entry.set_stage(v1::ENTRY_STAGE_ENDED);
  EXPECT_THAT(Shown(entry), HasSubstr(": out of use."));
  entry.set_in_register(v1::REGISTER_SOCIAL_CONTACTS);
  entry.set_stage(v1::ENTRY_STAGE_IN_FORCE);
  EXPECT_THAT(Shown(entry), HasSubstr(": acknowledged."));
}

}  // namespace
}  // namespace wardbook::cli
