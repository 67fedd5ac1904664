#include "services/audit/ids_in_event.h"

#include <optional>
#include <string>
#include <vector>

namespace wardbook::audit {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

void ForEachId(const Message& event, absl::FunctionRef<void(const PersonId&)> visit) {
  const Reflection& reflection = *event.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(event, &fields);
  for (const FieldDescriptor* field : fields) {
    const int size = field->is_repeated() ? reflection.FieldSize(event, field) : 1;
    for (int i = 0; i < size; ++i) {
      if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
        ForEachId(field->is_repeated() ? reflection.GetRepeatedMessage(event, field, i)
                                       : reflection.GetMessage(event, field),
                  visit);
      } else if (field->type() == FieldDescriptor::TYPE_BYTES) {
        const std::string bytes = field->is_repeated()
                                      ? reflection.GetRepeatedString(event, field, i)
                                      : reflection.GetString(event, field);
        if (const std::optional<PersonId> id = PersonId::FromBytes(bytes)) visit(*id);
      }
    }
  }
}

}  // namespace wardbook::audit
