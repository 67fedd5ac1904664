// What the police were told on a ground, and the notice that is everybody's own.

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "wardbook/v1/response_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::ResponseService;

void AddReport(Program& program, CLI::App& noun) {
  const auto report = AddMutation(
      program, noun, "report", "Record that the police were told, and on which ground",
      &ResponseService::Stub::RecordPoliceReport, "the report to the police is recorded.");
  v1::RecordPoliceReportRequest& request = report.request();
  report.Case().Word<events::v1::PoliceGround>(
      "--ground", [&request](auto ground) { request.set_ground(ground); },
      "Why the police; cyber-bullying is for the target to decide", Need::kRequired);
  report.Line("--target", request.mutable_target(),
              "Of cyber-bullying, whom it concerns, by full name or id; everybody if not given",
              Need::kOptional);
  AddWhen(report, &v1::RecordPoliceReportRequest::mutable_reported_at, Need::kOptional);
  report.Line("--how", request.mutable_how(), "How, such as \"By 101\"", Need::kRequired);
  report.Line("--by", request.mutable_reported_by(), "Who told them; you if not given",
              Need::kOptional);
  report.Line("--log-number", request.mutable_log_number(), "The police's log number",
              Need::kOptional);
  report.Line("--officer", request.mutable_officer(), "The officer who took it", Need::kOptional);
  report.Text("reasons", request.mutable_reasons(),
              "Why on this ground; needed on all but cyber-bullying", Need::kOptional);
}

void AddNotify(Program& program, CLI::App& noun) {
  const auto notify =
      AddMutation(program, noun, "notify",
                  "Record your own notice under the duty to report suspected child sex offences",
                  &ResponseService::Stub::RecordDutyNotification, "your notice is recorded.");
  v1::RecordDutyNotificationRequest& request = notify.request();
  notify.Case().Word<events::v1::DutyRecipient>(
      "--to", [&request](auto recipient) { request.set_recipient(recipient); }, "Whom you notified",
      Need::kRequired);
  AddWhen(notify, &v1::RecordDutyNotificationRequest::mutable_notified_at, Need::kOptional);
  notify.Line("--how", request.mutable_how(), "Orally or in writing, and by which way",
              Need::kRequired);
  notify.Line("--reference", request.mutable_reference(), "Their reference", Need::kOptional);
  notify.Text("reasons", request.mutable_reasons(), "Why you suspect it", Need::kOptional);
  notify.Text("delayed-because", request.mutable_delayed_because(),
              "Why the notice had to wait, if it would have endangered the child", Need::kOptional);
}

}  // namespace

void AddPoliceReportCommands(Program& program, CLI::App& noun) {
  AddReport(program, noun);
  AddNotify(program, noun);
}

}  // namespace wardbook::cli
