#include "tests/golden/event_types.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/events/v1/case_event.pb.h"
#include "wardbook/events/v1/investigation_event.pb.h"
#include "wardbook/events/v1/person_event.pb.h"
#include "wardbook/events/v1/policy_event.pb.h"
#include "wardbook/events/v1/referral_event.pb.h"
#include "wardbook/events/v1/register_event.pb.h"
#include "wardbook/events/v1/register_values.pb.h"
#include "wardbook/events/v1/response_event.pb.h"
#include "wardbook/events/v1/school_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::golden {

using ::google::protobuf::Descriptor;
using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::FileDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::MessageFactory;

std::vector<const Descriptor*> EventTypes() {
  std::vector<const Descriptor*> types;
  for (const Descriptor* wrapper :
       {events::v1::CaseEvent::descriptor(), events::v1::AccessEvent::descriptor(),
        events::v1::PersonEvent::descriptor(), events::v1::SchoolEvent::descriptor(),
        events::v1::PolicyEvent::descriptor(), events::v1::RegisterEvent::descriptor()}) {
    for (int i = 0; i < wrapper->field_count(); ++i) {
      types.push_back(wrapper->field(i)->message_type());
    }
  }
  return types;
}

std::vector<std::string> EnumeratorLines() {
  std::vector<std::string> lines;
  for (const FileDescriptor* file :
       {events::v1::AccessEvent::descriptor()->file(), events::v1::CaseEvent::descriptor()->file(),
        events::v1::PersonEvent::descriptor()->file(),
        events::v1::SchoolEvent::descriptor()->file(), events::v1::Party::descriptor()->file(),
        events::v1::PolicyEvent::descriptor()->file(),
        events::v1::RegisterEvent::descriptor()->file(), events::v1::Decider_descriptor()->file(),
        events::v1::PoliceReported::descriptor()->file(),
        events::v1::ReferralClosed::descriptor()->file(),
        events::v1::DecidedUnder::descriptor()->file()}) {
    for (int i = 0; i < file->enum_type_count(); ++i) {
      const EnumDescriptor& type = *file->enum_type(i);
      for (int j = 0; j < type.value_count(); ++j) {
        lines.push_back(
            absl::StrCat(type.name(), ".", type.value(j)->name(), " = ", type.value(j)->number()));
      }
    }
  }
  return lines;
}

std::unique_ptr<Message> NewEvent(const Descriptor& type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

}  // namespace wardbook::golden
