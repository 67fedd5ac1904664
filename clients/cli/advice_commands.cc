// Advice by Lancashire Safeguarding.

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"

namespace wardbook::cli {

using v1::EscalationService;

void AddAdviceCommands(Program& program) {
  CLI::App& noun = program.Noun("advice", "Advice by Lancashire Safeguarding");

  const auto seek =
      AddMutation(program, noun, "seek", "Record that advice was asked for",
                  &EscalationService::Stub::SeekAdvice, "the request for advice is recorded.");
  seek.Case().Line("--asked-of", seek.request().mutable_asked_of(),
                   "The service or person asked; the council's advice if not given",
                   Need::kOptional);
  seek.Line("--channel", seek.request().mutable_channel(), "By telephone, form or otherwise",
            Need::kRequired);
  seek.Text("question", seek.request().mutable_question(), "What was asked", Need::kRequired);
  seek.Line("--reference", seek.request().mutable_reference(), "Their reference", Need::kOptional);
  AddWhenIfNotNow(seek, &v1::SeekAdviceRequest::mutable_sought_at);

  const auto record =
      AddMutation(program, noun, "record", "Record the advice that came back",
                  &EscalationService::Stub::RecordAdvice, "the advice is recorded.");
  v1::RecordAdviceRequest& advice = record.request();
  record.Case().Line("--adviser", advice.mutable_adviser_name(), "Who gave the advice",
                     Need::kRequired);
  record.Line("--adviser-role", advice.mutable_adviser_role(), "Their role and organisation",
              Need::kRequired);
  record.Text("advice", advice.mutable_advice(), "What they advised", Need::kRequired);
  record.Word<events::v1::MayProceed>(
      "--may-proceed", [&advice](auto may) { advice.set_may_proceed(may); },
      "Whether the school may proceed", Need::kRequired);
  record.Line("--reference", advice.mutable_reference(), "Their reference", Need::kOptional);
  AddWhenIfNotNow(record, &v1::RecordAdviceRequest::mutable_received_at);

  const auto hand_over = AddMutation(program, noun, "hand-over",
                                     "Make another person the one who seeks the advice (P40)",
                                     &EscalationService::Stub::HandOverRecipient,
                                     "handed over. That person seeks the advice from now on.");
  hand_over.Case().Person("--to", "To whom", Need::kRequired,
                          [&request = hand_over.request()](const PersonId& person) {
                            request.set_to_person_id(person.Hex());
                          });
  hand_over.Text("reasons", hand_over.request().mutable_reasons(), "Why", Need::kRequired);
}

}  // namespace wardbook::cli
