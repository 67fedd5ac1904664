// The people of a school and their sessions in memory, for tests.

#ifndef TESTS_TESTING_MEMORY_REGISTER_H_
#define TESTS_TESTING_MEMORY_REGISTER_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/kernel/reason.h"
#include "services/runtime/caller.h"
#include "services/runtime/head_cover.h"
#include "services/runtime/refusal.h"
#include "storage/base/ids.h"

namespace wardbook::testing {

// Roles hold at any time. A person's token is TokenOf their id. Safe for
// concurrent use.
class MemoryRegister : public runtime::Directory,
                       public runtime::Authenticator,
                       public runtime::HeadCover {
 public:
  explicit MemoryRegister(const SchoolId& school) : school_(school) {}

  static std::string TokenOf(const PersonId& person) { return person.Hex(); }

  void Enter(runtime::PersonEntry person) {
    absl::MutexLock lock(&mutex_);
    const PersonId id = person.id;
    people_.insert_or_assign(id, std::move(person));
  }

  std::optional<runtime::PersonEntry> Find(const SchoolId& school, const PersonId& person,
                                           absl::Time) const override {
    absl::MutexLock lock(&mutex_);
    const auto found = people_.find(person);
    if (school != school_ || found == people_.end()) return std::nullopt;
    return found->second;
  }

  std::vector<runtime::PersonEntry> PeopleOf(const SchoolId& school, absl::Time) const override {
    absl::MutexLock lock(&mutex_);
    std::vector<runtime::PersonEntry> people;
    if (school != school_) return people;
    for (const auto& [id, person] : people_) people.push_back(person);
    return people;
  }

  // Holds at any time, like the roles; nothing ends an absence.
  void SetHeadAbsence(std::optional<runtime::HeadAbsence> absence) {
    absl::MutexLock lock(&mutex_);
    head_absence_ = absence;
  }

  std::optional<runtime::HeadAbsence> AbsenceAt(const SchoolId& school, absl::Time) const override {
    absl::MutexLock lock(&mutex_);
    if (school != school_) return std::nullopt;
    return head_absence_;
  }

  // Ends whatever session they have.
  void Leave(const PersonId& person) {
    absl::MutexLock lock(&mutex_);
    people_.erase(person);
  }

  absl::StatusOr<runtime::Caller> Authenticate(absl::string_view token, absl::Time now) override {
    const std::optional<PersonId> id = PersonId::FromHex(token);
    std::optional<runtime::PersonEntry> person;
    if (id.has_value()) person = Find(school_, *id, now);
    if (!person.has_value()) return runtime::Refuse(kernel::Reason::kNotSignedIn);
    runtime::Caller caller;
    caller.school = school_;
    caller.actor = kernel::Actor{person->id, person->roles};
    return caller;
  }

 private:
  const SchoolId school_;
  mutable absl::Mutex mutex_;
  std::map<PersonId, runtime::PersonEntry> people_ ABSL_GUARDED_BY(mutex_);
  std::optional<runtime::HeadAbsence> head_absence_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_MEMORY_REGISTER_H_
