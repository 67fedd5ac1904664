#include "clients/cli/timeline.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/saved_name.h"
#include "clients/cli/words.h"
#include "storage/bundle/bundled_event.h"
#include "storage/bundle/written_time.h"

namespace wardbook::cli {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Of an id, so many at its end tell the files of a case apart.
constexpr size_t kMarkDigits = 8;

// What nobody reads: ids, also of people whose name stands beside them, keys, the
// hash of what is sealed, and what the line of a date says already.
constexpr absl::string_view kNotShown[] = {
    "wardbook.events.v1.ConflictDeclared.head_absence_id",
    "wardbook.events.v1.ConflictDeclared.person_id",
    "wardbook.events.v1.ConflictDeclared.recipient_id",
    "wardbook.events.v1.DecidedUnder.policy_version",
    "wardbook.events.v1.EvidenceFiled.evidence_id",
    "wardbook.events.v1.EvidenceFiled.key_id",
    "wardbook.events.v1.EvidenceFiled.sealed_sha256",
    "wardbook.events.v1.IncidentReported.head_absence_id",
    "wardbook.events.v1.IncidentReported.recipient_id",
    "wardbook.events.v1.InvestigationStarted.investigator_id",
    "wardbook.events.v1.PoliceDecisionRecorded.chooser_id",
    "wardbook.events.v1.PoliceReported.target_id",
    "wardbook.events.v1.RecipientHandedOver.head_absence_id",
    "wardbook.events.v1.RecipientHandedOver.to_id",
    "wardbook.events.v1.MoreInformationGiven.referral_id",
    "wardbook.events.v1.MoreInformationRequested.referral_id",
    "wardbook.events.v1.ReferralAcknowledged.referral_id",
    "wardbook.events.v1.ReferralAdviceGiven.referral_id",
    "wardbook.events.v1.ReferralClosed.referral_id",
    "wardbook.events.v1.ReferralClosingActionRecorded.referral_id",
    "wardbook.events.v1.ReferralMeetingRecorded.referral_id",
    "wardbook.events.v1.ReferralOutcomeRecorded.referral_id",
    "wardbook.events.v1.ReferralSectionPrepared.referral_id",
    "wardbook.events.v1.ReferralStrandOpened.referral_id",
    "wardbook.events.v1.ReferralStrandOutcomeRecorded.referral_id",
    "wardbook.events.v1.ReferralSubmitted.referral_id",
    "wardbook.events.v1.ReferralThresholdMet.referral_id",
    "wardbook.events.v1.ReferralWithdrawn.referral_id",
    "wardbook.events.v1.ReferralWithdrawn.superseded_by_id",
    "wardbook.events.v1.Sighting.utc_offset_minutes",
};

// A no that is worth a line: protobuf does not store it.
constexpr absl::string_view kShownAlsoWhenFalse = "wardbook.events.v1.CaseClosed.wishes_followed";

// The concrete event in the wrapper, or nothing when this client does not know
// it.
const Message* BodyOf(const events::v1::CaseEvent& event) {
  const FieldDescriptor* field = event.GetReflection()->GetOneofFieldDescriptor(
      event, event.GetDescriptor()->FindOneofByName("body"));
  return field == nullptr ? nullptr : &event.GetReflection()->GetMessage(event, field);
}

std::string TitleOf(const events::v1::CaseEvent& event) {
  const Message* const body = BodyOf(event);
  return body == nullptr ? "An entry that this program is too old to show"
                         : bundle::EventTitle(body->GetDescriptor()->full_name());
}

std::string Heading(const v1::TimelineEntry& entry) {
  return absl::StrCat(entry.revision(), ". ", TimeInWords(entry.recorded_time()), "  ",
                      TitleOf(entry.event()));
}

// A later line of a text stands under its first.
std::string Indented(absl::string_view text, absl::string_view indent) {
  return absl::StrReplaceAll(text, {{"\n", absl::StrCat("\n", indent, "  ")}});
}

bool IsShown(const Message& message, const FieldDescriptor& field) {
  if (std::count(std::begin(kNotShown), std::end(kNotShown), field.full_name()) > 0) return false;
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) > 0
                             : message.GetReflection()->HasField(message, &field) ||
                                   field.full_name() == kShownAlsoWhenFalse;
}

