#include "storage/rocksdb/commit_pipeline.h"

#include <cstddef>
#include <utility>

#include "storage/base/assert.h"

namespace wardbook::storage {
namespace {

// One syncs, one has written and waits for its turn, or answers, one forms.
constexpr int kThreads = 3;
// A batch is written in one piece: this keeps the first of it from waiting long
// for the last, and its memory small.
constexpr size_t kBatchAppendsMax = 512;
constexpr size_t kBatchBytesMax = 4 << 20;
// Waking another thread for fewer answers takes longer than giving them.
constexpr size_t kAnswersGivenHere = 4;

size_t BytesOf(const AppendRequest& request) {
  size_t bytes = 0;
  for (const record::SealedEvent& event : request.events) bytes += event.tail.size();
  return bytes;
}

}  // namespace

CommitPipeline::CommitPipeline(Database& database, const LogTables& tables, DurableHeads& durable)
    : database_(database), durable_(durable), former_(database, tables, durable) {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Run(); });
}

void CommitPipeline::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closing_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  completions_.Close();
}

void CommitPipeline::Append(AppendRequest request, AppendCallback done) {
  absl::Status failure;
  {
    absl::MutexLock lock(&mutex_);
    failure = closing_ ? absl::UnavailableError("the log is closed") : failure_;
    if (failure.ok()) {
      waiting_.push_back({std::move(request), std::move(done)});
      return;
    }
  }
  done(absl::UnavailableError(failure.message()));
}

absl::Status CommitPipeline::Status() const {
  absl::MutexLock lock(&mutex_);
  return failure_;
}

void CommitPipeline::Stop(const absl::Status& why) {
  WARDBOOK_ASSERT(!why.ok());
  Fail(why);
  absl::MutexLock lock(&mutex_);
  failure_ = why;
  mutex_.Await(absl::Condition(this, &CommitPipeline::IsIdle));
}

void CommitPipeline::Restart(std::vector<SchoolHead> grown) {
  absl::MutexLock lock(&mutex_);
  WARDBOOK_ASSERT(!failure_.ok() && IsIdle());
  former_.Forget();
  failure_ = absl::OkStatus();
  completions_.Tell({}, std::move(grown));
}

void CommitPipeline::Run() {
  while (true) {
    std::vector<WaitingAppend> taken = TakeWaiting();
    if (taken.empty()) return;
    FormedBatch batch = FormBatch(std::move(taken));
    BatchNumber number;
    {
      absl::MutexLock lock(&mutex_);
      number = ++written_;
      forming_ = false;
    }
    const absl::Status status = SyncInTurn(number, batch);
    Publish(batch, status);
    Finish(number, std::move(batch.answers));
  }
}

bool CommitPipeline::MayForm() const {
  if (forming_) return false;
  const bool sync_is_near = published_ < written_;
  return closing_ || waiting_.size() >= (sync_is_near ? kAppendsWorthForming : 1);
}

bool CommitPipeline::IsIdle() const {
  return waiting_.empty() && !forming_ && published_ == written_;
}

std::vector<WaitingAppend> CommitPipeline::TakeWaiting() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &CommitPipeline::MayForm));
  std::vector<WaitingAppend> taken;
  size_t bytes = 0;
  while (!waiting_.empty() && taken.size() < kBatchAppendsMax && bytes < kBatchBytesMax) {
    bytes += BytesOf(waiting_.front().request);
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  forming_ = !taken.empty();
  return taken;
}

FormedBatch CommitPipeline::FormBatch(std::vector<WaitingAppend> taken) {
  FormedBatch batch = former_.Form(std::move(taken));
  if (batch.heads.empty()) return batch;
  const absl::Status written = database_.Write(batch.writes, Durability::kBuffered);
  if (!written.ok()) Fail(written);
  batch.writes.Clear();
  return batch;
}

absl::Status CommitPipeline::SyncInTurn(BatchNumber number, const FormedBatch& batch) {
  BatchNumber covered;
  {
    absl::MutexLock lock(&mutex_);
    const auto is_turn = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return published_ + 1 == number;
    };
    mutex_.Await(absl::Condition(&is_turn));
    // After one failed write or sync another that succeeds would prove nothing.
    if (!failure_.ok()) return failure_;
    if (synced_ >= number || batch.heads.empty()) return absl::OkStatus();
    covered = written_;
  }
  const absl::Status status = database_.Sync();
  if (!status.ok()) {
    Fail(status);
    return status;
  }
  absl::MutexLock lock(&mutex_);
  synced_ = covered;
  return absl::OkStatus();
}

void CommitPipeline::Publish(FormedBatch& batch, const absl::Status& status) {
  if (!status.ok()) {
    for (Answer& answer : batch.answers) answer.result = absl::UnavailableError(status.message());
    return;
  }
  for (const SchoolHead& head : batch.heads) durable_.Advance(head);
  for (Answer& answer : batch.answers) {
    if (!answer.result.ok()) continue;
    const absl::StatusOr<TreeHead> head = durable_.Head(answer.school);
    if (!head.ok()) {
      answer.result = head.status();
      continue;
    }
    WARDBOOK_ASSERT(answer.result->last_position() < head->size);
    answer.result->tree_size = head->size;
    answer.result->root = head->root;
  }
  if (!batch.heads.empty()) completions_.Tell({}, std::move(batch.heads));
}

void CommitPipeline::Finish(BatchNumber number, std::vector<Answer> answers) {
  bool few = answers.size() <= kAnswersGivenHere;
  {
    absl::MutexLock lock(&mutex_);
    published_ = number;
    few = few && !answering_;
    if (few) answering_ = true;
  }
  if (!few) {
    completions_.Tell(std::move(answers), {});
    return;
  }
  for (Answer& answer : answers) answer.done(std::move(answer.result));
  absl::MutexLock lock(&mutex_);
  answering_ = false;
}

void CommitPipeline::Fail(const absl::Status& failure) {
  std::deque<WaitingAppend> waiting;
  {
    absl::MutexLock lock(&mutex_);
    if (failure_.ok()) failure_ = failure;
    waiting.swap(waiting_);
  }
  std::vector<Answer> answers;
  for (WaitingAppend& append : waiting) {
    answers.push_back(
        {append.request.school, std::move(append.done), absl::UnavailableError(failure.message())});
  }
  completions_.Tell(std::move(answers), {});
}

}  // namespace wardbook::storage
