// The police where an indecent image of a child is suspected.

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::CaseService;

void AddSuspect(Program& program, CLI::App& noun) {
  const auto suspect =
      AddMutation(program, noun, "suspect", "Record that an indecent image of a child is suspected",
                  &CaseService::Stub::SuspectIndecentImage,
                  "the suspicion is recorded. Call the police now: 999 in an emergency, else 101.");
  v1::SuspectIndecentImageRequest& request = suspect.request();
  suspect.Case().WordOtherThan<events::v1::IndecentImageAnswer>(
      events::v1::INDECENT_IMAGE_ANSWER_NO, "--indecent-image",
      [&request](auto answer) { request.set_answer(answer); },
      "Could this be an indecent image of a child", Need::kRequired);
  suspect.Line("--where-found", request.mutable_where_found(),
               "Where, in words; no address, which is for the police", Need::kOptional);
}

void AddInform(Program& program, CLI::App& noun) {
  const auto inform =
      AddMutation(program, noun, "inform", "Record that the police were informed",
                  &CaseService::Stub::RecordPoliceInformed, "the call to the police is recorded.");
  v1::RecordPoliceInformedRequest& request = inform.request();
  AddWhen(inform.Case(), &v1::RecordPoliceInformedRequest::mutable_informed_at, Need::kRequired);
  inform.Word<events::v1::PoliceChannel>(
      "--channel", [&request](auto channel) { request.set_channel(channel); },
      "The number that was called", Need::kRequired);
  inform.Line("--by", request.mutable_informed_by(), "Who called; you if not given",
              Need::kOptional);
  inform.Line("--log-number", request.mutable_log_number(), "The police's log number",
              Need::kOptional);
  inform.Line("--officer", request.mutable_officer(), "The officer who took it", Need::kOptional);
}

void AddPreserve(Program& program, CLI::App& noun) {
  const auto preserve = AddMutation(
      program, noun, "preserve", "Record what was done to preserve a device for the police",
      &CaseService::Stub::RecordPreservationStep, "the step is recorded.");
  v1::RecordPreservationStepRequest& request = preserve.request();
  AddWhen(preserve.Case(), &v1::RecordPreservationStepRequest::mutable_done_at, Need::kRequired);
  preserve.Line("--step", request.mutable_step(), "What was done; never what an image shows",
                Need::kRequired);
  preserve.Line("--kept-in", request.mutable_kept_in(), "Where the device is kept",
                Need::kOptional);
  preserve.Line("--by", request.mutable_done_by(), "Who did it; you if not given", Need::kOptional);
}

void AddRelease(Program& program, CLI::App& noun) {
  const auto release =
      AddMutation(program, noun, "release", "Record that the police let the school go on",
                  &CaseService::Stub::RecordPoliceRelease, "the police's release is recorded.");
  v1::RecordPoliceReleaseRequest& request = release.request();
  release.Case().Line("--officer", request.mutable_officer(), "The officer who said so",
                      Need::kRequired);
  release.Line("--reference", request.mutable_reference(), "The police's reference",
               Need::kRequired);
  release.Text("scope", request.mutable_scope(), "What the school may do", Need::kRequired);
  AddWhenIfNotNow(release, &v1::RecordPoliceReleaseRequest::mutable_released_at);
}

}  // namespace

void AddPoliceGateCommands(Program& program, CLI::App& noun) {
  AddSuspect(program, noun);
  AddInform(program, noun);
  AddPreserve(program, noun);
  AddRelease(program, noun);
}

}  // namespace wardbook::cli
