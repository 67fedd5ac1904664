// The school's policy: its clauses, its versions, and who has acknowledged it.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/policy_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::PolicyService;

// A day, into the field of the request that it is for.
template <class Request>
void AddDay(const Command<Request>& command, const std::string& name, std::string* (Request::*to)(),
            const std::string& description, Need need) {
  auto written = std::make_shared<std::string>();
  command.Date(name, written.get(), description, need);
  command.Before([written, to](Request& request) -> absl::Status {
    if (written->empty()) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const events::v1::LocalDateTime day,
                              ParseLocalDateTime(*written, ""));
    *(request.*to)() = day.date();
    return absl::OkStatus();
  });
}

// "2026-09-14" as "14 September 2026"; what is no day stays as it is.
std::string DayInWords(const std::string& written) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(written, &day)) return written;
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::StrCat(day.day(), " ", absl::FormatTime("%B %Y", absl::FromCivil(day, utc), utc));
}

// The version, as an argument in its place.
template <class Request>
const Command<Request>& WithVersion(const Command<Request>& command, Need need) {
  command.Line("VERSION", command.request().mutable_version_id(),
               need == Need::kRequired ? "The version's id, 32 hexadecimal digits"
                                       : "The version's id; the one in force if not given",
               need);
  return command;
}

absl::StatusOr<v1::GetPolicyVersionResponse> ReadVersion(Program& program,
                                                         const std::string& version_id) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  v1::GetPolicyVersionRequest request;
  request.set_version_id(version_id);
  return connection->Call(&PolicyService::Stub::GetPolicyVersion, request, Repeat::kSafe);
}

void ShowVersion(const v1::PolicyVersion& version, Screen& screen) {
  screen.Line(version.version_id(), "  ", version.title());
  if (version.approved_on().empty()) {
    screen.Line("  A draft of ", TimeInWords(version.draft_time()), ".");
  } else if (version.is_in_force()) {
    screen.Line("  In force since ", DayInWords(version.approved_on()), "; next review ",
                DayInWords(version.review_on()), ".");
  } else {
    screen.Line("  Approved for ", DayInWords(version.approved_on()),
                ", and not in force any more: another version took its place.");
  }
  for (const v1::PolicySignature& signature : version.signatures()) {
    screen.Line("  Signed by ", signature.name(), ", ", Phrase(signature.office()), ", ",
                TimeInWords(signature.sign_time()), ".");
  }
}

// Who signs has read the text, so the command that signs is the end of it.
void ShowText(const v1::PolicyVersion& version, Screen& screen) {
  ShowVersion(version, screen);
  screen.Line("  SHA-256 ", version.content_sha256());
  screen.Blank();
  screen.Line(version.content());
  if (!version.approved_on().empty()) return;
  screen.Blank();
  screen.Line(
      "Next: The Headteacher and the Chair of Governors each sign what they have read, the Chair "
      "with --office chair-of-governors:");
  screen.Command("wardbook policy sign ", version.version_id(), " --office headteacher --sha256 ",
                 version.content_sha256());
}

void ShowClause(const v1::Clause& clause, Screen& screen) {
  screen.Line(clause.number(), "  ", clause.title());
  screen.Blank();
  screen.Line("\"", clause.words(), "\"");
  screen.Blank();
  screen.Line("Binds: ", clause.binds());
  screen.Line(clause.force() == v1::CLAUSE_FORCE_ADVICE ? "Advice: " : "Rule: ", clause.rule());
  for (const v1::ClauseRefusal& refusal : clause.refusals()) {
    screen.Line("Refusal ", refusal.code(), ": ", refusal.message(), " ", refusal.next_step());
  }
}

void ShowStatus(const v1::GetPolicyStatusRequest&, const v1::GetPolicyStatusResponse& status,
                Screen& screen) {
  if (!status.banner().empty()) screen.Line(status.banner());
  if (status.has_in_force()) ShowVersion(status.in_force(), screen);
  if (status.acknowledgement_outstanding()) {
    screen.Line("You have not acknowledged it yet.");
    screen.Line("Next: Read it, then acknowledge it.");
    screen.Command("wardbook policy text");
    screen.Command("wardbook policy acknowledge");
  } else if (status.has_own_acknowledgement()) {
    screen.Line("You acknowledged it ",
                TimeInWords(status.own_acknowledgement().acknowledge_time()), ".");
  }
  if (status.outstanding_count() > 0) {
    screen.Line(status.outstanding_count(), status.outstanding_count() == 1 ? " has" : " have",
                " still to acknowledge it. To see who:");
    screen.Command("wardbook policy outstanding");
  }
  for (const v1::PreventionReminder& reminder : status.reminders()) {
    screen.Line(
        "Reminder ", reminder.reminder_id(), ", ", TimeInWords(reminder.issue_time()),
        reminder.has_acknowledge_time() ? ", acknowledged: " : ", new: ", reminder.message());
    if (!reminder.has_acknowledge_time()) {
      screen.Command("wardbook policy acknowledge-reminder ", reminder.reminder_id());
    }
  }
  if (status.prevention_reminder_due()) {
    screen.Line("A reminder to staff is due.");
    screen.Line("Next: Remind them to protect themselves from cyber-bullying.");
    screen.Command("wardbook policy remind --help");
  }
}

