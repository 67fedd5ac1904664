#include "services/runtime/view_applier.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace wardbook::runtime {
namespace {

// The records of a batch, together: a record may have 1 MiB, and what is made of it waits
// in memory for the batch to be written.
constexpr size_t kBatchBytesMax = 8 << 20;

absl::Status WithPlace(const absl::Status& status, const ViewGeneration& generation,
                       uint64_t position) {
  return absl::Status(status.code(), absl::StrCat("view ", generation.view, " at record ", position,
                                                  ": ", status.message()));
}

}  // namespace

struct ViewApplier::Attempt {
  Attempt(ViewTrack& of, const ViewStore& store, uint64_t first)
      : track(of), batch(store, of.generation) {
    applied.size = first;
  }

  ViewTrack& track;
  ViewBatch batch;
  Applied applied;
  // Why the record behind the last one applied cannot be.
  absl::Status failure;
};

std::vector<absl::StatusOr<ViewApplier::Applied>> ViewApplier::Apply(
    const std::vector<ViewTrack*>& tracks, uint64_t first, uint64_t end) const {
  const SchoolId& school = tracks.front()->generation.school;
  std::vector<Attempt> attempts;
  attempts.reserve(tracks.size());
  for (ViewTrack* const track : tracks) attempts.emplace_back(*track, store_, first);
  size_t bytes = 0;
  uint64_t next = first;
  record::RecordView record;
  const absl::Status read =
      log_.VisitLog(school, first, end, [&](uint64_t position, absl::string_view stored) {
        absl::Status parsed = record::ParseRecordInto(stored, &record);
        if (parsed.ok() && (record.position != position || record.header.school != school)) {
          parsed = absl::DataLossError("the record is of another place");
        }
        ApplyRecord(position, parsed, record, attempts);
        bytes += stored.size();
        ++next;
        return bytes < kBatchBytesMax ? absl::OkStatus()
                                      : absl::CancelledError("the batch is large enough");
      });
  // What was read before is applied; the next batch begins with what cannot be read.
  if (next == first) {
    for (Attempt& attempt : attempts) {
      attempt.failure = read.ok() ? absl::DataLossError("the log ends here") : read;
    }
  }
  std::vector<absl::StatusOr<Applied>> applied;
  for (Attempt& attempt : attempts) applied.push_back(Commit(attempt, first));
  return applied;
}

absl::StatusOr<ViewApplier::Applied> ViewApplier::Commit(Attempt& attempt, uint64_t first) const {
  ViewTrack& track = attempt.track;
  if (!attempt.failure.ok()) {
    track.fold.reset();
    const uint64_t failed = attempt.applied.size;
    if (failed == first) return WithPlace(attempt.failure, track.generation, first);
    // What comes before it is applied again without it, so that the view stops right
    // there and not where the batch began.
    return Apply({&track}, first, failed).front();
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

void ViewApplier::ApplyRecord(uint64_t position, const absl::Status& parsed,
                              const record::RecordView& record,
                              std::vector<Attempt>& attempts) const {
  // Of a record that no view is made of nothing more is read.
  std::optional<absl::StatusOr<record::OpenedEvent>> opened;
  for (Attempt& attempt : attempts) {
    if (!attempt.failure.ok()) continue;
    attempt.failure = parsed;
    if (position != attempt.applied.size) {
      attempt.failure = absl::DataLossError("the record is missing");
    }
    if (!attempt.failure.ok()) continue;
    if (absl::StartsWith(record.header.stream, attempt.track.view->stream_prefix())) {
      if (!opened.has_value()) opened = Open(record);
      attempt.failure = ApplyOpened(record, *opened, attempt);
      if (!attempt.failure.ok()) continue;
    }
    ++attempt.applied.size;
  }
}

absl::StatusOr<record::OpenedEvent> ViewApplier::Open(const record::RecordView& view) const {
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret key, vault_.Find(view.header.key_id));
  return record::UnsealRecord(view, key);
}

absl::Status ViewApplier::ApplyOpened(const record::RecordView& view,
                                      const absl::StatusOr<record::OpenedEvent>& opened,
                                      Attempt& attempt) const {
  ViewTrack& track = attempt.track;
  if (track.fold == nullptr) {
    track.fold = track.view->NewFold(track.generation.school, track.use);
  }
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

}  // namespace wardbook::runtime
