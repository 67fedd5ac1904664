#include "storage/bundle/event_html.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace wardbook::bundle {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

constexpr absl::string_view kWithheld = "<span class=\"withheld\">[withheld]</span>";

// One value: a singular field, or one of a repeated one.
struct Value {
  const Message& message;
  const FieldDescriptor* field;
  // Nothing for a singular field.
  std::optional<int> index;

  const Reflection& reflection() const { return *message.GetReflection(); }

  std::string Text() const {
    return index.has_value() ? reflection().GetRepeatedString(message, field, *index)
                             : reflection().GetString(message, field);
  }
  int EnumNumber() const {
    return index.has_value() ? reflection().GetRepeatedEnumValue(message, field, *index)
                             : reflection().GetEnumValue(message, field);
  }
  const Message& Nested() const {
    return index.has_value() ? reflection().GetRepeatedMessage(message, field, *index)
                             : reflection().GetMessage(message, field);
  }
  bool Bool() const {
    return index.has_value() ? reflection().GetRepeatedBool(message, field, *index)
                             : reflection().GetBool(message, field);
  }
  // A number of any type.
  std::string Number() const {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return absl::StrCat(index.has_value()
                                ? reflection().GetRepeatedInt32(message, field, *index)
                                : reflection().GetInt32(message, field));
      case FieldDescriptor::CPPTYPE_INT64:
        return absl::StrCat(index.has_value()
                                ? reflection().GetRepeatedInt64(message, field, *index)
                                : reflection().GetInt64(message, field));
      case FieldDescriptor::CPPTYPE_UINT32:
        return absl::StrCat(index.has_value()
                                ? reflection().GetRepeatedUInt32(message, field, *index)
                                : reflection().GetUInt32(message, field));
      case FieldDescriptor::CPPTYPE_UINT64:
        return absl::StrCat(index.has_value()
                                ? reflection().GetRepeatedUInt64(message, field, *index)
                                : reflection().GetUInt64(message, field));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return absl::StrCat(index.has_value()
                                ? reflection().GetRepeatedFloat(message, field, *index)
                                : reflection().GetFloat(message, field));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return absl::StrCat(index.has_value()
                                ? reflection().GetRepeatedDouble(message, field, *index)
                                : reflection().GetDouble(message, field));
      case FieldDescriptor::CPPTYPE_BOOL:
      case FieldDescriptor::CPPTYPE_ENUM:
      case FieldDescriptor::CPPTYPE_STRING:
      case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
    }
    return "";
  }
};

// "what_happened" as "What happened".
std::string Words(absl::string_view snake_case) {
  std::string words = absl::AsciiStrToLower(absl::StrReplaceAll(snake_case, {{"_", " "}}));
  if (!words.empty()) words[0] = absl::ascii_toupper(static_cast<unsigned char>(words[0]));
  return words;
}

std::string LabelOf(const FieldDescriptor& field) {
  if (field.name() == "sha256") return "SHA-256";
  if (field.name() == "sealed_sha256") return "SHA-256 as stored, sealed";
  absl::string_view name = field.name();
  absl::ConsumeSuffix(&name, "_id");
  return Words(name);
}

