#include "storage/fsck/fsck.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/fsck/index_check.h"
#include "storage/fsck/tree_check.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"

namespace wardbook::fsck {
namespace {

// A step of the check: some MiB, so that the disk reads ahead and nobody waits
// long for the store.
constexpr uint64_t kRecordsAtOnce = 4096;
// Keys remembered; each belongs to a stream.
constexpr size_t kKeysMax = 4096;

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
    WARDBOOK_RETURN_IF_ERROR(indexes_.Begin());
    Go go = Go::kOn;
    while (go == Go::kOn && report_.progress.position < head_.size) {
      WARDBOOK_RETURN_IF_ERROR(CheckStep());
      if (options_.progress) go = options_.progress(report_.progress);
    }
    report_.root = tree_.Root();
    if (report_.progress.position == head_.size) {
      WARDBOOK_RETURN_IF_ERROR(CheckEnd());
      report_.complete = true;
    }
    return std::move(report_);
  }

 private:
  ReportFault Reporter() {
    return [this](uint64_t position, std::string what) { AddFault(position, std::move(what)); };
  }

  void AddFault(uint64_t position, std::string what) {
    ++report_.fault_count;
    if (report_.faults.size() < kFaultsKeptMax) {
      report_.faults.push_back({position, std::move(what)});
    }
  }

  absl::Status CheckStep() {
    const uint64_t from = report_.progress.position;
    uint64_t to = std::min(from + kRecordsAtOnce, head_.size);
    const std::optional<checkpoint::Checkpoint>& pinned = options_.pinned;
    if (pinned.has_value() && from < pinned->size) to = std::min(to, pinned->size);
    WARDBOOK_RETURN_IF_ERROR(CheckRecords(from, to));
    WARDBOOK_RETURN_IF_ERROR(tree_.Add(leaves_));
    if (pinned.has_value() && to == pinned->size) ComparePin(tree_.Root());
    report_.progress.position = to;
    return absl::OkStatus();
  }

  absl::Status CheckRecords(uint64_t from, uint64_t to) {
    leaves_.clear();
    const auto next = [&] { return from + leaves_.size(); };
    while (next() < to) {
      const absl::Status status =
          rows_.VisitRecords(school_, next(), to, [&](const storage::RecordRow& row) {
            while (next() < row.position) AddUnreadable(next(), "is missing");
            return CheckRecord(row);
          });
      if (status.ok()) {
        while (next() < to) AddUnreadable(next(), "is missing");
      } else if (absl::IsDataLoss(status)) {
        // A damaged block of a table takes some records with it; those behind it
        // can be read.
        AddUnreadable(next(), std::string(status.message()));
      } else {
        return status;
      }
    }
    return absl::OkStatus();
  }

  void AddUnreadable(uint64_t position, std::string what) {
    AddFault(position, std::move(what));
    leaves_.push_back({Hash(), true});
    indexes_.AddUnreadable();
  }

  absl::Status CheckRecord(const storage::RecordRow& row) {
    report_.progress.bytes += row.bytes.size();
    const bool damaged = merkle::LeafHash(row.bytes) != row.leaf_hash;
    if (damaged) AddFault(row.position, "is not what its leaf in the tree says");
    leaves_.push_back({row.leaf_hash, damaged});

    const absl::StatusOr<record::RecordView> record = record::ParseRecord(row.bytes);
    if (!record.ok()) {
      AddFault(row.position, std::string(record.status().message()));
      indexes_.AddUnreadable();
      return absl::OkStatus();
    }
    if (record->position != row.position || record->header.school != school_) {
      AddFault(row.position, "says that it stands elsewhere");
    }
    indexes_.Add(*record);
    return options_.find_key ? CheckPayload(*record) : absl::OkStatus();
  }

  absl::Status CheckPayload(const record::RecordView& record) {
    const KeyId& id = record.header.key_id;
    auto key = keys_.find(id);
    if (key == keys_.end()) {
      if (keys_.size() >= kKeysMax) keys_.clear();
      WARDBOOK_ASSIGN_OR_RETURN(std::optional<crypto::Secret> found,
                                options_.find_key(school_, id));
      key = keys_.emplace(id, std::move(found)).first;
    }
    if (!key->second.has_value()) {
      ++report_.payloads_destroyed;
      return absl::OkStatus();
    }
    const absl::Status opened = record::OpenRecord(record, *key->second).status();
    if (opened.ok()) {
      ++report_.payloads_opened;
    } else {
      AddFault(record.position, std::string(opened.message()));
    }
    return absl::OkStatus();
  }

  absl::Status CheckEnd() {
    if (report_.root != head_.root) {
      AddFault(head_.size == 0 ? 0 : head_.size - 1, "ends a tree with another root");
    }
    const std::optional<checkpoint::Checkpoint>& pinned = options_.pinned;
    if (pinned.has_value() && pinned->size > head_.size) {
      AddFault(head_.size, absl::StrCat("is missing, as are all up to record ", pinned->size - 1,
                                        ", which were pinned"));
    }
    if (pinned.has_value() && pinned->size <= options_.from) {
      WARDBOOK_ASSIGN_OR_RETURN(const Hash root, log_.RootAt(school_, pinned->size));
      ComparePin(root);
    }
    const absl::Status indexes = indexes_.Finish();
    if (!absl::IsDataLoss(indexes)) return indexes;
    AddFault(options_.from, std::string(indexes.message()));
    return absl::OkStatus();
  }

  void ComparePin(const Hash& root) {
    if (root == options_.pinned->root) return;
    AddFault(0, absl::StrCat("begins a tree that at size ", options_.pinned->size,
                             " has another root than was pinned"));
  }

  const storage::EventLog& log_;
  const storage::LogRows& rows_;
  const SchoolId school_;
  const CheckOptions& options_;
  const storage::TreeHead head_;
  CheckReport report_;
  TreeCheck tree_;
  IndexCheck indexes_;
  // Of the step at work.
  std::vector<CheckedLeaf> leaves_;
  absl::flat_hash_map<KeyId, std::optional<crypto::Secret>> keys_;
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
