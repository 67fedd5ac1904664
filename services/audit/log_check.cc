#include "services/audit/log_check.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/base/status_macros.h"
#include "storage/fsck/fsck.h"

namespace wardbook::audit {
namespace {

using ::wardbook::v1::CheckLogResponse;
using ::wardbook::v1::CheckLogVerdict;

// What somebody sees moving.
constexpr absl::Duration kTimePerMessage = absl::Seconds(1);
constexpr uint64_t kRecordsPerMessage = 10000;

// As the API says.
constexpr int kFaultsToldMax = 100;

CheckLogResponse ProgressMessage(const fsck::Progress& progress) {
  CheckLogResponse response;
  response.set_checked(progress.position);
  response.set_total(progress.size);
  return response;
}

CheckLogVerdict VerdictOf(const fsck::CheckReport& report) {
  CheckLogVerdict verdict;
  verdict.set_clean(report.clean());
  if (report.keys_missing > 0) {
    verdict.add_faults(absl::StrCat(
        "the key of ", report.keys_missing, report.keys_missing == 1 ? " record" : " records",
        " is missing, first that of record ", *report.first_key_missing, ": restore the vault"));
  }
  if (report.keys_damaged > 0) {
    verdict.add_faults(absl::StrCat("the key of ", report.keys_damaged,
                                    report.keys_damaged == 1 ? " record" : " records",
                                    " is damaged, first that of record ", *report.first_key_damaged,
                                    " (", report.first_key_damage, "): restore the vault"));
  }
  uint64_t told = 0;
  for (const fsck::Fault& fault : report.faults) {
    // The last place is for the number of those that find none.
    if (verdict.faults_size() == kFaultsToldMax - 1 && told + 1 < report.fault_count) {
      verdict.add_faults(absl::StrCat("and ", report.fault_count - told, " more"));
      break;
    }
    verdict.add_faults(absl::StrCat("record ", fault.position, ": ", fault.what));
    ++told;
  }
  return verdict;
}

}  // namespace

absl::Status CheckSchoolLog(const AuditParts& parts, const SchoolId& school, uint64_t from,
                            absl::FunctionRef<absl::Status(CheckLogResponse)> push) {
  fsck::CheckOptions options;
  options.from = from;
  options.find_key = [&](const SchoolId&,
                         const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
    absl::StatusOr<crypto::Secret> key = parts.vault.Find(id);
    if (key.ok()) return *std::move(key);
    if (absl::IsNotFound(key.status())) return std::nullopt;
    return key.status();
  };
  if (parts.pinned) {
    WARDBOOK_ASSIGN_OR_RETURN(options.pinned, parts.pinned(school));
  }
  uint64_t told = from;
  absl::Time told_time = parts.rpc.Now();
  absl::Status pushed;
  options.progress = [&](const fsck::Progress& progress) {
    const absl::Time now = parts.rpc.Now();
    if (progress.position - told < kRecordsPerMessage && now - told_time < kTimePerMessage) {
      return fsck::Go::kOn;
    }
    told = progress.position;
    told_time = now;
    pushed = push(ProgressMessage(progress));
    return pushed.ok() ? fsck::Go::kOn : fsck::Go::kStop;
  };
  WARDBOOK_ASSIGN_OR_RETURN(const fsck::CheckReport report,
                            fsck::Check(parts.log, parts.rows, school, options));
  WARDBOOK_RETURN_IF_ERROR(pushed);
  CheckLogResponse response = ProgressMessage(report.progress);
  *response.mutable_verdict() = VerdictOf(report);
  return push(std::move(response));
}

}  // namespace wardbook::audit
