#include "services/runtime/projector.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/runtime/refusal.h"
#include "services/runtime/retry_delay.h"
#include "storage/base/side_by_side.h"
#include "storage/base/status_macros.h"

namespace wardbook::runtime {
namespace {

// For how long, at the most, commits are gathered that nobody waits for: a case's row is made and
// written once for all of them. Nobody notices that a change of another's shows so much later; who
// has changed something waits for their own position, and that is taken in at once.
constexpr std::chrono::milliseconds kGatherTime(25);

// As many batches are in memory.
constexpr unsigned kBuildersMax = 4;

// How many folds of views that answer are kept between two batches; it is looked after
// once in as many batches. Each holds some cases, of a few KiB; a view whose fold was let
// go reads the cases that change next from the log again.
constexpr size_t kFoldsMax = 64;

}  // namespace

unsigned BuildingThreads() {
  return std::clamp(std::thread::hardware_concurrency() / 2, 1u, kBuildersMax);
}

struct Projector::Link {
  absl::Mutex mutex;
  Projector* projector ABSL_GUARDED_BY(mutex) = nullptr;
};

Projector::Projector(storage::EventLog& log, const vault::Vault& vault, ViewStore& store,
                     std::vector<const View*> views)
    : log_(log),
      store_(store),
      applier_(log, vault, store),
      views_(std::move(views)),
      link_(std::make_shared<Link>()) {}

absl::StatusOr<std::unique_ptr<Projector>> Projector::Start(storage::EventLog& log,
                                                            const vault::Vault& vault,
                                                            ViewStore& store,
                                                            std::vector<const View*> views) {
  auto projector = std::unique_ptr<Projector>(new Projector(log, vault, store, std::move(views)));
  Projector& self = *projector;
  {
    absl::MutexLock lock(&self.link_->mutex);
    self.link_->projector = &self;
  }
  // Listened to first, so that no commit falls between the two.
  log.Listen([link = self.link_](const SchoolId& school, uint64_t size) {
    absl::MutexLock lock(&link->mutex);
    if (link->projector != nullptr) link->projector->OnCommit(school, size);
  });
  WARDBOOK_RETURN_IF_ERROR(self.OpenAll());
  {
    absl::MutexLock lock(&self.mutex_);
    self.StirAll();
  }
  self.threads_.emplace_back([&self] { self.RunGathering(); });
  self.threads_.emplace_back([&self] { self.Run(Duty::kAnsweringOnly); });
  for (unsigned i = 0; i < BuildingThreads(); ++i) {
    self.threads_.emplace_back([&self] { self.Run(Duty::kAny); });
  }
  return projector;
}

absl::Status Projector::OpenAll() {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log_.ListSchools());
  std::vector<absl::Status> opened(schools.size());
  SideBySide(schools.size(), [&](size_t i) { opened[i] = OpenAtStart(schools[i]); });
  absl::Status failure;
  for (const absl::Status& status : opened) failure.Update(status);
  return failure;
}

absl::Status Projector::OpenAtStart(const SchoolId& school) {
  const absl::StatusOr<storage::TreeHead> head = log_.Head(school);
  // A school whose log is damaged stands still by itself, its views as they are.
  if (absl::IsDataLoss(head.status())) return absl::OkStatus();
  WARDBOOK_RETURN_IF_ERROR(head.status());
  OnCommit(school, head->size);
  std::vector<std::unique_ptr<ViewSlot>> slots;
  for (const View* view : views_) {
    WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<ViewSlot> slot,
                              ViewSlot::Open(store_, school, *view, head->size));
    slots.push_back(std::move(slot));
  }
  absl::MutexLock lock(&mutex_);
  schools_.at(school).slots = std::move(slots);
  return absl::OkStatus();
}

Projector::~Projector() {
  {
    absl::MutexLock lock(&link_->mutex);
    link_->projector = nullptr;
  }
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    work_.SignalAll();
    gathering_begun_.SignalAll();
    progress_.SignalAll();
  }
  for (std::thread& thread : threads_) thread.join();
}

