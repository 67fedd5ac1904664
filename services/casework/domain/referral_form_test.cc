#include "services/casework/domain/referral_form.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"

namespace wardbook::casework {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::NotNull;
using ::testing::SizeIs;

TEST(ReferralForm, HasEverySectionOnceWithFieldsOfDifferentNames) {
  std::set<int> sections;
  for (const FormSection& section : ReferralForm()) {
    EXPECT_TRUE(sections.insert(section.section).second);
    std::set<absl::string_view> names;
    for (const FormField& field : section.fields) EXPECT_TRUE(names.insert(field.name).second);
  }
  // All but "not set".
  EXPECT_THAT(sections, SizeIs(events::ReferralSection_descriptor()->value_count() - 1));
}

TEST(ReferralForm, ShowsWhatIsFilledInInTheFormsOrder) {
  const FormSection* threshold = FindSection(events::REFERRAL_SECTION_THRESHOLD);
  ASSERT_THAT(threshold, NotNull());
  PreparedSections prepared;
  EXPECT_THAT(SectionText(*threshold, prepared), IsEmpty());
  prepared[threshold->section] = {FieldOf("reasons", "The messages."), FieldOf("limbs", "Risk.")};
  EXPECT_THAT(SectionText(*threshold, prepared),
              Eq("Limbs of the harm threshold that are relied on: Risk.\n"
                 "Why, or why you are unsure: The messages.\n"));
  EXPECT_THAT(EmptyFields(*threshold, prepared), IsEmpty());
}

TEST(ReferralForm, NamesTheSectionsAndTheNeededFieldsThatAreMissing) {
  CaseState state;
  EXPECT_THAT(MissingOfForm(state, nullptr), SizeIs(ReferralForm().size()));
  state.next_referral_sections[events::REFERRAL_SECTION_THRESHOLD] = {FieldOf("limbs", "Risk.")};
  EXPECT_THAT(MissingOfForm(state, nullptr),
              Contains("In \"Harm threshold\": Why, or why you are unsure."));
}

TEST(ReferralForm, AsksNothingAboutAnAdultWhereItIsAboutAChild) {
  Referral child;
  child.about_a_child = true;
  for (const std::string& item : MissingOfForm(CaseState(), &child)) {
    EXPECT_THAT(item, ::testing::Not(HasSubstr("The adult")));
    EXPECT_THAT(item, ::testing::Not(HasSubstr("threshold")));
  }
}

}  // namespace
}  // namespace wardbook::casework
