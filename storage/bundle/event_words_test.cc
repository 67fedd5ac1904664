#include "storage/bundle/event_words.h"

#include <google/protobuf/descriptor.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/bundled_event.h"

namespace wardbook::bundle {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::EnumDescriptor;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(EventTitle, IsWhatPeopleSayElseTheMessagesNameInWords) {
  EXPECT_EQ(EventTitle("wardbook.events.v1.ReferralOutcomeRecorded"), "Referral outcome recorded");
  EXPECT_EQ(EventTitle("wardbook.events.v1.NoteAdded"), "Note added");
  EXPECT_EQ(EventTitle("wardbook.events.v1.CaseEscalated"), "Case handed on");
  EXPECT_EQ(EventTitle("NoteAdded"), "Note added");
}

TEST(FieldLabel, IsWhatPeopleSayElseTheFieldsNameInWords) {
  const Descriptor& report = *events::v1::IncidentReported::descriptor();
  EXPECT_EQ(FieldLabel(*report.FindFieldByName("happened_at")), "When it happened");
  EXPECT_EQ(FieldLabel(*report.FindFieldByName("what_happened")), "What happened");
  EXPECT_EQ(FieldLabel(*events::v1::CaseReferred::descriptor()->FindFieldByName("referral_id")),
            "Referral");
}

TEST(EnumPhrase, IsWhatPeopleSayElseTheEnumeratorInWords) {
  EXPECT_EQ(EnumPhrase(*events::v1::Route_descriptor(), events::v1::ROUTE_LINE_MANAGER),
            "the line manager");
  EXPECT_EQ(
      EnumPhrase(*events::v1::EvidenceKind_descriptor(), events::v1::EVIDENCE_KIND_SCREEN_PRINT),
      "screen print");
  EXPECT_EQ(EnumPhrase(*events::v1::Role_descriptor(), 99),
            "a value that this version does not know: 99");
}

TEST(EventWords, NoneIsAnIdentifier) {
  const auto& file = *events::v1::CaseEvent::descriptor()->file();
  const auto check = [](const Descriptor& message) {
    for (int i = 0; i < message.field_count(); ++i) {
      EXPECT_THAT(FieldLabel(*message.field(i)), Not(HasSubstr("_"))) << message.full_name();
    }
  };
  for (int i = 0; i < file.message_type_count(); ++i) check(*file.message_type(i));
  for (int d = 0; d < file.dependency_count(); ++d) {
    for (int i = 0; i < file.dependency(d)->message_type_count(); ++i) {
      check(*file.dependency(d)->message_type(i));
    }
    for (int e = 0; e < file.dependency(d)->enum_type_count(); ++e) {
      const EnumDescriptor& type = *file.dependency(d)->enum_type(e);
      for (int i = 0; i < type.value_count(); ++i) {
        EXPECT_THAT(EnumPhrase(type, type.value(i)->number()), Not(HasSubstr("_")));
      }
    }
  }
}

TEST(Capitalised, TouchesNothingButTheFirstLetter) {
  EXPECT_EQ(Capitalised("the Chair"), "The Chair");
  EXPECT_EQ(Capitalised(""), "");
}

}  // namespace
}  // namespace wardbook::bundle
