// The decisions about a school's policy: pure, one overload a command. Each
// first asks who acts, then whether what they name is there, then whether the
// request is whole. Deciding twice adds nothing.

#ifndef SERVICES_SCHOOLPOLICY_DOMAIN_DECIDE_H_
#define SERVICES_SCHOOLPOLICY_DOMAIN_DECIDE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/kernel/actor.h"
#include "services/kernel/decision.h"
#include "services/schoolpolicy/domain/policy_state.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/policy_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::schoolpolicy {

// What fits a line of a form.
inline constexpr size_t kTitleCharactersMax = 200;
// Ten times the policy that schools of the county use.
inline constexpr size_t kContentCharactersMax = 200'000;
// A page.
inline constexpr size_t kNotesCharactersMax = 4'000;

// What every command has.
struct By {
  kernel::Actor actor;
  // The day that it is in the school.
  absl::CivilDay today;
  // From an approval or a review to the next review at most, of the rule pack.
  uint32_t review_months_max = 0;
};

struct DraftPolicyVersion {
  By by;
  // Chosen by the caller, at random.
  PolicyVersionId version;
  std::string title;
  std::string content;
  Hash content_sha256;
};

struct RevisePolicyDraft {
  By by;
  // Nothing when the request names no version at all.
  std::optional<PolicyVersionId> version;
  std::string title;
  std::string content;
  Hash content_sha256;
};

struct SignPolicyVersion {
  By by;
  std::optional<PolicyVersionId> version;
  wardbook::events::v1::PolicyOffice office = wardbook::events::v1::POLICY_OFFICE_UNSPECIFIED;
  // Of the text that the signatory has read.
  std::optional<Hash> content_sha256;
};

struct ApprovePolicyVersion {
  By by;
  std::optional<PolicyVersionId> version;
  // Days as the request has them, YYYY-MM-DD.
  std::string approved_on;
  std::string review_on;
};

struct RecordPolicyReview {
  By by;
  wardbook::events::v1::PolicyReviewOutcome outcome =
      wardbook::events::v1::POLICY_REVIEW_OUTCOME_UNSPECIFIED;
  std::string reviewed_on;
  // Of a review without change.
  std::string next_review_on;
  // Of a review that leads to a new version.
  std::optional<PolicyVersionId> new_version;
  std::string notes;
};

struct AcknowledgePolicy {
  By by;
  std::optional<PolicyVersionId> version;
  // For whom: nobody but the actor.
  PersonId person;
  std::vector<wardbook::events::v1::SaferOnlinePoint> ticks;
};

struct IssuePreventionReminder {
  By by;
  // Chosen by the caller, at random.
  ReminderId reminder;
  std::string message;
};

struct AcknowledgePreventionReminder {
  By by;
  std::optional<ReminderId> reminder;
};

using PolicyDecision = kernel::Decision<wardbook::events::v1::PolicyEvent>;

PolicyDecision Decide(const PolicyState& state, const DraftPolicyVersion& command);
// No events when the draft says so already.
PolicyDecision Decide(const PolicyState& state, const RevisePolicyDraft& command);
// No events when the same person has signed in the same office already.
PolicyDecision Decide(const PolicyState& state, const SignPolicyVersion& command);
// No events when it was approved with the same days already.
PolicyDecision Decide(const PolicyState& state, const ApprovePolicyVersion& command);
// Names a draft that is to take the place of the version in force, or the version in
// force, which has taken the place of the one that was reviewed. No events when the
// last review says the same of the same version.
PolicyDecision Decide(const PolicyState& state, const RecordPolicyReview& command);
// No events when everything ticked was ticked before.
PolicyDecision Decide(const PolicyState& state, const AcknowledgePolicy& command);
PolicyDecision Decide(const PolicyState& state, const IssuePreventionReminder& command);
PolicyDecision Decide(const PolicyState& state, const AcknowledgePreventionReminder& command);

// Whether they may see who has acknowledged the policy and who has not.
bool MayOversee(const kernel::Actor& actor);

// Whether the policy binds them and they are asked to acknowledge it (P03, P04):
// everybody of the school, but no officer of the authority and no auditor.
bool IsBound(const kernel::Actor& actor);
// The same of people of that category, whether they hold a role or not: staff,
// governors, Friends and volunteers.
bool IsBound(wardbook::events::v1::PersonCategory category);

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_DOMAIN_DECIDE_H_
