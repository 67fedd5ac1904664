#include "services/runtime/projector.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/runtime/refusal.h"
#include "services/runtime/retry_delay.h"
#include "spdlog/spdlog.h"
#include "storage/base/status_macros.h"
#include "storage/record/record.h"

namespace wardbook::runtime {
namespace {

absl::Status WithPlace(const absl::Status& status, const ViewGeneration& generation,
                       uint64_t position) {
  return absl::Status(status.code(), absl::StrCat("view ", generation.view, " at record ", position,
                                                  ": ", status.message()));
}

}  // namespace

struct Projector::Link {
  absl::Mutex mutex;
  Projector* projector ABSL_GUARDED_BY(mutex) = nullptr;
};

void Projector::Trouble::Take(const absl::Status& outcome, absl::Time now) {
  failure = outcome;
  failures = outcome.ok() ? 0 : failures + 1;
  if (!outcome.ok()) retry_time = now + RetryDelay(failures);
}

bool Projector::Trouble::MayGoOn(absl::Time now) const {
  return failure.ok() || (absl::IsUnavailable(failure) && now >= retry_time);
}

Projector::Projector(storage::EventLog& log, const vault::Vault& vault, ViewStore& store,
                     std::vector<const View*> views)
    : log_(log),
      vault_(vault),
      store_(store),
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
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log.ListSchools());
  for (const SchoolId& school : schools) {
    const absl::StatusOr<storage::TreeHead> head = log.Head(school);
    // A school whose log is damaged stands still by itself, its views as they are.
    if (absl::IsDataLoss(head.status())) continue;
    WARDBOOK_RETURN_IF_ERROR(head.status());
    self.OnCommit(school, head->size);
    std::vector<std::unique_ptr<Slot>> slots;
    for (const View* view : self.views_) {
      WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<Slot> slot,
                                self.OpenSlot(school, *view, head->size));
      slots.push_back(std::move(slot));
    }
    absl::MutexLock lock(&self.mutex_);
    self.schools_[school].slots = std::move(slots);
  }
  for (const Duty duty : {Duty::kAnsweringOnly, Duty::kAny}) {
    self.threads_.emplace_back([&self, duty] { self.Run(duty); });
  }
  return projector;
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
    progress_.SignalAll();
  }
  for (std::thread& thread : threads_) thread.join();
}

void Projector::OnCommit(const SchoolId& school, uint64_t size) {
  absl::MutexLock lock(&mutex_);
  uint64_t& log_size = schools_[school].log_size;
  log_size = std::max(log_size, size);
  work_.SignalAll();
}

std::unique_ptr<Projector::Track> Projector::NewTrack(const View& view, const SchoolId& school,
                                                      uint64_t number, uint64_t applied) {
  auto track = std::make_unique<Track>();
  track->view = &view;
  track->generation = {school, std::string(view.name()), number};
  track->applied = applied;
  return track;
}

absl::StatusOr<std::unique_ptr<Projector::Slot>> Projector::OpenSlot(const SchoolId& school,
                                                                     const View& view,
                                                                     uint64_t log_size) const {
  absl::StatusOr<std::unique_ptr<Slot>> stored = OpenStoredSlot(school, view, log_size);
  if (!absl::IsDataLoss(stored.status())) return stored;
  spdlog::warn("view {} of school {} is damaged and is built anew: {}", std::string(view.name()),
               school.Hex(), stored.status().ToString());
  auto slot = std::make_unique<Slot>();
  slot->view = &view;
  // Which numbers are taken cannot be read. None of those counted from 1 is as large,
  // nor is that of an earlier start.
  const auto number = static_cast<uint64_t>(absl::ToUnixMicros(absl::Now()));
  slot->building = NewTrack(view, school, number, 0);
  slot->next_number = number + 1;
  return slot;
}

