#include "services/runtime/event_codec.h"

#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "storage/base/assert.h"

namespace wardbook::runtime {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;

const OneofDescriptor* Body(const google::protobuf::Message& wrapper) {
  const OneofDescriptor* body = wrapper.GetDescriptor()->FindOneofByName("body");
  WARDBOOK_ASSERT(body != nullptr);
  return body;
}

// The fields of a wrapper's body by the full names of their messages.
using BodyFields = absl::flat_hash_map<std::string, const FieldDescriptor*>;

// Made once a wrapper and thread: who reads a whole log asks once a record.
const BodyFields& BodyFieldsOf(const google::protobuf::Message& wrapper) {
  thread_local absl::flat_hash_map<const google::protobuf::Descriptor*, BodyFields> known;
  BodyFields& fields = known[wrapper.GetDescriptor()];
  if (!fields.empty()) return fields;
  const OneofDescriptor* body = Body(wrapper);
  for (int i = 0; i < body->field_count(); ++i) {
    fields.emplace(body->field(i)->message_type()->full_name(), body->field(i));
  }
  return fields;
}

}  // namespace

EncodedEvent EncodeEvent(const google::protobuf::Message& wrapper) {
  const FieldDescriptor* field =
      wrapper.GetReflection()->GetOneofFieldDescriptor(wrapper, Body(wrapper));
  WARDBOOK_ASSERT(field != nullptr);
  const google::protobuf::Message& given = wrapper.GetReflection()->GetMessage(wrapper, field);
  const std::unique_ptr<google::protobuf::Message> event(given.New());
  event->CopyFrom(given);
  event->DiscardUnknownFields();
  return {event->GetDescriptor()->full_name(), event->SerializeAsString()};
}

absl::Status DecodeEvent(absl::string_view type, absl::string_view bytes,
                         google::protobuf::Message* wrapper) {
  const BodyFields& fields = BodyFieldsOf(*wrapper);
  const auto field = fields.find(type);
  if (field != fields.end()) {
    google::protobuf::Message* event =
        wrapper->GetReflection()->MutableMessage(wrapper, field->second);
    if (!event->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return absl::DataLossError(absl::StrCat("an event is not a ", type));
    }
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat("an event of the unknown type ", type, " in a stream of ",
                                          wrapper->GetDescriptor()->name()));
}

}  // namespace wardbook::runtime
