#include "storage/rocksdb/durable_heads.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/merkle/rfc6962.h"

namespace wardbook::storage {

uint64_t DurableHeads::Size(const SchoolId& school) const {
  absl::ReaderMutexLock lock(&mutex_);
  const auto entry = schools_.find(school);
  return entry == schools_.end() ? 0 : entry->second.head.size;
}

absl::StatusOr<TreeHead> DurableHeads::Head(const SchoolId& school) const {
  absl::ReaderMutexLock lock(&mutex_);
  const auto entry = schools_.find(school);
  if (entry == schools_.end()) return TreeHead{0, merkle::EmptyRoot()};
  if (!entry->second.tree.ok()) return entry->second.tree;
  return entry->second.head;
}

absl::Status DurableHeads::WriteStatus(const SchoolId& school) const {
  absl::ReaderMutexLock lock(&mutex_);
  const auto entry = schools_.find(school);
  return entry == schools_.end() ? absl::OkStatus() : entry->second.writes;
}

std::vector<SchoolId> DurableHeads::Schools() const {
  std::vector<SchoolId> schools;
  {
    absl::ReaderMutexLock lock(&mutex_);
    for (const auto& [school, entry] : schools_) {
      if (entry.head.size > 0) schools.push_back(school);
    }
  }
  std::sort(schools.begin(), schools.end());
  return schools;
}

void DurableHeads::Advance(const SchoolHead& head) {
  absl::MutexLock lock(&mutex_);
  Entry& entry = schools_[head.school];
  WARDBOOK_ASSERT(entry.writes.ok());
  WARDBOOK_ASSERT(entry.head.size < head.head.size);
  entry.head = head.head;
  entry.largest = std::max(entry.largest, head.head.size);
}

void DurableHeads::Load(const SchoolHead& head, absl::Status tree, absl::Status writes) {
  absl::MutexLock lock(&mutex_);
  Entry& entry = schools_[head.school];
  if (writes.ok() && head.head.size < entry.largest) {
    writes = absl::DataLossError(absl::StrCat(
        "the log of school ", head.school.Hex(), " has ", head.head.size, " records and had ",
        entry.largest, ": positions ", head.head.size, " to ", entry.largest - 1, " are missing"));
  }
  const uint64_t known = head.head.size == kSizeUnknown ? 0 : head.head.size;
  entry = {head.head, std::move(tree), std::move(writes), std::max(entry.largest, known)};
}

}  // namespace wardbook::storage