// Shows messages by their descriptors, so that also a field that is added later
// is shown.
class FieldScreen {
 public:
  FieldScreen(const v1::CaseFile& file, Screen& screen) : screen_(screen) {
    for (const v1::TimelineEntry& entry : file.timeline()) {
      if (!entry.actor_name().empty()) names_[entry.actor_id()] = entry.actor_name();
      const events::v1::EvidenceFiled& filed = entry.event().evidence_filed();
      if (!filed.file_name().empty()) {
        names_[absl::BytesToHexString(filed.evidence_id())] = filed.file_name();
      }
    }
  }

  void Show(const Message& message, absl::string_view indent) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (!IsShown(message, field)) continue;
      if (!field.is_repeated()) {
        ShowValue({message, field, std::nullopt}, indent);
        continue;
      }
      for (int j = 0; j < message.GetReflection()->FieldSize(message, &field); ++j) {
        ShowValue({message, field, j}, indent);
      }
    }
  }

 private:
  // A singular field, or one value of a repeated one.
  struct Value {
    const Message& message;
    const FieldDescriptor& field;
    std::optional<int> index;

    const Reflection& reflection() const { return *message.GetReflection(); }
    std::string Text() const {
      return index.has_value() ? reflection().GetRepeatedString(message, &field, *index)
                               : reflection().GetString(message, &field);
    }
    const Message& Nested() const {
      return index.has_value() ? reflection().GetRepeatedMessage(message, &field, *index)
                               : reflection().GetMessage(message, &field);
    }
    int EnumNumber() const {
      return index.has_value() ? reflection().GetRepeatedEnumValue(message, &field, *index)
                               : reflection().GetEnumValue(message, &field);
    }
  };

  void ShowValue(const Value& value, absl::string_view indent) {
    const std::string label = bundle::FieldLabel(value.field);
    if (value.field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      ShowMessage(label, value.Nested(), indent);
      return;
    }
    const std::string text = TextOf(value);
    // An id that stands for nobody in this case says nothing.
    if (!text.empty()) screen_.Line(indent, label, ": ", Indented(text, indent));
  }

  void ShowMessage(const std::string& label, const Message& message, absl::string_view indent) {
    if (const std::optional<std::string> time = bundle::DateTimeText(message)) {
      screen_.Line(indent, label, ": ", *time);
    } else if (const auto* party = dynamic_cast<const events::v1::Party*>(&message)) {
      ShowParty(*party, indent);
    } else {
      screen_.Line(indent, label, ":");
      Show(message, absl::StrCat(indent, "  "));
    }
  }

  void ShowParty(const events::v1::Party& party, absl::string_view indent) {
    std::string line =
        absl::StrCat(bundle::Capitalised(Phrase(party.capacity())), ": ",
                     party.name().empty() ? NameOf(party.person_id()) : party.name());
    if (party.category() != events::v1::PERSON_CATEGORY_UNSPECIFIED) {
      absl::StrAppend(&line, ", ", Phrase(party.category()));
    }
    if (!party.account().empty()) absl::StrAppend(&line, ", as ", party.account());
    if (!party.person_id().empty()) absl::StrAppend(&line, " (in the school's register)");
    screen_.Line(indent, line);
  }

  std::string TextOf(const Value& value) const {
    const absl::string_view name = value.field.full_name();
    switch (value.field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (name == "wardbook.events.v1.Sighting.date") {
          return bundle::WrittenStoredDate(value.Text());
        }
        if (name == "wardbook.events.v1.Sighting.time") {
          return bundle::WrittenStoredTimeOfDay(value.Text());
        }
        if (name == "wardbook.events.v1.EvidenceFiled.sha256") {
          return absl::BytesToHexString(value.Text());
        }
        if (value.field.type() == FieldDescriptor::TYPE_BYTES) return NameOf(value.Text());
        return value.Text();
      case FieldDescriptor::CPPTYPE_ENUM:
        return bundle::EnumPhrase(*value.field.enum_type(), value.EnumNumber());
      case FieldDescriptor::CPPTYPE_BOOL:
        return value.reflection().GetBool(value.message, &value.field) ? "yes" : "no";
      case FieldDescriptor::CPPTYPE_UINT64:
        return NumberText(value.field, value.reflection().GetUInt64(value.message, &value.field));
      case FieldDescriptor::CPPTYPE_UINT32:
        return absl::StrCat(value.reflection().GetUInt32(value.message, &value.field));
      case FieldDescriptor::CPPTYPE_INT32:
        return absl::StrCat(value.reflection().GetInt32(value.message, &value.field));
      case FieldDescriptor::CPPTYPE_INT64:
        return absl::StrCat(value.reflection().GetInt64(value.message, &value.field));
      case FieldDescriptor::CPPTYPE_MESSAGE:
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        break;
    }
    return "";
  }

  static std::string NumberText(const FieldDescriptor& field, uint64_t number) {
    return field.name() == "size" ? SizeInWords(number) : absl::StrCat(number);
  }

  // Of a person or a file; empty for somebody who has done nothing in the case.
  std::string NameOf(const std::string& id) const {
    const auto name = names_.find(absl::BytesToHexString(id));
    return name == names_.end() ? "" : name->second;
  }

  // By id, 32 hexadecimal digits.
  std::map<std::string, std::string> names_;
  Screen& screen_;
};