void ShowAcknowledgements(const v1::ListPolicyAcknowledgementsRequest& request,
                          const v1::ListPolicyAcknowledgementsResponse& response, Screen& screen) {
  for (const v1::PolicyAcknowledgement& one : response.acknowledgements()) {
    screen.Line(one.person_id(), "  ", one.name(), ", ",
                one.has_acknowledge_time() ? TimeInWords(one.acknowledge_time())
                : one.has_no_account()     ? std::string("outstanding, has no account")
                                           : std::string("outstanding"));
  }
  screen.Line(
      response.acknowledgements_size(),
      request.filter() == v1::ACKNOWLEDGEMENT_FILTER_OUTSTANDING ? " outstanding." : " in all.");
}

void AddVersionCommands(Program& program, CLI::App& noun) {
  const auto draft = AddMutation(
      program, noun, "draft", "Draft a new version", &PolicyService::Stub::DraftPolicyVersion,
      [](const v1::DraftPolicyVersionRequest&, const v1::DraftPolicyVersionResponse& response,
         Screen& screen) {
        screen.Line("Draft ", response.version_id(), " is recorded.");
        screen.Line(
            "Next: The Headteacher and the Chair of Governors each read it, and sign with the "
            "command that stands below the text:");
        screen.Command("wardbook policy text ", response.version_id());
      });
  draft.Line("--title", draft.request().mutable_title(), "What it is called", Need::kRequired);
  draft.Text("content", draft.request().mutable_content(), "The whole text", Need::kRequired);

  const auto revise =
      AddMutation(program, noun, "revise", "Replace the text of a draft; its signatures fall away",
                  &PolicyService::Stub::RevisePolicyDraft,
                  "The draft has its new text. Whoever had signed it signs it anew.");
  WithVersion(revise, Need::kRequired);
  revise.Line("--title", revise.request().mutable_title(), "What it is called", Need::kRequired);
  revise.Text("content", revise.request().mutable_content(), "The whole text", Need::kRequired);

  const auto sign = AddMutation(
      program, noun, "sign", "Sign a draft in your office", &PolicyService::Stub::SignPolicyVersion,
      [](const v1::SignPolicyVersionRequest& request, const v1::SignPolicyVersionResponse&,
         Screen& screen) {
        screen.Line("The text with the hash ", request.content_sha256(), " is signed.");
      });
  WithVersion(sign, Need::kRequired);
  sign.Word<events::v1::PolicyOffice>(
      "--office", [&request = sign.request()](auto office) { request.set_office(office); },
      "Your office", Need::kRequired);
  sign.Line("--sha256", sign.request().mutable_content_sha256(),
            "The hash of the text that you have read, as \"policy text\" shows it",
            Need::kRequired);

  const auto approve =
      AddMutation(program, noun, "approve", "Put a version with both signatures in force",
                  &PolicyService::Stub::ApprovePolicyVersion,
                  "The version is in force. Everybody is asked to acknowledge it.");
  WithVersion(approve, Need::kRequired);
  AddDay(approve, "--approved-on", &v1::ApprovePolicyVersionRequest::mutable_approved_on,
         "The day of approval, today or before", Need::kRequired);
  AddDay(approve, "--review-on", &v1::ApprovePolicyVersionRequest::mutable_review_on,
         "The day of the next review, at most a year later", Need::kRequired);

  const auto review =
      AddMutation(program, noun, "review", "Record a review of the policy",
                  &PolicyService::Stub::RecordPolicyReview, "The review is recorded.");
  review.Word<events::v1::PolicyReviewOutcome>(
      "--outcome", [&request = review.request()](auto outcome) { request.set_outcome(outcome); },
      "What it came to", Need::kRequired);
  AddDay(review, "--reviewed-on", &v1::RecordPolicyReviewRequest::mutable_reviewed_on,
         "The day of the review, today or before", Need::kRequired);
  AddDay(review, "--next-review-on", &v1::RecordPolicyReviewRequest::mutable_next_review_on,
         "The day of the next one, when nothing changes", Need::kOptional);
  review.Line("--new-version", review.request().mutable_new_version_id(),
              "The draft that is to take its place", Need::kOptional);
  review.Text("notes", review.request().mutable_notes(), "What was considered", Need::kOptional);
}

