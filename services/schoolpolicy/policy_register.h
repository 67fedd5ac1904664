// The policies of every school, in memory: read from the log when it is opened,
// and kept up with it by a thread of its own.

#ifndef SERVICES_SCHOOLPOLICY_POLICY_REGISTER_H_
#define SERVICES_SCHOOLPOLICY_POLICY_REGISTER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/rulepack/working_calendar.h"
#include "services/runtime/log_follower.h"
#include "services/runtime/policy_in_force.h"
#include "services/runtime/stream_reader.h"
#include "services/runtime/transactor.h"
#include "services/schoolpolicy/domain/policy_state.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"
#include "wardbook/events/v1/policy_event.pb.h"

namespace wardbook::schoolpolicy {

// "policy-" and the 32 digits of the school's id.
std::string PolicyStream(const SchoolId& school);

// What a transactor needs of a policy.
struct PolicyAggregate {
  using State = PolicyState;
  using Event = wardbook::events::v1::PolicyEvent;
  static void Evolve(State& state, const runtime::Recorded<Event>& recorded) {
    schoolpolicy::Evolve(state, recorded.event, recorded.header.recorded_time);
  }
};

// A school's policy as of a revision of its stream. Immutable.
struct PolicyEntry {
  PolicyState state;
  uint64_t revision = 0;
};

// Safe for concurrent use.
class PolicyRegister : public runtime::PolicyInForce {
 public:
  // Reads every school's policy that can be read: damage is told by Failures and
  // keeps no other school from being served. All outlive the register. UNAVAILABLE:
  // the disk does not answer.
  static absl::StatusOr<std::unique_ptr<PolicyRegister>> Open(
      storage::EventLog& log, const vault::Vault& vault, const rulepack::WorkingCalendar& calendar);

  PolicyRegister(const PolicyRegister&) = delete;
  PolicyRegister& operator=(const PolicyRegister&) = delete;

  std::string VersionAt(const SchoolId& school, absl::Time time) const override;

  // The school's policy; one without a version for a school that has none.
  std::shared_ptr<const PolicyEntry> Find(const SchoolId& school) const;

  // Of the schools whose policy it cannot follow at the moment, why not; it tries
  // again. Those who write have their policy taken in themselves meanwhile.
  std::vector<std::pair<SchoolId, absl::Status>> Failures() const { return follower_.Failures(); }

  // Takes in what the log has by now, so that who has just written sees it.
  // Reads the disk.
  absl::Status Refresh(const SchoolId& school);

  // The same of a policy as a transactor has recorded it, without reading: the disk may
  // take what it does not give back.
  void TakeIn(const SchoolId& school, const runtime::Snapshot<PolicyState>& recorded)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  PolicyRegister(storage::EventLog& log, const vault::Vault& vault,
                 const rulepack::WorkingCalendar& calendar)
      : log_(log), vault_(vault), calendar_(calendar), follower_(log) {}

  // Refreshes the school if its policy has changed.
  absl::Status CatchUp(const SchoolId& school);
  // Shows `entry` unless a newer one is shown.
  void Show(const SchoolId& school, std::shared_ptr<const PolicyEntry> entry)
      ABSL_LOCKS_EXCLUDED(mutex_);

  storage::EventLog& log_;
  const vault::Vault& vault_;
  const rulepack::WorkingCalendar& calendar_;

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, std::shared_ptr<const PolicyEntry>> schools_
      ABSL_GUARDED_BY(mutex_);

  // Last, because what it calls uses all of the above.
  runtime::LogFollower follower_;
};

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_POLICY_REGISTER_H_
