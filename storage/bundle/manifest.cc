#include "storage/bundle/manifest.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_path.h"

namespace wardbook::bundle {
namespace {

constexpr absl::string_view kFirstLine = "wardbook bundle v1";
constexpr absl::string_view kTimeFormat = "%Y-%m-%dT%H:%M:%SZ";

absl::Status BadLine(size_t line) {
  return absl::DataLossError(absl::StrCat("line ", line + 1, " of the manifest cannot be read"));
}

// Takes the lines of a manifest one after the other.
class Lines {
 public:
  explicit Lines(absl::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  absl::Status Bad() const { return BadLine(read_ - 1); }

  // The next line, without its newline.
  absl::StatusOr<absl::string_view> Next() {
    const size_t end = rest_.find('\n');
    ++read_;
    if (end == absl::string_view::npos) return Bad();
    const absl::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  // What follows `name` and a space in the next line.
  absl::StatusOr<absl::string_view> Value(absl::string_view name) {
    WARDBOOK_ASSIGN_OR_RETURN(absl::string_view line, Next());
    if (!absl::ConsumePrefix(&line, name) || !absl::ConsumePrefix(&line, " ") || line.empty() ||
        absl::StrContains(line, ' ')) {
      return Bad();
    }
    return line;
  }

  absl::StatusOr<uint64_t> Number(absl::string_view name) {
    WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view text, Value(name));
    uint64_t number = 0;
    if (!absl::SimpleAtoi(text, &number)) return Bad();
    return number;
  }

 private:
  absl::string_view rest_;
  size_t read_ = 0;
};

std::optional<ManifestEntry> ParseEntry(absl::string_view line) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(' ', 2));
  ManifestEntry entry;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &entry.size)) return std::nullopt;
  const std::optional<Hash> sha256 = Hash::FromHex(parts[0]);
  if (!sha256.has_value() || !IsBundlePath(parts[2]) || parts[2] == kManifestPath) {
    return std::nullopt;
  }
  entry.sha256 = *sha256;
  entry.path = std::string(parts[2]);
  return entry;
}

}  // namespace

std::string FormatManifest(const Manifest& manifest) {
  std::string text = absl::StrCat(
      kFirstLine, "\norigin ", manifest.origin, "\nkey ", manifest.key, "\ncase ",
      manifest.case_ref, "\nexported ",
      absl::FormatTime(kTimeFormat, manifest.exported_time, absl::UTCTimeZone()), "\nrevision ",
      manifest.revision, "\ncheckpoint ", manifest.checkpoint_size, "\n");
  for (const ManifestEntry& entry : manifest.entries) {
    absl::StrAppend(&text, entry.sha256.Hex(), " ", entry.size, " ", entry.path, "\n");
  }
  return text;
}

absl::StatusOr<Manifest> ParseManifest(absl::string_view text) {
  Lines lines(text);
  WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view first, lines.Next());
  if (first != kFirstLine) return absl::DataLossError("not a manifest of version 1");
  Manifest manifest;
  WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view origin, lines.Value("origin"));
  manifest.origin = std::string(origin);
  WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view key, lines.Value("key"));
  manifest.key = std::string(key);
  WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view case_ref, lines.Value("case"));
  manifest.case_ref = std::string(case_ref);
  WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view exported, lines.Value("exported"));
  if (!absl::ParseTime(kTimeFormat, exported, &manifest.exported_time, nullptr)) {
    return lines.Bad();
  }
  WARDBOOK_ASSIGN_OR_RETURN(manifest.revision, lines.Number("revision"));
  WARDBOOK_ASSIGN_OR_RETURN(manifest.checkpoint_size, lines.Number("checkpoint"));
  while (!lines.AtEnd()) {
    WARDBOOK_ASSIGN_OR_RETURN(const absl::string_view line, lines.Next());
    std::optional<ManifestEntry> entry = ParseEntry(line);
    if (!entry.has_value() || manifest.entries.size() == kManifestEntriesMax ||
        (!manifest.entries.empty() && entry->path <= manifest.entries.back().path)) {
      return lines.Bad();
    }
    manifest.entries.push_back(*std::move(entry));
  }
  // Signs, leading zeros, capitals and spaces that parsers pass over.
  if (FormatManifest(manifest) != text) {
    return absl::DataLossError("the manifest is not in its canonical form");
  }
  return manifest;
}

}  // namespace wardbook::bundle
