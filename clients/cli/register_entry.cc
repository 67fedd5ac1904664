#include "clients/cli/register_entry.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <map>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/words.h"
#include "storage/base/ids.h"
#include "storage/bundle/event_words.h"

namespace wardbook::cli {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using v1::RegisterService;

using Names = std::map<std::string, std::string>;

Names NamesOf(const google::protobuf::RepeatedPtrField<v1::NamedPerson>& people) {
  Names names;
  for (const v1::NamedPerson& person : people) names[person.person_id()] = person.name();
  return names;
}

const Message* BodyOf(const events::v1::RegisterEvent& event) {
  const FieldDescriptor* const field = event.GetReflection()->GetOneofFieldDescriptor(
      event, event.GetDescriptor()->FindOneofByName("body"));
  return field == nullptr ? nullptr : &event.GetReflection()->GetMessage(event, field);
}

std::string BytesText(const std::string& bytes, const Names& names) {
  const std::string digits = absl::BytesToHexString(bytes);
  const auto name = names.find(digits);
  return name == names.end() ? digits : name->second;
}

// One value of a field, of which those that are not repeated have only one.
std::string ValueText(const Message& message, const FieldDescriptor& field, int index,
                      const Names& names) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = repeated ? reflection.GetRepeatedString(message, &field, index)
                                        : reflection.GetString(message, &field);
      return field.type() == FieldDescriptor::TYPE_BYTES ? BytesText(text, names) : text;
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return bundle::EnumPhrase(*field.enum_type(),
                                repeated ? reflection.GetRepeatedEnumValue(message, &field, index)
                                         : reflection.GetEnumValue(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(
              &reflection.GetMessage(message, &field))) {
        return TimeInWords(*time);
      }
      return "";
    default:
      return "";
  }
}

void ShowFields(const Message& message, const Names& names, Screen& screen) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    const int count = field.is_repeated() ? reflection.FieldSize(message, &field)
                                          : (reflection.HasField(message, &field) ? 1 : 0);
    for (int j = 0; j < count; ++j) {
      const std::string text =
          absl::StrReplaceAll(ValueText(message, field, j, names), {{"\n", "\n      "}});
      if (!text.empty()) screen.Line("    ", bundle::FieldLabel(field), ": ", text);
    }
  }
}

// What the words of the stages are in a register; those of a permission are the
// general ones.
struct StageWords {
  v1::Register in_register;
  const char* asked;
  const char* in_force;
  const char* ended;
};

constexpr StageWords kStageWords[] = {
    {v1::REGISTER_SOCIAL_CONTACTS, "waits to be acknowledged", "acknowledged", "ended"},
    {v1::REGISTER_PHONES, "", "in the main office", "given back"},
    {v1::REGISTER_VISIT_USES, "", "", "logged"},
    {v1::REGISTER_PHOTO_CONSENTS, "waits for an answer", "given", "refused or withdrawn"},
    {v1::REGISTER_DEVICES, "", "in use", "out of use"},
    {v1::REGISTER_CAPTURES, "", "recorded", ""},
};

// What the last review of a justification came to, and whether it is closed.
std::string FindingInWords(const v1::RegisterEntry& entry) {
  std::string finding = "waits for review";
  for (const v1::EntryStep& step : entry.steps()) {
    if (!step.event().has_justification_reviewed()) continue;
    switch (step.event().justification_reviewed().finding()) {
      case events::v1::JUSTIFICATION_FINDING_ACCEPTED:
        finding = "accepted";
        break;
      case events::v1::JUSTIFICATION_FINDING_NOT_ACCEPTED:
        finding = "not accepted";
        break;
      case events::v1::JUSTIFICATION_FINDING_ADVICE_NEEDED:
        finding = "waits for advice";
        break;
      default:
        finding = "reviewed";
    }
  }
  if (entry.stage() == v1::ENTRY_STAGE_ENDED) return absl::StrCat(finding, ", closed");
  return entry.stage() == v1::ENTRY_STAGE_IN_FORCE ? absl::StrCat(finding, ", not closed yet")
                                                   : finding;
}

