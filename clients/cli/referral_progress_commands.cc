// What becomes of a referral: the council's form, what the council says, who
// looks into it, and its end.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "storage/base/status_macros.h"
#include "wardbook/v1/referral_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::ReferralService;

template <class Request>
const Command<Request>& OfReferral(const Command<Request>& command) {
  command.Case().Line("--referral", command.request().mutable_referral_id(),
                      "The referral's id; the newest if not given", Need::kOptional);
  return command;
}

template <class Request>
void AddConveyedBy(const Command<Request>& command) {
  command.Line("--conveyed-by", command.request().mutable_conveyed_by(),
               "Who of the council said so and how, if you record it for them", Need::kOptional);
}

void ShowMissing(const google::protobuf::RepeatedPtrField<std::string>& items, Screen& screen) {
  if (items.empty()) return;
  screen.Line("Still missing; put it right when you can:");
  for (const std::string& item : items) screen.Line("  - ", item);
}

// "job_title=Teaching assistant" as a field. INVALID_ARGUMENT: it has no name.
absl::StatusOr<events::v1::ReferralField> ParseField(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", text, "\" is no field. Write it as NAME=TEXT."));
  }
  events::v1::ReferralField field;
  field.set_name(text.substr(0, equals));
  field.set_text(text.substr(equals + 1));
  return field;
}

void AddPrepare(Program& program, CLI::App& noun) {
  const auto prepare =
      AddMutation(program, noun, "prepare", "Fill in a section of the council's form",
                  &ReferralService::Stub::PrepareReferralSection,
                  [](const v1::PrepareReferralSectionRequest& request,
                     const v1::PrepareReferralSectionResponse& response, Screen& screen) {
                    screen.Line("Case ", request.case_ref(), ": the section is prepared.");
                    ShowMissing(response.missing_items(), screen);
                  });
  v1::PrepareReferralSectionRequest& request = prepare.request();
  OfReferral(prepare).Word<events::v1::ReferralSection>(
      "--section", [&request](auto section) { request.set_section(section); }, "Which section",
      Need::kRequired);
  prepare.app()
      .add_option_function<std::vector<std::string>>(
          "--field",
          [&request](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              absl::StatusOr<events::v1::ReferralField> field = ParseField(text);
              if (!field.ok()) {
                throw CLI::ValidationError("--field", std::string(field.status().message()));
              }
              *request.add_fields() = *std::move(field);
            }
          },
          "What is filled in; may be given again. \"referral form\" lists the names")
      ->type_name("NAME=TEXT")
      ->required()
      ->allow_extra_args(false);
}

void ShowForm(const v1::ShowReferralFormRequest& request, const v1::ShowReferralFormResponse& form,
              Screen& screen) {
  screen.Line("Case ", request.case_ref(), ": to be copied into the council's own form. ",
              "Nothing is sent by this program.");
  screen.Line("To: ", form.contact_name(), ". ", form.contact_how());
  for (const v1::ReferralFormSection& section : form.sections()) {
    screen.Blank();
    screen.Line(section.heading());
    screen.Line(section.text().empty() ? "(not filled in)\n" : section.text());
    if (!section.empty_fields().empty()) {
      screen.Line("Empty: ", absl::StrJoin(section.empty_fields(), ", "));
    }
  }
  screen.Blank();
  screen.Line("Files in evidence");
  screen.Line(form.evidence().empty() ? "(none)" : form.evidence());
  screen.Line("Next: Submit it on the council's form, then record that you did.");
  const std::string which =
      request.referral_id().empty() ? "" : absl::StrCat(" --referral ", request.referral_id());
  screen.Command("wardbook referral submitted ", request.case_ref(), which,
                 " --reference REFERENCE");
}

void AddForm(Program& program, CLI::App& noun) {
  const auto form = AddCall(
      program, *noun.add_subcommand("form", "Show the council's form to copy; that is recorded"),
      &ReferralService::Stub::ShowReferralForm, Repeat::kSafe, ShowForm);
  OfReferral(form);
}