// "EVIDENCE_KIND_SCREEN_PRINT" as "Screen print".
std::string EnumWords(const EnumDescriptor& type, int number) {
  const EnumValueDescriptor* const value = type.FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat("A value that this version does not know: ", number);
  std::string prefix;
  for (char c : type.name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  absl::string_view name = value->name();
  if (absl::ConsumePrefix(&name, prefix)) absl::ConsumePrefix(&name, "_");
  return Words(name);
}

std::string BytesHtml(const Value& value, const EventNames& names) {
  const std::string bytes = value.Text();
  if (value.field->name() == "evidence_id") {
    if (const std::optional<EvidenceId> id = EvidenceId::FromBytes(bytes)) {
      const auto path = names.evidence_paths.find(*id);
      if (path != names.evidence_paths.end()) {
        return absl::StrCat("<a href=\"", EscapeHtml(path->second), "\">", EscapeHtml(path->second),
                            "</a>");
      }
      return absl::StrCat("<code>", id->Hex(), "</code> (not in this bundle)");
    }
  }
  const std::optional<PersonId> person = PersonId::FromBytes(bytes);
  if (person.has_value() && names.people.contains(*person)) {
    return PersonHtml(*person, names.people);
  }
  return absl::StrCat("<code>", absl::BytesToHexString(bytes), "</code>");
}

std::string MessageHtml(const Message& message, const EventNames& names);

std::string ValueHtml(const Value& value, const EventNames& names) {
  switch (value.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Message& nested = value.Nested();
      if (const std::optional<std::string> time = DateTimeText(nested)) return EscapeHtml(*time);
      return MessageHtml(nested, names);
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return EscapeHtml(EnumWords(*value.field->enum_type(), value.EnumNumber()));
    case FieldDescriptor::CPPTYPE_BOOL:
      return value.Bool() ? "Yes" : "No";
    case FieldDescriptor::CPPTYPE_STRING:
      if (value.field->type() == FieldDescriptor::TYPE_BYTES) return BytesHtml(value, names);
      return absl::StrCat("<bdi class=\"text\">", EscapeHtml(value.Text()), "</bdi>");
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  return value.field->name() == "size" ? absl::StrCat(value.Number(), " bytes") : value.Number();
}

void AppendRow(absl::string_view label, absl::string_view html, std::string* out) {
  absl::StrAppend(out, "<div><dt>", EscapeHtml(label), "</dt><dd>", html, "</dd></div>\n");
}

// A message inside of an event, which is disclosed as one.
std::string MessageHtml(const Message& message, const EventNames& names) {
  std::string html = "<dl>\n";
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated()) {
      AppendRow(LabelOf(*field), ValueHtml({message, field, std::nullopt}, names), &html);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      AppendRow(LabelOf(*field), ValueHtml({message, field, i}, names), &html);
    }
  }
  return absl::StrCat(html, "</dl>");
}

// Protobuf does not store a false: where nothing is withheld, a bool that is not
// there says no.
void AppendUnstoredBools(const Message& message, const EventNames& names, std::string* html) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    const Value value = {message, field, std::nullopt};
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !field->is_repeated() &&
        !value.Bool()) {
      AppendRow(LabelOf(*field), ValueHtml(value, names), html);
    }
  }
}

}  // namespace

std::string EscapeHtml(absl::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_control = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
        if (is_control) {
          html += "\xef\xbf\xbd";
        } else {
          html += c;
        }
      }
    }
  }
  return html;
}

std::string EventTitle(absl::string_view event_type) {
  const size_t dot = event_type.rfind('.');
  if (dot != absl::string_view::npos) event_type.remove_prefix(dot + 1);
  std::string title;
  for (const char c : event_type) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(byte) && !title.empty()) {
      title += ' ';
      title += absl::ascii_tolower(byte);
    } else {
      title += c;
    }
  }
  return title;
}

std::string PersonHtml(const PersonId& person,
                       const absl::flat_hash_map<PersonId, std::string>& people) {
  if (person.IsZero()) return "the server";
  const auto name = people.find(person);
  if (name == people.end()) return absl::StrCat("person <code>", person.Hex(), "</code>");
  return absl::StrCat("<bdi>", EscapeHtml(name->second), "</bdi>");
}

std::string EventHtml(const BundledEvent& event, const EventNames& names) {
  if (event.hidden) return absl::StrCat("<p>", kWithheld, " Nothing of this entry is shown.</p>\n");
  std::string html = "<dl>\n";
  const Message* const message = event.message();
  for (const BundledEvent::Field& field : event.fields) {
    if (!field.number.has_value()) {
      AppendRow("A field", kWithheld, &html);
      continue;
    }
    const FieldDescriptor* const known =
        message == nullptr ? nullptr : message->GetDescriptor()->FindFieldByNumber(*field.number);
    if (known == nullptr) {
      AppendRow(absl::StrCat("Field ", *field.number),
                "Of a kind that this version does not know; records.pb has it.", &html);
      continue;
    }
    std::optional<int> index;
    if (known->is_repeated()) index = field.occurrence;
    AppendRow(LabelOf(*known), ValueHtml({*message, known, index}, names), &html);
  }
  if (message != nullptr && event.IsWhole()) AppendUnstoredBools(*message, names, &html);
  return absl::StrCat(html, "</dl>\n");
}

}  // namespace wardbook::bundle
