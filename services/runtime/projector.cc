#include "services/runtime/projector.h"

#include <algorithm>
#include <atomic>
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

// Records read at a time, and what they may take of memory together before the batch is
// closed: a record may have 1 MiB.
constexpr size_t kReadAtOnce = 512;
constexpr size_t kBatchBytesMax = 8 << 20;

// Threads that build, of different schools: half of a machine's processors, which leaves
// it to those who wait for answers, and as many batches in memory.
constexpr unsigned kBuildersMax = 4;

// Opening the views of a school waits for the disk some thirty times, one after the
// other. A county's schools are opened side by side; for a few a thread is not worth it.
constexpr size_t kOpenersMax = 8;
constexpr size_t kSchoolsPerOpener = 8;

// How many folds of views that answer are kept between two batches; it is looked after
// once in as many batches. Each holds some cases, of a few KiB; a view whose fold was let
// go reads the cases that change next from the log again.
constexpr size_t kFoldsMax = 64;

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

struct Projector::Attempt {
  Attempt(Track& of, const ViewStore& store, uint64_t first)
      : track(of), batch(store, of.generation) {
    applied.size = first;
  }

  Track& track;
  ViewBatch batch;
  Applied applied;
  // Why the record behind the last one applied cannot be.
  absl::Status failure;
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
  WARDBOOK_RETURN_IF_ERROR(self.OpenAll());
  {
    absl::MutexLock lock(&self.mutex_);
    self.StirAll();
  }
  self.threads_.emplace_back([&self] { self.Run(Duty::kAnsweringOnly); });
  const unsigned builders = std::clamp(std::thread::hardware_concurrency() / 2, 1u, kBuildersMax);
  for (unsigned i = 0; i < builders; ++i) {
    self.threads_.emplace_back([&self] { self.Run(Duty::kAny); });
  }
  return projector;
}

absl::Status Projector::OpenAll() {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log_.ListSchools());
  std::atomic<size_t> next = 0;
  absl::Mutex failure_mutex;
  absl::Status failure;
  const auto open = [&] {
    for (size_t i = next++; i < schools.size(); i = next++) {
      const absl::Status opened = OpenAtStart(schools[i]);
      if (opened.ok()) continue;
      absl::MutexLock lock(&failure_mutex);
      failure.Update(opened);
    }
  };
  std::vector<std::thread> openers(std::min(kOpenersMax, schools.size() / kSchoolsPerOpener));
  for (std::thread& opener : openers) opener = std::thread(open);
  open();
  for (std::thread& opener : openers) opener.join();
  return failure;
}

absl::Status Projector::OpenAtStart(const SchoolId& school) {
  const absl::StatusOr<storage::TreeHead> head = log_.Head(school);
  // A school whose log is damaged stands still by itself, its views as they are.
  if (absl::IsDataLoss(head.status())) return absl::OkStatus();
  WARDBOOK_RETURN_IF_ERROR(head.status());
  OnCommit(school, head->size);
  std::vector<std::unique_ptr<Slot>> slots;
  for (const View* view : views_) {
    WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<Slot> slot, OpenSlot(school, *view, head->size));
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
  grown.log_size = std::max(grown.log_size, size);
  Stir(grown);
  work_.SignalAll();
}

void Projector::Stir(School& school) {
  if (std::exchange(school.stirred, true)) return;
  stirred_.push_back(&school);
}

void Projector::StirFirst(School& school) {
  if (std::exchange(school.stirred, true)) return;
  stirred_.push_front(&school);
}