// How the files of a case are called where they are saved, by their ids. Two that have one
// name are told apart by the end of their ids, so that neither stands in the other's way.
std::map<std::string, std::string> SavedNames(const v1::CaseFile& file) {
  std::map<std::string, int> uses;
  std::map<std::string, std::string> names;
  for (const v1::TimelineEntry& entry : file.timeline()) {
    if (!entry.event().has_evidence_filed()) continue;
    const events::v1::EvidenceFiled& filed = entry.event().evidence_filed();
    std::string name = SavedName(filed.file_name());
    ++uses[absl::AsciiStrToLower(name)];
    names.emplace(filed.evidence_id(), std::move(name));
  }
  for (auto& [id, name] : names) {
    if (uses[absl::AsciiStrToLower(name)] == 1) continue;
    const std::string digits = absl::BytesToHexString(id);
    name = WithMark(name, digits.substr(digits.size() - std::min(digits.size(), kMarkDigits)));
  }
  return names;
}

}  // namespace

void ShowHeading(const v1::TimelineEntry& entry, absl::string_view indent, Screen& screen) {
  screen.Line(indent, Heading(entry));
}

void ShowTimeline(const v1::CaseFile& file, Screen& screen) {
  constexpr absl::string_view kIndent = "   ";
  FieldScreen fields(file, screen);
  const std::map<std::string, std::string> saved_names = SavedNames(file);
  for (const v1::TimelineEntry& entry : file.timeline()) {
    screen.Line(Heading(entry), ", by ", entry.actor_name());
    if (const Message* const body = BodyOf(entry.event())) fields.Show(*body, kIndent);
    if (entry.event().has_evidence_filed()) {
      screen.Line(kIndent, "To save a copy:");
      screen.Command(
          kIndent, "wardbook evidence download ", file.summary().case_ref(), " ",
          absl::BytesToHexString(entry.event().evidence_filed().evidence_id()), " --out ",
          Quoted(absl::StrCat("./", saved_names.at(entry.event().evidence_filed().evidence_id()))));
    }
  }
}

}  // namespace wardbook::cli
