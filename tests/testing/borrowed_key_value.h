// A KeyValue that is somebody else's: hands every call on to a store that the
// test keeps, so that it can be looked into and opened again, and fails when
// told to.

#ifndef TESTS_TESTING_BORROWED_KEY_VALUE_H_
#define TESTS_TESTING_BORROWED_KEY_VALUE_H_

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/key_value.h"

namespace wardbook::testing {

// What a test does to, and sees of, the calls that go through. Safe for
// concurrent use.
class KeyValueControl {
 public:
  // From now on writes fail with UNAVAILABLE and change nothing.
  void FailWrites() { writes_fail_ = true; }
  void HealWrites() { writes_fail_ = false; }
  // The next write fails so, and no other.
  void FailNextWrite() { next_write_fails_ = true; }
  // The next write fails behind its end: it has taken effect.
  void FailBehindNextWrite() { next_write_fails_behind_ = true; }
  // From now on there is no room in which room could be given back.
  void FailReclaiming() { reclaiming_fails_ = true; }
  void HealReclaiming() { reclaiming_fails_ = false; }

  // The ranges purged so far.
  std::vector<std::pair<std::string, std::string>> purged() const {
    absl::MutexLock lock(&mutex_);
    return purged_;
  }
  // How many of the writes that took effect were synced.
  int synced_writes() const { return synced_writes_; }
  // How often room was given back.
  int reclaimed() const { return reclaimed_; }
  // How many writes failed because they were told to.
  int failed_writes() const { return failed_writes_; }

 private:
  friend class BorrowedKeyValue;

  std::atomic<bool> writes_fail_ = false;
  std::atomic<bool> next_write_fails_ = false;
  std::atomic<bool> next_write_fails_behind_ = false;
  std::atomic<bool> reclaiming_fails_ = false;
  std::atomic<int> synced_writes_ = 0;
  std::atomic<int> reclaimed_ = 0;
  std::atomic<int> failed_writes_ = 0;
  mutable absl::Mutex mutex_;
  std::vector<std::pair<std::string, std::string>> purged_ ABSL_GUARDED_BY(mutex_);
};

// Safe for concurrent use. `store` and `control` outlive it.
class BorrowedKeyValue : public storage::KeyValue {
 public:
  BorrowedKeyValue(storage::KeyValue& store, KeyValueControl& control)
      : store_(store), control_(control) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return store_.Get(key);
  }

  absl::Status Write(const storage::WriteSet& writes, storage::Durability durability) override {
    if (control_.writes_fail_ || control_.next_write_fails_.exchange(false)) {
      ++control_.failed_writes_;
      return absl::UnavailableError("the disk was told to fail");
    }
    absl::Status written = store_.Write(writes, durability);
    if (written.ok() && durability == storage::Durability::kSynced) ++control_.synced_writes_;
    if (control_.next_write_fails_behind_.exchange(false)) {
      ++control_.failed_writes_;
      return absl::UnavailableError("the disk was told to fail");
    }
    return written;
  }

  absl::Status Scan(absl::string_view start, absl::string_view end,
                    const std::function<bool(absl::string_view key, absl::string_view value)>&
                        visit) const override {
    return store_.Scan(start, end, visit);
  }

  absl::Status Purge(absl::string_view start, absl::string_view end) override {
    if (control_.writes_fail_) return absl::UnavailableError("the disk was told to fail");
    {
      absl::MutexLock lock(&control_.mutex_);
      control_.purged_.emplace_back(std::string(start), std::string(end));
    }
    return store_.Purge(start, end);
  }

  absl::Status Reclaim() override {
    if (control_.writes_fail_ || control_.reclaiming_fails_) {
      return absl::UnavailableError("the disk was told to fail");
    }
    ++control_.reclaimed_;
    return store_.Reclaim();
  }

  absl::Status CheckBlocks() const override { return store_.CheckBlocks(); }

 private:
  storage::KeyValue& store_;
  KeyValueControl& control_;
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_BORROWED_KEY_VALUE_H_
