#include "tests/testing/memory_key_value.h"

#include <utility>
#include <vector>

namespace wardbook::testing {

absl::StatusOr<std::optional<std::string>> MemoryKeyValue::Get(absl::string_view key) const {
  absl::MutexLock lock(&mutex_);
  const auto row = rows_.find(key);
  if (row == rows_.end()) return std::nullopt;
  return row->second;
}

absl::Status MemoryKeyValue::Write(const storage::WriteSet& writes, storage::Durability) {
  absl::MutexLock lock(&mutex_);
  for (const storage::WriteSet::Operation& operation : writes.operations()) {
    if (operation.value.has_value()) {
      rows_[operation.key] = *operation.value;
    } else {
      rows_.erase(operation.key);
    }
  }
  return absl::OkStatus();
}

absl::Status MemoryKeyValue::Scan(
    absl::string_view start, absl::string_view end,
    const std::function<bool(absl::string_view key, absl::string_view value)>& visit) const {
  // Visited outside of the lock, so that a visitor may call the store.
  std::vector<std::pair<std::string, std::string>> rows;
  {
    absl::MutexLock lock(&mutex_);
    const auto last = end.empty() ? rows_.end() : rows_.lower_bound(end);
    for (auto row = rows_.lower_bound(start); row != last; ++row) {
      if (!end.empty() && row->first >= end) break;
      rows.push_back(*row);
    }
  }
  for (const auto& [key, value] : rows) {
    if (!visit(key, value)) break;
  }
  return absl::OkStatus();
}

absl::Status MemoryKeyValue::Purge(absl::string_view, absl::string_view) {
  return absl::OkStatus();
}

absl::Status MemoryKeyValue::Reclaim() { return absl::OkStatus(); }

absl::Status MemoryKeyValue::CheckBlocks() const { return absl::OkStatus(); }

}  // namespace wardbook::testing
