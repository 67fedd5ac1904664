#include "services/audit/log_check.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

#include "services/audit/full_check.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/fsck/fsck.h"

namespace wardbook::audit {
namespace {

using ::wardbook::v1::CheckLogResponse;
using ::wardbook::v1::CheckLogVerdict;

// What somebody sees moving.
constexpr std::chrono::seconds kTimePerMessage(1);
constexpr uint64_t kRecordsPerMessage = 10000;

// As the API says.
constexpr size_t kFaultsToldMax = 100;

CheckLogResponse ProgressMessage(const fsck::Progress& progress) {
  CheckLogResponse response;
  response.set_checked(progress.position);
  response.set_total(progress.size);
  return response;
}

CheckLogVerdict VerdictOf(const fsck::CheckReport& report) {
  CheckLogVerdict verdict;
  verdict.set_clean(report.clean());
  for (std::string& line : FaultLines(report, kFaultsToldMax)) {
    verdict.add_faults(std::move(line));
  }
  return verdict;
}

}  // namespace

absl::Status CheckSchoolLog(const AuditParts& parts, const SchoolId& school, uint64_t from,
                            absl::FunctionRef<absl::Status(CheckLogResponse)> push) {
  fsck::CheckOptions options;
  options.from = from;
  if (parts.pinned) {
    WARDBOOK_ASSIGN_OR_RETURN(options.pinned, parts.pinned(school));
  }
  uint64_t told = from;
  Moment told_time = std::chrono::steady_clock::now();
  absl::Status pushed;
  options.progress = [&](const fsck::Progress& progress) {
    const Moment now = std::chrono::steady_clock::now();
    if (progress.position - told < kRecordsPerMessage && now - told_time < kTimePerMessage) {
      return fsck::Go::kOn;
    }
    told = progress.position;
    told_time = now;
    pushed = push(ProgressMessage(progress));
    return pushed.ok() ? fsck::Go::kOn : fsck::Go::kStop;
  };
  WARDBOOK_ASSIGN_OR_RETURN(
      const fsck::CheckReport report,
      FullCheck({parts.log, parts.rows, parts.vault, parts.evidence}, school, std::move(options)));
  WARDBOOK_RETURN_IF_ERROR(pushed);
  CheckLogResponse response = ProgressMessage(report.progress);
  *response.mutable_verdict() = VerdictOf(report);
  return push(std::move(response));
}

}  // namespace wardbook::audit
