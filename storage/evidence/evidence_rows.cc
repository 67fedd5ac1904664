#include "storage/evidence/evidence_rows.h"

#include "absl/strings/str_cat.h"
#include "storage/base/big_endian.h"

namespace wardbook::evidence {

std::string Row(char kind, const SchoolId& school, const EvidenceId& id) {
  return absl::StrCat(absl::string_view(&kind, 1), school.view(), id.view());
}

std::string ChunkRow(const SchoolId& school, const EvidenceId& id, uint64_t offset) {
  std::string row = Row(kChunkKind, school, id);
  AppendBigEndian64(&row, offset);
  return row;
}

std::string OffsetValue(uint64_t offset) {
  std::string value;
  AppendBigEndian64(&value, offset);
  return value;
}

absl::Status Corrupt(const EvidenceId& id, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("file ", id.Hex(), ": ", what));
}

}  // namespace wardbook::evidence
