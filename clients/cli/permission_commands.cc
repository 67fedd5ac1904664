// Permissions (P26-P29) and justifications of what was done without one (P24,
// P25).

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/register_entry.h"
#include "storage/crypto/sha256.h"

namespace wardbook::cli {
namespace {

using events::v1::PermissionKind;
using google::protobuf::Timestamp;
using v1::RegisterService;

std::string SpanAsked(const events::v1::PermissionRequested& asked) {
  return absl::StrCat(asked.has_from_time() ? absl::StrCat("from ", TimeInWords(asked.from_time()))
                                            : std::string("from the moment it is granted"),
                      " until ", EndInWords(TimeOf(asked.until_time())));
}

std::string SpanGranted(const events::v1::PermissionGranted& granted) {
  return absl::StrCat(granted.has_from_time()
                          ? absl::StrCat("from ", TimeInWords(granted.from_time()))
                          : std::string("from when it was asked for, or from now if that is past,"),
                      " until ",
                      granted.has_until_time() ? EndInWords(TimeOf(granted.until_time()))
                                               : std::string("the end that was asked for"));
}

void AddRequest(Program& program, CLI::App& noun) {
  const auto request = AddMutation(
      program, noun, "request", "Ask for a permission before you need it",
      &RegisterService::Stub::RequestPermission,
      [](const v1::RequestPermissionRequest& sent, const v1::RequestPermissionResponse& response,
         Screen& screen) {
        screen.Line("Your request is recorded, for the time ", SpanAsked(sent.permission()), ".");
        screen.Command("Id: ", response.entry_id());
      });
  events::v1::PermissionRequested& asked = *request.request().mutable_permission();
  // Photographs are consented to by parents: see "consent give".
  request.WordOtherThan<PermissionKind>(
      events::v1::PERMISSION_KIND_PHOTO, "--kind",
      [&asked](PermissionKind kind) { asked.set_kind(kind); }, "What for", Need::kRequired);
  request.Text("reason", asked.mutable_reason(), "Why", Need::kRequired);
  request.Beginning(
      "--from", [&asked](const Timestamp& time) { *asked.mutable_from_time() = time; },
      "From when; from the moment it is granted if not given");
  request.End(
      "--until", [&asked](const Timestamp& time) { *asked.mutable_until_time() = time; },
      "Until when", Need::kRequired);
  request.Word<events::v1::UsePurpose>(
      "--purpose", [&asked](auto purpose) { asked.set_purpose(purpose); },
      "What social media are used for", Need::kOptional);
  request.Line("--platform", asked.mutable_platform(), "Social media: the service and account",
               Need::kOptional);
  request.Line("--equipment", asked.mutable_equipment(), "Social media: the equipment",
               Need::kOptional);
  request.Line("--where", asked.mutable_where_used(), "Name or logo: where it will stand",
               Need::kOptional);
  request.Line("--asset", asked.mutable_asset(), "Name or logo: the wording or logo",
               Need::kOptional);
  request.Line("--audience", asked.mutable_audience(), "Name or logo: who will see it",
               Need::kOptional);
  request.Words<events::v1::PhoneRoom>(
      "--room", [&asked](auto room) { asked.add_rooms(room); },
      "Phone kept on: a room where it is used");
  request.Person("--child", "Child's phone: the child", Need::kOptional,
                 [&asked](const PersonId& person) { asked.set_child_id(person.Bytes()); });
  request.Person("--parent", "Child's phone: the parent", Need::kOptional,
                 [&asked](const PersonId& person) { asked.set_parent_id(person.Bytes()); });
}

void AddGrant(Program& program, CLI::App& noun) {
  const auto grant = AddMutation(
      program, noun, "grant", "Grant a permission", &RegisterService::Stub::GrantPermission,
      [](const v1::GrantPermissionRequest& sent, const v1::GrantPermissionResponse& response,
         Screen& screen) {
        if (response.receipt().leaf_hashes().empty()) return;
        screen.Line("The permission is granted, ", SpanGranted(sent.grant()), ".");
      });
  grant.Line("ENTRY", grant.request().mutable_entry_id(), "The id, as the list has it",
             Need::kRequired);
  events::v1::PermissionGranted& granted = *grant.request().mutable_grant();
  grant.Beginning(
      "--from", [&granted](const Timestamp& time) { *granted.mutable_from_time() = time; },
      "From when; as asked for if not given, and never before now");
  grant.End(
      "--until", [&granted](const Timestamp& time) { *granted.mutable_until_time() = time; },
      "Until when; as asked for if not given", Need::kOptional);
  grant.Line("--conditions", granted.mutable_conditions(), "What has to be kept to",
             Need::kOptional);
  grant.Instant(
      "--discussed",
      [&granted](const Timestamp& time) { *granted.mutable_discussed_time() = time; },
      "When you spoke about it; needed for a phone kept on");
  grant.app().add_option_function<std::string>(
      "--document",
      [&granted](const std::string& path) {
        const absl::StatusOr<std::string> document = ReadWholeFile(path);
        if (!document.ok()) {
          throw CLI::ValidationError("--document", std::string(document.status().message()));
        }
        granted.set_document_sha256(crypto::Sha256(*document).Bytes());
      },
      "The written permission, of which the SHA-256 is recorded; needed for name and logo");
}

void ShowCheck(const v1::CheckPermissionRequest& request,
               const v1::CheckPermissionResponse& response, Screen& screen) {
  if (!response.in_force()) {
    screen.Line("No, there was no such permission ",
                request.has_until_time() ? "at any moment of that day." : "at that moment.");
    return;
  }
  screen.Line("Yes, from ", TimeInWords(response.from_time()),
              response.has_until_time()
                  ? absl::StrCat(" until ", EndInWords(TimeOf(response.until_time())), ".")
                  : ", and no end is known.");
  screen.Command("Id: ", response.entry_id());
}

}  // namespace

void AddPermissionCommands(Program& program) {
  CLI::App& noun = program.Noun("permission", "Permissions that come before the act");
  AddRequest(program, noun);
  AddGrant(program, noun);
  const auto refuse =
      AddStep(program, noun, "refuse", "Refuse a permission",
              &RegisterService::Stub::RefusePermission, "The permission is refused.");
  refuse.Text("reasons", refuse.request().mutable_refusal()->mutable_reasons(), "Why",
              Need::kRequired);
  const auto revoke =
      AddStep(program, noun, "revoke", "Take a permission back from now on",
              &RegisterService::Stub::RevokePermission, "The permission is taken back.");
  revoke.Text("reasons", revoke.request().mutable_revocation()->mutable_reasons(), "Why",
              Need::kRequired);
  AddRegisterReads(program, noun, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_ALL);

  const auto check =
      AddCall(program, *noun.add_subcommand("in-force", "Ask whether a permission was in force"),
              &RegisterService::Stub::CheckPermission, Repeat::kSafe, ShowCheck);
  check.Person().Word<PermissionKind>(
      "--kind", [&request = check.request()](PermissionKind kind) { request.set_kind(kind); },
      "What for", Need::kRequired);
  const auto when = std::make_shared<std::string>();
  check.app()
      .add_option("--at", *when,
                  "The day, such as 14/05/2026, or the moment, such as \"14/05/2026 8:40pm\"; "
                  "now if not given")
      ->type_name("WHEN");
  check.Before([when](v1::CheckPermissionRequest& request) -> absl::Status {
    if (when->empty()) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const MomentOrDay asked, ParseMomentOrDay(*when));
    *request.mutable_time() = asked.from;
    if (asked.until.has_value()) *request.mutable_until_time() = *asked.until;
    return absl::OkStatus();
  });
}

