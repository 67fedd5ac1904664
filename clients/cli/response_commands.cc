// What is done about an incident with providers, the people who need support,
// other bodies and those who were spoken to.

#include <string>

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "wardbook/v1/response_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::ResponseService;

void AddProviderReport(Program& program, CLI::App& noun) {
  const auto report = AddMutation(
      program, noun, "report", "Record that content was reported to a site or app",
      &ResponseService::Stub::RecordProviderReport, "the report to the provider is recorded.");
  v1::RecordProviderReportRequest& request = report.request();
  report.Case().Line("--platform", request.mutable_platform(), "The service or app",
                     Need::kRequired);
  AddWhen(report, &v1::RecordProviderReportRequest::mutable_reported_at, Need::kOptional);
  report.Line("--reference", request.mutable_reference(), "The provider's reference",
              Need::kOptional);
  report.Text("details", request.mutable_details(), "What was asked of it", Need::kOptional);
}

void AddProviderOutcome(Program& program, CLI::App& noun) {
  const auto outcome =
      AddMutation(program, noun, "outcome", "Record what the provider did",
                  &ResponseService::Stub::RecordProviderOutcome, "the outcome is recorded.");
  v1::RecordProviderOutcomeRequest& request = outcome.request();
  outcome.Case().Number(
      "--report", [&request](uint64_t revision) { request.set_report_revision(revision); },
      "The number of the report's entry; the newest if not given", Need::kOptional);
  outcome.Word<events::v1::ProviderOutcome>(
      "--outcome", [&request](auto what) { request.set_outcome(what); }, "What it did",
      Need::kRequired);
  AddWhen(outcome, &v1::RecordProviderOutcomeRequest::mutable_known_at, Need::kOptional);
  outcome.Text("details", request.mutable_details(), "What it said", Need::kOptional);
}

void AddProviderRemoved(Program& program, CLI::App& noun) {
  const auto removed =
      AddMutation(program, noun, "removed", "Record that content is gone",
                  &ResponseService::Stub::RecordContentRemoved, "the removal is recorded.");
  v1::RecordContentRemovedRequest& request = removed.request();
  AddWhen(removed.Case(), &v1::RecordContentRemovedRequest::mutable_removed_at, Need::kOptional);
  removed.Line("--platform", request.mutable_platform(), "The service or app it was on",
               Need::kRequired);
  removed.Line("--by", request.mutable_removed_by(), "Who removed it", Need::kOptional);
  removed.Text("details", request.mutable_details(), "What was removed, in words", Need::kOptional);
}

}  // namespace

void AddProviderCommands(Program& program) {
  CLI::App& noun = program.Noun("provider", "Reports to the providers of sites and apps");
  AddProviderReport(program, noun);
  AddProviderOutcome(program, noun);
  AddProviderRemoved(program, noun);
}

void AddSupportCommands(Program& program) {
  CLI::App& noun = program.Noun("support", "Support for the people of a case");
  const auto offer = AddMutation(program, noun, "offer", "Record that somebody was offered support",
                                 &ResponseService::Stub::OfferSupport, "the offer is recorded.");
  v1::OfferSupportRequest& request = offer.request();
  offer.Case().Line("--to", request.mutable_to_whom(), "To whom", Need::kRequired);
  offer.Text("support", request.mutable_support(), "What was offered", Need::kRequired);
  offer.Word<events::v1::SupportAnswer>(
      "--answer", [&request](auto answer) { request.set_answer(answer); }, "What they said to it",
      Need::kRequired);
}

void AddOutsideBodyCommands(Program& program) {
  CLI::App& noun =
      program.Noun("outside-body", "Other schools, the diocese, the council, agencies");
  const auto inform = AddMutation(
      program, noun, "inform", "Record that a body was told of what concerns it",
      &ResponseService::Stub::RecordExternalBodyInformed, "that the body was told is recorded.");
  v1::RecordExternalBodyInformedRequest& request = inform.request();
  inform.Case().Word<events::v1::ExternalBody>(
      "--body", [&request](auto body) { request.set_body(body); }, "What kind of body",
      Need::kRequired);
  inform.Line("--name", request.mutable_name(), "Its name", Need::kRequired);
  AddWhen(inform, &v1::RecordExternalBodyInformedRequest::mutable_informed_at, Need::kOptional);
  inform.Line("--how", request.mutable_how(), "How, and whom there", Need::kRequired);
  inform.Line("--summary", request.mutable_summary(), "What it was told, no more than concerns it",
              Need::kRequired);
}

void AddContactCommands(Program& program) {
  CLI::App& noun = program.Noun("contact", "Talks, calls and letters about a case");
  const auto log = AddMutation(program, noun, "log", "Record a contact, by a way of the school's",
                               &ResponseService::Stub::LogContact, "the contact is recorded.");
  v1::LogContactRequest& request = log.request();
  log.Case().Word<events::v1::ContactWith>(
      "--with", [&request](auto whom) { request.set_whom(whom); }, "With whom", Need::kRequired);
  log.Line("--name", request.mutable_name(), "Their name", Need::kRequired);
  log.Word<events::v1::ContactChannel>(
      "--channel", [&request](auto channel) { request.set_channel(channel); },
      "By which way; a personal one is refused", Need::kRequired);
  AddWhen(log, &v1::LogContactRequest::mutable_contacted_at, Need::kOptional);
  log.Text("summary", request.mutable_summary(), "What was said", Need::kRequired);
}

void AddContactsCommand(Program& program) {
  AddCall(
      program, program.Command("contacts", "Whom to turn to today"),
      &ResponseService::Stub::ListContacts, Repeat::kSafe,
      [](const v1::ListContactsRequest&, const v1::ListContactsResponse& response, Screen& screen) {
        for (const v1::Contact& contact : response.contacts()) {
          screen.Line(contact.purpose(), ": ", contact.name());
          for (const std::string* way :
               {&contact.telephone(), &contact.email(), &contact.web_address()}) {
            if (!way->empty()) screen.Line("  ", *way);
          }
          screen.Line("  ", contact.how());
        }
      });
}

}  // namespace wardbook::cli
