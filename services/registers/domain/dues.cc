#include "services/registers/domain/dues.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "services/kernel/timestamp.h"
#include "services/rulepack/day.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;
using kernel::Role;
using rulepack::RulePacks;
using wardbook::rules::v1::RegisterPeriods;

// What was asked last is what waits: a declaration that was changed waits anew.
std::optional<EntryDue> AnswerDue(const Entry& entry, const kernel::Actor& actor,
                                  const RulePacks& rules) {
  const std::optional<events::Decider> decider = DeciderOf(entry);
  if (!decider || !Decides(*decider, actor) || actor.person == entry.opener()) return std::nullopt;
  const absl::Time since = entry.history.back().time;
  const RegisterPeriods& periods = rules.At(since).register_periods();
  const bool is_justification = entry.history.front().event.has_justification_submitted();
  const uint32_t days = is_justification ? periods.justification_review_working_days()
                                         : periods.answer_working_days();
  const Wait wait = is_justification ? Wait::kReview
                    : entry.history.front().event.has_social_contact_declared()
                        ? Wait::kAcknowledgement
                        : Wait::kDecision;
  return EntryDue{wait, since, rules.calendar().AddWorkingDays(since, days)};
}

// What was reviewed is not done with: the advice that it needs comes first, then it
// is closed.
std::optional<EntryDue> SettlementDue(const Entry& entry, const kernel::Actor& actor,
                                      const RulePacks& rules) {
  const std::optional<events::Decider> decider = DeciderOf(entry);
  if (!decider || !Decides(*decider, actor) || actor.person == entry.opener()) return std::nullopt;
  const absl::Time since = entry.history.back().time;
  const uint32_t days = rules.At(since).register_periods().justification_review_working_days();
  return EntryDue{NeedsAdvice(entry) ? Wait::kAdvice : Wait::kClosing, since,
                  rules.calendar().AddWorkingDays(since, days)};
}

absl::Duration NoticeOf(const RulePacks& rules, absl::Time now) {
  return absl::Hours(24) * rules.At(now).register_periods().expiry_notice_days();
}

std::optional<EntryDue> RenewalDue(const Entry& entry, const RulePacks& rules, absl::Time now) {
  const std::optional<Term> term = TermAt(entry, now);
  if (!term || term->until - now > NoticeOf(rules, now)) return std::nullopt;
  return EntryDue{Wait::kRenewal, term->from, term->until};
}

std::optional<EntryDue> ReconfirmationDue(const Entry& entry, const RulePacks& rules,
                                          absl::Time now) {
  const auto said =
      std::find_if(entry.history.rbegin(), entry.history.rend(), [](const Happened& happened) {
        return happened.event.has_social_contact_declared() ||
               happened.event.has_social_contact_updated();
      });
  if (said == entry.history.rend()) return std::nullopt;
  const auto months = static_cast<int>(rules.At(said->time).register_periods().reconfirm_months());
  const rulepack::WorkingCalendar& calendar = rules.calendar();
  const absl::Time due = calendar.StartOf(rulepack::AddMonths(calendar.DayOf(said->time), months));
  if (due - now > NoticeOf(rules, now)) return std::nullopt;
  return EntryDue{Wait::kReconfirmation, said->time, due};
}

// Whoever took it in answers for it, and the leadership team for all that are left.
std::optional<EntryDue> ReturnDue(const Entry& entry, const kernel::Actor& actor,
                                  const RulePacks& rules) {
  if (actor.person != entry.opener() &&
      !actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership})) {
    return std::nullopt;
  }
  const absl::Time taken =
      kernel::TimeOf(entry.history.front().event.phone_taken_in().taken_time());
  return EntryDue{Wait::kReturn, taken, rules.HomeTimeOf(rules.calendar().DayOf(taken))};
}

}  // namespace

std::optional<EntryDue> DueOf(Register reg, const Entry& entry, const kernel::Actor& actor,
                              const RulePacks& rules, absl::Time now) {
  if (!Sees(reg, entry, actor)) return std::nullopt;
  if (entry.stage == Stage::kAsked) return AnswerDue(entry, actor, rules);
  if (entry.stage != Stage::kInForce) return std::nullopt;
  const bool is_own = actor.person == entry.opener();
  switch (reg) {
    case Register::kPermissions:
      return is_own ? RenewalDue(entry, rules, now) : std::nullopt;
    case Register::kSocialContacts:
      return is_own ? ReconfirmationDue(entry, rules, now) : std::nullopt;
    case Register::kPhones:
      return ReturnDue(entry, actor, rules);
    case Register::kJustifications:
      return SettlementDue(entry, actor, rules);
    case Register::kVisitUses:
    case Register::kPhotoConsents:
    case Register::kDevices:
    case Register::kCaptures:
      return std::nullopt;
  }
  return std::nullopt;
}

bool IsRenewedBy(const Entry& permission, const Entry& other) {
  if (permission.history.empty() || other.history.empty()) return false;
  const events::PermissionRequested& request =
      permission.history.front().event.permission_requested();
  const events::PermissionRequested& other_request =
      other.history.front().event.permission_requested();
  if (request.kind() != other_request.kind() || request.child_id() != other_request.child_id()) {
    return false;
  }
  if (other.stage == Stage::kAsked) return true;
  const std::vector<Term> terms = TermsOf(permission);
  const std::vector<Term> other_terms = TermsOf(other);
  return other.stage == Stage::kInForce && !terms.empty() && !other_terms.empty() &&
         other_terms.back().until > terms.back().until;
}

}  // namespace wardbook::registers
