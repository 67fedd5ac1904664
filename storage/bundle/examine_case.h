// Checks the records of a case against the checkpoint, and against each other.

#ifndef STORAGE_BUNDLE_EXAMINE_CASE_H_
#define STORAGE_BUNDLE_EXAMINE_CASE_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/bundle/bundle_report.h"
#include "storage/bundle/bundled_event.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/record.h"

namespace wardbook::bundle {

// The largest records.pb, which is held in memory. A case of 10,000 long entries
// takes a tenth of this.
inline constexpr uint64_t kRecordsSizeMax = 256 << 20;

// The largest record in it: a stored one of 1 MiB, all of its fields again, and
// the proofs of each. Records are taken in one at a time, so this bounds what a
// hostile file can make of memory.
inline constexpr uint64_t kBundledRecordSizeMax = 4 << 20;

// What the proof of one field of so many takes: a hash for every level of the
// tree over the fields, the salt, the index, and the tags and sizes of them.
inline constexpr uint64_t kFieldProofSizeMax =
    std::bit_width(record::kEventFieldsMax) * (Hash::kSize + 2) + Hash::kSize + 32;
static_assert(2 * record::kRecordBytesMax + record::kEventFieldsMax * kFieldProofSizeMax <
                  kBundledRecordSizeMax,
              "every event that may be sealed can be exported whole");

// What the records are to agree with.
struct CaseClaim {
  std::string case_ref;
  // The newest revision.
  uint64_t revision = 0;
  // Nothing when the checkpoint cannot be read: then no proof can be checked.
  std::optional<checkpoint::Checkpoint> checkpoint;
  // The school of the checkpoint's origin.
  std::optional<SchoolId> school;
};

struct ExaminedRecord {
  uint64_t position = 0;
  uint64_t revision = 0;
  record::Header header;
  BundledEvent event;
};

struct ExaminedCase {
  // How many the bundle has.
  uint64_t count = 0;
  // Those that agree with the claim, in the order of the bundle.
  std::vector<ExaminedRecord> records;
  // Each names a record.
  std::vector<Fault> faults;
};

// The stream of a case: "case-" and the reference without its hyphens.
std::string StreamOfCase(absl::string_view case_ref);

// Examines a serialised wardbook.log.v1.BundledCase. Pure.
ExaminedCase ExamineCase(absl::string_view bundled_case, const CaseClaim& claim);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_EXAMINE_CASE_H_
