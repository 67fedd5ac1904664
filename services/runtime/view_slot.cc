#include "services/runtime/view_slot.h"

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "services/runtime/retry_delay.h"
#include "spdlog/spdlog.h"
#include "storage/base/status_macros.h"

namespace wardbook::runtime {
namespace {

std::unique_ptr<ViewTrack> NewTrack(const View& view, const SchoolId& school, uint64_t number,
                                    uint64_t applied, FoldUse use) {
  auto track = std::make_unique<ViewTrack>();
  track->view = &view;
  track->generation = {school, std::string(view.name()), number};
  track->applied = applied;
  track->use = use;
  return track;
}

// DATA_LOSS: what is stored is damaged.
absl::StatusOr<std::unique_ptr<ViewSlot>> OpenStored(const ViewStore& store, const SchoolId& school,
                                                     const View& view, uint64_t log_size) {
  auto slot = std::make_unique<ViewSlot>();
  slot->view = &view;
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<uint64_t> active,
                            store.FindActive(school, view.name()));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers,
                            store.ListGenerations(school, view.name()));
  for (const uint64_t number : numbers) {
    slot->next_number = number + 1;
    auto generation = std::make_shared<const ViewGeneration>(
        ViewGeneration{school, std::string(view.name()), number});
    const absl::StatusOr<std::optional<ViewProgress>> found = store.FindProgress(*generation);
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
        slot->live = NewTrack(view, school, number, progress->applied, FoldUse::kAnswering);
      }
    } else if (progress->version == view.version() && slot->building == nullptr) {
      slot->building = NewTrack(view, school, number, progress->applied, FoldUse::kBuilding);
    } else {
      slot->retired.push_back(std::move(generation));
    }
  }
  if (slot->live == nullptr && slot->building == nullptr) slot->Build(school);
  return slot;
}

}  // namespace

void Trouble::Take(const absl::Status& outcome, Moment now) {
  failure = outcome;
  failures = outcome.ok() ? 0 : failures + 1;
  if (!outcome.ok()) retry_next = now + RetryDelay(failures);
}

bool Trouble::MayGoOn(Moment now) const {
  return failure.ok() || (absl::IsUnavailable(failure) && now >= retry_next);
}

absl::StatusOr<std::unique_ptr<ViewSlot>> ViewSlot::Open(const ViewStore& store,
                                                         const SchoolId& school, const View& view,
                                                         uint64_t log_size) {
  absl::StatusOr<std::unique_ptr<ViewSlot>> stored = OpenStored(store, school, view, log_size);
  if (!absl::IsDataLoss(stored.status())) return stored;
  spdlog::warn("view {} of school {} is damaged and is built anew: {}", std::string(view.name()),
               school.Hex(), stored.status().ToString());
  auto slot = std::make_unique<ViewSlot>();
  slot->view = &view;
  // Which numbers are taken cannot be read. None of those counted from 1 is as large,
  // nor is that of an earlier start.
  slot->next_number = static_cast<uint64_t>(absl::ToUnixMicros(absl::Now()));
  slot->Build(school);
  return slot;
}

void ViewSlot::Build(const SchoolId& school) {
  building = NewTrack(*view, school, next_number++, 0, FoldUse::kBuilding);
}

}  // namespace wardbook::runtime
