// The header of a record as bytes, for this folder only.

#ifndef STORAGE_RECORD_RECORD_HEADER_H_
#define STORAGE_RECORD_RECORD_HEADER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/record/record.h"

namespace wardbook::record {

// INVALID_ARGUMENT: a header that must not be written, as SealEvent says.
absl::Status ValidateHeader(const Header& header);

// A serialised wardbook.log.v1.RecordHeader. `header` is valid.
std::string EncodeHeader(const Header& header);

// DATA_LOSS: not exactly what EncodeHeader makes of some valid header.
absl::StatusOr<Header> ParseHeader(absl::string_view bytes);

}  // namespace wardbook::record

#endif  // STORAGE_RECORD_RECORD_HEADER_H_
