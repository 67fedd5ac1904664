#include "storage/bundle/event_html.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/bundle/event_words.h"
#include "storage/bundle/written_time.h"

namespace wardbook::bundle {
namespace {

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

// "3008" as "3,008".
std::string Grouped(std::string digits) {
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

// What a field of an event holds as text, where the stored form is not what
// people write.
std::string StringText(const Value& value) {
  const absl::string_view field = value.field->full_name();
  if (field == "wardbook.events.v1.Sighting.date") return WrittenStoredDate(value.Text());
  if (field == "wardbook.events.v1.Sighting.time") return WrittenStoredTimeOfDay(value.Text());
  return value.Text();
}

std::string NumberText(const Value& value) {
  if (value.field->name() == "size") return absl::StrCat(Grouped(value.Number()), " bytes");
  if (value.field->name() == "utc_offset_minutes") return absl::StrCat(value.Number(), " minutes");
  return value.Number();
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
      return EscapeHtml(Capitalised(EnumPhrase(*value.field->enum_type(), value.EnumNumber())));
    case FieldDescriptor::CPPTYPE_BOOL:
      return value.Bool() ? "Yes" : "No";
    case FieldDescriptor::CPPTYPE_STRING:
      if (value.field->type() == FieldDescriptor::TYPE_BYTES) return BytesHtml(value, names);
      return absl::StrCat("<bdi class=\"text\">", EscapeHtml(StringText(value)), "</bdi>");
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  return NumberText(value);
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
      AppendRow(FieldLabel(*field), ValueHtml({message, field, std::nullopt}, names), &html);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      AppendRow(FieldLabel(*field), ValueHtml({message, field, i}, names), &html);
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
      AppendRow(FieldLabel(*field), ValueHtml(value, names), html);
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
  uint64_t next_index = 0;
  const auto append_withheld_before = [&](uint64_t index) {
    for (; next_index < index; ++next_index) AppendRow("A field", kWithheld, &html);
  };
  for (const BundledEvent::Field& field : event.fields) {
    append_withheld_before(field.index);
    next_index = field.index + 1;
    const FieldDescriptor* const known =
        message == nullptr ? nullptr : message->GetDescriptor()->FindFieldByNumber(field.number);
    if (known == nullptr) {
      AppendRow(absl::StrCat("Field ", field.number),
                "Of a kind that this version does not know; records.pb has it.", &html);
      continue;
    }
    std::optional<int> index;
    if (known->is_repeated()) index = field.occurrence;
    AppendRow(FieldLabel(*known), ValueHtml({*message, known, index}, names), &html);
  }
  append_withheld_before(event.field_count);
  if (message != nullptr && event.IsWhole()) AppendUnstoredBools(*message, names, &html);
  return absl::StrCat(html, "</dl>\n");
}

}  // namespace wardbook::bundle
