#include "tests/golden/sample_event.h"

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"

namespace wardbook::golden {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Each takes more than one byte on the wire.
constexpr uint64_t kNumber = 1'000;
constexpr int64_t kSeconds = 1'767'258'000;  // 2026-01-01 09:00:00.
// British Summer Time, where it is an offset.
constexpr int32_t kMinutes = 60;

// Ids are 16 bytes long and hashes 32.
std::string Bytes(const FieldDescriptor& field, int nth) {
  const size_t size = absl::StrContains(field.name(), "sha256") ? 32 : 16;
  std::string bytes;
  for (size_t i = 0; i < size; ++i) {
    bytes.push_back(static_cast<char>(16 * field.number() + 32 * (nth - 1) + static_cast<int>(i)));
  }
  return bytes;
}

// Beyond ASCII, because that is where encodings differ.
std::string Text(const FieldDescriptor& field, int nth) {
  return absl::StrCat(field.name(), " ", nth, " \u2014 na\u00efve");
}

void FillAll(Message* message, int nth);

// Sets a field that is not repeated.
void SetField(const FieldDescriptor& field, int nth, Message* message) {
  const Reflection& reflection = *message->GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillAll(reflection.MutableMessage(message, &field), nth);
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(
          message, &field,
          field.type() == FieldDescriptor::TYPE_BYTES ? Bytes(field, nth) : Text(field, nth));
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto& type = *field.enum_type();
      return reflection.SetEnum(message, &field, type.value(type.value_count() - 1));
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(message, &field, true);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(message, &field, kMinutes);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(message, &field, kSeconds);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(message, &field, static_cast<uint32_t>(kNumber));
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(message, &field, kNumber);
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  // No event has a fraction: they do not survive every encoding.
  WARDBOOK_ASSERT(false);
}

// Adds one value to a field that is repeated. Events repeat messages, text, ids and
// enumerators.
void AddToField(const FieldDescriptor& field, int nth, Message* message) {
  const Reflection& reflection = *message->GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    FillAll(reflection.AddMessage(message, &field), nth);
    return;
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const auto& type = *field.enum_type();
    reflection.AddEnum(message, &field, type.value(type.value_count() - 1));
    return;
  }
  WARDBOOK_ASSERT(field.cpp_type() == FieldDescriptor::CPPTYPE_STRING);
  reflection.AddString(
      message, &field,
      field.type() == FieldDescriptor::TYPE_BYTES ? Bytes(field, nth) : Text(field, nth));
}

void FillAll(Message* message, int nth) {
  const auto& type = *message->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated()) {
      AddToField(field, nth, message);
      AddToField(field, nth + 1, message);
    } else {
      SetField(field, nth, message);
    }
  }
}

}  // namespace

void FillEveryField(Message* message) { FillAll(message, 1); }

void AddFieldsSet(const Message& message, absl::btree_set<std::string>* names) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    names->insert(field->full_name());
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      AddFieldsSet(reflection.GetMessage(message, field), names);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      AddFieldsSet(reflection.GetRepeatedMessage(message, field, i), names);
    }
  }
}

}  // namespace wardbook::golden
