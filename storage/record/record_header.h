// The header of a record as bytes, for this folder only.

#ifndef STORAGE_RECORD_RECORD_HEADER_H_
#define STORAGE_RECORD_RECORD_HEADER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/record/record.h"

namespace wardbook::record {

// INVALID_ARGUMENT: a header that must not be written, as SealEvent says.
absl::Status ValidateHeader(const Header& header);

// A serialised wardbook.log.v1.RecordHeader. `header` is valid.
std::string EncodeHeader(const Header& header);

// Every field of `header` is set anew, in the memory that it has. DATA_LOSS: not exactly
// what EncodeHeader makes of some valid header.
absl::Status ParseHeader(absl::string_view bytes, Header* header);

}  // namespace wardbook::record

#endif  // STORAGE_RECORD_RECORD_HEADER_H_
