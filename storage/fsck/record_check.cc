#include "storage/fsck/record_check.h"

#include <utility>

#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"

namespace wardbook::fsck {
namespace {

// Keys remembered; each belongs to a stream.
constexpr size_t kKeysMax = 4096;

}  // namespace

absl::StatusOr<CheckedPart> RecordCheck::Check(uint64_t from, uint64_t to) {
  part_ = CheckedPart();
  part_.leaves.reserve(to - from);
  outside_.clear();
  const auto next = [&] { return from + part_.leaves.size(); };
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
  WARDBOOK_RETURN_IF_ERROR(CheckOutside());
  return std::move(part_);
}

absl::Status RecordCheck::CheckRecord(const storage::RecordRow& row) {
  part_.bytes += row.bytes.size();
  const bool damaged = merkle::LeafHash(row.bytes) != row.leaf_hash;
  if (damaged) AddFault(row.position, "is not what its leaf in the tree says");
  part_.leaves.push_back({row.leaf_hash, damaged});

  if (const absl::Status parsed = record::ParseRecordInto(row.bytes, &record_); !parsed.ok()) {
    AddFault(row.position, std::string(parsed.message()));
    part_.sums.AddUnreadable();
    return absl::OkStatus();
  }
  if (record_.position != row.position || record_.header.school != school_) {
    AddFault(row.position, "says that it stands elsewhere");
  }
  part_.sums.Add(record_);
  return options_.find_key ? CheckPayload(record_) : absl::OkStatus();
}

absl::Status RecordCheck::CheckPayload(const record::RecordView& record) {
  const KeyId& id = record.header.key_id;
  auto key = keys_.find(id);
  if (key == keys_.end()) {
    if (keys_.size() >= kKeysMax) keys_.clear();
    absl::StatusOr<std::optional<crypto::Secret>> found = options_.find_key(school_, id);
    if (!found.ok() && !absl::IsDataLoss(found.status())) return found.status();
    key = keys_.emplace(id, std::move(found)).first;
  }
  if (!key->second.ok()) {
    ++part_.keys_damaged;
    if (!part_.first_key_damaged.has_value()) {
      part_.first_key_damaged = record.position;
      part_.first_key_damage = std::string(key->second.status().message());
    }
    return absl::OkStatus();
  }
  if (!(*key->second).has_value()) {
    ++part_.keys_missing;
    if (!part_.first_key_missing.has_value()) part_.first_key_missing = record.position;
    return absl::OkStatus();
  }
  const absl::StatusOr<record::OpenedEvent> event = record::OpenRecord(record, **key->second);
  if (!event.ok()) {
    AddFault(record.position, std::string(event.status().message()));
    return absl::OkStatus();
  }
  ++part_.payloads_opened;
  if (!options_.check_event) return absl::OkStatus();
  OutsideCheck outside = options_.check_event(record, *event);
  if (outside) outside_.emplace_back(record.position, std::move(outside));
  return absl::OkStatus();
}

absl::Status RecordCheck::CheckOutside() {
  for (const auto& [position, check] : outside_) {
    const absl::Status status = check(go_on_);
    if (status.ok()) continue;
    if (!absl::IsDataLoss(status)) return status;
    AddFault(position, std::string(status.message()));
  }
  return absl::OkStatus();
}

void RecordCheck::AddUnreadable(uint64_t position, std::string what) {
  AddFault(position, std::move(what));
  part_.leaves.push_back({Hash(), true});
  part_.sums.AddUnreadable();
}

void RecordCheck::AddFault(uint64_t position, std::string what) {
  part_.faults.push_back({position, std::move(what)});
}

}  // namespace wardbook::fsck
