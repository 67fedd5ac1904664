// A school's policy as its events tell: every version, who signed and
// acknowledged it, and when it is reviewed.

#ifndef SERVICES_SCHOOLPOLICY_DOMAIN_POLICY_STATE_H_
#define SERVICES_SCHOOLPOLICY_DOMAIN_POLICY_STATE_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/policy_event.pb.h"

namespace wardbook::schoolpolicy {

using PolicyVersionId = FixedBytes<struct PolicyVersionIdTag, 16>;
using ReminderId = FixedBytes<struct ReminderIdTag, 16>;

// A signature under the text as it was then.
struct Signature {
  wardbook::events::v1::PolicyOffice office = wardbook::events::v1::POLICY_OFFICE_UNSPECIFIED;
  PersonId person;
  absl::Time time;
};

// What somebody said when they acknowledged a version.
struct Acknowledgement {
  // When they first did.
  absl::Time time;
  std::set<wardbook::events::v1::SaferOnlinePoint> ticks;
};

// A version from its draft on. In force once it has an approval day.
struct PolicyVersion {
  PolicyVersionId id;
  std::string title;
  std::string content;
  Hash content_sha256;
  absl::Time drafted_time;
  // One of an office at most, under the text as it is.
  std::vector<Signature> signatures;
  std::optional<absl::CivilDay> approved_on;
  // When the approval was recorded, before which nobody could know of it.
  absl::Time approved_time;
  // Of an approved version only; the last review without change sets it.
  absl::CivilDay review_on;
  // The day of that review.
  std::optional<absl::CivilDay> reviewed_on;
  std::map<PersonId, Acknowledgement> acknowledgements;

  const Signature* SignatureOf(wardbook::events::v1::PolicyOffice office) const;
};

struct Review {
  PolicyVersionId version;
  wardbook::events::v1::PolicyReviewOutcome outcome =
      wardbook::events::v1::POLICY_REVIEW_OUTCOME_UNSPECIFIED;
  absl::CivilDay reviewed_on;
  // When the version stays.
  std::optional<absl::CivilDay> next_review_on;
  // When another is to take its place.
  std::optional<PolicyVersionId> new_version;
  std::string notes;

  friend bool operator==(const Review&, const Review&) = default;
};

struct Reminder {
  ReminderId id;
  std::string message;
  // The version that was in force when it was issued.
  std::optional<PolicyVersionId> version;
  absl::Time issued_time;
  std::map<PersonId, absl::Time> acknowledgements;
};

// A value.
struct PolicyState {
  // In the order of their drafts.
  std::vector<PolicyVersion> versions;
  // Approved versions in the order of their approval, as indexes of `versions`.
  std::vector<size_t> approvals;
  std::vector<Review> reviews;
  std::vector<Reminder> reminders;

  const PolicyVersion* Find(const PolicyVersionId& id) const;
  const Reminder* FindReminder(const ReminderId& id) const;

  // The version in force on a day: of those approved by then the last, and of
  // two approved on one day the one approved later. Nothing before the first.
  const PolicyVersion* InForceOn(absl::CivilDay day) const;
};

// The review of an event; nothing when its days cannot be read.
std::optional<Review> ReviewOf(const wardbook::events::v1::PolicyReviewed& event);

// Total: an event that says nothing new changes nothing. `time` is when it was
// recorded.
void Evolve(PolicyState& state, const wardbook::events::v1::PolicyEvent& event, absl::Time time);

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_DOMAIN_POLICY_STATE_H_
