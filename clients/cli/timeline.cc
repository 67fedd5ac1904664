#include "clients/cli/timeline.h"

#include <google/protobuf/descriptor.h>

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/words.h"

namespace wardbook::cli {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

constexpr int kNotRepeated = -1;

std::string Label(const FieldDescriptor& field) {
  std::string label = absl::StrReplaceAll(field.name(), {{"_", " "}});
  label[0] = absl::ascii_toupper(static_cast<unsigned char>(label[0]));
  return label;
}

// A later line of a text stands under its first.
std::string Indented(absl::string_view text, absl::string_view indent) {
  return absl::StrReplaceAll(text, {{"\n", absl::StrCat("\n", indent, "  ")}});
}

std::string ValueInWords(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = index != kNotRepeated;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = repeated ? reflection.GetRepeatedString(message, &field, index)
                                        : reflection.GetString(message, &field);
      return field.type() == FieldDescriptor::TYPE_BYTES ? absl::BytesToHexString(text) : text;
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return Word(repeated ? *reflection.GetRepeatedEnum(message, &field, index)
                           : *reflection.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(reflection.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      break;
  }
  return "";
}

void ShowField(const Message& message, const FieldDescriptor& field, int index,
               absl::string_view indent, Screen& screen) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    screen.Line(indent, Label(field), ": ", Indented(ValueInWords(message, field, index), indent));
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  screen.Line(indent, Label(field), ":");
  ShowFields(index == kNotRepeated ? reflection.GetMessage(message, &field)
                                   : reflection.GetRepeatedMessage(message, &field, index),
             absl::StrCat(indent, "  "), screen);
}

// The concrete event in the wrapper, or nothing when this client does not know
// it.
const Message* BodyOf(const events::v1::CaseEvent& event) {
  const FieldDescriptor* field = event.GetReflection()->GetOneofFieldDescriptor(
      event, event.GetDescriptor()->FindOneofByName("body"));
  return field == nullptr ? nullptr : &event.GetReflection()->GetMessage(event, field);
}

}  // namespace

void ShowFields(const Message& message, absl::string_view indent, Screen& screen) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated()) {
      ShowField(message, *field, kNotRepeated, indent, screen);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      ShowField(message, *field, i, indent, screen);
    }
  }
}

std::string Headline(const events::v1::CaseEvent& event) {
  using events::v1::CaseEvent;
  switch (event.body_case()) {
    case CaseEvent::kIncidentReported:
      return "Incident reported";
    case CaseEvent::kEvidenceFiled:
      return "Evidence filed";
    case CaseEvent::kReceiptAcknowledged:
      return "Report acknowledged";
    case CaseEvent::kCaseEscalated:
      return "Case handed on";
    case CaseEvent::kAdviceSought:
      return "Advice sought";
    case CaseEvent::kAdviceReceived:
      return "Advice received";
    case CaseEvent::kCaseReferred:
      return "Referred to Lancashire Safeguarding";
    case CaseEvent::kReferralAcknowledged:
      return "Referral acknowledged";
    case CaseEvent::kReferralOutcomeRecorded:
      return "Outcome of the referral";
    case CaseEvent::kPoliceDecisionRecorded:
      return "Decision about the police";
    case CaseEvent::kNoteAdded:
      return "Note";
    case CaseEvent::kEntryCorrected:
      return "Correction";
    case CaseEvent::kCaseClosed:
      return "Case closed";
    case CaseEvent::kCaseReopened:
      return "Case opened again";
    case CaseEvent::BODY_NOT_SET:
      break;
  }
  return "An entry that this program is too old to show";
}

void ShowEntry(const v1::TimelineEntry& entry, Names names, Screen& screen) {
  screen.Line(entry.revision(), ". ", TimeInWords(entry.recorded_time()), "  ",
              Headline(entry.event()),
              names == Names::kShow ? absl::StrCat(", by ", entry.actor_name()) : "");
  const Message* body = BodyOf(entry.event());
  if (names == Names::kShow && body != nullptr) ShowFields(*body, "   ", screen);
}

}  // namespace wardbook::cli
