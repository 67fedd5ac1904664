// What holds in every history of a policy: random commands of random people.

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/rulepack/day.h"
#include "services/schoolpolicy/domain/policy_for_test.h"
#include "tests/testing/seed.h"

namespace wardbook::schoolpolicy {
namespace {

namespace events = wardbook::events::v1;

// Read before the first property, so that a run can be repeated.
[[maybe_unused]] const uint64_t kSeed = ::wardbook::testing::TestSeed();

using AnyCommand = std::variant<DraftPolicyVersion, RevisePolicyDraft, SignPolicyVersion,
                                ApprovePolicyVersion, RecordPolicyReview, AcknowledgePolicy,
                                IssuePreventionReminder, AcknowledgePreventionReminder>;

// Which command, whose, of what, and how it is varied.
using Step = std::tuple<uint8_t, uint8_t, uint8_t, uint8_t>;

By Whose(uint8_t choice, absl::CivilDay today) {
  switch (choice % 8) {
    case 0:
    case 1:
      return Head(today);
    case 2:
    case 3:
      return Chair(today);
    case 4:
      return Leader(today);
    case 5:
      return Someone(9, {kernel::Role::kHeadteacher, kernel::Role::kChairOfGovernors}, today);
    case 6:
      return Teacher(today);
    default:
      return Officer(today);
  }
}

AnyCommand CommandOf(const Step& step, absl::CivilDay today) {
  const auto [which, whose, what, how] = step;
  const By by = Whose(whose, today);
  const uint8_t version = what % 3;
  const bool spoilt = how % 7 == 0;
  // A revised text has another hash.
  const uint8_t text = how % 5 == 1 ? static_cast<uint8_t>(version + 10) : version;
  const std::string day = rulepack::DayText(today - how % 3);
  const std::string review = rulepack::DayText(today + (spoilt ? 800 : 300));
  switch (which % std::variant_size_v<AnyCommand>) {
    case 0:
      return DraftPolicyVersion{by, VersionOf(version), spoilt ? "" : "Policy", "Text",
                                HashOf(version)};
    case 1:
      return RevisePolicyDraft{by, VersionOf(version), "Policy", text == version ? "Text" : "New",
                               HashOf(text)};
    case 2:
      return SignPolicyVersion{by, VersionOf(version),
                               whose % 4 < 2 ? events::POLICY_OFFICE_HEADTEACHER
                                             : events::POLICY_OFFICE_CHAIR_OF_GOVERNORS,
                               HashOf(text)};
    case 3:
      return ApprovePolicyVersion{by, VersionOf(version), day, review};
    case 4:
      return RecordPolicyReview{by,
                                how % 2 == 0 ? events::POLICY_REVIEW_OUTCOME_NO_CHANGE
                                             : events::POLICY_REVIEW_OUTCOME_NEW_VERSION,
                                day,
                                review,
                                VersionOf(version),
                                ""};
    case 5:
      return AcknowledgePolicy{by,
                               VersionOf(version),
                               spoilt ? PersonOf(77) : by.actor.person,
                               {static_cast<events::SaferOnlinePoint>(how % 7)}};
    case 6:
      return IssuePreventionReminder{by, ReminderOf(what % 3), spoilt ? "" : "Take care."};
    default:
      return AcknowledgePreventionReminder{by, ReminderOf(what % 3)};
  }
}

// What must hold of a policy at any time.
void CheckInvariants(const PolicyState& state, absl::CivilDay today) {
  for (const PolicyVersion& version : state.versions) {
    if (!version.approved_on) continue;
    const Signature* head = version.SignatureOf(events::POLICY_OFFICE_HEADTEACHER);
    const Signature* chair = version.SignatureOf(events::POLICY_OFFICE_CHAIR_OF_GOVERNORS);
    RC_ASSERT(head != nullptr);
    RC_ASSERT(chair != nullptr);
    RC_ASSERT(head->person != chair->person);
    RC_ASSERT(*version.approved_on <= today);
    RC_ASSERT(version.review_on > *version.approved_on);
  }
  // What was in force on a day stays in force until another takes its place.
  const PolicyVersion* in_force = state.InForceOn(today);
  RC_ASSERT((in_force == nullptr) == state.approvals.empty());
}

RC_GTEST_PROP(PolicyProperties, HoldInEveryHistory, (std::vector<Step> steps)) {
  PolicyState state;
  absl::CivilDay today = kToday;
  for (const Step& step : steps) {
    today += std::get<3>(step) % 4;
    const AnyCommand command = CommandOf(step, today);
    const PolicyDecision decision =
        std::visit([&state](const auto& one) { return Decide(state, one); }, command);
    const auto* recorded = std::get_if<std::vector<events::PolicyEvent>>(&decision);
    if (recorded == nullptr) continue;
    for (const events::PolicyEvent& event : *recorded) {
      RC_ASSERT(event.body_case() != events::PolicyEvent::BODY_NOT_SET);
      Evolve(state, event, kNow);
    }
    const PolicyDecision again =
        std::visit([&state](const auto& one) { return Decide(state, one); }, command);
    const auto* more = std::get_if<std::vector<events::PolicyEvent>>(&again);
    RC_ASSERT(more != nullptr);
    RC_ASSERT(more->empty());
    CheckInvariants(state, today);
  }
}

// Random commands seldom get as far as an approval, so this history does.
RC_GTEST_PROP(PolicyProperties, HoldAfterAnApproval, (std::vector<Step> steps)) {
  PolicyState state = InForce(0);
  for (const Step& step : steps) {
    const AnyCommand command = CommandOf(step, kToday + 400);
    const PolicyDecision decision =
        std::visit([&state](const auto& one) { return Decide(state, one); }, command);
    if (const auto* recorded = std::get_if<std::vector<events::PolicyEvent>>(&decision)) {
      for (const events::PolicyEvent& event : *recorded) Evolve(state, event, kNow);
    }
    RC_ASSERT(state.Find(VersionOf(0))->content == "The whole text.");
    CheckInvariants(state, kToday + 400);
  }
}

}  // namespace
}  // namespace wardbook::schoolpolicy
