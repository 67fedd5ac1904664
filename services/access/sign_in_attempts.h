// How often somebody may try a password: guessing is the cheapest attack on a
// school, and Argon2id alone does not stop a common password from being guessed.

#ifndef SERVICES_ACCESS_SIGN_IN_ATTEMPTS_H_
#define SERVICES_ACCESS_SIGN_IN_ATTEMPTS_H_

#include <cstddef>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"

namespace wardbook::access {

// The window in which attempts are counted: long enough to make guessing
// hopeless, short enough that nobody who is locked out misses a working day.
inline constexpr absl::Duration kAttemptWindow = absl::Minutes(15);

// A person who mixes up their passwords finds the right one in fewer.
inline constexpr int kAttemptsPerAccountMax = 10;

// A whole school may come from one address at eight in the morning; successes
// are not counted, so this is how many slips it may make.
inline constexpr int kAttemptsPerPeerMax = 100;

// Safe for concurrent use. Names are kept as hashes, in memory only.
class SignInAttempts {
 public:
  // Counts an attempt before it is looked into, so that attempts at the same
  // time count too. A refusal for kTooManyAttempts. The answer does not depend
  // on whether the account exists.
  absl::Status Begin(absl::string_view account, absl::string_view peer, absl::Time now);

  // Takes back what Begin has counted: the attempt was a success.
  void Succeed(absl::string_view account, absl::string_view peer);

 private:
  struct Count {
    absl::Time window_start;
    int attempts = 0;
  };

  // The count under `key` in the window of `now`; nullptr when there is no room.
  Count* FindCount(const Hash& key, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  absl::flat_hash_map<Hash, Count> counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_SIGN_IN_ATTEMPTS_H_
