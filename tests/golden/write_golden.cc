// Makes the golden files that are missing, and never changes one that is there:
//
//   write_golden tests/golden

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "tests/golden/event_types.h"
#include "tests/golden/golden_files.h"
#include "tests/golden/sample_event.h"

namespace wardbook::golden {
namespace {

absl::Status WriteNewFile(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  std::cout << path << "\n";
  return absl::OkStatus();
}

// Writes a file for `type` unless those that are there set every field.
absl::Status WriteEvent(const std::string& golden_dir, const google::protobuf::Descriptor& type) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<GoldenEvent> golden,
                            ReadGoldenEvents(golden_dir, type));
  absl::btree_set<std::string> covered;
  for (const GoldenEvent& event : golden) {
    const auto message = NewEvent(type);
    if (!message->ParseFromString(event.bytes)) {
      return absl::DataLossError(absl::StrCat(event.name, " does not parse"));
    }
    AddFieldsSet(*message, &covered);
  }
  const auto sample = NewEvent(type);
  FillEveryField(sample.get());
  absl::btree_set<std::string> wanted;
  AddFieldsSet(*sample, &wanted);
  if (covered == wanted) return absl::OkStatus();

  std::string text;
  google::protobuf::TextFormat::PrintToString(*sample, &text);
  const std::string stem =
      absl::StrCat(golden_dir, "/events/", type.name(), ".", golden.size() + 1);
  WARDBOOK_RETURN_IF_ERROR(WriteNewFile(stem + ".textproto", text));
  return WriteNewFile(stem + ".hex", HexLines(sample->SerializeAsString()));
}

// Adds the enumerators that the file does not have yet.
absl::Status WriteEnumerators(const std::string& golden_dir) {
  const std::string path = EnumeratorsPath(golden_dir);
  std::string known;
  if (absl::StatusOr<std::string> text = ReadFile(path); text.ok()) known = *std::move(text);
  std::ofstream out(path, std::ios::binary | std::ios::app);
  for (const std::string& line : EnumeratorLines()) {
    if (!absl::StrContains(known, absl::StrCat(line, "\n"))) out << line << "\n";
  }
  out.close();
  return out ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", path));
}

absl::Status WriteGolden(const std::string& golden_dir) {
  for (const auto* type : EventTypes()) {
    WARDBOOK_RETURN_IF_ERROR(WriteEvent(golden_dir, *type));
  }
  return WriteEnumerators(golden_dir);
}

}  // namespace
}  // namespace wardbook::golden

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_golden tests/golden\n";
    return 2;
  }
  if (const absl::Status status = wardbook::golden::WriteGolden(argv[1]); !status.ok()) {
    std::cerr << status << "\n";
    return 1;
  }
  return 0;
}
