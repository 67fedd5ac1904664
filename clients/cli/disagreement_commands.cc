// Professional disagreement.

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/words.h"
#include "wardbook/v1/disagreement_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::DisagreementService;

// "Case WB-...: SAYS. To settle until 16 May 2026, 2:30 pm: they speak."
template <class Request, class Response>
Show<Request, Response> ShowStage(const char* says) {
  return [says](const Request& request, const Response& response, Screen& screen) {
    // The receipt says then that nothing changed.
    if (!response.has_due_time()) return;
    screen.Line("Case ", request.case_ref(), ": ", says);
    screen.Line("To be settled by ", TimeInWords(response.due_time()), ": ", response.stage_words(),
                ".");
  };
}

template <class Request>
void AddDisagreement(const Command<Request>& command) {
  command.Number(
      "--disagreement",
      [&request = command.request()](uint64_t revision) {
        request.set_disagreement_revision(revision);
      },
      "The number of the entry that raised it; the newest if not given", Need::kOptional);
}

}  // namespace

void AddDisagreementCommands(Program& program) {
  CLI::App& noun = program.Noun("disagreement", "Professional disagreement about a decision");

  const auto raise =
      AddMutation(program, noun, "raise", "Disagree with what an entry says; the entry stays",
                  &DisagreementService::Stub::RaiseDisagreement,
                  ShowStage<v1::RaiseDisagreementRequest, v1::RaiseDisagreementResponse>(
                      "the disagreement is raised."));
  v1::RaiseDisagreementRequest& raised = raise.request();
  raise.Case().Number(
      "ENTRY", [&raised](uint64_t revision) { raised.set_disputed_revision(revision); },
      "The number of the entry that you disagree with", Need::kRequired);
  raise.Text("reasons", raised.mutable_reasons(), "Why", Need::kRequired);
  raise.app().add_flag_callback(
      "--immediate-harm", [&raised] { raised.set_immediate_significant_harm(true); },
      "You fear immediate significant harm; in danger call 999 first");

  const auto escalate =
      AddMutation(program, noun, "escalate", "Take a disagreement to its next stage",
                  &DisagreementService::Stub::EscalateDisagreement,
                  ShowStage<v1::EscalateDisagreementRequest, v1::EscalateDisagreementResponse>(
                      "the disagreement is at its next stage."));
  v1::EscalateDisagreementRequest& escalated = escalate.request();
  AddDisagreement(escalate.Case());
  escalate.Number(
      "--stage",
      [&escalated](uint64_t stage) { escalated.set_stage(static_cast<uint32_t>(stage)); },
      "The stage that it goes to, from 2", Need::kRequired);
  escalate.Line("--to", escalated.mutable_to_whom(), "To whom it goes", Need::kRequired);

  const auto resolve =
      AddMutation(program, noun, "resolve", "Record how it was settled",
                  &DisagreementService::Stub::ResolveDisagreement, "the disagreement is settled.");
  AddDisagreement(resolve.Case());
  resolve.Text("how", resolve.request().mutable_how(), "How it was settled", Need::kRequired);
}

}  // namespace wardbook::cli