void Projector::StirAll() {
  for (auto& [id, school] : schools_) Stir(school);
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
      while (!stopping_) {
        // For what waits to be tried again, and for generations that somebody was still
        // reading, however much there is to do meanwhile.
        const absl::Time now = absl::Now();
        if (now >= next_stir_) {
          next_stir_ = now + kRetryDelayMin;
          StirAll();
        }
        if ((work = PickWork(duty, now))) break;
        work_.WaitWithDeadline(&mutex_, next_stir_);
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
  for (size_t left = stirred_.size(); left > 0; --left) {
    School& school = *stirred_.front();
    stirred_.pop_front();
    school.stirred = false;
    Work work = PickInSchool(duty, now, school);
    // It may have something to do for another thread, and has when this work is done.
    if (work || duty == Duty::kAnsweringOnly) Stir(school);
    if (work) return work;
  }
  return nullptr;
}

Projector::Work Projector::PickInSchool(Duty duty, absl::Time now, School& school) {
  if (school.slots.empty() && !views_.empty()) {
    if (school.busy || !school.trouble.MayGoOn(now)) return nullptr;
    school.busy = true;
    return [this, &school, log_size = school.log_size] { OpenSchool(school, log_size); };
  }
  for (const std::unique_ptr<Slot>& slot : school.slots) {
    Track* const live = slot->live.get();
    Track* const building = slot->building.get();
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
  if (std::vector<Turn> turns = PickTurns(&Slot::live, now, school); !turns.empty()) {
    return advance(std::move(turns), kProjectedPerBatch);
  }
  if (duty == Duty::kAnsweringOnly) return nullptr;
  if (std::vector<Turn> turns = PickTurns(&Slot::building, now, school); !turns.empty()) {
    return advance(std::move(turns), kBuiltPerBatch);
  }
  for (const std::unique_ptr<Slot>& slot : school.slots) {
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

std::vector<Projector::Turn> Projector::PickTurns(std::unique_ptr<Track> Slot::*which,
                                                  absl::Time now, School& school) {
  std::vector<Turn> turns;
  for (const std::unique_ptr<Slot>& slot : school.slots) {
    Track* const track = (*slot.*which).get();
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
  std::vector<std::unique_ptr<Slot>> slots;
  absl::Status failure;
  for (const View* view : views_) {
    absl::StatusOr<std::unique_ptr<Slot>> slot = OpenSlot(school.id, *view, log_size);
    failure.Update(slot.status());
    if (slot.ok()) slots.push_back(*std::move(slot));
  }
  absl::MutexLock lock(&mutex_);
  school.busy = false;
  school.trouble.Take(failure, absl::Now());
  if (failure.ok()) school.slots = std::move(slots);
  Stir(school);
}

void Projector::Advance(const std::vector<Turn>& turns, uint64_t first, uint64_t log_size,
                        size_t batch_records) {
  std::vector<Track*> tracks;
  for (const Turn& turn : turns) tracks.push_back(turn.track);
  // Only this thread changes the progress of tracks that are busy.
  const std::vector<absl::StatusOr<Applied>> applied =
      ApplyBatch(tracks, first, std::min<uint64_t>(log_size, first + batch_records));
  std::vector<std::pair<ViewGeneration, uint64_t>> told;
  {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = absl::Now();
    ++turns_;
    for (size_t i = 0; i < turns.size(); ++i) {
      Track& track = *turns[i].track;
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
  std::vector<Track*> folded;
  for (auto& [id, school] : schools_) {
    for (const std::unique_ptr<Slot>& slot : school.slots) {
      Track* const live = slot->live.get();
      if (live != nullptr && !live->busy && live->fold != nullptr) folded.push_back(live);
    }
  }
  if (folded.size() <= kFoldsMax) return;
  const auto kept = folded.begin() + kFoldsMax;
  std::nth_element(folded.begin(), kept, folded.end(),
                   [](const Track* a, const Track* b) { return a->fold_used > b->fold_used; });
  for (auto track = kept; track != folded.end(); ++track) (*track)->fold.reset();
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
    Stir(schools_.at(slot.building->generation.school));
    if (!activated.ok()) return;
    if (slot.answering != nullptr) slot.retired.push_back(std::move(slot.answering));
    slot.live = std::move(slot.building);
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

std::vector<absl::StatusOr<Projector::Applied>> Projector::ApplyBatch(
    const std::vector<Track*>& tracks, uint64_t first, uint64_t end) const {
  const SchoolId& school = tracks.front()->generation.school;
  std::vector<Attempt> attempts;
  attempts.reserve(tracks.size());
  for (Track* const track : tracks) attempts.emplace_back(*track, store_, first);
  size_t bytes = 0;
  for (uint64_t next = first; next < end && bytes < kBatchBytesMax;) {
    const auto limit = static_cast<size_t>(std::min<uint64_t>(end - next, kReadAtOnce));
    const absl::StatusOr<std::vector<storage::StoredRecord>> records =
        log_.ReadLog(school, next, limit);
    absl::Status failure = records.status();
    if (failure.ok() && records->empty()) failure = absl::DataLossError("the log ends here");
    if (!failure.ok()) {
      // What was read before is applied; the next batch begins with what cannot be read.
      if (next > first) break;
      for (Attempt& attempt : attempts) attempt.failure = failure;
      break;
    }
    for (const storage::StoredRecord& stored : *records) {
      bytes += stored.bytes.size();
      ApplyRecord(stored, attempts);
    }
    next += records->size();
  }
  std::vector<absl::StatusOr<Applied>> applied;
  for (Attempt& attempt : attempts) applied.push_back(CommitAttempt(attempt, first));
  return applied;
}

absl::StatusOr<Projector::Applied> Projector::CommitAttempt(Attempt& attempt,
                                                            uint64_t first) const {
  Track& track = attempt.track;
  if (!attempt.failure.ok()) {
    track.fold.reset();
    const uint64_t failed = attempt.applied.size;
    if (failed == first) return WithPlace(attempt.failure, track.generation, first);
    // What comes before it is applied again without it, so that the view stops right
    // there and not where the batch began.
    return ApplyBatch({&track}, first, failed).front();
  }
  absl::Status status;
  if (track.fold != nullptr) status = track.fold->Finish(attempt.batch);
  if (status.ok()) {
    status = store_.Commit(attempt.batch, {track.view->version(), attempt.applied.size});
  }
  if (status.ok()) return attempt.applied;
  track.fold.reset();
  return WithPlace(status, track.generation, first);
}

void Projector::ApplyRecord(const storage::StoredRecord& stored,
                            std::vector<Attempt>& attempts) const {
  absl::StatusOr<record::RecordView> view = record::ParseRecord(stored.bytes);
  if (view.ok() && (view->position != stored.position ||
                    view->header.school != attempts.front().track.generation.school)) {
    view = absl::DataLossError("the record is of another place");
  }
  // Of a record that no view is made of nothing more is read.
  std::optional<absl::StatusOr<record::OpenedEvent>> opened;
  for (Attempt& attempt : attempts) {
    if (!attempt.failure.ok()) continue;
    attempt.failure = view.status();
    if (stored.position != attempt.applied.size) {
      attempt.failure = absl::DataLossError("the record is missing");
    }
    if (!attempt.failure.ok()) continue;
    if (absl::StartsWith(view->header.stream, attempt.track.view->stream_prefix())) {
      if (!opened.has_value()) opened = Open(*view);
      attempt.failure = ApplyOpened(*view, *opened, attempt);
      if (!attempt.failure.ok()) continue;
    }
    ++attempt.applied.size;
  }
}

absl::StatusOr<record::OpenedEvent> Projector::Open(const record::RecordView& view) const {
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret key, vault_.Find(view.header.key_id));
  return record::UnsealRecord(view, key);
}

absl::Status Projector::ApplyOpened(const record::RecordView& view,
                                    const absl::StatusOr<record::OpenedEvent>& opened,
                                    Attempt& attempt) const {
  Track& track = attempt.track;
  if (track.fold == nullptr) track.fold = track.view->NewFold(track.generation.school);
  ViewRecord record{view.header, view.position, view.revision, std::nullopt};
  if (absl::IsNotFound(opened.status())) {
    // The view goes on for everybody else; that something is missing is told.
    if (!attempt.applied.key_missing.has_value()) attempt.applied.key_missing = view.position;
    return track.fold->Apply(record, attempt.batch);
  }
  if (!opened.ok()) return opened.status();
  record.event = opened->event;
  return track.fold->Apply(record, attempt.batch);
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
  Stir(schools_.at(school));
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
