// What the target decides about the police.

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::cli {

void AddPoliceCommands(Program& program) {
  CLI::App& noun =
      program.Noun("police", "The decision about the police, and what is done with them");
  const auto decide = AddMutation(
      program, noun, "decide", "Record what the target decided about the police",
      &v1::CaseService::Stub::RecordPoliceDecision, "the decision about the police is recorded.");
  v1::RecordPoliceDecisionRequest& request = decide.request();
  decide.Case().Word<events::v1::PoliceChoice>(
      "--choice", [&request](auto choice) { request.set_choice(choice); }, "What they decided",
      Need::kRequired);
  decide.Line("--target", request.mutable_target(),
              "Whose decision it is, by full name or id; needed where several are bullied",
              Need::kOptional);
  decide.Line("--conveyed-how", request.mutable_conveyed_how(),
              "How they made it known; needed unless you are the target", Need::kOptional);
  decide.Text("statement", request.mutable_statement(), "What they said", Need::kOptional);
  decide.Text("childs-view", request.mutable_childs_view(),
              "What the child wants; needed where the target is a child and has decided",
              Need::kOptional);
  decide.Text("parents-view", request.mutable_parents_view(),
              "What the parents want, or why they could not be asked; needed as well then",
              Need::kOptional);
  AddWhenIfNotNow(decide, &v1::RecordPoliceDecisionRequest::mutable_decided_at);
  AddPoliceReportCommands(program, noun);
  AddPoliceGateCommands(program, noun);
}

}  // namespace wardbook::cli
