// Keeps something in memory up with the log of every school.

#ifndef SERVICES_RUNTIME_LOG_FOLLOWER_H_
#define SERVICES_RUNTIME_LOG_FOLLOWER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/base/steady_cond_var.h"
#include "storage/event_log.h"

namespace wardbook::runtime {

// Safe for concurrent use.
class LogFollower {
 public:
  // Takes in what a school's log has up to `size` records. Called on a thread of the
  // follower's, again after a delay when it fails.
  using CatchUp = std::function<absl::Status(const SchoolId&, uint64_t size)>;

  // Listens from now on, so that nothing falls between what is read after this and what
  // is told. `log` outlives it, and is told nothing more once it is gone.
  explicit LogFollower(storage::EventLog& log);
  ~LogFollower();

  LogFollower(const LogFollower&) = delete;
  LogFollower& operator=(const LogFollower&) = delete;

  // That the school could not be read: it is tried once it has started.
  void MarkBehind(const SchoolId& school, const absl::Status& why);

  // At most once.
  void Start(CatchUp catch_up);

  // Of the schools whose last try has failed, why.
  std::vector<std::pair<SchoolId, absl::Status>> Failures() const;

 private:
  // Sizes that the log told of and nobody has caught up with; shared with the log's
  // listener, which lives longer than the follower.
  struct Commits {
    absl::Mutex mutex;
    absl::flat_hash_map<SchoolId, uint64_t> sizes ABSL_GUARDED_BY(mutex);
    bool stopping ABSL_GUARDED_BY(mutex) = false;
    SteadyCondVar told;
  };

  void Run(const CatchUp& catch_up);

  const std::shared_ptr<Commits> commits_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, absl::Status> failures_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_LOG_FOLLOWER_H_