absl::StatusOr<std::unique_ptr<Projector::Slot>> Projector::OpenStoredSlot(
    const SchoolId& school, const View& view, uint64_t log_size) const {
  auto slot = std::make_unique<Slot>();
  slot->view = &view;
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<uint64_t> active,
                            store_.FindActive(school, view.name()));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers,
                            store_.ListGenerations(school, view.name()));
  for (const uint64_t number : numbers) {
    slot->next_number = number + 1;
    auto generation = std::make_shared<const ViewGeneration>(
        ViewGeneration{school, std::string(view.name()), number});
    const absl::StatusOr<std::optional<ViewProgress>> found = store_.FindProgress(*generation);
    if (!found.ok() && !absl::IsDataLoss(found.status())) return found.status();
    const std::optional<ViewProgress> progress = found.value_or(std::nullopt);
    // A generation without progress is one whose removal a crash has cut short, or is
    // damaged, and one that is ahead was folded from a log that is no more.
    if (!progress.has_value() || progress->applied > log_size) {
      slot->retired.push_back(std::move(generation));
    } else if (number == active) {
      slot->answering = std::move(generation);
      slot->answering_version = progress->version;
      slot->answering_applied = progress->applied;
      if (progress->version == view.version()) {
        slot->live = NewTrack(view, school, number, progress->applied);
      }
    } else if (progress->version == view.version() && slot->building == nullptr) {
      slot->building = NewTrack(view, school, number, progress->applied);
    } else {
      slot->retired.push_back(std::move(generation));
    }
  }
  if (slot->live == nullptr && slot->building == nullptr) {
    slot->building = NewTrack(view, school, slot->next_number++, 0);
  }
  return slot;
}

void Projector::Run(Duty duty) {
  for (;;) {
    Work work;
    {
      absl::MutexLock lock(&mutex_);
      while (!stopping_ && !(work = PickWork(duty, absl::Now()))) {
        // The time-out is for what waits to be tried again, and for generations
        // that somebody was still reading.
        work_.WaitWithTimeout(&mutex_, kRetryDelayMin);
      }
      if (stopping_) return;
    }
    work();
    absl::MutexLock lock(&mutex_);
    progress_.SignalAll();
    work_.SignalAll();
  }
}

Projector::Work Projector::PickWork(Duty duty, absl::Time now) {
  for (auto& [id, school] : schools_) {
    if (school.slots.empty() && !views_.empty()) {
      if (school.busy || !school.trouble.MayGoOn(now)) continue;
      school.busy = true;
      return [this, &id = id, &school = school, log_size = school.log_size] {
        OpenSchool(id, school, log_size);
      };
    }
    for (const std::unique_ptr<Slot>& slot : school.slots) {
      if (Work work = PickInSlot(duty, now, school.log_size, *slot)) return work;
    }
  }
  return nullptr;
}

Projector::Work Projector::PickInSlot(Duty duty, absl::Time now, uint64_t log_size, Slot& slot) {
  const auto may_go_on = [now](const Track* track) {
    return track != nullptr && !track->busy && track->trouble.MayGoOn(now);
  };
  const auto advance = [this, &slot, log_size](Track& track) -> Work {
    track.busy = true;
    return [this, &slot, &track, log_size] { Advance(slot, track, log_size); };
  };
  Track* const live = slot.live.get();
  Track* const building = slot.building.get();
  // What has caught up answers, unless a thread is at either of the two.
  if (may_go_on(building) && (live == nullptr || !live->busy) &&
      (building->applied >= log_size || (live != nullptr && building->applied >= live->applied))) {
    building->busy = true;
    if (live != nullptr) live->busy = true;
    return [this, &slot] { Swap(slot); };
  }
  if (may_go_on(live) && live->applied < log_size) return advance(*live);
  if (duty == Duty::kAnsweringOnly) return nullptr;
  if (may_go_on(building) && building->applied < log_size) return advance(*building);
  const auto unread = std::find_if(slot.retired.begin(), slot.retired.end(),
                                   [](const auto& retired) { return retired.use_count() == 1; });
  if (unread == slot.retired.end()) return nullptr;
  const std::shared_ptr<const ViewGeneration> generation = std::move(*unread);
  slot.retired.erase(unread);
  // What a failure leaves behind is found again at the next start.
  return [this, generation] { store_.Remove(*generation).IgnoreError(); };
}

