// Keeps the views of all schools as far as the log has come.
//
// A view is folded in batches; its progress is written together with its rows,
// so that it may stop anywhere and go on from there. It is first built, and
// built again, as a new generation beside the one that answers; once that one
// has caught up, it answers and the old one is removed. A version that rose is
// such a build: until it has caught up the rows of the old version answer, as
// they were when the old program last applied a record.
//
// A record that cannot be applied stops its view, and only that: it answers as
// of the record before and says in its status why. Nothing is ever skipped.

#ifndef SERVICES_RUNTIME_PROJECTOR_H_
#define SERVICES_RUNTIME_PROJECTOR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "services/runtime/view.h"
#include "services/runtime/view_applier.h"
#include "services/runtime/view_slot.h"
#include "services/runtime/view_store.h"
#include "storage/base/ids.h"
#include "storage/base/moment.h"
#include "storage/base/steady_cond_var.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"

namespace wardbook::runtime {

// How many records are applied by one write: many enough that the write costs
// little for each, few enough that a reader who waits for one waits a moment.
inline constexpr size_t kProjectedPerBatch = 512;
// The same for a generation that is being built, which nobody waits for: a case changes
// some twenty times in so many records of a school, and its row is made once.
inline constexpr size_t kBuiltPerBatch = 8192;

// How many threads of a projector build, each another school: half of the machine's
// processors, which leaves it to those who wait for answers.
unsigned BuildingThreads();

enum class ViewPhase { kBuilding, kAnswering };

// One generation of a view.
struct ViewStatus {
  SchoolId school;
  std::string view;
  uint32_t version = 0;
  ViewPhase phase = ViewPhase::kBuilding;
  // Records applied, of `log_size`.
  uint64_t applied = 0;
  uint64_t log_size = 0;
  // Why it has stopped; OK while it goes on. UNAVAILABLE is tried again.
  absl::Status failure;
  // A record that it was told of without what it says, because the key is missing:
  // its rows lack the stream. The first since the server was started.
  std::optional<uint64_t> key_missing;
};

// What answers: rows that stay readable for as long as `generation` is held.
struct ViewReading {
  std::shared_ptr<const ViewGeneration> generation;
  // At least so many records are in the rows.
  uint64_t applied = 0;
};

// Safe for concurrent use.
class Projector {
 public:
  // Told that a view answers with more records than before. Called on a thread
  // of the projector's; must not wait.
  using Listener =
      std::function<void(const SchoolId& school, absl::string_view view, uint64_t applied)>;

  // Opens the views of all schools and begins to follow the log. All that is
  // given outlives the projector. Fails as the log and the store do.
  static absl::StatusOr<std::unique_ptr<Projector>> Start(storage::EventLog& log,
                                                          const vault::Vault& vault,
                                                          ViewStore& store,
                                                          std::vector<const View*> views);
  // Stops after the batches under way.
  ~Projector();

  Projector(const Projector&) = delete;
  Projector& operator=(const Projector&) = delete;

  // Waits until the view answers and, if a position is given, until the record
  // there is in its rows. UNAVAILABLE: not before `deadline`, or the view has
  // stopped before that. A refusal for kSeenPositionUnknown, at once: the log has
  // no such record, and who waits for one takes a thread for nothing.
  absl::StatusOr<ViewReading> WaitFor(const SchoolId& school, absl::string_view view,
                                      std::optional<uint64_t> position, Moment deadline);

  // Begins to build the view anew beside the generation that answers, if no
  // build is under way. NOT_FOUND: the school has no record, or there is no such
  // view. Fails as the store does.
  absl::Status Rebuild(const SchoolId& school, absl::string_view view);
  // Waits until no build is under way. UNAVAILABLE: not before `deadline`, or
  // the build has stopped.
  absl::Status WaitForRebuild(const SchoolId& school, absl::string_view view,
                              Moment deadline) const;

  // The hash of the rows that answer. UNAVAILABLE: none do yet.
  absl::StatusOr<ViewHash> StateHash(const SchoolId& school, absl::string_view view);

  // Of all views of all schools.
  std::vector<ViewStatus> Statuses() const;

  // Adds a listener for as long as the projector lives.
  void Listen(Listener listener);

  const ViewStore& store() const { return store_; }

 private:
  // What the log calls; it outlives the projector, as the log does.
  struct Link;

