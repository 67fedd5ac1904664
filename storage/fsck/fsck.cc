#include "storage/fsck/fsck.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/base/steady_notification.h"
#include "storage/fsck/check_ahead.h"
#include "storage/fsck/index_check.h"
#include "storage/fsck/tree_check.h"

namespace wardbook::fsck {
namespace {

// Some MiB, so that the disk reads ahead and nobody waits long for the store. A
// power of two: only the last part and the pin cut a subtree.
constexpr uint64_t kPartRecords = 4096;

// How often it is asked whether to go on while a part or the indexes are waited for.
constexpr std::chrono::milliseconds kQuestionInterval(100);

// One run over a school's log. Thread-compatible.
class CheckRun {
 public:
  CheckRun(const storage::EventLog& log, const storage::LogRows& rows, const SchoolId& school,
           const CheckOptions& options, const storage::TreeHead& head)
      : log_(log),
        rows_(rows),
        school_(school),
        options_(options),
        head_(head),
        tree_(rows, school, Reporter()),
        indexes_(rows, school, options.from, head.size, Reporter()) {
    report_.progress.position = options.from;
    report_.progress.size = head.size;
  }

  absl::StatusOr<CheckReport> Check() {
    WARDBOOK_RETURN_IF_ERROR(tree_.Resume(options_.from));
    absl::Status indexes;
    SteadyNotification summed;
    std::thread index_thread([&] {
      indexes = indexes_.SumStored();
      summed.Notify();
    });
    const absl::Status records = CheckRecords();
    bool stopped = report_.progress.position < head_.size;
    while (!stopped && !summed.WaitFor(kQuestionInterval)) {
      stopped = !MayGoOn();
    }
    if (stopped) indexes_.Stop();
    index_thread.join();
    WARDBOOK_RETURN_IF_ERROR(records);
    report_.root = tree_.Root();
    if (stopped) return std::move(report_);
    const absl::Status ended = CheckEnd(indexes);
    if (!absl::IsCancelled(ended)) {
      WARDBOOK_RETURN_IF_ERROR(ended);
      report_.complete = true;
    }
    return std::move(report_);
  }

 private:
  absl::Status CheckRecords() {
    const std::vector<Part> parts = Parts();
    CheckAhead ahead(rows_, school_, options_, parts);
    for (const Part& part : parts) {
      // A part takes long where its records stand for large files.
      while (!ahead.WaitForNext(kQuestionInterval)) {
        if (!MayGoOn()) return absl::OkStatus();
      }
      WARDBOOK_ASSIGN_OR_RETURN(CheckedPart checked, ahead.Take());
      WARDBOOK_RETURN_IF_ERROR(Add(std::move(checked)));
      if (options_.pinned.has_value() && part.to == options_.pinned->size) {
        ComparePin(tree_.Root());
      }
      report_.progress.position = part.to;
      if (!MayGoOn()) break;
    }
    return absl::OkStatus();
  }

  bool MayGoOn() const {
    return !options_.progress || options_.progress(report_.progress) == Go::kOn;
  }

  ReportFault Reporter() {
    return [this](uint64_t position, std::string what) { AddFault({position, std::move(what)}); };
  }

  void AddFault(Fault fault) {
    ++report_.fault_count;
    if (report_.faults.size() < kFaultsKeptMax) report_.faults.push_back(std::move(fault));
  }

  // One ends where the pinned tree does, whose root is compared then.
  std::vector<Part> Parts() const {
    std::vector<Part> parts;
    for (uint64_t from = options_.from; from < head_.size;) {
      uint64_t to = std::min((from / kPartRecords + 1) * kPartRecords, head_.size);
      const uint64_t pinned = options_.pinned.has_value() ? options_.pinned->size : 0;
      if (from < pinned) to = std::min(to, pinned);
      parts.push_back({from, to});
      from = to;
    }
    return parts;
  }

  absl::Status Add(CheckedPart part) {
    for (Fault& fault : part.faults) AddFault(std::move(fault));
    report_.progress.bytes += part.bytes;
    report_.payloads_opened += part.payloads_opened;
    report_.keys_missing += part.keys_missing;
    if (!report_.first_key_missing.has_value()) report_.first_key_missing = part.first_key_missing;
    report_.keys_damaged += part.keys_damaged;
    if (!report_.first_key_damaged.has_value()) {
      report_.first_key_damaged = part.first_key_damaged;
      report_.first_key_damage = std::move(part.first_key_damage);
    }
    sums_.Append(part.sums);
    return tree_.Add(part.leaves);
  }

  // `indexes` is what came of reading them. CANCELLED: it was stopped.
  absl::Status CheckEnd(const absl::Status& indexes) {
    if (report_.root != head_.root) {
      AddFault({head_.size == 0 ? 0 : head_.size - 1, "ends a tree with another root"});
    }
    const std::optional<checkpoint::Checkpoint>& pinned = options_.pinned;
    if (pinned.has_value() && pinned->size > head_.size) {
      AddFault({head_.size, absl::StrCat("is missing, as are all up to record ", pinned->size - 1,
                                         ", which were pinned")});
    }
    if (pinned.has_value() && pinned->size <= options_.from) {
      WARDBOOK_ASSIGN_OR_RETURN(const Hash root, log_.RootAt(school_, pinned->size));
      ComparePin(root);
    }
    WARDBOOK_RETURN_IF_ERROR(indexes);
    return indexes_.Compare(sums_, [this] { return MayGoOn(); });
  }

  void ComparePin(const Hash& root) {
    if (root == options_.pinned->root) return;
    AddFault({0, absl::StrCat("begins a tree that at size ", options_.pinned->size,
                              " has another root than was pinned")});
  }

  const storage::EventLog& log_;
  const storage::LogRows& rows_;
  const SchoolId school_;
  const CheckOptions& options_;
  const storage::TreeHead head_;
  CheckReport report_;
  TreeCheck tree_;
  IndexCheck indexes_;
  IndexSums sums_;
};

}  // namespace

absl::StatusOr<CheckReport> Check(const storage::EventLog& log, const storage::LogRows& rows,
                                  const SchoolId& school, const CheckOptions& options) {
  WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, log.Head(school));
  if (options.from > head.size) {
    return absl::OutOfRangeError(absl::StrCat("the log has ", head.size, " records"));
  }
  return CheckRun(log, rows, school, options, head).Check();
}

}  // namespace wardbook::fsck
