// What the records of a part of a log say that the indexes must hold, in a form
// that takes no memory: parts are summed up on several threads and then joined.

#ifndef STORAGE_FSCK_INDEX_SUMS_H_
#define STORAGE_FSCK_INDEX_SUMS_H_

#include <cstdint>
#include <optional>

#include "storage/base/ids.h"
#include "storage/log_rows.h"
#include "storage/record/record.h"

namespace wardbook::fsck {

// A sum of hashes, in which the order of the terms does not matter; other in
// every process.
using RowSum = uint64_t;

RowSum Term(const storage::StreamRow& row);
// Of what records know of their request: not its fingerprint.
RowSum Term(const storage::RequestRow& row);
bool Agree(const storage::RequestRow& a, const storage::RequestRow& b);

// The request that one record is of, and whether the next record is of it too,
// which adds to it.
storage::RequestRow RequestOf(const record::RecordView& record);
bool Extend(const record::RecordView& record, std::optional<storage::RequestRow>* request);

// A value. Thread-compatible.
class IndexSums {
 public:
  // Adds the record that comes next.
  void Add(const record::RecordView& record);
  // A record that says nothing.
  void AddUnreadable() { unreadable_ = true; }

  // Adds the part that comes next. A request may begin in one part and end in
  // another.
  void Append(const IndexSums& next);

  bool unreadable() const { return unreadable_; }
  RowSum streams() const { return streams_; }
  RowSum requests() const;

 private:
  // Counts the last request and begins another.
  void Close(const std::optional<storage::RequestRow>& next);

  bool unreadable_ = false;
  RowSum streams_ = 0;
  // The requests between the first and the last, which may go on in the parts
  // before and behind.
  RowSum requests_ = 0;
  std::optional<storage::RequestRow> first_;
  std::optional<storage::RequestRow> last_;  // Nothing while there is only one.
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_INDEX_SUMS_H_