void AddJustificationCommands(Program& program) {
  CLI::App& noun = program.Noun("justification", "Departures from the policy, and why");
  const auto submit =
      AddOpening(program, noun, "submit", "Tell the Headteacher of a departure from the policy",
                 &RegisterService::Stub::SubmitJustification, "Your justification is recorded.");
  events::v1::JustificationSubmitted& submitted = *submit.request().mutable_justification();
  submit.Text("action", submitted.mutable_action(), "What was done or is proposed",
              Need::kRequired);
  submit.Word<events::v1::ActionTiming>(
      "--timing", [&submitted](auto timing) { submitted.set_timing(timing); },
      "Whether it was done already", Need::kRequired);
  submit.Instant(
      "--at", [&submitted](const Timestamp& time) { *submitted.mutable_action_time() = time; },
      "When; needed for what was done already");
  submit.Line("--clause", submitted.mutable_clause(), "The clause departed from, such as P28",
              Need::kRequired);
  submit.Text("reasons", submitted.mutable_reasons(), "Why", Need::kRequired);

  const auto review =
      AddStep(program, noun, "review", "Review a justification",
              &RegisterService::Stub::ReviewJustification, "The review is recorded.");
  events::v1::JustificationReviewed& reviewed = *review.request().mutable_review();
  review.Word<events::v1::JustificationFinding>(
      "--finding", [&reviewed](auto finding) { reviewed.set_finding(finding); }, "What it came to",
      Need::kRequired);
  review.Text("reasons", reviewed.mutable_reasons(), "Why", Need::kRequired);

  const auto advice = AddStep(
      program, noun, "advice", "Decide whether to ask Lancashire Safeguarding for advice",
      &RegisterService::Stub::DecideJustificationAdvice, "The decision about advice is recorded.");
  events::v1::JustificationAdviceDecided& decided = *advice.request().mutable_decision();
  advice.Word<events::v1::AdviceChoice>(
      "--choice", [&decided](auto choice) { decided.set_choice(choice); }, "What was decided",
      Need::kRequired);
  advice.Text("reasons", decided.mutable_reasons(), "Why, or what was asked", Need::kRequired);
  advice.Line("--asked-of", decided.mutable_asked_of(), "Who was asked", Need::kOptional);

  const auto received =
      AddStep(program, noun, "advice-received", "Record the advice that came back",
              &RegisterService::Stub::RecordJustificationAdvice, "The advice is recorded.");
  events::v1::JustificationAdviceReceived& came_back = *received.request().mutable_advice();
  received.Line("--adviser", came_back.mutable_adviser_name(), "Who gave it", Need::kRequired);
  received.Line("--adviser-role", came_back.mutable_adviser_role(), "Their role and organisation",
                Need::kRequired);
  received.Text("advice", came_back.mutable_advice(), "What they advised", Need::kRequired);

  const auto close =
      AddStep(program, noun, "close", "Close a justification on which advice was decided",
              &RegisterService::Stub::CloseJustification, "The justification is closed.");
  close.Text("conclusion", close.request().mutable_closing()->mutable_conclusion(),
             "What was concluded", Need::kRequired);
  AddRegisterReads(program, noun, v1::REGISTER_JUSTIFICATIONS, v1::ENTRY_LIST_ALL);
}

}  // namespace wardbook::cli
