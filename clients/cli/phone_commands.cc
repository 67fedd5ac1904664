// Children's phones in the main office (P35), phones on visits (P30), and social
// contacts with families (P34).

#include <string>

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/register_entry.h"

namespace wardbook::cli {
namespace {

using google::protobuf::Timestamp;
using v1::RegisterService;

void AddTakeIn(Program& program, CLI::App& noun) {
  const auto take =
      AddOpening(program, noun, "take-in", "Take a child's phone into the main office",
                 &RegisterService::Stub::TakeInPhone, "The phone is in the main office.");
  events::v1::PhoneTakenIn& phone = *take.request().mutable_phone();
  phone.set_ground(events::v1::CUSTODY_GROUND_BROUGHT_IN);
  take.Person("--child", "The child", Need::kRequired,
              [&phone](const PersonId& person) { phone.set_child_id(person.Bytes()); });
  take.Line("--device", phone.mutable_device_description(), "What the phone looks like",
            Need::kRequired);
  take.Word<events::v1::CustodyGround>(
      "--ground", [&phone](auto ground) { phone.set_ground(ground); },
      "Why; the child brought it if not given", Need::kOptional);
  take.app()
      .add_option_function<std::string>(
          "--permission",
          [&phone](const std::string& text) {
            const std::optional<PersonId> permission = PersonId::FromHex(text);
            if (!permission.has_value()) {
              throw CLI::ValidationError("--permission", "an id has 32 hexadecimal digits");
            }
            phone.set_permission_id(permission->Bytes());
          },
          "The id of the Headteacher's consent that it is kept under")
      ->type_name("ENTRY");
  take.Instant(
      "--at", [&phone](const Timestamp& time) { *phone.mutable_taken_time() = time; },
      "When; now if not given");
}

void AddReturn(Program& program, CLI::App& noun) {
  const auto give = AddStep(program, noun, "return", "Give a phone back",
                            &RegisterService::Stub::ReturnPhone, "The phone is given back.");
  events::v1::PhoneReturned& returned = *give.request().mutable_handover();
  give.Line("--to", returned.mutable_returned_to(), "To whom", Need::kRequired);
  give.Line("--early-because", returned.mutable_early_because(), "Why before home-time",
            Need::kOptional);
  give.Line("--parents-not-aware-because", returned.mutable_parents_not_aware_because(),
            "Why before the parents were made aware", Need::kOptional);
  give.Instant(
      "--at", [&returned](const Timestamp& time) { *returned.mutable_returned_time() = time; },
      "When; now if not given");
}

}  // namespace

void AddPhoneCommands(Program& program) {
  CLI::App& noun = program.Noun("phone", "Children's phones in the office, phones on visits");
  AddTakeIn(program, noun);

  const auto told = AddStep(program, noun, "parents-told", "Record that the parents were told",
                            &RegisterService::Stub::RecordParentsMadeAware,
                            "It is recorded that the parents were told.");
  events::v1::ParentsMadeAware& aware = *told.request().mutable_telling();
  told.Line("--told", aware.mutable_told(), "Who was told", Need::kRequired);
  told.Line("--how", aware.mutable_how(), "How", Need::kRequired);
  told.Instant(
      "--at", [&aware](const Timestamp& time) { *aware.mutable_told_time() = time; },
      "When; now if not given");

  AddReturn(program, noun);
  const auto examined = AddStep(
      program, noun, "examined",
      "Record that a phone was looked into; only the Headteacher and the safeguarding lead can",
      &RegisterService::Stub::RecordPhoneExamined,
      "It is recorded that the phone was looked into.");
  examined.Text("reasons", examined.request().mutable_examination()->mutable_reasons(),
                "On what ground", Need::kRequired);
  // What the office looks at when the bell goes.
  AddRegisterReads(program, noun, v1::REGISTER_PHONES, v1::ENTRY_LIST_IN_FORCE);

  const auto visit =
      AddOpening(program, noun, "visit-use", "Log the use of a phone in an emergency on a visit",
                 &RegisterService::Stub::LogVisitPhoneUse, "The use is logged.");
  events::v1::VisitPhoneUseLogged& use = *visit.request().mutable_use();
  use.set_use(events::v1::VISIT_USE_EMERGENCY);
  visit.Line("--visit", use.mutable_visit(), "The visit", Need::kRequired);
  visit.Text("emergency", use.mutable_emergency(), "What the emergency was", Need::kRequired);
  visit.Word<events::v1::VisitUse>(
      "--use", [&use](auto why) { use.set_use(why); }, "Why; an emergency if not given",
      Need::kOptional);
  visit.Instant(
      "--at", [&use](const Timestamp& time) { *use.mutable_used_time() = time; },
      "When; now if not given");
  AddRegisterReads(program, *noun.add_subcommand("visit", "The uses that were logged"),
                   v1::REGISTER_VISIT_USES, v1::ENTRY_LIST_ALL);
}

void AddDeclarationCommands(Program& program) {
  CLI::App& noun = program.Noun("declaration", "Social contacts with children and families");
  const auto make =
      AddOpening(program, noun, "make", "Make a social contact known to the leadership team",
                 &RegisterService::Stub::DeclareSocialContact, "Your declaration is recorded.");
  events::v1::SocialContactDeclared& declared = *make.request().mutable_contact();
  make.Line("--family", declared.mutable_family(), "The child or family", Need::kRequired);
  make.Word<events::v1::SocialContactNature>(
      "--nature", [&declared](auto nature) { declared.set_nature(nature); },
      "Through what you know each other", Need::kRequired);
  make.Line("--since", declared.mutable_since(), "Since when", Need::kRequired);
  make.Person("--child", "The child", Need::kOptional,
              [&declared](const PersonId& person) { declared.set_child_id(person.Bytes()); });

  const auto acknowledge =
      AddStep(program, noun, "acknowledge", "Acknowledge a declaration",
              &RegisterService::Stub::AcknowledgeSocialContact, "The declaration is acknowledged.");
  acknowledge.Text("message", acknowledge.request().mutable_acknowledgement()->mutable_message(),
                   "What the declarant is told", Need::kRequired);
  const auto update =
      AddStep(program, noun, "update", "Say what has changed, or that nothing has",
              &RegisterService::Stub::UpdateSocialContact, "The change is recorded.");
  update.Text("change", update.request().mutable_update()->mutable_change(), "What is so now",
              Need::kRequired);
  const auto end = AddStep(program, noun, "end", "Say that the contact has ended",
                           &RegisterService::Stub::EndSocialContact, "The end is recorded.");
  end.Text("reasons", end.request().mutable_ending()->mutable_reasons(), "How", Need::kRequired);
  AddRegisterReads(program, noun, v1::REGISTER_SOCIAL_CONTACTS, v1::ENTRY_LIST_ALL);
}

}  // namespace wardbook::cli