void AddReadingCommands(Program& program, CLI::App& noun) {
  const auto status =
      AddCall(program, *noun.add_subcommand("status", "What is in force, and what you have to do"),
              &PolicyService::Stub::GetPolicyStatus, Repeat::kSafe, ShowStatus);
  status.Instant(
      "--at",
      [&request = status.request()](const auto& time) { *request.mutable_at_time() = time; },
      "As of when; now if not given");

  const auto text =
      AddCall(program, *noun.add_subcommand("text", "Read a version"),
              &PolicyService::Stub::GetPolicyVersion, Repeat::kSafe,
              [](const v1::GetPolicyVersionRequest&, const v1::GetPolicyVersionResponse& response,
                 Screen& screen) { ShowText(response.version(), screen); });
  WithVersion(text, Need::kOptional);

  AddList(program, noun, "versions", "List the versions", &PolicyService::Stub::ListPolicyVersions,
          [](const v1::ListPolicyVersionsRequest&, const v1::ListPolicyVersionsResponse& response,
             Screen& screen) {
            if (response.versions().empty()) screen.Line("There is no version on record.");
            for (const v1::PolicyVersion& version : response.versions()) {
              ShowVersion(version, screen);
            }
          });

  const auto show =
      AddCall(program, *noun.add_subcommand("show", "Show a clause of the policy, such as P41"),
              &PolicyService::Stub::GetClause, Repeat::kSafe,
              [](const v1::GetClauseRequest&, const v1::GetClauseResponse& response,
                 Screen& screen) { ShowClause(response.clause(), screen); });
  show.Line("CLAUSE", show.request().mutable_number(), "Its number, P01 to P48", Need::kRequired);

  AddList(
      program, noun, "clauses", "List the clauses of the policy", &PolicyService::Stub::ListClauses,
      [](const v1::ListClausesRequest&, const v1::ListClausesResponse& response, Screen& screen) {
        for (const v1::Clause& clause : response.clauses()) {
          screen.Line(clause.number(), "  ", clause.title(),
                      clause.force() == v1::CLAUSE_FORCE_ADVICE ? " (advice)" : "");
        }
      });
}

void AddAcknowledgementCommands(Program& program, CLI::App& noun) {
  const auto acknowledge =
      AddMutation(program, noun, "acknowledge", "Acknowledge the policy, for yourself",
                  &PolicyService::Stub::AcknowledgePolicy, "You have acknowledged the policy.");
  WithVersion(acknowledge, Need::kOptional);
  acknowledge.Words<events::v1::SaferOnlinePoint>(
      "--tick", [&request = acknowledge.request()](auto point) { request.add_ticks(point); },
      "A point of the advice on safer behaviour online (P12) that is true of you");
  acknowledge.Before([&program](v1::AcknowledgePolicyRequest& request) -> absl::Status {
    if (!request.version_id().empty()) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const v1::GetPolicyVersionResponse read, ReadVersion(program, ""));
    request.set_version_id(read.version().version_id());
    return absl::OkStatus();
  });

  const auto outstanding =
      AddList(program, noun, "outstanding", "Who has still to acknowledge the policy",
              &PolicyService::Stub::ListPolicyAcknowledgements, ShowAcknowledgements);
  WithVersion(outstanding, Need::kOptional);
  outstanding.request().set_filter(v1::ACKNOWLEDGEMENT_FILTER_OUTSTANDING);
  const auto all =
      AddList(program, noun, "acknowledgements", "Who has acknowledged the policy, and who has not",
              &PolicyService::Stub::ListPolicyAcknowledgements, ShowAcknowledgements);
  WithVersion(all, Need::kOptional);

  const auto remind =
      AddMutation(program, noun, "remind", "Remind staff to protect themselves from cyber-bullying",
                  &PolicyService::Stub::IssuePreventionReminder,
                  [](const v1::IssuePreventionReminderRequest&,
                     const v1::IssuePreventionReminderResponse& response, Screen& screen) {
                    screen.Line("Reminder ", response.reminder_id(), " is issued.");
                  });
  remind.Text("message", remind.request().mutable_message(), "What it says", Need::kRequired);

  const auto seen = AddMutation(
      program, noun, "acknowledge-reminder", "Acknowledge a reminder, for yourself",
      &PolicyService::Stub::AcknowledgePreventionReminder, "You have acknowledged the reminder.");
  seen.Line("REMINDER", seen.request().mutable_reminder_id(),
            "The reminder's id, 32 hexadecimal digits", Need::kRequired);
}

}  // namespace

void AddPolicyCommands(Program& program) {
  CLI::App& noun =
      program.Noun("policy", "The school's policy: clauses, versions, acknowledgements");
  AddVersionCommands(program, noun);
  AddReadingCommands(program, noun);
  AddAcknowledgementCommands(program, noun);
}

}  // namespace wardbook::cli
