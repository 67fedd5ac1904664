#include "services/server/evidence_sweeper.h"

#include <chrono>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/casework/uploads.h"
#include "spdlog/spdlog.h"

namespace wardbook::server {
namespace {

constexpr std::chrono::hours kPeriod(1);
// Somebody who began to file in the evening finishes the next day.
constexpr absl::Duration kUnfiledAge = absl::Hours(24);

}  // namespace

EvidenceSweeper::EvidenceSweeper(evidence::EvidenceStore& evidence, casework::CaseTransactor& cases,
                                 runtime::WriteStatus write_status)
    : evidence_(evidence),
      cases_(cases),
      write_status_(std::move(write_status)),
      thread_([this] { Run(); }) {}

EvidenceSweeper::~EvidenceSweeper() {
  stopping_.Notify();
  thread_.join();
}

void EvidenceSweeper::Run() {
  while (!stopping_.WaitFor(kPeriod)) {
    const absl::StatusOr<int> swept =
        casework::SweepUploads(evidence_, cases_, write_status_, absl::Now() - kUnfiledAge,
                               [this] { return !stopping_.HasBeenNotified(); });
    if (absl::IsCancelled(swept.status())) return;
    if (!swept.ok()) {
      spdlog::error("sweeping unfiled uploads failed: {}", swept.status().ToString());
    } else if (*swept > 0) {
      spdlog::info("removed {} uploads that were not filed within a day", *swept);
    }
  }
}

}  // namespace wardbook::server
