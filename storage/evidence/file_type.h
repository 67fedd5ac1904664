// What kind of file this is, told from its first bytes by libmagic, whose only
// home is here. Nothing is ever decoded: a picture that would crash a decoder is
// evidence like any other.

#ifndef STORAGE_EVIDENCE_FILE_TYPE_H_
#define STORAGE_EVIDENCE_FILE_TYPE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::evidence {

// A kind of file that is taken into evidence.
struct FileType {
  absl::string_view media_type;  // Such as "image/png".
  absl::string_view extension;   // Such as "png".

  friend bool operator==(const FileType&, const FileType&) = default;
};

// The type of the file that begins with `head`, its first kSniffBytes bytes or
// all of a shorter one. `file_name` tells e-mail from other plain text and
// decides nothing else. INVALID_ARGUMENT: not a type that is taken; the message
// lists those that are. UNAVAILABLE: libmagic or its database does not work.
// Safe for concurrent use.
absl::StatusOr<FileType> DetectFileType(absl::string_view head, absl::string_view file_name);

}  // namespace wardbook::evidence

#endif  // STORAGE_EVIDENCE_FILE_TYPE_H_