// How the entry stands, in the words of its register. One that has ended says by
// what, where that matters to the person who asked.
std::string StageInWords(const v1::RegisterEntry& entry) {
  if (entry.in_register() == v1::REGISTER_JUSTIFICATIONS) return FindingInWords(entry);
  if (entry.stage() == v1::ENTRY_STAGE_ENDED && entry.steps_size() > 0) {
    const events::v1::RegisterEvent& last = entry.steps().rbegin()->event();
    if (last.has_permission_refused()) return "refused";
    if (last.has_permission_revoked()) return "taken back";
  }
  for (const StageWords& words : kStageWords) {
    if (words.in_register != entry.in_register()) continue;
    const std::string said = entry.stage() == v1::ENTRY_STAGE_ASKED      ? words.asked
                             : entry.stage() == v1::ENTRY_STAGE_IN_FORCE ? words.in_force
                             : entry.stage() == v1::ENTRY_STAGE_ENDED    ? words.ended
                                                                         : "";
    if (!said.empty()) return said;
  }
  return Phrase(entry.stage());
}

void ShowEntries(const v1::ListEntriesRequest&, const v1::ListEntriesResponse& response,
                 Screen& screen) {
  for (const v1::RegisterEntry& entry : response.entries()) ShowRegisterEntry(entry, screen);
  screen.Line(response.entries_size(), response.entries_size() == 1 ? " entry." : " entries.");
}

}  // namespace

std::string RegisterEventTitle(const events::v1::RegisterEvent& event) {
  const Message* const body = BodyOf(event);
  return body == nullptr ? "An entry that this program is too old to show"
                         : bundle::EventTitle(body->GetDescriptor()->full_name());
}

void ShowRegisterEventFields(const events::v1::RegisterEvent& event,
                             const google::protobuf::RepeatedPtrField<v1::NamedPerson>& people,
                             Screen& screen) {
  if (const Message* const body = BodyOf(event)) ShowFields(*body, NamesOf(people), screen);
}

void ShowRegisterEntry(const v1::RegisterEntry& entry, Screen& screen) {
  const Names names = NamesOf(entry.people());
  const auto name_of = [&names](const std::string& id) {
    const auto name = names.find(id);
    return name == names.end() ? id : name->second;
  };
  std::string title = bundle::Capitalised(Phrase(entry.in_register()));
  if (entry.steps_size() > 0 && entry.steps(0).event().has_permission_requested()) {
    title = bundle::Capitalised(Phrase(entry.steps(0).event().permission_requested().kind()));
  }
  if (entry.in_register() == v1::REGISTER_PHOTO_CONSENTS) {
    absl::StrAppend(&title, " of ", name_of(entry.entry_id()));
  }
  screen.Line(title, ": ", StageInWords(entry), ".");
  screen.Command("Id: ", entry.entry_id());
  if (entry.times_brought() > 1) {
    screen.Line("  The child has brought a phone ", entry.times_brought(), " times.");
  }
  for (const v1::EntryStep& step : entry.steps()) {
    screen.Line("  ", TimeInWords(step.recorded_time()), "  ", RegisterEventTitle(step.event()),
                ", by ", name_of(step.actor_id()), ".");
    if (const Message* const body = BodyOf(step.event())) ShowFields(*body, names, screen);
  }
}

void AddRegisterReads(Program& program, CLI::App& noun, v1::Register reg, v1::EntryList of) {
  const auto list = AddList(program, noun, "list", "List what you may see of the register",
                            &RegisterService::Stub::ListEntries, ShowEntries);
  list.request().set_in_register(reg);
  list.request().set_list(of);
  list.Word<v1::EntryList>(
      "--of", [request = &list.request()](v1::EntryList which) { request->set_list(which); },
      "Which entries", Need::kOptional);
  const auto show = AddCall(program, *noun.add_subcommand("show", "Show one entry"),
                            &RegisterService::Stub::GetEntry, Repeat::kSafe,
                            [](const v1::GetEntryRequest&, const v1::GetEntryResponse& response,
                               Screen& screen) { ShowRegisterEntry(response.entry(), screen); });
  show.request().set_in_register(reg);
  show.Line("ENTRY", show.request().mutable_entry_id(), "The id, as the list has it",
            Need::kRequired);
}

}  // namespace wardbook::cli
