// How often somebody may try a password: guessing is the cheapest attack on a
// school, and Argon2id alone does not stop a common password from being guessed.
// Nor may whoever guesses keep the people of the school out.
//
// An attempt is one of a pair, an address and an account, and is counted for the
// pair, for the address and for the account. Only a pair that has never signed in
// is ever locked. What else has too many failures is slowed down: one attempt now
// and then. A pair that has signed in before is counted for itself alone, so that
// neither guesses from far away nor guesses at others' accounts behind the same
// router keep a person from signing in where they always do.

#ifndef SERVICES_ACCESS_SIGN_IN_ATTEMPTS_H_
#define SERVICES_ACCESS_SIGN_IN_ATTEMPTS_H_

#include <cstddef>
#include <list>

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
inline constexpr int kAttemptsPerPairMax = 10;

// More failures at one account than its person makes on every machine of the
// school; somebody with many addresses is at it.
inline constexpr int kAttemptsPerAccountMax = 100;

// A whole school may come from one address at eight in the morning; successes
// are not counted, so this is how many slips it may make at full speed.
inline constexpr int kAttemptsPerAddressMax = 100;

// How often an attempt is let through beyond these: 30 guesses in a window. Who
// signs in from a new place meanwhile tries again until one of these is theirs.
inline constexpr absl::Duration kSlowedInterval = absl::Seconds(30);

// Pairs that have signed in and are remembered: the staff of the schools of a
// local authority, at home and at work. Some ten megabytes.
inline constexpr size_t kKnownPairsMax = 50'000;

// Safe for concurrent use. Names are kept as hashes, in memory only.
class SignInAttempts {
 public:
  explicit SignInAttempts(size_t known_pairs_max = kKnownPairsMax)
      : known_pairs_max_(known_pairs_max) {}

  // Counts an attempt before it is looked into, so that attempts at the same
  // time count too. A refusal for kTooManyAttempts. The answer does not depend
  // on whether the account exists.
  absl::Status Begin(absl::string_view account, absl::string_view address, absl::Time now);

  // Takes back what Begin has counted, and remembers the pair: the attempt was a
  // success.
  void Succeed(absl::string_view account, absl::string_view address);

  // Takes back what Begin has counted: nobody has looked into the attempt.
  void Withdraw(absl::string_view account, absl::string_view address);

 private:
  struct Count {
    absl::Time window_start;
    int attempts = 0;
    // When the last attempt was let through.
    absl::Time admitted_time;
  };
  struct KnownPair {
    Count count;
    std::list<Hash>::iterator use;
  };

  static bool IsOver(const Count& count, absl::Time now);
  // Begins a new window if the old one is over.
  static void Renew(Count& count, absl::Time now);
  // Counts one more attempt if there may be one: up to `attempts_max` and then
  // one in a while.
  static bool Admit(Count& count, int attempts_max, absl::Time now);

  // The count under `key` in the window of `now`; nullptr when there is no room.
  Count* FindCount(const Hash& key, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static void TakeBack(Count& count);
  void TakeBack(const Hash& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Remember(const Hash& pair) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t known_pairs_max_;

  absl::Mutex mutex_;
  absl::flat_hash_map<Hash, Count> counts_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<Hash, KnownPair> known_ ABSL_GUARDED_BY(mutex_);
  // Of the known pairs; last signed in first.
  std::list<Hash> uses_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_SIGN_IN_ATTEMPTS_H_
