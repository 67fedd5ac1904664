// The record of what was refused to whom, under which clause. A refusal about a
// case that the person may see, or saw when it was decided, stands in the access stream of
// the case, where those who handle it read it; every other one in a stream of the school, which
// is the auditor's to read. So what names a case that is hidden from the person
// and what names none are recorded alike, in the same place and with the same
// work; and there no reference is kept, because who reads it may be the one from
// whom the case is.

#ifndef SERVICES_RUNTIME_REFUSAL_LOG_H_
#define SERVICES_RUNTIME_REFUSAL_LOG_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/runtime/access_streams.h"
#include "services/runtime/caller.h"
#include "services/runtime/delayed_work.h"
#include "services/runtime/refusal.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/ids.h"
#include "storage/base/moment.h"
#include "storage/crypto/secret.h"
#include "storage/event_log.h"

namespace wardbook::runtime {

// The school's stream of refusals.
inline constexpr char kRefusalsStream[] = "refusals";

// How many refusals of one person are recorded as they come within kRefusalWindow: no
// person who works with the program meets so many.
inline constexpr int kRefusalsAtOnceMax = 5'000;
inline constexpr std::chrono::hours kRefusalWindow(1);
// From then on a refusal is recorded, and answered, so long after the one before, so
// that a program which sends in a loop what is refused must not fill the disk: at some
// 600 bytes each both together are 5 MB an hour.
inline constexpr std::chrono::milliseconds kRefusalPause{1'000};
// How many of one person wait for that before their next call is not taken: each holds
// a place among the calls under way, which others need.
inline constexpr int kRefusalsWaitingMax = 16;

// A call that was refused.
struct RefusedCall {
  Caller caller;
  absl::Time now;
  // Such as "CaseService.CloseCase".
  std::string method;
};

// Safe for concurrent use.
class RefusalLog {
 public:
  // The access streams of cases. May read the log.
  struct CaseStreams {
    // Of a case that the caller may see; nothing for every other text.
    std::function<std::optional<std::string>(const Caller&, absl::string_view case_ref)> of_seen;
    // Of any case of the school; nothing for every other text.
    std::function<std::optional<std::string>(const SchoolId&, absl::string_view case_ref)> of_any;
  };

  // How fast the refusals of one person are recorded.
  struct Pace {
    int at_once = kRefusalsAtOnceMax;
    std::chrono::milliseconds pause = kRefusalPause;
  };

  // How many there were of a school since the server was started.
  struct Counts {
    uint64_t recorded = 0;
    // Nothing could be recorded then.
    uint64_t counted = 0;
  };

  // The first two outlive it, and `done` of each refusal was called before it ends. `root` is a
  // secret of the server's, the same after every start.
  RefusalLog(AccessStreams& streams, WorkerPool& workers, const crypto::Secret& root,
             CaseStreams case_streams, Pace pace);
  RefusalLog(AccessStreams& streams, WorkerPool& workers, const crypto::Secret& root,
             CaseStreams case_streams);

  // Calls `done` once, here or on another thread, when the refusal is durable, was
  // so before under the same request id, or is not to be recorded: because nobody
  // decided against anything, as when two people were at it at the same time, or
  // because nothing can be recorded now.
  void Record(RefusedCall call, const absl::Status& refusal, absl::AnyInvocable<void()> done);

  // Whether so many refusals of the person wait for their turn that nothing more should
  // be taken from them.
  bool HasTooManyWaiting(const SchoolId& school, const PersonId& person) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Nobody waits for their turn any more: the server ends.
  void Hurry() { delayed_.Hurry(); }

  Counts CountsOf(const SchoolId& school) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  using Key = std::pair<SchoolId, PersonId>;
  struct Window {
    Moment began;
    int recorded = 0;
    // When the next one is recorded, once there were too many.
    Moment next;
    int waiting = 0;
    // That could not be recorded and no record says yet.
    uint64_t counted = 0;
  };

  // When the next refusal of the person is recorded; nothing for at once.
  std::optional<Moment> TakeTurn(const Key& person) ABSL_LOCKS_EXCLUDED(mutex_);
  // Where a refusal is recorded.
  std::string StreamOf(const Caller& caller, const RefusedRequest& request) const;
  // What was counted and not recorded of the person, which the next record says.
  uint64_t TakeCounted(const Key& person) ABSL_LOCKS_EXCLUDED(mutex_);
  // Of one whose record says that `counted` before it were not recorded.
  void Count(const Key& person, uint64_t counted, const absl::StatusOr<storage::Appended>& appended)
      ABSL_LOCKS_EXCLUDED(mutex_);
  void Append(RefusedCall call, const absl::Status& refusal, absl::AnyInvocable<void()> done);
  // The id under which a refusal is recorded: the same request refused for the same
  // reason has the same one, and shares none with what the request may come to when
  // it is sent again and is accepted. Nobody outside of the server can tell it
  // beforehand and use it up for a request of their own.
  RequestId IdOf(const RefusedCall& call, const RefusedRequest& request,
                 absl::string_view code) const;

  AccessStreams& streams_;
  WorkerPool& workers_;
  const crypto::Secret id_key_;
  const CaseStreams case_streams_;
  const Pace pace_;

  mutable absl::Mutex mutex_;
  // Of those who were refused something within the window, and of those with
  // something that no record says yet: no more than a school has people.
  absl::flat_hash_map<Key, Window> windows_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<SchoolId, Counts> counts_ ABSL_GUARDED_BY(mutex_);
  // Last, because what waits uses all of the above.
  DelayedWork delayed_;
};

// "CaseService.CloseCase" of a signature such as
// "virtual T* wardbook::casework::CaseService::CloseCase(U*)".
std::string MethodOfSignature(absl::string_view signature);

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_REFUSAL_LOG_H_