void Projector::OnCommit(const SchoolId& school, uint64_t size) {
  absl::MutexLock lock(&mutex_);
  const auto [found, is_new] = schools_.try_emplace(school);
  School& grown = found->second;
  // Whoever opens the school reads it without the lock.
  if (is_new) grown.id = school;
  const bool awaited = grown.awaited_size > grown.log_size;
  grown.log_size = std::max(grown.log_size, size);
  if (is_new || awaited) {
    Stir(grown);
    work_.SignalAll();
  } else {
    Gather(grown);
  }
}

void Projector::Queue::PushBack(School& school) {
  if (members_.insert(&school).second) order_.push_back(&school);
}

void Projector::Queue::PushFront(School& school) {
  if (!members_.insert(&school).second) {
    order_.erase(std::find(order_.begin(), order_.end(), &school));
  }
  order_.push_front(&school);
}

Projector::School& Projector::Queue::Pop() {
  School& school = *order_.front();
  order_.pop_front();
  members_.erase(&school);
  return school;
}

void Projector::Stir(School& school) {
  for (Queue& queue : stirred_) queue.PushBack(school);
}

void Projector::StirFirst(School& school) {
  StirredFor(Duty::kAny).PushFront(school);
  StirredFor(Duty::kAnsweringOnly).PushBack(school);
}

void Projector::Gather(School& school) {
  if (std::exchange(school.gathering, true)) return;
  if (gathering_.empty()) gathering_begun_.Signal();
  gathering_.push_back(&school);
}

void Projector::RunGathering() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      while (gathering_.empty() && !stopping_) gathering_begun_.Wait(&mutex_);
      if (stopping_) return;
    }
    std::this_thread::sleep_for(kGatherTime);
    absl::MutexLock lock(&mutex_);
    for (School* const school : std::exchange(gathering_, {})) {
      school->gathering = false;
      school->gathered = true;
      Stir(*school);
    }
    work_.SignalAll();
  }
}

void Projector::StirAll() {
  for (auto& [id, school] : schools_) Stir(school);
}

void Projector::Run(Duty duty) {
  for (;;) {
    Work work;
    {
      absl::MutexLock lock(&mutex_);
      while (!stopping_) {
        // For what waits to be tried again, and for generations that somebody was still
        // reading, however much there is to do meanwhile.
        const Moment now = std::chrono::steady_clock::now();
        if (now >= next_stir_) {
          next_stir_ = now + kRetryDelayMin;
          StirAll();
        }
        if ((work = PickWork(duty, now))) break;
        work_.WaitUntil(mutex_, next_stir_);
      }
      if (stopping_) return;
    }
    work();
    absl::MutexLock lock(&mutex_);
    progress_.SignalAll();
    if (std::any_of(stirred_.begin(), stirred_.end(),
                    [](const Queue& queue) { return queue.size() > 0; })) {
      work_.SignalAll();
    }
  }
}

Projector::Work Projector::PickWork(Duty duty, Moment now) {
  Queue& stirred = StirredFor(duty);
  while (stirred.size() > 0) {
    School& school = stirred.Pop();
    Work work = PickInSchool(duty, now, school);
    if (!work) continue;
    // It may have something to do for another thread, and has when this work is done.
    Stir(school);
    return work;
  }
  return nullptr;
}