void AddSubmitted(Program& program, CLI::App& noun) {
  const auto submitted = AddMutation(
      program, noun, "submitted", "Record that it was submitted on the council's form",
      &ReferralService::Stub::RecordReferralSubmitted,
      [](const v1::RecordReferralSubmittedRequest& request,
         const v1::RecordReferralSubmittedResponse& response, Screen& screen) {
        screen.Line("Case ", request.case_ref(), ": that it was submitted is recorded.");
        ShowMissing(response.missing_items(), screen);
      });
  v1::RecordReferralSubmittedRequest& request = submitted.request();
  auto when = std::make_shared<events::v1::LocalDateTime>();
  OfReferral(submitted).Date("--date", when->mutable_date(), "When", Need::kOptional);
  submitted.TimeOfDay("--time", when->mutable_time(), "The time", Need::kOptional);
  // Without a date it is recorded as well, and that the date is missing.
  submitted.Before([when](v1::RecordReferralSubmittedRequest& asked) -> absl::Status {
    if (when->date().empty()) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(*asked.mutable_submitted_at(),
                              ParseLocalDateTime(when->date(), when->time()));
    return absl::OkStatus();
  });
  submitted.Line("--reference", request.mutable_form_reference(),
                 "The reference that the council's form gave", Need::kOptional);
  submitted.Line("--by", request.mutable_submitted_by(), "Who submitted it; you if not given",
                 Need::kOptional);
}

void AddCouncilsWord(Program& program, CLI::App& noun) {
  const auto advice = AddMutation(
      program, noun, "advice-only", "Record that the council gave advice only",
      &ReferralService::Stub::RecordReferralAdvice, "the council's advice is recorded.");
  OfReferral(advice).Text("advice", advice.request().mutable_advice(), "The advice",
                          Need::kRequired);
  AddConveyedBy(advice);

  const auto ask = AddMutation(program, noun, "ask-more", "Record that the council asks for more",
                               &ReferralService::Stub::RequestMoreInformation,
                               "what the council asks for is recorded.");
  OfReferral(ask).Text("question", ask.request().mutable_question(), "What is asked for",
                       Need::kRequired);
  AddConveyedBy(ask);

  const auto give =
      AddMutation(program, noun, "give-more", "Record that the council was told more",
                  &ReferralService::Stub::GiveMoreInformation, "what was said is recorded.");
  OfReferral(give).Text("information", give.request().mutable_information(), "What was said",
                        Need::kRequired);

  const auto met = AddMutation(
      program, noun, "threshold-met", "Record that the council finds the threshold met",
      &ReferralService::Stub::RecordThresholdMet, "that the threshold is met is recorded.");
  OfReferral(met).Text("reasons", met.request().mutable_reasons(), "Why", Need::kRequired);
  AddConveyedBy(met);
}

void AddMeeting(Program& program, CLI::App& noun) {
  const auto meeting =
      AddMutation(program, noun, "meeting", "Record a meeting about a referral",
                  &ReferralService::Stub::RecordReferralMeeting, "the meeting is recorded.");
  v1::RecordReferralMeetingRequest& request = meeting.request();
  OfReferral(meeting).Word<events::v1::ReferralMeeting>(
      "--meeting", [&request](auto kind) { request.set_meeting(kind); }, "What kind of meeting",
      Need::kRequired);
  meeting.Number(
      "--number",
      [&request](uint64_t number) { request.set_number(static_cast<uint32_t>(number)); },
      "Its number among those of its kind, from 1", Need::kRequired);
  AddWhen(meeting, &v1::RecordReferralMeetingRequest::mutable_held_at, Need::kOptional);
  meeting.Line("--attendees", request.mutable_attendees(), "Who attended", Need::kRequired);
  meeting.Text("actions", request.mutable_actions(), "What was agreed", Need::kRequired);
}

