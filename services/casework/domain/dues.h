// What a case waits for, and until when. Shown and counted; nothing is refused
// because a time has passed.
//
// A clock follows from the case alone. When it is due follows from the rules of
// the moment at which it began, so that a later rule pack changes nothing that was
// due before, and a mistake in a pack is put right without touching what is
// recorded.

#ifndef SERVICES_CASEWORK_DOMAIN_DUES_H_
#define SERVICES_CASEWORK_DOMAIN_DUES_H_

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "services/casework/domain/case_state.h"
#include "services/rulepack/rule_packs.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

enum class ClockKind {
  kPolice,                   // The police are informed (P37).
  kAcknowledgement,          // The reporter is told that the report was seen (P46).
  kHandOn,                   // The line manager hands it on (P45).
  kAllegation,               // An allegation against an adult is referred, or advice asked.
  kThreshold,                // It is decided whether the harm threshold is met (P23).
  kDataBreach,               // A disclosure of personal data is assessed (P09).
  kLateWord,                 // What was written on the closed case is read (P46, P47).
  kAdvice,                   // Advice that was sought comes back (P41).
  kReferralAcknowledgement,  // A referral is acknowledged.
  kReferralOutcome,          // A referral has its outcome.
  kReview,                   // A referred case is reviewed.
  kDisagreement,             // A stage of a professional disagreement ends.
};

inline constexpr ClockKind kAllClockKinds[] = {
    ClockKind::kPolice,          ClockKind::kAcknowledgement, ClockKind::kHandOn,
    ClockKind::kAllegation,      ClockKind::kAdvice,          ClockKind::kReferralAcknowledgement,
    ClockKind::kReferralOutcome, ClockKind::kReview,          ClockKind::kDisagreement,
    ClockKind::kThreshold,       ClockKind::kDataBreach,      ClockKind::kLateWord,
};

struct Clock {
  ClockKind kind = ClockKind::kPolice;
  absl::Time since;
  // Of a review: when somebody who handles the case last added a note.
  std::optional<absl::Time> noted = std::nullopt;
  // Of a disagreement: when its stage is due, which is recorded with it.
  std::optional<absl::Time> recorded_due = std::nullopt;

  friend bool operator==(const Clock&, const Clock&) = default;
};

// The clocks that run, in the order of their kinds. While the police have to be
// informed those are left out that nobody could stop before (P37).
std::vector<Clock> ClocksOf(const CaseState& state);

// By when a clock is to be stopped. The police are informed at once. A review is
// due a while after the referral; a note on that day or later is the review, and
// the next one is due a while after the note.
absl::Time DueTimeOf(const Clock& clock, const rulepack::RulePacks& rules);

struct CaseDue {
  ClockKind kind = ClockKind::kPolice;
  absl::Time since;
  absl::Time due;

  friend bool operator==(const CaseDue&, const CaseDue&) = default;
};

std::vector<CaseDue> DuesOf(const CaseState& state, const rulepack::RulePacks& rules);

// Whether somebody who sees a case like this has to act on the clock.
bool HasToAct(ClockKind kind, Sight sight, wardbook::events::v1::Route route);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_DUES_H_