void Projector::OpenSchool(const SchoolId& id, School& school, uint64_t log_size) {
  std::vector<std::unique_ptr<Slot>> slots;
  absl::Status failure;
  for (const View* view : views_) {
    absl::StatusOr<std::unique_ptr<Slot>> slot = OpenSlot(id, *view, log_size);
    failure.Update(slot.status());
    if (slot.ok()) slots.push_back(*std::move(slot));
  }
  absl::MutexLock lock(&mutex_);
  school.busy = false;
  school.trouble.Take(failure, absl::Now());
  if (failure.ok()) school.slots = std::move(slots);
}

void Projector::Advance(Slot& slot, Track& track, uint64_t log_size) {
  // Only this thread changes a busy track's progress.
  const absl::StatusOr<Applied> applied = ApplyBatch(track, track.applied, log_size);
  if (!applied.ok()) track.fold.reset();
  {
    absl::MutexLock lock(&mutex_);
    track.busy = false;
    track.trouble.Take(applied.status(), absl::Now());
    if (!applied.ok()) return;
    track.applied = applied->size;
    if (!track.key_missing.has_value()) track.key_missing = applied->key_missing;
    if (&track != slot.live.get()) return;
    slot.answering_applied = applied->size;
  }
  Tell(track.generation, applied->size);
}

void Projector::Swap(Slot& slot) {
  // Both tracks are busy, so that nobody else moves them.
  const absl::Status activated = store_.Activate(slot.building->generation);
  std::shared_ptr<const ViewGeneration> answering;
  uint64_t applied = 0;
  {
    absl::MutexLock lock(&mutex_);
    slot.building->busy = false;
    if (slot.live != nullptr) slot.live->busy = false;
    slot.building->trouble.Take(activated, absl::Now());
    if (!activated.ok()) return;
    if (slot.answering != nullptr) slot.retired.push_back(std::move(slot.answering));
    slot.live = std::move(slot.building);
    slot.answering = std::make_shared<const ViewGeneration>(slot.live->generation);
    slot.answering_version = slot.view->version();
    slot.answering_applied = slot.live->applied;
    answering = slot.answering;
    applied = slot.answering_applied;
  }
  Tell(*answering, applied);
}

absl::StatusOr<Projector::Applied> Projector::ApplyBatch(Track& track, uint64_t first,
                                                         uint64_t log_size) const {
  const auto limit = static_cast<size_t>(std::min<uint64_t>(log_size - first, kProjectedPerBatch));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> records,
                            log_.ReadLog(track.generation.school, first, limit));
  if (records.empty()) {
    return WithPlace(absl::DataLossError("the log ends here"), track.generation, first);
  }
  if (track.fold == nullptr) track.fold = track.view->NewFold(track.generation.school);
  ViewBatch batch(store_, track.generation);
  Applied applied;
  applied.size = first;
  for (const storage::StoredRecord& stored : records) {
    absl::Status status = stored.position == applied.size
                              ? ApplyRecord(stored, track, batch, applied)
                              : absl::DataLossError("the record is missing");
    if (!status.ok()) {
      if (applied.size == first) return WithPlace(status, track.generation, first);
      // What comes before it is applied again without it, so that the view
      // stops right there and not where the batch began.
      track.fold.reset();
      return ApplyBatch(track, first, applied.size);
    }
    ++applied.size;
  }
  WARDBOOK_RETURN_IF_ERROR(store_.Commit(batch, {track.view->version(), applied.size}));
  return applied;
}