Projector::Work Projector::PickInSchool(Duty duty, Moment now, School& school) {
  if (school.slots.empty() && !views_.empty()) {
    if (school.busy || !school.trouble.MayGoOn(now)) return nullptr;
    school.busy = true;
    return [this, &school, log_size = school.log_size] { OpenSchool(school, log_size); };
  }
  for (const std::unique_ptr<ViewSlot>& slot : school.slots) {
    ViewTrack* const live = slot->live.get();
    ViewTrack* const building = slot->building.get();
    // What has caught up answers, unless a thread is at either of the two.
    if (building != nullptr && !building->busy && building->trouble.MayGoOn(now) &&
        (live == nullptr || !live->busy) &&
        (building->applied >= school.log_size ||
         (live != nullptr && building->applied >= live->applied))) {
      building->busy = true;
      if (live != nullptr) live->busy = true;
      return [this, &slot = *slot] { Swap(slot); };
    }
  }
  const auto advance = [this, &school](std::vector<Turn> turns, size_t batch_records) -> Work {
    const uint64_t first = turns.front().track->applied;
    return [this, turns = std::move(turns), first, log_size = school.log_size, batch_records] {
      Advance(turns, first, log_size, batch_records);
    };
  };
  if (MayTakeIn(now, school)) {
    if (std::vector<Turn> turns = PickTurns(&ViewSlot::live, now, school); !turns.empty()) {
      school.gathered = false;
      return advance(std::move(turns), kProjectedPerBatch);
    }
  }
  if (duty == Duty::kAnsweringOnly) return nullptr;
  if (std::vector<Turn> turns = PickTurns(&ViewSlot::building, now, school); !turns.empty()) {
    return advance(std::move(turns), kBuiltPerBatch);
  }
  for (const std::unique_ptr<ViewSlot>& slot : school.slots) {
    const auto unread = std::find_if(slot->retired.begin(), slot->retired.end(),
                                     [](const auto& retired) { return retired.use_count() == 1; });
    if (unread == slot->retired.end()) continue;
    const std::shared_ptr<const ViewGeneration> generation = std::move(*unread);
    slot->retired.erase(unread);
    // What a failure leaves behind is found again at the next start.
    return [this, generation] { store_.Remove(*generation).IgnoreError(); };
  }
  return nullptr;
}

bool Projector::MayTakeIn(Moment now, const School& school) {
  if (!school.gathering || school.gathered) return true;
  return std::any_of(school.slots.begin(), school.slots.end(), [&](const auto& slot) {
    const ViewTrack* const live = slot->live.get();
    return live != nullptr && live->trouble.MayGoOn(now) &&
           (live->applied < school.awaited_size ||
            live->applied + kProjectedPerBatch <= school.log_size);
  });
}

std::vector<Projector::Turn> Projector::PickTurns(std::unique_ptr<ViewTrack> ViewSlot::*which,
                                                  Moment now, School& school) {
  std::vector<Turn> turns;
  for (const std::unique_ptr<ViewSlot>& slot : school.slots) {
    ViewTrack* const track = (*slot.*which).get();
    if (track == nullptr || track->busy || !track->trouble.MayGoOn(now) ||
        track->applied >= school.log_size) {
      continue;
    }
    if (!turns.empty() && track->applied != turns.front().track->applied) continue;
    track->busy = true;
    turns.push_back({slot.get(), track});
  }
  return turns;
}

void Projector::OpenSchool(School& school, uint64_t log_size) {
  std::vector<std::unique_ptr<ViewSlot>> slots;
  absl::Status failure;
  for (const View* view : views_) {
    absl::StatusOr<std::unique_ptr<ViewSlot>> slot =
        ViewSlot::Open(store_, school.id, *view, log_size);
    failure.Update(slot.status());
    if (slot.ok()) slots.push_back(*std::move(slot));
  }
  absl::MutexLock lock(&mutex_);
  school.busy = false;
  school.trouble.Take(failure, std::chrono::steady_clock::now());
  if (failure.ok()) school.slots = std::move(slots);
  Stir(school);
}

void Projector::Advance(const std::vector<Turn>& turns, uint64_t first, uint64_t log_size,
                        size_t batch_records) {
  std::vector<ViewTrack*> tracks;
  for (const Turn& turn : turns) tracks.push_back(turn.track);
  // Only this thread changes the progress of tracks that are busy.
  const std::vector<absl::StatusOr<ViewApplier::Applied>> applied =
      applier_.Apply(tracks, first, std::min<uint64_t>(log_size, first + batch_records));
  std::vector<std::pair<ViewGeneration, uint64_t>> told;
  {
    absl::MutexLock lock(&mutex_);
    const Moment now = std::chrono::steady_clock::now();
    ++turns_;
    for (size_t i = 0; i < turns.size(); ++i) {
      ViewTrack& track = *turns[i].track;
      track.busy = false;
      track.fold_used = turns_;
      track.trouble.Take(applied[i].status(), now);
      if (!applied[i].ok()) continue;
      track.applied = applied[i]->size;
      if (!track.key_missing.has_value()) track.key_missing = applied[i]->key_missing;
      if (&track != turns[i].slot->live.get()) continue;
      turns[i].slot->answering_applied = track.applied;
      told.emplace_back(track.generation, track.applied);
    }
    if (turns_ % kFoldsMax == 0) ForgetFolds();
    School& school = schools_.at(turns.front().track->generation.school);
    // A build goes on before another begins: each has a fold in memory.
    const bool builds = turns.front().track == turns.front().slot->building.get();
    builds ? StirFirst(school) : Stir(school);
  }
  for (const auto& [generation, size] : told) Tell(generation, size);
}

