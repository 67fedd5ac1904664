#include "tests/bench/store_measures.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "services/casework/case_view.h"
#include "services/registers/register_view.h"
#include "services/runtime/projector.h"
#include "services/runtime/stream_reader.h"
#include "services/runtime/view_store.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/sha256.h"
#include "storage/fsck/fsck.h"
#include "storage/merkle/rfc6962.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "tests/bench/machine.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::bench {
namespace {

constexpr size_t kInFlight = 64;
// As many as the full check takes at once.
constexpr uint64_t kRecordsAtOnce = 4096;
// A program is at rest when it takes less than this share of a processor for so long.
constexpr absl::Duration kRestInterval = absl::Milliseconds(500);
constexpr double kRestShare = 0.02;
// How long the slowest rebuild may take.
constexpr std::chrono::hours kRebuildMax(1);

// Processor time and time since it was made.
class Stopwatch {
 public:
  Work Stop(Work work) const {
    work.cpu = ProcessCpuTime() - cpu_;
    work.wall = absl::Now() - wall_;
    return work;
  }

 private:
  const absl::Duration cpu_ = ProcessCpuTime();
  const absl::Time wall_ = absl::Now();
};

bool IsCaughtUp(const runtime::ViewStatus& view) {
  return view.phase == runtime::ViewPhase::kAnswering && view.applied == view.log_size;
}

}  // namespace

void WaitForRest() {
  for (;;) {
    const Stopwatch watch;
    absl::SleepFor(kRestInterval);
    if (watch.Stop({}).cpu < kRestShare * kRestInterval) return;
  }
}

absl::StatusOr<Work> AppendAll(storage::EventLog& log,
                               std::vector<storage::AppendRequest> requests) {
  std::atomic<size_t> next = 0;
  std::atomic<size_t> ended = 0;
  absl::Mutex mutex;
  absl::Status failure;
  absl::Notification all_ended;
  const size_t count = requests.size();
  const Stopwatch watch;
  std::function<void()> append_next = [&] {
    const size_t index = next++;
    if (index >= count) return;
    log.Append(std::move(requests[index]), [&](const absl::StatusOr<storage::Appended>& result) {
      {
        absl::MutexLock lock(&mutex);
        failure.Update(result.status());
      }
      append_next();
      if (++ended == count) all_ended.Notify();
    });
  };
  for (size_t i = 0; i < kInFlight; ++i) append_next();
  all_ended.WaitForNotification();
  absl::MutexLock lock(&mutex);
  WARDBOOK_RETURN_IF_ERROR(failure);
  return watch.Stop({.events = count, .bytes = 0, .cpu = {}, .wall = {}});
}

absl::StatusOr<Work> ScanAll(const server::Stores& stores, const std::vector<SchoolId>& schools) {
  const Stopwatch watch;
  Work work;
  wardbook::events::v1::CaseEvent event;
  for (const SchoolId& school : schools) {
    WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, stores.log->Head(school));
    WARDBOOK_RETURN_IF_ERROR(stores.log->VisitRecords(
        school, 0, head.size, [&](const storage::RecordRow& row) -> absl::Status {
          WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(row.bytes));
          WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret key,
                                    stores.vault->Find(view.header.key_id));
          WARDBOOK_ASSIGN_OR_RETURN(const record::OpenedEvent opened,
                                    record::UnsealRecord(view, key));
          ++work.events;
          work.bytes += row.bytes.size();
          if (!absl::StartsWith(view.header.stream, "case-")) return absl::OkStatus();
          return runtime::DecodeEvent(view.header.event_type, opened.event, &event);
        }));
  }
  return watch.Stop(work);
}

absl::StatusOr<Work> RebuildViews(const server::Stores& stores, const std::string& empty_folder) {
  WARDBOOK_ASSIGN_OR_RETURN(
      auto rows, storage::RocksdbKeyValue::Open(empty_folder, storage::Profile::kSmallRows));
  runtime::ViewStore store(std::move(rows), *stores.vault);
  const casework::CaseView case_view(*stores.log, *stores.vault);
  const std::vector<registers::RegisterView> register_views = registers::ViewsOfAllRegisters();
  std::vector<const runtime::View*> views = {&case_view};
  for (const registers::RegisterView& view : register_views) views.push_back(&view);

  const Stopwatch watch;
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<runtime::Projector> projector,
                            runtime::Projector::Start(*stores.log, *stores.vault, store, views));
  const Moment deadline = MomentIn(kRebuildMax);
  Work work;
  for (const runtime::ViewStatus& status : projector->Statuses()) {
    if (status.view == casework::kCaseViewName) work.events += status.log_size;
    if (status.log_size == 0) continue;
    WARDBOOK_RETURN_IF_ERROR(
        projector->WaitFor(status.school, status.view, status.log_size - 1, deadline).status());
  }
  for (const runtime::ViewStatus& status : projector->Statuses()) {
    if (!IsCaughtUp(status)) {
      return absl::FailedPreconditionError(absl::StrCat("view ", status.view, " has stopped"));
    }
  }
  return watch.Stop(work);
}

absl::StatusOr<Work> CheckAll(const server::Stores& stores, const std::vector<SchoolId>& schools,
                              Payloads payloads) {
  const Stopwatch watch;
  Work work;
  fsck::CheckOptions options;
  if (payloads == Payloads::kOpened) {
    options.find_key = [&stores](const SchoolId&,
                                 const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
      WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret key, stores.vault->Find(id));
      return key;
    };
  }
  for (const SchoolId& school : schools) {
    WARDBOOK_ASSIGN_OR_RETURN(const fsck::CheckReport report,
                              fsck::Check(*stores.log, *stores.log, school, options));
    if (!report.clean()) return absl::DataLossError("the full check has found a fault");
    work.events += report.progress.size;
    work.bytes += report.progress.bytes;
  }
  return watch.Stop(work);
}

absl::StatusOr<Hashing> HashAll(const server::Stores& stores,
                                const std::vector<SchoolId>& schools) {
  Hashing hashing;
  crypto::Sha256Stream stream;
  std::string bytes;
  std::vector<size_t> sizes;
  Hash node;
  for (const SchoolId& school : schools) {
    WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, stores.log->Head(school));
    for (uint64_t from = 0; from < head.size; from += kRecordsAtOnce) {
      bytes.clear();
      sizes.clear();
      WARDBOOK_RETURN_IF_ERROR(
          stores.log->VisitRecords(school, from, std::min(from + kRecordsAtOnce, head.size),
                                   [&](const storage::RecordRow& row) {
                                     bytes.append(row.bytes.data(), row.bytes.size());
                                     sizes.push_back(row.bytes.size());
                                     return absl::OkStatus();
                                   }));
      const absl::Duration before_stream = ThreadCpuTime();
      stream.Update(bytes);
      const absl::Duration before_tree = ThreadCpuTime();
      absl::string_view rest = bytes;
      for (const size_t size : sizes) {
        node = merkle::NodeHash(node, merkle::LeafHash(rest.substr(0, size)));
        rest.remove_prefix(size);
      }
      hashing.tree.cpu += ThreadCpuTime() - before_tree;
      hashing.stream.cpu += before_tree - before_stream;
      hashing.stream.bytes += bytes.size();
      hashing.stream.events += sizes.size();
    }
  }
  hashing.tree.bytes = hashing.stream.bytes;
  hashing.tree.events = hashing.stream.events;
  return hashing;
}

}  // namespace wardbook::bench