absl::Status Projector::ApplyRecord(const storage::StoredRecord& stored, Track& track,
                                    ViewBatch& batch, Applied& applied) const {
  WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored.bytes));
  if (view.position != stored.position || view.header.school != track.generation.school) {
    return absl::DataLossError("the record is of another place");
  }
  if (!absl::StartsWith(view.header.stream, track.view->stream_prefix())) {
    return absl::OkStatus();
  }
  ViewRecord record{view.header, view.position, view.revision, std::nullopt};
  const absl::StatusOr<crypto::Secret> key = vault_.Find(view.header.key_id);
  if (absl::IsNotFound(key.status())) {
    // The view goes on for everybody else; that something is missing is told.
    if (!applied.key_missing.has_value()) applied.key_missing = view.position;
    return track.fold->Apply(record, batch);
  }
  if (!key.ok()) return key.status();
  WARDBOOK_ASSIGN_OR_RETURN(const record::OpenedEvent opened, record::UnsealRecord(view, *key));
  record.event = opened.event;
  return track.fold->Apply(record, batch);
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

Projector::Slot* Projector::FindSlot(const SchoolId& school, absl::string_view view) const {
  const auto found = schools_.find(school);
  if (found == schools_.end()) return nullptr;
  for (const std::unique_ptr<Slot>& slot : found->second.slots) {
    if (slot->view->name() == view) return slot.get();
  }
  return nullptr;
}

absl::StatusOr<ViewReading> Projector::WaitFor(const SchoolId& school, absl::string_view view,
                                               std::optional<uint64_t> position,
                                               absl::Time deadline) const {
  // Stopped for good, as opposed to what is tried again.
  const auto stopped = [](const std::unique_ptr<Track>& track) {
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
    const Slot* const slot = FindSlot(school, view);
    if (slot != nullptr && slot->answering != nullptr &&
        (!position.has_value() || slot->answering_applied > *position)) {
      return ViewReading{slot->answering, slot->answering_applied};
    }
    if (slot != nullptr && (slot->live == nullptr || stopped(slot->live)) &&
        (slot->building == nullptr || stopped(slot->building))) {
      return absl::UnavailableError(absl::StrCat("view ", view, " has stopped"));
    }
    if (stopping_ || absl::Now() >= deadline) {
      return absl::UnavailableError(absl::StrCat("view ", view, " has not come so far"));
    }
    progress_.WaitWithDeadline(&mutex_, deadline);
  }
}

absl::Status Projector::Rebuild(const SchoolId& school, absl::string_view view) {
  absl::MutexLock lock(&mutex_);
  Slot* const slot = FindSlot(school, view);
  if (slot == nullptr) return absl::NotFoundError("there is no such view");
  if (slot->building != nullptr) {
    if (slot->building->busy || slot->building->trouble.failure.ok()) return absl::OkStatus();
    slot->retired.push_back(std::make_shared<const ViewGeneration>(slot->building->generation));
  }
  slot->building = NewTrack(*slot->view, school, slot->next_number++, 0);
  work_.SignalAll();
  return absl::OkStatus();
}

absl::Status Projector::WaitForRebuild(const SchoolId& school, absl::string_view view,
                                       absl::Time deadline) const {
  absl::MutexLock lock(&mutex_);
  for (;;) {
    const Slot* const slot = FindSlot(school, view);
    if (slot == nullptr) return absl::NotFoundError("there is no such view");
    if (slot->building == nullptr) return absl::OkStatus();
    const absl::Status& failure = slot->building->trouble.failure;
    if (!failure.ok() && !absl::IsUnavailable(failure)) {
      return absl::UnavailableError(absl::StrCat("view ", view, " has stopped"));
    }
    if (stopping_ || absl::Now() >= deadline) {
      return absl::UnavailableError(absl::StrCat("view ", view, " is still being built"));
    }
    progress_.WaitWithDeadline(&mutex_, deadline);
  }
}

absl::StatusOr<ViewHash> Projector::StateHash(const SchoolId& school,
                                              absl::string_view view) const {
  WARDBOOK_ASSIGN_OR_RETURN(const ViewReading reading,
                            WaitFor(school, view, std::nullopt, absl::InfinitePast()));
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
    for (const std::unique_ptr<Slot>& slot : school.slots) {
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