void AddStrands(Program& program, CLI::App& noun) {
  const auto open = AddMutation(program, noun, "strand-open",
                                "Record that the police, social care or the employer look into it",
                                &ReferralService::Stub::OpenReferralStrand,
                                "that they look into it is recorded.");
  v1::OpenReferralStrandRequest& opened = open.request();
  OfReferral(open).Word<events::v1::ReferralStrand>(
      "--strand", [&opened](auto strand) { opened.set_strand(strand); }, "Who", Need::kRequired);
  open.Line("--reference", opened.mutable_reference(), "Their reference", Need::kOptional);
  open.Text("details", opened.mutable_details(), "What they do", Need::kOptional);
  AddConveyedBy(open);

  const auto outcome =
      AddMutation(program, noun, "strand-outcome",
                  "Record the outcome that the police, social care or the employer came to",
                  &ReferralService::Stub::RecordStrandOutcome, "the outcome is recorded.");
  v1::RecordStrandOutcomeRequest& request = outcome.request();
  OfReferral(outcome).Word<events::v1::ReferralStrand>(
      "--strand", [&request](auto strand) { request.set_strand(strand); }, "Who", Need::kRequired);
  outcome.Word<events::v1::ReferralOutcome>(
      "--outcome", [&request](auto what) { request.set_outcome(what); }, "The outcome",
      Need::kRequired);
  outcome.Text("reasons", request.mutable_reasons(), "The reasons", Need::kRequired);
  AddConveyedBy(outcome);
}

void AddEnd(Program& program, CLI::App& noun) {
  const auto action = AddMutation(
      program, noun, "closing-action", "Record what is settled at the end of a referral",
      &ReferralService::Stub::RecordClosingAction, "the closing action is recorded.");
  v1::RecordClosingActionRequest& settled = action.request();
  OfReferral(action).Word<events::v1::ClosingAction>(
      "--action", [&settled](auto what) { settled.set_action(what); }, "What", Need::kRequired);
  action.Word<events::v1::ClosingDecision>(
      "--decision", [&settled](auto decision) { settled.set_decision(decision); },
      "Whether it was taken", Need::kRequired);
  action.Text("details", settled.mutable_details(), "What was done, or why it is not needed",
              Need::kRequired);

  const auto close =
      AddMutation(program, noun, "close", "Record that the council closed a referral",
                  &ReferralService::Stub::CloseReferral,
                  [](const v1::CloseReferralRequest& request,
                     const v1::CloseReferralResponse& response, Screen& screen) {
                    if (response.receipt().leaf_hashes().empty()) return;
                    screen.Line("Case ", request.case_ref(), ": the referral is closed.");
                    ShowMissing(response.missing_items(), screen);
                  });
  OfReferral(close).Text("summary", close.request().mutable_summary(), "What it came to",
                         Need::kRequired);
  AddConveyedBy(close);

  const auto withdraw =
      AddMutation(program, noun, "withdraw", "Take a referral back; it stays in the record",
                  &ReferralService::Stub::WithdrawReferral, "the referral is taken back.");
  v1::WithdrawReferralRequest& request = withdraw.request();
  OfReferral(withdraw).Text("reasons", request.mutable_reasons(), "Why", Need::kRequired);
  withdraw.Line("--superseded-by", request.mutable_superseded_by_id(),
                "The id of the referral that takes its place", Need::kOptional);
  AddConveyedBy(withdraw);
}

}  // namespace

void AddReferralProgressCommands(Program& program, CLI::App& noun) {
  AddPrepare(program, noun);
  AddForm(program, noun);
  AddSubmitted(program, noun);
  AddCouncilsWord(program, noun);
  AddMeeting(program, noun);
  AddStrands(program, noun);
  AddEnd(program, noun);
}

}  // namespace wardbook::cli
