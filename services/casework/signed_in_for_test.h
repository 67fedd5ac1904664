// People who are signed in: the token is the person's id in hexadecimal digits.

#ifndef SERVICES_CASEWORK_SIGNED_IN_FOR_TEST_H_
#define SERVICES_CASEWORK_SIGNED_IN_FOR_TEST_H_

#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/casework/sample_cases_for_test.h"
#include "services/kernel/reason.h"
#include "services/runtime/caller.h"
#include "services/runtime/refusal.h"
#include "storage/base/ids.h"

namespace wardbook::casework {

// Safe for concurrent use.
class SignedIn : public runtime::Authenticator {
 public:
  absl::StatusOr<runtime::Caller> Authenticate(absl::string_view token, absl::Time) override {
    const std::optional<PersonId> person = PersonId::FromHex(token);
    absl::MutexLock lock(&mutex_);
    if (!person.has_value() || ended_.contains(*person)) {
      return runtime::Refuse(kernel::Reason::kNotSignedIn);
    }
    return runtime::Caller{kSchool, testing::IdOf<SessionId>(1), ActorOf(*person)};
  }

  void SignOut(const PersonId& person) {
    absl::MutexLock lock(&mutex_);
    ended_.insert(person);
  }

 private:
  absl::Mutex mutex_;
  absl::flat_hash_set<PersonId> ended_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_SIGNED_IN_FOR_TEST_H_