void Projector::ForgetFolds() {
  std::vector<ViewTrack*> folded;
  for (auto& [id, school] : schools_) {
    for (const std::unique_ptr<ViewSlot>& slot : school.slots) {
      ViewTrack* const live = slot->live.get();
      if (live != nullptr && !live->busy && live->fold != nullptr) folded.push_back(live);
    }
  }
  if (folded.size() <= kFoldsMax) return;
  const auto kept = folded.begin() + kFoldsMax;
  std::nth_element(folded.begin(), kept, folded.end(), [](const ViewTrack* a, const ViewTrack* b) {
    return a->fold_used > b->fold_used;
  });
  for (auto track = kept; track != folded.end(); ++track) (*track)->fold.reset();
}

void Projector::Swap(ViewSlot& slot) {
  // Both tracks are busy, so that nobody else moves them.
  const absl::Status activated = store_.Activate(slot.building->generation);
  std::shared_ptr<const ViewGeneration> answering;
  uint64_t applied = 0;
  {
    absl::MutexLock lock(&mutex_);
    slot.building->busy = false;
    if (slot.live != nullptr) slot.live->busy = false;
    slot.building->trouble.Take(activated, std::chrono::steady_clock::now());
    // What else of the school was built follows before another build begins.
    StirFirst(schools_.at(slot.building->generation.school));
    if (!activated.ok()) return;
    if (slot.answering != nullptr) slot.retired.push_back(std::move(slot.answering));
    slot.live = std::move(slot.building);
    slot.live->use = FoldUse::kAnswering;
    // What it was built of is past; what changes next is read again.
    slot.live->fold.reset();
    slot.answering = std::make_shared<const ViewGeneration>(slot.live->generation);
    slot.answering_version = slot.view->version();
    slot.answering_applied = slot.live->applied;
    answering = slot.answering;
    applied = slot.answering_applied;
  }
  Tell(*answering, applied);
}

void Projector::Tell(const ViewGeneration& generation, uint64_t applied) {
  std::vector<Listener> listeners;
  {
    absl::MutexLock lock(&mutex_);
    listeners = listeners_;
    progress_.SignalAll();
  }
  for (const Listener& listener : listeners) listener(generation.school, generation.view, applied);
}

void Projector::Await(const SchoolId& school, uint64_t size) {
  const auto found = schools_.find(school);
  if (found == schools_.end() || found->second.awaited_size >= size) return;
  found->second.awaited_size = size;
  Stir(found->second);
  work_.SignalAll();
}

ViewSlot* Projector::FindSlot(const SchoolId& school, absl::string_view view) const {
  const auto found = schools_.find(school);
  if (found == schools_.end()) return nullptr;
  for (const std::unique_ptr<ViewSlot>& slot : found->second.slots) {
    if (slot->view->name() == view) return slot.get();
  }
  return nullptr;
}

