// A source that says what a test wants, and items for it.

#ifndef SERVICES_NOTIFY_DUES_FOR_TEST_H_
#define SERVICES_NOTIFY_DUES_FOR_TEST_H_

#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/due.h"
#include "storage/base/ids.h"
#include "storage/base/moment.h"

namespace wardbook::notify {

inline wardbook::v1::DueItem ItemAt(absl::Time due, const std::string& case_ref) {
  wardbook::v1::DueItem item;
  item.set_kind(wardbook::v1::DUE_KIND_HAND_ON);
  item.set_case_ref(case_ref);
  *item.mutable_since_time() = kernel::TimestampOf(due - absl::Hours(24));
  *item.mutable_due_time() = kernel::TimestampOf(due);
  return item;
}

// Safe for concurrent use.
class SaidDues : public runtime::DueSource {
 public:
  void Say(const PersonId& person, absl::StatusOr<runtime::Dues> dues) {
    absl::MutexLock lock(&mutex_);
    dues_.insert_or_assign(person, std::move(dues));
  }

  absl::StatusOr<runtime::Dues> DuesFor(const runtime::Call& call, Moment) const override {
    absl::MutexLock lock(&mutex_);
    const auto found = dues_.find(call.caller.actor.person);
    return found == dues_.end() ? runtime::Dues() : found->second;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<PersonId, absl::StatusOr<runtime::Dues>> dues_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::notify

#endif  // SERVICES_NOTIFY_DUES_FOR_TEST_H_
