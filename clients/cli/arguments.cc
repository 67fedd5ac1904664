#include "clients/cli/arguments.h"

#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/failure.h"
#include "clients/cli/request_field.h"
#include "clients/cli/wrapping.h"
#include "storage/base/ids.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

constexpr char kStandardInput[] = "-";

// What CLI11 is told of a failure in an argument.
void OrThrow(const absl::Status& status, const std::string& name) {
  if (!status.ok()) throw CLI::ValidationError(name, std::string(status.message()));
}

std::string ReadAll(std::istream& in) {
  std::string text(std::istreambuf_iterator<char>(in), {});
  // What an editor or echo ends a file with is not part of what was written.
  absl::StripTrailingAsciiWhitespace(&text);
  return text;
}

void Require(CLI::Option& option, Need need) { option.required(need == Need::kRequired); }

}  // namespace

void Arguments::Line(const std::string& name, std::string* to, const std::string& description,
                     Need need) const {
  Require(*app_.add_option(name, *to, description), need);
}

void Arguments::File(const std::string& name, std::string* to, const std::string& description,
                     Need need) const {
  Require(*app_.add_option(name, *to, description)->type_name("FILE"), need);
}

void Arguments::Date(const std::string& name, std::string* to, const std::string& description,
                     Need need) const {
  const std::string form = absl::StrCat(description, ", ", kDateForm);
  Require(*app_.add_option(name, *to, form)->type_name("DATE"), need);
}

void Arguments::TimeOfDay(const std::string& name, std::string* to, const std::string& description,
                          Need need) const {
  const std::string form = absl::StrCat(description, ", ", kTimeForm);
  Require(*app_.add_option(name, *to, form)->type_name("TIME"), need);
}

void Arguments::Number(const std::string& name, std::function<void(uint64_t)> set,
                       const std::string& description, Need need) const {
  Require(
      *app_.add_option_function<uint64_t>(name, std::move(set), description)->type_name("NUMBER"),
      need);
}

void Arguments::Text(const std::string& name, std::string* to, const std::string& description,
                     Need need) const {
  CLI::Option_group& group = *app_.add_option_group(name);
  group.require_option(need == Need::kRequired ? 1 : 0, 1);
  Arguments(group, console_).TextInPlace(absl::StrCat("--", name), to, description);
  const std::string file_option = absl::StrCat("--", name, "-file");
  group
      .add_option_function<std::string>(
          file_option,
          [to, file_option, &in = console_.in](const std::string& path) {
            if (path == kStandardInput) {
              *to = ReadAll(in);
              return;
            }
            absl::StatusOr<std::string> text = ReadWholeFile(path);
            OrThrow(text.status(), file_option);
            absl::StripTrailingAsciiWhitespace(&*text);
            *to = *std::move(text);
          },
          "The same from a file; - for the standard input")
      ->type_name("FILE");
}

void Arguments::TextInPlace(const std::string& name, std::string* to,
                            const std::string& description) const {
  CLI::Option* option = app_.add_option_function<std::string>(
      name,
      [to, &in = console_.in](const std::string& text) {
        *to = text == kStandardInput ? ReadAll(in) : text;
      },
      description);
  if (!absl::StartsWith(name, "--")) option->required();
}

void Arguments::WordOf(const std::string& name, const google::protobuf::EnumDescriptor& type,
                       std::function<void(int)> set, const std::string& description, Need need,
                       Times times, std::optional<int> not_offered) const {
  std::vector<std::string> offered = cli::Words(type);
  std::erase_if(offered, [&](const std::string& word) {
    return not_offered.has_value() && NumberOfWord(type, word) == not_offered;
  });
  const auto take = [set, &type](const std::vector<std::string>& words) {
    // The words were checked before.
    for (const std::string& word : words) set(*NumberOfWord(type, word));
  };
  CLI::Option& option = *app_.add_option_function<std::vector<std::string>>(
      name, take,
      absl::StrCat(description, times == Times::kOften ? "; may be given again: " : ": ",
                   absl::StrJoin(offered, ", ")));
  option.check([offered](const std::string& word) {
    return absl::c_linear_search(offered, word)
               ? std::string()
               : absl::StrCat("not one of ", absl::StrJoin(offered, ", "));
  });
  option.allow_extra_args(false);
  option.type_name("WORD");
  if (times == Times::kOnce) option.expected(1);
  Require(option, need);
}

