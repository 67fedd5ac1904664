// Departures from the policy that the Headteacher is advised of (P24), and the
// decision about advice of Lancashire Safeguarding (P25).

#include "absl/strings/numbers.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/fields.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {
namespace {

constexpr int kClausesCount = 48;

// "P01" to "P48".
Refusal Clause(absl::string_view text, absl::string_view field) {
  if (text.empty()) return Rejected{Reason::kFieldMissing, std::string(field)};
  int number = 0;
  const bool is_clause = text.size() == 3 && text[0] == 'P' && text[1] >= '0' && text[1] <= '9' &&
                         absl::SimpleAtoi(text.substr(1), &number) && number >= 1 &&
                         number <= kClausesCount;
  if (is_clause) return std::nullopt;
  return Rejected{Reason::kFieldInvalid, std::string(field)};
}

Refusal WholeActionTime(const events::JustificationSubmitted& submitted, absl::Time now) {
  if (Refusal refusal = Moment(submitted.action_time(), "action_time")) return refusal;
  const absl::Time time = kernel::TimeOf(submitted.action_time());
  const bool fits = submitted.timing() == events::ACTION_TIMING_TAKEN
                        ? submitted.has_action_time() && time <= now
                        : !submitted.has_action_time() || time > now;
  if (fits) return std::nullopt;
  return Rejected{Reason::kJustificationTime, "action_time"};
}

}  // namespace

void CompleteJustification(const Entry&, const By& by, events::RegisterEvent& event) {
  event.mutable_justification_submitted()->set_decider(by.actor.Has(kernel::Role::kHeadteacher)
                                                           ? events::DECIDER_CHAIR_OF_GOVERNORS
                                                           : events::DECIDER_HEADTEACHER);
}

Refusal WholeJustification(const Entry&, const Proposal& proposal) {
  const events::JustificationSubmitted& submitted = proposal.event.justification_submitted();
  return FirstOf({Text(submitted.action(), "action"), Word(submitted.timing(), "timing"),
                  WholeActionTime(submitted, proposal.by.now), Clause(submitted.clause(), "clause"),
                  Text(submitted.reasons(), "reasons")});
}

Refusal WholeReview(const Entry&, const Proposal& proposal) {
  const events::JustificationReviewed& review = proposal.event.justification_reviewed();
  return FirstOf({Word(review.finding(), "finding"), Text(review.reasons(), "reasons")});
}

Refusal WholeAdviceDecision(const Entry&, const Proposal& proposal) {
  const events::JustificationAdviceDecided& decided = proposal.event.justification_advice_decided();
  return FirstOf({Word(decided.choice(), "choice"), Text(decided.reasons(), "reasons"),
                  decided.choice() == events::ADVICE_CHOICE_SOUGHT
                      ? Line(decided.asked_of(), "asked_of")
                      : OptionalLine(decided.asked_of(), "asked_of")});
}

Refusal WholeAdvice(const Entry&, const Proposal& proposal) {
  const events::JustificationAdviceReceived& advice =
      proposal.event.justification_advice_received();
  return FirstOf({Line(advice.adviser_name(), "adviser_name"),
                  Line(advice.adviser_role(), "adviser_role"), Text(advice.advice(), "advice")});
}

Refusal WholeClosing(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.justification_closed().conclusion(), "conclusion");
}

Refusal MayReview(const Entry& entry, const Proposal&) {
  const Happened* const before = FindLast(entry, events::RegisterEvent::kJustificationReviewed);
  if (before == nullptr || before->event.justification_reviewed().finding() ==
                               events::JUSTIFICATION_FINDING_ADVICE_NEEDED) {
    return std::nullopt;
  }
  return Rejected{Reason::kJustificationReviewed, ""};
}

Refusal MayRecordAdvice(const Entry& entry, const Proposal&) {
  const Happened* const decided =
      FindLast(entry, events::RegisterEvent::kJustificationAdviceDecided);
  if (decided != nullptr &&
      decided->event.justification_advice_decided().choice() == events::ADVICE_CHOICE_SOUGHT) {
    return std::nullopt;
  }
  return Rejected{Reason::kAdviceDecisionMissing, ""};
}

Refusal MayCloseJustification(const Entry& entry, const Proposal&) {
  if (FindLast(entry, events::RegisterEvent::kJustificationAdviceDecided) != nullptr) {
    return std::nullopt;
  }
  return Rejected{Reason::kAdviceDecisionMissing, ""};
}

}  // namespace wardbook::registers