absl::StatusOr<ViewReading> Projector::WaitFor(const SchoolId& school, absl::string_view view,
                                               std::optional<uint64_t> position, Moment deadline) {
  // Stopped for good, as opposed to what is tried again.
  const auto stopped = [](const std::unique_ptr<ViewTrack>& track) {
    return track != nullptr && !track->trouble.failure.ok() &&
           !absl::IsUnavailable(track->trouble.failure);
  };
  if (position.has_value()) {
    // Of the log itself: what it has just acknowledged it has told nobody yet.
    const absl::StatusOr<storage::TreeHead> head = log_.Head(school);
    if (head.ok() && *position >= head->size) {
      return Refuse(kernel::Reason::kSeenPositionUnknown);
    }
  }
  absl::MutexLock lock(&mutex_);
  for (;;) {
    const ViewSlot* const slot = FindSlot(school, view);
    if (slot != nullptr && slot->answering != nullptr &&
        (!position.has_value() || slot->answering_applied > *position)) {
      return ViewReading{slot->answering, slot->answering_applied};
    }
    if (slot != nullptr && (slot->live == nullptr || stopped(slot->live)) &&
        (slot->building == nullptr || stopped(slot->building))) {
      return absl::UnavailableError(absl::StrCat("view ", view, " has stopped"));
    }
    if (stopping_ || std::chrono::steady_clock::now() >= deadline) {
      return absl::UnavailableError(absl::StrCat("view ", view, " has not come so far"));
    }
    if (position.has_value()) Await(school, *position + 1);
    progress_.WaitUntil(mutex_, deadline);
  }
}

absl::Status Projector::Rebuild(const SchoolId& school, absl::string_view view) {
  absl::MutexLock lock(&mutex_);
  ViewSlot* const slot = FindSlot(school, view);
  if (slot == nullptr) return absl::NotFoundError("there is no such view");
  if (slot->building != nullptr) {
    if (slot->building->busy || slot->building->trouble.failure.ok()) return absl::OkStatus();
    slot->retired.push_back(std::make_shared<const ViewGeneration>(slot->building->generation));
  }
  slot->Build(school);
  Stir(schools_.at(school));
  work_.SignalAll();
  return absl::OkStatus();
}

absl::Status Projector::WaitForRebuild(const SchoolId& school, absl::string_view view,
                                       Moment deadline) const {
  absl::MutexLock lock(&mutex_);
  for (;;) {
    const ViewSlot* const slot = FindSlot(school, view);
    if (slot == nullptr) return absl::NotFoundError("there is no such view");
    if (slot->building == nullptr) return absl::OkStatus();
    const absl::Status& failure = slot->building->trouble.failure;
    if (!failure.ok() && !absl::IsUnavailable(failure)) {
      return absl::UnavailableError(absl::StrCat("view ", view, " has stopped"));
    }
    if (stopping_ || std::chrono::steady_clock::now() >= deadline) {
      return absl::UnavailableError(absl::StrCat("view ", view, " is still being built"));
    }
    progress_.WaitUntil(mutex_, deadline);
  }
}

absl::StatusOr<ViewHash> Projector::StateHash(const SchoolId& school, absl::string_view view) {
  WARDBOOK_ASSIGN_OR_RETURN(const ViewReading reading,
                            WaitFor(school, view, std::nullopt, Moment::min()));
  return store_.HashRows(*reading.generation);
}

std::vector<ViewStatus> Projector::Statuses() const {
  absl::MutexLock lock(&mutex_);
  std::vector<ViewStatus> statuses;
  for (const auto& [id, school] : schools_) {
    if (!school.trouble.failure.ok()) {
      for (const View* view : views_) {
        statuses.push_back({id, std::string(view->name()), view->version(), ViewPhase::kBuilding, 0,
                            school.log_size, school.trouble.failure, std::nullopt});
      }
    }
    for (const std::unique_ptr<ViewSlot>& slot : school.slots) {
      const std::string name(slot->view->name());
      if (slot->answering != nullptr) {
        statuses.push_back({id, name, slot->answering_version, ViewPhase::kAnswering,
                            slot->answering_applied, school.log_size,
                            slot->live == nullptr ? absl::OkStatus() : slot->live->trouble.failure,
                            slot->live == nullptr ? std::nullopt : slot->live->key_missing});
      }
      if (slot->building != nullptr) {
        statuses.push_back({id, name, slot->view->version(), ViewPhase::kBuilding,
                            slot->building->applied, school.log_size,
                            slot->building->trouble.failure, slot->building->key_missing});
      }
    }
  }
  return statuses;
}

void Projector::Listen(Listener listener) {
  absl::MutexLock lock(&mutex_);
  listeners_.push_back(std::move(listener));
}

}  // namespace wardbook::runtime
