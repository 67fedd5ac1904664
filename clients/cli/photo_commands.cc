// Photo consents (P31), school devices (P32) and captures (P33).

#include <optional>
#include <string>
#include <vector>

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/register_entry.h"
#include "storage/base/ids.h"

namespace wardbook::cli {
namespace {

using google::protobuf::Timestamp;
using v1::RegisterService;

// A step of the entry of a child, which is found by the child.
template <class Request, class Response>
Command<Request> AddChildStep(Program& program, CLI::App& noun, const std::string& verb,
                              const std::string& description,
                              Method<RegisterService::Stub, Request, Response> method,
                              const char* sentence) {
  Command<Request> command = AddMutation(program, noun, verb, description, method, sentence);
  return command.Person(
      "CHILD", "The child", Need::kRequired,
      [&request = command.request()](const PersonId& child) { request.set_entry_id(child.Hex()); });
}

}  // namespace

void AddConsentCommands(Program& program) {
  CLI::App& noun = program.Noun("consent", "What parents consent to");
  const auto link =
      AddChildStep(program, noun, "link-parent", "Record that a person is a parent of the child",
                   &RegisterService::Stub::LinkParent, "The parent is linked.");
  events::v1::ParentLinked& parent = *link.request().mutable_parent();
  link.Person("--parent", "The parent", Need::kRequired,
              [&parent](const PersonId& person) { parent.set_parent_id(person.Bytes()); });
  link.Line("--relationship", parent.mutable_relationship(), "What they are to the child",
            Need::kRequired);

  const auto unlink = AddChildStep(
      program, noun, "unlink-parent", "Record that a person is no parent, or no longer",
      &RegisterService::Stub::UnlinkParent,
      "The link is ended. If the consent in force was theirs, it has ended with it.");
  events::v1::ParentUnlinked& unlinked = *unlink.request().mutable_unlinking();
  unlink.Person("--parent", "The person", Need::kRequired,
                [&unlinked](const PersonId& person) { unlinked.set_parent_id(person.Bytes()); });
  unlink.Text("reasons", unlinked.mutable_reasons(), "Why", Need::kRequired);

  const auto give =
      AddChildStep(program, noun, "give", "Record that a parent consents to photographs",
                   &RegisterService::Stub::GivePhotoConsent, "The consent is recorded.");
  events::v1::PhotoConsentGiven& given = *give.request().mutable_consent();
  give.Person("--parent", "The parent", Need::kRequired,
              [&given](const PersonId& person) { given.set_parent_id(person.Bytes()); });
  give.Words<events::v1::PhotoScope>(
      "--scope", [&given](auto scope) { given.add_scopes(scope); }, "What photographs are for",
      Need::kRequired);
  give.Line("--how", given.mutable_how(), "How, such as on a form", Need::kRequired);
  give.Instant(
      "--at", [&given](const Timestamp& time) { *given.mutable_given_time() = time; },
      "When; now if not given");

  const auto refuse =
      AddChildStep(program, noun, "refuse", "Record that a parent does not consent",
                   &RegisterService::Stub::RefusePhotoConsent, "The refusal is recorded.");
  events::v1::PhotoConsentRefused& refused = *refuse.request().mutable_refusal();
  refuse.Person("--parent", "The parent", Need::kRequired,
                [&refused](const PersonId& person) { refused.set_parent_id(person.Bytes()); });
  refuse.Line("--how", refused.mutable_how(), "How it was made known", Need::kRequired);
  refuse.Instant(
      "--at", [&refused](const Timestamp& time) { *refused.mutable_refused_time() = time; },
      "When; now if not given");

  const auto withdraw =
      AddChildStep(program, noun, "withdraw", "Record that a parent withdraws consent",
                   &RegisterService::Stub::WithdrawPhotoConsent, "The withdrawal is recorded.");
  events::v1::PhotoConsentWithdrawn& withdrawn = *withdraw.request().mutable_withdrawal();
  withdraw.Person("--parent", "The parent", Need::kRequired, [&withdrawn](const PersonId& person) {
    withdrawn.set_parent_id(person.Bytes());
  });
  withdraw.Line("--how", withdrawn.mutable_how(), "How it was made known", Need::kRequired);
  withdraw.Instant(
      "--at", [&withdrawn](const Timestamp& time) { *withdrawn.mutable_withdrawn_time() = time; },
      "When; now if not given");
  AddRegisterReads(program, noun, v1::REGISTER_PHOTO_CONSENTS, v1::ENTRY_LIST_ALL);
}

void AddDeviceCommands(Program& program) {
  CLI::App& noun = program.Noun("device", "The school's cameras and tablets");
  const auto enter =
      AddOpening(program, noun, "register", "Enter a device of the school",
                 &RegisterService::Stub::RegisterSchoolDevice, "The device is in the register.");
  events::v1::SchoolDeviceRegistered& device = *enter.request().mutable_device();
  enter.Line("TAG", device.mutable_asset_tag(), "The tag on it, such as IPAD-014", Need::kRequired);
  enter.Line("--description", device.mutable_description(), "What it is", Need::kRequired);
  const auto retire =
      AddStep(program, noun, "retire", "Take a device out of use",
              &RegisterService::Stub::RetireSchoolDevice, "The device is out of use.", "TAG");
  retire.Line("--reasons", retire.request().mutable_retirement()->mutable_reasons(), "Why",
              Need::kRequired);
  AddRegisterReads(program, noun, v1::REGISTER_DEVICES, v1::ENTRY_LIST_ALL);
}

void AddCaptureCommands(Program& program) {
  CLI::App& noun = program.Noun("capture", "Photographs and recordings of children");
  const auto record =
      AddOpening(program, noun, "record", "Record that children were photographed or filmed",
                 &RegisterService::Stub::RecordCapture, "The capture is recorded.");
  events::v1::ImageCaptured& capture = *record.request().mutable_capture();
  record.Line("--device", capture.mutable_asset_tag(), "The tag of the school device",
              Need::kRequired);
  record.People("--child", "A child who is shown",
                [&capture](const PersonId& child) { capture.add_child_ids(child.Bytes()); });
  record.Word<events::v1::PhotoScope>(
      "--scope", [&capture](auto scope) { capture.set_scope(scope); }, "What for", Need::kRequired);
  record.Line("--description", capture.mutable_description(), "What is shown", Need::kRequired);
  record.Instant(
      "--at", [&capture](const Timestamp& time) { *capture.mutable_captured_time() = time; },
      "When; now if not given");

  const auto store = AddStep(program, noun, "store", "Record where the images were put",
                             &RegisterService::Stub::StoreCapture, "The place is recorded.");
  events::v1::ImageStored& stored = *store.request().mutable_storing();
  stored.set_storage(events::v1::IMAGE_STORAGE_SCHOOL_COMPUTER);
  store.Line("--computer", stored.mutable_computer(), "Which computer", Need::kRequired);
  store.Word<events::v1::ImageStorage>(
      "--storage", [&stored](auto storage) { stored.set_storage(storage); },
      "Where; a school computer if not given", Need::kOptional);

  const auto share = AddStep(program, noun, "share", "Record that images were shared with a parent",
                             &RegisterService::Stub::ShareCapture, "The sharing is recorded.");
  events::v1::ImageShared& shared = *share.request().mutable_sharing();
  share.Person("--with", "The parent", Need::kRequired,
               [&shared](const PersonId& person) { shared.set_recipient_id(person.Bytes()); });
  share.Line("--how", shared.mutable_how(), "How", Need::kRequired);
  share.Instant(
      "--at", [&shared](const Timestamp& time) { *shared.mutable_shared_time() = time; },
      "When; now if not given");
  AddRegisterReads(program, noun, v1::REGISTER_CAPTURES, v1::ENTRY_LIST_ALL);
}

}  // namespace wardbook::cli