  struct School {
    // Stays as it is.
    SchoolId id;
    uint64_t log_size = 0;
    std::vector<std::unique_ptr<ViewSlot>> slots;
    bool busy = false;
    Trouble trouble;
    // Stands in `gathering_`.
    bool gathering = false;
    // Commits were gathered and wait for a thread; others may gather meanwhile.
    bool gathered = false;
    // So many records somebody has waited for.
    uint64_t awaited_size = 0;
  };

  // A track whose turn it is, in its slot.
  struct Turn {
    ViewSlot* slot = nullptr;
    ViewTrack* track = nullptr;
  };

  // Builds never keep the views that answer waiting: one thread is theirs alone.
  enum class Duty { kAnsweringOnly, kAny };

  // Schools in which there may be something to do, each once, in order of coming, so that
  // a busy one does not keep the others waiting. Thread-compatible.
  class Queue {
   public:
    void PushBack(School& school);
    // Also one that stands further behind.
    void PushFront(School& school);
    // The queue is not empty.
    School& Pop();
    size_t size() const { return order_.size(); }

   private:
    std::deque<School*> order_;
    absl::flat_hash_set<const School*> members_;
  };

  // What a thread does next, without the lock. What it works on is marked busy
  // before.
  using Work = std::function<void()>;

  Projector(storage::EventLog& log, const vault::Vault& vault, ViewStore& store,
            std::vector<const View*> views);

  // Opens the views of the schools that the log has, before there is another thread.
  absl::Status OpenAll() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status OpenAtStart(const SchoolId& school) ABSL_LOCKS_EXCLUDED(mutex_);
  void OnCommit(const SchoolId& school, uint64_t size);
  void Run(Duty duty);
  void RunGathering();
  Queue& StirredFor(Duty duty) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stirred_[static_cast<size_t>(duty)];
  }
  // Nothing when there is nothing to do.
  Work PickWork(Duty duty, Moment now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Work PickInSchool(Duty duty, Moment now, School& school) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The tracks, live or being built, that stand where the first does that is behind the
  // log: they are advanced together, so that a record is read and opened once for all.
  std::vector<Turn> PickTurns(std::unique_ptr<ViewTrack> ViewSlot::*which, Moment now,
                              School& school) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // There may be something to do in this school, in this one before all others for those
  // who build, or in any.
  void Stir(School& school) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void StirFirst(School& school) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void StirAll() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Stirs the school when its commits of some milliseconds are there.
  void Gather(School& school) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Somebody waits for so many records.
  void Await(const SchoolId& school, uint64_t size) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether the views that answer go on now: their commits are gathered, somebody waits
  // for them, or there are enough for a batch.
  static bool MayTakeIn(Moment now, const School& school);

  void OpenSchool(School& school, uint64_t log_size) ABSL_LOCKS_EXCLUDED(mutex_);
  void Advance(const std::vector<Turn>& turns, uint64_t first, uint64_t log_size,
               size_t batch_records) ABSL_LOCKS_EXCLUDED(mutex_);
  void Swap(ViewSlot& slot) ABSL_LOCKS_EXCLUDED(mutex_);
  // Lets go of the folds that were not used for longest, if there are too many.
  void ForgetFolds() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  void Tell(const ViewGeneration& generation, uint64_t applied) ABSL_LOCKS_EXCLUDED(mutex_);

  ViewSlot* FindSlot(const SchoolId& school, absl::string_view view) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  storage::EventLog& log_;
  ViewStore& store_;
  const ViewApplier applier_;
  const std::vector<const View*> views_;
  const std::shared_ptr<Link> link_;

  mutable absl::Mutex mutex_;
  // There may be something to do.
  SteadyCondVar work_;
  // The first of those whose commits are gathered is there.
  absl::CondVar gathering_begun_;
  // Something has come further or has stopped.
  mutable SteadyCondVar progress_;
  std::map<SchoolId, School> schools_ ABSL_GUARDED_BY(mutex_);
  // For the threads of each duty, which pass over a school by themselves.
  std::array<Queue, 2> stirred_ ABSL_GUARDED_BY(mutex_);
  // Those whose commits are gathered.
  std::vector<School*> gathering_ ABSL_GUARDED_BY(mutex_);
  // When all schools are stirred next.
  Moment next_stir_ ABSL_GUARDED_BY(mutex_) = Moment::min();
  uint64_t turns_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<Listener> listeners_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // Last, so that they start when all they use is there.
  std::vector<std::thread> threads_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_PROJECTOR_H_
