// The rows of the evidence store, for this folder only; evidence_store.h has their
// meaning.

#ifndef STORAGE_EVIDENCE_EVIDENCE_ROWS_H_
#define STORAGE_EVIDENCE_EVIDENCE_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

namespace wardbook::evidence {

inline constexpr char kUploadKind = 'u';
inline constexpr char kOffsetKind = 'o';
inline constexpr char kChunkKind = 'c';
inline constexpr char kKeptKind = 'e';
inline constexpr char kRemovedKind = 'r';
// Alone, without ids.
inline constexpr char kReclaimRow[] = "g";

// The size of the key of any row but a chunk's.
inline constexpr size_t kRowSize = 1 + SchoolId::kSize + EvidenceId::kSize;

std::string Row(char kind, const SchoolId& school, const EvidenceId& id);
std::string ChunkRow(const SchoolId& school, const EvidenceId& id, uint64_t offset);
// The value of an 'o' row.
std::string OffsetValue(uint64_t offset);

// DATA_LOSS, naming the file.
absl::Status Corrupt(const EvidenceId& id, absl::string_view what);

}  // namespace wardbook::evidence

#endif  // STORAGE_EVIDENCE_EVIDENCE_ROWS_H_
