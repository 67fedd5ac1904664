// Reporting incidents.

#include <memory>
#include <string>

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using events::v1::Capacity;
using events::v1::IndecentImageAnswer;
using v1::IncidentService;
using v1::ReportIncidentRequest;

void AddPartyOption(const Command<ReportIncidentRequest>& command, const std::string& name,
                    Capacity capacity, const std::string& description) {
  command.Parties(
      name,
      [&request = command.request(), capacity](events::v1::Party party) {
        party.set_capacity(capacity);
        *request.add_parties() = std::move(party);
      },
      description);
}

void AddHappenedAt(const Command<ReportIncidentRequest>& command) {
  auto written = std::make_shared<events::v1::LocalDateTime>();
  command.Date("--date", written->mutable_date(), "When it happened", Need::kRequired);
  command.TimeOfDay("--time", written->mutable_time(), "The time of day if it is known",
                    Need::kOptional);
  command.app().add_flag_callback(
      "--approximate", [written] { written->set_approximate(true); }, "Date and time are a guess");
  command.Before([written](ReportIncidentRequest& request) -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_happened_at(),
                              ParseLocalDateTime(written->date(), written->time()));
    request.mutable_happened_at()->set_approximate(written->approximate());
    return absl::OkStatus();
  });
}

// Either what is wished or that nothing is said of it.
template <class Request>
void AddWishes(const Program& program, const Command<Request>& command,
               const std::string& description, const std::string& not_given_description) {
  Request& request = command.request();
  CLI::Option_group& wishes = *command.app().add_option_group("Wishes");
  wishes.require_option(1);
  Arguments(wishes, program.console())
      .TextInPlace("--wishes", request.mutable_wishes(), description);
  wishes.add_flag_callback(
      "--wishes-not-given", [&request] { request.set_wishes_not_given(true); },
      not_given_description);
}

void AddReport(Program& program, CLI::App& noun) {
  const auto command = AddMutation(
      program, noun, "report", "Report an incident", &IncidentService::Stub::ReportIncident,
      [](const ReportIncidentRequest& request, const v1::ReportIncidentResponse& response,
         Screen& screen) {
        screen.Line("Case ", response.case_ref(), ": your report is recorded.");
        screen.Line("Told: ", Phrase(response.route()), ".");
        screen.Line("Next: ", response.next_step());
        // Where an indecent image is suspected no file is taken, and none is asked for.
        if (request.indecent_image_answer() != IndecentImageAnswer::INDECENT_IMAGE_ANSWER_NO) {
          return;
        }
        screen.Line("To add a screen print or another file:");
        screen.Command("wardbook evidence file ", response.case_ref(), " --help");
      });
  ReportIncidentRequest& request = command.request();
  command.Word<events::v1::IncidentKind>(
      "--kind", [&request](auto kind) { request.set_kind(kind); }, "What kind of incident",
      Need::kRequired);
  command.Text("what", request.mutable_what_happened(), "What happened, in your words",
               Need::kRequired);
  AddHappenedAt(command);
  command.Place(request.mutable_place());
  AddPartyOption(command, "--target", Capacity::CAPACITY_TARGET, "Who is bullied or harmed");
  AddPartyOption(command, "--subject", Capacity::CAPACITY_SUBJECT, "Who the report is about");
  AddPartyOption(command, "--witness", Capacity::CAPACITY_WITNESS, "Who saw it or knows of it");
  command.Words<events::v1::BreachClause>(
      "--clause", [&request](auto clause) { request.add_breached_clauses(clause); },
      "A clause of the code of conduct that you think was breached");
  AddWishes(program, command, "What you wish to happen", "You were asked and do not want to say");
  command.Word<IndecentImageAnswer>(
      "--indecent-image", [&request](auto answer) { request.set_indecent_image_answer(answer); },
      "Could this be an indecent image of a child", Need::kRequired);
  command.app().add_flag_callback(
      "--to-line-manager", [&request] { request.set_to_line_manager(true); },
      "Tell your line manager instead of the Headteacher");
  command.app().add_flag_callback(
      "--to-senior-leadership", [&request] { request.set_to_senior_leadership(true); },
      "Unsuitable material, while the Headteacher is absent: tell who acts for them (P39)");
  command.Word<events::v1::HeadteacherAnswer>(
      "--about-headteacher", [&request](auto answer) { request.set_about_headteacher(answer); },
      "Is it about the Headteacher; asked where a subject is given by name alone", Need::kOptional);
}

}  // namespace

void AddIncidentCommands(Program& program) {
  CLI::App& noun = program.Noun("incident", "Report an incident");
  AddReport(program, noun);
  const auto acknowledge =
      AddMutation(program, noun, "acknowledge", "Tell the reporter that the report was seen",
                  &IncidentService::Stub::AcknowledgeReceipt, "the reporter is told.");
  acknowledge.Case().Text("message", acknowledge.request().mutable_message_to_reporter(),
                          "What the reporter is told", Need::kRequired);

  const auto wishes = AddMutation(program, noun, "wishes", "Record what the reporter wishes now",
                                  &IncidentService::Stub::UpdateWishes, "the wishes are recorded.");
  AddWishes(program, wishes.Case(), "What the reporter wishes",
            "The reporter was asked and does not want to say");
  wishes.Line("--conveyed-how", wishes.request().mutable_conveyed_how(),
              "How they made it known, where you are not the reporter", Need::kOptional);
}

}  // namespace wardbook::cli
