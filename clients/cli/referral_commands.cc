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

// A referral about a child and not about an adult.
void AddChild(const Command<v1::ReferCaseRequest>& make) {
  v1::ReferCaseRequest& request = make.request();
  make.Word<events::v1::NeedLevel>(
      "--level", [&request](auto level) { request.mutable_child_referral()->set_level(level); },
      "About a child: the level of need", Need::kOptional);
  make.Word<events::v1::ParentalConsent>(
      "--consent",
      [&request](auto consent) { request.mutable_child_referral()->set_consent(consent); },
      "About a child: what the parents said", Need::kOptional);
  make.Line("--consent-reasons", request.mutable_child_referral()->mutable_consent_reasons(),
            "Why consent was refused or not sought", Need::kOptional);
  make.Line("--request-reference", request.mutable_child_referral()->mutable_request_reference(),
            "The council's reference of a request for support made already", Need::kOptional);
}

template <class Request>
void AddConveyedBy(const Command<Request>& command) {
  command.Line("--conveyed-by", command.request().mutable_conveyed_by(),
               "Who of the council said so and how, if you record it for them", Need::kOptional);
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
  AddChild(make);

  const auto acknowledge =
      AddMutation(program, noun, "acknowledge", "Record that the council acknowledged a referral",
                  &ReferralService::Stub::AcknowledgeReferral, "the referral is acknowledged.");
  AddReferralId(acknowledge.Case());
  acknowledge.Line("--reference", acknowledge.request().mutable_reference(),
                   "The council's reference", Need::kRequired);
  acknowledge.Text("message", acknowledge.request().mutable_message(), "What the school is told",
                   Need::kOptional);
  AddConveyedBy(acknowledge);

  const auto outcome =
      AddMutation(program, noun, "outcome", "Record the outcome that the council came to",
                  &ReferralService::Stub::RecordReferralOutcome, "the outcome is recorded.");
  AddReferralId(outcome.Case());
  outcome.Word<events::v1::ReferralOutcome>(
      "--outcome", [&request = outcome.request()](auto result) { request.set_outcome(result); },
      "The outcome", Need::kRequired);
  outcome.Text("reasons", outcome.request().mutable_reasons(), "The reasons", Need::kRequired);
  AddConveyedBy(outcome);
  AddReferralProgressCommands(program, noun);
}

}  // namespace wardbook::cli
