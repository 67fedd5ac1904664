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
  EXPECT_THAT(Shown(entry), AllOf(HasSubstr("Name and logo: asked."),
                                  HasSubstr("Permission requested, by Ada Berry."),
                                  HasSubstr("Where used: Programme of the fair")));
}

TEST(RegisterEntry, ThatWasRefusedOrTakenBackSaysSoAndNotThatItEnded) {
  v1::RegisterEntry refused = LogoAskedFor();
  refused.set_stage(v1::ENTRY_STAGE_ENDED);
  refused.add_steps()->mutable_event()->mutable_permission_refused()->set_reasons("Not needed.");
  EXPECT_THAT(Shown(refused), AllOf(HasSubstr("Name and logo: refused."), Not(HasSubstr("ended"))));

  v1::RegisterEntry revoked = LogoAskedFor();
  revoked.set_stage(v1::ENTRY_STAGE_ENDED);
  revoked.add_steps()->mutable_event()->mutable_permission_revoked()->set_reasons("Misused.");
  EXPECT_THAT(Shown(revoked), HasSubstr("Name and logo: taken back."));
}

}  // namespace
}  // namespace wardbook::cli
