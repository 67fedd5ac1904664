// Referrals to Lancashire Safeguarding.

#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/referral_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::ReferralService;

template <class Request>
void AddReferralId(const Command<Request>& command) {
  command.Line("--referral", command.request().mutable_referral_id(),
               "The referral's id; the newest if not given", Need::kOptional);
}

}  // namespace

void AddReferralCommands(Program& program) {
  CLI::App& noun = program.Noun("referral", "Referrals to Lancashire Safeguarding");

  const auto make = AddMutation(
      program, noun, "make", "Refer a case; never refused", &ReferralService::Stub::ReferCase,
      [](const v1::ReferCaseRequest& request, const v1::ReferCaseResponse& response,
         Screen& screen) {
        screen.Line("Case ", request.case_ref(), ": referred to Lancashire Safeguarding.");
        if (response.missing_items_size() > 0) {
          screen.Line("What the policy asks for and the case lacks; put it right when you can:");
        }
        for (const std::string& item : response.missing_items()) screen.Line("  - ", item);
      });
  make.Case().Text("reasons", make.request().mutable_reasons(), "Why", Need::kOptional);
  make.Word<events::v1::ReferralIntent>(
      "--intent", [&request = make.request()](auto intent) { request.set_intent(intent); },
      "What the referral asks for", Need::kOptional);

  const auto acknowledge =
      AddMutation(program, noun, "acknowledge", "Acknowledge a referral (safeguarding officer)",
                  &ReferralService::Stub::AcknowledgeReferral, "the referral is acknowledged.");
  AddReferralId(acknowledge.Case());
  acknowledge.Line("--reference", acknowledge.request().mutable_reference(),
                   "The council's reference", Need::kRequired);
  acknowledge.Text("message", acknowledge.request().mutable_message(), "What the school is told",
                   Need::kOptional);

  const auto outcome =
      AddMutation(program, noun, "outcome", "Record the outcome (safeguarding officer)",
                  &ReferralService::Stub::RecordReferralOutcome, "the outcome is recorded.");
  AddReferralId(outcome.Case());
  outcome.Word<events::v1::ReferralOutcome>(
      "--outcome", [&request = outcome.request()](auto result) { request.set_outcome(result); },
      "The outcome", Need::kRequired);
  outcome.Text("reasons", outcome.request().mutable_reasons(), "The reasons", Need::kRequired);
}

}  // namespace wardbook::cli
