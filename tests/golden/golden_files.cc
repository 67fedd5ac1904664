#include "tests/golden/golden_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "storage/base/status_macros.h"

namespace wardbook::golden {
namespace {

constexpr size_t kBytesPerLine = 32;

}  // namespace

std::string EnumeratorsPath(absl::string_view golden_dir) {
  return absl::StrCat(golden_dir, "/events/enumerators.txt");
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return absl::UnavailableError(absl::StrCat("cannot read ", path));
  return text;
}

absl::StatusOr<std::string> ReadHexFile(const std::string& path) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::string bytes;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    for (char c : line) {
      if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) {
        return absl::DataLossError(absl::StrCat(path, " is not hexadecimal"));
      }
    }
    if (line.size() % 2 != 0) return absl::DataLossError(absl::StrCat(path, " has half a byte"));
    bytes += absl::HexStringToBytes(line);
  }
  return bytes;
}

std::string HexLines(absl::string_view bytes) {
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kBytesPerLine, bytes.size()))) {
    absl::StrAppend(&text, absl::BytesToHexString(bytes.substr(0, kBytesPerLine)), "\n");
  }
  return text;
}

absl::StatusOr<std::vector<GoldenEvent>> ReadGoldenEvents(
    absl::string_view golden_dir, const google::protobuf::Descriptor& type) {
  std::vector<GoldenEvent> events;
  while (true) {
    GoldenEvent event;
    event.name = absl::StrCat(type.name(), ".", events.size() + 1);
    event.type = type.full_name();
    const std::string stem = absl::StrCat(golden_dir, "/events/", event.name);
    if (!std::filesystem::exists(stem + ".hex")) return events;
    WARDBOOK_ASSIGN_OR_RETURN(event.bytes, ReadHexFile(stem + ".hex"));
    WARDBOOK_ASSIGN_OR_RETURN(event.textproto, ReadFile(stem + ".textproto"));
    events.push_back(std::move(event));
  }
}

}  // namespace wardbook::golden
