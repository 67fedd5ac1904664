// The people of every school, in memory: read from the log when it is opened,
// and kept up with it by a thread of its own.
//
// Only the records of people's streams are opened; of all others nothing but
// the header is looked at.

#ifndef SERVICES_PEOPLE_REGISTER_H_
#define SERVICES_PEOPLE_REGISTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/people/domain/person_state.h"
#include "services/runtime/caller.h"
#include "services/runtime/head_cover.h"
#include "services/runtime/log_follower.h"
#include "services/runtime/transactor.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::people {

// Somebody of the register.
struct Entry {
  PersonId id;
  PersonState state;
  uint64_t revision = 0;
};

struct Page {
  std::vector<Entry> entries;
  // Whether others come after them.
  bool more = false;
};

// Safe for concurrent use.
class Register : public runtime::Directory, public runtime::HeadCover {
 public:
  // Reads everybody who can be read: damage is told by Failures and keeps nobody
  // else out. Log and vault outlive the register. UNAVAILABLE: the disk does not
  // answer.
  static absl::StatusOr<std::unique_ptr<Register>> Open(storage::EventLog& log,
                                                        const vault::Vault& vault);

  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;

  std::optional<runtime::PersonEntry> Find(const SchoolId& school, const PersonId& person,
                                           absl::Time now) const override;
  std::vector<runtime::PersonEntry> PeopleOf(const SchoolId& school, absl::Time now) const override;
  // As it is recorded now. Where there are several Headteachers all must be absent.
  std::optional<runtime::HeadAbsence> AbsenceAt(const SchoolId& school,
                                                absl::Time time) const override;

  // Of the schools that it cannot follow, or of which it has not read everybody, why
  // not; it tries again. Those who write have the person taken in themselves meanwhile.
  std::vector<std::pair<SchoolId, absl::Status>> Failures() const { return follower_.Failures(); }

  // Takes in what the log has of this person by now, so that who has just
  // written sees it. Reads the disk. DATA_LOSS also as PersonAggregate::Check.
  absl::Status Refresh(const SchoolId& school, const PersonId& person);

  // The same of somebody as a transactor has recorded them, without reading: the disk may
  // take what it does not give back.
  void TakeIn(const SchoolId& school, const PersonId& person,
              const runtime::Snapshot<PersonState>& recorded) ABSL_LOCKS_EXCLUDED(mutex_);

  // The revision that it shows the person at; 0 for nobody.
  uint64_t RevisionOf(const SchoolId& school, const PersonId& person) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Who holds the role at `from`, without an end that is known.
  std::vector<PersonId> HoldersForGood(const SchoolId& school, wardbook::events::v1::Role role,
                                       absl::Time from) const;

  // Visits everybody who was ever registered, in no order, and copies nobody. Sign-in
  // waits for it: `visit` looks at what it is given and calls nothing that waits.
  void Visit(const SchoolId& school, absl::FunctionRef<void(const Entry&)> visit) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Everybody who was ever registered, by name.
  std::vector<Entry> Everybody(const SchoolId& school) const;

  // The people of a school by name, `limit` at most, from the one after `after`
  // on. A refusal for kFieldInvalid: `after` is nobody.
  absl::StatusOr<Page> List(const SchoolId& school, const std::optional<PersonId>& after,
                            size_t limit) const;

 private:
  Register(storage::EventLog& log, const vault::Vault& vault)
      : log_(log), vault_(vault), follower_(log) {}

  absl::Status Load();
  // Takes in everybody, going on past those who cannot be read; fails with the first
  // such failure. The records that were there before, which need not be followed any more.
  absl::StatusOr<uint64_t> LoadSchool(const SchoolId& school);
  // Brings the school up to `size` records: loads it first if it was not loaded whole.
  absl::Status CatchUp(const SchoolId& school, uint64_t size);
  // Takes in the records from `position` on, which it moves on.
  absl::Status FollowSchool(const SchoolId& school, uint64_t size, uint64_t& position);

  storage::EventLog& log_;
  const vault::Vault& vault_;

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, absl::flat_hash_map<PersonId, Entry>> schools_
      ABSL_GUARDED_BY(mutex_);

  // Up to where each school's log was followed, and the schools that are to be loaded
  // before, because somebody could not be read. The follower's alone, once it runs.
  absl::flat_hash_map<SchoolId, uint64_t> positions_;
  absl::flat_hash_set<SchoolId> unloaded_;
  // Last, because what it calls uses all of the above.
  runtime::LogFollower follower_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_REGISTER_H_
