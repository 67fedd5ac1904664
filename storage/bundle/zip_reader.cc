#include "storage/bundle/zip_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_path.h"
#include "storage/bundle/manifest.h"
#include "storage/bundle/zip_format.h"
#include "storage/bundle/zip_writer.h"

namespace wardbook::bundle {
namespace {

// The manifest is not in its own list, and paths and extra fields are short.
constexpr uint64_t kEntriesMax = kManifestEntriesMax + 1;
constexpr uint64_t kEntrySizeMax = 256;
constexpr uint64_t kDirectorySizeMax = kEntriesMax * kEntrySizeMax;

// A regular file in the high half of the external attributes, as Unix has it.
constexpr uint32_t kRegularFile = 0100000;
constexpr uint32_t kFileKindMask = 0170000;
constexpr int kUnixModeShift = 16;

// Takes little-endian numbers and bytes from the front. Once something was
// missing all that follows is 0 or empty, and `ok` says so.
class Cursor {
 public:
  explicit Cursor(absl::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return rest_.empty(); }

  absl::string_view Bytes(size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const absl::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  uint16_t Number16() { return static_cast<uint16_t>(Number(2)); }
  uint32_t Number32() { return static_cast<uint32_t>(Number(4)); }
  uint64_t Number64() { return Number(8); }
  void Skip(size_t size) { Bytes(size); }

 private:
  uint64_t Number(size_t size) {
    const absl::string_view bytes = Bytes(size);
    uint64_t number = 0;
    for (size_t i = bytes.size(); i > 0; --i) {
      number = (number << 8) | static_cast<uint8_t>(bytes[i - 1]);
    }
    return number;
  }

  absl::string_view rest_;
  bool ok_ = true;
};

// What the end of the file says of the directory.
struct DirectoryPlace {
  uint64_t offset = 0;
  uint64_t size = 0;
  uint64_t entries = 0;
};

absl::Status NoDirectory() {
  return absl::DataLossError("the end of the file is not that of a bundle");
}

// One of the numbers that are also in the zip64 end, or stand for it.
bool Agrees(uint64_t number, uint64_t limit, uint64_t number64) {
  return number == number64 || number == limit;
}

absl::StatusOr<DirectoryPlace> FindDirectory(const BundleSource& source) {
  constexpr uint64_t kTail = kZipEndSize + kZipCommentSize;
  if (source.size < kTail) return NoDirectory();
  const uint64_t end_offset = source.size - kTail;
  char end_bytes[kZipEndSize];
  WARDBOOK_RETURN_IF_ERROR(source.read(end_offset, absl::MakeSpan(end_bytes)));
  Cursor end(absl::string_view(end_bytes, kZipEndSize));
  if (end.Bytes(4) != kZipEndMagic || end.Number32() != 0) return NoDirectory();
  const uint16_t entries_here = end.Number16();
  DirectoryPlace place;
  place.entries = end.Number16();
  place.size = end.Number32();
  place.offset = end.Number32();
  if (entries_here != place.entries || end.Number16() != kZipCommentSize) return NoDirectory();

  uint64_t directory_end = end_offset;
  constexpr uint64_t kZip64Tail = kZip64EndSize + kZip64LocatorSize;
  if (end_offset >= kZip64Tail) {
    const uint64_t end64_offset = end_offset - kZip64Tail;
    char bytes[kZip64Tail];
    WARDBOOK_RETURN_IF_ERROR(source.read(end64_offset, absl::MakeSpan(bytes)));
    Cursor end64(absl::string_view(bytes, kZip64EndSize));
    Cursor locator(absl::string_view(bytes + kZip64EndSize, kZip64LocatorSize));
    if (locator.Bytes(4) == kZip64LocatorMagic) {
      const bool locates =
          locator.Number32() == 0 && locator.Number64() == end64_offset && locator.Number32() == 1;
      if (!locates || end64.Bytes(4) != kZip64EndMagic || end64.Number64() != kZip64EndSize - 12) {
        return NoDirectory();
      }
      end64.Skip(4);  // The versions.
      if (end64.Number64() != 0) return NoDirectory();
      const uint64_t entries_here64 = end64.Number64();
      DirectoryPlace place64;
      place64.entries = end64.Number64();
      place64.size = end64.Number64();
      place64.offset = end64.Number64();
      if (entries_here64 != place64.entries ||
          !Agrees(place.entries, kZipSeeZip64Count, place64.entries) ||
          !Agrees(place.size, kZipSeeZip64, place64.size) ||
          !Agrees(place.offset, kZipSeeZip64, place64.offset)) {
        return NoDirectory();
      }
      place = place64;
      directory_end = end64_offset;
    }
  }
  if (place.offset > directory_end || place.size != directory_end - place.offset ||
      place.size > kDirectorySizeMax || place.entries > kEntriesMax) {
    return NoDirectory();
  }
  return place;
}

// What an entry says of itself, in the directory and again before its bytes.
struct EntryHead {
  absl::string_view path;
  uint64_t size = 0;
  uint64_t local_offset = 0;
  uint32_t checksum = 0;
  absl::string_view time;
};

// Takes the sizes and the offset from the zip64 field where the others point to
// it. False: a field that ZipWriter does not write, or a malformed one.
bool ReadExtra(absl::string_view extra, uint64_t* size, uint64_t* stored_size, uint64_t* offset) {
  Cursor fields(extra);
  while (!fields.AtEnd()) {
    const uint16_t id = fields.Number16();
    Cursor field(fields.Bytes(fields.Number16()));
    if (id == kZip64Extra) {
      for (uint64_t* number : {size, stored_size, offset}) {
        if (*number == kZipSeeZip64) *number = field.Number64();
      }
      if (!field.ok() || !field.AtEnd()) return false;
    } else if (id != kZipTimeExtra && id != kZipOwnerExtra) {
      return false;
    }
  }
  return fields.ok();
}

std::optional<EntryHead> ReadCentral(Cursor* directory) {
  EntryHead head;
  if (directory->Bytes(4) != kZipCentralMagic) return std::nullopt;
  directory->Skip(4);  // The versions.
  const uint16_t flags = directory->Number16();
  const uint16_t method = directory->Number16();
  head.time = directory->Bytes(4);
  head.checksum = directory->Number32();
  uint64_t stored_size = directory->Number32();
  head.size = directory->Number32();
  const uint16_t path_size = directory->Number16();
  const uint16_t extra_size = directory->Number16();
  const uint16_t comment_size = directory->Number16();
  const uint16_t disk = directory->Number16();
  directory->Skip(2);  // Internal attributes, a mere hint.
  const uint32_t attributes = directory->Number32();
  head.local_offset = directory->Number32();
  head.path = directory->Bytes(path_size);
  const absl::string_view extra = directory->Bytes(extra_size);
  if (!directory->ok() || !ReadExtra(extra, &head.size, &stored_size, &head.local_offset) ||
      flags != kZipSizesFollow || method != kZipStored || stored_size != head.size ||
      comment_size != 0 || disk != 0 ||
      ((attributes >> kUnixModeShift) & kFileKindMask) != kRegularFile) {
    return std::nullopt;
  }
  return head;
}

// Where the entry's own bytes begin; nothing unless what stands before and after
// them says what the directory says.
absl::StatusOr<std::optional<uint64_t>> FindEntryBytes(const BundleSource& source,
                                                       const EntryHead& head,
                                                       uint64_t directory_offset) {
  const uint64_t room = directory_offset - head.local_offset;
  if (room < kZipLocalSize) return std::nullopt;
  char local_bytes[kZipLocalSize];
  WARDBOOK_RETURN_IF_ERROR(source.read(head.local_offset, absl::MakeSpan(local_bytes)));
  Cursor local(absl::string_view(local_bytes, kZipLocalSize));
  if (local.Bytes(4) != kZipLocalMagic) return std::nullopt;
  local.Skip(2);  // The version.
  if (local.Number16() != kZipSizesFollow || local.Number16() != kZipStored ||
      local.Bytes(4) != head.time || local.Number32() != 0 || local.Number32() != head.size ||
      local.Number32() != head.size) {
    return std::nullopt;
  }
  const uint16_t path_size = local.Number16();
  const uint16_t extra_size = local.Number16();
  const uint64_t around = uint64_t{kZipLocalSize} + path_size + extra_size + kZipDescriptorSize;
  if (path_size != head.path.size() || room < around || room - around < head.size)
    return std::nullopt;
  const uint64_t names_offset = head.local_offset + kZipLocalSize;
  WARDBOOK_ASSIGN_OR_RETURN(const std::string names,
                            ReadRange(source, names_offset, uint64_t{path_size} + extra_size));
  uint64_t unused = 0;
  if (!absl::StartsWith(names, head.path) ||
      !ReadExtra(absl::string_view(names).substr(path_size), &unused, &unused, &unused)) {
    return std::nullopt;
  }
  const uint64_t data_offset = names_offset + path_size + extra_size;
  char descriptor_bytes[kZipDescriptorSize];
  WARDBOOK_RETURN_IF_ERROR(source.read(data_offset + head.size, absl::MakeSpan(descriptor_bytes)));
  Cursor descriptor(absl::string_view(descriptor_bytes, kZipDescriptorSize));
  if (descriptor.Bytes(4) != kZipDescriptorMagic || descriptor.Number32() != head.checksum ||
      descriptor.Number32() != head.size || descriptor.Number32() != head.size) {
    return std::nullopt;
  }
  return data_offset;
}

}  // namespace

absl::StatusOr<ZipDirectory> ReadZipDirectory(const BundleSource& source) {
  WARDBOOK_ASSIGN_OR_RETURN(const DirectoryPlace place, FindDirectory(source));
  WARDBOOK_ASSIGN_OR_RETURN(const std::string bytes, ReadRange(source, place.offset, place.size));
  Cursor directory(bytes);
  ZipDirectory result;
  absl::flat_hash_set<absl::string_view> paths;
  uint64_t next_offset = 0;
  // Not after an entry whose end cannot be found.
  bool next_is_known = true;
  for (uint64_t i = 0; i < place.entries; ++i) {
    const std::optional<EntryHead> head = ReadCentral(&directory);
    if (!head.has_value()) {
      return absl::DataLossError(absl::StrCat("entry ", i + 1, " of the directory is damaged"));
    }
    if (!IsBundlePath(head->path)) {
      // The path itself may be anything, so it is not repeated.
      result.faults.push_back(
          {"", absl::StrCat("entry ", i + 1, " of the archive does not belong in a bundle")});
      continue;
    }
    if (!paths.insert(head->path).second) {
      result.faults.push_back({std::string(head->path), "is in the archive more than once"});
      continue;
    }
    if (head->local_offset > place.offset) {
      result.faults.push_back({std::string(head->path), "is beyond the end of the archive"});
      continue;
    }
    ZipEntry entry{std::string(head->path), std::nullopt, head->size};
    WARDBOOK_ASSIGN_OR_RETURN(entry.offset, FindEntryBytes(source, *head, place.offset));
    if (!entry.offset.has_value()) {
      result.faults.push_back(
          {entry.path, "is not where or what the directory of the archive says"});
      next_is_known = false;
    } else {
      if (next_is_known && head->local_offset != next_offset) {
        result.faults.push_back({entry.path, "does not follow the entry before it"});
      }
      next_offset = *entry.offset + entry.size + kZipDescriptorSize;
      next_is_known = true;
    }
    result.entries.push_back(std::move(entry));
  }
  if (!directory.AtEnd() || (next_is_known && next_offset != place.offset)) {
    result.faults.push_back({"", "the archive holds bytes that belong to no entry"});
  }
  return result;
}

absl::Status CheckZipComment(const BundleSource& source) {
  const absl::Status differs =
      absl::DataLossError("the digest at the end of the file is not that of the file");
  if (source.size < kZipCommentSize) return differs;
  const uint64_t body_size = source.size - kZipCommentSize;
  WARDBOOK_ASSIGN_OR_RETURN(const std::string comment,
                            ReadRange(source, body_size, kZipCommentSize));
  WARDBOOK_ASSIGN_OR_RETURN(const Hash digest, HashRange(source, 0, body_size));
  if (comment != absl::StrCat(kZipCommentPrefix, digest.Hex())) return differs;
  return absl::OkStatus();
}

}  // namespace wardbook::bundle
