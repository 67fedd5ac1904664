// People and commands for the tests of the policy's rules.

#ifndef SERVICES_SCHOOLPOLICY_DOMAIN_POLICY_FOR_TEST_H_
#define SERVICES_SCHOOLPOLICY_DOMAIN_POLICY_FOR_TEST_H_

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "services/schoolpolicy/domain/decide.h"
#include "services/schoolpolicy/domain/policy_state.h"

namespace wardbook::schoolpolicy {

inline const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
inline constexpr absl::CivilDay kToday(2026, 9, 14);

inline PersonId PersonOf(uint8_t digit) {
  PersonId person;
  person.data()[0] = digit;
  return person;
}

inline PolicyVersionId VersionOf(uint8_t digit) {
  PolicyVersionId version;
  version.data()[0] = digit;
  return version;
}

inline ReminderId ReminderOf(uint8_t digit) {
  ReminderId reminder;
  reminder.data()[0] = digit;
  return reminder;
}

// The hash of a text, as far as the rules care: another for each number.
inline Hash HashOf(uint8_t digit) {
  Hash hash;
  hash.data()[0] = digit;
  return hash;
}

inline By Someone(uint8_t digit, std::set<kernel::Role> roles, absl::CivilDay today = kToday) {
  return {{PersonOf(digit), std::move(roles)}, today, 12};
}
inline By Head(absl::CivilDay today = kToday) {
  return Someone(1, {kernel::Role::kHeadteacher, kernel::Role::kStaff}, today);
}
inline By Chair(absl::CivilDay today = kToday) {
  return Someone(2, {kernel::Role::kChairOfGovernors, kernel::Role::kStaff}, today);
}
inline By Teacher(absl::CivilDay today = kToday) {
  return Someone(3, {kernel::Role::kStaff}, today);
}
inline By Leader(absl::CivilDay today = kToday) {
  return Someone(4, {kernel::Role::kSeniorLeadership, kernel::Role::kStaff}, today);
}
inline By Administrator(absl::CivilDay today = kToday) {
  return Someone(5, {kernel::Role::kAdministrator}, today);
}
inline By Officer(absl::CivilDay today = kToday) {
  return Someone(6, {kernel::Role::kSafeguardingOfficer}, today);
}

inline DraftPolicyVersion WholeDraft(uint8_t version) {
  return {Leader(), VersionOf(version), "Social Networking Policy", "The whole text.",
          HashOf(version)};
}
inline SignPolicyVersion HeadSigns(uint8_t version) {
  return {Head(), VersionOf(version), wardbook::events::v1::POLICY_OFFICE_HEADTEACHER,
          HashOf(version)};
}
inline SignPolicyVersion ChairSigns(uint8_t version) {
  return {Chair(), VersionOf(version), wardbook::events::v1::POLICY_OFFICE_CHAIR_OF_GOVERNORS,
          HashOf(version)};
}
inline ApprovePolicyVersion WholeApproval(uint8_t version) {
  return {Head(), VersionOf(version), "2026-09-14", "2027-07-01"};
}
inline RecordPolicyReview WholeReview() {
  return {Head(),       wardbook::events::v1::POLICY_REVIEW_OUTCOME_NO_CHANGE,
          "2026-09-14", "2027-09-14",
          std::nullopt, "Nothing new."};
}
inline AcknowledgePolicy WholeAcknowledgement(uint8_t version) {
  return {Teacher(),
          VersionOf(version),
          PersonOf(3),
          {wardbook::events::v1::SAFER_ONLINE_POINT_PRIVACY_HIGH}};
}

// Decides, and takes what comes of it into the state.
template <class Command>
std::vector<wardbook::events::v1::PolicyEvent> Apply(PolicyState& state, const Command& command,
                                                     absl::Time time = kNow) {
  PolicyDecision decision = Decide(state, command);
  if (const auto* rejected = std::get_if<kernel::Rejected>(&decision)) {
    ADD_FAILURE() << "refused: " << kernel::Describe(rejected->reason).code << " "
                  << rejected->field;
    return {};
  }
  auto events = std::get<std::vector<wardbook::events::v1::PolicyEvent>>(std::move(decision));
  for (const auto& event : events) Evolve(state, event, time);
  return events;
}

// The refusal of a command; fails the test when it is not refused.
template <class Command>
kernel::Rejected RefusalOf(const PolicyState& state, const Command& command) {
  const PolicyDecision decision = Decide(state, command);
  if (const auto* rejected = std::get_if<kernel::Rejected>(&decision)) return *rejected;
  ADD_FAILURE() << "not refused";
  return {kernel::Reason::kFieldMissing, "not refused"};
}

// A school with a draft, with a signed draft, and with a version in force.
inline PolicyState Drafted(uint8_t version = 1) {
  PolicyState state;
  Apply(state, WholeDraft(version));
  return state;
}
inline PolicyState SignedByBoth(uint8_t version = 1) {
  PolicyState state = Drafted(version);
  Apply(state, HeadSigns(version));
  Apply(state, ChairSigns(version));
  return state;
}
inline PolicyState InForce(uint8_t version = 1, absl::Time approved = kNow) {
  PolicyState state = SignedByBoth(version);
  Apply(state, WholeApproval(version), approved);
  return state;
}
// Puts another version in force after it.
inline void PutInForce(PolicyState& state, uint8_t version, const std::string& approved_on,
                       absl::Time approved = kNow) {
  Apply(state, WholeDraft(version));
  Apply(state, HeadSigns(version));
  Apply(state, ChairSigns(version));
  ApprovePolicyVersion approval = WholeApproval(version);
  approval.by.today = kToday + 300;
  approval.approved_on = approved_on;
  Apply(state, approval, approved);
}

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_DOMAIN_POLICY_FOR_TEST_H_
