// The golden files of this folder:
//
//   events/NoteAdded.1.hex        the stored bytes, 32 a line
//   events/NoteAdded.1.textproto  what they say
//   events/enumerators.txt        the number of every enumerator
//
// A file with the next number is added when an event gains a field; files are
// never changed.

#ifndef TESTS_GOLDEN_GOLDEN_FILES_H_
#define TESTS_GOLDEN_GOLDEN_FILES_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::golden {

struct GoldenEvent {
  // Without extension: "NoteAdded.1".
  std::string name;
  // The full name of its message.
  std::string type;
  // The stored bytes.
  std::string bytes;
  std::string textproto;
};

// Of the file of enumerators.
std::string EnumeratorsPath(absl::string_view golden_dir);

// UNAVAILABLE: it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// The bytes of a file of hexadecimal digits. UNAVAILABLE: it cannot be read.
// DATA_LOSS: it has anything but pairs of digits on its lines.
absl::StatusOr<std::string> ReadHexFile(const std::string& path);

// Bytes as they stand in such a file.
std::string HexLines(absl::string_view bytes);

// All golden events of one type, by number from 1. Fails as ReadHexFile does.
absl::StatusOr<std::vector<GoldenEvent>> ReadGoldenEvents(absl::string_view golden_dir,
                                                          const google::protobuf::Descriptor& type);

}  // namespace wardbook::golden

#endif  // TESTS_GOLDEN_GOLDEN_FILES_H_
