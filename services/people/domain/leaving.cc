// Coming to work in the school, and leaving it.

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "services/kernel/text.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/checks.h"
#include "services/people/domain/decide.h"

namespace wardbook::people {

using kernel::AllowText;
using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;
using wardbook::events::v1::PersonEvent;

namespace {

// Long enough for who starts on a Monday and has an evening free in the week after.
constexpr absl::Duration kProfileReviewDays = absl::Hours(14 * 24);

bool HoldsFrom(const PersonState& state, wardbook::events::v1::Role role, absl::Time from) {
  return std::any_of(state.spans.begin(), state.spans.end(), [&](const RoleSpan& span) {
    return span.role == role && span.from < span.until && span.until > from;
  });
}

}  // namespace

absl::Time ProfileReviewDue(absl::Time works_since) { return works_since + kProfileReviewDays; }

PersonDecision Decide(const PersonState& state, const ConfirmProfileReview& command) {
  const absl::Time reviewed = command.reviewed.value_or(command.by.now);
  if (!state.name) return Rejected{Reason::kNoSuchPerson, ""};
  if (Refusal refusal = RequireTime(reviewed, "reviewed_time")) return *std::move(refusal);
  if (reviewed > command.by.now) return Rejected{Reason::kFutureTime, "reviewed_time"};
  if (state.HasReviewedProfile(command.by.now)) return std::vector<PersonEvent>{};
  const std::optional<absl::Time> since = state.WorksSince(command.by.now);
  if (since && !IsSinceJoining(reviewed, *since)) {
    return Rejected{Reason::kReviewBeforeJoining, "reviewed_time"};
  }

  PersonEvent event;
  *event.mutable_profile_review_confirmed()->mutable_reviewed_time() =
      kernel::TimestampOf(reviewed);
  return std::vector<PersonEvent>{std::move(event)};
}

PersonDecision Decide(const PersonState& state, const RecordLeaving& command) {
  const absl::Time left = command.left.value_or(command.by.now);
  if (Refusal refusal = RequireKnown(state, command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireTime(left, "left_time")) return *std::move(refusal);
  if (Refusal refusal = AllowText(command.reason, "reason", kNameCharactersMax)) {
    return *std::move(refusal);
  }
  if (state.gone && state.gone->from <= left && state.gone->until == absl::InfiniteFuture()) {
    return std::vector<PersonEvent>{};
  }
  if (HoldsFrom(state, wardbook::events::v1::ROLE_ADMINISTRATOR, left) &&
      !command.others_administer) {
    return Rejected{Reason::kLastAdministrator, "person_id"};
  }
  if (HoldsFrom(state, wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS, left) &&
      command.is_only_chair) {
    return Rejected{Reason::kLastChair, "person_id"};
  }

  PersonEvent event;
  *event.mutable_person_left()->mutable_left_time() = kernel::TimestampOf(left);
  event.mutable_person_left()->set_reason(command.reason);
  return std::vector<PersonEvent>{std::move(event)};
}

}  // namespace wardbook::people