void Arguments::Instant(const std::string& name,
                        std::function<void(google::protobuf::Timestamp)> set,
                        const std::string& description) const {
  app_.add_option_function<std::string>(
          name,
          [set, name](const std::string& text) {
            const absl::StatusOr<google::protobuf::Timestamp> instant = ParseInstant(text);
            OrThrow(instant.status(), name);
            set(*instant);
          },
          absl::StrCat(description, ", ", kDateForm, " or \"14/05/2026 8:40pm\""))
      ->type_name("WHEN");
}

void Arguments::Beginning(const std::string& name,
                          std::function<void(google::protobuf::Timestamp)> set,
                          const std::string& description) const {
  app_.add_option_function<std::string>(
          name,
          [set, name](const std::string& text) {
            const auto beginning = ParseBeginning(text, absl::Now());
            OrThrow(beginning.status(), name);
            set(*beginning);
          },
          absl::StrCat(description, ", ", kDateForm,
                       ", which for today means from now on, or \"14/05/2026 8:40pm\""))
      ->type_name("WHEN");
}

void Arguments::End(const std::string& name, std::function<void(google::protobuf::Timestamp)> set,
                    const std::string& description, Need need) const {
  CLI::Option& option = *app_.add_option_function<std::string>(
      name,
      [set, name](const std::string& text) {
        const absl::StatusOr<google::protobuf::Timestamp> end = ParseEnd(text);
        OrThrow(end.status(), name);
        set(*end);
      },
      absl::StrCat(description, ", ", kDateForm,
                   ", which means the end of that day, or \"14/05/2026 8:40pm\""));
  option.type_name("WHEN");
  Require(option, need);
}

void Arguments::Parties(const std::string& name, std::function<void(events::v1::Party)> add,
                        const std::string& description) const {
  app_.add_option_function<std::vector<std::string>>(
          name,
          [add, name](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              absl::StatusOr<events::v1::Party> party = ParseParty(text);
              OrThrow(party.status(), name);
              add(*std::move(party));
            }
          },
          absl::StrCat(description,
                       "; may be given again. After the name =ID for somebody in the register, "
                       "and then how they are connected with the school: ,pupil ,parent"))
      ->type_name("NAME")
      ->allow_extra_args(false);
}

void Arguments::Place(events::v1::OnlinePlace* place) const {
  Line("--platform", place->mutable_platform(), "The service or app, such as Facebook or e-mail",
       Need::kOptional);
  Line("--address", place->mutable_address(), "The address of the page or post", Need::kOptional);
  Line("--account", place->mutable_account(), "The account or group it was posted by or in",
       Need::kOptional);
}

absl::StatusOr<events::v1::Party> ParseParty(absl::string_view text) {
  events::v1::Party party;
  if (const size_t comma = text.rfind(','); comma != absl::string_view::npos) {
    const absl::string_view word = absl::StripAsciiWhitespace(text.substr(comma + 1));
    // Otherwise the comma belongs to the name.
    if (const auto category = NumberOfWord(*events::v1::PersonCategory_descriptor(), word)) {
      party.set_category(static_cast<events::v1::PersonCategory>(*category));
      text = text.substr(0, comma);
    }
  }
  if (const size_t equals = text.rfind('='); equals != absl::string_view::npos) {
    const std::optional<PersonId> id = PersonId::FromHex(text.substr(equals + 1));
    if (!id.has_value()) {
      return absl::InvalidArgumentError("A person id has 32 hexadecimal digits.");
    }
    party.set_person_id(id->Bytes());
    text = text.substr(0, equals);
  }
  party.set_name(std::string(absl::StripAsciiWhitespace(text)));
  return party;
}

absl::Status CheckTexts(const Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        WARDBOOK_RETURN_IF_ERROR(CheckTexts(field->is_repeated()
                                                ? reflection.GetRepeatedMessage(message, field, i)
                                                : reflection.GetMessage(message, field)));
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        const std::string text = field->is_repeated()
                                     ? reflection.GetRepeatedString(message, field, i)
                                     : reflection.GetString(message, field);
        if (!IsUtf8(text)) {
          return WithNextStep(absl::InvalidArgumentError("A text has letters that cannot be read: "
                                                         "it is not UTF-8."),
                              absl::StrCat("Look at ", RequestFieldInWords(field->name()),
                                           ". Save a text file as UTF-8; rename a file whose name "
                                           "looks wrong."));
        }
      }
    }
  }
  return absl::OkStatus();
}

void DropEmptyMessages(Message* message) {
  std::vector<const FieldDescriptor*> fields;
  message->GetReflection()->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated()) continue;
    Message* child = message->GetReflection()->MutableMessage(message, field);
    DropEmptyMessages(child);
    if (child->ByteSizeLong() == 0) message->GetReflection()->ClearField(message, field);
  }
}

}  // namespace wardbook::cli
